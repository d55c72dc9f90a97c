//! Noun groups: patterns over tags, from left to right, without looking back.

use super::layers::NounGroup;
use super::reading::Reading;
use super::tag::{Form, Tag, Upos};
use super::{NounFeatures, quote_marks};
use crate::text::{Document, TokenSpan};

/// The noun groups of a document, sorted by start, then end.
///
/// A group ends with its head; determiner, numbers, adjectives and nouns before the head belong to it, hedges before
/// a number do not (`more than [300,000 people]`). A pronoun is a group of its own.
pub fn noun_groups(document: &Document, tags: &[Tag]) -> Vec<NounGroup> {
    let reading = Reading::new(document, tags);
    let mut groups = Vec::new();
    for sentence in reading.sentences() {
        let scanner = Scanner {
            reading,
            end: sentence.end,
        };
        let mut at = sentence.start;
        while at < sentence.end {
            at = scanner.phrase(at, &mut groups).max(at + 1);
        }
    }
    groups.sort_unstable_by_key(|group| (group.tokens.start, group.tokens.end));
    groups
}

/// Most tokens of a group without its determiner; keeps the work linear on any text.
const LONGEST: u32 = 64;

#[derive(Clone, Copy)]
struct Scanner<'d> {
    reading: Reading<'d>,
    end: u32,
}

/// What stands between two possessive clitics.
#[derive(Clone, Copy)]
struct Segment {
    tokens: TokenSpan,
    head: u32,
}

