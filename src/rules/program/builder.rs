//! From an expression to states.

use super::super::ast::NodeId;
use super::{Expression, MAX_STATES, State};

/// Builds states from the end to the start; each function gives the entry of what leads on to `next`.
pub(super) struct Builder {
    pub(super) states: Vec<State>,
    pub(super) origins: Vec<Option<NodeId>>,
    pub(super) mirrored: bool,
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

    pub(super) fn sequence(&mut self, parts: &[Expression], next: u16) -> u16 {
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
}
