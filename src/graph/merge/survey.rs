//! What a first look at all graphs tells, without keeping them: how documents are called and which entities are one.

use super::decisions::{DecisionError, Decisions};
use super::entities::{rank, sort_key};
use super::facts::Facts;
use super::united::{United, united, united_as_it_is};
use super::{DocumentKey, base_name, short, smaller};
use crate::graph::{
    AttributeValue, DocumentRecord, Entity, EntityMention, KnowledgeGraph, MergedEntity, Node,
    Schema,
};
use indexmap::IndexMap;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Looks at graphs one after the other, in any order; then [`MergeSurvey::plan`] says what each of them becomes.
///
/// It keeps a record of each document (without its text) and of each entity (without its mentions).
#[derive(Clone, Debug, Default)]
pub struct MergeSurvey {
    schema: Option<Arc<Schema>>,
    documents: BTreeMap<DocumentKey, DocumentRecord>,
    /// How often documents come that come more than once.
    times: BTreeMap<DocumentKey, usize>,
    entities: BTreeMap<String, Known>,
}

/// What all graphs know of one entity id.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) type_: String,
    pub(super) name: String,
    pub(super) ids: BTreeMap<String, BTreeSet<String>>,
    /// Why it is one with others.
    pub(super) because: BTreeSet<String>,
    /// Ids that were one with it in some graph, under its id.
    pub(super) bonds: BTreeSet<String>,
    /// Ids that it is never one with.
    pub(super) apart: BTreeSet<String>,
    /// What people have called it instead of its name.
    pub(super) renamed: BTreeSet<String>,
    // Of all that is one with it in a graph:
    pub(super) attributes: Facts,
    /// The only document, where there is only one.
    pub(super) home: Home,
    pub(super) mentions: usize,
}

/// The documents that mention an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Home {
    Nowhere,
    One(Arc<DocumentKey>),
    Several,
}

impl Home {
    pub(super) fn add(&mut self, other: Self) {
        match (&*self, other) {
            (_, Self::Nowhere) => {}
            (Self::Nowhere, other) => *self = other,
            (known, other) if *known == other => {}
            _ => *self = Self::Several,
        }
    }
}

impl MergeSurvey {
    /// Looks at all of them.
    pub(super) fn of(graphs: &[KnowledgeGraph]) -> Self {
        let mut survey = Self::default();
        for graph in graphs {
            survey.add(graph);
        }
        survey
    }

    /// Looks at a graph.
    pub fn add(&mut self, graph: &KnowledgeGraph) {
        self.add_schema(&graph.schema);
        let mut fresh = Vec::with_capacity(graph.documents.len());
        let mut keys = Vec::with_capacity(graph.documents.len());
        for document in &graph.documents {
            let key = (base_name(document).to_owned(), document.sha256.clone());
            fresh.push(!self.documents.contains_key(&key));
            self.add_document(&key, document);
            keys.push(Arc::new(key));
        }
        for node in graph.graph.node_weights() {
            if let Node::Entity(entity) = node {
                self.add_entity(entity, &keys, &fresh);
            }
        }
    }

    /// Graphs of one run have one schema; what differs stays as it was first.
    fn add_schema(&mut self, schema: &Arc<Schema>) {
        let Some(known) = &mut self.schema else {
            self.schema = Some(schema.clone());
            return;
        };
        if !Arc::ptr_eq(known, schema) {
            let known = Arc::make_mut(known);
            add_missing(&mut known.types, &schema.types);
            add_missing(&mut known.relations, &schema.relations);
            add_missing(&mut known.prefixes, &schema.prefixes);
        }
    }

    fn add_document(&mut self, key: &DocumentKey, document: &DocumentRecord) {
        let record = DocumentRecord {
            text: Arc::default(),
            ..document.clone()
        };
        match self.documents.get_mut(key) {
            None => _ = self.documents.insert(key.clone(), record),
            Some(known) => {
                *self.times.entry(key.clone()).or_insert(1) += 1;
                known.title = smaller(known.title.take(), record.title);
                known.file = smaller(known.file.take(), record.file);
                known.date = smaller(known.date.take(), record.date);
            }
        }
    }

    fn add_entity(&mut self, entity: &Entity, keys: &[Arc<DocumentKey>], fresh: &[bool]) {
        for member in &entity.merged {
            let known = self.known(&member.id, &member.type_, &member.name, &member.ids);
            known.because.extend(member.because.iter().cloned());
        }
        let own = entity.merged.iter().find(|member| member.id == entity.id);
        let known = match own {
            Some(own) => self.known(&own.id, &own.type_, &own.name, &own.ids),
            None => self.known(&entity.id, &entity.type_, &entity.name, &entity.ids),
        };
        if own.is_some_and(|own| own.name != entity.name) {
            known.renamed.insert(entity.name.clone());
        }
        let others = entity.merged.iter().map(|member| &member.id);
        let others = others.filter(|id| **id != entity.id);
        known.bonds.extend(others.cloned());
        known.apart.extend(entity.apart.iter().cloned());
        for (name, value) in &entity.attributes {
            known.attributes.keep_smaller(name, value);
        }
        let mut last = None;
        for mention in &entity.mentions {
            let document = mention.selection.document;
            known.mentions += usize::from(fresh[document as usize]);
            if last != Some(document) {
                known
                    .home
                    .add(Home::One(Arc::clone(&keys[document as usize])));
                last = Some(document);
            }
        }
    }

