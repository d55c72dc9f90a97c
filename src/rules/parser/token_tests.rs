//! Tests on one token: `[cap & !%stopword & len>2]`.

use super::{Mode, Parsed, Parser, Token, TokenKind};
use crate::diagnostic::Diagnostic;
use crate::rules::ast::{Comparison, Name, TokenTest, TokenTestKind};
use crate::rules::lexer::unquote;
use crate::rules::suggest;

/// Shapes of tokens.
pub const SHAPES: &[&str] = &[
    "cap", "upper", "lower", "mixed", "digit", "hyphen", "first", "unknown", "number", "date",
    "opens", "headline",
];

impl Parser<'_> {
    /// A test behind its `[`, with its `]`.
    pub(super) fn token_test(&mut self, open: &Token) -> Parsed<TokenTest> {
        let test = self.nested(Self::any_test)?;
        let close = self.peek(Mode::Test);
        if close.is("]") {
            self.next(Mode::Test);
            return Ok(test);
        }
        if close.ends_line() {
            return Err(self.unclosed(open, "this test"));
        }
        Err(self.unexpected(&close, "`&`, `|` or `]`"))
    }

    /// `a | b`
    fn any_test(&mut self) -> Parsed<TokenTest> {
        self.joined("|", Self::all_tests, TokenTestKind::Or)
    }

    /// `a & b`
    fn all_tests(&mut self) -> Parsed<TokenTest> {
        self.joined("&", Self::single_test, TokenTestKind::And)
    }

    /// Parts with a sign between them; a single part stays as it is.
    fn joined(
        &mut self,
        sign: &'static str,
        part: fn(&mut Self) -> Parsed<TokenTest>,
        join: fn(Vec<TokenTest>) -> TokenTestKind,
    ) -> Parsed<TokenTest> {
        let first = part(self)?;
        if !self.peek(Mode::Test).is(sign) {
            return Ok(first);
        }
        let start = first.location.span.start;
        let mut parts = vec![first];
        while self.take(Mode::Test, sign) {
            parts.push(part(self)?);
        }
        Ok(TokenTest {
            location: self.since(start),
            kind: join(parts),
        })
    }

    /// One test, maybe negated.
    fn single_test(&mut self) -> Parsed<TokenTest> {
        let token = self.next(Mode::Test);
        let kind = match token.kind {
            TokenKind::Sign("!") => {
                let inner = self.nested(Self::single_test)?;
                TokenTestKind::Not(Box::new(inner))
            }
            TokenKind::Sign("(") => {
                let inner = self.nested(Self::any_test)?;
                self.expect(Mode::Test, ")", "behind the tests in parentheses")?;
                return Ok(inner);
            }
            TokenKind::Word => self.shape_test(&token)?,
            TokenKind::Text | TokenKind::Exact => TokenTestKind::Word {
                text: unquote(self.lexer.slice(token.span)),
                exact: token.kind == TokenKind::Exact,
            },
            TokenKind::Lemma => TokenTestKind::Lemma(self.lemma_text(token.span)),
            TokenKind::List => {
                let (name, column) = self.list_name(token.span);
                TokenTestKind::List { name, column }
            }
            TokenKind::Tag => {
                let (upos, form) = self.tag_name(token.span);
                TokenTestKind::Tag { upos, form }
            }
            TokenKind::Regex => {
                let (source, ignore_case) = self.regex_parts(token.span)?;
                TokenTestKind::Regex {
                    source,
                    ignore_case,
                }
            }
            TokenKind::Found => TokenTestKind::Inside(self.after_sigil(token.span)),
            _ => {
                return Err(
                    self.unexpected(&token, "a test, as `cap`, `len>2`, `%list` or `<VERB>`")
                );
            }
        };
        Ok(TokenTest {
            location: self.since(token.span.start),
            kind,
        })
    }

    /// A shape, or `len>2`.
    fn shape_test(&mut self, token: &Token) -> Parsed<TokenTestKind> {
        let word = self.named(token.span);
        if word.text == "len" {
            return self.length_test();
        }
        if SHAPES.contains(&word.text.as_str()) {
            return Ok(TokenTestKind::Shape(word.text));
        }
        Err(self.unknown_shape(&word))
    }

    fn length_test(&mut self) -> Parsed<TokenTestKind> {
        let sign = self.peek(Mode::Test);
        let Some(comparison) = comparison(&sign) else {
            return Err(self.unexpected(&sign, "`>`, `<`, `=`, `>=`, `<=` or `!=` behind `len`"));
        };
        self.next(Mode::Test);
        let number = self.peek(Mode::Test);
        match self.lexer.slice(number.span).parse() {
            Ok(length) if number.kind == TokenKind::Number => {
                self.next(Mode::Test);
                Ok(TokenTestKind::Length(comparison, length))
            }
            _ => Err(self.unexpected(&number, "a number of characters")),
        }
    }

    fn unknown_shape(&mut self, word: &Name) -> super::Faulty {
        let diagnostic = Diagnostic::error(
            "unknown-shape",
            format!("`{}` is not a shape of tokens", word.text),
            word.location,
        );
        let known = || SHAPES.iter().copied().chain(["len"]);
        let quote = format!("quote `\"{}\"` for the word", word.text);
        let otherwise = format!("shapes are `{}`, and `len>2`; {quote}", SHAPES.join(" "));
        let diagnostic = suggest::add(diagnostic, word, known(), &otherwise);
        let diagnostic = match suggest::nearest(&word.text, known()) {
            Some(shape) => diagnostic.help(format!("did you mean `{shape}`? {quote}")),
            None => diagnostic,
        };
        self.report(diagnostic)
    }
}

/// The comparison that a sign stands for.
pub(super) fn comparison(token: &Token) -> Option<Comparison> {
    let TokenKind::Sign(sign) = token.kind else {
        return None;
    };
    Some(match sign {
        "=" => Comparison::Equal,
        "!=" => Comparison::NotEqual,
        "<" => Comparison::Less,
        ">" => Comparison::Greater,
        "<=" => Comparison::LessOrEqual,
        ">=" => Comparison::GreaterOrEqual,
        _ => return None,
    })
}
