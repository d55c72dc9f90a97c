//! Which lines may stand in which block.

use super::{Checker, Subject};
use crate::diagnostic::Diagnostic;
use crate::rules::ast::{Item, ItemKind, MatchKind};

impl Checker<'_, '_> {
    /// Reports a line that has no meaning in its block.
    pub(super) fn place(&mut self, item: &Item, subject: Subject<'_>, name: &str) {
        let Some((word, help)) = self.misplaced(&item.kind, subject, name) else {
            return;
        };
        let (what, has) = match subject {
            Subject::Entity => (
                "an entity",
                "an entity has `name`, `adjective`, `nominal` and `pronoun` lines, `where`, `set`, `in`",
            ),
            Subject::Phrase => (
                "a phrase",
                "a phrase has `match` lines, `where`, `set`, `in`",
            ),
            Subject::Merge => ("a merge", "a merge has `same`, `never` and `refer` lines"),
            Subject::Relation(_) => (
                "a relation",
                "a relation has `match` and `from` lines, `where`, `set`, `absorb`, `in`",
            ),
        };
        self.report(
            Diagnostic::error(
                "misplaced-item",
                format!("`{word}` has no meaning in the block of {what}"),
                item.location,
            )
            .help(help.unwrap_or(has)),
        );
    }

    /// The word of a line that does not belong, and what to do.
    fn misplaced(
        &self,
        item: &ItemKind,
        subject: Subject<'_>,
        name: &str,
    ) -> Option<(&'static str, Option<&'static str>)> {
        let word = match item {
            ItemKind::Match(line) => {
                let kind = line.kind;
                let fits = match subject {
                    Subject::Entity => kind != MatchKind::Match || self.is_value(name),
                    Subject::Merge => false,
                    Subject::Phrase | Subject::Relation(_) => kind == MatchKind::Match,
                };
                if fits && (line.absorb.is_none() || matches!(subject, Subject::Relation(_))) {
                    return None;
                }
                if fits {
                    "absorb"
                } else if matches!(subject, Subject::Entity) {
                    let help = "write `name`, `adjective`, `nominal` or `pronoun`; only types under `Value` have `match` lines";
                    return Some(("match", Some(help)));
                } else {
                    crate::rules::load::kind_word(kind)
                }
            }
            ItemKind::From(_) if !matches!(subject, Subject::Relation(_)) => "from",
            ItemKind::Absorb(_) if !matches!(subject, Subject::Relation(_)) => "absorb",
            ItemKind::Where(_) if matches!(subject, Subject::Merge) => "where",
            ItemKind::Set(_) if matches!(subject, Subject::Merge) => "set",
            ItemKind::In(_) if matches!(subject, Subject::Merge) => "in",
            ItemKind::Identity { never, .. } if !matches!(subject, Subject::Merge) => {
                if *never {
                    "never"
                } else {
                    "same"
                }
            }
            ItemKind::Refer(_) if !matches!(subject, Subject::Merge) => "refer",
            ItemKind::Test(test) if matches!(subject, Subject::Phrase) => {
                let help = "a phrase finds nothing by itself: test an entity or a relation that asks for it";
                return Some((if test.positive { "yes" } else { "no" }, Some(help)));
            }
            _ => return None,
        };
        Some((word, None))
    }

    /// Whether a type is `Value` or under it.
    fn is_value(&self, name: &str) -> bool {
        self.is_a(name, "Value")
    }

    /// Whether a type is another or a kind of it.
    pub(super) fn is_a(&self, name: &str, wanted: &str) -> bool {
        let mut waiting = vec![name];
        while let Some(name) = waiting.pop() {
            if name == wanted {
                return true;
            }
            if let Some(definition) = self.pack.types.get(name) {
                waiting.extend(definition.parents.iter().map(String::as_str));
            }
        }
        false
    }
}
