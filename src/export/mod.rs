//! Stage 7: [`KnowledgeGraph`](crate::KnowledgeGraph) → DOT, JSON-LD, Graph JSON.

mod graph_json;
mod names;

pub use graph_json::{graph_json, write_graph_json, write_relation_lines};
