//! Documents, runs, entities, statements and relations as nodes.

use super::context::{Terms, further_arguments, relation_key};
use super::spans::{self, Spans};
use super::writer::{Node as Keys, NodeWriter};
use crate::export::graph_json::about;
use crate::export::iri::Iris;
use crate::export::names;
use crate::graph::identifier::encode_name;
use crate::graph::{
    Argument, AttributeValue, BaseIri, Entity, KnowledgeGraph, Node, Polarity, RelationEdge,
    Selection,
};
use petgraph::graph::NodeIndex;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// Code points of a label.
const LABEL: usize = 60;

/// Direct edges of one subject: objects by key.
type Edges = BTreeMap<String, BTreeSet<String>>;

/// The graph with its names.
pub(super) struct Linked<'g> {
    pub graph: &'g KnowledgeGraph,
    pub iris: Iris<'g>,
    pub terms: Terms<'g>,
    pub spans: Spans<'g>,
    /// Direct edges from entities and statements.
    subjects: FxHashMap<NodeIndex, Edges>,
    /// Direct edges from words.
    pub words_subjects: FxHashMap<Selection, Edges>,
    /// Ids of the relations that are written.
    written: FxHashSet<&'g str>,
}

impl<'g> Linked<'g> {
    pub(super) fn new(graph: &'g KnowledgeGraph, base: &'g BaseIri, terms: Terms<'g>) -> Self {
        let mut linked = Self {
            graph,
            iris: Iris::new(graph, base, Some(["ent:", "doc:"])),
            terms,
            spans: spans::collect(graph),
            subjects: FxHashMap::default(),
            words_subjects: FxHashMap::default(),
            written: graph
                .relations()
                .iter()
                .map(|e| e.relation.id.as_str())
                .collect(),
        };
        for edge in graph.relations() {
            linked.assert_directly(&edge);
        }
        linked
    }

    /// Notes the direct edges of a relation, and of those that it is a kind of, where the text asserts it.
    fn assert_directly(&mut self, edge: &RelationEdge<'g>) {
        let Some(object) = self.iris.node(edge.target) else {
            return;
        };
        if !edge.relation.asserted {
            return;
        }
        let edges = match &self.graph.graph[edge.source] {
            Node::Entity(_) | Node::Statement(_) => self.subjects.entry(edge.source).or_default(),
            Node::Words(words) => self.words_subjects.entry(*words).or_default(),
            Node::Nobody => return,
        };
        for relation in self.graph.schema.relation_ancestors(&edge.relation.type_) {
            let key = relation_key(relation);
            edges.entry(key).or_default().insert(object.clone());
        }
    }

    /// Articles and the runs over them.
    pub(super) fn documents<W: Write>(&self, writer: &mut NodeWriter<'_, W>) -> io::Result<()> {
        let mut mentions: Vec<BTreeSet<String>> = vec![BTreeSet::new(); self.graph.documents.len()];
        for (_, entity) in self.graph.entities() {
            for mention in &entity.mentions {
                mentions[mention.selection.document as usize].insert(self.iris.entity(&entity.id));
            }
        }
        for (index, document) in self.graph.documents.iter().enumerate() {
            let iri = self.iris.document(index as u32);
            let title = document.title.as_deref();
            writer.node(&["sayso:Document", "schema:NewsArticle"], &iri, |node| {
                node.key("label", title.unwrap_or(&document.id))?;
                node.optional("headline", title)?;
                node.optional("datePublished", document.date.as_deref())?;
                node.key("inLanguage", "en")?;
                node.key(
                    "sourceFile",
                    document.file.as_deref().unwrap_or(&document.id),
                )?;
                node.key("sha256", &document.sha256)?;
                node.set(
                    "mentions",
                    &mentions[index].iter().cloned().collect::<Vec<_>>(),
                )
            })?;
        }
        for index in 0..self.graph.documents.len() as u32 {
            writer.node(
                &["sayso:Run", "prov:Activity"],
                &self.iris.run(index),
                |node| {
                    node.key("label", concat!("sayso ", env!("CARGO_PKG_VERSION")))?;
                    node.key("version", env!("CARGO_PKG_VERSION"))?;
                    node.key("used", &self.iris.document(index))
                },
            )?;
        }
        Ok(())
    }

