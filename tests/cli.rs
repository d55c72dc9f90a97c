//! The command line as its users meet it.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

pub(crate) const NEWS: &str = "Germany refuses the offer, Chancellor Anna Weber said on Monday.";

pub(crate) fn sayso(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that fails early does not read its input.
    child.stdin.take().unwrap().write_all(input).ok();
    child.wait_with_output().unwrap()
}

pub(crate) fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Ids of the documents of lines of Graph JSON.
pub(crate) fn document_ids(output: &Output) -> Vec<String> {
    let text = out(output);
    let id = |line: &str| {
        let graph: serde_json::Value = serde_json::from_str(line).unwrap();
        graph["documents"][0]["id"].as_str().unwrap().to_owned()
    };
    text.lines().map(id).collect()
}

pub(crate) fn write(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn the_first_minute() {
    let output = sayso(&["extract", "-", "--format", "text"], NEWS.as_bytes());
    assert_eq!(output.status.code(), Some(0));
    let text = out(&output);
    assert!(
        text.contains(
            "Germany (Country) ──refuses──▶ \"the offer\"   within Anna Weber's statement"
        ),
        "{text}"
    );
    assert!(
        text.contains(
            "Anna Weber (Person) ──said──▶ \"Germany refuses the offer\"   indirect · Monday"
        ),
        "{text}"
    );
    assert!(
        text.contains("Anna Weber ──holds_role──▶ \"Chancellor\""),
        "{text}"
    );
    assert!(err(&output).contains("3 relations · 3 entities"));
}

#[test]
fn a_pipe_gets_json_on_standard_output_and_nothing_else() {
    let output = sayso(&["extract"], NEWS.as_bytes());
    let graph: serde_json::Value = serde_json::from_str(&out(&output)).unwrap();
    assert_eq!(graph["schema"], "sayso-graph/1");
    assert_eq!(err(&output), "");
}

#[test]
fn the_ending_of_the_output_names_the_format() {
    let folder = tempfile::tempdir().unwrap();
    for (ending, start) in [
        ("json", "{"),
        ("jsonl", "{"),
        ("jsonld", "{"),
        ("ttl", "@prefix"),
        ("nq", "<https://kg.example/"),
        ("cypher", "MERGE (n:"),
        ("graphml", "<?xml"),
        ("csv", "document,relation,"),
        ("dot", "//"),
    ] {
        let path = folder.path().join(format!("graph.{ending}"));
        let output = sayso(
            &["extract", "-", "-o", path.to_str().unwrap()],
            NEWS.as_bytes(),
        );
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        assert!(
            std::fs::read_to_string(path).unwrap().starts_with(start),
            "{ending}"
        );
    }
    let path = folder.path().join("graph.xyz");
    let output = sayso(
        &["extract", "-", "-o", path.to_str().unwrap()],
        NEWS.as_bytes(),
    );
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains(".jsonld"), "{}", err(&output));
}

#[test]
fn a_table_of_many_articles_has_one_line_of_names() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["one.txt", "two.txt"] {
        write(folder.path(), name, NEWS);
    }
    let path = folder.path().to_str().unwrap();
    let output = sayso(&["extract", path, "--format", "csv"], b"");
    let table = out(&output);
    let starts = |start: &str| table.lines().filter(|line| line.starts_with(start)).count();
    assert_eq!(starts("document,"), 1, "{table}");
    assert!(
        starts("one,") > 0 && starts("one,") == starts("two,"),
        "{table}"
    );
}

#[test]
fn a_folder_gets_a_file_an_article() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (
        write(folder.path(), "one.txt", NEWS),
        write(folder.path(), "two.txt", "Nothing."),
    );
    let target = format!("{}/graphs/", folder.path().display());
    let output = sayso(
        &["extract", &one, &two, "-o", &target, "--format", "json"],
        b"",
    );
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(folder.path().join("graphs/one.json").is_file());
    assert!(folder.path().join("graphs/two.json").is_file());
}

#[test]
fn days_of_the_week_follow_the_date_of_publication() {
    let value = |key: Option<&str>| {
        let mut line = serde_json::json!({"id": "a", "text": NEWS});
        if let Some(key) = key {
            line[key] = "2024-05-08".into();
        }
        let arguments = [
            "extract",
            "--input-format",
            "jsonl",
            "--format",
            "json",
            "-",
        ];
        let output = sayso(&arguments, line.to_string().as_bytes());
        let graph: serde_json::Value = serde_json::from_str(out(&output).trim()).unwrap();
        let entities = graph["entities"].as_array().unwrap();
        let date = entities.iter().find(|e| e["type"] == "Date").unwrap();
        date["attributes"]["value"].as_str().map(str::to_owned)
    };
    for key in ["date", "dct", "datePublished"] {
        assert_eq!(value(Some(key)).as_deref(), Some("2024-05-06"), "{key}");
    }
    assert_eq!(value(None), None);
}

