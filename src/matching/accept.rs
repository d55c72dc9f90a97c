//! Competition, and the mentions that come of it.

use super::assign::assign;
use super::choose::{Rank, by_head, without_overlap};
use super::derive::FROM;
use super::engine::Candidate;
use super::mention::{Binding, Mention, MentionId, MentionKind};
use super::qualifiers;
use super::state::State;
use crate::rules::{Output, ParameterKind, ParameterType, RelationId, VariantId};
use crate::text::TokenSpan;
use std::collections::BTreeMap;

/// The most relations that one match gives by coordination.
const MAX_MEMBERS: usize = 64;

/// Lets candidates compete, type by type and sentence by sentence, and accepts the winners.
pub(super) fn all(found: Vec<Candidate>, state: &mut State<'_>) {
    let rules = state.rules;
    let key = |c: &Candidate| {
        let variant = &rules.variants[c.variant as usize];
        (c.sentence, arena(variant.output))
    };
    let mut found = found;
    found.sort_by_key(key);
    let mut rest = found.into_iter().peekable();
    while let Some(first) = rest.next() {
        let (sentence, arena) = key(&first);
        let mut candidates = vec![first];
        while let Some(next) = rest.next_if(|c| key(c) == (sentence, arena)) {
            candidates.push(next);
        }
        for candidate in compete(sentence, arena, candidates, state) {
            match arena {
                Arena::Relation(relation) => relations(candidate, relation, state),
                _ => entity(candidate, state),
            }
        }
    }
}

/// Candidates of one arena compete.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Arena {
    Values,
    Names,
    Nominals,
    Pronouns,
    Relation(RelationId),
    Refer(u16, u16),
}

fn arena(output: Output) -> Arena {
    match output {
        // Phrases never compete: all their stretches are kept.
        Output::Value(_) | Output::Phrase(_) => Arena::Values,
        Output::Name(_) | Output::Adjective(_) => Arena::Names,
        Output::Nominal(_) => Arena::Nominals,
        Output::Pronoun(_) => Arena::Pronouns,
        Output::Relation(relation) => Arena::Relation(relation),
        Output::Refer(merge, refer) => Arena::Refer(merge, refer),
    }
}

/// The winners; what was accepted in an earlier round stays, and what collides with it loses.
fn compete(
    sentence: u32,
    arena: Arena,
    candidates: Vec<Candidate>,
    state: &State<'_>,
) -> Vec<Candidate> {
    let free = |c: &Candidate| !collides(c, sentence, arena, state);
    let candidates: Vec<Candidate> = candidates.into_iter().filter(free).collect();
    let ranks: Vec<Rank> = candidates.iter().map(|c| ranked(c, arena, state)).collect();
    let winners = match arena {
        Arena::Values | Arena::Names | Arena::Pronouns => without_overlap(&ranks),
        _ => by_head(&ranks),
    };
    let mut slots: Vec<Option<Candidate>> = candidates.into_iter().map(Some).collect();
    winners
        .into_iter()
        .filter_map(|n| slots[n].take())
        .collect()
}

/// Descriptions compete for their head noun.
fn ranked(candidate: &Candidate, arena: Arena, state: &State<'_>) -> Rank {
    match arena {
        Arena::Nominals => Rank {
            head: nominal_head(candidate.core, state),
            ..candidate.rank
        },
        _ => candidate.rank,
    }
}

/// The head of the noun group that a description begins with, else its last token.
fn nominal_head(core: TokenSpan, state: &State<'_>) -> u32 {
    let groups = state.nouns_of(state.document.sentence_of(core.start));
    let group = groups
        .iter()
        .filter(|g| g.tokens.start == core.start && g.head < core.end)
        .max_by_key(|g| g.tokens.end);
    group.map_or(core.end - 1, |g| g.head)
}

fn collides(candidate: &Candidate, sentence: u32, arena: Arena, state: &State<'_>) -> bool {
    state
        .mentions_of(sentence)
        .iter()
        .map(|id| state.mention(*id))
        .any(|m| {
            let overlaps = m.core.overlaps(candidate.core);
            match (arena, m.kind) {
                (
                    Arena::Values | Arena::Names,
                    MentionKind::Name(_) | MentionKind::Adjective(_),
                ) => overlaps && arena_of(m, state) == arena,
                (Arena::Nominals, MentionKind::Nominal(_)) => {
                    overlaps && nominal_head(m.core, state) == nominal_head(candidate.core, state)
                }
                (Arena::Pronouns, MentionKind::Pronoun(_)) => overlaps,
                (Arena::Relation(relation), MentionKind::Relation(r)) => {
                    r == relation && super::parse::anchor(m.head, state) == candidate.rank.head
                }
                _ => false,
            }
        })
}

fn arena_of(mention: &Mention, state: &State<'_>) -> Arena {
    arena(state.rules.variants[mention.variant.0 as usize].output)
}

fn entity(candidate: Candidate, state: &mut State<'_>) {
    let variant = &state.rules.variants[candidate.variant as usize];
    let kind = match variant.output {
        Output::Value(t) | Output::Name(t) => MentionKind::Name(t),
        Output::Adjective(t) => MentionKind::Adjective(t),
        Output::Nominal(t) => MentionKind::Nominal(t),
        Output::Pronoun(t) => MentionKind::Pronoun(t),
        Output::Refer(merge, refer) => {
            state.references.push(super::Reference {
                merge,
                refer,
                variant: candidate.variant,
                core: candidate.core,
                sentence: candidate.sentence,
                bindings: candidate.bindings,
            });
            return;
        }
        Output::Phrase(_) | Output::Relation(_) => return,
    };
    let mut candidate = candidate;
    let (entry, core, sentence) = (candidate.entry, candidate.core, candidate.sentence);
    let mut attributes = BTreeMap::new();
    assign(&mut candidate, &mut attributes, state);
    state.accept(Mention {
        kind,
        sentence,
        core,
        extents: Vec::new(),
        head: core,
        variant: VariantId(candidate.variant),
        arguments: candidate.bindings,
        attributes,
        entry,
        qualifiers: super::Qualifiers::default(),
        group: None,
        derived_from: Vec::new(),
    });
}

