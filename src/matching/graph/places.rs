//! Tests on positions.

use super::super::lattice::{Direction, Left, Right};
use super::super::narrow::Narrow;
use super::super::row::{self, Row};
use super::super::state::State;
use super::super::words::Marks;
use super::positions::SlotKind;
use super::{SentenceGraph, View};
use crate::rules::program::{PlaceId, Program};
use crate::rules::tables::PlaceTest;

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
            PlaceTest::Verb(features) => self.single_words(|sentence| {
                let groups = state.verbs_of(sentence).iter();
                let single = groups.filter(|g| g.tokens.start == g.head);
                single
                    .filter(|g| features.holds(g.features.0))
                    .map(|g| g.head)
            }),
            PlaceTest::Noun(features) => self.single_words(|sentence| {
                let groups = state.nouns_of(sentence).iter();
                let single = groups.filter(|g| g.tokens.start == g.head);
                single
                    .filter(|g| features.holds(g.features.0))
                    .map(|g| g.head)
            }),
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

    /// Before groups of one word, which `heads` gives for a sentence.
    fn single_words<I: Iterator<Item = u32>>(&mut self, heads: impl Fn(u32) -> I) -> u32 {
        let row = self.new_row();
        for number in 0..=self.behind.len() {
            let sentence = match number.checked_sub(1) {
                Some(behind) => self.behind[behind],
                None => self.unit.sentence,
            };
            for head in heads(sentence) {
                let at = self.before(head);
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
        let row = if before {
            self.all_ends::<Left>(program, None, state)
        } else {
            self.all_ends::<Right>(program, None, state)
        };
        if negative {
            let length = self.slots.len();
            for (number, word) in self.bits[row as usize..][..self.row].iter_mut().enumerate() {
                *word = !*word & u64::MAX >> (63 - (length - number * 64).min(63));
            }
        }
        row
    }

    /// The row of all positions where a program ends that starts at these positions, or anywhere.
    pub(in crate::matching) fn all_ends<D: Direction>(
        &mut self,
        program: &Program,
        starts: Option<(u32, u32)>,
        state: &State<'_>,
    ) -> u32 {
        let length = self.slots.len();
        let starts = starts.unwrap_or((0, length as u32));
        if row::fits::<u64>(length) {
            let mut narrow = std::mem::take(&mut self.short);
            let row = self.ends_in_row::<D, _>(program, &mut narrow, starts, state);
            self.short = narrow;
            return row;
        }
        if row::fits::<u128>(length) {
            let mut narrow = std::mem::take(&mut self.long);
            let row = self.ends_in_row::<D, _>(program, &mut narrow, starts, state);
            self.long = narrow;
            return row;
        }
        let mut wide = std::mem::take(&mut self.wide);
        wide.clear(length);
        for at in starts.0..=starts.1 {
            for entry in program.starts() {
                wide.seed(at as usize, entry);
            }
        }
        wide.run::<D, _>(program, &mut View { graph: self, state });
        let row = self.new_row();
        let goal = program.goal();
        for at in (0..=length).filter(|at| goal.is_some_and(|goal| wide.has(*at, goal))) {
            self.set(row, at);
        }
        self.wide = wide;
        row
    }

    fn ends_in_row<D: Direction, R: Row>(
        &mut self,
        program: &Program,
        narrow: &mut Narrow<R>,
        (first, last): (u32, u32),
        state: &State<'_>,
    ) -> u32 {
        narrow.clear(program);
        let starts = R::below(last as usize + 1) & !R::default() << first as usize;
        for entry in program.starts() {
            narrow.seed(entry, starts);
        }
        let found = narrow.run::<D, _>(program, &mut View { graph: self, state });
        let row = self.new_row();
        for (number, word) in found.words().take(self.row).enumerate() {
            self.bits[row as usize + number] = word;
        }
        row
    }
}
