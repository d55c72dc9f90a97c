//! DOT for Graphviz: a picture that is read from left to right, with every passage in the tooltips.
//!
//! petgraph's own `Dot` has no clusters, tooltips or complete escaping, so this is written on its graph directly.

mod edges;
mod escape;
mod frame;
mod layout;
mod legend;
mod many;
mod nodes;
mod picture;
#[cfg(test)]
mod tests;

pub use frame::MAX_LAYERED_EDGES;
pub use many::write_dot_of_many;

use super::graph_json::written;
use crate::graph::{BaseIri, KnowledgeGraph, Pruning};
use frame::Frame;
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
    write_picture(&Picture::new(graph, options), out)
}

fn write_picture(picture: &Picture<'_>, out: &mut impl Write) -> io::Result<()> {
    write_framed(picture, &Frame::of(picture), out)
}

fn write_framed(picture: &Picture<'_>, frame: &Frame, out: &mut impl Write) -> io::Result<()> {
    layout::comments(frame, out)?;
    writeln!(out, "digraph sayso {{")?;
    layout::attributes(frame, &picture.graph.schema, out)?;
    nodes::write(picture, frame.is_layered(), out)?;
    edges::write(picture, out)?;
    writeln!(out, "}}")
}

/// A picture without title and legend, for a page that has its own.
#[derive(Clone, Debug)]
pub(super) struct BarePicture {
    /// In the language of Graphviz.
    pub dot: String,
    /// What is not drawn, one clause a reason.
    pub left_out: Vec<String>,
    /// Whether there was too much to draw all of it.
    pub is_part: bool,
}

/// The picture of a graph, of its busiest part where there are more than so many nodes.
pub(super) fn bare(graph: &KnowledgeGraph, options: &DotOptions, max_nodes: usize) -> BarePicture {
    let mut pruned = graph.prune(&options.pruning);
    let is_part = pruned.keep_busiest(graph, max_nodes);
    let mut picture = Picture::of(graph, pruned, options);
    picture.bare = true;
    BarePicture {
        dot: written(|out| write_picture(&picture, out)),
        left_out: layout::absences(&Frame::of(&picture)),
        is_part,
    }
}
