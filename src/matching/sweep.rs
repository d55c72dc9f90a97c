//! Existence: which states can be alive at which position, for all starts at once.

use super::lattice::{Direction, Lattice};
use crate::rules::program::{MAX_STATES, Program, State};

const WORDS: usize = MAX_STATES / 64;

/// A set of states.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct StateSet([u64; WORDS]);

impl StateSet {
    pub(super) fn insert(&mut self, state: u16) {
        self.0[state as usize / 64] |= 1 << (state % 64);
    }

    pub(super) fn has(&self, state: u16) -> bool {
        self.0[state as usize / 64] >> (state % 64) & 1 == 1
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0 == [0; WORDS]
    }

    /// Takes the lowest state out.
    pub(super) fn pop(&mut self) -> Option<u16> {
        for (number, word) in self.0.iter_mut().enumerate() {
            if *word != 0 {
                let bit = word.trailing_zeros() as u16;
                *word &= *word - 1;
                return Some(number as u16 * 64 + bit);
            }
        }
        None
    }

    /// The first state from `from` on.
    fn next(&self, from: u16) -> Option<u16> {
        let mut word = from as usize / 64;
        if word >= WORDS {
            return None;
        }
        let mut bits = self.0[word] & (u64::MAX << (from % 64));
        loop {
            if bits != 0 {
                return Some((word * 64) as u16 + bits.trailing_zeros() as u16);
            }
            word += 1;
            bits = *self.0.get(word)?;
        }
    }

    /// The states in rising order, those inserted on the way behind the current one included.
    pub(super) fn walk(&mut self, mut visit: impl FnMut(&mut Self, u16)) {
        let mut at = 0;
        while let Some(state) = self.next(at) {
            visit(self, state);
            at = state + 1;
        }
    }

    /// The states in falling order.
    pub(super) fn rev(&self) -> impl Iterator<Item = u16> {
        let words = self.0;
        (0..WORDS).rev().flat_map(move |word| {
            let mut bits = words[word];
            std::iter::from_fn(move || {
                let high = 63_u32.checked_sub(bits.leading_zeros())?;
                bits &= !(1 << high);
                Some((word * 64) as u16 + high as u16)
            })
        })
    }
}

/// Rows of live states, one a position; kept between runs for its memory.
#[derive(Clone, Debug, Default)]
pub(super) struct Alive {
    rows: Vec<StateSet>,
}

impl Alive {
    pub(super) fn clear(&mut self, length: usize) {
        self.rows.clear();
        self.rows.resize(length + 1, StateSet::default());
    }

    pub(super) fn seed(&mut self, at: usize, state: u16) {
        self.rows[at].insert(state);
    }

    pub(super) fn row(&self, at: usize) -> &StateSet {
        &self.rows[at]
    }

    pub(super) fn has(&self, at: usize, state: u16) -> bool {
        self.rows[at].has(state)
    }

    /// All positions behind `start` where the program can end if it starts there, the nearest first. Looks no further
    /// than some state lives. What the program asks must have been worked out.
    pub(super) fn ends_from<L: Lattice>(
        &mut self,
        program: &Program,
        lattice: &L,
        start: usize,
        ends: &mut Vec<u32>,
    ) {
        let Some(goal) = program.goal() else { return };
        if self.rows.len() <= lattice.len() {
            self.rows.resize(lattice.len() + 1, StateSet::default());
        }
        for entry in program.starts() {
            self.seed(start, entry);
        }
        let mut last = start;
        let mut at = start;
        while at <= last {
            last = last.max(self.advance::<super::lattice::Right, L>(program, lattice, at));
            if at > start && self.has(at, goal) {
                ends.push(at as u32);
            }
            self.rows[at] = StateSet::default();
            at += 1;
        }
    }

    /// Lets all seeded states run to the end; says whether any reached the final state.
    pub(super) fn run<D: Direction, L: Lattice>(
        &mut self,
        program: &Program,
        lattice: &mut L,
    ) -> bool {
        need_all(program, lattice);
        let length = lattice.len();
        for turn in 0..=length {
            let at = if D::LEFT { length - turn } else { turn };
            if !self.rows[at].is_empty() {
                self.advance::<D, L>(program, lattice, at);
            }
        }
        program
            .goal()
            .is_some_and(|goal| self.rows.iter().any(|row| row.has(goal)))
    }

