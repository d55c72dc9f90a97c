//! Marks on tokens: part of a written number, part of a date.

use super::date::{self, Kind};
use super::number;
use super::piece::{Piece, piece};
use super::words;
use crate::text::{Document, Sentence, TokenSpan};

/// What a token is part of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ValueFlags {
    /// Part of a written number, its currency sign included.
    pub number: bool,
    /// Part of an expression of time.
    pub date: bool,
    /// The first token of a number or of an expression of time.
    pub opens: bool,
}

/// An expression of time in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateExpression {
    /// Its tokens.
    pub tokens: TokenSpan,
    /// What it tells.
    pub kind: Kind,
}

/// Words that follow `half`, or a fraction with `a`, where it is one.
const AFTER_FRACTIONS: &[&str] = &[
    "of", "the", "a", "an", "its", "their", "his", "her", "our", "my", "your", "those", "these",
    "all", "that", "as", "to", "in", "from", "and", "or", "more", "less", "lower", "higher", "by",
    "on", "over", "since", "what",
];

/// Words before `half` where it names a part, not a number.
const BEFORE_HALVES: &[&str] = &[
    "first", "second", "last", "other", "latter", "this", "each", "in", "better",
];

/// Words before `one` where it is a pronoun.
const BEFORE_PRONOUN: &[&str] = &[
    "no", "any", "every", "some", "this", "that", "the", "which", "each", "another", "such",
    "good", "bad", "first", "last", "new", "big", "old",
];

/// Words behind `one` where it is a pronoun or names no number.
const AFTER_PRONOUN: &[&str] = &[
    "of", "'s", "’s", "who", "that", "which", "is", "was", "has", "had", "can", "could", "may",
    "might", "must", "should", "will", "would", "does", "did", "another", "day", "to", "on", "and",
    "or", "but", "where", "with", "else", "thing",
];

/// The expressions of time of a sentence, longest first from left to right; they do not overlap.
pub fn dates(document: &Document, sentence: &Sentence) -> Vec<DateExpression> {
    let words = words_of(document, sentence);
    let values: Vec<_> = words.iter().map(|word| WordValue::of(word)).collect();
    let at = sentence.tokens.start;
    date::spans(&words, &values)
        .into_iter()
        .map(|(start, end, kind)| DateExpression {
            tokens: TokenSpan::new(at + start as u32, at + end as u32),
            kind,
        })
        .collect()
}

/// What a word can be part of, whatever stands around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordValue {
    /// Says something about time.
    pub(super) time: bool,
    /// Can begin an expression of time all the same.
    pub(super) opener: bool,
    /// Can begin a number.
    pub(super) number: bool,
}

impl WordValue {
    /// Of a word.
    pub fn of(word: &str) -> Self {
        Self {
            time: date::tells(word),
            opener: date::opens(word),
            number: piece(word).is_some(),
        }
    }
}

/// The flags of every token of a document; `value` says what the word of a token can be part of.
pub fn flags(document: &Document, value: impl Fn(u32) -> WordValue) -> Vec<ValueFlags> {
    let mut all = vec![ValueFlags::default(); document.tokens.len()];
    let mut values = Vec::new();
    for sentence in &document.sentences {
        values.clear();
        values.extend((sentence.tokens.start..sentence.tokens.end).map(&value));
        if !values.iter().any(|v| v.time || v.number) {
            continue;
        }
        let words = words_of(document, sentence);
        if let Some(part) = all.get_mut(sentence.tokens.range()) {
            fill(&words, &values, part);
        }
    }
    all
}

/// The flags of the words of one sentence.
pub fn mark(words: &[&str]) -> Vec<ValueFlags> {
    let mut all = vec![ValueFlags::default(); words.len()];
    let values: Vec<_> = words.iter().map(|word| WordValue::of(word)).collect();
    fill(words, &values, &mut all);
    all
}

/// The words of a sentence.
fn words_of<'d>(document: &'d Document, sentence: &Sentence) -> Vec<&'d str> {
    let tokens = sentence.tokens.start..sentence.tokens.end;
    tokens.map(|token| document.word(token)).collect()
}

/// Marks dates, then numbers outside of them; a length keeps its number (`three years`).
fn fill(words: &[&str], values: &[WordValue], flags: &mut [ValueFlags]) {
    let mut named = vec![false; words.len()];
    for (start, end, kind) in date::spans(words, values) {
        for at in start..end {
            flags[at].date = true;
            named[at] = kind != Kind::Duration;
        }
        flags[start].opens = true;
    }
    let mut at = 0;
    while at < words.len() {
        let begins = values[at].number && !named[at];
        at = match begins.then(|| written_end(words, at)).flatten() {
            Some(end) => {
                for flag in &mut flags[at..end] {
                    flag.number = true;
                }
                flags[at].opens = true;
                end
            }
            None => at + 1,
        };
    }
}

/// The end of a number that starts at a token, if it is one here.
fn written_end(words: &[&str], at: usize) -> Option<usize> {
    let first = piece(words[at])?;
    let written = number::range_or_number(words, at)?;
    let next = |end: usize| words.get(end).copied().unwrap_or_default();
    let before = |list: &[&str]| at > 0 && words::is_one_of(list, words[at - 1]);
    let end = written.end;
    let counts = match first {
        Piece::Part { .. } if end == at + 1 => {
            words::is_one_of(AFTER_FRACTIONS, next(end)) && !before(BEFORE_HALVES)
        }
        Piece::Article => match piece(words[at + 1]) {
            Some(Piece::Part { of: 4, .. }) if end == at + 2 => {
                next(end).eq_ignore_ascii_case("of")
            }
            Some(Piece::Part { .. }) if end == at + 2 => {
                !next(end).starts_with(char::is_alphabetic)
                    || words::is_one_of(AFTER_FRACTIONS, next(end))
            }
            _ => true,
        },
        Piece::Small(1) if end == at + 1 => {
            !before(BEFORE_PRONOUN) && !words::is_one_of(AFTER_PRONOUN, next(end))
        }
        Piece::Collective if end == at + 1 && words::is_one_of(&["scores", "tens"], words[at]) => {
            next(end).eq_ignore_ascii_case("of")
        }
        Piece::Small(_) => return Some(small_end(words, at, end)),
        _ => true,
    };
    counts.then_some(end)
}

/// `three quarters` is a number before `of`, otherwise three quarters of a year.
fn small_end(words: &[&str], at: usize, end: usize) -> usize {
    let quarters = end == at + 2 && words::is_one_of(&["quarter", "quarters"], words[at + 1]);
    let of = words
        .get(end)
        .is_some_and(|word| word.eq_ignore_ascii_case("of"));
    if quarters && !of { at + 1 } else { end }
}
