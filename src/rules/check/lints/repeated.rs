//! Arguments that one match binds more than once.

use crate::diagnostic::Diagnostic;
use crate::rules::ast::{MatchItem, Name, Pattern, PatternKind};
use crate::rules::check::Checker;
use crate::rules::check::facts::MACRO_DEPTH;
use indexmap::IndexMap;

/// How often every match binds a name, with the last place that does.
type Bindings<'p> = IndexMap<&'p str, (u32, &'p Name)>;

impl<'p> Checker<'p, '_> {
    /// An argument without `*` keeps the first of its bindings: a second one that is always there is lost.
    pub(super) fn bound_twice(&mut self, line: &MatchItem, relation: &str) {
        let Some(definition) = self.pack.relations.get(relation) else {
            return;
        };
        let mut faults = Vec::new();
        for (name, (count, place)) in self.bindings(&line.pattern, 0) {
            let collects = definition
                .parameters
                .iter()
                .any(|p| p.name.text == name && p.repeated);
            if count > 1 && !collects {
                faults.push(
                    Diagnostic::warning(
                        "bound-twice",
                        format!("`{name}` is bound twice, and only the first counts"),
                        place.location,
                    )
                    .help(format!(
                        "take one capture out, or declare the argument with `*` to collect all: `{name}: …*`"
                    )),
                );
            }
        }
        for fault in faults {
            self.report(fault);
        }
    }

    /// Names that every way through a pattern binds; what may be missing does not count.
    fn bindings<'t>(&self, pattern: &'t Pattern, depth: u32) -> Bindings<'t>
    where
        'p: 't,
    {
        match &pattern.kind {
            PatternKind::Capture { name, pattern } => {
                let mut all = self.bindings(pattern, depth);
                let count = all.get(name.text.as_str()).map_or(0, |(count, _)| *count);
                all.insert(name.text.as_str(), (count + 1, name));
                all
            }
            PatternKind::Sequence(parts) => {
                let mut all = Bindings::new();
                for part in parts {
                    for (name, (count, place)) in self.bindings(part, depth) {
                        let known = all.get(name).map_or(0, |(count, _)| *count);
                        all.insert(name, (known + count, place));
                    }
                }
                all
            }
            PatternKind::Alternative(parts) => {
                let mut branches = parts.iter().map(|part| self.bindings(part, depth));
                let mut all = branches.next().unwrap_or_default();
                for branch in branches {
                    all.retain(|name, (count, _)| {
                        *count = branch.get(name).map_or(0, |(c, _)| (*count).min(*c));
                        *count > 0
                    });
                }
                all
            }
            PatternKind::Repeat { pattern, min, max } => {
                let mut all = self.bindings(pattern, depth);
                if max.is_none_or(|most| most > 1) {
                    all.values_mut().for_each(|(count, _)| *count *= 2);
                } else if *min == 0 {
                    all.clear();
                }
                all
            }
            PatternKind::Macro(name) if depth < MACRO_DEPTH => {
                let declaration = self.pack.macros.get(&name.text);
                declaration.map_or_else(Bindings::new, |d| self.bindings(&d.pattern, depth + 1))
            }
            PatternKind::Found {
                head: Some(head), ..
            } => self.bindings(head, depth),
            _ => Bindings::new(),
        }
    }
}
