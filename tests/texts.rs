//! Texts that are no prose: what must come out of them, and that hardly anything else does.

use sayso::export::graph_json;
use sayso::{Document, Extractor, RuleSet};
use serde_json::Value;

/// The relations of a text, as `type source`, without those that the mayor's title makes.
fn relations(name: &str) -> Vec<String> {
    let path = format!("{}/tests/texts/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let rules = RuleSet::builtin();
    let extraction = Extractor::new(&rules).extract_document(Document::new(name, text));
    let graph: Value = serde_json::from_str(&graph_json(&extraction.graph)).unwrap();
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
