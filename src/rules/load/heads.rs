//! What stands in the heads of types and relations: keys, flags, signatures, names.

use super::super::ast::{FaultyNames, Name, Parameter};
use super::super::pack::RelationDefinition;
use super::super::suggest;
use super::collect::{Collected, Relation};
use crate::diagnostic::Diagnostic;
use indexmap::IndexMap;

const TYPE_KEYS: [&str; 4] = ["iri", "shape", "fill", "stroke"];
const RELATION_KEYS: [&str; 6] = ["edge", "label", "shown", "iri", "fill", "stroke"];
const FLAGS: [&str; 5] = ["speech", "performative", "serves", "subject", "hidden"];

/// Shapes that Graphviz draws with a text inside; `rounded` is a box with round corners.
const SHAPES: [&str; 26] = [
    "box",
    "rounded",
    "ellipse",
    "oval",
    "circle",
    "doublecircle",
    "egg",
    "triangle",
    "invtriangle",
    "diamond",
    "trapezium",
    "invtrapezium",
    "parallelogram",
    "house",
    "invhouse",
    "pentagon",
    "hexagon",
    "septagon",
    "octagon",
    "note",
    "tab",
    "folder",
    "box3d",
    "component",
    "cylinder",
    "plaintext",
];

/// Groups that patterns find without a declaration.
const GROUPS: [&str; 3] = ["ng", "vg", "quote"];

/// Words that stand before nearly everything in a sentence: `to:@Person` reads like the word with a colon.
const SMALL_WORDS: [&str; 20] = [
    "a", "an", "and", "as", "at", "before", "after", "but", "by", "for", "from", "in", "is", "of",
    "on", "or", "the", "that", "to", "with",
];

/// Checks the heads of all declarations; what is faulty in a signature is taken out.
pub(super) fn check(
    collected: &mut Collected,
    relations: &mut IndexMap<String, RelationDefinition>,
    prefixes: &IndexMap<String, String>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let faulty = collected.faulty.clone();
    let mut heads = Heads {
        prefixes,
        faulty: &faulty,
        diagnostics,
    };
    for (key, value) in &collected.type_keys {
        heads.key(
            key,
            value,
            &TYPE_KEYS,
            "type",
            "types have iri, shape, fill, stroke",
        );
    }
    for (name, relation) in &collected.relations {
        let Some(definition) = relations.get_mut(name) else {
            continue;
        };
        heads.relation(name, relation, definition);
    }
    heads.names(collected);
}

struct Heads<'h> {
    prefixes: &'h IndexMap<String, String>,
    faulty: &'h FaultyNames,
    diagnostics: &'h mut Vec<Diagnostic>,
}

