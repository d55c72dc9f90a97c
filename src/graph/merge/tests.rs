//! Order, repetition and names.

use super::entities::{SAME_ITEM, SAME_NAME};
use super::*;
use crate::graph::fixture::{self, report, reports};
use crate::graph::{AttributeValue, Entity};

/// Everything that is in it, node numbers included.
fn bytes(graph: &KnowledgeGraph) -> String {
    format!("{graph:?}")
}

fn entity<'g>(graph: &'g KnowledgeGraph, id: &str) -> &'g Entity {
    let entities = graph.entities();
    entities
        .iter()
        .find(|(_, e)| e.id == id)
        .unwrap_or_else(|| panic!("no {id}"))
        .1
}

#[test]
fn order_does_not_matter() {
    let whole = bytes(&KnowledgeGraph::merge(reports()));
    for rotation in 1..5 {
        let mut rotated = reports();
        rotated.rotate_left(rotation);
        assert_eq!(bytes(&KnowledgeGraph::merge(rotated.clone())), whole);
        rotated.reverse();
        let mut one_by_one = KnowledgeGraph::default();
        for graph in rotated {
            one_by_one.absorb(graph);
        }
        assert_eq!(bytes(&one_by_one), whole);
    }
}

#[test]
fn taking_in_a_graph_twice_adds_nothing() {
    let mut once = KnowledgeGraph::merge(reports());
    let before = bytes(&once);
    once.absorb(once.clone());
    assert_eq!(bytes(&once), before);
    let article = fixture::article();
    let mut alone = article.clone();
    alone.absorb(article.clone());
    assert_eq!(bytes(&alone), bytes(&KnowledgeGraph::merge([article])));
}

#[test]
fn one_item_is_one_node_and_says_why() {
    let graph = KnowledgeGraph::merge(reports());
    let country = entity(&graph, "country/eastmark");
    assert_eq!(
        country.mentions.len(),
        2,
        "no mention is lost and none counted twice"
    );
    assert!(
        country
            .mentions
            .iter()
            .all(|m| m.because.as_deref() == Some(SAME_ITEM))
    );
    assert!(
        graph
            .entities()
            .iter()
            .all(|(_, e)| e.id != "country/ostmark")
    );
    let person = entity(&graph, "person/ada-holm");
    assert_eq!(person.mentions.len(), 3);
    assert!(
        person
            .mentions
            .iter()
            .all(|m| m.because.as_deref() == Some(SAME_NAME))
    );
    let relations = graph.relations();
    let said = relations
        .iter()
        .filter(|e| graph.node_id(e.source) == Some("person/ada-holm"));
    assert_eq!(said.count(), 3);
}

#[test]
fn two_texts_with_one_name_are_told_apart() {
    let graph = KnowledgeGraph::merge(reports());
    let names: Vec<_> = graph.documents.iter().map(|d| d.id.as_str()).collect();
    assert_eq!(names.len(), 4);
    assert!(names[2].starts_with("two-") && names[3].starts_with("two-") && names[2] != names[3]);
    for edge in graph.relations() {
        let home = &graph.documents[edge.relation.evidence.document as usize].id;
        let ids = edge.relation.derived_from.iter().chain([&edge.relation.id]);
        for id in ids.chain(graph.statement(edge.target).map(|s| &s.id)) {
            assert!(id.starts_with(&format!("{home}#")), "{id} in {home}");
        }
    }
}

#[test]
fn two_figures_for_one_thing_both_stay() {
    let with_age = |id: &str, age: &str| {
        let mut graph = report(id, "Norland", "Q2", "Ada Holm said Norland waits.");
        for node in graph.graph.node_weights_mut() {
            if let Node::Entity(entity) = node {
                entity
                    .attributes
                    .insert("age".into(), AttributeValue::Number(age.into()));
            }
        }
        graph
    };
    let graph = KnowledgeGraph::merge([with_age("b", "52"), with_age("a", "51")]);
    let person = entity(&graph, "person/ada-holm");
    assert_eq!(
        person.attributes["age"],
        AttributeValue::Number("51".into())
    );
    assert!(person.mentions[0].attributes.is_empty());
    assert_eq!(
        person.mentions[1].attributes["age"],
        AttributeValue::Number("52".into())
    );
}

#[test]
fn what_is_only_in_one_graph_stays_connected() {
    let graph = KnowledgeGraph::merge(reports());
    let alone = fixture::article();
    let merged: Vec<_> = graph
        .relations()
        .iter()
        .map(|e| e.relation.id.clone())
        .collect();
    for edge in alone.relations() {
        assert!(merged.contains(&edge.relation.id));
    }
    assert_eq!(graph.relations().len(), alone.relations().len() + 3);
    let statements = graph.statements();
    assert!(
        statements
            .iter()
            .all(|(_, s)| s.about.iter().all(|&n| graph.entity(n).is_some()))
    );
}

#[test]
fn one_after_the_other_is_the_same_as_all_at_once() {
    let whole = KnowledgeGraph::merge(reports());
    let mut survey = MergeSurvey::default();
    for graph in &reports() {
        survey.add(graph);
    }
    let plan = survey.plan();
    assert_eq!(plan.n_documents(), whole.documents.len());
    let singly: Vec<_> = reports().into_iter().map(|g| plan.apply([g])).collect();
    for graph in &singly {
        for (_, entity) in graph.entities() {
            let known = self::entity(&whole, &entity.id);
            assert_eq!(
                (&entity.name, &entity.ids, &entity.attributes),
                (&known.name, &known.ids, &known.attributes)
            );
            let planned = &plan.entities()[plan.number(&entity.id).expect("planned")];
            assert_eq!(planned.mentions, known.mentions.len());
        }
    }
    assert_eq!(bytes(&KnowledgeGraph::merge(singly)), bytes(&whole));
}
