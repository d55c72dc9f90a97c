//! Needs: what the graph of a sentence must have for a pattern to match there. They are asked before a pattern is run.

use crate::rules::program::{EdgeId, Expression, PlaceId, TestId};
use crate::rules::tables::{EdgeKind, PlaceTest, Tables, TokenTest};

/// Something that stands somewhere in the graph of a sentence or does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// A token that passes a test.
    Test(TestId),
    /// An edge.
    Edge(EdgeId),
    /// A position that passes a test.
    Place(PlaceId),
}

/// The most ways in which one need can be met; more are seldom all absent.
const MAX_WAYS: usize = 6;

/// All that a pattern needs, each in one of several ways: what is worked out at little cost comes first, and what costs
/// as much as running the pattern is left out.
pub(super) fn needs(expression: &Expression, tables: &Tables) -> Vec<Vec<Need>> {
    let mut found = Vec::new();
    collect(expression, tables, &mut found);
    found.sort();
    found.dedup();
    found.sort_by_key(|(cost, _)| *cost);
    found.into_iter().map(|(_, ways)| ways).collect()
}

/// A cost and ways.
type Priced = (u8, Vec<Need>);

fn collect(expression: &Expression, tables: &Tables, found: &mut Vec<Priced>) {
    match expression {
        Expression::Empty
        | Expression::Gap(..)
        | Expression::Open(_)
        | Expression::Close(_)
        | Expression::Repeat(_, 0, _) => {}
        Expression::Test(test, _) => {
            found.extend(cost_of_test(*test, tables).map(|cost| (cost, vec![Need::Test(*test)])));
        }
        Expression::Edge(edge, _) => {
            found.extend(cost_of_edge(*edge, tables).map(|cost| (cost, vec![Need::Edge(*edge)])));
        }
        Expression::Place(place, _) => {
            found.extend(cost_of_place(*place, tables).map(|c| (c, vec![Need::Place(*place)])));
        }
        Expression::Sequence(parts) => {
            for part in parts {
                collect(part, tables, found);
            }
        }
        Expression::Alternative(parts) => found.extend(one_of(parts, tables)),
        Expression::Repeat(body, ..) | Expression::Capture(_, body) => {
            collect(body, tables, found);
        }
    }
}

/// One need of each branch: none where a branch needs nothing.
fn one_of(parts: &[Expression], tables: &Tables) -> Option<Priced> {
    let mut all: Priced = (0, Vec::new());
    for part in parts {
        let mut found = Vec::new();
        collect(part, tables, &mut found);
        let (cost, ways) = found
            .into_iter()
            .min_by_key(|(cost, ways)| (*cost, ways.len()))?;
        all.0 = all.0.max(cost);
        all.1.extend(ways);
        if all.1.len() > MAX_WAYS {
            return None;
        }
    }
    (!all.1.is_empty()).then_some(all)
}

fn cost_of_test(test: TestId, tables: &Tables) -> Option<u8> {
    match &tables.tests[test.0 as usize] {
        TokenTest::Word(_) | TokenTest::Exact(..) | TokenTest::Lemma(_) => Some(0),
        TokenTest::Or(parts) => {
            let mut costs = parts.iter().map(|part| cost_of_test(*part, tables));
            costs.try_fold(0, |most, cost| Some(cost?.max(most)))
        }
        TokenTest::Tag(..) | TokenTest::Shape(_) | TokenTest::Length(..) => Some(3),
        TokenTest::Edge(edge) | TokenTest::Inside(edge) => {
            cost_of_edge(*edge, tables).map(|cost| cost + 1)
        }
        TokenTest::And(_) => Some(4),
        // Hardly ever absent, or dear.
        TokenTest::Not(_) | TokenTest::Regex(_) | TokenTest::Boundary { .. } => None,
    }
}

fn cost_of_edge(edge: EdgeId, tables: &Tables) -> Option<u8> {
    match &tables.edges[edge.0 as usize] {
        EdgeKind::Listed { .. } | EdgeKind::Quote(_) => Some(1),
        EdgeKind::Nouns { .. }
        | EdgeKind::Verbs { .. }
        | EdgeKind::Phrase(_)
        | EdgeKind::Relation(_)
        | EdgeKind::Mention { .. } => Some(2),
        EdgeKind::Document { .. } => Some(3),
        EdgeKind::Until(_) | EdgeKind::Regex(_) => None,
    }
}

fn cost_of_place(place: PlaceId, tables: &Tables) -> Option<u8> {
    match &tables.places[place.0 as usize] {
        PlaceTest::Verb(_) | PlaceTest::Noun(_) => Some(2),
        PlaceTest::Start | PlaceTest::End | PlaceTest::Context { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::ast::NodeId;
    use crate::rules::vocabulary::WordId;

    #[test]
    fn what_every_way_through_a_pattern_needs_is_found_the_cheapest_first() {
        let mut tables = Tables::default();
        let node = NodeId(0);
        let words: Vec<TestId> = (0..4)
            .map(|word| tables.test(TokenTest::Word(WordId(word))))
            .collect();
        let list = tables.edge(EdgeKind::Listed {
            list: 0,
            column: None,
        });
        let word = |n: usize| Expression::Test(words[n], node);
        let pattern = Expression::Sequence(vec![
            Expression::Edge(list, node),
            Expression::Capture(0, Box::new(word(0))),
            Expression::Repeat(Box::new(word(1)), 0, Some(1)),
            Expression::Alternative(vec![word(2), word(3)]),
            Expression::Alternative(vec![word(2), Expression::Empty]),
        ]);
        let expected = [
            vec![Need::Test(words[0])],
            vec![Need::Test(words[2]), Need::Test(words[3])],
            vec![Need::Edge(list)],
        ];
        assert_eq!(needs(&pattern, &tables), expected);
    }
}
