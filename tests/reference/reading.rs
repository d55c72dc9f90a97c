//! A parse read from its head: which decisions it stands for.
//!
//! # The head of a parse
//! The first place that binds the head capture. Only captures outside of repetitions count (an optional part is
//! none). Where the decisions of a parse leave no place for the head capture, the capture that is written first in
//! what is left of the pattern is the head, under the same conditions, and so on; without any capture it is the start
//! of the parse. An alternative or optional part *decides on the head* if the capture that is looked for is written
//! inside it.
//!
//! # Choices
//! A list of numbers, compared from the first one on, the smaller one wins:
//! 1. the decisions on the head in written order, up to the head: the number of the branch; taken before left out,
//! 2. all other decisions behind the head's start, read left to right,
//! 3. all other decisions before the head's start, read right to left.
//!
//! A decision is: which branch (written first comes first; before the decisions inside the branch, in both reading
//! directions); whether a repetition that may end goes on (it goes on first); whether a gap that may end goes on (it
//! ends first); which edge (longest first, then in the order in which the sentence lists them). A repetition or gap
//! that has to go on, or has reached its greatest number, decides nothing.

use super::naive::{Node, Way};
use sayso::rules::program::Expression;
use std::rc::Rc;

/// Whether a capture is written in an expression, outside of repetitions.
fn writes(expression: &Expression, name: u8) -> bool {
    match expression {
        Expression::Capture(this, body) => *this == name || writes(body, name),
        Expression::Sequence(parts) | Expression::Alternative(parts) => {
            parts.iter().any(|p| writes(p, name))
        }
        Expression::Repeat(body, _, Some(1)) => writes(body, name),
        _ => false,
    }
}

/// Captures that are written in an expression outside of repetitions, in written order.
fn written(expression: &Expression, names: &mut Vec<u8>) {
    match expression {
        Expression::Capture(name, body) => {
            names.push(*name);
            written(body, names);
        }
        Expression::Sequence(parts) | Expression::Alternative(parts) => {
            for part in parts {
                written(part, names);
            }
        }
        Expression::Repeat(body, _, Some(1)) => written(body, names),
        _ => {}
    }
}

/// One decision; the smaller one is better.
type Decision = (u32, u32);

/// A parse with its head found: which decisions are about the head.
pub(super) struct Reading<'p> {
    head: &'p Node,
    about_head: Vec<&'p Node>,
    place: Vec<Decision>,
    /// The whole parse.
    pub tree: &'p Node,
}

impl<'p> Reading<'p> {
    /// Finds the head of a parse.
    pub(super) fn new(expression: &Expression, tree: &'p Node, head: Option<u8>) -> Self {
        let mut reading = Self {
            head: tree,
            about_head: Vec::new(),
            place: Vec::new(),
            tree,
        };
        let mut wanted = head;
        loop {
            if let Some(name) = wanted
                && reading.look_for(expression, tree, name)
            {
                return reading;
            }
            let mut names = Vec::new();
            reading.left_over(expression, tree, &mut names);
            match names.first() {
                Some(first) => wanted = Some(*first),
                None => return reading,
            }
        }
    }

    /// Reads on until the capture begins, noting the decisions on it; says whether it was found.
    fn look_for(&mut self, expression: &Expression, node: &'p Node, name: u8) -> bool {
        if !writes(expression, name) {
            return false;
        }
        match (expression, &node.way) {
            (Expression::Capture(this, body), Way::Capture(_, inner)) => {
                if *this == name {
                    self.head = node;
                    return true;
                }
                self.look_for(body, inner, name)
            }
            (Expression::Sequence(parts), Way::All(ways)) => parts
                .iter()
                .zip(ways)
                .any(|(part, way)| self.look_for(part, way, name)),
            (Expression::Alternative(parts), Way::One(number, way)) => {
                self.about_head.push(node);
                self.place.push((*number as u32, 0));
                self.look_for(&parts[*number], way, name)
            }
            (Expression::Repeat(body, ..), Way::Times(times, ..)) => {
                self.about_head.push(node);
                self.place.push((u32::from(times.is_empty()), 0));
                times.first().is_some_and(|t| self.look_for(body, t, name))
            }
            _ => unreachable!("a tree has the shape of its pattern"),
        }
    }

