//! Verb groups: chains of auxiliaries, negation, adverbs and a main verb.

mod chain;
mod context;

use super::layers::{NounGroup, VerbGroup};
use super::reading::Reading;
use super::tag::Tag;
use crate::text::Document;
use context::Context;

/// The verb groups of a document in order; they do not overlap.
///
/// A negation right before the first verb is inside (`never issued`), other adverbs before it are not. When one noun
/// group stands between auxiliary and verb (`Would Europe open its borders?`), the group begins at the verb and has
/// the features of both. Participles inside a noun group (`the exiled leader`) are none.
pub fn verb_groups(document: &Document, tags: &[Tag], noun_groups: &[NounGroup]) -> Vec<VerbGroup> {
    let reading = Reading::new(document, tags);
    let mut groups = Vec::new();
    let mut nouns = noun_groups;
    for sentence in reading.sentences() {
        let end = nouns.partition_point(|group| group.tokens.start < sentence.end);
        let (in_sentence, rest) = nouns.split_at(end);
        nouns = rest;
        let chains = chain::chains(reading, sentence, in_sentence);
        let context = Context::new(reading, sentence, in_sentence, &chains);
        context.groups(&mut groups);
    }
    groups
}
