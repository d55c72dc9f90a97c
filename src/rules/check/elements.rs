//! Elements of patterns.

use super::Checker;
use crate::annotation::{Form, NounFeatures, QuoteFeatures, Upos, VerbFeatures};
use crate::diagnostic::Diagnostic;
use crate::rules::ast::{Features, Name, Pattern, PatternKind, TokenTest, TokenTestKind};
use crate::rules::tables::KindSet;

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
        self.contexts(pattern);
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
                    self.takes_head(name, h);
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
            | PatternKind::Paragraph => {}
            PatternKind::Gap { max, .. } => self.gap(pattern, *max),
        }
    }

    /// Only groups have a head: a parenthesis that touches `@Person` has two readings.
    fn takes_head(&mut self, name: &Name, head: &Pattern) {
        if ["ng", "vg"].contains(&name.text.as_str()) {
            return;
        }
        let mut gap = name.location;
        gap.span.start = gap.span.end;
        self.report(
            Diagnostic::error(
                "misplaced-head",
                format!("`@{}` has no head", name.text),
                head.location,
            )
            .also(
                name.location,
                "only `@ng` and `@vg` are asked for their head",
            )
            .help("put a blank before the parenthesis if this comes next")
            .guess(gap, " "),
        );
    }

    fn regex(&mut self, source: &str, location: crate::diagnostic::Location) {
        // As it is compiled for matching: a small pattern may make a large machine.
        if let Err(error) = regex::RegexBuilder::new(source).size_limit(1 << 20).build() {
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
        if pack.unread_lists.contains(&name.text) {
            return;
        }
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
        if let Some(column) = column.filter(|_| pack.types.contains_key(&name.text)) {
            self.attribute_of(&name.text, column);
        } else {
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
            _ if pack.types.contains_key(text) => self.kinds(text, features),
            _ if pack.phrases.contains_key(text) || pack.relations.contains_key(text) => {
                self.no_features(name, features);
            }
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

    /// `@Person{name}`, `@Person{former}`: kinds, and attributes that a rule sets.
    fn kinds(&mut self, type_: &str, features: Option<&Features>) {
        for feature in features.iter().flat_map(|f| &f.all).flatten() {
            if KindSet::from_name(&feature.name.text).is_none() {
                self.attribute_of(type_, &feature.name);
            }
        }
    }

    /// An attribute that the rules of a type, of a kind of it or of a type above it set.
    fn attribute_of(&mut self, type_: &str, name: &Name) {
        let facts = self.facts;
        let related = facts
            .of_type
            .iter()
            .filter(|(t, _)| self.is_a(t, type_) || self.is_a(type_, t));
        let mut known: Vec<&str> = related
            .flat_map(|(_, names)| names.iter().map(String::as_str))
            .collect();
        if known.contains(&name.text.as_str()) {
            return;
        }
        known.extend(["name", "adjective", "nominal", "pronoun", "single"]);
        let otherwise = format!(
            "no rule of `{type_}` sets it: `set {} = …` gives an attribute",
            name.text
        );
        self.unknown(
            "unknown-attribute",
            &format!("attribute of `{type_}` called"),
            name,
            known,
            &otherwise,
        );
    }

    /// Phrases and relations have no features.
    fn no_features(&mut self, name: &Name, features: Option<&Features>) {
        if let Some(features) = features {
            self.report(
                Diagnostic::error(
                    "unknown-feature",
                    format!("`@{}` has no features", name.text),
                    features.location,
                )
                .help("features are asked of `@ng`, `@vg`, `@quote` and of types")
                .guess(features.location, ""),
            );
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
                if matches!(test.kind, TokenTestKind::And(_)) {
                    self.satisfiable(parts, test);
                }
            }
            TokenTestKind::Not(inner) => self.test(inner),
            TokenTestKind::List { name, column } => self.list(name, column.as_ref()),
            TokenTestKind::Tag { upos, form } => self.tag(upos, form.as_ref()),
            TokenTestKind::Regex { source, .. } => self.regex(source, test.location),
            TokenTestKind::Inside(name) => self.found(name, None),
            TokenTestKind::Length(..) => self.satisfiable(std::slice::from_ref(test), test),
            TokenTestKind::Shape(_) | TokenTestKind::Word { .. } | TokenTestKind::Lemma(_) => {}
        }
    }
}
