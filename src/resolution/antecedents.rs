//! What a description or pronoun may refer to, the likeliest first.

use super::clusters::{Clusters, is_name};
use super::nesting::Nesting;
use super::statements::contents;
use crate::annotation::QuoteFeatures;
use crate::graph::AttributeValue;
use crate::matching::{MentionId, MentionKind, State};
use crate::rules::{Refer, TypeId};
use crate::text::{TokenSpan, ZoneKind};
use rustc_hash::{FxHashMap, FxHashSet};

/// How many earlier mentions are looked at for one description or pronoun.
const MAX_BACK: usize = 400;

/// A description or pronoun that asks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Referring {
    pub(super) id: MentionId,
    pub(super) core: TokenSpan,
    pub(super) sentence: u32,
    pub(super) is_pronoun: bool,
}

/// The sex that words tell of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gender {
    Male,
    Female,
}

/// Everything met so far in reading order.
#[derive(Debug, Default)]
pub(super) struct Antecedents {
    met: Vec<MentionId>,
    /// By resolved description or pronoun: the name behind it.
    names: FxHashMap<MentionId, MentionId>,
    /// By resolved description or pronoun: the type of what it stands for.
    types: FxHashMap<MentionId, TypeId>,
    /// By number of an entity.
    genders: FxHashMap<u32, Gender>,
    /// Mentions that are the subject of a verb, with the head of its group.
    subjects: FxHashSet<(MentionId, u32)>,
    /// By subject: its first verb.
    verbs: FxHashMap<MentionId, u32>,
    /// By mention: the quotation of speech that it stands in.
    quotations: FxHashMap<MentionId, TokenSpan>,
    /// By sentence: how many sentences of running text stand before it.
    places: Vec<u32>,
    /// By token: how many reported contents it lies in.
    depths: Vec<u32>,
}

impl Antecedents {
    /// Before the first word; `idle` where nothing will be asked.
    pub(super) fn new(clusters: &Clusters, state: &State<'_>, idle: bool) -> Self {
        let mut antecedents = Self::default();
        if idle {
            return antecedents;
        }
        antecedents.find_subjects(state);
        antecedents.find_depths(state);
        antecedents.places = (state.document.sentences.iter())
            .scan(0, |before, sentence| {
                let place = *before;
                *before += u32::from(is_running(sentence.zone));
                Some(place)
            })
            .collect();
        antecedents.quotations = quotations(clusters, state);
        for id in clusters.order.iter().filter(|id| is_name(**id, state)) {
            if let Some(gender) = told_gender(*id, state) {
                antecedents
                    .genders
                    .entry(clusters.of(*id))
                    .or_insert(gender);
            }
        }
        antecedents
    }

    fn find_subjects(&mut self, state: &State<'_>) {
        for mention in &state.mentions {
            let Some(relation) = mention.relation() else {
                continue;
            };
            let type_ = &state.rules.relations[relation.0 as usize];
            let [verb, noun, ..] = type_.parameters.as_slice() else {
                continue;
            };
            if !type_.flags.subject {
                continue;
            }
            let id = mention.argument(&noun.name).and_then(|b| b.mention);
            if let (Some(id), Some(verb)) = (id, mention.argument(&verb.name)) {
                self.subjects.insert((id, verb.anchor));
                let first = self.verbs.entry(id).or_insert(verb.anchor);
                *first = (*first).min(verb.anchor);
            }
        }
    }

    fn find_depths(&mut self, state: &State<'_>) {
        let mut steps = vec![(0u32, 0u32); state.document.tokens.len() + 1];
        for id in (0..state.mentions.len() as u32).map(MentionId) {
            for piece in contents(id, state).flat_map(|(_, pieces)| pieces) {
                steps[piece.start as usize].0 += 1;
                steps[piece.end as usize].1 += 1;
            }
        }
        let mut depth = 0;
        let sums = steps.iter().map(|(begin, end)| {
            depth = depth + begin - end;
            depth
        });
        self.depths = sums.collect();
    }

    /// A mention has been read.
    pub(super) fn met(&mut self, id: MentionId, clusters: &Clusters, state: &State<'_>) {
        let alone = clusters.is_alone(id);
        let lost = alone && matches!(state.mention(id).kind, MentionKind::Pronoun(_));
        if !lost && !clusters.is_value(id) {
            self.met.push(id);
        }
    }

