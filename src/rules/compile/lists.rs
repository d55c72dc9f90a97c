//! The tries of all lists that patterns and conditions use.

use super::lower::Lowering;
use super::merges::MergeRules;
use super::variants::Variant;
use crate::rules::condition::Condition;
use crate::rules::gazetteer::{Gazetteer, GazetteerBuilder, Listed};
use crate::rules::tables::EdgeKind;
use std::collections::BTreeSet;

/// The trie of words as they are, and the trie of lemmas.
pub(super) fn gazetteers(
    lowering: &mut Lowering<'_>,
    variants: &[Variant],
    merges: &[MergeRules],
) -> (Gazetteer, Gazetteer) {
    let mut used = BTreeSet::new();
    for edge in &lowering.tables.edges {
        if let EdgeKind::Listed { list, column } = edge {
            used.insert((*list, *column));
        }
    }
    let filters = variants.iter().flat_map(|v| &v.filters);
    let referring = merges
        .iter()
        .flat_map(|m| m.refers.iter().filter_map(|r| r.filter.as_ref()));
    let identities = merges
        .iter()
        .flat_map(|m| m.identities.iter().map(|i| &i.condition));
    for condition in filters.chain(referring).chain(identities) {
        lists_of(condition, &mut used);
    }
    let mut plain = GazetteerBuilder::default();
    let mut inflected = GazetteerBuilder::default();
    let (mut words, mut buffer) = (Vec::new(), String::new());
    let pack = lowering.pack;
    let rows = used
        .iter()
        .filter_map(|(list, _)| pack.lists.get_index(*list as usize));
    let rows = rows.map(|(_, list)| list.entries.len()).sum();
    plain.reserve(rows);
    lowering.vocabulary.reserve(rows);
    for (list, column) in used {
        let Some((_, entries)) = pack.lists.get_index(list as usize) else {
            continue;
        };
        let columns = match column {
            Some(column) => vec![column],
            None => [Some(0), entries.column("aliases").map(|c| c as u16)]
                .into_iter()
                .flatten()
                .collect(),
        };
        for (row, entry) in entries.entries.iter().enumerate() {
            for &column in &columns {
                for cell in entry.cells.get(column as usize) {
                    lowering.entry_words(cell, &mut words, &mut buffer);
                    let listed = Listed {
                        list,
                        entry: row as u32,
                        column,
                    };
                    let builder = if entry.lemma {
                        &mut inflected
                    } else {
                        &mut plain
                    };
                    builder.add(&words, listed);
                }
            }
        }
    }
    (plain.finish(), inflected.finish())
}

fn lists_of(condition: &Condition, used: &mut BTreeSet<(u32, Option<u16>)>) {
    match condition {
        Condition::And(parts) | Condition::Or(parts) => {
            for part in parts {
                lists_of(part, used);
            }
        }
        Condition::Not(inner) => lists_of(inner, used),
        Condition::In { list, column, .. } => {
            used.insert((*list, *column));
        }
        _ => {}
    }
}
