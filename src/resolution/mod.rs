//! Stage 5: mentions → entities and relations: canonical names, coreference, claims inside statements.

use crate::graph::KnowledgeGraph;
use crate::matching::State;

/// Resolves the mentions of one document.
pub fn resolve(_state: &State<'_>) -> KnowledgeGraph {
    KnowledgeGraph::default()
}
