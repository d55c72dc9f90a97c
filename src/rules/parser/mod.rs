//! Tokens → [`RuleFile`]: hand-written, one item a line, so that a fault costs no more than its item.

mod blocks;
mod conditions;
mod declarations;
mod elements;
mod faulty;
mod items;
mod patterns;
mod rule_tests;
mod token_tests;
mod walk;

use super::ast::{Declaration, DeclarationKind, FaultyNames, Name, Pattern, RuleFile};
use super::lexer::{Lexer, Mode, Token, TokenKind};
use crate::diagnostic::{Diagnostic, Location, SourceId};
use crate::text::Span;

pub use elements::DEFAULT_GAP;
pub use token_tests::SHAPES;
pub use walk::for_each_element;

/// How deep parentheses, tests, conditions and calls may stand in each other.
pub const NESTING_LIMIT: u32 = 64;

/// The version of the language that this program reads.
pub const LANGUAGE_VERSION: u32 = 1;

/// A fault that has been reported; the item it stands in is given up.
#[derive(Clone, Copy, Debug)]
struct Faulty;

/// A parsed part, or a fault that has been reported.
type Parsed<T> = Result<T, Faulty>;

/// Parses a rule file. Never fails: faulty items are reported and left out.
pub fn parse(source: SourceId, text: &str) -> (RuleFile, Vec<Diagnostic>) {
    let mut parser = Parser::new(source, text);
    let mut file = parser.file();
    file.trivia = std::mem::take(&mut parser.lexer.trivia);
    file.faulty = std::mem::take(&mut parser.faulty);
    file.nodes = walk::number(&mut file);
    (file, parser.diagnostics)
}

/// Parses one pattern, as a command line gives it; line breaks are blanks.
pub fn parse_pattern(source: SourceId, text: &str) -> (Option<Pattern>, Vec<Diagnostic>) {
    let mut parser = Parser::new(source, text);
    parser.open_parentheses = 1;
    let mut pattern = parser.pattern().ok();
    if pattern.is_some() && parser.peek(Mode::Pattern).kind != TokenKind::End {
        let token = parser.next(Mode::Pattern);
        parser.unexpected(&token, "the end of the pattern");
        pattern = None;
    }
    if let Some(pattern) = &mut pattern {
        walk::number_pattern(pattern, &mut 0);
    }
    (pattern, parser.diagnostics)
}

/// The state of parsing one file.
#[derive(Debug)]
struct Parser<'t> {
    lexer: Lexer<'t>,
    /// Looked ahead: in which mode, from which position, what.
    ahead: Option<(Mode, usize, Token)>,
    diagnostics: Vec<Diagnostic>,
    /// Names that what was left out would give.
    faulty: FaultyNames,
    /// How deep parentheses and the like are open, for [`NESTING_LIMIT`].
    depth: u32,
    /// Parentheses open in the pattern at hand: line ends are blanks inside.
    open_parentheses: u32,
    /// Columns before the item at hand; none where no item can follow a pattern.
    item_indentation: Option<u32>,
    /// End of the last token taken, in bytes.
    end: u32,
}

impl<'t> Parser<'t> {
    fn new(source: SourceId, text: &'t str) -> Self {
        Self {
            lexer: Lexer::new(source, text),
            ahead: None,
            diagnostics: Vec::new(),
            faulty: FaultyNames::default(),
            depth: 0,
            open_parentheses: 0,
            item_indentation: None,
            end: 0,
        }
    }

    /// The whole file.
    fn file(&mut self) -> RuleFile {
        let mut file = RuleFile {
            source: self.lexer.source,
            version: None,
            declarations: Vec::new(),
            trivia: Vec::new(),
            faulty: FaultyNames::default(),
            nodes: 0,
        };
        loop {
            self.skip_lines();
            let first = self.peek(Mode::Declaration);
            if first.kind == TokenKind::End {
                return file;
            }
            if self.lexer.slice(first.span) == "version" {
                self.version(&mut file);
            } else if let Ok(kind) = self.declaration() {
                let location = self.since(first.span.start);
                let faultless = self.end_of_line("the end of the declaration").is_ok();
                file.declarations.push(Declaration { location, kind });
                if !faultless {
                    self.recover_declaration();
                }
            } else {
                self.would_declare(first.span.start as usize);
                self.recover_declaration();
            }
        }
    }

