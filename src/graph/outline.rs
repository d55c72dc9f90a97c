//! Very many graphs without their passages: what is asked of all of them before a part is drawn.

use super::{
    DocumentRecord, Entity, EntityMention, KnowledgeGraph, Node, Relation, Selection, Statement,
};
use crate::text::Span;
use petgraph::graph::NodeIndex;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Takes the parts of one graph (see [`MergeStream`](super::MergeStream)) and keeps names, statements and who is joined
/// with whom: a few hundred bytes a relation. [`KnowledgeGraph::prune`] chooses the same relations of it as of the whole.
#[derive(Debug, Default)]
pub struct Outline {
    graph: KnowledgeGraph,
    entities: FxHashMap<String, NodeIndex>,
    nobody: Option<NodeIndex>,
}

/// The text of one part, as far as it is kept.
struct Kept<'g> {
    part: &'g KnowledgeGraph,
    document: u32,
    text: String,
    /// Where the nodes of the part went.
    nodes: FxHashMap<NodeIndex, NodeIndex>,
}

impl Kept<'_> {
    fn keep(&mut self, words: &str) -> Selection {
        let start = self.text.len() as u32;
        self.text.push_str(words);
        Selection {
            document: self.document,
            span: Span::new(start, self.text.len() as u32),
        }
    }
}

impl Outline {
    /// Takes a part.
    pub fn add(&mut self, part: &KnowledgeGraph) {
        self.graph.schema = Arc::clone(&part.schema);
        let mut kept = Kept {
            part,
            document: self.graph.documents.len() as u32,
            text: String::new(),
            nodes: FxHashMap::default(),
        };
        for (node, _) in part.entities() {
            self.node(node, &mut kept);
        }
        for edge in part.relations() {
            let (source, target) = (
                self.node(edge.source, &mut kept),
                self.node(edge.target, &mut kept),
            );
            let nowhere = kept.keep("");
            self.graph
                .graph
                .add_edge(source, target, bare(edge.relation, nowhere));
        }
        self.graph.documents.push(DocumentRecord {
            id: part
                .documents
                .first()
                .map_or_else(String::new, |d| d.id.clone()),
            title: None,
            file: None,
            date: None,
            sha256: String::new(),
            text: kept.text.into(),
        });
    }

    /// What was kept, as a graph of its own.
    pub fn finish(self) -> KnowledgeGraph {
        self.graph
    }

    fn node(&mut self, node: NodeIndex, kept: &mut Kept<'_>) -> NodeIndex {
        if let Some(&known) = kept.nodes.get(&node) {
            return known;
        }
        let part = kept.part;
        let new = match &part.graph[node] {
            Node::Entity(entity) => self.entity(entity, kept),
            Node::Statement(statement) => self.statement(statement, kept),
            Node::Words(words) => {
                let words = kept.keep(part.text(*words));
                self.graph.graph.add_node(Node::Words(words))
            }
            Node::Nobody => {
                let graph = &mut self.graph.graph;
                *self
                    .nobody
                    .get_or_insert_with(|| graph.add_node(Node::Nobody))
            }
        };
        kept.nodes.insert(node, new);
        new
    }

    fn entity(&mut self, entity: &Entity, kept: &mut Kept<'_>) -> NodeIndex {
        let graph = &mut self.graph.graph;
        let known = self.entities.get(&entity.id).copied();
        let node = known.unwrap_or_else(|| {
            graph.add_node(Node::Entity(Entity {
                id: entity.id.clone(),
                type_: entity.type_.clone(),
                name: entity.name.clone(),
                ids: BTreeMap::new(),
                attributes: BTreeMap::new(),
                mentions: Vec::new(),
                apart: entity.apart.clone(),
                merged: Vec::new(),
            }))
        });
        if known.is_none() {
            self.entities.insert(entity.id.clone(), node);
        }
        // Other names, by which it can be found: each of a part once.
        let mut names: Vec<(&str, &EntityMention)> = (entity.mentions.iter())
            .map(|mention| (kept.part.text(mention.selection), mention))
            .filter(|(name, mention)| mention.kind == "name" && *name != entity.name)
            .collect();
        names.sort_by_key(|(name, _)| *name);
        names.dedup_by_key(|(name, _)| *name);
        let names: Vec<EntityMention> = (names.into_iter())
            .map(|(name, mention)| EntityMention {
                selection: kept.keep(name),
                because: None,
                attributes: BTreeMap::new(),
                ..mention.clone()
            })
            .collect();
        if let Some(Node::Entity(known)) = self.graph.graph.node_weight_mut(node) {
            known.mentions.extend(names);
        }
        node
    }

    fn statement(&mut self, statement: &Statement, kept: &mut Kept<'_>) -> NodeIndex {
        let about = statement.about.iter();
        let about = about.map(|&node| self.node(node, kept)).collect();
        let content = kept.keep(&kept.part.statement_text(statement));
        self.graph.graph.add_node(Node::Statement(Statement {
            id: statement.id.clone(),
            content: vec![content],
            quoted: Vec::new(),
            speech: statement.speech,
            about,
        }))
    }
}

/// A relation without arguments and passage.
fn bare(relation: &Relation, nowhere: Selection) -> Relation {
    Relation {
        id: relation.id.clone(),
        type_: relation.type_.clone(),
        arguments: super::Arguments::default(),
        polarity: relation.polarity,
        modality: relation.modality,
        tense: relation.tense,
        speech: relation.speech,
        within: None,
        asserted: relation.asserted,
        group: None,
        evidence: nowhere,
        zone: relation.zone,
        rule: Arc::clone(&relation.rule),
        derived_from: Vec::new(),
        attributes: BTreeMap::new(),
        also: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{MergeStream, MergeSurvey, Pruning, fixture};
    use super::*;
    use std::collections::BTreeSet;

    fn outline() -> KnowledgeGraph {
        let mut survey = MergeSurvey::default();
        for graph in &fixture::reports() {
            survey.add(graph);
        }
        let plan = survey.plan();
        let mut stream = MergeStream::new(&plan);
        let mut outline = Outline::default();
        for graph in fixture::reports() {
            if let Some(part) = stream.add(graph) {
                outline.add(&part);
            }
        }
        stream.rest().iter().for_each(|part| outline.add(part));
        outline.finish()
    }

    #[test]
    fn it_is_pruned_like_the_whole() {
        let whole = KnowledgeGraph::merge(fixture::reports());
        let outline = outline();
        assert_eq!(outline.n_entities(), whole.n_entities());
        let of = |graph: &KnowledgeGraph, pruning: &Pruning| {
            let pruned = graph.prune(pruning);
            let ids = pruned.relations.iter().map(|e| e.relation.id.clone());
            (ids.collect::<BTreeSet<_>>(), pruned.left_out)
        };
        let focus = |name: &str, hops| Pruning {
            focus: Some(name.to_owned()),
            hops,
            ..Pruning::default()
        };
        for pruning in [
            Pruning::default(),
            focus("Ada Holm", 1),
            focus("Eastmark", 1),
            focus("ostmark", 2),
            focus("südmark", 2),
            Pruning {
                only: vec!["said".into()],
                top: Some(2),
                ..Pruning::default()
            },
            Pruning {
                min_support: 2,
                ..Pruning::default()
            },
        ] {
            assert_eq!(of(&outline, &pruning), of(&whole, &pruning), "{pruning:?}");
        }
        assert!(!of(&outline, &focus("ostmark", 1)).0.is_empty());
    }
}
