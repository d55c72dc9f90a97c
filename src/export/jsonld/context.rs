//! The inline `@context`: JSON-LD 1.0 syntax only, because readers drop the rest without a word.

use super::writer::value;
use crate::graph::identifier::encode_name;
use crate::graph::{Argument, BaseIri, KnowledgeGraph, Node, RelationEdge, Schema};
use petgraph::graph::NodeIndex;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};

/// What a term of ours stands for.
enum Kind {
    /// A literal of a native type.
    Literal,
    /// A decimal, written as a string.
    Decimal,
    /// One IRI.
    Iri,
    /// A set of IRIs.
    Iris,
}

/// Prefixes other than those of the base.
const PREFIXES: [(&str, &str); 10] = [
    ("sayso", "https://w3id.org/sayso/ns#"),
    ("arg", "https://w3id.org/sayso/arg#"),
    ("attribute", "https://w3id.org/sayso/attribute#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ("schema", "https://schema.org/"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("wd", "http://www.wikidata.org/entity/"),
];

/// All prefixes with what they stand for, those of the base included.
pub fn prefixes(base: &BaseIri) -> Vec<(&'static str, String)> {
    let ours = PREFIXES.map(|(prefix, iri)| (prefix, iri.to_owned()));
    let of_base = [("ent", base.entities()), ("doc", base.documents())];
    ours.into_iter().chain(of_base).collect()
}

/// Our terms, each local name once over all vocabularies.
const TERMS: [(&str, &str, Kind); 49] = [
    ("label", "rdfs:label", Kind::Literal),
    ("name", "schema:name", Kind::Literal),
    ("headline", "schema:headline", Kind::Literal),
    ("datePublished", "schema:datePublished", Kind::Literal),
    ("inLanguage", "schema:inLanguage", Kind::Literal),
    ("sourceFile", "sayso:sourceFile", Kind::Literal),
    ("sha256", "sayso:sha256", Kind::Literal),
    ("mentions", "schema:mentions", Kind::Iris),
    ("version", "schema:softwareVersion", Kind::Literal),
    ("used", "prov:used", Kind::Iri),
    ("iso3166", "sayso:iso3166", Kind::Literal),
    ("sameAs", "schema:sameAs", Kind::Iris),
    ("value", "sayso:value", Kind::Decimal),
    ("low", "sayso:low", Kind::Decimal),
    ("high", "sayso:high", Kind::Decimal),
    ("unit", "sayso:unit", Kind::Literal),
    ("change", "sayso:change", Kind::Literal),
    ("normalized", "sayso:normalized", Kind::Literal),
    ("normalizedLow", "sayso:normalizedLow", Kind::Literal),
    ("normalizedHigh", "sayso:normalizedHigh", Kind::Literal),
    ("mentionedAt", "sayso:mentionedAt", Kind::Iris),
    ("text", "schema:text", Kind::Literal),
    ("content", "sayso:content", Kind::Iris),
    ("quoted", "sayso:quoted", Kind::Iris),
    ("about", "schema:about", Kind::Iris),
    ("subject", "rdf:subject", Kind::Iri),
    ("predicate", "rdf:predicate", Kind::Iri),
    ("object", "rdf:object", Kind::Iri),
    ("relation", "sayso:relation", Kind::Literal),
    ("polarity", "sayso:polarity", Kind::Literal),
    ("modality", "sayso:modality", Kind::Literal),
    ("tense", "sayso:tense", Kind::Literal),
    ("speech", "sayso:speech", Kind::Literal),
    ("within", "sayso:within", Kind::Iri),
    ("ruleId", "sayso:ruleId", Kind::Literal),
    ("evidence", "sayso:evidence", Kind::Iris),
    ("derivedFrom", "prov:wasDerivedFrom", Kind::Iris),
    ("inDocument", "sayso:inDocument", Kind::Iri),
    ("generatedBy", "prov:wasGeneratedBy", Kind::Iri),
    ("start", "oa:start", Kind::Literal),
    ("end", "oa:end", Kind::Literal),
    ("exact", "oa:exact", Kind::Literal),
    ("prefix", "oa:prefix", Kind::Literal),
    ("suffix", "oa:suffix", Kind::Literal),
    // Local names of the vocabularies behind terms that are called otherwise here.
    ("softwareVersion", "schema:softwareVersion", Kind::Literal),
    ("wasDerivedFrom", "prov:wasDerivedFrom", Kind::Iris),
    ("wasGeneratedBy", "prov:wasGeneratedBy", Kind::Iri),
    ("ent", "", Kind::Literal),
    ("doc", "", Kind::Literal),
];

/// How many of [`TERMS`] are written.
const WRITTEN: usize = 44;

/// Names that no argument may have that is neither source nor target of its relation, and no relation either: they
/// would be local names of two vocabularies at once.
pub const RESERVED_ARGUMENTS: [&str; TERMS.len() + PREFIXES.len()] = reserved();

const fn reserved() -> [&'static str; TERMS.len() + PREFIXES.len()] {
    let mut names = [""; TERMS.len() + PREFIXES.len()];
    let mut index = 0;
    while index < TERMS.len() {
        names[index] = TERMS[index].0;
        index += 1;
    }
    let mut index = 0;
    while index < PREFIXES.len() {
        names[TERMS.len() + index] = PREFIXES[index].0;
        index += 1;
    }
    names
}

/// The arguments of a relation other than those that are its subject and object.
pub(super) fn further_arguments<'g>(
    graph: &'g KnowledgeGraph,
    edge: &RelationEdge<'g>,
) -> impl Iterator<Item = (&'g str, &'g [Argument])> {
    let type_ = &edge.relation.type_;
    let end = |node: NodeIndex, name: Option<&'g str>| {
        let named = !matches!(graph.graph[node], Node::Nobody);
        name.filter(|_| named)
    };
    let source = end(
        edge.source,
        graph.schema.relation_key(type_, |r| r.source.as_ref()),
    );
    let target = end(
        edge.target,
        graph.schema.relation_key(type_, |r| r.target.as_ref()),
    );
    let arguments = edge.relation.arguments.iter();
    arguments
        .map(|(name, bound)| (&**name, bound.as_slice()))
        .filter(move |(name, _)| Some(*name) != source && Some(*name) != target)
}

