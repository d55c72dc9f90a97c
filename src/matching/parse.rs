//! From the best parse to bindings: what each capture stands on.

use super::best::{Event, Parse};
use super::graph::{GROUP, SentenceGraph};
use super::mention::{Binding, MentionId};
use super::state::State;
use crate::annotation::QuoteFeatures;
use crate::rules::Pattern;
use crate::rules::program::EdgeId;
use crate::rules::tables::EdgeKind;
use crate::text::TokenSpan;
use smallvec::{SmallVec, smallvec};
use std::sync::Arc;

/// A capture whose end has not been met.
struct Opened {
    name: u8,
    start: u32,
    steps: u32,
    edge: Option<(EdgeId, u32)>,
    entry: Option<(u32, u32)>,
}

/// Captures of a parse in reading order, and the first list entry in it.
pub(super) fn bindings(
    parse: &Parse,
    pattern: &Pattern,
    graph: &SentenceGraph,
    state: &State<'_>,
) -> (Vec<Binding>, Option<(u32, u32)>) {
    let mut opened: Vec<Opened> = Vec::new();
    let mut found: Vec<(u32, Binding)> = Vec::new();
    let mut entry = None;
    for event in &parse.events {
        match *event {
            Event::Open(name, start) => opened.push(Opened {
                name,
                start,
                steps: 0,
                edge: None,
                entry: None,
            }),
            Event::Close(name, end) => {
                let Some(at) = opened.iter().rposition(|o| o.name == name) else {
                    continue;
                };
                let capture = opened.remove(at);
                let start = capture.start;
                let binding = binding(
                    &capture,
                    end,
                    &pattern.captures[name as usize],
                    graph,
                    state,
                );
                found.push((start, binding));
            }
            Event::Token(..) | Event::Skip(_) => opened.iter_mut().for_each(|o| o.steps += 1),
            Event::Edge { edge, payload, .. } => {
                let listed = list_entry(edge, payload, state);
                entry = entry.or(listed);
                for capture in &mut opened {
                    capture.steps += 1;
                    capture.edge = Some((edge, payload));
                    capture.entry = capture.entry.or(listed);
                }
            }
        }
    }
    found.sort_by_key(|(start, _)| *start);
    (found.into_iter().map(|(_, b)| b).collect(), entry)
}

fn list_entry(edge: EdgeId, payload: u32, state: &State<'_>) -> Option<(u32, u32)> {
    match state.rules.tables.edges[edge.0 as usize] {
        EdgeKind::Listed { .. } => state
            .hits
            .get(payload as usize)
            .map(|h| (h.listed.list, h.listed.entry)),
        EdgeKind::Mention { .. } if payload < GROUP => state.mention(MentionId(payload)).entry,
        _ => None,
    }
}

fn binding(
    capture: &Opened,
    end: u32,
    name: &Arc<str>,
    graph: &SentenceGraph,
    state: &State<'_>,
) -> Binding {
    let tokens = graph.tokens(capture.start, end);
    let mut binding = Binding {
        name: Arc::clone(name),
        pieces: smallvec![balanced(tokens, graph.unit.sentence, state)],
        entry: capture.entry,
        ..Binding::default()
    };
    binding.anchor = anchor(tokens, state);
    if capture.steps != 1 {
        return binding;
    }
    let Some((edge, payload)) = capture.edge else {
        return binding;
    };
    if payload >= GROUP {
        binding.members = members(edge, (payload - GROUP) as usize, graph, state);
        return binding;
    }
    match state.rules.tables.edges[edge.0 as usize] {
        EdgeKind::Mention { .. } => binding.mention = Some(MentionId(payload)),
        EdgeKind::Relation(_) => binding.relation = Some(MentionId(payload)),
        EdgeKind::Quote(_) => {
            let quotation = &state.annotation.quotations[payload as usize];
            binding.pieces = SmallVec::from_slice(&quotation.pieces);
        }
        _ => {}
    }
    binding
}

/// The main token: the head of the verb group that tokens begin with, else the last token (`foreign minister`).
pub(super) fn anchor(tokens: TokenSpan, state: &State<'_>) -> u32 {
    match state.verb_at(tokens.start) {
        Some(group) if group.head < tokens.end => group.head,
        _ => tokens.end.saturating_sub(1).max(tokens.start),
    }
}

/// Members of a coordination, in order.
fn members(edge: EdgeId, group: usize, graph: &SentenceGraph, state: &State<'_>) -> Vec<Binding> {
    let payloads = graph.groups.get(group).into_iter().flatten();
    let member = |&payload: &u32| {
        let (tokens, mention) = match state.rules.tables.edges[edge.0 as usize] {
            EdgeKind::Mention { .. } => (
                state.mention(MentionId(payload)).core,
                Some(MentionId(payload)),
            ),
            EdgeKind::Nouns { .. } => (
                state.nouns_of(graph.unit.sentence)[payload as usize].tokens,
                None,
            ),
            _ => (
                state.phrases[graph.unit.sentence as usize][payload as usize].1,
                None,
            ),
        };
        Binding {
            pieces: smallvec![tokens],
            mention,
            anchor: tokens.start,
            ..Binding::default()
        }
    };
    payloads.map(member).collect()
}

/// Takes in the marks of a scare quote that is inside, with a final mark before the closing one:
/// `were "exaggerated"`, `it "is over."`.
fn balanced(tokens: TokenSpan, sentence: u32, state: &State<'_>) -> TokenSpan {
    let mut out = tokens;
    for &number in &state.quotations[sentence as usize] {
        let quotation = &state.annotation.quotations[number as usize];
        let (Some(first), Some(last)) = (quotation.pieces.first(), quotation.pieces.last()) else {
            continue;
        };
        let (outer, inner) = (quotation.outer, first.cover(*last));
        // One that goes on behind the sentence belongs to what it begins in: `since, "It is late. Go home."`
        let sentence = state.document.sentences[sentence as usize].tokens;
        let reaches_its_end = tokens.start < outer.start
            && (outer.start..sentence.end).contains(&tokens.end)
            && sentence.end < outer.end
            && sentence.end <= tokens.end + 2;
        if reaches_its_end {
            out.end = outer.end;
        }
        if reaches_its_end || !quotation.features.has(QuoteFeatures::SCARE) {
            continue;
        }
        if tokens.start < inner.start && ends_with(tokens.end, inner, state) {
            out.end = outer.end;
        }
        if tokens.start == inner.start && tokens.end > inner.end {
            out.start = outer.start;
        }
    }
    out
}

/// Whether quoted words end here, but for a comma or final mark before the closing one.
fn ends_with(end: u32, inner: TokenSpan, state: &State<'_>) -> bool {
    let is_mark = |token: u32| matches!(state.document.word(token), "." | "," | "!" | "?");
    end == inner.end || inner.start < end && end + 1 == inner.end && is_mark(end)
}
