//! Which lists the entry may come from that `entry.column` and `cue.entry.column` ask.

use super::Checker;
use super::facts::MACRO_DEPTH;
use crate::diagnostic::Diagnostic;
use crate::rules::ast::{Condition, ConditionKind, Item, ItemKind, Name, Pattern, PatternKind};
use crate::rules::ast::{MatchItem, Value, ValueKind};
use crate::rules::pack::{Pack, RuleBlock};
use crate::rules::suggest;
use std::collections::{BTreeMap, BTreeSet};

/// Where an entry may come from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Origin {
    /// A list.
    List(String),
    /// A mention of a type.
    Type(String),
    /// An argument of a relation.
    Argument(String, String),
    /// Any list: the words are looked up, or cannot be followed.
    Any,
}

/// All places where an entry may come from.
pub(super) type Origins = BTreeSet<Origin>;

/// The origins of the entries of names; those of the whole match under `entry`.
#[derive(Clone, Debug, Default)]
pub(super) struct Entries(BTreeMap<String, Origins>);

impl Entries {
    fn add(&mut self, name: &str, origins: impl IntoIterator<Item = Origin>) {
        self.0.entry(name.to_owned()).or_default().extend(origins);
    }

    fn extend(&mut self, others: &Self) {
        for (name, origins) in &others.0 {
            self.add(name, origins.iter().cloned());
        }
    }
}

/// The origins in the whole pack.
#[derive(Debug, Default)]
pub(super) struct KnownOrigins {
    /// Of mentions, by the type whose rules make them.
    types: BTreeMap<String, Origins>,
    /// Of arguments, by relation and name.
    arguments: BTreeMap<(String, String), Origins>,
    /// By relation and block, in the order of the pack: what each line may name, as [`by_line`] tells it.
    lines: Vec<Vec<Entries>>,
}

impl KnownOrigins {
    pub(super) fn of(pack: &Pack) -> Self {
        let mut known = Self::default();
        for block in &pack.entities {
            let own = known.types.entry(block.name.clone()).or_default();
            for item in &block.items {
                if let ItemKind::Match(line) = &item.kind {
                    // What only holds an entry is none, and is looked up.
                    if !is_entry(pack, &line.pattern, 0) {
                        own.insert(Origin::Any);
                    }
                    first(pack, &line.pattern, 0, own);
                }
            }
        }
        for (relation, definition) in &pack.relations {
            for block in &definition.blocks {
                let lines = by_line(pack, block);
                for (name, origins) in lines.iter().flat_map(|entries| &entries.0) {
                    let argument = (relation.clone(), name.clone());
                    let origins = origins.iter().cloned();
                    known.arguments.entry(argument).or_default().extend(origins);
                }
                known.lines.push(lines);
            }
        }
        known
    }

    /// Gives the lines of relations away, for when their blocks are checked.
    pub(super) fn take_lines(&mut self) -> impl Iterator<Item = Vec<Entries>> + use<> {
        std::mem::take(&mut self.lines).into_iter()
    }
}

/// The entries that each line of a block may name: of its own match, or of all that the block finds.
pub(super) fn by_line(pack: &Pack, block: &RuleBlock) -> Vec<Entries> {
    let shared: Vec<&Condition> = (block.items.iter())
        .filter_map(|item| match &item.kind {
            ItemKind::Where(condition) => Some(condition),
            _ => None,
        })
        .collect();
    let mut lines: Vec<Entries> = (block.items.iter())
        .map(|item| of_item(pack, block, item, &shared))
        .collect();
    let mut all = Entries::default();
    for line in &lines {
        all.extend(line);
    }
    for name in super::facts::set_names(block) {
        all.add(&name, [Origin::Any]);
    }
    for (line, item) in lines.iter_mut().zip(&block.items) {
        let makes = super::facts::makes(item) || matches!(item.kind, ItemKind::Refer(_));
        if !makes {
            *line = all.clone();
        }
    }
    lines
}

fn of_item(pack: &Pack, block: &RuleBlock, item: &Item, shared: &[&Condition]) -> Entries {
    let mut entries = Entries::default();
    match &item.kind {
        ItemKind::Match(line) => of_match(pack, line, shared, &mut entries),
        ItemKind::From(from) => {
            let Some(asked) = pack.relations.get(&from.relation.text) else {
                return entries;
            };
            for (name, parameter) in from.arguments.iter().zip(&asked.parameters) {
                entries.add(&name.text, [argument(asked, &parameter.name)]);
            }
            entries.add("entry", [Origin::Any]);
            let own = from.filter.iter().chain(shared.iter().copied());
            own.for_each(|condition| called(pack, condition, &mut entries));
            for assignment in &from.assignments {
                entries.add(&assignment.name.text, [Origin::Any]);
            }
        }
        ItemKind::Refer(refer) => {
            of_pattern(pack, &refer.pattern, &mut entries);
            entries.add("it", [Origin::Type(refer.target.text.clone())]);
            refer
                .filter
                .iter()
                .for_each(|f| called(pack, f, &mut entries));
        }
        ItemKind::Identity { .. } => {
            for name in ["a", "b"] {
                entries.add(name, [Origin::Type(block.name.clone())]);
            }
        }
        _ => {}
    }
    entries
}

