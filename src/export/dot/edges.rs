//! Relations and what statements are about, as edges.

use super::escape::{LineEnd, label, name, quoted, tooltip, wrap};
use super::picture::{End, Picture};
use crate::export::{cue, names};
use crate::graph::{Modality, Polarity, Relation, RelationEdge};
use petgraph::graph::NodeIndex;
use std::fmt::Write as _;
use std::io::{self, Write};

/// Code points in a line of a label.
const WIDTH: usize = 24;

/// All edges.
pub(super) fn write(picture: &Picture<'_>, out: &mut impl Write) -> io::Result<()> {
    for edge in &picture.relations {
        write_relation(picture, edge, out)?;
    }
    for &(statement, entity) in &picture.abouts {
        let (Some(from), Some(to)) = (picture.iris.node(statement), picture.iris.node(entity))
        else {
            continue;
        };
        let hint = topic(picture, statement, entity);
        writeln!(
            out,
            "  {} -> {} [style=dotted, color=\"#90A4AE\", arrowhead=vee, arrowsize=0.6, penwidth=1.0, edgetooltip={}, \
             class=\"about\"];",
            name(&from),
            name(&to),
            tooltip(&hint)
        )?;
    }
    Ok(())
}

/// What a statement is about, the sentence that says so, and the rule that found it there.
fn topic(picture: &Picture<'_>, statement: NodeIndex, topic: NodeIndex) -> String {
    let about = format!("about {}", picture.name(topic));
    let graph = picture.graph;
    let named = (graph.statement(statement).zip(graph.entity(topic)))
        .and_then(|(statement, entity)| Picture::mention_in(statement, entity))
        .map(|mention| picture.passage(mention.selection, &mention.rule));
    let said = || Some(passage(picture, picture.speakers.get(&statement)?));
    match named.or_else(said) {
        Some(passage) => format!("{about}\n{passage}"),
        None => about,
    }
}

fn write_relation(
    picture: &Picture<'_>,
    edge: &RelationEdge<'_>,
    out: &mut impl Write,
) -> io::Result<()> {
    let relation = edge.relation;
    let line = Line::of(picture, relation);
    let hint = tooltip(&passage(picture, edge));
    writeln!(
        out,
        "  {} -> {} [label={}, style={}, color={}, fontcolor={}, penwidth={}, arrowhead={}, weight={}, edgetooltip={hint}, \
         labeltooltip={hint}, URL={}, class={}];",
        name(&picture.end(edge, End::Source)),
        name(&picture.end(edge, End::Target)),
        label(&wrap(&words(picture, edge), WIDTH, 3), LineEnd::Centred),
        line.style,
        quoted(line.colour),
        quoted(line.colour),
        line.width,
        line.head,
        line.weight,
        quoted(&picture.iris.part(&relation.id)),
        quoted(&relation.type_)
    )
}

/// How an edge is drawn.
struct Line<'g> {
    style: &'static str,
    colour: &'g str,
    width: &'static str,
    head: &'static str,
    weight: u8,
}

impl<'g> Line<'g> {
    fn of(picture: &Picture<'g>, relation: &'g Relation) -> Self {
        let schema = &picture.graph.schema;
        let serves = schema.has_flag(&relation.type_, "serves");
        let claimed = relation.within.is_some() && !relation.asserted;
        let negated = relation.polarity == Polarity::Negative;
        let barred = negated || schema.has_flag(&relation.type_, "performative");
        let stroke = schema.relation_key(&relation.type_, |r| r.stroke.as_ref());
        Self {
            style: if claimed { "dashed" } else { "solid" },
            colour: stroke.unwrap_or(if serves { "#78909C" } else { "#546E7A" }),
            width: if serves { "1.0" } else { "1.6" },
            head: if barred { "tee" } else { "normal" },
            weight: if schema.has_flag(&relation.type_, "speech") {
                4
            } else {
                1
            },
        }
    }
}

/// The words of the argument that the rules name (`wrote`, `foreign minister`), else the name of the relation; with
/// `not` and with how firmly it is said.
fn words(picture: &Picture<'_>, edge: &RelationEdge<'_>) -> String {
    let relation = edge.relation;
    let plain = || relation.type_.replace('_', " ");
    let mut words = cue(picture.graph, edge).unwrap_or_else(plain);
    if relation.polarity == Polarity::Negative {
        words.insert_str(0, "not: ");
    }
    if !matches!(
        relation.modality,
        Modality::Asserted | Modality::Future | Modality::Reported
    ) {
        let _ = write!(words, " ({})", names::modality(relation.modality));
    }
    words
}

/// The sentence, where it stands, the rule, and whose claim it is.
fn passage(picture: &Picture<'_>, edge: &RelationEdge<'_>) -> String {
    let relation = edge.relation;
    let mut text = format!(
        "{}\n{}\nrule {}/{}, {}, {}, {}",
        picture.graph.text(relation.evidence).trim(),
        picture.place(relation.evidence),
        relation.rule.id,
        relation.rule.variant,
        names::polarity(relation.polarity),
        names::modality(relation.modality),
        names::tense(relation.tense)
    );
    if let Some(statement) = relation.within {
        let speaker = picture.speakers.get(&statement).map(|said| said.source);
        let speaker = speaker.filter(|&s| !picture.is_unnamed(s));
        let speaker = speaker.map(|s| (s, picture.name(s)));
        let _ = match speaker {
            Some((node, name)) if relation.asserted && node != edge.source => {
                write!(
                    text,
                    "\nsaid by {name}, speaking for {}",
                    picture.name(edge.source)
                )
            }
            Some((_, name)) if relation.asserted => write!(text, "\nsaid by {name}"),
            Some((_, name)) => write!(text, "\nsaid by {name}: a claim"),
            None => write!(text, "\na claim"),
        };
    }
    text
}
