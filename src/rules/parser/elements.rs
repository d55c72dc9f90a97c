//! Single elements of patterns.

use super::patterns::is_quantifier;
use super::{Faulty, Mode, Parsed, Parser, Token, TokenKind};
use crate::diagnostic::Diagnostic;
use crate::rules::ast::{Feature, Features, Name, Pattern, PatternKind};
use crate::rules::lexer::unquote;
use crate::rules::suggest;
use crate::text::Span;

/// How many tokens `...` may skip when it does not say.
pub const DEFAULT_GAP: u32 = 8;

impl Parser<'_> {
    /// One element, without what repeats it. `x has P` takes one of these.
    pub(super) fn atom(&mut self) -> Parsed<Pattern> {
        let token = self.peek(Mode::Pattern);
        let kind = match token.kind {
            TokenKind::Word | TokenKind::Mark | TokenKind::Text | TokenKind::Exact => {
                return self.word_element(&token);
            }
            TokenKind::Lemma => PatternKind::Lemma(self.lemma_text(token.span)),
            TokenKind::List => {
                let (name, column) = self.list_name(token.span);
                PatternKind::List { name, column }
            }
            TokenKind::Found => return self.found_element(&token),
            TokenKind::Tag => self.tag_element(token.span),
            TokenKind::Macro => PatternKind::Macro(self.after_sigil(token.span)),
            TokenKind::Gap => return self.gap_element(&token),
            TokenKind::Regex => {
                let (source, ignore_case) = self.regex_parts(token.span)?;
                PatternKind::Regex {
                    source,
                    ignore_case,
                }
            }
            TokenKind::Until | TokenKind::Context { .. } => return self.context_element(&token),
            TokenKind::Sign("(") => {
                self.next(Mode::Pattern);
                let mut pattern = self.group(&token, "this parenthesis")?;
                pattern.location = self.since(token.span.start);
                return Ok(pattern);
            }
            TokenKind::Sign("[") => {
                self.next(Mode::Pattern);
                let test = self.token_test(&token)?;
                PatternKind::Test(test)
            }
            _ => return Err(self.not_an_element(&token)),
        };
        if !matches!(token.kind, TokenKind::Sign(_)) {
            self.next(Mode::Pattern);
        }
        let span = Span::new(token.span.start, self.end);
        Ok(self.element(span, kind))
    }

    /// Words and marks, quoted or not.
    fn word_element(&mut self, token: &Token) -> Parsed<Pattern> {
        self.next(Mode::Pattern);
        let written = self.lexer.slice(token.span);
        let quoted = matches!(token.kind, TokenKind::Text | TokenKind::Exact);
        let text = if quoted {
            unquote(written)
        } else {
            written.to_owned()
        };
        let place = self.place(token.span);
        if text.trim().is_empty() {
            return Err(self.report(
                Diagnostic::error(
                    "empty-pattern",
                    "there is no word between these marks",
                    place,
                )
                .help("write a word, or take the marks out"),
            ));
        }
        if token.kind == TokenKind::Word {
            self.word_or_context(token);
        }
        let exact = token.kind == TokenKind::Exact;
        Ok(self.element(token.span, PatternKind::Word { text, exact }))
    }

    /// A word that touches a parenthesis reads like a context.
    fn word_or_context(&mut self, token: &Token) {
        let next = self.peek(Mode::Pattern);
        if !next.is("(") || !next.glued {
            return;
        }
        let name = self.named(token.span);
        let gap = self.place(Span::new(token.span.end, token.span.end));
        let diagnostic = Diagnostic::warning(
            "word-or-context",
            format!(
                "the word `{}` touches a parenthesis, like a context",
                name.text
            ),
            name.location,
        );
        let contexts = ["after", "before", "until"];
        let diagnostic = match suggest::nearest(&name.text, contexts) {
            Some(context) => diagnostic
                .help(format!("did you mean `{context}(…)`?"))
                .guess(name.location, context),
            None => diagnostic
                .help("put a blank between them if the word is meant")
                .guess(gap, " "),
        };
        self.report(diagnostic);
    }

    /// `@Person{former}`, `@vg{neg}(~issue)`
    fn found_element(&mut self, token: &Token) -> Parsed<Pattern> {
        self.next(Mode::Pattern);
        let name = self.after_sigil(token.span);
        let next = self.peek(Mode::Pattern);
        let mut features = None;
        if next.is("{") && next.glued {
            features = Some(self.features()?);
        } else if next.is("{") {
            let gap = self.place(Span::new(token.span.end, next.span.start));
            let place = self.place(next.span);
            return Err(self.report(
                Diagnostic::error(
                    "features-apart",
                    format!("`{{` does not touch `@{}`", name.text),
                    place,
                )
                .help(format!(
                    "write `@{}{{…}}` for features, or `\"{{\"` for the mark in the text",
                    name.text
                ))
                .guess(gap, ""),
            ));
        }
        let next = self.peek(Mode::Pattern);
        let mut head = None;
        if next.is("(") && next.glued {
            self.next(Mode::Pattern);
            head = Some(Box::new(self.group(&next, "the head of this group")?));
        }
        let span = Span::new(token.span.start, self.end);
        Ok(self.element(
            span,
            PatternKind::Found {
                name,
                features,
                head,
            },
        ))
    }

    /// `{neg will|would !past}`
    fn features(&mut self) -> Parsed<Features> {
        let open = self.next(Mode::Pattern);
        let mut all: Vec<Vec<Feature>> = Vec::new();
        let mut joins = false;
        loop {
            let token = self.peek(Mode::Declaration);
            if token.is("}") {
                self.next(Mode::Declaration);
                break;
            }
            if token.ends_line() {
                return Err(self.unclosed(&open, "this set of features"));
            }
            if token.is("|") && !all.is_empty() && !joins {
                self.next(Mode::Declaration);
                joins = true;
                continue;
            }
            let feature = self.feature()?;
            match all.last_mut() {
                Some(choice) if joins => choice.push(feature),
                _ => all.push(vec![feature]),
            }
            joins = false;
        }
        let location = self.since(open.span.start);
        if all.is_empty() || joins {
            return Err(self.report(
                Diagnostic::error("empty-branch", "a feature is missing", location)
                    .help("write features between the braces, as `{neg will|would}`, or take the braces out"),
            ));
        }
        Ok(Features { all, location })
    }

    /// `neg`, `!neg`
    fn feature(&mut self) -> Parsed<Feature> {
        let negative = self.take(Mode::Declaration, "!");
        let token = self.peek(Mode::Declaration);
        if token.is(",") || token.is("&") {
            let place = self.place(token.span);
            return Err(self.report(
                Diagnostic::error(
                    "syntax",
                    "features stand side by side, with blanks between them",
                    place,
                )
                .help("a blank means and, `|` means or: `{neg will|would}`"),
            ));
        }
        let name = self.name("a feature")?;
        Ok(Feature { negative, name })
    }

    /// `...`, `...{0,20}`
    fn gap_element(&mut self, token: &Token) -> Parsed<Pattern> {
        self.next(Mode::Pattern);
        let next = self.peek(Mode::Pattern);
        let (mut min, mut max) = (0, DEFAULT_GAP);
        if next.kind == TokenKind::Repetition && next.glued {
            self.next(Mode::Pattern);
            let place = self.place(next.span);
            let written = self.lexer.slice(next.span);
            (min, max) = self.counts(written, place)?;
        }
        let span = Span::new(token.span.start, self.end);
        Ok(self.element(span, PatternKind::Gap { min, max }))
    }

    /// `until(…)`, `after(…)`, `not before(…)`
    fn context_element(&mut self, token: &Token) -> Parsed<Pattern> {
        self.next(Mode::Pattern);
        let pattern = Box::new(self.group(token, "this context")?);
        let span = Span::new(token.span.start, self.end);
        let next = self.peek(Mode::Pattern);
        if is_quantifier(&next) && next.glued {
            let place = self.place(next.span);
            return Err(self.report(
                Diagnostic::error("bad-repetition", "a context cannot be repeated", place)
                    .help("take the quantifier out, or put it inside the parentheses"),
            ));
        }
        Ok(match token.kind {
            TokenKind::Context { before, negative } => self.element(
                span,
                PatternKind::Context {
                    before,
                    negative,
                    pattern,
                },
            ),
            _ => self.element(span, PatternKind::Until(pattern)),
        })
    }

    /// `<VERB.past>`, `<start>`
    fn tag_element(&self, span: Span) -> PatternKind {
        match self.lexer.slice(span) {
            "<start>" => PatternKind::Start,
            "<end>" => PatternKind::End,
            "<para>" => PatternKind::Paragraph,
            _ => {
                let (upos, form) = self.tag_name(span);
                PatternKind::Tag { upos, form }
            }
        }
    }

    /// The names in `<VERB.past>`.
    pub(super) fn tag_name(&self, span: Span) -> (Name, Option<Name>) {
        self.split_name(Span::new(span.start + 1, span.end - 1))
    }

    /// The names in `%list.column`.
    pub(super) fn list_name(&self, span: Span) -> (Name, Option<Name>) {
        self.split_name(Span::new(span.start + 1, span.end))
    }

    /// `a.b` → `a`, `b`
    fn split_name(&self, span: Span) -> (Name, Option<Name>) {
        let written = self.lexer.slice(span);
        match written.find('.') {
            None => (self.named(span), None),
            Some(dot) => {
                let dot = span.start + dot as u32;
                (
                    self.named(Span::new(span.start, dot)),
                    Some(self.named(Span::new(dot + 1, span.end))),
                )
            }
        }
    }

    /// The name behind a sigil.
    pub(super) fn after_sigil(&self, span: Span) -> Name {
        self.named(Span::new(span.start + 1, span.end))
    }

    /// The words of `~word` or `~"words"`.
    pub(super) fn lemma_text(&self, span: Span) -> String {
        let written = &self.lexer.slice(span)[1..];
        if written.starts_with('"') {
            unquote(written)
        } else {
            written.to_owned()
        }
    }

    /// Source and flag of `/…/i`; a source that does not compile is a fault.
    pub(super) fn regex_parts(&mut self, span: Span) -> Parsed<(String, bool)> {
        let written = self.lexer.slice(span);
        let close = written.rfind('/').unwrap_or_default();
        let source = written[1..close].replace("\\/", "/");
        let ignore_case = written.ends_with('i');
        let place = self.place(span);
        if source.contains("(?P<") || source.contains("(?<") {
            return Err(self.reserved(place, "(?<name>…)"));
        }
        if source.is_empty() {
            return Err(self.report(
                Diagnostic::error("invalid-regex", "this regular expression is empty", place)
                    .help("write `\"/\"` for the mark in the text"),
            ));
        }
        let Err(error) = regex_syntax_error(&source) else {
            return Ok((source, ignore_case));
        };
        Err(self.report(
            Diagnostic::error("invalid-regex", "this regular expression is faulty", place)
                .label(error),
        ))
    }

    /// Reports a token that begins no element.
    fn not_an_element(&mut self, token: &Token) -> Faulty {
        if is_quantifier(token) {
            return self.quantifier_apart_at(token);
        }
        if let TokenKind::Fault(diagnostic) = &token.kind
            && diagnostic.code == "unquoted-mark"
        {
            let place = self.place(token.span);
            match self.lexer.slice(token.span) {
                ">" => return self.reserved(place, ">"),
                "\\" => return self.reserved(place, "\\"),
                _ => {}
            }
        }
        if token.ends_line() || token.is("|") || token.is(")") || token.is("}") {
            let place = self.place(token.span);
            return self.report(
                Diagnostic::error("empty-pattern", "a pattern is missing", place)
                    .label("an element must stand here"),
            );
        }
        self.unexpected(token, "an element of a pattern")
    }

    /// Reports a quantifier with nothing before it.
    fn quantifier_apart_at(&mut self, token: &Token) -> Faulty {
        let sign = self.lexer.slice(token.span);
        let place = self.place(token.span);
        self.report(
            Diagnostic::error(
                "quantifier-apart",
                format!("`{sign}` has nothing to repeat"),
                place,
            )
            .help(format!(
                "write `x{sign}` to repeat `x`, or `\"{sign}\"` for the mark in the text"
            )),
        )
    }
}

/// What is wrong with a regular expression, in one line.
fn regex_syntax_error(source: &str) -> Result<(), String> {
    let Err(error) = regex::Regex::new(source) else {
        return Ok(());
    };
    let text = error.to_string();
    let last = text.lines().last().unwrap_or_default();
    Err(last.trim().trim_start_matches("error: ").to_owned())
}
