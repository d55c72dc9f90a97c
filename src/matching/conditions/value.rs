//! What a value stands for.

use super::Environment;
use super::functions;
use crate::graph::AttributeValue;
use crate::matching::mention::{Binding, MentionId};
use crate::matching::state::State;
use crate::rules::ast::Comparison;
use crate::rules::condition::{Function, Value};
use crate::rules::vocabulary::folded;
use crate::rules::{Output, Pattern};

/// A value at work.
#[derive(Clone, Debug, PartialEq)]
pub enum Resolved {
    /// Words of the document, maybe a mention.
    Bound(Binding),
    /// Words.
    Text(String),
    /// A number in decimal.
    Number(String),
    /// Nothing.
    Missing,
}

impl Resolved {
    /// Whether there is nothing.
    pub fn is_missing(&self) -> bool {
        *self == Self::Missing
    }

    /// As words.
    pub fn text(&self, state: &State<'_>) -> String {
        match self {
            Self::Bound(binding) => {
                let words: Vec<&str> = binding
                    .pieces
                    .iter()
                    .map(|p| state.document.words(*p))
                    .collect();
                words.join(" ")
            }
            Self::Text(text) | Self::Number(text) => text.clone(),
            Self::Missing => String::new(),
        }
    }
}

/// What a value stands for in an environment.
pub fn resolve(value: &Value, environment: &Environment, state: &State<'_>) -> Resolved {
    match value {
        Value::Text(text) => Resolved::Text(text.clone()),
        Value::Number(number) => Resolved::Number(number.clone()),
        Value::Function(function, arguments) => {
            let arguments: Vec<Resolved> = arguments
                .iter()
                .map(|a| resolve(a, environment, state))
                .collect();
            functions::apply(*function, &arguments, environment, state)
        }
        Value::Path(parts) => path(parts, environment, state),
    }
}

fn path(parts: &[String], environment: &Environment, state: &State<'_>) -> Resolved {
    let Some((first, rest)) = parts.split_first() else {
        return Resolved::Missing;
    };
    if let Some(binding) = environment.get(first) {
        if let [entry, column] = rest
            && entry == "entry"
            && binding.entry.is_none()
        {
            return listed_cell(binding, column, state);
        }
        return rest
            .iter()
            .try_fold(Resolved::Bound(binding.clone()), |value, part| {
                step(&value, part, state)
            })
            .unwrap_or(Resolved::Missing);
    }
    if first == "entry" {
        return match (environment.entry, rest) {
            (Some(entry), [column]) => cell(entry, column, state),
            _ => Resolved::Missing,
        };
    }
    if !rest.is_empty() || is_declared(first, environment, state) {
        return Resolved::Missing;
    }
    match Function::from_name(first) {
        Some(function) => functions::apply(function, &[], environment, state),
        None => Resolved::Text(first.clone()),
    }
}

/// Whether a name is an argument, bound or not.
fn is_declared(name: &str, environment: &Environment, state: &State<'_>) -> bool {
    let Some(number) = environment.declared else {
        return false;
    };
    let variant = &state.rules.variants[number as usize];
    let captured = |p: &Pattern| p.captures.iter().any(|capture| **capture == *name);
    let parameters = match variant.output {
        Output::Relation(relation) => &state.rules.relations[relation.0 as usize].parameters[..],
        _ => &[],
    };
    variant.pattern().is_some_and(captured) || parameters.iter().any(|p| p.name == name)
}

/// What a list tells of words that only a test on tokens has found in it: `g:[cap & %firstname]`, `g.entry.gender`.
fn listed_cell(binding: &Binding, column: &str, state: &State<'_>) -> Resolved {
    let words = binding.cover();
    if words.is_empty() {
        return Resolved::Missing;
    }
    let hits = state.hits_of(state.document.sentence_of(words.start));
    let cells = hits
        .iter()
        .filter(|hit| hit.tokens == words)
        .map(|hit| cell((hit.listed.list, hit.listed.entry), column, state));
    let mut told = cells.filter(|cell| !cell.is_missing());
    told.next().unwrap_or(Resolved::Missing)
}

/// `.entry`, `.family`, `.source` of what stands before; `.entry.class` in two steps.
fn step(value: &Resolved, part: &str, state: &State<'_>) -> Option<Resolved> {
    match value {
        Resolved::Bound(binding) if part == "entry" => {
            let (list, row) = binding.entry?;
            // Until the column is named an entry is a mere number.
            Some(Resolved::Number(format!("{list}:{row}")))
        }
        Resolved::Number(entry) => {
            let (list, row) = entry.split_once(':')?;
            Some(cell((list.parse().ok()?, row.parse().ok()?), part, state))
        }
        Resolved::Bound(binding) => of_mention(binding.relation.or(binding.mention)?, part, state),
        _ => None,
    }
}

fn of_mention(id: MentionId, part: &str, state: &State<'_>) -> Option<Resolved> {
    let mention = state.mention(id);
    if let Some(binding) = mention.argument(part) {
        return Some(Resolved::Bound(binding.clone()));
    }
    match mention.attributes.get(part)? {
        AttributeValue::Text(text) => Some(Resolved::Text(text.clone())),
        AttributeValue::Number(number) => Some(Resolved::Number(number.clone())),
        AttributeValue::Flag => Some(Resolved::Text(part.to_owned())),
    }
}

/// The first value in a column of a list's row.
fn cell((list, row): (u32, u32), column: &str, state: &State<'_>) -> Resolved {
    let list = &state.rules.lists[list as usize];
    let value = list
        .column(column)
        .and_then(|c| list.entries[row as usize].cells.first(c));
    value.map_or(Resolved::Missing, |v| Resolved::Text(v.to_owned()))
}

/// Compares numbers as numbers, else words without regard to case. What is missing compares as unequal.
pub(super) fn compare(
    left: &Resolved,
    comparison: Comparison,
    right: &Resolved,
    state: &State<'_>,
) -> bool {
    if left.is_missing() || right.is_missing() {
        return comparison == Comparison::NotEqual && left.is_missing() != right.is_missing();
    }
    let (left, right) = (folded(&left.text(state)), folded(&right.text(state)));
    let order = match (left.parse::<f64>(), right.parse::<f64>()) {
        (Ok(left), Ok(right)) => left.partial_cmp(&right),
        _ => Some(left.cmp(&right)),
    };
    let Some(order) = order else { return false };
    match comparison {
        Comparison::Equal => order.is_eq(),
        Comparison::NotEqual => order.is_ne(),
        Comparison::Less => order.is_lt(),
        Comparison::Greater => order.is_gt(),
        Comparison::LessOrEqual => order.is_le(),
        Comparison::GreaterOrEqual => order.is_ge(),
    }
}
