//! Words that stand for numbers, months, days and spans of time: closed classes of English, written down by hand.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Cardinals below one hundred that are one word.
pub(super) const CARDINALS: &[(&str, u8)] = &[
    ("zero", 0),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
];

/// Ordinals that are one word; those of tens and units are built (`twenty-first`).
pub(super) const ORDINALS: &[(&str, u8)] = &[
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("fifth", 5),
    ("sixth", 6),
    ("seventh", 7),
    ("eighth", 8),
    ("ninth", 9),
    ("tenth", 10),
    ("eleventh", 11),
    ("twelfth", 12),
    ("thirteenth", 13),
    ("fourteenth", 14),
    ("fifteenth", 15),
    ("sixteenth", 16),
    ("seventeenth", 17),
    ("eighteenth", 18),
    ("nineteenth", 19),
    ("twentieth", 20),
    ("thirtieth", 30),
];

/// Words that multiply, with their power of ten; `sure` ones also as a suffix of digits and without a number before.
pub(super) const SCALES: &[(&str, u32)] = &[
    ("hundred", 2),
    ("thousand", 3),
    ("k", 3),
    ("lakh", 5),
    ("million", 6),
    ("mil", 6),
    ("mln", 6),
    ("mn", 6),
    ("m", 6),
    ("crore", 7),
    ("billion", 9),
    ("bln", 9),
    ("bn", 9),
    ("b", 9),
    ("trillion", 12),
    ("trn", 12),
    ("tn", 12),
    ("quadrillion", 15),
];

/// Plurals that count without saying how many.
pub(super) const COLLECTIVES: &[&str] = &[
    "tens",
    "dozens",
    "scores",
    "hundreds",
    "thousands",
    "millions",
    "billions",
    "trillions",
];

/// Parts of one, with the denominator.
pub(super) const FRACTIONS: &[(&str, u8)] = &[
    ("half", 2),
    ("halves", 2),
    ("third", 3),
    ("thirds", 3),
    ("quarter", 4),
    ("quarters", 4),
    ("fourths", 4),
    ("fifth", 5),
    ("fifths", 5),
    ("sixth", 6),
    ("sixths", 6),
    ("seventh", 7),
    ("sevenths", 7),
    ("eighth", 8),
    ("eighths", 8),
    ("ninth", 9),
    ("ninths", 9),
    ("tenth", 10),
    ("tenths", 10),
];

/// Fractions that are one character.
pub(super) const VULGAR: &[(char, u8, u8)] = &[
    ('½', 1, 2),
    ('⅓', 1, 3),
    ('⅔', 2, 3),
    ('¼', 1, 4),
    ('¾', 3, 4),
    ('⅕', 1, 5),
    ('⅛', 1, 8),
    ('⅜', 3, 8),
    ('⅝', 5, 8),
    ('⅞', 7, 8),
];

/// Longest word of a table, in bytes.
const LONGEST: usize = 16;

/// A look-up by lower-cased ASCII word.
pub(super) type Table<T> = LazyLock<FxHashMap<&'static str, T>>;

/// Calls `f` with the word in lower case, without allocating; `None` for long and non-ASCII words.
pub(super) fn lowered<T>(word: &str, f: impl FnOnce(&str) -> Option<T>) -> Option<T> {
    if word.len() > LONGEST || !word.is_ascii() {
        return None;
    }
    let mut buffer = [0_u8; LONGEST];
    let lower = &mut buffer[..word.len()];
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    f(std::str::from_utf8(lower).ok()?)
}

/// The entry of a small table, whatever the case of the word.
pub(super) fn entry<T: Copy>(table: &[(&str, T)], word: &str) -> Option<T> {
    let found = table.iter().find(|(key, _)| key.eq_ignore_ascii_case(word));
    found.map(|(_, value)| *value)
}

/// Whether a word is in a small list, whatever its case.
pub(super) fn is_one_of(list: &[&str], word: &str) -> bool {
    list.iter().any(|item| item.eq_ignore_ascii_case(word))
}

/// Cuts a word at its first hyphen or dash.
pub(super) fn cut_hyphen(word: &str) -> Option<(&str, &str)> {
    let at = word.find(is_hyphen)?;
    let width = word[at..].chars().next().map_or(1, char::len_utf8);
    Some((&word[..at], &word[at + width..]))
}

/// Hyphens and dashes.
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Whether a token is nothing but hyphens or dashes.
pub(super) fn is_dash(word: &str) -> bool {
    !word.is_empty() && word.chars().all(is_hyphen)
}
