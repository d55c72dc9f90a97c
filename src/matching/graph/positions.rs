//! Which tokens lie between the positions.

use super::super::row::row_of;
use super::super::state::State;
use super::super::words::Marks;
use super::edges::EdgeTable;
use super::{Kept, SentenceGraph};
use crate::annotation::QuoteFeatures;
use crate::rules::tables::Depends;
use crate::text::TokenSpan;

/// How far a graph reaches and what it passes over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::matching) enum Reach {
    /// One sentence, without the marks of scare quotes.
    #[default]
    Sentence,
    /// One sentence with all marks.
    Marks,
    /// The sentence, its end as a step of its own, and what follows as long as it begins with a quotation.
    Beyond,
}

impl Reach {
    /// How many there are.
    pub(super) const COUNT: usize = 3;
}

/// What a graph is built for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::matching) struct Unit {
    pub(in crate::matching) sentence: u32,
    pub(in crate::matching) reach: Reach,
}

/// What lies between two positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    /// The token; of an end of a sentence the first token behind it.
    pub(super) token: u32,
    pub(super) kind: SlotKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SlotKind {
    Token,
    SentenceEnd,
    ParagraphEnd,
}

/// Quotations behind a sentence that one graph takes in.
const BEYOND: usize = 2;

/// Tokens behind such a quotation in its last sentence.
const AFTERMATH: u32 = 64;

impl SentenceGraph {
    /// Starts anew for a sentence.
    pub(super) fn build(&mut self, unit: Unit, state: &State<'_>) {
        self.unit = unit;
        if self.now > u32::MAX / 2 {
            *self = Self::default();
        }
        self.now += 1;
        self.since = [self.now; Depends::COMBINATIONS];
        self.bits.clear();
        self.groups.clear();
        self.coordinated.clear();
        self.tables.clear();
        self.tables.push(EdgeTable::default());
        self.keys.clear();
        self.arcs.clear();
        let tables = &state.rules.tables;
        self.tests.resize(tables.tests.len(), Kept::default());
        self.edges.resize(tables.edges.len(), Kept::default());
        self.places.resize(tables.places.len(), Kept::default());
        self.slots.clear();
        self.behind.clear();
        let tokens = state.document.sentences[unit.sentence as usize].tokens;
        self.add_tokens(tokens, unit, state);
        self.own = self.slots.len();
        if unit.reach == Reach::Beyond {
            self.add_beyond(unit, state);
        }
        self.seen = self.changes(state);
        self.is_plain = unit.reach != Reach::Beyond && self.slots.len() as u32 == tokens.len();
        self.row = self.slots.len() / 64 + 1;
        self.fill_skippable(state);
        self.fill_lexical(state);
    }

    /// Lets what depends on something that was found since the last look be worked out anew.
    pub(super) fn refresh(&mut self, state: &State<'_>) {
        let changes = self.changes(state);
        if changes == self.seen {
            return;
        }
        self.now += 1;
        let kinds = changes.iter().zip(&self.seen).enumerate();
        let changed = kinds.filter(|(_, (now, then))| now != then);
        let changed = changed.fold(0, |all, (kind, _)| all | 1 << kind);
        for (depends, since) in self.since.iter_mut().enumerate() {
            if depends & changed != 0 {
                *since = self.now;
            }
        }
        self.seen = changes;
    }

    fn add_tokens(&mut self, tokens: TokenSpan, unit: Unit, state: &State<'_>) {
        let slot = |token| Slot {
            token,
            kind: SlotKind::Token,
        };
        if unit.reach == Reach::Marks || state.quotations[unit.sentence as usize].is_empty() {
            self.slots.extend((tokens.start..tokens.end).map(slot));
            return;
        }
        let kept = |token: &u32| !is_scare_mark(state, unit.sentence, *token);
        (self.slots).extend((tokens.start..tokens.end).filter(kept).map(slot));
    }

