//! The graph as a property graph: nodes and edges with plain values, as Cypher, GraphML and tables take them.

use super::graph_json::about;
use super::iri::Iris;
use super::names;
use crate::graph::{
    AttributeValue, BaseIri, Entity, KnowledgeGraph, Node, RelationEdge, Selection, Statement,
};
use petgraph::graph::NodeIndex;
use std::collections::{BTreeMap, BTreeSet};

/// A value of a property.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Property {
    /// Words.
    Text(String),
    /// A decimal number as written.
    Number(String),
    /// A count.
    Integer(u32),
    /// Yes or no.
    Flag(bool),
}

impl Property {
    /// As plain words.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Text(text) | Self::Number(text) => text.clone(),
            Self::Integer(number) => number.to_string(),
            Self::Flag(flag) => flag.to_string(),
        }
    }
}

/// Properties in a fixed order, each name once.
pub(super) type Properties = Vec<(String, Property)>;

/// A node.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FlatNode {
    /// As in Graph JSON; of words `article#char=650,656`.
    pub(super) id: String,
    /// `Entity`, `Statement`, `Words` or `Nobody`.
    pub(super) kind: &'static str,
    /// Of an entity: its type.
    pub(super) type_: Option<String>,
    /// What else is known.
    pub(super) properties: Properties,
}

/// An edge.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FlatEdge {
    /// As in Graph JSON; of what a statement is about, made of both ends.
    pub(super) id: String,
    /// The relation, or `about`.
    pub(super) type_: String,
    /// Number of the source among the nodes.
    pub(super) source: usize,
    /// Number of the target.
    pub(super) target: usize,
    /// What else is known.
    pub(super) properties: Properties,
}

/// All nodes and edges, in the order of the other exports.
#[derive(Clone, Debug, Default)]
pub(super) struct Flat {
    pub(super) nodes: Vec<FlatNode>,
    pub(super) edges: Vec<FlatEdge>,
}

/// Names of the properties of nodes and edges with their type: `string`, `double`, `int` or `boolean`; `string` where
/// they differ.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys {
    pub(super) nodes: BTreeMap<String, &'static str>,
    pub(super) edges: BTreeMap<String, &'static str>,
}

impl Keys {
    /// Those of one graph more.
    pub(super) fn add(&mut self, flat: &Flat) {
        for node in &flat.nodes {
            note(&mut self.nodes, &node.properties);
        }
        for edge in &flat.edges {
            note(&mut self.edges, &edge.properties);
        }
    }
}

fn note(keys: &mut BTreeMap<String, &'static str>, properties: &Properties) {
    for (name, value) in properties {
        let type_ = match value {
            Property::Text(_) => "string",
            Property::Number(_) => "double",
            Property::Integer(_) => "int",
            Property::Flag(_) => "boolean",
        };
        match keys.get_mut(name) {
            None => _ = keys.insert(name.clone(), type_),
            Some(known) if *known != type_ => *known = "string",
            Some(_) => {}
        }
    }
}

/// Flattens a graph.
pub(super) fn flat(graph: &KnowledgeGraph) -> Flat {
    flat_among(graph, &|entity| entity.mentions.len())
}

/// Flattens one graph of several, with what tells in how many places all of them mention an entity.
pub(super) fn flat_among(graph: &KnowledgeGraph, mentions: &dyn Fn(&Entity) -> usize) -> Flat {
    let base = BaseIri::default();
    let mut builder = Builder {
        graph,
        mentions,
        iris: Iris::new(graph, &base, Some(["", ""])),
        numbers: BTreeMap::new(),
        flat: Flat::default(),
    };
    builder.nodes();
    builder.edges();
    builder.flat
}

/// A property graph in the making.
struct Builder<'g> {
    graph: &'g KnowledgeGraph,
    mentions: &'g dyn Fn(&Entity) -> usize,
    iris: Iris<'g>,
    /// By node: its number.
    numbers: BTreeMap<NodeIndex, usize>,
    flat: Flat,
}

