//! Inflections written one by one where `~word` finds them all.

use crate::diagnostic::Diagnostic;
use crate::rules::ast::{Pattern, PatternKind};
use crate::rules::check::Checker;
use crate::rules::parser::for_each_element;

/// From so many forms on a verb is meant, and none of its forms is left out on purpose.
const FORMS: usize = 3;

impl Checker<'_, '_> {
    /// `(joined | joining | joins)`
    pub(super) fn spelled_out(&mut self, pattern: &Pattern) {
        let mut faults = Vec::new();
        for_each_element(pattern, &mut |element| {
            let PatternKind::Alternative(branches) = &element.kind else {
                return;
            };
            let words: Vec<&str> = branches.iter().filter_map(word).collect();
            let Some((base, forms)) = most_inflected(&words) else {
                return;
            };
            let diagnostic = Diagnostic::warning(
                "inflections-spelled-out",
                format!(
                    "these are inflections of `{base}`: `{}`",
                    forms.join("`, `")
                ),
                element.location,
            );
            faults.push(if forms.len() == branches.len() {
                diagnostic
                    .help(format!("`~{base}` finds all of them"))
                    .edit(element.location, format!("~{base}"))
            } else {
                diagnostic.help(format!("write `~{base}` instead of them"))
            });
        });
        for fault in faults {
            self.report(fault);
        }
    }
}

/// The one word of a branch.
fn word(branch: &Pattern) -> Option<&str> {
    match &branch.kind {
        PatternKind::Word { text, exact: false } if text.chars().all(char::is_alphabetic) => {
            Some(text)
        }
        _ => None,
    }
}

/// The word of which most others are regular inflections, with those.
fn most_inflected<'w>(words: &[&'w str]) -> Option<(String, Vec<&'w str>)> {
    let mut bases: Vec<String> = words.iter().flat_map(|w| bases_of(w)).collect();
    bases.sort();
    bases.dedup();
    let forms = |base: &str| -> Vec<&'w str> {
        let all = words.iter().filter(|w| is_form(&w.to_lowercase(), base));
        all.copied().collect()
    };
    bases
        .into_iter()
        .map(|base| (forms(&base), base))
        .filter(|(found, _)| found.len() >= FORMS)
        // `closes`, `closed`, `closing` come from `clos` or `close`, `passes`, `passed`, `passing` from `pass` or `passe`.
        .max_by_key(|(found, base)| {
            let needs_e = !["ss", "sh", "ch", "x", "zz"]
                .iter()
                .any(|e| base.trim_end_matches('e').ends_with(e));
            (found.len(), needs_e == base.ends_with('e'))
        })
        .map(|(found, base)| (base, found))
}

/// What a word may be an inflection of.
fn bases_of(word: &str) -> Vec<String> {
    let word = word.to_lowercase();
    let mut bases = vec![word.clone()];
    for (ending, instead) in [
        ("s", ""),
        ("es", ""),
        ("ies", "y"),
        ("ed", ""),
        ("ed", "e"),
        ("ied", "y"),
        ("ing", ""),
        ("ing", "e"),
    ] {
        if let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.len() > 1) {
            bases.push(format!("{stem}{instead}"));
            if let Some(single) = without_double(stem).filter(|_| instead.is_empty()) {
                bases.push(single.to_owned());
            }
        }
    }
    bases
}

/// `stopp` → `stop`
fn without_double(stem: &str) -> Option<&str> {
    let mut letters = stem.chars().rev();
    let (last, before) = (letters.next()?, letters.next()?);
    (last == before && !"aeiou".contains(last)).then(|| &stem[..stem.len() - last.len_utf8()])
}

fn is_form(word: &str, base: &str) -> bool {
    base.len() > 2 && bases_of(word).iter().any(|b| b == base)
}

#[cfg(test)]
mod tests {
    use super::most_inflected;

    fn base(words: &[&str]) -> Option<String> {
        most_inflected(words).map(|(base, _)| base)
    }

    #[test]
    fn finds_the_word_behind_its_inflections() {
        assert_eq!(
            base(&["joined", "joining", "joins"]).as_deref(),
            Some("join")
        );
        assert_eq!(
            base(&["stop", "stopped", "stopping"]).as_deref(),
            Some("stop")
        );
        assert_eq!(base(&["denies", "denied", "deny"]).as_deref(), Some("deny"));
        assert_eq!(
            base(&["closes", "closed", "closing"]).as_deref(),
            Some("close")
        );
    }

    #[test]
    fn two_forms_and_other_words_are_left_alone() {
        assert_eq!(base(&["island", "islands"]), None);
        assert_eq!(base(&["is", "his", "this", "its"]), None);
        assert_eq!(base(&["has", "had", "have"]), None);
    }
}
