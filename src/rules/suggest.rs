//! "Did you mean": the nearest known name.

use super::ast::Name;
use crate::diagnostic::Diagnostic;

pub use crate::diagnostic::nearest;

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
            .guess(name.location, candidate),
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
