//! `set`: arguments and attributes that a rule gives by itself.

use super::conditions::Resolved;
use super::engine::{Candidate, environment};
use super::mention::{Binding, MentionId, MentionKind};
use super::state::State;
use crate::graph::AttributeValue;
use crate::rules::{Output, ParameterKind, ParameterType};
use smallvec::smallvec;
use std::collections::BTreeMap;

/// How many sentences away something may be named that `set` names by words.
const MAX_NAMED_AWAY: u32 = 64;

/// Carries out `set`: names of parameters become arguments, others attributes.
pub(super) fn assign(
    candidate: &mut Candidate,
    attributes: &mut BTreeMap<String, AttributeValue>,
    state: &State<'_>,
) {
    let variant = &state.rules.variants[candidate.variant as usize];
    if variant.assignments.is_empty() {
        return;
    }
    let mut environment = environment(candidate);
    let parameter = |name: &str| match variant.output {
        Output::Relation(r) => state.rules.relations[r.0 as usize]
            .parameters
            .iter()
            .find(|p| p.name == name),
        _ => None,
    };
    for assignment in &variant.assignments {
        let name = || assignment.name.to_string();
        let value = super::conditions::resolve(&assignment.value, &environment, state);
        match value {
            Resolved::Missing => {}
            // The own line of a variant comes first; what the block says holds where it is silent.
            _ if attributes.contains_key(&*assignment.name) => {}
            Resolved::Bound(binding) if parameter(&assignment.name).is_some() => {
                environment.bindings.retain(|b| b.name != assignment.name);
                environment.bindings.push(Binding {
                    name: assignment.name.clone(),
                    ..binding
                });
            }
            Resolved::Text(words) if parameter(&assignment.name).is_some_and(takes_entities) => {
                let wanted =
                    parameter(&assignment.name).and_then(|p| named(&words, p, candidate, state));
                if let Some(id) = wanted {
                    let mention = state.mention(id);
                    environment.bindings.retain(|b| b.name != assignment.name);
                    environment.bindings.push(Binding {
                        name: assignment.name.clone(),
                        pieces: smallvec![mention.core],
                        mention: Some(id),
                        entry: mention.entry,
                        anchor: mention.core.start,
                        ..Binding::default()
                    });
                }
            }
            Resolved::Number(number) => {
                attributes.insert(name(), AttributeValue::Number(number));
            }
            other => {
                attributes.insert(name(), AttributeValue::Text(other.text(state)));
            }
        }
    }
    candidate.bindings = environment.bindings;
}

/// Entities and nothing else.
fn takes_entities(parameter: &ParameterType) -> bool {
    let is_entity = |kind: &ParameterKind| matches!(kind, ParameterKind::Entity(_));
    !parameter.kinds.is_empty() && parameter.kinds.iter().all(is_entity)
}

/// The nearest name of something called so: what a list knows of an entry is only told where the text names it too.
fn named(
    words: &str,
    parameter: &ParameterType,
    candidate: &Candidate,
    state: &State<'_>,
) -> Option<MentionId> {
    let is_wanted = |id: &MentionId| {
        let mention = state.mention(*id);
        let called = matches!(mention.attributes.get("name"), Some(AttributeValue::Text(name)) if name == words);
        let fits = |kind: &ParameterKind| match (kind, mention.type_()) {
            (ParameterKind::Entity(wanted), Some(type_)) => state.rules.is_a(type_, *wanted),
            _ => false,
        };
        called
            && matches!(
                mention.kind,
                MentionKind::Name(_) | MentionKind::Adjective(_)
            )
            && parameter.kinds.iter().any(fits)
    };
    let (here, count) = (candidate.sentence, state.document.sentences.len() as u32);
    (0..MAX_NAMED_AWAY)
        .flat_map(|away| [here.checked_sub(away), Some(here + away)])
        .flatten()
        .filter(|sentence| *sentence < count)
        .find_map(|sentence| state.mentions_of(sentence).iter().copied().find(is_wanted))
}
