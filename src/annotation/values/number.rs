//! Written numbers: where they are, and their values as plain decimal text.

use super::decimal::Decimal;
use super::piece::{Piece, piece, tens_and_unit};
use super::words;

/// Tokens of the longest number that is read as one; keeps every look ahead constant.
const MAX_TOKENS: usize = 14;

/// Races over metres whose names end like plurals of counted things.
const METRE_RACES: &[&str] = &["hurdles", "finals", "heats", "backstroke", "races"];

/// A number found in a sequence of words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Written {
    /// One past its last word.
    pub end: usize,
    /// What it says.
    pub amount: Amount,
}

/// What a written number says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Amount {
    /// A value.
    Exact(Decimal),
    /// From one value to another: `25-34`, `two to three`.
    Between(Decimal, Decimal),
    /// `dozens`, `hundreds of thousands`: many, nobody says how many.
    Many,
}

/// The value of a written number as decimal text: `half a million` is `500000`, `a third` is `0.3333` (four decimals).
///
/// Words before the number are passed over (`more than 300,000`). Ranges have no single value, see [`range`].
pub fn number(words: &[&str]) -> Option<String> {
    match find(words)?.amount {
        Amount::Exact(value) => Some(value.to_string()),
        Amount::Between(..) | Amount::Many => None,
    }
}

/// The lower and upper end of a written range: `25-34`, `$5 to $10 million`, `between 5 and 10`.
pub fn range(words: &[&str]) -> Option<(String, String)> {
    match find(words)?.amount {
        Amount::Between(low, high) => Some((low.to_string(), high.to_string())),
        Amount::Exact(_) | Amount::Many => None,
    }
}

/// The first number of a phrase.
fn find(words: &[&str]) -> Option<Written> {
    (0..words.len()).find_map(|at| range_or_number(words, at))
}

/// A number or a range of two that starts at `at`.
pub(super) fn range_or_number(words: &[&str], at: usize) -> Option<Written> {
    let first = simple(words, at)?;
    let Amount::Exact(low) = first.amount else {
        return Some(first);
    };
    let between = at > 0 && words[at - 1].eq_ignore_ascii_case("between");
    let from = at > 0 && words[at - 1].eq_ignore_ascii_case("from");
    let mut link = first.end;
    let unit = unit_between(&words[link..], between || from);
    link += unit;
    let joined = words
        .get(link)
        .is_some_and(|word| match word.to_ascii_lowercase().as_str() {
            "to" | "or" => true,
            "and" => between,
            _ => words::is_dash(word),
        });
    if !joined {
        return Some(first);
    }
    let Some(second) = simple(words, link + 1) else {
        return Some(first);
    };
    // `rose 5% to 300` is no range
    let closed = between || from || unit_between(&words[second.end..], false) > 0;
    if unit > 0 && !closed {
        return Some(first);
    }
    let Amount::Exact(high) = second.amount else {
        return Some(first);
    };
    let low = shared_scale(words, at..first.end, low, (link + 1)..second.end);
    if !low.less_than(high) {
        return Some(first);
    }
    Some(Written {
        end: second.end,
        amount: Amount::Between(low, high),
    })
}

/// `5% to 10%`, `between 15 miles and 20 miles`: the words of the first number's unit before the link. Only an opened
/// range may have units other than percent there: `drove two miles to 10 villages`.
fn unit_between(words: &[&str], opened: bool) -> usize {
    match words {
        [per, cent, ..] if per.eq_ignore_ascii_case("per") && cent.eq_ignore_ascii_case("cent") => {
            2
        }
        [sign, ..] if super::unit::is_percent(sign) || opened && super::unit::is_unit(sign) => 1,
        _ => 0,
    }
}

/// `5 to 10 million` counts millions twice; `900,000 to 1 million` does not.
fn shared_scale(
    words: &[&str],
    first: std::ops::Range<usize>,
    low: Decimal,
    second: std::ops::Range<usize>,
) -> Decimal {
    let scale_of =
        |range: std::ops::Range<usize>| match words[range].last().and_then(|word| piece(word)) {
            Some(Piece::Scale(power)) => Some(power),
            _ => None,
        };
    let small = low.less_than(Decimal::whole(1000));
    match (scale_of(first), scale_of(second)) {
        (None, Some(power)) if small => Decimal::power_of_ten(power)
            .and_then(|scale| low.times(scale))
            .unwrap_or(low),
        _ => low,
    }
}

/// A number that starts at `at`, its currency sign included.
pub(super) fn simple(words: &[&str], at: usize) -> Option<Written> {
    let mut reader = Reader { words, at };
    let mut negative = false;
    while let Some(Piece::Currency | Piece::Minus) = reader.peek() {
        negative |= reader.peek() == Some(Piece::Minus);
        reader.at += 1;
        if reader.at - at > 2 {
            return None;
        }
    }
    let amount = match reader.amount()? {
        Amount::Exact(value) if negative => Amount::Exact(value.negated()),
        other => other,
    };
    Some(Written {
        end: reader.at,
        amount,
    })
}

