//! The JSON-LD read back: its triples are those of the graph, worked out here a second time and more simply.

use super::*;
use crate::graph::fixture::{self, Filler, GraphBuilder};
use crate::graph::{AttributeValue, Node, Polarity, Relation, Selection, Speech};
use oxjsonld::{JsonLdParser, JsonLdProfile};
use oxrdf::vocab::xsd;
use oxrdf::{GraphName, Literal, NamedNode, Term};
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

type Triples = indexmap::IndexSet<(String, String, Term)>;

const KG: &str = "https://kg.example/";
const DOC: &str = "https://kg.example/doc/gas%20news";
const SAYSO: &str = "https://w3id.org/sayso/ns#";
const ARG: &str = "https://w3id.org/sayso/arg#";
const SCHEMA: &str = "https://schema.org/";
const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const RDFS: &str = "http://www.w3.org/2000/01/rdf-schema#";
const OA: &str = "http://www.w3.org/ns/oa#";
const PROV: &str = "http://www.w3.org/ns/prov#";

fn written_by(graph: &KnowledgeGraph) -> String {
    json_ld(graph, &BaseIri::default())
}

/// All triples; fails on blank nodes and named graphs.
fn read(json: &str, streaming: bool) -> Triples {
    let mut parser = JsonLdParser::new();
    if streaming {
        parser = parser.with_profile(JsonLdProfile::Streaming);
    }
    let quads = parser
        .for_slice(json)
        .map(|quad| quad.expect("it is JSON-LD"));
    let triples = quads.map(|quad| {
        assert_eq!(quad.graph_name, GraphName::DefaultGraph);
        assert!(
            quad.subject.is_named_node() && !quad.object.is_blank_node(),
            "{quad}"
        );
        let subject = quad.subject.to_string();
        let subject = subject.trim_start_matches('<').trim_end_matches('>');
        (
            subject.to_owned(),
            quad.predicate.into_string(),
            quad.object,
        )
    });
    triples.collect()
}

/// Collects what a graph should say.
struct Expected<'g> {
    graph: &'g KnowledgeGraph,
    triples: Triples,
    spans: BTreeSet<Selection>,
}

