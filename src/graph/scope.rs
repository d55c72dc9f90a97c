//! Entities of one document only, for those who must not merge namesakes.

use super::identifier::scoped_id;
use super::merge::joins_documents;
use super::{Entity, KnowledgeGraph, Node};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// By old node and document: the new node.
type Nodes = FxHashMap<(NodeIndex, u32), NodeIndex>;

impl KnowledgeGraph {
    /// The graph with each entity once for each document that mentions it, and with the document in its id: then no merge
    /// makes entities of two documents one, whatever their names and identifiers. The same graph if that was done before.
    ///
    /// What merges have pooled is taken apart where mentions tell whose it is; identifiers and attributes of the whole
    /// stay with each.
    #[must_use]
    pub fn scoped_to_documents(self) -> Self {
        let homes = homes(&self);
        let mut scope = Scope {
            nodes: Nodes::default(),
            new: DiGraph::new(),
        };
        for node in self.graph.node_indices() {
            match &self.graph[node] {
                Node::Entity(entity) => match homes.get(&node) {
                    Some(homes) => scope.entity(node, entity, homes, &self),
                    None => scope.keep(node, &self),
                },
                Node::Statement(_) => {}
                Node::Words(_) | Node::Nobody => scope.keep(node, &self),
            }
        }
        // Statements come behind the entities that they are about.
        for node in self.graph.node_indices() {
            if let Node::Statement(statement) = &self.graph[node] {
                let mut statement = statement.clone();
                let home = statement.content.first().map_or(0, |s| s.document);
                let about = statement.about.iter();
                statement.about = about.filter_map(|n| scope.node(*n, home)).collect();
                let new = scope.new.add_node(Node::Statement(statement));
                scope.nodes.insert((node, ANY), new);
            }
        }
        for edge in self.graph.edge_references() {
            let mut relation = edge.weight().clone();
            let home = relation.evidence.document;
            let ends = (
                scope.node(edge.source(), home),
                scope.node(edge.target(), home),
            );
            let (Some(source), Some(target)) = ends else {
                continue;
            };
            relation.within = relation.within.and_then(|n| scope.node(n, home));
            for argument in relation.arguments.values_mut().flatten() {
                argument.node = argument.node.and_then(|n| scope.node(n, home));
            }
            scope.new.add_edge(source, target, relation);
        }
        Self {
            graph: scope.new,
            ..self
        }
    }
}

/// Stands for every document.
const ANY: u32 = u32::MAX;

struct Scope {
    nodes: Nodes,
    new: DiGraph<Node, super::Relation>,
}

impl Scope {
    fn node(&self, old: NodeIndex, document: u32) -> Option<NodeIndex> {
        let of_document = self.nodes.get(&(old, document));
        of_document.or_else(|| self.nodes.get(&(old, ANY))).copied()
    }

    fn keep(&mut self, node: NodeIndex, graph: &KnowledgeGraph) {
        let new = self.new.add_node(graph.graph[node].clone());
        self.nodes.insert((node, ANY), new);
    }

    /// An entity for each document that says something of it.
    fn entity(
        &mut self,
        node: NodeIndex,
        entity: &Entity,
        homes: &BTreeSet<u32>,
        graph: &KnowledgeGraph,
    ) {
        for &home in homes {
            let of_home = entity
                .mentions
                .iter()
                .filter(|m| m.selection.document == home);
            let mut mentions: Vec<_> = of_home.cloned().collect();
            for mention in &mut mentions {
                if mention.because.as_deref().is_some_and(joins_documents) {
                    mention.because = None;
                }
            }
            let document = &graph.documents[home as usize];
            let part = Entity {
                id: scoped_id(&entity.id, &document.id, &document.sha256),
                mentions,
                merged: Vec::new(),
                apart: BTreeSet::new(),
                ..entity.clone()
            };
            let new = self.new.add_node(Node::Entity(part));
            self.nodes.insert((node, home), new);
        }
    }
}

/// By node of an entity: the documents that mention it or say something of it.
fn homes(graph: &KnowledgeGraph) -> BTreeMap<NodeIndex, BTreeSet<u32>> {
    let mut homes: BTreeMap<NodeIndex, BTreeSet<u32>> = BTreeMap::new();
    let mut add = |node: NodeIndex, document: u32| {
        if graph.entity(node).is_some() {
            homes.entry(node).or_default().insert(document);
        }
    };
    for node in graph.graph.node_indices() {
        match &graph.graph[node] {
            Node::Entity(entity) => {
                (entity.mentions.iter()).for_each(|m| add(node, m.selection.document));
            }
            Node::Statement(statement) => {
                let home = statement.content.first().map_or(0, |s| s.document);
                statement.about.iter().for_each(|topic| add(*topic, home));
            }
            Node::Words(_) | Node::Nobody => {}
        }
    }
    for edge in graph.graph.edge_references() {
        let home = edge.weight().evidence.document;
        let arguments = edge.weight().arguments.values().flatten();
        let bound = arguments.filter_map(|argument| argument.node);
        let ends = [edge.source(), edge.target()];
        ends.into_iter()
            .chain(bound)
            .for_each(|node| add(node, home));
    }
    homes
}

#[cfg(test)]
mod tests {
    use crate::graph::identifier::is_scoped;
    use crate::graph::{KnowledgeGraph, fixture};

    fn ids(graph: &KnowledgeGraph) -> Vec<String> {
        graph.entities().iter().map(|(_, e)| e.id.clone()).collect()
    }

    #[test]
    fn entities_of_two_documents_stay_apart_and_are_scoped_once() {
        let mut other = fixture::article();
        other.documents[0].sha256 = "ffffff".repeat(10);
        let both = [fixture::article(), other];
        let apart = KnowledgeGraph::merge(both.clone().map(KnowledgeGraph::scoped_to_documents));
        let whole = KnowledgeGraph::merge(both);
        assert_eq!(apart.entities().len(), 2 * whole.entities().len());
        assert_eq!(apart.relations().len(), whole.relations().len());
        assert!(ids(&apart).iter().all(|id| is_scoped(id)));
        assert!(apart.entities().iter().all(|(_, e)| {
            e.mentions
                .iter()
                .all(|m| m.because.as_deref() != Some("same name and type in several documents"))
        }));
        let again = apart.clone().scoped_to_documents();
        assert_eq!(ids(&again), ids(&apart));
        // What was pooled is taken apart again.
        assert_eq!(ids(&whole.scoped_to_documents()), ids(&apart));
    }
}
