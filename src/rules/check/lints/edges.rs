//! What stands at the edges of a pattern, and what stands side by side in it.

use crate::diagnostic::Diagnostic;
use crate::rules::ast::{Features, Pattern, PatternKind};
use crate::rules::check::Checker;
use crate::rules::check::limits::captures_any;
use crate::rules::parser::for_each_element;

impl Checker<'_, '_> {
    /// Something optional at an edge that binds nothing: with it and without it the same is found.
    pub(super) fn optional_edges(&mut self, pattern: &Pattern) {
        let PatternKind::Sequence(parts) = &pattern.kind else {
            return;
        };
        for edge in [parts.first(), parts.last()].into_iter().flatten() {
            let optional = matches!(edge.kind, PatternKind::Repeat { min: 0, .. });
            if optional && !captures_any(self, edge) {
                self.report(
                    Diagnostic::warning(
                        "optional-edge",
                        "this may be missing at the edge of the pattern, and binds nothing",
                        edge.location,
                    )
                    .help("with it and without it the same is found: take it out, or capture it"),
                );
            }
        }
    }

    /// Elements side by side that cannot be meant so.
    pub(super) fn neighbours(&mut self, pattern: &Pattern) {
        let mut faults = Vec::new();
        for_each_element(pattern, &mut |element| {
            if let PatternKind::Sequence(parts) = &element.kind {
                for pair in parts.windows(2) {
                    faults.extend(nested_layers(&pair[0], &pair[1]));
                    faults.extend(self.glued(&pair[0], &pair[1]));
                }
            }
        });
        for fault in faults {
            self.report(fault);
        }
    }

    /// Two names with nothing between them are one name, or a list without its comma.
    fn glued(&self, first: &Pattern, second: &Pattern) -> Option<Diagnostic> {
        if !self.is_name(bare(first)) || !self.is_name(bare(second)) {
            return None;
        }
        Some(
            Diagnostic::warning(
                "glued-mentions",
                "two mentions stand side by side with nothing between them",
                second.location,
            )
            .also(first.location, "directly behind this one")
            .help("say what stands between them, as `,?` or `of`; one of two is written `@A | @B`"),
        )
    }

    /// A mention of an entity that is not an adjective or a value: those do stand before names.
    fn is_name(&self, pattern: &Pattern) -> bool {
        let PatternKind::Found { name, features, .. } = &pattern.kind else {
            return false;
        };
        self.pack.types.contains_key(&name.text)
            && !self.is_a(&name.text, "Value")
            && !features.as_ref().is_some_and(names_a_kind)
    }
}

/// A group goes to its end: the verb or noun that is asked for behind it stands inside.
fn nested_layers(first: &Pattern, second: &Pattern) -> Option<Diagnostic> {
    let (PatternKind::Found { name, head, .. }, PatternKind::Tag { upos, .. }) =
        (&bare(first).kind, &bare(second).kind)
    else {
        return None;
    };
    let inside = match name.text.as_str() {
        "vg" => ["VERB", "AUX"],
        "ng" => ["NOUN", "PROPN"],
        _ => return None,
    };
    if head.is_some() || !inside.contains(&upos.text.as_str()) {
        return None;
    }
    let group = &name.text;
    let tag = &upos.text;
    Some(
        Diagnostic::warning(
            "layers-nest",
            format!("`@{group}` already contains its `<{tag}>`"),
            second.location,
        )
        .also(first.location, "this group goes up to its last word")
        .help(format!(
            "ask for the head inside the group: `@{group}(<{tag}>)`"
        )),
    )
}

/// `{adjective}`, `{nominal}`: `the Latvian minister Anna Weber`.
fn names_a_kind(features: &Features) -> bool {
    let all = features.all.iter().flatten();
    all.into_iter()
        .any(|f| ["adjective", "nominal", "pronoun"].contains(&f.name.text.as_str()))
}

/// An element without its capture.
fn bare(pattern: &Pattern) -> &Pattern {
    match &pattern.kind {
        PatternKind::Capture { pattern, .. } => bare(pattern),
        _ => pattern,
    }
}
