//! Elements of patterns.

use super::Checker;
use crate::annotation::{Form, NounFeatures, QuoteFeatures, Upos, VerbFeatures};
use crate::diagnostic::Diagnostic;
use crate::rules::ast::{Features, ItemKind, Name, Pattern, PatternKind, TokenTest, TokenTestKind};
use crate::rules::pack::RuleBlock;
use std::collections::BTreeSet;

impl Checker<'_, '_> {
    /// A pattern of a line: no gap at its ends, and what any pattern must fulfil.
    pub(super) fn whole_pattern(&mut self, pattern: &Pattern) {
        if let PatternKind::Sequence(parts) = &pattern.kind {
            for end in [parts.first(), parts.last()].into_iter().flatten() {
                if matches!(end.kind, PatternKind::Gap { .. }) {
                    self.report(
                        Diagnostic::error(
                            "gap-at-the-edge",
                            "a gap cannot be first or last",
                            end.location,
                        )
                        .help("take it out: a match may begin and end anywhere"),
                    );
                }
            }
        }
        self.pattern(pattern);
    }

    /// Every name in a pattern must be known.
    pub(super) fn pattern(&mut self, pattern: &Pattern) {
        match &pattern.kind {
            PatternKind::List { name, column } => self.list(name, column.as_ref()),
            PatternKind::Found {
                name,
                features,
                head,
            } => {
                self.found(name, features.as_ref());
                if let Some(h) = head {
                    self.pattern(h);
                }
            }
            PatternKind::Tag { upos, form } => self.tag(upos, form.as_ref()),
            PatternKind::Test(test) => self.test(test),
            PatternKind::Macro(name) => {
                if !self.pack.macros.contains_key(&name.text) {
                    let known: Vec<&str> = self.pack.macros.keys().map(String::as_str).collect();
                    self.unknown(
                        "unknown-macro",
                        "macro",
                        name,
                        known,
                        "declare it: `macro NAME = …`",
                    );
                }
            }
            PatternKind::Sequence(parts) | PatternKind::Alternative(parts) => {
                for p in parts {
                    self.pattern(p);
                }
            }
            PatternKind::Repeat {
                pattern: body, max, ..
            } => {
                if max.is_none() && self.matches_nothing(body, 0) {
                    self.report(
                        Diagnostic::error(
                            "empty-repetition",
                            "this repetition can match nothing again and again",
                            pattern.location,
                        )
                        .help("let its inside match at least one word"),
                    );
                }
                self.pattern(body);
            }
            PatternKind::Capture { pattern, .. }
            | PatternKind::Until(pattern)
            | PatternKind::Context { pattern, .. } => {
                self.pattern(pattern);
            }
            PatternKind::Regex { source, .. } => self.regex(source, pattern.location),
            PatternKind::Word { .. }
            | PatternKind::Lemma(_)
            | PatternKind::Start
            | PatternKind::End
            | PatternKind::Paragraph
            | PatternKind::Gap { .. } => {}
        }
    }

    fn regex(&mut self, source: &str, location: crate::diagnostic::Location) {
        if let Err(error) = regex::Regex::new(source) {
            let reason = error.to_string();
            let reason = reason
                .lines()
                .last()
                .unwrap_or_default()
                .trim_start_matches("error: ")
                .to_owned();
            self.report(
                Diagnostic::error(
                    "invalid-regex",
                    "this regular expression is not valid",
                    location,
                )
                .label(reason),
            );
        }
    }

    fn matches_nothing(&self, pattern: &Pattern, depth: u32) -> bool {
        match &pattern.kind {
            PatternKind::Sequence(parts) => parts.iter().all(|p| self.matches_nothing(p, depth)),
            PatternKind::Alternative(parts) => parts.iter().any(|p| self.matches_nothing(p, depth)),
            PatternKind::Repeat { pattern, min, .. } => {
                *min == 0 || self.matches_nothing(pattern, depth)
            }
            PatternKind::Gap { min, .. } => *min == 0,
            PatternKind::Capture { pattern, .. } => self.matches_nothing(pattern, depth),
            PatternKind::Context { .. } | PatternKind::Start | PatternKind::End => true,
            PatternKind::Macro(name) if depth < 32 => self
                .pack
                .macros
                .get(&name.text)
                .is_some_and(|m| self.matches_nothing(&m.pattern, depth + 1)),
            _ => false,
        }
    }

    pub(super) fn list(&mut self, name: &Name, column: Option<&Name>) {
        let pack = self.pack;
        if let Some(list) = pack.lists.get(&name.text) {
            if let Some(column) = column.filter(|c| list.column(&c.text).is_none()) {
                let columns: Vec<&str> = list.columns.iter().map(String::as_str).collect();
                let otherwise = format!("`{}` has {}", name.text, columns.join(", "));
                self.unknown(
                    "unknown-column",
                    &format!("column of `{}` called", name.text),
                    column,
                    columns,
                    &otherwise,
                );
            }
            return;
        }
        if !(pack.types.contains_key(&name.text) && column.is_some()) {
            let known: Vec<&str> = pack.lists.keys().map(String::as_str).collect();
            self.unknown(
                "unknown-list",
                "list",
                name,
                known,
                "declare it: `list NAME = …` or `list NAME from \"file\"`",
            );
        }
    }

