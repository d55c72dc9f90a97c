//! Stretches of text and how much they agree.

use super::file::SpanEntry;

/// Half-open, in code points.
pub(super) type Range = (u32, u32);

/// Of an entry.
pub(super) fn range(span: &SpanEntry) -> Range {
    (span.start, span.end)
}

/// How many code points two stretches share.
pub(super) fn shared(a: Range, b: Range) -> u32 {
    a.1.min(b.1).saturating_sub(a.0.max(b.0))
}

/// Shared code points over all code points of both; 0 where either is empty. Pieces of one side do not overlap.
pub(super) fn jaccard(a: &[Range], b: &[Range]) -> f64 {
    let length = |pieces: &[Range]| pieces.iter().map(|p| p.1.saturating_sub(p.0)).sum::<u32>();
    let both: u32 = a
        .iter()
        .flat_map(|x| b.iter().map(|y| shared(*x, *y)))
        .sum();
    let all = (length(a) + length(b)).saturating_sub(both);
    if all == 0 {
        return 0.0;
    }
    f64::from(both) / f64::from(all)
}

/// Pairs one-to-one, the best first, by `(score, left, right)`; equal scores in the order of the lists.
pub(super) fn pair(mut candidates: Vec<(f64, usize, usize)>) -> Vec<(usize, usize)> {
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let (mut left, mut right) = (
        std::collections::BTreeSet::new(),
        std::collections::BTreeSet::new(),
    );
    for (_, a, b) in candidates {
        if !left.contains(&a) && !right.contains(&b) {
            left.insert(a);
            right.insert(b);
            pairs.push((a, b));
        }
    }
    pairs.sort_unstable();
    pairs
}
