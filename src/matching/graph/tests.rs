//! Tests on tokens, worked out for all tokens of the sentence at once.

use super::super::row::bits;
use super::super::state::State;
use super::super::words::{Form, Marks};
use super::positions::{Slot, SlotKind};
use super::{NOTHING, SentenceGraph};
use crate::rules::ast::Comparison;
use crate::rules::program::{EdgeId, TestId};
use crate::rules::tables::{Shape, TokenTest};

/// Words of a row that are held outside the graph: those of nearly all sentences.
const LONG: usize = 2;

impl SentenceGraph {
    /// Marks where tests pass that words decide, word by word.
    pub(super) fn fill_lexical(&mut self, state: &State<'_>) {
        self.new_row();
        let is_token = |slot: &Slot| slot.kind == SlotKind::Token;
        self.tokens_row = self.new_row();
        for at in 0..self.slots.len() {
            let slot = self.slots[at];
            if !is_token(&slot) {
                continue;
            }
            self.set(self.tokens_row, at);
            let word = state.words.numbers[slot.token as usize];
            let lemma = state.words.lemmas[slot.token as usize];
            for passed in state.rules.lexical.of_word(word) {
                if is_exact(passed.exact, slot.token, state) {
                    self.pass(passed.test, at);
                }
            }
            if lemma != word {
                for passed in state.rules.lexical.of_lemma(lemma) {
                    self.pass(passed.test, at);
                }
            }
        }
    }

    /// Notes that a token passes a test.
    fn pass(&mut self, test: TestId, at: usize) {
        if self.tests[test.0 as usize].stamp != self.now {
            let row = self.new_row();
            self.tests[test.0 as usize] = self.keep(row);
        }
        self.set(self.tests[test.0 as usize].at, at);
    }

    /// Works a test out; its row of bits.
    pub(super) fn prepare_test(&mut self, test: TestId, state: &State<'_>) -> u32 {
        let kept = self.tests[test.0 as usize];
        let tables = &state.rules.tables;
        if self.holds(kept, tables.test_depends(test)) {
            return kept.at;
        }
        let row = match &tables.tests[test.0 as usize] {
            _ if state.rules.lexical.decides(test) => NOTHING,
            TokenTest::And(parts) => self.all_of(parts, state),
            TokenTest::Or(parts) => self.one_of(parts, state),
            TokenTest::Not(inner) => self.negate(*inner, state),
            TokenTest::Edge(edge) => self.whole(*edge, state),
            TokenTest::Inside(edge) => self.inside(*edge, state),
            TokenTest::Boundary { paragraph } => self.boundary(*paragraph),
            test => self.single(test, state),
        };
        let row = self.or_nothing(row);
        self.tests[test.0 as usize] = self.keep(row);
        row
    }

    fn one_of(&mut self, parts: &[TestId], state: &State<'_>) -> u32 {
        for part in parts {
            self.prepare_test(*part, state);
        }
        self.fill(|graph, word| {
            let of = |part: &TestId| graph.bits[graph.tests[part.0 as usize].at as usize + word];
            parts.iter().fold(0, |row, part| row | of(part))
        })
    }

    /// Goes no further than some token passes; regular expressions look only at tokens that pass all else.
    fn all_of(&mut self, parts: &[TestId], state: &State<'_>) -> u32 {
        let tests = &state.rules.tables.tests;
        let is_regex = |part: &&TestId| matches!(tests[part.0 as usize], TokenTest::Regex(_));
        let mut passing = self.long_row(self.tokens_row);
        let mut row = self.tokens_row;
        for part in parts.iter().filter(|part| !is_regex(part)) {
            let part = self.prepare_test(*part, state);
            if part == NOTHING {
                return NOTHING;
            }
            if self.row <= LONG {
                let other = self.long_row(part);
                for (word, other) in passing.iter_mut().zip(other) {
                    *word &= other;
                }
                if passing == [0; LONG] {
                    return NOTHING;
                }
            } else {
                let before = row;
                row = self.fill(|graph, word| {
                    graph.bits[before as usize + word] & graph.bits[part as usize + word]
                });
            }
        }
        if self.row <= LONG {
            row = self.fill(|_, word| passing[word]);
        }
        for part in parts.iter().filter(is_regex) {
            if let TokenTest::Regex(written) = &tests[part.0 as usize] {
                let among = row;
                row = self.each_of(among, |token| {
                    written.regex.is_match(state.document.word(token as u32))
                });
            }
        }
        row
    }

    /// The first words of a row.
    fn long_row(&self, row: u32) -> [u64; LONG] {
        let words = &self.bits[row as usize..][..self.row.min(LONG)];
        let mut long = [0; LONG];
        long[..words.len()].copy_from_slice(words);
        long
    }