fn relations(candidate: Candidate, relation: RelationId, state: &mut State<'_>) {
    let mut candidate = candidate;
    let mut attributes = BTreeMap::new();
    assign(&mut candidate, &mut attributes, state);
    let rules = state.rules;
    let variant = &rules.variants[candidate.variant as usize];
    let parameters = &rules.relations[relation.0 as usize].parameters;
    let derived_from: Vec<MentionId> = candidate
        .bindings
        .iter()
        .filter_map(|b| b.relation)
        .collect();
    let is_hidden = |b: &Binding| *b.name == *FROM && b.relation.is_some();
    candidate.bindings.retain(|b| !is_hidden(b));
    let Some(choices) = arguments(&candidate, parameters, state) else {
        return;
    };
    let lists = combinations(choices);
    let group = (lists.len() > 1).then(|| state.next_group());
    let qualifiers = qualifiers::of(&candidate, variant, state);
    for arguments in lists {
        let mention = Mention {
            kind: MentionKind::Relation(relation),
            sentence: candidate.sentence,
            core: candidate.core,
            extents: Vec::new(),
            head: candidate.head,
            variant: VariantId(candidate.variant),
            arguments,
            attributes: attributes.clone(),
            entry: candidate.entry,
            qualifiers,
            group,
            derived_from: derived_from.clone(),
        };
        if let Some(absorbed) = &variant.absorb {
            state.absorb(&mention, absorbed);
        }
        state.accept(mention);
    }
}

/// For each bound parameter the bindings of which each relation takes one; none where a required one does not fit.
fn arguments(
    candidate: &Candidate,
    parameters: &[ParameterType],
    state: &State<'_>,
) -> Option<Vec<Vec<Binding>>> {
    let mut choices = Vec::new();
    for parameter in parameters {
        let mut bound = candidate
            .bindings
            .iter()
            .filter(|b| *b.name == *parameter.name);
        let Some(first) = bound.next() else {
            if parameter.optional || parameter.kinds == [ParameterKind::Flag] {
                continue;
            }
            return None;
        };
        let mut binding = first.clone();
        if parameter.repeated {
            for more in bound {
                binding.pieces.extend_from_slice(&more.pieces);
            }
            binding.pieces.sort_unstable();
        }
        let fitted = fit(binding, parameter, candidate.sentence, state);
        if fitted.is_empty() {
            if parameter.optional {
                continue;
            }
            return None;
        }
        choices.push(fitted);
    }
    Some(choices)
}

/// The members of a binding that a parameter takes.
fn fit(
    binding: Binding,
    parameter: &ParameterType,
    sentence: u32,
    state: &State<'_>,
) -> Vec<Binding> {
    let by_member = parameter
        .kinds
        .iter()
        .any(|k| matches!(k, ParameterKind::Entity(_) | ParameterKind::Phrase(_)));
    if !by_member || binding.members.is_empty() {
        return fit_one(binding, parameter, sentence, state)
            .into_iter()
            .collect();
    }
    let name = binding.name;
    let members = binding.members.into_iter().map(|m| Binding {
        name: name.clone(),
        ..m
    });
    members
        .filter_map(|m| fit_one(m, parameter, sentence, state))
        .collect()
}

fn fit_one(
    mut binding: Binding,
    parameter: &ParameterType,
    sentence: u32,
    state: &State<'_>,
) -> Option<Binding> {
    if binding.pieces.iter().all(|p| p.is_empty()) {
        return None;
    }
    let takes = |kind: fn(&ParameterKind) -> bool| parameter.kinds.iter().any(kind);
    let words = takes(|k| !matches!(k, ParameterKind::Entity(_)));
    let types: Vec<_> = parameter
        .kinds
        .iter()
        .filter_map(|k| match k {
            ParameterKind::Entity(type_) => Some(*type_),
            _ => None,
        })
        .collect();
    if types.is_empty() {
        return Some(binding);
    }
    let is = |id: MentionId| {
        state
            .mention(id)
            .type_()
            .is_some_and(|t| types.iter().any(|w| state.rules.is_a(t, *w)))
    };
    if !binding.mention.is_some_and(is) {
        binding.mention = state.mention_for(binding.cover(), sentence, &is);
    }
    (binding.mention.is_some() || words).then_some(binding)
}

/// One list of arguments for each choice of members.
fn combinations(choices: Vec<Vec<Binding>>) -> Vec<Vec<Binding>> {
    if choices.iter().all(|members| members.len() == 1) {
        return vec![choices.into_iter().flatten().collect()];
    }
    let mut lists: Vec<Vec<Binding>> = vec![Vec::new()];
    for members in &choices {
        let longer = lists.iter().flat_map(|list| {
            members.iter().map(move |member| {
                let mut list = list.clone();
                list.push(member.clone());
                list
            })
        });
        lists = longer.take(MAX_MEMBERS).collect();
    }
    lists
}
