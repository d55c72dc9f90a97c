//! What was written is read again, and what is broken is told with its place.

use super::values::{Value, ValueEntry};
use super::{GraphJsonError, GraphJsonReader, graph_json, read_graph_json};
use crate::export::{
    DotOptions, csv, cypher, dot, graphml, json_ld, nquads, turtle, write_relation_lines,
};
use crate::graph::fixture::{self, Filler, GraphBuilder};
use crate::graph::{AttributeValue, BaseIri, KnowledgeGraph, Node};
use proptest::prelude::*;
use serde_json::Value as Json;
use std::sync::Arc;

fn read(json: &str) -> Result<KnowledgeGraph, GraphJsonError> {
    read_graph_json(json, &Arc::new(fixture::schema()))
}

/// The graph in every format.
fn formats(graph: &KnowledgeGraph) -> Vec<String> {
    let base = BaseIri::default();
    let mut lines = Vec::new();
    write_relation_lines(graph, &mut lines).expect("memory takes it");
    vec![
        graph_json(graph),
        String::from_utf8(lines).expect("UTF-8"),
        json_ld(graph, &base),
        turtle(graph, &base),
        nquads(graph, &base),
        cypher(graph),
        graphml(graph),
        csv(graph),
        dot(graph, &DotOptions::default()),
    ]
}

/// A graph with what the fixture lacks: hostile words, values of mentions, several arguments, rules of one name.
fn odd(text: &str) -> KnowledgeGraph {
    let mut b = GraphBuilder::new(fixture::schema());
    b.document("a/b \"#1\" \u{202e}", text, text);
    let who = b.entity("Person", text, &[(text, "name"), (text, "pronoun")]);
    let entity = b.entity_mut(who);
    entity.mentions[0].rule = fixture::rule("Person", "listed");
    let mut other = (*entity.mentions[1].rule).clone();
    other.line += 7;
    entity.mentions[1].rule = Arc::new(other);
    for (name, value) in [
        ("value", AttributeValue::Number("1.10".into())),
        ("unit", AttributeValue::Text("1.10".into())),
        ("year", AttributeValue::Text("2024".into())),
        (
            "big",
            AttributeValue::Number("123456789012345678901".into()),
        ),
        ("whole", AttributeValue::Number("-12".into())),
        (text, AttributeValue::Flag),
    ] {
        entity.mentions[0]
            .attributes
            .insert(name.into(), value.clone());
        entity.attributes.insert(name.into(), value);
    }
    entity.ids.insert(text.into(), text.into());
    let words = b.words(text);
    let made = b.relation(
        ("refuses", text),
        (words, who),
        text,
        &[
            ("agent", Filler::Words(text)),
            ("action", Filler::Node(text, who)),
        ],
    );
    let piece = made.arguments["agent"][0].clone();
    made.arguments["action"].push(piece.clone());
    let mut flag = piece;
    flag.selections.clear();
    made.arguments.insert("former".into(), vec![flag]);
    made.attributes
        .insert(text.into(), AttributeValue::Text(text.into()));
    made.group = Some(3);
    made.derived_from = vec![text.into()];
    b.graph
}

#[test]
fn what_was_written_is_read_again() {
    for graph in [
        fixture::article(),
        odd("a"),
        odd("“Ž 🦀\u{0}\\\"\n]]>"),
        KnowledgeGraph::default(),
    ] {
        let again = read(&graph_json(&graph)).expect("it was just written");
        // An empty graph has no schema of its own.
        for (old, new) in formats(&graph).iter().zip(formats(&again)) {
            assert_eq!(*old, new);
        }
        for (old, new) in graph.entities().iter().zip(again.entities()) {
            for (old, new) in old.1.mentions.iter().zip(&new.1.mentions) {
                assert_eq!(old.rule, new.rule);
            }
            assert_eq!(old.1.attributes, new.1.attributes);
        }
    }
}

#[test]
fn a_merged_graph_is_one_object_of_several_documents() {
    let graph = KnowledgeGraph::merge([fixture::article(), odd("Südmark")]);
    let again = read(&graph_json(&graph)).expect("it was just written");
    assert_eq!(again.documents.len(), 2);
    assert_eq!(formats(&graph), formats(&again));
}

