//! Lengths of time, and times so far away: `three years`, `two weeks ago`, `the past decade`.

use super::Kind;
use super::meaning::Meaning;
use super::reader::{Found, Reader};
use super::word::{Class, Reference, Unit};
use crate::annotation::values::decimal::Decimal;
use crate::annotation::values::number::{self, Amount};

/// Words before a number of units: `the past three years`.
pub(super) const BEFORE_COUNTS: &[&str] = &[
    "past",
    "last",
    "next",
    "coming",
    "first",
    "final",
    "previous",
    "following",
    "latest",
    "recent",
    "subsequent",
    "initial",
    "preceding",
    "upcoming",
    "opening",
    "future",
];

/// Words between a number and its unit.
const BETWEEN: &[&str] = &[
    "more",
    "full",
    "straight",
    "consecutive",
    "whole",
    "additional",
    "further",
    "entire",
    "long",
    "short",
    "extra",
    "fiscal",
    "calendar",
    "successive",
    "solid",
    "last",
    "past",
];

/// Counts nobody gives.
pub(super) const VAGUE: &[&str] = &["several", "few", "many", "some", "numerous", "countless"];

/// How many units, and where the words that say so end.
struct Count {
    end: usize,
    many: Option<Decimal>,
    /// `a`, `an`: the unit is one, in the singular.
    article: bool,
}

