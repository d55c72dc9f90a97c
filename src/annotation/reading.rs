//! A document with its tags, as the finders of groups and quotations read it.

use super::tag::{Form, Tag, Upos};
use crate::text::{Document, TokenSpan};

/// A document and one tag for each of its tokens; indices outside read as punctuation.
#[derive(Clone, Copy)]
pub(super) struct Reading<'d> {
    pub(super) document: &'d Document,
    tags: &'d [Tag],
}

const OUTSIDE: Tag = Tag {
    upos: Upos::Punct,
    form: Form::Base,
};

impl<'d> Reading<'d> {
    pub(super) fn new(document: &'d Document, tags: &'d [Tag]) -> Self {
        Self { document, tags }
    }

    pub(super) fn tag(self, token: u32) -> Tag {
        self.tags.get(token as usize).copied().unwrap_or(OUTSIDE)
    }

    pub(super) fn upos(self, token: u32) -> Upos {
        self.tag(token).upos
    }

    pub(super) fn form(self, token: u32) -> Form {
        self.tag(token).form
    }

    /// The words of a token, empty outside.
    pub(super) fn word(self, token: u32) -> &'d str {
        let token = self.document.tokens.get(token as usize);
        token.map_or("", |token| self.document.slice(token.span))
    }

    /// The word in lower case, empty when it is longer than any closed-class word.
    pub(super) fn lower(self, token: u32) -> LowerWord {
        LowerWord::new(self.word(token))
    }

    /// Whether the word is one of these, in any case.
    pub(super) fn is(self, token: u32, words: &[&str]) -> bool {
        let word = self.word(token);
        words.iter().any(|other| word.eq_ignore_ascii_case(other))
    }

    pub(super) fn sentences(self) -> impl Iterator<Item = TokenSpan> + 'd {
        (self.document.sentences.iter()).map(|sentence| sentence.tokens)
    }
}

/// A short word in lower case with a straight apostrophe, kept without allocation.
#[derive(Clone, Copy)]
pub(super) struct LowerWord {
    bytes: [u8; Self::LONGEST],
    length: u8,
}

impl LowerWord {
    const LONGEST: usize = 16;

    fn new(word: &str) -> Self {
        let mut lower = Self {
            bytes: [0; Self::LONGEST],
            length: 0,
        };
        let bytes = match word.strip_prefix('’') {
            Some(rest) => {
                lower.push(b'\'');
                rest
            }
            None => word,
        };
        if bytes.len() < Self::LONGEST {
            bytes.bytes().for_each(|byte| lower.push(byte));
        } else {
            lower.length = 0;
        }
        // "didn’t" splits into "did" and "n’t"
        if lower.as_str() == "n’t" {
            return Self::new("n't");
        }
        lower
    }

    fn push(&mut self, byte: u8) {
        self.bytes[self.length as usize] = byte.to_ascii_lowercase();
        self.length += 1;
    }

    pub(super) fn as_str(&self) -> &str {
        str::from_utf8(&self.bytes[..self.length as usize]).unwrap_or("")
    }
}
