//! Learns which labels a word never has.
//!
//! A word that was seen often is closed: it keeps to the labels that it was seen with. A word in `-s` is told by its
//! stem too: `leader` was always a noun, so `leaders` is no verb, though it was never seen itself.

use std::collections::BTreeMap;

use super::{TrainOptions, TreebankSentence};
use crate::annotation::lemma::lower;
use crate::annotation::model::{LabelSet, Lexicon};
use crate::annotation::tag::{Form, Tag, Upos};

/// A stem that was seen so often tells what its form in `-s` is.
const LEAST_STEM: u32 = 4;
/// One reading among so many of the other is noise.
const NOISE: u32 = 60;

/// How often a word was seen with each label.
type Counts = BTreeMap<String, BTreeMap<usize, u32>>;
/// How often a lemma was a noun, and a verb.
type Stems = BTreeMap<String, (u32, u32)>;

/// Learns from the treebanks.
pub(super) fn learn(
    sentences: &[TreebankSentence],
    labels: &[Tag],
    options: &TrainOptions,
) -> Lexicon {
    if options.least_closed == 0 {
        return Lexicon::default();
    }
    let (counts, stems) = count(sentences, labels);
    let mut entries: BTreeMap<String, LabelSet> = counts
        .iter()
        .filter_map(|(word, seen)| Some((word.clone(), closed(seen, labels, options)?)))
        .collect();
    let bit = |upos, form| {
        let found = labels.binary_search(&Tag { upos, form });
        found.map_or(0, |label| 1 << label)
    };
    let plural = bit(Upos::Noun, Form::Plural);
    let third = bit(Upos::Verb, Form::Third);
    for (stem, &(nouns, verbs)) in &stems {
        let form = add_s(stem);
        let seen = counts.get(&form);
        let was = |set: LabelSet| seen.is_some_and(|s| s.keys().any(|&l| set & 1 << l != 0));
        let excluded = if nouns >= LEAST_STEM && verbs * NOISE <= nouns && !was(third) {
            third
        } else if verbs >= LEAST_STEM && nouns * NOISE <= verbs && !was(plural) {
            plural
        } else {
            0
        };
        let known = entries.entry(form).or_default();
        // A closed word that can be either by its stem stays open to both: treebanks are small.
        if nouns > 0 && verbs > 0 && excluded == 0 && *known & (plural | third) != plural | third {
            *known &= !(plural | third);
        }
        *known |= excluded;
    }
    entries.retain(|word, excluded| *excluded != 0 && word.len() < 32);
    Lexicon::new(entries.into_iter().map(|(w, l)| (w.into(), l)).collect())
}

/// Counts words that are no names, and the stems of nouns and verbs.
fn count(sentences: &[TreebankSentence], labels: &[Tag]) -> (Counts, Stems) {
    let (mut counts, mut stems) = (Counts::new(), Stems::new());
    let mut form = String::new();
    for word in sentences.iter().flat_map(|sentence| &sentence.words) {
        if word.tag.upos == Upos::Propn && word.form.starts_with(char::is_uppercase) {
            continue;
        }
        let Ok(label) = labels.binary_search(&word.tag) else {
            continue;
        };
        lower(&word.form, &mut form);
        let seen = counts.entry(form.clone()).or_default();
        *seen.entry(label).or_default() += 1;
        if !word.lemma.bytes().all(|byte| byte.is_ascii_lowercase()) {
            continue;
        }
        let adjective = word.tag.form == Form::Participle || word.tag.form == Form::Ing;
        match word.tag.upos {
            Upos::Noun => stems.entry(word.lemma.clone()).or_default().0 += 1,
            Upos::Verb if !adjective || !word.lemma.ends_with("ing") => {
                stems.entry(word.lemma.clone()).or_default().1 += 1;
            }
            _ => {}
        }
    }
    (counts, stems)
}

/// What a word that was seen often enough never is: all but what it was, noise aside.
fn closed(seen: &BTreeMap<usize, u32>, labels: &[Tag], options: &TrainOptions) -> Option<LabelSet> {
    let total: u32 = seen.values().sum();
    if total < options.least_closed {
        return None;
    }
    let all: LabelSet = (1 << labels.len()) - 1;
    let kept = (seen.iter())
        .filter(|&(_, &count)| count * options.noise > total)
        .fold(0, |kept, (label, _)| kept | 1 << label);
    Some(all & !kept)
}

/// The regular plural of a noun, or third person of a verb.
fn add_s(stem: &str) -> String {
    let consonant_y = stem
        .strip_suffix('y')
        .filter(|rest| !rest.ends_with(['a', 'e', 'i', 'o', 'u']));
    if let Some(rest) = consonant_y {
        return format!("{rest}ies");
    }
    let hisses = ["s", "x", "z", "ch", "sh"];
    let vowel = hisses.iter().any(|end| stem.ends_with(end));
    format!("{stem}{}", if vowel { "es" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::train::TreebankWord;
    use crate::annotation::word::{Casing, Word};

    const NOUN: Tag = Tag {
        upos: Upos::Noun,
        form: Form::Base,
    };
    const PLURAL: Tag = Tag {
        upos: Upos::Noun,
        form: Form::Plural,
    };
    const VERB: Tag = Tag {
        upos: Upos::Verb,
        form: Form::Base,
    };
    const THIRD: Tag = Tag {
        upos: Upos::Verb,
        form: Form::Third,
    };

    /// The tags that a word never has after these words with their lemmas and tags, so many times each.
    fn excluded(word: &str, seen: &[(&str, &str, Tag, usize)]) -> Vec<Tag> {
        let labels = [NOUN, PLURAL, VERB, THIRD];
        let words = seen.iter().flat_map(|&(form, lemma, tag, times)| {
            let word = TreebankWord {
                form: form.to_owned(),
                lemma: lemma.to_owned(),
                tag,
                space_after: true,
            };
            vec![word; times]
        });
        let sentence = TreebankSentence {
            words: words.collect(),
        };
        let lexicon = learn(&[sentence], &labels, &TrainOptions::default());
        let hash = Word::new(word, Casing::Inside).hash;
        let set = lexicon.excluded(hash).unwrap_or(0);
        (0..4)
            .filter(|l| set >> l & 1 != 0)
            .map(|l| labels[l])
            .collect()
    }

    #[test]
    fn a_word_that_was_seen_often_is_closed() {
        let seen = [("ports", "port", PLURAL, 30)];
        assert_eq!(excluded("Ports", &seen), [NOUN, VERB, THIRD]);
        assert!(excluded("ports", &[("ports", "port", PLURAL, 3)]).is_empty());
    }

    #[test]
    fn the_stem_tells_of_a_form_never_seen() {
        assert_eq!(excluded("ferries", &[("ferry", "ferry", NOUN, 5)]), [THIRD]);
        assert_eq!(excluded("denies", &[("deny", "deny", VERB, 5)]), [PLURAL]);
    }

    #[test]
    fn a_stem_of_both_kinds_leaves_its_form_open() {
        let seen = [("vote", "vote", VERB, 6), ("votes", "vote", PLURAL, 30)];
        assert_eq!(excluded("votes", &seen), [NOUN, VERB]);
    }
}
