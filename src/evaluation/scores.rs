//! Counts, and what follows from them.

use super::file::Tier;
use serde::Serialize;
use std::collections::BTreeMap;

/// Gold against found. What is optional is never missed, but right where it is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// What must be found.
    pub gold: usize,
    /// How much of it is found.
    pub recalled: usize,
    /// What was found and is judged.
    pub found: usize,
    /// How much of it is right.
    pub right: usize,
}

#[expect(clippy::cast_precision_loss, reason = "no graph has 2^52 relations")]
fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

impl Count {
    /// The right share of what was found.
    pub fn precision(self) -> Option<f64> {
        share(self.right, self.found)
    }

    /// The found share of the gold.
    pub fn recall(self) -> Option<f64> {
        share(self.recalled, self.gold)
    }

    /// The harmonic mean of precision and recall; 0 where something is asked for and nothing found.
    pub fn f1(self) -> Option<f64> {
        match (self.precision(), self.recall()) {
            (Some(p), Some(r)) if p + r > 0.0 => Some(2.0 * p * r / (p + r)),
            (None, None) => None,
            _ => Some(0.0),
        }
    }

    /// Counts one of the gold.
    pub(super) fn asked(&mut self, optional: bool, matched: bool) {
        if !optional {
            self.gold += 1;
            self.recalled += usize::from(matched);
        }
    }

    /// Counts one that was found.
    pub(super) fn given(&mut self, right: bool) {
        self.found += 1;
        self.right += usize::from(right);
    }

    fn add(&mut self, other: Self) {
        self.gold += other.gold;
        self.recalled += other.recalled;
        self.found += other.found;
        self.right += other.right;
    }
}

/// How many of the pairs agree in one more respect.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Agreement {
    /// That agree.
    pub agree: usize,
    /// Of which the gold says anything.
    pub of: usize,
}

/// All counts of one article, or of several.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Scores {
    /// Entities.
    pub entities: Count,
    /// Mentions, on the right entity.
    pub mentions: Count,
    /// Relations.
    pub relations: Count,
    /// Entities by type.
    pub entity_types: BTreeMap<String, Count>,
    /// Relations by type.
    pub relation_types: BTreeMap<String, Count>,
    /// Entities by tier: recall only, for what is found has no tier.
    pub entity_tiers: BTreeMap<Tier, Count>,
    /// Relations by tier: recall only.
    pub relation_tiers: BTreeMap<Tier, Count>,
    /// Of the relations found, by respect: `polarity`, `modality`, `within`.
    pub agreement: BTreeMap<&'static str, Agreement>,
    /// Negatives that were committed, and all.
    pub negatives: (usize, usize),
}

impl Scores {
    /// Adds those of one more article.
    pub fn add(&mut self, other: &Self) {
        self.entities.add(other.entities);
        self.mentions.add(other.mentions);
        self.relations.add(other.relations);
        add_all(&mut self.entity_types, &other.entity_types);
        add_all(&mut self.relation_types, &other.relation_types);
        add_all(&mut self.entity_tiers, &other.entity_tiers);
        add_all(&mut self.relation_tiers, &other.relation_tiers);
        for (name, agreement) in &other.agreement {
            let mine = self.agreement.entry(name).or_default();
            mine.agree += agreement.agree;
            mine.of += agreement.of;
        }
        self.negatives.0 += other.negatives.0;
        self.negatives.1 += other.negatives.1;
    }
}

fn add_all<K: Ord + Clone>(mine: &mut BTreeMap<K, Count>, other: &BTreeMap<K, Count>) {
    for (key, count) in other {
        mine.entry(key.clone()).or_default().add(*count);
    }
}
