//! What is known of single words: the labels that they never have.

use rustc_hash::FxHashMap;

use crate::annotation::word::{hash_bytes, normalize};

/// Labels as bits, in the order of the model's labels.
pub(in crate::annotation) type LabelSet = u32;

/// The labels that known words never have; a word is known by its form in lower case.
#[derive(Clone, Debug, Default)]
pub(in crate::annotation) struct Lexicon {
    /// Sorted by word.
    entries: Vec<(Box<str>, LabelSet)>,
    /// By the hash that the tagger has of a word anyway.
    by_hash: FxHashMap<u64, LabelSet>,
}

impl Lexicon {
    /// From words in lower case, sorted.
    pub(in crate::annotation) fn new(entries: Vec<(Box<str>, LabelSet)>) -> Self {
        let mut normal = String::new();
        let by_hash = (entries.iter())
            .map(|(word, labels)| {
                normalize(word, &mut normal);
                (hash_bytes(normal.as_bytes(), 1), *labels)
            })
            .collect();
        Self { entries, by_hash }
    }

    /// All words with the labels that they never have.
    pub(super) fn entries(&self) -> &[(Box<str>, LabelSet)] {
        &self.entries
    }

    /// What a word never is, whatever its capitals; `None` when nothing is known of it.
    pub(super) fn excluded_of(&self, word: &str) -> Option<LabelSet> {
        let mut normal = String::new();
        normalize(word, &mut normal);
        self.excluded(hash_bytes(normal.as_bytes(), 1))
    }

    /// What the word of this hash never is; `None` when nothing is known of it.
    pub(in crate::annotation) fn excluded(&self, hash: u64) -> Option<LabelSet> {
        self.by_hash.get(&hash).copied()
    }
}