impl Reader<'_> {
    /// A length of time or a time so far away.
    pub(super) fn length(&self, at: usize) -> Option<Found> {
        match self.class(at) {
            Class::Length { count, unit } => {
                return Some(self.compound(at + 1, Some(Decimal::whole(count.into())), unit));
            }
            Class::VagueLength(unit) => return Some(self.compound(at + 1, None, unit)),
            _ => {}
        }
        if let Some(found) = self.vague_phrase(at) {
            return Some(found);
        }
        let the = self.skip(at, &["the"]);
        let counted = self.skip(the, BEFORE_COUNTS);
        if let Some(found) = self.compound_behind(at) {
            return Some(found);
        }
        let count = self.count(counted);
        let unit_at = count
            .as_ref()
            .map_or(counted, |count| self.skip(count.end, BETWEEN));
        let told = counted > the;
        match (self.class(unit_at), count) {
            (Class::Unit { unit, plural }, Some(count)) => {
                self.counted(unit_at, unit, plural, &count, counted > at)
            }
            (Class::Unit { unit, plural: true }, None) if told => {
                self.pointed_plural(counted - 1, unit_at, unit)
            }
            (Class::Unit { unit, plural: true }, None) if the == at => self.bare(unit_at, unit),
            (Class::Season(_), Some(count)) if told && count.many.is_some() => {
                self.seasons(unit_at)
            }
            _ => None,
        }
    }

    /// `a three-year period`, `two-day`.
    #[expect(clippy::unused_self, reason = "read like the others")]
    fn compound(&self, end: usize, count: Option<Decimal>, unit: Unit) -> Found {
        Found::of_kind(end, Kind::Duration, Meaning::Length { count, unit })
    }

    /// `a three-year period`: the noun belongs to it.
    fn compound_behind(&self, at: usize) -> Option<Found> {
        let article = self.skip(at, &["a", "the"]);
        let period = self.class(article + 1)
            == Class::Unit {
                unit: Unit::Period,
                plural: false,
            };
        match self.class(article) {
            Class::Length { count, unit } if article > at && period => {
                Some(self.compound(article + 2, Some(Decimal::whole(count.into())), unit))
            }
            _ => None,
        }
    }

    /// `a while`, `some time`, `a long time`.
    fn vague_phrase(&self, at: usize) -> Option<Found> {
        let phrases: [&[&str]; 4] = [
            &["a", "while"],
            &["some", "time"],
            &["a", "long", "time"],
            &["a", "short", "time"],
        ];
        let end = phrases.iter().find_map(|phrase| self.phrase(at, phrase))?;
        if self.is(end, "ago") {
            return Some(Found::date(end + 1, Meaning::Reference(Reference::Past)));
        }
        let unit = Unit::Period;
        Some(self.compound(end, None, unit))
    }

    /// How many.
    fn count(&self, at: usize) -> Option<Count> {
        let exact = |end, n| {
            Some(Count {
                end,
                many: Some(Decimal::whole(n)),
                article: false,
            })
        };
        for couple in [
            &["a", "couple", "of"][..],
            &["couple", "of"],
            &["a", "couple"],
        ] {
            if let Some(end) = self.phrase(at, couple) {
                return exact(end, 2);
            }
        }
        let few = self.skip(at, &["a"]);
        if self.any(few, VAGUE) {
            let end = self.skip(few + 1, &["more"]);
            return Some(Count {
                end,
                many: None,
                article: false,
            });
        }
        if let Some(end) = self
            .phrase(at, &["half", "an"])
            .or_else(|| self.phrase(at, &["half", "a"]))
            && matches!(self.class(end), Class::Unit { .. })
        {
            return Some(Count {
                end,
                many: Decimal::ratio(1, 2),
                article: true,
            });
        }
        if let Some(written) = number::range_or_number(self.words(), at) {
            let count = match written.amount {
                Amount::Exact(value) => Some(value),
                Amount::Between(..) | Amount::Many => None,
            };
            return Some(Count {
                end: written.end,
                many: count,
                article: false,
            });
        }
        let article = self.skip(at, &["a", "an", "another"]);
        (article > at).then(|| Count {
            end: article,
            many: Some(Decimal::whole(1)),
            article: true,
        })
    }

    /// A number of units: `three years`, `a year and a half`, `two weeks ago`.
    fn counted(
        &self,
        at: usize,
        unit: Unit,
        plural: bool,
        count: &Count,
        defined: bool,
    ) -> Option<Found> {
        let one = count.many == Some(Decimal::whole(1));
        let fits = if count.article {
            !plural
        } else {
            plural || one || !defined && self.glued(at)
        };
        if !fits || unit == Unit::Period || self.is(at + 1, "old") {
            return None;
        }
        let (mut end, mut number) = (at + 1, count.many);
        if let Some(half) = self.phrase(end, &["and", "a", "half"]) {
            number = number.and_then(|number| number.plus(Decimal::ratio(1, 2)?));
            end = half;
        }
        if let Some(so) = self.phrase(end, &["or", "so"]) {
            end = so;
        }
        if let Some(found) = self.away(end, number, unit) {
            return Some(found);
        }
        // `a quarter`, `a second`, `a night` mostly are something else
        let clear = !count.article
            || !matches!(
                unit,
                Unit::Quarter | Unit::Second | Unit::Night | Unit::Weekend
            );
        clear.then(|| self.compound(end, number, unit))
    }

    /// `two day trip`, `three hour flight`: a unit without plural behind a number.
    fn glued(&self, at: usize) -> bool {
        self.word(at + 1)
            .starts_with(|c: char| c.is_ascii_lowercase())
            || self.trusted
    }

    /// `ago`, `earlier`, `later`, `from now` behind a length.
    fn away(&self, at: usize, count: Option<Decimal>, unit: Unit) -> Option<Found> {
        let (end, sign) = match self.word(at).to_ascii_lowercase().as_str() {
            "ago" | "earlier" | "previously" => (at + 1, -1),
            "later" | "hence" => (at + 1, 1),
            "from" if self.is(at + 1, "now") => (at + 2, 1),
            _ => return None,
        };
        let Some(count) = count else {
            let reference = if sign < 0 {
                Reference::Past
            } else {
                Reference::Future
            };
            return Some(Found::date(end, Meaning::Reference(reference)));
        };
        let meaning = count
            .as_whole()
            .and_then(|count| i32::try_from(count).ok())
            .and_then(|count| count.checked_mul(sign))
            .map_or(Meaning::Unknown, |count| shift(unit, count));
        Some(Found::date(end, meaning))
    }

    /// `recent weeks`, `the coming days`.
    #[expect(
        clippy::unnecessary_wraps,
        reason = "one of several readings, all of which may fail"
    )]
    fn pointed_plural(&self, pointer: usize, at: usize, unit: Unit) -> Option<Found> {
        let meaning = match self.word(pointer).to_ascii_lowercase().as_str() {
            "future" => Meaning::Reference(Reference::Future),
            _ => Meaning::Length { count: None, unit },
        };
        Some(Found::of_kind(at + 1, Kind::Duration, meaning))
    }

    /// `for months`, `weeks or months`, `decades`.
    fn bare(&self, at: usize, unit: Unit) -> Option<Found> {
        if matches!(
            unit,
            Unit::Second | Unit::Quarter | Unit::Night | Unit::Weekend
        ) {
            return None;
        }
        if let Some(found) = self.away(at + 1, None, unit) {
            return Some(found);
        }
        let other = self.skip(at + 1, &["or", "and"]);
        let joined =
            other > at + 1 && matches!(self.class(other), Class::Unit { plural: true, .. });
        let end = if joined { other + 1 } else { at + 1 };
        Some(self.compound(end, None, unit))
    }

    /// `the past three summers`.
    fn seasons(&self, at: usize) -> Option<Found> {
        let Class::Season(season) = self.class(at) else {
            return None;
        };
        let plural = self.word(at).ends_with('s');
        plural.then(|| Found::of_kind(at + 1, Kind::Set, Meaning::EverySeason(season)))
    }
}

/// So many units away; weeks away name a day, not a week.
fn shift(unit: Unit, count: i32) -> Meaning {
    match unit {
        Unit::Week => Meaning::Shift {
            unit: Unit::Day,
            count: count.saturating_mul(7),
        },
        Unit::Fortnight => Meaning::Shift {
            unit: Unit::Day,
            count: count.saturating_mul(14),
        },
        _ => Meaning::Shift { unit, count },
    }
}
