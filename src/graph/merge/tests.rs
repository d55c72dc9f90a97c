//! Order, repetition and names.

use super::entities::{SAME_ITEM, SAME_NAME};
use super::*;
use crate::graph::fixture::{self, report, reports};
use crate::graph::{AttributeValue, Entity};
use proptest::prelude::*;

/// Everything that is in it, node numbers included.
fn bytes(graph: &KnowledgeGraph) -> String {
    format!("{graph:?}")
}

fn entity<'g>(graph: &'g KnowledgeGraph, id: &str) -> &'g Entity {
    let entities = graph.entities();
    entities
        .iter()
        .find(|(_, e)| e.id == id)
        .unwrap_or_else(|| panic!("no {id}"))
        .1
}

#[test]
fn order_does_not_matter() {
    let whole = bytes(&KnowledgeGraph::merge(reports()));
    for rotation in 1..5 {
        let mut rotated = reports();
        rotated.rotate_left(rotation);
        assert_eq!(bytes(&KnowledgeGraph::merge(rotated.clone())), whole);
        rotated.reverse();
        let mut one_by_one = KnowledgeGraph::default();
        for graph in rotated {
            one_by_one.absorb(graph);
        }
        assert_eq!(bytes(&one_by_one), whole);
    }
}

#[test]
fn taking_in_a_graph_twice_adds_nothing() {
    let mut once = KnowledgeGraph::merge(reports());
    let before = bytes(&once);
    once.absorb(once.clone());
    assert_eq!(bytes(&once), before);
    let article = fixture::article();
    let mut alone = article.clone();
    alone.absorb(article.clone());
    assert_eq!(bytes(&alone), bytes(&KnowledgeGraph::merge([article])));
}

#[test]
fn one_item_is_one_node_and_says_why() {
    let graph = KnowledgeGraph::merge(reports());
    let country = entity(&graph, "country/eastmark");
    assert_eq!(
        country.mentions.len(),
        2,
        "no mention is lost and none counted twice"
    );
    assert!(
        country
            .mentions
            .iter()
            .all(|m| m.because.as_deref() == Some(SAME_ITEM))
    );
    assert!(
        graph
            .entities()
            .iter()
            .all(|(_, e)| e.id != "country/ostmark")
    );
    let person = entity(&graph, "person/ada-holm");
    assert_eq!(person.mentions.len(), 3);
    assert!(
        person
            .mentions
            .iter()
            .all(|m| m.because.as_deref() == Some(SAME_NAME))
    );
    let relations = graph.relations();
    let said = relations
        .iter()
        .filter(|e| graph.node_id(e.source) == Some("person/ada-holm"));
    assert_eq!(said.count(), 3);
}

#[test]
fn two_texts_with_one_name_are_told_apart() {
    let graph = KnowledgeGraph::merge(reports());
    let names: Vec<_> = graph.documents.iter().map(|d| d.id.as_str()).collect();
    assert_eq!(names.len(), 4);
    assert!(names[2].starts_with("two-") && names[3].starts_with("two-") && names[2] != names[3]);
    for edge in graph.relations() {
        let home = &graph.documents[edge.relation.evidence.document as usize].id;
        let ids = edge.relation.derived_from.iter().chain([&edge.relation.id]);
        for id in ids.chain(graph.statement(edge.target).map(|s| &s.id)) {
            assert!(id.starts_with(&format!("{home}#")), "{id} in {home}");
        }
    }
}

#[test]
fn two_figures_for_one_thing_both_stay() {
    let with_age = |id: &str, age: &str| {
        let mut graph = report(id, "Norland", "Q2", "Ada Holm said Norland waits.");
        for node in graph.graph.node_weights_mut() {
            if let Node::Entity(entity) = node {
                entity
                    .attributes
                    .insert("age".into(), AttributeValue::Number(age.into()));
            }
        }
        graph
    };
    let graph = KnowledgeGraph::merge([with_age("b", "52"), with_age("a", "51")]);
    let person = entity(&graph, "person/ada-holm");
    assert_eq!(
        person.attributes["age"],
        AttributeValue::Number("51".into())
    );
    for (mention, age) in person.mentions.iter().zip(["51", "52"]) {
        let age = AttributeValue::Number(age.into());
        assert_eq!(mention.attributes["age"], age);
    }
}

