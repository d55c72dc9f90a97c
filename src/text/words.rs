//! What belongs inside one word or number.

use super::abbreviations::{self, Stop};
use super::chars::{self, DIGIT, LETTER, is};
use super::tokenizer::{Scanner, is_upper};
use super::work;

/// What an apostrophe starts when it is not inside a word: `'s` `'re` `'ve` `'ll` `'d` `'m`.
pub(super) fn is_clitic(suffix: &[u8]) -> bool {
    match suffix {
        [a] => matches!(a.to_ascii_lowercase(), b's' | b'd' | b'm'),
        [a, b] => matches!(
            [a.to_ascii_lowercase(), b.to_ascii_lowercase()],
            [b'r' | b'v', b'e'] | [b'l', b'l']
        ),
        _ => false,
    }
}

/// Words that an apostrophe starts in place of lost letters: `'em`, `'til`, `'90s`.
pub(super) fn is_elision(suffix: &[u8]) -> bool {
    match suffix {
        [a, b] if is(*a, DIGIT) && is(*b, DIGIT) => true,
        [a, b, b's'] if is(*a, DIGIT) && is(*b, DIGIT) => true,
        _ => [
            &b"em"[..],
            b"til",
            b"cause",
            b"tis",
            b"twas",
            b"bout",
            b"cos",
            b"round",
        ]
        .iter()
        .any(|word| suffix.eq_ignore_ascii_case(word)),
    }
}

/// Words of two written as one, with the bytes of the first: `cannot`, and the spoken `gonna`, `gotta`, `wanna`.
pub(super) fn fused(word: &[u8]) -> Option<usize> {
    if !matches!(word.len(), 5 | 6) || !matches!(word[0] | 32, b'c' | b'g' | b'w') {
        return None;
    }
    let is = |other: &[u8]| word.eq_ignore_ascii_case(other);
    (is(b"cannot") || is(b"gonna") || is(b"gotta") || is(b"wanna")).then_some(3)
}

/// Letters before `$` in one currency mark: `US$`, `A$`, `HK$`.
pub(super) fn is_currency_prefix(word: &[u8]) -> bool {
    word.len() <= 3 && word.iter().all(u8::is_ascii_uppercase)
}

/// Units that are written onto a number: `1.13bn`, `10am`, `5km`.
///
/// A single capital is one only after a currency mark: `$5M`, but `5G` and `3M` are names.
pub(super) fn is_unit(word: &str, currency: bool) -> bool {
    const UNITS: [&str; 43] = [
        "am", "b", "bbl", "bcm", "bn", "bps", "c", "cc", "cm", "ft", "g", "gb", "gw", "gwh", "ha",
        "hp", "hz", "k", "kb", "kg", "kgs", "km", "kms", "kph", "kw", "kwh", "lb", "lbs", "m",
        "mb", "mg", "mhz", "ml", "mm", "mn", "mph", "mw", "mwh", "oz", "pm", "tb", "tn", "trn",
    ];
    let name = word.len() == 1 && is_upper(word.as_bytes()[0]) && !currency;
    !name && chars::lower(word).is_some_and(|word| word.is_in(&UNITS))
}

/// The end of the digits from a byte on, with the commas, points, colons and slashes between them.
pub(super) fn number_end(s: &Scanner<'_>, start: usize) -> usize {
    let mut at = digits_end(s, start);
    loop {
        let next = match s.byte(at) {
            b',' => {
                let end = digits_end(s, at + 1);
                // "300,000" and the Indian "1,00,000", but "[1,2]" is a list.
                let indian = end - at == 3 && s.byte(end) == b',';
                if end - at == 4 || indian { end } else { at }
            }
            b'.' | b':' | b'/' if is(s.byte(at + 1), DIGIT) => digits_end(s, at + 1),
            _ => at,
        };
        if next == at {
            return at;
        }
        at = next;
    }
}

/// The end of the digits from a byte on, in any script.
fn digits_end(s: &Scanner<'_>, start: usize) -> usize {
    let mut at = start;
    while at < s.end {
        if is(s.bytes[at], DIGIT) {
            at += 1;
            continue;
        }
        match chars::char_at(s.text, at) {
            Some(c) if !c.is_ascii() && c.is_numeric() => at += c.len_utf8(),
            _ => break,
        }
    }
    work::count(at - start);
    at
}

/// The end of a date such as `2022-09-21` whose year ends at `at`.
pub(super) fn iso_date_end(s: &Scanner<'_>, start: usize, at: usize) -> Option<usize> {
    let two =
        |at: usize| s.byte(at) == b'-' && is(s.byte(at + 1), DIGIT) && is(s.byte(at + 2), DIGIT);
    let whole = at - start == 4 && two(at) && two(at + 3) && !is(s.byte(at + 6), DIGIT | LETTER);
    (whole && s.byte(at + 6) != b'-').then_some(at + 6)
}

/// The end of single letters with stops, from the first one, whose stop is at `at`: `U.S.`, `a.m.`, `e.g.`, `J.K.`.
pub(super) fn dotted_end(s: &Scanner<'_>, start: usize, at: usize) -> Option<usize> {
    let word = &s.text[start..at];
    if word.eq_ignore_ascii_case("ph") && s.byte(at + 1) | 32 == b'd' && s.byte(at + 2) == b'.' {
        return Some(at + 3);
    }
    if word.len() != 1 {
        return None;
    }
    let mut end = at + 1;
    let mut letters = 1;
    while is(s.byte(end), LETTER) && s.byte(end + 1) == b'.' {
        end += 2;
        letters += 1;
    }
    work::count(letters);
    // "U.S" without its last stop.
    if is(s.byte(end), LETTER) && chars::word_end(s.text, end + 1, s.end) == end + 1 {
        return Some(end + 1);
    }
    (letters > 1).then_some(end)
}

/// Whether a word keeps the stop at `at`: abbreviations and initials.
pub(super) fn keeps_stop(s: &Scanner<'_>, start: usize, at: usize) -> bool {
    let next = chars::skip_blanks(s.text, at + 1, s.end);
    // "J. Smith", but "plan B." at the end of a sentence.
    if at - start == 1 && is_upper(s.bytes[start]) && next > at + 1 && next < s.end {
        return true;
    }
    let digit = next < s.end && is(s.bytes[next], DIGIT);
    match abbreviations::stop_after(&s.text[start..at], digit) {
        Stop::Ends => false,
        Stop::Never | Stop::Maybe => {
            at + 1 == s.end || !is(s.bytes[at + 1], LETTER) || is_upper(s.bytes[at + 1])
        }
    }
}

/// Whether a single quotation mark closes within the next 300 bytes, before another one opens.
pub(super) fn closes_later(s: &Scanner<'_>, from: usize) -> bool {
    let end = s.end.min(from + 300);
    for at in from..end {
        work::count(1);
        let len = chars::apostrophe_len(s.bytes, at);
        if len == 0 {
            continue;
        }
        let before = s.bytes[at - 1];
        if before == b' ' {
            return false;
        }
        if !is(s.byte(at + len), LETTER | DIGIT) {
            return true;
        }
    }
    false
}
