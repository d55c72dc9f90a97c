//! What `=> key=value` of a test may ask.

use super::Checker;
use crate::diagnostic::Diagnostic;
use crate::rules::ast::{Name, RuleTest};
use crate::rules::suggest;

/// What every relation has, with its values; `kind` is that of a mention.
const QUALIFIERS: [(&str, &[&str]); 5] = [
    ("polarity", &["positive", "negative"]),
    (
        "modality",
        &[
            "asserted",
            "future",
            "attempted",
            "possible",
            "conditional",
            "question",
            "reported",
        ],
    ),
    ("tense", &["none", "past", "present", "future", "perfect"]),
    ("speech", &["direct", "indirect", "mixed"]),
    (
        "kind",
        &["name", "adjective", "nominal", "pronoun", "relation"],
    ),
];

impl Checker<'_, '_> {
    /// Keys are qualifiers or attributes; the values of qualifiers are known.
    pub(super) fn test_attributes(&mut self, test: &RuleTest) {
        for (key, value) in &test.attributes {
            let qualifier = QUALIFIERS.iter().find(|(name, _)| *name == key.text);
            if let Some((_, values)) = qualifier {
                if !values.contains(&value.as_str()) {
                    self.bad_value(key, value, values);
                }
            } else if !self.facts.attributes.contains(&key.text) {
                let attributes = self.facts.attributes.clone();
                let known = QUALIFIERS.iter().map(|(name, _)| *name);
                self.unknown(
                    "unknown-attribute",
                    "qualifier or attribute",
                    key,
                    known.chain(attributes.iter().map(String::as_str)),
                    "a test asks for polarity, modality, tense, speech, kind, or what a `set` gives",
                );
            }
        }
    }

    fn bad_value(&mut self, key: &Name, value: &str, values: &[&str]) {
        // The value stands behind the key and its `=`.
        let mut location = key.location;
        location.span.start = key.location.span.end + 1;
        location.span.end = location.span.start + value.len() as u32;
        let name = Name {
            text: value.to_owned(),
            location,
        };
        let diagnostic = Diagnostic::error(
            "bad-value",
            format!("`{}` is never `{value}`", key.text),
            location,
        );
        let otherwise = format!("it is one of {}", values.join(", "));
        self.report(suggest::add(
            diagnostic,
            &name,
            values.iter().copied(),
            &otherwise,
        ));
    }
}
