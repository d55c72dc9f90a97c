//! Stage 6: the knowledge graph, on petgraph, with the provenance of everything in it.

mod model;

pub use model::{
    Argument, AttributeValue, DocumentRecord, Entity, EntityMention, KnowledgeGraph, Modality,
    Node, Polarity, Relation, RelationStyle, RuleReference, Schema, Selection, Speech, Statement,
    Tense, TypeStyle,
};