impl Scanner<'_> {
    /// Reads one group with its possessors from `start`, appends what it finds, and tells where to go on.
    fn phrase(self, start: u32, groups: &mut Vec<NounGroup>) -> u32 {
        let Some(mut segment) = self.first_segment(start) else {
            return start + 1;
        };
        let mut whole = self.group(segment.tokens, segment.head);
        groups.push(whole);
        // "Russia's president's spokesman": each possessor, each part, and each whole.
        while self.is_possessive_clitic(segment.tokens.end) {
            let after = segment.tokens.end + 1;
            let Some(next) = self.nominal(after, after, false) else {
                break;
            };
            groups.push(self.group(next.tokens, next.head));
            whole = self.group(TokenSpan::new(start, next.tokens.end), next.head);
            whole.features.add(NounFeatures::DEFINITE);
            whole.features.add(NounFeatures::POSSESSIVE);
            groups.push(whole);
            segment = next;
        }
        segment.tokens.end
    }

    fn upos(self, token: u32) -> Upos {
        if token < self.end {
            self.reading.upos(token)
        } else {
            Upos::Punct
        }
    }

    fn is_possessive_clitic(self, token: u32) -> bool {
        self.upos(token) == Upos::Part && matches!(self.reading.lower(token).as_str(), "'s" | "'")
    }

    fn is(self, token: u32, words: &[&str]) -> bool {
        token < self.end && self.reading.is(token, words)
    }

    fn first_segment(self, start: u32) -> Option<Segment> {
        let alone = Segment {
            tokens: TokenSpan::new(start, start + 1),
            head: start,
        };
        match self.upos(start) {
            Upos::Pron if self.is_possessive_pronoun(start) => {
                Some(self.nominal(start, start + 1, true).unwrap_or(alone))
            }
            // "there were talks"
            Upos::Pron if self.is(start, &["there"]) => None,
            Upos::Pron => Some(alone),
            Upos::Det => {
                let after = self.determiners(start);
                Some(self.nominal(start, after, true).unwrap_or(alone))
            }
            Upos::Noun | Upos::Adj if self.is(start, &["half", "such", "many", "all"]) => {
                let after = self.determiners(start + 1);
                self.nominal(start, after, true)
            }
            Upos::Noun | Upos::Propn | Upos::Num | Upos::Adj | Upos::Sym => {
                self.nominal(start, start, false)
            }
            // "very large crowds", but "now Russian troops" begins at "Russian"
            Upos::Adv
                if self.is(
                    start,
                    &["very", "so", "too", "more", "most", "less", "least"],
                ) =>
            {
                (self.upos(start + 1) == Upos::Adj)
                    .then(|| self.nominal(start, start + 1, false))
                    .flatten()
            }
            Upos::X if self.reading.word(start).starts_with(char::is_uppercase) => {
                self.nominal(start, start, false)
            }
            _ => None,
        }
    }

    fn is_possessive_pronoun(self, token: u32) -> bool {
        let word = self.reading.lower(token);
        matches!(
            word.as_str(),
            "my" | "your" | "his" | "her" | "its" | "our" | "their" | "whose"
        )
    }

    /// Past determiners and possessive pronouns: `all the`, `both his`, `half a`.
    fn determiners(self, mut at: u32) -> u32 {
        let limit = at + 3;
        while at < limit
            && (self.upos(at) == Upos::Det
                || self.upos(at) == Upos::Pron && self.is_possessive_pronoun(at))
        {
            at += 1;
        }
        at
    }

    /// Reads modifiers and nouns from `at`; the segment begins at `start`.
    fn nominal(self, start: u32, mut at: u32, determined: bool) -> Option<Segment> {
        let first = at;
        let mut head = None;
        while at - first < LONGEST
            && let Some(step) = self.step(at, first, determined, head)
        {
            if step == Step::Head {
                head = Some(at);
            }
            at += 1;
        }
        if let Some(head) = head {
            let head = self.before_trailing_numbers(first, head);
            let end = self.head_end(first, head);
            return Some(Segment {
                tokens: TokenSpan::new(start, end),
                head,
            });
        }
        self.headless(start, first, at, determined)
    }

    /// `the rich`, `the accused said`: a determiner with an adjective or participle for its noun.
    fn headless(self, start: u32, first: u32, at: u32, determined: bool) -> Option<Segment> {
        if !determined {
            return None;
        }
        let segment = |head: u32| Segment {
            tokens: TokenSpan::new(start, head + 1),
            head,
        };
        if at > first && self.upos(at - 1) == Upos::Adj {
            return Some(segment(at - 1));
        }
        let accused = self.upos(first) == Upos::Verb
            && self.reading.form(first) == Form::Participle
            && matches!(self.upos(first + 1), Upos::Verb | Upos::Aux | Upos::Punct);
        if accused {
            return Some(segment(first));
        }
        (first > start).then(|| segment(first - 1))
    }

    /// The next step inside a nominal, or nothing where it ends.
    fn step(self, at: u32, first: u32, determined: bool, head: Option<u32>) -> Option<Step> {
        let inside = determined || at > first;
        match self.upos(at) {
            Upos::Noun | Upos::Propn if self.starts_a_date(at, head) => None,
            Upos::Noun | Upos::Propn | Upos::Num => Some(Step::Head),
            Upos::X if self.reading.word(at).starts_with(char::is_uppercase) => Some(Step::Head),
            Upos::Sym if self.is(at, &["%"]) => Some(Step::Head),
            Upos::Sym => Some(Step::Modifier),
            // "the Brussels-based fund", "the African-American community": a compound before its noun.
            Upos::Punct if inside && self.is_joint(at) => Some(Step::Modifier),
            Upos::Verb | Upos::Adj if inside && self.is_joint(at - 1) => Some(Step::Modifier),
            // An adjective after the head belongs to it only when a noun follows: "Lithuania interior minister".
            Upos::Adj => (head.is_none() || matches!(self.upos(at + 1), Upos::Noun | Upos::Propn))
                .then_some(Step::Modifier),
            Upos::Det if inside && self.is(at - 1, &["half", "such", "many"]) => {
                Some(Step::Modifier)
            }
            Upos::Adv if determined && head.is_none() => self.adverb(at),
            Upos::Verb if inside && head.is_none() => self.attributive(at),
            Upos::Cconj if inside => self.coordination(at, head),
            Upos::Punct => self.mark(at, inside, head),
            _ => None,
        }
    }

    /// Whether a hyphen joins the words around it, and something with a noun follows them.
    fn is_joint(self, at: u32) -> bool {
        let glued = |token: u32| {
            let tokens = &self.reading.document.tokens;
            (tokens.get(token as usize)).is_some_and(|token| !token.spaced)
        };
        at + 1 < self.end
            && self.is(at, &["-", "‐", "‑"])
            && glued(at)
            && glued(at + 1)
            && matches!(
                self.upos(at + 2),
                Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num
            )
    }

    /// `the very large crowd`, `the recently elected president`.
    fn adverb(self, at: u32) -> Option<Step> {
        let modifies = match self.upos(at + 1) {
            Upos::Adj | Upos::Num => true,
            Upos::Verb => self.attributive(at + 1).is_some(),
            _ => false,
        };
        modifies.then_some(Step::Modifier)
    }

    /// `the exiled leader`, `these fleeing families`: a participle with its noun after it.
    fn attributive(self, at: u32) -> Option<Step> {
        let participle = matches!(self.reading.form(at), Form::Participle | Form::Ing);
        (participle && matches!(self.upos(at + 1), Upos::Noun | Upos::Propn | Upos::Adj))
            .then_some(Step::Modifier)
    }

    /// `political and economic pressure`, `Marks & Spencer`.
    fn coordination(self, at: u32, head: Option<u32>) -> Option<Step> {
        let (before, after) = (self.upos(at - 1), self.upos(at + 1));
        let adjectives = head.is_none() && before == Upos::Adj && after == Upos::Adj;
        let company = self.is(at, &["&"]) && before == Upos::Propn && after == Upos::Propn;
        (adjectives || company).then_some(Step::Modifier)
    }

    /// A comma between adjectives (`a long, cold winter`); a mark of scare quotes (`the "special" operation`).
    fn mark(self, at: u32, inside: bool, head: Option<u32>) -> Option<Step> {
        if !inside || head.is_some() {
            return None;
        }
        let next = self.upos(at + 1);
        let nominal = matches!(next, Upos::Adj | Upos::Noun | Upos::Propn);
        let comma = self.is(at, &[","])
            && at > 0
            && self.upos(at - 1) == Upos::Adj
            && next == Upos::Adj
            && matches!(self.upos(at + 2), Upos::Noun | Upos::Propn | Upos::Adj);
        let quote = nominal && quote_marks::is_double(self.reading.word(at));
        (comma || quote).then_some(Step::Modifier)
    }

    /// `told reporters Thursday`: a day after a noun is no part of its group, unless a noun follows it.
    fn starts_a_date(self, at: u32, head: Option<u32>) -> bool {
        let Some(head) = head else {
            return false;
        };
        let day = matches!(
            self.reading.lower(at).as_str(),
            "monday"
                | "tuesday"
                | "wednesday"
                | "thursday"
                | "friday"
                | "saturday"
                | "sunday"
                | "today"
                | "yesterday"
                | "tomorrow"
        );
        day && head + 1 == at && !matches!(self.upos(at + 1), Upos::Noun | Upos::Propn)
    }

    /// `Article 5`, `September 20`: the noun before the number is the head.
    fn before_trailing_numbers(self, first: u32, last: u32) -> u32 {
        (first..=last)
            .rev()
            .find(|&token| matches!(self.upos(token), Upos::Noun | Upos::Propn | Upos::X))
            .unwrap_or(last)
    }

    /// One past the head, past numbers after it, and past the closing mark of scare quotes begun inside.
    fn head_end(self, first: u32, head: u32) -> u32 {
        let mut end = head + 1;
        while self.upos(end) == Upos::Num {
            end += 1;
        }
        let marks = (first..end)
            .filter(|&token| quote_marks::is_double(self.reading.word(token)))
            .count();
        if marks % 2 == 1 && end < self.end && quote_marks::is_double(self.reading.word(end)) {
            end += 1;
        }
        end
    }

    fn group(self, tokens: TokenSpan, head: u32) -> NounGroup {
        NounGroup {
            tokens,
            head,
            features: self.features(tokens, head),
        }
    }

    fn features(self, tokens: TokenSpan, head: u32) -> NounFeatures {
        let mut features = NounFeatures::default();
        let possessive =
            self.upos(tokens.start) == Upos::Pron && self.is_possessive_pronoun(tokens.start);
        if possessive && tokens.len() > 1 {
            features.add(NounFeatures::POSSESSIVE);
            features.add(NounFeatures::DEFINITE);
        }
        for token in tokens.start..(tokens.start + 3).min(head) {
            match self.reading.lower(token).as_str() {
                "the" | "this" | "that" | "these" | "those" => features.add(NounFeatures::DEFINITE),
                "a" | "an" if self.upos(token) == Upos::Det => {
                    features.add(NounFeatures::INDEFINITE);
                }
                _ => {}
            }
        }
        if self.upos(head) == Upos::Propn && !features.has(NounFeatures::INDEFINITE) {
            features.add(NounFeatures::DEFINITE);
        }
        if self.is_plural(head) {
            features.add(NounFeatures::PLURAL);
        }
        features
    }

    fn is_plural(self, head: u32) -> bool {
        let word = self.reading.lower(head);
        match self.upos(head) {
            Upos::Noun | Upos::Propn => self.reading.form(head) == Form::Plural,
            Upos::Num => !matches!(word.as_str(), "one" | "1"),
            Upos::Sym => true,
            _ => matches!(
                word.as_str(),
                "we" | "us"
                    | "they"
                    | "them"
                    | "these"
                    | "those"
                    | "ourselves"
                    | "themselves"
                    | "all"
                    | "both"
                    | "many"
                    | "most"
                    | "some"
                    | "few"
                    | "several"
                    | "others"
            ),
        }
    }
}

/// What a token is inside a group.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Head,
    Modifier,
}
