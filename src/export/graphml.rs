//! GraphML for networkx, igraph, Gephi and yEd, with ids on edges.

use super::flat::{Flat, FlatEdge, FlatNode, Keys, Properties, Property, flat, text};
use super::graph_json::written;
use crate::graph::KnowledgeGraph;
use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
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
    let mut keys = Keys::default();
    keys.add(&flat);
    let mut writer = GraphMlWriter::begin(&keys, out)?;
    writer.write(&flat, |_| true)?;
    writer.end()
}

/// Writes the nodes and edges of one graph after the other.
pub(super) struct GraphMlWriter<W: Write> {
    xml: Writer<W>,
}

impl<W: Write> GraphMlWriter<W> {
    /// Writes what stands above all nodes.
    pub(super) fn begin(keys: &Keys, mut out: W) -> io::Result<Self> {
        out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")?;
        let mut xml = Writer::new_with_indent(out, b' ', 1);
        let namespace = ("xmlns", "http://graphml.graphdrawing.org/xmlns");
        xml.write_event(Event::Start(
            BytesStart::new("graphml").with_attributes([namespace]),
        ))?;
        declare(&mut xml, "node", &["label", "kind", "type"], &keys.nodes)?;
        declare(
            &mut xml,
            "edge",
            &["label", "relation", "edge_id"],
            &keys.edges,
        )?;
        let direction = ("edgedefault", "directed");
        xml.write_event(Event::Start(
            BytesStart::new("graph").with_attributes([direction]),
        ))?;
        Ok(Self { xml })
    }

    /// Writes the nodes that are wanted, and all edges.
    pub(super) fn write(
        &mut self,
        flat: &Flat,
        mut wanted: impl FnMut(&FlatNode) -> bool,
    ) -> io::Result<()> {
        for node in flat.nodes.iter().filter(|node| wanted(node)) {
            let element = self.xml.create_element("node");
            let element = element.with_attribute(("id", &*clean(&node.id)));
            element.write_inner_content(|xml| data(xml, "node", &of_node(node)))?;
        }
        for edge in &flat.edges {
            let (source, target) = (&flat.nodes[edge.source], &flat.nodes[edge.target]);
            let element = self.xml.create_element("edge").with_attributes([
                ("id", &*clean(&edge.id)),
                ("source", &*clean(&source.id)),
                ("target", &*clean(&target.id)),
            ]);
            element.write_inner_content(|xml| data(xml, "edge", &of_edge(edge)))?;
        }
        Ok(())
    }

    /// Writes what stands below all edges.
    pub(super) fn end(mut self) -> io::Result<()> {
        self.xml.write_event(Event::End(BytesEnd::new("graph")))?;
        self.xml.write_event(Event::End(BytesEnd::new("graphml")))?;
        let mut out = self.xml.into_inner();
        out.write_all(b"\n")?;
        out.flush()
    }
}

fn of_node(node: &FlatNode) -> Properties {
    let mut properties = vec![text("label", &label(&node.properties))];
    properties.push(text("kind", node.kind));
    properties.extend(node.type_.as_deref().map(|type_| text("type", type_)));
    properties.extend(node.properties.iter().cloned());
    properties
}

/// `edge_id` tells again what the attribute `id` tells: igraph (1.0) puts ids of nodes in its place.
fn of_edge(edge: &FlatEdge) -> Properties {
    let mut properties = vec![text("label", &edge.type_), text("relation", &edge.type_)];
    properties.push(text("edge_id", &edge.id));
    properties.extend(edge.properties.iter().cloned());
    properties
}

fn declare<W: Write>(
    writer: &mut Writer<W>,
    of: &str,
    own: &[&str],
    keys: &BTreeMap<String, &'static str>,
) -> io::Result<()> {
    let own = own.iter().map(|name| (*name, "string"));
    let keys = keys.iter().map(|(name, type_)| (name.as_str(), *type_));
    for (name, type_) in own.chain(keys) {
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
        let first = format!("<data key=\"edge_edge_id\">{}</data>", flat.edges[0].id);
        assert!(xml.contains(&first), "{first}");
    }

    #[test]
    fn what_xml_cannot_carry_is_replaced() {
        assert_eq!(
            clean("a\u{0}b\u{1F}c\nd🦀\u{FFFE}"),
            "a\u{FFFD}b\u{FFFD}c\nd🦀\u{FFFD}"
        );
    }
}
