//! What the engine finds.

use crate::graph::{AttributeValue, Modality, Polarity, Tense};
use crate::rules::{RelationId, TypeId, VariantId};
use crate::text::TokenSpan;
use smallvec::SmallVec;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Index into the mentions of one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MentionId(pub u32);

/// What a mention is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionKind {
    /// A name of an entity, or a value.
    Name(TypeId),
    /// An adjective for one (`Latvian`).
    Adjective(TypeId),
    /// A description (`the minister`).
    Nominal(TypeId),
    /// A pronoun.
    Pronoun(TypeId),
    /// A relation.
    Relation(RelationId),
}

/// An argument: what it stands on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Binding {
    /// Name of the parameter (or capture).
    pub name: Arc<str>,
    /// Its words, in pieces where it is not in one (a quotation of several paragraphs, `*`); quotation marks left out
    /// where the capture is a whole quotation.
    pub pieces: SmallVec<[TokenSpan; 1]>,
    /// The entity mention that it is.
    pub mention: Option<MentionId>,
    /// The relation that it is (`earlier:@said`).
    pub relation: Option<MentionId>,
    /// The first list entry in it: list and row.
    pub entry: Option<(u32, u32)>,
    /// Its main token: the head of its verb group where it begins with one, else its first.
    pub anchor: u32,
    /// Members where it is a coordination; then one relation a member is made.
    pub members: Vec<Binding>,
}

impl Binding {
    /// From its first to its last token.
    pub fn cover(&self) -> TokenSpan {
        match (self.pieces.first(), self.pieces.last()) {
            (Some(first), Some(last)) => first.cover(*last),
            _ => TokenSpan::default(),
        }
    }
}

/// Polarity, modality and tense from the verb group of the head.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Qualifiers {
    /// Negated by what the variant did not ask for.
    pub polarity: Polarity,
    /// By modals, `try`, questions, conditions.
    pub modality: Modality,
    /// Of the verb.
    pub tense: Tense,
}

/// One stretch of one document found by one rule.
#[derive(Clone, Debug)]
pub struct Mention {
    /// What it is of.
    pub kind: MentionKind,
    /// The sentence of its head.
    pub sentence: u32,
    /// What the pattern matched (of a relation from its first to its last token).
    pub core: TokenSpan,
    /// Further extents that other rules gave it with `absorb`.
    pub extents: Vec<TokenSpan>,
    /// Head of a relation (cue, role); of an entity its core.
    pub head: TokenSpan,
    /// The rule.
    pub variant: VariantId,
    /// Captures and what `where` and `set` bound.
    pub arguments: Vec<Binding>,
    /// What `set` gave.
    pub attributes: BTreeMap<String, AttributeValue>,
    /// The list and entry that it is, where the pattern is one: for ids and canonical names.
    pub entry: Option<(u32, u32)>,
    /// Of a relation.
    pub qualifiers: Qualifiers,
    /// Members of one coordination share a number.
    pub group: Option<u32>,
    /// What it was derived from (`from`, `earlier:@said`).
    pub derived_from: Vec<MentionId>,
}

impl Mention {
    /// The argument of this name.
    pub fn argument(&self, name: &str) -> Option<&Binding> {
        self.arguments.iter().find(|a| *a.name == *name)
    }

    /// The type of an entity mention.
    pub fn type_(&self) -> Option<TypeId> {
        match self.kind {
            MentionKind::Name(t)
            | MentionKind::Adjective(t)
            | MentionKind::Nominal(t)
            | MentionKind::Pronoun(t) => Some(t),
            MentionKind::Relation(_) => None,
        }
    }

    /// The relation of a relation mention.
    pub fn relation(&self) -> Option<RelationId> {
        match self.kind {
            MentionKind::Relation(r) => Some(r),
            _ => None,
        }
    }
}