fn of_match(pack: &Pack, line: &MatchItem, shared: &[&Condition], entries: &mut Entries) {
    of_pattern(pack, &line.pattern, entries);
    let conditions = line.filters.iter().chain(shared.iter().copied());
    conditions.for_each(|condition| called(pack, condition, entries));
    for assignment in &line.assignments {
        entries.add(&assignment.name.text, [Origin::Any]);
    }
}

/// What a pattern binds, and what it finds as a whole.
fn of_pattern(pack: &Pack, pattern: &Pattern, entries: &mut Entries) {
    let mut whole = Origins::new();
    first(pack, pattern, 0, &mut whole);
    entries.add("entry", whole);
    captures(pack, pattern, 0, entries);
}

fn captures(pack: &Pack, pattern: &Pattern, depth: u32, entries: &mut Entries) {
    match &pattern.kind {
        PatternKind::Capture { name, pattern } => {
            entries.add(&name.text, captured(pack, pattern));
            captures(pack, pattern, depth, entries);
        }
        PatternKind::Sequence(parts) | PatternKind::Alternative(parts) => {
            for part in parts {
                captures(pack, part, depth, entries);
            }
        }
        PatternKind::Repeat { pattern, .. } => captures(pack, pattern, depth, entries),
        PatternKind::Found {
            head: Some(head), ..
        } => captures(pack, head, depth, entries),
        PatternKind::Macro(name) if depth < MACRO_DEPTH => {
            if let Some(declaration) = pack.macros.get(&name.text) {
                captures(pack, &declaration.pattern, depth + 1, entries);
            }
        }
        _ => {}
    }
}

/// The entry of captured words: the first list in them; where there may be none, the words are looked up in all lists.
fn captured(pack: &Pack, pattern: &Pattern) -> Origins {
    let mut origins = Origins::new();
    if !first(pack, pattern, 0, &mut origins) {
        origins.insert(Origin::Any);
    }
    origins
}

/// Adds the origins of the first entry that a pattern finds; whether it always finds one.
fn first(pack: &Pack, pattern: &Pattern, depth: u32, origins: &mut Origins) -> bool {
    match &pattern.kind {
        PatternKind::List { name, .. } if pack.lists.contains_key(&name.text) => {
            origins.insert(Origin::List(name.text.clone()));
            true
        }
        PatternKind::Found { name, .. } if pack.types.contains_key(&name.text) => {
            // Whether each of them has one, their own rules say.
            origins.insert(Origin::Type(name.text.clone()));
            true
        }
        PatternKind::Found {
            head: Some(inner), ..
        }
        | PatternKind::Capture { pattern: inner, .. } => first(pack, inner, depth, origins),
        PatternKind::Repeat {
            pattern: inner,
            min,
            ..
        } => first(pack, inner, depth, origins) && *min > 0,
        PatternKind::Sequence(parts) => parts.iter().any(|p| first(pack, p, depth, origins)),
        PatternKind::Alternative(parts) => {
            let mut always = true;
            for part in parts {
                always &= first(pack, part, depth, origins);
            }
            always
        }
        PatternKind::Macro(name) if depth < MACRO_DEPTH => {
            let declaration = pack.macros.get(&name.text);
            declaration.is_some_and(|d| first(pack, &d.pattern, depth + 1, origins))
        }
        _ => false,
    }
}

/// Whether a pattern finds an entry and nothing beside it.
fn is_entry(pack: &Pack, pattern: &Pattern, depth: u32) -> bool {
    match &pattern.kind {
        PatternKind::List { name, .. } => pack.lists.contains_key(&name.text),
        PatternKind::Capture { pattern, .. } => is_entry(pack, pattern, depth),
        PatternKind::Alternative(parts) => parts.iter().all(|p| is_entry(pack, p, depth)),
        PatternKind::Sequence(parts) => {
            let is_context = |p: &&Pattern| matches!(p.kind, PatternKind::Context { .. });
            let mut words = parts.iter().filter(|p| !is_context(p));
            words.next().is_some_and(|p| is_entry(pack, p, depth)) && words.next().is_none()
        }
        PatternKind::Macro(name) if depth < MACRO_DEPTH => {
            let declaration = pack.macros.get(&name.text);
            declaration.is_some_and(|d| is_entry(pack, &d.pattern, depth + 1))
        }
        _ => false,
    }
}

