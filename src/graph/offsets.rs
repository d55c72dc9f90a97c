//! From bytes to Unicode code points, as Web Annotation counts them.

use crate::text::Span;

/// Bytes between two entries of the index.
const STEP: usize = 32;

/// Counts the code points before a byte of one text: built in one pass, looked up a few bytes at a time.
#[derive(Clone, Debug)]
pub struct CodePoints<'t> {
    text: &'t [u8],
    /// Code points before each multiple of [`STEP`] bytes; empty where the text is ASCII and bytes are code points.
    counts: Vec<u32>,
}

impl<'t> CodePoints<'t> {
    /// Of this text.
    pub fn new(text: &'t str) -> Self {
        let text = text.as_bytes();
        let mut counts = Vec::new();
        if !text.is_ascii() {
            counts.reserve(text.len() / STEP + 1);
            let mut count = 0;
            for block in text.chunks(STEP) {
                counts.push(count);
                count += starts(block);
            }
        }
        Self { text, counts }
    }

    /// The code points that start before `byte`; past the end, those of the whole text.
    pub fn at(&self, byte: u32) -> u32 {
        let byte = (byte as usize).min(self.text.len());
        let Some(last) = self.counts.len().checked_sub(1) else {
            return byte as u32;
        };
        let block = (byte / STEP).min(last);
        self.counts[block] + starts(&self.text[block * STEP..byte])
    }

    /// Start and end of a span of bytes, in code points.
    pub fn span(&self, span: Span) -> (u32, u32) {
        (self.at(span.start), self.at(span.end))
    }
}

/// How many code points start in these bytes.
fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&b| b & 0xc0 != 0x80).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ascii_needs_no_index() {
        let points = CodePoints::new("plain");
        assert!(points.counts.is_empty());
        assert_eq!(points.span(Span::new(1, 4)), (1, 4));
        assert_eq!(points.at(99), 5);
    }

    #[test]
    fn accents_and_emoji_count_once() {
        let text = "Rinkēvičs 🦀 sacīja";
        let points = CodePoints::new(text);
        let start = text.find("sac").expect("is there") as u32;
        assert_eq!(points.span(Span::new(start, text.len() as u32)), (12, 18));
    }

    proptest! {
        #[test]
        fn agrees_with_counting(text in ".{0,400}") {
            let points = CodePoints::new(&text);
            for (count, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(points.at(byte as u32), count as u32);
            }
            prop_assert_eq!(points.at(text.len() as u32), text.chars().count() as u32);
        }
    }
}
