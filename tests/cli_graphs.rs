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
fn a_focus_on_nobody_is_refused_with_what_may_be_meant() {
    let article = "Germany refuses the offer, Chancellor Anna Weber said on Monday.\n";
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (one, two) = (at("one.txt"), at("two.txt"));
    std::fs::write(&one, article).unwrap();
    // More text than waits in memory.
    let long = format!("{article}\n{}", "Nothing was said of it. ".repeat(12_000));
    std::fs::write(&two, long).unwrap();
    for ending in ["dot", "html", "svg"] {
        for inputs in [vec![&one], vec![&one, &two]] {
            let path = at(&format!("graph.{ending}"));
            let inputs: Vec<_> = inputs.into_iter().map(String::as_str).collect();
            let arguments = [
                &["extract"],
                &*inputs,
                &["--focus", "Anna Webber", "-o", &path],
            ];
            let output = sayso(&arguments.concat(), b"");
            assert_eq!(output.status.code(), Some(2), "{path}");
            let said = err(&output);
            let wanted = "no entity is called `Anna Webber`; did you mean `Anna Weber`?";
            assert!(said.contains(wanted), "{said}");
            assert!(!std::path::Path::new(&path).exists(), "{path}");
        }
    }
    let arguments = [
        "extract", &one, "--focus", "Nobody", "--format", "dot", "-o",
    ];
    let graphs = at("graphs/");
    let output = sayso(&[&arguments[..], &[&graphs]].concat(), b"");
    assert_eq!(output.status.code(), Some(2), "{}", err(&output));
    let found = [
        "extract",
        &one,
        "--focus",
        "anna weber",
        "--hops",
        "2",
        "--format",
        "dot",
    ];
    let output = sayso(&found, b"");
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(out(&output).contains("\"Anna Weber\""));
    let family = ["extract", &one, "--focus", "weber", "--format", "dot"];
    let said = err(&sayso(&family, b""));
    assert!(said.ends_with("did you mean `Anna Weber`?\n"), "{said}");
}

#[test]
fn a_dash_is_standard_output_and_a_link_to_nothing_stays_a_link() {
    let text = "Germany refuses the offer.".as_bytes();
    let folder = tempfile::tempdir().unwrap();
    let plain = sayso(&["extract", "-", "--format", "ttl"], text);
    let dash = sayso(&["extract", "-", "--format", "ttl", "-o", "-"], text);
    assert_eq!(dash.status.code(), Some(0), "{}", err(&dash));
    assert_eq!(out(&dash), out(&plain));
    let again = sayso(&["export", "-", "-o", "-"], &graph("Germany refuses it."));
    assert!(out(&again).starts_with("{\"schema\""), "{}", err(&again));
    assert!(!std::path::Path::new("-").exists());
    #[cfg(unix)]
    {
        let (link, there) = (
            folder.path().join("link.ttl"),
            folder.path().join("new.ttl"),
        );
        std::os::unix::fs::symlink("new.ttl", &link).unwrap();
        let output = sayso(&["extract", "-", "-o", link.to_str().unwrap()], text);
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert_eq!(std::fs::read_to_string(there).unwrap(), out(&plain));
    }
}

