//! Stage 1: bytes → [`Document`] with zones, paragraphs, sentences and tokens.
//!
//! In go bytes of any encoding ([`decode`]) or any `&str` ([`Document::new`], which never fails); out comes the text as
//! it was, with spans of bytes into it. Zones cover the text, paragraphs lie in zones, sentences in paragraphs, tokens
//! in sentences; every character that is not blank is in exactly one token. All of it takes time linear in the text.
//!
//! | step | file | what it does |
//! |---|---|---|
//! | decoding | `decode` | UTF-8, UTF-16, legacy encodings; refuses what is no text |
//! | paragraphs | `layout` | lines, hard-wrapped or not |
//! | zones | `zones`, `furniture`, `credits`; lists in `phrases` | title, body, caption, credit, byline, interface, related |
//! | sentences | `sentences`; lists in `abbreviations` | `memchr` to the stops, then rules |
//! | tokens | `tokenizer`, `words`, `numbers`, `marks`, `addresses`; lists in `hyphens` | one pass over the bytes |
//!
//! Patterns of rules and entries of lists are cut by the same tokenizer, [`tokenize`].

mod abbreviations;
mod addresses;
mod build;
mod chars;
mod credits;
mod datelines;
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
