//! Variants that find nothing of their own.

use crate::diagnostic::{Diagnostic, Location};
use crate::rules::ast::{MatchItem, Name, Pattern, PatternKind, TokenTestKind};
use crate::rules::check::Checker;

impl Checker<'_, '_> {
    /// Provenance and `disable` name a variant by its label: it must be there once.
    pub(super) fn same_labels(&mut self, lines: &[(&MatchItem, Location)]) {
        for (index, (line, _)) in lines.iter().enumerate() {
            let Some(label) = &line.label else { continue };
            let mut earlier = lines[..index].iter().filter_map(|(l, _)| l.label.as_ref());
            let Some(first) = earlier.find(|l| l.text == label.text) else {
                continue;
            };
            self.report(
                Diagnostic::warning(
                    "duplicate-rule",
                    format!("two variants are called `{}`", label.text),
                    label.location,
                )
                .also(first.location, "here for the first time")
                .help(
                    "choose another name: provenance, tests and `disable` cannot tell them apart",
                ),
            );
        }
    }

    /// A variant all of whose matches another one finds as well.
    pub(super) fn covered(&mut self, lines: &[(&MatchItem, Location)]) {
        for (index, (line, location)) in lines.iter().enumerate() {
            if !line.assignments.is_empty() || line.absorb.is_some() {
                continue;
            }
            let mut others = lines.iter().enumerate().filter(|(n, (other, _))| {
                let alike = other.kind == line.kind
                    && other.filters.is_empty()
                    && other.assignments.is_empty()
                    && other.absorb.is_none();
                *n != index && alike && self.covers(&other.pattern, &line.pattern)
            });
            let Some((other, (covering, place))) = others.next() else {
                continue;
            };
            let mutual = line.filters.is_empty() && self.covers(&line.pattern, &covering.pattern);
            if mutual && other > index {
                continue;
            }
            let (code, message) = if mutual {
                (
                    "duplicate-rule",
                    "this variant finds the same as another one",
                )
            } else {
                (
                    "covered-variant",
                    "all that this variant finds another one finds as well",
                )
            };
            self.report(
                Diagnostic::warning(code, message, *location)
                    .also(*place, "this one")
                    .help("take it out, or change what it finds"),
            );
        }
    }

    /// Whether everything that the second pattern finds, the first finds with the same captures; a guess on the safe side.
    fn covers(&self, wide: &Pattern, narrow: &Pattern) -> bool {
        use PatternKind as K;
        match (&wide.kind, &narrow.kind) {
            (_, K::Alternative(branches)) => branches.iter().all(|b| self.covers(wide, b)),
            (K::Alternative(branches), _) => branches.iter().any(|b| self.covers(b, narrow)),
            (K::Sequence(a), K::Sequence(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| self.covers(a, b))
            }
            (
                K::Capture { name, pattern },
                K::Capture {
                    name: other,
                    pattern: inner,
                },
            ) => name.text == other.text && self.covers(pattern, inner),
            (
                K::Repeat { pattern, min, max },
                K::Repeat {
                    pattern: inner,
                    min: least,
                    max: most,
                },
            ) => {
                let longest = |max: &Option<u32>| max.unwrap_or(u32::MAX);
                min <= least && longest(max) >= longest(most) && self.covers(pattern, inner)
            }
            (
                K::Found {
                    name,
                    features,
                    head,
                },
                K::Found {
                    name: other,
                    features: more,
                    head: inner,
                },
            ) => {
                let heads = match (head, inner) {
                    (None, None) => true,
                    (Some(head), Some(inner)) => self.covers(head, inner),
                    _ => false,
                };
                let alike = match (features, more) {
                    (None, None) => true,
                    (Some(a), Some(b)) => format_features(a) == format_features(b),
                    _ => false,
                };
                heads && alike && (name.text == other.text || self.is_a(&other.text, &name.text))
            }
            (one, other) => equal(one, other),
        }
    }
}

fn format_features(features: &crate::rules::ast::Features) -> Vec<Vec<(bool, &str)>> {
    let all = features.all.iter();
    all.map(|any| {
        any.iter()
            .map(|f| (f.negative, f.name.text.as_str()))
            .collect()
    })
    .collect()
}

/// Whether two elements without parts are the same.
fn equal(one: &PatternKind, other: &PatternKind) -> bool {
    use PatternKind as K;
    let column = |c: &Option<Name>| c.as_ref().map(|c| c.text.clone());
    match (one, other) {
        (K::Word { text: a, exact: x }, K::Word { text: b, exact: y }) => {
            x == y && (a == b || !x && a.to_lowercase() == b.to_lowercase())
        }
        (K::Lemma(a), K::Lemma(b)) => a == b,
        (K::List { name: a, column: x }, K::List { name: b, column: y })
        | (K::Tag { upos: a, form: x }, K::Tag { upos: b, form: y }) => {
            a.text == b.text && column(x) == column(y)
        }
        (K::Start, K::Start) | (K::End, K::End) | (K::Paragraph, K::Paragraph) => true,
        (K::Macro(a), K::Macro(b)) => a.text == b.text,
        (K::Gap { min: a, max: x }, K::Gap { min: b, max: y }) => a == b && x == y,
        (K::Test(a), K::Test(b)) => match (&a.kind, &b.kind) {
            (TokenTestKind::Shape(a), TokenTestKind::Shape(b)) => a == b,
            _ => false,
        },
        _ => false,
    }
}
