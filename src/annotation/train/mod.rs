//! Makes a model from treebanks; pure functions, the command line reads the files.

mod evaluate;
mod lemmas;
mod lexicon;
mod perceptron;
mod treebank;

pub use evaluate::{Accuracy, evaluate};
pub use treebank::{TreebankError, TreebankSentence, TreebankWord, parse_conllu};

use super::model::Model;
use super::tag::Tag;
use super::word::EDGE_LABEL;

/// How to train.
#[derive(Clone, Debug)]
pub struct TrainOptions {
    /// Passes over the treebanks.
    pub epochs: u32,
    /// Seed of the order of sentences.
    pub seed: u64,
    /// Weights below this size (before they are scaled to a byte) are dropped.
    pub prune: f32,
    /// Number of rows of hashed weights, as a power of two.
    pub row_bits: u32,
    /// Features seen less often are not learned.
    pub least_count: u8,
    /// One sentence in so many is also learned without capitals; 0 for none.
    pub silent_every: usize,
    /// A word that was seen so often keeps to the labels that it was seen with; 0 for no lexicon.
    pub least_closed: u32,
    /// A label that a word has only once in so many times is noise.
    pub noise: u32,
}

impl Default for TrainOptions {
    fn default() -> Self {
        Self {
            epochs: 8,
            seed: 12345,
            prune: 0.6,
            row_bits: 17,
            least_count: 3,
            silent_every: 4,
            least_closed: 20,
            noise: 200,
        }
    }
}

/// Trains tagger and lemmatiser; the same sentences and options give the same model.
pub fn train(sentences: &[TreebankSentence], options: &TrainOptions) -> Model {
    let mut labels: Vec<Tag> = sentences
        .iter()
        .flat_map(|sentence| sentence.words.iter().map(|word| word.tag))
        .collect();
    labels.sort_unstable();
    labels.dedup();
    labels.truncate(EDGE_LABEL);
    let lexicon = lexicon::learn(sentences, &labels, options);
    let weights = perceptron::train(sentences, &labels, options);
    Model::new(labels, weights, lexicon, lemmas::learn(sentences))
}
