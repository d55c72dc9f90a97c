//! Where and for whom a report was written, before its first sentence: `PARIS, May 3 (Reuters) - The port …`.

use super::chars;
use super::furniture::{is_agency, is_author};
use super::phrases::DATE_WORDS;

/// What stands between a dateline and the report. The first ones part other things too.
const DASHES: &[&str] = &[
    " - ", " -- ", " — ", " – ", " _ ", ")_ ", ")- ", ")— ", ")– ",
];
/// The longest dateline, in bytes.
const MAX_BYTES: usize = 100;
/// The shortest report, in bytes: less is a headline.
const MIN_REPORT: usize = 20;

/// The first byte of the report behind a dateline.
pub(super) fn report_start(line: &str) -> Option<usize> {
    let mut end = line.len().min(MAX_BYTES);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    let window = &line[..end];
    let (at, dash) = DASHES
        .iter()
        .filter_map(|dash| Some((window.find(dash)?, *dash)))
        .min()?;
    let closed = usize::from(dash.starts_with(')'));
    let report = &line[at + dash.len()..];
    let opens =
        report.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || "\"“'‘".contains(c));
    let is_report = opens && report.len() >= MIN_REPORT && report.contains(char::is_lowercase);
    (is_report && is_dateline(&line[..at + closed], dash)).then_some(at + dash.len())
}

/// Whether the words are a place in capitals with a date, or any place with an agency.
fn is_dateline(head: &str, dash: &str) -> bool {
    let (place, agency) = match head.strip_suffix(')').and_then(|h| h.rsplit_once('(')) {
        Some((place, agency)) => (chars::trim(place), Some(agency)),
        None => (head, None),
    };
    if agency.is_some_and(|name| !is_agency(name) && !is_named(name)) {
        return false;
    }
    if let Some(names) = place.strip_prefix("By ") {
        return agency.is_some() && is_author(names);
    }
    let mut words = place
        .split(|c: char| chars::is_blank(c) || c == ',')
        .filter(|w| !w.is_empty());
    let Some(first) = words.next() else {
        return false;
    };
    let rest: Vec<&str> = words.collect();
    let shouted = is_shouted(first);
    let dated = rest.iter().any(|w| is_date_word(w));
    let parted = place.contains(',') && shouted;
    let plain = rest.iter().all(|w| is_shouted(w)) && shouted && dash != " - ";
    let known = agency.is_some_and(|name| shouted || is_agency(name));
    let said = known || dated && shouted || parted || plain;
    said && rest.len() < 8
        && first.starts_with(char::is_uppercase)
        && rest.iter().all(|w| is_place_word(w))
}

/// `Reuters`, `COAST WIRE`
fn is_named(name: &str) -> bool {
    let mut words = name.split(chars::is_blank);
    name.split(chars::is_blank).count() <= 3 && words.all(|w| w.starts_with(char::is_uppercase))
}

/// Whether all letters of a word are capitals, two at least.
fn is_shouted(word: &str) -> bool {
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    letters().count() >= 2 && letters().all(char::is_uppercase)
}

fn is_date_word(word: &str) -> bool {
    let bare = word.trim_end_matches('.');
    bare.starts_with(|c: char| c.is_ascii_digit())
        || DATE_WORDS.iter().any(|d| bare.eq_ignore_ascii_case(d))
}

fn is_place_word(word: &str) -> bool {
    word.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
        || ["and", "of", "de", "la", "al", "el", "near", "in"].contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(line: &str) -> Option<&str> {
        report_start(line).map(|at| &line[at..])
    }

    #[test]
    fn a_report_begins_behind_its_dateline() {
        for dateline in [
            "PARIS, May 3 (Reuters) - ",
            "PARIS (AP) _ ",
            "PARIS (AP)_ ",
            "BELFAST, Northern Ireland _ ",
            "NEW YORK -- ",
            "SANTIAGO DE CHILE, March 12 - ",
            "Taipei (AFP) – ",
            "HALVERSTON (COAST WIRE) -- ",
            "By Ann LeePARIS (Reuters) - ",
        ] {
            let sentence = "The port stays open until the end of May.";
            let line = format!("{dateline}{sentence}");
            assert_eq!(report(&line), Some(sentence), "{line}");
        }
    }

    #[test]
    fn what_looks_like_a_dateline_stays() {
        for line in [
            "SOCCER - Late goals give the home team a win in the cup.",
            "NATO -- the alliance of the west -- will not leave the port.",
            "The mayor (a lawyer) - The one we know - did not come to see it.",
            "PORT CLOSED -- SHIPS WAIT",
            "Two ships - The Sea Eagle and the Blue Heron - left the harbour.",
            "Ferry - The old one",
        ] {
            assert_eq!(report(line), None, "{line}");
        }
    }
}
