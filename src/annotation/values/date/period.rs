//! Quarters, seasons, and units pointed at: `last year`, `the current quarter`, `the end of the month`.

use super::Kind;
use super::meaning::{Clock, Meaning, Which};
use super::reader::{Found, Reader};
use super::word::{Class, Season, Unit};

/// Words that point at a unit, with how many units away it is.
pub(super) const POINTERS: &[(&str, i32)] = &[
    ("this", 0),
    ("current", 0),
    ("same", 0),
    ("that", 0),
    ("entire", 0),
    ("whole", 0),
    ("full", 0),
    ("last", -1),
    ("past", -1),
    ("previous", -1),
    ("preceding", -1),
    ("prior", -1),
    ("latest", -1),
    ("next", 1),
    ("coming", 1),
    ("following", 1),
    ("upcoming", 1),
];

/// Words between a pointer and its unit.
pub(super) const KINDS_OF_YEAR: &[&str] = &[
    "fiscal",
    "calendar",
    "financial",
    "academic",
    "school",
    "full",
    "business",
];

/// Parts of a stretch of time.
pub(super) const EDGES: &[&str] = &[
    "end",
    "beginning",
    "start",
    "middle",
    "close",
    "rest",
    "remainder",
    "turn",
    "dawn",
    "eve",
    "half",
];

/// Words before a season without article.
const BEFORE_SEASONS: &[&str] = &[
    "in", "by", "since", "during", "until", "through", "of", "early", "late",
];

/// Owners of a quarter: `its third quarter`.
pub(super) const OWNERS: &[&str] = &["the", "its", "their", "our", "his", "her"];

