//! The graph of positions of one sentence (or of a sentence with the quotations behind it).
//!
//! Tests, edges and places are worked out when a program first comes to them and kept as long as they hold: to the end
//! of the document, or until what they depend on was found in the sentence.

mod coordination;
mod edges;
mod kept;
mod places;
mod positions;
mod tests;
mod until;

use super::lattice::{Arc, Lattice};
use super::narrow::Narrow;
use super::row::Row;
use super::state::State;
use super::sweep::Alive;
use crate::rules::Need;
use crate::rules::program::{EdgeId, PlaceId, TestId};
use crate::rules::tables::Depends;
use edges::EdgeTable;
use positions::Slot;

pub(super) use coordination::GROUP;
pub(super) use kept::Graphs;
pub(super) use positions::{Reach, Unit};

/// The row without bits.
const NOTHING: u32 = 0;

/// The table without edges.
const NO_EDGES: u32 = 0;

/// What was worked out, and when.
#[derive(Clone, Copy, Debug, Default)]
struct Kept {
    stamp: u32,
    at: u32,
}

/// A sentence as a graph.
#[derive(Clone, Debug, Default)]
pub(super) struct SentenceGraph {
    /// What it was built for.
    pub(super) unit: Unit,
    /// Further sentences of which it holds a part.
    behind: Vec<u32>,
    slots: Vec<Slot>,
    /// How many of them are tokens of its own sentence.
    own: usize,
    /// Whether the slots are the tokens of the sentence, one after the other.
    is_plain: bool,
    skippable: Vec<bool>,
    /// The first of them as a row.
    skip_row: u128,
    /// Counts what changed in the sentence.
    now: u32,
    /// By what something depends on: since when it holds.
    since: [u32; Depends::COMBINATIONS],
    /// What the sentence had when it was last looked at.
    seen: [u32; Depends::KINDS],
    tests: Vec<Kept>,
    edges: Vec<Kept>,
    places: Vec<Kept>,
    bits: Vec<u64>,
    /// Words of a row of bits.
    row: usize,
    /// The row of all slots that are tokens; the row without bits is the first.
    tokens_row: u32,
    tables: Vec<EdgeTable>,
    /// Of all tables: where arcs begin (or end), and the arcs.
    keys: Vec<u32>,
    arcs: Vec<Arc>,
    /// Start, end, payload of edges that are being collected.
    collected: Vec<(u32, u32, u32)>,
    /// Members of coordinations: payloads of single edges.
    pub(super) groups: Vec<Vec<u32>>,
    /// Where coordinations stand: begin, end of the first member, end.
    pub(super) coordinated: Vec<(u32, u32, u32)>,
    short: Narrow<u64>,
    long: Narrow<u128>,
    wide: Alive,
}

impl SentenceGraph {
    /// A row, or that without bits where it has none.
    fn or_nothing(&mut self, row: u32) -> u32 {
        let at = row as usize;
        if row == NOTHING || self.bits[at..at + self.row].iter().any(|word| *word != 0) {
            return row;
        }
        self.bits.truncate(at);
        NOTHING
    }

    /// A row of cleared bits; its offset.
    fn new_row(&mut self) -> u32 {
        let at = self.bits.len();
        self.bits.resize(at + self.row, 0);
        at as u32
    }

    fn set(&mut self, row: u32, bit: usize) {
        self.bits[row as usize + bit / 64] |= 1 << (bit % 64);
    }

    /// Whether a bit of a row is set.
    pub(super) fn bit(&self, row: u32, bit: usize) -> bool {
        self.bits[row as usize + bit / 64] >> (bit % 64) & 1 == 1
    }

    /// Sets the bits of some words of a row: `of` gives the bits of a word by its number.
    fn fill(&mut self, of: impl Fn(&Self, usize) -> u64) -> u32 {
        let row = self.bits.len();
        for word in 0..self.row {
            let bits = of(self, word);
            self.bits.push(bits);
        }
        row as u32
    }

