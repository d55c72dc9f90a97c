//! Rule text → tokens. The parser says which of three modes it wants; nothing is guessed.
//!
//! A fault of spelling becomes a token of its own that carries its diagnostic, so that looking ahead reports nothing.

mod declaration;
mod pattern;
mod token_test;

pub(super) use pattern::is_argument;

use super::ast::{Trivia, TriviaKind};
use crate::diagnostic::{Diagnostic, Location, SourceId};
use crate::text::Span;

/// What the parser is in the middle of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// Declarations, conditions, values.
    Declaration,
    /// Patterns, macros, entries of lists.
    Pattern,
    /// Between `[` and `]`.
    Test,
}

/// What a token is; its text is read from its span.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind {
    /// End of the file.
    End,
    /// End of a line.
    Newline,
    /// A bare word or name.
    Word,
    /// A whole number.
    Number,
    /// `"…"`
    Text,
    /// `` `…` ``
    Exact,
    /// `~word` or `~"words"`
    Lemma,
    /// `%name`, `%name.column`
    List,
    /// `@name`
    Found,
    /// `$NAME`
    Macro,
    /// `<NAME>`, `<NAME.form>`, `<start>`
    Tag,
    /// `name:` that touches what follows.
    Capture,
    /// `after(`, `not before(`, …
    Context {
        /// `before`
        before: bool,
        /// `not`
        negative: bool,
    },
    /// `until(`
    Until,
    /// `/…/` or `/…/i`
    Regex,
    /// `{2}`, `{1,3}`, as written
    Repetition,
    /// `...`
    Gap,
    /// A mark that may stand bare in a pattern.
    Mark,
    /// `->`
    Arrow,
    /// Brackets, quantifiers, operators: a fixed spelling.
    Sign(&'static str),
    /// A fault of spelling.
    Fault(Box<Diagnostic>),
}

/// A token with its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    /// What it is.
    pub(super) kind: TokenKind,
    /// Bytes of the file.
    pub(super) span: Span,
    /// Whether nothing stands between it and what is before it.
    pub(super) glued: bool,
}

impl Token {
    /// Whether it is this sign.
    pub(super) fn is(&self, sign: &str) -> bool {
        matches!(self.kind, TokenKind::Sign(s) if s == sign)
    }

    /// Whether the line or the file ends here.
    pub(super) fn ends_line(&self) -> bool {
        matches!(self.kind, TokenKind::Newline | TokenKind::End)
    }
}

/// A position in a rule file that gives tokens.
#[derive(Debug)]
pub(super) struct Lexer<'t> {
    pub(super) source: SourceId,
    pub(super) text: &'t str,
    /// Byte offset of what comes next.
    pub(super) position: usize,
    /// Comments and blank lines so far, in order.
    pub(super) trivia: Vec<Trivia>,
}

impl<'t> Lexer<'t> {
    /// At the start of a file; a byte order mark is skipped.
    pub(super) fn new(source: SourceId, text: &'t str) -> Self {
        let position = if text.starts_with('\u{feff}') { 3 } else { 0 };
        Self {
            source,
            text,
            position,
            trivia: Vec::new(),
        }
    }

    /// The next token in a mode.
    pub(super) fn next(&mut self, mode: Mode) -> Token {
        let before = self.position;
        self.skip_blanks();
        let glued = before == self.position && before > 0;
        let start = self.position;
        let kind = match self.char() {
            None => TokenKind::End,
            Some('\n') => {
                self.position += 1;
                self.note_blank_lines(start);
                TokenKind::Newline
            }
            Some(c) => match mode {
                Mode::Declaration => self.declaration(c),
                Mode::Pattern => self.pattern(c),
                Mode::Test => self.token_test(c),
            },
        };
        let span = Span::new(start as u32, self.position as u32);
        Token { kind, span, glued }
    }

    /// Skips blanks and a comment, up to the end of the line.
    pub(super) fn skip_blanks(&mut self) {
        while let Some(c) = self.char() {
            if c == '#' {
                let start = self.position;
                self.position = self.line_end();
                let end = start + self.text[start..self.position].trim_end().len();
                self.note(TriviaKind::Comment, start, end);
            } else if c != '\n' && c.is_whitespace() {
                self.position += c.len_utf8();
            } else {
                return;
            }
        }
    }

    /// Byte offset of the end of the current line (of its `\n`, or of the file).
    pub(super) fn line_end(&self) -> usize {
        memchr::memchr(b'\n', &self.text.as_bytes()[self.position..])
            .map_or(self.text.len(), |i| self.position + i)
    }

    /// Columns before the first character of the line that holds `offset`; a tab goes to the next multiple of four.
    pub(super) fn indentation(&self, offset: usize) -> u32 {
        let start = self.text[..offset].rfind('\n').map_or(0, |i| i + 1);
        let mut columns = 0;
        for byte in &self.text.as_bytes()[start..] {
            match byte {
                b' ' => columns += 1,
                b'\t' => columns = columns / 4 * 4 + 4,
                _ => break,
            }
        }
        columns
    }

