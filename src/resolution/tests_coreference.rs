//! Names, descriptions and pronouns that are one entity.

use super::testing::{arrows, entity, graph, ids, mentions};

pub(super) const NAMES: &str = r"
entity Person {
  name full:  given:[cap & !%country & !first] [cap & !%country] before(~say | ~argue | ~meet | ~leave | ~stay | and | . | , | ~know | ~lead)
    set given = given, family = last
  name early: <start> given:[cap & !%country & /[A-Z][a-z]{2,}/] [cap & !%country]
    set given = given, family = last
  name again: %Person.family
    set family = last
  nominal office: (a | an | the) %office
  pronoun third:  he | she | him | her
}
entity Agent { pronoun any: they | we | i }
merge Person {
  same  a.family = b.family and agree(a.given, b.given)
  never a.family missing and b.family present
  refer he | she | him | her   -> nearest subject @Person where agree(gender) within 2 sentences
  refer (the | his) r:%office  -> nearest @Person where holds_role(it, role, _) and role has r within 4 sentences
}
merge Country {
  refer (the | his) country    -> nearest @Country where holds_role(_, _, it) within 4 sentences
}
merge Agent {
  refer they -> nearest subject @Agent within 2 sentences
}
";

#[test]
fn a_family_name_joins_the_full_name_and_says_by_which_line() {
    let graph = graph(
        NAMES,
        "Anna Weber said that it was late. Ships wait for Weber.",
    );
    assert_eq!(ids(&graph), ["person/anna-weber"]);
    let weber = entity(&graph, "person/anna-weber");
    assert_eq!(
        mentions(&graph, "person/anna-weber"),
        ["Anna Weber", "Weber"]
    );
    assert_eq!(weber.mentions[0].because, None);
    let line = 2 + NAMES
        .lines()
        .position(|l| l.contains("same  a.family"))
        .expect("there");
    let because = format!("same as Anna Weber by b.sayso:{line}");
    assert_eq!(weber.mentions[1].because.as_deref(), Some(because.as_str()));
}

#[test]
fn two_people_of_one_family_stay_two_and_the_last_named_takes_the_family_name() {
    let text = "Anna Weber said that it was late. Weber left. \
                Paul Weber said that it was early. Weber stayed.";
    let graph = graph(NAMES, text);
    assert_eq!(
        mentions(&graph, "person/anna-weber"),
        ["Anna Weber", "Weber"]
    );
    assert_eq!(
        mentions(&graph, "person/paul-weber"),
        ["Paul Weber", "Weber"]
    );
    assert_eq!(
        entity(&graph, "person/anna-weber").mentions[1]
            .selection
            .span
            .start,
        34
    );
}

#[test]
fn a_pronoun_is_the_nearest_subject() {
    let text = "Anna Weber met Paul Klein. She said that the port was shut.";
    let graph = graph(NAMES, text);
    assert_eq!(
        arrows(&graph, "said"),
        ["person/anna-weber → “the port was shut”"]
    );
    let weber = entity(&graph, "person/anna-weber");
    assert_eq!(weber.mentions[1].kind, "pronoun");
    let because = weber.mentions[1].because.as_deref().expect("a decision");
    assert!(
        because.starts_with("nearest subject @Person by b.sayso:"),
        "{because}"
    );
}

#[test]
fn a_pronoun_without_anybody_before_it_is_nobody() {
    let graph = graph(NAMES, "He said that the port was shut.");
    assert_eq!(arrows(&graph, "said"), ["nobody → “the port was shut”"]);
    assert!(ids(&graph).is_empty());
    let said = super::testing::relations(&graph, "said")[0].relation;
    assert_eq!(graph.text(said.arguments["source"][0].selections[0]), "He");
    assert!(said.arguments["source"][0].node.is_none());
}

#[test]
fn gender_once_told_holds_for_the_whole_text() {
    let text = "Mr Paul Klein said that it was late. Ms Anna Weber said that it was early. \
                He said that it was noon.";
    let graph = graph(NAMES, text);
    let said = arrows(&graph, "said");
    assert_eq!(said[2], "person/paul-klein → “it was noon”", "{said:?}");
}

#[test]
fn a_description_is_who_holds_the_office() {
    let text = "Norland's minister Anna Weber left. Südmark's mayor Paul Klein stayed. \
                The minister said that the country was poor.";
    let graph = graph(NAMES, text);
    let (_, statement) = graph.statements()[0];
    let about: Vec<_> = (statement.about.iter())
        .filter_map(|n| graph.node_id(*n))
        .collect();
    assert!(
        arrows(&graph, "said")[0].starts_with("person/anna-weber"),
        "{:?}",
        arrows(&graph, "said")
    );
    assert_eq!(about.len(), 1, "{about:?}");
    assert!(
        about[0].starts_with("country/sudmark"),
        "the nearest country with an office: {about:?}"
    );
}

#[test]
fn an_unnamed_official_is_somebody_under_his_whole_description() {
    let text = "A spokesman of Norland said that the port was shut. He said that it was late.";
    let graph = graph(NAMES, text);
    let said = arrows(&graph, "said");
    assert_eq!(
        said,
        [
            "person/spokesman-of-norland → “the port was shut”",
            "person/spokesman-of-norland → “it was late”"
        ]
    );
}

