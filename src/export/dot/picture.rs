//! What is drawn: chosen once, so that nodes, edges and legend agree.

use super::DotOptions;
use crate::export::iri::Iris;
use crate::graph::{
    Entity, KnowledgeGraph, MergePlan, Node, Pruned, Relation, RelationEdge, Selection,
};
use petgraph::graph::NodeIndex;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Frames stand around documents as long as at most one edge of so many leaves one. With more, what belongs together is
/// torn apart, and edges cross the whole picture.
const ONE_LEAVING_OF: usize = 4;

/// Everything drawn, in order.
pub(super) struct Picture<'g> {
    pub graph: &'g KnowledgeGraph,
    pub iris: Iris<'g>,
    /// In text order, both ends known.
    pub relations: Vec<RelationEdge<'g>>,
    /// From statements to the entities in them.
    pub abouts: Vec<(NodeIndex, NodeIndex)>,
    /// By id.
    pub entities: Vec<NodeIndex>,
    /// In text order.
    pub statements: Vec<NodeIndex>,
    /// Targets and sources that are only words, in text order.
    pub words: BTreeMap<Selection, Words<'g>>,
    /// The relation that colours a statement, where one does.
    pub tints: FxHashMap<NodeIndex, &'g Relation>,
    /// Who makes a statement.
    pub speakers: FxHashMap<NodeIndex, NodeIndex>,
    /// What was pruned, one clause a reason.
    pub left_out: Vec<String>,
    /// Relations whose source or target the text does not name.
    pub open_ended: usize,
    /// Entities without any edge.
    pub orphans: usize,
    /// Where it is a part of many graphs: what all of them know.
    pub plan: Option<&'g MergePlan>,
    /// Whether it stands without title and legend, on a page that has its own.
    pub bare: bool,
}

/// Words that stand for somebody or something without a name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words<'g> {
    /// The first relation that ends (or starts) there.
    pub relation: &'g Relation,
    /// Whether it ends there.
    pub is_target: bool,
}

impl<'g> Picture<'g> {
    pub(super) fn new(graph: &'g KnowledgeGraph, options: &'g DotOptions) -> Self {
        Self::of(graph, graph.prune(&options.pruning), options)
    }

    /// The picture of some relations of a graph.
    pub(super) fn of(
        graph: &'g KnowledgeGraph,
        pruned: Pruned<'g>,
        options: &'g DotOptions,
    ) -> Self {
        let all = pruned.relations.len();
        let mut relations = pruned.relations;
        let named = |node: NodeIndex| !matches!(graph.graph[node], Node::Nobody);
        relations.retain(|edge| named(edge.source) && named(edge.target));
        let mut picture = Self {
            graph,
            iris: Iris::new(graph, &options.base, None),
            open_ended: all - relations.len(),
            relations,
            abouts: Vec::new(),
            entities: Vec::new(),
            statements: Vec::new(),
            words: BTreeMap::new(),
            tints: FxHashMap::default(),
            speakers: FxHashMap::default(),
            left_out: pruned.left_out,
            orphans: 0,
            plan: None,
            bare: false,
        };
        picture.collect();
        picture
    }

    /// Relations that colour what they lead to, where the rules give them a colour.
    pub(super) fn tinting(&self) -> impl Iterator<Item = &'g Relation> {
        let targets = self.words.values().filter(|words| words.is_target);
        let targets = targets.map(|words| words.relation);
        self.tints.values().copied().chain(targets)
    }

    /// Nodes, their colours, and what statements are about.
    fn collect(&mut self) {
        let mut drawn: BTreeSet<NodeIndex> = BTreeSet::new();
        for edge in &self.relations {
            for (node, is_target) in [(edge.source, false), (edge.target, true)] {
                drawn.insert(node);
                if let Some(selection) = self.graph.words(node) {
                    let relation = edge.relation;
                    let words = self.words.entry(selection).or_insert(Words {
                        relation,
                        is_target,
                    });
                    if is_target && !words.is_target {
                        *words = Words {
                            relation,
                            is_target,
                        };
                    }
                }
            }
            if self.graph.statement(edge.target).is_some() {
                self.speakers.entry(edge.target).or_insert(edge.source);
                let fill =
                    (self.graph.schema).relation_key(&edge.relation.type_, |r| r.fill.as_ref());
                if fill.is_some() {
                    self.tints.entry(edge.target).or_insert(edge.relation);
                }
            }
        }
        for (node, statement) in self.graph.statements() {
            if drawn.contains(&node) {
                self.statements.push(node);
                self.abouts.extend(self.topics(node, &statement.about));
            }
        }
        drawn.extend(self.abouts.iter().map(|(_, entity)| *entity));
        let entities = self.graph.entities();
        self.orphans = entities.len();
        self.entities = entities
            .into_iter()
            .map(|(node, _)| node)
            .filter(|n| drawn.contains(n))
            .collect();
        self.orphans -= self.entities.len();
    }

    /// The entities that a statement is about, by id, without values and each once.
    fn topics(&self, statement: NodeIndex, about: &[NodeIndex]) -> Vec<(NodeIndex, NodeIndex)> {
        let entities = about
            .iter()
            .filter_map(|&n| Some((self.graph.entity(n)?, n)));
        let mut topics: Vec<_> = entities
            .filter(|(e, _)| !self.graph.schema.is_value(&e.type_))
            .collect();
        topics.sort_by_key(|(entity, _)| &entity.id);
        topics.dedup_by_key(|(_, node)| *node);
        topics
            .into_iter()
            .map(|(_, node)| (statement, node))
            .collect()
    }

    /// Whether most edges stay in one document, so that a frame around each takes no node away from its neighbours.
    pub(super) fn is_separable(&self) -> bool {
        let relations = self.relations.iter().map(|e| (e.source, e.target));
        let edges = relations.chain(self.abouts.iter().copied());
        let leaving = edges.filter(|&(from, to)| self.home(from) != self.home(to));
        leaving.count() * ONE_LEAVING_OF <= self.relations.len() + self.abouts.len()
    }

    /// The only document that a node is in.
    pub(super) fn home(&self, node: NodeIndex) -> Option<u32> {
        match &self.graph.graph[node] {
            Node::Entity(entity) => {
                let document = entity.mentions.first()?.selection.document;
                let mut mentions = entity.mentions.iter();
                (mentions.all(|m| m.selection.document == document)).then_some(document)
            }
            Node::Statement(statement) => statement.content.first().map(|s| s.document),
            Node::Words(words) => Some(words.document),
            Node::Nobody => None,
        }
    }

    /// In how many places an entity is mentioned.
    pub(super) fn n_mentions(&self, entity: &Entity) -> usize {
        let planned = self
            .plan
            .and_then(|plan| plan.entities().get(plan.number(&entity.id)?));
        planned.map_or(entity.mentions.len(), |planned| planned.mentions)
    }

    /// How a person would call a node.
    pub(super) fn name(&self, node: NodeIndex) -> String {
        match &self.graph.graph[node] {
            Node::Entity(entity) => entity.name.clone(),
            Node::Statement(statement) => self.graph.statement_text(statement),
            Node::Words(words) => self.graph.text(*words).to_owned(),
            Node::Nobody => String::new(),
        }
    }

    /// `characters 650-656`, with the file where there are several.
    pub(super) fn place(&self, selection: Selection) -> String {
        let (start, end) = self.iris.points(selection);
        let document = &self.graph.documents[selection.document as usize];
        let file = document.file.as_deref().unwrap_or(&document.id);
        format!("{file}, characters {start}-{end}")
    }
}