#[test]
fn json_lines_stream_in_order_whatever_the_number_of_jobs() {
    let lines: Vec<String> = (0..60)
        .map(|n| serde_json::json!({"id": format!("a{n}"), "text": NEWS.repeat(1 + n % 7), "date": "2024-05-06"}).to_string())
        .collect();
    let input = lines.join("\n");
    let run = |jobs: &str| {
        let output = sayso(
            &[
                "extract",
                "--input-format",
                "jsonl",
                "--format",
                "json",
                "--jobs",
                jobs,
                "-",
            ],
            input.as_bytes(),
        );
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        out(&output)
    };
    let single = run("1");
    assert_eq!(single, run("4"));
    for (n, line) in single.lines().enumerate() {
        let graph: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(graph["documents"][0]["id"], format!("a{n}"));
    }
    assert_eq!(single.lines().count(), 60);
}

#[test]
fn a_bad_line_is_named_and_the_others_go_on() {
    let input = format!(
        "{{\"id\": 1, \"text\": \"{NEWS}\"}}\n{{\"id\": 2, \"txt\": 3}}\n{{\"id\": 3, \"text\": \"\"}}\n"
    );
    let output = sayso(
        &[
            "extract",
            "--input-format",
            "jsonl",
            "--format",
            "json",
            "-",
        ],
        input.as_bytes(),
    );
    assert_eq!(output.status.code(), Some(3));
    assert!(err(&output).contains(":2: column"), "{}", err(&output));
    assert_eq!(out(&output).lines().count(), 2);
}

#[test]
fn what_cannot_be_read_is_one_clear_error() {
    let folder = tempfile::tempdir().unwrap();
    let good = write(folder.path(), "good.txt", NEWS);
    let picture = write(folder.path(), "picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0");
    let output = sayso(&["extract", "--format", "json", &good, &picture], b"");
    assert_eq!(output.status.code(), Some(3));
    assert!(err(&output).contains("picture.txt"), "{}", err(&output));
    let output = sayso(&["extract", "--format", "json", "no-such-file.txt"], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("no-such-file.txt"));
}

#[test]
fn legacy_encodings_are_read() {
    let output = sayso(
        &["extract", "-"],
        b"Anna Weber said the caf\xE9 was closed. It\x92s a shame, she said.",
    );
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(out(&output).contains("caf\u{e9}"));
    let wide: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(NEWS.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    assert!(out(&sayso(&["extract", "-"], &wide)).contains("Anna Weber"));
}

#[test]
fn empty_input_is_an_empty_graph() {
    for input in ["", "\0", "  \n\n "] {
        let output = sayso(&["extract", "-"], input.as_bytes());
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        let graph: serde_json::Value = serde_json::from_str(&out(&output)).unwrap();
        assert_eq!(graph["relations"], serde_json::json!([]));
    }
}

#[test]
fn a_failed_write_leaves_the_old_file() {
    let folder = tempfile::tempdir().unwrap();
    let target = write(folder.path(), "graph.svg", "old");
    // Without Graphviz on the path nothing can be drawn.
    let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(["extract", "-", "-o", &target])
        .env("PATH", "")
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(NEWS.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        err(&output).contains("Graphviz is not installed"),
        "{}",
        err(&output)
    );
    assert_eq!(std::fs::read_to_string(target).unwrap(), "old");
}

#[test]
fn a_base_that_ends_in_neither_slash_nor_hash_is_refused() {
    let output = sayso(
        &[
            "extract",
            "-",
            "--format",
            "jsonld",
            "--base",
            "https://example.org/x",
        ],
        NEWS.as_bytes(),
    );
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains('#'), "{}", err(&output));
}

#[test]
fn broken_rules_are_shown_with_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let rules = write(
        folder.path(),
        "own.sayso",
        "version 1\nrelation met(who Agnt)\n",
    );
    let output = sayso(&["extract", "-", "--rules", &rules], NEWS.as_bytes());
    assert_eq!(output.status.code(), Some(2));
    let shown = err(&output);
    assert!(
        shown.contains("Agnt") && shown.contains("own.sayso:2"),
        "{shown}"
    );
    let output = sayso(
        &["extract", "-", "--rules", "no-such-folder"],
        NEWS.as_bytes(),
    );
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("no-such-folder"));
}

#[test]
fn tests_of_a_pack_of_ones_own_pass_and_fail() {
    let folder = tempfile::tempdir().unwrap();
    let head = "version 1\nrelation met(who: Agent, cue: text, whom: Agent)\nrelation met {\n  match verb: who:@Agent cue:~meet whom:@Agent\n";
    let good = write(
        folder.path(),
        "good.sayso",
        format!(
            "{head}  yes [who: Anna Weber] [cue: met] [whom: Paul Lund]\n  no Anna Weber met with success\n}}\n"
        ),
    );
    let output = sayso(&["test", &good], b"");
    assert_eq!(
        (output.status.code(), out(&output).as_str()),
        (Some(0), "2 passed, 0 failed\n"),
        "{}",
        err(&output)
    );
    let bad = write(
        folder.path(),
        "bad.sayso",
        format!("{head}  yes [who: Anna Weber] [cue: saw] [whom: Paul Lund]\n}}\n"),
    );
    let output = sayso(&["test", &bad], b"");
    assert_eq!(output.status.code(), Some(1));
    assert!(
        out(&output).contains("missing [who: Anna Weber]"),
        "{}",
        out(&output)
    );
}

