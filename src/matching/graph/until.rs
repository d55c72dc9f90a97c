//! `until(…)`: edges that lead to the first place that passes.

use super::super::state::State;
use super::super::words::Marks;
use super::SentenceGraph;
use super::edges::Edges;
use super::positions::{Slot, SlotKind};
use crate::annotation::QuoteFeatures;
use crate::rules::program::PlaceId;

/// A quotation as a walk over a clause meets it: positions.
#[derive(Clone, Copy, Debug)]
struct Quoted {
    /// Where it begins.
    start: u32,
    /// Where a walk that comes to its start goes on.
    behind: u32,
    /// Where a walk that is inside stops.
    closes: Option<u32>,
}

impl SentenceGraph {
    /// From each position to the first where the place holds, else to the end of the sentence without its final mark.
    pub(super) fn until(&mut self, place: PlaceId, state: &State<'_>, edges: &mut Edges) {
        let row = self.prepare_place(place, state);
        let stops = self.stops(row, state);
        for (at, &stop) in stops.iter().enumerate() {
            if (at as u32) < stop {
                edges.push((at as u32, stop, 0));
            }
        }
    }

    /// Where a walk from each position stops: found from the right, so that every position is looked at once.
    fn stops(&self, row: u32, state: &State<'_>) -> Vec<u32> {
        let length = self.slots.len();
        let quoted = self.quoted(state);
        let mut stops = vec![length as u32; length + 1];
        for at in (0..length).rev() {
            let slot = self.slots[at];
            let here = at as u32;
            let last = slot.kind != SlotKind::Token || self.is_final(at, state);
            let closes = quoted.iter().any(|q| q.closes == Some(here));
            stops[at] = if self.bit(row, at) || last || closes {
                here
            } else if let Some(quoted) = quoted.iter().rfind(|q| q.start == here) {
                stops[quoted.behind as usize]
            } else {
                stops[at + 1]
            };
        }
        stops
    }

    /// Quotations that a walk passes over.
    fn quoted(&self, state: &State<'_>) -> Vec<Quoted> {
        let numbers = state.quotations[self.unit.sentence as usize].iter();
        let quotations = numbers.map(|&number| &state.annotation.quotations[number as usize]);
        let quoted = quotations.filter_map(|quotation| {
            let (start, end) = self.around(quotation.outer)?;
            let inner = quotation.pieces.last().map_or(end, |p| self.behind(p.end));
            if !quotation.features.has(QuoteFeatures::SCARE) {
                let closes = (inner < end).then_some(inner);
                return Some(Quoted {
                    start,
                    behind: end,
                    closes,
                });
            }
            // The comma inside the closing mark belongs to the clause, and a walk that begins inside goes on behind.
            (start + 1 < inner).then_some(Quoted {
                start,
                behind: inner - 1,
                closes: None,
            })
        });
        quoted.collect()
    }

    /// A final mark that only closing marks or the end follow.
    fn is_final(&self, at: usize, state: &State<'_>) -> bool {
        let is = |slot: &Slot, marks| state.mark_of(slot.token).has(marks);
        is(&self.slots[at], Marks::FINAL)
            && self.slots[at + 1..]
                .iter()
                .take_while(|s| s.kind == SlotKind::Token)
                .all(|s| is(s, Marks::CLOSES))
    }
}
