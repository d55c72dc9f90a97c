//! Compiled patterns: from the lowered expression to two programs that walk outwards from the head.
//!
//! A variant belongs to its head, and one best parse is wanted through every place of it.
//! So the pattern is cut at the head: what follows is compiled as it stands, what precedes is compiled mirrored.
//! Both programs start at the head and walk away from it; the same passes serve both, and a choice is always the
//! choice of one state, read from the head outwards.

mod builder;
mod cut;
mod order;

use super::ast::NodeId;
use builder::Builder;
use cut::{Cut, MAX_CUTS, cut_at_head};
use std::hash::{Hash, Hasher};

/// Index of a test on one token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TestId(pub u32);

/// Index of a kind of edge (a list, a type of mention, a group, …).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EdgeId(pub u32);

/// Index of a test on a position (an edge of the sentence, a context).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(pub u32);

/// A lowered pattern: names resolved, macros inlined, words tokenised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expression {
    /// Nothing.
    Empty,
    /// One token that passes a test.
    Test(TestId, NodeId),
    /// One edge of the sentence's graph.
    Edge(EdgeId, NodeId),
    /// A position that passes a test.
    Place(PlaceId, NodeId),
    /// Tokens skipped, as few as possible.
    Gap(u32, u32, NodeId),
    /// One after the other.
    Sequence(Vec<Expression>),
    /// The first that is written wins a tie.
    Alternative(Vec<Expression>),
    /// Between so many and so many times; more wins a tie.
    Repeat(Box<Expression>, u32, Option<u32>),
    /// A named stretch.
    Capture(u8, Box<Expression>),
    /// The edges of a capture whose inside is cut by the head.
    Open(u8),
    /// See [`Expression::Open`].
    Close(u8),
}

/// A state of a program. States that are reached without consuming have higher numbers, and those that are reached by
/// consuming too, but for the ways back in a repetition without end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// The pattern ends here.
    Match,
    /// Consumes a token.
    Test(TestId, u16),
    /// Walks along an edge.
    Edge(EdgeId, u16),
    /// Skips a token, at a price.
    Gap(u16),
    /// Stays where it is if the position passes.
    Place(PlaceId, u16),
    /// Two ways; the first wins a tie.
    Split(u16, u16),
    /// A capture begins (in reading order) here.
    Open(u8, u16),
    /// A capture ends (in reading order) here.
    Close(u8, u16),
}

/// A program for one direction.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// The states.
    pub states: Vec<State>,
    /// The element of the rule file behind each state.
    pub origins: Vec<Option<NodeId>>,
    /// The same states without the edges of captures: what leads to one leads to what is behind it. Whether there is a
    /// way and what it costs does not depend on captures.
    pub bare: Vec<State>,
    /// By state: itself, or what stands behind the edges of captures.
    pub core: Vec<u16>,
    /// Where to start, one for each place the head has in the pattern, in written order.
    pub entries: Vec<u16>,
    /// Whether some state leads back to one with a lower number.
    pub cyclic: bool,
    goal: Option<u16>,
}

/// Programs are the same where their states are: the same pattern in two files has other origins.
impl PartialEq for Program {
    fn eq(&self, other: &Self) -> bool {
        (&self.states, &self.entries) == (&other.states, &other.entries)
    }
}

impl Eq for Program {}

impl Hash for Program {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.states, &self.entries).hash(state);
    }
}

/// The most states that a program may have: two rows of 128 bits a position.
pub const MAX_STATES: usize = 256;

/// The two programs of a variant.
#[derive(Clone, Debug, Default)]
pub struct Outward {
    /// From the start of the head to the right.
    pub right: Program,
    /// From the start of the head to the left.
    pub left: Program,
}

impl Outward {
    /// Compiles a pattern with its head (a capture), or from its first token where there is none.
    ///
    /// # Errors
    /// The number of states, where it is over [`MAX_STATES`].
    pub fn compile(expression: &Expression, head: Option<u8>) -> Result<Self, usize> {
        Self::from_cuts(&cut_at_head(expression, head))
    }

    /// Compiles a pattern that belongs to no head: its parses are told apart by where they start.
    ///
    /// # Errors
    /// The number of states, where it is over [`MAX_STATES`].
    pub fn from_start(expression: &Expression) -> Result<Self, usize> {
        Self::from_cuts(&[Cut {
            left: Vec::new(),
            right: vec![expression.clone()],
        }])
    }

    /// Where to start to the right and to the left, behind the edges of captures.
    pub fn starts(&self) -> impl Iterator<Item = (u16, u16)> {
        self.right.starts().zip(self.left.starts())
    }

    fn from_cuts(cuts: &[Cut]) -> Result<Self, usize> {
        if cuts.len() > MAX_CUTS {
            return Err(cuts.len());
        }
        let right = Program::compile(cuts.iter().map(|cut| &cut.right), false)?;
        let left = Program::compile(cuts.iter().map(|cut| &cut.left), true)?;
        Ok(Self { right, left })
    }
}

