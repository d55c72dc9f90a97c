//! Entities of the gold against those found.

use super::file::{EntityEntry, GraphFile};
use super::scores::Scores;
use super::spans::{Range, jaccard, pair, range, shared};
use crate::graph::Schema;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How much the words of a nameless entity must agree.
const SAME_WORDS: f64 = 0.5;
/// A name counts more than any agreement of words.
const SAME_NAME: f64 = 2.0;
/// Decides between two that are alike.
const SAME_TYPE: f64 = 0.01;

/// Which entity of the gold each found one is.
pub(super) struct EntityPairs {
    /// By index of the gold: index of the found one.
    pub(super) found: BTreeMap<usize, usize>,
    /// By index of the found one: index of the gold.
    pub(super) gold: BTreeMap<usize, usize>,
}

/// Pairs entities of one type, or of an accepted one, by name or alias; those without a name of their own, and values, by their words.
pub(super) fn pair_entities(gold: &GraphFile, found: &GraphFile, schema: &Schema) -> EntityPairs {
    let mut candidates = Vec::new();
    for (g, wanted) in gold.entities.iter().enumerate() {
        for (f, entity) in found.entities.iter().enumerate() {
            let same_type = wanted.type_ == entity.type_;
            if same_type || wanted.accept_types.contains(&entity.type_) {
                let score = likeness(wanted, entity, schema);
                if score >= SAME_WORDS {
                    candidates.push((score + if same_type { SAME_TYPE } else { 0.0 }, g, f));
                }
            }
        }
    }
    let pairs = pair(candidates);
    EntityPairs {
        gold: pairs.iter().map(|&(g, f)| (f, g)).collect(),
        found: pairs.into_iter().collect(),
    }
}

fn likeness(gold: &EntityEntry, found: &EntityEntry, schema: &Schema) -> f64 {
    let name = folded(&found.name);
    let mut names = std::iter::once(&gold.name).chain(&gold.aliases);
    if names.any(|n| folded(n) == name) {
        return SAME_NAME;
    }
    if !schema.is_value(&gold.type_) && gold.mentions.iter().any(|m| m.kind == "name") {
        return 0.0;
    }
    let ranges = |e: &EntityEntry| {
        e.mentions
            .iter()
            .map(|m| range(&m.span))
            .collect::<Vec<_>>()
    };
    let (gold, found) = (ranges(gold), ranges(found));
    let pairs = gold
        .iter()
        .flat_map(|g| found.iter().map(move |f| (*g, *f)));
    pairs.map(|(g, f)| jaccard(&[g], &[f])).fold(0.0, f64::max)
}

/// Without case, accents, a leading article and marks around.
pub(super) fn folded(name: &str) -> String {
    let plain: String = name.nfkd().filter(|c| !is_combining_mark(*c)).collect();
    let lower = plain.to_lowercase().replace('’', "'");
    let mut words: Vec<&str> = lower.split_whitespace().collect();
    if words.len() > 1 && ["the", "a", "an"].contains(&words[0]) {
        words.remove(0);
    }
    let joined = words.join(" ");
    joined
        .trim_matches(|c: char| !c.is_alphanumeric() && !"$€£%".contains(c))
        .to_owned()
}

/// Counts entities and their mentions.
pub(super) fn count(gold: &GraphFile, found: &GraphFile, pairs: &EntityPairs, scores: &mut Scores) {
    for (g, entity) in gold.entities.iter().enumerate() {
        let matched = pairs.found.get(&g);
        let type_ = scores.entity_types.entry(entity.type_.clone()).or_default();
        type_.asked(entity.optional, matched.is_some());
        scores.entities.asked(entity.optional, matched.is_some());
        let tier = scores.entity_tiers.entry(entity.tier).or_default();
        tier.asked(entity.optional, matched.is_some());
        let mentions = matched.map_or(&[][..], |&f| &found.entities[f].mentions);
        let matched = pair_mentions(entity, mentions);
        for m in 0..entity.mentions.len() {
            let right = matched.iter().any(|p| p.0 == m);
            scores.mentions.asked(entity.optional, right);
        }
        for m in 0..mentions.len() {
            scores.mentions.given(matched.iter().any(|p| p.1 == m));
        }
    }
    for (f, entity) in found.entities.iter().enumerate() {
        let wanted = pairs.gold.get(&f);
        let right = wanted.is_some();
        if right || gold.judges(&entity.type_) {
            scores.entities.given(right);
            let type_ = wanted.map_or(&entity.type_, |&g| &gold.entities[g].type_);
            let type_ = scores.entity_types.entry(type_.clone()).or_default();
            type_.given(right);
            if !right {
                for _ in &entity.mentions {
                    scores.mentions.given(false);
                }
            }
        }
    }
}

fn pair_mentions(entity: &EntityEntry, found: &[super::file::MentionEntry]) -> Vec<(usize, usize)> {
    let mut candidates = Vec::new();
    for (g, wanted) in entity.mentions.iter().enumerate() {
        for (f, mention) in found.iter().enumerate() {
            let (a, b): (Range, Range) = (range(&wanted.span), range(&mention.span));
            if shared(a, b) > 0 {
                candidates.push((jaccard(&[a], &[b]), g, f));
            }
        }
    }
    pair(candidates)
}
