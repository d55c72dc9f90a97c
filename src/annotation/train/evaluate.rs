//! Measures a model on a treebank, with the tokens of the treebank.

use super::TreebankSentence;
use crate::annotation::lemma::lower;
use crate::annotation::model::Model;
use crate::annotation::tag::Upos;
use crate::annotation::tagger::Tagger;

/// Counts of a comparison with a treebank.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accuracy {
    /// All words.
    pub words: u32,
    /// Words of the right part of speech.
    pub right_upos: u32,
    /// Words of the right part of speech and form.
    pub right_tags: u32,
    /// Nouns, verbs, adjectives and auxiliaries.
    pub lemma_words: u32,
    /// Of these, the right lemmas (from the treebank's tags).
    pub right_lemmas: u32,
}

/// Compares tags and lemmas of a model with those of a treebank.
pub fn evaluate(model: &Model, sentences: &[TreebankSentence]) -> Accuracy {
    let mut tagger = Tagger::new(model);
    let mut accuracy = Accuracy::default();
    let mut tags = Vec::new();
    let mut gold = String::new();
    for sentence in sentences {
        tags.clear();
        tagger.tag(sentence.words.iter().map(|w| w.form.as_str()), &mut tags);
        for (word, tag) in sentence.words.iter().zip(&tags) {
            accuracy.words += 1;
            accuracy.right_upos += u32::from(tag.upos == word.tag.upos);
            accuracy.right_tags += u32::from(*tag == word.tag);
            if matches!(
                word.tag.upos,
                Upos::Noun | Upos::Verb | Upos::Adj | Upos::Aux
            ) {
                lower(&word.lemma, &mut gold);
                accuracy.lemma_words += 1;
                accuracy.right_lemmas +=
                    u32::from(model.lemmatize(&word.form, word.tag) == gold.as_str());
            }
        }
    }
    accuracy
}

impl Accuracy {
    /// Percent of words of the right part of speech.
    pub fn upos(&self) -> f64 {
        percent(self.right_upos, self.words)
    }

    /// Percent of words of the right part of speech and form.
    pub fn tags(&self) -> f64 {
        percent(self.right_tags, self.words)
    }

    /// Percent of right lemmas.
    pub fn lemmas(&self) -> f64 {
        percent(self.right_lemmas, self.lemma_words)
    }
}

fn percent(part: u32, whole: u32) -> f64 {
    100.0 * f64::from(part) / f64::from(whole.max(1))
}
