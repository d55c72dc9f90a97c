//! Whether everything that a pack uses is declared and can work. What cannot is reported and left out.

mod bindings;
mod conditions;
mod elements;
mod entries;
mod facts;
mod limits;
mod lints;
mod parameters;
mod places;
mod rule_tests;
mod scope;

pub(super) use lints::{inflected_lemma, meant_lemma};

use super::ast::{Item, ItemKind, Name};
use super::pack::{Pack, RuleBlock};
use super::suggest;
use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::condition::zone_from_name;
use entries::Entries;
use facts::Facts;
use scope::Known;
use std::collections::BTreeSet;

/// What a block is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject<'p> {
    Entity,
    Phrase,
    Merge,
    Relation(&'p str),
}

/// Checks a pack and takes faulty items out; where `warn`, looks for what hardly works as meant too.
pub(super) fn check(pack: &mut Pack, warn: bool, diagnostics: &mut Vec<Diagnostic>) {
    let mut facts = Facts::of(pack);
    let mut lines = facts.origins.take_lines();
    // Rules are taken out while names are looked up: every name stays known, and lists are not copied.
    let mut entities = std::mem::take(&mut pack.entities);
    let mut merges = std::mem::take(&mut pack.merges);
    let mut phrases: Vec<RuleBlock> = pack.phrases.values().cloned().collect();
    let mut relations: Vec<Vec<RuleBlock>> = pack
        .relations
        .values_mut()
        .map(|r| std::mem::take(&mut r.blocks))
        .collect();
    let mut checker = Checker {
        pack,
        diagnostics,
        facts: &facts,
        known: Known::default(),
        entries: Entries::default(),
        failed: false,
        broken: false,
    };
    checker.signatures();
    checker.macro_cycles();
    for declaration in checker.pack.macros.values() {
        checker.pattern(&declaration.pattern);
        if warn {
            checker.lint_pattern(&declaration.pattern);
        }
    }
    for block in &mut entities {
        let entries = entries::by_line(checker.pack, block);
        checker.block(block, Subject::Entity, entries);
    }
    for block in &mut merges {
        let entries = entries::by_line(checker.pack, block);
        checker.block(block, Subject::Merge, entries);
    }
    for block in &mut phrases {
        let entries = entries::by_line(checker.pack, block);
        checker.block(block, Subject::Phrase, entries);
    }
    for (name, blocks) in checker.pack.relations.keys().zip(&mut relations) {
        for block in blocks {
            let entries = lines.next().unwrap_or_default();
            checker.block(block, Subject::Relation(name), entries);
        }
    }
    if warn {
        checker.lint(&entities, &phrases, &relations);
    }
    let is_type = |block: &RuleBlock| checker.pack.types.contains_key(&block.name);
    entities.retain(is_type);
    merges.retain(is_type);
    pack.entities = entities;
    pack.merges = merges;
    for (slot, phrase) in pack.phrases.values_mut().zip(phrases) {
        *slot = phrase;
    }
    for (relation, blocks) in pack.relations.values_mut().zip(relations) {
        relation.blocks = blocks;
    }
}

struct Checker<'p, 'd> {
    pack: &'p Pack,
    diagnostics: &'d mut Vec<Diagnostic>,
    facts: &'p Facts,
    /// What the conditions of the block at hand may name.
    known: Known,
    /// Which lists the entries come from that the line at hand may name.
    entries: Entries,
    /// Whether an error was found since this was set to `false`.
    failed: bool,
    /// Whether anything has an error: then some rules are missing, and what they would find.
    broken: bool,
}

