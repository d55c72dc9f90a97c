//! Which variants a sentence can match at all.

use super::state::State;
use crate::rules::{Atom, Pattern};

/// By sentence: the required sets that its words satisfy, and the variants that they trigger with their layers.
#[derive(Clone, Debug, Default)]
pub(super) struct Candidates {
    /// A bit a set; so many words a sentence.
    satisfied: Vec<u64>,
    width: usize,
    triggered: Vec<Vec<(u32, u32)>>,
}

impl Candidates {
    pub(super) fn new(state: &State<'_>) -> Self {
        let rules = state.rules;
        let count = state.document.sentences.len();
        let width = rules.sets.len() / 64 + 1;
        let mut candidates = Self {
            satisfied: vec![0; count * width],
            width,
            triggered: Vec::with_capacity(count),
        };
        let mut atoms = Vec::new();
        for (number, satisfied) in candidates.satisfied.chunks_mut(width).enumerate() {
            fill(&mut atoms, number as u32, state);
            let mut triggered = Vec::new();
            for atom in &atoms {
                triggered.extend(rules.triggers.get(atom).into_iter().flatten());
                for set in rules.sets_of.get(atom).into_iter().flatten() {
                    satisfied[*set as usize / 64] |= 1 << (set % 64);
                }
            }
            triggered.sort_unstable();
            triggered.dedup();
            candidates.triggered.push(triggered);
        }
        candidates
    }

    /// Variants of a layer that may match in a sentence, in order.
    pub(super) fn of(
        &self,
        sentence: u32,
        layer: u32,
        only: Option<&[u32]>,
        state: &State<'_>,
        found: &mut Vec<u32>,
    ) {
        found.clear();
        let triggered = &self.triggered[sentence as usize];
        let from = triggered.partition_point(|(l, _)| *l < layer);
        let untriggered = &state.rules.untriggered[layer as usize];
        let behind = triggered[from..]
            .iter()
            .take_while(|(l, _)| *l == layer)
            .map(|(_, v)| *v);
        for variant in behind.chain(untriggered.iter().copied()) {
            let Some(pattern) = state.rules.variants[variant as usize].pattern() else {
                continue;
            };
            if only.is_none_or(|only| only.binary_search(&variant).is_ok())
                && self.possible(pattern, sentence, state)
            {
                found.push(variant);
            }
        }
        found.sort_unstable();
    }

    fn possible(&self, pattern: &Pattern, sentence: u32, state: &State<'_>) -> bool {
        // A sentence that reaches beyond its end may find the rest there.
        if pattern.crossing {
            return true;
        }
        let satisfied = &self.satisfied[sentence as usize * self.width..];
        pattern.required.iter().all(|set| {
            satisfied[set.number as usize / 64] >> (set.number % 64) & 1 == 1
                || !state.rules.sets[set.number as usize]
                    && (set.atoms.iter()).any(|a| !a.is_lexical() && state.has_atom(sentence, *a))
        })
    }
}

/// Words, lemmas and lists of a sentence that rules name, sorted.
fn fill(atoms: &mut Vec<Atom>, sentence: u32, state: &State<'_>) {
    atoms.clear();
    let rule_words = state.rules.rule_words;
    let tokens = state.document.sentences[sentence as usize].tokens;
    for token in tokens.range() {
        let word = state.words.numbers[token];
        let lemma = state.words.lemmas[token];
        if word.0 < rule_words {
            atoms.push(Atom::Word(word));
            atoms.push(Atom::Lemma(word));
        }
        if lemma.0 < rule_words && lemma != word {
            atoms.push(Atom::Lemma(lemma));
        }
    }
    let hits = state.hits_of(sentence).iter();
    atoms.extend(hits.map(|h| Atom::List(h.listed.list)));
    atoms.sort_unstable();
    atoms.dedup();
}
