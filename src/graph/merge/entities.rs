//! Entities that are one become one node; no mention is lost, and each says why it is there.

use super::survey::keep_smaller;
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

/// Why entities with different names are one of which no file says so.
pub(super) const DECIDED: &str = "one by decision under several names";

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
        // All that is known of a value is in its id: there is nothing to tell apart.
        let is_value = plan.schema().is_value(&planned.type_);
        let mut mentions = mentions(entities, is_value);
        if let Some(reason) = planned.reason {
            give_reason(reason, &mut mentions);
        }
        let node = graph.graph.add_node(Node::Entity(planned.entity(mentions)));
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
fn mentions<'e>(entities: impl Iterator<Item = &'e Entity>, is_value: bool) -> Vec<EntityMention> {
    type Key = (
        Selection,
        &'static str,
        Option<&'static str>,
        Arc<RuleReference>,
    );
    let mut all: BTreeMap<Key, EntityMention> = BTreeMap::new();
    for entity in entities {
        let own = if is_value {
            Vec::new()
        } else {
            own_attributes(entity)
        };
        let mut last = None;
        for mention in &entity.mentions {
            let key = (
                mention.selection,
                mention.kind,
                mention.form,
                mention.rule.clone(),
            );
            let known = all.entry(key).or_insert_with(|| mention.clone());
            known.because = known.because.take().max(mention.because.clone());
            for (name, value) in &mention.attributes {
                keep_smaller(&mut known.attributes, name, value);
            }
            let document = Some(mention.selection.document);
            if last != document {
                for (name, value) in &own {
                    keep_smaller(&mut known.attributes, name, value);
                }
                last = document;
            }
        }
    }
    all.into_values().collect()
}

/// Two figures for one thing: each stays where it came from, at the first mention in its document. What stands at a
/// mention came from an earlier merge, and which documents say it is known no more.
fn own_attributes(entity: &Entity) -> Vec<(&String, &AttributeValue)> {
    let at_mention = |name: &str| {
        entity
            .mentions
            .iter()
            .any(|m| m.attributes.contains_key(name))
    };
    let own = entity
        .attributes
        .iter()
        .filter(|(name, _)| !at_mention(name));
    own.collect()
}

/// Says why the mentions belong together, where no rule has said so.
fn give_reason(reason: &'static str, mentions: &mut [EntityMention]) {
    for mention in mentions {
        if mention.because.as_deref().is_none_or(joins_documents) {
            mention.because = Some(reason.into());
        }
    }
}

/// Whether a reason is that of a merge.
pub(in crate::graph) fn joins_documents(reason: &str) -> bool {
    matches!(reason, SAME_NAME | SAME_ITEM | DECIDED)
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
