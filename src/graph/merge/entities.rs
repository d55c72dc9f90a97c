//! Entities that are one become one node; no mention is lost, and each says why it is there.

use super::{MergePlan, Origin, Part};
use crate::graph::{
    AttributeValue, Entity, EntityMention, KnowledgeGraph, Node, RuleReference, Selection,
};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Why mentions of several documents belong to one entity.
pub(super) const SAME_NAME: &str = "same name and type in several documents";
/// Why entities with different names are one.
pub(super) const SAME_ITEM: &str = "same Wikidata item under several names";

/// Adds all entities, sorted by id.
pub(super) fn add(graph: &mut KnowledgeGraph, parts: &mut [Part], plan: &MergePlan) {
    for (number, origins) in grouped(parts, plan) {
        let planned = &plan.entities()[number];
        let entities = origins.iter().filter_map(|&(part, node)| {
            let Node::Entity(entity) = &parts[part].graph[node] else {
                return None;
            };
            Some(entity)
        });
        let mut mentions = mentions(entities, &planned.entity.attributes);
        if let Some(reason) = planned.reason {
            give_reason(reason, &mut mentions);
        }
        let node = graph.graph.add_node(Node::Entity(Entity {
            mentions,
            ..planned.entity.clone()
        }));
        for (part, origin) in origins {
            parts[part].nodes[origin.index()] = Some(node);
        }
    }
}

/// By number in the plan: the nodes that are one.
fn grouped(parts: &[Part], plan: &MergePlan) -> BTreeMap<usize, Vec<Origin>> {
    let mut groups: BTreeMap<usize, Vec<Origin>> = BTreeMap::new();
    for (part, content) in parts.iter().enumerate() {
        for node in content.graph.node_indices() {
            if let Node::Entity(entity) = &content.graph[node]
                && let Some(number) = plan.number(&entity.id)
            {
                groups.entry(number).or_default().push((part, node));
            }
        }
    }
    groups
}

/// All mentions in text order, each once.
fn mentions<'e>(
    entities: impl Iterator<Item = &'e Entity>,
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
    all.into_values().collect()
}

/// Says why the mentions belong together, where no rule has said so.
fn give_reason(reason: &'static str, mentions: &mut [EntityMention]) {
    for mention in mentions {
        if matches!(mention.because.as_deref(), None | Some(SAME_NAME)) {
            mention.because = Some(reason.into());
        }
    }
}

/// An order of values.
pub(super) fn sort_key(value: &AttributeValue) -> (u8, usize, &str) {
    let (kind, (capitals, text)) = match value {
        AttributeValue::Number(number) => (0, rank(number)),
        AttributeValue::Text(text) => (1, rank(text)),
        AttributeValue::Flag => (2, (0, "")),
    };
    (kind, capitals, text)
}

/// An order of spellings: `Washington` goes before `WASHINGTON`, and what stands inside a sentence before its start.
pub(super) fn rank(text: &str) -> (usize, &str) {
    (text.chars().filter(|c| c.is_uppercase()).count(), text)
}
