//! The tagger: a greedy averaged perceptron that reads a sentence from left to right.
//!
//! Nearly every feature depends on one word alone. So a word form costs its hashing once: the sums of its weights
//! as the word itself, as the word before and as the word after are kept, and a token costs three vector additions,
//! one row for the two tags before and three hashed rows for pairs of words.

use super::model::{Model, Scores, add_row, add_scores, exclude};
use super::tag::Tag;
use super::word::{
    AFTER, BEFORE, Casing, EDGE_LABEL, Feature, LANES, Word, casings, pair_features,
};

/// Number of word forms that are kept (a power of two).
const SLOTS: usize = 1 << 14;
/// Longest word that is kept, in bytes; the key holds the word itself, so that two words are never mixed up.
const LONGEST_KEPT: usize = 22;

type Key = [u64; 3];

/// What is summed for one word form.
#[derive(Clone, Copy)]
struct Sums {
    hash: u64,
    current: Scores,
    previous: Scores,
    next: Scores,
}

/// Tags sentences; keeps the sums of the words that it has seen, which never changes what it answers.
#[derive(Clone, Debug)]
pub struct Tagger<'m> {
    model: &'m Model,
    keys: Vec<Key>,
    hashes: Vec<u64>,
    sums: Vec<[i16; 3 * LANES]>,
    before: Scores,
    after: Scores,
}

impl<'m> Tagger<'m> {
    /// With nothing kept yet.
    pub fn new(model: &'m Model) -> Self {
        Self::with_slots(model, SLOTS)
    }

    /// Keeps nothing: every word is hashed anew.
    #[cfg(test)]
    pub(super) fn uncached(model: &'m Model) -> Self {
        Self::with_slots(model, 0)
    }

    fn with_slots(model: &'m Model, slots: usize) -> Self {
        let before = sums(model, &Word::edge(BEFORE)).previous;
        let after = sums(model, &Word::edge(AFTER)).next;
        Self {
            model,
            keys: vec![[0; 3]; slots],
            hashes: vec![0; slots],
            sums: vec![[0; 3 * LANES]; slots],
            before,
            after,
        }
    }

    /// The model that it tags with.
    pub(super) fn model(&self) -> &'m Model {
        self.model
    }

    /// Appends one tag for each word of a sentence.
    pub fn tag<'w>(&mut self, words: impl Iterator<Item = &'w str> + Clone, tags: &mut Vec<Tag>) {
        let model = self.model;
        self.labels(words, false, |label| tags.push(model.labels()[label]));
    }

    /// The same where the capital of the first word is known to be its own.
    pub(super) fn tag_named<'w>(
        &mut self,
        words: impl Iterator<Item = &'w str> + Clone,
        tags: &mut Vec<Tag>,
    ) {
        let model = self.model;
        self.labels(words, true, |label| tags.push(model.labels()[label]));
    }

    /// Calls back with the label of each word, in order.
    fn labels<'w>(
        &mut self,
        words: impl Iterator<Item = &'w str> + Clone,
        named: bool,
        mut found: impl FnMut(usize),
    ) {
        let (first, inside) = casings(words.clone());
        let mut casing = if named { inside } else { first };
        let mut open = OpenWord::new();
        let mut before_open = self.before;
        for (index, word) in words.enumerate() {
            let sums = self.sums(word, casing);
            if word.chars().any(char::is_alphanumeric) {
                casing = inside;
            }
            if index > 0 {
                found(open.close(self.model, &sums.next, sums.hash));
            }
            open.open(&sums, &before_open);
            before_open = sums.previous;
        }
        if open.any {
            found(open.close(self.model, &self.after, AFTER));
        }
    }

    /// Sums of a word, kept or made.
    fn sums(&mut self, word: &str, casing: Casing) -> Sums {
        if self.keys.is_empty() || word.len() > LONGEST_KEPT {
            return sums(self.model, &Word::new(word, casing));
        }
        let key = key(word, casing);
        let slot = slot(key) & (self.keys.len() - 1);
        if self.keys[slot] != key {
            let made = sums(self.model, &Word::new(word, casing));
            self.keys[slot] = key;
            self.hashes[slot] = made.hash;
            let kept = &mut self.sums[slot];
            kept[..LANES].copy_from_slice(&made.current);
            kept[LANES..2 * LANES].copy_from_slice(&made.previous);
            kept[2 * LANES..].copy_from_slice(&made.next);
            return made;
        }
        let (lanes, _) = self.sums[slot].as_chunks::<LANES>();
        Sums {
            hash: self.hashes[slot],
            current: lanes[0],
            previous: lanes[1],
            next: lanes[2],
        }
    }
}

