//! The graph in the making.

use super::Resolver;
use super::clusters::{Clusters, is_name};
use super::entities;
use super::names::{self, Name, Names};
use super::provenance::{Rules, selection};
use super::schema;
use crate::graph::identifier::{entity_id, value_id};
use crate::graph::{
    AttributeValue, Entity, EntityMention, KnowledgeGraph, Node, Relation, Statement,
};
use crate::matching::{MentionId, MentionKind, State};
use crate::rules::TypeId;
use crate::text::{Span, TokenSpan};
use petgraph::graph::NodeIndex;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Fills a graph with nodes and edges; knows which node stands for what.
pub(super) struct Builder<'s, 'a> {
    pub(super) state: &'s State<'a>,
    pub(super) clusters: &'s Clusters,
    pub(super) rules: &'s Rules,
    names: &'s Names,
    graph: KnowledgeGraph,
    /// By number of a set of mentions.
    entities: Vec<Option<NodeIndex>>,
    by_id: FxHashMap<String, NodeIndex>,
    words: FxHashMap<Span, NodeIndex>,
    nobody: Option<NodeIndex>,
}

impl<'s, 'a> Builder<'s, 'a> {
    /// A graph of one document and no nodes.
    pub(super) fn new(
        resolver: &'s Resolver,
        state: &'s State<'a>,
        clusters: &'s Clusters,
        names: &'s Names,
    ) -> Self {
        let graph = KnowledgeGraph {
            documents: vec![schema::record(state.document)],
            schema: Arc::clone(&resolver.schema),
            ..KnowledgeGraph::default()
        };
        Self {
            state,
            clusters,
            rules: &resolver.rules,
            names,
            graph,
            entities: vec![None; state.mentions.len()],
            by_id: FxHashMap::default(),
            words: FxHashMap::default(),
            nobody: None,
        }
    }

    /// SHA-256 of the document, in hex.
    pub(super) fn sha256(&self) -> &str {
        &self.graph.documents[0].sha256
    }

    /// Everything that has a name, in order of first mention.
    pub(super) fn named_entities(&mut self) {
        for &id in &self.clusters.order {
            let number = self.clusters.of(id);
            let is_new = self.entities[number as usize].is_none();
            if is_new && self.clusters.is_named(number) {
                self.entity(number);
            }
        }
    }

    /// The node of a mention: none for a pronoun that refers to nothing known.
    pub(super) fn mention_node(&mut self, id: MentionId) -> Option<NodeIndex> {
        let number = self.clusters.of(id);
        if !self.clusters.is_described(number) {
            return None;
        }
        Some(self.entity(number))
    }

    /// The node of a set of mentions where it has one already.
    pub(super) fn known_node(&self, id: MentionId) -> Option<NodeIndex> {
        self.entities[self.clusters.of(id) as usize]
    }

    /// The node of a set of mentions.
    fn entity(&mut self, number: u32) -> NodeIndex {
        if let Some(node) = self.entities[number as usize] {
            return node;
        }
        let mut members: Vec<MentionId> = self.clusters.members(number).collect();
        members.sort_by_key(|id| (self.state.mention(*id).core, *id));
        let main = self.main(&members);
        let name = self.name_of(main);
        let type_ = self.state.mention(main).type_().unwrap_or(TypeId(0));
        let attributes = self.attributes(main, &members);
        let ids = entities::identifiers(&members, self.names, self.state);
        let mentions = members
            .iter()
            .map(|id| self.entity_mention(*id, &attributes))
            .collect();
        let type_ = self.state.rules.types[type_.0 as usize].name.clone();
        let id = if self.clusters.is_value(main) {
            value_id(&type_, &name, &attributes)
        } else {
            entity_id(&type_, &name)
        };
        let node = self.add_entity(Entity {
            id,
            type_,
            name,
            ids,
            attributes,
            mentions,
            merged: Vec::new(),
            apart: BTreeSet::new(),
        });
        self.entities[number as usize] = Some(node);
        node
    }

    /// The mention whose name and type are those of the entity: names of lists before others, the fullest first.
    fn main(&self, members: &[MentionId]) -> MentionId {
        let rank = |id: &MentionId| {
            let kind = match self.state.mention(*id).kind {
                MentionKind::Name(_) | MentionKind::Adjective(_) => 0,
                MentionKind::Nominal(_) => 1,
                _ => 2,
            };
            let name = self.names.get(*id);
            let listed = name.is_some_and(|n| n.listed);
            let shouted = name.is_some_and(|n| !n.text.chars().any(char::is_lowercase));
            let words = name.map_or(0, Name::words);
            (kind, !listed, usize::MAX - words, shouted)
        };
        // The first of those that rank alike.
        let first = members.iter().min_by_key(|id| rank(id));
        *first.expect("a set of mentions is never empty")
    }

    /// The canonical name that a mention gives.
    fn name_of(&self, id: MentionId) -> String {
        match self.names.get(id) {
            Some(name) => name.text.clone(),
            None => names::words(self.description(id), self.state).into_owned(),
        }
    }

