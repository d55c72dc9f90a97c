//! From chains to groups with features: inversion, subjects, coordination, and repair of participles.

use super::chain::{Chain, Inflection, Modal, Verb, fits};
use crate::annotation::irregular;
use crate::annotation::layers::{NounGroup, VerbGroup};
use crate::annotation::quote_marks;
use crate::annotation::reading::Reading;
use crate::annotation::tag::{Form, Upos};
use crate::annotation::{NounFeatures, VerbFeatures};
use crate::text::TokenSpan;

/// A sentence with its noun groups and chains.
pub(super) struct Context<'d> {
    reading: Reading<'d>,
    sentence: TokenSpan,
    noun_groups: &'d [NounGroup],
    chains: &'d [Chain],
    /// Index of the last chain that is finite without doubt, with one more than its index; 0 for none.
    last_finite: usize,
}

impl<'d> Context<'d> {
    pub(super) fn new(
        reading: Reading<'d>,
        sentence: TokenSpan,
        noun_groups: &'d [NounGroup],
        chains: &'d [Chain],
    ) -> Self {
        let last_finite = (chains.iter().rposition(is_surely_finite)).map_or(0, |index| index + 1);
        Self {
            reading,
            sentence,
            noun_groups,
            chains,
            last_finite,
        }
    }

    /// Appends the groups of the sentence.
    pub(super) fn groups(&self, groups: &mut Vec<VerbGroup>) {
        let first_of_sentence = groups.len();
        let mut any_finite = false;
        for (index, chain) in self.chains.iter().enumerate() {
            if self.is_inverted(index) {
                continue;
            }
            let before = index.checked_sub(1).filter(|&last| self.is_inverted(last));
            let verbs = match before {
                Some(last) => [&self.chains[last].verbs[..], &chain.verbs].concat(),
                None => chain.verbs.clone(),
            };
            let mut features = if verbs.len() == 1 {
                let last = groups[first_of_sentence..].last();
                self.single(index, verbs[0], last, any_finite)
            } else {
                let last = groups[first_of_sentence..].last();
                let mut features = of_chain(&verbs);
                // "as families try to leave"
                let base = matches!(
                    verbs[0],
                    Verb::Try(Inflection::Base) | Verb::Have(Inflection::Base)
                );
                if base && self.has_subject_of_base(chain.tokens.start, last) {
                    features.0 &= !VerbFeatures::INF.0;
                    features.0 |= VerbFeatures::FINITE.0 | VerbFeatures::PRESENT.0;
                }
                features
            };
            let negated = chain.negated || before.is_some_and(|last| self.chains[last].negated);
            if negated {
                features.add(VerbFeatures::NEG);
            }
            any_finite |= features.has(VerbFeatures::FINITE);
            groups.push(VerbGroup {
                tokens: chain.tokens,
                head: chain.tokens.end - 1,
                features,
            });
        }
    }

    /// Whether the chain is an auxiliary that waits for its verb behind one noun group: `Would Europe open …?`
    fn is_inverted(&self, index: usize) -> bool {
        let chain = &self.chains[index];
        let (Some(next), false) = (self.chains.get(index + 1), chain.has_main) else {
            return false;
        };
        let (Some(&auxiliary), Some(&verb)) = (chain.verbs.last(), next.verbs.first()) else {
            return false;
        };
        let between = TokenSpan::new(chain.tokens.end, next.tokens.start);
        let inverting = match auxiliary {
            Verb::Modal(_) | Verb::Do(_) => true,
            // "Is the minister leaving?", but "was the minister quoted by" may be a participle of its own.
            Verb::Be(_) | Verb::Have(_) => self.opens_a_question(chain.tokens.start),
            _ => false,
        };
        inverting
            && verb != Verb::To
            && fits(Some(auxiliary), verb)
            && self.is_one_noun_group(between)
    }

