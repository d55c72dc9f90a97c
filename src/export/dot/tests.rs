//! The whole picture.

use super::*;
use crate::graph::fixture;
use crate::graph::{Entity, Node};
use proptest::prelude::*;

fn drawn(graph: &KnowledgeGraph) -> String {
    dot(graph, &DotOptions::default())
}

/// The text with every quoted string taken out, and those strings; fails where one does not end.
fn split_strings(dot: &str) -> (String, Vec<String>) {
    let (mut frame, mut strings) = (String::new(), Vec::new());
    for line in dot.lines().filter(|l| !l.starts_with("//")) {
        // The HTML-like label is checked by its own test.
        let line = line.split("label=<<").next().unwrap_or(line);
        let mut characters = line.chars();
        while let Some(character) = characters.next() {
            if character != '"' {
                frame.push(character);
                continue;
            }
            let mut string = String::new();
            loop {
                match characters.next() {
                    Some('"') => break,
                    Some('\\') => {
                        string.push('\\');
                        string.extend(characters.next());
                    }
                    Some(other) => string.push(other),
                    None => panic!("an open string in {line}"),
                }
            }
            frame.push_str("\"\"");
            strings.push(string);
        }
        frame.push('\n');
    }
    (frame, strings)
}

const HOSTILE: &str = "a\"; b [label=\"x\"] \\N \\\" & &lt; <B>&#160;</B> ]]> {} -> ; // # \u{202e}rtl 🦀\nnew\tline\u{7}\0";

#[test]
fn hostile_names_stay_inside_their_strings() {
    let dot = drawn(&fixture::all_called(HOSTILE));
    let plain = drawn(&fixture::all_called("plain"));
    let (frame, strings) = split_strings(&dot);
    assert_eq!(frame, split_strings(&plain).0);
    assert!(!dot.contains('\0') && !dot.contains('\u{7}'));
    assert!(
        strings
            .iter()
            .any(|s| s.contains("\\\\N") && s.contains("&amp;lt;"))
    );
    assert!(
        dot.contains("&lt;B&gt;&amp;#160;&lt;/B&gt; ]]&gt;"),
        "the title is escaped as HTML"
    );
}

#[test]
fn every_end_of_an_edge_is_declared() {
    let dot = drawn(&fixture::article());
    let declared = |iri: &str| dot.lines().any(|l| l.starts_with(&format!("  {iri} [")));
    let edges: Vec<_> = dot.lines().filter(|l| l.contains(" -> ")).collect();
    assert_eq!(edges.len(), 10 + 5, "ten relations, five topics");
    for edge in edges {
        let ends = edge.trim_start().split(" [").next().expect("two ends");
        assert!(ends.split(" -> ").all(declared), "{edge}");
    }
}

#[test]
fn lines_say_how_firmly_it_stands() {
    let dot = drawn(&fixture::article());
    let edge = |class: &str, words: &str| {
        let mut lines = dot
            .lines()
            .filter(|l| l.contains(" -> ") && l.contains(&format!("class=\"{class}\"")));
        lines
            .find(|l| l.contains(words))
            .unwrap_or_else(|| panic!("no {class} {words}"))
            .to_owned()
    };
    assert!(edge("said", "label=\"told\"").contains("style=solid"));
    assert!(edge("closed", "label=\"closed\"").contains("style=dashed"));
    assert!(edge("closed", "").contains("said by Žana Bērziņa: a claim"));
    assert!(edge("refuses", "label=\"refuses\"").contains("arrowhead=tee"));
    assert!(
        edge("refuses", "label=\"refuses\"").contains("said by Žana Bērziņa, speaking for Norland")
    );
    assert!(edge("refuses", "label=\"not: refuses\"").contains("arrowhead=tee"));
    assert!(edge("holds_role", "label=\"holds role\"").contains("penwidth=1.0"));
    assert!(edge("about", "about Norland").contains("style=dotted"));
}

#[test]
fn every_node_and_edge_tells_its_sentence_and_rule() {
    let dot = drawn(&fixture::article());
    let lines: Vec<_> = dot.lines().filter(|l| l.contains("tooltip=\"")).collect();
    assert!(lines.len() > 25, "{}", lines.len());
    for line in lines.iter().filter(|l| l.contains(", class=")) {
        let (_, hint) = line.split_once("tooltip=\"").expect("a tooltip");
        let hint = hint.split_once('"').expect("its end").0;
        assert!(hint.contains("\\nrule "), "{line}");
        assert!(hint.contains(", characters "), "{line}");
    }
    let topic = |name: &str| {
        let about = format!("about {name}\\n");
        let mut edges = lines.iter().filter(|l| l.contains("class=\"about\""));
        edges
            .find(|l| l.contains(&about))
            .expect("an edge")
            .to_owned()
    };
    let south = topic("Südmark");
    assert!(
        south.contains("told the Harbour Post on Monday.\\ngas news.txt, characters 52-59"),
        "{south}"
    );
    assert!(south.contains("rule Country/"), "{south}");
}

