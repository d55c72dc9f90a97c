//! `meta allow CODE`: warnings that the author has seen and wants no more of.

use super::super::ast::{Block, ItemKind, Name};
use super::super::codes::{ERRORS, LINTS};
use super::super::pack::Allowance;
use super::super::suggest;
use super::collect::{Collected, Said};
use crate::diagnostic::{Diagnostic, Location, Sources};
use crate::text::Span;

/// What files and blocks allow; unknown codes are reported.
pub(super) fn allowances(
    collected: &Collected,
    sources: &Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Allowance> {
    let mut allowed = Vec::new();
    let mut add = |key: &Name, value: &str, scope: Location| {
        if key.text != "allow" {
            return;
        }
        for code in value.split([' ', ',', '\t']).filter(|c| !c.is_empty()) {
            if LINTS.contains(&code) {
                allowed.push(Allowance {
                    code: code.to_owned(),
                    location: scope,
                });
            } else {
                diagnostics.push(unknown(key, code, sources));
            }
        }
    };
    for (source, key, value) in &collected.allowed {
        let whole = Span::new(0, sources.get(*source).text.len() as u32);
        let scope = Location {
            source: *source,
            span: whole,
        };
        add(key, value, scope);
    }
    let relations = collected.relations.values().flat_map(|r| &r.blocks);
    let blocks = collected
        .entities
        .iter()
        .chain(&collected.merges)
        .chain(collected.phrases.values())
        .chain(relations);
    for Said { value: block, .. } in blocks {
        for item in &block.items {
            if let ItemKind::Meta(key, value) = &item.kind {
                add(key, value, whole(block));
            }
        }
    }
    allowed
}

/// A block with its name.
fn whole(block: &Block) -> Location {
    let mut location = block.location;
    location.span = location.span.cover(block.name.location.span);
    location
}

fn unknown(key: &Name, code: &str, sources: &Sources) -> Diagnostic {
    let text = &sources.get(key.location.source).text;
    let behind = key.location.span.end as usize;
    let start = (behind + text[behind..].find(code).unwrap_or_default()) as u32;
    let mut location = key.location;
    location.span = Span::new(start, start + code.len() as u32);
    let name = Name {
        text: code.to_owned(),
        location,
    };
    if ERRORS.contains(&code) {
        return Diagnostic::error(
            "unknown-lint",
            format!("`{code}` is an error, which cannot be allowed"),
            location,
        )
        .help("mend what it says; only warnings can be silenced");
    }
    let diagnostic = Diagnostic::error(
        "unknown-lint",
        format!("there is no warning `{code}`"),
        location,
    );
    let otherwise = format!("warnings are {}", LINTS.join(", "));
    suggest::add(diagnostic, &name, LINTS.iter().copied(), &otherwise)
}
