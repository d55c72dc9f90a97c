//! Which of several matches wins.

use crate::rules::Specificity;

/// What competition looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rank {
    /// First token or position.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// Main token of the head.
    pub head: u32,
    /// Tokens skipped by gaps.
    pub skipped: u32,
    /// How specific the variant is.
    pub specificity: Specificity,
    /// Its place in the order of the files.
    pub order: u32,
}

/// Relations: for each place of the head the match that skips the fewest tokens, then the longest, then the more
/// specific, then the earlier in the files. Gives the numbers of the winners in order of heads.
pub fn by_head(ranks: &[Rank]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..ranks.len()).collect();
    order.sort_by_key(|&n| {
        let rank = ranks[n];
        let length = rank.end - rank.start;
        (
            rank.head,
            rank.skipped,
            u32::MAX - length,
            std::cmp::Reverse(rank.specificity),
            rank.order,
            rank.start,
            n,
        )
    });
    order.dedup_by_key(|n| ranks[*n].head);
    order
}

/// Names: they never overlap; the longest wins, then the more specific, then the earlier in the files, then the
/// leftmost. Gives the numbers of the winners in text order.
pub fn without_overlap(ranks: &[Rank]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..ranks.len()).collect();
    order.sort_by_key(|&n| {
        let rank = ranks[n];
        let length = rank.end - rank.start;
        (
            u32::MAX - length,
            std::cmp::Reverse(rank.specificity),
            rank.order,
            rank.start,
            n,
        )
    });
    let mut accepted: Vec<usize> = Vec::new();
    let mut taken = std::collections::BTreeMap::new();
    for n in order {
        let (start, end) = (ranks[n].start, ranks[n].end);
        // The last accepted stretch that begins before this one ends must end before it begins.
        let free = taken
            .range(..end)
            .next_back()
            .is_none_or(|(_, &other)| other <= start);
        if free && start < end {
            taken.insert(start, end);
            accepted.push(n);
        }
    }
    accepted.sort_by_key(|&n| ranks[n].start);
    accepted
}
