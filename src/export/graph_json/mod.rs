//! Graph JSON, `sayso-graph/1`: the plain form for tools and for scoring, written and read.

mod arguments;
mod builder;
mod checks;
mod error;
mod objects;
mod reader;
mod relations;
mod rules;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_reader;
mod values;
mod wire;
mod writer;

pub use error::GraphJsonError;
pub use reader::{GraphJsonReader, ReadGraphError, read_graph_json};
pub use writer::{graph_json, write_graph_json, write_relation_lines};

use crate::graph::{KnowledgeGraph, RuleReference, Statement};
use std::io;

/// What is written and read.
const SCHEMA: &str = "sayso-graph/1";

/// What a writer of UTF-8 writes, as a string.
pub(super) fn written(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).expect("writing to memory cannot fail");
    String::from_utf8(out).expect("exports write UTF-8")
}

/// Ids of the entities that a statement is about, sorted.
pub(super) fn about<'g>(graph: &'g KnowledgeGraph, statement: &Statement) -> Vec<&'g str> {
    let entities = statement.about.iter().filter_map(|&n| graph.entity(n));
    let mut ids: Vec<_> = entities.map(|e| e.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// `entities/country.sayso:12`
fn rule_place(rule: &RuleReference) -> String {
    format!("{}:{}", rule.file, rule.line)
}
