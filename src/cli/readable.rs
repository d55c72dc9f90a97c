//! A graph as lines that are read in a terminal.

use crate::export::{cue, target_words};
use crate::graph::{KnowledgeGraph, Modality, Node, Polarity, RelationEdge, Selection};
use petgraph::graph::NodeIndex;
use std::collections::BTreeSet;
use std::io::Write;

/// The most letters of a statement or words on a line.
const LONGEST: usize = 60;

/// Writes a line a relation, in text order; the type of an entity stands behind its first mention.
pub(super) fn write(graph: &KnowledgeGraph, out: &mut impl Write) -> std::io::Result<()> {
    let mut introduced = BTreeSet::new();
    for document in graph.documents.iter().filter(|_| graph.documents.len() > 1) {
        writeln!(out, "{}", document.title.as_ref().unwrap_or(&document.id))?;
    }
    for edge in graph.relations() {
        let style = graph.schema.relations.get(&edge.relation.type_);
        if style.is_some_and(|s| s.flags.iter().any(|f| f == "hidden")) {
            continue;
        }
        let source = name(graph, edge.source, &mut introduced);
        let target = match graph.words(edge.target) {
            Some(words) => target(graph, &edge.relation.type_, words),
            None => name(graph, edge.target, &mut introduced),
        };
        let notes = notes(graph, &edge);
        let line = format!("  {source} ──{}──▶ {target}", edge.relation.type_);
        if notes.is_empty() {
            writeln!(out, "{line}")?;
        } else {
            writeln!(out, "{line}   {notes}")?;
        }
    }
    Ok(())
}

fn name(graph: &KnowledgeGraph, node: NodeIndex, introduced: &mut BTreeSet<NodeIndex>) -> String {
    match graph.graph.node_weight(node) {
        Some(Node::Entity(entity)) if introduced.insert(node) => {
            format!("{} ({})", entity.name, entity.type_)
        }
        Some(Node::Entity(entity)) => entity.name.clone(),
        Some(Node::Statement(statement)) => {
            format!("\"{}\"", short(&graph.statement_text(statement)))
        }
        Some(Node::Words(selection)) => format!("\"{}\"", short(graph.text(*selection))),
        _ => "somebody".to_owned(),
    }
}

/// Words in quotes; what the rules say instead of them without.
fn target(graph: &KnowledgeGraph, relation: &str, words: Selection) -> String {
    let (text, shown) = (graph.text(words), target_words(graph, relation, words));
    if text == shown {
        format!("\"{}\"", short(text))
    } else {
        shown.to_owned()
    }
}

/// One line, cut at a word.
fn short(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= LONGEST {
        return text;
    }
    let cut: String = text.chars().take(LONGEST).collect();
    format!(
        "{}…",
        cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head)
    )
}

/// Its words where they say more than its name, what qualifies a relation, and in whose statement it stands.
fn notes(graph: &KnowledgeGraph, edge: &RelationEdge<'_>) -> String {
    let relation = edge.relation;
    let mut notes = Vec::new();
    if relation.polarity == Polarity::Negative {
        notes.push("not".to_owned());
    }
    let is_name = |cue: &String| cue.to_lowercase() == relation.type_.replace('_', " ");
    notes.extend(cue(graph, edge).filter(|cue| !is_name(cue)));
    if relation.modality != Modality::Asserted {
        notes.push(format!("{:?}", relation.modality).to_lowercase());
    }
    if let Some(speech) = relation.speech {
        notes.push(format!("{speech:?}").to_lowercase());
    }
    let date = relation
        .arguments
        .get("date")
        .and_then(|a| a.first())
        .and_then(|a| a.selections.first());
    notes.extend(date.map(|d| graph.text(*d).to_owned()));
    if let Some(speaker) = relation
        .within
        .and_then(|statement| speaker(graph, statement))
    {
        notes.push(format!("within {speaker}'s statement"));
    }
    notes.join(" · ")
}

/// Who made a statement.
fn speaker(graph: &KnowledgeGraph, statement: NodeIndex) -> Option<&str> {
    graph
        .relations()
        .into_iter()
        .find(|e| e.target == statement)
        .and_then(|e| graph.entity(e.source))
        .map(|e| e.name.as_str())
}
