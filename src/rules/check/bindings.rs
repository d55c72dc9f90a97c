//! What the captures of a pattern bind: arguments, and names that conditions use.

use super::Checker;
use super::facts::captures;
use crate::diagnostic::{Diagnostic, Location};
use crate::rules::ast::{Assignment, ItemKind, Name, Parameter, Pattern, PatternKind, ValueKind};
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
        let shared = Shared::of(block);
        let mut faults = Vec::new();
        block.items.retain(|item| {
            let mut names = shared.names.clone();
            let own = match &item.kind {
                ItemKind::Match(line) => {
                    captures(self.pack, &line.pattern, 0, &mut |name| {
                        names.insert(name.text.clone());
                    });
                    for f in &line.filters {
                        super::conditions::names(f, &mut names);
                    }
                    &line.assignments
                }
                ItemKind::From(from) => {
                    names.extend(from.arguments.iter().map(|a| a.text.clone()));
                    if let Some(f) = &from.filter {
                        super::conditions::names(f, &mut names);
                    }
                    &from.assignments
                }
                _ => return true,
            };
            for assignment in own.iter().chain(&shared.assignments) {
                if self.binds(assignment, &names, &definition.parameters) {
                    names.insert(assignment.name.text.clone());
                }
            }
            let missing = definition.parameters.iter().find(|p| {
                let flag = p.types.iter().all(|t| t.text == "flag");
                !p.optional && !flag && !names.contains(&p.name.text)
            });
            if let Some(parameter) = missing {
                let name = &parameter.name.text;
                let set = own.iter().chain(&shared.assignments);
                let set = set.map(|a| &a.name).find(|set| set.text == *name);
                faults.push(unbound(name, relation, item.location, set));
            }
            missing.is_none()
        });
        for fault in faults {
            self.report(fault);
        }
    }

    /// Whether `set` gives an argument words that stand in the text. Other words are an attribute; but an entity that is
    /// called so can be found in the text.
    fn binds(
        &self,
        assignment: &Assignment,
        names: &BTreeSet<String>,
        parameters: &[Parameter],
    ) -> bool {
        const OF_TEXT: [&str; 4] = ["head", "first", "last", "bare"];
        let wanted = &assignment.name.text;
        let parameter = parameters.iter().find(|p| p.name.text == *wanted);
        let is_type = |name: &Name| self.pack.types.contains_key(&name.text);
        if parameter.is_none_or(|p| p.types.iter().all(is_type)) {
            return true;
        }
        match &assignment.value.kind {
            ValueKind::Path(parts) => match parts.as_slice() {
                [name] => names.contains(&name.text),
                parts => parts.iter().all(|part| part.text != "entry"),
            },
            ValueKind::Function { name, .. } => OF_TEXT.contains(&name.text.as_str()),
            ValueKind::Text(_) | ValueKind::Number(_) => false,
        }
    }
}

/// What a block says for all its variants.
#[derive(Default)]
struct Shared {
    /// Names that its conditions bind.
    names: BTreeSet<String>,
    /// What it sets.
    assignments: Vec<Assignment>,
}

impl Shared {
    fn of(block: &RuleBlock) -> Self {
        let mut shared = Self::default();
        for item in &block.items {
            match &item.kind {
                ItemKind::Set(assignments) => shared.assignments.extend_from_slice(assignments),
                ItemKind::Where(condition) => {
                    super::conditions::names(condition, &mut shared.names);
                }
                _ => {}
            }
        }
        shared
    }
}

/// A variant leaves a required argument open; maybe `set` names it, with words of its own.
fn unbound(name: &str, relation: &str, variant: Location, set: Option<&Name>) -> Diagnostic {
    let message = format!("this never binds `{name}`, which `{relation}` requires");
    let error = Diagnostic::error("unbound-argument", message, variant);
    let otherwise = format!("ask for it in `where`, or make it optional (`{name}?`)");
    match set {
        Some(set) => error
            .also(set.location, "gives words that the text does not have")
            .help(format!(
                "an argument is words of the text: capture it (`{name}:…`), {otherwise}"
            )),
        None => error.help(format!("capture it (`{name}:…`), {otherwise}")),
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
