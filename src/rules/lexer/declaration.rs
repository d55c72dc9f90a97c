//! Tokens of declarations, conditions and values.

use super::{Lexer, TokenKind, is_curly, is_name};
use crate::diagnostic::Diagnostic;
use crate::text::Span;

/// Signs of declarations, longer ones before their beginnings.
const SIGNS: &[&str] = &[
    "+=", "-=", "->", "!=", "<=", ">=", "(", ")", "{", "}", "[", "]", ",", ":", "|", "?", "*", "=",
    "<", ">", ".", "/", "!", "&", "+", "-",
];

impl Lexer<'_> {
    /// A token of a declaration, which begins with `c`.
    pub(super) fn declaration(&mut self, c: char) -> TokenKind {
        match c {
            '"' => self.string(),
            '\u{201c}' | '\u{201d}' => self.curly_quote(c),
            '%' => self.list(),
            '@' => self.found(),
            '0'..='9' => {
                self.take_while(is_name);
                TokenKind::Number
            }
            _ if is_name(c) || c.is_alphabetic() => {
                let start = self.position;
                self.take_while(is_name);
                if self.char().is_some_and(char::is_alphabetic) {
                    return self.foreign_name(start);
                }
                TokenKind::Word
            }
            _ => match self.take_sign(SIGNS) {
                Some(sign) => sign,
                None => self.stray(c, "a declaration"),
            },
        }
    }

    /// A value of a key: a string, or everything up to the next blank.
    pub(crate) fn value(&mut self) -> TokenKind {
        match self.char() {
            Some('"') => self.string(),
            Some('\n' | '{' | '}') | None => TokenKind::Newline,
            Some(_) => {
                self.take_while(|c| !c.is_whitespace() && !matches!(c, '{' | '}' | '"'));
                TokenKind::Word
            }
        }
    }

    /// Names of types, relations, lists and arguments keep to ASCII.
    fn foreign_name(&mut self, start: usize) -> TokenKind {
        self.take_while(|c| c.is_alphanumeric() || c == '_');
        let name = &self.text[start..self.position];
        self.fault(start, |location| {
            Diagnostic::error("bad-name", format!("`{name}` is not a name"), location)
                .label("a letter outside a to z")
                .help("names are made of the letters a to z, digits and `_`; words of any language go into lists and patterns")
        })
    }

    /// A curly quotation mark where a straight one is meant; the one that closes it is mended with it.
    pub(super) fn curly_quote(&mut self, c: char) -> TokenKind {
        let start = self.position;
        self.position += c.len_utf8();
        let line = &self.text[self.position..self.line_end()];
        let closing = line.char_indices().find(|(_, c)| is_curly(*c));
        let closing = closing.map(|(at, c)| {
            let start = (self.position + at) as u32;
            self.location(Span::new(start, start + c.len_utf8() as u32))
        });
        self.fault(start, |location| {
            let diagnostic =
                Diagnostic::error("curly-quote", "this is a curly quotation mark", location)
                    .help("write the straight `\"`; it finds straight and curly ones in the text")
                    .edit(location, "\"");
            match closing {
                Some(closing) => diagnostic.edit(closing, "\""),
                None => diagnostic,
            }
        })
    }
}