impl Reader<'_> {
    /// `the end of the year`, `the first half of 2023`, `year's end`.
    pub(super) fn edge(&self, at: usize) -> Option<Found> {
        if let Class::Unit {
            unit: unit @ (Unit::Year | Unit::Month),
            plural: false,
        } = self.class(at)
        {
            let clitic = self.skip(at + 1, &["'s", "’s"]);
            if clitic > at + 1 && self.any(clitic, &["end", "beginning", "start"]) {
                return Some(Found::date(clitic + 1, Meaning::Shift { unit, count: 0 }));
            }
        }
        let the = self.skip(at, &["the"]);
        let very = self.skip(the, &["very", "first", "second", "early", "latter"]);
        let noun = self.skip(very, EDGES);
        if noun == very {
            return None;
        }
        let of = self.skip(noun, &["of"]);
        if of == noun {
            return None;
        }
        let whole = self.core(of)?;
        (whole.kind == Kind::Date && !matches!(whole.meaning, Meaning::Reference(_)))
            .then_some(whole)
    }

    /// `the third quarter of 2022`, `next year's first quarter`, `third-quarter`, `the year-ago period`.
    pub(super) fn quarter(&self, at: usize) -> Option<Found> {
        if let Class::QuarterOf(quarter) = self.class(at) {
            let which = Which::Open;
            return Some(Found::date(at + 1, Meaning::Quarter { which, quarter }));
        }
        if let Some((end, shift)) = self.possessive_year(at) {
            return self.ordinal_quarter(end, Which::Shift(shift));
        }
        let owner = self.skip(at, OWNERS);
        let comparable = self.skip(owner, &["comparable", "corresponding"]);
        if self.class(comparable) == Class::YearAgo {
            return Some(self.year_ago(comparable));
        }
        let (year, which) = match self.class(owner) {
            Class::Digits {
                value: value @ 1900..=2100,
                width: 4,
            } => (owner + 1, Which::Exact(value as i16)),
            _ => (owner, Which::Open),
        };
        self.ordinal_quarter(year, which)
    }

    /// `this year's`, `last year's`.
    fn possessive_year(&self, at: usize) -> Option<(usize, i8)> {
        let shift = match self.word(at).to_ascii_lowercase().as_str() {
            "this" => 0,
            "last" => -1,
            "next" => 1,
            _ => return None,
        };
        let clitic = self.phrase(at + 1, &["year"])?;
        self.any(clitic, &["'s", "’s"])
            .then_some((clitic + 1, shift))
    }

    /// `third quarter`, `fiscal first quarter of 2022`, `fourth quarters`.
    fn ordinal_quarter(&self, at: usize, which: Which) -> Option<Found> {
        let number = self.skip(at, KINDS_OF_YEAR);
        let Class::Ordinal(quarter @ 1..=4) = self.class(number) else {
            return None;
        };
        let unit = self.skip(number + 1, KINDS_OF_YEAR);
        let Class::Unit {
            unit: Unit::Quarter,
            ..
        } = self.class(unit)
        else {
            return None;
        };
        let end = unit + 1;
        let of = self.skip(self.skip(end, &["of", ","]), KINDS_OF_YEAR);
        let (end, which) = match self.class(of) {
            Class::Digits {
                value: value @ 1900..=2100,
                width: 4,
            } => (of + 1, Which::Exact(value as i16)),
            _ => self
                .pointed_year(end)
                .map_or((end, which), |(end, shift)| (end, Which::Shift(shift))),
        };
        Some(Found::date(end, Meaning::Quarter { which, quarter }))
    }

    /// `of last year`, `this year` behind a quarter or season.
    fn pointed_year(&self, at: usize) -> Option<(usize, i8)> {
        let of = self.skip(at, &["of"]);
        let years = [("last", -1), ("this", 0), ("next", 1)];
        years
            .into_iter()
            .find_map(|(word, shift)| self.phrase(of, &[word, "year"]).map(|end| (end, shift)))
    }

    /// `year-ago`, `year-earlier third quarter`, `year-ago period`.
    fn year_ago(&self, at: usize) -> Found {
        let which = Which::Shift(-1);
        if let Some(found) = self.ordinal_quarter(at + 1, which) {
            return found;
        }
        match self.class(at + 1) {
            Class::Unit {
                unit: Unit::Quarter | Unit::Period | Unit::Month,
                ..
            } => {
                let year = Meaning::Shift {
                    unit: Unit::Year,
                    count: -1,
                };
                Found::date(at + 2, year)
            }
            _ => self.length(at + 1).unwrap_or_else(|| {
                Found::date(
                    at + 1,
                    Meaning::Shift {
                        unit: Unit::Year,
                        count: -1,
                    },
                )
            }),
        }
    }

    /// `last summer`, `the winter of 2019`, `summer 2022`, `in autumn`.
    pub(super) fn season(&self, at: usize) -> Option<Found> {
        let the = self.skip(at, &["the"]);
        let pointer = self.word(the).to_ascii_lowercase();
        let (noun, which) = match pointer.as_str() {
            "last" | "past" => (the + 1, Which::Last),
            "next" | "coming" => (the + 1, Which::Next),
            "this" => (the + 1, Which::Shift(0)),
            "that" => (the + 1, Which::Open),
            _ => (the, Which::Open),
        };
        let Class::Season(season) = self.class(noun) else {
            return None;
        };
        let of = self.skip(noun + 1, &["of", ","]);
        let (end, year) = match self.class(of) {
            Class::Digits {
                value: value @ 1900..=2100,
                width: 4,
            } => (of + 1, Which::Exact(value as i16)),
            _ => match (
                self.pointed_year(noun + 1),
                self.year(of).filter(|_| of > noun + 1),
            ) {
                (Some((end, shift)), _) => (end, Which::Shift(shift)),
                (
                    None,
                    Some(Found {
                        end,
                        meaning: Meaning::Year(year),
                        ..
                    }),
                ) => (end, Which::Exact(year)),
                _ => (noun + 1, which),
            },
        };
        // `a fall in prices`, `spring water` are none
        let clear = matches!(season, Season::Summer | Season::Winter | Season::Autumn)
            && !self.is(noun, "fall");
        let placed = noun > at && (clear || noun > the) || end > noun + 1 || self.trusted;
        let told = placed || self.after(at, BEFORE_SEASONS) && (clear || self.is(noun, "spring"));
        told.then(|| {
            Found::date(
                end,
                Meaning::Season {
                    which: year,
                    season,
                },
            )
        })
    }

    /// A unit that is pointed at: `last week`, `the current fiscal year`, `the weekend`, `that night`.
    pub(super) fn period(&self, at: usize) -> Option<Found> {
        let the = self.skip(at, &["the"]);
        let pointer = POINTERS.iter().find(|(word, _)| self.is(the, word));
        let mut noun = the + usize::from(pointer.is_some());
        noun = self.skip(noun, KINDS_OF_YEAR);
        let Class::Unit {
            unit,
            plural: false,
        } = self.class(noun)
        else {
            return self.pointed_part(the, noun, pointer.is_some());
        };
        let end = noun + 1;
        let meaning = match pointer {
            Some(&(word, count)) => pointed(word, unit, count),
            None if the > at => self.with_article(noun, unit)?,
            None if self.word(noun).contains('-') || self.is(noun, "midyear") => {
                Meaning::Shift { unit, count: 0 }
            }
            None => return None,
        };
        let end = match unit {
            // `the quarter a year ago`
            Unit::Quarter => self.phrase(end, &["a", "year", "ago"]).unwrap_or(end),
            _ => end,
        };
        (unit != Unit::Minute || pointer.is_some()).then(|| Found::date(end, meaning))
    }

    /// `the year`, `the weekend`; `the day` and `the hour` say nothing.
    fn with_article(&self, noun: usize, unit: Unit) -> Option<Meaning> {
        let fiscal = self.any(noun - 1, KINDS_OF_YEAR);
        match unit {
            Unit::Year | Unit::Month | Unit::Week | Unit::Decade | Unit::Century => {
                Some(Meaning::Shift { unit, count: 0 })
            }
            Unit::Quarter | Unit::Weekend => Some(Meaning::Latest(unit)),
            _ if fiscal => Some(Meaning::Shift { unit, count: 0 }),
            _ => None,
        }
    }

    /// `that night`, `the same evening`.
    fn pointed_part(&self, pointer: usize, noun: usize, pointed: bool) -> Option<Found> {
        let Class::Part {
            part,
            plural: false,
        } = self.class(noun)
        else {
            return None;
        };
        let told = pointed && self.any(pointer, &["that", "same", "next", "following", "previous"]);
        told.then(|| Found::time(noun + 1, Meaning::Unknown, Clock::Part(part)))
    }

    /// `every Thursday`, `each July`, `every two weeks`, `Mondays`, `Tuesday nights`.
    pub(super) fn every(&self, at: usize) -> Option<Found> {
        let set = |end, meaning| Found::of_kind(end, Kind::Set, meaning);
        if let Class::Weekday { day, plural } = self.class(at) {
            let (end, nights) = match self.class(at + 1) {
                Class::Part { part, plural: true } => (at + 2, Some(Clock::Part(part))),
                _ => (at + 1, None),
            };
            let found = Found {
                clock: nights,
                ..set(end, Meaning::EveryWeekday(day))
            };
            return (plural || nights.is_some()).then_some(found);
        }
        if !self.any(at, &["every", "each"]) {
            return None;
        }
        let next = self.skip(at + 1, &["other", "single"]);
        match self.class(next) {
            Class::Weekday { day, plural: false } => {
                Some(set(next + 1, Meaning::EveryWeekday(day)))
            }
            Class::Month { month, .. } => Some(set(next + 1, Meaning::EveryMonth(month))),
            Class::Season(season) => Some(set(next + 1, Meaning::EverySeason(season))),
            Class::Part {
                part,
                plural: false,
            } => {
                let clock = Some(Clock::Part(part));
                Some(Found {
                    clock,
                    ..set(next + 1, Meaning::Unknown)
                })
            }
            Class::Unit {
                unit,
                plural: false,
            } => {
                let count = Some(1 + i64::from(self.is(at + 1, "other")));
                let count = count.map(crate::annotation::values::decimal::Decimal::whole);
                Some(set(next + 1, Meaning::Every { count, unit }))
            }
            _ => {
                let of = self.skip(next, &["of"]);
                let found = self.length(of)?;
                let meaning = match found.meaning {
                    Meaning::Length { count, unit } => Meaning::Every { count, unit },
                    _ => return None,
                };
                Some(set(found.end, meaning))
            }
        }
    }
}

/// The unit a word points at.
fn pointed(word: &str, unit: Unit, count: i32) -> Meaning {
    match (word, unit) {
        ("latest", Unit::Quarter) => Meaning::Latest(unit),
        (_, Unit::Period | Unit::Hour | Unit::Minute | Unit::Second) => Meaning::Unknown,
        // `that day`, `the following week`: of the story, not of the day of writing
        ("that" | "same" | "following" | "previous" | "preceding" | "next", Unit::Day) => {
            Meaning::Unknown
        }
        _ => Meaning::Shift { unit, count },
    }
}
