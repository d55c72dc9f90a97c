//! Entities, statements and words as nodes.

use super::escape::{LineEnd, label, name, quoted, tooltip, wrap};
use super::picture::{End, Picture, Words};
use crate::export::{names, target_words};
use crate::graph::{
    AttributeValue, Entity, Node, Relation, RelationEdge, Schema, Selection, Statement,
};
use petgraph::graph::NodeIndex;
use std::fmt::Write as _;
use std::io::{self, Write};

/// Code points in a line of a name.
const NAME_WIDTH: usize = 22;
/// Code points in a line of a statement.
const NOTE_WIDTH: usize = 30;
/// Lines of a name or statement.
const LINES: usize = 4;

/// Shape and colours.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look<'g> {
    pub shape: &'g str,
    pub fill: &'g str,
    pub stroke: &'g str,
}

/// Of statements.
pub(super) const STATEMENT: Look<'static> = Look {
    shape: "note",
    fill: "#FAFAFA",
    stroke: "#8A8A8A",
};

/// Of a source that is only words: `senior officials`.
const SOMEBODY: Look<'static> = Look {
    shape: "rounded",
    fill: "#F5F5F5",
    stroke: "#757575",
};

impl<'g> Look<'g> {
    /// As declared, inherited, or plain.
    pub(super) fn of_type(schema: &'g Schema, type_: &'g str) -> Self {
        Self {
            shape: schema
                .type_key(type_, |t| t.shape.as_ref())
                .unwrap_or("box"),
            fill: schema
                .type_key(type_, |t| t.fill.as_ref())
                .unwrap_or("#F5F5F5"),
            stroke: schema
                .type_key(type_, |t| t.stroke.as_ref())
                .unwrap_or("#616161"),
        }
    }

    /// Of the words or statements that a relation leads to, where the rules colour them.
    pub(super) fn of_relation(schema: &'g Schema, relation: &'g str) -> Option<Self> {
        let fill = schema.relation_key(relation, |r| r.fill.as_ref())?;
        let stroke = schema.relation_key(relation, |r| r.stroke.as_ref());
        Some(Self {
            shape: "note",
            fill,
            stroke: stroke.unwrap_or(STATEMENT.stroke),
        })
    }

    /// `shape=…, style=…, fillcolor=…, color=…`
    fn attributes(self) -> String {
        let (shape, style) = match self.shape {
            "rounded" => ("box", "rounded,filled"),
            shape => (shape, "filled"),
        };
        let shape = if shape
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_')
        {
            shape
        } else {
            "box"
        };
        let (fill, stroke) = (quoted(self.fill), quoted(self.stroke));
        format!("shape={shape}, style=\"{style}\", fillcolor={fill}, color={stroke}")
    }
}

/// All nodes; in clusters by document where there are several, and not too much between them.
pub(super) fn write(
    picture: &Picture<'_>,
    is_layered: bool,
    out: &mut impl Write,
) -> io::Result<()> {
    let clustered = is_layered && picture.graph.documents.len() > 1 && picture.is_separable();
    write_group(picture, None, clustered, out)?;
    if clustered {
        for document in 0..picture.graph.documents.len() as u32 {
            write_cluster(picture, document, out)?;
        }
    }
    Ok(())
}

/// All nodes, never in clusters.
pub(super) fn write_all(picture: &Picture<'_>, out: &mut impl Write) -> io::Result<()> {
    write_group(picture, None, false, out)
}

/// What stands in one document only.
fn write_cluster(picture: &Picture<'_>, document: u32, out: &mut impl Write) -> io::Result<()> {
    let record = &picture.graph.documents[document as usize];
    let title = record.title.as_deref().unwrap_or(&record.id);
    writeln!(out, "  subgraph cluster_{document} {{")?;
    writeln!(
        out,
        "  graph [label={}, labeljust=l, fontsize=10, fontcolor=\"#607D8B\", style=\"rounded,dashed\", color=\"#CFD8DC\", \
         URL={}, tooltip={}];",
        label(&wrap(title, 60, 1), LineEnd::Left),
        quoted(&picture.iris.document(document)),
        tooltip(title)
    )?;
    write_group(picture, Some(document), true, out)?;
    writeln!(out, "  }}")
}