#[test]
fn graphs_come_one_after_the_other() {
    let line = graph_json(&fixture::article());
    let pretty = line.replace("\"relations\":[", "\n \"relations\": [\n  ");
    let text = format!("\u{feff}{line}\n{pretty}{line}");
    let schema = Arc::new(fixture::schema());
    let graphs: Result<Vec<_>, _> = GraphJsonReader::new(text.as_bytes(), schema.clone()).collect();
    assert!(
        graphs
            .expect("all good")
            .iter()
            .all(|g| graph_json(g) == line)
    );
    let broken = format!(
        "{line}\n{}",
        line.replacen("\"kind\":\"name\"", "\"kind\":\"nam\"", 1)
    );
    let mut reader = GraphJsonReader::new(broken.as_bytes(), schema);
    assert!(reader.next().is_some_and(|graph| graph.is_ok()));
    let error = reader
        .next()
        .expect("a second")
        .expect_err("it is broken")
        .to_string();
    assert!(error.starts_with("3:"), "{error}");
    assert!(
        error.ends_with("entities[0].mentions[0].kind: `nam` is none of name, nominal, pronoun"),
        "{error}"
    );
    assert!(reader.next().is_none());
}

/// What is said of the article once it is changed.
fn fault(change: impl FnOnce(&mut Json)) -> GraphJsonError {
    let mut json: Json = serde_json::from_str(&graph_json(&fixture::article())).expect("JSON");
    change(&mut json);
    let text = format!("{json:#}");
    let error = read(&text).expect_err("it is broken");
    let line = text.lines().nth(error.line - 1).expect("the line is there");
    assert!(error.column <= line.chars().count() + 1, "{error}");
    error
}

type Change = fn(&mut Json);

/// A change, where it is told and what is said of it.
const FAULTS: [(Change, &str, &str); 16] = [
    (
        |j| j["schema"] = "sayso-graph/2".into(),
        "schema",
        "newer sayso",
    ),
    (
        |j| j["documents"][0]["text"] = Json::Null,
        "documents[0]",
        "extract the article again",
    ),
    (
        |j| j["documents"][0]["sha256"] = "00".into(),
        "documents[0].sha256",
        "was changed",
    ),
    (
        |j| j["entities"][0]["id"] = "a b".into(),
        "entities[0].id",
        "percent-encoded",
    ),
    (
        |j| j["entities"][0]["type"] = "A b".into(),
        "entities[0].type",
        "no name as rules have them",
    ),
    (
        |j| j["entities"][1]["id"] = j["entities"][0]["id"].clone(),
        "entities[1].id",
        "twice",
    ),
    (
        |j| j["entities"][0]["mentions"][0]["byte_end"] = 90_000.into(),
        "entities[0].mentions[0]",
        "outside of the text",
    ),
    (
        |j| j["entities"][0]["mentions"][0]["start"] = 1.into(),
        "entities[0].mentions[0]",
        "are code points",
    ),
    (
        |j| j["entities"][0]["mentions"][0]["text"] = "x".into(),
        "entities[0].mentions[0]",
        "not \"x\"",
    ),
    (
        |j| j["entities"][0]["mentions"][0]["rule"] = "x".into(),
        "entities[0].mentions[0].rule",
        "no rule among `rules`",
    ),
    (
        |j| j["entities"][0]["mentions"][0]["document"] = "gas new".into(),
        "entities[0].mentions[0].document",
        "did you mean `gas news`?",
    ),
    (
        |j| j["relations"][0]["source"] = "person/zana-berzina-d0e4c8".into(),
        "relations[0].source",
        "did you mean `person/zana-berzina-d0e4c9`?",
    ),
    (
        |j| j["relations"][0]["within"] = "country/norland".into(),
        "relations[0].within",
        "where a statement is meant",
    ),
    (
        |j| j["relations"][0]["polarity"] = 7.into(),
        "relations[0].polarity",
        "expected a string",
    ),
    (
        |j| j["relations"][0]["wihtin"] = Json::Null,
        "relations[0].wihtin",
        "unknown field",
    ),
    (
        |j| j["statements"][0]["content"] = Json::Array(vec![]),
        "statements[0].content",
        "empty",
    ),
];