    /// Whether nothing but a mark, a conjunction or a question word stands before it.
    fn opens_a_question(&self, start: u32) -> bool {
        if start == self.sentence.start {
            return true;
        }
        let before = start - 1;
        matches!(self.reading.upos(before), Upos::Punct | Upos::Cconj)
            || matches!(
                self.reading.lower(before).as_str(),
                "why"
                    | "how"
                    | "when"
                    | "where"
                    | "what"
                    | "whom"
                    | "nor"
                    | "never"
                    | "neither"
                    | "so"
            )
    }

    /// Whether the tokens are one noun group, with no more than adverbs or a negation around it.
    fn is_one_noun_group(&self, between: TokenSpan) -> bool {
        let from = self
            .noun_groups
            .partition_point(|g| g.tokens.start < between.start);
        let inside = self.noun_groups[from..]
            .iter()
            .take_while(|g| g.tokens.end <= between.end);
        let Some(group) = inside.max_by_key(|g| g.tokens.len()) else {
            return false;
        };
        let around = (between.start..group.tokens.start).chain(group.tokens.end..between.end);
        between.len() <= group.tokens.len() + 4
            && around
                .into_iter()
                .all(|token| matches!(self.reading.upos(token), Upos::Adv | Upos::Part))
    }

    /// Features of a group of one verb, which depend on what stands around it.
    fn single(
        &self,
        index: usize,
        verb: Verb,
        last: Option<&VerbGroup>,
        any_finite: bool,
    ) -> VerbFeatures {
        let start = self.chains[index].tokens.start;
        match verb {
            Verb::Main(Inflection::Participle) => self.participle(index, last, any_finite),
            Verb::Main(Inflection::Past) if self.is_reduced(index) => {
                VerbFeatures(VerbFeatures::PART.0 | VerbFeatures::PASSIVE.0)
            }
            Verb::Main(Inflection::Base)
            | Verb::Do(Inflection::Base)
            | Verb::Have(Inflection::Base) => self.base(start, last),
            _ => of_chain(&[verb]),
        }
    }

    /// A participle without auxiliary: coordinated, a past tense that the tagger took for a participle, or reduced.
    fn participle(&self, index: usize, last: Option<&VerbGroup>, any_finite: bool) -> VerbFeatures {
        let chain = &self.chains[index];
        let coordinated = self.is_coordinated(chain.tokens.start);
        if let Some(last) = last.filter(|_| coordinated) {
            let form = self.reading.form(last.head);
            // "were detained and later released", "has closed its border and refused visas"
            if form == Form::Participle || last.features.has(VerbFeatures::PERFECT) {
                return last.features;
            }
            // "called it illegal and argued that"
            if last.features.has(VerbFeatures::PAST) {
                return past();
            }
        }
        let after_noun = self.noun_group_ends_at(chain.tokens.start);
        let next = chain.tokens.end;
        let content = self.content_follows(next) || self.object_follows(next);
        let lonely = !any_finite && self.last_finite <= index;
        if self.reading.is(next - 1, &["said"])
            || after_noun
                && (content
                    || lonely && !self.reading.is(next, &["by"])
                    || self.fills_a_clause(chain.tokens.start, next))
        {
            return past();
        }
        VerbFeatures(VerbFeatures::PART.0 | VerbFeatures::PASSIVE.0)
    }

    /// `When the ship docked, …`, `The mayor apologised, and …`: nothing but a subject and the verb, up to a comma.
    fn fills_a_clause(&self, start: u32, next: u32) -> bool {
        let Some(group) = self.noun_group_before(start) else {
            return false;
        };
        let subject = group.tokens.start;
        let begins = subject == self.sentence.start
            || self.reading.upos(subject - 1) == Upos::Sconj
            || (self.reading).is(
                subject - 1,
                &["when", "as", "while", "once", "until", "before"],
            );
        begins && self.reading.is(next, &[","])
    }

    /// `the man quoted by the paper said`: a past tense before `by` with a finite verb still to come.
    fn is_reduced(&self, index: usize) -> bool {
        let chain = &self.chains[index];
        let by = chain.tokens.end;
        self.reading.is(by, &["by"])
            && self.last_finite > index + 1
            && self.noun_group_ends_at(chain.tokens.start)
            && matches!(
                self.reading.upos(by + 1),
                Upos::Det | Upos::Propn | Upos::Pron | Upos::Noun
            )
    }

