//! Patterns: choices, sequences, captures, repetition.

use super::blocks::ITEMS;
use super::declarations::DECLARATIONS;
use super::{Mode, Parsed, Parser, Token, TokenKind};
use crate::diagnostic::{Diagnostic, Location};
use crate::rules::ast::{Name, NodeId, Pattern, PatternKind};
use crate::text::Span;

impl Parser<'_> {
    /// A pattern: up to the end of its line, or to the parenthesis that closes it.
    pub(super) fn pattern(&mut self) -> Parsed<Pattern> {
        self.nested(Self::alternatives)
    }

    /// `a b | c`
    fn alternatives(&mut self) -> Parsed<Pattern> {
        let mut branches = vec![self.sequence(false)?];
        while self.pattern_token().is("|") {
            self.next(Mode::Pattern);
            branches.push(self.sequence(true)?);
        }
        let whole = branches[0].location.span.cover(
            branches
                .last()
                .expect("there is at least one branch")
                .location
                .span,
        );
        Ok(if branches.len() == 1 {
            branches.remove(0)
        } else {
            self.element(whole, PatternKind::Alternative(branches))
        })
    }

    /// `a b c`; an empty one is a fault.
    fn sequence(&mut self, in_choice: bool) -> Parsed<Pattern> {
        let mut parts: Vec<Pattern> = Vec::new();
        loop {
            let token = self.pattern_token();
            let ends = token.ends_line()
                || token.kind == TokenKind::Arrow
                || token.is("|")
                || token.is(")")
                || token.is("}");
            if ends {
                if parts.is_empty() {
                    return Err(self.empty_branch(&token, in_choice));
                }
                break;
            }
            self.second_item(&token)?;
            let part = self.captured()?;
            parts.push(part);
        }
        Ok(if parts.len() == 1 {
            parts.remove(0)
        } else {
            let last = parts.last().expect("there are at least two parts");
            let whole = parts[0].location.span.cover(last.location.span);
            self.element(whole, PatternKind::Sequence(parts))
        })
    }

    /// Reports a branch or pattern with nothing in it.
    fn empty_branch(&mut self, token: &Token, in_choice: bool) -> super::Faulty {
        let mut place = self.place(token.span);
        if token.kind == TokenKind::Newline {
            place.span.end = place.span.start;
        }
        let diagnostic = if in_choice || token.is("|") {
            Diagnostic::error("empty-branch", "nothing stands on one side of `|`", place).help(
                "write `x?` for something that may be missing; `\"|\"` finds the mark in the text",
            )
        } else if token.is(")") {
            Diagnostic::error("empty-branch", "these parentheses are empty", place)
                .help("take them out, or put a pattern inside; `\"(\"` finds the mark in the text")
        } else {
            Diagnostic::error("empty-pattern", "a pattern is missing", place)
                .label("nothing to find")
                .help("write what the line finds, as `agent:@Agent cue:~refuse`")
        };
        self.report(diagnostic)
    }

    /// The next token of a pattern; line ends are passed where the pattern goes on behind them.
    fn pattern_token(&mut self) -> Token {
        loop {
            let token = self.peek(Mode::Pattern);
            if token.kind != TokenKind::Newline || !self.goes_on(token.span.end as usize) {
                return token;
            }
            self.next(Mode::Pattern);
        }
    }

    /// Whether the pattern goes on behind a line end.
    fn goes_on(&self, line: usize) -> bool {
        let rest = &self.lexer.text[line..];
        if self.open_parentheses == 0 {
            // Blank lines and comments may stand between branches.
            return rest
                .lines()
                .map(str::trim_start)
                .find(|l| !l.is_empty() && !l.starts_with('#'))
                .is_some_and(|l| l.starts_with('|'));
        }
        let first = rest.lines().next().unwrap_or_default().trim_start();
        let word = first
            .split(|c: char| !c.is_ascii_alphabetic())
            .next()
            .unwrap_or_default();
        // A line that stands like an item and begins like one is an item: a parenthesis is missing before it.
        let column = self.lexer.indentation(line);
        let like_item = self.item_indentation.is_some_and(|item| {
            column <= item && ITEMS.contains(&word)
                || column == 0 && DECLARATIONS.contains(&word)
                || column > item && word == "where" && closes_itself(first)
        });
        !like_item
    }

    /// An item word that follows a pattern on its line has two readings.
    fn second_item(&mut self, token: &Token) -> Parsed<()> {
        if self.open_parentheses > 0 || token.kind != TokenKind::Word {
            return Ok(());
        }
        let rest = &self.lexer.text[token.span.end as usize..];
        let rest = &rest[..rest.find('\n').unwrap_or(rest.len())];
        let word = self.lexer.slice(token.span);
        let mut behind = rest
            .trim_start()
            .trim_start_matches(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        behind = behind.trim_start();
        let like_item = match word {
            "where" => true,
            "set" => behind.starts_with('='),
            "absorb" => behind.is_empty() || behind.starts_with(['}', '#']),
            _ => false,
        };
        if !like_item {
            return Ok(());
        }
        let place = self.place(token.span);
        Err(self.report(
            Diagnostic::error("one-item-a-line", "one item a line", place)
                .label("an item of its own, or a word?")
                .help(format!(
                    "put `{word}` on a line of its own, indented under this one; or write `\"{word}\"` for the word"
                )),
        ))
    }

    /// `name:x?`, `x+`, `x`
    fn captured(&mut self) -> Parsed<Pattern> {
        let token = self.peek(Mode::Pattern);
        if token.kind != TokenKind::Capture {
            return self.repeated(None);
        }
        self.next(Mode::Pattern);
        let mut span = token.span;
        span.end -= 1;
        let name = self.named(span);
        let second = self.peek(Mode::Pattern);
        if second.kind == TokenKind::Capture {
            let place = self.place(token.span.cover(second.span));
            return Err(self.report(
                Diagnostic::error("syntax", "one name before an element is enough", place)
                    .help("capture it once; `set` gives the same words a second name"),
            ));
        }
        self.repeated(Some(name))
    }

    /// An element with what repeats it. A captured repetition is captured as a whole, and only if it is there:
    /// `n:x*` is `(n:x+)?`.
    fn repeated(&mut self, capture: Option<Name>) -> Parsed<Pattern> {
        let pattern = self.atom()?;
        let start = capture
            .as_ref()
            .map_or(pattern.location.span.start, |n| n.location.span.start);
        let is_gap = matches!(pattern.kind, PatternKind::Gap { .. });
        let Some((min, max)) = self.quantifier(is_gap)? else {
            return Ok(self.capture(capture, pattern));
        };
        let span = Span::new(start, self.end);
        let Some(name) = capture else {
            return Ok(self.repeat(span, pattern, min, max));
        };
        let inner = if max == Some(1) {
            pattern
        } else {
            let inner = Span::new(pattern.location.span.start, self.end);
            self.repeat(inner, pattern, min.max(1), max)
        };
        let captured = self.capture(Some(name), inner);
        Ok(if min == 0 {
            self.repeat(span, captured, 0, Some(1))
        } else {
            captured
        })
    }

    fn repeat(&self, span: Span, pattern: Pattern, min: u32, max: Option<u32>) -> Pattern {
        let pattern = Box::new(pattern);
        self.element(span, PatternKind::Repeat { pattern, min, max })
    }

    fn capture(&self, name: Option<Name>, pattern: Pattern) -> Pattern {
        let Some(name) = name else {
            return pattern;
        };
        let span = name.location.span.cover(pattern.location.span);
        let pattern = Box::new(pattern);
        self.element(span, PatternKind::Capture { name, pattern })
    }

    /// `?`, `*`, `+`, `{1,3}` that touch the element before them: least and most.
    fn quantifier(&mut self, is_gap: bool) -> Parsed<Option<(u32, Option<u32>)>> {
        let token = self.peek(Mode::Pattern);
        if !is_quantifier(&token) {
            return Ok(None);
        }
        let sign = self.lexer.slice(token.span);
        let place = self.place(token.span);
        if !token.glued {
            return Err(self.quantifier_apart(&token));
        }
        if is_gap {
            return Err(self.report(
                Diagnostic::error("bad-repetition", "a gap cannot be repeated", place)
                    .help("write `...{0,20}` for a longer gap"),
            ));
        }
        self.next(Mode::Pattern);
        let counts = match sign {
            "?" => (0, Some(1)),
            "*" => (0, None),
            "+" => (1, None),
            _ => {
                let (min, max) = self.counts(sign, place)?;
                (min, Some(max))
            }
        };
        let second = self.peek(Mode::Pattern);
        if second.glued && is_quantifier(&second) {
            let both = token.span.cover(second.span);
            let place = self.place(both);
            if second.is("?") {
                let written = self.lexer.slice(both);
                return Err(self.reserved(place, written));
            }
            return Err(self.report(
                Diagnostic::error("bad-repetition", "an element is repeated twice", place)
                    .help("put the inner repetition into parentheses, or take one away"),
            ));
        }
        Ok(Some(counts))
    }

    /// A quantifier with a blank before it has two readings.
    fn quantifier_apart(&mut self, token: &Token) -> super::Faulty {
        let sign = self.lexer.slice(token.span);
        let place = self.place(token.span);
        let gap = self.place(Span::new(self.end, token.span.start));
        let diagnostic = Diagnostic::error(
            "quantifier-apart",
            format!("`{sign}` does not touch what it repeats"),
            place,
        )
        .help(format!(
            "write `x{sign}` to repeat `x`, or `\"{sign}\"` for the mark in the text"
        ));
        let diagnostic = if self.end < token.span.start {
            diagnostic.edit(gap, "")
        } else {
            diagnostic
        };
        self.report(diagnostic)
    }

    /// `{2}` or `{1,3}`.
    pub(super) fn counts(&mut self, written: &str, place: Location) -> Parsed<(u32, u32)> {
        let fault = |message: &str, help: &str| {
            Diagnostic::error("bad-repetition", message, place).help(help)
        };
        let Some(inner) = written
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'))
        else {
            let diagnostic = fault("this repetition never ends", "write `{1,3}` or `{2}`");
            return Err(self.report(diagnostic));
        };
        let (least, most) = inner.split_once(',').unwrap_or((inner, inner));
        let (least, most) = (least.trim(), most.trim());
        let diagnostic = match (least.parse::<u32>(), most.parse::<u32>()) {
            (Ok(min), Ok(max)) if min <= max && max > 0 => return Ok((min, max)),
            (Ok(_), Ok(0)) => fault("at most 0 times is never", "take the element out"),
            (Ok(_), Ok(_)) => fault(
                "the first number is larger than the second",
                "write the smaller number first, as `{1,3}`",
            ),
            _ if least.is_empty() => fault(
                "the first number is missing",
                "write `{0,3}` for up to three",
            ),
            _ if most.is_empty() => fault(
                "the second number is missing",
                "write `{2,9}`, or `+` and `*` for no upper limit",
            ),
            _ => fault(
                "between braces stand one or two numbers",
                "write `{2}` or `{1,3}`",
            ),
        };
        Err(self.report(diagnostic))
    }

    /// `( … )`, behind the parenthesis `open` that is taken already.
    pub(super) fn group(&mut self, open: &Token, what: &str) -> Parsed<Pattern> {
        self.open_parentheses += 1;
        let pattern = self.pattern()?;
        let close = self.pattern_token();
        if close.is(")") {
            self.next(Mode::Pattern);
            self.open_parentheses -= 1;
            return Ok(pattern);
        }
        if close.ends_line() || close.is("}") || close.kind == TokenKind::Arrow {
            return Err(self.unclosed(open, what));
        }
        Err(self.unexpected(&close, "`)`"))
    }

    /// An element at a place; its number comes at the end of parsing.
    pub(super) fn element(&self, span: Span, kind: PatternKind) -> Pattern {
        Pattern {
            id: NodeId(0),
            location: self.place(span),
            kind,
        }
    }
}

/// Whether all parentheses of a line are opened and closed in it, one at least: `where subject(cue, agent)` is a
/// condition, `where he lives)` the end of a pattern.
fn closes_itself(line: &str) -> bool {
    let mut open = 0_i32;
    for c in line.chars() {
        match c {
            '(' => open += 1,
            ')' if open == 0 => return false,
            ')' => open -= 1,
            _ => {}
        }
    }
    open == 0 && line.contains('(')
}

/// Whether a token repeats what is before it.
pub(super) fn is_quantifier(token: &Token) -> bool {
    token.kind == TokenKind::Repetition || ["?", "*", "+"].iter().any(|s| token.is(s))
}