#[test]
fn tokens_shows_what_the_engine_sees() {
    let text = out(&sayso(&["tokens", NEWS], b""));
    for part in [
        "VERB.past",
        "@vg",
        "said",
        "Chancellor",
        "said/trailing",
        "Person/",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn check_is_content_with_the_shipped_rules() {
    let output = sayso(
        &["check", "--deny-warnings", "--message-format", "short"],
        b"",
    );
    assert_eq!(output.status.code(), Some(0), "{}", out(&output));
}

#[test]
fn diagnostics_come_in_the_form_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let rules = write(
        folder.path(),
        "own.sayso",
        "version 1\nrelation met(who: Agnt, cue: text)\n",
    );
    let check = |format: &str| {
        let output = sayso(&["check", "--message-format", format, &rules], b"");
        assert_eq!(output.status.code(), Some(1), "{}", err(&output));
        out(&output)
    };
    let short = check("short");
    assert!(short.contains("own.sayso:2:19: error["), "{short}");
    let lines = check("json");
    let first: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(first["labels"][0]["line"], 2);
    let (start, end) = (
        first["labels"][0]["byte_start"].as_u64().unwrap() as usize,
        first["labels"][0]["byte_end"].as_u64().unwrap() as usize,
    );
    assert_eq!(
        &std::fs::read_to_string(&rules).unwrap()[start..end],
        "Agnt"
    );
    let github = check("github");
    assert!(github.starts_with("::error file="), "{github}");
    assert!(github.contains("line=2,col=19"), "{github}");
    let log: serde_json::Value = serde_json::from_str(&check("sarif")).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let result = &log["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], first["code"]);
    let region = &result["locations"][0]["physicalLocation"]["region"];
    assert_eq!(
        (&region["startLine"], &region["startColumn"]),
        (&2.into(), &19.into())
    );
}

#[test]
fn slips_are_met_with_what_was_meant() {
    for (arguments, meant) in [
        (["extrakt", "-"], "extract"),
        (["extract", "--formatt=dot"], "--format"),
    ] {
        let output = sayso(&arguments, b"");
        assert_eq!(output.status.code(), Some(2));
        assert!(err(&output).contains(meant), "{}", err(&output));
    }
}

#[test]
fn completions_and_the_man_page_know_every_command() {
    let script = out(&sayso(&["completions", "bash"], b""));
    let page = out(&sayso(&["man"], b""));
    for command in ["extract", "check", "test", "tokens"] {
        assert!(script.contains(command));
        assert!(
            page.contains(&format!("sayso {command}").to_uppercase()),
            "{page}"
        );
    }
    assert!(page.contains("min\\-support"), "{page}");
    assert!(!page.contains("train"), "hidden commands stay hidden");
}

#[test]
fn folders_are_looked_through_and_gitignore_is_honoured() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), ".gitignore", "draft.txt\n");
    for name in ["b.txt", "a.txt", "draft.txt", "notes.md"] {
        write(folder.path(), name, NEWS);
    }
    let path = folder.path().to_str().unwrap();
    let output = sayso(&["extract", "--format", "json", path], b"");
    let ids = document_ids(&output);
    assert_eq!(ids, ["a", "b"]);
}

#[test]
fn a_reader_who_has_had_enough_is_no_error() {
    for arguments in [
        &["extract", "--format", "json", "-"][..],
        &["completions", "zsh"],
    ] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let news = NEWS.repeat(500);
        child.stdin.take().unwrap().write_all(news.as_bytes()).ok();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_and_leaves_the_old_file() {
    let full = std::fs::File::create("/dev/full").unwrap();
    let input = std::fs::File::open(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/articles/border-ferry.txt"
    ));
    let output = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(["extract", "-"])
        .stdin(input.unwrap())
        .stdout(full)
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("No space"), "{}", err(&output));

    // A file may have one block, and the graph needs more: the command is stopped in the middle of writing.
    let folder = tempfile::tempdir().unwrap();
    let target = write(folder.path(), "graph.json", "old");
    let article = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/articles/border-ferry.txt"
    );
    let command = format!(
        "ulimit -f 1; exec '{}' extract '{article}' -o '{target}'",
        env!("CARGO_BIN_EXE_sayso")
    );
    let status = Command::new("sh").args(["-c", &command]).status().unwrap();
    assert!(!status.success());
    assert_eq!(std::fs::read_to_string(target).unwrap(), "old");
}