    /// Lets the states of one position take their steps; the farthest position that one reached.
    fn advance<D: Direction, L: Lattice>(
        &mut self,
        program: &Program,
        lattice: &L,
        at: usize,
    ) -> usize {
        let mut row = self.rows[at];
        let step = D::step(at, lattice.len());
        let mut farthest = at;
        row.walk(|row, state| match program.bare[state as usize] {
            // Nothing leads to the edges of captures.
            State::Match | State::Open(..) | State::Close(..) => {}
            State::Test(test, next) => {
                if let Some((token, to)) = step
                    && lattice.test(test, token)
                {
                    self.rows[to].insert(next);
                    farthest = farthest.max(to);
                }
            }
            State::Gap(next) => {
                if let Some((token, to)) = step
                    && lattice.skippable(token)
                {
                    self.rows[to].insert(next);
                    farthest = farthest.max(to);
                }
            }
            State::Edge(edge, next) => {
                for arc in D::edges(lattice, edge, at) {
                    self.rows[arc.to as usize].insert(next);
                    farthest = farthest.max(arc.to as usize);
                }
            }
            State::Place(place, next) => {
                if lattice.place(place, at) {
                    row.insert(next);
                }
            }
            State::Split(first, second) => {
                row.insert(first);
                row.insert(second);
            }
        });
        self.rows[at] = row;
        farthest
    }
}

/// Works out all that a program may ask.
pub(super) fn need_all<L: Lattice>(program: &Program, lattice: &mut L) {
    for state in &program.states {
        match *state {
            State::Test(test, _) => lattice.need_test(test),
            State::Edge(edge, _) => lattice.need_edge(edge),
            State::Place(place, _) => lattice.need_place(place),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::lattice::{Arc, Right};
    use super::*;
    use crate::rules::ast::NodeId;
    use crate::rules::program::{EdgeId, Expression, PlaceId, TestId};

    /// Tokens `a b a b …`, test 0 is `a`, test 1 is `b`; an edge over two tokens from the first position.
    struct Alternating(usize, [Arc; 1]);

    impl Lattice for Alternating {
        fn len(&self) -> usize {
            self.0
        }
        fn test(&self, test: TestId, at: usize) -> bool {
            at % 2 == test.0 as usize
        }
        fn skippable(&self, _at: usize) -> bool {
            true
        }
        fn place(&self, _place: PlaceId, at: usize) -> bool {
            at.is_multiple_of(2)
        }
        fn edges_from(&self, _edge: EdgeId, at: usize) -> &[Arc] {
            if at == 0 { &self.1 } else { &[] }
        }
        fn edges_to(&self, _edge: EdgeId, _at: usize) -> &[Arc] {
            &[]
        }
    }

    #[test]
    fn ends_from_one_start_are_those_of_a_run_from_it_alone() {
        let node = NodeId(0);
        let test = |n| Expression::Test(TestId(n), node);
        let pair = Expression::Sequence(vec![test(0), test(1)]);
        let pattern = Expression::Alternative(vec![
            Expression::Repeat(Box::new(pair), 1, None),
            Expression::Sequence(vec![Expression::Edge(EdgeId(0), node), test(0)]),
            Expression::Sequence(vec![test(1), Expression::Gap(0, 3, node), test(1)]),
        ]);
        let program = Program::single(&pattern, false).expect("small");
        let goal = program.goal().expect("it can match");
        let (mut near, mut all) = (Alive::default(), Alive::default());
        let arc = Arc { to: 2, payload: 0 };
        // A long sentence before a short one: nothing of it may be left.
        for length in [9, 4, 7] {
            let mut lattice = Alternating(length, [arc]);
            for start in 0..=length {
                let mut ends = Vec::new();
                near.ends_from(&program, &lattice, start, &mut ends);
                all.clear(length);
                for entry in program.starts() {
                    all.seed(start, entry);
                }
                all.run::<Right, _>(&program, &mut lattice);
                let behind = start + 1..=length;
                let wanted: Vec<u32> = behind
                    .filter(|&at| all.has(at, goal))
                    .map(|at| at as u32)
                    .collect();
                assert_eq!(ends, wanted, "from {start} of {length}");
            }
        }
    }
}