    /// Ends of sentences pass no negation.
    fn negate(&mut self, inner: TestId, state: &State<'_>) -> u32 {
        let from = self.prepare_test(inner, state) as usize;
        self.fill(|graph, word| {
            !graph.bits[from + word] & graph.bits[graph.tokens_row as usize + word]
        })
    }

    fn whole(&mut self, edge: EdgeId, state: &State<'_>) -> u32 {
        let table = self.prepare_edge(edge, state);
        let row = self.new_row();
        for number in self.arcs_of(table) {
            let (start, end) = (self.keys[number], self.arcs[number].to);
            if end == start + 1 {
                self.set(row, start as usize);
            }
        }
        row
    }

    fn inside(&mut self, edge: EdgeId, state: &State<'_>) -> u32 {
        let table = self.prepare_edge(edge, state);
        let row = self.new_row();
        let mut until = 0;
        for number in self.arcs_of(table) {
            let (start, end) = (self.keys[number], self.arcs[number].to);
            for at in until.max(start)..end {
                self.set(row, at as usize);
            }
            until = until.max(end);
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

    /// A test that looks at each token for itself. What is asked is looked up once, not a token.
    fn single(&mut self, test: &TokenTest, state: &State<'_>) -> u32 {
        let words = &state.words;
        match test {
            TokenTest::Tag(upos, wanted) => self.each(|token| {
                let tag = state.annotation.tags[token];
                tag.upos == *upos && wanted.is_none_or(|f| f == tag.form)
            }),
            TokenTest::Length(comparison, length) => self.each(|token| {
                let form = state.forms.get(words.forms[token]);
                compare(form.length, *comparison, *length)
            }),
            TokenTest::Regex(written) => {
                self.each(|token| written.regex.is_match(state.document.word(token as u32)))
            }
            TokenTest::Shape(Shape::First) => self.first(state),
            TokenTest::Shape(Shape::Unknown) => self.each(|token| state.is_unknown(token as u32)),
            TokenTest::Shape(Shape::Number) => self.each(|token| state.is_number(token as u32)),
            TokenTest::Shape(Shape::Headline) => self.each(|token| words.is_headline(token as u32)),
            TokenTest::Shape(Shape::Date) => self.each(|token| state.is_date(token as u32)),
            TokenTest::Shape(Shape::Opens) => self.each(|token| state.opens_value(token as u32)),
            TokenTest::Shape(shape) => {
                self.each(|token| looks(state.forms.get(words.forms[token]), *shape))
            }
            _ => self.new_row(),
        }
    }

    /// The tokens that pass.
    fn each(&mut self, passes: impl Fn(usize) -> bool) -> u32 {
        self.each_of(self.tokens_row, passes)
    }

    /// The tokens of a row that pass.
    fn each_of(&mut self, among: u32, passes: impl Fn(usize) -> bool) -> u32 {
        let row = self.new_row();
        for (word, slots) in self.slots.chunks(64).enumerate() {
            let among = self.bits[among as usize + word];
            let passing = bits(among).filter(|at| passes(slots[*at].token as usize));
            self.bits[row as usize + word] = passing.fold(0, |row, at| row | 1 << at);
        }
        row
    }

    fn first(&mut self, state: &State<'_>) -> u32 {
        let row = self.new_row();
        for at in 0..self.slots.len() {
            if self.slots[at].kind == SlotKind::Token && self.is_first(at, state) {
                self.set(row, at);
            }
        }
        row
    }

    /// The first word of the sentence, or behind the mark that opens a quotation.
    fn is_first(&self, at: usize, state: &State<'_>) -> bool {
        let mark = |slot: &Slot| {
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

/// Whether a token has the letters of a test that asks for letters.
fn is_exact(test: Option<TestId>, token: u32, state: &State<'_>) -> bool {
    let text = test.map(|test| &state.rules.tables.tests[test.0 as usize]);
    match text {
        Some(TokenTest::Exact(_, text)) => state.document.word(token) == &**text,
        _ => true,
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

/// Shapes that a spelling has by itself.
fn looks(form: &Form, shape: Shape) -> bool {
    match shape {
        Shape::Cap => form.cap,
        Shape::Upper => form.upper,
        Shape::Lower => form.lower,
        Shape::Mixed => form.mixed,
        Shape::Digit => form.digit,
        Shape::Hyphen => form.hyphen,
        Shape::First
        | Shape::Unknown
        | Shape::Number
        | Shape::Date
        | Shape::Opens
        | Shape::Headline => false,
    }
}
