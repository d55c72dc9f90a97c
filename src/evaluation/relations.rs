//! Relations of the gold against those found.

use super::entities::EntityPairs;
use super::file::{ArgumentValue, GraphFile, RelationEntry};
use super::scores::Scores;
use super::spans::{Range, jaccard, pair, range, shared};
use crate::graph::Schema;
use std::collections::BTreeMap;

/// How much words, or contents of statements, must agree.
pub(super) const SAME_WORDS: f64 = 0.5;

/// One end of a relation.
pub(super) struct End {
    /// The entity of the gold it is; of a found one, the entity it was paired with.
    entity: Option<usize>,
    /// Whether the words are a pronoun: they say nothing without the entity.
    pronoun: bool,
    /// The words, or the content of the statement.
    words: Vec<Range>,
}

impl End {
    /// Whether it says anything.
    pub(super) fn is_empty(&self) -> bool {
        self.entity.is_none() && self.words.is_empty()
    }

    /// How much an end of the gold and a found one agree, from 0 to 1; none where they do not.
    ///
    /// An entity must be the same one. Where what was found is none of the gold's entities (it has another type, or the
    /// words stayed words), the words decide, unless they are a pronoun: then only the entity would have been an answer.
    pub(super) fn agrees(&self, found: &End) -> Option<f64> {
        match (self.entity, found.entity) {
            (Some(a), Some(b)) => return (a == b).then_some(1.0),
            (None, Some(_)) => return None,
            (Some(_), None) if self.pronoun => return None,
            _ => {}
        }
        if self.words.is_empty() && found.words.is_empty() {
            return (self.entity.is_none()).then_some(1.0);
        }
        let likeness = jaccard(&self.words, &found.words);
        (likeness >= SAME_WORDS).then_some(likeness)
    }
}

/// Whose end is asked for.
#[derive(Clone, Copy)]
pub(super) enum Side {
    Source,
    Target,
}

/// A gold file and a found one, with what joins them.
pub(super) struct Both<'a> {
    pub(super) gold: &'a GraphFile,
    pub(super) found: &'a GraphFile,
    pub(super) entities: &'a EntityPairs,
    pub(super) schema: &'a Schema,
}

