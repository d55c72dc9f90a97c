//! `~sued`: a lemma that is none, so that no form of it is found.

use crate::annotation::Model;
use crate::diagnostic::{Diagnostic, Location};
use crate::rules::ast::{Pattern, PatternKind, TokenTest, TokenTestKind};
use crate::rules::check::Checker;
use crate::rules::parser::for_each_element;

impl Checker<'_, '_> {
    /// Inflected forms behind `~` anywhere in a pattern.
    pub(super) fn inflected(&mut self, pattern: &Pattern) {
        let mut found = Vec::new();
        for_each_element(pattern, &mut |element| match &element.kind {
            PatternKind::Lemma(text) => found.push((text.as_str(), element.location)),
            PatternKind::Test(test) => lemmas(test, &mut found),
            _ => {}
        });
        for (text, location) in found {
            let Some((form, meant)) = meant_lemma(text) else {
                continue;
            };
            let quote = if meant.contains(' ') { "\"" } else { "" };
            let written = format!("~{quote}{meant}{quote}");
            self.report(
                inflected_lemma(&form, &meant, location)
                    .help(format!(
                        "write `{written}` to find all forms, or the word without `~` to find only this one"
                    ))
                    .guess(location, written),
            );
        }
    }
}

fn lemmas<'t>(test: &'t TokenTest, found: &mut Vec<(&'t str, Location)>) {
    match &test.kind {
        TokenTestKind::And(parts) | TokenTestKind::Or(parts) => {
            for part in parts {
                lemmas(part, found);
            }
        }
        TokenTestKind::Not(inner) => lemmas(inner, found),
        TokenTestKind::Lemma(text) => found.push((text, test.location)),
        _ => {}
    }
}

/// What an author means who asks for all forms of a word that is a form itself: the form and its lemma, with the other
/// words of a verb. None for a word that may be a lemma.
pub(in crate::rules) fn meant_lemma(text: &str) -> Option<(String, String)> {
    let lower = text.to_lowercase();
    let (form, rest) = lower.split_once(' ').unwrap_or((&lower, ""));
    let lemma = Model::builtin().lemma_of_form(form)?;
    let meant = format!("{lemma} {rest}");
    Some((form.to_owned(), meant.trim_end().to_owned()))
}

/// The warning about such a word.
pub(in crate::rules) fn inflected_lemma(form: &str, meant: &str, location: Location) -> Diagnostic {
    let lemma = meant.split(' ').next().unwrap_or_default();
    Diagnostic::warning(
        "inflected-lemma",
        format!("`{form}` is a form of `{lemma}`, and finds no other forms of it"),
        location,
    )
}
