//! All layers of a document, one by one or together.

use super::layers::Annotation;
use super::model::Model;
use super::noun_groups::noun_groups;
use super::quotations::quotations;
use super::tag::Tag;
use super::tagger::Tagger;
use super::verb_groups::verb_groups;
use crate::text::{Document, Sentence};

/// Annotates documents with one model.
///
/// Keep one a thread and use it for document after document: it remembers what words weigh, which makes it fast and
/// never changes what it answers.
///
/// ```
/// use sayso::annotation::{Annotator, Model};
/// # let documents: [sayso::Document; 0] = [];
/// let mut annotator = Annotator::new(Model::builtin());
/// for document in &documents {
///     let annotation = annotator.annotate(document);
///     assert_eq!(annotation.tags.len(), document.tokens.len());
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Annotator<'m> {
    tagger: Tagger<'m>,
}

impl<'m> Annotator<'m> {
    /// With nothing remembered yet.
    pub fn new(model: &'m Model) -> Self {
        Self {
            tagger: Tagger::new(model),
        }
    }

    /// All layers.
    pub fn annotate(&mut self, document: &Document) -> Annotation {
        let tags = self.tags(document);
        let noun_groups = noun_groups(document, &tags);
        let verb_groups = verb_groups(document, &tags, &noun_groups);
        let quotations = quotations(document, &tags, &noun_groups, &verb_groups);
        Annotation {
            tags,
            quotations,
            noun_groups,
            verb_groups,
        }
    }

    /// One tag for each token.
    pub fn tags(&mut self, document: &Document) -> Vec<Tag> {
        let mut tags = Vec::with_capacity(document.tokens.len());
        for sentence in &document.sentences {
            self.tagger.tag(words(document, sentence), &mut tags);
        }
        let mut again = Vec::new();
        for number in super::first_words::names(document, &tags) {
            let sentence = &document.sentences[number];
            again.clear();
            (self.tagger).tag_named(words(document, sentence), &mut again);
            tags[sentence.tokens.range()].copy_from_slice(&again);
        }
        for sentence in &document.sentences {
            super::repair::repair(self.tagger.model(), document, sentence.tokens, &mut tags);
        }
        tags
    }
}

/// The words of a sentence.
fn words<'d>(document: &'d Document, sentence: &Sentence) -> impl Iterator<Item = &'d str> + Clone {
    let tokens = document.tokens[sentence.tokens.range()].iter();
    tokens.map(|token| document.slice(token.span))
}
