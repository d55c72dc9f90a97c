//! Tokens that start with a mark: clitics, quotation marks, possessives, symbols.

use super::chars::{self, DIGIT, LETTER, SPACE, is};
use super::tokenizer::Scanner;
use super::{TokenKind, numbers, words};

impl Scanner<'_> {
    /// A mark of ASCII, or a token that starts with one: `'s`, `@name`, `#tag`, `.5`.
    pub(super) fn mark(&mut self, at: usize) -> usize {
        let byte = self.bytes[at];
        let next = self.byte(at + 1);
        match byte {
            b'\'' if next == b'\'' => self.push(at, at + 2, TokenKind::Mark),
            b'\'' => self.apostrophe(at, 1),
            b'`' if next == b'`' => self.push(at, at + 2, TokenKind::Mark),
            b'@' | b'#' if is(next, LETTER) => {
                let mut end = self.letters(at + 1);
                while self.byte(end) == b'_' {
                    end = self.letters(end + 1);
                }
                self.push(at, end, TokenKind::Word)
            }
            b'.' if is(next, DIGIT) && (self.spaced || at > 0 && self.bytes[at - 1] == b'$') => {
                let end = numbers::number_end(self, at + 1);
                self.push(at, end, TokenKind::Number)
            }
            b'-' | b'.' | b'!' | b'?' | b'*' | b'=' | b'_' | b'~' | b'#' | b'+' | b'<' | b'>' => {
                let mut end = at + 1;
                let question = matches!(byte, b'!' | b'?');
                while end < self.end
                    && (self.bytes[end] == byte
                        || question && matches!(self.bytes[end], b'!' | b'?'))
                {
                    end += 1;
                }
                self.push(at, end, TokenKind::Mark)
            }
            _ => self.push(at, at + 1, TokenKind::Mark),
        }
    }

    /// An apostrophe that no word took: a clitic, an elision, or a quotation mark.
    pub(super) fn apostrophe(&mut self, at: usize, len: usize) -> usize {
        let next = self.letters(at + len);
        let suffix = &self.bytes[at + len..next];
        let before = if self.spaced {
            None
        } else {
            chars::char_before(self.text, at)
        };
        let glued = before.is_some_and(|c| {
            c.is_alphanumeric() || matches!(c, '.' | ')' | '"' | '”' | '%' | '’' | '\'')
        });
        // "Lee 's": text that was cut into tokens before.
        let last = next == self.end || is(self.bytes[next], SPACE);
        let alone = self.spaced && !self.out.is_empty() && last;
        if words::is_clitic(suffix) && (glued || alone) {
            return self.push(at, next, TokenKind::Clitic);
        }
        if suffix.is_empty() && self.is_possessive(at, len, before) {
            return self.push(at, at + len, TokenKind::Clitic);
        }
        if !glued && words::is_elision(suffix) {
            return self.push(at, next, TokenKind::Word);
        }
        if len == 1 {
            let opens = !glued && at + 1 < self.end && !is(self.bytes[at + 1], SPACE);
            self.open_single = opens;
        } else {
            self.open_single = false;
        }
        self.push(at, at + len, TokenKind::Mark)
    }

    /// Whether an apostrophe with no letter after it makes a possessive: `the states' rights`.
    ///
    /// Where a single quotation mark is open, it closes that one, unless a better candidate follows soon:
    /// `'The states' rights matter,' he said.`
    fn is_possessive(&self, at: usize, len: usize, before: Option<char>) -> bool {
        if !matches!(before, Some('s' | 'S' | 'x' | 'z')) {
            return false;
        }
        if !self.open_single {
            return true;
        }
        let lower = self.byte(at + len) == b' ' && self.byte(at + len + 1).is_ascii_lowercase();
        lower && words::closes_later(self, at + len)
    }

    /// A symbol outside ASCII with what hangs on it: an emoji of several characters is one mark.
    pub(super) fn symbol(&mut self, start: usize, first: char) -> usize {
        let mut at = start + first.len_utf8();
        let dash = matches!(first, '\u{2012}'..='\u{2015}');
        while let Some(c) = chars::char_at(self.text, at).filter(|_| at < self.end) {
            let joined =
                chars::char_before(self.text, at) == Some('\u{200D}') && !is_word_or_blank(c);
            if !(joined || chars::is_extender(c) || dash && c == first) {
                break;
            }
            at += c.len_utf8();
        }
        self.push(start, at, TokenKind::Mark)
    }
}

/// Whether the character cannot be part of an emoji.
fn is_word_or_blank(c: char) -> bool {
    c.is_alphanumeric() || chars::is_blank(c)
}