impl Expected<'_> {
    fn add(&mut self, subject: &str, predicate: String, object: impl Into<Term>) {
        self.triples
            .insert((subject.to_owned(), predicate, object.into()));
    }

    fn iri(&mut self, subject: &str, predicate: String, object: &str) {
        self.add(subject, predicate, NamedNode::new(object).expect("an IRI"));
    }

    fn text(&mut self, subject: &str, predicate: String, object: &str) {
        self.add(subject, predicate, Literal::new_simple_literal(object));
    }

    fn classes(&mut self, subject: &str, classes: &[String]) {
        for class in classes {
            self.iri(subject, format!("{RDF}type"), class);
        }
    }

    fn span(&mut self, selection: Selection) -> String {
        self.spans.insert(selection);
        let text = &self.graph.documents[0].text;
        let points = |byte: u32| text[..byte as usize].chars().count();
        format!(
            "{DOC}#char={},{}",
            points(selection.span.start),
            points(selection.span.end)
        )
    }

    fn node(&mut self, node: NodeIndex) -> Option<String> {
        match &self.graph.graph[node] {
            Node::Entity(entity) => Some(format!("{KG}entity/{}", entity.id)),
            Node::Statement(statement) => Some(statement.id.replace("gas news", DOC)),
            Node::Words(words) => Some(self.span(*words)),
            Node::Nobody => None,
        }
    }

    fn document(&mut self) {
        let graph = self.graph;
        self.classes(
            DOC,
            &[format!("{SAYSO}Document"), format!("{SCHEMA}NewsArticle")],
        );
        for predicate in [format!("{RDFS}label"), format!("{SCHEMA}headline")] {
            self.text(DOC, predicate, "Norland keeps its gas");
        }
        self.text(DOC, format!("{SCHEMA}inLanguage"), "en");
        self.text(DOC, format!("{SCHEMA}datePublished"), "2024-05-06");
        self.text(DOC, format!("{SAYSO}sourceFile"), "gas news.txt");
        self.text(DOC, format!("{SAYSO}sha256"), &graph.documents[0].sha256);
        let run = format!("{DOC}#run");
        self.classes(&run, &[format!("{SAYSO}Run"), format!("{PROV}Activity")]);
        let version = env!("CARGO_PKG_VERSION");
        self.text(&run, format!("{RDFS}label"), &format!("sayso {version}"));
        self.text(&run, format!("{SCHEMA}softwareVersion"), version);
        self.iri(&run, format!("{PROV}used"), DOC);
    }

    fn entity(&mut self, node: NodeIndex) {
        let graph = self.graph;
        let (Some(entity), Some(iri)) = (graph.entity(node), self.node(node)) else {
            return;
        };
        let class = match entity.type_.as_str() {
            "Organisation" => format!("{SCHEMA}Organization"),
            "Quantity" => format!("{SCHEMA}QuantitativeValue"),
            "Date" => format!("{SAYSO}Date"),
            other => format!("{SCHEMA}{other}"),
        };
        self.classes(&iri, &[format!("{SAYSO}Entity"), class]);
        self.text(&iri, format!("{RDFS}label"), &entity.name);
        self.text(&iri, format!("{SCHEMA}name"), &entity.name);
        self.iri(DOC, format!("{SCHEMA}mentions"), &iri);
        for mention in &entity.mentions {
            let place = self.span(mention.selection);
            self.iri(&iri, format!("{SAYSO}mentionedAt"), &place);
        }
        if let Some(code) = entity.ids.get("iso3166") {
            self.text(&iri, format!("{SAYSO}iso3166"), code);
            self.iri(
                &iri,
                format!("{SCHEMA}sameAs"),
                "http://www.wikidata.org/entity/Q9001",
            );
        }
        for (name, value) in &entity.attributes {
            match value {
                AttributeValue::Number(number) => {
                    let decimal = Literal::new_typed_literal(number, xsd::DECIMAL);
                    self.add(&iri, format!("{SAYSO}{name}"), decimal);
                }
                AttributeValue::Text(text) if name == "value" => {
                    self.text(&iri, format!("{SAYSO}normalized"), text);
                }
                AttributeValue::Text(text) => self.text(&iri, format!("{SAYSO}{name}"), text),
                AttributeValue::Flag => {}
            }
        }
    }

    fn statement(&mut self, node: NodeIndex) {
        let graph = self.graph;
        let (Some(statement), Some(iri)) = (graph.statement(node), self.node(node)) else {
            return;
        };
        self.classes(
            &iri,
            &[format!("{SAYSO}Statement"), format!("{SCHEMA}Claim")],
        );
        let text = statement
            .content
            .iter()
            .map(|&s| graph.text(s))
            .collect::<Vec<_>>()
            .join(" ");
        assert!(
            text.chars().count() <= 60,
            "the label is the text in this graph"
        );
        self.text(&iri, format!("{RDFS}label"), &text);
        self.text(&iri, format!("{SCHEMA}text"), &text);
        let speech = if statement.speech == Speech::Direct {
            "direct"
        } else {
            "indirect"
        };
        self.text(&iri, format!("{SAYSO}speech"), speech);
        self.iri(&iri, format!("{SAYSO}inDocument"), DOC);
        for (predicate, places) in [
            ("content", &statement.content),
            ("quoted", &statement.quoted),
        ] {
            for &place in places {
                let place = self.span(place);
                self.iri(&iri, format!("{SAYSO}{predicate}"), &place);
            }
        }
        for &topic in &statement.about {
            let topic = self.node(topic).expect("an entity");
            self.iri(&iri, format!("{SCHEMA}about"), &topic);
        }
    }

    fn relation(&mut self, source: NodeIndex, target: NodeIndex, relation: &Relation) {
        let iri = relation.id.replace("gas news", DOC);
        self.classes(
            &iri,
            &[format!("{SAYSO}Relation"), format!("{RDF}Statement")],
        );
        let predicate = match relation.type_.as_str() {
            "represents" => format!("{SCHEMA}worksFor"),
            other => format!("{SAYSO}{other}"),
        };
        self.iri(&iri, format!("{RDF}predicate"), &predicate);
        let ends = [self.node(source), self.node(target)];
        for (end, name) in ends.iter().zip(["subject", "object"]) {
            if let Some(end) = end {
                self.iri(&iri, format!("{RDF}{name}"), end);
            }
        }
        if let [Some(source), Some(target)] = &ends
            && relation.polarity == Polarity::Positive
            && relation.type_ != "closed"
        {
            self.iri(source, predicate, target);
            if relation.type_ == "argues" {
                self.iri(source, format!("{SAYSO}said"), target);
            }
        }
        let lower = |value: &dyn std::fmt::Debug| format!("{value:?}").to_lowercase();
        self.text(&iri, format!("{SAYSO}relation"), &relation.type_);
        self.text(&iri, format!("{SAYSO}polarity"), &lower(&relation.polarity));
        self.text(&iri, format!("{SAYSO}modality"), &lower(&relation.modality));
        self.text(&iri, format!("{SAYSO}tense"), &lower(&relation.tense));
        if let Some(speech) = relation.speech {
            self.text(&iri, format!("{SAYSO}speech"), &lower(&speech));
        }
        if let Some(within) = relation.within {
            let within = self.node(within).expect("a statement");
            self.iri(&iri, format!("{SAYSO}within"), &within);
        }
        self.text(
            &iri,
            format!("{SAYSO}ruleId"),
            &format!("{}/{}", relation.rule.id, relation.rule.variant),
        );
        let evidence = self.span(relation.evidence);
        self.iri(&iri, format!("{SAYSO}evidence"), &evidence);
        self.iri(&iri, format!("{SAYSO}inDocument"), DOC);
        self.iri(&iri, format!("{PROV}wasGeneratedBy"), &format!("{DOC}#run"));
        self.arguments(&iri, relation);
    }

    fn arguments(&mut self, iri: &str, relation: &Relation) {
        let further = ["cue", "addressee", "date", "whom", "quantity", "role"];
        for (name, bound) in relation
            .arguments
            .iter()
            .filter(|(name, _)| further.contains(&&***name))
        {
            // The role of somebody who serves nobody by name is the target, and still an argument.
            for argument in bound {
                let place = match argument.node {
                    Some(node) => self.node(node).expect("a node"),
                    None => self.span(argument.selections[0]),
                };
                self.iri(iri, format!("{ARG}{name}"), &place);
            }
        }
    }

    fn selectors(&mut self) {
        let text: Vec<char> = self.graph.documents[0].text.chars().collect();
        for selection in self.spans.clone() {
            let iri = self.span(selection);
            let (start, end) = iri
                .rsplit_once('=')
                .and_then(|(_, s)| s.split_once(','))
                .expect("a span");
            let (start, end): (usize, usize) = (
                start.parse().expect("a number"),
                end.parse().expect("a number"),
            );
            let exact: String = text[start..end].iter().collect();
            let classes = ["TextPositionSelector", "TextQuoteSelector"].map(|c| format!("{OA}{c}"));
            self.classes(&iri, &classes);
            self.classes(&iri, &[format!("{SAYSO}Span")]);
            self.add(&iri, format!("{OA}start"), Literal::from(start as u64));
            self.add(&iri, format!("{OA}end"), Literal::from(end as u64));
            self.text(&iri, format!("{OA}exact"), &exact);
            let before: String = text[start.saturating_sub(32)..start].iter().collect();
            let after: String = text[end..text.len().min(end + 32)].iter().collect();
            self.text(&iri, format!("{OA}prefix"), &before);
            self.text(&iri, format!("{OA}suffix"), &after);
            self.iri(&iri, format!("{SAYSO}inDocument"), DOC);
        }
    }
}

