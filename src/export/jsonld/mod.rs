//! JSON-LD: one flat `@graph` with an inline context that every reader understands, in the order of streaming readers.
//!
//! No blank nodes, at most one literal for a node and property. A direct edge (`entity/country/latvia sayso:refuses …`)
//! is written only for what the text asserts; claims and what is negated are `sayso:Relation` nodes only.

mod context;
mod nodes;
mod spans;
#[cfg(test)]
mod tests;
mod writer;

pub use context::RESERVED_ARGUMENTS;
pub(super) use context::prefixes;

use super::graph_json::written;
use crate::graph::{BaseIri, KnowledgeGraph};
use std::io::{self, Write};

/// The graph as JSON-LD.
pub fn json_ld(graph: &KnowledgeGraph, base: &BaseIri) -> String {
    written(|out| write_json_ld(graph, base, out))
}

/// Writes [`json_ld`].
pub fn write_json_ld(
    graph: &KnowledgeGraph,
    base: &BaseIri,
    out: &mut impl Write,
) -> io::Result<()> {
    let linked = nodes::Linked::new(graph, base);
    out.write_all(b"{\n \"@context\": ")?;
    linked.terms.write(base, out)?;
    out.write_all(b",\n \"@graph\": [")?;
    let mut writer = writer::NodeWriter::new(out);
    linked.documents(&mut writer)?;
    linked.entities(&mut writer)?;
    linked.statements(&mut writer)?;
    linked.relations(&mut writer)?;
    linked.spans(&mut writer)?;
    out.write_all(b"\n ]\n}\n")
}
