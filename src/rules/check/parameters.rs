//! The types of arguments.

use super::Checker;
use crate::rules::ast::Name;

impl Checker<'_, '_> {
    /// The types of all arguments of all relations.
    pub(super) fn signatures(&mut self) {
        let pack = self.pack;
        for definition in pack.relations.values() {
            for kind in definition.parameters.iter().flat_map(|p| &p.types) {
                self.parameter_kind(kind);
            }
        }
    }

    /// `text`, `flag`, `Statement`, a type, a phrase or a built-in group.
    fn parameter_kind(&mut self, kind: &Name) {
        let text = kind.text.as_str();
        let built_in = ["text", "flag", "Statement", "ng", "vg", "quote"];
        if built_in.contains(&text)
            || self.pack.types.contains_key(text)
            || self.pack.phrases.contains_key(text)
        {
            return;
        }
        let pack = self.pack;
        let known = pack
            .types
            .keys()
            .chain(pack.phrases.keys())
            .map(String::as_str)
            .chain(built_in);
        let known: Vec<&str> = known.collect();
        self.unknown(
            "unknown-type",
            "type or phrase",
            kind,
            known,
            "an argument is `text`, `flag`, `Statement`, a type or a phrase",
        );
    }
}