impl Heads<'_> {
    fn unknown<'n>(
        &mut self,
        code: &'static str,
        message: String,
        name: &Name,
        known: impl IntoIterator<Item = &'n str>,
        otherwise: &str,
    ) {
        let diagnostic = Diagnostic::error(code, message, name.location);
        self.diagnostics
            .push(suggest::add(diagnostic, name, known, otherwise));
    }

    /// `iri schema:Person`, `shape box`, `fill "#FFF4E0"`
    fn key(&mut self, key: &Name, value: &Name, known: &[&str], what: &str, otherwise: &str) {
        if !known.contains(&key.text.as_str()) {
            let message = format!("there is no key of a {what} called `{}`", key.text);
            return self.unknown(
                "unknown-key",
                message,
                key,
                known.iter().copied(),
                otherwise,
            );
        }
        match key.text.as_str() {
            "shape" if !SHAPES.contains(&value.text.as_str()) => {
                let message = format!("`{}` is no shape", value.text);
                let otherwise = format!("shapes are {}", SHAPES.join(", "));
                self.unknown("bad-value", message, value, SHAPES, &otherwise);
            }
            "fill" | "stroke" if !is_colour(&value.text) => {
                self.diagnostics.push(
                    Diagnostic::error(
                        "bad-value",
                        format!("`{}` is no colour", value.text),
                        value.location,
                    )
                    .help("write red, green and blue as `\"#FFF4E0\"`"),
                );
            }
            "shown" if value.text.trim().is_empty() => self.diagnostics.push(
                Diagnostic::error("bad-value", "`shown` says nothing", value.location)
                    .help("write what is read instead of the cue, `shown \"the article\"`"),
            ),
            "iri" => self.prefix(value),
            _ => {}
        }
    }

    /// The prefix of an IRI must be known; `https://…` is whole.
    fn prefix(&mut self, iri: &Name) {
        let Some((prefix, local)) = iri.text.split_once(':') else {
            return self.diagnostics.push(
                Diagnostic::error(
                    "bad-value",
                    format!("`{}` is no IRI", iri.text),
                    iri.location,
                )
                .help("write `schema:Person`, or the whole IRI in quotes"),
            );
        };
        if local.starts_with("//")
            || prefix == "urn"
            || self.prefixes.contains_key(prefix)
            || self.faulty.declares(prefix)
        {
            return;
        }
        let mut name = iri.clone();
        prefix.clone_into(&mut name.text);
        let quoted = (name.location.span.end - name.location.span.start) as usize > iri.text.len();
        name.location.span.start += u32::from(quoted);
        name.location.span.end = name.location.span.start + prefix.len() as u32;
        let known: Vec<&str> = self.prefixes.keys().map(String::as_str).collect();
        let message = format!("there is no prefix `{prefix}`");
        let otherwise = format!("declare it: `prefix {prefix} \"https://…\"`");
        self.unknown("unknown-prefix", message, &name, known, &otherwise);
    }

    fn relation(&mut self, name: &str, relation: &Relation, definition: &mut RelationDefinition) {
        let otherwise = "relations have edge, label, shown, iri, fill, stroke";
        for (key, value) in &relation.keys {
            self.key(key, value, &RELATION_KEYS, "relation", otherwise);
        }
        if relation.parameters.is_some() {
            self.parameters(&mut definition.parameters);
        }
        let ends = relation.edge.iter().flat_map(|(from, to)| [from, to]);
        let label = relation.keys.iter().filter(|(key, _)| key.text == "label");
        for argument in ends.chain(label.map(|(_, value)| value)) {
            self.argument(name, argument, &definition.parameters);
        }
        for flag in &relation.flags {
            self.flag(name, flag, definition);
        }
    }

    fn argument(&mut self, relation: &str, argument: &Name, parameters: &[Parameter]) {
        if parameters.iter().any(|p| p.name.text == argument.text) {
            return;
        }
        let names: Vec<&str> = parameters.iter().map(|p| p.name.text.as_str()).collect();
        let message = format!(
            "there is no argument of `{relation}` called `{}`",
            argument.text
        );
        let otherwise = format!("`{relation}` has `{}`", names.join("`, `"));
        self.unknown("unknown-argument", message, argument, names, &otherwise);
    }

    /// Names of arguments are there once, and are no words of every sentence.
    fn parameters(&mut self, parameters: &mut Vec<Parameter>) {
        let mut seen: Vec<Name> = Vec::new();
        parameters.retain(|parameter| {
            let name = &parameter.name;
            if let Some(first) = seen.iter().find(|n| n.text == name.text) {
                self.diagnostics.push(
                    Diagnostic::error(
                        "duplicate-argument",
                        format!("the argument `{}` is there twice", name.text),
                        name.location,
                    )
                    .also(first.location, "here for the first time")
                    .help("choose another name; an argument of several types is written `x: Person | Place`"),
                );
                return false;
            }
            seen.push(name.clone());
            if SMALL_WORDS.contains(&name.text.as_str()) {
                self.diagnostics.push(
                    Diagnostic::warning(
                        "argument-is-a-word",
                        format!("`{}` is a word of every text", name.text),
                        name.location,
                    )
                    .label(format!("`{}:@Person` reads like the word and a colon", name.text))
                    .help("name what the argument is, as `whom`, `place` or `reason`"),
                );
            }
            true
        });
    }

    /// A flag must be known, and the signature must have what the flag is about.
    fn flag(&mut self, relation: &str, flag: &Name, definition: &mut RelationDefinition) {
        if !FLAGS.contains(&flag.text.as_str()) {
            let message = format!("there is no flag `{}`", flag.text);
            let known = FLAGS.into_iter().chain(RELATION_KEYS);
            let otherwise = "flags are speech, performative, serves, subject, hidden";
            return self.unknown("unknown-flag", message, flag, known, otherwise);
        }
        let parameters = &definition.parameters;
        let words = ["text", "flag", "Statement"];
        let is_somebody =
            |p: &&Parameter| p.types.iter().any(|t| !words.contains(&t.text.as_str()));
        let (holds, help) = match flag.text.as_str() {
            "speech" => (
                parameters
                    .iter()
                    .any(|p| p.types.iter().any(|t| t.text == "Statement")),
                "what is said needs an argument, as `content: Statement`",
            ),
            "performative" => (
                parameters.iter().any(|p| is_somebody(&p)),
                "who does it needs an argument, as `agent: Agent`",
            ),
            "serves" => (
                parameters.iter().filter(is_somebody).count() > 1,
                "who serves whom needs two arguments, as `person: Person, body: Agent`",
            ),
            "subject" => (
                parameters.len() > 1,
                "which verb has which subject needs two arguments, as `verb: vg, noun: Agent`",
            ),
            _ => return,
        };
        if holds {
            return;
        }
        self.diagnostics.push(
            Diagnostic::error(
                "missing-argument",
                format!(
                    "`{relation}` has no argument that `{}` could be about",
                    flag.text
                ),
                flag.location,
            )
            .help(help),
        );
        definition.flags.retain(|f| *f != flag.text);
    }

    /// `@name` must mean one thing.
    fn names(&mut self, collected: &mut Collected) {
        let relations = &collected.relations;
        let diagnostics = &mut *self.diagnostics;
        let built_in = |name: &Name| {
            Diagnostic::error(
                "ambiguous-name",
                format!("`@{}` is built in", name.text),
                name.location,
            )
            .help("choose another name")
        };
        for (name, relation) in relations {
            if GROUPS.contains(&name.as_str()) {
                let name = Name {
                    text: name.clone(),
                    location: relation.location,
                };
                diagnostics.push(built_in(&name));
            }
        }
        collected.phrases.retain(|name, said| {
            let own = &said.value.name;
            if GROUPS.contains(&name.as_str()) {
                diagnostics.push(built_in(own));
                return false;
            }
            let Some(relation) = relations.get(name) else {
                return true;
            };
            diagnostics.push(
                Diagnostic::error(
                    "ambiguous-name",
                    format!("`@{name}` would be a phrase and a relation"),
                    own.location,
                )
                .also(relation.location, "the relation")
                .help("choose another name for the phrase"),
            );
            false
        });
    }
}

/// `#FFF4E0`, `#FFF4E0CC`
fn is_colour(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|digits| {
        matches!(digits.len(), 6 | 8) && digits.bytes().all(|b| b.is_ascii_hexdigit())
    })
}
