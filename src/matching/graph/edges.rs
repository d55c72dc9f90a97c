//! Edges of each kind.

use super::super::lattice::Arc;
use super::super::mention::{Mention, MentionId};
use super::super::state::State;
use super::positions::{Reach, Slot, SlotKind};
use super::{NO_EDGES, SentenceGraph};
use crate::rules::program::EdgeId;
use crate::rules::tables::{EdgeKind, FeatureTest, KindSet};
use crate::rules::{ParameterKind, RelationId, TypeId};
use crate::text::TokenSpan;
use regex::Regex;

/// Among so many arcs looking at one after the other is faster than halving.
const FEW: usize = 16;

/// Start, end, payload.
pub(super) type Edges = Vec<(u32, u32, u32)>;

/// Edges of one kind, by both ends: numbers of arcs of the graph.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct EdgeTable {
    /// Sorted by begin: from here on, as many as there are.
    from: u32,
    /// Sorted by end.
    to: u32,
    count: u32,
    /// Positions where edges begin and end, in sentences whose positions fit into a row.
    pub(super) begins: u128,
    pub(super) ends: u128,
}

impl SentenceGraph {
    /// Works the edges of a kind out; the number of their table.
    pub(super) fn prepare_edge(&mut self, edge: EdgeId, state: &State<'_>) -> u32 {
        let kept = self.edges[edge.0 as usize];
        let tables = &state.rules.tables;
        if self.holds(kept, tables.edge_depends(edge)) {
            return kept.at;
        }
        let mut edges = std::mem::take(&mut self.collected);
        edges.clear();
        self.collect(&tables.edges[edge.0 as usize], state, &mut edges);
        edges.retain(|e| e.0 < e.1);
        let at = if edges.is_empty() {
            NO_EDGES
        } else {
            let table = self.table_of(&mut edges);
            self.tables.push(table);
            self.tables.len() as u32 - 1
        };
        self.collected = edges;
        self.edges[edge.0 as usize] = self.keep(at);
        at
    }

    /// Files edges under both ends; of edges with the same ends the smallest payload comes first.
    fn table_of(&mut self, edges: &mut Edges) -> EdgeTable {
        if edges.len() > 1 {
            edges.sort_unstable_by_key(|&(start, end, payload)| {
                (start, std::cmp::Reverse(end), payload)
            });
            edges.dedup();
        }
        let mut table = EdgeTable {
            from: self.arcs.len() as u32,
            count: edges.len() as u32,
            ..EdgeTable::default()
        };
        for &(start, to, payload) in edges.iter() {
            self.keys.push(start);
            self.arcs.push(Arc { to, payload });
            add(&mut table.begins, start);
            add(&mut table.ends, to);
        }
        if edges.len() > 1 {
            edges.sort_unstable_by_key(|&(start, end, payload)| (end, start, payload));
        }
        table.to = self.arcs.len() as u32;
        for &(to, end, payload) in edges.iter() {
            self.keys.push(end);
            self.arcs.push(Arc { to, payload });
        }
        table
    }

    /// The arcs of a table, sorted by where they begin.
    pub(super) fn arcs_of(&self, table: u32) -> std::ops::Range<usize> {
        let table = self.tables[table as usize];
        table.from as usize..(table.from + table.count) as usize
    }

    /// Edges that begin at a position, the longest first.
    pub(super) fn arcs_from(&self, table: &EdgeTable, at: usize) -> &[Arc] {
        self.arcs_at(table.from, table.count, at)
    }

    /// Edges that end at a position, the longest first.
    pub(super) fn arcs_to(&self, table: &EdgeTable, at: usize) -> &[Arc] {
        self.arcs_at(table.to, table.count, at)
    }

    fn arcs_at(&self, first: u32, count: u32, at: usize) -> &[Arc] {
        let (first, last) = (first as usize, (first + count) as usize);
        let keys = &self.keys[first..last];
        let start = if keys.len() <= FEW {
            keys.iter().take_while(|key| (**key as usize) < at).count()
        } else {
            keys.partition_point(|key| (*key as usize) < at)
        };
        let here = keys[start..].iter().take_while(|key| **key as usize == at);
        let end = start + here.count();
        &self.arcs[first + start..first + end]
    }

