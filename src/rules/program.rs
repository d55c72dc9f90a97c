//! Compiled patterns: from the lowered expression to two programs that walk outwards from the head.
//!
//! A variant belongs to its head, and one best parse is wanted through every place of it.
//! So the pattern is cut at the head: what follows is compiled as it stands, what precedes is compiled mirrored.
//! Both programs start at the head and walk away from it; the same passes serve both, and a choice is always the
//! choice of one state, read from the head outwards.

use super::ast::NodeId;
use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};
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

/// The most places that a head may have in a pattern; each has states of its own.
const MAX_CUTS: usize = MAX_STATES;

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

/// One place of the head in a pattern, with what stands before it and what begins with it.
#[derive(Clone, Debug)]
struct Cut {
    left: Vec<Expression>,
    right: Vec<Expression>,
}

/// A branch of a pattern, with or without the head.
enum Branch {
    With(Cut),
    Without(Expression),
}

/// Cuts at every place of the head, in written order; what is over [`MAX_CUTS`] is counted to one more and left out,
/// as alternatives one after the other multiply.
fn cut_at_head(expression: &Expression, head: Option<u8>) -> Vec<Cut> {
    let mut cuts = Vec::new();
    let branches = match head {
        Some(head) => cut(expression, head),
        None => vec![Branch::Without(expression.clone())],
    };
    for branch in branches {
        if cuts.len() > MAX_CUTS {
            break;
        }
        match branch {
            Branch::With(cut) => cuts.push(cut),
            Branch::Without(rest) => {
                match first_capture(&rest).filter(|first| Some(*first) != head) {
                    Some(first) => cuts.extend(cut_at_head(&rest, Some(first))),
                    None => cuts.push(Cut {
                        left: Vec::new(),
                        right: vec![rest],
                    }),
                }
            }
        }
    }
    cuts
}

/// The first capture that is not inside a repetition.
fn first_capture(expression: &Expression) -> Option<u8> {
    match expression {
        Expression::Capture(name, _) => Some(*name),
        Expression::Sequence(parts) | Expression::Alternative(parts) => {
            parts.iter().find_map(first_capture)
        }
        Expression::Repeat(body, _, Some(1)) => first_capture(body),
        _ => None,
    }
}

fn contains(expression: &Expression, head: u8) -> bool {
    match expression {
        Expression::Capture(name, body) => *name == head || contains(body, head),
        Expression::Sequence(parts) | Expression::Alternative(parts) => {
            parts.iter().any(|p| contains(p, head))
        }
        Expression::Repeat(body, _, Some(1)) => contains(body, head),
        _ => false,
    }
}

fn cut(expression: &Expression, head: u8) -> Vec<Branch> {
    if !contains(expression, head) {
        return vec![Branch::Without(expression.clone())];
    }
    match expression {
        Expression::Capture(name, _) if *name == head => {
            vec![Branch::With(Cut {
                left: Vec::new(),
                right: vec![expression.clone()],
            })]
        }
        Expression::Capture(name, body) => cut(body, head)
            .into_iter()
            .map(|b| wrap(b, *name))
            .collect(),
        Expression::Sequence(parts) => cut_sequence(parts, head),
        Expression::Alternative(parts) => {
            let branches = parts.iter().flat_map(|p| cut(p, head));
            branches.take(MAX_CUTS + 1).collect()
        }
        Expression::Repeat(body, min, _) => {
            let mut branches = cut(body, head);
            if *min == 0 {
                branches.push(Branch::Without(Expression::Empty));
            }
            branches
        }
        other => vec![Branch::Without(other.clone())],
    }
}

fn wrap(branch: Branch, name: u8) -> Branch {
    match branch {
        Branch::With(mut cut) => {
            cut.left.insert(0, Expression::Open(name));
            cut.right.push(Expression::Close(name));
            Branch::With(cut)
        }
        Branch::Without(rest) => Branch::Without(Expression::Capture(name, Box::new(rest))),
    }
}

