//! What the tagger sees of one word, hashed.
//!
//! Everything here is part of the model format: a change makes shipped weights meaningless.

/// Labels are at most this many; the score vectors have this fixed length.
pub(super) const LANES: usize = 32;
/// The label that stands before a sentence.
pub(super) const EDGE_LABEL: usize = LANES - 1;

/// One kind of observation with what was observed, hashed; a model folds it to its number of rows.
pub(super) type Feature = u32;

/// What the capitals of a word tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Casing {
    /// Inside a sentence: a capital means something.
    Inside = 1,
    /// The first word: a capital means little.
    First = 2,
    /// In a sentence all capitals, without capitals, or with a capital at every word: capitals mean nothing.
    Silent = 3,
}

/// Places of the templates in the hash; one a kind of feature.
#[derive(Clone, Copy)]
#[repr(u64)]
enum Template {
    Word,
    Form,
    Suffix,
    Prefix = 8,
    Shape = 12,
    PreviousWord,
    PreviousSuffix,
    PreviousShape,
    NextWord,
    NextSuffix,
    NextShape,
    LabelAndWord,
    PreviousAndWord,
    WordAndNext,
}

const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;
const CHUNK: u64 = 0x9FB2_1C65_1E98_DF25;

const fn mix(mut hash: u64) -> u64 {
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0xD6E8_FEB8_6659_FD93);
    hash ^ (hash >> 32)
}

/// A stable hash of bytes: the same on every machine and in every version of a format.
pub(super) fn hash_bytes(bytes: &[u8], seed: u64) -> u64 {
    let mut hash = seed.wrapping_mul(MULTIPLIER) ^ bytes.len() as u64;
    for chunk in bytes.chunks(8) {
        let mut padded = [0; 8];
        padded[..chunk.len()].copy_from_slice(chunk);
        hash = (hash ^ u64::from_le_bytes(padded)).wrapping_mul(CHUNK);
        hash ^= hash >> 29;
    }
    hash
}

const fn feature(template: Template, place: u64, value: u64) -> Feature {
    let salt = (template as u64 + place + 1).wrapping_mul(0xA24B_AED4_963E_E407);
    mix(value ^ salt) as Feature
}

/// A word together with its neighbours: the label before, the word before, the word after.
pub(super) const fn pair_features(
    label: usize,
    previous: u64,
    word: u64,
    next: u64,
) -> [Feature; 3] {
    let label = (label as u64 + 1).wrapping_mul(0x51ED_2701);
    [
        feature(Template::LabelAndWord, 0, word ^ label),
        feature(Template::PreviousAndWord, 0, previous.rotate_left(7) ^ word),
        feature(Template::WordAndNext, 0, word ^ next.rotate_left(9)),
    ]
}

/// Hash that stands for the word before a sentence.
pub(super) const BEFORE: u64 = 0x5EED_0001;
/// Hash that stands for the word after a sentence.
pub(super) const AFTER: u64 = 0x5EED_0002;

/// The attributes of one word form under one casing.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// Hash of the word in lower case with its digits made `0`.
    pub(super) hash: u64,
    /// Whether its capitals do not tell that it is no name.
    pub(super) may_be_name: bool,
    suffix: u64,
    shape: u64,
    current: [Feature; Self::CURRENT],
    current_len: u8,
}

impl Word {
    /// Most features that a word has for itself: word, form, four suffixes, three prefixes, shape.
    const CURRENT: usize = 10;
    const SUFFIXES: usize = 4;
    const PREFIXES: usize = 3;

    /// Looks at a word; cost linear in its length.
    pub(super) fn new(form: &str, casing: Casing) -> Self {
        let mut buffer = String::new();
        normalize(form, &mut buffer);
        let bytes = buffer.as_bytes();
        let hash = hash_bytes(bytes, 1);
        let suffix_hash = |length: usize| hash_bytes(&bytes[bytes.len() - length..], 10);
        let mut word = Self {
            hash,
            may_be_name: casing == Casing::Silent || form.contains(char::is_uppercase),
            suffix: suffix_hash(bytes.len().min(3)),
            shape: shape(form, casing),
            current: [0; Self::CURRENT],
            current_len: 0,
        };
        word.push(feature(Template::Word, 0, hash));
        if casing != Casing::Silent {
            word.push(feature(Template::Form, 0, hash_bytes(form.as_bytes(), 2)));
        }
        for length in 1..=Self::SUFFIXES.min(bytes.len()) {
            word.push(feature(
                Template::Suffix,
                length as u64,
                suffix_hash(length),
            ));
        }
        for length in 1..=Self::PREFIXES.min(bytes.len()) {
            let prefix = hash_bytes(&bytes[..length], 20);
            word.push(feature(Template::Prefix, length as u64, prefix));
        }
        word.push(feature(Template::Shape, 0, word.shape));
        word
    }

