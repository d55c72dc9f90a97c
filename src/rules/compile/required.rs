//! Required sets: a variant can only match in a sentence where of each set one atom occurs. What a pattern may read
//! behind the end of its sentence is not asked.

use super::common_words::CommonWords;
use crate::rules::program::{Expression, Program, State, TestId};
use crate::rules::rule_set::{RelationId, TypeId};
use crate::rules::tables::{EdgeKind, PhraseId, PlaceTest, Tables, TokenTest};
use crate::rules::vocabulary::WordId;
use rustc_hash::FxHashMap;

/// Something that a sentence has or has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Atom {
    /// A word.
    Word(WordId),
    /// An inflection of a word.
    Lemma(WordId),
    /// An entry of a list.
    List(u32),
    /// A mention of a type or subtype.
    Type(TypeId),
    /// A relation.
    Relation(RelationId),
    /// A phrase.
    Phrase(PhraseId),
    /// A quotation.
    Quote,
}

impl Atom {
    /// Known from the words alone, before any rule ran.
    pub fn is_lexical(self) -> bool {
        matches!(self, Self::Word(_) | Self::Lemma(_) | Self::List(_))
    }
}

/// One atom of a set must occur; the price says how often one does, roughly, in percent of sentences.
#[derive(Clone, Debug, PartialEq)]
pub struct AtomSet {
    /// The atoms, sorted.
    pub atoms: Vec<Atom>,
    /// How common they are.
    pub price: f32,
    /// Its number among all sets of the rules.
    pub number: u32,
}

/// What tells the price of what is required.
pub(super) struct Known<'k> {
    pub(super) tables: &'k Tables,
    pub(super) words: CommonWords,
}

/// The most atoms a set may have before it is not worth checking.
const MAX_ATOMS: usize = 2_000;

/// All sets that a pattern requires of the sentence in which it begins, the rarest first.
pub(super) fn required(expression: &Expression, known: &Known<'_>) -> Vec<AtomSet> {
    let mut sets = Vec::new();
    collect(expression, known, &mut sets);
    for set in &mut sets {
        set.atoms.sort_unstable();
        set.atoms.dedup();
    }
    sets.sort_by(|a, b| {
        a.price
            .total_cmp(&b.price)
            .then_with(|| a.atoms.cmp(&b.atoms))
    });
    sets.dedup_by(|a, b| a.atoms == b.atoms);
    sets
}

/// Adds what is required up to the end of a sentence; says whether what follows may stand behind one.
fn collect(expression: &Expression, known: &Known<'_>, sets: &mut Vec<AtomSet>) -> bool {
    match expression {
        Expression::Empty | Expression::Gap(..) | Expression::Open(_) | Expression::Close(_) => {
            false
        }
        Expression::Test(test, _) => {
            sets.extend(of_test(*test, known));
            ends_sentence(*test, known)
        }
        Expression::Edge(edge, _) => {
            sets.extend(of_edge(&known.tables.edges[edge.0 as usize]));
            false
        }
        Expression::Place(place, _) => {
            if let PlaceTest::Context {
                program,
                before,
                negative: false,
            } = &known.tables.places[place.0 as usize]
            {
                sets.extend(of_program(program, *before, known));
            }
            false
        }
        Expression::Sequence(parts) => parts.iter().any(|part| collect(part, known, sets)),
        Expression::Alternative(parts) => {
            let mut crossing = false;
            let branches = parts.iter().map(|part| {
                let mut branch = Vec::new();
                crossing |= collect(part, known, &mut branch);
                rarest(branch)
            });
            let branches: Vec<_> = branches.collect();
            sets.extend(union(branches.into_iter()));
            crossing
        }
        Expression::Repeat(body, 0, _) => collect(body, known, &mut Vec::new()),
        Expression::Repeat(body, ..) | Expression::Capture(_, body) => collect(body, known, sets),
    }
}

/// Whether a test passes at ends of sentences.
fn ends_sentence(test: TestId, known: &Known<'_>) -> bool {
    match &known.tables.tests[test.0 as usize] {
        TokenTest::Boundary { .. } => true,
        TokenTest::And(parts) | TokenTest::Or(parts) => {
            parts.iter().any(|part| ends_sentence(*part, known))
        }
        _ => false,
    }
}

fn rarest(sets: Vec<AtomSet>) -> Option<AtomSet> {
    sets.into_iter().min_by(|a, b| a.price.total_cmp(&b.price))
}

/// One of all branches: none where a branch requires nothing.
fn union(branches: impl Iterator<Item = Option<AtomSet>>) -> Option<AtomSet> {
    let mut all = AtomSet {
        atoms: Vec::new(),
        price: 0.0,
        number: 0,
    };
    for branch in branches {
        let branch = branch?;
        all.atoms.extend(branch.atoms);
        all.price += branch.price;
    }
    (!all.atoms.is_empty() && all.atoms.len() <= MAX_ATOMS).then_some(all)
}

/// What no way through the program of a context gets around: states without which its end is out of reach, and one
/// set for all ways together. One that looks ahead walks back to where it is asked, maybe from behind the sentence.
fn of_program(program: &Program, ahead: bool, known: &Known<'_>) -> Vec<AtomSet> {
    let behind_end = program.bare.iter().filter_map(|state| match *state {
        State::Test(test, next) if ahead && ends_sentence(test, known) => Some(next),
        _ => None,
    });
    let starts: Vec<u16> = program.starts().chain(behind_end).collect();
    let single = (program.bare.iter().enumerate())
        .filter_map(|(number, state)| Some((number, of_state(*state, known)?)))
        .filter(|(number, _)| !ends_without(program, &starts, *number))
        .map(|(_, set)| set);
    let mut sets: Vec<AtomSet> = single.collect();
    if !program.cyclic {
        let mut ways = Ways {
            program,
            known,
            behind: FxHashMap::default(),
        };
        sets.extend(union(starts.iter().map(|start| ways.rarest_from(*start))));
    }
    sets
}

