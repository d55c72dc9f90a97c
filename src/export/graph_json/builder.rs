//! From what a file says to a graph: ids become nodes, places are compared with the text.

use super::arguments::{ArgumentEntries, PieceEntry};
use super::error::{Fault, Place};
use super::rule_place;
use super::values::ValueEntry;
use super::wire::{
    DocumentEntry, EntityEntry, GraphEntry, MentionEntry, MergedEntry, RelationEntry, RuleEntry,
    StatementEntry, Stretch, ValueEntries, WordsEntry,
};
use crate::export::names;
use crate::graph::identifier::{is_entity_id, text_hash};
use crate::graph::{
    Argument, Arguments, AttributeValue, CodePoints, DocumentRecord, Entity, EntityMention,
    KnowledgeGraph, MergedEntity, Node, Relation, RuleReference, Schema, Selection, Statement,
};
use crate::rules::nearest;
use crate::text::Span;
use petgraph::graph::NodeIndex;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::sync::Arc;

type Checked<T> = Result<T, Fault>;

const ROOT: Place<'_> = Place::Root;

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

struct Builder<'t> {
    graph: KnowledgeGraph,
    texts: &'t [Arc<str>],
    points: Vec<CodePoints<'t>>,
    /// By id of a document.
    numbers: FxHashMap<String, u32>,
    rules: Rules,
    /// By id of an entity or statement.
    nodes: FxHashMap<String, NodeIndex>,
    words: FxHashMap<Selection, NodeIndex>,
    nobody: Option<NodeIndex>,
    /// Names of arguments.
    names: FxHashMap<String, Arc<str>>,
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

    fn relations(&mut self, entries: Vec<RelationEntry<'_>>) -> Checked<()> {
        let list = Place::Key(&ROOT, "relations");
        let mut seen = FxHashSet::default();
        for (index, entry) in entries.into_iter().enumerate() {
            let place = Place::Index(&list, index);
            unique(&place, &entry.id, seen.insert(entry.id.clone()))?;
            rule_name(&Place::Key(&place, "type"), &entry.type_)?;
            let at = Place::Key(&place, "evidence");
            let document = self.document(&Place::Key(&at, "document"), &entry.evidence.document)?;
            let keys = ("source", "source_literal");
            let ends = (&entry.source, &entry.source_literal);
            let source = self.end(&place, document, keys, ends)?;
            let ends = (&entry.target, &entry.literal);
            let target = self.end(&place, document, ("target", "literal"), ends)?;
            let relation = self.relation(&place, document, entry)?;
            self.graph.graph.add_edge(source, target, relation);
        }
        Ok(())
    }

    fn relation(
        &mut self,
        place: &Place<'_>,
        document: u32,
        entry: RelationEntry<'_>,
    ) -> Checked<Relation> {
        let at = |key: &'static str| Place::Key(place, key);
        let evidence = at("evidence");
        let polarity = names::polarity;
        let speech = entry.speech.as_deref();
        let speech = speech.map(|s| one_of(&at("speech"), s, names::SPEECHES, names::speech));
        let within = entry.within.as_deref();
        let within = within.map(|id| self.statement(&at("within"), id));
        Ok(Relation {
            arguments: self.arguments(&at("arguments"), document, entry.arguments.0)?,
            polarity: one_of(
                &at("polarity"),
                &entry.polarity,
                names::POLARITIES,
                polarity,
            )?,
            modality: one_of(
                &at("modality"),
                &entry.modality,
                names::MODALITIES,
                names::modality,
            )?,
            tense: one_of(&at("tense"), &entry.tense, names::TENSES, names::tense)?,
            speech: speech.transpose()?,
            within: within.transpose()?,
            asserted: entry.asserted,
            group: entry.group,
            evidence: self.selection(&evidence, document, entry.evidence.stretch())?,
            zone: zone(&evidence, &entry.evidence.zone)?,
            rule: self.rules.intern(entry.rule),
            also: entry
                .also
                .into_iter()
                .map(|rule| self.rules.intern(rule))
                .collect(),
            derived_from: entry.derived_from,
            attributes: attributes(entry.attributes),
            id: entry.id,
            type_: entry.type_,
        })
    }

    /// The node at an end of a relation: that of an id, that of words, or nobody.
    fn end(
        &mut self,
        place: &Place<'_>,
        document: u32,
        (key, literal): (&str, &str),
        (id, words): (&Option<std::borrow::Cow<'_, str>>, &Option<WordsEntry<'_>>),
    ) -> Checked<NodeIndex> {
        let at = Place::Key(place, literal);
        match (id, words) {
            (Some(_), Some(_)) => {
                Err(at.fault(format!("a relation has `{key}` or `{literal}`, not both")))
            }
            (Some(id), None) => self.node(&Place::Key(place, key), id),
            (None, Some(words)) => {
                let selection = self.selection(&at, document, words.stretch())?;
                let graph = &mut self.graph.graph;
                let node = self.words.entry(selection);
                Ok(*node.or_insert_with(|| graph.add_node(Node::Words(selection))))
            }
            (None, None) => {
                let graph = &mut self.graph.graph;
                Ok(*self
                    .nobody
                    .get_or_insert_with(|| graph.add_node(Node::Nobody)))
            }
        }
    }

    fn arguments(
        &mut self,
        place: &Place<'_>,
        document: u32,
        entries: Vec<(String, ArgumentEntries<'_>)>,
    ) -> Checked<Arguments> {
        let mut arguments = Arguments::default();
        for (name, entries) in entries {
            let place = Place::Key(place, &name);
            rule_name(&place, &name)?;
            let bound = match entries {
                ArgumentEntries::Flag => vec![flag()],
                ArgumentEntries::One(piece) => vec![self.piece(&place, document, &piece)?],
                ArgumentEntries::Many(pieces) => self.bound(&place, document, &pieces)?,
            };
            let known = self.names.entry(name.clone());
            let known = known.or_insert_with(|| name.as_str().into()).clone();
            if arguments.insert(known, bound).is_some() {
                return Err(place.fault("there twice"));
            }
        }
        Ok(arguments)
    }

    /// Pieces one after the other that stand for the same are one argument.
    fn bound(
        &self,
        place: &Place<'_>,
        document: u32,
        pieces: &[PieceEntry<'_>],
    ) -> Checked<Vec<Argument>> {
        let mut bound: Vec<Argument> = Vec::new();
        for (index, piece) in pieces.iter().enumerate() {
            let argument = self.piece(&Place::Index(place, index), document, piece)?;
            match bound.last_mut() {
                Some(last)
                    if last.node == argument.node
                        && !last.selections.is_empty()
                        && !argument.selections.is_empty() =>
                {
                    last.selections.extend(argument.selections);
                }
                _ => bound.push(argument),
            }
        }
        Ok(bound)
    }

    fn piece(&self, place: &Place<'_>, document: u32, piece: &PieceEntry<'_>) -> Checked<Argument> {
        let node = match (&piece.entity, &piece.statement) {
            (Some(_), Some(_)) => {
                return Err(place.fault("an argument has `entity` or `statement`, not both"));
            }
            (Some(id), None) => Some(self.entity(&Place::Key(place, "entity"), id)?),
            (None, Some(id)) => Some(self.statement(&Place::Key(place, "statement"), id)?),
            (None, None) => None,
        };
        let stretch = piece.stretch().map_err(|message| place.fault(message))?;
        let selection = stretch.map(|stretch| self.selection(place, document, stretch));
        Ok(Argument {
            selections: selection.transpose()?.into_iter().collect(),
            node,
        })
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
    fn selection(
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

    fn document(&self, place: &Place<'_>, id: &str) -> Checked<u32> {
        let known = || self.numbers.keys().map(String::as_str);
        (self.numbers.get(id).copied()).ok_or_else(|| unknown(place, "document", id, known()))
    }

    fn node(&self, place: &Place<'_>, id: &str) -> Checked<NodeIndex> {
        let known = || self.nodes.keys().map(String::as_str);
        let node = self.nodes.get(id).copied();
        node.ok_or_else(|| unknown(place, "entity or statement", id, known()))
    }

    fn entity(&self, place: &Place<'_>, id: &str) -> Checked<NodeIndex> {
        let node = self.node(place, id)?;
        match self.graph.entity(node) {
            Some(_) => Ok(node),
            None => Err(place.fault(format!("`{id}` is a statement where an entity is meant"))),
        }
    }

    fn statement(&self, place: &Place<'_>, id: &str) -> Checked<NodeIndex> {
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

/// An id that can stand in an IRI, and a type as rules have them.
fn entity_id(place: &Place<'_>, id: &str, type_: &str) -> Checked<()> {
    if !is_entity_id(id) {
        let message = format!(
            "`{id}` cannot stand in an IRI: write it as `type/name`, what is no letter, digit or `-` percent-encoded"
        );
        return Err(Place::Key(place, "id").fault(message));
    }
    rule_name(&Place::Key(place, "type"), type_)
}

/// An argument that is only there.
fn flag() -> Argument {
    Argument {
        selections: Vec::new(),
        node: None,
    }
}

/// Rules, each in memory once.
struct Rules {
    /// By `Country/listed`.
    named: FxHashMap<String, Vec<Arc<RuleReference>>>,
    all: FxHashMap<RuleReference, Arc<RuleReference>>,
}

impl Rules {
    fn new(entries: Vec<RuleEntry>) -> Self {
        let mut rules = Self {
            named: FxHashMap::default(),
            all: FxHashMap::default(),
        };
        for entry in entries {
            let name = format!("{}/{}", entry.id, entry.variant);
            let rule = rules.intern(entry);
            rules.named.entry(name).or_default().push(rule);
        }
        rules
    }

    fn intern(&mut self, entry: RuleEntry) -> Arc<RuleReference> {
        let rule = RuleReference {
            id: entry.id,
            variant: entry.variant,
            file: entry.file,
            line: entry.line,
        };
        let known = self.all.entry(rule.clone());
        known.or_insert_with(|| Arc::new(rule)).clone()
    }

    /// The rule of a mention; `at` says which, where several have the name.
    fn named(
        &self,
        place: &Place<'_>,
        name: &str,
        at: Option<&str>,
    ) -> Checked<Arc<RuleReference>> {
        let Some(rules) = self.named.get(name) else {
            let known = self.named.keys().map(String::as_str);
            return Err(unknown(
                &Place::Key(place, "rule"),
                "rule among `rules`",
                name,
                known,
            ));
        };
        let rule = match at {
            Some(at) => rules.iter().find(|rule| rule_place(rule) == at),
            None => rules.first(),
        };
        let message = "no rule of this name stands there";
        (rule.cloned()).ok_or_else(|| Place::Key(place, "rule_at").fault(message))
    }
}

fn attributes(entries: ValueEntries) -> BTreeMap<String, AttributeValue> {
    let entries = entries.into_iter();
    entries
        .map(|(name, ValueEntry(value))| (name, value))
        .collect()
}

fn zone(place: &Place<'_>, zone: &str) -> Checked<crate::text::ZoneKind> {
    one_of(&Place::Key(place, "zone"), zone, names::ZONES, names::zone)
}

/// The value of this name.
fn one_of<T: Copy>(
    place: &Place<'_>,
    found: &str,
    all: &[T],
    name: fn(T) -> &'static str,
) -> Checked<T> {
    let same = all.iter().find(|value| name(**value) == found);
    same.copied().ok_or_else(|| {
        let all: Vec<&str> = all.iter().map(|value| name(*value)).collect();
        place.fault(format!("`{found}` is none of {}", all.join(", ")))
    })
}

/// Names of types, relations and arguments become keys and IRIs, so they are as in rules.
fn rule_name(place: &Place<'_>, name: &str) -> Checked<()> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if !name.is_empty() && name.chars().all(plain) {
        return Ok(());
    }
    let message = format!(
        "{} is no name as rules have them: ASCII letters, digits and `_`",
        brief(name)
    );
    Err(place.fault(message))
}

fn unique(place: &Place<'_>, id: &str, is_new: bool) -> Checked<()> {
    if is_new {
        return Ok(());
    }
    Err(Place::Key(place, "id").fault(format!("`{id}` is there twice; each id names one thing")))
}

fn unknown<'n>(
    place: &Place<'_>,
    what: &str,
    id: &str,
    known: impl IntoIterator<Item = &'n str>,
) -> Fault {
    let mut known: Vec<&str> = known.into_iter().collect();
    known.sort_unstable();
    let meant = nearest(id, known);
    let help = meant.map_or_else(String::new, |meant| format!("; did you mean `{meant}`?"));
    place.fault(format!("there is no {what} `{id}`{help}"))
}

/// The start of some words, in quotes.
fn brief(words: &str) -> String {
    const MOST: usize = 40;
    match words.char_indices().nth(MOST) {
        Some((cut, _)) => format!("{:?}…", &words[..cut]),
        None => format!("{words:?}"),
    }
}
