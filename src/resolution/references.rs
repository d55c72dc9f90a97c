//! Descriptions and pronouns join what they refer to.

use super::antecedents::{Antecedents, Referring};
use super::clusters::{Clusters, is_name};
use super::provenance::Rules;
use super::speakers;
use crate::matching::conditions::{Asker, Environment};
use crate::matching::{Mention, MentionId, MentionKind, Reference, State};
use crate::rules::Refer;
use crate::text::TokenSpan;

/// The most candidates that are asked of one description or pronoun.
const MAX_CANDIDATES: usize = 48;

/// Resolves all descriptions and pronouns that the rules know something of.
pub(super) fn resolve(rules: &Rules, clusters: &mut Clusters, state: &State<'_>) {
    absorbed(clusters, state);
    let mut references: Vec<&Reference> = state.references.iter().collect();
    references.sort_by_key(|reference| reference.core.start);
    if !references.is_empty() {
        Reading::new(rules, clusters, state).run(&references);
    }
    speakers::resolve(clusters, state);
}

/// A description inside the wider extent of a name is another mention of it: `Lee, the interior minister,`.
fn absorbed(clusters: &mut Clusters, state: &State<'_>) {
    for sentence in 0..state.document.sentences.len() as u32 {
        let mentions = state.mentions_of(sentence);
        let named: Vec<MentionId> = (mentions.iter().copied())
            .filter(|id| is_name(*id, state) && !state.mention(*id).extents.is_empty())
            .collect();
        if named.is_empty() {
            continue;
        }
        for &id in mentions {
            if let Some((name, _)) = (named.iter())
                .filter_map(|name| Some((*name, extent_around(*name, id, state)?)))
                .min_by_key(|(name, length)| (*length, *name))
            {
                clusters.explain_all(id, &"in one phrase with the name".into());
                clusters.join(name, id);
            }
        }
    }
}

/// How long the shortest extent of a name is that holds a description of its type beside the name itself.
fn extent_around(name: MentionId, id: MentionId, state: &State<'_>) -> Option<u32> {
    let (name, other) = (state.mention(name), state.mention(id));
    let (MentionKind::Nominal(type_), Some(of_name)) = (other.kind, name.type_()) else {
        return None;
    };
    let related = state.rules.is_a(type_, of_name) || state.rules.is_a(of_name, type_);
    // "The minister's spokesman Paul Lee": the minister is somebody else.
    let owns = (state.document.tokens.get(other.core.end as usize))
        .is_some_and(|t| t.kind == crate::text::TokenKind::Clitic);
    if !related || owns || other.core.overlaps(name.core) {
        return None;
    }
    let around = name.extents.iter().filter(|e| e.contains(other.core));
    around.map(|e| e.len()).min()
}

/// Goes through a document in reading order; what is resolved can be referred to from then on.
struct Reading<'s, 'a> {
    rules: &'s Rules,
    state: &'s State<'a>,
    clusters: &'s mut Clusters,
    antecedents: Antecedents,
    asker: Asker,
    environment: Environment,
}

impl<'s, 'a> Reading<'s, 'a> {
    fn new(rules: &'s Rules, clusters: &'s mut Clusters, state: &'s State<'a>) -> Self {
        Self {
            rules,
            state,
            antecedents: Antecedents::new(clusters, state),
            clusters,
            asker: Asker::default(),
            environment: Environment::default(),
        }
    }

    /// Resolves what `refer` lines found, given by its first token.
    fn run(mut self, references: &[&Reference]) {
        for id in self.clusters.order.clone() {
            let mention = self.state.mention(id);
            let refers = matches!(
                mention.kind,
                MentionKind::Nominal(_) | MentionKind::Pronoun(_)
            );
            let settled = self.clusters.because(id).is_some();
            let is_alone = self.clusters.is_alone(id);
            if refers && !settled && is_alone {
                let start = mention.core.start;
                let first = references.partition_point(|r| r.core.start < start);
                let here = references[first..].iter();
                self.refer(id, mention, here.take_while(|r| r.core.start == start));
            }
            self.antecedents.met(id, self.clusters, self.state);
        }
    }

    /// Joins a description or pronoun with the first candidate that one of its lines takes.
    fn refer<'r>(
        &mut self,
        id: MentionId,
        mention: &Mention,
        references: impl Iterator<Item = &'r &'r Reference>,
    ) {
        let is_pronoun = matches!(mention.kind, MentionKind::Pronoun(_));
        // "A spokesman for the Commission" says itself whose; "I" and "we" are the speaker.
        if !is_pronoun && mention.extents.iter().any(|e| e.len() > mention.core.len())
            || speakers::is_first_person(mention.core, self.state)
        {
            return;
        }
        for reference in references {
            let merge = &self.state.rules.merges[reference.merge as usize];
            let line = &merge.refers[reference.refer as usize];
            let related = mention.type_().is_some_and(|type_| {
                self.state.rules.is_a(type_, line.target)
                    || self.state.rules.is_a(line.target, type_)
            });
            if !related || reference.core.end < first_group(mention.core, self.state) {
                continue;
            }
            if let Some(found) = self.antecedent(id, line, reference) {
                let known = self.rules.refer(reference.merge, reference.refer);
                self.clusters.explain_all(id, &known.why);
                self.antecedents
                    .resolved(id, found, self.clusters, self.state);
                self.clusters.join(found, id);
                return;
            }
        }
    }

    fn antecedent(
        &mut self,
        id: MentionId,
        line: &Refer,
        reference: &Reference,
    ) -> Option<MentionId> {
        let mention = self.state.mention(id);
        let referring = Referring {
            id,
            core: mention.core,
            sentence: mention.sentence,
            is_pronoun: matches!(mention.kind, MentionKind::Pronoun(_)),
        };
        let candidates = self
            .antecedents
            .of(&referring, line, MAX_CANDIDATES, self.state);
        let mut last = None;
        for candidate in candidates {
            let entity = self.clusters.of(candidate);
            if last == Some(entity) {
                continue;
            }
            last = Some(entity);
            if !self.antecedents.gender_fits(&referring, entity, self.state) {
                continue;
            }
            if self.holds(line, reference, candidate, &referring) {
                return Some(candidate);
            }
        }
        None
    }

    /// Whether a line's condition holds of a candidate.
    fn holds(
        &mut self,
        line: &Refer,
        reference: &Reference,
        candidate: MentionId,
        referring: &Referring,
    ) -> bool {
        let Some(filter) = &line.filter else {
            return true;
        };
        let environment = &mut self.environment;
        environment.bindings.clone_from(&reference.bindings);
        environment.declared = Some(reference.variant);
        environment.bind_mention("it", self.antecedents.name_of(candidate), self.state);
        environment.bind_mention("this", referring.id, self.state);
        environment.core = referring.core;
        environment.head = referring.core.start;
        environment.sentence = referring.sentence;
        environment.entities = Some(self.clusters.take_numbers());
        let holds = self.asker.holds(filter, environment, self.state);
        self.clusters.give_numbers(environment.entities.take());
        holds
    }
}

/// Where the noun group that a mention begins with ends; of a pronoun its own end.
fn first_group(core: TokenSpan, state: &State<'_>) -> u32 {
    let here = state.annotation.noun_groups_at(core.start);
    let inside = here.filter(|g| g.tokens.end <= core.end);
    inside.map(|g| g.tokens.end).max().unwrap_or(core.end)
}
