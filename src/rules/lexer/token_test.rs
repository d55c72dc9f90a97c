//! Tokens between `[` and `]`.

use super::{Lexer, TokenKind, is_name};

/// Signs of tests, longer ones before their beginnings.
const SIGNS: &[&str] = &[
    "<=", ">=", "!=", "[", "]", "(", ")", "&", "|", "!", "<", ">", "=",
];

impl Lexer<'_> {
    /// A token of a test, which begins with `c`.
    pub(super) fn token_test(&mut self, c: char) -> TokenKind {
        match c {
            '"' => self.string(),
            '\u{201c}' | '\u{201d}' => self.curly_quote(c),
            '`' => self.exact(),
            '~' => self.lemma(),
            '%' => self.list(),
            '@' => self.found(),
            '/' => self.regex(),
            '<' if self.char_after(1).is_some_and(|c| c.is_ascii_alphabetic()) => self.tag(),
            '0'..='9' => {
                self.take_while(|c| c.is_ascii_digit());
                TokenKind::Number
            }
            _ if is_name(c) => {
                self.take_while(is_name);
                TokenKind::Word
            }
            _ => match self.take_sign(SIGNS) {
                Some(sign) => sign,
                None => self.stray(c, "a test on a token"),
            },
        }
    }
}
