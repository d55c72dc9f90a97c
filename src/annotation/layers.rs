//! What the annotators add to a document. All token indices are those of the document.

use super::{NounFeatures, QuoteFeatures, Tag, VerbFeatures};
use crate::text::TokenSpan;

/// A quotation, maybe of several sentences and paragraphs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// From the first opening mark to after the closing one (or to the end of the last piece).
    pub outer: TokenSpan,
    /// The quoted words without marks, one range a paragraph, in order; never empty.
    pub pieces: Vec<TokenSpan>,
    /// What it is.
    pub features: QuoteFeatures,
}

/// A noun group without what follows its head: `the foreign minister`, `Latvia's refusal`.
///
/// A group with a possessor is listed three times: as a whole (`Latvia's refusal`), its possessor (`Latvia`), and
/// what follows the clitic (`refusal`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NounGroup {
    /// Its tokens, determiner included.
    pub tokens: TokenSpan,
    /// The head noun: the last token but for trailing numbers and the like.
    pub head: u32,
    /// What it is.
    pub features: NounFeatures,
}

/// A verb group: auxiliaries, negation, adverbs between, and the main verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerbGroup {
    /// From the first auxiliary (or `to`) to the main verb; adverbs before the first verb are not inside.
    pub tokens: TokenSpan,
    /// The main verb, the last token of the group.
    pub head: u32,
    /// What it is.
    pub features: VerbFeatures,
}

/// The layers of one document. Every layer is sorted by start, then end.
#[derive(Clone, Debug, Default)]
pub struct Annotation {
    /// One tag a token.
    pub tags: Vec<Tag>,
    /// Quotations.
    pub quotations: Vec<Quotation>,
    /// Noun groups, possessors and possessed parts included.
    pub noun_groups: Vec<NounGroup>,
    /// Verb groups; they do not overlap.
    pub verb_groups: Vec<VerbGroup>,
}

impl Annotation {
    /// The noun groups that begin with a token, the shortest first.
    pub fn noun_groups_at(&self, token: u32) -> impl Iterator<Item = &NounGroup> {
        let first = self.noun_groups.partition_point(|g| g.tokens.start < token);
        let from = self.noun_groups[first..].iter();
        from.take_while(move |g| g.tokens.start == token)
    }
}
