//! Tests on tokens, worked out for all tokens of the sentence at once.

use super::super::state::State;
use super::super::words::Marks;
use super::SentenceGraph;
use super::positions::SlotKind;
use crate::rules::ast::Comparison;
use crate::rules::program::{EdgeId, TestId};
use crate::rules::tables::{Shape, TokenTest};

impl SentenceGraph {
    /// Works a test out; its row of bits.
    pub(super) fn prepare_test(&mut self, test: TestId, state: &State<'_>) -> u32 {
        let kept = self.tests[test.0 as usize];
        let tables = &state.rules.tables;
        if self.holds(kept, tables.test_depends(test)) {
            return kept.at;
        }
        let row = match &tables.tests[test.0 as usize] {
            TokenTest::And(parts) => self.combine(parts, state, |a, b| a & b, u64::MAX),
            TokenTest::Or(parts) => self.combine(parts, state, |a, b| a | b, 0),
            TokenTest::Not(inner) => self.negate(*inner, state),
            TokenTest::Edge(edge) => self.whole(*edge, state),
            TokenTest::Inside(edge) => self.inside(*edge, state),
            TokenTest::Boundary { paragraph } => self.boundary(*paragraph),
            test => self.single(test, state),
        };
        self.tests[test.0 as usize] = self.keep(row);
        row
    }

    fn combine(
        &mut self,
        parts: &[TestId],
        state: &State<'_>,
        join: fn(u64, u64) -> u64,
        neutral: u64,
    ) -> u32 {
        for part in parts {
            self.prepare_test(*part, state);
        }
        let row = self.new_row();
        for word in 0..self.row {
            let value = parts.iter().fold(neutral, |all, part| {
                let part = self.tests[part.0 as usize].at as usize;
                join(all, self.bits[part + word])
            });
            self.bits[row as usize + word] = value;
        }
        row
    }

    /// Ends of sentences pass no negation.
    fn negate(&mut self, inner: TestId, state: &State<'_>) -> u32 {
        let from = self.prepare_test(inner, state);
        let row = self.new_row();
        for at in 0..self.slots.len() {
            if self.slots[at].kind == SlotKind::Token && !self.bit(from, at) {
                self.set(row, at);
            }
        }
        row
    }

    fn whole(&mut self, edge: EdgeId, state: &State<'_>) -> u32 {
        let table = self.prepare_edge(edge, state);
        let row = self.new_row();
        let table = self.tables[table as usize];
        for at in 0..self.slots.len() {
            let mut arcs = self.arcs_from(&table, at).iter();
            if arcs.any(|arc| arc.to as usize == at + 1) {
                self.set(row, at);
            }
        }
        row
    }

    fn inside(&mut self, edge: EdgeId, state: &State<'_>) -> u32 {
        let table = self.prepare_edge(edge, state);
        let row = self.new_row();
        let mut until = 0;
        let table = self.tables[table as usize];
        for at in 0..self.slots.len() {
            if let Some(longest) = self.arcs_from(&table, at).first() {
                until = until.max(longest.to as usize);
            }
            if at < until {
                self.set(row, at);
            }
        }
        row
    }

    fn boundary(&mut self, paragraph: bool) -> u32 {
        let row = self.new_row();
        for at in 0..self.slots.len() {
            let passes = match self.slots[at].kind {
                SlotKind::Token => false,
                SlotKind::SentenceEnd => !paragraph,
                SlotKind::ParagraphEnd => paragraph,
            };
            if passes {
                self.set(row, at);
            }
        }
        row
    }

    fn single(&mut self, test: &TokenTest, state: &State<'_>) -> u32 {
        let row = self.new_row();
        for at in 0..self.slots.len() {
            let slot = self.slots[at];
            if slot.kind == SlotKind::Token && self.token_passes(test, slot.token, at, state) {
                self.set(row, at);
            }
        }
        row
    }

    fn token_passes(&self, test: &TokenTest, token: u32, at: usize, state: &State<'_>) -> bool {
        let form = state.forms.get(state.words.forms[token as usize]);
        match test {
            TokenTest::Word(word) => form.word == *word,
            TokenTest::Exact(word, text) => {
                form.word == *word && state.document.word(token) == &**text
            }
            TokenTest::Lemma(word) => {
                form.word == *word || state.words.lemmas[token as usize] == *word
            }
            TokenTest::Tag(upos, wanted) => {
                let tag = state.annotation.tags[token as usize];
                tag.upos == *upos && wanted.is_none_or(|f| f == tag.form)
            }
            TokenTest::Length(comparison, length) => compare(form.length, *comparison, *length),
            TokenTest::Regex(regex) => regex.is_match(state.document.word(token)),
            TokenTest::Shape(shape) => match shape {
                Shape::Cap => form.cap,
                Shape::Upper => form.upper,
                Shape::Lower => form.lower,
                Shape::Mixed => form.mixed,
                Shape::Digit => form.digit,
                Shape::Hyphen => form.hyphen,
                Shape::First => self.is_first(at, state),
                Shape::Unknown => state.is_unknown(token),
                Shape::Number => state.is_number(token),
                Shape::Date => state.is_date(token),
                Shape::Headline => state.words.is_headline(token),
            },
            _ => false,
        }
    }

    /// The first word of the sentence, or behind the mark that opens a quotation.
    fn is_first(&self, at: usize, state: &State<'_>) -> bool {
        let mark = |slot: &super::positions::Slot| {
            slot.kind != SlotKind::Token || state.mark_of(slot.token).has(Marks::OPENS)
        };
        let token = self.slots[at].token;
        let opens = |q: &u32| {
            state.annotation.quotations[*q as usize]
                .pieces
                .iter()
                .any(|p| p.start == token)
        };
        self.slots[..at].iter().all(mark)
            || state.quotations[self.unit.sentence as usize]
                .iter()
                .any(opens)
    }
}

fn compare(left: u32, comparison: Comparison, right: u32) -> bool {
    match comparison {
        Comparison::Equal => left == right,
        Comparison::NotEqual => left != right,
        Comparison::Less => left < right,
        Comparison::Greater => left > right,
        Comparison::LessOrEqual => left <= right,
        Comparison::GreaterOrEqual => left >= right,
    }
}