    fn collect(&mut self, kind: &EdgeKind, state: &State<'_>, edges: &mut Edges) {
        match kind {
            EdgeKind::Document { type_, attribute } => {
                self.documented(*type_, attribute, state, edges);
            }
            EdgeKind::Quote(features) => self.quotes(features, state, edges),
            EdgeKind::Relation(relation) => self.relations(*relation, state, edges),
            EdgeKind::Until(place) => self.until(*place, state, edges),
            EdgeKind::Regex(written) => self.raw(&written.regex, state, edges),
            EdgeKind::Listed { .. }
            | EdgeKind::Mention { .. }
            | EdgeKind::Nouns { .. }
            | EdgeKind::Verbs { .. }
            | EdgeKind::Phrase(_) => {
                self.collect_in(self.unit.sentence, kind, state, edges);
                if coordinates(kind) {
                    self.add_coordinations(edges, state);
                }
                // Behind the sentence single ones are enough: patterns only look there for who speaks next.
                for &sentence in &self.behind {
                    self.collect_in(sentence, kind, state, edges);
                }
            }
        }
    }

    /// The edges of a kind that stand in one of the sentences.
    fn collect_in(&self, sentence: u32, kind: &EdgeKind, state: &State<'_>, edges: &mut Edges) {
        match kind {
            EdgeKind::Listed { list, column } => {
                self.listed(sentence, *list, *column, state, edges);
            }
            EdgeKind::Mention {
                type_,
                kinds,
                attributes,
                full,
            } => {
                for &id in &state.in_sentence[sentence as usize] {
                    let mention = state.mention(id);
                    let of_kind = mention.kind_set().is_some_and(|k| kinds.meets(k));
                    let of_type = mention.type_().is_some_and(|t| state.rules.is_a(t, *type_));
                    if of_kind && of_type && has_attributes(mention, attributes) {
                        self.mention(id, *full, state, edges);
                    }
                }
            }
            EdgeKind::Nouns { features, to_head } => {
                for (number, group) in state.nouns_of(sentence).iter().enumerate() {
                    if features.holds(group.features.0) {
                        let end = if *to_head {
                            group.head
                        } else {
                            group.tokens.end
                        };
                        let tokens = TokenSpan::new(group.tokens.start, end);
                        self.push(tokens, number as u32, edges);
                    }
                }
            }
            EdgeKind::Verbs { features, to_head } => {
                for (number, group) in state.verbs_of(sentence).iter().enumerate() {
                    if features.holds(group.features.0) {
                        let end = group.head + u32::from(!to_head);
                        let tokens = TokenSpan::new(group.tokens.start, end);
                        self.push(tokens, number as u32, edges);
                    }
                }
            }
            EdgeKind::Phrase(phrase) => {
                let all = &state.phrases[sentence as usize];
                let first = all.partition_point(|(other, _)| other < phrase);
                let found = all[first..].iter().take_while(|(other, _)| other == phrase);
                for (number, (_, tokens)) in found.enumerate() {
                    self.push(*tokens, (first + number) as u32, edges);
                }
            }
            _ => {}
        }
    }

    fn push(&self, tokens: TokenSpan, payload: u32, edges: &mut Edges) {
        if let Some((start, end)) = self.around(tokens) {
            edges.push((start, end, payload));
        }
    }

    fn listed(
        &self,
        sentence: u32,
        list: u32,
        column: Option<u16>,
        state: &State<'_>,
        edges: &mut Edges,
    ) {
        for &(_, number) in state.hits_in(sentence, list) {
            let hit = &state.hits[number as usize];
            if column.is_none_or(|c| c == hit.listed.column) && state.default_column(hit, column) {
                self.push(hit.tokens, number, edges);
            }
        }
    }

    /// Words that an attribute has elsewhere in the document.
    fn documented(&self, type_: TypeId, attribute: &str, state: &State<'_>, edges: &mut Edges) {
        let words = state.documented(type_, attribute);
        let Some(words) = words.filter(|words| !words.is_empty()) else {
            return;
        };
        let form = |slot: &Slot| state.forms.get(state.words.forms[slot.token as usize]);
        for (at, slot) in self.slots.iter().enumerate() {
            // Names keep their capital: `brown` is not Mr Brown.
            if slot.kind != SlotKind::Token || !form(slot).cap {
                continue;
            }
            for rest in words.get(&form(slot).folded).into_iter().flatten() {
                let behind = &self.slots[at + 1..];
                let same = |(word, slot): (&u32, &Slot)| {
                    slot.kind == SlotKind::Token && form(slot).folded == *word
                };
                if behind.len() >= rest.len() && rest.iter().zip(behind).all(same) {
                    edges.push((at as u32, (at + 1 + rest.len()) as u32, 0));
                }
            }
        }
    }

