//! Quotations: marks are paired by kind and direction, then each pair is told to be speech or scare quotes.

mod pairing;
mod speech;

use super::QuoteFeatures;
use super::layers::{NounGroup, Quotation, VerbGroup};
use super::reading::Reading;
use super::tag::Tag;
use crate::text::Document;
use speech::Clauses;

/// The quotations of a document, sorted by start, then end, in time linear in the text; up to a
/// depth that no writer means.
///
/// A mark that is never closed ends with its paragraph, unless the next paragraph of the zone opens again: then both
/// are pieces of one quotation. A closing mark that was never opened is passed over.
pub fn quotations(
    document: &Document,
    tags: &[Tag],
    noun_groups: &[NounGroup],
    verb_groups: &[VerbGroup],
) -> Vec<Quotation> {
    let reading = Reading::new(document, tags);
    let mut quotations = pairing::pair(reading);
    quotations.sort_by_key(|quotation| (quotation.outer.start, quotation.outer.end));
    let clauses = Clauses::new(reading, noun_groups, verb_groups);
    for quotation in &mut quotations {
        let features = if clauses.is_speech(quotation) {
            QuoteFeatures::DIRECT
        } else {
            QuoteFeatures::SCARE
        };
        quotation.features.add(features);
    }
    mark_nested(&mut quotations);
    quotations
}

/// Marks what lies inside another quotation; they are sorted by start.
fn mark_nested(quotations: &mut [Quotation]) {
    let mut ends: Vec<u32> = Vec::new();
    for quotation in quotations {
        while ends.last().is_some_and(|&end| end <= quotation.outer.start) {
            ends.pop();
        }
        if ends.last().is_some_and(|&end| quotation.outer.end <= end) {
            quotation.features.add(QuoteFeatures::NESTED);
        }
        ends.push(quotation.outer.end);
    }
}
