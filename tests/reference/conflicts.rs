//! Competition between matches, by its definition.
//!
//! Relations: of all matches with one place of the head the one wins that skips the fewest tokens, then the longest,
//! then the more specific, then the one of the earlier variant. Heads at different places never compete.
//!
//! Names: a name is accepted unless it overlaps an accepted one that is longer, or as long and more specific, or as
//! specific and of an earlier variant, or of the same variant and further left.

use super::random::Random;
use sayso::matching::choose::{self, Rank};
use sayso::rules::Specificity;
use std::cmp::Reverse;

/// A match that wants to be accepted; positions are tokens, the end is behind the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Candidate {
    start: u32,
    end: u32,
    skipped: u32,
    specificity: u32,
    /// Place of the variant in the files.
    order: u32,
    /// Where the head begins.
    head: u32,
}

impl Candidate {
    fn length(&self) -> u32 {
        self.end - self.start
    }

    fn overlaps(&self, other: &Self) -> bool {
        (self.start..self.end).any(|at| (other.start..other.end).contains(&at))
    }

    fn beats_for_head(&self, other: &Self) -> bool {
        let key = |c: &Self| {
            let length = Reverse(c.length());
            (c.skipped, length, Reverse(c.specificity), c.order)
        };
        self.head == other.head && key(self) < key(other)
    }

    fn beats_as_name(&self, other: &Self) -> bool {
        let key = |c: &Self| {
            let length = Reverse(c.length());
            (length, Reverse(c.specificity), c.order, c.start)
        };
        self.overlaps(other) && key(self) < key(other)
    }
}

/// The relations that win, as indices in rising order: those that nothing beats.
fn relations(candidates: &[Candidate]) -> Vec<usize> {
    let unbeaten = |c: &Candidate| !candidates.iter().any(|other| other.beats_for_head(c));
    let all = candidates.iter().enumerate();
    all.filter(|(_, c)| unbeaten(c)).map(|(i, _)| i).collect()
}

/// The names that are accepted, as indices in rising order.
///
/// Decided in rounds straight from the definition: what no undecided candidate beats is accepted, what an accepted one
/// beats is refused.
fn names(candidates: &[Candidate]) -> Vec<usize> {
    let mut undecided: Vec<usize> = (0..candidates.len()).collect();
    let mut accepted = Vec::new();
    while !undecided.is_empty() {
        let beaten = |&at: &usize| {
            let rivals = undecided.iter().map(|&i| &candidates[i]);
            rivals.clone().any(|r| r.beats_as_name(&candidates[at]))
        };
        let winners: Vec<usize> = undecided.iter().copied().filter(|i| !beaten(i)).collect();
        undecided.retain(|i| {
            let loses = |w: &usize| w == i || candidates[*w].overlaps(&candidates[*i]);
            !winners.iter().any(loses)
        });
        accepted.extend(winners);
    }
    accepted.sort_unstable();
    accepted
}

/// What the engine's choices look at.
fn ranks(candidates: &[Candidate]) -> Vec<Rank> {
    let rank = |c: &Candidate| Rank {
        start: c.start,
        end: c.end,
        head: c.head,
        skipped: c.skipped,
        specificity: Specificity([0, c.specificity as u16, 0, 0, 0]),
        order: c.order,
    };
    candidates.iter().map(rank).collect()
}

/// Candidates over about twenty tokens; of one variant at most one for each head (relations) or place (names).
fn random_candidates(seed: u64) -> Vec<Candidate> {
    let mut random = Random::new(seed);
    let mut found: Vec<Candidate> = Vec::new();
    for _ in 0..random.below(30) {
        let start = random.below(20);
        let end = start + 1 + random.below(6);
        let order = random.below(8);
        let candidate = Candidate {
            start,
            end,
            skipped: random.below(3),
            // A variant is as specific everywhere.
            specificity: order * 5 % 3,
            order,
            head: start + random.below(end - start),
        };
        let same = |c: &Candidate| {
            c.order == order && (c.head == candidate.head || (c.start, c.end) == (start, end))
        };
        if !found.iter().any(same) {
            found.push(candidate);
        }
    }
    found
}