    /// A mention is about to be joined with what it refers to.
    pub(super) fn resolved(
        &mut self,
        id: MentionId,
        found: MentionId,
        clusters: &Clusters,
        state: &State<'_>,
    ) {
        self.names.insert(id, self.name_of(found));
        if let Some(type_) = self.type_of(found, state) {
            self.types.insert(id, type_);
        }
        let gender = told_gender(id, state).or(self.genders.get(&clusters.of(found)).copied());
        if let Some(gender) = gender {
            // The number that remains is one of the two.
            self.genders.insert(clusters.of(found), gender);
            self.genders.insert(clusters.of(id), gender);
        }
    }

    /// The name behind a mention, else itself.
    pub(super) fn name_of(&self, id: MentionId) -> MentionId {
        self.names.get(&id).copied().unwrap_or(id)
    }

    fn type_of(&self, id: MentionId, state: &State<'_>) -> Option<TypeId> {
        let known = self.types.get(&id).copied();
        known.or_else(|| state.mention(id).type_())
    }

    /// Whether what words tell of an entity's sex does not speak against a pronoun.
    pub(super) fn gender_fits(&self, this: &Referring, entity: u32, state: &State<'_>) -> bool {
        match (told_gender(this.id, state), self.genders.get(&entity)) {
            (Some(this), Some(known)) => this == *known,
            _ => true,
        }
    }

    /// Candidates for a line, the likeliest first.
    pub(super) fn of(
        &self,
        this: &Referring,
        line: &Refer,
        most: usize,
        state: &State<'_>,
    ) -> Vec<MentionId> {
        let quotation = self.quotations.get(&this.id).copied();
        let most_back = line.within.unwrap_or(u32::MAX);
        let back = self.met.iter().rev().take(MAX_BACK).copied();
        let near = back.take_while(|id| self.distance(*id, this, state) <= most_back);
        let mut ranked: Vec<_> = near
            .filter(|id| self.is_candidate(*id, this, line, quotation, state))
            .map(|id| (self.rank(id, this, line, quotation, state), id))
            .collect();
        ranked.sort_unstable();
        ranked.into_iter().map(|(_, id)| id).take(most).collect()
    }

    /// How many sentences back a mention stands; captions and the like between running text do not count.
    fn distance(&self, id: MentionId, this: &Referring, state: &State<'_>) -> u32 {
        let sentence = state.mention(id).sentence;
        if is_running(zone(this.sentence, state)) {
            let place = |sentence: u32| self.places[sentence as usize];
            return place(this.sentence).saturating_sub(place(sentence));
        }
        this.sentence.saturating_sub(sentence)
    }

    fn is_candidate(
        &self,
        id: MentionId,
        this: &Referring,
        line: &Refer,
        quotation: Option<TokenSpan>,
        state: &State<'_>,
    ) -> bool {
        let mention = state.mention(id);
        let fits = self
            .type_of(id, state)
            .is_some_and(|type_| state.rules.is_a(type_, line.target));
        let zones = (zone(this.sentence, state), zone(mention.sentence, state));
        let wanted = fits
            && mention.core.end <= this.core.start
            && (is_running(zones.0) && is_running(zones.1) || zones.0 == zones.1)
            && (!line.last || is_name(id, state))
            && (!line.subject || self.verbs.contains_key(&id))
            && !mention.extents.iter().any(|e| e.contains(this.core));
        if !wanted || !this.is_pronoun {
            return wanted;
        }
        // Inside a quotation `he` is somebody whom the speaker has named.
        quotation.is_none_or(|quotation| quotation.contains(mention.core))
            && !coordinated(mention.core, this.core, state)
            && !self.is_subject_of_same_verb(id, this, state)
    }

    /// What is better comes first: not out of a quotation, near, in the main clause, near within the sentence.
    fn rank(
        &self,
        id: MentionId,
        this: &Referring,
        line: &Refer,
        own: Option<TokenSpan>,
        state: &State<'_>,
    ) -> impl Ord + use<> {
        let mention = state.mention(id);
        let quoted = self.quotations.get(&id).copied();
        let elsewhere = quoted.is_some() && quoted != own;
        let distance = self.distance(id, this, state);
        let verb = self.verbs.get(&id).copied();
        let depth = verb.map_or(0, |verb| self.depths[verb as usize]);
        let start = mention.core.start;
        let place = match (line.subject, distance) {
            (false, _) => (0, 0, u32::MAX - start),
            (true, 0) => (0, depth, u32::MAX - start),
            // What an earlier sentence is about stands first in it.
            (true, _) => (0, depth, start),
        };
        (elsewhere, distance, place)
    }

