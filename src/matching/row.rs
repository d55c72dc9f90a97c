//! Rows of bits: sets of positions of a sentence that is short enough for one number to hold them.

use std::ops::{BitAnd, BitOr, BitOrAssign, Not, Shl, Shr};

/// A set of positions.
pub trait Row:
    Copy
    + Eq
    + std::fmt::Debug
    + Default
    + BitAnd<Output = Self>
    + BitOr<Output = Self>
    + BitOrAssign
    + Not<Output = Self>
    + Shl<usize, Output = Self>
    + Shr<usize, Output = Self>
{
    /// How many positions there are.
    const WIDTH: usize;

    /// One position.
    fn one(at: usize) -> Self;

    /// All positions below a number that is not 0.
    fn below(count: usize) -> Self;

    /// The positions that these words hold, 64 each, the lowest first.
    fn from_words(words: &[u64]) -> Self;

    /// The same as words.
    fn words(self) -> impl Iterator<Item = u64>;

    /// Of a set the positions that there are.
    fn from_long(row: u128) -> Self;

    /// Takes the lowest position out.
    fn pop(&mut self) -> Option<usize>;

    /// Whether it holds none.
    fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// Whether it holds a position.
    fn has(self, at: usize) -> bool {
        !(self & Self::one(at)).is_empty()
    }
}

macro_rules! row {
    ($number:ty) => {
        impl Row for $number {
            const WIDTH: usize = Self::BITS as usize;

            fn one(at: usize) -> Self {
                1 << at
            }

            fn below(count: usize) -> Self {
                Self::MAX >> (Self::WIDTH - count)
            }

            fn from_words(words: &[u64]) -> Self {
                let words = words.iter().enumerate().take(Self::WIDTH / 64);
                words.fold(0, |row, (number, word)| {
                    row | Self::from(*word) << (number * 64)
                })
            }

            fn words(self) -> impl Iterator<Item = u64> {
                (0..Self::WIDTH / 64).map(move |number| (self >> (number * 64)) as u64)
            }

            fn from_long(row: u128) -> Self {
                row as Self
            }

            fn pop(&mut self) -> Option<usize> {
                let lowest = (*self != 0).then(|| self.trailing_zeros() as usize)?;
                *self &= *self - 1;
                Some(lowest)
            }
        }
    };
}

row!(u64);
row!(u128);

/// The positions of a row, in rising order.
pub(super) fn bits<R: Row>(mut row: R) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || row.pop())
}

/// The positions of a row of words, in rising order.
pub(super) fn bits_of(row: &[u64]) -> impl Iterator<Item = usize> {
    let words = row.iter().enumerate();
    words.flat_map(|(number, word)| bits(*word).map(move |bit| number * 64 + bit))
}

/// The positions of some that go into a row.
pub(super) fn row_of<R: Row>(positions: impl Iterator<Item = usize>) -> R {
    let inside = positions.filter(|at| *at < R::WIDTH);
    inside.fold(R::default(), |row, at| row | R::one(at))
}

/// Whether the positions of a sentence with so many tokens are bits of such a row.
pub(super) const fn fits<R: Row>(length: usize) -> bool {
    length < R::WIDTH
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agrees<R: Row>() {
        let words = [1 << 63 | 5, 9];
        let all: Vec<usize> = bits_of(&words).filter(|at| *at < R::WIDTH).collect();
        let row = R::from_words(&words);
        assert_eq!(bits(row).collect::<Vec<_>>(), all);
        assert_eq!(row_of::<R>(bits_of(&words)), row);
        assert_eq!(R::from_long(9 << 64 | 1 << 63 | 5), row);
        assert_eq!(R::from_words(&row.words().collect::<Vec<_>>()), row);
        assert_eq!(bits(R::below(3)).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(bits(R::below(R::WIDTH)).count(), R::WIDTH);
        assert!(row.has(63) && !row.has(62));
        assert!(fits::<R>(R::WIDTH - 1) && !fits::<R>(R::WIDTH));
    }

    #[test]
    fn short_and_long_rows_hold_the_same_positions() {
        agrees::<u64>();
        agrees::<u128>();
    }
}
