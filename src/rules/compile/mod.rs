//! [`Pack`] → [`RuleSet`].

mod common_words;
mod conditions;
mod layers;
mod lists;
mod lower;
mod merges;
mod names;
mod needs;
mod required;
mod variants;
mod warnings;

pub use layers::Layer;
pub use merges::{Identity, MergeRules, Refer};
pub use needs::Need;
pub use required::{Atom, AtomSet};
pub use variants::{Assignment, Body, Output, Pattern, Specificity, Variant};
pub use warnings::RESERVED_NAMES;

use crate::diagnostic::Diagnostic;
use crate::rules::pack::Pack;
use crate::rules::rule_set::RuleSet;
use common_words::CommonWords;
use lower::Lowering;
use names::Names;
use required::Known;

/// Compiles a pack. What cannot be compiled is reported and left out.
pub fn compile(pack: Pack) -> (RuleSet, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let names = Names::new(&pack);
    let mut lowering = Lowering {
        pack: &pack,
        names: &names,
        tables: crate::rules::tables::Tables::default(),
        vocabulary: crate::rules::vocabulary::Vocabulary::default(),
        nodes: Vec::new(),
    };
    let mut variants = variants::all(&mut lowering, &mut diagnostics);
    let merges = merges::all(&mut lowering, &mut variants, &mut diagnostics);
    let known = Known {
        tables: &lowering.tables,
        words: CommonWords::new(&lowering.vocabulary),
    };
    for variant in &mut variants {
        variant.require(&known);
    }
    let gazetteers = lists::gazetteers(&mut lowering, &variants, &merges);
    let Lowering {
        tables,
        vocabulary,
        nodes,
        ..
    } = lowering;
    warnings::all(&pack, &names, &variants, &mut diagnostics);
    let layers = layers::order(&variants, &names, &tables, &mut diagnostics);
    super::pack::silence(&pack.allowed, &mut diagnostics);
    let mut set = RuleSet {
        types: names.types,
        relations: names.relations,
        phrases: names.phrases,
        variants,
        merges,
        lists: pack.lists.into_values().collect(),
        prefixes: pack.prefixes,
        sources: pack.sources,
        tables,
        vocabulary,
        gazetteer: gazetteers.0,
        inflected: gazetteers.1,
        layers,
        nodes,
        ..RuleSet::default()
    };
    set.index();
    (set, diagnostics)
}