    /// The end of the sentence, then quotations that follow: only their first token, the way over them is an edge.
    fn add_beyond(&mut self, unit: Unit, state: &State<'_>) {
        let mut sentence = unit.sentence;
        for _ in 0..BEYOND {
            let Some(next) = state.document.sentences.get(sentence as usize + 1) else {
                break;
            };
            let same = state.document.sentences[sentence as usize].paragraph == next.paragraph;
            let kind = if same {
                SlotKind::SentenceEnd
            } else {
                SlotKind::ParagraphEnd
            };
            self.slots.push(Slot {
                token: next.tokens.start,
                kind,
            });
            let quotation = state.quotations[sentence as usize + 1]
                .iter()
                .find_map(|&q| {
                    let quotation = &state.annotation.quotations[q as usize];
                    let direct = quotation.features.has(QuoteFeatures::DIRECT);
                    (direct && quotation.outer.start == next.tokens.start)
                        .then_some(quotation.outer)
                });
            let Some(outer) = quotation else { return };
            self.slots.push(Slot {
                token: outer.start,
                kind: SlotKind::Token,
            });
            sentence = state.document.sentence_of(outer.end - 1);
            let end = state.document.sentences[sentence as usize]
                .tokens
                .end
                .min(outer.end + AFTERMATH);
            if outer.end < end {
                self.behind.push(sentence);
            }
            self.add_tokens(
                TokenSpan::new(outer.end, end),
                Unit { sentence, ..unit },
                state,
            );
        }
        let at_end = state.document.sentences.get(sentence as usize + 1);
        let paragraph = state.document.sentences[sentence as usize].paragraph;
        if at_end.is_none_or(|s| s.paragraph != paragraph) {
            let token = state.document.sentences[sentence as usize].tokens.end;
            self.slots.push(Slot {
                token,
                kind: SlotKind::ParagraphEnd,
            });
        }
    }

    /// Gaps do not skip final marks, ends of sentences, or marks of direct quotations.
    fn fill_skippable(&mut self, state: &State<'_>) {
        let stops = |slot: &Slot| state.mark_of(slot.token).has(Marks::STOPS_GAPS);
        let slots = self.slots.iter();
        self.skippable.clear();
        (self.skippable).extend(slots.map(|s| s.kind == SlotKind::Token && !stops(s)));
        self.skip_row = row_of((0..self.slots.len()).filter(|at| self.skippable[*at]));
    }

    /// The position before a token, or before the next one that is in the graph.
    pub(super) fn before(&self, token: u32) -> u32 {
        if self.is_plain {
            return self.behind(token);
        }
        let mut at = self.slots.partition_point(|s| s.token < token);
        while self
            .slots
            .get(at)
            .is_some_and(|s| s.kind != SlotKind::Token)
        {
            at += 1;
        }
        at as u32
    }

    /// The position behind the last token before this one.
    pub(super) fn behind(&self, token: u32) -> u32 {
        if self.is_plain {
            let first = self.slots.first().map_or(0, |s| s.token);
            return token.saturating_sub(first).min(self.slots.len() as u32);
        }
        self.slots.partition_point(|s| s.token < token) as u32
    }

    /// The positions around tokens; none where nothing of them is in the graph.
    pub(super) fn around(&self, tokens: TokenSpan) -> Option<(u32, u32)> {
        let (start, end) = (self.before(tokens.start), self.behind(tokens.end));
        (start < end).then_some((start, end))
    }

    /// The positions around the part of some tokens that is in the graph.
    pub(in crate::matching) fn positions_of(&self, tokens: TokenSpan) -> Option<(u32, u32)> {
        self.around(tokens)
    }

    /// The tokens between two positions, without ends of sentences.
    pub(in crate::matching) fn tokens(&self, start: u32, end: u32) -> TokenSpan {
        let slots = self
            .slots
            .get(start as usize..end as usize)
            .unwrap_or_default();
        let mut tokens = slots
            .iter()
            .filter(|s| s.kind == SlotKind::Token)
            .map(|s| s.token);
        if let Some(first) = tokens.next() {
            TokenSpan::new(first, tokens.next_back().unwrap_or(first) + 1)
        } else {
            let at = self
                .slots
                .get(start as usize)
                .or(self.slots.last())
                .map_or(0, |s| s.token);
            TokenSpan::new(at, at)
        }
    }
}

/// Whether a token is a mark of a scare quote of the sentence.
fn is_scare_mark(state: &State<'_>, sentence: u32, token: u32) -> bool {
    state.quotations[sentence as usize].iter().any(|&q| {
        let quotation = &state.annotation.quotations[q as usize];
        quotation.features.has(QuoteFeatures::SCARE)
            && quotation.outer.start <= token
            && token < quotation.outer.end
            && !quotation
                .pieces
                .iter()
                .any(|p| p.start <= token && token < p.end)
    })
}