fn candidate(start: u32, end: u32, skipped: u32, specificity: u32, order: u32) -> Candidate {
    Candidate {
        start,
        end,
        skipped,
        specificity,
        order,
        head: 4,
    }
}

#[test]
fn for_a_head_fewest_skips_then_longest_then_specific_then_earlier_wins() {
    let long = candidate(0, 9, 1, 9, 0);
    let clean = candidate(2, 6, 0, 0, 5);
    let longer = candidate(2, 7, 0, 0, 5);
    let specific = candidate(3, 8, 0, 1, 5);
    let earlier = candidate(2, 7, 0, 1, 4);
    let elsewhere = Candidate { head: 5, ..long };
    assert_eq!(relations(&[long, clean]), [1]);
    assert_eq!(relations(&[long, clean, longer]), [2]);
    assert_eq!(relations(&[longer, specific, long]), [1]);
    assert_eq!(relations(&[earlier, specific]), [0]);
    assert_eq!(relations(&[elsewhere, long, clean]), [0, 2]);
}

#[test]
fn a_name_that_loses_frees_what_only_it_overlapped() {
    // `Bank of New | New York Times | Times Square`: the middle one is as long but more specific, then the outer ones
    // have no place; without it both have.
    let left = candidate(0, 3, 0, 0, 0);
    let middle = candidate(2, 5, 0, 1, 0);
    let right = candidate(4, 6, 0, 0, 0);
    assert_eq!(names(&[left, middle, right]), [1]);
    assert_eq!(names(&[left, right]), [0, 1]);
    // A longer one refuses the middle one, which frees the right one.
    let longer = candidate(0, 4, 0, 0, 9);
    assert_eq!(names(&[longer, middle, right]), [0, 2]);
}

#[test]
fn the_engine_accepts_the_same_names() {
    let mut contested = 0;
    for seed in 0..20_000 {
        let candidates = random_candidates(seed);
        let mut got = choose::without_overlap(&ranks(&candidates));
        let in_text_order = got
            .windows(2)
            .all(|pair| candidates[pair[0]].end <= candidates[pair[1]].start);
        assert!(in_text_order, "seed {seed}: {got:?} of {candidates:?}");
        got.sort_unstable();
        assert_eq!(names(&candidates), got, "seed {seed}: {candidates:?}");
        contested += u32::from(got.len() < candidates.len());
    }
    assert!(contested > 10_000, "{contested}");
}

#[test]
fn the_engine_accepts_the_same_relations() {
    let mut contested = 0;
    for seed in 0..20_000 {
        let candidates = random_candidates(seed);
        let mut got = choose::by_head(&ranks(&candidates));
        let heads: Vec<u32> = got.iter().map(|&w| candidates[w].head).collect();
        assert!(heads.is_sorted(), "seed {seed}: {got:?} of {candidates:?}");
        got.sort_unstable();
        assert_eq!(relations(&candidates), got, "seed {seed}: {candidates:?}");
        contested += u32::from(got.len() < candidates.len());
    }
    assert!(contested > 10_000, "{contested}");
}

#[test]
fn the_winner_does_not_depend_on_the_order_of_candidates() {
    for seed in 0..2_000 {
        let candidates = random_candidates(seed);
        let mut turned = candidates.clone();
        turned.reverse();
        let of = |candidates: &[Candidate], winners: Vec<usize>| -> Vec<Candidate> {
            winners.into_iter().map(|w| candidates[w]).collect()
        };
        let (ranked, turned_ranked) = (ranks(&candidates), ranks(&turned));
        for choice in [choose::by_head, choose::without_overlap] {
            let winners = of(&candidates, choice(&ranked));
            assert_eq!(winners, of(&turned, choice(&turned_ranked)), "seed {seed}");
        }
    }
}
