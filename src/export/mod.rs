//! Stage 7: [`KnowledgeGraph`](crate::KnowledgeGraph) → DOT, JSON-LD, Graph JSON.

mod dot;
mod format;
mod graph_json;
mod iri;
mod json;
mod jsonld;
mod names;

pub use dot::{DotOptions, dot, write_dot};
pub use format::Format;
pub use graph_json::{graph_json, write_graph_json, write_relation_lines};
pub use jsonld::{RESERVED_ARGUMENTS, json_ld, write_json_ld};