    /// Captures written in what the decisions on the head leave of the pattern.
    fn left_over(&self, expression: &Expression, node: &Node, names: &mut Vec<u8>) {
        let decided = self.is_about_head(node);
        match (expression, &node.way) {
            (Expression::Capture(name, body), Way::Capture(_, inner)) => {
                names.push(*name);
                self.left_over(body, inner, names);
            }
            (Expression::Sequence(parts), Way::All(ways)) => {
                for (part, way) in parts.iter().zip(ways) {
                    self.left_over(part, way, names);
                }
            }
            (Expression::Alternative(parts), Way::One(number, way)) if decided => {
                self.left_over(&parts[*number], way, names);
            }
            (Expression::Repeat(body, ..), Way::Times(times, ..)) if decided => {
                for time in times {
                    self.left_over(body, time, names);
                }
            }
            _ => written(expression, names),
        }
    }

    /// Where the head begins.
    pub(super) fn place(&self) -> usize {
        self.head.start
    }

    /// The choices of this parse, the smallest is the best.
    pub(super) fn choices(&self) -> [Vec<Decision>; 3] {
        let (mut right, mut left) = (Vec::new(), Vec::new());
        self.walk(self.tree, false, &mut false, &mut right);
        self.walk(self.tree, true, &mut false, &mut left);
        [self.place.clone(), right, left]
    }

    fn is_about_head(&self, node: &Node) -> bool {
        self.about_head.iter().any(|n| std::ptr::eq(*n, node))
    }

    /// Decisions behind the head's start, left to right; or those before it, right to left.
    fn walk(&self, node: &Node, leftwards: bool, on: &mut bool, out: &mut Vec<Decision>) {
        let head = std::ptr::eq(node, self.head);
        *on |= head && !leftwards;
        let counts = *on && !self.is_about_head(node);
        match &node.way {
            Way::Edge(edge, number) if counts => {
                out.push((u32::MAX - (edge.end - edge.start), *number));
            }
            Way::Gap(size, min, max) if counts => gap_decisions(*size, *min, *max, out),
            Way::All(ways) => {
                for way in in_direction(ways, leftwards) {
                    self.walk(way, leftwards, on, out);
                }
            }
            Way::One(number, way) => {
                out.extend(counts.then_some((*number as u32, 0)));
                self.walk(way, leftwards, on, out);
            }
            Way::Times(times, min, max) => {
                for (number, time) in in_direction(times, leftwards).enumerate() {
                    out.extend((counts && number >= *min as usize).then_some((0, 0)));
                    self.walk(time, leftwards, on, out);
                }
                out.extend((counts && may_go_on(times.len(), *max)).then_some((1, 0)));
            }
            Way::Capture(_, inner) => self.walk(inner, leftwards, on, out),
            Way::Nothing | Way::Token(_) | Way::Edge(..) | Way::Gap(..) => {}
        }
        *on |= head;
    }
}

fn in_direction(ways: &[Rc<Node>], leftwards: bool) -> impl Iterator<Item = &Node> {
    let number = move |n| if leftwards { ways.len() - 1 - n } else { n };
    (0..ways.len()).map(move |n| ways[number(n)].as_ref())
}

fn may_go_on(times: usize, max: Option<u32>) -> bool {
    max.is_none_or(|max| times < max as usize)
}

fn gap_decisions(size: usize, min: u32, max: u32, out: &mut Vec<Decision>) {
    out.extend((min as usize..size).map(|_| (1, 0)));
    out.extend((size < max as usize).then_some((0, 0)));
}
