//! The form of what is written.

use super::values::Value;
use super::*;
use crate::graph::{AttributeValue, Node, fixture};
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
