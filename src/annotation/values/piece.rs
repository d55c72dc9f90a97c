//! What one token contributes to a written number.

use std::sync::LazyLock;

use super::decimal::Decimal;
use super::unit;
use super::words::{self, CARDINALS, COLLECTIVES, FRACTIONS, SCALES, Table, VULGAR};

/// A token inside a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Piece {
    /// Digits, with a scale of their own where `scaled` (`1.13bn`).
    Digits { value: Decimal, scaled: bool },
    /// A word below one hundred, `twenty-five` included.
    Small(u8),
    /// A power of ten.
    Scale(u32),
    /// Twelve.
    Dozen,
    /// `half`, `third`: one part of so many; `plural` for `thirds`.
    Part { of: u8, plural: bool },
    /// `two-thirds`, `half-million`, `½`: a value of its own that may take a scale.
    Value(Decimal),
    /// `25-34`.
    Range(Decimal, Decimal),
    /// `16-year-old`, `$10-million`: a number glued to its unit.
    Measured(Decimal),
    /// `dozens`, `millions`.
    Collective,
    /// `a`, `an`.
    Article,
    /// `and`.
    And,
    /// A currency sign or code.
    Currency,
    /// `minus`.
    Minus,
}

static PIECES: Table<Piece> = LazyLock::new(|| {
    let mut table = rustc_hash::FxHashMap::default();
    table.extend(CARDINALS.iter().map(|&(word, n)| (word, Piece::Small(n))));
    table.extend(
        SCALES
            .iter()
            .map(|&(word, power)| (word, Piece::Scale(power))),
    );
    table.extend(COLLECTIVES.iter().map(|&word| (word, Piece::Collective)));
    table.extend(FRACTIONS.iter().map(|&(word, of)| {
        let plural = word.ends_with('s');
        (word, Piece::Part { of, plural })
    }));
    table.extend([
        ("dozen", Piece::Dozen),
        ("a", Piece::Article),
        ("an", Piece::Article),
        ("and", Piece::And),
        ("minus", Piece::Minus),
    ]);
    table
});

/// What a token is in a number, if anything.
pub(super) fn piece(word: &str) -> Option<Piece> {
    let first = word.chars().next()?;
    if first.is_ascii_digit() || first == '.' || words::is_hyphen(first) {
        return digits(word);
    }
    if unit::is_currency(word) {
        return Some(Piece::Currency);
    }
    if first.is_ascii_alphabetic() {
        if let Some(found) = words::lowered(word, |lower| PIECES.get(lower).copied()) {
            return Some(found);
        }
        return glued_currency(word).or_else(|| hyphenated(word));
    }
    vulgar(first)
        .filter(|_| word.chars().nth(1).is_none())
        .map(Piece::Value)
        .or_else(|| glued_currency(word))
}

/// `$1.13bn`, `US$5`: digits behind a currency sign in the same token.
fn glued_currency(word: &str) -> Option<Piece> {
    let at = word.find(|c: char| c.is_ascii_digit())?;
    unit::is_currency(&word[..at]).then(|| digits(&word[at..]))?
}

