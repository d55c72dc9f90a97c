//! Existence in sentences whose positions are the bits of one row: a state moves at all positions at once.

use super::lattice::{Direction, Lattice};
use super::row::{Row, bits};
use super::sweep::StateSet;
use crate::rules::program::{Program, State};

/// By state: the positions where it is alive, and those from which the end can be reached; kept between runs for its
/// memory.
#[derive(Clone, Debug, Default)]
pub(super) struct Narrow<R> {
    alive: Vec<R>,
    /// Positions that have not taken their step yet.
    fresh: Vec<R>,
    active: StateSet,
    touched: StateSet,
    live: Vec<R>,
}

/// Where a run may go.
trait Bounds<R> {
    /// Those of some positions where a state may be alive.
    fn within(&self, state: u16, positions: R) -> R;
}

/// Anywhere.
struct Everywhere;

impl<R> Bounds<R> for Everywhere {
    fn within(&self, _state: u16, positions: R) -> R {
        positions
    }
}

impl<R: Row> Bounds<R> for Narrow<R> {
    fn within(&self, state: u16, positions: R) -> R {
        positions & self.live[state as usize]
    }
}

impl<R: Row> Narrow<R> {
    /// Starts anew for a program.
    pub(super) fn clear(&mut self, program: &Program) {
        while let Some(state) = self.touched.pop() {
            let state = state as usize;
            for rows in [&mut self.alive, &mut self.fresh, &mut self.live] {
                rows[state] = R::default();
            }
        }
        self.active = StateSet::default();
        let count = program.states.len();
        if self.alive.len() < count {
            for rows in [&mut self.alive, &mut self.fresh, &mut self.live] {
                rows.resize(count, R::default());
            }
        }
    }

    /// Lets a state be alive at these positions.
    pub(super) fn seed(&mut self, state: u16, positions: R) {
        let new = positions & !self.alive[state as usize];
        if !new.is_empty() {
            self.alive[state as usize] |= new;
            self.fresh[state as usize] |= new;
            self.active.insert(state);
            self.touched.insert(state);
        }
    }

    /// Lets all seeded states run to the end; the positions where the final state is reached.
    ///
    /// States are taken in rising order, so each takes its step once for all positions, but in repetitions.
    pub(super) fn run<D: Direction, L: Lattice>(
        &mut self,
        program: &Program,
        lattice: &mut L,
    ) -> R {
        self.run_within::<D, L>(program, lattice, &Everywhere)
    }

    /// The same along ways that another run found to lead to the end.
    pub(super) fn run_along<D: Direction, L: Lattice>(
        &mut self,
        program: &Program,
        lattice: &mut L,
        other: &Self,
    ) -> R {
        self.run_within::<D, L>(program, lattice, other)
    }

    fn run_within<D: Direction, L: Lattice>(
        &mut self,
        program: &Program,
        lattice: &mut L,
        bounds: &impl Bounds<R>,
    ) -> R {
        let reach = |narrow: &mut Self, state: u16, positions: R| {
            narrow.seed(state, bounds.within(state, positions));
        };
        while let Some(state) = self.active.pop() {
            let from = std::mem::take(&mut self.fresh[state as usize]);
            match program.bare[state as usize] {
                // Nothing leads to the edges of captures.
                State::Match | State::Open(..) | State::Close(..) => {}
                State::Test(test, next) => {
                    lattice.need_test(test);
                    reach(self, next, D::stepped(from, lattice.test_row(test)));
                }
                State::Gap(next) => reach(self, next, D::stepped(from, lattice.skip_row())),
                State::Edge(edge, next) => {
                    lattice.need_edge(edge);
                    let mut reached = R::default();
                    for at in bits(from & D::edge_row::<L, R>(lattice, edge)) {
                        for arc in D::edges(lattice, edge, at) {
                            reached |= R::one(arc.to as usize);
                        }
                    }
                    reach(self, next, reached);
                }
                State::Place(place, next) => {
                    lattice.need_place(place);
                    reach(self, next, from & lattice.place_row(place));
                }
                State::Split(first, second) => {
                    reach(self, first, from);
                    reach(self, second, from);
                }
            }
        }
        let goal = program.goal();
        goal.map_or(R::default(), |goal| self.alive[goal as usize])
    }

    /// Finds where from live states the end can be reached. Everything that is asked was worked out on the way.
    pub(super) fn look_back<D: Direction, L: Lattice>(&mut self, program: &Program, lattice: &L) {
        loop {
            let mut changed = false;
            for state in self.touched.rev() {
                let alive = self.alive[state as usize];
                let live = alive & self.leading_on::<D, L>(program, lattice, state, alive);
                changed |= live != self.live[state as usize];
                self.live[state as usize] = live;
            }
            // A way back makes states with higher numbers live after their turn.
            if !program.cyclic || !changed {
                return;
            }
        }
    }

    fn leading_on<D: Direction, L: Lattice>(
        &self,
        program: &Program,
        lattice: &L,
        state: u16,
        alive: R,
    ) -> R {
        let live = |next: u16| self.live[next as usize];
        match program.bare[state as usize] {
            State::Match => alive,
            State::Test(test, next) => D::back(live(next), lattice.test_row(test)),
            State::Gap(next) => D::back(live(next), lattice.skip_row()),
            State::Edge(edge, next) => {
                let goals = live(next);
                if goals.is_empty() {
                    return goals;
                }
                let leads = |at: &usize| {
                    let arcs = D::edges(lattice, edge, *at);
                    arcs.iter().any(|arc| goals.has(arc.to as usize))
                };
                let from = bits(alive & D::edge_row::<L, R>(lattice, edge));
                from.filter(leads)
                    .fold(R::default(), |row, at| row | R::one(at))
            }
            State::Place(place, next) => live(next) & lattice.place_row(place),
            State::Split(first, second) => live(first) | live(second),
            State::Open(..) | State::Close(..) => R::default(),
        }
    }

    /// The positions where a state lies on a way from a start to the end.
    pub(super) fn live(&self, state: u16) -> R {
        self.live[state as usize]
    }

    /// States that live anywhere, in falling order.
    pub(super) fn states(&self) -> impl Iterator<Item = u16> {
        self.touched.rev()
    }
}
