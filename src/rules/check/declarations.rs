//! Types, relations and their keys.

use super::Checker;
use crate::rules::ast::Name;

const TYPE_KEYS: [&str; 4] = ["iri", "shape", "fill", "stroke"];
const RELATION_KEYS: [&str; 5] = ["edge", "label", "iri", "fill", "stroke"];
const FLAGS: [&str; 5] = ["speech", "performative", "serves", "subject", "hidden"];

pub(super) fn check(checker: &mut Checker<'_, '_>) {
    let pack = checker.pack;
    for definition in pack.types.values() {
        for key in definition
            .keys
            .keys()
            .filter(|k| !TYPE_KEYS.contains(&k.as_str()))
        {
            let name = checker.word(definition.location, key);
            checker.unknown(
                "unknown-key",
                "key of a type called",
                &name,
                TYPE_KEYS,
                "types have iri, shape, fill, stroke",
            );
        }
    }
    relations(checker);
}

fn relations(checker: &mut Checker<'_, '_>) {
    let pack = checker.pack;
    for definition in pack.relations.values() {
        for parameter in &definition.parameters {
            for kind in &parameter.types {
                checker.parameter_kind(kind);
            }
        }
        for flag in definition
            .flags
            .iter()
            .filter(|f| !FLAGS.contains(&f.as_str()))
        {
            let name = checker.word(definition.location, flag);
            checker.unknown(
                "unknown-flag",
                "flag",
                &name,
                FLAGS,
                "flags are speech, performative, serves, subject, hidden",
            );
        }
        for key in definition
            .keys
            .keys()
            .filter(|k| !RELATION_KEYS.contains(&k.as_str()))
        {
            let name = checker.word(definition.location, key);
            let otherwise = "relations have edge, label, iri, fill, stroke";
            checker.unknown(
                "unknown-key",
                "key of a relation called",
                &name,
                RELATION_KEYS,
                otherwise,
            );
        }
        let ends = definition.edge.iter().flat_map(|(from, to)| [from, to]);
        for argument in ends.chain(definition.keys.get("label")) {
            let name = checker.word(definition.location, argument);
            checker.argument(&name, &definition.name);
        }
    }
}

impl Checker<'_, '_> {
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
