//! Names that are the same, word for word or by identifier, are one entity.

use super::clusters::Clusters;
use super::names::{self, Names};
use crate::graph::AttributeValue;
use crate::matching::{MentionId, State};
use crate::rules::TypeId;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Schemes of identifiers: attributes and columns of these names are no attributes but ids.
pub(super) const SCHEMES: [&str; 2] = ["wikidata", "iso3166"];

/// Joins mentions of one type and canonical name, and those with one Wikidata id.
///
/// Values are one only where all that is known of them is the same: `two` are now ships and now states.
pub(super) fn by_name(names: &Names, clusters: &mut Clusters, state: &State<'_>) {
    let mut by_key: FxHashMap<(TypeId, Cow<'_, str>), MentionId> = FxHashMap::default();
    let mut by_id: FxHashMap<&str, MentionId> = FxHashMap::default();
    for id in clusters.order.clone() {
        let (Some(name), Some(type_)) = (names.get(id), state.mention(id).type_()) else {
            continue;
        };
        let key = if clusters.is_value(id) {
            Cow::Owned(value_key(&name.key, &state.mention(id).attributes))
        } else {
            Cow::Borrowed(name.key.as_str())
        };
        let first = *by_key.entry((type_, key)).or_insert(id);
        clusters.join(first, id);
        if let Some(known) = identifier(id, "wikidata", names, state) {
            let first = *by_id.entry(known).or_insert(id);
            clusters.join(first, id);
        }
    }
}

/// What tells values apart: their words and all that is known of them.
fn value_key(name: &str, attributes: &BTreeMap<String, AttributeValue>) -> String {
    let mut key = name.to_owned();
    for (name, value) in attributes.iter().filter(|(name, _)| describes(name)) {
        // Names and values hold no NUL that would matter: what is compared has the same words already.
        let _ = match value {
            AttributeValue::Text(text) | AttributeValue::Number(text) => {
                write!(key, "\0{name}\0{text}")
            }
            AttributeValue::Flag => write!(key, "\0{name}"),
        };
    }
    key
}

/// An identifier that a rule or the list entry gives.
fn identifier<'s>(
    id: MentionId,
    scheme: &str,
    names: &Names,
    state: &'s State<'_>,
) -> Option<&'s str> {
    match state.mention(id).attributes.get(scheme) {
        Some(AttributeValue::Text(id) | AttributeValue::Number(id)) if !id.is_empty() => Some(id),
        _ => names::column(names.get(id)?.entry?, scheme, state),
    }
}

/// All identifiers of some mentions; the first one counts.
pub(super) fn identifiers(
    mentions: &[MentionId],
    names: &Names,
    state: &State<'_>,
) -> BTreeMap<String, String> {
    let mut ids = BTreeMap::new();
    for scheme in SCHEMES {
        let mut all = mentions.iter();
        if let Some(found) = all.find_map(|id| identifier(*id, scheme, names, state)) {
            ids.insert(scheme.to_owned(), found.to_owned());
        }
    }
    ids
}

/// Whether an attribute describes the entity, and is neither its name nor an identifier.
pub(super) fn describes(attribute: &str) -> bool {
    attribute != "name" && !SCHEMES.contains(&attribute)
}
