//! Captures of mentions that their argument never takes.

use crate::diagnostic::{Diagnostic, Location};
use crate::rules::ast::{FromItem, MatchItem, Name, Parameter, Pattern, PatternKind};
use crate::rules::check::Checker;
use crate::rules::check::facts::MACRO_DEPTH;

impl<'p> Checker<'p, '_> {
    /// `who:@Country` where the argument is `who: Person`: nothing would be bound, and nothing found.
    pub(super) fn capture_types(&mut self, line: &MatchItem, relation: &str) {
        let mut captured = Vec::new();
        self.typed_captures(&line.pattern, None, 0, &mut captured);
        for (argument, type_) in captured {
            self.type_fits(relation, argument, &[&type_.text], type_.location);
        }
    }

    /// The same for what is taken over from another relation.
    pub(super) fn derived_types(&mut self, from: &FromItem, relation: &str) {
        let Some(asked) = self.pack.relations.get(&from.relation.text) else {
            return;
        };
        for (argument, theirs) in from.arguments.iter().zip(&asked.parameters) {
            let types: Vec<&str> = theirs.types.iter().map(|t| t.text.as_str()).collect();
            self.type_fits(relation, argument, &types, argument.location);
        }
    }

    /// The types of mentions that captures stand on, with the name of the capture.
    fn typed_captures<'t>(
        &self,
        pattern: &'t Pattern,
        capture: Option<&'t Name>,
        depth: u32,
        found: &mut Vec<(&'t Name, &'t Name)>,
    ) where
        'p: 't,
    {
        match &pattern.kind {
            PatternKind::Capture { name, pattern } => {
                self.typed_captures(pattern, Some(name), depth, found);
            }
            PatternKind::Found { name, head, .. } => {
                if let Some(capture) = capture.filter(|_| self.pack.types.contains_key(&name.text))
                {
                    found.push((capture, name));
                }
                if let Some(head) = head {
                    self.typed_captures(head, None, depth, found);
                }
            }
            PatternKind::Alternative(parts) => {
                for part in parts {
                    self.typed_captures(part, capture, depth, found);
                }
            }
            // More than the mention is captured: its words are looked through.
            PatternKind::Sequence(parts) => {
                for part in parts {
                    self.typed_captures(part, None, depth, found);
                }
            }
            PatternKind::Repeat { pattern, .. } => {
                self.typed_captures(pattern, None, depth, found);
            }
            PatternKind::Macro(name) if depth < MACRO_DEPTH => {
                if let Some(declaration) = self.pack.macros.get(&name.text) {
                    self.typed_captures(&declaration.pattern, capture, depth + 1, found);
                }
            }
            _ => {}
        }
    }

    /// Warns where no mention of these types is of a type that the argument takes.
    fn type_fits(&mut self, relation: &str, argument: &Name, types: &[&str], place: Location) {
        let Some(definition) = self.pack.relations.get(relation) else {
            return;
        };
        let parameter = definition
            .parameters
            .iter()
            .find(|p| p.name.text == argument.text);
        let Some(parameter) = parameter else { return };
        let fits = |wanted: &Name| {
            let wanted = wanted.text.as_str();
            // Words, contents and phrases may be any mention.
            !self.pack.types.contains_key(wanted) || types.iter().any(|t| self.share(t, wanted))
        };
        if parameter.types.iter().any(fits) {
            return;
        }
        let found = types.join(" | ");
        let takes = written(parameter);
        let optional = if parameter.optional {
            "it stays empty"
        } else {
            "the line finds nothing"
        };
        self.report(
            Diagnostic::warning(
                "wrong-type",
                format!("`{}` of `{relation}` never takes `{found}`", argument.text),
                place,
            )
            .also(
                parameter.name.location,
                format!("it takes {takes}; {optional}"),
            )
            .help(format!(
                "capture what it takes, or declare it `{}: {takes} | {found}`",
                argument.text
            )),
        );
    }

    /// Whether a mention may be of both types: one is a kind of the other, or a third is a kind of both. What is no type
    /// is taken for anything.
    fn share(&self, one: &str, other: &str) -> bool {
        let types = &self.pack.types;
        !types.contains_key(one)
            || types
                .keys()
                .any(|t| self.is_a(t, one) && self.is_a(t, other))
    }
}

fn written(parameter: &Parameter) -> String {
    let names: Vec<&str> = parameter.types.iter().map(|t| t.text.as_str()).collect();
    names.join(" | ")
}
