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

pub use context::{RESERVED_ARGUMENTS, prefixes};
pub(super) use context::{Terms, UsedTerms};

use super::graph_json::written;
use crate::graph::{BaseIri, Entity, KnowledgeGraph};
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
    write_new(graph, base, Terms::of(graph), |_| true, out)
}

/// Writes a whole document; what is known of an entity only where it is new.
pub(super) fn write_new(
    graph: &KnowledgeGraph,
    base: &BaseIri,
    terms: Terms<'_>,
    is_new: impl FnMut(&Entity) -> bool,
    out: &mut impl Write,
) -> io::Result<()> {
    begin(base, &terms, out)?;
    nodes(graph, base, terms, is_new, 0, out)?;
    end(out)
}

/// What stands before the first node.
pub(super) fn begin(base: &BaseIri, terms: &Terms<'_>, out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"{\n \"@context\": ")?;
    terms.write(base, out)?;
    out.write_all(b",\n \"@graph\": [")
}

/// The nodes of a graph after so many others; gives how many there are then.
pub(super) fn nodes(
    graph: &KnowledgeGraph,
    base: &BaseIri,
    terms: Terms<'_>,
    is_new: impl FnMut(&Entity) -> bool,
    before: usize,
    out: &mut impl Write,
) -> io::Result<usize> {
    let linked = nodes::Linked::new(graph, base, terms);
    let mut writer = writer::NodeWriter::new(out, before);
    linked.documents(&mut writer)?;
    linked.entities(&mut writer, is_new)?;
    linked.statements(&mut writer)?;
    linked.relations(&mut writer)?;
    linked.spans(&mut writer)?;
    Ok(writer.nodes())
}

/// What stands after the last node.
pub(super) fn end(out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"\n ]\n}\n")
}
