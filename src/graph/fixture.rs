//! Hand-built graphs for tests: a small article with one of everything.

use super::identifier::{Fingerprint, entity_id, text_hash};
use super::{
    Argument, Arguments, AttributeValue, DocumentRecord, Entity, EntityMention, KnowledgeGraph,
    Modality, Node, Polarity, Relation, RelationStyle, RuleReference, Schema, Selection, Speech,
    Statement, Tense, TypeStyle,
};
use crate::text::{Span, ZoneKind};
use petgraph::graph::NodeIndex;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub(crate) const ARTICLE: &str = "Norland keeps its gas

Norland will not sell gas to Südmark, Prime Minister Žana Bērziņa told the Harbour Post on Monday. “We have nothing to spare,” she said. “Our winter is long 🦀 and dark.”

The Gas Union argues that up to 40,000 homes in Südmark could go cold. Senior officials did not refuse to meet. Bērziņa said Südmark had closed two plants. The pipeline, it was announced, will stay shut.
";

/// Builds a graph over its documents.
pub(crate) struct GraphBuilder {
    pub graph: KnowledgeGraph,
}

/// An argument in the making.
pub(crate) enum Filler<'a> {
    /// Words.
    Words(&'a str),
    /// Words and the node that they stand for.
    Node(&'a str, NodeIndex),
    /// A node, in the pieces of its statement.
    Statement(NodeIndex),
}

impl GraphBuilder {
    pub(crate) fn new(schema: Schema) -> Self {
        let graph = KnowledgeGraph {
            schema: schema.into(),
            ..KnowledgeGraph::default()
        };
        Self { graph }
    }

    pub(crate) fn document(&mut self, id: &str, title: &str, text: &str) {
        self.graph.documents.push(DocumentRecord {
            id: id.to_owned(),
            title: Some(title.to_owned()),
            file: Some(format!("{id}.txt")),
            date: Some("2024-05-06".to_owned()),
            sha256: text_hash(text),
            text: text.into(),
        });
    }

    /// The first place of these words in the last document.
    pub(crate) fn at(&self, words: &str) -> Selection {
        let text = &self.graph.documents.last().expect("a document").text;
        let start = text.find(words).unwrap_or_else(|| panic!("no `{words}`")) as u32;
        Selection {
            document: self.graph.documents.len() as u32 - 1,
            span: Span::new(start, start + words.len() as u32),
        }
    }

    pub(crate) fn entity(
        &mut self,
        type_: &str,
        name: &str,
        mentions: &[(&str, &'static str)],
    ) -> NodeIndex {
        let mentions = mentions.iter().map(|&(words, kind)| EntityMention {
            selection: self.at(words),
            zone: ZoneKind::Body,
            kind: if kind == "adjective" { "name" } else { kind },
            form: (kind == "adjective").then_some("adjective"),
            rule: rule(type_, "listed"),
            because: (kind == "pronoun").then(|| "nearest subject".into()),
            attributes: BTreeMap::new(),
        });
        let entity = Entity {
            id: entity_id(type_, name),
            type_: type_.to_owned(),
            name: name.to_owned(),
            ids: BTreeMap::new(),
            attributes: BTreeMap::new(),
            mentions: mentions.collect(),
            merged: Vec::new(),
            apart: BTreeSet::new(),
        };
        self.graph.graph.add_node(Node::Entity(entity))
    }

    pub(crate) fn entity_mut(&mut self, node: NodeIndex) -> &mut Entity {
        match &mut self.graph.graph[node] {
            Node::Entity(entity) => entity,
            _ => panic!("not an entity"),
        }
    }

    pub(crate) fn statement(
        &mut self,
        pieces: &[&str],
        speech: Speech,
        about: &[NodeIndex],
    ) -> NodeIndex {
        let content: Vec<_> = pieces.iter().map(|p| self.at(p)).collect();
        let quoted = if speech == Speech::Indirect {
            Vec::new()
        } else {
            content.clone()
        };
        let document = self.graph.documents.last().expect("a document");
        let spans: Vec<_> = content.iter().map(|s| s.span).collect();
        let fingerprint = Fingerprint {
            document_sha256: &document.sha256,
            type_: "Statement",
            source: None,
            target: None,
            head: spans[0],
            content: &spans,
        };
        let id = fingerprint.statement_id(&document.id);
        self.graph.graph.add_node(Node::Statement(Statement {
            id,
            content,
            quoted,
            speech,
            about: about.to_vec(),
        }))
    }

    /// A node for words.
    pub(crate) fn words(&mut self, words: &str) -> NodeIndex {
        let selection = self.at(words);
        self.graph.graph.add_node(Node::Words(selection))
    }

    /// A positive, asserted relation; the returned reference lets a test change that.
    pub(crate) fn relation(
        &mut self,
        (type_, variant): (&str, &str),
        (source, target): (NodeIndex, NodeIndex),
        evidence: &str,
        arguments: &[(&str, Filler<'_>)],
    ) -> &mut Relation {
        let evidence = self.at(evidence);
        let arguments: Arguments = (arguments.iter())
            .map(|(name, filler)| ((*name).into(), vec![self.argument(filler)]))
            .collect();
        let spans: Vec<_> = (arguments.values().flatten().flat_map(|a| &a.selections))
            .map(|s| s.span)
            .collect();
        let document = self.graph.documents.last().expect("a document");
        let id = Fingerprint {
            document_sha256: &document.sha256,
            type_,
            source: self.graph.node_id(source),
            target: self.graph.node_id(target),
            head: evidence.span,
            content: &spans,
        };
        let relation = Relation {
            id: id.relation_id(&document.id),
            type_: type_.to_owned(),
            arguments,
            polarity: Polarity::Positive,
            modality: Modality::Asserted,
            tense: Tense::Past,
            speech: None,
            within: None,
            asserted: true,
            group: None,
            evidence,
            zone: ZoneKind::Body,
            rule: rule(type_, variant),
            also: Vec::new(),
            derived_from: Vec::new(),
            attributes: BTreeMap::new(),
        };
        let edge = self.graph.graph.add_edge(source, target, relation);
        &mut self.graph.graph[edge]
    }

    fn argument(&self, filler: &Filler<'_>) -> Argument {
        match *filler {
            Filler::Words(words) => Argument {
                selections: vec![self.at(words)],
                node: None,
            },
            Filler::Node(words, node) => Argument {
                selections: vec![self.at(words)],
                node: Some(node),
            },
            Filler::Statement(node) => Argument {
                selections: self
                    .graph
                    .statement(node)
                    .expect("a statement")
                    .content
                    .clone(),
                node: Some(node),
            },
        }
    }
}

pub(crate) fn rule(id: &str, variant: &str) -> Arc<RuleReference> {
    Arc::new(RuleReference {
        id: id.to_owned(),
        variant: variant.to_owned(),
        file: format!("relations/{id}.sayso"),
        line: 12,
    })
}

/// `name | supertypes | iri | shape | fill | stroke`
const TYPES: &str = "
Agent        |              |                            |         |         |
Person       | Agent        | schema:Person              | rounded | #FFF4E0 | #C77700
Organisation | Agent        | schema:Organization        | box     | #EAF7EA | #2E7D32
Place        |              | schema:Place               | ellipse | #E3F0FF | #1F5FA8
Country      | Agent Place  | schema:Country             |         |         |
Value        |              |                            | plain   |         |
Quantity     | Value        | schema:QuantitativeValue   |         |         |
Date         | Value        |                            |         |         |";

/// `name | parent | iri | label | fill | stroke | flags | parameters`
const RELATIONS: &str = "
said       |      |                 | cue  |         |         | speech         | source cue content addressee date
argues     | said |                 | cue  | #F3ECFB | #6A3FA0 | speech         | source cue content quantity
refuses    |      |                 |      | #FDECEC | #B23B3B | performative   | agent cue action whom
holds_role |      |                 | role |         |         | serves         | person role body
closed     |      |                 |      |         |         |                | agent thing
represents |      | schema:worksFor |      |         |         | serves         | agent body
subject    |      |                 |      |         |         | hidden subject | verb noun";

/// Types and relations as rules would declare them.
pub(crate) fn schema() -> Schema {
    let mut schema = Schema::default();
    let rows = |table: &'static str| {
        table
            .lines()
            .skip(1)
            .map(|line| line.split('|').map(str::trim).collect())
    };
    let given = |s: &str| (!s.is_empty()).then(|| s.to_owned());
    let words = |s: &str| s.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let types: Vec<Vec<&str>> = rows(TYPES).collect();
    for row in types {
        let style = TypeStyle {
            parents: words(row[1]),
            iri: given(row[2]),
            shape: given(row[3]),
            fill: given(row[4]),
            stroke: given(row[5]),
            value: matches!(row[0], "Value" | "Quantity" | "Date"),
        };
        schema.types.insert(row[0].to_owned(), style);
    }
    let relations: Vec<Vec<&str>> = rows(RELATIONS).collect();
    for row in relations {
        let parameters = words(row[7]);
        let style = RelationStyle {
            parent: given(row[1]),
            iri: given(row[2]),
            label: given(row[3]),
            shown: None,
            fill: given(row[4]),
            stroke: given(row[5]),
            flags: words(row[6]),
            source: parameters.first().cloned(),
            target: parameters.get(2).or(parameters.get(1)).cloned(),
            parameters,
        };
        schema.relations.insert(row[0].to_owned(), style);
    }
    schema
}

/// The graph of [`ARTICLE`].
pub(crate) fn article() -> KnowledgeGraph {
    let mut b = GraphBuilder::new(schema());
    b.document("gas news", "Norland keeps its gas", ARTICLE);
    let person = b.entity(
        "Person",
        "Žana Bērziņa",
        &[("Žana Bērziņa", "name"), ("she", "pronoun")],
    );
    let norland = b.entity("Country", "Norland", &[("Norland will", "name")]);
    let south = b.entity("Country", "Südmark", &[("Südmark", "name")]);
    b.entity_mut(south)
        .ids
        .insert("wikidata".into(), "Q9001".into());
    b.entity_mut(south)
        .ids
        .insert("iso3166".into(), "SM".into());
    let post = b.entity(
        "Organisation",
        "Harbour Post",
        &[("the Harbour Post", "name")],
    );
    let union = b.entity("Organisation", "Gas Union", &[("The Gas Union", "name")]);
    let monday = b.entity("Date", "Monday", &[("Monday", "name")]);
    (b.entity_mut(monday).attributes)
        .insert("value".into(), AttributeValue::Text("2024-05-06".into()));
    let homes = b.entity(
        "Quantity",
        "up to 40,000 homes",
        &[("up to 40,000 homes", "name")],
    );
    for (name, value) in [
        ("high", AttributeValue::Number("40000".into())),
        ("unit", AttributeValue::Text("homes".into())),
        ("change", AttributeValue::Text("<".into())),
    ] {
        b.entity_mut(homes).attributes.insert(name.into(), value);
    }
    refusal(&mut b, [person, norland, south, post, monday]);
    quotation(&mut b, person, norland);
    claims(&mut b, [person, south, union, homes]);
    b.graph
}

fn refusal(b: &mut GraphBuilder, [person, norland, south, post, monday]: [NodeIndex; 5]) {
    let first = "Norland will not sell gas to Südmark, Prime Minister Žana Bērziņa told the Harbour Post on Monday.";
    let refusal = b.statement(
        &["Norland will not sell gas to Südmark"],
        Speech::Indirect,
        &[norland, south],
    );
    let said = b.relation(
        ("said", "trailing"),
        (person, refusal),
        first,
        &[
            ("source", Filler::Node("Žana Bērziņa", person)),
            ("cue", Filler::Words("told")),
            ("content", Filler::Statement(refusal)),
            ("addressee", Filler::Node("the Harbour Post", post)),
            ("date", Filler::Node("Monday", monday)),
        ],
    );
    said.speech = Some(Speech::Indirect);
    let gas = b.words("gas to");
    let refuses = b.relation(
        ("refuses", "wont"),
        (norland, gas),
        first,
        &[
            ("agent", Filler::Node("Norland will", norland)),
            ("cue", Filler::Words("will not sell")),
            ("action", Filler::Words("gas to")),
            ("whom", Filler::Node("Südmark", south)),
        ],
    );
    refuses.tense = Tense::Future;
    refuses.within = Some(refusal);
    let role = b.words("Prime Minister");
    let arguments = [
        ("person", Filler::Node("Žana Bērziņa", person)),
        ("role", Filler::Words("Prime Minister")),
    ];
    b.relation(("holds_role", "title"), (person, role), first, &arguments)
        .tense = Tense::None;
    let arguments = [
        ("agent", Filler::Node("Žana Bērziņa", person)),
        ("body", Filler::Node("Norland will", norland)),
    ];
    b.relation(("represents", "role"), (person, norland), first, &arguments);
}

fn quotation(b: &mut GraphBuilder, person: NodeIndex, norland: NodeIndex) {
    let quote = b.statement(
        &[
            "We have nothing to spare,",
            "Our winter is long 🦀 and dark.",
        ],
        Speech::Direct,
        &[norland],
    );
    let said = b.relation(
        ("said", "quoted"),
        (person, quote),
        "“We have nothing to spare,” she said.",
        &[
            ("source", Filler::Node("she", person)),
            ("cue", Filler::Words("said")),
            ("content", Filler::Statement(quote)),
        ],
    );
    said.speech = Some(Speech::Direct);
    b.relation(("subject", "near"), (person, quote), "she said", &[]);
}

fn claims(b: &mut GraphBuilder, [person, south, union, homes]: [NodeIndex; 4]) {
    let cold = b.statement(
        &["up to 40,000 homes in Südmark could go cold"],
        Speech::Indirect,
        &[south],
    );
    let argues = b.relation(
        ("argues", "verb"),
        (union, cold),
        "The Gas Union argues that up to 40,000 homes in Südmark could go cold.",
        &[
            ("source", Filler::Node("The Gas Union", union)),
            ("cue", Filler::Words("argues")),
            ("content", Filler::Statement(cold)),
            ("quantity", Filler::Node("up to 40,000 homes", homes)),
        ],
    );
    argues.speech = Some(Speech::Indirect);
    let officials = b.words("Senior officials");
    let meet = b.words("to meet");
    let arguments = [
        ("agent", Filler::Words("Senior officials")),
        ("action", Filler::Words("to meet")),
    ];
    let evidence = "Senior officials did not refuse to meet.";
    let refuses = b.relation(("refuses", "verb"), (officials, meet), evidence, &arguments);
    refuses.polarity = Polarity::Negative;
    refuses.asserted = false;
    let plants = b.statement(
        &["Südmark had closed two plants"],
        Speech::Indirect,
        &[south],
    );
    let evidence = "Bērziņa said Südmark had closed two plants.";
    let arguments = [
        ("source", Filler::Node("Bērziņa said", person)),
        ("content", Filler::Statement(plants)),
    ];
    b.relation(("said", "reported"), (person, plants), evidence, &arguments)
        .speech = Some(Speech::Indirect);
    let two = b.words("two plants");
    let arguments = [
        ("agent", Filler::Node("Südmark had", south)),
        ("thing", Filler::Words("two plants")),
    ];
    let closed = b.relation(("closed", "verb"), (south, two), evidence, &arguments);
    closed.asserted = false;
    closed.within = Some(plants);
    let nobody = b.graph.graph.add_node(Node::Nobody);
    let shut = b.statement(
        &["The pipeline, it was announced, will stay shut"],
        Speech::Indirect,
        &[],
    );
    let evidence = "The pipeline, it was announced, will stay shut.";
    let arguments = [
        ("cue", Filler::Words("announced")),
        ("content", Filler::Statement(shut)),
    ];
    b.relation(("said", "passive"), (nobody, shut), evidence, &arguments)
        .modality = Modality::Reported;
}

/// A small report in which a person says that a country waits.
pub(crate) fn report(id: &str, country: &str, item: &str, text: &str) -> KnowledgeGraph {
    let mut b = GraphBuilder::new(schema());
    b.document(id, "A report", text);
    let person = b.entity("Person", "Ada Holm", &[("Ada Holm", "name")]);
    let place = b.entity("Country", country, &[(country, "name")]);
    b.entity_mut(place)
        .ids
        .insert("wikidata".into(), item.into());
    let statement = b.statement(&[&format!("{country} waits")], Speech::Indirect, &[place]);
    let arguments = [
        ("source", Filler::Node("Ada Holm", person)),
        ("cue", Filler::Words("said")),
        ("content", Filler::Statement(statement)),
    ];
    let said = b.relation(("said", "plain"), (person, statement), text, &arguments);
    said.derived_from = vec![format!("{id}#rel-000000000000")];
    b.graph
}

/// Two names of one item, one name in two documents, two texts of one name, one document twice.
pub(crate) fn reports() -> Vec<KnowledgeGraph> {
    vec![
        report("one", "Ostmark", "Q1", "Ada Holm said Ostmark waits."),
        report(
            "two",
            "Eastmark",
            "Q1",
            "Yesterday Ada Holm said Eastmark waits.",
        ),
        report("two", "Norland", "Q2", "Again Ada Holm said Norland waits."),
        report("one", "Ostmark", "Q1", "Ada Holm said Ostmark waits."),
        article(),
    ]
}

/// A graph in which every name and every word is `text`.
pub(crate) fn all_called(text: &str) -> KnowledgeGraph {
    let mut b = GraphBuilder::new(schema());
    b.document(text, text, text);
    let person = b.entity("Person", text, &[(text, "name")]);
    let words = b.words(text);
    let arguments = [
        ("agent", Filler::Node(text, person)),
        ("action", Filler::Words(text)),
    ];
    b.relation(("refuses", text), (person, words), text, &arguments);
    let statement = b.statement(&[text], Speech::Direct, &[person]);
    let arguments = [
        ("source", Filler::Node(text, person)),
        ("cue", Filler::Words(text)),
    ];
    b.relation(("said", "quoted"), (person, statement), text, &arguments);
    b.graph
}
