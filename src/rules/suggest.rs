//! "Did you mean": the nearest known name.

use super::ast::Name;
use crate::diagnostic::Diagnostic;

/// Names less alike than this are not suggested.
const LIKENESS: f64 = 0.7;

/// The known name that is most like this one; among equals the first.
pub fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let lower = name.to_lowercase();
    let mut best: Option<(f64, &str)> = None;
    for candidate in known {
        let likeness = if candidate.to_lowercase() == lower {
            1.0
        } else {
            let edits = strsim::damerau_levenshtein(&lower, &candidate.to_lowercase());
            if edits > lower.chars().count().div_ceil(3) {
                continue;
            }
            strsim::jaro_winkler(&lower, &candidate.to_lowercase())
        };
        if candidate != name && likeness >= LIKENESS && best.is_none_or(|(most, _)| likeness > most)
        {
            best = Some((likeness, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Adds "did you mean" with its edit, or the other help where nothing is near; empty help adds nothing.
pub(super) fn add<'n>(
    diagnostic: Diagnostic,
    name: &Name,
    known: impl IntoIterator<Item = &'n str>,
    otherwise: &str,
) -> Diagnostic {
    match nearest(&name.text, known) {
        Some(candidate) => diagnostic
            .help(format!("did you mean `{candidate}`?"))
            .edit(name.location, candidate),
        None if otherwise.is_empty() => diagnostic,
        None => diagnostic.help(otherwise),
    }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn suggests_the_nearest_name_and_nothing_far() {
        let known = ["Person", "Place", "Organisation"];
        assert_eq!(nearest("Persn", known), Some("Person"));
        assert_eq!(nearest("person", known), Some("Person"));
        assert_eq!(nearest("Organization", known), Some("Organisation"));
        assert_eq!(nearest("Quantity", known), None);
    }
}
