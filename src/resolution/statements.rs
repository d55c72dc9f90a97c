//! Contents of speech become statements.

use super::build::Builder;
use super::nesting::Nesting;
use super::provenance::selection;
use super::relations::Superseded;
use crate::annotation::Quotation;
use crate::graph::identifier::Fingerprint;
use crate::graph::{Speech, Statement};
use crate::matching::{MentionId, State};
use crate::rules::{ParameterKind, RelationFlags};
use crate::text::{Span, TokenKind, TokenSpan};
use petgraph::graph::NodeIndex;
use rustc_hash::FxHashMap;

/// A statement as tokens.
#[derive(Clone, Debug)]
pub(super) struct Content {
    /// Its node.
    pub(super) node: NodeIndex,
    /// Its pieces in order.
    pub(super) pieces: Vec<TokenSpan>,
    /// How it is reported.
    pub(super) speech: Speech,
}

/// All statements of a document, and whose they are.
#[derive(Clone, Debug, Default)]
pub(super) struct Statements<'s> {
    /// In order of the first relation that reports each.
    pub(super) contents: Vec<Content>,
    /// Argument of a relation mention → index of its statement.
    arguments: FxHashMap<MentionId, Vec<(&'s str, usize)>>,
}

impl Statements<'_> {
    /// The statement that an argument of a relation is.
    pub(super) fn of(&self, relation: MentionId, argument: &str) -> Option<NodeIndex> {
        let arguments = self.arguments.get(&relation)?;
        let (_, index) = arguments.iter().find(|(name, _)| *name == argument)?;
        Some(self.contents[*index].node)
    }

    /// The statements that a relation reports.
    pub(super) fn reported_by(&self, relation: MentionId) -> impl Iterator<Item = &Content> {
        let arguments = self.arguments.get(&relation).into_iter().flatten();
        arguments.map(|(_, index)| &self.contents[*index])
    }

    /// For each head, given with its relation in any order, the innermost statement around it that the relation does
    /// not itself report.
    pub(super) fn around(&self, heads: &[(u32, MentionId)]) -> Vec<Option<NodeIndex>> {
        let mut nesting = Nesting::default();
        for (index, content) in self.contents.iter().enumerate() {
            nesting.add(&content.pieces, index);
        }
        let tokens: Vec<u32> = heads.iter().map(|(token, _)| *token).collect();
        let found = nesting.innermost(&tokens, |number, index| {
            self.reports(heads[number].1, index)
        });
        let node = |index: Option<usize>| Some(self.contents[index?].node);
        found.into_iter().map(node).collect()
    }

    fn reports(&self, relation: MentionId, index: usize) -> bool {
        let arguments = self.arguments.get(&relation);
        arguments.is_some_and(|a| a.iter().any(|(_, i)| *i == index))
    }
}

/// The contents of a relation mention: names of its arguments of kind Statement and their pieces.
pub(super) fn contents<'s>(
    id: MentionId,
    state: &'s State<'_>,
) -> impl Iterator<Item = (&'s str, &'s [TokenSpan])> {
    let mention = state.mention(id);
    let type_ = mention
        .relation()
        .map(|r| &state.rules.relations[r.0 as usize]);
    let speech = type_.filter(|t| {
        let RelationFlags { speech, hidden, .. } = t.flags;
        speech && !hidden
    });
    let parameters = speech.into_iter().flat_map(|t| &t.parameters);
    let reported = parameters.filter(|p| p.kinds.contains(&ParameterKind::Statement));
    let arguments = reported.filter_map(|p| mention.argument(&p.name));
    let bound = arguments.filter(|a| a.mention.is_none() && !a.pieces.is_empty());
    bound.map(|a| (&*a.name, a.pieces.as_slice()))
}

/// Makes a statement of each reported content; relations with the same content share it.
pub(super) fn find<'s>(superseded: &Superseded, builder: &mut Builder<'s, '_>) -> Statements<'s> {
    let state = builder.state;
    let mut statements = Statements::default();
    let mut known: FxHashMap<Vec<TokenSpan>, usize> = FxHashMap::default();
    let ids = (0..state.mentions.len() as u32).map(MentionId);
    for id in ids.filter(|id| !superseded.contains_key(id)) {
        for (argument, pieces) in contents(id, state) {
            let pieces = trimmed(pieces, state);
            if pieces.is_empty() {
                continue;
            }
            let index = *known.entry(pieces.clone()).or_insert_with(|| {
                let head = state.mention(id).head.start;
                let content = statement(pieces, head, builder);
                statements.contents.push(content);
                statements.contents.len() - 1
            });
            let arguments = statements.arguments.entry(id).or_default();
            arguments.push((argument, index));
        }
    }
    statements
}

