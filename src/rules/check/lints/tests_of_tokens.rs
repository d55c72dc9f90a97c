//! Tests that no token passes.

use crate::diagnostic::Diagnostic;
use crate::rules::ast::{Comparison, TokenTest, TokenTestKind};
use crate::rules::check::Checker;

/// Shapes that no token has at once.
const APART: [(&str, &str); 4] = [
    ("cap", "lower"),
    ("upper", "lower"),
    ("upper", "mixed"),
    ("lower", "mixed"),
];

impl Checker<'_, '_> {
    /// `[lower & upper]`, `[cap & !cap]`, `[len>4 & len<3]`, `[<NOUN> & <VERB>]`
    pub(in crate::rules::check) fn satisfiable(&mut self, parts: &[TokenTest], whole: &TokenTest) {
        let mut flat = Vec::new();
        flatten(parts, &mut flat);
        for (index, second) in flat.iter().enumerate() {
            for first in &flat[..index] {
                if excludes(first, second) {
                    self.report(
                        Diagnostic::warning(
                            "unsatisfiable-test",
                            "no token passes both of these tests",
                            second.location,
                        )
                        .also(first.location, "this one excludes it")
                        .help("write `|` between them for either, or take one of them out"),
                    );
                    return;
                }
            }
        }
        if flat.iter().any(|t| never(t)) {
            self.report(
                Diagnostic::warning(
                    "unsatisfiable-test",
                    "no token passes this test",
                    whole.location,
                )
                .help("every token has at least one character"),
            );
        }
    }
}

fn flatten<'t>(parts: &'t [TokenTest], flat: &mut Vec<&'t TokenTest>) {
    for part in parts {
        match &part.kind {
            TokenTestKind::And(inner) => flatten(inner, flat),
            _ => flat.push(part),
        }
    }
}

fn excludes(first: &TokenTest, second: &TokenTest) -> bool {
    use TokenTestKind::{Length, Not, Shape, Tag, Word};
    match (&first.kind, &second.kind) {
        (Not(inner), _) if same(&inner.kind, &second.kind) => true,
        (_, Not(inner)) if same(&inner.kind, &first.kind) => true,
        (Shape(a), Shape(b)) => APART
            .iter()
            .any(|(x, y)| (a == x && b == y) || (a == y && b == x)),
        (Tag { upos: a, .. }, Tag { upos: b, .. }) => a.text != b.text,
        (Word { text: a, .. }, Word { text: b, .. }) => a.to_lowercase() != b.to_lowercase(),
        (Length(how, count), Length(also, other)) => {
            let (low, high) = bounds(*how, *count);
            let (also_low, also_high) = bounds(*also, *other);
            low.max(also_low) > high.min(also_high)
        }
        _ => false,
    }
}

/// `[len<1]`
fn never(test: &TokenTest) -> bool {
    match &test.kind {
        TokenTestKind::Length(how, count) => bounds(*how, *count).1 < 1,
        _ => false,
    }
}

/// The least and the greatest length that passes.
fn bounds(how: Comparison, count: u32) -> (u32, u32) {
    match how {
        Comparison::Equal => (count, count),
        Comparison::NotEqual => (0, u32::MAX),
        Comparison::Less => (0, count.saturating_sub(1)),
        Comparison::LessOrEqual => (0, count),
        Comparison::Greater => (count.saturating_add(1), u32::MAX),
        Comparison::GreaterOrEqual => (count, u32::MAX),
    }
}

/// Whether two tests ask the same.
fn same(one: &TokenTestKind, other: &TokenTestKind) -> bool {
    use TokenTestKind::{Lemma, List, Shape, Tag, Word};
    match (one, other) {
        (Shape(a), Shape(b)) | (Lemma(a), Lemma(b)) => a == b,
        (Word { text: a, exact: x }, Word { text: b, exact: y }) => a == b && x == y,
        (List { name: a, column: x }, List { name: b, column: y })
        | (Tag { upos: a, form: x }, Tag { upos: b, form: y }) => {
            let text = |n: &Option<crate::rules::ast::Name>| n.as_ref().map(|n| n.text.clone());
            a.text == b.text && text(x) == text(y)
        }
        _ => false,
    }
}
