//! `from REL(…)`: relations made of others.

use super::choose::Rank;
use super::conditions::{Asker, gathered};
use super::engine::{Candidate, passes};
use super::mention::{Binding, MentionId};
use super::state::State;
use crate::rules::{Output, RelationId, Variant};
use smallvec::smallvec;
use std::sync::Arc;

/// A candidate for each mention of the asked relation.
pub(super) fn derive(
    number: u32,
    relation: RelationId,
    arguments: &[String],
    asker: &mut Asker,
    state: &State<'_>,
    found: &mut Vec<Candidate>,
) {
    let variant = &state.rules.variants[number as usize];
    let mut group = None;
    let from: Arc<str> = FROM.into();
    for id in (0..state.mentions.len() as u32).map(MentionId) {
        if !state.is_relation(id, relation) {
            continue;
        }
        let mention = state.mention(id);
        let Some(made) = mention.relation() else {
            continue;
        };
        // One candidate for all members of a coordination: its arguments are shared out again when it is accepted.
        if mention.group.is_some() && mention.group == group {
            continue;
        }
        group = mention.group;
        let mut bindings = shared(id, made, arguments, variant, state);
        let rank = Rank {
            start: mention.core.start,
            end: mention.core.end,
            head: super::parse::anchor(mention.head, state),
            skipped: 0,
            specificity: variant.specificity,
            order: number,
        };
        bindings.push(Binding {
            name: Arc::clone(&from),
            pieces: smallvec![mention.core],
            relation: Some(id),
            anchor: rank.head,
            ..Binding::default()
        });
        let mut candidate = Candidate {
            variant: number,
            sentence: mention.sentence,
            core: mention.core,
            rank,
            head: mention.head,
            bindings,
            entry: mention.entry,
        };
        if passes(&variant.filters, &mut candidate, asker, state) {
            found.push(candidate);
        }
    }
}

/// The arguments that a derived relation takes over.
fn shared(
    id: MentionId,
    made: RelationId,
    arguments: &[String],
    variant: &Variant,
    state: &State<'_>,
) -> Vec<Binding> {
    let parameters = &state.rules.relations[made.0 as usize].parameters;
    let named = arguments
        .iter()
        .zip(parameters)
        .filter(|(name, _)| *name != "_");
    let mut bindings: Vec<Binding> = named
        .filter_map(|(name, parameter)| {
            let argument = gathered(id, &parameter.name, state)?;
            Some(Binding {
                name: name.as_str().into(),
                ..argument
            })
        })
        .collect();
    // What the derived relation has by the same name and was not named comes along.
    if let Output::Relation(own) = variant.output {
        for parameter in &state.rules.relations[own.0 as usize].parameters {
            let named = bindings.iter().any(|b| *b.name == *parameter.name);
            if let Some(argument) = gathered(id, &parameter.name, state).filter(|_| !named) {
                bindings.push(argument);
            }
        }
    }
    bindings
}

/// The hidden binding of a derived relation to what it was made of; no name in a rule can be like it.
pub(super) const FROM: &str = "from";