/// Pieces in order, none of them empty or twice.
fn trimmed(pieces: &[TokenSpan], state: &State<'_>) -> Vec<TokenSpan> {
    let count = state.document.tokens.len() as u32;
    let mut pieces: Vec<TokenSpan> = pieces
        .iter()
        .copied()
        .filter(|p| !p.is_empty() && p.end <= count)
        .collect();
    pieces.sort_unstable();
    pieces.dedup();
    pieces
}

fn statement(pieces: Vec<TokenSpan>, head: u32, builder: &mut Builder<'_, '_>) -> Content {
    let state = builder.state;
    let quoted = quoted(&pieces, head, state);
    let speech = speech(&pieces, &quoted, state);
    let spans: Vec<Span> = pieces.iter().map(|p| state.document.span(*p)).collect();
    let fingerprint = Fingerprint {
        document_sha256: builder.sha256(),
        type_: "Statement",
        source: None,
        target: None,
        head: spans[0],
        content: &spans,
    };
    let statement = Statement {
        id: fingerprint.statement_id(&state.document.id),
        content: pieces.iter().map(|p| selection(*p, state)).collect(),
        quoted: quoted.iter().map(|p| selection(*p, state)).collect(),
        speech,
        about: about(&pieces, builder),
    };
    Content {
        node: builder.add_statement(statement),
        pieces,
        speech,
    }
}

/// How many quotations that begin before a content are looked at, the nearest first.
const MAX_BEFORE: usize = 64;

/// The quoted stretches of a content. What stands around the cue as well is no quotation of this speaker: in “He told
/// me that the bridge was safe,” Lee said, the content of `told` is reported, not quoted.
fn quoted(pieces: &[TokenSpan], head: u32, state: &State<'_>) -> Vec<TokenSpan> {
    let quotations = &state.annotation.quotations;
    let mut found: Vec<TokenSpan> = Vec::new();
    for piece in pieces {
        let first = quotations.partition_point(|q| q.outer.start < piece.start);
        let mut number = first.saturating_sub(MAX_BEFORE);
        while let Some(quotation) = quotations.get(number) {
            number += 1;
            let outer = quotation.outer;
            if outer.start >= piece.end {
                break;
            }
            if outer.end <= piece.start || outer.start <= head && head < outer.end {
                continue;
            }
            let parts = quotation
                .pieces
                .iter()
                .map(|part| TokenSpan::new(part.start.max(piece.start), part.end.min(piece.end)));
            found.extend(parts.filter(|part| !part.is_empty()));
            // What begins inside it is a part of it.
            let inside = |q: &Quotation| q.outer.start < outer.end;
            number = number.max(quotations.partition_point(inside));
        }
    }
    found
}

/// Direct where every word is quoted, indirect where none is.
fn speech(pieces: &[TokenSpan], quoted: &[TokenSpan], state: &State<'_>) -> Speech {
    if quoted.is_empty() {
        return Speech::Indirect;
    }
    let is_quoted = |token: u32| {
        let at = quoted.partition_point(|q| q.end <= token);
        quoted.get(at).is_some_and(|q| q.start <= token)
    };
    let tokens = pieces.iter().flat_map(|p| p.start..p.end);
    let mut words = tokens.filter(|t| state.document.tokens[*t as usize].kind != TokenKind::Mark);
    if words.all(is_quoted) {
        Speech::Direct
    } else {
        Speech::Mixed
    }
}

/// How many mentions in one piece are looked at; contents nested without end cost no more.
const MAX_ABOUT: usize = 1000;

/// Entities that are mentioned in some stretches, quantities and dates left out.
fn about(pieces: &[TokenSpan], builder: &Builder<'_, '_>) -> Vec<NodeIndex> {
    let state = builder.state;
    let order = &builder.clusters.order;
    let mut nodes = Vec::new();
    for piece in pieces {
        let first = order.partition_point(|id| state.mention(*id).core.start < piece.start);
        let mentions = order[first..].iter();
        let inside = mentions.take_while(|id| state.mention(**id).core.start < piece.end);
        for id in inside.take(MAX_ABOUT) {
            if state.mention(*id).core.end <= piece.end && !builder.clusters.is_value(*id) {
                nodes.extend(builder.known_node(*id));
            }
        }
    }
    nodes.sort_unstable();
    nodes.dedup();
    nodes
}