    /// Entities by id; what is known of them only where it is not written yet.
    pub(super) fn entities<W: Write>(
        &self,
        writer: &mut NodeWriter<'_, W>,
        mut is_new: impl FnMut(&Entity) -> bool,
    ) -> io::Result<()> {
        for (index, entity) in self.graph.entities() {
            let class = self.terms.class(&entity.type_);
            writer.node(
                &["sayso:Entity", &class],
                &self.iris.entity(&entity.id),
                |node| {
                    if is_new(entity) {
                        node.key("label", &entity.name)?;
                        node.key("name", &entity.name)?;
                        identifiers(node, entity)?;
                        value_keys(node, &entity.attributes)?;
                        other_attributes(node, &entity.attributes)?;
                    }
                    let places: BTreeSet<_> = entity.mentions.iter().map(|m| m.selection).collect();
                    let places: Vec<_> = places.into_iter().map(|s| self.iris.stretch(s)).collect();
                    node.set("mentionedAt", &places)?;
                    direct_edges(node, self.subjects.get(&index))
                },
            )?;
        }
        Ok(())
    }

    /// Statements in text order.
    pub(super) fn statements<W: Write>(&self, writer: &mut NodeWriter<'_, W>) -> io::Result<()> {
        for (index, statement) in self.graph.statements() {
            let text = self.graph.statement_text(statement);
            let places =
                |s: &[Selection]| s.iter().map(|&s| self.iris.stretch(s)).collect::<Vec<_>>();
            writer.node(
                &["sayso:Statement", "schema:Claim"],
                &self.iris.part(&statement.id),
                |node| {
                    node.key("label", &brief(&text))?;
                    node.key("text", &text)?;
                    node.key("speech", names::speech(statement.speech))?;
                    node.set("content", &places(&statement.content))?;
                    node.set("quoted", &places(&statement.quoted))?;
                    let topics = about(self.graph, statement).into_iter();
                    node.set(
                        "about",
                        &topics.map(|id| self.iris.entity(id)).collect::<Vec<_>>(),
                    )?;
                    direct_edges(node, self.subjects.get(&index))?;
                    let document = statement
                        .content
                        .first()
                        .map(|s| self.iris.document(s.document));
                    node.optional("inDocument", document.as_ref())
                },
            )?;
        }
        Ok(())
    }

    /// Relations in text order.
    pub(super) fn relations<W: Write>(&self, writer: &mut NodeWriter<'_, W>) -> io::Result<()> {
        for edge in self.graph.relations() {
            let iri = self.iris.part(&edge.relation.id);
            writer.node(&["sayso:Relation", "rdf:Statement"], &iri, |node| {
                self.relation(node, &edge)
            })?;
        }
        Ok(())
    }

    fn relation<W: Write>(
        &self,
        node: &mut Keys<'_, W>,
        edge: &RelationEdge<'g>,
    ) -> io::Result<()> {
        let relation = edge.relation;
        node.key("label", &self.relation_label(edge))?;
        node.optional("subject", self.iris.node(edge.source).as_ref())?;
        node.key("predicate", &self.terms.predicate(&relation.type_))?;
        node.optional("object", self.iris.node(edge.target).as_ref())?;
        node.key("relation", &relation.type_)?;
        node.key("polarity", names::polarity(relation.polarity))?;
        node.key("modality", names::modality(relation.modality))?;
        node.key("tense", names::tense(relation.tense))?;
        node.optional("speech", relation.speech.map(names::speech))?;
        let within = relation.within.and_then(|n| self.graph.node_id(n));
        node.optional("within", within.map(|id| self.iris.part(id)).as_ref())?;
        for (name, bound) in further_arguments(self.graph, edge) {
            self.argument(node, name, bound)?;
        }
        other_attributes(node, &relation.attributes)?;
        node.key(
            "ruleId",
            &format!("{}/{}", relation.rule.id, relation.rule.variant),
        )?;
        node.key("evidence", &[self.iris.stretch(relation.evidence)])?;
        let origins = relation
            .derived_from
            .iter()
            .filter(|id| self.written.contains(id.as_str()));
        let origins: BTreeSet<_> = origins.map(|id| self.iris.part(id)).collect();
        node.set("derivedFrom", &origins.into_iter().collect::<Vec<_>>())?;
        node.key(
            "inDocument",
            &self.iris.document(relation.evidence.document),
        )?;
        node.key("generatedBy", &self.iris.run(relation.evidence.document))
    }

