//! Graph JSON, `sayso-graph/1`: the plain form for tools and for scoring.
//!
//! Nothing is collected on the way out: each entity, statement and relation is written as it is met.

use super::json::Json;
use super::names;
use super::names::VALUE_ATTRIBUTES;
use crate::graph::{
    Argument, AttributeValue, CodePoints, DocumentRecord, Entity, EntityMention, KnowledgeGraph,
    Node, RelationEdge, Selection, Statement,
};
use petgraph::graph::NodeIndex;
use serde::ser::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// About as many bytes of Graph JSON come of one of text.
const GROWTH: usize = 16;

/// One line of Graph JSON for the whole graph, with a line end.
pub fn graph_json(graph: &KnowledgeGraph) -> String {
    let texts = graph.documents.iter().map(|d| d.text.len());
    written(GROWTH * texts.sum::<usize>(), |out| {
        write_graph_json(graph, out)
    })
}

/// Writes one line of Graph JSON for the whole graph, with a line end.
pub fn write_graph_json(graph: &KnowledgeGraph, out: &mut impl Write) -> io::Result<()> {
    let mut wire = Wire::new(graph, out);
    wire.graph()?;
    wire.json.end_line()
}

/// Writes JSON Lines: one relation a line, in the form of Graph JSON.
pub fn write_relation_lines(graph: &KnowledgeGraph, out: &mut impl Write) -> io::Result<()> {
    let mut wire = Wire::new(graph, out);
    for edge in graph.relations() {
        wire.relation(edge);
        wire.json.end_line()?;
    }
    Ok(())
}