#[test]
fn what_would_leave_nothing_of_a_picture_is_refused() {
    let text = "Germany refuses the offer.".as_bytes();
    let with = |more: &[&str]| sayso(&[&["extract", "-", "--format", "dot"], more].concat(), text);
    for more in [&["--top", "0"][..], &["--focus", "Germany", "--hops", "0"]] {
        let output = with(more);
        assert_eq!(output.status.code(), Some(2));
        assert!(err(&output).contains("1 is the least"), "{}", err(&output));
    }
    assert_eq!(with(&["--top", "1"]).status.code(), Some(0));
    let output = sayso(&["extract", "-", "--format", "json", "--top", "1"], text);
    assert_eq!(output.status.code(), Some(0));
    assert!(err(&output).contains("cut pictures"), "{}", err(&output));
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

/// Graphs of three small articles, as files.
fn graphs(folder: &std::path::Path) -> [String; 3] {
    let texts = [
        (
            "mon",
            "Germany refuses the offer, Chancellor Anna Weber said on Monday.",
        ),
        (
            "tue",
            "Anna Weber, the chancellor, said on Tuesday that France agrees.",
        ),
        (
            "wed",
            "Ania Weber said on Wednesday that the Federal Republic of Germany agrees.",
        ),
    ];
    texts.map(|(id, text)| {
        let article = write(folder, &format!("{id}.txt"), text);
        let file = folder.join(format!("{id}.json"));
        let file = file.to_str().unwrap().to_owned();
        let output = sayso(&["extract", &article, "-o", &file], b"");
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        file
    })
}

fn merged(arguments: &[&str]) -> String {
    let output = sayso(&[&["merge", "--format", "json"], arguments].concat(), b"");
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert_eq!(err(&output), "");
    out(&output)
}

#[test]
fn the_order_and_repetition_of_graphs_do_not_matter() {
    let folder = tempfile::tempdir().unwrap();
    let [mon, tue, wed] = graphs(folder.path());
    let whole = merged(&[&mon, &tue, &wed]);
    assert_eq!(whole.lines().count(), 1);
    assert_eq!(merged(&[&wed, &mon, &wed, &tue]), whole);
    let part = write(folder.path(), "part.json", merged(&[&tue, &wed]));
    assert_eq!(merged(&[&part, &mon, &tue]), whole);
    let file = write(folder.path(), "whole.json", &whole);
    assert_eq!(merged(&[&file]), whole);
    let explained = sayso(&["merge", "--explain", "--format", "json", &mon, &tue], b"");
    let said = err(&explained);
    assert!(
        said.contains("person/anna-weber  \"Anna Weber\"  same name and type in 2 documents"),
        "{said}"
    );
}

#[test]
fn decisions_are_followed_and_explained() {
    let folder = tempfile::tempdir().unwrap();
    let [mon, tue, wed] = graphs(folder.path());
    let text = "same person/ania-weber person/anna-weber # a slip of the agency\n\
                rename person/ania-weber \"Chancellor Anna Weber\"\n";
    let decisions = write(folder.path(), "decisions.txt", text);
    let arguments = [
        "merge",
        "--decisions",
        &decisions,
        "-v",
        "--format",
        "json",
        &mon,
        &tue,
        &wed,
    ];
    let output = sayso(&arguments, b"");
    let said = err(&output);
    assert!(
        said.contains("person/ania-weber  \"Chancellor Anna Weber\""),
        "{said}"
    );
    assert!(
        said.contains(&format!("decided in {decisions}:1: a slip of the agency")),
        "{said}"
    );
    let graph: serde_json::Value = serde_json::from_str(&out(&output)).unwrap();
    let entities = graph["entities"].as_array().unwrap();
    let one = entities
        .iter()
        .find(|e| e["id"] == "person/ania-weber")
        .unwrap();
    assert_eq!(one["merged"][1]["name"], "Anna Weber");
    assert_eq!(one["mentions"].as_array().unwrap().len(), 4);
    assert!(entities.iter().all(|e| e["id"] != "person/anna-weber"));
    let again = write(folder.path(), "again.json", out(&output));
    assert_eq!(
        merged(&["--decisions", &decisions, &again, &tue]),
        out(&output)
    );
}

#[test]
fn slips_and_contradictions_in_decisions_are_told_with_their_lines() {
    let folder = tempfile::tempdir().unwrap();
    let [mon, tue, _] = graphs(folder.path());
    let decide = |text: &str| {
        let decisions = write(folder.path(), "decisions.txt", text);
        let arguments = [
            "merge",
            "--decisions",
            &decisions,
            "--format",
            "json",
            &mon,
            &tue,
        ];
        let output = sayso(&arguments, b"");
        (output.status.code(), err(&output))
    };
    let (code, said) = decide("same person/anna-weber\n");
    assert_eq!(code, Some(2));
    assert!(
        said.contains("decisions.txt:1:23: the line ends here"),
        "{said}"
    );
    let (code, said) = decide("same a/b a/c\nnever a/c a/b\n");
    assert_eq!(code, Some(2));
    assert!(
        said.contains("decisions.txt:2") && said.contains("decisions.txt:1"),
        "{said}"
    );
    let (code, said) = decide("rename person/ana-weber \"Weber\"\n");
    assert_eq!(code, Some(0));
    assert!(said.contains("decisions.txt:1: these graphs have no entity `person/ana-weber`; did you mean `person/anna-weber`?"), "{said}");
}

#[test]
fn entities_of_a_document_stay_apart_in_every_format() {
    let folder = tempfile::tempdir().unwrap();
    let [mon, tue, _] = graphs(folder.path());
    let apart = merged(&["--entity-scope", "document", &mon, &tue]);
    assert_eq!(apart.matches("\"id\":\"person/anna-weber@mon-").count(), 1);
    assert_eq!(apart.matches("\"id\":\"person/anna-weber@tue-").count(), 1);
    let file = write(folder.path(), "apart.json", &apart);
    assert_eq!(merged(&[&file, &file]), apart, "they stay apart later on");
    assert_eq!(merged(&["--entity-scope", "document", &file, &mon]), apart);
    let article = folder.path().join("mon.txt");
    let article = article.to_str().unwrap();
    let direct = sayso(
        &[
            "extract",
            article,
            "--entity-scope",
            "document",
            "--format",
            "nq",
        ],
        b"",
    );
    assert!(
        out(&direct).contains("/entity/person/anna-weber@mon-"),
        "{}",
        err(&direct)
    );
    for format in ["jsonld", "ttl", "cypher", "graphml", "csv", "dot"] {
        let output = sayso(&["export", &file, "--format", format], b"");
        // Turtle writes `@` in names with a backslash.
        let text = out(&output).replace('\\', "");
        assert!(
            text.contains("person/anna-weber@mon-") && text.contains("person/anna-weber@tue-"),
            "{format}"
        );
    }
}

#[test]
fn suggestions_are_lines_of_decisions() {
    let folder = tempfile::tempdir().unwrap();
    let [mon, ..] = graphs(folder.path());
    let other = write(
        folder.path(),
        "other.json",
        graph("Chancellor A. Weber said it rained. Ánna Weber said it snowed."),
    );
    let output = sayso(&["merge", "--suggest", &mon, &other], b"");
    let lines = out(&output);
    assert!(
        lines.lines().count() >= 1 && lines.lines().all(|l| l.starts_with("same person/")),
        "{lines}"
    );
    let decisions = write(folder.path(), "decisions.txt", &lines);
    let whole = merged(&["--decisions", &decisions, &mon, &other]);
    assert!(whole.contains("\"merged\""));
}

#[test]
fn the_decisions_of_the_readme_hold() {
    let page = include_str!("../README.md");
    let start = page.find("# decisions.txt").unwrap();
    let block = &page[start..start + page[start..].find("```").unwrap()];
    let folder = tempfile::tempdir().unwrap();
    let decisions = write(folder.path(), "decisions.txt", block);
    let one = write(
        folder.path(),
        "one.json",
        graph("Chancellor Anna Weber said it rained."),
    );
    let two = write(
        folder.path(),
        "two.json",
        graph("Chancellor A. Weber said it snowed."),
    );
    let output = sayso(
        &[
            "merge",
            &one,
            &two,
            "--decisions",
            &decisions,
            "--format",
            "json",
        ],
        b"",
    );
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(!err(&output).contains("person/"), "{}", err(&output));
    let whole = out(&output);
    assert!(whole.contains("\"name\":\"Anna Weber-Lund\""), "{whole}");
    assert!(
        whole.contains("decisions.txt:2: as the agency writes her"),
        "{whole}"
    );
    assert!(whole.contains("decisions.txt:4: since 2026"), "{whole}");
}
