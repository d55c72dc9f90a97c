//! Agreement: of gender and number between words that refer and a candidate, or of two values.

use super::value::resolve;
use super::{Environment, Resolved};
use crate::graph::AttributeValue;
use crate::matching::mention::{Binding, MentionKind};
use crate::matching::state::State;
use crate::rules::condition::Value;
use crate::rules::vocabulary::folded;

/// `agree(gender)`, `agree(number)`: of what refers (`this`) and the candidate (`it`). `agree(x, y)`: equal, or one of
/// them missing, or one the beginning of the other (`J.` and `John`).
pub(super) fn agree(values: &[Value], environment: &Environment, state: &State<'_>) -> bool {
    match values {
        [Value::Path(parts)] if parts.len() == 1 => {
            let (Some(this), Some(it)) = (environment.get("this"), environment.get("it")) else {
                return true;
            };
            compatible(
                feature(&parts[0], this, state),
                feature(&parts[0], it, state),
            )
        }
        [left, right] => {
            let (left, right) = (
                resolve(left, environment, state),
                resolve(right, environment, state),
            );
            matches!(
                (&left, &right),
                (Resolved::Missing, _) | (_, Resolved::Missing)
            ) || begins(&folded(&left.text(state)), &folded(&right.text(state)))
        }
        _ => true,
    }
}

fn begins(left: &str, right: &str) -> bool {
    let initial = |short: &str, long: &str| {
        short.ends_with('.') && long.starts_with(short.trim_end_matches('.'))
    };
    left == right || initial(left, right) || initial(right, left)
}

fn compatible(left: Option<String>, right: Option<String>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => left == right,
        _ => true,
    }
}

/// Gender or number: what the rules set, else what the words tell.
fn feature(name: &str, binding: &Binding, state: &State<'_>) -> Option<String> {
    if let Some(mention) = binding.mention.map(|id| state.mention(id))
        && let Some(AttributeValue::Text(text)) = mention.attributes.get(name)
    {
        return Some(text.clone());
    }
    match name {
        "gender" => gender(binding, state).map(str::to_owned),
        "number" => number(binding, state).map(str::to_owned),
        _ => None,
    }
}

fn gender(binding: &Binding, state: &State<'_>) -> Option<&'static str> {
    for token in binding.cover().range() {
        match state.document.word(token as u32).to_lowercase().as_str() {
            "he" | "him" | "his" | "himself" | "mr" | "mr." | "sir" | "lord" => return Some("m"),
            "she" | "her" | "hers" | "herself" | "mrs" | "mrs." | "ms" | "ms." | "lady"
            | "dame" => return Some("f"),
            _ => {}
        }
    }
    None
}

fn number(binding: &Binding, state: &State<'_>) -> Option<&'static str> {
    let tokens = binding.cover();
    if tokens.is_empty() {
        return None;
    }
    let only = (tokens.len() == 1).then(|| state.document.word(tokens.start).to_lowercase());
    match only.as_deref() {
        Some("they" | "them" | "their" | "we" | "us" | "our" | "themselves") => {
            return Some("plural");
        }
        Some("he" | "she" | "it" | "his" | "her" | "its" | "him" | "i") => return Some("singular"),
        _ => {}
    }
    match binding.mention.map(|id| state.mention(id).kind) {
        // A name says nothing of itself: states and teams take both.
        Some(MentionKind::Name(_) | MentionKind::Adjective(_)) | None => None,
        Some(_) => {
            let group = state
                .annotation
                .noun_groups
                .iter()
                .find(|g| tokens.contains(g.tokens))?;
            let plural = group.features.has(crate::annotation::NounFeatures::PLURAL);
            Some(if plural { "plural" } else { "singular" })
        }
    }
}
