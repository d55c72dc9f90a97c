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

use super::lattice::{Direction, Lattice, Left, Right};
use super::narrow::Narrow;
use super::row::{self, Row, bits};
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
    short: Ways<Narrow<u64>>,
    long: Ways<Narrow<u128>>,
    wide: Ways<Alive>,
    least: usize,
}

/// Both directions.
#[derive(Clone, Debug, Default)]
struct Ways<K> {
    right: Pass<K>,
    left: Pass<K>,
    events: Vec<Event>,
}

/// One direction: live states and the price of the best way from each on.
#[derive(Clone, Debug, Default)]
struct Pass<K> {
    known: K,
    prices: Vec<u64>,
    width: usize,
}

/// Which states have a price.
trait Known {
    fn has(&self, at: usize, state: u16) -> bool;
}

impl<R: Row> Known for Narrow<R> {
    fn has(&self, at: usize, state: u16) -> bool {
        self.live(state).has(at)
    }
}

impl Known for Alive {
    fn has(&self, at: usize, state: u16) -> bool {
        self.has(at, state)
    }
}

/// One skipped token; below it stands the distance of the far end, so that a smaller price is a better way.
const SKIP: u64 = 1 << 32;
const NO_WAY: u64 = u64::MAX;

impl Passes {
    /// Passes that treat every sentence like one of so many tokens at least: slower, with the same results, which tests
    /// compare.
    pub fn for_length(least: usize) -> Self {
        Self {
            least,
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
        let length = lattice.len().max(self.least);
        if row::fits::<u64>(length) {
            self.short.run_narrow(programs, lattice, found);
        } else if row::fits::<u128>(length) {
            self.long.run_narrow(programs, lattice, found);
        } else {
            self.wide.run_wide(programs, lattice, found);
        }
    }
}

impl<R: Row> Ways<Narrow<R>> {
    fn run_narrow<L: Lattice>(
        &mut self,
        programs: &Outward,
        lattice: &mut L,
        mut found: impl FnMut(Parse),
    ) {
        let places = R::below(lattice.last_head() + 1);
        let (right, left) = (&mut self.right, &mut self.left);
        right.known.clear(&programs.right);
        for entry in programs.right.starts() {
            right.known.seed(entry, places);
        }
        let reached = right.known.run::<Right, L>(&programs.right, lattice);
        if reached.is_empty() {
            return;
        }
        (right.known).look_back::<Right, L>(&programs.right, lattice);
        left.known.clear(&programs.left);
        for (to_right, to_left) in programs.starts() {
            (left.known).seed(to_left, right.known.live(to_right) & places);
        }
        let reached = left.known.run::<Left, L>(&programs.left, lattice);
        if reached.is_empty() {
            return;
        }
        (left.known).look_back::<Left, L>(&programs.left, lattice);
        right.price_narrow::<Right, L>(&programs.right, lattice);
        left.price_narrow::<Left, L>(&programs.left, lattice);
        let live = programs.left.starts().map(|entry| left.known.live(entry));
        let heads = live.fold(R::default(), |heads, live| heads | live);
        for at in bits(heads & places) {
            if let Some(parse) = self.best_through(programs, lattice, at) {
                found(parse);
            }
        }
    }
}

impl Ways<Alive> {
    fn run_wide<L: Lattice>(
        &mut self,
        programs: &Outward,
        lattice: &mut L,
        mut found: impl FnMut(Parse),
    ) {
        let length = lattice.len();
        let (right, left) = (&mut self.right, &mut self.left);
        right.known.clear(length);
        for at in 0..=lattice.last_head() {
            for entry in programs.right.starts() {
                right.known.seed(at, entry);
            }
        }
        if !right.known.run::<Right, L>(&programs.right, lattice) {
            return;
        }
        right.price_wide::<Right, L>(&programs.right, lattice);
        left.known.clear(length);
        for at in 0..=lattice.last_head() {
            for (to_right, to_left) in programs.starts() {
                if right.price_of(at, to_right) != NO_WAY {
                    left.known.seed(at, to_left);
                }
            }
        }
        if !left.known.run::<Left, L>(&programs.left, lattice) {
            return;
        }
        left.price_wide::<Left, L>(&programs.left, lattice);
        for at in 0..=lattice.last_head() {
            if let Some(parse) = self.best_through(programs, lattice, at) {
                found(parse);
            }
        }
    }
}

impl<K: Known> Ways<K> {
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

impl Pass<Alive> {
    /// The price of the best way from every live state on, from the far end back.
    fn price_wide<D: Direction, L: Lattice>(&mut self, program: &Program, lattice: &L) {
        let length = lattice.len();
        self.reserve(program, length);
        for turn in 0..=length {
            let at = if D::LEFT { turn } else { length - turn };
            let row = *self.known.row(at);
            for state in row.rev() {
                let price = self.price_at::<D, L>(program, lattice, at, state);
                self.prices[at * self.width + state as usize] = price;
            }
        }
    }
}

impl<R: Row> Pass<Narrow<R>> {
    /// The same of states that lie on a way to the end: state by state where no way leads back, else by positions.
    fn price_narrow<D: Direction, L: Lattice>(&mut self, program: &Program, lattice: &L) {
        let length = lattice.len();
        self.reserve(program, length);
        let rounds = if program.cyclic { length + 1 } else { 1 };
        for turn in 0..rounds {
            let at = if D::LEFT { turn } else { length - turn };
            let among = if program.cyclic {
                R::one(at)
            } else {
                !R::default()
            };
            for state in self.known.states() {
                for at in bits(self.known.live(state) & among) {
                    let price = self.price_at::<D, L>(program, lattice, at, state);
                    self.prices[at * self.width + state as usize] = price;
                }
            }
        }
    }
}

impl<K: Known> Pass<K> {
    fn price_of(&self, at: usize, state: u16) -> u64 {
        if self.known.has(at, state) {
            self.prices[at * self.width + state as usize]
        } else {
            NO_WAY
        }
    }

    /// Room for prices; those of states that are not alive are never read.
    fn reserve(&mut self, program: &Program, length: usize) {
        self.width = program.states.len();
        let size = (length + 1) * self.width;
        if self.prices.len() < size {
            self.prices.resize(size, NO_WAY);
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
