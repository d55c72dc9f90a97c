//! Which variants a sentence can match at all.

use super::state::State;
use crate::rules::{Atom, Pattern, RuleSet};

/// By sentence: its atoms, and the variants that they trigger with their layers.
#[derive(Clone, Debug, Default)]
pub(super) struct Candidates {
    atoms: Vec<Vec<Atom>>,
    triggered: Vec<Vec<(u32, u32)>>,
}

impl Candidates {
    pub(super) fn new(state: &State<'_>) -> Self {
        let mut candidates = Self::default();
        for number in 0..state.document.sentences.len() as u32 {
            let atoms = atoms(state, number);
            let mut triggered = Vec::new();
            for atom in &atoms {
                for &(layer, variant) in state.rules.triggers.get(atom).into_iter().flatten() {
                    triggered.push((layer, variant));
                }
            }
            triggered.sort_unstable();
            triggered.dedup();
            candidates.atoms.push(atoms);
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
            if only.is_none_or(|only| only.contains(&variant))
                && self.possible(pattern, sentence, state)
            {
                found.push(variant);
            }
        }
        found.sort_unstable();
    }

    fn possible(&self, pattern: &Pattern, sentence: u32, state: &State<'_>) -> bool {
        let atoms = &self.atoms[sentence as usize];
        pattern.required.iter().all(|set| {
            // A sentence that reaches beyond its end may find the rest there.
            pattern.crossing
                || set.atoms.iter().any(|a| {
                    if a.is_lexical() {
                        atoms.binary_search(a).is_ok()
                    } else {
                        state.has_atom(sentence, *a)
                    }
                })
        })
    }
}

/// Words, lemmas and lists of a sentence that rules name, sorted.
fn atoms(state: &State<'_>, sentence: u32) -> Vec<Atom> {
    let rules: &RuleSet = state.rules;
    let tokens = state.document.sentences[sentence as usize].tokens;
    let mut atoms = Vec::with_capacity(tokens.len() as usize * 2);
    for token in tokens.range() {
        let word = state.forms.get(state.words.forms[token]).word;
        let lemma = state.words.lemmas[token];
        if word.0 < rules.rule_words {
            atoms.push(Atom::Word(word));
            atoms.push(Atom::Lemma(word));
        }
        if lemma.0 < rules.rule_words && lemma != word {
            atoms.push(Atom::Lemma(lemma));
        }
    }
    atoms.extend(
        state
            .hits_of(sentence)
            .iter()
            .map(|h| Atom::List(h.listed.list)),
    );
    atoms.sort_unstable();
    atoms.dedup();
    atoms
}
