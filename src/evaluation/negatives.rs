//! Relations that must not come.

use super::file::RelationEntry;
use super::relations::{Both, Side, same_sentence};

impl Both<'_> {
    /// Pairs of a negative and the found relation that commits it. A relation that is right commits none.
    pub(super) fn committed(&self, right: &[(usize, usize)]) -> Vec<(usize, usize)> {
        let mut committed = Vec::new();
        for (n, negative) in self.gold.negatives.iter().enumerate() {
            let one = self
                .found
                .relations
                .iter()
                .enumerate()
                .find(|(f, relation)| {
                    !right.iter().any(|p| p.1 == *f) && self.commits(negative, relation)
                });
            committed.extend(one.map(|(f, _)| (n, f)));
        }
        committed
    }

    /// Only what the negative names is compared.
    fn commits(&self, negative: &RelationEntry, found: &RelationEntry) -> bool {
        let side = |side| {
            let wanted = self.gold_end(negative, side);
            wanted.is_empty() || wanted.agrees(&self.found_end(found, side)).is_some()
        };
        self.same_type(&negative.type_, &found.type_)
            && same_sentence(negative, found)
            && side(Side::Source)
            && side(Side::Target)
    }
}
