//! Graph JSON as it is written.
//!
//! Nothing is collected on the way out: each entity, statement and relation is written as it is met.

use super::values::{Attributes, Value};
use super::{SCHEMA, about, rule_place, written};
use crate::export::names;
use crate::export::names::VALUE_ATTRIBUTES;
use crate::graph::{
    Argument, CodePoints, Entity, EntityMention, KnowledgeGraph, MergedEntity, Node, RelationEdge,
    RuleReference, Selection, Statement,
};
use petgraph::graph::NodeIndex;
use rustc_hash::FxHashSet;
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::sync::Arc;

/// One line of Graph JSON for the whole graph, with a line end.
pub fn graph_json(graph: &KnowledgeGraph) -> String {
    written(|out| write_graph_json(graph, out))
}

/// Writes one line of Graph JSON for the whole graph, with a line end.
pub fn write_graph_json(graph: &KnowledgeGraph, out: &mut impl Write) -> io::Result<()> {
    let mut wire = Wire::new(graph);
    let rules = wire.rules();
    serde_json::to_writer(&mut *out, &GraphObject(&wire, &rules))?;
    out.write_all(b"\n")
}

/// Writes JSON Lines: one relation a line, in the form of Graph JSON.
pub fn write_relation_lines(graph: &KnowledgeGraph, out: &mut impl Write) -> io::Result<()> {
    let wire = Wire::new(graph);
    for edge in graph.relations() {
        serde_json::to_writer(&mut *out, &RelationObject(&wire, edge))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// The graph with what is needed to count code points.
struct Wire<'g> {
    graph: &'g KnowledgeGraph,
    points: Vec<CodePoints<'g>>,
    /// Names of rules that more than one place of the rule files has.
    ambiguous: FxHashSet<(&'g str, &'g str)>,
}

impl<'g> Wire<'g> {
    fn new(graph: &'g KnowledgeGraph) -> Self {
        let points = graph.documents.iter().map(|d| CodePoints::new(&d.text));
        Self {
            graph,
            points: points.collect(),
            ambiguous: FxHashSet::default(),
        }
    }

    /// The rules that found mentions, in order; from now on those of one name are told apart.
    fn rules(&mut self) -> BTreeSet<&'g RuleReference> {
        let mut seen = FxHashSet::default();
        let mut rules = BTreeSet::new();
        for node in self.graph.graph.node_weights() {
            let Node::Entity(entity) = node else { continue };
            for mention in &entity.mentions {
                if seen.insert(Arc::as_ptr(&mention.rule)) {
                    rules.insert(&*mention.rule);
                }
            }
        }
        let name = |rule: &&'g RuleReference| (rule.id.as_str(), rule.variant.as_str());
        let following = rules.iter().zip(rules.iter().skip(1));
        let shared = following.filter(|(a, b)| name(a) == name(b));
        self.ambiguous = shared.map(|(a, _)| name(a)).collect();
        rules
    }

    fn is_ambiguous(&self, rule: &RuleReference) -> bool {
        !self.ambiguous.is_empty() && self.ambiguous.contains(&(&*rule.id, &*rule.variant))
    }

    fn document(&self, selection: Selection) -> &'g str {
        &self.graph.documents[selection.document as usize].id
    }

    /// `start end byte_start byte_end`
    fn offsets<M: SerializeMap>(&self, map: &mut M, selection: Selection) -> Result<(), M::Error> {
        let (start, end) = self.points[selection.document as usize].span(selection.span);
        map.serialize_entry("start", &start)?;
        map.serialize_entry("end", &end)?;
        map.serialize_entry("byte_start", &selection.span.start)?;
        map.serialize_entry("byte_end", &selection.span.end)
    }
}

struct GraphObject<'w, 'g>(&'w Wire<'g>, &'w BTreeSet<&'g RuleReference>);

impl Serialize for GraphObject<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let wire = self.0;
        let graph = wire.graph;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("schema", SCHEMA)?;
        map.serialize_entry("documents", &DocumentObjects(graph))?;
        let entities = graph.entities();
        map.serialize_entry(
            "entities",
            &Each::new(&entities, |&(_, e)| EntityObject(wire, e)),
        )?;
        let statements = graph.statements();
        map.serialize_entry(
            "statements",
            &Each::new(&statements, |&(_, s)| StatementObject(wire, s)),
        )?;
        let relations = graph.relations();
        map.serialize_entry(
            "relations",
            &Each::new(&relations, |e| RelationObject(wire, *e)),
        )?;
        map.serialize_entry("rules", &RuleObjects(self.1))?;
        map.end()
    }
}

/// A sequence whose items are made as they are written.
struct Each<'a, T, F>(&'a [T], F);

impl<'a, T, W: Serialize, F: Fn(&'a T) -> W> Each<'a, T, F> {
    fn new(items: &'a [T], make: F) -> Self {
        Self(items, make)
    }
}

impl<'a, T, W: Serialize, F: Fn(&'a T) -> W> Serialize for Each<'a, T, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(&self.1))
    }
}

