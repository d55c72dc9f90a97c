//! What single tokens say about time.

use std::sync::LazyLock;

use crate::annotation::values::words::{self, ORDINALS, Table};

/// Spans of time that are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Night,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    /// `period`, `season`, `term`: a time of no fixed length.
    Period,
}

/// Parts of a day, with the codes of TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Morning,
    Noon,
    Afternoon,
    Evening,
    Night,
    Midnight,
}

/// Seasons, with the codes of TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// Somewhere in time, seen from the time of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reference {
    Past,
    Present,
    Future,
}

/// What a token can be in an expression of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Nothing of its own.
    Other,
    /// A whole number of at most four digits, with how many digits were written.
    Digits { value: u16, width: u8 },
    /// `first`, `20th`.
    Ordinal(u8),
    /// A month; `sure` unless the word also means something else (`May`, `Mar`).
    Month { month: u8, sure: bool },
    /// A day of the week, Monday is 1.
    Weekday { day: u8, plural: bool },
    /// A unit.
    Unit { unit: Unit, plural: bool },
    /// A part of the day.
    Part { part: Part, plural: bool },
    /// A season.
    Season(Season),
    /// `1990s` (199), `'90s`.
    Decade(i16),
    /// A whole date in one token: `2024-05-03`.
    Date { year: i16, month: u8, day: u8 },
    /// `2024-05`.
    YearMonth { year: i16, month: u8 },
    /// Two years in one token: `2023-24`, `1914-1918`; the value is the first.
    Years(i16),
    /// `10:30`, `5pm`; `meridiem` where the token tells.
    Clock {
        hour: u8,
        minute: u8,
        meridiem: bool,
    },
    /// `a.m.`, `p.m.`.
    Meridiem { pm: bool },
    /// `today`, `yesterday`: days from the day of writing.
    Days { shift: i8, night: bool },
    /// `now`, `recently`.
    Reference(Reference),
    /// A cardinal with a unit: `two-day`, `10-year`.
    Length { count: u16, unit: Unit },
    /// `several-year`, `decades-long`.
    VagueLength(Unit),
    /// `third-quarter`.
    QuarterOf(u8),
    /// `year-ago`, `year-earlier`.
    YearAgo,
    /// `mid-1996`.
    Year(i16),
    /// `19th-century`.
    CenturyOf(u8),
}

/// Months and their abbreviations; `false` for words that mean something else as well.
const MONTHS: &[(&str, u8, bool)] = &[
    ("january", 1, true),
    ("jan", 1, false),
    ("jan.", 1, true),
    ("february", 2, true),
    ("feb", 2, true),
    ("feb.", 2, true),
    ("march", 3, false),
    ("mar", 3, false),
    ("mar.", 3, true),
    ("april", 4, true),
    ("apr", 4, true),
    ("apr.", 4, true),
    ("may", 5, false),
    ("june", 6, true),
    ("jun", 6, false),
    ("jun.", 6, true),
    ("july", 7, true),
    ("jul", 7, true),
    ("jul.", 7, true),
    ("august", 8, true),
    ("aug", 8, true),
    ("aug.", 8, true),
    ("september", 9, true),
    ("sep", 9, true),
    ("sep.", 9, true),
    ("sept", 9, true),
    ("sept.", 9, true),
    ("october", 10, true),
    ("oct", 10, true),
    ("oct.", 10, true),
    ("november", 11, true),
    ("nov", 11, true),
    ("nov.", 11, true),
    ("december", 12, true),
    ("dec", 12, false),
    ("dec.", 12, true),
];

/// Days of the week; short forms need their full stop (`Sun` is a newspaper).
const WEEKDAYS: &[(&str, u8)] = &[
    ("monday", 1),
    ("mon.", 1),
    ("tuesday", 2),
    ("tue.", 2),
    ("tues.", 2),
    ("wednesday", 3),
    ("wed.", 3),
    ("thursday", 4),
    ("thu.", 4),
    ("thur.", 4),
    ("thurs.", 4),
    ("friday", 5),
    ("fri.", 5),
    ("saturday", 6),
    ("sat.", 6),
    ("sunday", 7),
    ("sun.", 7),
];

