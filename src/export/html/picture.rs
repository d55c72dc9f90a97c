//! The SVG of Graphviz, taken apart: shapes and text are kept, everything else is dropped.
//!
//! Graphviz writes names of nodes, tooltips and links from the graph into it, so all of that can be hostile. What is not
//! known to be harmless is left out: there is no list of evils that would have to be complete.

use super::super::iri::Iris;
use super::data::node_key;
use crate::graph::{BaseIri, KnowledgeGraph};
use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Deeper than this Graphviz nests nothing.
const MAX_DEPTH: usize = 32;

/// Elements that draw.
const SHAPES: [&str; 8] = [
    "path", "polygon", "polyline", "ellipse", "circle", "rect", "line", "text",
];

/// Attributes that place and colour; none of them can name anything outside.
const ATTRIBUTES: [&str; 27] = [
    "cx",
    "cy",
    "d",
    "fill",
    "fill-opacity",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "height",
    "opacity",
    "points",
    "r",
    "rx",
    "ry",
    "stroke",
    "stroke-dasharray",
    "stroke-opacity",
    "stroke-width",
    "text-anchor",
    "transform",
    "width",
    "x",
    "x1",
    "x2",
    "y",
    "y1",
];

/// Why an SVG cannot be used.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PictureError {
    /// Not well-formed.
    #[error("the picture is not well-formed XML at byte {at}: {reason}")]
    Xml {
        /// Bytes from its start.
        at: u64,
        /// What the reader says.
        reason: String,
    },
    /// No `svg` element.
    #[error("the picture has no `svg` element")]
    NoSvg,
    /// Deeper than Graphviz nests.
    #[error("the picture nests more than {MAX_DEPTH} elements")]
    TooDeep,
}

/// The harmless parts of an SVG, as HTML, with `data-node`, `data-edge` and `data-about` where it shows a part of the
/// graph.
pub(super) fn checked(
    svg: &str,
    graph: &KnowledgeGraph,
    base: &BaseIri,
) -> Result<String, PictureError> {
    let root = parse(svg)?;
    let links = Links::new(graph, base);
    let mut out = String::with_capacity(svg.len());
    let view = root.attribute("viewBox").filter(|v| is_harmless(v));
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{}\">",
        escape(view.unwrap_or("0 0 100 100"))
    );
    for child in root.elements() {
        write(child, &links, &mut out);
    }
    out.push_str("</svg>");
    Ok(out)
}

/// An element.
#[derive(Debug, Default)]
struct Element {
    /// Without prefix.
    name: String,
    /// Names without prefix.
    attributes: Vec<(String, String)>,
    children: Vec<Child>,
}

#[derive(Debug)]
enum Child {
    Element(Element),
    Text(String),
}

impl Element {
    fn attribute(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        let found = attributes.find(|(n, _)| n == name)?;
        Some(&found.1)
    }

    fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|child| match child {
            Child::Element(element) => Some(element),
            Child::Text(_) => None,
        })
    }

    /// The words directly in it.
    fn text(&self) -> String {
        let pieces = self.children.iter().filter_map(|child| match child {
            Child::Text(text) => Some(text.as_str()),
            Child::Element(_) => None,
        });
        pieces.collect()
    }

    /// The first attribute of this name in it or below.
    fn find(&self, name: &str) -> Option<&str> {
        self.attribute(name)
            .or_else(|| self.elements().find_map(|child| child.find(name)))
    }
}

/// Reads the `svg` element.
fn parse(svg: &str) -> Result<Element, PictureError> {
    let mut reader = Reader::from_str(svg);
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event();
        let at = reader.buffer_position();
        let broken = |reason: String| PictureError::Xml { at, reason };
        match event.map_err(|e| broken(e.to_string()))? {
            Event::Start(start) => {
                if open.len() > MAX_DEPTH {
                    return Err(PictureError::TooDeep);
                }
                open.push(element(&start).map_err(broken)?);
            }
            Event::Empty(start) => add(&mut open, Child::Element(element(&start).map_err(broken)?)),
            Event::End(_) => {
                if let Some(closed) = open.pop() {
                    add(&mut open, Child::Element(closed));
                }
            }
            Event::Text(text) => add(&mut open, Child::Text(text.xml10_content().into_owned())),
            Event::CData(text) => add(&mut open, Child::Text(text.xml10_content().into_owned())),
            Event::GeneralRef(reference) => {
                let text = character(&reference).map_err(broken)?;
                add(&mut open, Child::Text(text));
            }
            Event::Eof if open.len() > 1 => return Err(broken("it ends inside an element".into())),
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    let all = open.pop().unwrap_or_default();
    let mut roots = all.children.into_iter().filter_map(|child| match child {
        Child::Element(element) if element.name == "svg" => Some(element),
        _ => None,
    });
    roots.next().ok_or(PictureError::NoSvg)
}

fn add(open: &mut [Element], child: Child) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(child);
    }
}

