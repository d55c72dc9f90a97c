//! One article: its counts, what was missed, what is wrong.

use super::entities::{self, pair_entities};
use super::file::{EntityEntry, GraphFile, RelationEntry, RuleEntry, SpanEntry, Tier};
use super::relations::{Both, Side, parameter};
use super::scores::Scores;
use super::spans::{Range, range, shared};
use crate::graph::{CodePoints, Schema};
use crate::text::Document;
use serde::Serialize;

/// An entity or a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "they are what they are")]
pub enum ItemKind {
    Entity,
    Relation,
}

/// An entity or a relation as a reader is told of it.
#[derive(Clone, Debug, Serialize)]
pub struct Item {
    /// Which of both.
    pub kind: ItemKind,
    /// Its type.
    #[serde(rename = "type")]
    pub type_: String,
    /// `Anna Weber ──said──▶ "It is too late"`
    pub what: String,
    /// Line of the article, from 1; 0 where it has no place.
    pub line: usize,
    /// The sentence.
    pub sentence: String,
}

/// What the gold has and nothing found is.
#[derive(Clone, Debug, Serialize)]
pub struct Miss {
    /// What.
    #[serde(flatten)]
    pub item: Item,
    /// How hard it is.
    pub tier: Tier,
}

/// What was found and the gold has not.
#[derive(Clone, Debug, Serialize)]
pub struct FalseFind {
    /// What.
    #[serde(flatten)]
    pub item: Item,
    /// `said/inverted`
    pub rule: Option<String>,
    /// Rule file and line, where Graph JSON says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}

/// A negative that was committed.
#[derive(Clone, Debug, Serialize)]
pub struct Committed {
    /// What was found.
    #[serde(flatten)]
    pub found: FalseFind,
    /// Why it is wrong.
    pub why: Option<String>,
}

/// What came out.
#[derive(Clone, Debug, Serialize)]
pub struct Comparison {
    /// The counts.
    pub scores: Scores,
    /// What was missed, in the order of the gold.
    pub misses: Vec<Miss>,
    /// What is wrong, in the order of the finds.
    pub false_finds: Vec<FalseFind>,
    /// Negatives that were committed; they are false finds as well.
    pub negatives: Vec<Committed>,
}

/// Compares the graph of an article with its gold. The document is that article, the schema that of the rules.
pub fn compare(
    gold: &GraphFile,
    found: &GraphFile,
    document: &Document,
    schema: &Schema,
) -> Comparison {
    let pairs = pair_entities(gold, found, schema);
    let both = Both {
        gold,
        found,
        entities: &pairs,
        schema,
    };
    let relations = both.pair_relations();
    let committed = both.committed(&relations);
    let mut scores = Scores::default();
    entities::count(gold, found, &pairs, &mut scores);
    both.count(&relations, &mut scores);
    scores.negatives = (committed.len(), gold.negatives.len());

    let places = Places::new(document, schema);
    let misses = misses(&both, &relations, &places);
    let false_finds = false_finds(&both, &relations, &places);
    let negatives = committed.into_iter().map(|(n, f)| Committed {
        found: places.false_find(&found.relations[f], found),
        why: gold.negatives[n].why.clone(),
    });
    Comparison {
        scores,
        misses,
        false_finds,
        negatives: negatives.collect(),
    }
}

/// What the gold asks for and no find is, in its order.
fn misses(both: &Both<'_>, relations: &[(usize, usize)], places: &Places<'_>) -> Vec<Miss> {
    let mut misses = Vec::new();
    for (g, entity) in both.gold.entities.iter().enumerate() {
        if !entity.optional && !both.entities.found.contains_key(&g) {
            misses.push(Miss {
                item: places.entity(entity),
                tier: entity.tier,
            });
        }
    }
    for (g, relation) in both.gold.relations.iter().enumerate() {
        if !relation.optional && !relations.iter().any(|p| p.0 == g) {
            misses.push(Miss {
                item: places.relation(relation, both.gold),
                tier: relation.tier,
            });
        }
    }
    misses
}

/// What was found and the gold has not, in the order of the finds.
fn false_finds(
    both: &Both<'_>,
    relations: &[(usize, usize)],
    places: &Places<'_>,
) -> Vec<FalseFind> {
    let mut false_finds = Vec::new();
    for (f, entity) in both.found.entities.iter().enumerate() {
        if both.gold.judges(&entity.type_) && !both.entities.gold.contains_key(&f) {
            let rule = entity.mentions.first().and_then(|m| m.rule.clone());
            false_finds.push(FalseFind {
                item: places.entity(entity),
                rule,
                place: None,
            });
        }
    }
    for (f, relation) in both.found.relations.iter().enumerate() {
        if both.gold.judges(&relation.type_) && !relations.iter().any(|p| p.1 == f) {
            false_finds.push(places.false_find(relation, both.found));
        }
    }
    false_finds
}

/// Sentences and lines of the article by code points.
struct Places<'d> {
    document: &'d Document,
    schema: &'d Schema,
    sentences: Vec<Range>,
    line_ends: Vec<u32>,
}

