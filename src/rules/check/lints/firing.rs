//! Lines that can never find anything.

use crate::diagnostic::{Diagnostic, Location};
use crate::rules::ast::{Features, MatchItem, MatchKind, Name, Pattern, PatternKind};
use crate::rules::check::Checker;
use crate::rules::check::facts::MACRO_DEPTH;
use crate::rules::parser::for_each_element;

/// Why an element never matches, and where it stands.
type Reason = (Location, String);

impl Checker<'_, '_> {
    /// Reports a line that asks for what nothing can be. Where something is broken the reason is said there.
    pub(super) fn fires(&mut self, line: &MatchItem, location: Location) {
        if self.broken {
            return;
        }
        let Some((place, reason)) = self.never(&line.pattern, 0) else {
            return;
        };
        self.report(
            Diagnostic::warning("never-fires", "this line can never find anything", location)
                .also(place, reason)
                .help("add what is missing, or take the line out"),
        );
    }

    fn never(&self, pattern: &Pattern, depth: u32) -> Option<Reason> {
        match &pattern.kind {
            PatternKind::List { name, column } => self.never_listed(name, column.as_ref()),
            PatternKind::Found {
                name,
                features,
                head,
            } => {
                let inner = head.as_ref().and_then(|h| self.never(h, depth));
                inner.or_else(|| self.never_found(name, features.as_ref()))
            }
            PatternKind::Sequence(parts) => {
                let inner = parts.iter().find_map(|p| self.never(p, depth));
                inner.or_else(|| out_of_order(parts))
            }
            PatternKind::Alternative(parts) => {
                let mut reasons = parts.iter().map(|p| self.never(p, depth));
                let first = reasons.next()??;
                reasons.all(|r| r.is_some()).then_some(first)
            }
            PatternKind::Repeat { min: 0, .. } | PatternKind::Context { negative: true, .. } => {
                None
            }
            PatternKind::Repeat { pattern, .. }
            | PatternKind::Capture { pattern, .. }
            | PatternKind::Context { pattern, .. } => self.never(pattern, depth),
            PatternKind::Macro(name) if depth < MACRO_DEPTH => {
                let declaration = self.pack.macros.get(&name.text)?;
                let (_, reason) = self.never(&declaration.pattern, depth + 1)?;
                Some((name.location, reason))
            }
            _ => None,
        }
    }

    fn never_listed(&self, name: &Name, column: Option<&Name>) -> Option<Reason> {
        if let Some(list) = self.pack.lists.get(&name.text) {
            let index = column.map_or(Some(0), |c| list.column(&c.text))?;
            let filled = |e: &crate::rules::pack::Entry| e.cells.first(index).is_some();
            // The words of an entry may stand in `aliases` alone.
            let any = match column {
                Some(_) => list.entries.iter().any(filled),
                None => !list.entries.is_empty(),
            };
            let what = column.map_or_else(String::new, |c| format!("column `{}` of ", c.text));
            return (!any).then(|| {
                let reason = format!("{what}list `{}` is empty", name.text);
                (name.location, reason)
            });
        }
        None
    }

    fn never_found(&self, name: &Name, features: Option<&Features>) -> Option<Reason> {
        let text = name.text.as_str();
        if self
            .pack
            .disabled
            .iter()
            .any(|rule| self.covers_rule(text, rule))
        {
            return None;
        }
        if self.pack.types.contains_key(text) {
            let kinds = kinds(features);
            let made = self.facts.makers.iter().any(|(type_, made)| {
                self.is_a(type_, text) && made.iter().any(|kind| kinds.contains(kind))
            });
            let asked = match features {
                None => String::new(),
                Some(_) => " of this kind".to_owned(),
            };
            return (!made).then(|| {
                let reason = format!("no rule makes a `{text}`{asked}");
                (name.location, reason)
            });
        }
        if self.pack.phrases.contains_key(text) {
            let ruled = self.facts.ruled.contains(text);
            return (!ruled).then(|| {
                (
                    name.location,
                    format!("phrase `{text}` has no `match` line"),
                )
            });
        }
        if self.pack.relations.contains_key(text) {
            let ruled = self
                .facts
                .ruled
                .iter()
                .any(|rule| self.covers_rule(text, rule));
            return (!ruled).then(|| (name.location, format!("no rule finds a `{text}`")));
        }
        None
    }

    /// Whether a type or relation is a name, or a kind of it.
    fn covers_rule(&self, name: &str, rule: &str) -> bool {
        let mut rule = Some(rule);
        while let Some(own) = rule {
            if own == name || self.is_a(own, name) {
                return true;
            }
            rule = self
                .pack
                .relations
                .get(own)
                .and_then(|r| r.parent.as_deref());
        }
        false
    }
}

/// The kinds of lines that `@T{…}` takes mentions from.
fn kinds(features: Option<&Features>) -> Vec<MatchKind> {
    let named = |name: &str| {
        Some(match name {
            "name" => MatchKind::Name,
            "adjective" => MatchKind::Adjective,
            "nominal" => MatchKind::Nominal,
            "pronoun" => MatchKind::Pronoun,
            _ => return None,
        })
    };
    let asked: Vec<MatchKind> = features
        .iter()
        .flat_map(|f| f.all.iter().flatten())
        .filter(|f| !f.negative)
        .filter_map(|f| named(&f.name.text))
        .collect();
    let mut kinds = if asked.is_empty() {
        vec![MatchKind::Name, MatchKind::Nominal, MatchKind::Pronoun]
    } else {
        asked
    };
    if kinds.contains(&MatchKind::Name) {
        // Values stand for names.
        kinds.push(MatchKind::Match);
    }
    kinds
}

/// Words behind the end of a sentence or before its beginning.
fn out_of_order(parts: &[Pattern]) -> Option<Reason> {
    // A pattern with `.` or `<para>` goes over the end of a sentence.
    let mut crosses = false;
    for part in parts {
        for_each_element(part, &mut |element| {
            crosses |= match &element.kind {
                PatternKind::Paragraph | PatternKind::Macro(_) => true,
                PatternKind::Word { text, .. } => text == ".",
                _ => false,
            };
        });
    }
    if crosses {
        return None;
    }
    let end = parts
        .iter()
        .position(|p| matches!(p.kind, PatternKind::End));
    if let Some(end) = end.filter(|end| parts[end + 1..].iter().any(takes)) {
        return Some((
            parts[end].location,
            "nothing stands behind the end of a sentence".to_owned(),
        ));
    }
    let start = parts
        .iter()
        .rposition(|p| matches!(p.kind, PatternKind::Start));
    let start = start.filter(|start| parts[..*start].iter().any(takes))?;
    Some((
        parts[start].location,
        "nothing stands before the start of a sentence".to_owned(),
    ))
}

/// Whether an element takes at least one token.
fn takes(pattern: &Pattern) -> bool {
    match &pattern.kind {
        PatternKind::Word { .. }
        | PatternKind::Lemma(_)
        | PatternKind::List { .. }
        | PatternKind::Tag { .. }
        | PatternKind::Test(_)
        | PatternKind::Found { .. } => true,
        PatternKind::Capture { pattern, .. } => takes(pattern),
        PatternKind::Repeat { pattern, min, .. } => *min > 0 && takes(pattern),
        PatternKind::Alternative(parts) => parts.iter().all(takes),
        PatternKind::Sequence(parts) => parts.iter().any(takes),
        _ => false,
    }
}
