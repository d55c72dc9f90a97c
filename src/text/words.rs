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
