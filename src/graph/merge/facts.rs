//! Attributes in little memory: a survey keeps those of every entity of very many documents.

use super::entities::sort_key;
use crate::graph::AttributeValue;
use std::collections::BTreeMap;

/// Attributes by name, in the order of their names. A map takes some 600 bytes for the two or three that there are.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Facts(Vec<(Box<str>, AttributeValue)>);

impl Facts {
    /// Notes an attribute; of two values the smaller one, so that order does not matter.
    pub(super) fn keep_smaller(&mut self, name: &str, value: &AttributeValue) {
        match self.0.binary_search_by(|(known, _)| (**known).cmp(name)) {
            Ok(at) => {
                if sort_key(value) < sort_key(&self.0[at].1) {
                    self.0[at].1 = value.clone();
                }
            }
            Err(at) => {
                self.0.reserve_exact(1);
                self.0.insert(at, (name.into(), value.clone()));
            }
        }
    }

    /// Notes all attributes of another.
    pub(super) fn take_in(&mut self, other: Self) {
        if self.0.is_empty() {
            *self = other;
            return;
        }
        for (name, value) in &other.0 {
            self.keep_smaller(name, value);
        }
    }

    /// As an entity has them.
    pub(super) fn to_map(&self) -> BTreeMap<String, AttributeValue> {
        let pairs = self.0.iter();
        pairs
            .map(|(name, value)| (name.to_string(), value.clone()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn they_are_those_of_a_map(pairs in proptest::collection::vec(("[a-d]", "[A-Ca-c]{1,3}"), 0..12), cut in 0..12_usize) {
            let mut map: BTreeMap<String, AttributeValue> = BTreeMap::new();
            let mut halves = [Facts::default(), Facts::default()];
            for (number, (name, text)) in pairs.into_iter().enumerate() {
                let value = AttributeValue::Text(text);
                halves[usize::from(number >= cut)].keep_smaller(&name, &value);
                super::super::survey::keep_smaller(&mut map, &name, &value);
            }
            let [mut first, second] = halves;
            first.take_in(second);
            prop_assert_eq!(first.to_map(), map);
        }
    }
}