/// What the graph of the fixture says; labels of relations and spans are checked on their own.
fn expected(graph: &KnowledgeGraph) -> Triples {
    let mut expected = Expected {
        graph,
        triples: Triples::new(),
        spans: BTreeSet::new(),
    };
    expected.document();
    for node in graph.graph.node_indices() {
        expected.entity(node);
        expected.statement(node);
    }
    for edge in graph
        .graph
        .edge_references()
        .filter(|e| e.weight().type_ != "subject")
    {
        expected.relation(edge.source(), edge.target(), edge.weight());
    }
    expected.selectors();
    expected.triples
}

#[test]
fn the_triples_are_what_the_graph_holds() {
    let graph = fixture::article();
    let json = written_by(&graph);
    let mut found = read(&json, false);
    let label = format!("{RDFS}label");
    found.retain(|(s, p, _)| *p != label || !(s.contains("#rel-") || s.contains("#char=")));
    let expected = expected(&graph);
    let missing: Vec<_> = expected.difference(&found).collect();
    let surplus: Vec<_> = found.difference(&expected).collect();
    assert!(
        missing.is_empty() && surplus.is_empty(),
        "missing {missing:#?}\nsurplus {surplus:#?}"
    );
    assert!(found.len() > 400, "{}", found.len());
}