    /// A base form: present with a plural subject before it, like its partner in coordination, else infinitive.
    fn base(&self, start: u32, last: Option<&VerbGroup>) -> VerbFeatures {
        if let Some(last) = last.filter(|_| self.is_coordinated(start)) {
            let base = self.reading.form(last.head) == Form::Base;
            if base && self.reading.upos(last.head) == Upos::Verb {
                let mut features = last.features;
                features.0 &= !VerbFeatures::NEG.0;
                return features;
            }
        }
        // "the ministry put the number at 40": in the present it would be "puts"
        let word = self.reading.lower(start);
        let singular = self.noun_group_before(start).is_some_and(|group| {
            !group.features.has(NounFeatures::PLURAL) && self.reading.upos(start) == Upos::Verb
        });
        if singular
            && irregular::is_unchanged(word.as_str())
            && last.is_none_or(|l| l.tokens.end < self.before_adverbs(start) - 1)
        {
            return past();
        }
        if self.has_subject_of_base(start, last) {
            VerbFeatures(VerbFeatures::FINITE.0 | VerbFeatures::PRESENT.0 | VerbFeatures::ACTIVE.0)
        } else {
            VerbFeatures(VerbFeatures::INF.0 | VerbFeatures::ACTIVE.0)
        }
    }

    /// Whether a conjunction stands before the verb, adverbs aside.
    fn is_coordinated(&self, start: u32) -> bool {
        let before = self.before_adverbs(start);
        before > self.sentence.start && self.reading.upos(before - 1) == Upos::Cconj
    }

    /// The first of at most three adverbs before a verb, or the verb itself.
    fn before_adverbs(&self, mut start: u32) -> u32 {
        for _ in 0..3 {
            if start <= self.sentence.start || self.reading.upos(start - 1) != Upos::Adv {
                break;
            }
            start -= 1;
        }
        start
    }

    fn noun_group_before(&self, start: u32) -> Option<&NounGroup> {
        let end = self.before_adverbs(start);
        let from = self.noun_groups.partition_point(|g| g.tokens.start < end);
        (self.noun_groups[..from].iter().rev().take(8)).find(|g| g.tokens.end == end)
    }

    fn noun_group_ends_at(&self, start: u32) -> bool {
        self.noun_group_before(start).is_some()
    }

    /// `ministers say`, `who say`; but not `let them go` and `made ministers go`.
    fn has_subject_of_base(&self, start: u32, last: Option<&VerbGroup>) -> bool {
        let Some(group) = self.noun_group_before(start).map(|g| self.governor(g)) else {
            return false;
        };
        let word = self.reading.lower(group.head);
        let subject = match word.as_str() {
            "i" | "you" | "we" | "they" | "who" | "which" | "that" | "these" | "those" => true,
            "me" | "him" | "us" | "them" => false,
            _ => group.features.has(NounFeatures::PLURAL) || self.is_listed(group),
        };
        let causative = last.is_some_and(|last| {
            last.tokens.end == group.tokens.start && self.is_causative(last.head)
        });
        subject && !causative
    }

    /// The noun group that others behind prepositions belong to: `developers` in `developers in Congress say`, `those`
    /// in `those close to him say`.
    fn governor<'g>(&'g self, mut group: &'g NounGroup) -> &'g NounGroup {
        for _ in 0..4 {
            let Some(before) = group.tokens.start.checked_sub(1) else {
                break;
            };
            if before <= self.sentence.start || self.reading.upos(before) != Upos::Adp {
                break;
            }
            let adjective = self.reading.upos(before - 1) == Upos::Adj;
            let end = before - u32::from(adjective);
            let from = self.noun_groups.partition_point(|g| g.tokens.start < end);
            let governors = self.noun_groups[..from].iter().rev().take(8);
            let Some(governor) = governors
                .into_iter()
                .find(|g| g.tokens.end == end || adjective && g.tokens.end == end + 1)
            else {
                break;
            };
            group = governor;
        }
        group
    }