fn cut_sequence(parts: &[Expression], head: u8) -> Vec<Branch> {
    let Some(at) = parts.iter().position(|p| contains(p, head)) else {
        return vec![Branch::Without(Expression::Sequence(parts.to_vec()))];
    };
    let mut branches = Vec::new();
    for branch in cut(&parts[at], head) {
        if branches.len() > MAX_CUTS {
            break;
        }
        match branch {
            Branch::With(mut cut) => {
                cut.left.splice(0..0, parts[..at].iter().cloned());
                cut.right.extend_from_slice(&parts[at + 1..]);
                branches.push(Branch::With(cut));
            }
            Branch::Without(rest) => {
                // The head may still follow: `(cue:x | y) cue:z`.
                for later in cut_sequence(&parts[at + 1..], head) {
                    let before = || parts[..at].iter().cloned().chain([rest.clone()]);
                    branches.push(match later {
                        Branch::With(mut cut) => {
                            cut.left.splice(0..0, before());
                            Branch::With(cut)
                        }
                        Branch::Without(after) => {
                            Branch::Without(Expression::Sequence(before().chain([after]).collect()))
                        }
                    });
                }
            }
        }
    }
    branches
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

/// Builds states from the end to the start; each function gives the entry of what leads on to `next`.
struct Builder {
    states: Vec<State>,
    origins: Vec<Option<NodeId>>,
    mirrored: bool,
}

impl Builder {
    /// Whether there are far too many states: they are counted and reported, never built upon.
    fn is_full(&self) -> bool {
        self.states.len() > 4 * MAX_STATES
    }

    fn push(&mut self, state: State, origin: Option<NodeId>) -> u16 {
        if self.is_full() {
            return 0;
        }
        self.states.push(state);
        self.origins.push(origin);
        self.states.len() as u16 - 1
    }

    fn sequence(&mut self, parts: &[Expression], next: u16) -> u16 {
        if self.mirrored {
            parts
                .iter()
                .fold(next, |next, part| self.expression(part, next))
        } else {
            parts
                .iter()
                .rev()
                .fold(next, |next, part| self.expression(part, next))
        }
    }

    fn expression(&mut self, expression: &Expression, next: u16) -> u16 {
        match expression {
            Expression::Empty => next,
            Expression::Test(test, node) => self.push(State::Test(*test, next), Some(*node)),
            Expression::Edge(edge, node) => self.push(State::Edge(*edge, next), Some(*node)),
            Expression::Place(place, node) => self.push(State::Place(*place, next), Some(*node)),
            Expression::Gap(min, max, node) => self.gap(*min, *max, *node, next),
            Expression::Sequence(parts) => self.sequence(parts, next),
            Expression::Alternative(parts) => self.alternative(parts, next),
            Expression::Repeat(body, min, max) => self.repeat(body, *min, *max, next),
            Expression::Capture(name, body) => self.capture(*name, body, next),
            Expression::Open(name) => self.push(State::Open(*name, next), None),
            Expression::Close(name) => self.push(State::Close(*name, next), None),
        }
    }

    fn capture(&mut self, name: u8, body: &Expression, next: u16) -> u16 {
        if self.mirrored {
            let open = self.push(State::Open(name, next), None);
            let body = self.expression(body, open);
            self.push(State::Close(name, body), None)
        } else {
            let close = self.push(State::Close(name, next), None);
            let body = self.expression(body, close);
            self.push(State::Open(name, body), None)
        }
    }

    fn gap(&mut self, min: u32, max: u32, node: NodeId, next: u16) -> u16 {
        let mut entry = next;
        for _ in min..max {
            if self.is_full() {
                break;
            }
            let skip = self.push(State::Gap(entry), Some(node));
            entry = self.push(State::Split(next, skip), None);
        }
        for _ in 0..min {
            if self.is_full() {
                break;
            }
            entry = self.push(State::Gap(entry), Some(node));
        }
        entry
    }

    fn alternative(&mut self, parts: &[Expression], next: u16) -> u16 {
        let entries: Vec<u16> = parts
            .iter()
            .map(|part| self.expression(part, next))
            .collect();
        let mut entries = entries.into_iter().rev();
        let last = entries.next().unwrap_or(next);
        entries.fold(last, |later, entry| {
            self.push(State::Split(entry, later), None)
        })
    }

    fn repeat(&mut self, body: &Expression, min: u32, max: Option<u32>, next: u16) -> u16 {
        let mut entry = next;
        if let Some(max) = max {
            for _ in min..max {
                let once = self.expression(body, entry);
                if once == entry || self.is_full() {
                    break;
                }
                entry = self.push(State::Split(once, next), None);
            }
        } else {
            let again = self.push(State::Split(0, next), None);
            let once = self.expression(body, again);
            if let Some(state) = self.states.get_mut(again as usize) {
                *state = State::Split(once, next);
            }
            entry = again;
        }
        for _ in 0..min {
            let once = self.expression(body, entry);
            if once == entry || self.is_full() {
                break;
            }
            entry = once;
        }
        entry
    }

    /// Numbers the states so that whatever is reached has a higher number, but for ways back that consume.
    fn ordered(self, entries: &[u16]) -> Program {
        let order = self
            .without_loops(entries)
            .unwrap_or_else(|| self.along_loops(&self.topological_order(entries)));
        let mut number = vec![u16::MAX; self.states.len()];
        for (new, &old) in order.iter().enumerate() {
            number[old as usize] = new as u16;
        }
        let to = |old: u16| number[old as usize];
        let states: Vec<State> = order
            .iter()
            .map(|&old| self.states[old as usize].redirected(to))
            .collect();
        let origins = order
            .iter()
            .map(|&old| self.origins[old as usize])
            .collect();
        let leads_back = |(number, state): (usize, &State)| {
            let (_, consumed) = successors(*state);
            consumed.is_some_and(|next| next as usize <= number)
        };
        let core = core(&states);
        let bare = states
            .iter()
            .map(|s| s.redirected(|next| core[next as usize]));
        Program {
            bare: bare.collect(),
            cyclic: states.iter().enumerate().any(leads_back),
            goal: (states.iter().position(|s| *s == State::Match)).map(|n| n as u16),
            core,
            states,
            origins,
            entries: entries.iter().map(|&e| to(e)).collect(),
        }
    }

    /// Reachable states, each behind all that lead to it; none where states lead to each other.
    fn without_loops(&self, entries: &[u16]) -> Option<Vec<u16>> {
        const NEW: u8 = 0;
        const OPEN: u8 = 1;
        const DONE: u8 = 2;
        let mut marks = vec![NEW; self.states.len()];
        let mut order = Vec::with_capacity(self.states.len());
        let mut stack: Vec<u16> = entries.iter().rev().copied().collect();
        while let Some(&state) = stack.last() {
            let mark = &mut marks[state as usize];
            if *mark != NEW {
                if *mark == OPEN {
                    *mark = DONE;
                    order.push(state);
                }
                stack.pop();
                continue;
            }
            *mark = OPEN;
            let (free, consumed) = successors(self.states[state as usize]);
            for next in consumed.into_iter().chain(free.into_iter().flatten().rev()) {
                match marks[next as usize] {
                    NEW => stack.push(next),
                    OPEN => return None,
                    _ => {}
                }
            }
        }
        order.reverse();
        Some(order)
    }

    /// Puts loops in the order in which they are reached; inside of each the order stays.
    fn along_loops(&self, order: &[u16]) -> Vec<u16> {
        let mut graph: DiGraph<u16, ()> = DiGraph::with_capacity(order.len(), order.len() * 2);
        let mut nodes = vec![NodeIndex::end(); self.states.len()];
        for &state in order {
            nodes[state as usize] = graph.add_node(state);
        }
        for &state in order {
            let (free, consumed) = successors(self.states[state as usize]);
            for next in free.into_iter().flatten().chain(consumed) {
                graph.add_edge(nodes[state as usize], nodes[next as usize], ());
            }
        }
        let mut along = Vec::with_capacity(order.len());
        for mut component in tarjan_scc(&graph).into_iter().rev() {
            component.sort_unstable();
            along.extend(component.into_iter().map(|node| graph[node]));
        }
        along
    }

    /// Reachable states; those reached without consuming come after those that reach them.
    fn topological_order(&self, entries: &[u16]) -> Vec<u16> {
        let mut finished = vec![false; self.states.len()];
        let mut seen = vec![false; self.states.len()];
        let mut order = Vec::with_capacity(self.states.len());
        // Consumed successors are further roots: they need a number, not an order.
        let mut roots: Vec<u16> = entries.to_vec();
        while let Some(root) = roots.pop() {
            let mut stack = vec![root];
            while let Some(&state) = stack.last() {
                if finished[state as usize] {
                    stack.pop();
                    continue;
                }
                let (free, consumed) = successors(self.states[state as usize]);
                if seen[state as usize] {
                    finished[state as usize] = true;
                    order.push(state);
                    stack.pop();
                    continue;
                }
                seen[state as usize] = true;
                roots.extend(consumed);
                stack.extend(free.into_iter().flatten().filter(|&s| !seen[s as usize]));
            }
        }
        order.reverse();
        order
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

/// What stands behind the edges of captures; those lead to higher numbers.
fn core(states: &[State]) -> Vec<u16> {
    let mut core: Vec<u16> = (0..states.len() as u16).collect();
    for (number, state) in states.iter().enumerate().rev() {
        if let State::Open(_, next) | State::Close(_, next) = *state {
            core[number] = core[next as usize];
        }
    }
    core
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