/// An element without its content.
fn element(start: &BytesStart<'_>) -> Result<Element, String> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|e| e.to_string())?;
        let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
        let value = value.map_err(|e| e.to_string())?;
        let name = attribute.key.local_name().as_ref().to_owned();
        attributes.push((name, value.into_owned()));
    }
    Ok(Element {
        name: start.local_name().as_ref().to_owned(),
        attributes,
        children: Vec::new(),
    })
}

/// `&lt;`, `&#160;`; Graphviz writes no others, and an unknown one is an error as in any XML.
fn character(reference: &BytesRef<'_>) -> Result<String, String> {
    if let Some(character) = reference.resolve_char_ref().map_err(|e| e.to_string())? {
        return Ok(character.into());
    }
    let name = &**reference;
    match quick_xml::escape::resolve_predefined_entity(name) {
        Some(text) => Ok(text.to_owned()),
        None => Err(format!("unknown entity &{name};")),
    }
}

/// From the IRIs in the picture to ids in the graph.
struct Links {
    nodes: BTreeMap<String, String>,
    relations: BTreeMap<String, String>,
}

impl Links {
    fn new(graph: &KnowledgeGraph, base: &BaseIri) -> Self {
        let iris = Iris::new(graph, base, None);
        let nodes = graph
            .graph
            .node_indices()
            .filter_map(|node| Some((iris.node(node)?, node_key(&iris, node)?)));
        let relations = graph.relations().into_iter();
        Self {
            nodes: nodes.collect(),
            relations: relations
                .map(|edge| (iris.part(&edge.relation.id), edge.relation.id.clone()))
                .collect(),
        }
    }

    /// Of a node that stands for what the text does not name: the relation that it is an end of.
    fn unnamed(&self, title: &str) -> Option<String> {
        let (relation, _) = title.rsplit_once('-')?;
        let id = self.relations.get(relation)?;
        Some(format!(" class=\"unnamed\" data-of=\"{}\"", escape(id)))
    }

    /// What a group of Graphviz shows, as attributes.
    fn attributes(&self, group: &Element) -> String {
        let class = group.attribute("class").unwrap_or_default();
        let title = group.elements().find(|e| e.name == "title");
        let title = title.map(Element::text).unwrap_or_default();
        match class.split(' ').next() {
            Some("node") => match self.nodes.get(&title) {
                Some(id) => format!(" class=\"node\" data-node=\"{}\"", escape(id)),
                None => self.unnamed(&title).unwrap_or_default(),
            },
            Some("edge") => {
                if let Some(id) = group.find("href").and_then(|iri| self.relations.get(iri)) {
                    return format!(" class=\"edge\" data-edge=\"{}\"", escape(id));
                }
                // No IRI holds `>`, so this is where its two nodes meet.
                let ends = title.split_once("->");
                let ends = ends.and_then(|(a, b)| Some((self.nodes.get(a)?, self.nodes.get(b)?)));
                match ends {
                    Some((from, to)) => format!(
                        " class=\"about\" data-from=\"{}\" data-to=\"{}\"",
                        escape(from),
                        escape(to)
                    ),
                    None => String::new(),
                }
            }
            Some("cluster") => " class=\"cluster\"".to_owned(),
            _ => String::new(),
        }
    }
}

/// Writes groups and shapes; links become what they hold, and their tooltip stays.
fn write(element: &Element, links: &Links, out: &mut String) {
    match element.name.as_str() {
        "g" => {
            out.push_str("<g");
            write_attributes(element, out);
            out.push_str(&links.attributes(element));
            out.push('>');
            // The tooltip of the whole graph would lie over all of it.
            let class = element.attribute("class").filter(|class| *class != "graph");
            let tooltip =
                (class.is_some()).then(|| element.elements().find_map(|child| child.find("title")));
            if let Some(tooltip) = tooltip.flatten().filter(|t| !t.trim().is_empty()) {
                let _ = write!(out, "<title>{}</title>", escape(tooltip));
            }
            element
                .elements()
                .for_each(|child| write(child, links, out));
            out.push_str("</g>");
        }
        "a" => element
            .elements()
            .for_each(|child| write(child, links, out)),
        "text" => {
            out.push_str("<text");
            write_attributes(element, out);
            let _ = write!(out, ">{}</text>", escape(element.text()));
        }
        name if SHAPES.contains(&name) => {
            let _ = write!(out, "<{name}");
            write_attributes(element, out);
            out.push_str("/>");
        }
        _ => {}
    }
}

fn write_attributes(element: &Element, out: &mut String) {
    for (name, value) in &element.attributes {
        if ATTRIBUTES.contains(&name.as_str()) && is_harmless(value) {
            let _ = write!(out, " {name}=\"{}\"", escape(value));
        }
    }
}

/// Numbers, names of colours and fonts, and calls of transforms; no address, and so no `url(…)` either.
fn is_harmless(value: &str) -> bool {
    let known = |c: char| c.is_ascii_alphanumeric() || " .,+-#%()\n".contains(c);
    value.chars().all(known) && !value.to_ascii_lowercase().contains("url")
}