    /// "Weber told him": not Weber.
    fn is_subject_of_same_verb(&self, id: MentionId, this: &Referring, state: &State<'_>) -> bool {
        let word = state.document.word(this.core.start);
        let object = ["him", "them"].iter().any(|w| word.eq_ignore_ascii_case(w));
        let groups = &state.annotation.verb_groups;
        let before = groups.partition_point(|g| g.head < this.core.start);
        object && before > 0 && self.subjects.contains(&(id, groups[before - 1].head))
    }
}

/// `Weber and he`: nothing but a conjunction between.
fn coordinated(left: TokenSpan, right: TokenSpan, state: &State<'_>) -> bool {
    let possessive = ["his", "her", "its", "their", "my", "our", "your"];
    let word = state.document.word(right.start);
    if possessive.iter().any(|p| word.eq_ignore_ascii_case(p)) || right.start > left.end + 2 {
        return false;
    }
    let between = (left.end..right.start).map(|token| state.document.word(token));
    let words: Vec<&str> = between.filter(|w| *w != ",").collect();
    matches!(words.as_slice(), [one] if ["and", "or", "nor", "&"].iter().any(|c| one.eq_ignore_ascii_case(c)))
}

/// By mention: the innermost quotation of speech around its first word.
pub(super) fn quotations(
    clusters: &Clusters,
    state: &State<'_>,
) -> FxHashMap<MentionId, TokenSpan> {
    let mut nesting = Nesting::default();
    let quotations = &state.annotation.quotations;
    for (number, quotation) in quotations.iter().enumerate() {
        if !quotation.features.has(QuoteFeatures::SCARE) {
            nesting.add(&[quotation.outer], number);
        }
    }
    let tokens: Vec<u32> = (clusters.order.iter())
        .map(|id| state.mention(*id).core.start)
        .collect();
    let found = nesting.innermost(&tokens, |_, _| false);
    let quoted = clusters.order.iter().zip(found);
    quoted
        .filter_map(|(id, number)| Some((*id, quotations[number?].outer)))
        .collect()
}

fn zone(sentence: u32, state: &State<'_>) -> ZoneKind {
    state.document.sentences[sentence as usize].zone
}

fn is_running(zone: ZoneKind) -> bool {
    matches!(zone, ZoneKind::Title | ZoneKind::Body)
}

/// What a rule set, a pronoun says, or stands before a name: `Mrs Weber`.
fn told_gender(id: MentionId, state: &State<'_>) -> Option<Gender> {
    let mention = state.mention(id);
    match mention.attributes.get("gender") {
        Some(AttributeValue::Text(gender)) if gender == "m" => return Some(Gender::Male),
        Some(AttributeValue::Text(gender)) if gender == "f" => return Some(Gender::Female),
        _ => {}
    }
    let core = mention.core;
    let sentence = state.document.sentences[mention.sentence as usize].tokens;
    let first = match mention.kind {
        MentionKind::Name(_) => core.start.saturating_sub(2).max(sentence.start),
        _ => core.start,
    };
    let words = (first..=core.start).map(|token| state.document.word(token));
    let mut told = words.filter_map(|word| {
        let is = |words: &[&str]| words.iter().any(|w| word.eq_ignore_ascii_case(w));
        match mention.kind {
            MentionKind::Pronoun(_) if is(&["he", "him", "his", "himself"]) => Some(Gender::Male),
            MentionKind::Pronoun(_) if is(&["she", "her", "hers", "herself"]) => {
                Some(Gender::Female)
            }
            MentionKind::Name(_) if is(&["mr", "mr.", "sir", "lord"]) => Some(Gender::Male),
            MentionKind::Name(_) if is(&["mrs", "mrs.", "ms", "ms.", "lady", "dame"]) => {
                Some(Gender::Female)
            }
            _ => None,
        }
    });
    told.next()
}
