//! What the arguments of a relation mention stand for.

use super::build::Builder;
use super::names;
use super::provenance::selection;
use super::statements::Statements;
use crate::graph::identifier::entity_id;
use crate::graph::{Argument, Arguments, Entity, EntityMention};
use crate::matching::{Binding, Mention, MentionId};
use crate::rules::{ParameterKind, ParameterType, RelationId, RelationType};
use crate::text::TokenSpan;
use petgraph::graph::NodeIndex;
use rustc_hash::FxBuildHasher;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// An edge of the graph with all its arguments.
pub(super) struct Ends {
    /// Where it starts.
    pub(super) source: NodeIndex,
    /// Where it ends.
    pub(super) target: NodeIndex,
    /// The words of its target, where it is only words.
    pub(super) literal: Option<TokenSpan>,
    /// All arguments in the order of the signature.
    pub(super) arguments: Arguments,
}

/// Finds the nodes of a relation's arguments, and which of them are its source and target.
pub(super) fn ends(
    id: MentionId,
    relation: RelationId,
    statements: &Statements<'_>,
    builder: &mut Builder<'_, '_>,
) -> Ends {
    let state = builder.state;
    let mention = state.mention(id);
    let type_ = &state.rules.relations[relation.0 as usize];
    let names = builder.rules.parameters(relation);
    let count = mention.arguments.len();
    let mut arguments = Arguments::with_capacity_and_hasher(count, FxBuildHasher);
    let (mut source, mut target) = (None, None);
    for (index, parameter) in type_.parameters.iter().enumerate() {
        let Some(binding) = mention.argument(&parameter.name) else {
            continue;
        };
        let is_end = type_.source == Some(index) || type_.target == Some(index);
        let node = statements
            .of(id, &parameter.name)
            .or_else(|| node(binding, parameter, mention, is_end, builder));
        if type_.source == Some(index) {
            source = node;
        }
        if type_.target == Some(index) {
            target = Some((node, binding.cover()));
        }
        let pieces = binding.pieces.iter().filter(|p| !p.is_empty());
        let selections = pieces.map(|p| selection(*p, state)).collect();
        let argument = Argument { selections, node };
        arguments.insert(Arc::clone(&names[index]), vec![argument]);
    }
    let source = source.unwrap_or_else(|| builder.nobody());
    let (target, literal) = match target {
        Some((Some(node), _)) => (node, None),
        Some((None, words)) => (builder.words_node(words), Some(words)),
        None => {
            let words = literal(mention, type_);
            (builder.words_node(words), Some(words))
        }
    };
    Ends {
        source,
        target,
        literal,
        arguments,
    }
}

/// The words that stand in for a target that is not there: the first argument of words after the head, else the head.
fn literal(mention: &Mention, type_: &RelationType) -> TokenSpan {
    let after = type_.parameters.iter().skip(type_.head + 1);
    let texts = after.filter(|p| p.kinds.contains(&ParameterKind::Text));
    texts
        .filter_map(|p| mention.argument(&p.name))
        .map(Binding::cover)
        .find(|words| !words.is_empty())
        .unwrap_or(mention.head)
}

/// The entity that an argument stands for.
fn node(
    binding: &Binding,
    parameter: &ParameterType,
    relation: &Mention,
    is_end: bool,
    builder: &mut Builder<'_, '_>,
) -> Option<NodeIndex> {
    let kind = parameter.kinds.iter().find_map(|k| match k {
        ParameterKind::Entity(type_) => Some(*type_),
        _ => None,
    })?;
    if let Some(id) = binding.mention {
        return builder.mention_node(id);
    }
    let words = without_asides(binding.cover(), builder);
    if !is_end || words.is_empty() || is_pronoun(words, builder) {
        return None;
    }
    // "A senior official said": somebody, though no rule knows what he is.
    let state = builder.state;
    let type_ = state.rules.types[kind.0 as usize].name.clone();
    let name = names::words(words, state).into_owned();
    let mention = EntityMention {
        selection: selection(words, state),
        zone: state.document.sentences[relation.sentence as usize].zone,
        kind: "nominal",
        form: None,
        rule: builder.rules.of(relation.variant),
        because: None,
        attributes: BTreeMap::new(),
    };
    Some(builder.add_entity(Entity {
        id: entity_id(&type_, &name),
        type_,
        name,
        ids: BTreeMap::new(),
        attributes: BTreeMap::new(),
        mentions: vec![mention],
        merged: Vec::new(),
        apart: BTreeSet::new(),
    }))
}

/// `Sun, a maker of computers,` is called `Sun`.
fn without_asides(words: TokenSpan, builder: &Builder<'_, '_>) -> TokenSpan {
    const BEGIN: [&str; 5] = [",", "(", "--", "–", "—"];
    let document = builder.state.document;
    let begins = |token: &u32| BEGIN.contains(&document.word(*token));
    let end = (words.start + 1..words.end).find(begins);
    TokenSpan::new(words.start, end.unwrap_or(words.end))
}

/// A single word that stands for somebody else: `he`, `those`, `who`.
fn is_pronoun(words: TokenSpan, builder: &Builder<'_, '_>) -> bool {
    use crate::annotation::Upos;
    let tag = builder.state.annotation.tags[words.start as usize].upos;
    words.len() == 1 && matches!(tag, Upos::Pron | Upos::Det)
}
