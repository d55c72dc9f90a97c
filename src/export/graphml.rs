//! GraphML for networkx, igraph, Gephi and yEd, with ids on edges.

use super::flat::{Properties, Property, flat, text};
use super::graph_json::written;
use crate::graph::KnowledgeGraph;
use quick_xml::Writer;
use quick_xml::events::BytesText;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// The graph as GraphML.
///
/// XML cannot carry control characters other than tab and line ends; `U+FFFD` stands for them.
pub fn graphml(graph: &KnowledgeGraph) -> String {
    written(|out| write_graphml(graph, out))
}

/// Writes [`graphml`].
///
/// # Errors
/// Those of the writer.
pub fn write_graphml(graph: &KnowledgeGraph, out: &mut impl Write) -> io::Result<()> {
    let flat = flat(graph);
    let nodes = flat.nodes.iter().map(|node| {
        let mut properties = vec![text("label", &label(&node.properties))];
        properties.push(text("kind", node.kind));
        properties.extend(node.type_.as_deref().map(|type_| text("type", type_)));
        properties.extend(node.properties.iter().cloned());
        (node, properties)
    });
    let nodes: Vec<_> = nodes.collect();
    let edges = flat.edges.iter().map(|edge| {
        let mut properties = vec![text("label", &edge.type_), text("relation", &edge.type_)];
        properties.extend(edge.properties.iter().cloned());
        (edge, properties)
    });
    let edges: Vec<_> = edges.collect();
    let of_nodes = keys(nodes.iter().map(|(_, properties)| properties));
    let of_edges = keys(edges.iter().map(|(_, properties)| properties));
    out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")?;
    let mut writer = Writer::new_with_indent(&mut *out, b' ', 1);
    writer
        .create_element("graphml")
        .with_attribute(("xmlns", "http://graphml.graphdrawing.org/xmlns"))
        .write_inner_content(|writer| {
            declare(writer, "node", &of_nodes)?;
            declare(writer, "edge", &of_edges)?;
            let graph = writer.create_element("graph");
            let graph = graph.with_attribute(("edgedefault", "directed"));
            graph.write_inner_content(|writer| {
                for (node, properties) in &nodes {
                    let element = writer.create_element("node");
                    let element = element.with_attribute(("id", &*clean(&node.id)));
                    element.write_inner_content(|w| data(w, "node", properties))?;
                }
                for (edge, properties) in &edges {
                    let (source, target) = (&flat.nodes[edge.source], &flat.nodes[edge.target]);
                    let element = writer.create_element("edge").with_attributes([
                        ("id", &*clean(&edge.id)),
                        ("source", &*clean(&source.id)),
                        ("target", &*clean(&target.id)),
                    ]);
                    element.write_inner_content(|w| data(w, "edge", properties))?;
                }
                Ok(())
            })?;
            Ok(())
        })?;
    out.write_all(b"\n")
}

/// Names of properties with their type in GraphML: `string` where they differ.
type Keys = BTreeMap<String, &'static str>;

fn keys<'p>(all: impl Iterator<Item = &'p Properties>) -> Keys {
    let mut keys = Keys::new();
    for (name, value) in all.flatten() {
        let type_ = match value {
            Property::Text(_) => "string",
            Property::Number(_) => "double",
            Property::Integer(_) => "int",
            Property::Flag(_) => "boolean",
        };
        let known = keys.entry(name.clone()).or_insert(type_);
        if *known != type_ {
            *known = "string";
        }
    }
    keys
}

fn declare<W: Write>(writer: &mut Writer<W>, of: &str, keys: &Keys) -> io::Result<()> {
    for (name, type_) in keys {
        let element = writer.create_element("key").with_attributes([
            ("id", &*format!("{of}_{}", clean(name))),
            ("for", of),
            ("attr.name", &*clean(name)),
            ("attr.type", type_),
        ]);
        element.write_empty()?;
    }
    Ok(())
}

fn data<W: Write>(writer: &mut Writer<W>, of: &str, properties: &Properties) -> io::Result<()> {
    for (name, value) in properties {
        let value = clean(&value.words());
        let element = writer.create_element("data");
        let element = element.with_attribute(("key", &*format!("{of}_{}", clean(name))));
        element.write_text_content(BytesText::new(&value))?;
    }
    Ok(())
}

/// What people read on a node.
fn label(properties: &Properties) -> String {
    let mut named = properties
        .iter()
        .filter(|(name, _)| name == "name" || name == "text");
    match named.next() {
        Some((_, Property::Text(text))) => text.clone(),
        _ => String::new(),
    }
}

/// Without what no XML document may hold.
fn clean(text: &str) -> String {
    let allowed = |c: char| {
        matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}')
            || c > '\u{FFFF}'
    };
    text.chars()
        .map(|c| if allowed(c) { c } else { '\u{FFFD}' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::fixture;
    use quick_xml::Reader;
    use quick_xml::events::Event;

    #[test]
    fn a_reader_of_xml_finds_every_node_and_edge() {
        let graph = fixture::article();
        let flat = flat(&graph);
        let xml = graphml(&graph);
        let mut reader = Reader::from_str(&xml);
        let (mut nodes, mut edges) = (Vec::new(), 0);
        loop {
            match reader.read_event().expect("well-formed") {
                Event::Start(tag) if tag.name().as_ref() == "node" => {
                    let id = tag
                        .try_get_attribute("id")
                        .expect("attributes")
                        .expect("an id");
                    nodes.push(
                        id.normalized_value(quick_xml::XmlVersion::Implicit1_0)
                            .expect("text")
                            .into_owned(),
                    );
                }
                Event::Start(tag) if tag.name().as_ref() == "edge" => edges += 1,
                Event::Eof => break,
                _ => {}
            }
        }
        let expected: Vec<_> = flat.nodes.iter().map(|node| node.id.clone()).collect();
        assert_eq!(nodes, expected);
        assert_eq!(edges, flat.edges.len());
        assert!(xml.contains("attr.name=\"evidence\""));
    }

    #[test]
    fn what_xml_cannot_carry_is_replaced() {
        assert_eq!(
            clean("a\u{0}b\u{1F}c\nd🦀\u{FFFE}"),
            "a\u{FFFD}b\u{FFFD}c\nd🦀\u{FFFD}"
        );
    }
}
