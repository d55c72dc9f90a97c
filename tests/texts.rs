//! Texts that are no prose: what must come out of them, and that hardly anything else does.

use sayso::export::graph_json;
use sayso::{Document, Extractor, RuleSet};
use serde_json::Value;
use std::sync::OnceLock;

fn rules() -> &'static RuleSet {
    static RULES: OnceLock<RuleSet> = OnceLock::new();
    RULES.get_or_init(RuleSet::builtin)
}

fn graph(name: &str, text: String) -> Value {
    let extraction = Extractor::new(rules()).extract_document(Document::new(name, text));
    serde_json::from_str(&graph_json(&extraction.graph)).unwrap()
}

/// The relations of a text, as `type source`, without those that the mayor's title makes.
fn relations(name: &str) -> Vec<String> {
    let path = format!("{}/tests/texts/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    let graph = graph(name, std::fs::read_to_string(path).unwrap());
    let all = graph["relations"].as_array().unwrap().iter();
    all.filter(|relation| relation["type"] != "holds_role")
        .map(|relation| {
            let source = relation["arguments"]["source"]["text"].as_str();
            let kind = relation["type"].as_str().unwrap();
            format!("{kind} {}", source.unwrap_or("nobody"))
        })
        .collect()
}

#[test]
fn tables_of_results_say_nothing() {
    assert_eq!(relations("results"), Vec::<String>::new());
}

#[test]
fn tickers_say_nothing() {
    assert_eq!(relations("ticker"), Vec::<String>::new());
}

#[test]
fn lines_of_capitals_without_a_speaker_say_nothing() {
    assert_eq!(relations("capitals"), Vec::<String>::new());
}

#[test]
fn a_feed_in_small_letters_has_its_speaker() {
    assert_eq!(relations("lowercase"), ["said mayor laura berg"]);
}

#[test]
fn live_blogs_say_what_their_sentences_say() {
    assert_eq!(relations("liveblog"), ["said Mayor Laura Berg"]);
}

#[test]
fn speakers_of_transcripts_say_their_lines_and_remarks_are_nobodys() {
    let found = relations("transcript");
    assert!(
        found.contains(&"said MAYOR LAURA BERG".to_owned()),
        "{found:?}"
    );
    assert!(found.contains(&"said BERG".to_owned()), "{found:?}");
    assert!(found.contains(&"said Anna Weber".to_owned()), "{found:?}");
    let known = ["MODERATOR", "MAYOR LAURA BERG", "BERG", "Anna Weber"];
    let stray: Vec<_> = found
        .iter()
        .filter(|line| !known.iter().any(|name| line.ends_with(name)))
        .collect();
    assert!(stray.is_empty(), "{stray:?}");
    assert!(found.len() <= 7, "{found:?}");
}

#[test]
fn prose_of_a_translating_machine_says_what_it_says_and_little_else() {
    let found = relations("translated");
    assert!(found.contains(&"said The fishers".to_owned()), "{found:?}");
    assert!(found.len() <= 4, "{found:?}");
    let known = [
        "the administration of the harbour",
        "The fishers",
        "Laura Berg",
        "the mayor Paul Lund",
    ];
    let stray: Vec<_> = found
        .iter()
        .filter(|line| !known.iter().any(|name| line.ends_with(name)))
        .collect();
    assert!(stray.is_empty(), "{stray:?}");
}

#[test]
fn bylines_without_blanks_say_who_wrote_for_whom_and_nothing_else() {
    let said: Vec<_> = relations("bylines")
        .into_iter()
        .filter(|line| !line.ends_with("nobody"))
        .collect();
    assert_eq!(said, ["said Mayor Laura Berg"]);
    for (byline, author, body) in [
        ("By Ann LeeReuters", "Ann Lee", "Reuters"),
        ("By Jane SmithAFP", "Jane Smith", "AFP"),
        ("By JANE SMITHReuters", "JANE SMITH", "Reuters"),
        ("By JANE SMITHBERLIN (Reuters)", "JANE SMITH", "Reuters"),
        ("By Jane SmithPARIS (Reuters)", "Jane Smith", "Reuters"),
        (
            "By Jane SmithThe Associated Press",
            "Jane Smith",
            "The Associated Press",
        ),
    ] {
        let page = format!(
            "Harbour stays shut\n\n{byline}\n\nNobody was hurt on Monday, and the ships will wait.\n"
        );
        let graph = graph("page", page);
        let relations = graph["relations"].as_array().unwrap();
        let of = |kind: &str, argument: &str| {
            let found = relations.iter().find(|r| r["type"] == kind);
            let text = found.and_then(|r| r["arguments"][argument]["text"].as_str());
            text.unwrap_or_default().to_owned()
        };
        assert_eq!(of("author_of", "person"), author, "{byline}");
        assert_eq!(of("source_of", "body"), body, "{byline}");
        assert!(relations.len() <= 3, "{byline}: {relations:#?}");
    }
}

#[test]
fn a_dateline_is_no_part_of_what_is_said() {
    for dateline in ["OSLO, May 3 (Reuters) - ", "OSLO (AP) _ ", "OSLO -- ", ""] {
        let lead = "The port stays shut until the end of May, Mayor Laura Berg said on Monday.";
        let page = format!("Harbour stays shut\n\n{dateline}{lead}\n");
        let graph = graph("page", page);
        let said = &graph["statements"][0]["text"];
        assert_eq!(
            said, "The port stays shut until the end of May",
            "{dateline}"
        );
    }
}
