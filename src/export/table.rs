//! A table of relations, one a line, for spreadsheets, data frames and SQL.

use super::flat::{FlatNode, Property, flat};
use super::graph_json::written;
use crate::graph::KnowledgeGraph;
use std::io::{self, Write};

/// The columns. Offsets count code points of the document.
const COLUMNS: [&str; 23] = [
    "document",
    "relation",
    "source",
    "source_id",
    "source_type",
    "target",
    "target_id",
    "target_type",
    "polarity",
    "modality",
    "tense",
    "asserted",
    "speech",
    "within",
    "evidence",
    "start",
    "end",
    "rule",
    "rule_file",
    "rule_line",
    "id",
    "arguments",
    "attributes",
];

/// The relations as comma-separated values (RFC 4180) with a line of column names.
pub fn csv(graph: &KnowledgeGraph) -> String {
    written(|out| {
        write_csv_header(out)?;
        write_csv(graph, out)
    })
}

/// Writes the column names.
///
/// # Errors
/// Those of the writer.
pub fn write_csv_header(out: &mut impl Write) -> io::Result<()> {
    let mut writer = ::csv::Writer::from_writer(out);
    writer.write_record(COLUMNS)?;
    writer.flush()
}

/// Writes the relations of a graph without column names, so that those of many graphs can follow each other.
///
/// # Errors
/// Those of the writer.
pub fn write_csv(graph: &KnowledgeGraph, out: &mut impl Write) -> io::Result<()> {
    let flat = flat(graph);
    let mut writer = ::csv::Writer::from_writer(out);
    for edge in flat
        .edges
        .iter()
        .filter(|edge| edge.type_ != "about" || !edge.properties.is_empty())
    {
        let (source, target) = (&flat.nodes[edge.source], &flat.nodes[edge.target]);
        let cell = |column: &&str| match *column {
            "relation" => edge.type_.clone(),
            "id" => edge.id.clone(),
            "source" => shown(source),
            "source_id" => id(source),
            "source_type" => type_(source),
            "target" => shown(target),
            "target_id" => id(target),
            "target_type" => type_(target),
            "arguments" => object(&edge.properties, "arg_"),
            "attributes" => object(&edge.properties, "set_"),
            other => value(&edge.properties, other),
        };
        writer.write_record(COLUMNS.iter().map(cell))?;
    }
    writer.flush()
}

/// What people call a node.
fn shown(node: &FlatNode) -> String {
    match node.kind {
        "Nobody" => String::new(),
        "Entity" => value(&node.properties, "name"),
        _ => value(&node.properties, "text"),
    }
}

fn id(node: &FlatNode) -> String {
    if node.kind == "Nobody" {
        String::new()
    } else {
        node.id.clone()
    }
}

fn type_(node: &FlatNode) -> String {
    match (&node.type_, node.kind) {
        (Some(type_), _) => type_.clone(),
        (None, "Nobody") => String::new(),
        (None, kind) => kind.to_owned(),
    }
}

fn value(properties: &[(String, Property)], name: &str) -> String {
    let found = properties.iter().find(|(n, _)| n == name);
    found.map_or_else(String::new, |(_, value)| value.words())
}

/// Properties with a prefix as a JSON object without it.
fn object(properties: &[(String, Property)], prefix: &str) -> String {
    let named = properties.iter().filter_map(|(name, value)| {
        let name = name.strip_prefix(prefix)?.to_owned();
        let value = match value {
            Property::Text(text) | Property::Number(text) => text.clone().into(),
            Property::Integer(number) => (*number).into(),
            Property::Flag(flag) => (*flag).into(),
        };
        Some((name, value))
    });
    serde_json::Value::Object(named.collect()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::fixture;

    #[test]
    fn a_reader_of_csv_gets_every_relation_back() {
        let graph = fixture::article();
        let table = csv(&graph);
        let mut reader = ::csv::Reader::from_reader(table.as_bytes());
        assert_eq!(reader.headers().expect("a header"), &COLUMNS[..]);
        let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
        let relations = graph.relations();
        assert_eq!(rows.len(), relations.len());
        for (row, edge) in rows.iter().zip(&relations) {
            assert_eq!(&row[1], edge.relation.type_);
            assert_eq!(&row[14], graph.text(edge.relation.evidence));
            let (start, end): (usize, usize) = (
                row[15].parse().expect("a number"),
                row[16].parse().expect("a number"),
            );
            let text = &graph.documents[edge.relation.evidence.document as usize].text;
            let words: String = text.chars().skip(start).take(end - start).collect();
            assert_eq!(&row[14], words);
            let arguments: serde_json::Value = serde_json::from_str(&row[21]).expect("JSON");
            assert_eq!(
                arguments.as_object().expect("an object").len(),
                edge.relation.arguments.len()
            );
        }
    }
}