    /// What stands before the first or after the last word (`hash` is [`BEFORE`] or [`AFTER`]).
    pub(super) fn edge(hash: u64) -> Self {
        Self {
            hash,
            may_be_name: false,
            suffix: hash,
            shape: hash,
            current: [0; Self::CURRENT],
            current_len: 0,
        }
    }

    fn push(&mut self, feature: Feature) {
        self.current[self.current_len as usize] = feature;
        self.current_len += 1;
    }

    /// What it says of its own tag.
    pub(super) fn current_features(&self) -> &[Feature] {
        &self.current[..self.current_len as usize]
    }

    /// What it says of the tag of the word after it.
    pub(super) fn previous_features(&self) -> [Feature; 3] {
        [
            feature(Template::PreviousWord, 0, self.hash),
            feature(Template::PreviousSuffix, 0, self.suffix),
            feature(Template::PreviousShape, 0, self.shape),
        ]
    }

    /// What it says of the tag of the word before it.
    pub(super) fn next_features(&self) -> [Feature; 3] {
        [
            feature(Template::NextWord, 0, self.hash),
            feature(Template::NextSuffix, 0, self.suffix),
            feature(Template::NextShape, 0, self.shape),
        ]
    }
}

/// Lower case, digits made `0`, curly apostrophes straight.
pub(super) fn normalize(form: &str, buffer: &mut String) {
    buffer.clear();
    buffer.reserve(form.len());
    for character in form.chars() {
        match character {
            '0'..='9' => buffer.push('0'),
            '’' | '‘' | 'ʼ' => buffer.push('\''),
            c if c.is_ascii() => buffer.push(c.to_ascii_lowercase()),
            c => buffer.extend(c.to_lowercase()),
        }
    }
}

/// Classes of the characters, runs shortened, at most eight, with the casing.
fn shape(form: &str, casing: Casing) -> u64 {
    let mut classes = [0u8; 8];
    let mut length = 0;
    let mut last = 0;
    for character in form.chars() {
        let class = match character {
            c if c.is_numeric() => b'd',
            c if casing == Casing::Silent && c.is_alphabetic() => b'a',
            c if c.is_uppercase() => b'X',
            c if c.is_lowercase() => b'x',
            c if c.is_ascii() => c as u8,
            _ => b'?',
        };
        if class != last || length < 2 {
            classes[length] = class;
            length += 1;
            if length == classes.len() {
                break;
            }
        }
        last = class;
    }
    hash_bytes(&classes[..length], 30 + casing as u64)
}

/// How the capitals of a sentence are to be read: for its first word, and for the others.
pub(super) fn casings<'w>(words: impl Iterator<Item = &'w str>) -> (Casing, Casing) {
    let (mut starts, mut small, mut capitals, mut long_capitals) = (0u32, 0u32, 0u32, 0u32);
    let mut lower_inside = false;
    let mut long_small = false;
    for word in words {
        let first = word.chars().next().unwrap_or(' ');
        if !first.is_alphabetic() {
            continue;
        }
        starts += 1;
        lower_inside = lower_inside || word.chars().any(char::is_lowercase);
        let long = word.len() >= 4;
        if first.is_uppercase() {
            capitals += 1;
            long_capitals += u32::from(long);
        } else {
            small += 1;
            long_small |= long;
        }
        if capitals > 0 && small > 0 && long_small {
            return (Casing::First, Casing::Inside);
        }
    }
    let shouted = !lower_inside && starts >= 3;
    let whispered = capitals == 0 && starts >= 3;
    let titled = !long_small && long_capitals >= 5;
    if shouted || whispered || titled {
        (Casing::Silent, Casing::Silent)
    } else {
        (Casing::First, Casing::Inside)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_silent(sentence: &str) -> bool {
        casings(sentence.split(' ')).1 == Casing::Silent
    }

    #[test]
    fn capitals_tell_nothing_in_headlines_and_lower_case_feeds() {
        assert!(is_silent("PARLIAMENT BACKS NEW BORDER LAW"));
        assert!(is_silent("parliament backs the new border law"));
        assert!(is_silent(
            "Parliament Backs a New Border Law for the Northern Provinces"
        ));
        assert!(!is_silent("Parliament backs the border law , Anna said ."));
        assert!(!is_silent("Anna Berg"));
    }

    #[test]
    fn numbers_of_the_same_length_are_one_word() {
        let hash = |form| Word::new(form, Casing::Inside).hash;
        assert_eq!(hash("1998"), hash("2024"));
        assert_ne!(hash("1998"), hash("20"));
        assert_eq!(hash("It’s"), hash("it's"));
    }
}
