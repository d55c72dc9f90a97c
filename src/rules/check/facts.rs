//! What the whole pack finds, sets and names: gathered once, before single lines are checked.

use super::entries::KnownOrigins;
use crate::rules::ast::{ItemKind, MatchKind, Name, Pattern, PatternKind};
use crate::rules::pack::{Pack, RuleBlock};
use std::collections::{BTreeMap, BTreeSet};

/// How deep macros are followed into each other; deeper ones are a cycle, which is reported.
pub(super) const MACRO_DEPTH: u32 = 32;

/// Facts about a pack.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// Attributes that some `set` gives, and arguments that some relation has.
    pub(super) attributes: BTreeSet<String>,
    /// The attributes that the blocks of a type set.
    pub(super) of_type: BTreeMap<String, BTreeSet<String>>,
    /// The kinds of lines that make mentions, by type.
    pub(super) makers: BTreeMap<String, BTreeSet<MatchKind>>,
    /// Relations and phrases that have rules.
    pub(super) ruled: BTreeSet<String>,
    /// Which lists the entries of mentions and arguments come from.
    pub(super) origins: KnownOrigins,
}

impl Facts {
    pub(super) fn of(pack: &Pack) -> Self {
        let mut facts = Self {
            origins: KnownOrigins::of(pack),
            ..Self::default()
        };
        for block in &pack.entities {
            let own = facts.of_type.entry(block.name.clone()).or_default();
            own.extend(set_names(block));
            facts.attributes.extend(set_names(block));
            let makers = facts.makers.entry(block.name.clone()).or_default();
            for item in &block.items {
                if let ItemKind::Match(line) = &item.kind {
                    makers.insert(line.kind);
                }
            }
        }
        for (name, phrase) in &pack.phrases {
            facts.attributes.extend(set_names(phrase));
            if phrase.items.iter().any(makes) {
                facts.ruled.insert(name.clone());
            }
        }
        for (name, relation) in &pack.relations {
            facts
                .attributes
                .extend(relation.parameters.iter().map(|p| p.name.text.clone()));
            for block in &relation.blocks {
                facts.attributes.extend(set_names(block));
                if block.items.iter().any(makes) {
                    facts.ruled.insert(name.clone());
                }
            }
        }
        facts
    }
}

/// Whether a line finds something.
pub(super) fn makes(item: &crate::rules::ast::Item) -> bool {
    matches!(item.kind, ItemKind::Match(_) | ItemKind::From(_))
}

/// Names that the lines of a block give values to.
pub(super) fn set_names(block: &RuleBlock) -> Vec<String> {
    let assignments = block.items.iter().flat_map(|item| match &item.kind {
        ItemKind::Set(assignments) => assignments.as_slice(),
        ItemKind::Match(line) => line.assignments.as_slice(),
        ItemKind::From(from) => from.assignments.as_slice(),
        _ => &[],
    });
    assignments.map(|a| a.name.text.clone()).collect()
}

/// Calls `visit` for all captures of a pattern, those of macros included; those in contexts bind nothing.
pub(super) fn captures<'p>(
    pack: &'p Pack,
    pattern: &'p Pattern,
    depth: u32,
    visit: &mut dyn FnMut(&'p Name),
) {
    match &pattern.kind {
        PatternKind::Macro(name) => {
            let declaration = pack.macros.get(&name.text).filter(|_| depth < MACRO_DEPTH);
            if let Some(declaration) = declaration {
                captures(pack, &declaration.pattern, depth + 1, visit);
            }
        }
        PatternKind::Capture { name, pattern } => {
            visit(name);
            captures(pack, pattern, depth, visit);
        }
        PatternKind::Sequence(parts) | PatternKind::Alternative(parts) => {
            for part in parts {
                captures(pack, part, depth, visit);
            }
        }
        PatternKind::Repeat { pattern, .. } => captures(pack, pattern, depth, visit),
        PatternKind::Found {
            head: Some(head), ..
        } => captures(pack, head, depth, visit),
        _ => {}
    }
}
