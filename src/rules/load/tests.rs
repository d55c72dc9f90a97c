//! Unit tests of loading.

use super::*;
use crate::rules::files::MemoryFiles;

fn codes(diagnostics: &[Diagnostic]) -> Vec<&'static str> {
    diagnostics.iter().map(|d| d.code).collect()
}

#[test]
fn packs_extend_disable_and_override_earlier_ones() {
    let base = MemoryFiles::new()
        .with("a.sayso", "version 1\ntype Person\nlist verbs from \"lists/verbs.tsv\"\nrelation said(who: Person, cue: text) {\n  match per: cue:x who:@Person\n  match by: cue:%verbs who:@Person\n  no x\n}\nrelation left(who: Person, cue: text) {\n  match who:@Person cue:~leave\n  no x\n}\nentity Person {\n  name anna: anna\n  no x\n}\n")
        .with("lists/verbs.tsv", "lemma\tclass\nsay\tplain\ntell\tplain\n");
    let own = MemoryFiles::new().with(
        "own.sayso",
        "version 1\nextend list verbs += ~declare\nextend list verbs -= tell\ndisable said/per\noverride relation left {\n  match gone: who:@Person cue:~go\n  no x\n}\n",
    );
    let (pack, diagnostics) = load(&[&base, &own]);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    let words: Vec<_> = pack.lists["verbs"]
        .entries
        .iter()
        .map(|e| e.cells.first(0).unwrap())
        .collect();
    assert_eq!(words, ["say", "declare"]);
    let names = |relation: &str| -> Vec<String> {
        let blocks = &pack.relations[relation].blocks;
        let items = blocks.iter().flat_map(|b| &b.items);
        items
            .filter_map(|item| match &item.kind {
                crate::rules::ast::ItemKind::Match(line) => {
                    line.label.as_ref().map(|l| l.text.clone())
                }
                _ => None,
            })
            .collect()
    };
    assert_eq!(names("said"), ["by"]);
    assert_eq!(names("left"), ["gone"]);
}

#[test]
fn types_and_relations_come_after_what_they_stand_on() {
    let files = MemoryFiles::new().with(
        "a.sayso",
        "version 1\ntype Country: Agent, Place\ntype Agent\ntype Place\ntype Quantity: Value\nrelation argues: said\nrelation said(who: Agent, cue: text, content: Statement) speech label cue\n",
    );
    let (pack, diagnostics) = load(&[&files]);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    let types: Vec<_> = pack.types.keys().map(String::as_str).collect();
    assert_eq!(types, ["Value", "Agent", "Place", "Country", "Quantity"]);
    assert_eq!(pack.relations.get_index_of("said"), Some(0));
    assert_eq!(pack.relations["argues"].flags, ["speech"]);
    assert_eq!(pack.relations["argues"].parameters.len(), 3);
}

#[test]
fn cycles_are_reported_and_broken() {
    let files = MemoryFiles::new().with(
        "a.sayso",
        "version 1\ntype A: B\ntype B: C\ntype C: A\nrelation x: y\nrelation y: x\n",
    );
    let (pack, diagnostics) = load(&[&files]);
    assert_eq!(codes(&diagnostics)[..2], ["type-cycle", "relation-cycle"]);
    assert_eq!(pack.types.len(), 4);
}

/// A pack in a folder of its own, beside others.
struct Root(MemoryFiles);
impl Files for Root {
    fn read(&self, path: &str) -> Result<String, crate::rules::files::FileFault> {
        self.0.read(path)
    }
    fn list(&self, folder: &str) -> Result<Vec<String>, crate::rules::files::FileFault> {
        let mut paths = self.0.list(folder)?;
        paths.retain(|p| folder.starts_with("..") || !p.starts_with(".."));
        Ok(paths)
    }
}

#[test]
fn used_files_come_first_and_once() {
    let files = MemoryFiles::new()
        .with(
            "a.sayso",
            "version 1\nuse \"z.sayso\"\nuse \"../base\"\ntype A\n",
        )
        .with("z.sayso", "version 1\ntype Z\n")
        .with(
            "../base/b.sayso",
            "version 1\ntype B\nlist l from \"l.txt\"\n",
        )
        .with("../base/l.txt", "one\n");
    let (pack, diagnostics) = load(&[&Root(files)]);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    let types: Vec<_> = pack.types.keys().map(String::as_str).collect();
    assert_eq!(types, ["Value", "Z", "B", "A"]);
    assert_eq!(pack.lists["l"].entries.len(), 1);
}

#[test]
fn files_that_use_each_other_are_a_fault() {
    let files = MemoryFiles::new()
        .with("a.sayso", "version 1\nuse \"b.sayso\"\ntype A\n")
        .with("b.sayso", "version 1\nuse \"a.sayso\"\ntype B\n");
    let (pack, diagnostics) = load(&[&files]);
    assert_eq!(codes(&diagnostics), ["use-cycle"]);
    assert_eq!(pack.types.len(), 3);
}

#[test]
fn an_empty_or_missing_pack_is_a_fault() {
    let (_, diagnostics) = load(&[&MemoryFiles::new()]);
    assert_eq!(codes(&diagnostics), ["no-rule-files"]);
}