/// `twenty-five`, `two-thirds`, `half-million`, `three-year`.
fn hyphenated(word: &str) -> Option<Piece> {
    let (head, tail) = words::cut_hyphen(word)?;
    let lookup = |part: &str| words::lowered(part, |lower| PIECES.get(lower).copied());
    if words::lowered(head, |lower| (lower == "minus").then_some(())).is_some() {
        return match digits(tail)? {
            Piece::Digits { value, scaled } => {
                let value = value.negated();
                Some(Piece::Digits { value, scaled })
            }
            _ => None,
        };
    }
    match (lookup(head)?, lookup(tail)) {
        (Piece::Small(n), Some(Piece::Small(m))) if tens_and_unit(n, m) => {
            Some(Piece::Small(n + m))
        }
        (Piece::Small(n), Some(Piece::Part { of, plural })) if plural == (n > 1) => {
            Decimal::ratio(n.into(), of.into()).map(Piece::Value)
        }
        (Piece::Small(n), Some(Piece::Small(m))) if n < m => Some(Piece::Range(
            Decimal::whole(n.into()),
            Decimal::whole(m.into()),
        )),
        (Piece::Part { of: 2, .. }, Some(Piece::Scale(power))) => {
            let value = Decimal::power_of_ten(power)?.times(Decimal::ratio(1, 2)?)?;
            Some(Piece::Value(value))
        }
        (Piece::Small(n), _) if unit::is_unit(tail) => {
            Some(Piece::Measured(Decimal::whole(n.into())))
        }
        (Piece::Small(n), _) => {
            let (ones, rest) = words::cut_hyphen(tail)?;
            match lookup(ones)? {
                Piece::Small(m) if tens_and_unit(n, m) && unit::is_unit(rest) => {
                    Some(Piece::Measured(Decimal::whole(i64::from(n + m))))
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether `twenty` and `five` make one number.
pub(super) const fn tens_and_unit(tens: u8, ones: u8) -> bool {
    tens >= 20 && tens.is_multiple_of(10) && ones > 0 && ones < 10
}

/// A token that starts with a digit, a point or a sign.
fn digits(word: &str) -> Option<Piece> {
    let unsigned = word.trim_start_matches(words::is_hyphen);
    if unsigned.len() < word.len() {
        let value = match digits(unsigned)? {
            Piece::Digits {
                value,
                scaled: false,
            } if word.chars().filter(|&c| words::is_hyphen(c)).count() == 1 => value,
            _ => return None,
        };
        return Some(Piece::Digits {
            value: value.negated(),
            scaled: false,
        });
    }
    let (value, rest) = leading(word)?;
    let plain = |value| Piece::Digits {
        value,
        scaled: false,
    };
    if rest.is_empty() {
        return Some(plain(value));
    }
    if let Some(power) = words::entry(SCALES, rest) {
        let value = value.times(Decimal::power_of_ten(power)?)?;
        return Some(Piece::Digits {
            value,
            scaled: true,
        });
    }
    if let Some((_, tail)) = words::cut_hyphen(rest).filter(|(before, _)| before.is_empty()) {
        return hyphen_after_digits(value, tail);
    }
    if let Some(below) = rest.strip_prefix('/') {
        return fraction(value, below).map(Piece::Value);
    }
    let mut chars = rest.chars();
    if let (Some(part), None) = (chars.next().and_then(vulgar), chars.next()) {
        return value.plus(part).map(plain);
    }
    (rest == "%" || unit::is_unit(rest)).then_some(Piece::Measured(value))
}

/// `25-34`, `25-34m`, `16-year-old`, `10-million`.
fn hyphen_after_digits(value: Decimal, tail: &str) -> Option<Piece> {
    if let Some(power) = words::entry(SCALES, tail) {
        return value
            .times(Decimal::power_of_ten(power)?)
            .map(Piece::Measured);
    }
    if unit::is_unit(tail) {
        return Some(Piece::Measured(value));
    }
    let (high, rest) = leading(tail)?;
    if let Some(power) = words::entry(SCALES, rest) {
        let scale = Decimal::power_of_ten(power)?;
        return Some(Piece::Range(value.times(scale)?, high.times(scale)?));
    }
    if let Some(below) = rest.strip_prefix('/') {
        return value.plus(fraction(high, below)?).map(Piece::Value); // 3-1/2
    }
    (value.less_than(high) && (rest.is_empty() || unit::is_unit(rest)))
        .then_some(Piece::Range(value, high))
}

/// The digits a token starts with and what follows them; separators must stand where separators stand.
fn leading(word: &str) -> Option<(Decimal, &str)> {
    let end = word
        .find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.'))
        .unwrap_or(word.len());
    let (number, rest) = word.split_at(end);
    if !number.contains(',') {
        return Decimal::parse(number).map(|value| (value, rest));
    }
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let mut groups = whole.split(',');
    let head_fits = groups
        .next()
        .is_some_and(|head| matches!(head.len(), 1..=3));
    let last_fits = whole.rsplit(',').next().is_some_and(|last| last.len() == 3);
    if !head_fits
        || !last_fits
        || !groups.all(|group| matches!(group.len(), 2 | 3))
        || decimals.contains([',', '.'])
    {
        return None;
    }
    let plain: String = number.chars().filter(|&c| c != ',').collect();
    Decimal::parse(&plain).map(|value| (value, rest))
}

/// `1/2`; only denominators people write, so that `9/11` stays a date.
fn fraction(numerator: Decimal, below: &str) -> Option<Decimal> {
    let (above, below) = (numerator.as_whole()?, below.parse::<i64>().ok()?);
    let usual = matches!(below, 2..=10 | 12 | 16 | 20 | 32 | 64 | 100);
    (usual && above < below && above > 0).then(|| Decimal::ratio(above, below))?
}

/// A fraction that is one character.
fn vulgar(c: char) -> Option<Decimal> {
    let &(_, above, below) = VULGAR.iter().find(|(sign, ..)| *sign == c)?;
    Decimal::ratio(above.into(), below.into())
}
