//! The statistical model of English: weights of the tagger and rules of the lemmatiser.

mod codec;
mod lemmas;

use std::sync::LazyLock;

pub(super) use lemmas::{LemmaTable, Script, lemma_label};

use super::tag::Tag;
use super::word::{BIAS_ROW, LANES, ROWS, label_pair_row, label_row};

/// One score for each label, padded to a fixed length.
pub(super) type Scores = [i16; LANES];

/// A score below every real one, for the lanes that are no label.
const NO_LABEL: i16 = i16::MIN / 2;

/// Weights and lemma rules, ready to be shared by any number of annotators.
#[derive(Clone, Debug)]
pub struct Model {
    labels: Vec<Tag>,
    rows: Vec<[i8; LANES]>,
    /// Bias and both rows of the labels before, summed for each pair of labels.
    transitions: Vec<Scores>,
    lemmas: LemmaTable,
}

/// Why bytes are not a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// Other bytes at the start.
    #[error("not a tagger model")]
    NotAModel,
    /// Made for another version of the format.
    #[error("model format {0}, expected {expected}", expected = codec::VERSION)]
    Version(u16),
    /// The end is missing, or something follows it.
    #[error("model of the wrong length")]
    Length,
    /// The bytes were changed.
    #[error("model is damaged: its checksum differs")]
    Checksum,
    /// The checksum is right, yet the contents make no sense.
    #[error("model is malformed: {0}")]
    Malformed(&'static str),
}

impl Model {
    /// The model that ships with sayso, decoded once.
    pub fn builtin() -> &'static Self {
        static BUILTIN: LazyLock<Model> = LazyLock::new(|| {
            Model::from_bytes(include_bytes!("english.model"))
                .expect("a test decodes the embedded model")
        });
        &BUILTIN
    }

    /// Reads a model; the format is described in `src/annotation/model/README.md`.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        codec::decode(bytes)
    }

    /// Writes the model in the format that [`Model::from_bytes`] reads.
    pub fn to_bytes(&self) -> Vec<u8> {
        codec::encode(self)
    }

    /// From its parts; `rows` has [`ROWS`] entries and there are fewer than [`LANES`] labels.
    pub(super) fn new(labels: Vec<Tag>, rows: Vec<[i8; LANES]>, lemmas: LemmaTable) -> Self {
        debug_assert!(rows.len() == ROWS && labels.len() < LANES);
        let transitions = transitions(&rows, labels.len());
        Self {
            labels,
            rows,
            transitions,
            lemmas,
        }
    }

    /// The tags that the tagger chooses from.
    pub fn labels(&self) -> &[Tag] {
        &self.labels
    }

    /// The weights that one feature selects.
    pub(super) fn row(&self, row: usize) -> &[i8; LANES] {
        &self.rows[row]
    }

    /// Scores that follow from the labels of the two words before.
    pub(super) fn transition(&self, before_previous: usize, previous: usize) -> &Scores {
        &self.transitions[before_previous * LANES + previous]
    }

    pub(super) fn lemmas(&self) -> &LemmaTable {
        &self.lemmas
    }
}

/// Adds a row of weights to scores.
pub(super) fn add_row(scores: &mut Scores, row: &[i8; LANES]) {
    for (score, &weight) in scores.iter_mut().zip(row) {
        *score += i16::from(weight);
    }
}

/// Adds scores to scores.
pub(super) fn add_scores(scores: &mut Scores, other: &Scores) {
    for (score, &other) in scores.iter_mut().zip(other) {
        *score += other;
    }
}

fn transitions(rows: &[[i8; LANES]], labels: usize) -> Vec<Scores> {
    let mut transitions = vec![[0; LANES]; LANES * LANES];
    for (pair, scores) in transitions.iter_mut().enumerate() {
        let (before_previous, previous) = (pair / LANES, pair % LANES);
        add_row(scores, &rows[BIAS_ROW]);
        add_row(scores, &rows[label_row(previous)]);
        add_row(scores, &rows[label_pair_row(before_previous, previous)]);
        scores[labels..].fill(NO_LABEL);
    }
    transitions
}
