//! Tokens of patterns, longest first.

use super::{Lexer, TokenKind, is_curly, is_name, is_unseen, is_word};
use crate::diagnostic::Diagnostic;
use crate::text::Span;

/// Words that make a context when they touch a parenthesis.
const CONTEXTS: &[&str] = &["after", "before", "until"];

impl Lexer<'_> {
    /// A token of a pattern, which begins with `c`.
    pub(super) fn pattern(&mut self, c: char) -> TokenKind {
        match c {
            '"' => self.string(),
            '\u{201c}' | '\u{201d}' => self.curly_quote(c),
            '`' => self.exact(),
            '~' => self.lemma(),
            '%' => self.list(),
            '@' => self.found(),
            '$' => self.macro_name(),
            '<' => self.tag(),
            '.' | '\u{2026}' => self.dots(),
            '/' => self.regex(),
            '{' => self.braces(),
            '\'' | '\u{2019}' => self.clitic(c),
            '-' => self.dash(),
            ',' => self.comma(),
            ';' | '\u{2013}' | '\u{2014}' => {
                self.position += c.len_utf8();
                TokenKind::Mark
            }
            '(' | ')' | '|' | '?' | '*' | '+' | '[' | ']' | '}' => self
                .take_sign(&["(", ")", "|", "?", "*", "+", "[", "]", "}"])
                .expect("one of the signs above"),
            _ if is_word(c) || c == '_' => self.word(),
            _ => self.unquoted(c),
        }
    }

    /// `` `May` ``
    pub(super) fn exact(&mut self) -> TokenKind {
        let start = self.position;
        if self.take_quoted(b'`') {
            return TokenKind::Exact;
        }
        self.fault(start, |location| {
            Diagnostic::error(
                "unclosed-string",
                "this word in backticks never ends",
                location,
            )
            .label("no second backtick on this line")
            .help("close it on the same line")
        })
    }

    /// `~issue`, `~"rule out"`
    pub(super) fn lemma(&mut self) -> TokenKind {
        match self.char_after(1) {
            Some('"') => {
                let start = self.position;
                self.position += 1;
                match self.string() {
                    TokenKind::Text => TokenKind::Lemma,
                    fault => {
                        debug_assert!(start < self.position, "a string is not empty");
                        fault
                    }
                }
            }
            Some(c) if is_word(c) => {
                self.position += 1;
                self.take_word();
                TokenKind::Lemma
            }
            _ => self.sigil_apart("~", "~issue", "any inflection of a word"),
        }
    }

    /// `%country`, `%country.demonym`, `%Person.family`
    pub(super) fn list(&mut self) -> TokenKind {
        if !self.char_after(1).is_some_and(is_name) {
            return self.sigil_apart("%", "%country", "an entry of a list");
        }
        self.position += 1;
        self.take_while(is_name);
        let rest = &self.text.as_bytes()[self.position..];
        if rest.first() == Some(&b'.') && rest.get(1).is_some_and(u8::is_ascii_alphabetic) {
            self.position += 1;
            self.take_while(is_name);
        }
        TokenKind::List
    }

    /// `@Person`
    pub(super) fn found(&mut self) -> TokenKind {
        if !self.char_after(1).is_some_and(is_name) {
            return self.sigil_apart("@", "@Person", "something found before");
        }
        self.position += 1;
        self.take_while(is_name);
        TokenKind::Found
    }

    /// `$ROLE`
    fn macro_name(&mut self) -> TokenKind {
        match self.char_after(1) {
            Some(c) if is_name(c) && !c.is_ascii_digit() => {
                self.position += 1;
                self.take_while(is_name);
                TokenKind::Macro
            }
            _ => self.sigil_apart("$", "$ROLE", "a macro"),
        }
    }

    /// `<NOUN>`, `<VERB.past>`, `<start>`
    pub(super) fn tag(&mut self) -> TokenKind {
        let start = self.position;
        let line = &self.text[start..self.line_end()];
        let inner = line[1..].find(|c: char| !is_name(c) && c != '.');
        if let Some(length) = inner.filter(|&i| i > 0 && line[1 + i..].starts_with('>')) {
            self.position += length + 2;
            return TokenKind::Tag;
        }
        self.position += 1;
        self.fault(start, |location| {
            Diagnostic::error(
                "sigil-apart",
                "`<` does not begin a tag: `>` must follow the name, without blanks",
                location,
            )
            .help("write `<VERB>`, `<VERB.past>`, `<start>`, `<end>` or `<para>`; or `\"<\"` for the mark in the text")
        })
    }

    /// A sigil with a blank behind it has two readings; neither is chosen.
    fn sigil_apart(&mut self, sigil: &str, example: &str, meaning: &str) -> TokenKind {
        let start = self.position;
        self.position += 1;
        if let Some(c) = self.char().filter(|c| is_curly(*c)) {
            return self.curly_quote(c);
        }
        let rest = &self.text[self.position..self.line_end()];
        let blanks = rest.len() - rest.trim_start().len();
        let joins = rest.trim_start().starts_with(|c| is_word(c) || c == '"') && blanks > 0;
        let gap = Span::new(self.position as u32, (self.position + blanks) as u32);
        let gap = self.location(gap);
        self.fault(start, |location| {
            let diagnostic = Diagnostic::error(
                "sigil-apart",
                format!("`{sigil}` does not touch a name"),
                location,
            )
            .label("what does it belong to?")
            .help(format!(
                "write `{example}` for {meaning}, or `\"{sigil}\"` for the mark in the text"
            ));
            if joins {
                diagnostic.guess(gap, "")
            } else {
                diagnostic
            }
        })
    }

    /// `.`, `...`, and what is neither.
    fn dots(&mut self) -> TokenKind {
        let start = self.position;
        self.take_while(|c| c == '.' || c == '\u{2026}');
        match &self.text[start..self.position] {
            "." => TokenKind::Mark,
            "..." => TokenKind::Gap,
            other => self.fault(start, |location| {
                Diagnostic::error("bad-gap", format!("`{other}` is not a gap"), location)
                    .help("write `...` for a gap, or quote the dots to find them in the text")
                    .edit(location, "...")
            }),
        }
    }

    /// `/…/i`, not glued on its left.
    pub(super) fn regex(&mut self) -> TokenKind {
        let start = self.position;
        if self.char_before().is_some_and(is_word) {
            self.position += 1;
            return self.fault(start, |location| {
                Diagnostic::error("unquoted-mark", "`/` touches the word before it", location)
                    .help("quote the whole, as `\"and/or\"`; put a blank before `/` to begin a regular expression")
            });
        }
        if !self.take_quoted(b'/') {
            return self.fault(start, |location| {
                Diagnostic::error(
                    "unclosed-regex",
                    "this regular expression never ends",
                    location,
                )
                .label("no second `/` on this line")
                .help("close it with `/`; or write `\"/\"` for the mark in the text")
            });
        }
        self.take_while(|c| c == 'i');
        TokenKind::Regex
    }

    /// `{1,3}`, or the `{` of features.
    fn braces(&mut self) -> TokenKind {
        let rest = &self.text[self.position..self.line_end()];
        let counts = rest[1..].trim_start();
        if counts.starts_with(|c: char| c.is_ascii_digit() || c == ',') {
            let end = rest.find('}').map_or(rest.len(), |i| i + 1);
            self.position += end;
            return TokenKind::Repetition;
        }
        self.position += 1;
        TokenKind::Sign("{")
    }

    /// `'s`, `'re`
    fn clitic(&mut self, c: char) -> TokenKind {
        if self.char_after(c.len_utf8()).is_some_and(is_word) {
            self.position += c.len_utf8();
            self.take_while(is_word);
            return TokenKind::Word;
        }
        self.unquoted(c)
    }

    /// `--`, `-`, `->`
    fn dash(&mut self) -> TokenKind {
        let start = self.position;
        let before = self.char_before().is_some_and(is_word);
        let rest = &self.text[start..];
        if rest.starts_with("->") || rest.starts_with("--") {
            self.position += 2;
            return if rest.starts_with("->") {
                TokenKind::Arrow
            } else {
                TokenKind::Mark
            };
        }
        self.position += 1;
        if before || self.char().is_some_and(is_word) {
            return self.glued_mark(start, "-");
        }
        TokenKind::Mark
    }

    /// `,`, unless it stands inside a number.
    fn comma(&mut self) -> TokenKind {
        let start = self.position;
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let inside = digit(self.char_before()) && digit(self.char_after(1));
        self.position += 1;
        if inside {
            return self.glued_mark(start, ",");
        }
        TokenKind::Mark
    }

    /// A mark that touches a word may be part of it or not.
    fn glued_mark(&mut self, start: usize, mark: &str) -> TokenKind {
        self.fault(start, |location| {
            Diagnostic::error("glued-mark", format!("`{mark}` touches a word"), location)
                .label("part of the word, or a mark of its own?")
                .help(format!("quote the whole, as `\"U.S.\"` or `\"300,000\"`, if it belongs to the word; put blanks around `{mark}` if not"))
        })
    }

    /// A character that is only found when quoted.
    fn unquoted(&mut self, c: char) -> TokenKind {
        let start = self.position;
        self.position += c.len_utf8();
        self.fault(start, |location| {
            let diagnostic = Diagnostic::error(
                "unquoted-mark",
                if is_unseen(c) {
                    format!(
                        "U+{:04X} cannot be seen and has no meaning here",
                        u32::from(c)
                    )
                } else {
                    format!("`{c}` must be quoted in a pattern")
                },
                location,
            );
            if is_unseen(c) {
                diagnostic.help("take it out").edit(location, "")
            } else {
                diagnostic
                    .help(format!("write `\"{c}\"` to find it in the text"))
                    .edit(location, format!("\"{c}\""))
            }
        })
    }

    /// Moves over a word with what may stand inside it: `o'clock`, `draft-age`, `AT&T`.
    pub(super) fn take_word(&mut self) {
        loop {
            self.take_while(|c| is_word(c) || c == '_');
            let Some(inner) = self
                .char()
                .filter(|c| matches!(c, '\'' | '\u{2019}' | '-' | '&'))
            else {
                return;
            };
            if !self.char_after(inner.len_utf8()).is_some_and(is_word) {
                return;
            }
            self.position += inner.len_utf8();
        }
    }

    /// A word, the name of a capture, or the beginning of a context.
    fn word(&mut self) -> TokenKind {
        let start = self.position;
        self.take_word();
        let word = &self.text[start..self.position];
        let next = self.char();
        if next == Some(':') {
            return self.capture(start);
        }
        if word == "not" {
            if let Some(context) = self.negative_context() {
                return context;
            }
        } else if CONTEXTS.contains(&word)
            && let Some(context) = self.context(start)
        {
            return context;
        }
        if word.contains('_') {
            return self.fault(start, |location| {
                Diagnostic::error(
                    "unquoted-mark",
                    format!("`{word}` is not a word of a text"),
                    location,
                )
                .help("quote it to find it; `@` finds a phrase, `%` a list, `$` a macro")
            });
        }
        let rest = &self.text[self.position..];
        if next == Some('.') && !rest.starts_with("..") {
            self.position += 1;
            self.take_while(|c| is_word(c) || c == '.');
            return self.glued_mark(start, ".");
        }
        TokenKind::Word
    }

    /// `name:` directly before an element.
    fn capture(&mut self, start: usize) -> TokenKind {
        let name = &self.text[start..self.position];
        self.position += 1;
        let next = self.char();
        if !is_argument(name) {
            return self.fault(start, |location| {
                Diagnostic::error(
                    "bad-name",
                    format!("`{name}` cannot name an argument"),
                    location,
                )
                .help("names of arguments are lower case, as `agent:`; write `\":\"` for the mark in the text")
            });
        }
        if next.is_some_and(|c| !c.is_whitespace() && c != ':') {
            return TokenKind::Capture;
        }
        self.fault(start, |location| {
            Diagnostic::error(
                "capture-apart",
                format!("`{name}:` does not touch what it captures"),
                location,
            )
            .label("an argument, or a word and a colon?")
            .help(format!(
                "write `{name}:x` to capture `x` as `{name}`, or `{name} \":\"` for the word and the mark"
            ))
        })
    }

    /// `after(`, `before(`, `until(`: the position is behind the word.
    fn context(&mut self, start: usize) -> Option<TokenKind> {
        let word = &self.text[start..self.position];
        if self.char() == Some('(') {
            self.position += 1;
            return Some(match word {
                "until" => TokenKind::Until,
                _ => TokenKind::Context {
                    before: word == "before",
                    negative: false,
                },
            });
        }
        self.opens_apart()
            .then(|| self.context_apart(start, word, word))
    }

    /// `not after(`, `not before(`: the position is behind `not`.
    fn negative_context(&mut self) -> Option<TokenKind> {
        let start = self.position - "not".len();
        let rest = &self.text[self.position..self.line_end()];
        let trimmed = rest.trim_start();
        let word = *CONTEXTS.iter().find(|w| {
            trimmed
                .strip_prefix(**w)
                .is_some_and(|after| after.trim_start().starts_with('('))
        })?;
        let word_end = self.position + (rest.len() - trimmed.len()) + word.len();
        let touches = self.text[word_end..].starts_with('(');
        self.position = word_end;
        if word == "until" {
            return Some(self.fault(start, |location| {
                Diagnostic::error("bad-context", "`until(…)` cannot be negated", location)
                    .help("quote `\"not\"` for the word before `until(…)`; `not before(…)` refuses what comes next")
            }));
        }
        if !touches {
            return Some(self.context_apart(start, word, &format!("not {word}")));
        }
        self.position += 1;
        Some(TokenKind::Context {
            before: word == "before",
            negative: true,
        })
    }

    /// Whether a parenthesis opens after blanks.
    fn opens_apart(&self) -> bool {
        self.text[self.position..self.line_end()]
            .trim_start()
            .starts_with('(')
    }

    /// A context word with a blank before its parenthesis has two readings.
    fn context_apart(&mut self, start: usize, word: &str, whole: &str) -> TokenKind {
        let rest = &self.text[self.position..];
        let blanks = rest.len() - rest.trim_start().len();
        let gap = Span::new(self.position as u32, (self.position + blanks) as u32);
        let gap = self.location(gap);
        self.fault(start, |location| {
            Diagnostic::error(
                "context-apart",
                format!("`{whole}` does not touch its parenthesis"),
                location,
            )
            .label("a context, or a word?")
            .help(format!(
                "write `{whole}(…)` for the context, or `\"{word}\" (…)` for the word"
            ))
            .guess(gap, "")
        })
    }
}

/// Whether this can name an argument: lower case letters, digits, `_`.
pub(crate) fn is_argument(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}
