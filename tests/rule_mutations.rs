//! No rule file may make the loader panic or hang: shipped ones, broken at random, are loaded, compiled and run.

use proptest::prelude::*;
use proptest::sample::Index;
use sayso::rules::{MemoryFiles, compile, load};
use sayso::{Extractor, Severity};
use std::path::Path;
use std::sync::LazyLock;

/// Rows of a list that are kept: the loader's ways do not depend on how many there are.
const ROWS: usize = 5;

/// What is put in: every sigil, half-open pieces, words of the language, and what no rule has.
const PIECES: &[&str] = &[
    "~",
    "%",
    "@",
    "$",
    "<",
    ">",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    "|",
    "?",
    "*",
    "+",
    "...",
    "..",
    "…",
    ":",
    ",",
    ".",
    "/",
    "\\",
    "\"",
    "`",
    "'",
    "“",
    "--",
    "->",
    "=",
    "=>",
    "&",
    "!",
    "_",
    "#",
    "\n",
    "\n  ",
    "\t",
    "\r\n",
    "\0",
    "\u{feff}",
    "é",
    "日本",
    "🙂",
    "after(",
    "not before(",
    "until(",
    "{1,3}",
    "{0,99999}",
    "{4294967296}",
    "(((((((((",
    "where ",
    "set x = ",
    "absorb x",
    "match a: ",
    "name b: ",
    "yes [",
    "no ",
    "todo yes x",
    "refer he -> nearest ",
    "override ",
    "extend list ",
    "+= ",
    "use \"x\"",
    "type A: B",
    "version 2",
    "meta allow ",
    "<start>",
    "<end>",
    "@Person",
    "@vg{neg will|would}(",
    "%country.demonym",
    "/(a{1000}){1000}/",
    "not ",
    " and ",
    " or ",
    "_",
    "1",
    "-1",
];

/// Rule files and shortened lists of the shipped pack.
static PACK: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut files = Vec::new();
    read(&root, &root, &mut files);
    files.sort();
    files
});

fn read(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(root, &path, files);
            continue;
        }
        let name = path.strip_prefix(root).unwrap().to_str().unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        let is_rule = path.extension().is_some_and(|e| e == "sayso");
        let kept = if is_rule {
            text
        } else {
            let rows = text.lines().filter(|l| !l.starts_with('#'));
            rows.take(ROWS).collect::<Vec<_>>().join("\n")
        };
        files.push((name.replace('\\', "/"), kept));
    }
}

/// One change: what, where, and with what.
type Change = (u8, Index, Index, Index);

fn changed(text: &str, (how, place, other, piece): &Change) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let chars: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let words: Vec<&str> = text.split_inclusive(' ').collect();
    let piece = PIECES[piece.index(PIECES.len())];
    if lines.is_empty() {
        return piece.to_owned();
    }
    let edited = |parts: &[&str]| {
        let mut parts = parts.to_vec();
        let (at, from) = (place.index(parts.len()), other.index(parts.len()));
        match how % 4 {
            0 => drop(parts.remove(at)),
            1 => parts.insert(at, parts[at]),
            2 => parts.swap(at, from),
            _ => parts.insert(at, piece),
        }
        parts.concat()
    };
    match how / 4 % 3 {
        0 => edited(&lines),
        1 => edited(&words),
        _ => {
            let at = chars[place.index(chars.len())];
            let (before, behind) = text.split_at(at);
            let rest = behind
                .char_indices()
                .nth(usize::from(how % 4))
                .map_or("", |(n, _)| &behind[n..]);
            format!("{before}{piece}{rest}")
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn broken_at_random_the_pack_loads_and_runs(
        file in any::<Index>(),
        changes in prop::collection::vec(any::<Change>(), 1..8),
    ) {
        let mut files = PACK.clone();
        let number = file.index(files.len());
        for change in &changes {
            files[number].1 = changed(&files[number].1, change);
        }
        let mut pack = MemoryFiles::new();
        for (path, text) in files {
            pack.add(path, text);
        }
        let (loaded, diagnostics) = load(&[&pack]);
        for diagnostic in &diagnostics {
            for label in &diagnostic.labels {
                let text = &loaded.sources.get(label.location.source).text;
                let range = label.location.span.range();
                prop_assert!(text.get(range).is_some(), "{diagnostic:?}");
            }
        }
        let (rules, _) = compile(loaded);
        let text = "Anna Weber, the mayor of Riga, said \"the ferry is late\" and refused to pay 300 euros.";
        Extractor::new(&rules).extract(text);
    }
}

#[test]
fn what_is_not_broken_still_works() {
    let pack = MemoryFiles::new().with(
        "a.sayso",
        "version 1\ntype Agent\nlist state = Latvia Norway\nentity Agent {\n  name state: %state\n  name broken: %stat\n}\n\
         relation snubs(agent: Agent, cue: text)\nrelation snubs {\n  match broken: agent:@Agnt cue:~snub\n  \
         match verb: agent:@Agent cue:~snub\n}\nrelation ~ {\n",
    );
    let (loaded, diagnostics) = load(&[&pack]);
    let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error);
    assert_eq!(errors.count(), 3, "{diagnostics:#?}");
    let (rules, _) = compile(loaded);
    let extraction = Extractor::new(&rules).extract("Latvia snubbed them.");
    assert_eq!(extraction.graph.relations().len(), 1);
}
