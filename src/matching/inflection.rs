//! Regular inflections undone, for words whose lemma the model does not know.

/// Base forms that a folded word may be a regular inflection of, the likeliest first: `boasted` → `boast`, `boaste`;
/// `planned` → `planned` without its doubling; `cities` → `city`.
///
/// Rules of regular inflection as any grammar of English has them; the caller keeps what its rules name.
pub(super) fn base_forms(word: &str) -> Vec<String> {
    let mut forms = Vec::new();
    if let Some(stem) = word.strip_suffix("ied").or(word.strip_suffix("ies")) {
        forms.push(format!("{stem}y"));
    }
    for ending in ["ed", "ing", "es"] {
        let Some(stem) = word.strip_suffix(ending).filter(|s| s.len() > 1) else {
            continue;
        };
        forms.push(stem.to_owned());
        forms.push(format!("{stem}e"));
        if let Some(single) = undoubled(stem) {
            forms.push(single.to_owned());
        }
    }
    if let Some(stem) = word.strip_suffix('s').filter(|s| s.len() > 1) {
        forms.push(stem.to_owned());
    }
    forms
}

/// `plann` → `plan`.
fn undoubled(stem: &str) -> Option<&str> {
    let mut letters = stem.chars().rev();
    let (last, before) = (letters.next()?, letters.next()?);
    (last == before && !"aeiou".contains(last)).then(|| &stem[..stem.len() - last.len_utf8()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_inflections_are_undone() {
        let has = |word: &str, base: &str| base_forms(word).iter().any(|f| f == base);
        assert!(has("boasted", "boast"));
        assert!(has("planned", "plan"));
        assert!(has("urging", "urge"));
        assert!(has("denies", "deny"));
        assert!(has("clashes", "clash"));
        assert!(has("needles", "needle"));
        assert!(!has("said", "say"));
        assert!(base_forms("s").is_empty());
    }
}
