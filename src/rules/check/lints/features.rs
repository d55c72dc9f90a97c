//! Features that nothing has at once.

use crate::diagnostic::Diagnostic;
use crate::rules::ast::{Feature, Features, Pattern, PatternKind};
use crate::rules::check::Checker;
use crate::rules::parser::for_each_element;

/// Of each row a verb group has at most one: modals stand first in it, and nothing is twice first.
const VERBS: [&[&str]; 4] = [
    &["finite", "inf", "ing", "part"],
    &["past", "present", "future"],
    &["active", "passive"],
    &["will", "would", "can", "could", "may", "might", "should"],
];

/// A quotation is speech, or words inside a clause.
const QUOTES: [&[&str]; 1] = [&["direct", "scare"]];

/// A mention is of one kind.
const MENTIONS: [&[&str]; 1] = [&["name", "adjective", "nominal", "pronoun"]];

impl Checker<'_, '_> {
    /// `@vg{active passive}`, `@vg{neg !neg}`, `@Person{name nominal}`
    pub(super) fn contradictions(&mut self, pattern: &Pattern) {
        let mut faults = Vec::new();
        for_each_element(pattern, &mut |element| {
            if let PatternKind::Found {
                name,
                features: Some(features),
                ..
            } = &element.kind
            {
                let (apart, what): (&[&[&str]], _) = match name.text.as_str() {
                    "vg" => (&VERBS, "verb group"),
                    "quote" => (&QUOTES, "quotation"),
                    "ng" => (&[], "noun group"),
                    _ => (&MENTIONS, "mention"),
                };
                faults.extend(contradiction(features, apart, what));
            }
        });
        for fault in faults {
            self.report(fault);
        }
    }
}

/// The first two demands that exclude each other, whichever of their alternatives holds.
fn contradiction(features: &Features, apart: &[&[&str]], what: &str) -> Option<Diagnostic> {
    for (index, second) in features.all.iter().enumerate() {
        for first in &features.all[..index] {
            let all = |check: &dyn Fn(&Feature, &Feature) -> bool| {
                first.iter().all(|a| second.iter().all(|b| check(a, b)))
            };
            if !all(&|a, b| exclude(a, b, apart)) {
                continue;
            }
            let (first, second) = (first.first()?, second.first()?);
            let written =
                |f: &Feature| format!("{}{}", if f.negative { "!" } else { "" }, f.name.text);
            let (one, other) = (written(first), written(second));
            return Some(
                Diagnostic::warning(
                    "unsatisfiable-test",
                    format!("no {what} is `{one}` and `{other}` at once"),
                    second.name.location,
                )
                .also(first.name.location, "this one excludes it")
                .help(format!(
                    "a blank is and: write `{one}|{other}` for either, or take one of them out"
                )),
            );
        }
    }
    None
}

fn exclude(one: &Feature, other: &Feature, apart: &[&[&str]]) -> bool {
    let (a, b) = (one.name.text.as_str(), other.name.text.as_str());
    if a == b {
        return one.negative != other.negative;
    }
    let both_in = |row: &&[&str]| row.contains(&a) && row.contains(&b);
    !one.negative && !other.negative && apart.iter().any(both_in)
}
