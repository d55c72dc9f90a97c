//! Broken rule files, each with what `sayso check` says about it.
//!
//! A case is a file `rule_errors/<code>-<what>.sayso`, or a folder of that name where the fault needs several files.
//! It is loaded behind the small pack in `rule_errors/base`, and `<code>-<what>.stdout` beside it is all that is printed.
//! `BLESS=1 cargo test rule_errors` writes these files anew; read the changes before you commit them.

use sayso::rules::codes::{ERRORS, LINTS};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rule_errors")
}

/// Names of all cases, as `sayso check` is given them.
fn cases() -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "base" && !name.ends_with(".stdout"))
        .collect();
    names.sort();
    names
}

/// What `sayso check` prints about packs.
fn checked(packs: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(["check", "--no-builtin"])
        .args(packs)
        .current_dir(folder())
        .output()
        .unwrap();
    assert!(
        matches!(output.status.code(), Some(0 | 1)),
        "{packs:?}: {output:?}"
    );
    String::from_utf8(output.stdout).unwrap()
}

fn expected_path(case: &str) -> PathBuf {
    folder().join(format!("{}.stdout", case.trim_end_matches(".sayso")))
}

/// The codes that a printed text names: `error[unknown-type]`.
fn codes(printed: &str) -> BTreeSet<&str> {
    printed
        .lines()
        .filter(|line| line.starts_with("error[") || line.starts_with("warning["))
        .filter_map(|line| line.split(['[', ']']).nth(1))
        .collect()
}

#[test]
fn every_broken_file_is_reported_as_expected() {
    let bless = std::env::var_os("BLESS").is_some();
    let cases = cases();
    assert!(cases.len() >= 100, "{} cases", cases.len());
    let mut wrong = Vec::new();
    for case in &cases {
        let printed = checked(&["base", case]);
        let of_name = codes(&printed).into_iter().any(|code| {
            case.strip_prefix(code)
                .is_some_and(|rest| rest.starts_with('-'))
        });
        if !of_name {
            wrong.push(format!("{case}: not reported by its code:\n{printed}"));
        }
        let path = expected_path(case);
        if bless {
            std::fs::write(&path, &printed).unwrap();
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        if printed != expected {
            wrong.push(format!("{case}: printed\n{printed}\nexpected\n{expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_has_a_case() {
    let printed: Vec<String> = cases()
        .iter()
        .map(|case| std::fs::read_to_string(expected_path(case)).unwrap())
        .collect();
    let seen: BTreeSet<&str> = printed.iter().flat_map(|text| codes(text)).collect();
    let known: BTreeSet<&str> = LINTS.iter().chain(ERRORS).copied().collect();
    assert_eq!(seen, known);
    assert_eq!(known.len(), LINTS.len() + ERRORS.len());
}

#[test]
fn the_reference_explains_every_code() {
    let page = include_str!("../rules/README.md");
    let table = |head: &str| -> Vec<&str> {
        let behind = page.split_once(head).unwrap().1;
        let rows = behind.lines().skip(2).take_while(|l| l.starts_with("| `"));
        rows.map(|row| row.split('`').nth(1).unwrap()).collect()
    };
    assert_eq!(table("| error | what to do |"), ERRORS);
    assert_eq!(table("| warning | what to do |"), LINTS);
}

#[test]
fn lints_are_warnings_and_nothing_else_is() {
    for case in cases() {
        let printed = std::fs::read_to_string(expected_path(&case)).unwrap();
        for line in printed.lines() {
            let code = line.split(['[', ']']).nth(1).unwrap_or_default();
            if line.starts_with("warning[") {
                assert!(LINTS.contains(&code), "{case}: {line}");
            } else if line.starts_with("error[") {
                assert!(ERRORS.contains(&code), "{case}: {line}");
            }
        }
    }
}

#[test]
fn no_expected_message_is_left_over() {
    let known: BTreeSet<PathBuf> = cases().iter().map(|case| expected_path(case)).collect();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "stdout") {
            assert!(known.contains(&path), "{} has no case", path.display());
        }
    }
}

#[test]
fn the_base_pack_is_faultless() {
    assert_eq!(checked(&["base"]), "");
}