const UNITS: &[(&str, Unit)] = &[
    ("minute", Unit::Minute),
    ("hour", Unit::Hour),
    ("day", Unit::Day),
    ("weekend", Unit::Weekend),
    ("week", Unit::Week),
    ("fortnight", Unit::Fortnight),
    ("month", Unit::Month),
    ("quarter", Unit::Quarter),
    ("year", Unit::Year),
    ("decade", Unit::Decade),
    ("century", Unit::Century),
    ("period", Unit::Period),
];

const UNIT_PLURALS: &[(&str, Unit)] = &[
    ("seconds", Unit::Second),
    ("minutes", Unit::Minute),
    ("hours", Unit::Hour),
    ("days", Unit::Day),
    ("nights", Unit::Night),
    ("weekends", Unit::Weekend),
    ("weeks", Unit::Week),
    ("fortnights", Unit::Fortnight),
    ("months", Unit::Month),
    ("quarters", Unit::Quarter),
    ("years", Unit::Year),
    ("decades", Unit::Decade),
    ("centuries", Unit::Century),
];

const PARTS: &[(&str, Part)] = &[
    ("morning", Part::Morning),
    ("noon", Part::Noon),
    ("midday", Part::Noon),
    ("lunchtime", Part::Noon),
    ("afternoon", Part::Afternoon),
    ("mid-afternoon", Part::Afternoon),
    ("mid-morning", Part::Morning),
    ("evening", Part::Evening),
    ("night", Part::Night),
    ("midnight", Part::Midnight),
    ("dawn", Part::Morning),
    ("dusk", Part::Evening),
];

const SEASONS: &[(&str, Season)] = &[
    ("spring", Season::Spring),
    ("summer", Season::Summer),
    ("summers", Season::Summer),
    ("autumn", Season::Autumn),
    ("fall", Season::Autumn),
    ("winter", Season::Winter),
    ("winters", Season::Winter),
];

const REFERENCES: &[(&str, Reference)] = &[
    ("now", Reference::Present),
    ("currently", Reference::Present),
    ("nowadays", Reference::Present),
    ("recently", Reference::Past),
    ("formerly", Reference::Past),
    ("soon", Reference::Future),
];

const DECADES: &[(&str, i16)] = &[
    ("twenties", 192),
    ("thirties", 193),
    ("forties", 194),
    ("fifties", 195),
    ("sixties", 196),
    ("seventies", 197),
    ("eighties", 198),
    ("nineties", 199),
];

static CLASSES: Table<Class> = LazyLock::new(|| {
    let mut table = rustc_hash::FxHashMap::default();
    table.extend(ORDINALS.iter().map(|&(word, n)| (word, Class::Ordinal(n))));
    table.extend(
        MONTHS
            .iter()
            .map(|&(word, month, sure)| (word, Class::Month { month, sure })),
    );
    table.extend(
        WEEKDAYS
            .iter()
            .map(|&(word, day)| (word, Class::Weekday { day, plural: false })),
    );
    let plural = false;
    table.extend(
        UNITS
            .iter()
            .map(|&(word, unit)| (word, Class::Unit { unit, plural })),
    );
    let plural = true;
    table.extend(
        UNIT_PLURALS
            .iter()
            .map(|&(word, unit)| (word, Class::Unit { unit, plural })),
    );
    table.extend(PARTS.iter().map(|&(word, part)| {
        (
            word,
            Class::Part {
                part,
                plural: false,
            },
        )
    }));
    table.extend(
        SEASONS
            .iter()
            .map(|&(word, season)| (word, Class::Season(season))),
    );
    table.extend(
        REFERENCES
            .iter()
            .map(|&(word, reference)| (word, Class::Reference(reference))),
    );
    table.extend(
        DECADES
            .iter()
            .map(|&(word, decade)| (word, Class::Decade(decade))),
    );
    let days = |shift, night| Class::Days { shift, night };
    let meridiem = |pm| Class::Meridiem { pm };
    table.extend([
        ("today", days(0, false)),
        ("tonight", days(0, true)),
        ("yesterday", days(-1, false)),
        ("tomorrow", days(1, false)),
        ("a.m.", meridiem(false)),
        ("a.m", meridiem(false)),
        ("am", meridiem(false)),
        ("p.m.", meridiem(true)),
        ("p.m", meridiem(true)),
        ("pm", meridiem(true)),
        ("year-ago", Class::YearAgo),
        ("year-earlier", Class::YearAgo),
        (
            "evenings",
            Class::Part {
                part: Part::Evening,
                plural: true,
            },
        ),
        (
            "mornings",
            Class::Part {
                part: Part::Morning,
                plural: true,
            },
        ),
        (
            "afternoons",
            Class::Part {
                part: Part::Afternoon,
                plural: true,
            },
        ),
        (
            "year-end",
            Class::Unit {
                unit: Unit::Year,
                plural: false,
            },
        ),
        (
            "midyear",
            Class::Unit {
                unit: Unit::Year,
                plural: false,
            },
        ),
    ]);
    table
});