/// The relations and arguments that are written, with their keys.
#[derive(Clone)]
pub(in crate::export) struct Terms<'g> {
    schema: &'g Schema,
    /// Relations, those that they are kinds of included.
    relations: BTreeSet<&'g str>,
    /// Arguments.
    arguments: BTreeSet<&'g str>,
}

/// The relations and further arguments of graphs that are written one after the other.
#[derive(Clone, Debug, Default)]
pub(in crate::export) struct UsedTerms {
    relations: BTreeSet<String>,
    arguments: BTreeSet<String>,
}

impl UsedTerms {
    /// Those of one graph more.
    pub(in crate::export) fn add(&mut self, graph: &KnowledgeGraph) {
        let Terms {
            relations,
            arguments,
            ..
        } = Terms::of(graph);
        for (known, more) in [
            (&mut self.relations, relations),
            (&mut self.arguments, arguments),
        ] {
            for name in more {
                if !known.contains(name) {
                    known.insert(name.to_owned());
                }
            }
        }
    }
}

impl<'g> Terms<'g> {
    /// Those of one graph.
    pub(in crate::export) fn of(graph: &'g KnowledgeGraph) -> Self {
        let mut terms = Self {
            schema: &graph.schema,
            relations: BTreeSet::new(),
            arguments: BTreeSet::new(),
        };
        for edge in graph.relations() {
            terms
                .relations
                .extend(graph.schema.relation_ancestors(&edge.relation.type_));
            terms
                .arguments
                .extend(further_arguments(graph, &edge).map(|(name, _)| name));
        }
        terms
    }

    /// Those of all graphs that were looked at.
    pub(in crate::export) fn used(schema: &'g Schema, used: &'g UsedTerms) -> Self {
        Self {
            schema,
            relations: used.relations.iter().map(String::as_str).collect(),
            arguments: used.arguments.iter().map(String::as_str).collect(),
        }
    }

    /// The predicate of a relation: what the rules say, else `sayso:NAME`.
    pub(super) fn predicate(&self, relation: &str) -> String {
        let declared = self
            .schema
            .relations
            .get(relation)
            .and_then(|style| style.iri.as_deref());
        declared.map_or_else(
            || format!("sayso:{}", encode_name(relation)),
            |iri| self.declared(iri),
        )
    }

    /// The key of an argument.
    pub(super) fn argument_key(&self, argument: &str) -> String {
        if RESERVED_ARGUMENTS.contains(&argument) || self.relations.contains(argument) {
            format!("arg:{}", encode_name(argument))
        } else {
            argument.to_owned()
        }
    }

    /// The class of a type: what the rules say, else `sayso:NAME`.
    pub(super) fn class(&self, type_: &str) -> String {
        let declared = self
            .schema
            .types
            .get(type_)
            .and_then(|style| style.iri.as_deref());
        declared.map_or_else(
            || format!("sayso:{}", encode_name(type_)),
            |iri| self.declared(iri),
        )
    }

    /// A declared IRI: compact where the prefix is ours, absolute where it is the rules' own.
    fn declared(&self, iri: &str) -> String {
        let (prefix, local) = iri.split_once(':').unwrap_or(("", iri));
        let ours = PREFIXES
            .iter()
            .find(|(name, _)| *name == prefix)
            .map(|(_, expansion)| *expansion);
        match self.schema.prefixes.get(prefix) {
            Some(expansion) if ours != Some(expansion) => safe(&format!("{expansion}{local}")),
            _ => safe(iri),
        }
    }

