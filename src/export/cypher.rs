//! Cypher: one idempotent statement a line, so that loading twice changes nothing.

use super::flat::{Flat, FlatNode, Properties, Property, flat};
use super::graph_json::written;
use crate::graph::KnowledgeGraph;
use std::fmt::Write as _;
use std::io::{self, Write};

/// The graph as openCypher statements: nodes first, then relationships with their provenance.
///
/// Nodes carry the labels `Entity` and their type, `Statement`, `Words` or `Nobody`, and their `id`; an index on `id` makes
/// loading fast.
pub fn cypher(graph: &KnowledgeGraph) -> String {
    written(|out| write_cypher(graph, out))
}

/// Writes [`cypher`].
///
/// # Errors
/// Those of the writer.
pub fn write_cypher(graph: &KnowledgeGraph, out: &mut impl Write) -> io::Result<()> {
    write_flat(&flat(graph), |_| true, out)
}

/// Writes the nodes that are wanted, and all edges.
pub(super) fn write_flat(
    flat: &Flat,
    mut wanted: impl FnMut(&FlatNode) -> bool,
    out: &mut impl Write,
) -> io::Result<()> {
    for node in flat.nodes.iter().filter(|node| wanted(node)) {
        let mut sets = assignments("n", &node.properties);
        if let Some(type_) = &node.type_ {
            sets.insert(0, format!("n:{}", quoted_name(type_)));
            sets.insert(1, format!("n.type = {}", literal(type_)));
        }
        let sets = sets.join(", ");
        writeln!(out, "MERGE {} SET {sets};", pattern("n", node))?;
    }
    for edge in &flat.edges {
        let (source, target) = (&flat.nodes[edge.source], &flat.nodes[edge.target]);
        let (type_, id) = (quoted_name(&edge.type_), literal(&edge.id));
        let ends = format!("{}, {}", pattern("a", source), pattern("b", target));
        let sets = assignments("r", &edge.properties);
        let set = if sets.is_empty() { "" } else { " SET " };
        writeln!(
            out,
            "MATCH {ends} MERGE (a)-[r:{type_} {{id: {id}}}]->(b){set}{};",
            sets.join(", ")
        )?;
    }
    Ok(())
}

fn pattern(variable: &str, node: &FlatNode) -> String {
    format!("({variable}:{} {{id: {}}})", node.kind, literal(&node.id))
}

fn assignments(variable: &str, properties: &Properties) -> Vec<String> {
    let assignment = |(name, value): &(String, Property)| {
        let value = match value {
            Property::Text(text) => literal(text),
            other => other.words(),
        };
        format!("{variable}.{} = {value}", quoted_name(name))
    };
    properties.iter().map(assignment).collect()
}

/// A name in backticks, which may hold anything.
fn quoted_name(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

/// A string literal on one line.
fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // Line separators would break the line for some readers.
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::fixture;

    #[test]
    fn every_statement_is_one_line_that_merges() {
        let text = cypher(&fixture::article());
        assert!(text.lines().all(|line| line.ends_with(';')));
        assert!(text.lines().all(|line| line.contains("MERGE ")));
        assert!(text.contains("MERGE (n:Entity {id: \"country/norland\"}) SET n:`Country`, n.type = \"Country\", n.`name` = \"Norland\""), "{text}");
        assert!(text.contains("-[r:`said` {id: \""), "{text}");
    }

    #[test]
    fn hostile_words_stay_inside_their_literal() {
        assert_eq!(
            literal("a\"b\\c\nd\u{1}\u{2028}e"),
            "\"a\\\"b\\\\c\\nd\\u0001\\u2028e\""
        );
        assert_eq!(quoted_name("a`b"), "`a``b`");
    }
}
