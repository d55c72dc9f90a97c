//! Stage 7: [`KnowledgeGraph`](crate::KnowledgeGraph) → DOT, Graph JSON, JSON-LD, Turtle, N-Quads, Cypher, GraphML, CSV, a page.

mod cue;
mod cypher;
mod dot;
mod flat;
mod format;
mod graph_json;
mod graphml;
mod html;
mod iri;
mod jsonld;
mod many;
mod names;
mod neo4j;
#[cfg(feature = "parquet")]
mod parquet;
mod rdf;
mod table;

pub(crate) use cue::{cue, target_words};
pub use cypher::{cypher, write_cypher};
pub use dot::{DotOptions, MAX_LAYERED_EDGES, dot, write_dot, write_dot_of_many};
pub use format::Format;
pub use graph_json::{
    GraphJsonError, GraphJsonReader, ReadGraphError, graph_json, read_graph_json, write_graph_json,
    write_relation_lines,
};
pub use graphml::{graphml, write_graphml};
pub use html::{HtmlPage, PictureError};
pub use jsonld::{RESERVED_ARGUMENTS, json_ld, prefixes, write_json_ld};
pub use many::{ExportPlan, ExportSurvey, GraphWriter};
pub use neo4j::{NEO4J_FILES, write_neo4j};
#[cfg(feature = "parquet")]
pub use parquet::ParquetWriter;
pub use rdf::{nquads, turtle, write_nquads, write_turtle};
pub use table::{csv, write_csv, write_csv_header};
