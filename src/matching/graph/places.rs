//! Tests on positions.

use super::super::lattice::{Direction, Left, Right};
use super::super::narrow::Narrow;
use super::super::row::{self, Row};
use super::super::state::State;
use super::super::words::Marks;
use super::positions::SlotKind;
use super::{SentenceGraph, View};
use crate::rules::program::{PlaceId, Program};
use crate::rules::tables::{FeatureTest, PlaceTest};

impl SentenceGraph {
    /// Works a place out; its row of bits.
    pub(super) fn prepare_place(&mut self, place: PlaceId, state: &State<'_>) -> u32 {
        let kept = self.places[place.0 as usize];
        let tables = &state.rules.tables;
        if self.holds(kept, tables.place_depends(place)) {
            return kept.at;
        }
        let row = match &tables.places[place.0 as usize] {
            PlaceTest::Start => self.start(state),
            PlaceTest::End => self.end(state),
            PlaceTest::Verb(features) => self.verbs(features, state),
            PlaceTest::Noun(features) => self.nouns(features, state),
            PlaceTest::Context {
                program,
                before,
                negative,
                ..
            } => self.context(program, *before, *negative, state),
        };
        let row = self.or_nothing(row);
        self.places[place.0 as usize] = self.keep(row);
        row
    }

    /// Before the first word; marks that open something may stand before it.
    fn start(&mut self, state: &State<'_>) -> u32 {
        let row = self.new_row();
        self.set(row, 0);
        for at in 0..self.slots.len() {
            let slot = self.slots[at];
            if slot.kind != SlotKind::Token || !state.mark_of(slot.token).has(Marks::OPENS) {
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
            slot.kind != SlotKind::Token || state.mark_of(slot.token).has(Marks::CLOSES)
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
    fn context(
        &mut self,
        program: &Program,
        before: bool,
        negative: bool,
        state: &State<'_>,
    ) -> u32 {
        let found = if before {
            self.all_ends::<Left>(program, None, state)
        } else {
            self.all_ends::<Right>(program, None, state)
        };
        let length = self.slots.len();
        self.fill(|_, word| {
            let inside = u64::MAX >> (63 - (length - word * 64).min(63));
            (if negative { !found[word] } else { found[word] }) & inside
        })
    }

    /// All positions where a program ends that starts at these positions, or anywhere.
    pub(in crate::matching) fn all_ends<D: Direction>(
        &mut self,
        program: &Program,
        starts: Option<(u32, u32)>,
        state: &State<'_>,
    ) -> Vec<u64> {
        let length = self.slots.len();
        let (first, last) = starts.unwrap_or((0, length as u32));
        if row::fits::<u64>(length) {
            let mut narrow = std::mem::take(&mut self.short);
            let found = self.ends_in_row::<D, _>(program, &mut narrow, (first, last), state);
            self.short = narrow;
            return found;
        }
        if row::fits::<u128>(length) {
            let mut narrow = std::mem::take(&mut self.long);
            let found = self.ends_in_row::<D, _>(program, &mut narrow, (first, last), state);
            self.long = narrow;
            return found;
        }
        let mut wide = std::mem::take(&mut self.wide);
        wide.clear(length);
        for at in first..=last {
            for entry in program.starts() {
                wide.seed(at as usize, entry);
            }
        }
        wide.run::<D, _>(program, &mut View { graph: self, state });
        let goal = program.goal();
        let mut found = vec![0; length / 64 + 1];
        for at in (0..=length).filter(|at| goal.is_some_and(|goal| wide.has(*at, goal))) {
            found[at / 64] |= 1 << (at % 64);
        }
        self.wide = wide;
        found
    }

    fn ends_in_row<D: Direction, R: Row>(
        &mut self,
        program: &Program,
        narrow: &mut Narrow<R>,
        (first, last): (u32, u32),
        state: &State<'_>,
    ) -> Vec<u64> {
        narrow.clear(program);
        let starts = R::below(last as usize + 1) & !R::default() << first as usize;
        for entry in program.starts() {
            narrow.seed(entry, starts);
        }
        let mut view = View { graph: self, state };
        narrow.run::<D, _>(program, &mut view).words().collect()
    }
}
