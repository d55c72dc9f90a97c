//! What the passes need to know of a sentence: a graph of positions 0…n.

use super::row::{Row, row_of};
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

    /// The last position where a head may begin: what stands behind belongs to other sentences.
    fn last_head(&self) -> usize {
        self.len()
    }

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

    /// All tokens that pass; only where `fits` says so, like all rows.
    fn test_row<R: Row>(&self, test: TestId) -> R {
        row_of((0..self.len()).filter(|at| self.test(test, *at)))
    }

    /// All tokens that a gap may skip.
    fn skip_row<R: Row>(&self) -> R {
        row_of((0..self.len()).filter(|at| self.skippable(*at)))
    }

    /// All positions that pass.
    fn place_row<R: Row>(&self, place: PlaceId) -> R {
        row_of((0..=self.len()).filter(|at| self.place(place, *at)))
    }

    /// All positions where edges begin.
    fn begin_row<R: Row>(&self, edge: EdgeId) -> R {
        row_of((0..=self.len()).filter(|at| !self.edges_from(edge, *at).is_empty()))
    }

    /// All positions where edges end.
    fn end_row<R: Row>(&self, edge: EdgeId) -> R {
        row_of((0..=self.len()).filter(|at| !self.edges_to(edge, *at).is_empty()))
    }
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
    fn edge_row<L: Lattice, R: Row>(lattice: &L, edge: EdgeId) -> R;

    /// Where positions come to that step over tokens that pass.
    fn stepped<R: Row>(positions: R, passing: R) -> R;

    /// The positions that come to others over tokens that pass.
    fn back<R: Row>(reached: R, passing: R) -> R;
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

    fn edge_row<L: Lattice, R: Row>(lattice: &L, edge: EdgeId) -> R {
        lattice.begin_row(edge)
    }

    fn stepped<R: Row>(positions: R, passing: R) -> R {
        (positions & passing) << 1
    }

    fn back<R: Row>(reached: R, passing: R) -> R {
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

    fn edge_row<L: Lattice, R: Row>(lattice: &L, edge: EdgeId) -> R {
        lattice.end_row(edge)
    }

    fn stepped<R: Row>(positions: R, passing: R) -> R {
        positions >> 1 & passing
    }

    fn back<R: Row>(reached: R, passing: R) -> R {
        (reached & passing) << 1
    }
}
