//! Graph JSON, `sayso-graph/1`: the plain form for tools and for scoring.
//!
//! Nothing is collected on the way out: each entity, statement and relation is written as it is met.

use super::names;
use super::names::VALUE_ATTRIBUTES;
use crate::graph::{
    Argument, AttributeValue, CodePoints, Entity, EntityMention, KnowledgeGraph, Node,
    RelationEdge, RuleReference, Selection, Statement,
};
use petgraph::graph::NodeIndex;
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// One line of Graph JSON for the whole graph, with a line end.
pub fn graph_json(graph: &KnowledgeGraph) -> String {
    written(|out| write_graph_json(graph, out))
}

/// Writes one line of Graph JSON for the whole graph, with a line end.
pub fn write_graph_json(graph: &KnowledgeGraph, out: &mut impl Write) -> io::Result<()> {
    let wire = Wire::new(graph);
    serde_json::to_writer(&mut *out, &GraphObject(&wire))?;
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

/// What a writer of UTF-8 writes, as a string.
pub(super) fn written(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).expect("writing to memory cannot fail");
    String::from_utf8(out).expect("exports write UTF-8")
}

/// The graph with what is needed to count code points.
struct Wire<'g> {
    graph: &'g KnowledgeGraph,
    points: Vec<CodePoints<'g>>,
}

impl<'g> Wire<'g> {
    fn new(graph: &'g KnowledgeGraph) -> Self {
        let points = graph.documents.iter().map(|d| CodePoints::new(&d.text));
        Self {
            graph,
            points: points.collect(),
        }
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

struct GraphObject<'w, 'g>(&'w Wire<'g>);

impl Serialize for GraphObject<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let wire = self.0;
        let graph = wire.graph;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("schema", "sayso-graph/1")?;
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
        }
        serializer.collect_seq(self.0.documents.iter().map(|d| DocumentObject {
            id: &d.id,
            title: d.title.as_deref(),
            sha256: &d.sha256,
            file: d.file.as_deref(),
            date: d.date.as_deref(),
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

/// Ids of the entities that a statement is about, sorted.
pub(super) fn about<'g>(graph: &'g KnowledgeGraph, statement: &Statement) -> Vec<&'g str> {
    let entities = statement.about.iter().filter_map(|&n| graph.entity(n));
    let mut ids: Vec<_> = entities.map(|e| e.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
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

struct Attributes<'g>(&'g BTreeMap<String, AttributeValue>);

impl Serialize for Attributes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, Value(value))))
    }
}

struct Value<'g>(&'g AttributeValue);

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            AttributeValue::Flag => serializer.serialize_bool(true),
            AttributeValue::Text(text) => serializer.serialize_str(text),
            AttributeValue::Number(number) => serialize_number(number, serializer),
        }
    }
}

