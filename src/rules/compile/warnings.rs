//! What shows only when everything is compiled: names that the exports need, patterns without an anchor.

use super::names::Names;
use super::variants::{Output, Variant};
use crate::diagnostic::Diagnostic;
use crate::rules::pack::Pack;

/// Names that the JSON-LD export gives a meaning of its own, or that are prefixes there. An argument that is neither end
/// of its relation's edge is a key beside them.
pub const RESERVED_NAMES: [&str; 59] = [
    "about",
    "arg",
    "attribute",
    "change",
    "content",
    "datePublished",
    "derivedFrom",
    "doc",
    "end",
    "ent",
    "evidence",
    "exact",
    "generatedBy",
    "headline",
    "high",
    "inDocument",
    "inLanguage",
    "iso3166",
    "label",
    "low",
    "mentionedAt",
    "mentions",
    "modality",
    "name",
    "normalized",
    "normalizedHigh",
    "normalizedLow",
    "oa",
    "object",
    "polarity",
    "predicate",
    "prefix",
    "prov",
    "quoted",
    "rdf",
    "rdfs",
    "relation",
    "ruleId",
    "sameAs",
    "sayso",
    "schema",
    "sha256",
    "softwareVersion",
    "sourceFile",
    "speech",
    "start",
    "subject",
    "suffix",
    "tense",
    "text",
    "unit",
    "used",
    "value",
    "version",
    "wasDerivedFrom",
    "wasGeneratedBy",
    "wd",
    "within",
    "xsd",
];

/// What a variant costs that must look at every sentence, in nanoseconds a token.
const PRICE: u32 = 4;

pub(super) fn all(
    pack: &Pack,
    names: &Names,
    variants: &[Variant],
    diagnostics: &mut Vec<Diagnostic>,
) {
    reserved_names(pack, names, diagnostics);
    for variant in variants {
        no_anchor(variant, diagnostics);
    }
}

/// A relation of shapes, tags and groups alone is tried at every sentence. Names, values and phrases often are nothing
/// else.
fn no_anchor(variant: &Variant, diagnostics: &mut Vec<Diagnostic>) {
    let Some(pattern) = variant.pattern() else {
        return;
    };
    if !pattern.required.is_empty() || !matches!(variant.output, Output::Relation(_)) {
        return;
    }
    diagnostics.push(
        Diagnostic::warning(
            "no-anchor",
            "this pattern asks for no word, list or mention",
            variant.location,
        )
        .label(format!("tried at every sentence: about {PRICE} ns a token"))
        .help("ask for a word, a list or a mention that must be there; or write `meta allow no-anchor`"),
    );
}

/// Arguments whose names the exports use for something else.
fn reserved_names(pack: &Pack, names: &Names, diagnostics: &mut Vec<Diagnostic>) {
    for (definition, type_) in pack.relations.values().zip(&names.relations) {
        if type_.flags.hidden {
            continue;
        }
        let ends = [type_.source, type_.target];
        let inherited = definition
            .parent
            .as_ref()
            .and_then(|parent| pack.relations.get(parent));
        for (number, parameter) in definition.parameters.iter().enumerate() {
            let name = &parameter.name;
            let own = inherited.is_none_or(|p| {
                p.parameters
                    .iter()
                    .all(|p| p.name.location != name.location)
            });
            if own && !ends.contains(&Some(number)) && RESERVED_NAMES.contains(&name.text.as_str())
            {
                diagnostics.push(
                    Diagnostic::error(
                        "reserved-name",
                        format!("`{}` has a meaning of its own in the exports", name.text),
                        name.location,
                    )
                    .help("choose another name for this argument"),
                );
            }
        }
    }
}
