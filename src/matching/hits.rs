//! Entries of lists in a document, all of them: which one counts is decided by the match.

use super::words::{Forms, Lemmatize, Words};
use crate::annotation::Annotation;
use crate::rules::RuleSet;
use crate::rules::gazetteer::{Gazetteer, Listed};
use crate::rules::pack::ListCase;
use crate::text::{Document, TokenSpan};

/// An entry found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) tokens: TokenSpan,
    pub(super) listed: Listed,
}

/// The longest entry in tokens; longer ones are cut off by hostile lists only.
const MAX_ENTRY: u32 = 24;

/// All hits of a document by their first token, sentence by sentence.
pub(super) fn find(document: &Document, words: &Words, rules: &RuleSet, hits: &mut Vec<Hit>) {
    hits.clear();
    for sentence in &document.sentences {
        for start in sentence.tokens.start..sentence.tokens.end {
            let end = sentence.tokens.end.min(start + MAX_ENTRY);
            let word = |token: u32| words.numbers[token as usize];
            walk(&rules.gazetteer, start, end, word, &mut |hit| {
                if cased(document, rules, hit) {
                    hits.push(hit);
                }
            });
            let lemma = |token: u32| words.lemmas[token as usize];
            walk(&rules.inflected, start, end, lemma, &mut |hit| {
                hits.push(hit);
            });
        }
    }
    hits.sort_by_key(|h| (h.tokens, h.listed));
    hits.dedup();
}

/// All entries of lists in a document, by their first token: what a rule author wants to see.
pub fn list_entries(
    document: &Document,
    annotation: &Annotation,
    rules: &RuleSet,
    lemmatize: &Lemmatize<'_>,
) -> Vec<(TokenSpan, Listed)> {
    let (mut words, mut forms, mut hits) = (Words::default(), Forms::default(), Vec::new());
    words.fill(document, annotation, &mut forms, rules, lemmatize);
    find(document, &words, rules, &mut hits);
    hits.iter().map(|hit| (hit.tokens, hit.listed)).collect()
}

fn walk(
    gazetteer: &Gazetteer,
    start: u32,
    end: u32,
    word: impl Fn(u32) -> crate::rules::vocabulary::WordId,
    found: &mut dyn FnMut(Hit),
) {
    if !gazetteer.begins(word(start)) {
        return;
    }
    let mut node = 0;
    for token in start..end {
        let word = word(token);
        if word == crate::rules::vocabulary::WordId::UNKNOWN {
            return;
        }
        let Some(next) = gazetteer.step(node, word) else {
            return;
        };
        node = next;
        for &listed in gazetteer.at(node) {
            found(Hit {
                tokens: TokenSpan::new(start, token + 1),
                listed,
            });
        }
    }
}

/// Whether the capitals of the text are those that the list asks for.
fn cased(document: &Document, rules: &RuleSet, hit: Hit) -> bool {
    let list = &rules.lists[hit.listed.list as usize];
    if list.case == ListCase::Any {
        return true;
    }
    let cells = &list.entries[hit.listed.entry as usize].cells;
    let mut cells = cells.get(hit.listed.column as usize);
    let found = document.words(hit.tokens);
    match list.case {
        ListCase::Exact => cells.any(|cell| cell == found),
        _ => cells.any(|cell| cell == found || titled(cell, found)),
    }
}

/// Letters of an acronym that may be a word in other letters (`WHO`, "Who"); longer ones are also written small ("Nato").
const SHORT_ACRONYM: usize = 3;

/// Every word of the entry that begins with a capital does so in the text, and short acronyms keep all their capitals.
fn titled(entry: &str, found: &str) -> bool {
    let mut words = found.split_whitespace();
    entry.split_whitespace().all(|word| {
        let capital = |w: &str| w.chars().next().is_some_and(char::is_uppercase);
        let acronym =
            word.len() > 1 && word.len() <= SHORT_ACRONYM && word.chars().all(char::is_uppercase);
        words.next().is_some_and(|w| {
            let same = !word.is_ascii() || !w.is_ascii() || word.eq_ignore_ascii_case(w);
            same && (!capital(word) || capital(w))
                && !(acronym && w.chars().any(char::is_lowercase))
        })
    }) && words.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::titled;

    #[test]
    fn capitals_of_an_entry_are_asked_for() {
        assert!(titled("Hong Kong", "HONG KONG"));
        assert!(!titled("Turkey", "turkey"));
        assert!(titled("WHO", "WHO"));
        assert!(!titled("WHO", "Who"));
        assert!(!titled("W.H.O.", "Who"));
        assert!(!titled("World Health Organization", "Who"));
        assert!(titled("São Paulo", "Sao Paulo"));
        assert!(titled("NATO", "Nato"));
        assert!(titled("baltic states", "Baltic states"));
    }
}
