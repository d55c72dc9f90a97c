//! Collected declarations → [`Pack`]: orders types and relations, hands signatures down.

use super::super::ast::Name;
use super::super::pack::{Pack, RelationDefinition, RuleBlock, TypeDefinition};
use super::collect::{Collected, Relation, Said};
use crate::diagnostic::{Diagnostic, Location, SourceId, Sources, nearest};
use crate::text::Span;
use indexmap::IndexMap;
use std::collections::BTreeSet;

/// Types that need no declaration: what relations report, and what is written rather than named.
pub(crate) const BUILT_IN_TYPES: &[&str] = &["Value"];

/// Prefixes that need no declaration.
pub(crate) const PREFIXES: &[(&str, &str)] = &[
    ("schema", "https://schema.org/"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("wd", "http://www.wikidata.org/entity/"),
    ("sayso", "https://w3id.org/sayso/ns#"),
];

/// Puts a pack together; what is faulty has been taken out before.
pub(super) fn assemble(
    mut collected: Collected,
    sources: Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Pack {
    let types = ordered_types(&collected, diagnostics);
    let mut relations = ordered_relations(&collected, diagnostics);
    // Whatever is wrong with a relation has been said, and is no fault of what uses it.
    let undefined = collected
        .relations
        .keys()
        .filter(|name| !relations.contains_key(*name));
    collected
        .faulty
        .declared
        .extend(undefined.map(|name| name.to_lowercase()));
    let mut prefixes: IndexMap<String, String> = PREFIXES
        .iter()
        .map(|(name, iri)| ((*name).to_owned(), (*iri).to_owned()))
        .collect();
    for (name, (iri, _)) in &collected.prefixes {
        prefixes.insert(name.clone(), iri.clone());
    }
    super::heads::check(&mut collected, &mut relations, &prefixes, diagnostics);
    let allowed = super::allow::allowances(&collected, &sources, diagnostics);
    Pack {
        sources,
        types,
        relations,
        entities: collected.entities.into_iter().map(rules).collect(),
        phrases: (collected.phrases.into_iter())
            .map(|(name, said)| (name, rules(said)))
            .collect(),
        merges: collected.merges.into_iter().map(rules).collect(),
        lists: (collected.lists.into_iter())
            .map(|(name, said)| (name, said.value))
            .collect(),
        macros: (collected.macros.into_iter())
            .map(|(name, said)| (name, said.value))
            .collect(),
        prefixes,
        unread_lists: collected.unread_lists,
        faulty: collected.faulty,
        disabled: collected.disabled_rules,
        allowed,
    }
}

/// A block as the compiler reads it.
fn rules(said: Said<super::super::ast::Block>) -> RuleBlock {
    RuleBlock {
        name: said.value.name.text,
        name_location: said.value.name.location,
        items: said.value.items,
        location: said.value.location,
    }
}

/// Supertypes before subtypes; in a cycle the link that closes it is reported and left out.
fn ordered_types(
    collected: &Collected,
    diagnostics: &mut Vec<Diagnostic>,
) -> IndexMap<String, TypeDefinition> {
    let nowhere = Location {
        source: SourceId(0),
        span: Span::new(0, 0),
    };
    let mut ordered: IndexMap<String, TypeDefinition> = BUILT_IN_TYPES
        .iter()
        .map(|name| {
            let definition = TypeDefinition {
                name: (*name).to_owned(),
                parents: Vec::new(),
                keys: IndexMap::new(),
                location: nowhere,
            };
            ((*name).to_owned(), definition)
        })
        .collect();
    let none = Vec::new();
    let above = |name: &str| {
        collected
            .parents
            .get(name)
            .unwrap_or(&none)
            .iter()
            .collect()
    };
    let names: Vec<&str> = collected.types.keys().map(String::as_str).collect();
    let order = parents_first(collected.types.keys(), above, |fault, parent| match fault {
        Fault::Cycle(way) => report_cycle("type-cycle", "type", parent, &way, diagnostics),
        Fault::Unknown if collected.faulty.declares(&parent.text) => {}
        Fault::Unknown => report_unknown("unknown-type", "type", parent, &names, diagnostics),
    });
    for (name, parents) in order {
        let mut definition = collected.types[&name].clone();
        definition.parents = parents;
        ordered.insert(name, definition);
    }
    ordered
}

/// Parents before children, with what they hand down.
fn ordered_relations(
    collected: &Collected,
    diagnostics: &mut Vec<Diagnostic>,
) -> IndexMap<String, RelationDefinition> {
    let (relations, faulty) = (&collected.relations, &collected.faulty);
    let above = |name: &str| relations[name].parent.iter().collect();
    let names: Vec<&str> = relations.keys().map(String::as_str).collect();
    let order = parents_first(relations.keys(), above, |fault, parent| match fault {
        Fault::Cycle(way) => report_cycle("relation-cycle", "relation", parent, &way, diagnostics),
        Fault::Unknown if faulty.declares(&parent.text) => {}
        Fault::Unknown => {
            report_unknown("unknown-relation", "relation", parent, &names, diagnostics);
        }
    });
    let mut ordered: IndexMap<String, RelationDefinition> = IndexMap::new();
    for (name, parents) in order {
        let relation = &relations[&name];
        let parent = parents.first().and_then(|p| ordered.get(p));
        if let Some(definition) = defined(&name, relation, parent) {
            ordered.insert(name, definition);
        } else if relation.parent.is_none() && !faulty.declares(&name) {
            let fault = Diagnostic::error(
                "no-signature",
                format!("`{name}` has no signature"),
                relation.location,
            );
            let declared = names
                .iter()
                .filter(|other| relations[**other].parameters.is_some());
            let help = match nearest(&name, declared.copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("say what it relates: `relation {name}(who: Agent, cue: text)`"),
            };
            diagnostics.push(fault.help(help));
        }
    }
    ordered
}

/// A relation with what its parent hands down; none without any signature.
fn defined(
    name: &str,
    relation: &Relation,
    parent: Option<&RelationDefinition>,
) -> Option<RelationDefinition> {
    let own = relation.parameters.as_ref().map(|said| said.value.clone());
    let parameters = own.or_else(|| parent.map(|p| p.parameters.clone()))?;
    let mut flags = parent.map_or_else(Vec::new, |p| p.flags.clone());
    for flag in &relation.flags {
        if !flags.contains(&flag.text) {
            flags.push(flag.text.clone());
        }
    }
    let mut keys = parent.map_or_else(IndexMap::new, |p| p.keys.clone());
    for (key, value) in &relation.keys {
        keys.insert(key.text.clone(), value.text.clone());
    }
    let edge = relation.edge.as_ref();
    Some(RelationDefinition {
        name: name.to_owned(),
        parent: parent.map(|p| p.name.clone()),
        parameters,
        flags,
        keys,
        edge: edge
            .map(|(from, to)| (from.text.clone(), to.text.clone()))
            .or_else(|| parent.and_then(|p| p.edge.clone())),
        blocks: relation.blocks.iter().cloned().map(rules).collect(),
        location: relation.location,
    })
}

/// Names in an order in which parents come first, each with its known parents that close no cycle.
fn parents_first<'n>(
    names: impl Iterator<Item = &'n String> + Clone,
    parents: impl Fn(&str) -> Vec<&'n Name>,
    mut report: impl FnMut(Fault, &'n Name),
) -> Vec<(String, Vec<String>)> {
    let known: BTreeSet<&str> = names.clone().map(String::as_str).collect();
    let mut done: BTreeSet<String> = BTreeSet::new();
    let mut ordered = Vec::new();
    for name in names {
        // A stack of our own: chains of types may be as long as a file.
        let mut path: Vec<(String, Vec<&Name>, Vec<String>)> = Vec::new();
        if !done.contains(name) {
            path.push((name.clone(), parents(name), Vec::new()));
        }
        while let Some((_, waiting, _)) = path.last_mut() {
            let Some(parent) = (!waiting.is_empty()).then(|| waiting.remove(0)) else {
                let (name, _, kept) = path.pop().expect("the loop has seen it");
                done.insert(name.clone());
                ordered.push((name, kept));
                continue;
            };
            let built_in = BUILT_IN_TYPES.contains(&parent.text.as_str());
            if let Some(at) = path.iter().position(|(open, ..)| *open == parent.text) {
                let way: Vec<&str> = path[at..].iter().map(|(open, ..)| open.as_str()).collect();
                report(Fault::Cycle(way.join(" → ")), parent);
                continue;
            }
            if built_in || known.contains(parent.text.as_str()) {
                let (_, _, kept) = path.last_mut().expect("the loop has seen it");
                kept.push(parent.text.clone());
                if !built_in && !done.contains(&parent.text) {
                    path.push((parent.text.clone(), parents(&parent.text), Vec::new()));
                }
            } else {
                report(Fault::Unknown, parent);
            }
        }
    }
    ordered
}

/// What can be wrong with a parent.
#[derive(Clone, Debug)]
enum Fault {
    /// It would be above itself, by this way.
    Cycle(String),
    /// Nobody declares it.
    Unknown,
}

fn report_unknown(
    code: &'static str,
    what: &str,
    parent: &Name,
    known: &[&str],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let diagnostic = Diagnostic::error(
        code,
        format!("there is no {what} `{}`", parent.text),
        parent.location,
    );
    let known = known.iter().copied();
    diagnostics.push(crate::rules::suggest::add(
        diagnostic,
        parent,
        known,
        &format!("declare it: `{what} {}`", parent.text),
    ));
}

fn report_cycle(
    code: &'static str,
    what: &str,
    parent: &Name,
    way: &str,
    diagnostics: &mut Vec<Diagnostic>,
) {
    diagnostics.push(
        Diagnostic::error(
            code,
            format!("{what} `{}` would be above itself", parent.text),
            parent.location,
        )
        .label(format!("this closes the circle {way} → {}", parent.text))
        .help("take one of the links of the circle out"),
    );
}
