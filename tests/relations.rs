//! Relations of the shipped pack where several stages must work together.

use sayso::rules::{BuiltinFiles, MemoryFiles, compile, load};
use sayso::{Extractor, RuleSet};

/// `type: source -> target` of every relation, in order of its words.
fn edges(rules: &RuleSet, text: &str) -> Vec<String> {
    let extraction = Extractor::new(rules).extract(text);
    let graph = &extraction.graph;
    let name = |node| graph.entity(node).map_or("", |e| e.name.as_str());
    let mut edges: Vec<String> = (graph.relations().iter())
        .map(|e| {
            format!(
                "{}: {} -> {}",
                e.relation.type_,
                name(e.source),
                name(e.target)
            )
        })
        .collect();
    edges.sort();
    edges
}

#[test]
fn a_derived_relation_has_one_edge_for_each_member() {
    let own = MemoryFiles::new().with(
        "own.sayso",
        "version 1\nrelation acts(verb: text, who: Agent) edge who -> verb\nrelation acts { from subject(verb, who) }\n",
    );
    let (rules, _) = compile(load(&[&BuiltinFiles, &own]).0);
    let edges = edges(&rules, "Turkey and Georgia signed the agreement.");
    assert_eq!(edges, ["acts: Georgia -> ", "acts: Turkey -> "]);
}

#[test]
fn somebody_unknown_is_called_without_what_explains_him() {
    let text = "Lanterns, a maker of nets, reported sales of ships.";
    let edges = edges(&RuleSet::builtin(), text);
    assert_eq!(edges, ["is_a: Lanterns -> ", "stance: Lanterns -> "]);
}

#[test]
fn a_pronoun_means_who_acts_else_who_is_acted_on_or_quoted() {
    let rules = RuleSet::builtin();
    for (before, meant) in [
        (
            "The port was shut, according to Peter Weber.",
            "Peter Weber",
        ),
        ("Peter Weber was arrested in the port.", "Peter Weber"),
        (
            "Paul Klein visited the port, according to Peter Weber.",
            "Paul Klein",
        ),
    ] {
        let edges = edges(&rules, &format!("{before} He refused to leave."));
        let refusal = format!("refuses: {meant} -> ");
        assert!(edges.contains(&refusal), "{before}: {edges:?}");
    }
}

#[test]
fn a_homeland_is_the_country_of_the_people() {
    let text = "Norway signed the treaty with Latvia. Many Latvians left their homeland.";
    let edges = edges(&RuleSet::builtin(), text);
    assert!(
        edges.contains(&"left: Latvians -> Latvia".to_owned()),
        "{edges:?}"
    );
}

#[test]
fn their_refusal_is_that_of_the_state_a_minister_speaks_for_and_the_graph_says_why() {
    let text = "Latvia's foreign minister Janis Ozols wrote that their refusal was final.";
    let rules = RuleSet::builtin();
    assert!(edges(&rules, text).contains(&"refuses: Latvia -> ".to_owned()));
    let extraction = Extractor::new(&rules).extract(text);
    let reasons = (extraction.graph.graph.node_weights()).filter_map(|node| match node {
        sayso::graph::Node::Entity(entity) if entity.name == "Latvia" => Some(entity),
        _ => None,
    });
    let because: Vec<&str> = reasons
        .flat_map(|e| &e.mentions)
        .filter_map(|m| m.because.as_deref())
        .collect();
    assert!(
        because.iter().any(|b| b.contains("merge.sayso")),
        "{because:?}"
    );
}

#[test]
fn what_a_state_does_not_do_is_no_refusal_and_a_question_asserts_nothing() {
    let rules = RuleSet::builtin();
    assert!(
        !edges(&rules, "The ministry did not receive the letter.")
            .iter()
            .any(|e| e.starts_with("refuses"))
    );
    let extraction = Extractor::new(&rules).extract("Would Latvia close its border to Estonians?");
    assert!(
        extraction
            .graph
            .relations()
            .iter()
            .all(|e| !e.relation.asserted)
    );
}

#[test]
fn a_verb_of_saying_goes_on_with_one_before_it_and_not_with_a_verb_of_what_was_said() {
    let rules = RuleSet::builtin();
    let said = "said: Anna Weber -> ".to_owned();
    let coordinated = "Anna Weber called the fees unjust and argued they would empty the port, \
                       but added that talks would go on.";
    let alone = "Anna Weber left the port but added that talks would go on.";
    for text in [coordinated, alone] {
        let edges = edges(&rules, text);
        assert!(edges.contains(&said), "{edges:?}");
        assert!(!edges.contains(&"said:  -> ".to_owned()), "{edges:?}");
    }
}

#[test]
fn a_quotation_that_somebody_else_says_is_not_the_first_speakers_too() {
    let said = |text: &str| {
        let extraction = Extractor::new(&RuleSet::builtin()).extract(text);
        let graph = extraction.graph;
        let relations = graph.relations();
        let said = relations.iter().filter(|e| e.relation.type_ == "said");
        let shown = said.map(|e| {
            let who = graph.entity(e.source).map_or("", |e| e.name.as_str());
            let what = graph.statement(e.target).map(|s| graph.statement_text(s));
            format!("{who}: {}", what.unwrap_or_default())
        });
        shown.collect::<Vec<_>>()
    };
    let both = "\"It is a trap,\" said Anna Weber. \"No, it is not,\" said Paul Lund.";
    assert_eq!(
        said(both),
        ["Anna Weber: It is a trap,", "Paul Lund: No, it is not,"]
    );
    let both = "\"It is a trap,\" Anna Weber said. \"No, it is not,\" Paul Lund replied.";
    assert_eq!(
        said(both),
        ["Anna Weber: It is a trap,", "Paul Lund: No, it is not,"]
    );
    let one = "\"It is a trap,\" said Anna Weber. \"We will not go.\" Paul Lund left.";
    assert_eq!(said(one), ["Anna Weber: It is a trap, We will not go."]);
}
