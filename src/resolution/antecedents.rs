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

/// A mention that has been read, with what is asked of it again and again.
#[derive(Clone, Copy, Debug)]
struct Met {
    id: MentionId,
    core: TokenSpan,
    place: Place,
    /// The type of what it stands for.
    type_: Option<TypeId>,
    is_name: bool,
    /// The quotation of speech that it stands in.
    quotation: Option<TokenSpan>,
    /// The first verb that it is the subject of, or the word that it is quoted with.
    verb: Option<u32>,
    /// Whether it is quoted, and the subject of no verb: `according to Weber`.
    only_quoted: bool,
}

/// Where a sentence stands.
#[derive(Clone, Copy, Debug)]
struct Place {
    sentence: u32,
    /// How many sentences of running text stand before it.
    before: u32,
    zone: ZoneKind,
}

impl Place {
    /// How many sentences before another one; captions and the like between running text do not count.
    fn distance(self, other: Self) -> u32 {
        if is_running(other.zone) {
            other.before.saturating_sub(self.before)
        } else {
            other.sentence.saturating_sub(self.sentence)
        }
    }

    /// Whether one may name what the other refers to.
    fn is_in_reach(self, other: Self) -> bool {
        is_running(self.zone) && is_running(other.zone) || self.zone == other.zone
    }
}

/// Everything met so far in reading order.
#[derive(Debug, Default)]
pub(super) struct Antecedents {
    met: Vec<Met>,
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
    /// By speaker: the first word that it is quoted with.
    cues: FxHashMap<MentionId, u32>,
    /// By mention: the quotation of speech that it stands in.
    quotations: FxHashMap<MentionId, TokenSpan>,
    /// By sentence.
    places: Vec<Place>,
    /// By token: how many reported contents it lies in.
    depths: Vec<u32>,
}

