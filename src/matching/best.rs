//! The best parse through every place of the head: two cost passes and a walk back for the captures.
//!
//! Of all parses through one place of the head the one wins that skips the fewest tokens in gaps, then the longest,
//! then the leftmost, then the one whose choices come first: which place of the head in the pattern, in written order;
//! then choices to the right of the head's start, read left to right; then choices to its left, read right to left. In
//! both directions the branch written first comes first, going on with a repetition before ending it, ending a gap
//! before going on, the longer edge before the shorter. So no two parses are equal.
//!
//! Skipped tokens add up along the way, start and end are each known at one end of it; so the best way to the right
//! and the best way to the left of a place are found apart, for all places at once, in time linear in positions ×
//! states.

use super::lattice::{self, Direction, Lattice, Left, Right, bits};
use super::narrow::Narrow;
use super::sweep::Alive;
use crate::rules::ast::NodeId;
use crate::rules::program::{EdgeId, Outward, Program, State};

/// What happened on the way of a parse, in reading order. Positions are those of the lattice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A capture begins.
    Open(u8, u32),
    /// A capture ends.
    Close(u8, u32),
    /// One token was consumed by a test, from this position.
    Token(u32, Option<NodeId>),
    /// One token was skipped by a gap, from this position.
    Skip(u32),
    /// An edge was walked.
    Edge {
        /// What kind.
        edge: EdgeId,
        /// From here
        start: u32,
        /// to here.
        end: u32,
        /// Which one.
        payload: u32,
    },
}

/// The best parse through one place of the head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parse {
    /// Where the head begins.
    pub head: u32,
    /// First position.
    pub start: u32,
    /// Last position.
    pub end: u32,
    /// Tokens skipped by gaps.
    pub skipped: u32,
    /// The way.
    pub events: Vec<Event>,
}

/// Memory of the passes, kept between runs.
#[derive(Clone, Debug, Default)]
pub struct Passes {
    right: Pass,
    left: Pass,
    events: Vec<Event>,
    always_wide: bool,
}

/// One direction: live states and the price of the best way from each on.
#[derive(Clone, Debug, Default)]
struct Pass {
    narrow: Narrow,
    wide: Alive,
    is_narrow: bool,
    prices: Vec<u64>,
    width: usize,
}

/// One skipped token; below it stands the distance of the far end, so that a smaller price is a better way.
const SKIP: u64 = 1 << 32;
const NO_WAY: u64 = u64::MAX;

impl Passes {
    /// Passes that treat short sentences like long ones: slower, with the same results, which tests compare.
    pub fn wide() -> Self {
        Self {
            always_wide: true,
            ..Self::default()
        }
    }

    /// Finds the best parse through every place of the head, in order of places.
    pub fn run<L: Lattice>(
        &mut self,
        programs: &Outward,
        lattice: &mut L,
        found: impl FnMut(Parse),
    ) {
        if lattice::fits(lattice.len()) && !self.always_wide {
            self.run_narrow(programs, lattice, found);
        } else {
            self.run_wide(programs, lattice, found);
        }
    }

    fn run_narrow<L: Lattice>(
        &mut self,
        programs: &Outward,
        lattice: &mut L,
        mut found: impl FnMut(Parse),
    ) {
        let everywhere = u64::MAX >> (63 - lattice.len());
        self.right.narrow.clear(&programs.right);
        for entry in programs.right.starts() {
            self.right.narrow.seed(entry, everywhere);
        }
        if (self.right.narrow).run::<Right, L>(&programs.right, lattice) == 0 {
            return;
        }
        (self.right.narrow).look_back::<Right, L>(&programs.right, lattice);
        self.left.narrow.clear(&programs.left);
        for (right, left) in programs.starts() {
            self.left.narrow.seed(left, self.right.narrow.live(right));
        }
        if (self.left.narrow).run::<Left, L>(&programs.left, lattice) == 0 {
            return;
        }
        (self.left.narrow).look_back::<Left, L>(&programs.left, lattice);
        self.right
            .price_narrow::<Right, L>(&programs.right, lattice);
        self.left.price_narrow::<Left, L>(&programs.left, lattice);
        let entries = programs.left.starts();
        let heads = entries.fold(0, |heads, left| heads | self.left.narrow.live(left));
        for at in bits(heads) {
            if let Some(parse) = self.best_through(programs, lattice, at) {
                found(parse);
            }
        }
    }