    /// What is known of an id, with what is said of it now.
    fn known(
        &mut self,
        id: &str,
        type_: &str,
        name: &str,
        ids: &BTreeMap<String, String>,
    ) -> &mut Known {
        let known = (self.entities.entry(id.to_owned())).or_insert_with(|| Known {
            // The id says the type.
            type_: type_.to_owned(),
            name: name.to_owned(),
            ids: BTreeMap::new(),
            because: BTreeSet::new(),
            bonds: BTreeSet::new(),
            apart: BTreeSet::new(),
            renamed: BTreeSet::new(),
            attributes: Facts::default(),
            home: Home::Nowhere,
            mentions: 0,
        });
        if rank(name) < rank(&known.name) {
            name.clone_into(&mut known.name);
        }
        for (scheme, ids) in ids {
            let known = known.ids.entry(scheme.clone()).or_default();
            known.extend(ids.split('|').map(str::to_owned));
        }
        known
    }

    /// What all that was looked at becomes.
    ///
    /// Where one graph holds apart what is one in another, it is one.
    pub fn plan(self) -> MergePlan {
        let united = united_as_it_is(self.entities);
        Self {
            entities: BTreeMap::new(),
            ..self
        }
        .planned(united)
    }

    /// The same, as people have decided.
    ///
    /// # Errors
    /// Decisions that the graphs contradict: something is one with what it never is.
    pub fn plan_with(self, decisions: &Decisions) -> Result<MergePlan, DecisionError> {
        let united = united(self.entities, decisions)?;
        Ok(Self {
            entities: BTreeMap::new(),
            ..self
        }
        .planned(united))
    }

    fn planned(self, (others, entities): United) -> MergePlan {
        let mut documents = self.documents;
        rename_documents(&mut documents);
        MergePlan {
            schema: self.schema.unwrap_or_default(),
            documents,
            times: self.times,
            others,
            entities,
        }
    }
}

/// The names of everything once all graphs are one.
#[derive(Clone, Debug, Default)]
pub struct MergePlan {
    pub(super) schema: Arc<Schema>,
    pub(super) documents: BTreeMap<DocumentKey, DocumentRecord>,
    /// How often documents come that come more than once.
    times: BTreeMap<DocumentKey, usize>,
    /// By id of what is called otherwise now: which of [`MergePlan::entities`] it is.
    others: FxHashMap<String, usize>,
    /// By id.
    entities: Vec<PlannedEntity>,
}

/// An entity of all graphs, without its mentions.
#[derive(Clone, Debug)]
pub struct PlannedEntity {
    pub(super) id: String,
    pub(super) type_: String,
    pub(super) name: String,
    pub(super) ids: BTreeMap<String, String>,
    pub(super) attributes: Facts,
    pub(super) merged: Vec<MergedEntity>,
    pub(super) apart: BTreeSet<String>,
    /// In how many places it is mentioned.
    pub mentions: usize,
    /// Why mentions belong to it that no rule has given a reason for.
    pub(super) reason: Option<&'static str>,
}

impl PlannedEntity {
    /// The entity with some of its mentions.
    pub fn entity(&self, mentions: Vec<EntityMention>) -> Entity {
        Entity {
            id: self.id.clone(),
            type_: self.type_.clone(),
            name: self.name.clone(),
            ids: self.ids.clone(),
            attributes: self.attributes.to_map(),
            mentions,
            merged: self.merged.clone(),
            apart: self.apart.clone(),
        }
    }
}

impl MergePlan {
    /// How types and relations of all graphs are written and drawn.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// How often a document comes.
    pub(super) fn times(&self, document: &DocumentKey) -> usize {
        self.times.get(document).copied().unwrap_or(1)
    }

    /// How many documents there are.
    pub fn n_documents(&self) -> usize {
        self.documents.len()
    }

    /// All entities, by id.
    pub fn entities(&self) -> &[PlannedEntity] {
        &self.entities
    }

    /// The number among [`MergePlan::entities`] of what has this id, or had it before graphs became one.
    pub fn number(&self, id: &str) -> Option<usize> {
        number(&self.entities, |entity| &entity.id, &self.others, id)
    }
}

/// Which of some things in the order of their ids has an id, or had it: most have it still, and need no other index.
pub(super) fn number<T>(
    all: &[T],
    id_of: impl Fn(&T) -> &str,
    others: &FxHashMap<String, usize>,
    id: &str,
) -> Option<usize> {
    let found = all.binary_search_by(|one| id_of(one).cmp(id));
    found.ok().or_else(|| others.get(id).copied())
}

/// Of two values the smaller one, so that order does not matter.
pub(super) fn keep_smaller(
    attributes: &mut BTreeMap<String, AttributeValue>,
    name: &str,
    value: &AttributeValue,
) {
    match attributes.get_mut(name) {
        None => _ = attributes.insert(name.to_owned(), value.clone()),
        Some(known) if sort_key(value) < sort_key(known) => *known = value.clone(),
        Some(_) => {}
    }
}

/// Two texts with one name get the start of their hash behind it; both of them, so that order does not matter.
fn rename_documents(documents: &mut BTreeMap<DocumentKey, DocumentRecord>) {
    let mut texts: BTreeMap<String, usize> = BTreeMap::new();
    for (name, _) in documents.keys() {
        *texts.entry(name.clone()).or_default() += 1;
    }
    for ((name, hash), document) in documents {
        document.id = if texts[name] > 1 {
            format!("{name}-{}", short(hash))
        } else {
            name.clone()
        };
    }
}

fn add_missing<V: Clone>(known: &mut IndexMap<String, V>, more: &IndexMap<String, V>) {
    for (name, value) in more {
        if !known.contains_key(name) {
            known.insert(name.clone(), value.clone());
        }
    }
}