impl Checker<'_, '_> {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.failed |= diagnostic.severity == Severity::Error;
        self.diagnostics.push(diagnostic);
    }

    /// An unknown name, with the nearest one that is known.
    fn unknown<'n>(
        &mut self,
        code: &'static str,
        what: &str,
        name: &Name,
        known: impl IntoIterator<Item = &'n str>,
        otherwise: &str,
    ) {
        let faulty = &self.pack.faulty;
        let reported = match code {
            "unknown-argument" | "unknown-attribute" => faulty.bound.contains(&name.text),
            "unknown-list" | "unknown-macro" | "unknown-name" | "unknown-relation"
            | "unknown-type" => faulty.declares(&name.text),
            _ => false,
        };
        if reported {
            self.failed = true;
            return;
        }
        let diagnostic = Diagnostic::error(
            code,
            format!("there is no {what} `{}`", name.text),
            name.location,
        );
        let diagnostic = suggest::add(diagnostic, name, known, otherwise);
        self.report(diagnostic);
    }

    /// Checks a block, with the entries that each of its lines may name.
    fn block(&mut self, block: &mut RuleBlock, subject: Subject<'_>, entries: Vec<Entries>) {
        let is_type = self.pack.types.contains_key(&block.name);
        if matches!(subject, Subject::Entity | Subject::Merge) && !is_type {
            let name = Name {
                text: block.name.clone(),
                location: block.name_location,
            };
            let types: Vec<&str> = self.pack.types.keys().map(String::as_str).collect();
            self.unknown(
                "unknown-type",
                "type",
                &name,
                types,
                &format!("declare it: `type {}`", block.name),
            );
            return;
        }
        self.known = self.known(block, subject);
        let used = scope::used(block);
        let name = block.name.clone();
        let mut unguarded = false;
        let set_names: Vec<String> = block.items.iter().flat_map(names_of_set).collect();
        let mut entries = entries.into_iter();
        block.items.retain(|item| {
            self.failed = false;
            self.entries = entries.next().unwrap_or_default();
            self.place(item, subject, &name);
            if !self.failed {
                self.item(item, subject, &set_names, &used);
            }
            // Without its condition the whole block would find too much.
            unguarded |= self.failed && matches!(item.kind, ItemKind::Where(_) | ItemKind::In(_));
            !self.failed
        });
        if unguarded {
            block
                .items
                .retain(|item| !matches!(item.kind, ItemKind::Match(_) | ItemKind::From(_)));
        }
        if let Subject::Relation(name) = subject {
            self.bound(name, block);
        }
    }

    fn item(
        &mut self,
        item: &Item,
        subject: Subject<'_>,
        set_names: &[String],
        used: &BTreeSet<String>,
    ) {
        match &item.kind {
            ItemKind::Match(line) => {
                self.whole_pattern(&line.pattern);
                if let Subject::Relation(name) = subject {
                    self.captures(&line.pattern, name, used);
                }
                for f in &line.filters {
                    self.condition(f);
                }
                for a in &line.assignments {
                    self.value(&a.value);
                }
                if let (Some(absorbed), Subject::Relation(name)) = (&line.absorb, subject) {
                    self.argument(absorbed, name);
                }
            }
            ItemKind::From(from) => {
                self.relation(&from.relation);
                self.given_arguments(&from.relation, from.arguments.len(), item.location);
                if let Some(f) = &from.filter {
                    self.condition(f);
                }
            }
            ItemKind::Where(condition) | ItemKind::Identity { condition, .. } => {
                self.condition(condition);
            }
            ItemKind::Set(assignments) => assignments.iter().for_each(|a| self.value(&a.value)),
            ItemKind::Absorb(name) => {
                if let Subject::Relation(relation) = subject {
                    self.argument(name, relation);
                }
            }
            ItemKind::In(zones) => zones.iter().for_each(|z| self.zone(z)),
            ItemKind::Refer(refer) => {
                self.whole_pattern(&refer.pattern);
                self.type_(&refer.target);
                if let Some(f) = &refer.filter {
                    self.condition(f);
                }
            }
            ItemKind::Test(test) => {
                self.test_attributes(test);
                if let Subject::Relation(relation) = subject {
                    for name in test.marks.iter().filter_map(|m| m.name.as_ref()) {
                        if !set_names.contains(&name.text) {
                            self.argument(name, relation);
                        }
                    }
                }
            }
            ItemKind::Meta(..) => {}
        }
    }

    fn zone(&mut self, zone: &Name) {
        const ZONES: [&str; 7] = [
            "title",
            "body",
            "caption",
            "credit",
            "byline",
            "interface",
            "related",
        ];
        if zone_from_name(&zone.text).is_none() {
            self.unknown(
                "unknown-zone",
                "zone",
                zone,
                ZONES,
                "zones are title, body, caption, credit, byline, interface, related",
            );
        }
    }

    fn type_(&mut self, name: &Name) {
        if !self.pack.types.contains_key(&name.text) {
            let types: Vec<&str> = self.pack.types.keys().map(String::as_str).collect();
            self.unknown(
                "unknown-type",
                "type",
                name,
                types,
                &format!("declare it: `type {}`", name.text),
            );
        }
    }

    fn relation(&mut self, name: &Name) {
        if !self.pack.relations.contains_key(&name.text) {
            let relations: Vec<&str> = self.pack.relations.keys().map(String::as_str).collect();
            self.unknown(
                "unknown-relation",
                "relation",
                name,
                relations,
                "declare it: `relation NAME(…)`",
            );
        }
    }

    fn argument(&mut self, name: &Name, relation: &str) {
        let Some(definition) = self.pack.relations.get(relation) else {
            return;
        };
        if !definition
            .parameters
            .iter()
            .any(|p| p.name.text == name.text)
        {
            let names: Vec<&str> = definition
                .parameters
                .iter()
                .map(|p| p.name.text.as_str())
                .collect();
            let otherwise = format!(
                "`{relation}` has {}",
                names
                    .iter()
                    .map(|n| format!("`{n}`"))
                    .collect::<Vec<_>>()
                    .join(", ")
            );
            self.unknown(
                "unknown-argument",
                &format!("argument of `{relation}` called"),
                name,
                names,
                &otherwise,
            );
        }
    }
}

fn names_of_set(item: &Item) -> Vec<String> {
    match &item.kind {
        ItemKind::Set(assignments) => assignments.iter().map(|a| a.name.text.clone()).collect(),
        ItemKind::Match(line) => line
            .assignments
            .iter()
            .map(|a| a.name.text.clone())
            .collect(),
        _ => Vec::new(),
    }
}