    fn mention(&self, id: MentionId, full: bool, state: &State<'_>, edges: &mut Edges) {
        let mention = state.mention(id);
        self.push(mention.core, id.0, edges);
        if full {
            for extent in &mention.extents {
                self.push(*extent, id.0, edges);
            }
        }
    }

    /// Quotations; one of several sentences is cut to what the graph holds of it.
    fn quotes(&self, features: &FeatureTest, state: &State<'_>, edges: &mut Edges) {
        for &number in &state.quotations[self.unit.sentence as usize] {
            let quotation = &state.annotation.quotations[number as usize];
            if features.holds(quotation.features.0) {
                self.push(quotation.outer, number, edges);
            }
        }
        if self.unit.reach != Reach::Beyond {
            return;
        }
        // Quotations behind the sentence stand in the graph with their first token only.
        let end = state.document.sentences[self.unit.sentence as usize]
            .tokens
            .end;
        for slot in self
            .slots
            .iter()
            .filter(|s| s.kind == SlotKind::Token && s.token >= end)
        {
            let at = state
                .annotation
                .quotations
                .partition_point(|q| q.outer.start < slot.token);
            let number = at as u32;
            if let Some(quotation) = state.annotation.quotations.get(at)
                && quotation.outer.start == slot.token
                && features.holds(quotation.features.0)
            {
                self.push(quotation.outer, number, edges);
            }
        }
    }

    /// Relations found before: their whole, and each content of theirs.
    fn relations(&self, relation: RelationId, state: &State<'_>, edges: &mut Edges) {
        for &id in &state.in_sentence[self.unit.sentence as usize] {
            if !state.is_relation(id, relation) {
                continue;
            }
            self.push(state.mention(id).core, id.0, edges);
            for content in contents(id, state) {
                self.push(content, id.0, edges);
            }
        }
    }

    /// Matches in the raw text, widened to whole tokens.
    fn raw(&self, regex: &Regex, state: &State<'_>, edges: &mut Edges) {
        let sentence = state.document.sentences[self.unit.sentence as usize];
        let tokens = &state.document.tokens[sentence.tokens.range()];
        for found in regex.find_iter(state.document.slice(sentence.span)) {
            let start = sentence.span.start + found.start() as u32;
            let end = sentence.span.start + found.end() as u32;
            let first = tokens.partition_point(|t| t.span.end <= start) as u32;
            let last = tokens.partition_point(|t| t.span.start < end) as u32;
            if first < last {
                self.push(
                    TokenSpan::new(sentence.tokens.start + first, sentence.tokens.start + last),
                    0,
                    edges,
                );
            }
        }
    }
}

/// Adds a position to a row that may be too short for it.
fn add(row: &mut u128, at: u32) {
    if at < u128::BITS {
        *row |= 1 << at;
    }
}

/// The contents (arguments of type `Statement`) of a relation, with the marks around a quotation.
fn contents(id: MentionId, state: &State<'_>) -> Vec<TokenSpan> {
    let mention = state.mention(id);
    let Some(relation) = mention.relation() else {
        return Vec::new();
    };
    let parameters = &state.rules.relations[relation.0 as usize].parameters;
    let statements = parameters
        .iter()
        .filter(|p| p.kinds.contains(&ParameterKind::Statement));
    let bound = statements.filter_map(|p| mention.argument(&p.name));
    let whole = |b: &super::super::mention::Binding| {
        let (first, last) = (b.pieces.first()?, b.pieces.last()?);
        Some(state.with_marks(first.cover(*last)))
    };
    bound.filter_map(whole).collect()
}

/// Whether several edges of a kind, one after the other, are one element.
fn coordinates(kind: &EdgeKind) -> bool {
    match kind {
        EdgeKind::Mention { kinds, .. } => !kinds.meets(KindSet::SINGLE),
        EdgeKind::Nouns { to_head, .. } => !to_head,
        EdgeKind::Phrase(_) => true,
        _ => false,
    }
}

/// Whether of each clause one attribute is there, or, where so asked, is not.
fn has_attributes(mention: &Mention, clauses: &[Vec<(bool, String)>]) -> bool {
    let has = |(absent, name): &(bool, String)| {
        let there = mention.attributes.contains_key(name) || mention.argument(name).is_some();
        there != *absent
    };
    clauses.iter().all(|clause| clause.iter().any(has))
}
