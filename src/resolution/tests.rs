//! From text to graph with small packs.

use super::testing::{arrows, entity, extract, graph, ids, mentions, relations};
use crate::graph::{AttributeValue, Speech};

const PEOPLE: &str = r"
entity Person {
  name full:   [cap & !%country & !%office & len>1]{2} before(~say | ~argue | will | , (the | a))
  name titled: after(%office) [cap]{2}
  nominal office: (a | an | the) %office
}
";

#[test]
fn other_spellings_and_adjectives_are_one_entity_under_the_name_of_the_list() {
    let graph = graph(
        PEOPLE,
        "The Kingdom of Norland is cold. Norlandic ships rest. NORLAND'S ports freeze.",
    );
    assert_eq!(ids(&graph), ["country/norland"]);
    let norland = entity(&graph, "country/norland");
    assert_eq!(norland.ids["wikidata"], "Q900001");
    assert_eq!(norland.ids["iso3166"], "NL9");
    assert_eq!(
        mentions(&graph, "country/norland"),
        ["Kingdom of Norland", "Norlandic", "NORLAND"]
    );
    assert_eq!(norland.mentions[1].form, Some("adjective"));
    assert_eq!(norland.mentions[0].rule.id, "Country");
    assert_eq!(norland.mentions[0].rule.variant, "listed");
}

#[test]
fn a_value_keeps_its_words_and_what_the_rule_made_of_them() {
    let graph = graph("", "They counted 400 homes. Then 400 homes burned.");
    let homes = entity(&graph, "quantity/400-homes");
    assert_eq!(homes.mentions.len(), 2);
    assert!(graph.schema.is_value("Quantity"));
    assert!(matches!(homes.attributes.get("value"), Some(AttributeValue::Text(n)) if n == "400"));
}

#[test]
fn a_content_becomes_a_statement_with_what_it_is_about() {
    let graph = graph(PEOPLE, "Norland said that Südmark had closed two plants.");
    let said = arrows(&graph, "said");
    assert_eq!(said, ["country/norland → “Südmark had closed two plants”"]);
    let (_, statement) = graph.statements()[0];
    assert_eq!(statement.speech, Speech::Indirect);
    let about: Vec<_> = statement
        .about
        .iter()
        .filter_map(|n| graph.node_id(*n))
        .collect();
    assert_eq!(about.len(), 1);
    assert!(about[0].starts_with("country/sudmark"));
}

#[test]
fn speech_follows_from_how_much_is_quoted() {
    let graph = graph(
        PEOPLE,
        "“We have no gas to spare this year,” said Norland. Norland said it was “a matter of safety” for all.",
    );
    let speech: Vec<_> = relations(&graph, "said")
        .iter()
        .map(|r| r.relation.speech)
        .collect();
    assert_eq!(speech, [Some(Speech::Direct), Some(Speech::Mixed)]);
}

#[test]
fn the_more_specific_relation_takes_the_place_of_what_it_was_made_of() {
    let graph = graph(PEOPLE, "Norland argued that the winter was long.");
    assert_eq!(arrows(&graph, "said"), [""; 0]);
    assert_eq!(
        arrows(&graph, "argues"),
        ["country/norland → “the winter was long”"]
    );
    assert!(
        relations(&graph, "argues")[0]
            .relation
            .derived_from
            .is_empty()
    );
}

#[test]
fn somebody_without_a_name_is_still_somebody() {
    let graph = graph("", "Senior officials said that the pipe was shut.");
    assert_eq!(
        arrows(&graph, "said"),
        ["agent/senior-officials → “the pipe was shut”"]
    );
    assert_eq!(
        entity(&graph, "agent/senior-officials").mentions[0].kind,
        "nominal"
    );
}

#[test]
fn an_edge_without_a_second_entity_ends_in_words() {
    let graph = graph(PEOPLE, "Norland will not sell gas.");
    assert_eq!(arrows(&graph, "refuses"), ["country/norland → 'gas'"]);
    let text = "Norland's foreign minister Anna Weber left. Paul Klein, the mayor, stayed.";
    let graph = super::testing::graph(PEOPLE, text);
    assert_eq!(
        arrows(&graph, "holds_role"),
        [
            "person/anna-weber → country/norland",
            "person/paul-klein → 'mayor'"
        ]
    );
}

#[test]
fn a_claim_stays_within_its_statement_unless_it_is_done_by_being_said() {
    let text = "Norland's minister Anna Weber said that Norland will not sell gas. \
                Anna Weber said that Südmark will not issue permits.";
    let graph = graph(PEOPLE, text);
    let refuses = relations(&graph, "refuses");
    let within: Vec<_> = (refuses.iter())
        .map(|r| (r.relation.within.is_some(), r.relation.asserted))
        .collect();
    assert_eq!(within, [(true, true), (true, false)]);
}

