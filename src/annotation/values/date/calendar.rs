//! Days, months and years of the calendar, times of day.

use super::figures::YEARS;
use super::meaning::{Clock, Meaning, Which};
use super::reader::{Found, Reader};
use super::word::{Class, Part, Reference, Unit};
use crate::annotation::values::number::{self, Amount};
use crate::annotation::values::piece::{Piece, piece};
use crate::annotation::values::unit;

/// Words before a bare year or a month that may be something else (`in May`, `since 1850`).
const BEFORE_DATES: &[&str] = &[
    "in", "since", "by", "until", "till", "from", "of", "during", "before", "after", "circa",
    "early", "late", "mid", "through", "last", "next", "this", "every", "each", "to", "between",
    "fiscal", "year", "as", "than",
];

/// What a four-digit number counts when it is no year.
const COUNTED: &[&str] = &[
    "people",
    "men",
    "women",
    "children",
    "troops",
    "soldiers",
    "workers",
    "jobs",
    "shares",
    "employees",
    "members",
    "students",
    "votes",
    "copies",
    "others",
    "calories",
    "million",
    "billion",
];

/// Time zones behind a time of day.
const ZONES: &[&str] = &[
    "est", "edt", "et", "cst", "cdt", "pst", "pdt", "gmt", "utc", "bst", "cet", "cest", "msk",
];

/// Words behind `the past` where it is a noun.
const AFTER_PAST: &[&str] = &[
    "and", "or", "but", "that", "which", "is", "was", "has", "have", "had", "with", "when", "to",
    "for", "in", "as", "by",
];

/// Years that need no word to be seen as such.
const MODERN: std::ops::RangeInclusive<u16> = 1900..=2039;

