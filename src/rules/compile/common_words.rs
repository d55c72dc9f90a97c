//! How common words are: what tells the rarest of the sets that a pattern requires.
//!
//! Percent of the sentences in which a word or lemma occurs, where that is 1.5 at least, as counted in the training parts
//! of the Universal Dependencies treebanks English EWT and GUM (CC BY-SA 4.0): 18,861 sentences.

use crate::rules::vocabulary::{Vocabulary, WordId};
use rustc_hash::FxHashMap;

/// Of all other words.
const RARE: f32 = 0.3;

/// Percent of sentences with a word, by its number.
#[derive(Clone, Debug, Default)]
pub(super) struct CommonWords(FxHashMap<WordId, f32>);

impl CommonWords {
    /// Of the words that rules name.
    pub(super) fn new(vocabulary: &Vocabulary) -> Self {
        let words = PERCENT.iter().flat_map(|(percent, words)| {
            let numbers = words.split(' ').map(|word| vocabulary.get(word));
            numbers.map(|number| (number, f32::from(*percent)))
        });
        Self(words.filter(|(word, _)| *word != WordId::UNKNOWN).collect())
    }

    /// In how many of a hundred sentences it occurs, roughly.
    pub(super) fn percent(&self, word: WordId) -> f32 {
        self.0.get(&word).copied().unwrap_or(RARE)
    }
}

/// Percent, and the words that have it.
const PERCENT: &[(u8, &str)] = &[
    (72, "."),
    (45, "be"),
    (42, "the"),
    (39, ","),
    (31, "and"),
    (29, "to"),
    (26, "a"),
    (24, "of"),
    (21, "in i"),
    (16, "have"),
    (15, "that is"),
    (14, "it"),
    (13, "you"),
    (12, "for not"),
    (11, "this"),
    (10, "do"),
    (9, "- 's on with was"),
    (8, "they we are"),
    (7, "?"),
    (6, "will as he at but ) my"),
    (5, r#"( from can or by " so n't if there"#),
    (
        4,
        "go get would your one like all ! an good : know has what me",
    ),
    (
        3,
        "about had time say just his out make take when their which were up also our some year who",
    ),
    (
        2,
        "been more other see no new work she us well very people think want them then did how use day call any am now only come because need look first could him give these after into 'm back place may should over way even two said here than find great",
    ),
];
