//! The IRIs of everything in a graph.

use crate::graph::{BaseIri, CodePoints, KnowledgeGraph, Node, Selection};
use petgraph::graph::NodeIndex;

/// Names nodes, documents and stretches of text below a base.
pub(super) struct Iris<'g> {
    pub graph: &'g KnowledgeGraph,
    base: &'g BaseIri,
    points: Vec<CodePoints<'g>>,
    entities: String,
    documents: String,
}

impl<'g> Iris<'g> {
    /// With `{base}entity/` and `{base}doc/` written out, or with the prefixes that stand for them.
    pub(super) fn new(
        graph: &'g KnowledgeGraph,
        base: &'g BaseIri,
        prefixes: Option<[&str; 2]>,
    ) -> Self {
        let points = graph.documents.iter().map(|d| CodePoints::new(&d.text));
        let [entities, documents] = prefixes.map_or_else(
            || [base.entities(), base.documents()],
            |p| p.map(str::to_owned),
        );
        Self {
            graph,
            base,
            points: points.collect(),
            entities,
            documents,
        }
    }

    /// Of an entity id.
    pub(super) fn entity(&self, id: &str) -> String {
        format!("{}{id}", self.entities)
    }

    /// Of a statement or relation id.
    pub(super) fn part(&self, id: &str) -> String {
        format!("{}{}", self.documents, self.base.part(id))
    }

    /// Of a document.
    pub(super) fn document(&self, document: u32) -> String {
        let id = &self.graph.documents[document as usize].id;
        format!(
            "{}{}",
            self.documents,
            crate::graph::identifier::document_slug(id)
        )
    }

    /// Of the run over a document.
    pub(super) fn run(&self, document: u32) -> String {
        format!(
            "{}{}run",
            self.document(document),
            self.base.part_separator()
        )
    }

    /// Of a stretch.
    pub(super) fn stretch(&self, selection: Selection) -> String {
        let (start, end) = self.points(selection);
        let id = &self.graph.documents[selection.document as usize].id;
        format!("{}{}", self.documents, self.base.stretch(id, start, end))
    }

    /// Start and end of a stretch in code points.
    pub(super) fn points(&self, selection: Selection) -> (u32, u32) {
        self.points[selection.document as usize].span(selection.span)
    }

    /// Of a node; nothing for nobody.
    pub(super) fn node(&self, node: NodeIndex) -> Option<String> {
        match self.graph.graph.node_weight(node)? {
            Node::Entity(entity) => Some(self.entity(&entity.id)),
            Node::Statement(statement) => Some(self.part(&statement.id)),
            Node::Words(selection) => Some(self.stretch(*selection)),
            Node::Nobody => None,
        }
    }
}