    /// `Latvia and Estonia refuse`: a member of a coordination makes a plural subject.
    fn is_listed(&self, group: &NounGroup) -> bool {
        group.tokens.start > self.sentence.start
            && self.reading.is(group.tokens.start - 1, &["and"])
    }

    fn is_causative(&self, head: u32) -> bool {
        matches!(
            self.reading.lower(head).as_str(),
            "let"
                | "lets"
                | "letting"
                | "make"
                | "makes"
                | "made"
                | "making"
                | "help"
                | "helps"
                | "helped"
                | "helping"
                | "see"
                | "saw"
                | "seen"
                | "hear"
                | "heard"
                | "watch"
                | "watched"
                | "have"
                | "had"
        )
    }

    /// Whether an object begins behind a verb: a passive has none, so `the union expected losses` is in the active.
    /// `the report released Monday` has a date, `a man called Lund` and `the boy given a book` have a second object.
    fn object_follows(&self, at: u32) -> bool {
        let verb = self.reading.lower(at - 1);
        let two_objects = matches!(
            verb.as_str(),
            "called"
                | "named"
                | "dubbed"
                | "titled"
                | "nicknamed"
                | "given"
                | "awarded"
                | "paid"
                | "offered"
                | "considered"
                | "deemed"
                | "denied"
                | "granted"
                | "elected"
        );
        let from = self.noun_groups.partition_point(|g| g.tokens.start < at);
        let object = self.noun_groups.get(from);
        !two_objects && object.is_some_and(|g| g.tokens.start == at && !self.is_temporal(g))
    }

    /// `last year`, `Monday`, `this week`, `two days later`.
    fn is_temporal(&self, group: &NounGroup) -> bool {
        let first = self.reading.lower(group.tokens.start);
        let head = self.reading.lower(group.head);
        let is_time = |word: &str| {
            matches!(
                word.trim_end_matches('s'),
                "monday"
                    | "tuesday"
                    | "wednesday"
                    | "thursday"
                    | "friday"
                    | "saturday"
                    | "sunday"
                    | "day"
                    | "week"
                    | "month"
                    | "year"
                    | "decade"
                    | "hour"
                    | "minute"
                    | "time"
                    | "morning"
                    | "afternoon"
                    | "evening"
                    | "night"
                    | "today"
                    | "yesterday"
                    | "tomorrow"
                    | "spring"
                    | "summer"
                    | "autumn"
                    | "winter"
                    | "weekend"
            )
        };
        is_time(head.as_str())
            || is_time(first.as_str())
            || matches!(first.as_str(), "last" | "next" | "earlier")
    }

    /// Whether a clause or a quotation begins here, as after a verb of saying.
    fn content_follows(&self, at: u32) -> bool {
        if at >= self.sentence.end {
            return false;
        }
        let mark = quote_marks::is_double(self.reading.word(at));
        let comma =
            self.reading.is(at, &[",", ":"]) && quote_marks::is_double(self.reading.word(at + 1));
        let subject = matches!(
            self.reading.lower(at).as_str(),
            "that"
                | "he"
                | "she"
                | "it"
                | "they"
                | "we"
                | "i"
                | "the"
                | "there"
                | "his"
                | "its"
                | "their"
        );
        mark || comma || subject
    }
}

fn past() -> VerbFeatures {
    VerbFeatures(VerbFeatures::FINITE.0 | VerbFeatures::PAST.0 | VerbFeatures::ACTIVE.0)
}

/// Whether the first verb can be nothing but finite.
fn is_surely_finite(chain: &Chain) -> bool {
    match chain.verbs.first() {
        Some(Verb::Modal(_) | Verb::Used) => true,
        Some(
            Verb::Be(inflection)
            | Verb::Have(inflection)
            | Verb::Do(inflection)
            | Verb::Get(inflection)
            | Verb::Try(inflection)
            | Verb::Main(inflection),
        ) => matches!(inflection, Inflection::Present | Inflection::Past),
        _ => false,
    }
}

