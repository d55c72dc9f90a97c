//! What the passes need to know of a sentence: a graph of positions 0…n.

use crate::rules::program::{EdgeId, PlaceId, TestId};

/// An edge as seen from one of its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arc {
    /// The position at the other end.
    pub to: u32,
    /// What it is: an index that only the maker of the edges understands.
    pub payload: u32,
}

/// A sentence as a graph of positions: tokens lie between them, edges lead over several tokens.
pub trait Lattice {
    /// Number of tokens; positions are `0..=len`.
    fn len(&self) -> usize;

    /// Whether there is nothing.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Works out what [`Lattice::test`] answers, where that is not done yet.
    fn need_test(&mut self, _test: TestId) {}

    /// Works out edges.
    fn need_edge(&mut self, _edge: EdgeId) {}

    /// Works out what [`Lattice::place`] answers.
    fn need_place(&mut self, _place: PlaceId) {}

    /// Whether the token after position `at` passes.
    fn test(&self, test: TestId, at: usize) -> bool;

    /// Whether a gap may skip the token after position `at`.
    fn skippable(&self, at: usize) -> bool;

    /// Whether a position passes.
    fn place(&self, place: PlaceId, at: usize) -> bool;

    /// Edges that begin at a position, the longest first.
    fn edges_from(&self, edge: EdgeId, at: usize) -> &[Arc];

    /// Edges that end at a position, the longest first.
    fn edges_to(&self, edge: EdgeId, at: usize) -> &[Arc];

    /// All tokens that pass, a bit each; only where `fits` says so, like all rows.
    fn test_row(&self, test: TestId) -> u64 {
        row(self.len(), |at| self.test(test, at))
    }

    /// All tokens that a gap may skip.
    fn skip_row(&self) -> u64 {
        row(self.len(), |at| self.skippable(at))
    }

    /// All positions that pass.
    fn place_row(&self, place: PlaceId) -> u64 {
        row(self.len() + 1, |at| self.place(place, at))
    }

    /// All positions where edges begin.
    fn begin_row(&self, edge: EdgeId) -> u64 {
        row(self.len() + 1, |at| !self.edges_from(edge, at).is_empty())
    }

    /// All positions where edges end.
    fn end_row(&self, edge: EdgeId) -> u64 {
        row(self.len() + 1, |at| !self.edges_to(edge, at).is_empty())
    }
}

/// Whether all positions of a sentence of this length are bits of one word.
pub(super) const fn fits(length: usize) -> bool {
    length < u64::BITS as usize
}

/// The numbers below `count` that pass, as bits.
fn row(count: usize, passes: impl Fn(usize) -> bool) -> u64 {
    (0..count).fold(0, |row, at| row | u64::from(passes(at)) << at)
}

/// The bits of a row as numbers, in rising order.
pub(super) fn bits(mut row: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let bit = (row != 0).then(|| row.trailing_zeros() as usize)?;
        row &= row - 1;
        Some(bit)
    })
}

/// The bits of a row of words as numbers, in rising order.
pub(super) fn bits_of(row: &[u64]) -> impl Iterator<Item = usize> {
    let words = row.iter().enumerate();
    words.flat_map(|(number, word)| bits(*word).map(move |bit| number * 64 + bit))
}

/// A direction of walking.
pub(super) trait Direction {
    /// Whether it walks to the left.
    const LEFT: bool;

    /// The token that the next step from a position crosses, and the position behind it.
    fn step(at: usize, length: usize) -> Option<(usize, usize)>;

    /// Edges that lead away from a position.
    fn edges<L: Lattice>(lattice: &L, edge: EdgeId, at: usize) -> &[Arc];

    /// Positions from which edges lead away.
    fn edge_row<L: Lattice>(lattice: &L, edge: EdgeId) -> u64;

    /// Where positions come to that step over tokens that pass.
    fn stepped(positions: u64, passing: u64) -> u64;

    /// The positions that come to others over tokens that pass.
    fn back(reached: u64, passing: u64) -> u64;
}

/// To the right.
pub(super) struct Right;

/// To the left.
pub(super) struct Left;

impl Direction for Right {
    const LEFT: bool = false;

    fn step(at: usize, length: usize) -> Option<(usize, usize)> {
        (at < length).then_some((at, at + 1))
    }

    fn edges<L: Lattice>(lattice: &L, edge: EdgeId, at: usize) -> &[Arc] {
        lattice.edges_from(edge, at)
    }

    fn edge_row<L: Lattice>(lattice: &L, edge: EdgeId) -> u64 {
        lattice.begin_row(edge)
    }

    fn stepped(positions: u64, passing: u64) -> u64 {
        (positions & passing) << 1
    }

    fn back(reached: u64, passing: u64) -> u64 {
        reached >> 1 & passing
    }
}

impl Direction for Left {
    const LEFT: bool = true;

    fn step(at: usize, _length: usize) -> Option<(usize, usize)> {
        at.checked_sub(1).map(|before| (before, before))
    }

    fn edges<L: Lattice>(lattice: &L, edge: EdgeId, at: usize) -> &[Arc] {
        lattice.edges_to(edge, at)
    }

    fn edge_row<L: Lattice>(lattice: &L, edge: EdgeId) -> u64 {
        lattice.end_row(edge)
    }

    fn stepped(positions: u64, passing: u64) -> u64 {
        positions >> 1 & passing
    }

    fn back(reached: u64, passing: u64) -> u64 {
        (reached & passing) << 1
    }
}