/// What is read at a state.
fn of_state(state: State, known: &Known<'_>) -> Option<AtomSet> {
    match state {
        State::Test(test, _) => of_test(test, known),
        State::Edge(edge, _) => of_edge(&known.tables.edges[edge.0 as usize]),
        _ => None,
    }
}

/// The ways from the states of a program to its end.
struct Ways<'w> {
    program: &'w Program,
    known: &'w Known<'w>,
    behind: FxHashMap<u16, Option<AtomSet>>,
}

impl Ways<'_> {
    /// The rarest set of which one atom stands on every way from a state to the end.
    fn rarest_from(&mut self, state: u16) -> Option<AtomSet> {
        if let Some(set) = self.behind.get(&state) {
            return set.clone();
        }
        let set = match self.program.bare[state as usize] {
            State::Match => None,
            State::Split(one, other) => {
                let branches = [self.rarest_from(one), self.rarest_from(other)];
                union(branches.into_iter())
            }
            reads @ (State::Test(_, next)
            | State::Edge(_, next)
            | State::Gap(next)
            | State::Place(_, next)
            | State::Open(_, next)
            | State::Close(_, next)) => {
                let here = of_state(reads, self.known);
                rarest(self.rarest_from(next).into_iter().chain(here).collect())
            }
        };
        self.behind.insert(state, set.clone());
        set
    }
}

/// Whether the end of a program can be reached without passing a state.
fn ends_without(program: &Program, starts: &[u16], avoided: usize) -> bool {
    let mut seen = vec![false; program.bare.len()];
    let mut open = starts.to_vec();
    while let Some(number) = open.pop() {
        let at = number as usize;
        if at == avoided || std::mem::replace(&mut seen[at], true) {
            continue;
        }
        match program.bare[at] {
            State::Match => return true,
            State::Split(one, other) => open.extend([one, other]),
            State::Test(_, next)
            | State::Edge(_, next)
            | State::Gap(next)
            | State::Place(_, next)
            | State::Open(_, next)
            | State::Close(_, next) => open.push(next),
        }
    }
    false
}

fn one(atom: Atom, price: f32) -> AtomSet {
    AtomSet {
        atoms: vec![atom],
        price,
        number: 0,
    }
}

fn of_test(test: TestId, known: &Known<'_>) -> Option<AtomSet> {
    match &known.tables.tests[test.0 as usize] {
        TokenTest::Word(word) | TokenTest::Exact(word, _) => {
            Some(one(Atom::Word(*word), known.words.percent(*word)))
        }
        TokenTest::Lemma(word) => Some(one(Atom::Lemma(*word), known.words.percent(*word))),
        TokenTest::Edge(edge) => of_edge(&known.tables.edges[edge.0 as usize]),
        TokenTest::And(parts) => rarest(parts.iter().filter_map(|p| of_test(*p, known)).collect()),
        TokenTest::Or(parts) => union(parts.iter().map(|p| of_test(*p, known))),
        _ => None,
    }
}

fn of_edge(edge: &EdgeKind) -> Option<AtomSet> {
    match edge {
        EdgeKind::Listed { list, .. } => Some(one(Atom::List(*list), 12.0)),
        EdgeKind::Mention { type_, .. } => Some(one(Atom::Type(*type_), 40.0)),
        EdgeKind::Phrase(phrase) => Some(one(Atom::Phrase(*phrase), 60.0)),
        EdgeKind::Relation(relation) => Some(one(Atom::Relation(*relation), 20.0)),
        EdgeKind::Quote(_) => Some(one(Atom::Quote, 15.0)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::ast::NodeId;

    #[test]
    fn what_may_stand_behind_the_sentence_is_not_required_of_it() {
        let mut tables = Tables::default();
        let node = NodeId(0);
        let words: Vec<TestId> = (0..4)
            .map(|word| tables.test(TokenTest::Word(WordId(word))))
            .collect();
        let end = tables.test(TokenTest::Boundary { paragraph: false });
        let word = |n: usize| Expression::Test(words[n], node);
        let end = || Expression::Repeat(Box::new(Expression::Test(end, node)), 0, Some(1));
        let looked_at = Expression::Sequence(vec![word(1), end(), word(2)]);
        // What is looked ahead at is met from its end.
        let program = Program::single(&looked_at, true).expect("small");
        let before = tables.place(PlaceTest::Context {
            program,
            before: true,
            negative: false,
        });
        let pattern = Expression::Sequence(vec![
            word(0),
            Expression::Place(before, node),
            Expression::Alternative(vec![end(), word(0)]),
            word(3),
        ]);
        let known = Known {
            tables: &tables,
            words: CommonWords::default(),
        };
        let sets = required(&pattern, &known);
        let required = |words: &[u32]| {
            let atoms: Vec<Atom> = words.iter().map(|word| Atom::Word(WordId(*word))).collect();
            sets.iter().any(|set| set.atoms == atoms)
        };
        assert!(required(&[0]) && required(&[1]), "{sets:?}");
        assert!(!required(&[2]) && !required(&[3]), "{sets:?}");
    }
}
