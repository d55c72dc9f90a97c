//! A reader over the words of one sentence, shared by all parts of the grammar of time.

use super::meaning::{Clock, Meaning};
use super::word::Class;
use super::{Kind, classify};
use crate::annotation::values::flags::WordValue;
use crate::annotation::values::words;

/// A sentence with what each token says about time.
pub(super) struct Reader<'s> {
    words: &'s [&'s str],
    /// By token: what its word can be part of.
    values: &'s [WordValue],
    classes: Vec<Class>,
    /// Whether the words are known to be a date, so that `May` needs no context.
    pub trusted: bool,
}

/// An expression of time that starts somewhere.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Found {
    /// One past its last token.
    pub end: usize,
    /// What it is.
    pub kind: Kind,
    /// What it means.
    pub meaning: Meaning,
    /// The time of day with it.
    pub clock: Option<Clock>,
}

impl Found {
    /// A date without a time of day.
    pub(super) const fn date(end: usize, meaning: Meaning) -> Self {
        Self {
            end,
            kind: Kind::Date,
            meaning,
            clock: None,
        }
    }

    /// A time of day on a date.
    pub(super) const fn time(end: usize, meaning: Meaning, clock: Clock) -> Self {
        Self {
            end,
            kind: Kind::Time,
            meaning,
            clock: Some(clock),
        }
    }

    /// Something else without a time of day.
    pub(super) const fn of_kind(end: usize, kind: Kind, meaning: Meaning) -> Self {
        Self {
            end,
            kind,
            meaning,
            clock: None,
        }
    }

    /// The longer of two, the first where they are equal.
    pub(super) fn longer(a: Option<Self>, b: Option<Self>) -> Option<Self> {
        match (a, b) {
            (Some(a), Some(b)) if b.end > a.end => Some(b),
            (a, b) => a.or(b),
        }
    }
}

impl<'s> Reader<'s> {
    pub(super) fn new(words: &'s [&'s str], values: &'s [WordValue], trusted: bool) -> Self {
        let class = |(word, value): (&&str, &WordValue)| {
            if value.time {
                classify(word)
            } else {
                Class::Other
            }
        };
        Self {
            words,
            values,
            classes: words.iter().zip(values).map(class).collect(),
            trusted,
        }
    }

    /// Whether an expression of time can begin at a token.
    pub(super) fn opens(&self, at: usize) -> bool {
        let value = self.values[at];
        value.time || value.number || value.opener
    }

    /// All words.
    pub(super) const fn words(&self) -> &'s [&'s str] {
        self.words
    }

    /// What a token says; nothing past the end.
    pub(super) fn class(&self, at: usize) -> Class {
        self.classes.get(at).copied().unwrap_or(Class::Other)
    }

    /// The word of a token; empty past the end.
    pub(super) fn word(&self, at: usize) -> &'s str {
        self.words.get(at).copied().unwrap_or_default()
    }

    /// Whether a token is this word.
    pub(super) fn is(&self, at: usize, word: &str) -> bool {
        self.word(at).eq_ignore_ascii_case(word)
    }

    /// Whether a token is one of these words.
    pub(super) fn any(&self, at: usize, list: &[&str]) -> bool {
        words::is_one_of(list, self.word(at))
    }

    /// Past a token if it is one of these words.
    pub(super) fn skip(&self, at: usize, list: &[&str]) -> usize {
        at + usize::from(self.any(at, list))
    }

    /// Whether the token before is one of these words.
    pub(super) fn after(&self, at: usize, list: &[&str]) -> bool {
        at > 0 && self.any(at - 1, list)
    }

    /// A phrase of several words that starts here, as its end.
    pub(super) fn phrase(&self, at: usize, phrase: &[&str]) -> Option<usize> {
        let same = phrase
            .iter()
            .enumerate()
            .all(|(i, word)| self.is(at + i, word));
        same.then_some(at + phrase.len())
    }

    /// Indices of tokens that say something about time.
    pub(super) fn triggers(&self) -> impl Iterator<Item = usize> + '_ {
        let says = |class: &Class| {
            !matches!(
                class,
                Class::Other | Class::Ordinal(_) | Class::Meridiem { .. }
            )
        };
        let telling = self
            .classes
            .iter()
            .enumerate()
            .filter(move |(_, class)| says(class));
        telling.map(|(at, _)| at)
    }
}
