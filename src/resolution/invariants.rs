//! What holds of the graph of any text.

use super::testing::rules;
use super::tests_coreference::NAMES;
use crate::extractor::Extractor;
use crate::graph::{KnowledgeGraph, Node};
use crate::rules::RuleSet;
use crate::text::Document;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::OnceLock;

const WORDS: [&str; 44] = [
    "Anna",
    "Weber",
    "Paul",
    "Klein",
    "Norland",
    "Südmark",
    "Norlandic",
    "minister",
    "mayor",
    "the",
    "a",
    "he",
    "she",
    "they",
    "we",
    "I",
    "him",
    "his",
    "country",
    "said",
    "argued",
    "says",
    "left",
    "met",
    "will",
    "not",
    "sell",
    "gas",
    "that",
    "and",
    "or",
    "former",
    "spokesman",
    "of",
    "'s",
    "“",
    "”",
    "\"",
    ",",
    ".",
    "?",
    "\n\n",
    "(NL)",
    "was",
];

fn compiled() -> &'static RuleSet {
    static RULES: OnceLock<RuleSet> = OnceLock::new();
    RULES.get_or_init(|| rules(NAMES))
}

fn graph(text: &str) -> KnowledgeGraph {
    let document = Document::new("news", text);
    Extractor::new(compiled()).extract_document(document).graph
}

/// Everything that exports rely on.
fn check(graph: &KnowledgeGraph) {
    let mut ids = BTreeSet::new();
    let length = graph.documents[0].text.len() as u32;
    for node in graph.graph.node_weights() {
        match node {
            Node::Entity(entity) => {
                assert!(ids.insert(&entity.id), "{} twice", entity.id);
                assert!(
                    !entity.name.is_empty() && !entity.mentions.is_empty(),
                    "{entity:?}"
                );
                assert!(
                    entity.mentions.iter().any(|m| m.kind != "pronoun"),
                    "{entity:?}"
                );
                let places: Vec<_> = entity.mentions.iter().map(|m| m.selection).collect();
                assert!(places.is_sorted(), "{entity:?}");
                assert!(
                    places
                        .iter()
                        .all(|p| p.span.end <= length && p.span.start < p.span.end)
                );
            }
            Node::Statement(statement) => {
                assert!(ids.insert(&statement.id), "{} twice", statement.id);
                assert!(!statement.content.is_empty());
                let inside = |q: &crate::graph::Selection| {
                    statement.content.iter().any(|c| c.span.contains(q.span))
                };
                assert!(statement.quoted.iter().all(inside), "{statement:?}");
            }
            Node::Words(_) | Node::Nobody => {}
        }
    }
    for edge in graph.graph.edge_weights() {
        assert!(ids.insert(&edge.id), "{} twice", edge.id);
        assert!(
            edge.within
                .is_none_or(|node| graph.statement(node).is_some())
        );
        let nodes = edge.arguments.values().flatten().filter_map(|a| a.node);
        for node in nodes {
            assert!(graph.node_id(node).is_some());
        }
    }
    let nobody = graph
        .graph
        .node_weights()
        .filter(|n| matches!(n, Node::Nobody));
    assert!(nobody.count() <= 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn graphs_of_any_words_are_sound(words in prop::collection::vec(0..WORDS.len(), 0..80)) {
        let words: Vec<&str> = words.into_iter().map(|n| WORDS[n]).collect();
        let text = words.join(" ").replace(" 's", "'s");
        let one = graph(&text);
        check(&one);
        prop_assert_eq!(format!("{one:?}"), format!("{:?}", graph(&text)));
    }
}