impl Antecedents {
    /// Before the first word.
    pub(super) fn new(clusters: &Clusters, state: &State<'_>) -> Self {
        let mut antecedents = Self::default();
        antecedents.find_subjects(state);
        antecedents.find_depths(state);
        antecedents.places = (state.document.sentences.iter().zip(0..))
            .scan(0, |count, (sentence, number)| {
                let before = *count;
                *count += u32::from(is_running(sentence.zone));
                Some(Place {
                    sentence: number,
                    before,
                    zone: sentence.zone,
                })
            })
            .collect();
        antecedents.quotations = quotations(&clusters.order, state);
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

    /// Who does something by a relation that says so, and who is quoted, with whatever words.
    fn find_subjects(&mut self, state: &State<'_>) {
        for mention in &state.mentions {
            let Some(relation) = mention.relation() else {
                continue;
            };
            let type_ = &state.rules.relations[relation.0 as usize];
            let argument = |index: usize| mention.argument(&type_.parameters.get(index)?.name);
            let first = |firsts: &mut FxHashMap<MentionId, u32>, id, token: u32| {
                let known = firsts.entry(id).or_insert(token);
                *known = token.min(*known);
            };
            if type_.flags.subject {
                let subject = argument(1).and_then(|noun| noun.mention);
                if let (Some(id), Some(verb)) = (subject, argument(0)) {
                    self.subjects.insert((id, verb.anchor));
                    first(&mut self.verbs, id, verb.anchor);
                }
            } else if type_.flags.speech {
                let speaker = type_.source.and_then(argument);
                if let Some(id) = speaker.and_then(|source| source.mention) {
                    first(&mut self.cues, id, mention.head.start);
                }
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
        let mention = state.mention(id);
        let alone = clusters.is_alone(id);
        let lost = alone && matches!(mention.kind, MentionKind::Pronoun(_));
        if lost || clusters.is_value(id) {
            return;
        }
        let verb = self.verbs.get(&id).copied();
        self.met.push(Met {
            id,
            core: mention.core,
            place: self.places[mention.sentence as usize],
            type_: self.type_of(id, state),
            is_name: is_name(id, state),
            quotation: self.quotations.get(&id).copied(),
            verb: verb.or(self.cues.get(&id).copied()),
            only_quoted: verb.is_none(),
        });
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
        let place = self.places[this.sentence as usize];
        let most_back = line.within.unwrap_or(u32::MAX);
        let back = self.met.iter().rev().take(MAX_BACK);
        let near = back.take_while(|met| met.place.distance(place) <= most_back);
        let mut ranked: Vec<_> = near
            .filter(|met| met.place.is_in_reach(place))
            .filter(|met| self.is_candidate(met, this, line, quotation, state))
            .map(|met| (self.rank(met, place, line, quotation), met.id))
            .collect();
        ranked.sort_unstable();
        ranked.into_iter().map(|(_, id)| id).take(most).collect()
    }

    fn is_candidate(
        &self,
        met: &Met,
        this: &Referring,
        line: &Refer,
        quotation: Option<TokenSpan>,
        state: &State<'_>,
    ) -> bool {
        let fits = |type_| state.rules.is_a(type_, line.target);
        let wanted = (!line.subject || met.verb.is_some())
            && (!line.last || met.is_name)
            && met.core.end <= this.core.start
            && met.type_.is_some_and(fits)
            && !(state.mention(met.id).extents.iter()).any(|e| e.contains(this.core));
        if !wanted || !this.is_pronoun {
            return wanted;
        }
        // Inside a quotation `he` is somebody whom the speaker has named.
        quotation.is_none_or(|quotation| quotation.contains(met.core))
            && !coordinated(met.core, this.core, state)
            && !self.is_subject_of_same_verb(met.id, this, state)
    }

    /// What is better comes first: not out of a quotation, near, doing something itself, in the main clause, near within
    /// the sentence.
    fn rank(
        &self,
        met: &Met,
        place: Place,
        line: &Refer,
        own: Option<TokenSpan>,
    ) -> impl Ord + use<> {
        let elsewhere = met.quotation.is_some() && met.quotation != own;
        let distance = met.place.distance(place);
        let depth = met.verb.map_or(0, |verb| self.depths[verb as usize]);
        let start = met.core.start;
        let order = match (line.subject, distance) {
            (false, _) => (0, u32::MAX - start),
            (true, 0) => (depth, u32::MAX - start),
            // What an earlier sentence is about stands first in it.
            (true, _) => (depth, start),
        };
        let quoted = line.subject && met.only_quoted;
        (elsewhere, distance, quoted, order)
    }

    /// "Weber told him": not Weber.
    fn is_subject_of_same_verb(&self, id: MentionId, this: &Referring, state: &State<'_>) -> bool {
        let is = |word: &str| (state.document.word(this.core.start)).eq_ignore_ascii_case(word);
        let object = is("him") || is("them") || is("her") && is_whole_group(this.core, state);
        let groups = &state.annotation.verb_groups;
        let before = groups.partition_point(|g| g.head < this.core.start);
        object && before > 0 && self.subjects.contains(&(id, groups[before - 1].head))
    }
}

/// Whether some words are a noun group of their own: `her` before a noun is not.
fn is_whole_group(words: TokenSpan, state: &State<'_>) -> bool {
    let mut groups = state.annotation.noun_groups_at(words.start);
    groups.any(|group| group.tokens == words)
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

/// The innermost quotation of speech around the first word of each of some mentions, as far as there is one.
pub(super) fn quotations(ids: &[MentionId], state: &State<'_>) -> FxHashMap<MentionId, TokenSpan> {
    let mut nesting = Nesting::default();
    let quotations = &state.annotation.quotations;
    for (number, quotation) in quotations.iter().enumerate() {
        if !quotation.features.has(QuoteFeatures::SCARE) {
            nesting.add(&[quotation.outer], number);
        }
    }
    let start = |id: &MentionId| state.mention(*id).core.start;
    let tokens: Vec<u32> = ids.iter().map(start).collect();
    let found = nesting.innermost(&tokens, |_, _| false);
    let quoted = ids.iter().zip(found);
    quoted
        .filter_map(|(id, number)| Some((*id, quotations[number?].outer)))
        .collect()
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
