//! Entities that may be one, for people to decide.

use super::decisions::Decisions;
use crate::graph::identifier::slug;
use crate::graph::{Entity, KnowledgeGraph};
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;

/// Two entities that may be one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Suggestion {
    /// In order.
    pub ids: [String; 2],
    /// What they share: `the same letters but for accents and marks`.
    pub because: String,
}

/// More entities with one last word are namesakes, not spellings of one name.
const MOST_NAMESAKES: usize = 20;

impl KnowledgeGraph {
    /// Pairs of entities of one type whose names are likely those of one thing, and of which nothing is decided; by id.
    pub fn suggest_same(&self, decisions: &Decisions) -> Vec<Suggestion> {
        let entities = self.entities();
        let named = || {
            let entities = entities.iter().map(|(_, entity)| *entity);
            entities.filter(|entity| !self.schema.is_value(&entity.type_))
        };
        let decided: BTreeSet<[&str; 2]> = (decisions.never().iter())
            .flat_map(|pair| {
                [
                    [&*pair.ids[0], &*pair.ids[1]],
                    [&*pair.ids[1], &*pair.ids[0]],
                ]
            })
            .collect();
        let mut all: BTreeMap<[String; 2], String> = BTreeMap::new();
        let mut add = |a: &Entity, b: &Entity, because: &str| {
            if a.id != b.id && !decided.contains(&[&*a.id, &*b.id]) {
                let mut ids = [a.id.clone(), b.id.clone()];
                ids.sort();
                all.entry(ids).or_insert_with(|| because.to_owned());
            }
        };
        for same in grouped(named(), |entity| letters(&entity.name)) {
            for pair in same.windows(2) {
                add(
                    pair[0],
                    pair[1],
                    "the same letters but for accents and marks",
                );
            }
        }
        for namesakes in grouped(named(), |entity| last_word(&entity.name)) {
            if namesakes.len() > MOST_NAMESAKES {
                continue;
            }
            for (number, a) in namesakes.iter().enumerate() {
                for b in &namesakes[number + 1..] {
                    if let Some(because) = alike(&a.name, &b.name) {
                        add(a, b, because);
                    }
                }
            }
        }
        let all = all.into_iter();
        all.map(|(ids, because)| Suggestion { ids, because })
            .collect()
    }
}

/// Entities of one type with one key.
fn grouped<'g>(
    entities: impl Iterator<Item = &'g Entity>,
    key: impl Fn(&Entity) -> String,
) -> Vec<Vec<&'g Entity>> {
    let mut groups: BTreeMap<(&str, String), Vec<&Entity>> = BTreeMap::new();
    for entity in entities {
        let key = key(entity);
        if !key.is_empty() {
            groups.entry((&entity.type_, key)).or_default().push(entity);
        }
    }
    groups
        .into_values()
        .filter(|group| group.len() > 1)
        .collect()
}

/// Letters and digits in lower case, without accents.
fn letters(name: &str) -> String {
    let plain = name.nfkd().filter(|c| c.is_alphanumeric());
    plain.flat_map(char::to_lowercase).collect()
}

fn last_word(name: &str) -> String {
    name.split_whitespace()
        .next_back()
        .map_or_else(String::new, slug)
}

/// Why two names with the same last word may be one: all words of the one are in the other, or begin them.
fn alike(a: &str, b: &str) -> Option<&'static str> {
    let words = |name: &str| -> Vec<String> { name.split_whitespace().map(letters).collect() };
    let (a, b) = (words(a), words(b));
    let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if few.len() < many.len() && few.iter().all(|word| many.contains(word)) {
        return Some("all words of one name are in the other");
    }
    let initial = few.iter().zip(&many).all(|(f, m)| {
        let (short, long) = if f.len() <= m.len() { (f, m) } else { (m, f) };
        short == long || (short.chars().count() == 1 && long.starts_with(short.as_str()))
    });
    (few.len() == many.len() && initial && few != many).then_some("an initial for a word")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::fixture::{self, GraphBuilder};

    #[test]
    fn likely_spellings_of_one_name_are_found() {
        let mut b = GraphBuilder::new(fixture::schema());
        b.document("a", "A", "text");
        for name in [
            "Anna Weber",
            "A. Weber",
            "Weber",
            "Ánna Weber",
            "Paul Weber",
            "Lund",
        ] {
            b.entity("Person", name, &[]);
        }
        b.entity("Country", "Weber", &[]);
        let decisions =
            Decisions::parse([("d", "never person/weber person/paul-weber")]).expect("good");
        let found = b.graph.suggest_same(&decisions);
        let pairs: Vec<_> = found
            .iter()
            .map(|s| format!("{} {}", s.ids[0], s.ids[1]))
            .collect();
        assert!(
            pairs.contains(&"person/anna-weber person/weber".to_owned()),
            "{pairs:?}"
        );
        assert!(
            pairs
                .iter()
                .any(|p| p.starts_with("person/a-weber-") && p.ends_with(" person/anna-weber")),
            "{pairs:?}"
        );
        assert!(
            pairs
                .iter()
                .all(|p| !p.contains("country") && !p.contains("lund")),
            "{pairs:?}"
        );
        assert!(
            !pairs.contains(&"person/paul-weber person/weber".to_owned()),
            "{pairs:?}"
        );
        assert!(
            !pairs.contains(&"person/anna-weber person/paul-weber".to_owned()),
            "{pairs:?}"
        );
    }
}
