//! Which mentions are of one entity.

use super::schema::VALUE;
use crate::matching::{Mention, MentionId, MentionKind, State};
use std::sync::Arc;

/// Of the members of a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Known {
    /// One is a name.
    named: bool,
    /// One is more than a pronoun.
    described: bool,
}

/// Sets of mentions; each begins alone. A mention's number is that of its set, which is the number of one of its members.
#[derive(Clone, Debug)]
pub(super) struct Clusters {
    /// By mention; relations have one of their own.
    numbers: Vec<u32>,
    /// By mention: another one of its set; they form a ring.
    next: Vec<u32>,
    /// By number: how many are in the set.
    sizes: Vec<u32>,
    /// By number: what is known of the members.
    known: Vec<Known>,
    /// By mention: whether it is of a quantity, a date or another value.
    values: Vec<bool>,
    /// Mentions of entities, by their first word; of two that begin alike, the longer one first.
    pub(super) order: Vec<MentionId>,
    /// By mention: why it belongs to its entity, where that took a decision.
    because: Vec<Option<Arc<str>>>,
}

impl Clusters {
    /// Every mention of a document alone.
    pub(super) fn new(state: &State<'_>) -> Self {
        let count = state.mentions.len() as u32;
        let mut order: Vec<(u32, u32, MentionId)> = (state.mentions.iter().zip(0..))
            .filter(|(mention, _)| mention.type_().is_some())
            .map(|(mention, id)| {
                (
                    mention.core.start,
                    u32::MAX - mention.core.end,
                    MentionId(id),
                )
            })
            .collect();
        order.sort_unstable();
        let value = state.rules.type_id(VALUE);
        let is_value = |mention: &Mention| {
            let types = mention.type_().zip(value);
            types.is_some_and(|(type_, value)| state.rules.is_a(type_, value))
        };
        Self {
            numbers: (0..count).collect(),
            next: (0..count).collect(),
            sizes: vec![1; count as usize],
            known: state.mentions.iter().map(known).collect(),
            values: state.mentions.iter().map(is_value).collect(),
            order: order.into_iter().map(|(.., id)| id).collect(),
            because: vec![None; count as usize],
        }
    }

    /// The number of a mention's set.
    pub(super) fn of(&self, id: MentionId) -> u32 {
        self.numbers[id.0 as usize]
    }

    /// Whether a mention is of a quantity, a date or another value.
    pub(super) fn is_value(&self, id: MentionId) -> bool {
        self.values[id.0 as usize]
    }

    /// Whether a mention is alone in its set.
    pub(super) fn is_alone(&self, id: MentionId) -> bool {
        self.next[id.0 as usize] == id.0
    }

    /// How many mentions a set has.
    pub(super) fn size(&self, number: u32) -> usize {
        self.sizes[number as usize] as usize
    }

    /// The mentions of a set, in no particular order.
    pub(super) fn members(&self, number: u32) -> impl Iterator<Item = MentionId> {
        let next = move |at: &u32| Some(self.next[*at as usize]).filter(|next| *next != number);
        std::iter::successors(Some(number), next).map(MentionId)
    }

    /// Joins the sets of two mentions; the larger one keeps its number, so that each mention changes its own seldom.
    pub(super) fn join(&mut self, a: MentionId, b: MentionId) {
        let (mut into, mut from) = (self.of(a), self.of(b));
        if into == from {
            return;
        }
        if self.size(into) < self.size(from) {
            std::mem::swap(&mut into, &mut from);
        }
        let mut at = from;
        loop {
            self.numbers[at as usize] = into;
            at = self.next[at as usize];
            if at == from {
                break;
            }
        }
        self.next.swap(into as usize, from as usize);
        self.sizes[into as usize] += self.sizes[from as usize];
        let Known { named, described } = self.known[from as usize];
        let known = &mut self.known[into as usize];
        known.named |= named;
        known.described |= described;
    }

