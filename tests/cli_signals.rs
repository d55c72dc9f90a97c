//! What becomes of a command, its files and its helpers when a signal ends it.
#![cfg(unix)]

use crate::cli::{NEWS, write};
use crate::cli_manners::names;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// A command in the middle of its work that gets a signal: its exit code and what it says then.
fn interrupted(
    folder: &Path,
    target: &str,
    through: &[&str],
    signal: &str,
) -> (Option<i32>, String) {
    let command = [through, &[env!("CARGO_BIN_EXE_sayso")]].concat();
    let mut child = Command::new(command[0])
        .args(&command[1..])
        .args([
            "extract",
            "--input-format",
            "jsonl",
            "-v",
            "-",
            "-o",
            target,
        ])
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    // More than the command reads ahead, so that one article at least is through when the rest is waited for.
    for number in 0..400 {
        let line = serde_json::json!({"id": number, "text": NEWS});
        writeln!(input, "{line}").unwrap();
    }
    input.flush().unwrap();
    let mut errors = std::io::BufReader::new(child.stderr.take().unwrap());
    let mut first = String::new();
    while !first.contains("relations") {
        let read = std::io::BufRead::read_line(&mut errors, &mut first).unwrap();
        assert!(read > 0, "{first}");
    }
    let id = child.id().to_string();
    let sent = Command::new("kill").args([signal, &id]).status();
    assert!(sent.unwrap().success());
    if signal == "-HUP" {
        drop(input);
    } else {
        // The input stays open: nothing but the signal ends the command.
        let code = child.wait().unwrap().code();
        let mut rest = String::new();
        std::io::Read::read_to_string(&mut errors, &mut rest).unwrap();
        return (code, rest);
    }
    let mut rest = String::new();
    std::io::Read::read_to_string(&mut errors, &mut rest).unwrap();
    (child.wait().unwrap().code(), rest)
}

#[test]
fn an_interrupted_command_leaves_the_old_file_and_says_so() {
    for (signal, code) in [("-INT", 130), ("-TERM", 143)] {
        let folder = tempfile::tempdir().unwrap();
        let target = write(folder.path(), "graph.json", "old");
        let (ended, rest) = interrupted(folder.path(), &target, &[], signal);
        assert_eq!(ended, Some(code), "{rest}");
        assert!(rest.contains("graph.json is as it was"), "{rest}");
        assert_eq!(std::fs::read_to_string(&target).unwrap(), "old");
        assert_eq!(names(folder.path()), ["graph.json"]);
    }
}

#[test]
fn a_hangup_that_is_ignored_stays_ignored() {
    let folder = tempfile::tempdir().unwrap();
    let shell = ["sh", "-c", "trap '' HUP; exec \"$0\" \"$@\""];
    let target = write(folder.path(), "graph.json", "old");
    let (ended, rest) = interrupted(folder.path(), &target, &shell, "-HUP");
    assert_eq!(ended, Some(0), "{rest}");
    assert_ne!(std::fs::read_to_string(&target).unwrap(), "old");
}

#[test]
fn graphviz_ends_with_the_command() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.txt", NEWS);
    // One that never comes to an end.
    let dot = write(
        folder.path(),
        "dot",
        "#!/bin/sh\ncat >rest\necho $$ >started\nexec sleep 600\n",
    );
    std::fs::set_permissions(&dot, PermissionsExt::from_mode(0o755)).unwrap();
    let path = format!("{}:/usr/bin:/bin", folder.path().display());
    let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(["extract", "a.txt", "-o", "a.svg"])
        .current_dir(folder.path())
        .env("PATH", path)
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let started = folder.path().join("started");
    let drawing = loop {
        let id = std::fs::read_to_string(&started).unwrap_or_default();
        if id.ends_with('\n') {
            break id.trim().to_owned();
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    };
    let kill = |arguments: &[&str]| Command::new("kill").args(arguments).output().unwrap();
    assert!(kill(&["-TERM", &child.id().to_string()]).status.success());
    assert_eq!(child.wait().unwrap().code(), Some(143));
    // It was killed; nobody waits for it any more, so its number may stay for a moment.
    let state = || std::fs::read_to_string(format!("/proc/{drawing}/stat")).unwrap_or_default();
    let goes_on = || {
        if cfg!(target_os = "linux") {
            !state().is_empty() && !state().contains(") Z ")
        } else {
            kill(&["-0", &drawing]).status.success()
        }
    };
    let gone = (0..100).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(20));
        !goes_on()
    });
    assert!(gone, "{drawing} goes on: {}", state());
    assert!(!folder.path().join("a.svg").exists());
}
