//! Compiled rules: shared by reference between extractors.

use super::compile::{Atom, Body, Layer, MergeRules, Variant};
use super::gazetteer::Gazetteer;
use super::pack::List;
use super::tables::Tables;
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
    /// `label`, `iri`, `fill`, `stroke`.
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
    /// How many of its words stand in rules.
    pub(crate) rule_words: u32,
    /// Entries of lists.
    pub(crate) gazetteer: Gazetteer,
    /// Entries of lists that match any inflection.
    pub(crate) inflected: Gazetteer,
    /// The order of evaluation.
    pub(crate) layers: Vec<Layer>,
    /// The place in the rule files of each element of a pattern.
    pub nodes: Vec<Location>,
    /// Which variants an atom triggers: their layer and number.
    pub(crate) triggers: FxHashMap<Atom, Vec<(u32, u32)>>,
    /// By number of a required set: whether only words, lemmas and lists are in it.
    pub(crate) sets: Vec<bool>,
    /// The required sets that a word, lemma or list is in.
    pub(crate) sets_of: FxHashMap<Atom, Vec<u32>>,
    /// Variants that no word, lemma or list triggers, by layer.
    pub(crate) untriggered: Vec<Vec<u32>>,
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
        self.types[type_.0 as usize].ancestors.contains(&other)
    }

    /// Whether a relation is another or a sub-relation of it.
    pub fn is_relation(&self, relation: RelationId, other: RelationId) -> bool {
        self.relations[relation.0 as usize]
            .ancestors
            .contains(&other)
    }

    /// Gives equal required sets one number.
    fn number_sets(&mut self) {
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
                    for atom in set.atoms.iter().filter(|a| a.is_lexical()) {
                        self.sets_of.entry(*atom).or_default().push(next);
                    }
                }
            }
        }
    }

    /// Fills the index from atoms to variants.
    pub(super) fn index(&mut self) {
        self.number_sets();
        self.untriggered = vec![Vec::new(); self.layers.len()];
        for (layer, content) in self.layers.iter().enumerate() {
            for &number in &content.variants {
                let Some(pattern) = self.variants[number as usize].pattern() else {
                    continue;
                };
                match pattern
                    .required
                    .iter()
                    .find(|s| s.atoms.iter().all(|a| a.is_lexical()))
                {
                    None => self.untriggered[layer].push(number),
                    Some(set) => {
                        for atom in &set.atoms {
                            self.triggers
                                .entry(*atom)
                                .or_default()
                                .push((layer as u32, number));
                        }
                    }
                }
            }
        }
    }
}