impl Reader<'_> {
    /// A point or stretch of the calendar, with `early`, `late` and the like before it.
    pub(super) fn point(&self, at: usize) -> Option<Found> {
        let the = self.skip(at, &["the"]);
        let modified = self.any(the, &["early", "late", "earlier", "later", "mid", "right"]);
        if !modified {
            return self.core(at);
        }
        let mut next = the + 1;
        if self.is(next, "in") {
            next += 1;
        }
        self.core(next).or_else(|| self.core(at))
    }

    /// A point without modifier: the longest reading.
    pub(super) fn core(&self, at: usize) -> Option<Found> {
        let readings = [
            self.clock_first(at),
            self.day_and_clock(at),
            self.month(at),
            self.year(at),
            self.decade_or_century(at),
            self.quarter(at),
            self.season(at),
            self.period(at),
            self.reference(at),
        ];
        readings.into_iter().fold(None, Found::longer)
    }

    /// `10:30 a.m. Tuesday`, `noon`, `5 p.m. EST, Nov. 6`.
    fn clock_first(&self, at: usize) -> Option<Found> {
        let (end, clock) = self.clock(at)?;
        let today = Meaning::Shift {
            unit: Unit::Day,
            count: 0,
        };
        let mut next = self.skip(end, &[","]);
        next = self.skip(next, &["on"]);
        match self.day(next) {
            Some(day) => Some(Found::time(day.end, day.meaning, clock)),
            None => Some(Found::time(end, today, clock)),
        }
    }

    /// A time of day, its zone included.
    #[expect(
        clippy::too_many_lines,
        reason = "one form of writing a time after the other"
    )]
    fn clock(&self, at: usize) -> Option<(usize, Clock)> {
        let zone = |end: usize| {
            let end = self.skip(end, ZONES);
            self.phrase(end, &["local", "time"]).unwrap_or(end)
        };
        let timed = |hour: u8, minute: u8, pm: Option<bool>, minutes: bool| {
            let hour = match pm {
                Some(true) if hour < 12 => hour + 12,
                Some(false) if hour == 12 => 0,
                _ => hour,
            };
            Clock::At {
                hour,
                minute,
                minutes,
            }
        };
        match (self.class(at), self.class(at + 1)) {
            (
                Class::Clock {
                    hour,
                    minute,
                    meridiem: false,
                },
                Class::Meridiem { pm },
            ) if hour <= 12 => Some((zone(at + 2), timed(hour, minute, Some(pm), true))),
            (Class::Clock { hour, minute, .. }, _) => {
                Some((zone(at + 1), timed(hour, minute, None, true)))
            }
            (
                Class::Digits {
                    value: hour @ 1..=12,
                    width: 1 | 2,
                },
                Class::Meridiem { pm },
            ) => Some((zone(at + 2), timed(hour as u8, 0, Some(pm), false))),
            (
                Class::Digits {
                    value: hour @ 1..=12,
                    ..
                },
                _,
            ) if self.any(at + 1, &["o'clock", "o’clock"]) => {
                let hour = hour as u8;
                let part = self
                    .phrase(at + 2, &["in", "the"])
                    .map(|part| (part, self.class(part)));
                Some(match part {
                    Some((
                        part,
                        Class::Part {
                            part: Part::Morning,
                            ..
                        },
                    )) => (part + 1, timed(hour, 0, Some(false), false)),
                    Some((part, Class::Part { .. })) => {
                        (part + 1, timed(hour, 0, Some(true), false))
                    }
                    _ => (zone(at + 2), timed(hour, 0, None, false)),
                })
            }
            (
                Class::Digits {
                    value: value @ 0..=2359,
                    width: 4,
                },
                _,
            ) if self.any(at + 1, ZONES) && value % 100 < 60 => Some((
                zone(at + 1),
                timed((value / 100) as u8, (value % 100) as u8, None, true),
            )),
            (
                Class::Part {
                    part: part @ (Part::Noon | Part::Midnight),
                    ..
                },
                _,
            ) => Some((zone(at + 1), Clock::Part(part))),
            (
                Class::Part {
                    part: Part::Afternoon | Part::Morning,
                    ..
                },
                _,
            ) if self.word(at).contains('-') => {
                self.part(at).map(|part| (at + 1, Clock::Part(part)))
            }
            _ => None,
        }
    }

    /// The part of the day a token names.
    fn part(&self, at: usize) -> Option<Part> {
        match self.class(at) {
            Class::Part {
                part,
                plural: false,
            } => Some(part),
            _ => None,
        }
    }

    /// A day, then maybe a part of it or a time: `Monday night`, `Friday at 5 p.m.`, `last night`.
    fn day_and_clock(&self, at: usize) -> Option<Found> {
        if let Some(part) = self.part(at + 1) {
            let shift = match self.word(at).to_ascii_lowercase().as_str() {
                "this" => Some(0),
                "last" => Some(-1),
                _ => None,
            };
            if let Some(count) = shift {
                let day = Meaning::Shift {
                    unit: Unit::Day,
                    count,
                };
                return Some(Found::time(at + 2, day, Clock::Part(part)));
            }
        }
        if let Class::Days {
            shift: 0,
            night: true,
        } = self.class(at)
        {
            let day = Meaning::Shift {
                unit: Unit::Day,
                count: 0,
            };
            return Some(Found::time(at + 1, day, Clock::Part(Part::Night)));
        }
        let day = self.day(at)?;
        if let Some(part) = self.part(day.end) {
            return Some(Found::time(day.end + 1, day.meaning, Clock::Part(part)));
        }
        let next = self.skip(self.skip(day.end, &[","]), &["at", "around", "about"]);
        Some(match self.clock(next) {
            Some((end, clock)) => Found::time(end, day.meaning, clock),
            None => day,
        })
    }

    /// One day: `May 3, 2024`, `Wednesday, Sept. 21`, `last Friday`, `yesterday`.
    fn day(&self, at: usize) -> Option<Found> {
        if let Some(end) = self.phrase(self.skip(at, &["the"]), &["day", "before", "yesterday"]) {
            return Some(Found::date(
                end,
                Meaning::Shift {
                    unit: Unit::Day,
                    count: -2,
                },
            ));
        }
        if let Some(end) = self.phrase(self.skip(at, &["the"]), &["day", "after", "tomorrow"]) {
            return Some(Found::date(
                end,
                Meaning::Shift {
                    unit: Unit::Day,
                    count: 2,
                },
            ));
        }
        match self.class(at) {
            Class::Date { year, month, day } => {
                let which = Which::Exact(year);
                Some(Found::date(at + 1, Meaning::Day { which, month, day }))
            }
            Class::Days {
                shift,
                night: false,
            } => {
                let count = shift.into();
                Some(Found::date(
                    at + 1,
                    Meaning::Shift {
                        unit: Unit::Day,
                        count,
                    },
                ))
            }
            Class::Weekday { day, plural: false } => {
                let next = self.skip(at + 1, &[","]);
                self.day_of_month(next)
                    .or_else(|| Some(self.weekday(at, day, Which::Open)))
            }
            _ => self.shifted_weekday(at).or_else(|| self.day_of_month(at)),
        }
    }

    /// `last Friday`, `next Friday`.
    fn shifted_weekday(&self, at: usize) -> Option<Found> {
        let Class::Weekday { day, plural: false } = self.class(at + 1) else {
            return None;
        };
        let which = match self.word(at).to_ascii_lowercase().as_str() {
            "last" | "past" => Which::Last,
            "next" | "coming" => Which::Next,
            "this" => Which::Shift(0),
            _ => return None,
        };
        Some(self.weekday(at + 1, day, which))
    }

    /// A weekday with `last week` behind it.
    fn weekday(&self, at: usize, day: u8, which: Which) -> Found {
        let of = self.skip(at + 1, &["of"]);
        let week = |word: &str| self.phrase(of, &[word, "week"]);
        let weeks = [("last", -1), ("this", 0), ("next", 1)];
        let shifted = weeks
            .iter()
            .find_map(|(word, shift)| week(word).map(|end| (end, Which::Shift(*shift))));
        let (end, which) = shifted.unwrap_or((at + 1, which));
        Found::date(end, Meaning::Weekday { which, day })
    }

    /// `May 3, 2024`, `3 May 2024`, `the 21st of September`.
    fn day_of_month(&self, at: usize) -> Option<Found> {
        let (end, month, day) = self.month_first(at).or_else(|| self.day_first(at))?;
        let (end, which) = self.year_behind(end);
        let leap = matches!(which, Which::Exact(_)) || month != 2;
        let year = match which {
            Which::Exact(year) => year,
            _ => 2000,
        };
        jiff::civil::Date::new(year, month as i8, day as i8)
            .ok()
            .or_else(|| {
                let known = jiff::civil::Date::new(2000, month as i8, day as i8).ok();
                known.filter(|_| !leap)
            })?;
        Some(Found::date(end, Meaning::Day { which, month, day }))
    }

    /// `Sept. 21`, `September 21st`, `September the 21st`.
    fn month_first(&self, at: usize) -> Option<(usize, u8, u8)> {
        let Class::Month { month, .. } = self.class(at) else {
            return None;
        };
        let number = self.skip(at + 1, &["the"]);
        let day = self.day_number(number, true)?;
        Some((number + 1, month, day))
    }

    /// `21 September`, `the 21st of September`.
    fn day_first(&self, at: usize) -> Option<(usize, u8, u8)> {
        let number = self.skip(at, &["the"]);
        let ordinal = matches!(self.class(number), Class::Ordinal(_));
        let day = self.day_number(number, ordinal)?;
        let next = if ordinal {
            self.skip(number + 1, &["of"])
        } else {
            number + 1
        };
        match self.class(next) {
            Class::Month { month, .. } => Some((next + 1, month, day)),
            _ => None,
        }
    }

    /// The number of a day.
    fn day_number(&self, at: usize, ordinal: bool) -> Option<u8> {
        match self.class(at) {
            Class::Digits {
                value: value @ 1..=31,
                width: 1 | 2,
            } => Some(value as u8),
            Class::Ordinal(day @ 1..=31) if ordinal => Some(day),
            _ => None,
        }
    }

    /// A year behind a day or month, with or without a comma; `this year`, `last year` too.
    fn year_behind(&self, at: usize) -> (usize, Which) {
        let next = self.skip(at, &[",", "of"]);
        let open = (at, Which::Open);
        match self.class(next) {
            Class::Digits { value, width: 4 }
                if YEARS.contains(&value) && !self.counts(next + 1) =>
            {
                (next + 1, Which::Exact(value as i16))
            }
            _ => {
                let phrases = [("last", -1), ("this", 0), ("next", 1)];
                let of = |(word, shift)| {
                    self.phrase(next, &[word, "year"])
                        .map(|end| (end, Which::Shift(shift)))
                };
                let spoken = || {
                    self.spoken_year(next)
                        .map(|(end, year)| (end, Which::Exact(year)))
                };
                phrases
                    .into_iter()
                    .find_map(of)
                    .or_else(spoken)
                    .unwrap_or(open)
            }
        }
    }

    /// A month, maybe with a year.
    fn month(&self, at: usize) -> Option<Found> {
        let (at_month, which) = match self.word(at).to_ascii_lowercase().as_str() {
            "last" | "past" => (at + 1, Which::Last),
            "next" => (at + 1, Which::Next),
            "this" => (at + 1, Which::Shift(0)),
            _ => (at, Which::Open),
        };
        if let Class::YearMonth { year, month } = self.class(at) {
            let which = Which::Exact(year);
            return Some(Found::date(at + 1, Meaning::Month { which, month }));
        }
        let Class::Month { month, sure } = self.class(at_month) else {
            return None;
        };
        let (end, year) = self.year_behind(at_month + 1);
        let known = sure || year != Which::Open || which != Which::Open || self.trusted;
        if !known && !self.after(at, BEFORE_DATES) {
            return None;
        }
        let which = if year == Which::Open { which } else { year };
        Some(Found::date(end, Meaning::Month { which, month }))
    }

    /// A year, in digits or words: `in 1988`, `the year 2000`, `fiscal 1989`, `nineteen ninety-six`.
    pub(super) fn year(&self, at: usize) -> Option<Found> {
        let the = self.skip(at, &["the"]);
        let announced = self.any(the, &["fiscal", "year", "calendar"]);
        let number = the + usize::from(announced);
        let found = |end, year| Some(Found::date(end, Meaning::Year(year)));
        let (Class::Year(year) | Class::Years(year)) = self.class(at) else {
            if (announced || the == at)
                && let Some((end, year)) = self.spoken_year(number)
            {
                return found(end, year);
            }
            let Class::Digits { value, width: 4 } = self.class(number) else {
                return None;
            };
            let year = value as i16;
            if the > at && !announced {
                let period = self.any(number + 1, &["period", "season"]);
                return if period {
                    found(number + 2, year)
                } else {
                    None
                };
            }
            let plain = MODERN.contains(&value) && !self.labelled(number);
            let told = YEARS.contains(&value) && (self.trusted || self.after(number, BEFORE_DATES));
            return if (plain || told) && !self.counts(number + 1) {
                found(number + 1, year)
            } else {
                None
            };
        };
        found(at + 1, year)
    }

    /// Whether the number at a token is part of a sum or a label: `$1990`, `No. 1990`.
    fn labelled(&self, at: usize) -> bool {
        at > 0
            && (piece(self.word(at - 1)) == Some(Piece::Currency)
                || self.after(at, &["#", "no.", "flight", "room"]))
    }

    /// Whether a number before this token counts something.
    fn counts(&self, at: usize) -> bool {
        unit::is_unit(self.word(at)) && !self.is(at, "point") || self.any(at, COUNTED)
    }

    /// `nineteen ninety-six`, `two thousand and five` behind `the year`.
    fn spoken_year(&self, at: usize) -> Option<(usize, i16)> {
        let small = |at: usize| match piece(self.word(at)) {
            Some(Piece::Small(n)) => Some(n),
            _ => None,
        };
        if self.class(at) != Class::Other {
            return None;
        }
        if let (Some(century @ 15..=20), Some(rest @ 10..=99)) = (small(at), small(at + 1)) {
            let (end, ones) = match small(at + 2) {
                Some(ones @ 1..=9) if rest >= 20 && rest % 10 == 0 => (at + 3, ones),
                _ => (at + 2, 0),
            };
            return Some((end, i16::from(century) * 100 + i16::from(rest + ones)));
        }
        let told = self.after(at, &["year", "in", "since"])
            && self.is(at, "two")
            && self.is(at + 1, "thousand");
        let written = number::simple(self.words(), at).filter(|_| told)?;
        let Amount::Exact(value) = written.amount else {
            return None;
        };
        let year = u16::try_from(value.as_whole()?)
            .ok()
            .filter(|year| YEARS.contains(year))?;
        (!self.counts(written.end)).then_some((written.end, year as i16))
    }

    /// `the late 1970s`, `the '90s`, `the 20th century`.
    fn decade_or_century(&self, at: usize) -> Option<Found> {
        let the = self.skip(at, &["the"]);
        let inner = self.skip(the, &["early", "late", "mid", "middle"]);
        let full = self.word(inner).starts_with(|c: char| c.is_ascii_digit())
            && self.word(inner).len() > 4;
        match self.class(inner) {
            Class::Decade(decade)
                if full
                    || the > at
                    || self.trusted
                    || self.after(at, &["the", "early", "late"]) =>
            {
                Some(Found::date(inner + 1, Meaning::Decade(decade)))
            }
            Class::CenturyOf(n @ 1..) => {
                Some(Found::date(inner + 1, Meaning::Century(i16::from(n) - 1)))
            }
            Class::Ordinal(n @ 1..) => match self.class(inner + 1) {
                Class::Unit {
                    unit: Unit::Century,
                    ..
                } => Some(Found::date(inner + 2, Meaning::Century(i16::from(n) - 1))),
                _ => None,
            },
            _ => None,
        }
    }

    /// `now`, `recently`, `the future`.
    fn reference(&self, at: usize) -> Option<Found> {
        if let Class::Reference(reference) = self.class(at) {
            return Some(Found::date(at + 1, Meaning::Reference(reference)));
        }
        let the = self.phrase(at, &["the"])?;
        let near = self.skip(
            the,
            &["near", "short", "foreseeable", "long", "recent", "distant"],
        );
        let is = |list: &[&str]| self.any(near, list);
        if is(&["future"]) || near > the && is(&["term"]) {
            return Some(Found::date(near + 1, Meaning::Reference(Reference::Future)));
        }
        // `in the past`, not `the past tense`
        let alone = !self.word(near + 1).starts_with(char::is_alphanumeric)
            || self.any(near + 1, AFTER_PAST);
        (is(&["past"]) && alone).then(|| Found::date(near + 1, Meaning::Reference(Reference::Past)))
    }
}