/// What a writer of UTF-8 writes, as a string with room for so many bytes from the start.
pub(super) fn written(room: usize, write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> String {
    let mut out = Vec::with_capacity(room);
    write(&mut out).expect("writing to memory cannot fail");
    String::from_utf8(out).expect("exports write UTF-8")
}

/// The graph on its way out, with what is needed to count code points.
struct Wire<'g, 'w, W> {
    graph: &'g KnowledgeGraph,
    points: Vec<CodePoints<'g>>,
    json: Json<'w, W>,
}

impl<'g, 'w, W: Write> Wire<'g, 'w, W> {
    fn new(graph: &'g KnowledgeGraph, out: &'w mut W) -> Self {
        let points = graph.documents.iter().map(|d| CodePoints::new(&d.text));
        Self {
            graph,
            points: points.collect(),
            json: Json::new(out),
        }
    }

    fn graph(&mut self) -> io::Result<()> {
        let graph = self.graph;
        self.json.begin_object();
        self.json.key("schema").plain("sayso-graph/1");
        self.json.key("documents");
        self.each(&graph.documents, Self::document)?;
        self.json.key("entities");
        self.each(graph.entities(), |wire, (_, entity)| wire.entity(entity))?;
        self.json.key("statements");
        self.each(graph.statements(), |wire, (_, s)| wire.statement(s))?;
        self.json.key("relations");
        self.each(graph.relations(), Self::relation)?;
        self.json.end_object();
        Ok(())
    }

    /// A list of which every item is written as it is made.
    fn each<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut Self, T),
    ) -> io::Result<()> {
        self.json.begin_list();
        for item in items {
            write(self, item);
            self.json.flush()?;
        }
        self.json.end_list();
        Ok(())
    }

    fn document(&mut self, document: &DocumentRecord) {
        self.json.begin_object();
        self.json.key("id").text(&document.id);
        self.json
            .key("title")
            .text_or_null(document.title.as_deref());
        self.json.key("sha256").text(&document.sha256);
        for (key, value) in [("file", &document.file), ("date", &document.date)] {
            if let Some(value) = value {
                self.json.key(key).text(value);
            }
        }
        self.json.end_object();
    }

    fn entity(&mut self, entity: &Entity) {
        self.json.begin_object();
        self.json.key("id").text(&entity.id);
        self.json.key("type").text(&entity.type_);
        self.json.key("name").text(&entity.name);
        self.json.key("ids").begin_object();
        for (scheme, id) in &entity.ids {
            self.json.any_key(scheme).text(id);
        }
        self.json.end_object();
        self.attributes(&entity.attributes);
        self.json.key("mentions").begin_list();
        for mention in &entity.mentions {
            self.mention(mention);
        }
        self.json.end_list();
        self.json.end_object();
    }

    fn mention(&mut self, mention: &EntityMention) {
        self.json.begin_object();
        self.name_of_document(mention.selection);
        self.json.key("zone").plain(names::zone(mention.zone));
        self.offsets(mention.selection);
        self.words(mention.selection);
        self.json.key("kind").plain(mention.kind);
        self.json.key("form").text_or_null(mention.form);
        let rule = &mention.rule;
        self.json.key("rule").texts(&[&rule.id, "/", &rule.variant]);
        if let Some(because) = &mention.because {
            self.json.key("because").text(because);
        }
        for name in VALUE_ATTRIBUTES {
            if let Some(value) = mention.attributes.get(name) {
                self.json.key(name).value(&Value(value));
            }
        }
        if !mention.attributes.is_empty() {
            self.attributes(&mention.attributes);
        }
        self.json.end_object();
    }

    fn statement(&mut self, statement: &Statement) {
        self.json.begin_object();
        self.json.key("id").text(&statement.id);
        match statement.content.first() {
            Some(selection) => self.name_of_document(*selection),
            None => self.json.key("document").null(),
        }
        self.json
            .key("speech")
            .plain(names::speech(statement.speech));
        let text = self.graph.statement_text(statement);
        self.json.key("text").text(&text);
        for (key, pieces) in [
            ("content", &statement.content),
            ("quoted", &statement.quoted),
        ] {
            self.json.key(key).begin_list();
            for piece in pieces {
                self.piece(*piece);
            }
            self.json.end_list();
        }
        self.json.key("about").begin_list();
        for id in about(self.graph, statement) {
            self.json.text(id);
        }
        self.json.end_list();
        self.json.end_object();
    }

    fn relation(&mut self, edge: RelationEdge<'g>) {
        let (graph, relation) = (self.graph, edge.relation);
        self.json.begin_object();
        self.json.key("id").text(&relation.id);
        self.json.key("type").text(&relation.type_);
        self.json
            .key("source")
            .text_or_null(graph.node_id(edge.source));
        self.json
            .key("target")
            .text_or_null(graph.node_id(edge.target));
        self.json.key("literal");
        match graph.words(edge.target) {
            Some(words) => self.piece(words),
            None => self.json.null(),
        }
        self.json.key("arguments").begin_object();
        for (name, bound) in &relation.arguments {
            self.json.any_key(name);
            self.arguments(bound);
        }
        self.json.end_object();
        self.json
            .key("polarity")
            .plain(names::polarity(relation.polarity));
        self.json
            .key("modality")
            .plain(names::modality(relation.modality));
        self.json.key("tense").plain(names::tense(relation.tense));
        self.json
            .key("speech")
            .text_or_null(relation.speech.map(names::speech));
        let within = relation.within.and_then(|n| graph.node_id(n));
        self.json.key("within").text_or_null(within);
        self.evidence(edge);
        self.rule(edge);
        self.json.key("asserted").value(&relation.asserted);
        if let Some(group) = relation.group {
            self.json.key("group").number(group);
        }
        if !relation.derived_from.is_empty() {
            self.json.key("derived_from").value(&relation.derived_from);
        }
        if !relation.attributes.is_empty() {
            self.attributes(&relation.attributes);
        }
        self.json.end_object();
    }

    fn evidence(&mut self, edge: RelationEdge<'_>) {
        let evidence = edge.relation.evidence;
        self.json.key("evidence").begin_object();
        self.name_of_document(evidence);
        self.json.key("zone").plain(names::zone(edge.relation.zone));
        self.offsets(evidence);
        self.words(evidence);
        self.json.end_object();
    }

    fn rule(&mut self, edge: RelationEdge<'_>) {
        let rule = &edge.relation.rule;
        self.json.key("rule").begin_object();
        self.json.key("id").text(&rule.id);
        self.json.key("variant").text(&rule.variant);
        self.json.key("file").text(&rule.file);
        self.json.key("line").number(rule.line);
        self.json.end_object();
    }

    /// An object; a list of them where the argument is in several pieces or bound several times.
    fn arguments(&mut self, arguments: &[Argument]) {
        if let [argument] = arguments
            && argument.selections.len() <= 1
        {
            let selection = argument.selections.first().copied();
            if selection.is_none() && argument.node.is_none() {
                return self.json.value(&true);
            }
            return self.argument(argument.node, selection);
        }
        self.json.begin_list();
        for argument in arguments {
            if argument.selections.is_empty() {
                self.argument(argument.node, None);
            }
            for &selection in &argument.selections {
                self.argument(argument.node, Some(selection));
            }
        }
        self.json.end_list();
    }

    fn argument(&mut self, node: Option<NodeIndex>, selection: Option<Selection>) {
        let graph = self.graph;
        self.json.begin_object();
        let node = node.and_then(|n| graph.graph.node_weight(n));
        match node {
            Some(Node::Entity(entity)) => self.json.key("entity").text(&entity.id),
            Some(Node::Statement(statement)) => self.json.key("statement").text(&statement.id),
            Some(Node::Words(_) | Node::Nobody) | None => {}
        }
        if let Some(selection) = selection {
            self.words(selection);
            self.offsets(selection);
        }
        if let Some(Node::Entity(entity)) = node {
            let mention = names::mention_at(entity, selection);
            for name in VALUE_ATTRIBUTES {
                if let Some(value) = names::value_at(entity, mention, name) {
                    self.json.key(name).value(&Value(value));
                }
            }
        }
        self.json.end_object();
    }

    /// `start end byte_start byte_end text`
    fn piece(&mut self, selection: Selection) {
        self.json.begin_object();
        self.offsets(selection);
        self.words(selection);
        self.json.end_object();
    }

    fn name_of_document(&mut self, selection: Selection) {
        let document = &self.graph.documents[selection.document as usize];
        self.json.key("document").text(&document.id);
    }

    /// `start end byte_start byte_end`
    fn offsets(&mut self, Selection { document, span }: Selection) {
        let (start, end) = self.points[document as usize].span(span);
        self.json.key("start").number(start);
        self.json.key("end").number(end);
        self.json.key("byte_start").number(span.start);
        self.json.key("byte_end").number(span.end);
    }

    fn words(&mut self, selection: Selection) {
        self.json.key("text").text(self.graph.text(selection));
    }

    fn attributes(&mut self, attributes: &BTreeMap<String, AttributeValue>) {
        self.json.key("attributes").begin_object();
        for (name, value) in attributes {
            self.json.any_key(name).value(&Value(value));
        }
        self.json.end_object();
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
        let lines = written(0, |out| write_relation_lines(&graph, out));
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