impl Both<'_> {
    /// One relation, or one a kind of the other.
    pub(super) fn same_type(&self, a: &str, b: &str) -> bool {
        self.schema.relation_ancestors(a).contains(&b)
            || self.schema.relation_ancestors(b).contains(&a)
    }

    /// An end of a relation of the gold.
    pub(super) fn gold_end(&self, relation: &RelationEntry, side: Side) -> End {
        let mut end = self.end(self.gold, relation, side);
        end.entity = id(relation, side).and_then(|id| Some(self.gold.entity(id)?.0));
        let mentions = end.entity.map(|e| &self.gold.entities[e].mentions);
        end.pronoun = mentions.into_iter().flatten().any(|m| {
            m.kind == "pronoun" && end.words.iter().any(|w| shared(*w, range(&m.span)) > 0)
        });
        end
    }

    /// An end of a relation that was found.
    pub(super) fn found_end(&self, relation: &RelationEntry, side: Side) -> End {
        let mut end = self.end(self.found, relation, side);
        let own = id(relation, side).and_then(|id| Some(self.found.entity(id)?.0));
        end.entity = own.and_then(|own| self.entities.gold.get(&own).copied());
        end
    }

    fn end(&self, file: &GraphFile, relation: &RelationEntry, side: Side) -> End {
        let statement = id(relation, side).and_then(|id| file.statement(id));
        let mut words: Vec<Range> = statement
            .into_iter()
            .flat_map(|s| s.content.iter().map(range))
            .collect();
        if words.is_empty()
            && let (Side::Target, Some(literal)) = (side, &relation.literal)
        {
            words.push(range(literal));
        }
        if words.is_empty() {
            let argument = parameter(self.schema, &relation.type_, side);
            let argument = argument.and_then(|name| relation.arguments.get(name));
            let entries = argument.into_iter().flat_map(ArgumentValue::entries);
            words.extend(entries.filter_map(|e| e.span.as_ref()).map(range));
        }
        End {
            entity: None,
            pronoun: false,
            words,
        }
    }

    /// How much a found relation is the one of the gold; none where it is another.
    fn likeness(&self, gold: &RelationEntry, found: &RelationEntry) -> Option<f64> {
        if !self.same_type(&gold.type_, &found.type_) || !same_sentence(gold, found) {
            return None;
        }
        let side = |side| {
            self.gold_end(gold, side)
                .agrees(&self.found_end(found, side))
        };
        let ends = side(Side::Source)? + side(Side::Target)?;
        // The rest decides between several that would do.
        let arguments = gold.arguments.iter().filter(|(name, value)| {
            let other = found.arguments.get(*name);
            let words = |v: &ArgumentValue| {
                let spans = v.entries().iter().filter_map(|e| e.span.as_ref());
                spans.map(range).collect::<Vec<_>>()
            };
            other.is_some_and(|other| words(other) == words(value))
        });
        let same_type = gold.type_ == found.type_;
        let rest = u32::try_from(arguments.count().min(20)).unwrap_or(0) + u32::from(same_type);
        Some(ends + f64::from(rest) / 100.0)
    }

    /// Pairs of relations: index in the gold, index in what was found.
    pub(super) fn pair_relations(&self) -> Vec<(usize, usize)> {
        let mut candidates = Vec::new();
        for (g, wanted) in self.gold.relations.iter().enumerate() {
            for (f, relation) in self.found.relations.iter().enumerate() {
                if let Some(score) = self.likeness(wanted, relation) {
                    candidates.push((score, g, f));
                }
            }
        }
        pair(candidates)
    }

    /// Counts relations, and in what the pairs agree.
    pub(super) fn count(&self, pairs: &[(usize, usize)], scores: &mut Scores) {
        let by_gold: BTreeMap<usize, usize> = pairs.iter().copied().collect();
        for (g, relation) in self.gold.relations.iter().enumerate() {
            let found = by_gold.get(&g);
            scores.relations.asked(relation.optional, found.is_some());
            let type_ = scores
                .relation_types
                .entry(relation.type_.clone())
                .or_default();
            type_.asked(relation.optional, found.is_some());
            let tier = scores.relation_tiers.entry(relation.tier).or_default();
            tier.asked(relation.optional, found.is_some());
            if let Some(&f) = found {
                scores.relations.given(true);
                type_.given(true);
                self.count_agreement(relation, &self.found.relations[f], scores);
            }
        }
        let right: Vec<usize> = pairs.iter().map(|p| p.1).collect();
        for (f, relation) in self.found.relations.iter().enumerate() {
            if !right.contains(&f) && self.gold.judges(&relation.type_) {
                scores.relations.given(false);
                let type_ = scores
                    .relation_types
                    .entry(relation.type_.clone())
                    .or_default();
                type_.given(false);
            }
        }
    }

    fn count_agreement(&self, gold: &RelationEntry, found: &RelationEntry, scores: &mut Scores) {
        let mut tell = |name, agree: bool| {
            let agreement = scores.agreement.entry(name).or_default();
            agreement.of += 1;
            agreement.agree += usize::from(agree);
        };
        if gold.polarity.is_some() {
            tell("polarity", gold.polarity == found.polarity);
        }
        if gold.modality.is_some() {
            tell("modality", gold.modality == found.modality);
        }
        let content = |file: &GraphFile, id: &Option<String>| {
            let statement = id.as_ref().and_then(|id| file.statement(id));
            statement.map(|s| s.content.iter().map(range).collect::<Vec<_>>())
        };
        let within = (
            content(self.gold, &gold.within),
            content(self.found, &found.within),
        );
        match within {
            (None, None) => {}
            (Some(a), Some(b)) => tell("within", jaccard(&a, &b) >= SAME_WORDS),
            _ => tell("within", false),
        }
    }
}

/// The name of the argument at one end, by the signature.
pub(super) fn parameter<'s>(schema: &'s Schema, relation: &'s str, side: Side) -> Option<&'s str> {
    let mut names = schema.relation_ancestors(relation).into_iter();
    names.find_map(|name| {
        let style = schema.relations.get(name)?;
        match side {
            Side::Source => style.source.as_deref(),
            Side::Target => style.target.as_deref(),
        }
    })
}

fn id(relation: &RelationEntry, side: Side) -> Option<&str> {
    match side {
        Side::Source => relation.source.as_deref(),
        Side::Target => relation.target.as_deref(),
    }
}

/// Whether the sentences overlap.
pub(super) fn same_sentence(a: &RelationEntry, b: &RelationEntry) -> bool {
    match (&a.evidence, &b.evidence) {
        (Some(a), Some(b)) => shared(range(&a.span), range(&b.span)) > 0,
        _ => true,
    }
}