#[test]
fn whom_the_text_does_not_name_is_drawn_once_for_each_relation() {
    let mut graph = fixture::article();
    let open = graph.graph.edge_indices();
    let mut open = open.filter(|&edge| {
        let source = graph.graph.edge_endpoints(edge).expect("two ends").0;
        matches!(graph.graph[source], Node::Nobody)
    });
    let edge = open.next().expect("it was announced");
    drop(open);
    let (nobody, statement) = graph.graph.edge_endpoints(edge).expect("two ends");
    let mut again = graph.graph[edge].clone();
    again.id.push_str("-2");
    graph.graph.add_edge(nobody, statement, again);
    let dot = drawn(&graph);
    let somebody = dot.matches("[label=\"somebody\"").count();
    assert_eq!(somebody, 2, "{dot}");
    assert!(dot.contains("the text does not name it\\nThe pipeline, it was announced"));
}

#[test]
fn a_target_that_is_only_the_cue_is_shown_as_the_rules_say() {
    let mut graph = fixture::article();
    let mut schema = (*graph.schema).clone();
    schema.relations["closed"].shown = Some("a \"closure\"".into());
    graph.schema = schema.into();
    let dot = drawn(&graph);
    assert!(dot.contains("[label=\"a \\\"closure\\\"\\l\""), "{dot}");
    assert!(!dot.contains("[label=\"two plants"), "{dot}");
    assert!(dot.contains("tooltip=\"two plants\\n"), "{dot}");
}

#[test]
fn what_is_left_out_is_said() {
    let mut graph = fixture::article();
    let dot = drawn(&graph);
    assert!(dot.contains("// left out: 3 entities without any relation"));
    assert!(!dot.contains("Harbour Post\","), "only an argument");
    graph.documents[0].title = None;
    let options = DotOptions {
        pruning: Pruning {
            only: vec!["refuses".into()],
            ..Pruning::default()
        },
        ..DotOptions::default()
    };
    let pruned = super::dot(&graph, &options);
    assert!(
        pruned.contains(">left out: 8 relations that are not refuses<"),
        "{pruned}"
    );
}

/// The article with so many people more, and an edge to each.
fn crowded(people: usize) -> KnowledgeGraph {
    let mut graph = fixture::article();
    let person = graph.entities()[5].0;
    let template = graph.relations()[0].relation.clone();
    for number in 0..people {
        let Node::Entity(model) = graph.graph[person].clone() else {
            panic!("an entity")
        };
        let node = graph.graph.add_node(Node::Entity(Entity {
            id: format!("person/p{number}"),
            ..model
        }));
        graph.graph.add_edge(person, node, template.clone());
    }
    graph
}

#[test]
fn pictures_are_layered_as_long_as_that_can_be_drawn() {
    let layered = drawn(&crowded(400));
    assert!(layered.contains("rankdir=LR") && !layered.contains("sfdp"));
    let by_force = drawn(&crowded(500));
    assert!(by_force.contains("layout=sfdp, overlap=prism") && by_force.contains("splines=line"));
    assert!(!by_force.contains("rankdir"));
}

#[test]
fn many_edges_are_laid_out_by_force_however_few_their_nodes() {
    let mut graph = crowded(100);
    for edge in graph.graph.edge_indices().collect::<Vec<_>>() {
        let ends = graph.graph.edge_endpoints(edge).expect("two ends");
        for _ in 0..8 {
            let again = graph.graph[edge].clone();
            graph.graph.add_edge(ends.0, ends.1, again);
        }
    }
    assert!(drawn(&graph).contains("layout=sfdp"));
}

#[test]
fn documents_have_frames_unless_too_much_is_between_them() {
    // Everybody speaks in one document only.
    let apart = (0..4).map(|n| {
        let mut report = fixture::report(
            &format!("r{n}"),
            &format!("Land{n}"),
            &format!("Q{n}"),
            &format!("Today Ada Holm said Land{n} waits."),
        );
        for entity in report.graph.node_weights_mut() {
            if let Node::Entity(entity) = entity {
                entity.id = format!("{}-{n}", entity.id);
            }
        }
        report
    });
    let apart = drawn(&KnowledgeGraph::merge(apart));
    assert_eq!(apart.matches("subgraph cluster_").count(), 4, "{apart}");
    // Ada Holm speaks in each of them: half of the edges are hers.
    let joined = (0..4).map(|n| {
        let text = format!("Today Ada Holm said Land{n} waits.");
        fixture::report(
            &format!("r{n}"),
            &format!("Land{n}"),
            &format!("Q{n}"),
            &text,
        )
    });
    let joined = drawn(&KnowledgeGraph::merge(joined));
    assert!(joined.contains("rankdir=LR") && !joined.contains("subgraph"));
}

#[test]
fn an_empty_graph_is_a_picture_too() {
    let dot = drawn(&KnowledgeGraph::default());
    assert!(
        dot.starts_with("// generated by sayso") && dot.ends_with("];\n}\n"),
        "{dot}"
    );
}

proptest! {
    #[test]
    fn the_same_graph_gives_the_same_bytes_whatever_its_names(text in ".{1,40}") {
        let dot = drawn(&fixture::all_called(&text));
        prop_assert_eq!(&dot, &drawn(&fixture::all_called(&text)));
        split_strings(&dot);
    }
}
