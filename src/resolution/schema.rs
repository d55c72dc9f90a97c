//! What exports need to know of types and relations, and of the document.

use crate::graph::identifier::text_hash;
use crate::graph::{DocumentRecord, RelationStyle, Schema, TypeStyle};
use crate::rules::{RelationFlags, RelationType, RuleSet};
use crate::text::{Document, ZoneKind};

/// Name of the built-in type of quantities, dates and other values.
pub(super) const VALUE: &str = "Value";

/// Looks and identities of all types and relations.
pub fn schema(rules: &RuleSet) -> Schema {
    let value = rules.type_id(VALUE);
    let types = rules.types.iter().map(|type_| {
        let key = |name: &str| type_.keys.get(name).cloned();
        let parents = type_.parents.iter();
        let style = TypeStyle {
            parents: parents
                .map(|p| rules.types[p.0 as usize].name.clone())
                .collect(),
            iri: key("iri"),
            shape: key("shape"),
            fill: key("fill"),
            stroke: key("stroke"),
            value: value.is_some_and(|value| type_.ancestors.contains(&value)),
        };
        (type_.name.clone(), style)
    });
    let relations = rules.relations.iter();
    Schema {
        types: types.collect(),
        relations: relations
            .map(|r| (r.name.clone(), relation(r, rules)))
            .collect(),
        prefixes: rules.prefixes.clone(),
    }
}

fn relation(relation: &RelationType, rules: &RuleSet) -> RelationStyle {
    let key = |name: &str| relation.keys.get(name).cloned();
    let parameter = |index: Option<usize>| Some(relation.parameters[index?].name.clone());
    let parent = relation.ancestors.get(1);
    RelationStyle {
        parent: parent.map(|p| rules.relations[p.0 as usize].name.clone()),
        iri: key("iri"),
        label: key("label"),
        shown: key("shown"),
        fill: key("fill"),
        stroke: key("stroke"),
        flags: flags(relation.flags),
        parameters: relation.parameters.iter().map(|p| p.name.clone()).collect(),
        source: parameter(relation.source),
        target: parameter(relation.target),
    }
}

fn flags(flags: RelationFlags) -> Vec<String> {
    let all = [
        (flags.speech, "speech"),
        (flags.performative, "performative"),
        (flags.serves, "serves"),
        (flags.subject, "subject"),
        (flags.hidden, "hidden"),
    ];
    let set = all.into_iter().filter(|(set, _)| *set);
    set.map(|(_, name)| name.to_owned()).collect()
}

/// The document as exports need it.
pub(super) fn record(document: &Document) -> DocumentRecord {
    let mut paragraphs = document.paragraphs.iter();
    let title = paragraphs.find(|p| p.zone == ZoneKind::Title);
    DocumentRecord {
        id: document.id.clone(),
        title: title.map(|p| document.slice(p.span).to_owned()),
        file: None,
        date: document.date.map(|date| date.to_string()),
        sha256: text_hash(&document.text),
        text: document.text.as_str().into(),
    }
}