#[test]
fn what_is_only_in_one_graph_stays_connected() {
    let graph = KnowledgeGraph::merge(reports());
    let alone = fixture::article();
    let merged: Vec<_> = graph
        .relations()
        .iter()
        .map(|e| e.relation.id.clone())
        .collect();
    for edge in alone.relations() {
        assert!(merged.contains(&edge.relation.id));
    }
    assert_eq!(graph.relations().len(), alone.relations().len() + 3);
    let statements = graph.statements();
    assert!(
        statements
            .iter()
            .all(|(_, s)| s.about.iter().all(|&n| graph.entity(n).is_some()))
    );
}

#[test]
fn one_after_the_other_is_the_same_as_all_at_once() {
    let whole = KnowledgeGraph::merge(reports());
    let mut survey = MergeSurvey::default();
    for graph in &reports() {
        survey.add(graph);
    }
    let plan = survey.plan();
    assert_eq!(plan.n_documents(), whole.documents.len());
    let singly: Vec<_> = reports().into_iter().map(|g| plan.apply([g])).collect();
    for graph in &singly {
        for (_, entity) in graph.entities() {
            let known = self::entity(&whole, &entity.id);
            assert_eq!(
                (&entity.name, &entity.ids, &entity.attributes),
                (&known.name, &known.ids, &known.attributes)
            );
            let planned = &plan.entities()[plan.number(&entity.id).expect("planned")];
            assert_eq!(planned.mentions, known.mentions.len());
        }
    }
    assert_eq!(bytes(&KnowledgeGraph::merge(singly)), bytes(&whole));
}

fn decisions(text: &str) -> Decisions {
    Decisions::parse([("d.txt", text)]).expect("they are good")
}

#[test]
fn decisions_unite_keep_apart_and_rename() {
    let text = "same person/ada-holm country/norland # a ship by now\nnever country/eastmark country/ostmark\n\
                rename country/norland \"The Norland\"";
    let graph = KnowledgeGraph::merge_with(reports(), &decisions(text)).expect("no contradiction");
    let both = entity(&graph, "country/norland");
    assert_eq!(both.name, "The Norland");
    assert_eq!(both.merged.len(), 2);
    assert_eq!(both.merged[0].name, "Norland");
    let reasons: Vec<_> = both.merged[1].because.iter().collect();
    assert_eq!(
        reasons,
        ["decided in d.txt:1: a ship by now", "renamed in d.txt:3"]
    );
    assert!(both.merged[0].because.contains("renamed in d.txt:3"));
    assert_eq!(entity(&graph, "country/eastmark").merged, []);
    assert_eq!(entity(&graph, "country/ostmark").merged, []);
    let both = both.clone();
    let again = KnowledgeGraph::merge_with([graph.clone()], &decisions(text)).expect("the same");
    assert_eq!(bytes(&again), bytes(&graph));
    let without = KnowledgeGraph::merge([graph.clone()]);
    assert_eq!(bytes(&without), bytes(&graph), "what was decided stays");
    let known = entity(&without, "country/norland");
    assert_eq!((&known.name, &known.merged), (&both.name, &both.merged));
}

