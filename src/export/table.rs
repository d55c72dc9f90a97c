//! A table of relations, one a line, for spreadsheets, data frames and SQL.

use super::flat::{Flat, FlatEdge, FlatNode, Property, flat};
use super::graph_json::written;
use crate::graph::KnowledgeGraph;
use std::io::{self, Write};

/// The columns. Offsets count code points of the document.
pub(super) const COLUMNS: [&str; 23] = [
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
    let mut writer = ::csv::Writer::from_writer(out);
    for row in rows(&flat(graph)) {
        let words =
            |cell: &Option<Property>| cell.as_ref().map_or_else(String::new, Property::words);
        writer.write_record(row.iter().map(words))?;
    }
    writer.flush()
}

/// The relations as rows of [`COLUMNS`].
pub(super) fn rows(flat: &Flat) -> impl Iterator<Item = Vec<Option<Property>>> {
    let edges = flat.edges.iter();
    let relations = edges.filter(|edge| edge.type_ != "about" || !edge.properties.is_empty());
    relations.map(|edge| {
        let cell = |column: &&str| cell(flat, edge, column);
        COLUMNS.iter().map(cell).collect()
    })
}

fn cell(flat: &Flat, edge: &FlatEdge, column: &str) -> Option<Property> {
    let (source, target) = (&flat.nodes[edge.source], &flat.nodes[edge.target]);
    match column {
        "relation" => Some(Property::Text(edge.type_.clone())),
        "id" => Some(Property::Text(edge.id.clone())),
        "source" => shown(source),
        "source_id" => id(source),
        "source_type" => type_(source),
        "target" => shown(target),
        "target_id" => id(target),
        "target_type" => type_(target),
        "arguments" => Some(object(&edge.properties, "arg_")),
        "attributes" => Some(object(&edge.properties, "set_")),
        other => value(&edge.properties, other),
    }
}

/// What people call a node.
fn shown(node: &FlatNode) -> Option<Property> {
    match node.kind {
        "Nobody" => None,
        "Entity" => value(&node.properties, "name"),
        _ => value(&node.properties, "text"),
    }
}

fn id(node: &FlatNode) -> Option<Property> {
    (node.kind != "Nobody").then(|| Property::Text(node.id.clone()))
}

fn type_(node: &FlatNode) -> Option<Property> {
    match (&node.type_, node.kind) {
        (Some(type_), _) => Some(Property::Text(type_.clone())),
        (None, "Nobody") => None,
        (None, kind) => Some(Property::Text(kind.to_owned())),
    }
}

fn value(properties: &[(String, Property)], name: &str) -> Option<Property> {
    let found = properties.iter().find(|(n, _)| n == name);
    found.map(|(_, value)| value.clone())
}

/// Properties with a prefix as a JSON object without it.
fn object(properties: &[(String, Property)], prefix: &str) -> Property {
    let named = properties.iter().filter_map(|(name, value)| {
        let name = name.strip_prefix(prefix)?.to_owned();
        let value = match value {
            Property::Text(text) | Property::Number(text) => text.clone().into(),
            Property::Integer(number) => (*number).into(),
            Property::Flag(flag) => (*flag).into(),
        };
        Some((name, value))
    });
    Property::Text(serde_json::Value::Object(named.collect()).to_string())
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