    /// The words of a span.
    pub(super) fn slice(&self, span: Span) -> &'t str {
        &self.text[span.range()]
    }

    /// A place in this file.
    pub(super) fn location(&self, span: Span) -> Location {
        Location {
            source: self.source,
            span,
        }
    }

    /// The next character.
    pub(super) fn char(&self) -> Option<char> {
        self.text[self.position..].chars().next()
    }

    /// The character after `bytes` more bytes, which must end a character.
    fn char_after(&self, bytes: usize) -> Option<char> {
        self.text[self.position + bytes..].chars().next()
    }

    /// The character before the position.
    fn char_before(&self) -> Option<char> {
        self.text[..self.position].chars().next_back()
    }

    /// Moves over characters while the test holds; bytes passed.
    fn take_while(&mut self, test: impl Fn(char) -> bool) -> usize {
        let rest = &self.text[self.position..];
        let length = rest.find(|c| !test(c)).unwrap_or(rest.len());
        self.position += length;
        length
    }

    /// Takes one of these spellings, the longest first in the list.
    fn take_sign(&mut self, signs: &[&'static str]) -> Option<TokenKind> {
        let rest = &self.text[self.position..];
        let sign = signs.iter().find(|s| rest.starts_with(**s))?;
        self.position += sign.len();
        Some(TokenKind::Sign(sign))
    }

    /// Takes what is quoted with `quote`, which stands at the position: up to the next one that no `\` escapes.
    fn take_quoted(&mut self, quote: u8) -> bool {
        let end = self.line_end();
        let bytes = &self.text.as_bytes()[..end];
        let mut at = self.position + 1;
        while at < end {
            match bytes[at] {
                b'\\' if at + 1 < end => at += 2,
                byte if byte == quote => {
                    self.position = at + 1;
                    return true;
                }
                _ => at += 1,
            }
        }
        self.position = self.position.max(self.text[..end].trim_end().len());
        false
    }

    /// A string, whose first quote stands at the position.
    fn string(&mut self) -> TokenKind {
        let start = self.position;
        if self.take_quoted(b'"') {
            return TokenKind::Text;
        }
        self.fault(start, |location| {
            Diagnostic::error("unclosed-string", "this string never ends", location)
                .label("no second `\"` on this line")
                .help("close it with `\"` on the same line; inside, write `\\\"` for the mark")
        })
    }

    /// A faulty token from `start` to the position.
    fn fault(&self, start: usize, build: impl FnOnce(Location) -> Diagnostic) -> TokenKind {
        let span = Span::new(start as u32, self.position as u32);
        TokenKind::Fault(Box::new(build(self.location(span))))
    }

    /// Reports that a character has no meaning here.
    fn stray(&mut self, c: char, place: &str) -> TokenKind {
        let start = self.position;
        self.position += c.len_utf8();
        self.fault(start, |location| {
            Diagnostic::error(
                "unexpected-mark",
                format!("`{c}` has no meaning in {place}"),
                location,
            )
        })
    }

    /// Keeps a comment or a run of blank lines, unless it is known from looking ahead.
    fn note(&mut self, kind: TriviaKind, start: usize, end: usize) {
        let span = Span::new(start as u32, end as u32);
        if self
            .trivia
            .last()
            .is_none_or(|last| last.location.span.end <= span.start)
        {
            let location = self.location(span);
            self.trivia.push(Trivia { kind, location });
        }
    }

    /// Notes a run of blank lines behind the line end at `line_end`.
    fn note_blank_lines(&mut self, line_end: usize) {
        let rest = &self.text[line_end + 1..];
        let blank = rest.len() - rest.trim_start().len();
        if let Some(last) = rest[..blank].rfind('\n') {
            self.note(TriviaKind::BlankLines, line_end + 1, line_end + 2 + last);
        }
    }
}

/// Whether a word may hold this character: letters, digits and combining accents.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c)
}

/// Whether it is a curly double quotation mark.
pub(super) fn is_curly(c: char) -> bool {
    matches!(c, '\u{201c}' | '\u{201d}' | '\u{201e}')
}

/// Whether it leaves no trace on the screen: control characters, marks of direction and of joining.
pub(super) fn is_unseen(c: char) -> bool {
    let unseen = ['\u{ad}', '\u{2060}', '\u{feff}'];
    c.is_control()
        || unseen.contains(&c)
        || ('\u{200b}'..='\u{200f}').contains(&c)
        || ('\u{202a}'..='\u{202e}').contains(&c)
}

/// Whether a name may hold this character.
pub(super) fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// A quoted text without its marks and escapes.
pub(crate) fn unquote(quoted: &str) -> String {
    let inner = quoted
        .get(1..quoted.len().saturating_sub(1))
        .unwrap_or_default();
    let mut text = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        text.push(if c == '\\' {
            chars.next().unwrap_or(c)
        } else {
            c
        });
    }
    text
}