/// What a token says about time.
pub(super) fn classify(word: &str) -> Class {
    let Some(first) = word.chars().next() else {
        return Class::Other;
    };
    if first.is_ascii_digit() {
        return super::figures::figures(word);
    }
    if !first.is_ascii_alphabetic() {
        return super::figures::short_decade(word);
    }
    match lookup(word) {
        Some(Class::Month { .. } | Class::Weekday { .. }) if !first.is_ascii_uppercase() => {
            Class::Other
        }
        Some(found) => found,
        None => plural_weekday(word)
            .or_else(|| hyphenated(word))
            .unwrap_or(Class::Other),
    }
}

/// The entry of the table.
fn lookup(word: &str) -> Option<Class> {
    words::lowered(word, |lower| CLASSES.get(lower).copied())
}

/// `Mondays`.
fn plural_weekday(word: &str) -> Option<Class> {
    let day = word
        .strip_suffix("days")
        .filter(|_| word.starts_with(char::is_uppercase))?;
    let full = WEEKDAYS.iter().find(|(name, _)| {
        name.strip_suffix("day")
            .is_some_and(|stem| stem.eq_ignore_ascii_case(day))
    })?;
    Some(Class::Weekday {
        day: full.1,
        plural: true,
    })
}

/// `two-day`, `third-quarter`, `mid-November`, `several-year`.
fn hyphenated(word: &str) -> Option<Class> {
    let (head, tail) = words::cut_hyphen(word)?;
    if head.eq_ignore_ascii_case("mid") {
        return match classify_once(tail)? {
            Class::Digits { value, width: 4 } => Some(Class::Year(value as i16)),
            Class::Month { month, .. } => Some(Class::Month { month, sure: true }),
            found @ (Class::Decade(_) | Class::Unit { .. }) => Some(found),
            _ => None,
        };
    }
    let (tail, rest) = words::cut_hyphen(tail).unwrap_or((tail, ""));
    let fits = matches!(rest, "" | "long");
    match (lookup(head), lookup(tail)) {
        (
            Some(Class::Ordinal(n @ 1..=4)),
            Some(Class::Unit {
                unit: Unit::Quarter,
                ..
            }),
        ) if rest.is_empty() => Some(Class::QuarterOf(n)),
        (
            Some(Class::Ordinal(n)),
            Some(Class::Unit {
                unit: Unit::Century,
                ..
            }),
        ) => Some(Class::CenturyOf(n)),
        (Some(Class::Ordinal(n)), Some(Class::Ordinal(m))) if n >= 20 && m < 10 => {
            Some(Class::Ordinal(n + m))
        }
        (_, Some(Class::Ordinal(m))) if m < 10 && rest.is_empty() => {
            let tens = words::entry(words::CARDINALS, head).filter(|n| *n == 20 || *n == 30)?;
            Some(Class::Ordinal(tens + m))
        }
        (_, Some(Class::Unit { unit, .. })) if fits && unit != Unit::Period => {
            if let Some(count) = words::entry(words::CARDINALS, head) {
                return Some(Class::Length {
                    count: count.into(),
                    unit,
                });
            }
            let vague = words::is_one_of(&["several", "multi", "many"], head);
            vague.then_some(Class::VagueLength(unit))
        }
        (Some(Class::Unit { unit, plural: true }), _) if tail.eq_ignore_ascii_case("long") => {
            Some(Class::VagueLength(unit))
        }
        _ => None,
    }
}

/// The class of a part without hyphens.
fn classify_once(part: &str) -> Option<Class> {
    let digits = part.starts_with(|c: char| c.is_ascii_digit());
    if digits {
        Some(super::figures::figures(part))
    } else {
        lookup(part)
    }
}
