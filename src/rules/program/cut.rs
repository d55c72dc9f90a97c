//! A pattern cut at every place of its head.

use super::{Expression, MAX_STATES};

/// The most places that a head may have in a pattern; each has states of its own.
pub(super) const MAX_CUTS: usize = MAX_STATES;

/// One place of the head in a pattern, with what stands before it and what begins with it.
#[derive(Clone, Debug)]
pub(super) struct Cut {
    pub(super) left: Vec<Expression>,
    pub(super) right: Vec<Expression>,
}

/// A branch of a pattern, with or without the head.
enum Branch {
    With(Cut),
    Without(Expression),
}

/// Cuts at every place of the head, in written order; what is over [`MAX_CUTS`] is counted to one more and left out,
/// as alternatives one after the other multiply.
pub(super) fn cut_at_head(expression: &Expression, head: Option<u8>) -> Vec<Cut> {
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
