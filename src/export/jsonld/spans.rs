//! Every stretch of text that something else points to, as a Web Annotation selector.

use super::context::further_arguments;
use super::nodes::{Linked, brief, direct_edges, value_keys};
use super::writer::NodeWriter;
use crate::graph::{AttributeValue, KnowledgeGraph, Node, Selection};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Code points of context before and after a stretch.
const CONTEXT: usize = 32;

/// Stretches in text order, with what a mention there alone is worth.
pub(super) type Spans<'g> = BTreeMap<Selection, Option<&'g BTreeMap<String, AttributeValue>>>;

/// All stretches that an export points to.
pub(super) fn collect(graph: &KnowledgeGraph) -> Spans<'_> {
    let mut spans = Spans::new();
    for node in graph.graph.node_weights() {
        match node {
            Node::Entity(entity) => {
                for mention in &entity.mentions {
                    let worth = spans.entry(mention.selection).or_default();
                    if !mention.attributes.is_empty() {
                        // Two values on the same words: the smaller one, so that order does not matter.
                        let both = [*worth, Some(&mention.attributes)].into_iter().flatten();
                        *worth = both.min_by_key(|attributes| format!("{attributes:?}"));
                    }
                }
            }
            Node::Statement(statement) => {
                let pieces = statement.content.iter().chain(&statement.quoted);
                pieces.for_each(|&s| _ = spans.entry(s).or_default());
            }
            Node::Words(_) | Node::Nobody => {}
        }
    }
    for edge in graph.relations() {
        let ends = [edge.source, edge.target]
            .into_iter()
            .filter_map(|n| graph.words(n));
        let arguments = further_arguments(graph, &edge).flat_map(|(_, bound)| bound);
        let words = arguments.filter(|a| a.node.is_none_or(|n| graph.node_id(n).is_none()));
        let words = words.flat_map(|a| a.selections.iter().copied());
        let all = ends.chain(words).chain([edge.relation.evidence]);
        all.for_each(|s| _ = spans.entry(s).or_default());
    }
    spans
}

impl Linked<'_> {
    /// `doc#char=a,b`: position, words, and what stands around them.
    pub(super) fn spans<W: Write>(&self, writer: &mut NodeWriter<'_, W>) -> io::Result<()> {
        let types = [
            "sayso:Span",
            "oa:TextPositionSelector",
            "oa:TextQuoteSelector",
        ];
        for (&selection, attributes) in &self.spans {
            let exact = self.graph.text(selection);
            let (start, end) = self.iris.points(selection);
            let text = &self.graph.documents[selection.document as usize].text;
            writer.node(&types, &self.iris.stretch(selection), |node| {
                node.key("label", &brief(exact))?;
                node.key("start", &start)?;
                node.key("end", &end)?;
                node.key("exact", exact)?;
                node.key(
                    "prefix",
                    last(&text[..selection.span.start as usize], CONTEXT),
                )?;
                node.key(
                    "suffix",
                    first(&text[selection.span.end as usize..], CONTEXT),
                )?;
                if let Some(attributes) = attributes {
                    value_keys(node, attributes)?;
                }
                direct_edges(node, self.words_subjects.get(&selection))?;
                node.key("inDocument", &self.iris.document(selection.document))
            })?;
        }
        Ok(())
    }
}

fn first(text: &str, points: usize) -> &str {
    let end = text
        .char_indices()
        .nth(points)
        .map_or(text.len(), |(at, _)| at);
    &text[..end]
}

fn last(text: &str, points: usize) -> &str {
    let start = text
        .char_indices()
        .rev()
        .take(points)
        .last()
        .map_or(text.len(), |(at, _)| at);
    &text[start..]
}