    /// A description with what other rules found to belong to it: `a spokesman for the European Commission`.
    fn description(&self, id: MentionId) -> TokenSpan {
        let mention = self.state.mention(id);
        let longer = mention
            .extents
            .iter()
            .filter(|e| e.start == mention.core.start);
        longer
            .copied()
            .max_by_key(|e| e.end)
            .unwrap_or(mention.core)
    }

    /// What the rules say of an entity; where mentions differ, the one that gave the name counts, then the first.
    fn attributes(
        &self,
        main: MentionId,
        members: &[MentionId],
    ) -> BTreeMap<String, AttributeValue> {
        let mut attributes = BTreeMap::new();
        // A value is what its own words say, at each place.
        let others = members.iter().filter(|_| !self.clusters.is_value(main));
        let names = others.filter(|id| is_name(**id, self.state));
        let main = Some(&main).filter(|id| is_name(**id, self.state));
        for id in main.into_iter().chain(names) {
            for (name, value) in &self.state.mention(*id).attributes {
                if entities::describes(name) && !attributes.contains_key(name) {
                    attributes.insert(name.clone(), value.clone());
                }
            }
        }
        attributes
    }

    fn entity_mention(
        &mut self,
        id: MentionId,
        of_entity: &BTreeMap<String, AttributeValue>,
    ) -> EntityMention {
        let state = self.state;
        let mention = state.mention(id);
        let (kind, form) = match mention.kind {
            MentionKind::Adjective(_) => ("name", Some("adjective")),
            MentionKind::Nominal(_) => ("nominal", None),
            MentionKind::Pronoun(_) => ("pronoun", None),
            _ => ("name", None),
        };
        // What a rule sets on the parts of a name differs with how much of it is there; values differ in truth.
        let is_value = self.clusters.is_value(id);
        let own = mention.attributes.iter().filter(|_| is_value);
        let differing = own.filter(|(name, value)| {
            entities::describes(name) && of_entity.get(*name) != Some(*value)
        });
        // A description is its whole noun phrase: `a spokesman for the Commission`.
        let tokens = match mention.kind {
            MentionKind::Nominal(_) => mention
                .extents
                .iter()
                .copied()
                .fold(mention.core, TokenSpan::cover),
            _ => mention.core,
        };
        EntityMention {
            selection: selection(tokens, state),
            zone: state.document.sentences[mention.sentence as usize].zone,
            kind,
            form,
            rule: self.rules.of(mention.variant),
            because: self.clusters.because(id).cloned(),
            attributes: differing
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect(),
        }
    }

    /// Adds an entity; one with the id of an earlier one becomes part of that.
    pub(super) fn add_entity(&mut self, mut entity: Entity) -> NodeIndex {
        let Some(&node) = self.by_id.get(&entity.id) else {
            let id = entity.id.clone();
            let node = self.graph.graph.add_node(Node::Entity(entity));
            self.by_id.insert(id, node);
            return node;
        };
        if let Some(Node::Entity(known)) = self.graph.graph.node_weight_mut(node) {
            for (scheme, id) in entity.ids {
                known.ids.entry(scheme).or_insert(id);
            }
            for (name, value) in entity.attributes {
                let first = known
                    .attributes
                    .entry(name.clone())
                    .or_insert_with(|| value.clone());
                // What differs stays with the mentions that it came with.
                if *first != value {
                    for mention in &mut entity.mentions {
                        mention
                            .attributes
                            .entry(name.clone())
                            .or_insert_with(|| value.clone());
                    }
                }
            }
            // Sorted once, at the end: thousands of entities may turn out to be the same.
            known.mentions.append(&mut entity.mentions);
        }
        node
    }

    /// Adds a reported content.
    pub(super) fn add_statement(&mut self, statement: Statement) -> NodeIndex {
        self.graph.graph.add_node(Node::Statement(statement))
    }

    /// The node of some words.
    pub(super) fn words_node(&mut self, tokens: TokenSpan) -> NodeIndex {
        let selection = selection(tokens, self.state);
        let graph = &mut self.graph.graph;
        *self
            .words
            .entry(selection.span)
            .or_insert_with(|| graph.add_node(Node::Words(selection)))
    }

    /// The node of whom the text does not name.
    pub(super) fn nobody(&mut self) -> NodeIndex {
        let graph = &mut self.graph.graph;
        *self
            .nobody
            .get_or_insert_with(|| graph.add_node(Node::Nobody))
    }

    /// Id of an entity or statement.
    pub(super) fn node_id(&self, node: NodeIndex) -> Option<&str> {
        self.graph.node_id(node)
    }

    /// Adds an edge.
    pub(super) fn add_relation(&mut self, source: NodeIndex, target: NodeIndex, edge: Relation) {
        self.graph.graph.add_edge(source, target, edge);
    }

    /// The graph.
    pub(super) fn finish(mut self) -> KnowledgeGraph {
        for node in self.graph.graph.node_weights_mut() {
            if let Node::Entity(entity) = node {
                entity.mentions.sort_by_key(|m| m.selection);
                entity.mentions.dedup_by_key(|m| m.selection);
            }
        }
        self.graph
    }
}
