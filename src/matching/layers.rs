//! What is known of a document from the start, sentence by sentence: list entries, groups, quotations.

use super::hits::Hit;
use super::state::State;
use crate::annotation::{NounGroup, Upos, VerbGroup};
use crate::text::TokenSpan;

/// Where the layers of a sentence begin.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Starts {
    pub(super) nouns: u32,
    pub(super) verbs: u32,
    pub(super) hits: u32,
}

impl<'a> State<'a> {
    pub(super) fn fill_starts(&mut self) {
        let mut at = Starts::default();
        for sentence in &self.document.sentences {
            let first = sentence.tokens.start;
            skip(&mut at.nouns, &self.annotation.noun_groups, |g| {
                g.tokens.start < first
            });
            skip(&mut at.verbs, &self.annotation.verb_groups, |g| {
                g.tokens.start < first
            });
            skip(&mut at.hits, &self.hits, |h| h.tokens.start < first);
            self.starts.push(at);
        }
        self.starts.push(Starts {
            nouns: self.annotation.noun_groups.len() as u32,
            verbs: self.annotation.verb_groups.len() as u32,
            hits: self.hits.len() as u32,
        });
    }

    pub(super) fn fill_by_list(&mut self) {
        let hits = self.hits.iter().enumerate();
        self.by_list = hits.map(|(at, hit)| (hit.listed.list, at as u32)).collect();
        for sentence in self.starts.windows(2) {
            self.by_list[sentence[0].hits as usize..sentence[1].hits as usize].sort_unstable();
        }
    }

    pub(super) fn fill_quotations(&mut self) {
        for (number, quotation) in self.annotation.quotations.iter().enumerate() {
            if quotation.outer.is_empty() {
                continue;
            }
            let first = self.document.sentence_of(quotation.outer.start);
            let last = self.document.sentence_of(quotation.outer.end - 1);
            for sentence in first..=last {
                self.quotations[sentence as usize].push(number as u32);
            }
        }
    }

    /// The list entries of a sentence.
    pub(super) fn hits_of(&self, sentence: u32) -> &[Hit] {
        let at = sentence as usize;
        &self.hits[self.starts[at].hits as usize..self.starts[at + 1].hits as usize]
    }

    /// The list entries of a sentence that are of one list, and their numbers among all.
    pub(super) fn hits_in(&self, sentence: u32, list: u32) -> &[(u32, u32)] {
        let at = sentence as usize;
        let here = self.starts[at].hits as usize..self.starts[at + 1].hits as usize;
        let all = &self.by_list[here];
        let of_list = &all[all.partition_point(|(other, _)| *other < list)..];
        &of_list[..of_list.partition_point(|(other, _)| *other == list)]
    }

    /// The columns of a list's entry that a stretch is, but for an article or number before it.
    pub(crate) fn columns_of_entry(
        &self,
        entry: (u32, u32),
        tokens: TokenSpan,
    ) -> impl Iterator<Item = u16> {
        let hits = self.hits_of(self.document.sentence_of(tokens.start));
        let is_extra = |token: u32| {
            let tag = self.annotation.tags[token as usize].upos;
            matches!(tag, Upos::Det | Upos::Num)
        };
        let whole = hits.iter().filter(move |hit| {
            (hit.listed.list, hit.listed.entry) == entry
                && hit.tokens.end == tokens.end
                && tokens.contains(hit.tokens)
                && (tokens.start..hit.tokens.start).all(is_extra)
        });
        whole.map(|hit| hit.listed.column)
    }

    /// The noun groups of a sentence.
    pub(super) fn nouns_of(&self, sentence: u32) -> &[NounGroup] {
        let at = sentence as usize;
        &self.annotation.noun_groups
            [self.starts[at].nouns as usize..self.starts[at + 1].nouns as usize]
    }

    /// Whether a hit is of a column that `%list` without a column means: the first or `aliases`.
    pub(super) fn default_column(&self, hit: &Hit, column: Option<u16>) -> bool {
        let columns = &self.rules.lists[hit.listed.list as usize].columns;
        column.is_some()
            || hit.listed.column == 0
            || columns[hit.listed.column as usize] == "aliases"
    }

    /// Tokens of a whole quotation with its marks; other tokens as they are.
    pub(super) fn with_marks(&self, tokens: TokenSpan) -> TokenSpan {
        let quotations = &self.quotations[self.document.sentence_of(tokens.start) as usize];
        let whole = quotations
            .iter()
            .map(|&q| &self.annotation.quotations[q as usize])
            .find(|q| {
                q.pieces.first().is_some_and(|p| p.start == tokens.start)
                    && q.pieces.last().is_some_and(|p| p.end == tokens.end)
            });
        whole.map_or(tokens, |q| q.outer)
    }

    /// The verb groups of a sentence.
    pub(super) fn verbs_of(&self, sentence: u32) -> &[VerbGroup] {
        let at = sentence as usize;
        &self.annotation.verb_groups
            [self.starts[at].verbs as usize..self.starts[at + 1].verbs as usize]
    }

    /// The verb group that a token belongs to.
    pub fn verb_at(&self, token: u32) -> Option<&'a VerbGroup> {
        let groups = &self.annotation.verb_groups;
        let at = groups.partition_point(|g| g.tokens.end <= token);
        groups.get(at).filter(|g| g.tokens.start <= token)
    }
}

fn skip<T>(at: &mut u32, layer: &[T], before: impl Fn(&T) -> bool) {
    while layer.get(*at as usize).is_some_and(&before) {
        *at += 1;
    }
}