impl Builder<'_> {
    fn nodes(&mut self) {
        for (index, entity) in self.graph.entities() {
            let properties = of_entity(entity, (self.mentions)(entity));
            self.node(index, "Entity", entity.id.clone(), properties);
            let number = self.numbers[&index];
            self.flat.nodes[number].type_ = Some(entity.type_.clone());
        }
        for (index, statement) in self.graph.statements() {
            let properties = self.of_statement(statement);
            self.node(index, "Statement", statement.id.clone(), properties);
        }
        let relations = self.graph.relations();
        let ends = relations.iter().flat_map(|edge| [edge.source, edge.target]);
        for index in ends {
            if self.numbers.contains_key(&index) {
                continue;
            }
            if let Node::Words(words) = self.graph.graph[index] {
                let mut properties = vec![text("text", self.graph.text(words))];
                properties.extend(self.place(words));
                self.node(index, "Words", self.iris.stretch(words), properties);
            } else {
                let name = vec![text("name", "(nobody named)")];
                self.node(index, "Nobody", "nobody".to_owned(), name);
            }
        }
    }

    fn node(&mut self, index: NodeIndex, kind: &'static str, id: String, properties: Properties) {
        self.numbers.insert(index, self.flat.nodes.len());
        self.flat.nodes.push(FlatNode {
            id,
            kind,
            type_: None,
            properties,
        });
    }

    fn of_statement(&self, statement: &Statement) -> Properties {
        let mut properties = vec![
            text("text", &self.graph.statement_text(statement)),
            text("speech", names::speech(statement.speech)),
        ];
        properties.extend(
            statement
                .content
                .first()
                .into_iter()
                .flat_map(|s| self.place(*s)),
        );
        properties
    }

    /// Document, start and end in code points.
    fn place(&self, selection: Selection) -> Properties {
        let (start, end) = self.iris.points(selection);
        let document = &self.graph.documents[selection.document as usize].id;
        vec![
            text("document", document),
            ("start".to_owned(), Property::Integer(start)),
            ("end".to_owned(), Property::Integer(end)),
        ]
    }

    fn edges(&mut self) {
        for edge in self.graph.relations() {
            let properties = self.of_relation(&edge);
            self.flat.edges.push(FlatEdge {
                id: edge.relation.id.clone(),
                type_: edge.relation.type_.clone(),
                source: self.numbers[&edge.source],
                target: self.numbers[&edge.target],
                properties,
            });
        }
        for (index, statement) in self.graph.statements() {
            let topics: BTreeSet<&str> = about(self.graph, statement).into_iter().collect();
            let entities = self.graph.entities();
            for (topic, entity) in entities.iter().filter(|(_, e)| topics.contains(&*e.id)) {
                self.flat.edges.push(FlatEdge {
                    id: format!("{} about {}", statement.id, entity.id),
                    type_: "about".to_owned(),
                    source: self.numbers[&index],
                    target: self.numbers[topic],
                    properties: Vec::new(),
                });
            }
        }
    }

    fn of_relation(&self, edge: &RelationEdge<'_>) -> Properties {
        let relation = edge.relation;
        let mut properties = vec![
            text("polarity", names::polarity(relation.polarity)),
            text("modality", names::modality(relation.modality)),
            text("tense", names::tense(relation.tense)),
            ("asserted".to_owned(), Property::Flag(relation.asserted)),
        ];
        properties.extend(relation.speech.map(|s| text("speech", names::speech(s))));
        let within = relation.within.and_then(|node| self.graph.node_id(node));
        properties.extend(within.map(|id| text("within", id)));
        properties.push(text("evidence", self.graph.text(relation.evidence)));
        properties.extend(self.place(relation.evidence));
        properties.push(text(
            "rule",
            &format!("{}/{}", relation.rule.id, relation.rule.variant),
        ));
        properties.push(text("rule_file", &relation.rule.file));
        properties.push((
            "rule_line".to_owned(),
            Property::Integer(relation.rule.line),
        ));
        for (name, bound) in &relation.arguments {
            let selections = bound.iter().flat_map(|argument| &argument.selections);
            let words: Vec<&str> = selections.map(|s| self.graph.text(*s)).collect();
            properties.push(text(&format!("arg_{name}"), &words.join(" ")));
        }
        properties.extend(attributes(&relation.attributes));
        properties
    }
}

fn of_entity(entity: &Entity, mentions: usize) -> Properties {
    let mut properties = vec![text("name", &entity.name)];
    let ids = entity.ids.iter();
    properties.extend(ids.map(|(scheme, id)| text(&format!("id_{scheme}"), id)));
    let mentions = Property::Integer(mentions as u32);
    properties.push(("mentions".to_owned(), mentions));
    properties.extend(attributes(&entity.attributes));
    properties
}

/// Attributes that the rules set, told from our own properties by their prefix.
fn attributes(all: &BTreeMap<String, AttributeValue>) -> Properties {
    let property = |(name, value): (&String, &AttributeValue)| {
        let value = match value {
            AttributeValue::Text(text) => Property::Text(text.clone()),
            AttributeValue::Number(number) => Property::Number(number.clone()),
            AttributeValue::Flag => Property::Flag(true),
        };
        (format!("set_{name}"), value)
    };
    all.iter().map(property).collect()
}

/// A property that is words.
pub(super) fn text(name: &str, value: &str) -> (String, Property) {
    (name.to_owned(), Property::Text(value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::fixture;

    #[test]
    fn nothing_of_the_graph_is_lost() {
        let graph = fixture::article();
        let flat = flat(&graph);
        let entities = flat.nodes.iter().filter(|n| n.kind == "Entity").count();
        assert_eq!(entities, graph.entities().len());
        let statements = flat.nodes.iter().filter(|n| n.kind == "Statement").count();
        assert_eq!(statements, graph.statements().len());
        let relations = flat.edges.iter().filter(|e| e.type_ != "about").count();
        assert_eq!(relations, graph.relations().len());
        assert!(flat.edges.len() > relations, "what statements are about");
        let ids: BTreeSet<&str> = flat.nodes.iter().map(|n| n.id.as_str()).collect();
        assert_eq!(ids.len(), flat.nodes.len());
    }

    #[test]
    fn a_property_has_one_name() {
        let flat = flat(&fixture::article());
        let of_nodes = flat.nodes.iter().map(|n| &n.properties);
        for properties in of_nodes.chain(flat.edges.iter().map(|e| &e.properties)) {
            let names: BTreeSet<&str> = properties.iter().map(|(name, _)| name.as_str()).collect();
            assert_eq!(names.len(), properties.len(), "{properties:?}");
        }
    }
}
