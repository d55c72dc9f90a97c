//! From what a file says to a graph: ids become nodes, places are compared with the text.

use super::checks::{brief, entity_id, one_of, unique, unknown, zone};
use super::error::{Fault, Place};
use super::rules::Rules;
use super::values::ValueEntry;
use super::wire::{
    DocumentEntry, EntityEntry, GraphEntry, MentionEntry, MergedEntry, StatementEntry, Stretch,
    ValueEntries, WordsEntry,
};
use crate::export::names;
use crate::graph::identifier::text_hash;
use crate::graph::{
    AttributeValue, CodePoints, DocumentRecord, Entity, EntityMention, KnowledgeGraph,
    MergedEntity, Node, Schema, Selection, Statement,
};
use crate::text::Span;
use petgraph::graph::NodeIndex;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::sync::Arc;

pub(super) type Checked<T> = Result<T, Fault>;

pub(super) const ROOT: Place<'_> = Place::Root;

/// Makes the graph that an object describes.
pub(super) fn build(entry: GraphEntry<'_>, schema: &Arc<Schema>) -> Checked<KnowledgeGraph> {
    let documents = documents(entry.documents)?;
    let texts: Vec<Arc<str>> = documents.iter().map(|d| d.text.clone()).collect();
    let mut numbers = FxHashMap::default();
    for (number, document) in documents.iter().enumerate() {
        numbers.insert(document.id.clone(), number as u32);
    }
    let mut builder = Builder {
        numbers,
        points: texts.iter().map(|text| CodePoints::new(text)).collect(),
        texts: &texts,
        rules: Rules::new(entry.rules),
        nodes: FxHashMap::default(),
        words: FxHashMap::default(),
        names: FxHashMap::default(),
        nobody: None,
        graph: KnowledgeGraph {
            documents,
            schema: Arc::clone(schema),
            ..KnowledgeGraph::default()
        },
    };
    builder.entities(entry.entities)?;
    builder.statements(entry.statements)?;
    builder.relations(entry.relations)?;
    Ok(builder.graph)
}

/// Documents with their texts.
fn documents(entries: Vec<DocumentEntry>) -> Checked<Vec<DocumentRecord>> {
    let list = Place::Key(&ROOT, "documents");
    let mut seen = FxHashSet::default();
    let mut documents = Vec::with_capacity(entries.len());
    for (index, entry) in entries.into_iter().enumerate() {
        let place = Place::Index(&list, index);
        unique(&place, &entry.id, seen.insert(entry.id.clone()))?;
        let Some(text) = entry.text else {
            return Err(place.fault(format!(
                "`{}` has no `text`, without which its places mean nothing; the file was written by hand or by an \
                 older sayso: extract the article again",
                entry.id
            )));
        };
        let key = Place::Key(&place, "sha256");
        if text_hash(&text) != entry.sha256 {
            return Err(key.fault(format!(
                "not that of the `text` of `{}`: one of the two was changed",
                entry.id
            )));
        }
        if u32::try_from(text.len()).is_err() {
            return Err(place.fault("a text of more than 4 GB"));
        }
        documents.push(DocumentRecord {
            id: entry.id,
            title: entry.title,
            file: entry.file,
            date: entry.date,
            sha256: entry.sha256,
            text: text.into(),
        });
    }
    Ok(documents)
}

pub(super) struct Builder<'t> {
    pub(super) graph: KnowledgeGraph,
    texts: &'t [Arc<str>],
    points: Vec<CodePoints<'t>>,
    /// By id of a document.
    numbers: FxHashMap<String, u32>,
    pub(super) rules: Rules,
    /// By id of an entity or statement.
    nodes: FxHashMap<String, NodeIndex>,
    pub(super) words: FxHashMap<Selection, NodeIndex>,
    pub(super) nobody: Option<NodeIndex>,
    /// Names of arguments.
    pub(super) names: FxHashMap<String, Arc<str>>,
}

