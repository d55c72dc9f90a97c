//! What a first look at all graphs tells, without keeping them: how documents are called and which entities are one.

use super::entities::{SAME_ITEM, SAME_NAME, rank, sort_key};
use super::{DocumentKey, base_name, short, smaller};
use crate::graph::{AttributeValue, DocumentRecord, Entity, KnowledgeGraph, Node, Schema};
use indexmap::IndexMap;
use petgraph::unionfind::UnionFind;
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
struct Known {
    type_: String,
    name: String,
    ids: BTreeMap<String, BTreeSet<String>>,
    attributes: BTreeMap<String, AttributeValue>,
    /// The only document, where there is only one.
    home: Home,
    /// Whether it was several entities before an earlier merge.
    united: bool,
    mentions: usize,
}

/// The documents that mention an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Home {
    Nowhere,
    One(DocumentKey),
    Several,
}

impl Home {
    fn add(&mut self, other: Self) {
        match (&*self, other) {
            (_, Self::Nowhere) => {}
            (Self::Nowhere, other) => *self = other,
            (known, other) if *known == other => {}
            _ => *self = Self::Several,
        }
    }
}

impl MergeSurvey {
    /// Looks at a graph.
    pub fn add(&mut self, graph: &KnowledgeGraph) {
        self.add_schema(&graph.schema);
        let mut fresh = Vec::with_capacity(graph.documents.len());
        let mut keys = Vec::with_capacity(graph.documents.len());
        for document in &graph.documents {
            let key = (base_name(document).to_owned(), document.sha256.clone());
            fresh.push(!self.documents.contains_key(&key));
            self.add_document(&key, document);
            keys.push(key);
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

    fn add_entity(&mut self, entity: &Entity, keys: &[DocumentKey], fresh: &[bool]) {
        let known = (self.entities.entry(entity.id.clone())).or_insert_with(|| Known {
            // The id says the type.
            type_: entity.type_.clone(),
            name: entity.name.clone(),
            ids: BTreeMap::new(),
            attributes: BTreeMap::new(),
            home: Home::Nowhere,
            united: false,
            mentions: 0,
        });
        if rank(&entity.name) < rank(&known.name) {
            known.name.clone_from(&entity.name);
        }
        for (scheme, ids) in &entity.ids {
            let known = known.ids.entry(scheme.clone()).or_default();
            known.extend(ids.split('|').map(str::to_owned));
        }
        for (name, value) in &entity.attributes {
            keep_smaller(&mut known.attributes, name, value);
        }
        let mut last = None;
        for mention in &entity.mentions {
            let document = mention.selection.document;
            known.mentions += usize::from(fresh[document as usize]);
            known.united |= mention.because.as_deref() == Some(SAME_ITEM);
            if last != Some(document) {
                known.home.add(Home::One(keys[document as usize].clone()));
                last = Some(document);
            }
        }
    }

    /// What all that was looked at becomes.
    pub fn plan(self) -> MergePlan {
        let mut documents = self.documents;
        rename_documents(&mut documents);
        let (numbers, entities) = united(self.entities);
        MergePlan {
            schema: self.schema.unwrap_or_default(),
            documents,
            times: self.times,
            numbers,
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
    /// By entity id: which of [`MergePlan::entities`] it is.
    numbers: FxHashMap<String, usize>,
    entities: Vec<PlannedEntity>,
}

/// An entity of all graphs, without its mentions.
#[derive(Clone, Debug)]
pub struct PlannedEntity {
    /// Id, type, name, identifiers and attributes; no mentions.
    pub entity: Entity,
    /// In how many places it is mentioned.
    pub mentions: usize,
    /// Why mentions belong to it that no rule has given a reason for.
    pub(super) reason: Option<&'static str>,
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
        self.numbers.get(id).copied()
    }
}

/// Entities with one Wikidata item become one, which is called like that with the smallest id.
fn united(all: BTreeMap<String, Known>) -> (FxHashMap<String, usize>, Vec<PlannedEntity>) {
    let mut same = UnionFind::<usize>::new(all.len());
    let mut items: FxHashMap<&str, usize> = FxHashMap::default();
    for (index, known) in all.values().enumerate() {
        for item in known.ids.get("wikidata").into_iter().flatten() {
            let first = *items.entry(item).or_insert(index);
            same.union(first, index);
        }
    }
    let mut numbers = FxHashMap::default();
    let mut entities: Vec<(Known, String, usize)> = Vec::with_capacity(all.len());
    let mut of_group: FxHashMap<usize, usize> = FxHashMap::default();
    for (index, (id, known)) in all.into_iter().enumerate() {
        let number = *of_group.entry(same.find(index)).or_insert(entities.len());
        numbers.insert(id.clone(), number);
        match entities.get_mut(number) {
            None => entities.push((known, id, 1)),
            Some((first, _, members)) => {
                first.take_in(known);
                *members += 1;
            }
        }
    }
    let entities = entities.into_iter();
    let planned = entities.map(|(known, id, members)| known.planned(id, members));
    (numbers, planned.collect())
}

impl Known {
    fn take_in(&mut self, other: Self) {
        for (scheme, ids) in other.ids {
            self.ids.entry(scheme).or_default().extend(ids);
        }
        for (name, value) in &other.attributes {
            keep_smaller(&mut self.attributes, name, value);
        }
        self.home.add(other.home);
        self.united |= other.united;
        self.mentions += other.mentions;
    }

    fn planned(self, id: String, members: usize) -> PlannedEntity {
        let joined = |ids: BTreeSet<String>| ids.into_iter().collect::<Vec<_>>().join("|");
        let ids = self.ids.into_iter();
        let reason = match self.home {
            _ if members > 1 || self.united => Some(SAME_ITEM),
            Home::Several => Some(SAME_NAME),
            Home::One(_) | Home::Nowhere => None,
        };
        PlannedEntity {
            entity: Entity {
                id,
                type_: self.type_,
                name: self.name,
                ids: ids.map(|(scheme, ids)| (scheme, joined(ids))).collect(),
                attributes: self.attributes,
                mentions: Vec::new(),
            },
            mentions: self.mentions,
            reason,
        }
    }
}

/// Of two values the smaller one, so that order does not matter.
fn keep_smaller(
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