    /// `version 1`
    fn version(&mut self, file: &mut RuleFile) {
        let word = self.next(Mode::Declaration);
        let number = self.next(Mode::Declaration);
        let place = self.place(word.span.cover(number.span));
        if number.kind != TokenKind::Number {
            self.report(
                Diagnostic::error("unsupported-version", "the version has no number", place)
                    .help("write `version 1`"),
            );
            file.version.get_or_insert(LANGUAGE_VERSION);
            return self.recover_declaration();
        }
        if file.version.is_some() || !file.declarations.is_empty() {
            self.report(
                Diagnostic::error(
                    "misplaced-version",
                    "`version` stands once, on the first line",
                    place,
                )
                .help("take this line out, or move it to the top of the file"),
            );
        }
        let spelled = self.lexer.slice(number.span);
        let version = spelled.parse().unwrap_or(u32::MAX);
        if version != LANGUAGE_VERSION {
            self.report(
                Diagnostic::error(
                    "unsupported-version",
                    format!("version {spelled} of the rule language is not known"),
                    self.place(number.span),
                )
                .label("this program reads version 1")
                .help("write `version 1`, or use a newer sayso"),
            );
        }
        file.version.get_or_insert(version);
        if self.end_of_line("the end of the line").is_err() {
            self.recover_declaration();
        }
    }

    /// Skips the rest of a faulty declaration: up to the next line that begins at the left margin.
    fn recover_declaration(&mut self) {
        self.depth = 0;
        self.open_parentheses = 0;
        loop {
            self.skip_rest_of_line();
            let rest = &self.lexer.text[self.lexer.position..];
            let first = rest.chars().next();
            if first.is_none_or(|c| !c.is_whitespace() && c != '}' && c != '|' && c != '#') {
                return;
            }
        }
    }

    /// Moves behind the next line end.
    fn skip_rest_of_line(&mut self) {
        self.rewind();
        self.lexer.position = self.lexer.line_end();
        self.end = self.lexer.position as u32;
        if self.lexer.char().is_some() {
            self.lexer.position += 1;
        }
    }

    /// Skips line ends.
    fn skip_lines(&mut self) {
        while self.peek(Mode::Declaration).kind == TokenKind::Newline {
            self.next(Mode::Declaration);
        }
    }

    /// The next token, left in place.
    fn peek(&mut self, mode: Mode) -> Token {
        if let Some((known, _, token)) = &self.ahead
            && *known == mode
        {
            return token.clone();
        }
        self.rewind();
        let start = self.lexer.position;
        let token = self.lexer.next(mode);
        self.ahead = Some((mode, start, token.clone()));
        token
    }

    /// Takes the next token.
    fn next(&mut self, mode: Mode) -> Token {
        let token = self.peek(mode);
        self.ahead = None;
        if token.kind != TokenKind::Newline {
            self.end = self.end.max(token.span.end);
        }
        token
    }

    /// Forgets what was looked ahead, so that the lexer stands behind the last token taken.
    fn rewind(&mut self) {
        if let Some((_, start, _)) = self.ahead.take() {
            self.lexer.position = start;
        }
    }

    /// Takes this sign if it comes next.
    fn take(&mut self, mode: Mode, sign: &str) -> bool {
        let found = self.peek(mode).is(sign);
        if found {
            self.next(mode);
        }
        found
    }

    /// Takes this sign or reports what stands there instead.
    fn expect(&mut self, mode: Mode, sign: &'static str, purpose: &str) -> Parsed<Token> {
        let token = self.peek(mode);
        if token.is(sign) {
            return Ok(self.next(mode));
        }
        Err(self.unexpected(&token, &format!("`{sign}` {purpose}")))
    }

    /// Whether the next token is this bare word.
    fn at_word(&mut self, mode: Mode, word: &str) -> bool {
        let token = self.peek(mode);
        token.kind == TokenKind::Word && self.lexer.slice(token.span) == word
    }