struct DocumentObjects<'g>(&'g KnowledgeGraph);

impl Serialize for DocumentObjects<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(serde::Serialize)]
        struct DocumentObject<'g> {
            id: &'g str,
            title: Option<&'g str>,
            sha256: &'g str,
            #[serde(skip_serializing_if = "Option::is_none")]
            file: Option<&'g str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            date: Option<&'g str>,
            text: &'g str,
        }
        serializer.collect_seq(self.0.documents.iter().map(|d| DocumentObject {
            id: &d.id,
            title: d.title.as_deref(),
            sha256: &d.sha256,
            file: d.file.as_deref(),
            date: d.date.as_deref(),
            text: &d.text,
        }))
    }
}

struct EntityObject<'w, 'g>(&'w Wire<'g>, &'g Entity);

impl Serialize for EntityObject<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(wire, entity) = *self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &entity.id)?;
        map.serialize_entry("type", &entity.type_)?;
        map.serialize_entry("name", &entity.name)?;
        map.serialize_entry("ids", &entity.ids)?;
        map.serialize_entry("attributes", &Attributes(&entity.attributes))?;
        map.serialize_entry(
            "mentions",
            &Each::new(&entity.mentions, |m| MentionObject(wire, m)),
        )?;
        if !entity.merged.is_empty() {
            map.serialize_entry("merged", &Each::new(&entity.merged, MergedObject))?;
        }
        if !entity.apart.is_empty() {
            map.serialize_entry("apart", &entity.apart)?;
        }
        map.end()
    }
}

struct MergedObject<'g>(&'g MergedEntity);

impl Serialize for MergedObject<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(5))?;
        map.serialize_entry("id", &self.0.id)?;
        map.serialize_entry("type", &self.0.type_)?;
        map.serialize_entry("name", &self.0.name)?;
        map.serialize_entry("ids", &self.0.ids)?;
        map.serialize_entry("because", &self.0.because)?;
        map.end()
    }
}

struct MentionObject<'w, 'g>(&'w Wire<'g>, &'g EntityMention);

impl Serialize for MentionObject<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(wire, mention) = *self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("document", wire.document(mention.selection))?;
        map.serialize_entry("zone", names::zone(mention.zone))?;
        wire.offsets(&mut map, mention.selection)?;
        map.serialize_entry("text", wire.graph.text(mention.selection))?;
        map.serialize_entry("kind", mention.kind)?;
        map.serialize_entry("form", &mention.form)?;
        map.serialize_entry("rule", &RuleName(&mention.rule))?;
        if wire.is_ambiguous(&mention.rule) {
            map.serialize_entry("rule_at", &RulePlace(&mention.rule))?;
        }
        if let Some(because) = &mention.because {
            map.serialize_entry("because", &**because)?;
        }
        for name in VALUE_ATTRIBUTES {
            if let Some(value) = mention.attributes.get(name) {
                map.serialize_entry(name, &Value(value))?;
            }
        }
        if !mention.attributes.is_empty() {
            map.serialize_entry("attributes", &Attributes(&mention.attributes))?;
        }
        map.end()
    }
}

struct StatementObject<'w, 'g>(&'w Wire<'g>, &'g Statement);

impl Serialize for StatementObject<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(wire, statement) = *self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &statement.id)?;
        map.serialize_entry(
            "document",
            &statement.content.first().map(|&s| wire.document(s)),
        )?;
        map.serialize_entry("speech", names::speech(statement.speech))?;
        map.serialize_entry("text", &wire.graph.statement_text(statement))?;
        let piece = |s: &Selection| WordsObject(wire, *s);
        map.serialize_entry("content", &Each::new(&statement.content, piece))?;
        map.serialize_entry("quoted", &Each::new(&statement.quoted, piece))?;
        let about: Vec<_> = about(wire.graph, statement);
        map.serialize_entry("about", &about)?;
        map.end()
    }
}

/// `start end byte_start byte_end text`
struct WordsObject<'w, 'g>(&'w Wire<'g>, Selection);

impl Serialize for WordsObject<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.0.offsets(&mut map, self.1)?;
        map.serialize_entry("text", self.0.graph.text(self.1))?;
        map.end()
    }
}

