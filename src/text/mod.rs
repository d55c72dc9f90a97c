//! Stage 1: bytes → [`Document`] with zones, paragraphs, sentences and tokens.

mod document;
mod span;

pub use document::{Document, Paragraph, Sentence, Token, TokenKind, Zone, ZoneKind};
pub use span::{Span, TokenSpan};
