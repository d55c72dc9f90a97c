//! Graphs of sentences, kept while rules pass over a document layer by layer.

use super::super::state::State;
use super::{Reach, SentenceGraph, Unit};
use crate::annotation::QuoteFeatures;

/// Sentences whose graphs are kept: more than most articles have. In longer texts graphs are built anew in each layer.
const SENTENCES: usize = 256;

/// Graphs by sentence and reach.
#[derive(Clone, Debug)]
pub(in crate::matching) struct Graphs {
    graphs: Vec<(u32, SentenceGraph)>,
    /// Number of the document, from 1 on; graphs of others are not looked at.
    document: u32,
}

impl Default for Graphs {
    fn default() -> Self {
        Self {
            graphs: Vec::new(),
            document: 1,
        }
    }
}

impl Graphs {
    /// Forgets the document.
    pub(in crate::matching) fn reset(&mut self) {
        self.document = self.document.checked_add(1).unwrap_or_else(|| {
            self.graphs.clear();
            1
        });
    }

    /// The graph of a unit, up to date.
    pub(in crate::matching) fn of(&mut self, unit: Unit, state: &State<'_>) -> &mut SentenceGraph {
        let reach = match unit.reach {
            Reach::Marks if !has_scare_quotes(unit.sentence, state) => Reach::Sentence,
            reach => reach,
        };
        let unit = Unit { reach, ..unit };
        let number = unit.sentence as usize % SENTENCES * Reach::COUNT + reach as usize;
        if self.graphs.len() <= number {
            self.graphs.resize_with(number + 1, Default::default);
        }
        let document = self.document;
        let (built, graph) = &mut self.graphs[number];
        if *built != document || graph.unit != unit {
            *built = document;
            graph.build(unit, state);
        } else {
            graph.refresh(state);
        }
        graph
    }
}

fn has_scare_quotes(sentence: u32, state: &State<'_>) -> bool {
    state.quotations[sentence as usize].iter().any(|&number| {
        let quotation = &state.annotation.quotations[number as usize];
        quotation.features.has(QuoteFeatures::SCARE)
    })
}
