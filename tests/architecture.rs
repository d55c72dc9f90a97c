//! The invariants of `src/README.md` that can be read off the source.

use std::path::{Path, PathBuf};

/// The stages in the order of the data; each may name only those before it.
const STAGES: [&str; 12] = [
    "text",
    "annotation",
    "graph",
    "rules",
    "matching",
    "resolution",
    "export",
    "evaluation",
    "query",
    "extractor",
    "rule_tests",
    "cli",
];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// Every source file with its stage and its code without tests and comments.
fn sources() -> Vec<(PathBuf, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    files(&root, &mut found);
    found
        .into_iter()
        .filter(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap();
            !["test", "fixture", "invariants"]
                .iter()
                .any(|part| name.contains(part))
        })
        .map(|path| {
            let inside = path.strip_prefix(&root).unwrap();
            let stage = inside
                .iter()
                .next()
                .unwrap()
                .to_str()
                .unwrap()
                .trim_end_matches(".rs")
                .to_owned();
            let text = std::fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap();
            let code: String = code
                .lines()
                .filter(|l| !l.trim_start().starts_with("//"))
                .collect::<Vec<_>>()
                .join("\n");
            (path, stage, code)
        })
        .collect()
}

#[test]
fn a_stage_names_only_stages_before_it() {
    for (path, stage, code) in sources() {
        let Some(own) = STAGES.iter().position(|s| *s == stage) else {
            continue;
        };
        for later in &STAGES[own + 1..] {
            let named = format!("crate::{later}");
            assert!(
                !code.contains(&named),
                "{} uses {named}, a later stage",
                path.display()
            );
        }
    }
}

#[test]
fn the_core_does_no_input_or_output() {
    for (path, stage, code) in sources() {
        if stage == "cli" || stage == "main" {
            continue;
        }
        for banned in [
            "std::fs",
            "println!",
            "eprintln!",
            "std::env",
            "std::thread",
            "std::time",
            "Instant::now",
        ] {
            assert!(!code.contains(banned), "{} uses {banned}", path.display());
        }
    }
}

#[test]
fn nothing_in_the_code_knows_a_relation_of_the_pack_by_name() {
    for (path, stage, code) in sources() {
        if ![
            "rules",
            "matching",
            "resolution",
            "graph",
            "export",
            "evaluation",
            "query",
        ]
        .contains(&stage.as_str())
        {
            continue;
        }
        for name in [
            "\"said\"",
            "\"refuses\"",
            "\"estimates\"",
            "\"holds_role\"",
            "\"Country\"",
            "\"Person\"",
        ] {
            assert!(!code.contains(name), "{} names {name}", path.display());
        }
    }
}
