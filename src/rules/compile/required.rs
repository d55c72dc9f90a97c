//! Required sets: a variant can only match where of each set one atom occurs.

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

/// The most atoms a set may have before it is not worth checking.
const MAX_ATOMS: usize = 2_000;

/// All sets that a pattern requires, the rarest first.
pub(super) fn required(expression: &Expression, tables: &Tables) -> Vec<AtomSet> {
    let mut sets = collect(expression, tables);
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

fn collect(expression: &Expression, tables: &Tables) -> Vec<AtomSet> {
    match expression {
        Expression::Empty | Expression::Gap(..) | Expression::Open(_) | Expression::Close(_) => {
            Vec::new()
        }
        Expression::Test(test, _) => of_test(*test, tables).into_iter().collect(),
        Expression::Edge(edge, _) => of_edge(&tables.edges[edge.0 as usize])
            .into_iter()
            .collect(),
        Expression::Place(place, _) => match &tables.places[place.0 as usize] {
            PlaceTest::Context {
                program,
                negative: false,
                ..
            } => of_program(program, tables),
            _ => Vec::new(),
        },
        Expression::Sequence(parts) => parts.iter().flat_map(|p| collect(p, tables)).collect(),
        Expression::Alternative(parts) => union(parts.iter().map(|p| rarest(collect(p, tables))))
            .into_iter()
            .collect(),
        Expression::Repeat(_, 0, _) => Vec::new(),
        Expression::Repeat(body, ..) | Expression::Capture(_, body) => collect(body, tables),
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
/// set for all ways together.
fn of_program(program: &Program, tables: &Tables) -> Vec<AtomSet> {
    let single = (program.bare.iter().enumerate())
        .filter_map(|(number, state)| Some((number, of_state(*state, tables)?)))
        .filter(|(number, _)| !ends_without(program, *number))
        .map(|(_, set)| set);
    let mut sets: Vec<AtomSet> = single.collect();
    if !program.cyclic {
        let mut known = FxHashMap::default();
        let ways = program.starts();
        sets.extend(union(
            ways.map(|start| on_the_way(program, start, tables, &mut known)),
        ));
    }
    sets
}

/// What is read at a state.
fn of_state(state: State, tables: &Tables) -> Option<AtomSet> {
    match state {
        State::Test(test, _) => of_test(test, tables),
        State::Edge(edge, _) => of_edge(&tables.edges[edge.0 as usize]),
        _ => None,
    }
}

/// The rarest set of which one atom stands on every way from a state to the end.
fn on_the_way(
    program: &Program,
    state: u16,
    tables: &Tables,
    known: &mut FxHashMap<u16, Option<AtomSet>>,
) -> Option<AtomSet> {
    if let Some(set) = known.get(&state) {
        return set.clone();
    }
    let set = match program.bare[state as usize] {
        State::Match => None,
        State::Split(one, other) => {
            let one = on_the_way(program, one, tables, known);
            let other = on_the_way(program, other, tables, known);
            union([one, other].into_iter())
        }
        reads @ (State::Test(_, next)
        | State::Edge(_, next)
        | State::Gap(next)
        | State::Place(_, next)
        | State::Open(_, next)
        | State::Close(_, next)) => {
            let behind = on_the_way(program, next, tables, known);
            rarest(behind.into_iter().chain(of_state(reads, tables)).collect())
        }
    };
    known.insert(state, set.clone());
    set
}

/// Whether the end of a program can be reached without passing a state.
fn ends_without(program: &Program, avoided: usize) -> bool {
    let mut seen = vec![false; program.bare.len()];
    let mut open: Vec<u16> = program.starts().collect();
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

fn of_test(test: TestId, tables: &Tables) -> Option<AtomSet> {
    match &tables.tests[test.0 as usize] {
        TokenTest::Word(word) | TokenTest::Exact(word, _) => Some(one(Atom::Word(*word), 2.0)),
        TokenTest::Lemma(word) => Some(one(Atom::Lemma(*word), 2.5)),
        TokenTest::Edge(edge) => of_edge(&tables.edges[edge.0 as usize]),
        TokenTest::And(parts) => rarest(parts.iter().filter_map(|p| of_test(*p, tables)).collect()),
        TokenTest::Or(parts) => union(parts.iter().map(|p| of_test(*p, tables))),
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
