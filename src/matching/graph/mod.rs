//! The graph of positions of one sentence (or of a sentence with the quotations behind it).
//!
//! Tests, edges and places are worked out when a program first needs them and kept until the next sentence.

mod coordination;
mod edges;
mod places;
mod positions;
mod tests;

use super::lattice::{Arc, Lattice};
use super::state::State;
use super::sweep::Alive;
use crate::rules::program::{EdgeId, PlaceId, TestId};
use crate::rules::tables::Needs;
use positions::Slot;

pub(super) use coordination::GROUP;
pub(super) use positions::{Reach, Unit};

/// What was worked out for the current sentence: `stamp` says for which.
#[derive(Clone, Copy, Debug, Default)]
struct Kept {
    stamp: u32,
    at: u32,
}

/// Edges of one kind, by both ends.
#[derive(Clone, Debug, Default)]
struct EdgeTable {
    /// Position → where its arcs begin in `arcs`; one more than there are positions.
    from: Vec<u32>,
    from_arcs: Vec<Arc>,
    to: Vec<u32>,
    to_arcs: Vec<Arc>,
}

/// A sentence as a graph.
#[derive(Clone, Debug, Default)]
pub(super) struct SentenceGraph {
    /// What it was built for.
    pub(super) unit: Unit,
    slots: Vec<Slot>,
    skippable: Vec<bool>,
    /// Ends of direct quotations by the position of their begin, and the other way round.
    stamp: u32,
    tests: Vec<Kept>,
    edges: Vec<Kept>,
    places: Vec<Kept>,
    bits: Vec<u64>,
    row: usize,
    tables: Vec<EdgeTable>,
    used_tables: u32,
    /// Members of coordinations: payloads of single edges.
    pub(super) groups: Vec<Vec<u32>>,
    alive: Alive,
}

impl SentenceGraph {
    /// Works out what a program refers to.
    pub(super) fn prepare(&mut self, needs: &Needs, state: &State<'_>) {
        for &place in &needs.places {
            self.prepare_place(place, state);
        }
        for &edge in &needs.edges {
            self.prepare_edge(edge, state);
        }
        for &test in &needs.tests {
            self.prepare_test(test, state);
        }
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

    fn bit(&self, row: u32, bit: usize) -> bool {
        self.bits[row as usize + bit / 64] >> (bit % 64) & 1 == 1
    }
}

impl Lattice for SentenceGraph {
    fn len(&self) -> usize {
        self.slots.len()
    }

    fn test(&self, test: TestId, at: usize) -> bool {
        let kept = self.tests[test.0 as usize];
        debug_assert_eq!(
            kept.stamp, self.stamp,
            "tests are prepared before they are asked"
        );
        self.bit(kept.at, at)
    }

    fn skippable(&self, at: usize) -> bool {
        self.skippable[at]
    }

    fn place(&self, place: PlaceId, at: usize) -> bool {
        let kept = self.places[place.0 as usize];
        debug_assert_eq!(
            kept.stamp, self.stamp,
            "places are prepared before they are asked"
        );
        self.bit(kept.at, at)
    }

    fn edges_from(&self, edge: EdgeId, at: usize) -> &[Arc] {
        let table = &self.tables[self.edges[edge.0 as usize].at as usize];
        EdgeTable::slice(&table.from, &table.from_arcs, at)
    }

    fn edges_to(&self, edge: EdgeId, at: usize) -> &[Arc] {
        let table = &self.tables[self.edges[edge.0 as usize].at as usize];
        EdgeTable::slice(&table.to, &table.to_arcs, at)
    }
}

impl EdgeTable {
    fn slice<'t>(starts: &[u32], arcs: &'t [Arc], at: usize) -> &'t [Arc] {
        match (starts.get(at), starts.get(at + 1)) {
            (Some(&start), Some(&end)) => &arcs[start as usize..end as usize],
            _ => &[],
        }
    }

    /// Fills the table from (start, end, payload); of edges with the same ends the smallest payload comes first.
    fn fill(&mut self, edges: &mut Vec<(u32, u32, u32)>, positions: usize) {
        edges.retain(|e| e.0 < e.1);
        edges.sort_unstable_by_key(|&(start, end, payload)| {
            (start, std::cmp::Reverse(end), payload)
        });
        edges.dedup();
        self.from_arcs.clear();
        self.from_arcs.extend(
            edges
                .iter()
                .map(|&(_, end, payload)| Arc { to: end, payload }),
        );
        starts(&mut self.from, edges.iter().map(|e| e.0), positions);
        edges.sort_unstable_by_key(|&(start, end, payload)| (end, start, payload));
        self.to_arcs.clear();
        self.to_arcs.extend(
            edges
                .iter()
                .map(|&(start, _, payload)| Arc { to: start, payload }),
        );
        starts(&mut self.to, edges.iter().map(|e| e.1), positions);
    }
}

/// Where the run of each position begins in a sorted sequence of positions.
fn starts(starts: &mut Vec<u32>, sorted: impl Iterator<Item = u32>, positions: usize) {
    starts.clear();
    starts.resize(positions + 1, 0);
    for position in sorted {
        starts[position as usize + 1] += 1;
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
}
