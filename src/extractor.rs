//! The pipeline.

use crate::annotation::Annotation;
use crate::graph::KnowledgeGraph;
use crate::matching::Mention;
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

/// Applies a rule set to documents.
#[derive(Debug)]
pub struct Extractor<'r> {
    rules: &'r RuleSet,
}

impl<'r> Extractor<'r> {
    /// With these rules.
    pub fn new(rules: &'r RuleSet) -> Self {
        Self { rules }
    }

    /// The rules.
    pub fn rules(&self) -> &'r RuleSet {
        self.rules
    }
}