#[test]
fn a_streaming_reader_sees_the_same() {
    let json = written_by(&fixture::article());
    assert_eq!(read(&json, true), read(&json, false));
}

#[test]
fn nothing_of_json_ld_1_1_is_used() {
    let json: serde_json::Value =
        serde_json::from_str(&written_by(&fixture::article())).expect("JSON");
    let context = json["@context"].as_object().expect("an inline context");
    for (term, definition) in context {
        assert!(!term.starts_with('@'), "{term}");
        for key in definition.as_object().into_iter().flat_map(|d| d.keys()) {
            assert!(
                ["@id", "@type", "@container"].contains(&key.as_str()),
                "{term}: {key}"
            );
        }
    }
    for node in json["@graph"].as_array().expect("nodes") {
        let keys: Vec<_> = node.as_object().expect("a node").keys().collect();
        assert!(keys.contains(&&"@id".to_owned()) && keys.contains(&&"label".to_owned()));
    }
}

/// What `examples/shapes.ttl` of the design asks of each class: properties with exactly one value, and with some.
const SHAPES: &[(&str, &[&str], &[&str])] = &[
    (
        "Document",
        &["label", "sha256", "sourceFile"],
        &["mentions"],
    ),
    ("Run", &["label", "used"], &[]),
    ("Entity", &["label", "name"], &["mentionedAt"]),
    (
        "Statement",
        &["label", "text", "speech", "inDocument"],
        &["content"],
    ),
    (
        "Relation",
        &[
            "label",
            "predicate",
            "object",
            "relation",
            "polarity",
            "modality",
            "tense",
            "ruleId",
            "inDocument",
            "wasGeneratedBy",
        ],
        &["evidence"],
    ),
    (
        "Span",
        &[
            "label",
            "start",
            "end",
            "exact",
            "prefix",
            "suffix",
            "inDocument",
        ],
        &[],
    ),
];

/// Values by subject and local name of the predicate.
fn by_subject(triples: &Triples) -> BTreeMap<&str, BTreeMap<&str, Vec<&Term>>> {
    let mut nodes: BTreeMap<&str, BTreeMap<&str, Vec<&Term>>> = BTreeMap::new();
    for (subject, predicate, object) in triples {
        let local = predicate.rsplit(['#', '/']).next().unwrap_or_default();
        nodes
            .entry(subject)
            .or_default()
            .entry(local)
            .or_default()
            .push(object);
    }
    nodes
}

