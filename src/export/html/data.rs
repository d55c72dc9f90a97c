//! What a page needs beside Graph JSON: paragraphs, colours, what the picture leaves out.

use super::super::dot::BarePicture;
use super::super::iri::Iris;
use super::super::names;
use crate::graph::{BaseIri, CodePoints, DocumentRecord, KnowledgeGraph, Node};
use crate::text::Document;
use petgraph::graph::NodeIndex;
use serde::Serialize;
use std::collections::BTreeSet;

#[derive(Serialize)]
pub(super) struct PageObject<'g> {
    /// Of each document: zone, start and end in code points.
    paragraphs: Vec<Vec<(&'static str, u32, u32)>>,
    /// Of the entities there are, in the order of the rules.
    types: Vec<TypeObject<'g>>,
    /// Of the relations there are, in the order of the rules.
    relations: Vec<RelationObject<'g>>,
    /// Source and target of each relation of the Graph JSON, words as `article#char=12,34`.
    ends: Vec<[Option<String>; 2]>,
    /// What is not in the picture, one clause a reason.
    left_out: &'g [String],
    /// Whether the picture is only the busiest part.
    is_part: bool,
}

#[derive(Serialize)]
struct TypeObject<'g> {
    name: &'g str,
    fill: Option<&'g str>,
    stroke: Option<&'g str>,
    /// A quantity, a date.
    value: bool,
}

#[derive(Serialize)]
struct RelationObject<'g> {
    name: &'g str,
    stroke: Option<&'g str>,
    /// The argument whose words an edge is labelled with.
    label: Option<&'g str>,
    /// What is read at a target that is only words.
    shown: Option<&'g str>,
}

impl<'g> PageObject<'g> {
    pub(super) fn new(graph: &'g KnowledgeGraph, base: &BaseIri, picture: &'g BarePicture) -> Self {
        let iris = Iris::new(graph, base, None);
        let ends = (graph.relations().into_iter())
            .map(|edge| [edge.source, edge.target].map(|node| node_key(&iris, node)));
        Self {
            ends: ends.collect(),
            paragraphs: graph.documents.iter().map(paragraphs).collect(),
            types: types(graph),
            relations: relations(graph),
            left_out: &picture.left_out,
            is_part: picture.is_part,
        }
    }
}

/// What the page calls a node: its id, or the place of its words.
pub(super) fn node_key(iris: &Iris<'_>, node: NodeIndex) -> Option<String> {
    let graph = iris.graph;
    match graph.words(node) {
        Some(words) => {
            let (start, end) = iris.points(words);
            let document = &graph.documents[words.document as usize].id;
            Some(format!("{document}#char={start},{end}"))
        }
        None => graph.node_id(node).map(str::to_owned),
    }
}

/// A graph does not hold paragraphs; a text has the same ones each time.
fn paragraphs(record: &DocumentRecord) -> Vec<(&'static str, u32, u32)> {
    let points = CodePoints::new(&record.text);
    let layout = Document::new(record.id.as_str(), &*record.text);
    let paragraphs = layout.paragraphs.iter().map(|paragraph| {
        let (start, end) = points.span(paragraph.span);
        (names::zone(paragraph.zone), start, end)
    });
    paragraphs.collect()
}

fn types(graph: &KnowledgeGraph) -> Vec<TypeObject<'_>> {
    let schema = &graph.schema;
    let entities = graph.graph.node_weights().filter_map(|node| match node {
        Node::Entity(entity) => Some(&*entity.type_),
        _ => None,
    });
    let names: BTreeSet<&str> = entities.collect();
    let types = in_order(names, |name| schema.types.get_index_of(name));
    (types.into_iter())
        .map(|name| TypeObject {
            name,
            fill: schema.type_key(name, |t| t.fill.as_ref()),
            stroke: schema.type_key(name, |t| t.stroke.as_ref()),
            value: schema.is_value(name),
        })
        .collect()
}

fn relations(graph: &KnowledgeGraph) -> Vec<RelationObject<'_>> {
    let schema = &graph.schema;
    let all = graph.relations().into_iter();
    let names: BTreeSet<&str> = all.map(|edge| &*edge.relation.type_).collect();
    let relations = in_order(names, |name| schema.relations.get_index_of(name));
    (relations.into_iter())
        .map(|name| RelationObject {
            name,
            stroke: schema.relation_key(name, |r| r.stroke.as_ref()),
            label: schema.relation_key(name, |r| r.label.as_ref()),
            shown: schema.relation_key(name, |r| r.shown.as_ref()),
        })
        .collect()
}

/// Names in the order of the rules; those that no rule declares come last.
fn in_order(names: BTreeSet<&str>, index: impl Fn(&str) -> Option<usize>) -> Vec<&str> {
    let mut names: Vec<_> = names.into_iter().collect();
    names.sort_by_key(|name| index(name).unwrap_or(usize::MAX));
    names
}