/// What the calls of a condition may bind.
fn called(pack: &Pack, condition: &Condition, entries: &mut Entries) {
    match &condition.kind {
        ConditionKind::And(parts) | ConditionKind::Or(parts) => {
            for part in parts {
                called(pack, part, entries);
            }
        }
        ConditionKind::Call {
            relation,
            arguments,
        } => {
            let Some(asked) = pack.relations.get(&relation.text) else {
                return;
            };
            for (value, parameter) in arguments.iter().zip(&asked.parameters) {
                if let Some(name) = value.as_ref().and_then(single_name) {
                    entries.add(name, [argument(asked, &parameter.name)]);
                }
            }
        }
        _ => {}
    }
}

fn argument(relation: &crate::rules::pack::RelationDefinition, parameter: &Name) -> Origin {
    Origin::Argument(relation.name.clone(), parameter.text.clone())
}

fn single_name(value: &Value) -> Option<&str> {
    match &value.kind {
        ValueKind::Path(parts) => match parts.as_slice() {
            [name] => Some(&name.text),
            _ => None,
        },
        _ => None,
    }
}

impl Checker<'_, '_> {
    /// A column of the list whose entry a name stands on; of `entry`, of the one that matched.
    pub(super) fn entry_column(&mut self, name: &str, column: &Name) {
        let origins = self.entries.0.get(name).cloned();
        let Some(lists) = origins.and_then(|origins| self.lists_of(origins)) else {
            return self.any_column(column);
        };
        if lists.is_empty() {
            return self.report(
                Diagnostic::error(
                    "unknown-column",
                    "nothing that is found here is an entry of a list",
                    column.location,
                )
                .help("`entry` is what a `%list` of the pattern found; what only a test on a token finds is captured: `g:[cap & %list]`, then `g.entry.column`"),
            );
        }
        let pack = self.pack;
        let unread = |list: &&str| pack.unread_lists.iter().any(|name| name == list);
        let columns = |list: &str| pack.lists.get(list).map(|l| l.columns.as_slice());
        let has = |list: &&str| columns(list).is_some_and(|c| c.contains(&column.text));
        if lists.iter().any(|list| unread(list) || has(list)) {
            return;
        }
        let quoted: Vec<String> = lists.iter().map(|list| format!("`{list}`")).collect();
        let described: Vec<String> = (lists.iter())
            .map(|list| {
                format!(
                    "`{list}` has {}",
                    columns(list).unwrap_or_default().join(", ")
                )
            })
            .collect();
        let diagnostic = Diagnostic::error(
            "unknown-column",
            format!(
                "there is no column of {} called `{}`",
                quoted.join(" or "),
                column.text
            ),
            column.location,
        );
        let known = lists
            .iter()
            .flat_map(|list| columns(list).unwrap_or_default());
        let known: Vec<&str> = known.map(String::as_str).collect();
        self.report(suggest::add(
            diagnostic,
            column,
            known,
            &described.join("; "),
        ));
    }

    /// The lists behind origins; none where it may be any list.
    fn lists_of(&self, origins: Origins) -> Option<BTreeSet<&'_ str>> {
        let (pack, known) = (self.pack, &self.facts.origins);
        let mut waiting: Vec<Origin> = origins.into_iter().collect();
        let mut seen: Origins = waiting.iter().cloned().collect();
        let mut lists = BTreeSet::new();
        while let Some(origin) = waiting.pop() {
            let behind: Vec<&Origins> = match &origin {
                Origin::Any => return None,
                Origin::List(name) => {
                    let (name, _) = pack.lists.get_key_value(name)?;
                    lists.insert(name.as_str());
                    continue;
                }
                Origin::Type(wanted) => (known.types.iter())
                    .filter(|(type_, _)| self.is_a(type_, wanted))
                    .map(|(_, origins)| origins)
                    .collect(),
                Origin::Argument(relation, name) => (known.arguments.iter())
                    .filter(|((own, argument), _)| {
                        argument == name && self.is_relation(own, relation)
                    })
                    .map(|(_, origins)| origins)
                    .collect(),
            };
            if behind.is_empty() {
                return None;
            }
            let new = behind.into_iter().flatten();
            waiting.extend(new.filter(|origin| seen.insert((*origin).clone())).cloned());
        }
        Some(lists)
    }

    /// Whether a relation is another or a kind of it.
    pub(super) fn is_relation(&self, name: &str, wanted: &str) -> bool {
        let mut name = Some(name);
        while let Some(own) = name {
            if own == wanted {
                return true;
            }
            let definition = self.pack.relations.get(own);
            name = definition.and_then(|d| d.parent.as_deref());
        }
        false
    }
}