#[test]
fn faults_have_their_place_and_say_what_to_do() {
    for (change, path, message) in FAULTS {
        let error = fault(change);
        assert_eq!(error.path, path, "{error}");
        assert!(error.message.contains(message), "{error}");
        assert!(error.line > 1, "{error}");
    }
    let error = read("{\n  \"documents\": [}").expect_err("it is broken");
    assert_eq!((error.line, error.column), (2, 17), "{error}");
    let error = read("{}").expect_err("it is empty");
    assert!(
        error.message.contains("sayso extract --format json"),
        "{error}"
    );
}

/// Places of all values in a value.
fn pointers(json: &Json, at: &str, all: &mut Vec<String>) {
    all.push(at.to_owned());
    match json {
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointers(item, &format!("{at}/{index}"), all);
            }
        }
        Json::Object(members) => {
            for (key, item) in members {
                pointers(
                    item,
                    &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")),
                    all,
                );
            }
        }
        _ => {}
    }
}

fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        (0..600u32).prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        ".{0,9}".prop_map(Json::from),
        Just(Json::from("country/norland")),
    ];
    leaf.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Json::from),
            prop::collection::btree_map("[a-z_]{1,6}", inner, 0..3)
                .prop_map(|m| Json::Object(m.into_iter().collect())),
        ]
    })
}

#[test]
fn a_long_decimal_comes_back_to_its_last_digit() {
    let value = AttributeValue::Number("100000000.12140445".to_owned());
    let written = serde_json::to_string(&Value(&value)).expect("a value");
    let ValueEntry(again) = serde_json::from_str(&written).expect("a value");
    assert_eq!(again, value);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_changed_file_gives_a_graph_or_a_fault_with_its_place(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any_json()), 1..3),
        moved in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..2),
    ) {
        let mut json: Json = serde_json::from_str(&graph_json(&fixture::article())).expect("JSON");
        for (from, to) in moved {
            let mut all = Vec::new();
            pointers(&json, "", &mut all);
            let value = json.pointer(from.get::<String>(&all)).expect("it was listed").clone();
            *json.pointer_mut(to.get::<String>(&all)).expect("it was listed") = value;
        }
        for (index, value) in changes {
            let mut all = Vec::new();
            pointers(&json, "", &mut all);
            *json.pointer_mut(index.get::<String>(&all)).expect("it was listed") = value;
        }
        let text = format!("{json:#}");
        match read(&text) {
            Ok(graph) => {
                let again = graph_json(&graph);
                let twice = read(&again).expect("what is written can be read");
                prop_assert_eq!(graph_json(&twice), again);
                formats(&graph);
            }
            Err(error) => prop_assert!(error.line >= 1 && error.line <= text.lines().count()),
        }
    }

    #[test]
    fn a_cut_or_garbled_file_gives_a_fault(at in any::<prop::sample::Index>(), put in ".{0,3}") {
        let json = graph_json(&fixture::article());
        // Without its line end it is whole.
        let json = json.trim_end();
        let places: Vec<usize> = json.char_indices().map(|(place, _)| place).collect();
        let at = *at.get(&places);
        prop_assert!(read(&json[..at]).is_err());
        let _ = read(&format!("{}{put}{}", &json[..at], &json[at..]));
    }

    #[test]
    fn values_are_read_as_they_were_written(text in "-?[0-9]{1,20}(\\.[0-9]{1,9})?|.{0,6}") {
        let write = |value: &AttributeValue| serde_json::to_string(&Value(value)).expect("a value");
        let value = AttributeValue::Text(text.clone());
        let ValueEntry(again) = serde_json::from_str(&write(&value)).expect("a value");
        prop_assert_eq!(&again, &value);
        if super::values::is_decimal(&text) && text != "-0" {
            let value = AttributeValue::Number(text);
            let ValueEntry(again) = serde_json::from_str(&write(&value)).expect("a value");
            prop_assert_eq!(&again, &value);
        }
    }

    #[test]
    fn names_of_any_kind_survive(text in "\\PC{1,12}|[\"\\\\\n\r\t\u{0}-\u{1f}\u{200f}\u{202e}🦀é{}<&']{1,12}") {
        let graph = odd(&text);
        let again = read(&graph_json(&graph)).expect("it was just written");
        prop_assert_eq!(formats(&graph), formats(&again));
        let named = again.graph.node_weights().any(|n| matches!(n, Node::Entity(e) if e.name == text));
        prop_assert!(named);
    }
}
