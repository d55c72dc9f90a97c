//! Tokens of digits that say when: years, decades, dates, times of day.

use super::word::{Class, Unit};
use crate::annotation::values::words;

/// Years that are written without any word that says they are years.
pub(super) const YEARS: std::ops::RangeInclusive<u16> = 1000..=2199;

/// The class of a token that starts with a digit.
pub(super) fn figures(word: &str) -> Class {
    let end = word
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(word.len());
    let (digits, rest) = word.split_at(end);
    let Some(value) = digits.parse::<u16>().ok().filter(|_| digits.len() <= 4) else {
        return Class::Other;
    };
    let width = digits.len() as u8;
    let found = match rest {
        "" => Some(Class::Digits { value, width }),
        "s" | "'s" | "’s" => decade(value, width),
        "st" | "nd" | "rd" | "th" => u8::try_from(value).ok().map(Class::Ordinal),
        _ if rest.starts_with([':', '.', 'a', 'p', 'A', 'P']) => clock(value, rest),
        _ if rest.starts_with('/') => slashed(value, rest),
        _ => joined(value, width, rest),
    };
    found.unwrap_or(Class::Other)
}

/// `1990s` is 199, `90s` is 199 too.
fn decade(value: u16, width: u8) -> Option<Class> {
    match width {
        4 if YEARS.contains(&value) && value.is_multiple_of(10) => {
            Some(Class::Decade((value / 10) as i16))
        }
        2 if value.is_multiple_of(10) && value >= 20 => {
            Some(Class::Decade((190 + value / 10) as i16))
        }
        _ => None,
    }
}

/// `'90s`, with any apostrophe.
pub(super) fn short_decade(word: &str) -> Class {
    let rest = word.trim_start_matches(['\'', '’', '‘']);
    match rest.as_bytes() {
        [tens @ b'2'..=b'9', b'0', b's'] if rest.len() < word.len() => {
            Class::Decade(190 + i16::from(tens - b'0'))
        }
        _ => Class::Other,
    }
}

/// `10:30`, `10.30pm`, `5pm`, `10:30am`.
fn clock(hour: u16, rest: &str) -> Option<Class> {
    let (minute, suffix) = if let Some(after) = rest.strip_prefix([':', '.']) {
        let digits = after.get(..2)?;
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        (digits.parse::<u8>().ok()?, &after[2..])
    } else {
        (0, rest)
    };
    let hour = u8::try_from(hour).ok()?;
    let (hour, meridiem) = match words::lowered(suffix, |s| Some(s.replace('.', ""))).as_deref() {
        Some("") if rest.starts_with(':') => (hour, false),
        Some("am") if (1..=12).contains(&hour) => (hour % 12, true),
        Some("pm") if (1..=12).contains(&hour) => (hour % 12 + 12, true),
        _ => return None,
    };
    (hour < 25 && minute < 60).then_some(Class::Clock {
        hour,
        minute,
        meridiem,
    })
}

/// `5/3/2024`, American order unless the first number cannot be a month.
fn slashed(first: u16, rest: &str) -> Option<Class> {
    let (second, year) = rest[1..].split_once('/')?;
    let second = second.parse::<u8>().ok()?;
    let first = u8::try_from(first).ok()?;
    let year = match year.len() {
        4 => year.parse::<i16>().ok()?,
        2 => century_of(year.parse::<i16>().ok()?),
        _ => return None,
    };
    let (month, day) = if first > 12 {
        (second, first)
    } else {
        (first, second)
    };
    date(year, month, day)
}

/// Two-digit years: up to 50 in this century.
const fn century_of(year: i16) -> i16 {
    if year < 50 { 2000 + year } else { 1900 + year }
}

/// `2024-05-03`, `2024-05`, `2023-24`, `1914-1918`, `10-year`, `19th-century`.
fn joined(value: u16, width: u8, rest: &str) -> Option<Class> {
    if let Some(unit) = rest.strip_prefix("th").or_else(|| rest.strip_prefix("st")) {
        let unit = unit.trim_start_matches(words::is_hyphen);
        let n = u8::try_from(value).ok()?;
        return unit
            .eq_ignore_ascii_case("century")
            .then_some(Class::CenturyOf(n));
    }
    let (_, tail) = words::cut_hyphen(rest).filter(|(before, _)| before.is_empty())?;
    if let Some(length) = length(value, tail) {
        return Some(length);
    }
    if width != 4 || !YEARS.contains(&value) {
        return None;
    }
    let year = i16::try_from(value).ok()?;
    if let Some((month, day)) = words::cut_hyphen(tail) {
        return date(year, month.parse().ok()?, day.parse().ok()?);
    }
    let second: u16 = tail.parse().ok()?;
    match (tail.len(), second) {
        (2, _) if second == (value + 1) % 100 => Some(Class::Years(year)),
        (2, 1..=12) => Some(Class::YearMonth {
            year,
            month: second as u8,
        }),
        (2, _) if second > value % 100 => Some(Class::Years(year)),
        (4, _) if second > value && YEARS.contains(&second) => Some(Class::Years(year)),
        _ => None,
    }
}

/// A unit behind a number; ages (`16-year-old`) are no times.
fn length(count: u16, tail: &str) -> Option<Class> {
    let (unit, rest) = words::cut_hyphen(tail).unwrap_or((tail, ""));
    let unit = match unit {
        "second" => Unit::Second,
        "minute" => Unit::Minute,
        "hour" => Unit::Hour,
        "day" => Unit::Day,
        "night" => Unit::Night,
        "week" => Unit::Week,
        "month" | "months" => Unit::Month,
        "year" | "years" => Unit::Year,
        "decade" => Unit::Decade,
        _ => return None,
    };
    matches!(rest, "" | "long").then_some(Class::Length { count, unit })
}

/// A date that the calendar has.
fn date(year: i16, month: u8, day: u8) -> Option<Class> {
    jiff::civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some(Class::Date { year, month, day })
}
