//! Graphs that were written before: `export` and `merge`.

use crate::cli::{NEWS, err, out, sayso, write};

/// Graph JSON of a text.
pub(crate) fn graph(text: &str) -> Vec<u8> {
    let output = sayso(&["extract", "-", "--format", "json"], text.as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    output.stdout
}

#[test]
fn an_exported_graph_is_what_extract_would_have_written() {
    let json = graph(NEWS);
    for format in [
        "text", "json", "jsonl", "jsonld", "ttl", "nq", "cypher", "graphml", "csv", "dot",
    ] {
        let direct = sayso(&["extract", "-", "--format", format], NEWS.as_bytes());
        let exported = sayso(&["export", "-", "--format", format], &json);
        assert_eq!(exported.status.code(), Some(0), "{}", err(&exported));
        assert_eq!(err(&exported), "");
        assert!(out(&exported) == out(&direct), "{format}");
    }
}

#[test]
fn the_base_and_the_pruning_of_an_export_are_its_own() {
    let json = graph(NEWS);
    let linked = sayso(
        &["export", "-", "--format", "nq", "--base", "urn:x#"],
        &json,
    );
    assert!(out(&linked).contains("<urn:x#entity/country/germany>"));
    let picture = sayso(&["export", "--format", "dot", "--only", "refuses"], &json);
    assert!(
        out(&picture).contains("that are not refuses"),
        "{}",
        out(&picture)
    );
    let slip = sayso(&["export", "--format", "dot", "--only", "refusse"], &json);
    assert!(
        err(&slip).contains("did you mean `refuses`?"),
        "{}",
        err(&slip)
    );
}

#[test]
fn a_folder_gets_a_file_a_graph_and_none_takes_the_place_of_another() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), "one.json", graph(NEWS));
    let into = format!("{}/out/", folder.path().display());
    let once = sayso(&["export", &file, "-o", &into, "--format", "ttl,dot"], b"");
    assert_eq!(once.status.code(), Some(0), "{}", err(&once));
    for ending in ["ttl", "dot"] {
        assert!(
            folder
                .path()
                .join(format!("out/document.{ending}"))
                .is_file()
        );
    }
    let twice = sayso(
        &["export", &file, &file, "-o", &into, "--format", "dot"],
        b"",
    );
    assert_eq!(twice.status.code(), Some(2));
    assert!(
        err(&twice).contains("`sayso merge` makes one of both"),
        "{}",
        err(&twice)
    );
}

#[test]
fn what_is_no_graph_is_told_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let good = String::from_utf8(graph(NEWS)).unwrap();
    let old = write(folder.path(), "old.ttl", "as it was");
    for (content, message) in [
        (
            good.replacen("\"start\":", "\"start\":9", 1),
            "are code points",
        ),
        (
            format!("{good}{{\"schema\": \"sayso-graph/9\"}}"),
            "2:12: schema: `sayso-graph/9` is not what is read here",
        ),
        ("Germany waits.".to_owned(), "1:1: expected value"),
        (String::new(), "at least one object"),
        ("{\"id\": 1}".to_owned(), "this is no Graph JSON"),
    ] {
        let file = write(folder.path(), "graph.json", content);
        let output = sayso(&["export", &file, "-o", &old], b"");
        assert_eq!(output.status.code(), Some(2));
        let said = err(&output);
        assert!(said.starts_with(&format!("error: {file}:")), "{said}");
        assert!(said.contains(message), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
    assert_eq!(std::fs::read_to_string(&old).unwrap(), "as it was");
}

#[test]
fn what_no_rules_know_is_written_plainly_and_told_once() {
    let json = graph(NEWS);
    let output = sayso(&["export", "-", "--no-builtin", "--format", "nq"], &json);
    assert_eq!(output.status.code(), Some(0));
    let said = err(&output);
    assert_eq!(
        said.matches("no rules know the type `Person`").count(),
        1,
        "{said}"
    );
    assert!(out(&output).contains("<https://w3id.org/sayso/ns#Person>"));
    let quiet = sayso(&["export", "-q", "--no-builtin", "--format", "nq"], &json);
    assert_eq!(err(&quiet), "");
}
