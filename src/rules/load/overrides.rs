//! What a later pack takes out of earlier ones: `override` and `disable`.

use super::super::ast::{Block, Declaration, DeclarationKind, Item, ItemKind, MatchKind, Name};
use super::super::suggest;
use super::collect::{Collected, Said};
use crate::diagnostic::Diagnostic;
use std::collections::BTreeMap;

/// Takes out what earlier units say about what a declaration overrides.
pub(super) fn make_way(
    collected: &mut Collected,
    unit: usize,
    declaration: &Declaration,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let (name, what, found) = match &declaration.kind {
        DeclarationKind::Relation(new) => {
            let name = &new.name;
            let mut found = false;
            if let Some(old) = collected.relations.get_mut(&name.text) {
                let before = old.blocks.len();
                old.blocks.retain(|block| block.unit == unit);
                found = old.blocks.len() < before;
                let earlier = old.parameters.as_ref().is_some_and(|p| p.unit != unit);
                if earlier && new.parameters.is_some() {
                    old.parameters = None;
                    old.edge = None;
                    found = true;
                }
            }
            (name, "relation", found)
        }
        DeclarationKind::Entity(new) => {
            let found = drop_blocks(&mut collected.entities, unit, &new.name.text);
            (&new.name, "entity", found)
        }
        DeclarationKind::Merge(new) => {
            let found = drop_blocks(&mut collected.merges, unit, &new.name.text);
            (&new.name, "merge", found)
        }
        DeclarationKind::Phrase(new) => (
            &new.name,
            "phrase",
            drop_named(&mut collected.phrases, unit, &new.name.text),
        ),
        DeclarationKind::List(new) => (
            &new.name,
            "list",
            drop_named(&mut collected.lists, unit, &new.name.text),
        ),
        DeclarationKind::Macro(new) => (
            &new.name,
            "macro",
            drop_named(&mut collected.macros, unit, &new.name.text),
        ),
        _ => return,
    };
    if !found {
        diagnostics.push(
            Diagnostic::warning(
                "overrides-nothing",
                format!("no earlier pack has a `{what} {}` to override", name.text),
                name.location,
            )
            .help("check the name; `override` replaces what packs loaded before this one say"),
        );
    }
}

/// Takes out the blocks of a name that other units say.
fn drop_blocks(blocks: &mut Vec<Said<Block>>, unit: usize, name: &str) -> bool {
    let before = blocks.len();
    blocks.retain(|block| block.unit == unit || block.value.name.text != name);
    blocks.len() < before
}

/// Takes out what another unit says under a name; its place in the order goes to the new one.
fn drop_named<T>(map: &mut indexmap::IndexMap<String, Said<T>>, unit: usize, name: &str) -> bool {
    let found = map.get(name).is_some_and(|said| said.unit != unit);
    if found {
        map.shift_remove(name);
    }
    found
}

/// Gives every variant a name, then takes disabled ones out.
pub(super) fn disable(collected: &mut Collected, diagnostics: &mut Vec<Diagnostic>) {
    name_variants(collected);
    for Said { unit, value: path } in std::mem::take(&mut collected.disabled) {
        let (rule, variant) = match path.text.split_once('/') {
            Some((rule, variant)) => (rule.trim().to_owned(), Some(variant.trim().to_owned())),
            None => (path.text.clone(), None),
        };
        let mut known: Vec<String> = Vec::new();
        let mut found = false;
        for blocks in blocks_of(collected) {
            blocks.retain_mut(|said| {
                let block = &mut said.value;
                if said.unit == unit {
                    return true;
                }
                let names = variant_names(block);
                if variant.is_some() {
                    known.extend(
                        names
                            .iter()
                            .map(|(_, n)| format!("{}/{n}", block.name.text)),
                    );
                } else {
                    known.push(block.name.text.clone());
                }
                if block.name.text != rule {
                    return true;
                }
                let Some(variant) = &variant else {
                    found = true;
                    return false;
                };
                for (index, name) in names.iter().rev() {
                    if name == variant {
                        block.items.remove(*index);
                        found = true;
                    }
                }
                true
            });
        }
        if found {
            collected.disabled_rules.push(rule);
        } else {
            unknown_rule(&path, &known, diagnostics);
        }
    }
}

fn unknown_rule(path: &Name, known: &[String], diagnostics: &mut Vec<Diagnostic>) {
    let diagnostic = Diagnostic::error(
        "unknown-rule",
        format!("no earlier pack has a rule `{}`", path.text),
        path.location,
    );
    diagnostics.push(suggest::add(
        diagnostic,
        path,
        known.iter().map(String::as_str),
        "`disable` takes rules out of packs loaded before this one, as `disable said/per`; delete your own",
    ));
}

/// All lists of blocks that hold variants; phrases are left alone, since others need them.
fn blocks_of(collected: &mut Collected) -> impl Iterator<Item = &mut Vec<Said<Block>>> {
    std::iter::once(&mut collected.entities)
        .chain(collected.relations.values_mut().map(|r| &mut r.blocks))
        .chain(std::iter::once(&mut collected.merges))
}

/// The variants of a block: index of the item, name.
pub(super) fn variant_names(block: &Block) -> Vec<(usize, String)> {
    let mut names = Vec::new();
    let mut derived = 0;
    for (index, item) in block.items.iter().enumerate() {
        match &item.kind {
            ItemKind::Match(line) => {
                let label = line.label.as_ref();
                names.push((index, label.map_or_else(String::new, |l| l.text.clone())));
            }
            ItemKind::From(_) => {
                derived += 1;
                names.push((index, from_name(derived)));
            }
            _ => {}
        }
    }
    names
}

/// The name of the `number`th `from` of a block.
fn from_name(number: u32) -> String {
    if number == 1 {
        "from".to_owned()
    } else {
        format!("from{number}")
    }
}

/// Names variants without a label by the word of their line and their number, so that taking one out renames none.
fn name_variants(collected: &mut Collected) {
    for said in &mut collected.entities {
        name_block(&mut said.value.items, &mut BTreeMap::new());
    }
    for relation in collected.relations.values_mut() {
        let mut counts = BTreeMap::new();
        for said in &mut relation.blocks {
            name_block(&mut said.value.items, &mut counts);
        }
    }
    for said in collected.phrases.values_mut() {
        name_block(&mut said.value.items, &mut BTreeMap::new());
    }
}

fn name_block(items: &mut [Item], counts: &mut BTreeMap<MatchKind, u32>) {
    for item in items {
        let ItemKind::Match(line) = &mut item.kind else {
            continue;
        };
        let count = counts.entry(line.kind).or_default();
        *count += 1;
        if line.label.is_none() {
            line.label = Some(Name {
                text: format!("{}{count}", kind_word(line.kind)),
                location: line.pattern.location,
            });
        }
    }
}

/// The word that begins a line of this kind.
pub(crate) fn kind_word(kind: MatchKind) -> &'static str {
    match kind {
        MatchKind::Match => "match",
        MatchKind::Name => "name",
        MatchKind::Adjective => "adjective",
        MatchKind::Nominal => "nominal",
        MatchKind::Pronoun => "pronoun",
    }
}
