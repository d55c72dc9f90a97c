//! Compiled rules: shared by reference between extractors.

use super::compile::{Atom, AtomSet, Body, Layer, MergeRules, Variant};
use super::gazetteer::Gazetteer;
use super::lexical::LexicalTests;
use super::pack::List;
use super::rows::Rows;
use super::tables::{EdgeKind, Tables};
use super::vocabulary::Vocabulary;
use crate::diagnostic::{Location, Sources};
use indexmap::IndexMap;
use rustc_hash::FxHashMap;

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
    /// Its direct supertypes.
    pub parents: Vec<TypeId>,
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
    /// `label`, `shown`, `iri`, `fill`, `stroke`.
    pub keys: IndexMap<String, String>,
}

/// Compiled rules.
#[derive(Debug, Default)]
pub struct RuleSet {
    /// Types, supertypes first.
    pub types: Vec<EntityType>,
    /// Relations, parents first.
    pub relations: Vec<RelationType>,
    /// Names of phrases.
    pub phrases: Vec<String>,
    /// Variants in order of files and lines, then `refer` lines.
    pub variants: Vec<Variant>,
    /// Lists.
    pub lists: Vec<List>,
    /// Merge rules.
    pub merges: Vec<MergeRules>,
    /// Prefixes of IRIs.
    pub prefixes: IndexMap<String, String>,
    /// The files.
    pub sources: Sources,
    /// What programs refer to.
    pub(crate) tables: Tables,
    /// Words of rules, then those of lists.
    pub(crate) vocabulary: Vocabulary,
    /// Entries of lists.
    pub(crate) gazetteer: Gazetteer,
    /// Entries of lists that match any inflection.
    pub(crate) inflected: Gazetteer,
    /// The order of evaluation.
    pub(crate) layers: Vec<Layer>,
    /// The place in the rule files of each element of a pattern.
    pub nodes: Vec<Location>,
    /// What words, lemmas and lists trigger.
    pub(crate) triggers: Triggers,
    /// By number of a required set: whether only words, lemmas and lists are in it.
    pub(crate) sets: Vec<bool>,
    /// Variants that no word, lemma or list triggers, a bit each.
    pub(crate) untriggered: Vec<u64>,
    /// By type and other type: whether it is that type or a subtype.
    pub(crate) supertypes: Vec<bool>,
    /// By variant: its layer.
    pub(crate) layer_of: Vec<u32>,
    /// Tests that words decide.
    pub(crate) lexical: LexicalTests,
    /// Types and attributes whose words rules look for in the whole document (`%Person.family`).
    pub(crate) documents: Vec<(TypeId, String)>,
}

/// What comes of words, lemmas and lists in a sentence.
#[derive(Clone, Debug, Default)]
pub(crate) struct Triggers {
    pub(crate) words: Triggered,
    pub(crate) lemmas: Triggered,
    pub(crate) lists: Triggered,
}

/// What comes of atoms of one kind, by their number.
#[derive(Clone, Debug, Default)]
pub(crate) struct Triggered {
    /// Variants whose rarest set it is in.
    pub(crate) variants: Rows<u32>,
    /// Required sets that it is in.
    pub(crate) sets: Rows<u32>,
}

impl Triggers {
    fn new(variants: &[(Atom, u32)], sets: &[(Atom, u32)]) -> Self {
        let only = |all: &[(Atom, u32)], number: fn(Atom) -> Option<u32>| {
            let of = |(atom, thing): &(Atom, u32)| Some((number(*atom)?, *thing));
            Rows::new(all.iter().filter_map(of).collect())
        };
        let triggered = |number: fn(Atom) -> Option<u32>| Triggered {
            variants: only(variants, number),
            sets: only(sets, number),
        };
        Self {
            words: triggered(|atom| match atom {
                Atom::Word(word) => Some(word.0),
                _ => None,
            }),
            lemmas: triggered(|atom| match atom {
                Atom::Lemma(word) => Some(word.0),
                _ => None,
            }),
            lists: triggered(|atom| match atom {
                Atom::List(list) => Some(list),
                _ => None,
            }),
        }
    }
}

impl RuleSet {
    /// The type with this name.
    pub fn type_id(&self, name: &str) -> Option<TypeId> {
        self.types
            .iter()
            .position(|t| t.name == name)
            .map(|n| TypeId(n as u16))
    }

    /// The relation with this name.
    pub fn relation_id(&self, name: &str) -> Option<RelationId> {
        self.relations
            .iter()
            .position(|r| r.name == name)
            .map(|n| RelationId(n as u16))
    }

    /// Whether a type is another or a subtype of it.
    pub fn is_a(&self, type_: TypeId, other: TypeId) -> bool {
        self.supertypes[type_.0 as usize * self.types.len() + other.0 as usize]
    }

    /// Whether a relation is another or a sub-relation of it.
    pub fn is_relation(&self, relation: RelationId, other: RelationId) -> bool {
        self.relations[relation.0 as usize]
            .ancestors
            .contains(&other)
    }

    /// Gives equal required sets one number; which atoms are in which.
    fn number_sets(&mut self) -> Vec<(Atom, u32)> {
        let mut atoms = Vec::new();
        let mut known: FxHashMap<Vec<Atom>, u32> = FxHashMap::default();
        for variant in &mut self.variants {
            let Body::Match(pattern) = &mut variant.body else {
                continue;
            };
            for set in &mut pattern.required {
                let next = self.sets.len() as u32;
                set.number = *known.entry(set.atoms.clone()).or_insert(next);
                if set.number == next {
                    self.sets.push(set.atoms.iter().all(|a| a.is_lexical()));
                    atoms.extend(set.atoms.iter().map(|atom| (*atom, next)));
                }
            }
        }
        atoms
    }

    /// Fills the indexes from words to tests and variants.
    pub(super) fn index(&mut self) {
        self.lexical = LexicalTests::new(&self.tables);
        let sets = self.number_sets();
        self.supertypes = vec![false; self.types.len() * self.types.len()];
        for (number, type_) in self.types.iter().enumerate() {
            for ancestor in &type_.ancestors {
                self.supertypes[number * self.types.len() + ancestor.0 as usize] = true;
            }
        }
        self.documents = (self.tables.edges.iter())
            .filter_map(|kind| match kind {
                EdgeKind::Document { type_, attribute } => Some((*type_, attribute.clone())),
                _ => None,
            })
            .collect();
        self.untriggered = vec![0; self.variants.len() / 64 + 1];
        self.layer_of = vec![0; self.variants.len()];
        for (layer, content) in self.layers.iter().enumerate() {
            for &number in &content.variants {
                self.layer_of[number as usize] = layer as u32;
            }
        }
        let mut variants = Vec::new();
        for (number, variant) in self.variants.iter().enumerate() {
            let Some(pattern) = variant.pattern() else {
                continue;
            };
            let is_lexical = |set: &&AtomSet| self.sets[set.number as usize];
            match pattern.required.iter().find(is_lexical) {
                None => self.untriggered[number / 64] |= 1 << (number % 64),
                Some(set) => variants.extend(set.atoms.iter().map(|atom| (*atom, number as u32))),
            }
        }
        self.triggers = Triggers::new(&variants, &sets);
    }
}
