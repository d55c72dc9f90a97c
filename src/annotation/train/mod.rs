//! Makes a model from treebanks; pure functions, the command line reads the files.

mod evaluate;
mod lemmas;
mod perceptron;
mod treebank;

pub use evaluate::{Accuracy, evaluate};
pub use treebank::{TreebankError, TreebankSentence, TreebankWord, parse_conllu};

use super::model::Model;
use super::tag::Tag;

/// How to train.
#[derive(Clone, Debug)]
pub struct TrainOptions {
    /// Passes over the treebanks.
    pub epochs: u32,
    /// Seed of the order of sentences.
    pub seed: u64,
    /// Weights below this size (before they are scaled to a byte) are dropped.
    pub prune: f32,
    /// One sentence in so many is also learned without capitals; 0 for none.
    pub silent_every: usize,
}

impl Default for TrainOptions {
    fn default() -> Self {
        Self {
            epochs: 8,
            seed: 12345,
            prune: 1.2,
            silent_every: 4,
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
    labels.truncate(super::word::EDGE_LABEL);
    let rows = perceptron::train(sentences, &labels, options);
    Model::new(labels, rows, lemmas::learn(sentences))
}