/// A JSON number where every reader gets the same decimal back from it, else its digits as a string.
fn serialize_number<S: Serializer>(number: &str, serializer: S) -> Result<S::Ok, S::Error> {
    const EXACT_IN_DOUBLE: i64 = 1 << 53;
    if let Ok(whole) = number.parse::<i64>()
        && whole.abs() <= EXACT_IN_DOUBLE
        && whole.to_string() == number
    {
        return serializer.serialize_i64(whole);
    }
    match number.parse::<f64>() {
        Ok(double) if double.to_string() == number && number.contains('.') => {
            serializer.serialize_f64(double)
        }
        _ => serializer.serialize_str(number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::fixture;
    use serde_json::{Value as Json, json};

    fn read(graph: &KnowledgeGraph) -> Json {
        serde_json::from_str(&graph_json(graph)).expect("it is JSON")
    }

    fn relation<'j>(json: &'j Json, rule: &str, variant: &str) -> &'j Json {
        let relations = json["relations"].as_array().expect("a list");
        let this = |r: &&Json| r["rule"]["id"] == rule && r["rule"]["variant"] == variant;
        relations.iter().find(this).expect("it is there")
    }

    /// Every object with offsets has the words that stand there, in bytes and in code points.
    fn check_offsets(json: &Json, text: &str, seen: &mut usize) {
        match json {
            Json::Array(items) => items.iter().for_each(|i| check_offsets(i, text, seen)),
            Json::Object(map) => {
                map.values().for_each(|v| check_offsets(v, text, seen));
                if let Some(start) = map.get("start") {
                    let at = |key: &str| map[key].as_u64().expect("a number") as usize;
                    let points = start.as_u64().expect("a number") as usize..at("end");
                    let by_points: String =
                        text.chars().skip(points.start).take(points.len()).collect();
                    assert_eq!(map["text"], by_points);
                    assert_eq!(map["text"], &text[at("byte_start")..at("byte_end")]);
                    *seen += 1;
                }
            }
            _ => {}
        }
    }

    #[test]
    fn offsets_name_their_words_in_bytes_and_in_code_points() {
        let mut seen = 0;
        check_offsets(&read(&fixture::article()), fixture::ARTICLE, &mut seen);
        assert!(seen > 50, "{seen}");
    }

    #[test]
    fn keys_stand_in_the_order_of_the_design() {
        let json = graph_json(&fixture::article());
        let mention = json.find("\"mentions\"").expect("mentions");
        let keys = [
            "document",
            "zone",
            "start",
            "end",
            "byte_start",
            "byte_end",
            "text",
            "kind",
            "form",
            "rule",
        ];
        let places = keys.map(|k| json[mention..].find(&format!("\"{k}\"")).expect("key"));
        assert!(places.is_sorted(), "{places:?}");
        assert!(json.starts_with("{\"schema\":\"sayso-graph/1\",\"documents\":["));
        assert!(json.ends_with("]}\n"));
    }

    #[test]
    fn arguments_name_entities_statements_and_pieces() {
        let json = read(&fixture::article());
        let said = relation(&json, "said", "quoted");
        assert_eq!(said["source"], "person/zana-berzina-d0e4c9");
        assert_eq!(said["arguments"]["source"]["text"], "she");
        assert_eq!(said["arguments"]["source"]["entity"], said["source"]);
        let content = said["arguments"]["content"].as_array().expect("two pieces");
        assert_eq!(content.len(), 2);
        assert_eq!(content[1]["statement"], said["target"]);
        assert_eq!(said["speech"], "direct");
    }

    #[test]
    fn values_stand_beside_their_words() {
        let json = read(&fixture::article());
        let quantity = &relation(&json, "argues", "verb")["arguments"]["quantity"];
        assert_eq!(quantity["high"], json!(40000));
        assert_eq!(quantity["change"], "<");
        let date = &relation(&json, "said", "trailing")["arguments"]["date"];
        assert_eq!(date["value"], "2024-05-06");
    }

    #[test]
    fn a_value_of_one_mention_goes_before_that_of_the_entity() {
        let mut graph = fixture::article();
        for node in graph.graph.node_weights_mut() {
            if let Node::Entity(entity) = node
                && entity.type_ == "Date"
            {
                let value = AttributeValue::Text("2024-04-29".into());
                entity.mentions[0].attributes.insert("value".into(), value);
            }
        }
        let json = read(&graph);
        let date = &relation(&json, "said", "trailing")["arguments"]["date"];
        assert_eq!(date["value"], "2024-04-29");
        let entities = json["entities"].as_array().expect("a list");
        let monday = entities
            .iter()
            .find(|e| e["type"] == "Date")
            .expect("Monday");
        assert_eq!(monday["mentions"][0]["value"], "2024-04-29");
    }

    #[test]
    fn what_is_only_words_is_a_literal_and_nobody_is_null() {
        let json = read(&fixture::article());
        let role = relation(&json, "holds_role", "title");
        assert_eq!(role["target"], Json::Null);
        assert_eq!(role["literal"]["text"], "Prime Minister");
        assert_eq!(relation(&json, "said", "passive")["source"], Json::Null);
        let claim = relation(&json, "closed", "verb");
        assert_eq!(
            claim["within"],
            relation(&json, "said", "reported")["target"]
        );
        assert_eq!(claim["asserted"], false);
    }

    #[test]
    fn hidden_relations_stay_at_home() {
        let json = graph_json(&fixture::article());
        assert!(!json.contains("\"subject\""));
    }

    #[test]
    fn one_relation_a_line() {
        let graph = fixture::article();
        let lines = written(|out| write_relation_lines(&graph, out));
        assert_eq!(lines.lines().count(), graph.relations().len());
        for line in lines.lines() {
            let relation: Json = serde_json::from_str(line).expect("it is JSON");
            assert!(
                relation["id"]
                    .as_str()
                    .expect("an id")
                    .starts_with("gas news#rel-")
            );
        }
    }

    #[test]
    fn numbers_keep_their_decimals() {
        for (number, expected) in [
            ("300000", json!(300_000)),
            ("-4", json!(-4)),
            ("1.13", json!(1.13)),
            ("1.10", json!("1.10")),
            (
                "123456789012345678901234567890",
                json!("123456789012345678901234567890"),
            ),
        ] {
            let value = AttributeValue::Number(number.into());
            assert_eq!(
                serde_json::to_value(Value(&value)).expect("serializes"),
                expected
            );
        }
    }
}
