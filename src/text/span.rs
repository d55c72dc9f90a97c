//! Two kinds of half-open ranges that must not be mixed.

/// A half-open range of UTF-8 bytes in the decoded text of a document (or of a rule file).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// A half-open range of token indices of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenSpan {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
}

macro_rules! range_methods {
    ($name:ident) => {
        impl $name {
            /// From `start` up to `end`.
            pub const fn new(start: u32, end: u32) -> Self {
                Self { start, end }
            }

            /// How many it holds.
            pub const fn len(self) -> u32 {
                self.end - self.start
            }

            /// Whether it holds nothing.
            pub const fn is_empty(self) -> bool {
                self.start >= self.end
            }

            /// Whether `other` lies wholly inside.
            pub const fn contains(self, other: Self) -> bool {
                self.start <= other.start && other.end <= self.end
            }

            /// Whether they share anything.
            pub const fn overlaps(self, other: Self) -> bool {
                self.start < other.end && other.start < self.end
            }

            /// The smallest range that holds both.
            #[must_use]
            pub fn cover(self, other: Self) -> Self {
                Self::new(self.start.min(other.start), self.end.max(other.end))
            }

            /// As indices of a slice.
            pub const fn range(self) -> std::ops::Range<usize> {
                self.start as usize..self.end as usize
            }
        }
    };
}
range_methods!(Span);
range_methods!(TokenSpan);