fn check_shapes(triples: &Triples) {
    let nodes = by_subject(triples);
    for (subject, properties) in &nodes {
        let has = |class: &str| {
            properties["type"]
                .iter()
                .any(|t| t.to_string() == format!("<{SAYSO}{class}>"))
        };
        let shapes: Vec<_> = SHAPES.iter().filter(|(class, ..)| has(class)).collect();
        let [(class, once, some)] = shapes[..] else {
            panic!("{subject} is of {} of our classes", shapes.len())
        };
        for property in *once {
            assert_eq!(
                properties.get(property).map(Vec::len),
                Some(1),
                "{class} {subject}: {property}"
            );
        }
        for property in *some {
            assert!(
                properties.contains_key(property),
                "{class} {subject}: {property}"
            );
        }
        for (property, values) in properties {
            let literals = values.iter().filter(|v| v.is_literal()).count();
            assert!(
                literals <= 1,
                "{subject} has {literals} literals for {property}"
            );
            for value in values.iter().filter(|_| *property != "type") {
                if let Term::NamedNode(node) = value {
                    let outside = [SAYSO, SCHEMA, "http://www.wikidata.org/"]
                        .iter()
                        .any(|p| node.as_str().starts_with(p));
                    assert!(
                        outside || nodes.contains_key(node.as_str()),
                        "{subject} {property} leads nowhere: {node}"
                    );
                }
            }
        }
    }
}

#[test]
fn every_node_has_what_its_shape_asks() {
    check_shapes(&read(&written_by(&fixture::article()), false));
}

/// A graph in which every name and every word is `text`.
fn graph_of(text: &str) -> KnowledgeGraph {
    let mut b = GraphBuilder::new(fixture::schema());
    b.document(text, text, text);
    let person = b.entity("Person", text, &[(text, "name")]);
    let other = AttributeValue::Text(text.to_owned());
    b.entity_mut(person)
        .attributes
        .insert(text.to_owned(), other);
    let words = b.words(text);
    let arguments = [
        ("agent", Filler::Node(text, person)),
        ("cue", Filler::Words(text)),
    ];
    b.relation(("refuses", "plain"), (person, words), text, &arguments);
    let statement = b.statement(&[text], Speech::Direct, &[person]);
    b.relation(
        ("said", "quoted"),
        (person, statement),
        text,
        &[("cue", Filler::Words(text))],
    );
    b.graph
}

#[test]
fn hostile_text_comes_back_unharmed() {
    let hostile =
        "a\"b\\ \u{202e}rtl \u{200f} ]]> {} <x> &amp; 🦀 %20 # ? :// @id \0\u{7}\u{7f}\r\n\tend";
    let triples = read(&written_by(&graph_of(hostile)), false);
    assert_eq!(triples, read(&written_by(&graph_of(hostile)), true));
    check_shapes(&triples);
    let exact: Vec<_> = triples
        .iter()
        .filter(|(_, p, _)| *p == format!("{OA}exact"))
        .collect();
    let [(_, _, Term::Literal(literal))] = exact[..] else {
        panic!("one span: {exact:?}")
    };
    assert_eq!(literal.value(), hostile);
    let plain = read(&written_by(&graph_of("plain")), false);
    assert_eq!(triples.len(), plain.len());
}

#[test]
fn a_base_that_ends_in_a_hash_gives_iris_too() {
    let base = BaseIri::new("https://kg.example/news#").expect("a base");
    let triples = read(&json_ld(&fixture::article(), &base), false);
    check_shapes(&triples);
    assert!(
        triples
            .iter()
            .any(|(s, ..)| s == "https://kg.example/news#doc/gas%20news/run")
    );
}

#[test]
fn an_empty_graph_is_a_document_too() {
    assert!(read(&written_by(&KnowledgeGraph::default()), true).is_empty());
}

proptest! {
    #[test]
    fn the_same_graph_gives_the_same_bytes_and_valid_triples(text in ".{1,30}") {
        let json = written_by(&graph_of(&text));
        prop_assert_eq!(&json, &written_by(&graph_of(&text)));
        let triples = read(&json, true);
        check_shapes(&triples);
        prop_assert!(triples.iter().any(|(_, p, o)| p == "https://schema.org/name"
            && matches!(o, Term::Literal(l) if l.value() == text)));
    }
}

#[test]
fn names_that_clash_here_are_refused_when_rules_load() {
    let mut ours = RESERVED_ARGUMENTS.to_vec();
    ours.sort_unstable();
    assert_eq!(ours, crate::rules::RESERVED_NAMES);
}
