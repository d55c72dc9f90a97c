//! Learns lemma rules: the commonest change for each suffix and tag, and the words that the rules get wrong.

use std::collections::BTreeMap;

use super::TreebankSentence;
use crate::annotation::lemma::lower;
use crate::annotation::model::{LemmaTable, Script, lemma_label};
use crate::annotation::tag::Upos;

/// Longest suffix that is learned, in bytes.
const LONGEST: usize = 5;

/// How often each script was seen.
type Counts = BTreeMap<Script, u32>;
/// Counts by label and text.
type Table = BTreeMap<(u8, String), Counts>;

/// Learns from the words with a lemma of their own.
pub(super) fn learn(sentences: &[TreebankSentence]) -> LemmaTable {
    let words = count_words(sentences);
    let suffixes = prune(&count_suffixes(&words));
    let mut scripts: Vec<Script> = suffixes.values().cloned().collect();
    scripts.extend(words.values().filter_map(commonest).cloned());
    scripts.sort_unstable();
    scripts.dedup();
    let entry = |((label, text), script): (&(u8, String), &Script)| {
        let index = scripts.binary_search(script).unwrap_or(0) as u16;
        (*label, text.as_str().into(), index)
    };
    let rules = LemmaTable::new(
        scripts.clone(),
        suffixes.iter().map(entry).collect(),
        vec![],
    );
    let exceptions = words
        .iter()
        .filter_map(|(key, counts)| Some((key, commonest(counts)?)))
        .filter(|((label, word), script)| rules.apply(word, *label) != edit(word, script))
        .filter(|((_, word), _)| u8::try_from(word.len()).is_ok())
        .map(entry)
        .collect();
    let suffixes = suffixes.iter().map(entry).collect();
    LemmaTable::new(scripts, suffixes, exceptions)
}

fn count_words(sentences: &[TreebankSentence]) -> Table {
    let mut words = Table::new();
    let mut form = String::new();
    let learned = sentences.iter().flat_map(|sentence| &sentence.words);
    for word in learned.filter(|word| is_learned(word.tag.upos) && word.lemma != "_") {
        lower(&word.form, &mut form);
        let Some(script) = script(&form, &word.lemma.to_lowercase()) else {
            continue;
        };
        let counts = words
            .entry((lemma_label(word.tag), form.clone()))
            .or_default();
        *counts.entry(script).or_default() += 1;
    }
    words
}

/// Proper nouns keep their form; marks and symbols have none to learn.
fn is_learned(upos: Upos) -> bool {
    !matches!(
        upos,
        Upos::Propn | Upos::Punct | Upos::Sym | Upos::X | Upos::Num
    )
}

/// What turns the form into the lemma, cut at the first difference.
fn script(form: &str, lemma: &str) -> Option<Script> {
    let common: usize = (form.chars().zip(lemma.chars()))
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    Some(Script {
        cut: u8::try_from(form.len() - common).ok()?,
        add: u8::try_from(lemma.len() - common)
            .is_ok()
            .then(|| lemma[common..].into())?,
    })
}

fn edit(word: &str, script: &Script) -> String {
    let stem = &word[..word.len() - script.cut as usize];
    [stem, &script.add].concat()
}

/// The commonest script; of several the first in order.
fn commonest(counts: &Counts) -> Option<&Script> {
    let most = counts.values().max()?;
    counts
        .iter()
        .find(|(_, count)| *count == most)
        .map(|(script, _)| script)
}

/// Counts each word form once for each of its suffixes that is long enough for the change.
fn count_suffixes(words: &Table) -> Table {
    let mut suffixes = Table::new();
    for ((label, word), counts) in words {
        let Some(script) = commonest(counts) else {
            continue;
        };
        for length in 0..=LONGEST.min(word.len()) {
            let start = word.len() - length;
            if script.cut as usize <= length.max(1) && word.is_char_boundary(start) {
                let key = (*label, word[start..].to_owned());
                *suffixes
                    .entry(key)
                    .or_default()
                    .entry(script.clone())
                    .or_default() += 1;
            }
        }
    }
    suffixes
}

/// Keeps a suffix when it was seen more than once or is short, and when a shorter one would not say the same.
fn prune(suffixes: &Table) -> BTreeMap<(u8, String), Script> {
    let mut by_length: Vec<_> = suffixes.iter().collect();
    by_length.sort_by_key(|((_, suffix), _)| suffix.len());
    let mut kept: BTreeMap<(u8, String), Script> = BTreeMap::new();
    for (key @ (label, suffix), counts) in by_length {
        let seen: u32 = counts.values().sum();
        let Some(script) = commonest(counts).filter(|_| seen > 1 || suffix.len() < 3) else {
            continue;
        };
        let shorter = (1..=suffix.len())
            .filter_map(|start| suffix.get(start..))
            .find_map(|rest| kept.get(&(*label, rest.to_owned())));
        if shorter != Some(script) {
            kept.insert(key.clone(), script.clone());
        }
    }
    kept
}
