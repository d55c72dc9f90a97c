//! `REL(x, _, y)`: asking another relation.

use super::value::resolve;
use super::{Environment, Resolved};
use crate::matching::mention::{Binding, Mention, MentionId};
use crate::matching::state::State;
use crate::rules::RelationId;
use crate::rules::condition::Value;
use crate::rules::vocabulary::folded;

/// How many mentions of a relation `merge` looks at before and after a place: all of any article, and a limit to what a
/// condition costs in a text without end.
const MAX_LOOKED_AT: usize = 256;

/// What is wanted of one argument.
enum Wanted<'v> {
    /// Anything (`_`).
    Anything,
    /// Anything, to be bound to this name.
    Unbound(&'v str),
    /// This.
    Known(Resolved),
}

/// Whether a mention of the relation fits; the nearest one binds what is not bound yet.
pub(super) fn call(
    relation: RelationId,
    arguments: &[Option<Value>],
    environment: &mut Environment,
    state: &State<'_>,
) -> bool {
    let wanted: Vec<Wanted<'_>> = arguments
        .iter()
        .map(|a| wanted(a.as_ref(), environment, state))
        .collect();
    let fitting = |id: &MentionId| {
        state.is_relation(*id, relation) && fits(state.mention(*id), &wanted, environment, state)
    };
    let near = state
        .mentions_of(environment.sentence)
        .iter()
        .copied()
        .filter(fitting);
    let mut found = nearest(near, environment, state);
    if found.is_none() && environment.entities.is_some() {
        let all = state.relations_near(relation, environment.head, MAX_LOOKED_AT);
        found = nearest(all.iter().copied().filter(fitting), environment, state);
    }
    let Some(id) = found else { return false };
    bind(id, &wanted, environment, state);
    true
}

fn wanted<'v>(
    argument: Option<&'v Value>,
    environment: &Environment,
    state: &State<'_>,
) -> Wanted<'v> {
    match argument {
        None => Wanted::Anything,
        Some(Value::Path(parts)) if parts.len() == 1 && environment.get(&parts[0]).is_none() => {
            Wanted::Unbound(&parts[0])
        }
        Some(value) => Wanted::Known(resolve(value, environment, state)),
    }
}

fn nearest(
    ids: impl Iterator<Item = MentionId>,
    environment: &Environment,
    state: &State<'_>,
) -> Option<MentionId> {
    ids.min_by_key(|id| {
        (
            state.mention(*id).head.start.abs_diff(environment.head),
            *id,
        )
    })
}

fn fits(
    mention: &Mention,
    wanted: &[Wanted<'_>],
    environment: &Environment,
    state: &State<'_>,
) -> bool {
    let Some(relation) = mention.relation() else {
        return false;
    };
    let parameters = &state.rules.relations[relation.0 as usize].parameters;
    wanted
        .iter()
        .zip(parameters)
        .all(|(wanted, parameter)| match wanted {
            Wanted::Anything => true,
            Wanted::Unbound(_) => mention.argument(&parameter.name).is_some(),
            Wanted::Known(Resolved::Missing) => false,
            Wanted::Known(value) => mention
                .argument(&parameter.name)
                .is_some_and(|b| same(value, b, environment, state)),
        })
}

/// Whether a value is what an argument stands on: the same mention or entity, the same tokens, the same head of a verb
/// group.
fn same(
    value: &Resolved,
    argument: &Binding,
    environment: &Environment,
    state: &State<'_>,
) -> bool {
    let Resolved::Bound(binding) = value else {
        let words = state.document.words(argument.cover());
        return folded(&value.text(state)) == folded(words);
    };
    if let (Some(a), Some(b)) = (binding.mention, argument.mention) {
        let entity = |id: MentionId| {
            environment
                .entities
                .as_ref()
                .and_then(|e| e.get(id.0 as usize).copied())
        };
        return a == b || (entity(a).is_some() && entity(a) == entity(b));
    }
    binding.pieces == argument.pieces
        || is_verb(binding, state) && binding.anchor == argument.anchor
}

fn is_verb(binding: &Binding, state: &State<'_>) -> bool {
    state
        .verb_at(binding.anchor)
        .is_some_and(|g| g.head == binding.anchor)
}

/// Binds the free names; of a relation found once for each member of a coordination, all members.
fn bind(id: MentionId, wanted: &[Wanted<'_>], environment: &mut Environment, state: &State<'_>) {
    let Some(relation) = state.mention(id).relation() else {
        return;
    };
    let parameters = &state.rules.relations[relation.0 as usize].parameters;
    for (wanted, parameter) in wanted.iter().zip(parameters) {
        let Wanted::Unbound(name) = wanted else {
            continue;
        };
        if let Some(bound) = gathered(id, &parameter.name, state) {
            environment.bindings.push(Binding {
                name: (*name).into(),
                ..bound
            });
        }
    }
}

/// An argument of a relation; of one that was found once for each member of a coordination, all members together.
pub(in crate::matching) fn gathered(
    id: MentionId,
    parameter: &str,
    state: &State<'_>,
) -> Option<Binding> {
    let mention = state.mention(id);
    let Some(group) = mention.group else {
        return mention.argument(parameter).cloned();
    };
    let others = (state.mentions_of(mention.sentence).iter()).map(|id| state.mention(*id));
    let group = others.filter(|m| m.group == Some(group) && m.kind == mention.kind);
    let mut members: Vec<Binding> = Vec::new();
    for member in group.filter_map(|m| m.argument(parameter)) {
        if !members.iter().any(|m| m.pieces == member.pieces) {
            members.push(member.clone());
        }
    }
    let first = members.first()?.clone();
    if members.len() == 1 {
        return Some(first);
    }
    let covers = members.iter().map(Binding::cover);
    let cover = covers.reduce(crate::text::TokenSpan::cover);
    Some(Binding {
        name: first.name,
        pieces: cover.into_iter().collect(),
        anchor: first.anchor,
        members,
        ..Binding::default()
    })
}
