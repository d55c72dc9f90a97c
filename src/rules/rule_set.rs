//! Compiled rules: shared by reference between extractors.

use super::ast;
use super::pack::List;
use crate::diagnostic::{Location, Sources};
use indexmap::IndexMap;

/// Index into [`RuleSet::types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub u16);

/// Index into [`RuleSet::relations`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelationId(pub u16);

/// Index into [`RuleSet::variants`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VariantId(pub u32);

/// An entity or value type.
#[derive(Clone, Debug)]
pub struct EntityType {
    /// Its name.
    pub name: String,
    /// Itself and all its supertypes.
    pub ancestors: Vec<TypeId>,
    /// `iri`, `shape`, `fill`, `stroke` as declared here.
    pub keys: IndexMap<String, String>,
}

/// What a parameter takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterKind {
    /// Words.
    Text,
    /// Present or not.
    Flag,
    /// A reported content.
    Statement,
    /// An entity or value of this type.
    Entity(TypeId),
    /// A phrase or built-in group, by name: its words, as an unnamed somebody.
    Phrase(String),
}

/// A parameter of a signature.
#[derive(Clone, Debug)]
pub struct ParameterType {
    /// Its name.
    pub name: String,
    /// `?`
    pub optional: bool,
    /// `*`
    pub repeated: bool,
    /// What it takes.
    pub kinds: Vec<ParameterKind>,
}

/// Flags of a signature: what a relation is, so that none is known by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "they are the flags of the language"
)]
pub struct RelationFlags {
    /// Its content becomes a statement.
    pub speech: bool,
    /// Done by being said.
    pub performative: bool,
    /// Source speaks for target.
    pub serves: bool,
    /// Says which noun is the subject of which verb.
    pub subject: bool,
    /// Not exported.
    pub hidden: bool,
}

/// A relation.
#[derive(Clone, Debug)]
pub struct RelationType {
    /// Its name.
    pub name: String,
    /// Itself and the relations it is a kind of.
    pub ancestors: Vec<RelationId>,
    /// Its signature.
    pub parameters: Vec<ParameterType>,
    /// What it is.
    pub flags: RelationFlags,
    /// Index of the parameter it belongs to: the first of type `text`, else the first.
    pub head: usize,
    /// Index of the parameter that is the source of its edge.
    pub source: Option<usize>,
    /// Index of the parameter that is the target of its edge.
    pub target: Option<usize>,
    /// `label`, `iri`, `fill`, `stroke`.
    pub keys: IndexMap<String, String>,
}

/// A variant: one `match` (or `name`, `from`, …) line.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Type or relation or phrase it belongs to.
    pub rule: String,
    /// `inverted`
    pub name: String,
    /// Where it stands.
    pub location: Location,
}

/// Merge rules of one type.
#[derive(Clone, Debug)]
pub struct MergeRules {
    /// The type.
    pub type_: TypeId,
    /// `same` and `never` conditions over `a` and `b`, in order.
    pub identities: Vec<(bool, ast::Condition)>,
    /// `refer` lines: the referring mentions are found by the variants of these ids.
    pub refers: Vec<ast::ReferItem>,
}

/// Compiled rules.
#[derive(Debug, Default)]
pub struct RuleSet {
    /// Types, supertypes first.
    pub types: Vec<EntityType>,
    /// Relations, parents first.
    pub relations: Vec<RelationType>,
    /// Variants in order of layers and files.
    pub variants: Vec<Variant>,
    /// Lists.
    pub lists: Vec<List>,
    /// Merge rules.
    pub merges: Vec<MergeRules>,
    /// Prefixes of IRIs.
    pub prefixes: IndexMap<String, String>,
    /// The files.
    pub sources: Sources,
}