    /// Makes each of some names, which together are a whole set, alone again.
    pub(super) fn split(&mut self, names: &[MentionId]) {
        for &MentionId(id) in names {
            self.numbers[id as usize] = id;
            self.next[id as usize] = id;
            self.sizes[id as usize] = 1;
            self.known[id as usize] = Known {
                named: true,
                described: true,
            };
        }
    }

    /// The number of each mention, for conditions; [`Clusters::give_numbers`] takes it back.
    pub(super) fn take_numbers(&mut self) -> Vec<u32> {
        std::mem::take(&mut self.numbers)
    }

    /// Takes back what [`Clusters::take_numbers`] gave.
    pub(super) fn give_numbers(&mut self, numbers: Option<Vec<u32>>) {
        self.numbers = numbers.unwrap_or_default();
    }

    /// Says why the mentions of a set belong where they are about to be joined, as far as it is not said yet.
    pub(super) fn explain_all(&mut self, one: MentionId, why: &Arc<str>) {
        let mut at = one.0;
        loop {
            self.because[at as usize].get_or_insert_with(|| Arc::clone(why));
            at = self.next[at as usize];
            if at == one.0 {
                break;
            }
        }
    }

    /// Why a mention belongs to its entity.
    pub(super) fn because(&self, id: MentionId) -> Option<&Arc<str>> {
        self.because[id.0 as usize].as_ref()
    }

    /// Whether a set holds a name.
    pub(super) fn is_named(&self, number: u32) -> bool {
        self.known[number as usize].named
    }

    /// Whether a set holds more than pronouns.
    pub(super) fn is_described(&self, number: u32) -> bool {
        self.known[number as usize].described
    }
}

fn known(mention: &Mention) -> Known {
    let named = matches!(
        mention.kind,
        MentionKind::Name(_) | MentionKind::Adjective(_)
    );
    Known {
        named,
        described: named || matches!(mention.kind, MentionKind::Nominal(_)),
    }
}

/// Whether a mention is a name, an adjective made of one, or a value.
pub(super) fn is_name(id: MentionId, state: &State<'_>) -> bool {
    matches!(
        state.mention(id).kind,
        MentionKind::Name(_) | MentionKind::Adjective(_)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alone(count: u32) -> Clusters {
        Clusters {
            numbers: (0..count).collect(),
            next: (0..count).collect(),
            sizes: vec![1; count as usize],
            known: vec![Known::default(); count as usize],
            values: vec![false; count as usize],
            order: Vec::new(),
            because: vec![None; count as usize],
        }
    }

    fn set(clusters: &Clusters, id: u32) -> Vec<u32> {
        let number = clusters.of(MentionId(id));
        let mut members: Vec<u32> = clusters.members(number).map(|id| id.0).collect();
        members.sort_unstable();
        assert_eq!(members.len(), clusters.size(number));
        members
    }

    #[test]
    fn joined_sets_hold_the_members_of_both() {
        let mut clusters = alone(6);
        clusters.join(MentionId(0), MentionId(3));
        clusters.join(MentionId(4), MentionId(5));
        clusters.join(MentionId(5), MentionId(0));
        clusters.join(MentionId(3), MentionId(4));
        assert_eq!(set(&clusters, 3), [0, 3, 4, 5]);
        assert_eq!(set(&clusters, 1), [1]);
        assert!(clusters.is_alone(MentionId(2)) && !clusters.is_alone(MentionId(4)));
    }

    #[test]
    fn a_set_that_is_split_can_be_joined_anew() {
        let mut clusters = alone(4);
        clusters.join(MentionId(1), MentionId(2));
        clusters.split(&[MentionId(1), MentionId(2)]);
        clusters.join(MentionId(2), MentionId(3));
        assert_eq!(set(&clusters, 1), [1]);
        assert_eq!(set(&clusters, 3), [2, 3]);
    }
}
