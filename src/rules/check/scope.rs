//! Names that conditions and values may use: captures, arguments, what calls bind, columns and attributes.

use super::facts::captures;
use super::{Checker, Subject};
use crate::rules::ast::{
    Condition, ConditionKind, ItemKind, MatchItem, Name, PatternKind, Value, ValueKind,
};
use crate::rules::condition::Function;
use crate::rules::pack::RuleBlock;
use std::collections::BTreeSet;

/// What a condition may name.
#[derive(Clone, Debug, Default)]
pub(super) struct Known(BTreeSet<String>);

impl Known {
    fn has(&self, name: &str) -> bool {
        self.0.contains(name)
    }

    fn add<'n>(&mut self, names: impl IntoIterator<Item = &'n str>) {
        self.0.extend(names.into_iter().map(str::to_owned));
    }
}

impl Checker<'_, '_> {
    /// What the lines of a block may name, whichever variant they stand under.
    pub(super) fn known(&self, block: &RuleBlock, subject: Subject<'_>) -> Known {
        let mut known = Known::default();
        known.add(["entry"]);
        match subject {
            Subject::Merge => known.add(["a", "b", "it"]),
            Subject::Relation(name) => {
                let definition = self.pack.relations.get(name);
                let parameters = definition.iter().flat_map(|d| &d.parameters);
                known.add(parameters.map(|p| p.name.text.as_str()));
            }
            Subject::Entity | Subject::Phrase => {}
        }
        known.add(super::facts::set_names(block).iter().map(String::as_str));
        for item in &block.items {
            match &item.kind {
                ItemKind::Match(line) => self.known_of(line, &mut known),
                ItemKind::From(from) => {
                    known.add(from.arguments.iter().map(|a| a.text.as_str()));
                    from.filter.iter().for_each(|f| bound(f, &mut known));
                }
                ItemKind::Where(condition) => bound(condition, &mut known),
                ItemKind::Refer(refer) => {
                    captures(self.pack, &refer.pattern, 0, &mut |n| {
                        known.add([n.text.as_str()]);
                    });
                    refer.filter.iter().for_each(|f| bound(f, &mut known));
                }
                _ => {}
            }
        }
        known
    }

    fn known_of(&self, line: &MatchItem, known: &mut Known) {
        captures(self.pack, &line.pattern, 0, &mut |n| {
            known.add([n.text.as_str()]);
        });
        line.filters.iter().for_each(|f| bound(f, known));
    }

    /// `x`, of which something is asked: it must be something that can be bound.
    pub(super) fn asked(&mut self, value: &Value) {
        if let ValueKind::Path(parts) = &value.kind
            && let [name] = parts.as_slice()
            && Function::from_name(&name.text).is_none()
        {
            self.bindable(name);
        }
        self.value(value);
    }

    fn bindable(&mut self, name: &Name) {
        if self.known.has(&name.text) {
            return;
        }
        let known = self.known.clone();
        let names = known.0.iter().map(String::as_str);
        self.unknown(
            "unknown-argument",
            "argument or capture",
            name,
            names,
            "capture it in the pattern (`name:…`); quote it if it is a text",
        );
    }

    /// `x.family`, `cue.entry.class`, `entry.name`
    pub(super) fn path(&mut self, parts: &[Name]) {
        let [first, rest @ ..] = parts else { return };
        let Some((second, rest)) = rest.split_first() else {
            return;
        };
        self.bindable(first);
        if first.text == "entry" {
            return self.entry_column("entry", second);
        }
        if second.text == "entry" {
            if let Some(column) = rest.first() {
                self.entry_column(&first.text, column);
            }
            return;
        }
        self.attribute(second);
    }

    /// A column of some list: which one, the match decides.
    pub(super) fn any_column(&mut self, column: &Name) {
        let pack = self.pack;
        let unread = !pack.unread_lists.is_empty();
        if unread
            || pack
                .lists
                .values()
                .any(|list| list.column(&column.text).is_some())
        {
            return;
        }
        let known: BTreeSet<&str> = pack
            .lists
            .values()
            .flat_map(|list| list.columns.iter().map(String::as_str))
            .collect();
        self.unknown(
            "unknown-column",
            "column of any list called",
            column,
            known,
            "the header of a list's file names its columns",
        );
    }

    /// An attribute that some rule sets, or an argument of some relation.
    pub(super) fn attribute(&mut self, name: &Name) {
        if self.facts.attributes.contains(&name.text) {
            return;
        }
        let known = self.facts.attributes.clone();
        self.unknown(
            "unknown-attribute",
            "attribute",
            name,
            known.iter().map(String::as_str),
            "no rule sets it: `set NAME = …` gives an attribute",
        );
    }
}

/// Names that the calls of a condition may bind.
fn bound(condition: &Condition, known: &mut Known) {
    match &condition.kind {
        ConditionKind::And(parts) | ConditionKind::Or(parts) => {
            for part in parts {
                bound(part, known);
            }
        }
        ConditionKind::Not(inner) => bound(inner, known),
        ConditionKind::Call { arguments, .. } => {
            for argument in arguments.iter().flatten() {
                if let ValueKind::Path(parts) = &argument.kind
                    && let [name] = parts.as_slice()
                {
                    known.add([name.text.as_str()]);
                }
            }
        }
        _ => {}
    }
}

/// Names that the conditions and values of a block use.
pub(super) fn used(block: &RuleBlock) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for item in &block.items {
        match &item.kind {
            ItemKind::Match(line) => {
                line.filters.iter().for_each(|f| used_in(f, &mut names));
                let values = line.assignments.iter().map(|a| &a.value);
                values.for_each(|v| used_value(v, &mut names));
                names.extend(line.absorb.iter().map(|n| n.text.clone()));
            }
            ItemKind::Where(condition) => used_in(condition, &mut names),
            ItemKind::Set(assignments) => {
                for assignment in assignments {
                    used_value(&assignment.value, &mut names);
                }
            }
            ItemKind::Absorb(name) => {
                names.insert(name.text.clone());
            }
            _ => {}
        }
    }
    names
}

fn used_value(value: &Value, names: &mut BTreeSet<String>) {
    match &value.kind {
        ValueKind::Path(parts) => names.extend(parts.first().map(|n| n.text.clone())),
        ValueKind::Function { arguments, .. } => {
            for argument in arguments {
                used_value(argument, names);
            }
        }
        ValueKind::Text(_) | ValueKind::Number(_) => {}
    }
}

fn used_in(condition: &Condition, names: &mut BTreeSet<String>) {
    match &condition.kind {
        ConditionKind::And(parts) | ConditionKind::Or(parts) => {
            for part in parts {
                used_in(part, names);
            }
        }
        ConditionKind::Not(inner) => used_in(inner, names),
        ConditionKind::Call { arguments, .. } => {
            arguments
                .iter()
                .flatten()
                .for_each(|v| used_value(v, names));
        }
        ConditionKind::Has { value, pattern } => {
            used_value(value, names);
            if let PatternKind::Word { text, .. } = &pattern.kind {
                names.insert(text.clone());
            }
        }
        ConditionKind::In { value, .. }
        | ConditionKind::Missing(value)
        | ConditionKind::Present(value) => used_value(value, names),
        ConditionKind::Compare { left, right, .. } => {
            used_value(left, names);
            used_value(right, names);
        }
        ConditionKind::Agree(values) => values.iter().for_each(|v| used_value(v, names)),
        ConditionKind::Inside(_) | ConditionKind::Zone(_) => {}
    }
}
