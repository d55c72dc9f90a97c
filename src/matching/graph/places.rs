//! Tests on positions.

use super::super::lattice::{Left, Right};
use super::super::state::State;
use super::SentenceGraph;
use super::positions::SlotKind;
use crate::rules::program::{PlaceId, Program};
use crate::rules::tables::{FeatureTest, PlaceTest};

impl SentenceGraph {
    /// Works a place out; its row of bits.
    pub(super) fn prepare_place(&mut self, place: PlaceId, state: &State<'_>) -> u32 {
        let kept = self.places[place.0 as usize];
        if kept.stamp == self.stamp {
            return kept.at;
        }
        let rules = state.rules;
        let row = match &rules.tables.places[place.0 as usize] {
            PlaceTest::Start => self.start(state),
            PlaceTest::End => self.end(state),
            PlaceTest::Verb(features) => self.verbs(features, state),
            PlaceTest::Noun(features) => self.nouns(features, state),
            PlaceTest::Context {
                program,
                needs,
                before,
                negative,
            } => {
                self.prepare(needs, state);
                self.context(program, *before, *negative)
            }
        };
        self.places[place.0 as usize] = super::Kept {
            stamp: self.stamp,
            at: row,
        };
        row
    }

    /// Before the first word; marks that open something may stand before it.
    fn start(&mut self, state: &State<'_>) -> u32 {
        let row = self.new_row();
        self.set(row, 0);
        for at in 0..self.slots.len() {
            let slot = self.slots[at];
            let opens = slot.kind == SlotKind::Token
                && matches!(
                    state.document.word(slot.token),
                    "\"" | "“" | "„" | "«" | "'" | "‘" | "(" | "[" | "--" | "–" | "—"
                );
            if !opens {
                break;
            }
            self.set(row, at + 1);
        }
        // The first word of a quotation begins a sentence too.
        for &quotation in &state.quotations[self.unit.sentence as usize] {
            let quotation = &state.annotation.quotations[quotation as usize];
            if !quotation
                .features
                .has(crate::annotation::QuoteFeatures::SCARE)
                && let Some((start, _)) = quotation.pieces.first().and_then(|p| self.around(*p))
            {
                self.set(row, start as usize);
            }
        }
        row
    }

    /// Behind the last word; final and closing marks may follow.
    fn end(&mut self, state: &State<'_>) -> u32 {
        let row = self.new_row();
        let closes = |slot: &super::positions::Slot| {
            slot.kind != SlotKind::Token
                || matches!(
                    state.document.word(slot.token),
                    "." | "!" | "?" | "\"" | "”" | "»" | "'" | "’" | ")" | "]"
                )
        };
        let length = self.slots.len();
        let tail = self.slots.iter().rev().take_while(|s| closes(s)).count();
        for at in length - tail..=length {
            self.set(row, at);
        }
        // Ends of sentences inside.
        for at in 0..length {
            if self.slots[at].kind != SlotKind::Token {
                self.set(row, at);
                let before = self.slots[..at]
                    .iter()
                    .rev()
                    .take_while(|s| closes(s))
                    .count();
                for inner in at - before..at {
                    self.set(row, inner);
                }
            }
        }
        row
    }

    fn verbs(&mut self, features: &FeatureTest, state: &State<'_>) -> u32 {
        let row = self.new_row();
        for group in state.verbs_of(self.unit.sentence) {
            if group.tokens.start == group.head && features.holds(group.features.0) {
                let at = self.before(group.head);
                self.set(row, at as usize);
            }
        }
        row
    }

    fn nouns(&mut self, features: &FeatureTest, state: &State<'_>) -> u32 {
        let row = self.new_row();
        for group in state.nouns_of(self.unit.sentence) {
            if group.tokens.start == group.head && features.holds(group.features.0) {
                let at = self.before(group.head);
                self.set(row, at as usize);
            }
        }
        row
    }

    /// Where something ends (`after`) or begins (`before`): one run from all positions.
    fn context(&mut self, program: &Program, before: bool, negative: bool) -> u32 {
        let mut alive = std::mem::take(&mut self.alive);
        let length = self.slots.len();
        alive.clear(length);
        for at in 0..=length {
            for &entry in &program.entries {
                alive.seed(at, entry);
            }
        }
        if before {
            alive.run::<Left, Self>(program, self);
        } else {
            alive.run::<Right, Self>(program, self);
        }
        let goal = program.goal();
        let row = self.new_row();
        for at in 0..=length {
            if goal.is_some_and(|goal| alive.has(at, goal)) != negative {
                self.set(row, at);
            }
        }
        self.alive = alive;
        row
    }
}