/// Nodes of one document; of none in particular where `document` is none.
fn write_group(
    picture: &Picture<'_>,
    document: Option<u32>,
    clustered: bool,
    out: &mut impl Write,
) -> io::Result<()> {
    let here = |node: NodeIndex| !clustered || picture.home(node) == document;
    for &node in &picture.entities {
        if let Some(entity) = picture.graph.entity(node)
            && here(node)
        {
            write_entity(picture, entity, out)?;
        }
    }
    for &node in &picture.statements {
        if let Some(statement) = picture.graph.statement(node)
            && here(node)
        {
            write_statement(picture, node, statement, out)?;
        }
    }
    for (&selection, &words) in &picture.words {
        if !clustered || document == Some(selection.document) {
            write_words(picture, selection, words, out)?;
        }
    }
    for (edge, end) in picture.unnamed() {
        if !clustered || document == Some(edge.relation.evidence.document) {
            write_unnamed(picture, edge, end, out)?;
        }
    }
    Ok(())
}

fn write_entity(picture: &Picture<'_>, entity: &Entity, out: &mut impl Write) -> io::Result<()> {
    let iri = picture.iris.entity(&entity.id);
    let wikidata = entity
        .ids
        .get("wikidata")
        .and_then(|ids| names::wikidata_ids(ids).next());
    let wikidata = wikidata.map(|id| format!("http://www.wikidata.org/entity/{id}"));
    let mut hint = format!("{} ({})", entity.name, entity.type_.to_lowercase());
    if let Some(first) = entity.mentions.first() {
        let count = picture.n_mentions(entity);
        if count > 1 {
            let _ = write!(hint, "\n{count} mentions, the first in:");
        }
        let _ = write!(hint, "\n{}", picture.passage(first.selection, &first.rule));
    }
    writeln!(
        out,
        "  {} [label={}, {}, tooltip={}, URL={}, class={}];",
        name(&iri),
        label(&wrap(&entity.name, NAME_WIDTH, LINES), LineEnd::Centred),
        Look::of_type(&picture.graph.schema, &entity.type_).attributes(),
        tooltip(&hint),
        quoted(wikidata.as_deref().unwrap_or(&iri)),
        quoted(&entity.type_.to_lowercase())
    )
}

fn write_statement(
    picture: &Picture<'_>,
    node: NodeIndex,
    statement: &Statement,
    out: &mut impl Write,
) -> io::Result<()> {
    let iri = picture.iris.part(&statement.id);
    let tint = picture.tints.get(&node).copied();
    let look = tint.and_then(|r| Look::of_relation(&picture.graph.schema, &r.type_));
    let text = picture.graph.statement_text(statement);
    let mut lines: Vec<String> = tint.and_then(|r| figure(picture, r)).into_iter().collect();
    lines.extend(wrap(&text, NOTE_WIDTH, LINES - lines.len()));
    let places = statement.content.iter().map(|&s| picture.place(s));
    let places = places.collect::<Vec<_>>().join("; ");
    let mut hint = format!(
        "{text}\n{} speech, {places}",
        names::speech(statement.speech)
    );
    if let Some(said) = picture.speakers.get(&node) {
        let passage = picture.passage(said.relation.evidence, &said.relation.rule);
        let _ = write!(hint, "\n{passage}");
    }
    let class = tint.map_or_else(
        || "statement".to_owned(),
        |r| format!("statement {}", r.type_),
    );
    writeln!(
        out,
        "  {} [label={}, {}, tooltip={}, URL={}, class={}];",
        name(&iri),
        label(&lines, LineEnd::Left),
        look.unwrap_or(STATEMENT).attributes(),
        tooltip(&hint),
        quoted(&iri),
        quoted(&class)
    )
}

