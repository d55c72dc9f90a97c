//! Which variants a sentence can match at all.

use super::state::State;
use crate::rules::{Pattern, RuleSet, Triggered};

/// By layer: sentences with the variants that they can match as far as their words say, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Candidates {
    layers: Vec<Vec<(u32, u32)>>,
    /// By sentence: the required sets that its words satisfy, a bit a set; so many words a sentence.
    satisfied: Vec<u64>,
    width: usize,
}

impl Candidates {
    pub(super) fn new(state: &State<'_>) -> Self {
        let rules = state.rules;
        let count = state.document.sentences.len();
        let width = rules.sets.len() / 64 + 1;
        let mut candidates = Self {
            layers: vec![Vec::new(); rules.layers.len()],
            satisfied: vec![0; count * width],
            width,
        };
        let mut triggered = Vec::new();
        for sentence in 0..count as u32 {
            candidates.add(sentence, &mut triggered, state);
        }
        candidates
    }

    /// Takes the variants in that the words, lemmas and lists of a sentence trigger.
    fn add(&mut self, sentence: u32, triggered: &mut Vec<u64>, state: &State<'_>) {
        let rules = state.rules;
        let row = sentence as usize * self.width;
        let satisfied = &mut self.satisfied[row..row + self.width];
        triggered.clone_from(&rules.untriggered);
        let mut occurs = |triggers: &Triggered, number: u32| {
            set_all(triggered, triggers.variants.of(number));
            set_all(satisfied, triggers.sets.of(number));
        };
        let triggers = &rules.triggers;
        for token in state.document.sentences[sentence as usize].tokens.range() {
            let (word, lemma) = (state.words.numbers[token], state.words.lemmas[token]);
            occurs(&triggers.words, word.0);
            occurs(&triggers.lemmas, word.0);
            if lemma != word {
                occurs(&triggers.lemmas, lemma.0);
            }
        }
        for hit in state.hits_of(sentence) {
            occurs(&triggers.lists, hit.listed.list);
        }
        let zone = state.document.sentences[sentence as usize].zone;
        for variant in super::row::bits_of(triggered) {
            let content = &rules.variants[variant];
            let Some(pattern) = content.pattern() else {
                continue;
            };
            if content.zones.has(zone) && self.by_words(pattern, sentence, rules) {
                let layer = rules.layer_of[variant] as usize;
                self.layers[layer].push((sentence, variant as u32));
            }
        }
    }

    /// Whether the words of a sentence satisfy all sets that are made of words alone.
    fn by_words(&self, pattern: &Pattern, sentence: u32, rules: &RuleSet) -> bool {
        let lexical = |number: u32| rules.sets[number as usize];
        let mut sets = pattern.required.iter().map(|set| set.number);
        sets.all(|n| !lexical(n) || self.satisfies(sentence, n))
    }

    fn satisfies(&self, sentence: u32, set: u32) -> bool {
        let row = sentence as usize * self.width;
        self.satisfied[row + set as usize / 64] >> (set % 64) & 1 == 1
    }

    /// Whether a layer can find anything.
    pub(super) fn any(&self, layer: u32) -> bool {
        !self.layers[layer as usize].is_empty()
    }

    /// Sentences of a layer, each with the variants that it can match as far as its words say.
    pub(super) fn of(&self, layer: u32) -> impl Iterator<Item = &[(u32, u32)]> {
        self.layers[layer as usize].chunk_by(|a, b| a.0 == b.0)
    }

    /// Whether a sentence also has what earlier layers must have found for a pattern.
    pub(super) fn possible(&self, pattern: &Pattern, sentence: u32, state: &State<'_>) -> bool {
        pattern.required.iter().all(|set| {
            self.satisfies(sentence, set.number)
                || (set.atoms.iter()).any(|a| !a.is_lexical() && state.has_atom(sentence, *a))
        })
    }
}

/// Sets the bits of these numbers.
fn set_all(bits: &mut [u64], numbers: &[u32]) {
    for number in numbers {
        bits[*number as usize / 64] |= 1 << (number % 64);
    }
}
