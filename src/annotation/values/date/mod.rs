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
use super::flags::WordValue;
use super::words;
use jiff::civil::Date;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

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
    let values: Vec<_> = words.iter().map(|word| WordValue::of(word)).collect();
    let reader = Reader::new(words, &values, true);
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

/// Words that an expression of time can begin with although they say nothing about time.
static OPENERS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let lists = [
        &[
            "the",
            "early",
            "late",
            "earlier",
            "later",
            "mid",
            "middle",
            "right",
            "very",
            "first",
            "second",
            "latter",
            "a",
            "an",
            "another",
            "couple",
            "half",
            "every",
            "each",
            "comparable",
            "corresponding",
        ],
        period::KINDS_OF_YEAR,
        period::EDGES,
        period::OWNERS,
        length::BEFORE_COUNTS,
        length::VAGUE,
    ];
    let hedges = HEDGES.iter().filter_map(|hedge| hedge.first());
    let pointers = period::POINTERS.iter().map(|(word, _)| word);
    let all = lists.into_iter().flatten().chain(hedges).chain(pointers);
    all.copied().collect()
});

/// Whether a word says something about time.
pub(super) fn tells(word: &str) -> bool {
    classify(word) != word::Class::Other
}

/// Whether an expression of time can begin with a word that says nothing about time and is no number.
pub(super) fn opens(word: &str) -> bool {
    words::lowered(word, |lower| OPENERS.contains(lower).then_some(())).is_some()
}

/// The expressions of time among the words of a sentence, of each of which it is known what it can be part of: start,
/// end (both in tokens) and kind; they do not overlap.
pub(super) fn spans(words: &[&str], values: &[WordValue]) -> Vec<(usize, usize, Kind)> {
    let reader = Reader::new(words, values, false);
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
            match reader.opens(at).then(|| expression(reader, at)).flatten() {
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Every word that stands in quotation marks in the grammar.
    fn vocabulary() -> Vec<&'static str> {
        let sources = [
            include_str!("mod.rs"),
            include_str!("calendar.rs"),
            include_str!("length.rs"),
            include_str!("period.rs"),
            include_str!("word.rs"),
            include_str!("../words.rs"),
        ];
        let lines = sources.iter().flat_map(|source| source.lines());
        let quoted = lines.flat_map(|line| line.split('"').skip(1).step_by(2));
        let words = quoted.filter(|word| !word.is_empty() && !word.contains([' ', '/', '{']));
        words
            .chain([
                "2024", "3", "10", "1990s", "5pm", "May", "Monday", "Mondays", "two-day",
            ])
            .collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        /// What is looked at only where it can begin is found all the same.
        #[test]
        fn nothing_begins_where_no_word_opens(
            words in prop::collection::vec(prop::sample::select(vocabulary()), 1..8)
        ) {
            let values: Vec<_> = words.iter().map(|word| WordValue::of(word)).collect();
            for trusted in [false, true] {
                let reader = Reader::new(&words, &values, trusted);
                for at in (0..words.len()).filter(|at| !reader.opens(*at)) {
                    prop_assert_eq!(expression(&reader, at), None);
                }
            }
        }
    }
}