/// Reads one number piece by piece.
struct Reader<'w> {
    words: &'w [&'w str],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<Piece> {
        self.ahead(0)
    }

    fn ahead(&self, distance: usize) -> Option<Piece> {
        self.words
            .get(self.at + distance)
            .and_then(|word| piece(word))
    }

    fn is_word(&self, distance: usize, word: &str) -> bool {
        self.words
            .get(self.at + distance)
            .is_some_and(|found| found.eq_ignore_ascii_case(word))
    }

    fn amount(&mut self) -> Option<Amount> {
        match self.peek()? {
            Piece::Collective => Some(self.collective()),
            Piece::Range(low, high) => {
                self.at += 1;
                let scale = self.scales()?;
                Some(Amount::Between(low.times(scale)?, high.times(scale)?))
            }
            Piece::Measured(value) => {
                self.at += 1;
                Some(Amount::Exact(value))
            }
            Piece::Part { .. } => self.half().map(Amount::Exact),
            Piece::Article => self.after_article().map(Amount::Exact),
            Piece::Digits { value, scaled } => {
                self.at += 1;
                let value = if scaled {
                    value
                } else {
                    self.after_value(value)?
                };
                Some(Amount::Exact(value))
            }
            Piece::Value(value) => {
                self.at += 1;
                let scale = self.scales()?;
                value.times(scale).map(Amount::Exact)
            }
            Piece::Dozen | Piece::Small(_) => self.cardinal().map(Amount::Exact),
            Piece::Scale(_) | Piece::And | Piece::Currency | Piece::Minus => None,
        }
    }

    /// The `m` of `12.3 m tonnes`, `35 m of them` counts millions; that of `a 35 m wall`, `50 m away` is a metre.
    fn is_millions(&self) -> bool {
        let next = self.words.get(self.at + 1).copied().unwrap_or_default();
        let plural = next.len() > 3 && next.ends_with('s') && !next.ends_with("ss");
        self.is_word(0, "m")
            && (plural || next == "of" || next == "people")
            && !words::is_one_of(METRE_RACES, next)
    }

    /// `dozens`, `tens of thousands`, `hundreds of millions`.
    fn collective(&mut self) -> Amount {
        self.at += 1;
        while self.is_word(0, "of") && self.ahead(1) == Some(Piece::Collective) {
            self.at += 2;
        }
        Amount::Many
    }

    /// `half a million`, `half a dozen`, `half` alone.
    fn half(&mut self) -> Option<Decimal> {
        if self.peek()
            != Some(Piece::Part {
                of: 2,
                plural: false,
            })
        {
            return None;
        }
        self.at += 1;
        let half = Decimal::ratio(1, 2)?;
        let skipped = usize::from(self.peek() == Some(Piece::Article));
        match self.ahead(skipped) {
            Some(Piece::Scale(_)) if self.long_scale(skipped) => {
                self.at += skipped;
                half.times(self.scales()?)
            }
            Some(Piece::Dozen) => {
                self.at += skipped + 1;
                Some(Decimal::whole(6))
            }
            _ => Some(half),
        }
    }

    /// `a million`, `a hundred and five`, `a dozen`, `a third`.
    fn after_article(&mut self) -> Option<Decimal> {
        match self.ahead(1)? {
            Piece::Scale(_) if self.long_scale(1) => {
                self.at += 1;
                self.after_value(Decimal::whole(1))
            }
            Piece::Dozen => {
                self.at += 1;
                self.cardinal()
            }
            Piece::Part { of, plural: false } => {
                self.at += 2;
                let scale = if self.half_million() {
                    self.scales()?
                } else {
                    Decimal::whole(1)
                };
                Decimal::ratio(1, of.into())?.times(scale)
            }
            _ => None,
        }
    }

    /// `a half million`, `a quarter million`.
    fn half_million(&self) -> bool {
        matches!(self.peek(), Some(Piece::Scale(_))) && self.long_scale(0)
    }

    /// `two`, `twenty five`, `two thirds`, `two dozen`, `two hundred and five thousand`.
    fn cardinal(&mut self) -> Option<Decimal> {
        let small = self.small();
        match self.peek() {
            Some(Piece::Dozen) => {
                self.at += 1;
                Some(Decimal::whole(12 * i64::from(small.unwrap_or(1))))
            }
            Some(Piece::Part { of, plural })
                if small.is_some_and(|n| n < of && (n > 1) == plural && n > 0) =>
            {
                self.at += 1;
                Decimal::ratio(small?.into(), of.into())
            }
            _ => self.after_value(Decimal::whole(small?.into())),
        }
    }

    /// One word below one hundred, or tens and unit.
    fn small(&mut self) -> Option<u8> {
        let Some(Piece::Small(n)) = self.peek() else {
            return None;
        };
        self.at += 1;
        match self.peek() {
            Some(Piece::Small(m)) if tens_and_unit(n, m) => {
                self.at += 1;
                Some(n + m)
            }
            _ => Some(n),
        }
    }

    /// What may follow a first value: a fraction, `and a half`, scales, and lower parts.
    fn after_value(&mut self, first: Decimal) -> Option<Decimal> {
        let start = self.at;
        let mut total = Decimal::whole(0);
        let mut current = self.and_fraction(first)?;
        let mut last_scale = u32::MAX;
        while self.at - start < MAX_TOKENS {
            match self.peek() {
                Some(Piece::Scale(2)) => {
                    self.at += 1;
                    current = current.times(Decimal::whole(100))?;
                    current = current.plus(self.lower_part().unwrap_or(Decimal::whole(0)))?;
                }
                Some(Piece::Scale(power)) if power < last_scale && self.scale_counts() => {
                    self.at += 1;
                    current = self
                        .and_fraction(current)?
                        .times(Decimal::power_of_ten(power)?)?;
                    total = total.plus(current)?;
                    last_scale = power;
                    match self.lower_part() {
                        Some(next) => current = next,
                        None => return Some(total),
                    }
                }
                _ => break,
            }
        }
        total.plus(current)
    }

    /// `five` in `two hundred and five`, with or without `and`.
    fn lower_part(&mut self) -> Option<Decimal> {
        let skipped = usize::from(self.peek() == Some(Piece::And));
        let Some(Piece::Small(_)) = self.ahead(skipped) else {
            return None;
        };
        self.at += skipped;
        self.small().map(|n| Decimal::whole(n.into()))
    }

    /// `3 1/2`, `two and a half`, `a million and a half` (of the scale before).
    fn and_fraction(&mut self, value: Decimal) -> Option<Decimal> {
        if let Some(Piece::Value(part)) = self.peek()
            && part.less_than(Decimal::whole(1))
            && value.as_whole().is_some()
        {
            self.at += 1;
            return value.plus(part);
        }
        if self.peek() != Some(Piece::And) {
            return Some(value);
        }
        match (self.ahead(1), self.ahead(2)) {
            (
                Some(Piece::Article),
                Some(Piece::Part {
                    of: of @ (2 | 4),
                    plural: false,
                }),
            ) => {
                self.at += 3;
                value.plus(Decimal::ratio(1, of.into())?)
            }
            (Some(Piece::Small(n @ 1..=3)), Some(Piece::Part { of: of @ 3..=4, .. })) => {
                self.at += 3;
                value.plus(Decimal::ratio(n.into(), of.into())?)
            }
            (Some(Piece::Value(part)), _) if part.less_than(Decimal::whole(1)) => {
                self.at += 2;
                value.plus(part)
            }
            _ => Some(value),
        }
    }

    /// All scales that stand here, multiplied: `thousand`, `hundred thousand`.
    fn scales(&mut self) -> Option<Decimal> {
        let mut product = Decimal::whole(1);
        let start = self.at;
        while let Some(Piece::Scale(power)) = self.peek() {
            if !self.scale_counts() || self.at - start == 2 {
                break;
            }
            self.at += 1;
            product = product.times(Decimal::power_of_ten(power)?)?;
        }
        Some(product)
    }

    /// Single letters scale only directly behind digits (`$5 m`, `8 B`), and never where they may be a name.
    fn scale_counts(&self) -> bool {
        let Some(word) = self.words.get(self.at) else {
            return false;
        };
        let behind_digits =
            || self.at > 0 && self.words[self.at - 1].ends_with(|c: char| c.is_ascii_digit());
        let currency = || {
            self.at > 1 && piece(self.words[self.at - 2]) == Some(Piece::Currency)
                || self.words[self.at - 1].starts_with(|c: char| !c.is_ascii_digit())
        };
        word.len() > 1 || behind_digits() && (currency() || self.is_millions())
    }

    /// Whether the scale at this distance is a whole word, which `a` may stand before.
    fn long_scale(&self, distance: usize) -> bool {
        self.words
            .get(self.at + distance)
            .is_some_and(|word| word.len() > 3)
    }
}

/// The lower and upper bound of a number with the words before it: `more than 300,000` is at least 300000, `up to 30`
/// at most 30, `25-34` both; nothing where the value is meant as it stands.
pub fn bounds(hedge: &[&str], words: &[&str]) -> (Option<String>, Option<String>) {
    if let Some((low, high)) = range(words) {
        return (Some(low), Some(high));
    }
    match super::unit::change(hedge) {
        ">" => (number(words), None),
        "<" => (None, number(words)),
        _ => (None, None),
    }
}