    /// An argument: the nodes that it stands for, else its words; `true` where it is only there.
    fn argument<W: Write>(
        &self,
        node: &mut Keys<'_, W>,
        name: &str,
        bound: &[Argument],
    ) -> io::Result<()> {
        let mut iris = BTreeSet::new();
        for argument in bound {
            match argument.node.filter(|&n| self.graph.node_id(n).is_some()) {
                Some(node) => iris.extend(self.iris.node(node)),
                None => iris.extend(argument.selections.iter().map(|&s| self.iris.stretch(s))),
            }
        }
        let key = self.terms.argument_key(name);
        if iris.is_empty() {
            return if bound.is_empty() {
                Ok(())
            } else {
                node.key(&key, &true)
            };
        }
        node.set(&key, &iris.into_iter().collect::<Vec<_>>())
    }

    /// `Latvia refuses visas`
    fn relation_label(&self, edge: &RelationEdge<'_>) -> String {
        let end = |node: NodeIndex| match &self.graph.graph[node] {
            Node::Entity(entity) => entity.name.clone(),
            Node::Statement(statement) => self.graph.statement_text(statement),
            Node::Words(words) => self.graph.text(*words).to_owned(),
            Node::Nobody => "(nobody named)".to_owned(),
        };
        let negation = if edge.relation.polarity == Polarity::Negative {
            "not: "
        } else {
            ""
        };
        let (source, type_, target) = (end(edge.source), &edge.relation.type_, end(edge.target));
        brief(&format!("{negation}{source} {type_} {target}"))
    }
}

/// Writes direct edges that were noted.
pub(super) fn direct_edges<W: Write>(
    node: &mut Keys<'_, W>,
    edges: Option<&Edges>,
) -> io::Result<()> {
    for (key, objects) in edges.into_iter().flatten() {
        node.set(key, &objects.iter().cloned().collect::<Vec<_>>())?;
    }
    Ok(())
}

/// `sameAs` for Wikidata, `iso3166` for countries, other schemes as attributes.
fn identifiers<W: Write>(node: &mut Keys<'_, W>, entity: &Entity) -> io::Result<()> {
    let country = |code: &String| code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
    let iso3166 = entity.ids.get("iso3166").filter(|code| country(code));
    node.optional("iso3166", iso3166)?;
    let wikidata = entity.ids.get("wikidata").map_or("", String::as_str);
    let same: Vec<_> = names::wikidata_ids(wikidata)
        .map(|id| format!("wd:{id}"))
        .collect();
    node.set("sameAs", &same)?;
    for (scheme, id) in &entity.ids {
        let told = match scheme.as_str() {
            "wikidata" => !same.is_empty(),
            "iso3166" => iso3166.is_some(),
            _ => false,
        };
        if !told {
            node.key(&attribute_key(scheme), id)?;
        }
    }
    Ok(())
}

/// Quantities as decimals, written as strings that the context types; dates and the like as `normalized`.
pub(super) fn value_keys<W: Write>(
    node: &mut Keys<'_, W>,
    attributes: &BTreeMap<String, AttributeValue>,
) -> io::Result<()> {
    for (name, other) in [
        ("value", "normalized"),
        ("low", "normalizedLow"),
        ("high", "normalizedHigh"),
    ] {
        match attributes.get(name) {
            Some(AttributeValue::Number(number)) => node.key(name, number)?,
            Some(AttributeValue::Text(text)) => node.key(other, text)?,
            Some(AttributeValue::Flag) | None => {}
        }
    }
    for name in ["unit", "change"] {
        match attributes.get(name) {
            Some(AttributeValue::Number(text) | AttributeValue::Text(text)) => {
                node.key(name, text)?;
            }
            Some(AttributeValue::Flag) | None => {}
        }
    }
    Ok(())
}

/// What else the rules set.
fn other_attributes<W: Write>(
    node: &mut Keys<'_, W>,
    attributes: &BTreeMap<String, AttributeValue>,
) -> io::Result<()> {
    for (name, value) in attributes {
        if names::VALUE_ATTRIBUTES.contains(&name.as_str()) {
            continue;
        }
        match value {
            AttributeValue::Text(text) | AttributeValue::Number(text) => {
                node.key(&attribute_key(name), text)?;
            }
            AttributeValue::Flag => node.key(&attribute_key(name), &true)?,
        }
    }
    Ok(())
}

fn attribute_key(name: &str) -> String {
    format!("attribute:{}", encode_name(name))
}

/// The start of a text, on one line.
pub(super) fn brief(text: &str) -> String {
    let mut label = String::new();
    let mut points = 0;
    for word in text.split_whitespace() {
        for character in (points > 0).then_some(' ').into_iter().chain(word.chars()) {
            if points == LABEL {
                label.truncate(label.trim_end().len());
                label.push('…');
                return label;
            }
            label.push(character);
            points += 1;
        }
    }
    label
}