    /// Takes this bare word if it comes next.
    fn take_word(&mut self, mode: Mode, word: &str) -> bool {
        let found = self.at_word(mode, word);
        if found {
            self.next(mode);
        }
        found
    }

    /// Takes a name.
    fn name(&mut self, what: &str) -> Parsed<Name> {
        let token = self.peek(Mode::Declaration);
        if token.kind == TokenKind::Word {
            self.next(Mode::Declaration);
            return Ok(self.named(token.span));
        }
        Err(self.unexpected(&token, what))
    }

    /// Takes a string.
    fn text(&mut self, what: &str) -> Parsed<Name> {
        let token = self.peek(Mode::Declaration);
        if token.kind == TokenKind::Text {
            self.next(Mode::Declaration);
            return Ok(Name {
                text: super::lexer::unquote(self.lexer.slice(token.span)),
                location: self.place(token.span),
            });
        }
        Err(self.unexpected(&token, what))
    }

    /// Nothing more may stand on this line, but the `}` of a block on one line.
    fn end_of_line(&mut self, what: &str) -> Parsed<()> {
        let token = self.peek(Mode::Declaration);
        // Behind a block that was never closed stands the next declaration.
        let between = self.end as usize..(token.span.start as usize).max(self.end as usize);
        let on_next_line = self.lexer.text[between].contains('\n');
        if token.ends_line() || token.is("}") || on_next_line {
            return Ok(());
        }
        Err(self.unexpected(&token, what))
    }

    /// The rest of the line without its comment and without the `}` of a block on one line.
    fn rest_of_line(&mut self) -> Name {
        self.rewind();
        self.lexer.skip_blanks();
        let start = self.lexer.position;
        let line = &self.lexer.text[start..self.lexer.line_end()];
        let mut rest = line;
        if let Some(comment) = line.find(" #").or_else(|| line.find("\t#")) {
            rest = &line[..comment];
        }
        rest = rest.trim_end();
        rest = rest.strip_suffix('}').unwrap_or(rest).trim_end();
        self.lexer.position = start + rest.len();
        self.end = self.lexer.position as u32;
        self.named(Span::new(start as u32, self.end))
    }

    /// Runs a part one level deeper, up to [`NESTING_LIMIT`].
    fn nested<T>(&mut self, part: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth >= NESTING_LIMIT {
            let token = self.peek(Mode::Declaration);
            let place = self.place(token.span);
            return Err(self.report(
                Diagnostic::error(
                    "nesting-too-deep",
                    format!("more than {NESTING_LIMIT} levels stand in each other here"),
                    place,
                )
                .help(
                    "name inner parts with `macro` or `phrase`, or take needless parentheses out",
                ),
            ));
        }
        self.depth += 1;
        let parsed = part(self);
        self.depth -= 1;
        parsed
    }

    /// Reports that a token stands where `what` was expected; a fault of spelling reports itself.
    fn unexpected(&mut self, token: &Token, what: &str) -> Faulty {
        if let TokenKind::Fault(diagnostic) = &token.kind {
            return self.report((**diagnostic).clone());
        }
        let found = match token.kind {
            TokenKind::End => "the file ends".to_owned(),
            TokenKind::Newline => "the line ends".to_owned(),
            _ => format!("found `{}`", self.lexer.slice(token.span)),
        };
        let mut place = self.place(token.span);
        if token.kind == TokenKind::Newline {
            place.span.end = place.span.start;
        }
        let diagnostic =
            Diagnostic::error("syntax", format!("expected {what}"), place).label(found);
        self.report(diagnostic)
    }

    /// Keeps a diagnostic.
    fn report(&mut self, diagnostic: Diagnostic) -> Faulty {
        self.diagnostics.push(diagnostic);
        Faulty
    }

    /// The word of a span with its place.
    fn named(&self, span: Span) -> Name {
        Name {
            text: self.lexer.slice(span).to_owned(),
            location: self.place(span),
        }
    }

    /// A place in this file.
    fn place(&self, span: Span) -> Location {
        self.lexer.location(span)
    }

    /// From a byte up to the end of the last token taken.
    fn since(&self, start: u32) -> Location {
        self.place(Span::new(start, self.end.max(start)))
    }
}

#[cfg(test)]
mod tests;
