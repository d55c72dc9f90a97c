//! Stage 6: the knowledge graph, on petgraph, with the provenance of everything in it.

mod base_iri;
#[cfg(test)]
pub(crate) mod fixture;
pub mod identifier;
mod merge;
mod model;
mod offsets;
mod order;
mod outline;
mod prune;
mod schema;
mod scope;

pub use base_iri::{BaseIri, BaseIriError, DEFAULT_BASE};
pub use merge::{
    DecisionError, Decisions, MergePlan, MergeStream, MergeSurvey, PlannedEntity, Suggestion,
};
pub use model::{
    Argument, Arguments, AttributeValue, DocumentRecord, Entity, EntityMention, KnowledgeGraph,
    MergedEntity, Modality, Node, Polarity, Relation, RelationStyle, RuleReference, Schema,
    Selection, Speech, Statement, Tense, TypeStyle,
};
pub use offsets::CodePoints;
pub use order::RelationEdge;
pub use outline::Outline;
pub use prune::{Pruned, Pruning, UnknownFocus};