/// The figure of an estimate, `< 40,000 homes`: the first quantity among the arguments.
fn figure(picture: &Picture<'_>, relation: &Relation) -> Option<String> {
    let arguments = relation.arguments.values().flatten();
    for argument in arguments {
        let Some(Node::Entity(entity)) = argument
            .node
            .and_then(|n| picture.graph.graph.node_weight(n))
        else {
            continue;
        };
        let mention = names::mention_at(entity, argument.selections.first().copied());
        let number = |name| match names::value_at(entity, mention, name) {
            Some(AttributeValue::Number(number)) => Some(grouped(number)),
            _ => None,
        };
        let word = |name| match names::value_at(entity, mention, name) {
            Some(AttributeValue::Text(text)) => Some(text.as_str()),
            _ => None,
        };
        let figure = match (number("value"), number("low"), number("high")) {
            (Some(value), ..) => value,
            (None, Some(low), Some(high)) => format!("{low} – {high}"),
            (None, Some(one), None) | (None, None, Some(one)) => one,
            (None, None, None) => continue,
        };
        let change = word("change").filter(|c| *c != "=");
        let parts = [change, Some(figure.as_str()), word("unit")];
        return Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" "));
    }
    None
}

/// `300000` is `300,000`.
fn grouped(number: &str) -> String {
    let whole = number.find('.').unwrap_or(number.len());
    let mut out = String::new();
    for (index, character) in number.char_indices() {
        let left = whole.saturating_sub(index);
        if index > 0
            && index < whole
            && left % 3 == 0
            && out.ends_with(|c: char| c.is_ascii_digit())
        {
            out.push(',');
        }
        out.push(character);
    }
    out
}

fn write_words(
    picture: &Picture<'_>,
    selection: Selection,
    words: Words<'_>,
    out: &mut impl Write,
) -> io::Result<()> {
    let iri = picture.iris.stretch(selection);
    let text = picture.graph.text(selection);
    let type_ = &words.relation.type_;
    let coloured = Look::of_relation(&picture.graph.schema, type_).filter(|_| words.is_target);
    let shown = if words.is_target {
        target_words(picture.graph, type_, selection)
    } else {
        text
    };
    let look = coloured.unwrap_or(if words.is_target { STATEMENT } else { SOMEBODY });
    writeln!(
        out,
        "  {} [label={}, {}, tooltip={}, URL={}, class={}];",
        name(&iri),
        label(&wrap(shown, NOTE_WIDTH, LINES), LineEnd::Left),
        look.attributes(),
        tooltip(&format!(
            "{text}\n{}",
            picture.passage(selection, &words.relation.rule)
        )),
        quoted(&iri),
        quoted(&format!("words {type_}"))
    )
}

/// Who or what the text leaves open: `it was announced`.
fn write_unnamed(
    picture: &Picture<'_>,
    edge: &RelationEdge<'_>,
    end: End,
    out: &mut impl Write,
) -> io::Result<()> {
    let (word, look) = match end {
        End::Source => ("somebody", SOMEBODY),
        End::Target => ("something", STATEMENT),
    };
    let relation = edge.relation;
    let passage = picture.passage(relation.evidence, &relation.rule);
    writeln!(
        out,
        "  {} [label={}, {}, tooltip={}, URL={}, class=\"unnamed\"];",
        name(&picture.end(edge, end)),
        quoted(word),
        look.attributes(),
        tooltip(&format!("the text does not name it\n{passage}")),
        quoted(&picture.iris.part(&relation.id)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped() {
        for (number, shown) in [
            ("300000", "300,000"),
            ("999", "999"),
            ("-1234567.25", "-1,234,567.25"),
            ("1000", "1,000"),
        ] {
            assert_eq!(grouped(number), shown);
        }
    }
}
