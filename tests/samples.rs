//! The samples in `output/` are what the first sample article gives. `UPDATE=1 cargo test` writes them anew.

use sayso::export::{
    DotOptions, csv, cypher, dot, graph_json, graphml, json_ld, read_graph_json, turtle,
};
use sayso::{Document, Extractor, KnowledgeGraph, RuleSet};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn articles() -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(root().join("tests/articles"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    paths.sort();
    paths
}

fn extract(path: &Path, rules: &RuleSet) -> KnowledgeGraph {
    let text = std::fs::read_to_string(path).unwrap();
    let mut graph = Extractor::new(rules)
        .extract_document(Document::new(
            path.file_stem().unwrap().to_str().unwrap(),
            text,
        ))
        .graph;
    graph.documents[0].file = Some(format!(
        "tests/articles/{}",
        path.file_name().unwrap().to_str().unwrap()
    ));
    graph
}

fn same(name: &str, content: &str) {
    let path = root().join("output").join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, content).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == content,
        "output/{name} is not what the article gives now; UPDATE=1 cargo test writes it anew"
    );
}

#[test]
fn samples_are_what_the_first_article_gives() {
    let graph = extract(&articles()[0], &RuleSet::builtin());
    let options = DotOptions::default();
    let picture = dot(&graph, &options);
    same("sample.dot", &picture);
    same("sample.jsonld", &json_ld(&graph, &options.base));
    if let Some(svg) = draw(&picture) {
        let path = root().join("output/sample.svg");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &svg).unwrap();
        }
        // Versions of Graphviz place things differently; what is drawn is the same.
        assert_eq!(
            titles(&std::fs::read_to_string(path).unwrap()),
            titles(&svg)
        );
    }
}

fn draw(dot: &str) -> Option<String> {
    let mut child = Command::new("dot")
        .arg("-Tsvg")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    child.stdin.take()?.write_all(dot.as_bytes()).ok()?;
    let output = child.wait_with_output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8(output.stdout).unwrap())
}

fn titles(svg: &str) -> BTreeSet<&str> {
    svg.split("<title>")
        .skip(1)
        .filter_map(|rest| rest.split("</title>").next())
        .collect()
}

#[test]
fn the_same_articles_give_the_same_bytes_whatever_came_before() {
    let rules = RuleSet::builtin();
    let mut reused = Extractor::new(&rules);
    for path in articles() {
        let text = std::fs::read_to_string(&path).unwrap();
        let again = graph_json(&reused.extract(&text).graph);
        let fresh = graph_json(&Extractor::new(&rules).extract(&text).graph);
        assert!(again == fresh, "{}", path.display());
    }
}

#[test]
fn every_span_of_every_sample_holds_the_words_it_names() {
    let rules = RuleSet::builtin();
    for path in articles() {
        let graph = extract(&path, &rules);
        let text: Vec<char> = graph.documents[0].text.chars().collect();
        let json: serde_json::Value = serde_json::from_str(&graph_json(&graph)).unwrap();
        let mut checked = 0;
        walk(&json, &mut |object| {
            let (Some(start), Some(end), Some(words)) = (
                object["start"].as_u64(),
                object["end"].as_u64(),
                object["text"].as_str(),
            ) else {
                return;
            };
            let slice: String = text[start as usize..end as usize].iter().collect();
            assert_eq!(slice, words, "{}", path.display());
            checked += 1;
        });
        assert!(checked > 100, "{}", path.display());
    }
}

#[test]
fn what_was_written_of_a_sample_is_read_again() {
    let rules = RuleSet::builtin();
    for path in articles() {
        let graph = extract(&path, &rules);
        let json = graph_json(&graph);
        let again = read_graph_json(&json, &graph.schema).unwrap();
        let name = path.display();
        assert!(graph_json(&again) == json, "{name}");
        let options = DotOptions::default();
        assert!(dot(&again, &options) == dot(&graph, &options), "{name}");
        let base = &options.base;
        assert!(json_ld(&again, base) == json_ld(&graph, base), "{name}");
        assert!(turtle(&again, base) == turtle(&graph, base), "{name}");
        assert!(cypher(&again) == cypher(&graph), "{name}");
        assert!(graphml(&again) == graphml(&graph), "{name}");
        assert!(csv(&again) == csv(&graph), "{name}");
    }
}

fn walk(value: &serde_json::Value, visit: &mut impl FnMut(&serde_json::Value)) {
    match value {
        serde_json::Value::Object(members) => {
            visit(value);
            members.values().for_each(|v| walk(v, visit));
        }
        serde_json::Value::Array(members) => members.iter().for_each(|v| walk(v, visit)),
        _ => {}
    }
}

#[test]
fn hostile_texts_give_a_graph_and_no_panic() {
    let rules = RuleSet::builtin();
    let mut extractor = Extractor::new(&rules);
    let texts = [
        String::new(),
        "\0\0\0".to_owned(),
        "🚢🇫🇮👩‍👩‍👧 🚢".to_owned(),
        "قال الوزير \"لا\" يوم الاثنين.".to_owned(),
        "\"".repeat(10_000),
        "“He said ".repeat(2_000),
        "said ".repeat(20_000),
        "Minister Anna Weber, ".repeat(3_000),
    ];
    for text in texts {
        let graph = extractor.extract(&text).graph;
        assert_eq!(graph.documents.len(), 1);
    }
}
