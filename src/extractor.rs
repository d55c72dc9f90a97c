//! The pipeline.

use crate::annotation::{Annotation, Annotator, Model};
use crate::graph::KnowledgeGraph;
use crate::matching::{Matcher, Mention};
use crate::resolution::Resolver;
use crate::rules::RuleSet;
use crate::text::Document;

/// What came out of one document; every stage stays open to inspection.
#[derive(Clone, Debug)]
pub struct Extraction {
    /// The document.
    pub document: Document,
    /// Its layers.
    pub annotation: Annotation,
    /// What the rules found.
    pub mentions: Vec<Mention>,
    /// The graph.
    pub graph: KnowledgeGraph,
}

/// Applies a rule set to documents, one after the other; reusing it saves time and changes nothing.
#[derive(Debug)]
pub struct Extractor<'r> {
    rules: &'r RuleSet,
    model: &'r Model,
    annotator: Annotator<'r>,
    matcher: Matcher,
    resolver: Resolver,
}

impl<'r> Extractor<'r> {
    /// With these rules and the English model that ships.
    pub fn new(rules: &'r RuleSet) -> Self {
        Self::with_model(rules, Model::builtin())
    }

    /// With these rules and this model.
    pub fn with_model(rules: &'r RuleSet, model: &'r Model) -> Self {
        Self {
            rules,
            model,
            annotator: Annotator::new(model),
            matcher: Matcher::default(),
            resolver: Resolver::new(rules),
        }
    }

    /// The rules.
    pub fn rules(&self) -> &'r RuleSet {
        self.rules
    }

    /// Extracts the graph of a text. It cannot fail: what is not understood is not in the graph.
    pub fn extract(&mut self, text: &str) -> Extraction {
        self.extract_document(Document::new("document", text))
    }

    /// Extracts the graph of a document.
    pub fn extract_document(&mut self, document: Document) -> Extraction {
        let annotation = self.annotator.annotate(&document);
        let model = self.model;
        let lemmatize = |word: &str, tag| model.lemmatize(word, tag).into_owned();
        let state = self
            .matcher
            .run(self.rules, &document, &annotation, &lemmatize);
        let graph = self.resolver.resolve(&state);
        let mentions = state.mentions;
        Extraction {
            document,
            annotation,
            mentions,
            graph,
        }
    }
}