impl Builder<'_> {
    fn entities(&mut self, entries: Vec<EntityEntry<'_>>) -> Checked<()> {
        let list = Place::Key(&ROOT, "entities");
        for (index, entry) in entries.into_iter().enumerate() {
            let place = Place::Index(&list, index);
            entity_id(&place, &entry.id, &entry.type_)?;
            let at = Place::Key(&place, "mentions");
            let mut mentions = Vec::with_capacity(entry.mentions.len());
            for (number, mention) in entry.mentions.into_iter().enumerate() {
                mentions.push(self.mention(&Place::Index(&at, number), mention)?);
            }
            // What is looked up by its place is in order; the writer keeps it so.
            mentions.sort_by_key(|m| m.selection);
            let merged = merged(&place, entry.merged)?;
            let id = entry.id.clone();
            let entity = Entity {
                id: entry.id,
                type_: entry.type_,
                name: entry.name,
                ids: entry.ids,
                attributes: attributes(entry.attributes),
                mentions,
                merged,
                apart: entry.apart,
            };
            self.add(&place, id, Node::Entity(entity))?;
        }
        Ok(())
    }

    fn mention(&mut self, place: &Place<'_>, entry: MentionEntry<'_>) -> Checked<EntityMention> {
        let document = self.document(&Place::Key(place, "document"), &entry.document)?;
        let form = entry.form.as_deref();
        let form = form.map(|form| one_of(&Place::Key(place, "form"), form, names::FORMS, |f| f));
        Ok(EntityMention {
            selection: self.selection(place, document, entry.stretch())?,
            zone: zone(place, &entry.zone)?,
            kind: one_of(
                &Place::Key(place, "kind"),
                &entry.kind,
                names::KINDS,
                |kind| kind,
            )?,
            form: form.transpose()?,
            rule: self
                .rules
                .named(place, &entry.rule, entry.rule_at.as_deref())?,
            because: entry.because.map(Into::into),
            attributes: attributes(entry.attributes),
        })
    }

    fn statements(&mut self, entries: Vec<StatementEntry<'_>>) -> Checked<()> {
        let list = Place::Key(&ROOT, "statements");
        for (index, entry) in entries.into_iter().enumerate() {
            let place = Place::Index(&list, index);
            let document = self.document(&Place::Key(&place, "document"), &entry.document)?;
            let content = Place::Key(&place, "content");
            if entry.content.is_empty() {
                return Err(content.fault("empty; a statement is at least one piece of the text"));
            }
            let at = Place::Key(&place, "about");
            let mut about = Vec::with_capacity(entry.about.len());
            for (number, id) in entry.about.iter().enumerate() {
                about.push(self.entity(&Place::Index(&at, number), id)?);
            }
            let speech = Place::Key(&place, "speech");
            let statement = Statement {
                id: entry.id.clone(),
                content: self.pieces(&content, document, &entry.content)?,
                quoted: self.pieces(&Place::Key(&place, "quoted"), document, &entry.quoted)?,
                speech: one_of(&speech, &entry.speech, names::SPEECHES, names::speech)?,
                about,
            };
            self.add(&place, entry.id, Node::Statement(statement))?;
        }
        Ok(())
    }

    fn pieces(
        &self,
        place: &Place<'_>,
        document: u32,
        pieces: &[WordsEntry<'_>],
    ) -> Checked<Vec<Selection>> {
        let piece = |(index, piece): (usize, &WordsEntry<'_>)| {
            self.selection(&Place::Index(place, index), document, piece.stretch())
        };
        pieces.iter().enumerate().map(piece).collect()
    }

    /// A place whose words and code points are those of the text.
    pub(super) fn selection(
        &self,
        place: &Place<'_>,
        document: u32,
        stretch: Stretch<'_>,
    ) -> Checked<Selection> {
        let (id, text) = (
            &self.graph.documents[document as usize].id,
            &self.texts[document as usize],
        );
        let (start, end) = stretch.bytes;
        let range = start as usize..end as usize;
        if start > end || range.end > text.len() {
            let length = text.len();
            let message = format!(
                "bytes {start} to {end} are outside of the text of `{id}`, which has {length}"
            );
            return Err(place.fault(message));
        }
        let Some(words) = text.get(range) else {
            let message =
                format!("bytes {start} to {end} cut a character of the text of `{id}` apart");
            return Err(place.fault(message));
        };
        if words != stretch.text {
            let message = format!(
                "at bytes {start} to {end} the text of `{id}` has {}, not {}",
                brief(words),
                brief(stretch.text)
            );
            return Err(place.fault(message));
        }
        let span = Span::new(start, end);
        let points = self.points[document as usize].span(span);
        if points != stretch.points {
            let ((from, to), (first, last)) = (points, stretch.points);
            let message = format!(
                "bytes {start} to {end} are code points {from} to {to}, not {first} to {last}"
            );
            return Err(place.fault(message));
        }
        Ok(Selection { document, span })
    }

    pub(super) fn document(&self, place: &Place<'_>, id: &str) -> Checked<u32> {
        let known = || self.numbers.keys().map(String::as_str);
        (self.numbers.get(id).copied()).ok_or_else(|| unknown(place, "document", id, known()))
    }

    pub(super) fn node(&self, place: &Place<'_>, id: &str) -> Checked<NodeIndex> {
        let known = || self.nodes.keys().map(String::as_str);
        let node = self.nodes.get(id).copied();
        node.ok_or_else(|| unknown(place, "entity or statement", id, known()))
    }

    pub(super) fn entity(&self, place: &Place<'_>, id: &str) -> Checked<NodeIndex> {
        let node = self.node(place, id)?;
        match self.graph.entity(node) {
            Some(_) => Ok(node),
            None => Err(place.fault(format!("`{id}` is a statement where an entity is meant"))),
        }
    }

    pub(super) fn statement(&self, place: &Place<'_>, id: &str) -> Checked<NodeIndex> {
        let node = self.node(place, id)?;
        match self.graph.statement(node) {
            Some(_) => Ok(node),
            None => Err(place.fault(format!("`{id}` is an entity where a statement is meant"))),
        }
    }

    fn add(&mut self, place: &Place<'_>, id: String, node: Node) -> Checked<()> {
        unique(place, &id, !self.nodes.contains_key(&id))?;
        let node = self.graph.graph.add_node(node);
        self.nodes.insert(id, node);
        Ok(())
    }
}

/// What entities were before they became one.
fn merged(place: &Place<'_>, entries: Vec<MergedEntry>) -> Checked<Vec<MergedEntity>> {
    let list = Place::Key(place, "merged");
    let mut merged: Vec<MergedEntity> = Vec::with_capacity(entries.len());
    for (index, entry) in entries.into_iter().enumerate() {
        let place = Place::Index(&list, index);
        entity_id(&place, &entry.id, &entry.type_)?;
        merged.push(MergedEntity {
            id: entry.id,
            type_: entry.type_,
            name: entry.name,
            ids: entry.ids,
            because: entry.because,
        });
    }
    merged.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(merged)
}

pub(super) fn attributes(entries: ValueEntries) -> BTreeMap<String, AttributeValue> {
    let entries = entries.into_iter();
    entries
        .map(|(name, ValueEntry(value))| (name, value))
        .collect()
}
