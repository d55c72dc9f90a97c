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
}

/// A direction of walking.
pub(super) trait Direction {
    /// Whether it walks to the left.
    const LEFT: bool;

    /// The token that the next step from a position crosses, and the position behind it.
    fn step(at: usize, length: usize) -> Option<(usize, usize)>;

    /// Edges that lead away from a position.
    fn edges<L: Lattice>(lattice: &L, edge: EdgeId, at: usize) -> &[Arc];
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
}

impl Direction for Left {
    const LEFT: bool = true;

    fn step(at: usize, _length: usize) -> Option<(usize, usize)> {
        at.checked_sub(1).map(|before| (before, before))
    }

    fn edges<L: Lattice>(lattice: &L, edge: EdgeId, at: usize) -> &[Arc] {
        lattice.edges_to(edge, at)
    }
}
