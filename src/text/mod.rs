//! Stage 1: bytes → [`Document`] with zones, paragraphs, sentences and tokens.

mod abbreviations;
mod addresses;
mod build;
mod chars;
mod credits;
mod decode;
mod document;
mod furniture;
mod hyphens;
#[cfg(test)]
mod invariants;
mod layout;
mod marks;
mod numbers;
mod phrases;
mod sentences;
mod span;
mod tokenizer;
mod words;
mod work;
mod zones;

pub use build::MAX_SENTENCE_TOKENS;
pub use decode::{DecodeError, Decoded, MAX_BYTES, decode};
pub use document::{Document, Paragraph, Sentence, Token, TokenKind, Zone, ZoneKind};
pub use sentences::split_sentences;
pub use span::{Span, TokenSpan};
pub use tokenizer::tokenize;

/// Cuts a text to what 32-bit spans can address.
fn cut_to_limit(text: &str) -> &str {
    let mut end = text.len().min(u32::MAX as usize);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
