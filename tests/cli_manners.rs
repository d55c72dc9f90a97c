//! Manners of the command line: settings of a project, folders, interruptions, fixes.

use crate::cli::{NEWS, document_ids, err, out, sayso, write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn sayso_in(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

const MET: &str = "version 1\nrelation met(who: Agent, cue: text, whom: Agent) edge who -> whom\nrelation met {\n  \
                   match verb: who:@Agent cue:~meet whom:@Agent\n  \
                   yes [who: Anna Weber] [cue: met] [whom: Paul Lund]\n  no Anna Weber met with success\n}\n";

/// A project: settings, a pack, two articles, and a folder inside.
fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for part in ["mine", "articles", "deep/down"] {
        std::fs::create_dir_all(folder.path().join(part)).unwrap();
    }
    write(folder.path(), "mine/met.sayso", MET);
    write(folder.path(), "articles/a.txt", "Anna Weber met Paul Lund.");
    write(folder.path(), "articles/b.txt", NEWS);
    write(
        folder.path(),
        "sayso.toml",
        "rules = [\"mine\"]\ninputs = [\"articles\"]\nbase = \"https://example.org/kg/\"\n\
         formats = [\"jsonld\", \"json\"]\n",
    );
    folder
}

#[test]
fn a_project_says_its_settings_once() {
    let folder = project();
    let deep = folder.path().join("deep/down");
    let output = sayso_in(&deep, &["extract", "-o", "graphs/"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert_eq!(
        names(&deep.join("graphs")),
        ["a.json", "a.jsonld", "b.json", "b.jsonld"]
    );
    let linked = std::fs::read_to_string(deep.join("graphs/a.jsonld")).unwrap();
    assert!(linked.contains("https://example.org/kg/"), "{linked}");
    let plain = std::fs::read_to_string(deep.join("graphs/a.json")).unwrap();
    assert!(plain.contains("\"type\":\"met\""), "{plain}");
    assert_eq!(out(&sayso_in(&deep, &["test"])), "2 passed, 0 failed\n");
    let tokens = ["tokens", "Anna Weber met Paul Lund."];
    assert!(out(&sayso_in(&deep, &tokens)).contains("met/verb"));
    // The command line goes before the file, and the file can be left alone.
    let base = [
        "extract",
        "--base",
        "https://example.com/",
        "-o",
        "g.jsonld",
    ];
    assert_eq!(sayso_in(&deep, &base).status.code(), Some(0));
    let linked = std::fs::read_to_string(deep.join("g.jsonld")).unwrap();
    assert!(!linked.contains("example.org"), "{linked}");
    let alone = ["tokens", "--isolated", "Anna Weber met Paul Lund."];
    assert!(!out(&sayso_in(&deep, &alone)).contains("met/verb"));
}

#[test]
fn a_slip_in_the_settings_of_a_project_has_its_place() {
    let folder = project();
    let deep = folder.path().join("deep");
    write(
        folder.path(),
        "sayso.toml",
        "inputs = []\n\nrulez = [\"mine\"]\n",
    );
    let output = sayso_in(&deep, &["test"]);
    assert_eq!(output.status.code(), Some(2));
    let message = "error: ../sayso.toml:3:1: unknown key `rulez`; did you mean `rules`?\n";
    assert_eq!(err(&output), message);
    assert_eq!(
        sayso_in(&deep, &["test", "--isolated", "../mine"])
            .status
            .code(),
        Some(0)
    );
}

#[test]
fn names_that_clash_are_refused_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let target = format!("{}/graphs/", folder.path().display());
    std::fs::create_dir(folder.path().join("b")).unwrap();
    let inputs = ["a.txt", "z.txt", "b/a.txt"].map(|name| write(folder.path(), name, NEWS));
    let arguments = ["extract", &inputs[0], &inputs[1], &inputs[2], "-o", &target];
    let output = sayso(&arguments, b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(!Path::new(&target).exists());

    let line = |id: &str| format!("{}\n", serde_json::json!({"id": id, "text": NEWS}));
    let lines = [line("x/1"), line("y"), line("x-1")].concat();
    let file = write(folder.path(), "news.jsonl", &lines);
    for (input, shown, text) in [
        (file.as_str(), file.as_str(), ""),
        ("-", "standard input", lines.as_str()),
    ] {
        let arguments = ["extract", "--input-format", "jsonl", input, "-o", &target];
        let output = sayso(&arguments, text.as_bytes());
        assert_eq!(output.status.code(), Some(2));
        let message = format!("{shown}:1 and {shown}:3 would both be written to x-1");
        assert!(err(&output).contains(&message), "{}", err(&output));
        assert!(!Path::new(&target).exists());
    }
    let arguments = ["extract", "--input-format", "jsonl", "-", "-o", &target];
    let output = sayso(&arguments, [line("x/1"), line("y")].concat().as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert_eq!(names(Path::new(&target)), ["x-1.json", "y.json"]);
}

#[test]
fn several_formats_need_a_folder_and_are_known() {
    for (arguments, message) in [
        (&["extract", "-", "--format", "json,dot"][..], "-o DIR/"),
        (&["extract", "-", "--format", "jsn"], "did you mean `json`?"),
        (
            &["extract", "-", "--only", "refuse"],
            "did you mean `refuses`?",
        ),
        (&["test", "--only", "sad"], "did you mean `said`?"),
        (
            &["extract", "-", "-o", "no-such-folder/graph.json"],
            "there is no folder no-such-folder",
        ),
    ] {
        let output = sayso(arguments, NEWS.as_bytes());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(err(&output).contains(message), "{}", err(&output));
    }
}

#[test]
fn documents_of_one_graph_never_share_a_name() {
    let folder = tempfile::tempdir().unwrap();
    for part in ["a", "b"] {
        std::fs::create_dir(folder.path().join(part)).unwrap();
    }
    let inputs =
        ["news-2.txt", "a/news.txt", "b/news.txt"].map(|name| write(folder.path(), name, NEWS));
    let [first, second, third] = inputs.each_ref().map(String::as_str);
    let output = sayso(&["extract", "--format", "json", first, second, third], b"");
    let ids = document_ids(&output);
    assert_eq!(ids, ["news-2", "news", "news-3"]);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_written_through_and_never_replaced() {
    use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
    let folder = project();
    let pipe = folder.path().join("pipe");
    let made = Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    let read = {
        let pipe = pipe.clone();
        std::thread::spawn(move || std::fs::read_to_string(pipe).unwrap())
    };
    let to = |target: &str| {
        let arguments = [
            "extract",
            "articles/b.txt",
            "--format",
            "json",
            "-o",
            target,
        ];
        let output = sayso_in(folder.path(), &arguments);
        assert!(output.status.success(), "{}", err(&output));
    };
    to("pipe");
    let through = read.join().unwrap();
    assert!(through.contains("\"relations\""));
    assert!(std::fs::metadata(&pipe).unwrap().file_type().is_fifo());

    // A link goes on leading to the file, which keeps its permissions.
    let file = folder.path().join("deep/graph.json");
    std::fs::write(&file, "old").unwrap();
    std::fs::set_permissions(&file, PermissionsExt::from_mode(0o600)).unwrap();
    let link = folder.path().join("link.json");
    symlink(&file, &link).unwrap();
    to("link.json");
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(std::fs::read_to_string(&file).unwrap(), through);
    let mode = std::fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn fixes_are_written_into_ones_own_files() {
    let folder = tempfile::tempdir().unwrap();
    let slips = MET
        .replace("version 1\n", "")
        .replace("cue:~meet", "cue:(~meet “up”)");
    let mended = MET.replace("cue:~meet", "cue:(~meet \"up\")");
    let rules = write(folder.path(), "met.sayso", &slips);
    assert_eq!(sayso(&["check", &rules], b"").status.code(), Some(1));
    let output = sayso(&["check", "--fix", &rules], b"");
    assert_eq!(output.status.code(), Some(0), "{}", out(&output));
    assert!(err(&output).contains("3 edits made"), "{}", err(&output));
    assert_eq!(std::fs::read_to_string(&rules).unwrap(), mended);

    // What is only near is said and not written.
    let guess = MET.replace("@Agent cue", "@Agnt cue");
    let rules = write(folder.path(), "met.sayso", &guess);
    let output = sayso(&["check", "--fix", &rules], b"");
    assert_eq!(output.status.code(), Some(1));
    assert!(
        out(&output).contains("did you mean `Agent`?"),
        "{}",
        out(&output)
    );
    assert!(!err(&output).contains("made"), "{}", err(&output));
    assert_eq!(std::fs::read_to_string(&rules).unwrap(), guess);
}

#[test]
fn results_of_tests_come_as_junit() {
    let folder = tempfile::tempdir().unwrap();
    let bad = MET.replace(
        "}\n",
        "  yes [who: Paul Lund] [cue: saw] [whom: Anna Weber]\n  no Ann Lee met Bo Lund\n}\n",
    );
    let rules = write(folder.path(), "met.sayso", bad);
    let output = sayso(&["test", "--format", "junit", &rules], b"");
    assert_eq!(output.status.code(), Some(1));
    let xml = out(&output);
    assert!(
        xml.contains("tests=\"4\" failures=\"2\" skipped=\"0\""),
        "{xml}"
    );
    assert!(
        xml.contains("name=\"yes Paul Lund saw Anna Weber\""),
        "{xml}"
    );
    let text = out(&sayso(&["test", &rules], b""));
    assert!(
        text.contains("2 passed, 2 failed (1 missing, 1 noisy)"),
        "{text}"
    );
}

#[test]
fn every_failed_test_is_counted_once() {
    let folder = tempfile::tempdir().unwrap();
    let bad = MET.replace(
        "}\n",
        "  yes [who: Anna] Weber met Paul Lund\n  yes [who: Ann Lee] [cue: saw] Bo Lund\n  no Ann Lee met Bo Lund\n  todo yes [who: Ann Lee] [cue: met] [whom: Bo Lund]\n  todo yes [who: Ann Lee] [cue: saw] Bo Lund\n}\n",
    );
    let rules = write(folder.path(), "met.sayso", bad);
    let text = out(&sayso(&["test", &rules], b""));
    let last = text.lines().last().unwrap();
    assert_eq!(
        last,
        "2 passed, 4 failed (1 missing, 1 noisy, 1 both, 1 todo no more), 1 todo"
    );
}

#[test]
fn tokens_names_the_list_that_a_word_stands_in() {
    let text = out(&sayso(&["tokens", NEWS], b""));
    let line = |start: &str| text.lines().find(|l| l.trim_start().starts_with(start));
    let country = line("%country.name").unwrap_or_else(|| panic!("{text}"));
    assert!(
        country.contains("Germany") && country.contains("lists/countr"),
        "{country}"
    );
    assert!(
        line("%sayverb.").is_some_and(|l| l.contains("said")),
        "{text}"
    );
}

#[test]
fn what_is_too_long_for_an_article_is_one_clear_error() {
    let long = " ".repeat((16 << 20) + 1);
    let output = sayso(&["extract", "-"], long.as_bytes());
    assert_eq!(output.status.code(), Some(2));
    let message = "error: standard input: more than 16 MB are no article";
    assert!(err(&output).starts_with(message), "{}", err(&output));
    let line = serde_json::json!({"id": "a", "text": NEWS});
    let lines = format!("{line}\n{{\"id\": \"b\", \"text\": \"{long}\"}}\n{line}\n");
    let output = sayso(
        &["extract", "--input-format", "jsonl", "-"],
        lines.as_bytes(),
    );
    assert_eq!(output.status.code(), Some(3));
    assert!(
        err(&output).contains("standard input:2: more than 16 MB"),
        "{}",
        err(&output)
    );
    // The lines behind it are there.
    assert_eq!(out(&output).lines().count(), 2);
    assert!(
        err(&output).contains("1 of 3 articles left out"),
        "{}",
        err(&output)
    );
}

#[test]
fn a_graph_never_takes_the_place_of_its_articles() {
    let folder = tempfile::tempdir().unwrap();
    let line = serde_json::json!({"id": "a", "text": NEWS}).to_string();
    let news = write(folder.path(), "news.jsonl", &line);
    for output in ["news.jsonl", "./news.jsonl"] {
        let arguments = [
            "extract",
            "--input-format",
            "jsonl",
            "news.jsonl",
            "-o",
            output,
        ];
        let output = sayso_in(folder.path(), &arguments);
        assert_eq!(output.status.code(), Some(2));
        assert!(
            err(&output).contains("is one of the articles"),
            "{}",
            err(&output)
        );
    }
    assert_eq!(std::fs::read_to_string(news).unwrap(), line);
}

#[test]
fn a_page_without_graphviz_says_so_once() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.txt", "b.txt"] {
        write(folder.path(), name, NEWS);
    }
    let run = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_sayso"))
            .args(arguments)
            .current_dir(folder.path())
            .env("PATH", "")
            .output()
            .unwrap()
    };
    let output = run(&[
        "extract", "a.txt", "b.txt", "-o", "pages/", "--format", "html",
    ]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert_eq!(names(&folder.path().join("pages")), ["a.html", "b.html"]);
    let message = "warning: the page has no picture: Graphviz is not installed";
    assert_eq!(err(&output).matches(message).count(), 1, "{}", err(&output));
    let output = run(&["extract", "a.txt", "b.txt", "-o", "both.HTM"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let page = std::fs::read_to_string(folder.path().join("both.HTM")).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("<title>2 articles</title>"));
    assert!(!page.contains("<svg"));
}

#[test]
fn a_page_of_too_many_articles_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let line = |number| serde_json::json!({"id": format!("a{number}"), "text": "It rained."});
    let lines: Vec<String> = (0..=1_000).map(|n| line(n).to_string()).collect();
    let path = folder.path().join("page.html");
    let path = path.to_str().unwrap();
    let input = ["extract", "--input-format", "jsonl", "-", "-o", path];
    let output = sayso(&input, lines.join("\n").as_bytes());
    assert_eq!(output.status.code(), Some(2));
    let message = "a page holds 1000 articles at most: -o DIR/ --format html";
    assert!(err(&output).contains(message), "{}", err(&output));
    assert!(names(folder.path()).is_empty());
}

#[test]
fn rules_in_another_encoding_are_told_where_and_which() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("mine")).unwrap();
    let at = |name: &str| folder.path().join("mine").join(name);
    let latin = b"version 1\nlist towns = Z\xFCrich K\xF6ln Bern\nlist seas from \"seas.txt\"\n";
    std::fs::write(at("latin.sayso"), latin).unwrap();
    let wide: Vec<u8> = "\u{feff}version 1\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    std::fs::write(at("wide.sayso"), wide).unwrap();
    let own = "version 1\nlist seas from \"seas.txt\"\n";
    std::fs::write(at("own.sayso"), own).unwrap();
    std::fs::write(at("seas.txt"), b"Adria\n\xC4g\xE4is\n").unwrap();
    let output = sayso_in(folder.path(), &["check", "--no-builtin", "mine"]);
    let said = out(&output) + &err(&output);
    for part in [
        "mine/latin.sayso:2:15",
        "it seems to be windows-1252",
        "mine/wide.sayso:1:1",
        "it seems to be UTF-16LE",
        "mine/seas.txt:2:1",
        "read for this list",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}