    /// Writes the object after `"@context": `.
    pub(super) fn write(&self, base: &BaseIri, out: &mut impl Write) -> io::Result<()> {
        let mut context = Context { out, first: true };
        context.out.write_all(b"{")?;
        for (prefix, iri) in prefixes(base) {
            context.entry(prefix, &iri, &Kind::Literal)?;
        }
        for (term, iri, kind) in &TERMS[..WRITTEN] {
            context.entry(term, iri, kind)?;
        }
        for relation in &self.relations {
            context.entry(
                &relation_key(relation),
                &self.predicate(relation),
                &Kind::Iris,
            )?;
        }
        for argument in &self.arguments {
            let iri = format!("arg:{}", encode_name(argument));
            context.entry(&self.argument_key(argument), &iri, &Kind::Iris)?;
        }
        context.out.write_all(b"\n }")
    }
}

/// A context in the making.
struct Context<'w, W> {
    out: &'w mut W,
    first: bool,
}

impl<W: Write> Context<'_, W> {
    fn entry(&mut self, key: &str, iri: &str, kind: &Kind) -> io::Result<()> {
        self.out
            .write_all(if self.first { b"\n  " } else { b",\n  " })?;
        self.first = false;
        value(self.out, key)?;
        self.out.write_all(b": ")?;
        value(self.out, &definition(iri, kind))
    }
}

/// What stands behind a term in the context.
#[derive(serde::Serialize)]
#[serde(untagged)]
enum Definition<'t> {
    Simple(&'t str),
    Expanded {
        #[serde(rename = "@id")]
        id: &'t str,
        #[serde(rename = "@type")]
        type_: &'t str,
        #[serde(rename = "@container", skip_serializing_if = "Option::is_none")]
        container: Option<&'t str>,
    },
}

fn definition<'t>(id: &'t str, kind: &Kind) -> Definition<'t> {
    let (type_, container) = match kind {
        Kind::Literal => return Definition::Simple(id),
        Kind::Decimal => ("xsd:decimal", None),
        Kind::Iri => ("@id", None),
        Kind::Iris => ("@id", Some("@set")),
    };
    Definition::Expanded {
        id,
        type_,
        container,
    }
}

/// The key of a relation's direct edge.
pub(super) fn relation_key(relation: &str) -> String {
    if RESERVED_ARGUMENTS.contains(&relation) {
        format!("sayso:{}", encode_name(relation))
    } else {
        relation.to_owned()
    }
}

/// Percent-encodes what no IRI may hold.
fn safe(iri: &str) -> String {
    let mut out = String::with_capacity(iri.len());
    let mut buffer = [0; 4];
    for character in iri.chars() {
        if character <= ' ' || "<>\"{}|\\^`\u{7f}".contains(character) {
            for byte in character.encode_utf8(&mut buffer).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(character);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::fixture;

    #[test]
    fn local_names_are_unique() {
        let names: BTreeSet<_> = RESERVED_ARGUMENTS.into_iter().collect();
        assert_eq!(names.len(), RESERVED_ARGUMENTS.len());
        let locals: BTreeSet<_> = TERMS[..WRITTEN]
            .iter()
            .map(|(_, iri, _)| iri.split_once(':').expect("compact").1)
            .collect();
        assert_eq!(locals.len(), WRITTEN);
        assert!(
            locals.iter().all(|local| names.contains(local)),
            "vocabulary names are reserved"
        );
        assert!(TERMS[WRITTEN - 1].0 == "suffix");
    }

    #[test]
    fn declared_iris_are_compact_or_absolute() {
        let mut graph = fixture::article();
        let schema = std::sync::Arc::make_mut(&mut graph.schema);
        let mine = "https://mine.example/v?x=";
        schema.prefixes.insert("mine".into(), mine.into());
        schema.types["Date"].iri = Some("mine:Date".into());
        schema.types["Agent"].iri = Some("https://other.example/A gent".into());
        let terms = Terms::of(&graph);
        assert_eq!(terms.class("Person"), "schema:Person");
        assert_eq!(terms.class("Value"), "sayso:Value");
        assert_eq!(terms.class("Date"), "https://mine.example/v?x=Date");
        assert_eq!(terms.class("Agent"), "https://other.example/A%20gent");
        assert_eq!(terms.predicate("represents"), "schema:worksFor");
        assert_eq!(terms.predicate("argues"), "sayso:argues");
    }

    #[test]
    fn a_name_that_clashes_is_written_with_its_prefix() {
        let mut graph = fixture::article();
        for relation in graph.graph.edge_weights_mut() {
            for clashing in ["content", "said", "said", "fresh"] {
                relation.arguments.insert(clashing.into(), Vec::new());
            }
        }
        let terms = Terms::of(&graph);
        assert_eq!(terms.argument_key("content"), "arg:content");
        assert_eq!(terms.argument_key("said"), "arg:said");
        assert_eq!(terms.argument_key("fresh"), "fresh");
        assert_eq!(relation_key("within"), "sayso:within");
    }
}
