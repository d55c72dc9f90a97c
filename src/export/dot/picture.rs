//! What is drawn: chosen once, so that nodes, edges and legend agree.

use super::DotOptions;
use crate::export::iri::Iris;
use crate::graph::{
    Entity, EntityMention, KnowledgeGraph, MergePlan, Node, Pruned, Relation, RelationEdge,
    RuleReference, Selection, Statement,
};
use crate::text::{Document, Span};
use petgraph::graph::NodeIndex;
use rustc_hash::FxHashMap;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

/// Frames stand around documents as long as at most one edge of so many leaves one. With more, what belongs together is
/// torn apart, and edges cross the whole picture.
const ONE_LEAVING_OF: usize = 4;

/// Everything drawn, in order.
pub(super) struct Picture<'g> {
    pub graph: &'g KnowledgeGraph,
    pub iris: Iris<'g>,
    /// In text order.
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
    /// The first relation that leads to a statement: who makes it.
    pub speakers: FxHashMap<NodeIndex, RelationEdge<'g>>,
    /// What was pruned, one clause a reason.
    pub left_out: Vec<String>,
    /// Entities without any edge.
    pub orphans: usize,
    /// Sentences of each document.
    sentences: OnceCell<Vec<Vec<Span>>>,
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

/// Where a relation starts or ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Source,
    Target,
}

impl End {
    fn of(self, edge: &RelationEdge<'_>) -> NodeIndex {
        match self {
            Self::Source => edge.source,
            Self::Target => edge.target,
        }
    }

    /// What stands in the IRI of a node without a name.
    fn name(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Target => "target",
        }
    }
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
        let mut picture = Self {
            graph,
            iris: Iris::new(graph, &options.base, None),
            relations: pruned.relations,
            abouts: Vec::new(),
            entities: Vec::new(),
            statements: Vec::new(),
            words: BTreeMap::new(),
            tints: FxHashMap::default(),
            speakers: FxHashMap::default(),
            left_out: pruned.left_out,
            orphans: 0,
            sentences: OnceCell::new(),
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
                self.speakers.entry(edge.target).or_insert(*edge);
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
        let relations = self.relations.iter().filter(|edge| {
            let home = |node| self.home(node).or(self.unnamed_home(edge, node));
            home(edge.source) != home(edge.target)
        });
        let abouts = self.abouts.iter();
        let abouts = abouts.filter(|(from, to)| self.home(*from) != self.home(*to));
        let leaving = relations.count() + abouts.count();
        leaving * ONE_LEAVING_OF <= self.relations.len() + self.abouts.len()
    }

    /// The document of a relation where an end of it has no name.
    fn unnamed_home(&self, edge: &RelationEdge<'_>, node: NodeIndex) -> Option<u32> {
        self.is_unnamed(node)
            .then_some(edge.relation.evidence.document)
    }

    /// Whether it stands for whatever the text does not name.
    pub(super) fn is_unnamed(&self, node: NodeIndex) -> bool {
        matches!(self.graph.graph[node], Node::Nobody)
    }

    /// The ends that have no name, each a node of its own: nothing says that two of them are one.
    pub(super) fn unnamed(&self) -> impl Iterator<Item = (&RelationEdge<'g>, End)> {
        let ends = self.relations.iter();
        let ends = ends.flat_map(|edge| [(edge, End::Source), (edge, End::Target)]);
        ends.filter(|(edge, end)| self.is_unnamed(end.of(edge)))
    }

    /// The IRI of an end of a relation.
    pub(super) fn end(&self, edge: &RelationEdge<'_>, end: End) -> String {
        let named = self.iris.node(end.of(edge));
        named.unwrap_or_else(|| format!("{}-{}", self.iris.part(&edge.relation.id), end.name()))
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

    /// The sentence around a selection, or its own words where no sentence holds all of them.
    fn sentence(&self, selection: Selection) -> &'g str {
        let documents = &self.graph.documents;
        let all = self.sentences.get_or_init(|| {
            let split = |text: &str| Document::new("", text).sentences;
            let spans = |text| split(text).into_iter().map(|s| s.span).collect();
            documents.iter().map(|d| spans(&d.text)).collect()
        });
        let sentences = &all[selection.document as usize];
        let span = selection.span;
        let next = sentences.partition_point(|s| s.start <= span.start);
        let sentence = next.checked_sub(1).map(|n| sentences[n]);
        let span = sentence.filter(|s| s.end >= span.end).unwrap_or(span);
        self.graph.text(Selection { span, ..selection })
    }

    /// The sentence, where in it something stands, and the rule that found that.
    pub(super) fn passage(&self, selection: Selection, rule: &RuleReference) -> String {
        let (sentence, place) = (self.sentence(selection).trim(), self.place(selection));
        format!("{sentence}\n{place}\nrule {}/{}", rule.id, rule.variant)
    }

    /// Where a statement names an entity.
    pub(super) fn mention_in<'e>(
        statement: &Statement,
        entity: &'e Entity,
    ) -> Option<&'e EntityMention> {
        entity.mentions.iter().find(|mention| {
            let within = |piece: &Selection| {
                piece.document == mention.selection.document
                    && piece.span.start <= mention.selection.span.start
                    && mention.selection.span.end <= piece.span.end
            };
            statement.content.iter().any(within)
        })
    }

    /// `characters 650-656`, with the file where there are several.
    pub(super) fn place(&self, selection: Selection) -> String {
        let (start, end) = self.iris.points(selection);
        let document = &self.graph.documents[selection.document as usize];
        let file = document.file.as_deref().unwrap_or(&document.id);
        format!("{file}, characters {start}-{end}")
    }
}