    fn run_wide<L: Lattice>(
        &mut self,
        programs: &Outward,
        lattice: &mut L,
        mut found: impl FnMut(Parse),
    ) {
        let length = lattice.len();
        self.right.wide.clear(length);
        for at in 0..=length {
            for entry in programs.right.starts() {
                self.right.wide.seed(at, entry);
            }
        }
        if !self.right.wide.run::<Right, L>(&programs.right, lattice) {
            return;
        }
        self.right.price_wide::<Right, L>(&programs.right, lattice);
        self.left.wide.clear(length);
        for at in 0..=length {
            for (right, left) in programs.starts() {
                if self.right.price_of(at, right) != NO_WAY {
                    self.left.wide.seed(at, left);
                }
            }
        }
        if !self.left.wide.run::<Left, L>(&programs.left, lattice) {
            return;
        }
        self.left.price_wide::<Left, L>(&programs.left, lattice);
        for at in 0..=length {
            if let Some(parse) = self.best_through(programs, lattice, at) {
                found(parse);
            }
        }
    }

    fn best_through<L: Lattice>(
        &mut self,
        programs: &Outward,
        lattice: &L,
        at: usize,
    ) -> Option<Parse> {
        let mut best: Option<((u64, u64, u64), u16, u16)> = None;
        let entries = programs.right.entries.iter().zip(&programs.left.entries);
        for (starts, (&right, &left)) in programs.starts().zip(entries) {
            let to_right = self.right.price_of(at, starts.0);
            let to_left = self.left.price_of(at, starts.1);
            if to_right == NO_WAY || to_left == NO_WAY {
                continue;
            }
            let start = to_left % SKIP;
            let end = u64::from(u32::MAX) - to_right % SKIP;
            let key = (
                to_left / SKIP + to_right / SKIP,
                u64::MAX - (end - start),
                start,
            );
            if best.is_none_or(|(other, ..)| key < other) {
                best = Some((key, right, left));
            }
        }
        let ((skipped, _, start), right, left) = best?;
        let mut events = Vec::new();
        self.events.clear();
        self.left
            .trace::<Left, L>(&programs.left, lattice, at, left, &mut self.events);
        events.extend(self.events.drain(..).rev());
        let end = self
            .right
            .trace::<Right, L>(&programs.right, lattice, at, right, &mut events);
        Some(Parse {
            head: at as u32,
            start: start as u32,
            end,
            skipped: skipped as u32,
            events,
        })
    }
}

impl Pass {
    fn price_of(&self, at: usize, state: u16) -> u64 {
        let known = if self.is_narrow {
            self.narrow.live(state) >> at & 1 == 1
        } else {
            self.wide.has(at, state)
        };
        if known {
            self.prices[at * self.width + state as usize]
        } else {
            NO_WAY
        }
    }

    /// Room for prices; those of states that are not alive are never read.
    fn reserve(&mut self, program: &Program, length: usize, is_narrow: bool) {
        self.is_narrow = is_narrow;
        self.width = program.states.len();
        let size = (length + 1) * self.width;
        if self.prices.len() < size {
            self.prices.resize(size, NO_WAY);
        }
    }

    /// The price of the best way from every live state on, from the far end back.
    fn price_wide<D: Direction, L: Lattice>(&mut self, program: &Program, lattice: &L) {
        let length = lattice.len();
        self.reserve(program, length, false);
        for turn in 0..=length {
            let at = if D::LEFT { turn } else { length - turn };
            let row = *self.wide.row(at);
            for state in row.rev() {
                let price = self.price_at::<D, L>(program, lattice, at, state);
                self.prices[at * self.width + state as usize] = price;
            }
        }
    }

