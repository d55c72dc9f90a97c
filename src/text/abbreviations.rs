//! Words written with a full stop that may not end a sentence.
//!
//! Collected by hand from the style guides of news agencies and from common English; all lists in lower case, sorted,
//! without the last stop.

use super::chars::{self, Lower};

/// Always written before something else: the stop is part of the word and never ends a sentence.
///
/// Titles before names, months and days are here only as far as no sentence ends with them.
#[rustfmt::skip]
const NEVER_LAST: [&str; 66] = [
    "adm", "amb", "approx", "assoc", "asst", "atty", "brig", "ca", "capt", "capts", "cf", "cmdr", "col", "cols",
    "cpl", "dep", "dept", "det", "dr", "drs", "ed", "eds", "eq", "esp", "feat", "fr", "ft", "gen", "gov", "hon",
    "insp", "lt", "maj", "messrs", "mlle", "mme", "mr", "mrs", "ms", "msgr", "mt", "mx", "nos", "pfc", "pres",
    "prof", "pvt", "rep", "reps", "rev", "rt", "sen", "sens", "sgt", "spc", "sr", "ss", "st", "ste", "supt", "univ",
    "viz", "vol", "vols", "vp", "vs",
];

/// The stop is part of the word; a sentence ends here if the next word looks like the start of one.
#[rustfmt::skip]
const MAYBE_LAST: [&str; 58] = [
    "al", "apr", "aug", "ave", "bldg", "blvd", "bros", "calif", "cie", "co", "colo", "conn", "corp", "cos", "dec",
    "del", "esq", "est", "etc", "feb", "fla", "fri", "ga", "hwy", "ill", "inc", "jan", "jr", "jul", "jun", "kan",
    "ky", "llc", "ltd", "mass", "md", "mfg", "mich", "minn", "mon", "neb", "nev", "nov", "oct", "okla", "ore", "pa",
    "penn", "plc", "rd", "sep", "sept", "tenn", "thu", "thurs", "tue", "tues", "wed",
];

/// Words of their own that are abbreviations only before a number: `No. 10`, `fig. 3`, `Mar. 4`, `p. 7`.
#[rustfmt::skip]
const BEFORE_NUMBER: [&str; 20] = [
    "art", "c", "ch", "chap", "fig", "figs", "mar", "may", "no", "op", "p", "para", "pp", "sat", "sec", "sect",
    "sun", "v", "ver", "wk",
];

/// What the stop after a word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// Not an abbreviation: the stop ends a sentence.
    Ends,
    /// An abbreviation that never ends one.
    Never,
    /// An abbreviation that may end one.
    Maybe,
}

/// What the stop means that follows `word`, when `digit` says whether a digit comes next.
pub(super) fn stop_after(word: &str, digit: bool) -> Stop {
    match chars::lower(word) {
        Some(word) => stop_after_lower(&word, digit),
        None => Stop::Ends,
    }
}

fn stop_after_lower(word: &Lower, digit: bool) -> Stop {
    if digit && contains(&BEFORE_NUMBER, word) || contains(&NEVER_LAST, word) {
        Stop::Never
    } else if contains(&MAYBE_LAST, word) {
        Stop::Maybe
    } else {
        Stop::Ends
    }
}

/// Whether one of the entries equals the word; the lists are short, and lengths and first letters differ.
fn contains(list: &[&str], word: &Lower) -> bool {
    let word = word.bytes();
    list.iter().any(|entry| entry.as_bytes() == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_lower_case_and_apart() {
        let all: Vec<&str> = [&NEVER_LAST[..], &MAYBE_LAST, &BEFORE_NUMBER].concat();
        for (index, word) in all.iter().enumerate() {
            assert!(word.bytes().all(|b| b.is_ascii_lowercase()), "{word}");
            assert!(!all[..index].contains(word), "{word} stands twice");
        }
    }

    #[test]
    fn number_after_decides_for_common_words() {
        assert_eq!(stop_after("No", true), Stop::Never);
        assert_eq!(stop_after("No", false), Stop::Ends);
        assert_eq!(stop_after("Sept", true), Stop::Maybe);
        assert_eq!(stop_after("Mr", false), Stop::Never);
    }
}
