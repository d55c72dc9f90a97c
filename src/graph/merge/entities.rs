//! Entities with one id or one Wikidata item become one node; no mention is lost, and each says why it is there.

use super::{Origin, Part};
use crate::graph::{
    AttributeValue, Entity, EntityMention, KnowledgeGraph, Node, RuleReference, Selection,
};
use petgraph::unionfind::UnionFind;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Why mentions of several documents belong to one entity.
pub(super) const SAME_NAME: &str = "same name and type in several documents";
/// Why entities with different names are one.
pub(super) const SAME_ITEM: &str = "same Wikidata item under several names";

/// Adds all entities, sorted by id.
pub(super) fn add(graph: &mut KnowledgeGraph, parts: &mut [Part]) {
    let mut groups: Vec<(Entity, Vec<Origin>)> = grouped(parts)
        .into_iter()
        .map(|(entities, origins)| (merged(&entities), origins))
        .collect();
    groups.sort_by(|a, b| a.0.id.cmp(&b.0.id));
    for (entity, origins) in groups {
        let node = graph.graph.add_node(Node::Entity(entity));
        for (number, origin) in origins {
            parts[number].nodes[origin.index()] = Some(node);
        }
    }
}

/// Entities that are one.
fn grouped(parts: &[Part]) -> Vec<(Vec<&Entity>, Vec<Origin>)> {
    let mut all: Vec<(&Entity, Origin)> = Vec::new();
    for (number, part) in parts.iter().enumerate() {
        let nodes = part.graph.node_indices();
        all.extend(nodes.filter_map(|node| match &part.graph[node] {
            Node::Entity(entity) => Some((entity, (number, node))),
            _ => None,
        }));
    }
    let mut same = UnionFind::<usize>::new(all.len());
    let mut seen: FxHashMap<(bool, &str), usize> = FxHashMap::default();
    for (index, (entity, _)) in all.iter().enumerate() {
        let items = entity
            .ids
            .get("wikidata")
            .into_iter()
            .flat_map(|ids| ids.split('|'));
        for key in items
            .map(|item| (true, item))
            .chain([(false, entity.id.as_str())])
        {
            let first = *seen.entry(key).or_insert(index);
            same.union(first, index);
        }
    }
    let mut groups: BTreeMap<usize, (Vec<&Entity>, Vec<Origin>)> = BTreeMap::new();
    for (index, (entity, origin)) in all.into_iter().enumerate() {
        let group = groups.entry(same.find(index)).or_default();
        group.0.push(entity);
        group.1.push(origin);
    }
    groups.into_values().collect()
}

/// One entity of several; that with the smallest id (then name) gives id, type and name.
fn merged(entities: &[&Entity]) -> Entity {
    let first = entities
        .iter()
        .min_by_key(|e| (&e.id, &e.name, &e.type_))
        .expect("groups are not empty");
    let mut ids: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    let mut attributes: BTreeMap<String, AttributeValue> = BTreeMap::new();
    for entity in entities {
        for (scheme, id) in &entity.ids {
            ids.entry(scheme.clone()).or_default().extend(id.split('|'));
        }
        for (name, value) in &entity.attributes {
            let known = attributes
                .entry(name.clone())
                .or_insert_with(|| value.clone());
            if sort_key(value) < sort_key(known) {
                *known = value.clone();
            }
        }
    }
    let joined = |ids: BTreeSet<&str>| ids.into_iter().collect::<Vec<_>>().join("|");
    Entity {
        id: first.id.clone(),
        type_: first.type_.clone(),
        name: first.name.clone(),
        ids: ids
            .into_iter()
            .map(|(scheme, ids)| (scheme, joined(ids)))
            .collect(),
        mentions: mentions(entities, &attributes),
        attributes,
    }
}

/// All mentions in text order, each once.
fn mentions(
    entities: &[&Entity],
    attributes: &BTreeMap<String, AttributeValue>,
) -> Vec<EntityMention> {
    type Key = (
        Selection,
        &'static str,
        Option<&'static str>,
        Arc<RuleReference>,
    );
    let mut all: BTreeMap<Key, EntityMention> = BTreeMap::new();
    for entity in entities {
        // Two figures for one thing: each stays with the mentions that it came with.
        let differing = entity
            .attributes
            .iter()
            .filter(|(name, value)| attributes.get(*name) != Some(*value));
        let differing: Vec<_> = differing.collect();
        for mention in &entity.mentions {
            let key = (
                mention.selection,
                mention.kind,
                mention.form,
                mention.rule.clone(),
            );
            let known = all.entry(key).or_insert_with(|| mention.clone());
            known.because = known.because.take().max(mention.because.clone());
            for (name, value) in mention.attributes.iter().chain(differing.iter().copied()) {
                known
                    .attributes
                    .entry(name.clone())
                    .or_insert_with(|| value.clone());
            }
        }
    }
    let mut mentions: Vec<_> = all.into_values().collect();
    give_reason(entities, &mut mentions);
    mentions
}

/// Says why the mentions belong together, where no rule has said so.
fn give_reason(entities: &[&Entity], mentions: &mut [EntityMention]) {
    let ids: BTreeSet<_> = entities.iter().map(|e| &e.id).collect();
    let documents: BTreeSet<_> = mentions.iter().map(|m| m.selection.document).collect();
    let before = |reason: &str| {
        mentions
            .iter()
            .any(|m| m.because.as_deref() == Some(reason))
    };
    let reason = if ids.len() > 1 || before(SAME_ITEM) {
        SAME_ITEM
    } else if documents.len() > 1 {
        SAME_NAME
    } else {
        return;
    };
    for mention in mentions {
        if matches!(mention.because.as_deref(), None | Some(SAME_NAME)) {
            mention.because = Some(reason.into());
        }
    }
}

/// An order of values.
fn sort_key(value: &AttributeValue) -> (u8, &str) {
    match value {
        AttributeValue::Number(number) => (0, number),
        AttributeValue::Text(text) => (1, text),
        AttributeValue::Flag => (2, ""),
    }
}