/// Features of a chain by its own verbs.
fn of_chain(verbs: &[Verb]) -> VerbFeatures {
    let mut features = VerbFeatures::default();
    let (Some(&first), Some(&last)) = (verbs.first(), verbs.last()) else {
        return features;
    };
    features.add(finiteness(first, verbs.len() > 1));
    for (index, &verb) in verbs.iter().enumerate() {
        features.add(added_by(verb, verbs.get(index + 1).copied(), features));
    }
    let before_last = verbs.len().checked_sub(2).map(|index| verbs[index]);
    features.add(voice(last, before_last));
    if features.has(VerbFeatures::FUTURE) {
        features.0 &= !(VerbFeatures::PRESENT.0 | VerbFeatures::PAST.0);
    }
    features
}

/// Finite, infinitive, `ing` or participle, with the tense, by the first verb.
fn finiteness(first: Verb, is_auxiliary: bool) -> VerbFeatures {
    let finite = |tense: VerbFeatures| VerbFeatures(VerbFeatures::FINITE.0 | tense.0);
    let by_inflection = |inflection| match inflection {
        Inflection::Present => finite(VerbFeatures::PRESENT),
        Inflection::Past => finite(VerbFeatures::PAST),
        Inflection::Base => VerbFeatures::INF,
        Inflection::Participle => VerbFeatures::PART,
        Inflection::Ing => VerbFeatures::ING,
    };
    match first {
        Verb::To => VerbFeatures::INF,
        Verb::Modal(_) => VerbFeatures::FINITE,
        Verb::Used => finite(VerbFeatures::PAST),
        Verb::Going => VerbFeatures::ING,
        // "they have said", "they do not say"
        Verb::Have(Inflection::Base) | Verb::Do(Inflection::Base) if is_auxiliary => {
            finite(VerbFeatures::PRESENT)
        }
        Verb::Be(inflection)
        | Verb::Have(inflection)
        | Verb::Do(inflection)
        | Verb::Get(inflection)
        | Verb::Try(inflection)
        | Verb::Main(inflection) => by_inflection(inflection),
    }
}

/// What one verb of the chain adds, by the verb after it.
fn added_by(verb: Verb, next: Option<Verb>, so_far: VerbFeatures) -> VerbFeatures {
    match (verb, next) {
        (Verb::Modal(modal), _) => modal_features(modal),
        (Verb::Have(_), Some(Verb::To)) => VerbFeatures::MUST,
        (Verb::Have(_), Some(_)) => VerbFeatures::PERFECT,
        (Verb::Do(_), Some(_)) => VerbFeatures::DO,
        // "is going to leave" is future, "was going to leave" is not.
        (Verb::Going, _) | (Verb::Be(Inflection::Present), Some(Verb::To))
            if !so_far.has(VerbFeatures::PAST) =>
        {
            VerbFeatures::FUTURE
        }
        (Verb::Try(_), _) => VerbFeatures::TRY,
        _ => VerbFeatures::default(),
    }
}

fn modal_features(modal: Modal) -> VerbFeatures {
    match modal {
        Modal::Will => VerbFeatures(VerbFeatures::WILL.0 | VerbFeatures::FUTURE.0),
        Modal::Shall => VerbFeatures::FUTURE,
        Modal::Would => VerbFeatures::WOULD,
        Modal::Can => VerbFeatures::CAN,
        Modal::Could => VerbFeatures::COULD,
        Modal::May => VerbFeatures::MAY,
        Modal::Might => VerbFeatures::MIGHT,
        Modal::Must => VerbFeatures::MUST,
        Modal::Should => VerbFeatures::SHOULD,
    }
}

/// Passive: a main verb as participle right after `be` or `get`, or with no auxiliary at all.
fn voice(last: Verb, before: Option<Verb>) -> VerbFeatures {
    let participle = matches!(last, Verb::Main(Inflection::Participle | Inflection::Past));
    let passive = match before {
        Some(Verb::Be(_) | Verb::Get(_)) => participle,
        None => matches!(last, Verb::Main(Inflection::Participle)),
        _ => false,
    };
    if passive {
        VerbFeatures::PASSIVE
    } else {
        VerbFeatures::ACTIVE
    }
}