    /// Whether the sentence has all that a pattern needs.
    pub(super) fn has_all(&mut self, needs: &[Vec<Need>], state: &State<'_>) -> bool {
        let mut met = |need: &Need| match *need {
            Need::Test(test) => self.prepare_test(test, state) != NOTHING,
            Need::Place(place) => self.prepare_place(place, state) != NOTHING,
            Need::Edge(edge) => self.prepare_edge(edge, state) != NO_EDGES,
        };
        needs.iter().all(|ways| ways.iter().any(&mut met))
    }

    /// The sentences of which it holds something, its own first.
    fn sentences(&self) -> impl Iterator<Item = u32> {
        std::iter::once(self.unit.sentence).chain(self.behind.iter().copied())
    }

    /// How often what was found in them has changed, by kind.
    fn changes(&self, state: &State<'_>) -> [u32; Depends::KINDS] {
        self.sentences()
            .fold([0; Depends::KINDS], |mut all, sentence| {
                for (all, changes) in all.iter_mut().zip(state.changes(sentence)) {
                    *all += changes;
                }
                all
            })
    }

    /// Whether what was kept still holds.
    fn holds(&self, kept: Kept, depends: Depends) -> bool {
        kept.stamp >= self.since[depends.number()]
    }

    fn keep(&self, at: u32) -> Kept {
        Kept {
            stamp: self.now,
            at,
        }
    }
}

/// A graph that works out what it is asked from what is known of the document.
pub(super) struct View<'v, 's> {
    pub(super) graph: &'v mut SentenceGraph,
    pub(super) state: &'v State<'s>,
}

impl View<'_, '_> {
    fn table(&self, edge: EdgeId) -> &EdgeTable {
        &self.graph.tables[self.graph.edges[edge.0 as usize].at as usize]
    }

    fn row_at<R: Row>(&self, at: u32) -> R {
        R::from_words(&self.graph.bits[at as usize..at as usize + self.graph.row])
    }
}

impl Lattice for View<'_, '_> {
    fn len(&self) -> usize {
        self.graph.slots.len()
    }

    fn last_head(&self) -> usize {
        self.graph.own
    }

    fn need_test(&mut self, test: TestId) {
        self.graph.prepare_test(test, self.state);
    }

    fn need_edge(&mut self, edge: EdgeId) {
        self.graph.prepare_edge(edge, self.state);
    }

    fn need_place(&mut self, place: PlaceId) {
        self.graph.prepare_place(place, self.state);
    }

    fn test(&self, test: TestId, at: usize) -> bool {
        self.graph.bit(self.graph.tests[test.0 as usize].at, at)
    }

    fn skippable(&self, at: usize) -> bool {
        self.graph.skippable[at]
    }

    fn place(&self, place: PlaceId, at: usize) -> bool {
        self.graph.bit(self.graph.places[place.0 as usize].at, at)
    }

    fn edges_from(&self, edge: EdgeId, at: usize) -> &[Arc] {
        self.graph.arcs_from(self.table(edge), at)
    }

    fn edges_to(&self, edge: EdgeId, at: usize) -> &[Arc] {
        self.graph.arcs_to(self.table(edge), at)
    }

    fn test_row<R: Row>(&self, test: TestId) -> R {
        self.row_at(self.graph.tests[test.0 as usize].at)
    }

    fn skip_row<R: Row>(&self) -> R {
        R::from_long(self.graph.skip_row)
    }

    fn place_row<R: Row>(&self, place: PlaceId) -> R {
        self.row_at(self.graph.places[place.0 as usize].at)
    }

    fn begin_row<R: Row>(&self, edge: EdgeId) -> R {
        R::from_long(self.table(edge).begins)
    }

    fn end_row<R: Row>(&self, edge: EdgeId) -> R {
        R::from_long(self.table(edge).ends)
    }
}
