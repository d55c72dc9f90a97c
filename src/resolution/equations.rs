//! What two names must have in common before a condition on both is worth asking: `a.family = b.family`.

use super::identity::Called;
use crate::matching::State;
use crate::matching::conditions::{Environment, resolve};
use crate::rules::Identity;
use crate::rules::ast::Comparison;
use crate::rules::condition::{Condition, Value};
use crate::rules::vocabulary::folded;
use rustc_hash::FxHashMap;

/// The equations that a condition cannot do without, solved for each name once, so that pairs compare numbers.
pub(super) struct Equations(Vec<Sides>);

/// By name: what stands on the side of `a` and on that of `b`; equal things have one number, what is missing has none.
struct Sides([Vec<Option<usize>>; 2]);

impl Equations {
    /// Of a line, for these names.
    pub(super) fn of(
        line: &Identity,
        called: &[&Called<'_>],
        environment: &mut Environment,
        state: &State<'_>,
    ) -> Self {
        let mut found = Vec::new();
        collect(&line.condition, &mut found);
        let solved = found.into_iter().map(|[left, right]| {
            let mut numbers = FxHashMap::default();
            let mut side = |value: &Value, name: &str| {
                let mut number = |called: &&Called<'_>| {
                    environment.bindings.clear();
                    environment.bind_mention(name, called.best, state);
                    let value = resolve(value, environment, state);
                    let next = numbers.len();
                    (!value.is_missing())
                        .then(|| *numbers.entry(canonical(&value.text(state))).or_insert(next))
                };
                called.iter().map(&mut number).collect()
            };
            Sides([side(left, "a"), side(right, "b")])
        });
        Self(solved.collect())
    }

    /// Whether the line may hold of two names, the first of them as `a`.
    pub(super) fn may_hold(&self, [a, b]: [usize; 2]) -> bool {
        (self.0.iter()).all(|Sides([left, right])| left[a].is_some() && left[a] == right[b])
    }
}

/// Adds the equations that must hold wherever a condition does, the side of `a` first.
fn collect<'c>(condition: &'c Condition, found: &mut Vec<[&'c Value; 2]>) {
    match condition {
        Condition::And(parts) => parts.iter().for_each(|part| collect(part, found)),
        Condition::Compare(left, Comparison::Equal, right) => {
            for [a, b] in [[left, right], [right, left]] {
                if is_of(a, "a") && is_of(b, "b") {
                    found.push([a, b]);
                }
            }
        }
        _ => {}
    }
}

/// One form of what compares as equal: numbers by what they are worth, words without regard to case.
fn canonical(text: &str) -> String {
    let folded = folded(text);
    // Zero has a sign, which no comparison sees.
    let number = folded.parse::<f64>().map(|number| number + 0.0);
    number.map_or(folded, |number| number.to_string())
}

/// Whether a value is of one name and depends on nothing else.
fn is_of(value: &Value, name: &str) -> bool {
    match value {
        Value::Path(parts) => parts.first().is_some_and(|first| first == name),
        Value::Function(_, arguments) => {
            !arguments.is_empty() && arguments.iter().all(|argument| is_of(argument, name))
        }
        Value::Text(_) | Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_compares_as_equal_has_one_form() {
        assert_eq!(canonical("Bērziņa"), canonical("berzina"));
        assert_eq!(canonical("1.50"), canonical("1.5"));
        assert_eq!(canonical("-0"), canonical("0"));
        assert_ne!(canonical("1.5"), canonical("15"));
    }
}
