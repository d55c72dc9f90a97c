//! Conditions and values.

use super::Checker;
use crate::diagnostic::{Diagnostic, Location};
use crate::rules::ast::{Condition, ConditionKind, Name, Value, ValueKind};
use crate::rules::condition::Function;
use std::collections::BTreeSet;

impl Checker<'_, '_> {
    pub(super) fn condition(&mut self, condition: &Condition) {
        match &condition.kind {
            ConditionKind::And(parts) | ConditionKind::Or(parts) => {
                for p in parts {
                    self.condition(p);
                }
            }
            ConditionKind::Not(inner) => self.condition(inner),
            ConditionKind::Call {
                relation,
                arguments,
            } => {
                self.relation(relation);
                self.given_arguments(relation, arguments.len(), condition.location);
                arguments.iter().flatten().for_each(|v| self.value(v));
            }
            ConditionKind::Has { value, pattern } => {
                self.asked(value);
                self.pattern(pattern);
            }
            ConditionKind::In {
                value,
                list,
                column,
            } => {
                self.asked(value);
                self.list(list, column.as_ref());
            }
            ConditionKind::Compare { left, right, .. } => {
                self.asked(left);
                self.value(right);
            }
            ConditionKind::Missing(value) | ConditionKind::Present(value) => self.asked(value),
            ConditionKind::Agree(values) => values.iter().for_each(|v| self.value(v)),
            ConditionKind::Inside(pattern) => self.pattern(pattern),
            ConditionKind::Zone(zones) => zones.iter().for_each(|z| self.zone(z)),
        }
    }

    /// A relation takes no more arguments than it has.
    pub(super) fn given_arguments(&mut self, relation: &Name, given: usize, location: Location) {
        let Some(definition) = self.pack.relations.get(&relation.text) else {
            return;
        };
        let names = definition.parameter_names();
        if given > names.len() {
            self.report(
                Diagnostic::error(
                    "too-many-arguments",
                    format!("`{}` has {} arguments", relation.text, names.len()),
                    location,
                )
                .label(format!("{given} are given"))
                .help(format!("it is `{}({})`", relation.text, names.join(", "))),
            );
        }
    }

    pub(super) fn value(&mut self, value: &Value) {
        if let ValueKind::Path(parts) = &value.kind {
            self.path(parts);
        }
        if let ValueKind::Function { name, arguments } = &value.kind {
            if Function::from_name(&name.text).is_none() {
                let known: Vec<&str> = Function::NAMES.iter().map(|(n, _)| *n).collect();
                let otherwise = format!("functions are {}", known.join(", "));
                self.unknown("unknown-function", "function", name, known, &otherwise);
            }
            for a in arguments {
                self.value(a);
            }
        }
    }
}

/// Names that the calls of a condition may bind.
pub(super) fn names(condition: &Condition, found: &mut BTreeSet<String>) {
    match &condition.kind {
        ConditionKind::And(parts) | ConditionKind::Or(parts) => {
            for p in parts {
                names(p, found);
            }
        }
        ConditionKind::Call { arguments, .. } => {
            for argument in arguments.iter().flatten() {
                if let ValueKind::Path(parts) = &argument.kind
                    && let [name] = parts.as_slice()
                {
                    found.insert(name.text.clone());
                }
            }
        }
        _ => {}
    }
}