    /// The same of states that lie on a way to the end: state by state where no way leads back, else by positions.
    fn price_narrow<D: Direction, L: Lattice>(&mut self, program: &Program, lattice: &L) {
        let length = lattice.len();
        self.reserve(program, length, true);
        let rounds = if program.cyclic { length + 1 } else { 1 };
        for turn in 0..rounds {
            let at = if D::LEFT { turn } else { length - turn };
            let mask = if program.cyclic { 1 << at } else { u64::MAX };
            for state in self.narrow.states() {
                for at in bits(self.narrow.live(state) & mask) {
                    let price = self.price_at::<D, L>(program, lattice, at, state);
                    self.prices[at * self.width + state as usize] = price;
                }
            }
        }
    }

    fn price_at<D: Direction, L: Lattice>(
        &self,
        program: &Program,
        lattice: &L,
        at: usize,
        state: u16,
    ) -> u64 {
        let step = D::step(at, lattice.len());
        match program.bare[state as usize] {
            State::Match if D::LEFT => at as u64,
            State::Match => u64::from(u32::MAX) - at as u64,
            State::Test(test, next) => match step {
                Some((token, to)) if lattice.test(test, token) => self.price_of(to, next),
                _ => NO_WAY,
            },
            State::Gap(next) => match step {
                Some((token, to)) if lattice.skippable(token) => {
                    self.price_of(to, next).saturating_add(SKIP)
                }
                _ => NO_WAY,
            },
            State::Edge(edge, next) => {
                let ways = D::edges(lattice, edge, at)
                    .iter()
                    .map(|arc| self.price_of(arc.to as usize, next));
                ways.min().unwrap_or(NO_WAY)
            }
            State::Place(place, next) => {
                if lattice.place(place, at) {
                    self.price_of(at, next)
                } else {
                    NO_WAY
                }
            }
            State::Split(first, second) => self.price_of(at, first).min(self.price_of(at, second)),
            State::Open(..) | State::Close(..) => NO_WAY,
        }
    }

    /// Walks the best way from a state to its end, noting events in the order of walking; gives the last position.
    fn trace<D: Direction, L: Lattice>(
        &self,
        program: &Program,
        lattice: &L,
        mut at: usize,
        mut state: u16,
        events: &mut Vec<Event>,
    ) -> u32 {
        loop {
            let core = |state: u16| program.core[state as usize];
            let price = self.price_of(at, core(state));
            let origin = program.origins[state as usize];
            match program.states[state as usize] {
                State::Match => return at as u32,
                State::Place(_, next) => state = next,
                State::Split(first, second) => {
                    state = if self.price_of(at, core(first)) == price {
                        first
                    } else {
                        second
                    };
                }
                State::Open(name, next) => {
                    events.push(Event::Open(name, at as u32));
                    state = next;
                }
                State::Close(name, next) => {
                    events.push(Event::Close(name, at as u32));
                    state = next;
                }
                State::Test(_, next) | State::Gap(next) => {
                    let Some((token, to)) = D::step(at, lattice.len()) else {
                        return at as u32;
                    };
                    let skip = matches!(program.states[state as usize], State::Gap(_));
                    events.push(if skip {
                        Event::Skip(token as u32)
                    } else {
                        Event::Token(token as u32, origin)
                    });
                    (at, state) = (to, next);
                }
                State::Edge(edge, next) => {
                    let way = D::edges(lattice, edge, at)
                        .iter()
                        .find(|a| self.price_of(a.to as usize, core(next)) == price);
                    let Some(arc) = way else { return at as u32 };
                    let (start, end) = if D::LEFT {
                        (arc.to, at as u32)
                    } else {
                        (at as u32, arc.to)
                    };
                    events.push(Event::Edge {
                        edge,
                        start,
                        end,
                        payload: arc.payload,
                    });
                    (at, state) = (arc.to as usize, next);
                }
            }
        }
    }
}
