//! The data model of GRAPH: documents, entities, statements, relations.

use crate::text::{Span, ZoneKind};
use indexmap::IndexMap;
use petgraph::graph::{DiGraph, NodeIndex};
use rustc_hash::FxBuildHasher;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What a run over one or more documents knows.
#[derive(Clone, Debug, Default)]
pub struct KnowledgeGraph {
    /// The documents; spans refer to them by index.
    pub documents: Vec<DocumentRecord>,
    /// Nodes are entities, statements, words; an edge is a relation.
    pub graph: DiGraph<Node, Relation>,
    /// How types and relations are written and drawn, from the rules.
    pub schema: Arc<Schema>,
}

/// A document as far as exports need it.
#[derive(Clone, Debug)]
pub struct DocumentRecord {
    /// Name of the document.
    pub id: String,
    /// Headline, where there is one.
    pub title: Option<String>,
    /// Path or name of the source, as shown.
    pub file: Option<String>,
    /// Publication date, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Of the decoded text without byte order mark, in hex.
    pub sha256: String,
    /// The decoded text.
    pub text: Arc<str>,
}

/// A stretch of a document. Bytes of the decoded text; exports count code points too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Selection {
    /// Index into [`KnowledgeGraph::documents`].
    pub document: u32,
    /// Bytes.
    pub span: Span,
}

/// A node.
#[derive(Clone, Debug)]
pub enum Node {
    /// Somebody or something with a canonical name.
    Entity(Entity),
    /// A reported content.
    Statement(Statement),
    /// Words that are the target of a relation.
    Words(Selection),
    /// Stands for a source or target that the text does not name; one a graph at most, never exported as a node.
    Nobody,
}

/// Who or what.
#[derive(Clone, Debug)]
pub struct Entity {
    /// `country/latvia`
    pub id: String,
    /// Name of the type.
    pub type_: String,
    /// Canonical name.
    pub name: String,
    /// Identifiers by scheme: `wikidata`, `iso3166`.
    pub ids: BTreeMap<String, String>,
    /// What the rules set: `value low high unit change`, `given`, `family`, …
    pub attributes: BTreeMap<String, AttributeValue>,
    /// Where it is mentioned, in text order.
    pub mentions: Vec<EntityMention>,
    /// The entities that became this one when graphs became one, itself included, by id; empty where it was always one
    /// and nobody has renamed it.
    pub merged: Vec<MergedEntity>,
    /// Ids of entities that it is never one with, by decision.
    pub apart: BTreeSet<String>,
}

/// An entity that became one with others, as it was before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergedEntity {
    /// `country/latvia`
    pub id: String,
    /// Name of the type.
    pub type_: String,
    /// Canonical name.
    pub name: String,
    /// Identifiers by scheme.
    pub ids: BTreeMap<String, String>,
    /// Why it is one with the others: `same Wikidata item Q211`, `decided in decisions.txt:3: the comment`.
    pub because: BTreeSet<String>,
}

/// One mention of an entity.
#[derive(Clone, Debug)]
pub struct EntityMention {
    /// Where.
    pub selection: Selection,
    /// Zone of the page.
    pub zone: ZoneKind,
    /// `name`, `nominal` or `pronoun`.
    pub kind: &'static str,
    /// `adjective` for `Latvian`.
    pub form: Option<&'static str>,
    /// The rule that found it.
    pub rule: Arc<RuleReference>,
    /// Why it belongs to this entity, where that took a decision: `same family name as Anna Weber`.
    pub because: Option<Arc<str>>,
    /// Attributes of this mention alone (values), where they differ between mentions.
    pub attributes: BTreeMap<String, AttributeValue>,
}

/// A rule, variant and place in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleReference {
    /// Relation or type.
    pub id: String,
    /// `inverted`; id and variant make `said/inverted`.
    pub variant: String,
    /// Path of the rule file, relative to its pack.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
}

/// A value of an attribute.
#[derive(Clone, Debug, PartialEq)]
pub enum AttributeValue {
    /// Words.
    Text(String),
    /// A number, written in decimal without exponent (`300000`, `1.5`).
    Number(String),
    /// Present.
    Flag,
}

/// How much of a content is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "they are what they are")]
pub enum Speech {
    Direct,
    Indirect,
    Mixed,
}

/// Whether it is negated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "they are what they are")]
pub enum Polarity {
    #[default]
    Positive,
    Negative,
}

/// How firmly it is said to be so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "they are what they are")]
pub enum Modality {
    #[default]
    Asserted,
    Future,
    Attempted,
    Possible,
    Conditional,
    Question,
    Reported,
}

