//! The graph in a fixed order, whatever order it was filled in.

use super::{Entity, KnowledgeGraph, Node, Relation, Selection, Statement};
use crate::text::Span;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

/// A relation with the nodes at its ends.
#[derive(Clone, Copy, Debug)]
pub struct RelationEdge<'g> {
    /// Where it starts.
    pub source: NodeIndex,
    /// Where it ends.
    pub target: NodeIndex,
    /// What it is.
    pub relation: &'g Relation,
}

impl KnowledgeGraph {
    /// Entities by id.
    pub fn entities(&self) -> Vec<(NodeIndex, &Entity)> {
        let nodes = self.graph.node_indices();
        let mut entities: Vec<_> = nodes.filter_map(|n| Some((n, self.entity(n)?))).collect();
        entities.sort_by(|a, b| a.1.id.cmp(&b.1.id).then(a.1.name.cmp(&b.1.name)));
        entities
    }

    /// How many entities there are.
    pub fn n_entities(&self) -> usize {
        let nodes = self.graph.node_weights();
        nodes.filter(|n| matches!(n, Node::Entity(_))).count()
    }

    /// How many relations there are, without hidden ones.
    pub fn n_relations(&self) -> usize {
        let edges = self.graph.edge_weights();
        edges.filter(|e| !self.is_hidden(&e.type_)).count()
    }

    /// Statements in text order, document by document.
    pub fn statements(&self) -> Vec<(NodeIndex, &Statement)> {
        let nodes = self.graph.node_indices();
        let mut statements: Vec<_> =
            (nodes.filter_map(|n| Some((n, self.statement(n)?)))).collect();
        statements.sort_by(|a, b| (&a.1.content, &a.1.id).cmp(&(&b.1.content, &b.1.id)));
        statements
    }

    /// Relations in text order, document by document, without hidden ones.
    pub fn relations(&self) -> Vec<RelationEdge<'_>> {
        let edges = self.graph.edge_references().map(|edge| RelationEdge {
            source: edge.source(),
            target: edge.target(),
            relation: edge.weight(),
        });
        let mut relations: Vec<_> =
            (edges.filter(|e| !self.is_hidden(&e.relation.type_))).collect();
        relations.sort_by_cached_key(|edge| place(edge.relation));
        relations
    }

    /// Whether the rules keep a relation from exports.
    fn is_hidden(&self, type_: &str) -> bool {
        (self.schema.relations.get(type_))
            .is_some_and(|style| style.flags.iter().any(|f| f == "hidden"))
    }

    /// Id of an entity or statement.
    pub fn node_id(&self, node: NodeIndex) -> Option<&str> {
        match self.graph.node_weight(node)? {
            Node::Entity(entity) => Some(&entity.id),
            Node::Statement(statement) => Some(&statement.id),
            Node::Words(_) | Node::Nobody => None,
        }
    }

    /// The words of a node that is only words.
    pub fn words(&self, node: NodeIndex) -> Option<Selection> {
        match self.graph.node_weight(node)? {
            Node::Words(selection) => Some(*selection),
            _ => None,
        }
    }

    /// The pieces of a statement, with a space between.
    pub fn statement_text(&self, statement: &Statement) -> String {
        let pieces = statement.content.iter().map(|&s| self.text(s));
        pieces.collect::<Vec<_>>().join(" ")
    }
}

/// Where a relation stands: its sentence, then its words in it, then its id.
fn place(relation: &Relation) -> (Selection, Vec<Span>, &str) {
    let arguments = relation.arguments.values().flatten();
    let words = arguments.flat_map(|a| a.selections.iter());
    let mut spans: Vec<_> = words.map(|s| s.span).collect();
    spans.sort_unstable();
    (relation.evidence, spans, &relation.id)
}
