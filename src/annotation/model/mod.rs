//! The statistical model of English: weights of the tagger and rules of the lemmatiser.

mod codec;
mod lemmas;
mod lexicon;

use std::sync::LazyLock;

pub(super) use lemmas::{LemmaTable, Script, lemma_label};
pub(super) use lexicon::{LabelSet, Lexicon};

use super::irregular;
use super::tag::{Form, Tag, Upos};
use super::word::{Feature, LANES, Word};

/// One score for each label, padded to a fixed length.
pub(super) type Scores = [i16; LANES];

/// A score below every real one, for the lanes that are no label.
const NO_LABEL: i16 = i16::MIN / 2;
/// What a label loses that a word never has: more than all weights together can give it.
const NEVER: i16 = NO_LABEL / 2;

/// Weights and lemma rules, ready to be shared by any number of annotators.
#[derive(Clone, Debug)]
pub struct Model {
    labels: Vec<Tag>,
    weights: Weights,
    /// Bias and both rows of the labels before, summed for each pair of labels.
    transitions: Vec<Scores>,
    lexicon: Lexicon,
    /// Labels of proper nouns.
    names: LabelSet,
    lemmas: LemmaTable,
}

/// A row of weights, one for each label, padded to a fixed length.
pub(super) type Row = [i8; LANES];

/// The weights as they are trained and stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Weights {
    /// Rows of the hashed features, a power of two.
    pub(super) hashed: Vec<Row>,
    /// Rows of the label before, then of the two labels before, then one that always counts.
    pub(super) context: Vec<Row>,
}

/// Number of rows of [`Weights::context`].
pub(super) const CONTEXT_ROWS: usize = LANES + LANES * LANES + 1;

/// The context rows that count after these two labels.
pub(super) const fn context_rows(before_previous: usize, previous: usize) -> [usize; 3] {
    let pair = LANES + before_previous * LANES + previous;
    [previous, pair, CONTEXT_ROWS - 1]
}

/// The row of a hashed feature among `rows` rows, a power of two.
pub(super) const fn fold(feature: Feature, rows: usize) -> usize {
    feature as usize & (rows - 1)
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

    /// From its parts; there are fewer than [`LANES`] labels.
    pub(super) fn new(
        labels: Vec<Tag>,
        weights: Weights,
        lexicon: Lexicon,
        lemmas: LemmaTable,
    ) -> Self {
        let transitions = transitions(&weights.context, labels.len());
        let names = names(&labels);
        Self {
            labels,
            weights,
            transitions,
            lexicon,
            names,
            lemmas,
        }
    }

    /// The tags that the tagger chooses from.
    pub fn labels(&self) -> &[Tag] {
        &self.labels
    }

    /// Whether the lexicon tells that a word never has a tag.
    pub(super) fn never_is(&self, word: &str, tag: Tag) -> bool {
        let excluded = self.lexicon.excluded_of(word).unwrap_or(0);
        (self.labels.binary_search(&tag)).is_ok_and(|label| excluded >> label & 1 != 0)
    }

    /// The tags that a word may have, names left aside; none where nothing is known of the word.
    fn known_tags(&self, word: &str) -> Option<impl Iterator<Item = Tag>> {
        let excluded = self.lexicon.excluded_of(word)? | self.names;
        let tags = self.labels.iter().enumerate();
        Some(tags.filter_map(move |(label, tag)| (excluded >> label & 1 == 0).then_some(*tag)))
    }

    /// The lemma of a word that is an inflected form: `sued` → `sue`. None for a word that may be a lemma itself with
    /// forms of its own (`found`, `building`) and for one of which nothing is known.
    pub fn lemma_of_form(&self, word: &str) -> Option<String> {
        let past = Tag {
            upos: Upos::Verb,
            form: Form::Past,
        };
        let mut tags: Vec<Tag> = match self.known_tags(word) {
            Some(tags) => tags.collect(),
            None if irregular::seems_past(word) => vec![past],
            None => return None,
        };
        // Adjectives made of participles have no forms: "the accused man".
        if tags.iter().any(|tag| tag.upos == Upos::Verb) {
            tags.retain(|tag| tag.upos != Upos::Adj);
        }
        let lemmas = tags.iter().map(|tag| self.lemmatize(word, *tag));
        let mut lemma: Option<String> = None;
        for of_tag in lemmas {
            if of_tag == word {
                return None;
            }
            lemma.get_or_insert(of_tag.into_owned());
        }
        // "Founded" comes from "found", whatever "found" comes from.
        lemma.filter(|_| !self.has_forms(word))
    }

    /// Whether the lexicon has a regular form of a verb or noun that this is the lemma of.
    fn has_forms(&self, word: &str) -> bool {
        (["ed", "d", "s", "ing"].iter())
            .map(|ending| format!("{word}{ending}"))
            .any(|form| {
                let tags = self.known_tags(&form).into_iter().flatten();
                let mut inflected = tags.filter(|tag| tag.upos != Upos::Adj);
                inflected.any(|tag| self.lemmatize(&form, tag) == word)
            })
    }

    /// The weights of one feature.
    pub(super) fn row(&self, feature: Feature) -> &Row {
        let rows = &self.weights.hashed;
        &rows[fold(feature, rows.len())]
    }

    /// Scores that follow from the labels of the two words before.
    pub(super) fn transition(&self, before_previous: usize, previous: usize) -> &Scores {
        &self.transitions[before_previous * LANES + previous]
    }

    /// Labels that a word never has. Any word can be a name, unless its small letters tell that it is none.
    pub(super) fn excluded(&self, word: &Word) -> LabelSet {
        let excluded = self.lexicon.excluded(word.hash).unwrap_or(0);
        if word.may_be_name {
            excluded & !self.names
        } else {
            excluded
        }
    }

    pub(super) fn lemmas(&self) -> &LemmaTable {
        &self.lemmas
    }
}

/// Adds a row of weights to scores.
pub(super) fn add_row(scores: &mut Scores, row: &Row) {
    for (score, &weight) in scores.iter_mut().zip(row) {
        *score += i16::from(weight);
    }
}

/// Puts labels out of the question.
pub(super) fn exclude(scores: &mut Scores, labels: LabelSet) {
    for (label, score) in scores.iter_mut().enumerate() {
        if labels >> label & 1 != 0 {
            *score += NEVER;
        }
    }
}

/// Adds scores to scores.
pub(super) fn add_scores(scores: &mut Scores, other: &Scores) {
    for (score, &other) in scores.iter_mut().zip(other) {
        *score += other;
    }
}

/// The labels of proper nouns.
fn names(labels: &[Tag]) -> LabelSet {
    (labels.iter().enumerate())
        .filter(|(_, tag)| tag.upos == Upos::Propn)
        .fold(0, |names, (label, _)| names | 1 << label)
}

fn transitions(context: &[Row], labels: usize) -> Vec<Scores> {
    let mut transitions = vec![[0; LANES]; LANES * LANES];
    for (pair, scores) in transitions.iter_mut().enumerate() {
        for row in context_rows(pair / LANES, pair % LANES) {
            add_row(scores, &context[row]);
        }
        scores[labels..].fill(NO_LABEL);
    }
    transitions
}
