//! The legend, an HTML-like table inside the label of the graph.

use super::escape::html;
use super::frame::Frame;
use super::nodes::{Look, STATEMENT};
use crate::graph::Schema;
use std::fmt::Write as _;

const LINES: &str = "solid: asserted &#160; dashed: only inside somebody’s statement &#160; dotted: what a statement is \
                     about &#160; bar head: refused or negated";

/// Longest title in the label, in code points.
const MAX_TITLE: usize = 110;

/// Title, one coloured cell for each kind of node, the lines, and what was pruned.
pub(super) fn table(frame: &Frame, schema: &Schema) -> String {
    let mut out =
        String::from("<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"2\" CELLPADDING=\"2\">");
    let row = |out: &mut String, size: u32, colour: &str, text: &str| {
        let _ = write!(
            out,
            "<TR><TD ALIGN=\"LEFT\"><FONT POINT-SIZE=\"{size}\" COLOR=\"{colour}\">{text}</FONT></TD></TR>"
        );
    };
    row(&mut out, 16, "#212121", &html(&title(frame)));
    let cells = cells(frame, schema);
    if !cells.is_empty() {
        // A table of its own, so that the rows of text do not stretch the cells.
        out.push_str("<TR><TD ALIGN=\"LEFT\"><TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"4\" CELLPADDING=\"3\"><TR>");
        for (name, look) in &cells {
            let _ = write!(
                out,
                "<TD BGCOLOR=\"{}\"><FONT COLOR=\"{}\" POINT-SIZE=\"9\">{}</FONT></TD>",
                html(look.fill),
                html(look.stroke),
                html(name)
            );
        }
        out.push_str("</TR></TABLE></TD></TR>");
    }
    row(&mut out, 9, "#607D8B", LINES);
    if !frame.left_out.is_empty() {
        let text = format!("left out: {}", frame.left_out.join("; "));
        row(&mut out, 9, "#607D8B", &html(&text));
    }
    out.push_str("</TABLE>");
    out
}

/// The headline, or how many documents there are.
fn title(frame: &Frame) -> String {
    let title = match (frame.documents, &frame.title) {
        (0, _) | (_, None) => "nothing read".to_owned(),
        (1, Some(title)) => title.clone(),
        (documents, _) => format!("{documents} documents"),
    };
    match title.char_indices().nth(MAX_TITLE) {
        Some((cut, _)) => format!("{}…", &title[..cut]),
        None => title,
    }
}

/// Each kind of node that is drawn, in the order of the rules.
fn cells<'g>(frame: &'g Frame, schema: &'g Schema) -> Vec<(String, Look<'g>)> {
    let mut types: Vec<&str> = frame.types.iter().map(String::as_str).collect();
    types.sort_by_key(|name| schema.types.get_index_of(*name).unwrap_or(usize::MAX));
    let mut cells: Vec<_> = (types.into_iter())
        .map(|name| (spaced(name), Look::of_type(schema, name)))
        .collect();
    if frame.has_plain_statement {
        cells.push(("statement".to_owned(), STATEMENT));
    }
    let mut relations: Vec<&str> = frame.relations.iter().map(String::as_str).collect();
    relations.sort_by_key(|name| schema.relations.get_index_of(*name).unwrap_or(usize::MAX));
    for name in relations {
        if let Some(look) = Look::of_relation(schema, name) {
            let target = schema.relation_key(name, |r| r.target.as_ref());
            cells.push((
                format!("{}: {}", name.replace('_', " "), target.unwrap_or("what")),
                look,
            ));
        }
    }
    cells
}

/// `GroupOfPeople` is `group of people`.
fn spaced(type_: &str) -> String {
    let mut out = String::new();
    for character in type_.chars() {
        if character.is_uppercase() && !out.is_empty() {
            out.push(' ');
        }
        out.extend(character.to_lowercase());
    }
    out
}
