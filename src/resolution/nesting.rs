//! Which of many nested stretches holds a token most closely.

use crate::text::TokenSpan;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Stretches in pieces, each known by its index.
#[derive(Clone, Debug, Default)]
pub(super) struct Nesting {
    /// Piece, tokens of the whole, index.
    pieces: Vec<(TokenSpan, u32, usize)>,
}

/// A stretch that has begun: its length, the later one first, its index, and where the piece ends.
type Open = Reverse<(u32, Reverse<u32>, usize, u32)>;

impl Nesting {
    /// Adds a stretch.
    pub(super) fn add(&mut self, pieces: &[TokenSpan], index: usize) {
        let length = pieces.iter().map(|p| p.len()).sum();
        self.pieces
            .extend(pieces.iter().map(|p| (*p, length, index)));
    }

    /// For each token, in any order, the shortest stretch around it that is not left out; of two of one length the
    /// later one. One sweep over all, so that deep nesting costs no more than flat text.
    pub(super) fn innermost(
        mut self,
        tokens: &[u32],
        leaves_out: impl Fn(usize, usize) -> bool,
    ) -> Vec<Option<usize>> {
        self.pieces.sort_unstable();
        let mut order: Vec<usize> = (0..tokens.len()).collect();
        order.sort_unstable_by_key(|&number| (tokens[number], number));
        let mut found = vec![None; tokens.len()];
        let mut open: BinaryHeap<Open> = BinaryHeap::new();
        let mut next = 0;
        for number in order {
            let token = tokens[number];
            while let Some(&(piece, length, index)) =
                self.pieces.get(next).filter(|p| p.0.start <= token)
            {
                open.push(Reverse((length, Reverse(piece.start), index, piece.end)));
                next += 1;
            }
            let mut left_out = Vec::new();
            while let Some(&Reverse((_, _, index, end))) = open.peek() {
                if end <= token {
                    open.pop();
                } else if leaves_out(number, index) {
                    left_out.extend(open.pop());
                } else {
                    found[number] = Some(index);
                    break;
                }
            }
            open.extend(left_out);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nesting(stretches: &[&[(u32, u32)]]) -> Nesting {
        let mut nesting = Nesting::default();
        for (index, pieces) in stretches.iter().enumerate() {
            let pieces: Vec<_> = pieces.iter().map(|p| TokenSpan::new(p.0, p.1)).collect();
            nesting.add(&pieces, index);
        }
        nesting
    }

    #[test]
    fn the_shortest_one_around_a_token_is_found() {
        let nesting = nesting(&[&[(0, 20)], &[(2, 10)], &[(4, 5)], &[(30, 31)]]);
        let found = nesting.innermost(&[30, 4, 9, 1, 25, 20], |_, _| false);
        assert_eq!(found, [Some(3), Some(2), Some(1), Some(0), None, None]);
    }

    #[test]
    fn a_stretch_in_pieces_counts_with_all_of_them() {
        let nesting = nesting(&[&[(0, 3), (6, 9)], &[(5, 10)]]);
        assert_eq!(
            nesting.innermost(&[7, 2, 4], |_, _| false),
            [Some(1), Some(0), None]
        );
    }

    #[test]
    fn what_is_left_out_for_one_token_is_there_for_the_next() {
        let nesting = nesting(&[&[(0, 9)], &[(1, 8)]]);
        let found = nesting.innermost(&[2, 3, 2], |number, index| number == 0 && index == 1);
        assert_eq!(found, [Some(0), Some(1), Some(1)]);
    }
}
