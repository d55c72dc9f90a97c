//! What the captures of a pattern bind: arguments, and names that conditions use.

use super::Checker;
use super::facts::captures;
use crate::diagnostic::Diagnostic;
use crate::rules::ast::{ItemKind, Name, Pattern, PatternKind};
use crate::rules::pack::RuleBlock;
use std::collections::BTreeSet;

impl Checker<'_, '_> {
    /// Captures of a relation's pattern are arguments of its signature, or names that its conditions use.
    pub(super) fn captures(&mut self, pattern: &Pattern, relation: &str, used: &BTreeSet<String>) {
        let Some(definition) = self.pack.relations.get(relation) else {
            return;
        };
        let names = definition.parameter_names();
        let mut captured = Vec::new();
        collect(pattern, &mut captured);
        for name in captured {
            // The content of another relation is captured for what this one is derived from.
            if names.contains(&name.text.as_str()) || used.contains(&name.text) {
                continue;
            }
            let diagnostic = Diagnostic::warning(
                "unused-capture",
                format!(
                    "`{}` is no argument of `{relation}`, and no condition uses it",
                    name.text
                ),
                name.location,
            );
            let otherwise = format!(
                "take the name out; `{relation}` has `{}`",
                names.join("`, `")
            );
            self.report(crate::rules::suggest::add(
                diagnostic,
                name,
                names.iter().copied(),
                &otherwise,
            ));
        }
    }

    /// Every required argument must be bound by each variant: captured, asked of a relation, or set.
    pub(super) fn bound(&mut self, relation: &str, block: &mut RuleBlock) {
        let Some(definition) = self.pack.relations.get(relation) else {
            return;
        };
        let shared: BTreeSet<String> = block.items.iter().flat_map(shared_names).collect();
        let mut faults = Vec::new();
        block.items.retain(|item| {
            let mut names = shared.clone();
            match &item.kind {
                ItemKind::Match(line) => {
                    captures(self.pack, &line.pattern, 0, &mut |name| {
                        names.insert(name.text.clone());
                    });
                    names.extend(line.assignments.iter().map(|a| a.name.text.clone()));
                    for f in &line.filters {
                        super::conditions::names(f, &mut names);
                    }
                }
                ItemKind::From(from) => {
                    names.extend(from.arguments.iter().map(|a| a.text.clone()));
                    names.extend(from.assignments.iter().map(|a| a.name.text.clone()));
                    if let Some(f) = &from.filter {
                        super::conditions::names(f, &mut names);
                    }
                }
                _ => return true,
            }
            let missing = definition.parameters.iter().find(|p| {
                let flag = p.types.iter().all(|t| t.text == "flag");
                !p.optional && !flag && !names.contains(&p.name.text)
            });
            if let Some(parameter) = missing {
                faults.push(
                    Diagnostic::error(
                        "unbound-argument",
                        format!(
                            "this never binds `{}`, which `{relation}` requires",
                            parameter.name.text
                        ),
                        item.location,
                    )
                    .help(format!(
                        "capture it (`{0}:…`), ask for it in `where`, or make it optional (`{0}?`)",
                        parameter.name.text
                    )),
                );
            }
            missing.is_none()
        });
        for fault in faults {
            self.report(fault);
        }
    }
}

/// Names that a block binds for all its variants.
fn shared_names(item: &crate::rules::ast::Item) -> Vec<String> {
    match &item.kind {
        ItemKind::Set(assignments) => assignments.iter().map(|a| a.name.text.clone()).collect(),
        ItemKind::Where(condition) => {
            let mut names = BTreeSet::new();
            super::conditions::names(condition, &mut names);
            names.into_iter().collect()
        }
        _ => Vec::new(),
    }
}

fn collect<'p>(pattern: &'p Pattern, found: &mut Vec<&'p Name>) {
    match &pattern.kind {
        PatternKind::Capture { name, pattern } => {
            found.push(name);
            collect(pattern, found);
        }
        PatternKind::Sequence(parts) | PatternKind::Alternative(parts) => {
            for p in parts {
                collect(p, found);
            }
        }
        PatternKind::Repeat { pattern, .. } => collect(pattern, found),
        PatternKind::Found {
            head: Some(head), ..
        } => collect(head, found),
        _ => {}
    }
}