impl Program {
    /// Compiles sequences that share nothing but the final state, each with its entry.
    ///
    /// # Errors
    /// The number of states, where it is over [`MAX_STATES`].
    pub fn compile<'e>(
        parts: impl Iterator<Item = &'e Vec<Expression>>,
        mirrored: bool,
    ) -> Result<Self, usize> {
        let mut builder = Builder {
            states: vec![State::Match],
            origins: vec![None],
            mirrored,
        };
        let entries = parts
            .map(|part| builder.sequence(part, 0))
            .collect::<Vec<_>>();
        if builder.states.len() > MAX_STATES {
            return Err(builder.states.len());
        }
        Ok(builder.ordered(&entries))
    }

    /// Compiles one expression with one entry at its start (or, mirrored, at its end).
    ///
    /// # Errors
    /// The number of states, where it is over [`MAX_STATES`].
    pub fn single(expression: &Expression, mirrored: bool) -> Result<Self, usize> {
        Self::compile(std::iter::once(&vec![expression.clone()]), mirrored)
    }

    /// The final state.
    pub fn goal(&self) -> Option<u16> {
        self.goal
    }

    /// Where to start, behind the edges of captures.
    pub fn starts(&self) -> impl Iterator<Item = u16> {
        self.entries.iter().map(|&entry| self.core[entry as usize])
    }

    /// Whether it ends where it starts, for every entry.
    pub fn is_empty(&self) -> bool {
        self.entries
            .iter()
            .all(|&e| self.states[e as usize] == State::Match)
    }
}

impl State {
    /// The same with other numbers for the states that it leads to.
    fn redirected(self, to: impl Fn(u16) -> u16) -> Self {
        match self {
            Self::Match => Self::Match,
            Self::Test(test, next) => Self::Test(test, to(next)),
            Self::Edge(edge, next) => Self::Edge(edge, to(next)),
            Self::Gap(next) => Self::Gap(to(next)),
            Self::Place(place, next) => Self::Place(place, to(next)),
            Self::Split(first, second) => Self::Split(to(first), to(second)),
            Self::Open(name, next) => Self::Open(name, to(next)),
            Self::Close(name, next) => Self::Close(name, to(next)),
        }
    }
}

/// Successors without and with consuming.
fn successors(state: State) -> ([Option<u16>; 2], Option<u16>) {
    match state {
        State::Match => ([None, None], None),
        State::Test(_, next) | State::Edge(_, next) | State::Gap(next) => {
            ([None, None], Some(next))
        }
        State::Place(_, next) | State::Open(_, next) | State::Close(_, next) => {
            ([Some(next), None], None)
        }
        State::Split(first, second) => ([Some(first), Some(second)], None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn test(n: u32) -> Expression {
        Expression::Test(TestId(n), NodeId(n))
    }

    #[test]
    fn free_successors_have_higher_numbers() {
        let body =
            Expression::Capture(1, Box::new(Expression::Alternative(vec![test(1), test(2)])));
        let pattern = Expression::Sequence(vec![
            Expression::Repeat(Box::new(body), 0, None),
            Expression::Capture(0, Box::new(test(3))),
            Expression::Gap(0, 3, NodeId(9)),
            test(4),
        ]);
        let programs = Outward::compile(&pattern, Some(0)).expect("small");
        for program in [&programs.left, &programs.right] {
            for (number, state) in program.states.iter().enumerate() {
                for next in successors(*state).0.into_iter().flatten() {
                    assert!(next as usize > number, "{program:?}");
                }
            }
        }
    }

    #[test]
    fn a_head_in_each_branch_gives_an_entry_each() {
        let cue = |n| Expression::Capture(0, Box::new(test(n)));
        let pattern = Expression::Sequence(vec![
            test(1),
            Expression::Alternative(vec![
                Expression::Sequence(vec![test(2), cue(3)]),
                Expression::Sequence(vec![cue(4), test(5)]),
            ]),
        ]);
        let programs = Outward::compile(&pattern, Some(0)).expect("small");
        assert_eq!(programs.right.entries.len(), 2);
        assert_eq!(programs.left.entries.len(), 2);
    }

    #[test]
    fn too_many_states_are_counted() {
        let pattern = Expression::Repeat(
            Box::new(Expression::Sequence(vec![test(1), test(2), test(3)])),
            0,
            Some(200),
        );
        assert!(Outward::compile(&pattern, None).is_err_and(|states| states > MAX_STATES));
    }

    #[test]
    fn compiling_is_bounded_however_many_times_and_branches_are_asked_for() {
        let cue = Expression::Capture(0, Box::new(test(1)));
        let part = Expression::Alternative(vec![cue, test(2), test(3)]);
        let many = u32::MAX;
        let repeat = |body, min| Expression::Repeat(Box::new(body), min, Some(many));
        for pattern in [
            Expression::Sequence(vec![part; 60]),
            repeat(repeat(test(1), 0), 0),
            repeat(repeat(test(1), many), many),
            Expression::Gap(0, many, NodeId(1)),
            Expression::Gap(many, many, NodeId(1)),
        ] {
            let states = Outward::compile(&pattern, Some(0)).map(|_| ());
            assert!(states.is_err_and(|s| s > MAX_STATES && s <= 8 * MAX_STATES));
        }
        let nothing = repeat(repeat(Expression::Empty, many), many);
        assert!(Outward::compile(&nothing, None).is_ok());
    }
}