#[test]
fn what_is_one_already_cannot_be_kept_apart() {
    let one = KnowledgeGraph::merge(reports());
    let never = decisions("never country/ostmark country/eastmark");
    let error = KnowledgeGraph::merge_with([one], &never).expect_err("they are one");
    assert!(
        error
            .to_string()
            .contains("by a graph in which they are one"),
        "{error}"
    );
    let third = report("three", "Westmark", "Q1", "Ada Holm said Westmark waits.");
    let graphs = reports().into_iter().chain([third]);
    let error = KnowledgeGraph::merge_with(graphs, &never).expect_err("the third is both");
    let message = error.to_string();
    assert!(
        message.contains("d.txt:1") && message.contains("country/westmark"),
        "{message}"
    );
}

/// Graphs that say much of little, so that they overlap in all ways.
fn any_graph() -> impl Strategy<Value = KnowledgeGraph> {
    let country =
        prop::sample::select(vec!["Ostmark", "Eastmark", "Norland", "Südmark", "NORLAND"]);
    let item = prop::sample::select(vec!["Q1", "Q2", "Q1|Q3", "Q3"]);
    let id = prop::sample::select(vec!["one", "two", "three"]);
    let start = prop::sample::select(vec!["", "Yesterday ", "Again "]);
    let line = prop::sample::select(vec![12u32, 14, 19]);
    let age = prop::sample::select(vec!["", "51", "52", "7"]);
    (id, country, item, start, line, age).prop_map(|(id, country, item, start, line, age)| {
        let text = format!("{start}Ada Holm said {country} waits.");
        let mut graph = report(id, country, item, &text);
        for relation in graph.graph.edge_weights_mut() {
            let mut rule = (*relation.rule).clone();
            rule.line = line;
            relation.rule = rule.into();
            relation.asserted = line > 12;
        }
        for node in graph.graph.node_weights_mut() {
            if let Node::Entity(entity) = node
                && !age.is_empty()
            {
                let value = AttributeValue::Number(age.into());
                entity.attributes.insert("age".into(), value);
            }
        }
        graph
    })
}

/// Decisions of which none contradicts another.
fn any_decisions() -> impl Strategy<Value = Decisions> {
    let lines = vec![
        "same country/ostmark country/norland",
        "same country/nowhere country/ostmark # a chain",
        "same country/nowhere country/eastmark",
        "same person/ada-holm country/norland",
        "never country/ostmark country/eastmark",
        "never country/norland person/ada-holm",
        "rename country/norland \"The North\"",
        "rename country/nowhere \"Nowhere\"",
    ];
    prop::sample::subsequence(lines, 0..5).prop_filter_map("one name each", |lines| {
        Decisions::parse([("d.txt", lines.join("\n").as_str())]).ok()
    })
}

proptest! {
    #[test]
    fn merging_is_associative_commutative_and_idempotent(
        (a, b, c) in (any_graph(), any_graph(), any_graph()),
        decisions in any_decisions(),
        scoped in any::<bool>(),
    ) {
        let scope = |graph: KnowledgeGraph| if scoped { graph.scoped_to_documents() } else { graph };
        let (a, b, c) = (scope(a), scope(b), scope(c));
        let merge = |graphs: Vec<KnowledgeGraph>| KnowledgeGraph::merge_with(graphs, &decisions);
        let Ok(whole) = merge(vec![a.clone(), b.clone(), c.clone()]) else {
            // Two names for what only these graphs make one.
            return Ok(());
        };
        let whole = bytes(&whole);
        let left = merge(vec![merge(vec![a.clone(), b.clone()]).expect("less"), c.clone()]).expect("the same");
        prop_assert_eq!(bytes(&left), whole.clone(), "(a b) c");
        let right = merge(vec![a.clone(), merge(vec![c.clone(), b.clone()]).expect("less")]).expect("the same");
        prop_assert_eq!(bytes(&right), whole.clone(), "a (c b)");
        let twice = merge(vec![right.clone(), left, a.clone(), right]).expect("the same");
        prop_assert_eq!(bytes(&twice), whole, "twice");
        let one = merge(vec![a]).expect("less");
        prop_assert_eq!(bytes(&merge(vec![one.clone()]).expect("the same")), bytes(&one));
    }
}