#[test]
fn a_former_minister_does_not_speak_for_the_country() {
    let text = "Norland's former minister Anna Weber said that Norland will not sell gas.";
    let graph = graph(PEOPLE, text);
    let refuses = relations(&graph, "refuses");
    assert!(
        refuses.iter().all(|r| !r.relation.asserted),
        "{:?}",
        arrows(&graph, "refuses")
    );
    assert_eq!(refuses.len(), 1);
}

#[test]
fn the_same_text_gives_the_same_graph() {
    let text = "Norland said that Südmark will not sell gas. Officials said that Norland will not issue visas.";
    let one = format!("{:?}", graph(PEOPLE, text));
    assert_eq!(one, format!("{:?}", graph(PEOPLE, text)));
}

#[test]
fn the_record_of_a_document_has_its_headline_and_hash() {
    let text = "Norland keeps its gas\n\nNorland will not sell gas, it was said on Monday.\n";
    let record = extract(PEOPLE, text).graph.documents.remove(0);
    assert_eq!(record.title.as_deref(), Some("Norland keeps its gas"));
    assert_eq!(record.sha256, crate::graph::identifier::text_hash(text));
    assert_eq!(&*record.text, text);
}

#[test]
fn relations_know_rule_sentence_and_place() {
    let text = "Ships wait. Norland will not sell gas.";
    let graph = graph(PEOPLE, text);
    let relation = relations(&graph, "refuses")[0].relation;
    assert_eq!(graph.text(relation.evidence), "Norland will not sell gas.");
    assert_eq!(
        (relation.rule.id.as_str(), relation.rule.variant.as_str()),
        ("refuses", "wont")
    );
    assert_eq!(relation.rule.file, "a.sayso");
    let line = super::testing::BASE
        .lines()
        .position(|l| l.contains("match wont"))
        .expect("there")
        + 1;
    assert_eq!(relation.rule.line as usize, line);
    assert_eq!(
        graph.text(relation.arguments["agent"][0].selections[0]),
        "Norland"
    );
    assert!(relation.arguments["agent"][0].node.is_some());
}

#[test]
fn what_is_told_inside_a_quotation_is_not_quoted_itself() {
    let text = "“He and I wait because Norland said that the port was shut,” said Anna Weber.";
    let graph = graph(PEOPLE, text);
    let speech: Vec<_> = (relations(&graph, "said").iter())
        .map(|r| (r.relation.speech, r.relation.within.is_some()))
        .collect();
    let wanted = [
        (Some(Speech::Direct), false),
        (Some(Speech::Indirect), true),
    ];
    assert_eq!(speech, wanted);
}

#[test]
fn values_that_differ_are_two_though_they_are_called_alike() {
    let rules = r"
type Count: Value
entity Count {
  match over: after(over) n:[digit] boats
    set low = n
  match just: not after(over) n:[digit] boats
    set value = n
}
";
    let graph = graph(rules, "They counted 40 boats. Then over 40 boats burned.");
    let boats = entity(&graph, "count/40-boats");
    assert!(boats.attributes.contains_key("value") && boats.mentions.len() == 1);
    let more = entity(&graph, "count/40-boats-low-40");
    assert!(matches!(more.attributes.get("low"), Some(AttributeValue::Text(n)) if n == "40"));
    assert!(!more.attributes.contains_key("value"));
}

#[test]
fn members_of_a_coordination_share_the_statement_and_a_number() {
    let graph = graph(PEOPLE, "Norland and Südmark said that the port was shut.");
    let said = relations(&graph, "said");
    assert_eq!(said.len(), 2, "{:?}", arrows(&graph, "said"));
    assert_eq!(said[0].target, said[1].target);
    assert_ne!(said[0].source, said[1].source);
    assert!(said[0].relation.group.is_some());
    assert_eq!(said[0].relation.group, said[1].relation.group);
    assert_ne!(said[0].relation.id, said[1].relation.id);
}

#[test]
fn a_text_without_anything_known_gives_an_empty_graph() {
    for text in [
        "",
        "\0\0",
        "🦀🦀🦀",
        "“““““",
        "שלום עולם.",
        "and and , , and . ? !",
    ] {
        let graph = graph(PEOPLE, text);
        assert!(graph.graph.node_count() == 0, "{text}: {graph:?}");
        assert_eq!(graph.documents.len(), 1);
    }
}
