//! Expressions of time: where they are, and their values in the notation of TIMEX3.

#![expect(
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "years, months and days are far from the ends of their types"
)]

mod calendar;
mod figures;
mod length;
mod meaning;
mod period;
mod reader;
mod word;

use self::reader::{Found, Reader};
use self::word::classify;
use jiff::civil::Date;

/// What an expression of time tells, as in TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A day or something longer: `Thursday`, `last year`, `now`.
    Date,
    /// A time of day: `Monday morning`, `noon`.
    Time,
    /// How long: `three years`.
    Duration,
    /// Again and again: `every Thursday`.
    Set,
}

/// Tokens an expression may have before the word that says it is about time.
const REACH: usize = 10;

/// Words before a length or a time that belong to it (`nearly two years`).
const HEDGES: &[&[&str]] = &[
    &["no", "more", "than"],
    &["not", "more", "than"],
    &["no", "less", "than"],
    &["no", "fewer", "than"],
    &["more", "than"],
    &["less", "than"],
    &["fewer", "than"],
    &["at", "least"],
    &["at", "most"],
    &["up", "to"],
    &["as", "long", "as"],
    &["about"],
    &["around"],
    &["almost"],
    &["nearly"],
    &["roughly"],
    &["approximately"],
    &["some"],
];

/// The value of an expression of time, for a document of this date: `2022-09-21`, `199`, `P3Y`, `PAST_REF`.
///
/// Relative expressions have no value without the date of the document. A day of the week is the last such day before
/// or on that date, unless the words say otherwise.
pub fn date(words: &[&str], document_date: Option<Date>) -> Option<String> {
    let reader = Reader::new(words, true);
    let mut best: Option<Found> = None;
    let mut longest = 0;
    for (start, found) in expressions(&reader) {
        if found.end - start > longest {
            longest = found.end - start;
            best = Some(found);
        }
    }
    let found = best?;
    found.meaning.value(found.clock, document_date)
}

/// Whether a word says something about time.
pub(super) fn tells(word: &str) -> bool {
    classify(word) != word::Class::Other
}

/// The expressions of time among the words of a sentence: start, end (both in tokens) and kind; they do not overlap.
pub(super) fn spans(words: &[&str]) -> Vec<(usize, usize, Kind)> {
    spans_of(words, |_| true)
}

/// The same where it is known which words say something about time.
pub(super) fn spans_of(words: &[&str], tells: impl Fn(usize) -> bool) -> Vec<(usize, usize, Kind)> {
    let reader = Reader::of_telling(words, tells);
    let all = expressions(&reader).into_iter();
    all.map(|(start, found)| (start, found.end, found.kind))
        .collect()
}

/// Longest expressions from left to right.
fn expressions(reader: &Reader<'_>) -> Vec<(usize, Found)> {
    let mut all = Vec::new();
    let mut at = 0;
    for trigger in reader.triggers() {
        at = at.max(trigger.saturating_sub(REACH));
        while at <= trigger {
            match expression(reader, at) {
                Some(found) if found.end > at => {
                    all.push((at, found));
                    at = found.end;
                }
                _ => at += 1,
            }
        }
    }
    all
}

/// The longest expression that starts at a token.
fn expression(reader: &Reader<'_>, at: usize) -> Option<Found> {
    let hedge = HEDGES.iter().find_map(|hedge| reader.phrase(at, hedge));
    if let Some(core) = hedge {
        let length = reader.length(core);
        let time = reader.point(core).filter(|found| found.kind == Kind::Time);
        if let Some(found) = Found::longer(length, time) {
            return Some(found);
        }
    }
    let single = Found::longer(reader.point(at), reader.edge(at));
    Found::longer(Found::longer(single, reader.length(at)), reader.every(at))
}
