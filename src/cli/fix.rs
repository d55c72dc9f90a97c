//! `sayso check --fix`: the edits that are certain, written into the files. Guesses are left to their reader: a name that
//! is unknown because its declaration has a slip must not become the name that happens to be near.

use super::packs::{Loaded, load_packs};
use super::whole_file::write_whole;
use crate::diagnostic::{Edit, SourceId};
use crate::rules::{BuiltinFiles, Files};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// One edit may bring the next fault to light; more rounds than this would be a circle.
const ROUNDS: usize = 8;

/// Applies edits until there are none; what is then left to say, and how many edits were made.
pub(super) fn apply(rules: &[PathBuf], builtin: bool) -> anyhow::Result<(Loaded, usize)> {
    let mut loaded = load_packs(rules, builtin, true)?;
    let mut made = 0;
    for _ in 0..ROUNDS {
        let edits = edits(&loaded, builtin);
        if edits.is_empty() {
            break;
        }
        for (source, edits) in edits {
            let source = loaded.rules.sources.get(source);
            let text = edited(&source.text, &edits);
            write_whole(Path::new(&source.path), text.as_bytes())?;
            made += edits.len();
        }
        loaded = load_packs(rules, builtin, true)?;
    }
    Ok((loaded, made))
}

/// The edits of each file on the disk, in order; of those that overlap the first.
fn edits(loaded: &Loaded, builtin: bool) -> BTreeMap<SourceId, Vec<Edit>> {
    let mut files: BTreeMap<SourceId, Vec<Edit>> = BTreeMap::new();
    let all = loaded.diagnostics.iter().flat_map(|d| &d.edits);
    for edit in all.filter(|e| e.certain && is_own(loaded, e.location.source, builtin)) {
        files
            .entry(edit.location.source)
            .or_default()
            .push(edit.clone());
    }
    for edits in files.values_mut() {
        edits.sort_by_key(|e| (e.location.span.start, e.location.span.end));
        let mut end = None;
        edits.retain(|edit| {
            let span = edit.location.span;
            let apart = end.is_none_or(|end| span.start > end);
            if apart {
                end = Some(span.end);
            }
            apart
        });
    }
    files
}

/// Whether a file is one on the disk, as it was read, and none of the shipped ones.
fn is_own(loaded: &Loaded, source: SourceId, builtin: bool) -> bool {
    let source = loaded.rules.sources.get(source);
    let shipped = || {
        builtin
            && BuiltinFiles
                .read(&source.path)
                .is_ok_and(|text| text == source.text)
    };
    std::fs::read_to_string(&source.path).is_ok_and(|text| text == source.text) && !shipped()
}

fn edited(text: &str, edits: &[Edit]) -> String {
    let mut edited = String::with_capacity(text.len());
    let mut from = 0;
    for edit in edits {
        edited.push_str(&text[from..edit.location.span.start as usize]);
        edited.push_str(&edit.replacement);
        from = edit.location.span.end as usize;
    }
    edited.push_str(&text[from..]);
    edited
}
