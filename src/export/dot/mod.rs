//! DOT for Graphviz: a picture that is read from left to right, with every passage in the tooltips.
//!
//! petgraph's own `Dot` has no clusters, tooltips or complete escaping, so this is written on its graph directly.

mod edges;
mod escape;
mod layout;
mod legend;
mod nodes;
mod picture;
#[cfg(test)]
mod tests;

use super::graph_json::written;
use crate::graph::{BaseIri, KnowledgeGraph, Pruning};
use picture::Picture;
use std::io::{self, Write};

/// What to draw.
#[derive(Clone, Debug, Default)]
pub struct DotOptions {
    /// Start of every IRI.
    pub base: BaseIri,
    /// What to leave out.
    pub pruning: Pruning,
}

/// The picture of a graph, in the language of Graphviz.
pub fn dot(graph: &KnowledgeGraph, options: &DotOptions) -> String {
    written(|out| write_dot(graph, options, out))
}

/// Writes [`dot`].
pub fn write_dot(
    graph: &KnowledgeGraph,
    options: &DotOptions,
    out: &mut impl Write,
) -> io::Result<()> {
    let picture = Picture::new(graph, options);
    layout::comments(&picture, out)?;
    writeln!(out, "digraph sayso {{")?;
    layout::attributes(&picture, out)?;
    nodes::write(&picture, out)?;
    edges::write(&picture, out)?;
    writeln!(out, "}}")
}