#[test]
fn a_description_beside_the_name_is_another_mention_of_it() {
    let text = "Anna Weber, the mayor, said that the port was shut.";
    let graph = graph(NAMES, text);
    assert_eq!(
        mentions(&graph, "person/anna-weber"),
        ["Anna Weber", "the mayor"]
    );
    assert_eq!(
        entity(&graph, "person/anna-weber").mentions[1].kind,
        "nominal"
    );
}

#[test]
fn he_inside_a_quotation_is_nobody_outside_of_it() {
    let text = "Anna Weber met Paul Klein. “He lost the vote and he knows it,” said Weber.";
    let graph = graph(NAMES, text);
    assert_eq!(mentions(&graph, "person/paul-klein"), ["Paul Klein"]);
    assert_eq!(
        mentions(&graph, "person/anna-weber"),
        ["Anna Weber", "Weber"]
    );
}

#[test]
fn we_in_a_quotation_is_the_body_of_the_speaker_and_i_the_speaker() {
    let text = "Norland's minister Anna Weber left. “We have no gas and I know it,” said Weber.";
    let graph = graph(NAMES, text);
    assert_eq!(mentions(&graph, "country/norland"), ["Norland", "We"]);
    assert_eq!(
        mentions(&graph, "person/anna-weber"),
        ["Anna Weber", "I", "Weber"]
    );
}

#[test]
fn we_is_not_the_speaker_alone() {
    let text = "Anna Weber left. “We have no gas and I know it,” said Weber.";
    let graph = graph(NAMES, text);
    assert_eq!(
        mentions(&graph, "person/anna-weber"),
        ["Anna Weber", "I", "Weber"]
    );
}

#[test]
fn a_short_form_in_brackets_is_the_long_one_everywhere() {
    let rules = r"
entity Organisation {
  name long:  [cap & !first]{2} fund
  name short: [upper & len>1]
}
";
    let graph = graph(
        rules,
        "Ships of the European Stability Fund (ESF) wait. The ESF pays.",
    );
    assert_eq!(ids(&graph), ["organisation/european-stability-fund"]);
    let fund = "organisation/european-stability-fund";
    assert_eq!(
        mentions(&graph, fund),
        ["European Stability Fund", "ESF", "ESF"]
    );
}

#[test]
fn many_names_are_still_joined_by_the_words_they_share() {
    use std::fmt::Write as _;
    let mut text = String::new();
    for number in 0..120u8 {
        let name: String = [number / 11, number % 11]
            .iter()
            .map(|n| char::from(b'a' + n))
            .collect();
        let _ = write!(text, "Anna K{name}son said that it was late. ");
    }
    text.push_str("Ships wait for Kfcson.");
    let graph = graph(NAMES, &text);
    assert_eq!(ids(&graph).len(), 120);
    assert_eq!(
        mentions(&graph, "person/anna-kfcson"),
        ["Anna Kfcson", "Kfcson"]
    );
}

#[test]
fn him_is_not_the_subject_of_the_same_verb() {
    let text = "Paul Klein left. Anna Weber stayed. Jan Weber met him.";
    let graph = graph(NAMES, text);
    let entities = ids(&graph);
    assert_eq!(
        mentions(&graph, "person/jan-weber"),
        ["Jan Weber"],
        "{entities:?}"
    );
}

#[test]
fn her_is_the_subject_of_the_same_verb_only_before_a_noun() {
    let met = graph(NAMES, "Anna Weber stayed. Mary Klein met her.");
    assert_eq!(
        mentions(&met, "person/anna-weber"),
        ["Anna Weber", "her"],
        "{:?}",
        ids(&met)
    );
    let own = graph(NAMES, "Anna Weber stayed. Mary Klein met her friends.");
    assert_eq!(
        mentions(&own, "person/mary-klein"),
        ["Mary Klein", "her"],
        "{:?}",
        ids(&own)
    );
}

#[test]
fn who_stands_in_one_coordination_with_a_pronoun_is_not_it() {
    let text = "Anna Weber met Paul Klein. Paul Klein and she said that the port was shut.";
    let graph = graph(NAMES, text);
    assert_eq!(mentions(&graph, "person/anna-weber"), ["Anna Weber", "she"]);
}

#[test]
fn a_pronoun_does_not_reach_over_more_sentences_than_its_line_says() {
    let far = "Anna Weber left. Ships wait. Ships rest. Ships rust. She said that it was late.";
    let graph = graph(NAMES, far);
    assert_eq!(arrows(&graph, "said"), ["nobody → “it was late”"]);
}

#[test]
fn running_text_does_not_refer_to_a_caption() {
    let text = "Port stays shut in the north\n\nAnna Weber left.\n\n\
                Paul Klein left in Südmark on May 4, 2022. AP Photo/Ann Lee\n\n\
                She said that it was late.\n";
    let rules = NAMES.to_owned() + "entity Organisation { \n in caption\n name press: AP\n }";
    let graph = graph(&rules, text);
    let said = arrows(&graph, "said");
    assert_eq!(
        said,
        ["person/anna-weber → “it was late”"],
        "{:?}",
        ids(&graph)
    );
}