struct RelationObject<'w, 'g>(&'w Wire<'g>, RelationEdge<'g>);

impl Serialize for RelationObject<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(wire, edge) = *self;
        let (graph, relation) = (wire.graph, edge.relation);
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &relation.id)?;
        map.serialize_entry("type", &relation.type_)?;
        map.serialize_entry("source", &graph.node_id(edge.source))?;
        if let Some(words) = graph.words(edge.source) {
            map.serialize_entry("source_literal", &WordsObject(wire, words))?;
        }
        map.serialize_entry("target", &graph.node_id(edge.target))?;
        let literal = graph.words(edge.target).map(|s| WordsObject(wire, s));
        map.serialize_entry("literal", &literal)?;
        map.serialize_entry("arguments", &ArgumentsObject(wire, edge))?;
        map.serialize_entry("polarity", names::polarity(relation.polarity))?;
        map.serialize_entry("modality", names::modality(relation.modality))?;
        map.serialize_entry("tense", names::tense(relation.tense))?;
        map.serialize_entry("speech", &relation.speech.map(names::speech))?;
        map.serialize_entry("within", &relation.within.and_then(|n| graph.node_id(n)))?;
        map.serialize_entry("evidence", &EvidenceObject(wire, edge))?;
        map.serialize_entry("rule", &RuleObject(&relation.rule))?;
        map.serialize_entry("asserted", &relation.asserted)?;
        if let Some(group) = relation.group {
            map.serialize_entry("group", &group)?;
        }
        if !relation.also.is_empty() {
            let rules = Each::new(&relation.also, |rule| RuleObject(rule));
            map.serialize_entry("also", &rules)?;
        }
        if !relation.derived_from.is_empty() {
            map.serialize_entry("derived_from", &relation.derived_from)?;
        }
        if !relation.attributes.is_empty() {
            map.serialize_entry("attributes", &Attributes(&relation.attributes))?;
        }
        map.end()
    }
}

struct EvidenceObject<'w, 'g>(&'w Wire<'g>, RelationEdge<'g>);

impl Serialize for EvidenceObject<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(wire, edge) = *self;
        let evidence = edge.relation.evidence;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("document", wire.document(evidence))?;
        map.serialize_entry("zone", names::zone(edge.relation.zone))?;
        wire.offsets(&mut map, evidence)?;
        map.serialize_entry("text", wire.graph.text(evidence))?;
        map.end()
    }
}

struct ArgumentsObject<'w, 'g>(&'w Wire<'g>, RelationEdge<'g>);

impl Serialize for ArgumentsObject<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(wire, edge) = *self;
        let mut map = serializer.serialize_map(Some(edge.relation.arguments.len()))?;
        for (name, arguments) in &edge.relation.arguments {
            map.serialize_entry(&**name, &ArgumentValue(wire, arguments))?;
        }
        map.end()
    }
}

/// An object; a list of them where the argument is in several pieces or bound several times.
struct ArgumentValue<'w, 'g>(&'w Wire<'g>, &'g [Argument]);

impl Serialize for ArgumentValue<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(wire, arguments) = *self;
        let piece = |argument: &Argument, selection| ArgumentObject {
            wire,
            node: argument.node,
            selection,
        };
        if let [argument] = arguments
            && argument.selections.len() <= 1
        {
            let selection = argument.selections.first().copied();
            if selection.is_none() && argument.node.is_none() {
                return serializer.serialize_bool(true);
            }
            return piece(argument, selection).serialize(serializer);
        }
        let mut list = serializer.serialize_seq(None)?;
        for argument in arguments {
            if argument.selections.is_empty() {
                list.serialize_element(&piece(argument, None))?;
            }
            for &selection in &argument.selections {
                list.serialize_element(&piece(argument, Some(selection)))?;
            }
        }
        list.end()
    }
}

struct ArgumentObject<'w, 'g> {
    wire: &'w Wire<'g>,
    node: Option<NodeIndex>,
    selection: Option<Selection>,
}

impl Serialize for ArgumentObject<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let graph = self.wire.graph;
        let mut map = serializer.serialize_map(None)?;
        let node = self.node.and_then(|n| graph.graph.node_weight(n));
        match node {
            Some(Node::Entity(entity)) => map.serialize_entry("entity", &entity.id)?,
            Some(Node::Statement(statement)) => map.serialize_entry("statement", &statement.id)?,
            Some(Node::Words(_) | Node::Nobody) | None => {}
        }
        if let Some(selection) = self.selection {
            map.serialize_entry("text", graph.text(selection))?;
            self.wire.offsets(&mut map, selection)?;
        }
        if let Some(Node::Entity(entity)) = node {
            let mention = names::mention_at(entity, self.selection);
            for name in VALUE_ATTRIBUTES {
                if let Some(value) = names::value_at(entity, mention, name) {
                    map.serialize_entry(name, &Value(value))?;
                }
            }
        }
        map.end()
    }
}

/// `Country/listed`
struct RuleName<'g>(&'g RuleReference);

impl Serialize for RuleName<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}/{}", self.0.id, self.0.variant))
    }
}

/// `entities/country.sayso:12`
struct RulePlace<'g>(&'g RuleReference);

impl Serialize for RulePlace<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&rule_place(self.0))
    }
}

struct RuleObjects<'w, 'g>(&'w BTreeSet<&'g RuleReference>);

impl Serialize for RuleObjects<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|rule| RuleObject(rule)))
    }
}

struct RuleObject<'g>(&'g RuleReference);

impl Serialize for RuleObject<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("id", &self.0.id)?;
        map.serialize_entry("variant", &self.0.variant)?;
        map.serialize_entry("file", &self.0.file)?;
        map.serialize_entry("line", &self.0.line)?;
        map.end()
    }
}
