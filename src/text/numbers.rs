//! Tokens that start with a digit.

use super::chars::{self, DIGIT, LETTER, is};
use super::tokenizer::{Scanner, is_upper};
use super::{TokenKind, addresses, hyphens, work};

impl Scanner<'_> {
    /// A number from its first digit on.
    pub(super) fn number(&mut self, start: usize) -> usize {
        let mut at = number_end(self, start);
        let tail = self.letters(at);
        if tail > at {
            if chars::hyphen_len(self.bytes, tail) == 0
                && is_unit(&self.text[at..tail], self.after_currency(start))
            {
                return self.push(start, at, TokenKind::Number);
            }
            at = tail;
        }
        self.number_tail(start, at)
    }

    /// Whether a currency mark stands right before a byte.
    fn after_currency(&self, at: usize) -> bool {
        chars::char_before(self.text, at).is_some_and(|c| matches!(c, '$' | '£' | '€' | '¥'))
    }

    /// What hangs on a number by hyphens or letters: `10-year-old`, but `25-34` is three tokens.
    fn number_tail(&mut self, start: usize, mut at: usize) -> usize {
        if let Some(end) = iso_date_end(self, start, at) {
            return self.push(start, end, TokenKind::Number);
        }
        let mut hyphens = false;
        loop {
            let hyphen = chars::hyphen_len(self.bytes, at);
            let after = at + hyphen;
            let letter = self.byte(after) >= 0x80 || is(self.byte(after), LETTER);
            let next = if hyphen > 0 && letter {
                self.letters(after)
            } else {
                after
            };
            if next == after {
                break;
            }
            hyphens = true;
            at = next;
        }
        if self.byte(at) == b'@'
            && let Some(end) = addresses::email_end(self, at)
        {
            return self.push(start, end, TokenKind::Word);
        }
        if hyphens && hyphens::cuts(&self.text[start..at]) {
            return self.parts(start, at);
        }
        self.push(start, at, TokenKind::Number)
    }
}

/// Units that are written onto a number: `1.13bn`, `10am`, `5km`.
///
/// A single capital is one only after a currency mark: `$5M`, but `5G` and `3M` are names.
fn is_unit(word: &str, currency: bool) -> bool {
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
fn iso_date_end(s: &Scanner<'_>, start: usize, at: usize) -> Option<usize> {
    let two =
        |at: usize| s.byte(at) == b'-' && is(s.byte(at + 1), DIGIT) && is(s.byte(at + 2), DIGIT);
    let whole = at - start == 4 && two(at) && two(at + 3) && !is(s.byte(at + 6), DIGIT | LETTER);
    (whole && s.byte(at + 6) != b'-').then_some(at + 6)
}
