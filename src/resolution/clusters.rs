//! Which mentions are of one entity.

use crate::matching::{MentionId, MentionKind, State};

/// Sets of mentions; each begins alone. A mention's number is that of its set.
#[derive(Clone, Debug)]
pub(super) struct Clusters {
    /// By mention; relations have one of their own.
    numbers: Vec<u32>,
    /// By number; empty once joined to another.
    members: Vec<Vec<MentionId>>,
    /// Mentions of entities, by their first word; of two that begin alike, the longer one first.
    pub(super) order: Vec<MentionId>,
    /// By mention: why it belongs to its entity, where that took a decision.
    because: Vec<Option<String>>,
}

impl Clusters {
    /// Every mention of a document alone.
    pub(super) fn new(state: &State<'_>) -> Self {
        let ids = || (0..state.mentions.len() as u32).map(MentionId);
        let mut order: Vec<MentionId> = ids()
            .filter(|id| state.mention(*id).type_().is_some())
            .collect();
        order.sort_by_key(|id| {
            let core = state.mention(*id).core;
            (core.start, u32::MAX - core.end, *id)
        });
        Self {
            numbers: ids().map(|id| id.0).collect(),
            members: ids().map(|id| vec![id]).collect(),
            order,
            because: vec![None; state.mentions.len()],
        }
    }

    /// The number of a mention's set.
    pub(super) fn of(&self, id: MentionId) -> u32 {
        self.numbers[id.0 as usize]
    }

    /// The mentions of a set, in no particular order.
    pub(super) fn members(&self, number: u32) -> &[MentionId] {
        &self.members[number as usize]
    }

    /// Joins the sets of two mentions; the larger one keeps its number, so that each mention moves seldom.
    pub(super) fn join(&mut self, a: MentionId, b: MentionId) {
        let (mut into, mut from) = (self.of(a), self.of(b));
        if into == from {
            return;
        }
        if self.members(into).len() < self.members(from).len() {
            std::mem::swap(&mut into, &mut from);
        }
        let moved = std::mem::take(&mut self.members[from as usize]);
        for id in &moved {
            self.numbers[id.0 as usize] = into;
        }
        self.members[into as usize].extend(moved);
    }

    /// Makes each of some mentions, which together are a whole set, alone again.
    pub(super) fn split(&mut self, mentions: &[MentionId]) {
        for &id in mentions {
            self.numbers[id.0 as usize] = id.0;
            self.members[id.0 as usize] = vec![id];
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
    pub(super) fn explain_all(&mut self, one: MentionId, why: &str) {
        for id in &self.members[self.numbers[one.0 as usize] as usize] {
            self.because[id.0 as usize].get_or_insert_with(|| why.to_owned());
        }
    }

    /// Why a mention belongs to its entity.
    pub(super) fn because(&self, id: MentionId) -> Option<&str> {
        self.because[id.0 as usize].as_deref()
    }

    /// Whether a set holds a name.
    pub(super) fn is_named(&self, number: u32, state: &State<'_>) -> bool {
        self.members(number).iter().any(|id| is_name(*id, state))
    }
}

/// Whether a mention is a name, an adjective made of one, or a value.
pub(super) fn is_name(id: MentionId, state: &State<'_>) -> bool {
    matches!(
        state.mention(id).kind,
        MentionKind::Name(_) | MentionKind::Adjective(_)
    )
}