/// The word whose tag waits for the word after it.
struct OpenWord {
    any: bool,
    scores: Scores,
    hash: u64,
    previous_hash: u64,
    previous: usize,
    before_previous: usize,
}

impl OpenWord {
    fn new() -> Self {
        Self {
            any: false,
            scores: [0; LANES],
            hash: BEFORE,
            previous_hash: BEFORE,
            previous: EDGE_LABEL,
            before_previous: EDGE_LABEL,
        }
    }

    /// Starts on a word, with the sums of the word before it as its neighbour.
    fn open(&mut self, sums: &Sums, before: &Scores) {
        self.any = true;
        self.scores = sums.current;
        add_scores(&mut self.scores, before);
        self.previous_hash = self.hash;
        self.hash = sums.hash;
    }

    /// Decides, now that the next word is known.
    fn close(&mut self, model: &Model, after: &Scores, next_hash: u64) -> usize {
        let scores = &mut self.scores;
        add_scores(scores, after);
        add_scores(
            scores,
            model.transition(self.before_previous, self.previous),
        );
        for feature in pair_features(self.previous, self.previous_hash, self.hash, next_hash) {
            add_row(scores, model.row(feature));
        }
        let label = best(scores);
        self.before_previous = self.previous;
        self.previous = label;
        label
    }
}

/// The first label of the highest score.
fn best(scores: &Scores) -> usize {
    let highest = scores.iter().copied().fold(i16::MIN, i16::max);
    scores.iter().position(|&s| s == highest).unwrap_or(0)
}

fn sums(model: &Model, word: &Word) -> Sums {
    let sum = |features: &[Feature]| {
        let mut scores = [0; LANES];
        for &feature in features {
            add_row(&mut scores, model.row(feature));
        }
        scores
    };
    let mut current = sum(word.current_features());
    exclude(&mut current, model.excluded(word));
    Sums {
        hash: word.hash,
        current,
        previous: sum(&word.previous_features()),
        next: sum(&word.next_features()),
    }
}

/// The word itself, its length and its casing: never zero.
fn key(word: &str, casing: Casing) -> Key {
    let mut bytes = [0; 24];
    bytes[..word.len()].copy_from_slice(word.as_bytes());
    bytes[LONGEST_KEPT] = word.len() as u8;
    bytes[LONGEST_KEPT + 1] = casing as u8;
    let (parts, _) = bytes.as_chunks::<8>();
    [parts[0], parts[1], parts[2]].map(u64::from_le_bytes)
}

fn slot(key: Key) -> usize {
    let mut hash = key[0].wrapping_mul(0x9E37_79B9_7F4A_7C15);
    hash = (hash ^ (hash >> 29) ^ key[1]).wrapping_mul(0x9FB2_1C65_1E98_DF25);
    hash = (hash ^ (hash >> 31) ^ key[2]).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    (hash ^ (hash >> 32)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sentences of many words, known and made up, more than there are places to keep them.
    fn sentences() -> Vec<Vec<String>> {
        const STEMS: [&str; 12] = [
            "minister",
            "said",
            "the",
            "refuse",
            "Latvia",
            "closed",
            "border",
            "talks",
            "Quux",
            "50",
            "estimates",
            "that",
        ];
        let word = |n: usize| match n % 5 {
            0 => format!("{}{}", STEMS[n % 12], n / 7),
            1 => STEMS[n % 12].to_uppercase(),
            _ => STEMS[(n * 7 + n / 11) % 12].to_owned(),
        };
        (0..900)
            .map(|s| (0..20).map(|w| word(s * 31 + w * 17)).collect())
            .collect()
    }

    #[test]
    fn kept_words_and_new_ones_are_tagged_alike() {
        let model = Model::builtin();
        let mut kept = Tagger::new(model);
        let mut uncached = Tagger::uncached(model);
        for sentence in sentences() {
            let (mut first, mut second) = (Vec::new(), Vec::new());
            kept.tag(sentence.iter().map(String::as_str), &mut first);
            uncached.tag(sentence.iter().map(String::as_str), &mut second);
            assert_eq!(first, second, "{sentence:?}");
        }
    }
}