    fn found(&mut self, name: &Name, features: Option<&Features>) {
        let pack = self.pack;
        let text = name.text.as_str();
        let names =
            |all: &'static [(&'static str, _)]| all.iter().map(|(n, _)| *n).collect::<Vec<_>>();
        match text {
            "vg" => self.features(features, &names(VerbFeatures::NAMES)),
            "ng" => self.features(
                features,
                &NounFeatures::NAMES
                    .iter()
                    .map(|(n, _)| *n)
                    .collect::<Vec<_>>(),
            ),
            "quote" => self.features(
                features,
                &QuoteFeatures::NAMES
                    .iter()
                    .map(|(n, _)| *n)
                    .collect::<Vec<_>>(),
            ),
            _ if pack.types.contains_key(text)
                || pack.phrases.contains_key(text)
                || pack.relations.contains_key(text) => {}
            _ => {
                let known = pack
                    .types
                    .keys()
                    .chain(pack.phrases.keys())
                    .chain(pack.relations.keys());
                let known: Vec<&str> = known
                    .map(String::as_str)
                    .chain(["ng", "vg", "quote"])
                    .collect();
                self.unknown(
                    "unknown-name",
                    "type, phrase or relation",
                    name,
                    known,
                    "declare it first",
                );
            }
        }
    }

    fn features(&mut self, features: Option<&Features>, known: &[&str]) {
        for feature in features.iter().flat_map(|f| &f.all).flatten() {
            if !known.contains(&feature.name.text.as_str()) {
                let otherwise = format!("features are {}", known.join(", "));
                self.unknown(
                    "unknown-feature",
                    "feature",
                    &feature.name,
                    known.iter().copied(),
                    &otherwise,
                );
            }
        }
    }

    fn tag(&mut self, upos: &Name, form: Option<&Name>) {
        if Upos::from_name(&upos.text).is_none() {
            let known = Upos::ALL.map(Upos::name);
            let otherwise = format!("tags are {}", known.join(", "));
            self.unknown("unknown-tag", "tag", upos, known, &otherwise);
        }
        if let Some(form) = form.filter(|f| Form::from_name(&f.text).is_none()) {
            let known = Form::ALL.map(Form::name);
            let otherwise = format!("forms are {}", known.join(", "));
            self.unknown("unknown-tag", "form", form, known, &otherwise);
        }
    }

    fn test(&mut self, test: &TokenTest) {
        match &test.kind {
            TokenTestKind::And(parts) | TokenTestKind::Or(parts) => {
                for p in parts {
                    self.test(p);
                }
            }
            TokenTestKind::Not(inner) => self.test(inner),
            TokenTestKind::List { name, column } => self.list(name, column.as_ref()),
            TokenTestKind::Tag { upos, form } => self.tag(upos, form.as_ref()),
            TokenTestKind::Regex { source, .. } => self.regex(source, test.location),
            TokenTestKind::Inside(name) => self.found(name, None),
            TokenTestKind::Shape(_)
            | TokenTestKind::Length(..)
            | TokenTestKind::Word { .. }
            | TokenTestKind::Lemma(_) => {}
        }
    }

    /// Captures of a relation's pattern are arguments of its signature or names that its conditions use.
    pub(super) fn captures(&mut self, pattern: &Pattern, relation: &str) {
        // A capture that no argument has is a help for conditions; only one that is nearly an argument is a slip.
        let Some(definition) = self.pack.relations.get(relation) else {
            return;
        };
        let names: Vec<&str> = definition
            .parameters
            .iter()
            .map(|p| p.name.text.as_str())
            .collect();
        let mut captured = Vec::new();
        collect(pattern, &mut captured);
        for name in captured {
            if names.contains(&name.text.as_str()) {
                continue;
            }
            if let Some(near) = crate::rules::suggest::nearest(&name.text, names.iter().copied()) {
                let diagnostic = Diagnostic::warning(
                    "unknown-argument",
                    format!("`{relation}` has no argument `{}`", name.text),
                    name.location,
                );
                self.report(diagnostic.help(format!("did you mean `{near}`?")));
            }
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
            let ItemKind::Match(line) = &item.kind else {
                return true;
            };
            let mut names = shared.clone();
            let mut captured = Vec::new();
            self.all_captures(&line.pattern, &mut captured, 0);
            names.extend(captured);
            names.extend(line.assignments.iter().map(|a| a.name.text.clone()));
            for f in &line.filters {
                super::conditions::names(f, &mut names);
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

    /// Names of all captures, those of macros included.
    fn all_captures(&self, pattern: &Pattern, found: &mut Vec<String>, depth: u32) {
        if depth > 32 {
            return;
        }
        match &pattern.kind {
            PatternKind::Macro(name) => {
                if let Some(declaration) = self.pack.macros.get(&name.text) {
                    self.all_captures(&declaration.pattern, found, depth + 1);
                }
            }
            PatternKind::Capture { name, pattern } => {
                found.push(name.text.clone());
                self.all_captures(pattern, found, depth);
            }
            PatternKind::Sequence(parts) | PatternKind::Alternative(parts) => {
                for p in parts {
                    self.all_captures(p, found, depth);
                }
            }
            PatternKind::Repeat { pattern, .. } => self.all_captures(pattern, found, depth),
            PatternKind::Found {
                head: Some(head), ..
            } => self.all_captures(head, found, depth),
            _ => {}
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
