//! Turtle and N-Quads: the triples of the JSON-LD, read back from it, so that the three can never differ.

use super::graph_json::written;
use super::jsonld::{json_ld, prefixes};
use crate::graph::{BaseIri, KnowledgeGraph};
use oxjsonld::{JsonLdParser, JsonLdProfile};
use oxrdf::Quad;
use oxttl::{NQuadsSerializer, TurtleSerializer};
use std::io::{self, Write};

/// The graph as Turtle.
pub fn turtle(graph: &KnowledgeGraph, base: &BaseIri) -> String {
    written(|out| write_turtle(graph, base, out))
}

/// Writes [`turtle`].
///
/// # Errors
/// Those of the writer.
pub fn write_turtle(
    graph: &KnowledgeGraph,
    base: &BaseIri,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut serializer = turtle_serializer(base)?.for_writer(out);
    for quad in quads(json_ld(graph, base).as_bytes()) {
        serializer.serialize_triple(quad?.as_ref())?;
    }
    serializer.finish().map(|_| ())
}

/// The graph as N-Quads, all in the default graph; every line is N-Triples too.
pub fn nquads(graph: &KnowledgeGraph, base: &BaseIri) -> String {
    written(|out| write_nquads(graph, base, out))
}

/// Writes [`nquads`].
///
/// # Errors
/// Those of the writer.
pub fn write_nquads(
    graph: &KnowledgeGraph,
    base: &BaseIri,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut serializer = NQuadsSerializer::new().for_writer(out);
    for quad in quads(json_ld(graph, base).as_bytes()) {
        serializer.serialize_quad(quad?.as_ref())?;
    }
    serializer.finish();
    Ok(())
}

/// With the prefixes of the JSON-LD.
pub(super) fn turtle_serializer(base: &BaseIri) -> io::Result<TurtleSerializer> {
    let mut serializer = TurtleSerializer::new();
    for (prefix, iri) in prefixes(base) {
        let with_prefix = serializer.with_prefix(prefix, iri);
        serializer = with_prefix.map_err(io::Error::other)?;
    }
    Ok(serializer)
}

/// The quads of a JSON-LD document of ours, node by node.
pub(super) fn quads(json_ld: &[u8]) -> impl Iterator<Item = io::Result<Quad>> {
    let parser = JsonLdParser::new().with_profile(JsonLdProfile::Streaming);
    let quads = parser.for_slice(json_ld);
    quads.map(|quad| quad.map_err(io::Error::other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::fixture;
    use oxttl::{NQuadsParser, TurtleParser};
    use std::collections::BTreeSet;

    fn lines(quads: impl Iterator<Item = String>) -> BTreeSet<String> {
        quads.collect()
    }

    #[test]
    fn all_three_hold_the_same_triples() {
        let graph = fixture::article();
        for base in ["https://kg.example/", "https://kg.example/v#"] {
            let base = BaseIri::new(base).expect("an IRI");
            let json_ld = lines(
                (JsonLdParser::new().for_slice(json_ld(&graph, &base).as_bytes()))
                    .map(|quad| quad.expect("JSON-LD").to_string()),
            );
            let nquads = nquads(&graph, &base);
            let from_nquads = NQuadsParser::new().for_slice(nquads.as_bytes());
            let from_nquads = lines(from_nquads.map(|quad| quad.expect("N-Quads").to_string()));
            let turtle = turtle(&graph, &base);
            let from_turtle = TurtleParser::new().for_slice(turtle.as_bytes());
            let from_turtle = lines(from_turtle.map(|t| t.expect("Turtle").to_string()));
            assert!(json_ld.len() > 100);
            assert_eq!(json_ld, from_nquads);
            assert_eq!(json_ld, from_turtle);
        }
    }

    #[test]
    fn turtle_is_for_reading() {
        let base = BaseIri::new("https://kg.example/").expect("an IRI");
        let turtle = turtle(&fixture::article(), &base);
        assert!(turtle.contains("@prefix sayso: <https://w3id.org/sayso/ns#> ."));
        assert!(turtle.contains("schema:name \"Norland\""), "{turtle}");
        let nquads = nquads(&fixture::article(), &base);
        assert!(nquads.lines().all(|line| line.ends_with(" .")));
    }
}