impl<'d> Places<'d> {
    fn new(document: &'d Document, schema: &'d Schema) -> Self {
        let points = CodePoints::new(&document.text);
        let ends = memchr::memchr_iter(b'\n', document.text.as_bytes());
        Self {
            sentences: (document.sentences.iter())
                .map(|s| points.span(s.span))
                .collect(),
            line_ends: ends.map(|at| points.at(at as u32)).collect(),
            document,
            schema,
        }
    }

    fn item(&self, kind: ItemKind, type_: &str, what: String, span: Option<&SpanEntry>) -> Item {
        let at = span.map(range);
        let sentence = at.and_then(|at| self.sentences.iter().position(|s| shared(*s, at) > 0));
        let sentence = sentence.map(|s| self.document.slice(self.document.sentences[s].span));
        Item {
            kind,
            type_: type_.to_owned(),
            what,
            line: at.map_or(0, |at| {
                1 + self.line_ends.partition_point(|end| *end < at.0)
            }),
            sentence: sentence.unwrap_or_default().to_owned(),
        }
    }

    fn entity(&self, entity: &EntityEntry) -> Item {
        let what = format!("{} ({})", entity.name, entity.type_);
        let first = entity.mentions.first().map(|m| &m.span);
        self.item(ItemKind::Entity, &entity.type_, what, first)
    }

    fn relation(&self, relation: &RelationEntry, file: &GraphFile) -> Item {
        let source = named(relation.source.as_deref(), file);
        let source = source.or_else(|| self.words(relation, Side::Source));
        let target = named(relation.target.as_deref(), file);
        let target = target.or_else(|| Some(quoted(&relation.literal.as_ref()?.text)));
        let target = target.or_else(|| self.words(relation, Side::Target));
        let what = format!(
            "{} ──{}──▶ {}",
            source.as_deref().unwrap_or("somebody"),
            relation.type_,
            target.as_deref().unwrap_or("something")
        );
        let sentence = relation.evidence.as_ref().map(|e| &e.span);
        self.item(ItemKind::Relation, &relation.type_, what, sentence)
    }

    /// The words of an argument that is no entity.
    fn words(&self, relation: &RelationEntry, side: Side) -> Option<String> {
        let name = parameter(self.schema, &relation.type_, side)?;
        let span = relation
            .arguments
            .get(name)?
            .entries()
            .first()?
            .span
            .as_ref()?;
        Some(quoted(&span.text))
    }

    fn false_find(&self, relation: &RelationEntry, found: &GraphFile) -> FalseFind {
        let rule = relation.rule.as_ref();
        FalseFind {
            item: self.relation(relation, found),
            rule: rule.map(|RuleEntry { id, variant, .. }| format!("{id}/{variant}")),
            place: rule.map(|RuleEntry { file, line, .. }| format!("{file}:{line}")),
        }
    }
}

fn named(id: Option<&str>, file: &GraphFile) -> Option<String> {
    let id = id?;
    if let Some((_, entity)) = file.entity(id) {
        return Some(entity.name.clone());
    }
    let statement = file.statement(id)?;
    let pieces: Vec<&str> = statement.content.iter().map(|s| s.text.as_str()).collect();
    Some(quoted(&pieces.join(" … ")))
}

fn quoted(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    format!("\"{}\"", words.join(" "))
}
