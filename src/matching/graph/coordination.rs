//! Coordination: `Turkey, Georgia and Armenia` is one element.

use super::super::state::State;
use super::super::words::Marks;
use super::SentenceGraph;
use super::positions::SlotKind;

/// Payloads from here on are numbers of groups.
pub(in crate::matching) const GROUP: u32 = 1 << 30;

/// The most members that one coordination gives.
const MAX_MEMBERS: usize = 64;

impl SentenceGraph {
    /// Adds to edges of one kind the chains of them that end in `and`, `or` or `&`.
    pub(super) fn add_coordinations(
        &mut self,
        edges: &mut Vec<(u32, u32, u32)>,
        state: &State<'_>,
    ) {
        // Most sentences have nothing that `and` follows.
        let joins = |end: u32| {
            let behind = end + u32::from(self.is_word(end, Marks::COMMA, state));
            self.is_word(behind, Marks::JOINS, state)
        };
        if edges.len() < 2 || !edges.iter().any(|edge| joins(edge.1)) {
            return;
        }
        // The longest edge from each position stands for it.
        let mut longest: Vec<Option<(u32, u32)>> = vec![None; self.slots.len() + 1];
        for &(start, end, payload) in edges.iter() {
            let kept = &mut longest[start as usize];
            if kept.is_none_or(|(other, _)| other < end) {
                *kept = Some((end, payload));
            }
        }
        let mut inside = vec![false; self.slots.len() + 1];
        for start in 0..self.slots.len() {
            if inside[start] || longest[start].is_none() {
                continue;
            }
            if let Some((end, members)) = self.chain(start, &longest, &mut inside, state) {
                let first = longest[start].map_or(end, |(end, _)| end);
                self.coordinated.push((start as u32, first, end));
                self.groups.push(members);
                edges.push((start as u32, end, GROUP + self.groups.len() as u32 - 1));
            }
        }
    }

    /// From one member on: `, X` any number of times, then `and X`.
    fn chain(
        &self,
        start: usize,
        longest: &[Option<(u32, u32)>],
        inside: &mut [bool],
        state: &State<'_>,
    ) -> Option<(u32, Vec<u32>)> {
        let (mut end, payload) = longest[start]?;
        let mut members = vec![payload];
        let mut begins = Vec::new();
        while members.len() < MAX_MEMBERS {
            let comma = self.is_word(end, Marks::COMMA, state);
            let joined = end + u32::from(comma);
            let last = self.is_word(joined, Marks::JOINS, state);
            // Two with a comma are two clauses: "… cheap imports, and the minister said".
            if !comma && !last || comma && last && members.len() == 1 {
                return None;
            }
            let next = joined + u32::from(last);
            let (behind, payload) = longest.get(next as usize).copied().flatten()?;
            members.push(payload);
            begins.push(next as usize);
            end = behind;
            if last {
                for begin in begins {
                    inside[begin] = true;
                }
                return Some((end, members));
            }
        }
        None
    }

    fn is_word(&self, position: u32, words: Marks, state: &State<'_>) -> bool {
        let slot = self.slots.get(position as usize);
        slot.is_some_and(|s| s.kind == SlotKind::Token && state.mark_of(s.token).has(words))
    }
}