/// When, by the verb.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "they are what they are")]
pub enum Tense {
    #[default]
    None,
    Past,
    Present,
    Future,
    Perfect,
}

/// A reported content.
#[derive(Clone, Debug)]
pub struct Statement {
    /// `article#stmt-…`
    pub id: String,
    /// Its spans, in text order; never empty.
    pub content: Vec<Selection>,
    /// The quoted stretches in it.
    pub quoted: Vec<Selection>,
    /// How it is reported.
    pub speech: Speech,
    /// Entities that are mentioned in it, by node.
    pub about: Vec<NodeIndex>,
}

/// A relation: an edge from source to target with all that is known of it.
#[derive(Clone, Debug)]
pub struct Relation {
    /// `article#rel-…`
    pub id: String,
    /// Name of the relation.
    pub type_: String,
    /// Every bound argument by the name of its signature, source and target included, in the order of the signature.
    pub arguments: Arguments,
    /// Whether it is negated.
    pub polarity: Polarity,
    /// How firmly.
    pub modality: Modality,
    /// When.
    pub tense: Tense,
    /// Of a relation of speech.
    pub speech: Option<Speech>,
    /// The statement whose claim it is, by node.
    pub within: Option<NodeIndex>,
    /// Whether the text asserts it: not negated, not a claim, or performed by the speaker's own side.
    pub asserted: bool,
    /// Members of one coordination share a number within their document.
    pub group: Option<u32>,
    /// The whole sentence of its head.
    pub evidence: Selection,
    /// Zone of the evidence.
    pub zone: ZoneKind,
    /// What made it.
    pub rule: Arc<RuleReference>,
    /// Other rules that made it, in other runs over the same text.
    pub also: Vec<Arc<RuleReference>>,
    /// Ids of relations it was derived from.
    pub derived_from: Vec<String>,
    /// Attributes that the rule set.
    pub attributes: BTreeMap<String, AttributeValue>,
}

/// What arguments are bound to, by name.
pub type Arguments = IndexMap<Arc<str>, Vec<Argument>, FxBuildHasher>;

/// What an argument is bound to.
#[derive(Clone, Debug)]
pub struct Argument {
    /// Its words, in pieces where it is not in one.
    pub selections: Vec<Selection>,
    /// The entity or statement it stands for.
    pub node: Option<NodeIndex>,
}

/// Looks and identities from the rules.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    /// By type name, supertypes before subtypes.
    pub types: IndexMap<String, TypeStyle>,
    /// By relation name.
    pub relations: IndexMap<String, RelationStyle>,
    /// Prefixes of IRIs.
    pub prefixes: IndexMap<String, String>,
}

/// Of a type.
#[derive(Clone, Debug, Default)]
pub struct TypeStyle {
    /// Direct supertypes.
    pub parents: Vec<String>,
    /// `schema:Person`
    pub iri: Option<String>,
    /// Graphviz shape; inherited where not given.
    pub shape: Option<String>,
    /// Fill colour.
    pub fill: Option<String>,
    /// Line colour.
    pub stroke: Option<String>,
    /// A value (quantity, date).
    pub value: bool,
}

/// Of a relation.
#[derive(Clone, Debug, Default)]
pub struct RelationStyle {
    /// The relation it is a kind of.
    pub parent: Option<String>,
    /// The predicate, where it is not `sayso:NAME`.
    pub iri: Option<String>,
    /// The argument whose words label the edge.
    pub label: Option<String>,
    /// What people read at a target that is only words, where these say nothing: `the article` for the `By` of a byline.
    pub shown: Option<String>,
    /// Fill colour of a literal target.
    pub fill: Option<String>,
    /// Line colour.
    pub stroke: Option<String>,
    /// `speech performative serves subject hidden`
    pub flags: Vec<String>,
    /// Names of the parameters in order.
    pub parameters: Vec<String>,
    /// The parameter that is the source.
    pub source: Option<String>,
    /// The parameter that is the target.
    pub target: Option<String>,
}

impl KnowledgeGraph {
    /// The entity at a node.
    pub fn entity(&self, node: NodeIndex) -> Option<&Entity> {
        match self.graph.node_weight(node) {
            Some(Node::Entity(entity)) => Some(entity),
            _ => None,
        }
    }

    /// The statement at a node.
    pub fn statement(&self, node: NodeIndex) -> Option<&Statement> {
        match self.graph.node_weight(node) {
            Some(Node::Statement(statement)) => Some(statement),
            _ => None,
        }
    }

    /// The words of a selection.
    pub fn text(&self, selection: Selection) -> &str {
        &self.documents[selection.document as usize].text[selection.span.range()]
    }
}
