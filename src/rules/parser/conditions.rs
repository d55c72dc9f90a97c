//! Conditions, values and assignments.

use super::token_tests::comparison;
use super::{Faulty, Mode, Parsed, Parser, TokenKind};
use crate::diagnostic::Diagnostic;
use crate::rules::ast::{Assignment, Condition, ConditionKind, Name, Value, ValueKind};
use crate::rules::lexer::unquote;
use crate::text::Span;

/// What a word with parentheses behind it holds: values, or `_`.
type Arguments = Vec<Option<Value>>;

impl Parser<'_> {
    /// `a and b or not c`
    pub(super) fn condition(&mut self) -> Parsed<Condition> {
        self.nested(|parser| {
            parser.joined_conditions("or", Self::all_conditions, ConditionKind::Or)
        })
    }

    fn all_conditions(&mut self) -> Parsed<Condition> {
        self.joined_conditions("and", Self::single_condition, ConditionKind::And)
    }

    /// Parts with a word between them; a line that begins with the word goes on.
    fn joined_conditions(
        &mut self,
        word: &str,
        part: fn(&mut Self) -> Parsed<Condition>,
        join: fn(Vec<Condition>) -> ConditionKind,
    ) -> Parsed<Condition> {
        let first = part(self)?;
        let start = first.location.span.start;
        let mut parts = vec![first];
        loop {
            self.skip_line_before(&["and", "or"]);
            if !self.take_word(Mode::Declaration, word) {
                break;
            }
            self.skip_lines();
            parts.push(part(self)?);
        }
        if parts.len() == 1 {
            return Ok(parts.remove(0));
        }
        Ok(Condition {
            location: self.since(start),
            kind: join(parts),
        })
    }

    /// Passes line ends if the next line begins with one of these words, or a parenthesis is open.
    fn skip_line_before(&mut self, words: &[&str]) {
        let token = self.peek(Mode::Declaration);
        if token.kind != TokenKind::Newline {
            return;
        }
        let rest = self.lexer.text[token.span.end as usize..].trim_start();
        let first = rest
            .split(|c: char| !c.is_ascii_alphabetic())
            .next()
            .unwrap_or_default();
        if words.contains(&first) {
            self.skip_lines();
        }
    }

    fn single_condition(&mut self) -> Parsed<Condition> {
        let token = self.peek(Mode::Declaration);
        let start = token.span.start;
        if token.is("(") {
            self.next(Mode::Declaration);
            self.skip_lines();
            let mut inner = self.condition()?;
            self.skip_lines();
            let close = self.peek(Mode::Declaration);
            if close.kind == TokenKind::End {
                return Err(self.unclosed(&token, "this parenthesis"));
            }
            self.expect(
                Mode::Declaration,
                ")",
                "behind the conditions in parentheses",
            )?;
            inner.location = self.since(start);
            return Ok(inner);
        }
        let kind = if self.take_word(Mode::Declaration, "not") {
            let inner = self.nested(Self::single_condition)?;
            ConditionKind::Not(Box::new(inner))
        } else if token.kind == TokenKind::Word && self.opens_call(token.span) {
            let name = self.name("a relation")?;
            self.call_condition(name)?
        } else {
            let value = self.value()?;
            self.comparison(value)?
        };
        Ok(Condition {
            location: self.since(start),
            kind,
        })
    }

    /// Whether `(` stands behind a word.
    fn opens_call(&self, word: Span) -> bool {
        self.lexer.text[word.end as usize..]
            .trim_start_matches([' ', '\t'])
            .starts_with('(')
    }

    /// `subject(cue, _)`, `agree(gender)`, `inside(@x)`, `zone(title)`, or a function that is compared.
    fn call_condition(&mut self, name: Name) -> Parsed<ConditionKind> {
        let open = self.expect(Mode::Declaration, "(", "and arguments")?;
        if !open.glued {
            let gap = self.place(Span::new(name.location.span.end, open.span.start));
            return Err(self.report(
                Diagnostic::error(
                    "call-apart",
                    format!("`{}` does not touch its parenthesis", name.text),
                    name.location,
                )
                .help(format!("write `{}(…)` to ask it", name.text))
                .edit(gap, ""),
            ));
        }
        match name.text.as_str() {
            "inside" => {
                let pattern = self.group(&open, "`inside`")?;
                return Ok(ConditionKind::Inside(pattern));
            }
            "zone" => {
                let zones = self.zones()?;
                self.expect(Mode::Declaration, ")", "behind the zones")?;
                return Ok(ConditionKind::Zone(zones));
            }
            _ => {}
        }
        let arguments = self.arguments(&open)?;
        if name.text == "agree" {
            return self.given(arguments, &name).map(ConditionKind::Agree);
        }
        let next = self.peek(Mode::Declaration);
        let asks = comparison(&next).is_some()
            || (next.kind == TokenKind::Word
                && ["has", "in", "missing", "present"].contains(&self.lexer.slice(next.span)));
        if !asks {
            return Ok(ConditionKind::Call {
                relation: name,
                arguments,
            });
        }
        let location = self.since(name.location.span.start);
        let arguments = self.given(arguments, &name)?;
        self.comparison(Value {
            location,
            kind: ValueKind::Function { name, arguments },
        })
    }

    /// Arguments behind their `(`, with `)`.
    fn arguments(&mut self, open: &super::Token) -> Parsed<Arguments> {
        let mut arguments = Vec::new();
        loop {
            self.skip_lines();
            let token = self.peek(Mode::Declaration);
            if token.is(")") {
                self.next(Mode::Declaration);
                return Ok(arguments);
            }
            if token.kind == TokenKind::End {
                return Err(self.unclosed(open, "this parenthesis"));
            }
            arguments.push(if self.take_word(Mode::Declaration, "_") {
                None
            } else {
                Some(self.value()?)
            });
            self.skip_lines();
            let token = self.peek(Mode::Declaration);
            if token.is(",") {
                self.next(Mode::Declaration);
            } else if !token.is(")") {
                return Err(self.unexpected(&token, "`,` or `)`"));
            }
        }
    }

    /// Arguments of a function, where `_` has no meaning.
    fn given(&mut self, arguments: Arguments, name: &Name) -> Parsed<Vec<Value>> {
        if arguments.iter().all(Option::is_some) && !arguments.is_empty() {
            return Ok(arguments.into_iter().flatten().collect());
        }
        Err(self.report(
            Diagnostic::error(
                "wrong-arguments",
                format!("`{}` needs a value for every argument", name.text),
                name.location,
            )
            .help("`_` stands for anything, in relations only"),
        ))
    }

    /// What is asked of a value.
    fn comparison(&mut self, left: Value) -> Parsed<ConditionKind> {
        let token = self.peek(Mode::Declaration);
        if let Some(comparison) = comparison(&token) {
            self.next(Mode::Declaration);
            let right = self.value()?;
            return Ok(ConditionKind::Compare {
                left,
                comparison,
                right,
            });
        }
        let word = if token.kind == TokenKind::Word {
            self.lexer.slice(token.span)
        } else {
            ""
        };
        match word {
            "has" => {
                self.next(Mode::Declaration);
                let pattern = self.atom()?;
                Ok(ConditionKind::Has {
                    value: left,
                    pattern,
                })
            }
            "in" => self.membership(left),
            "missing" | "present" => {
                self.next(Mode::Declaration);
                Ok(if word == "missing" {
                    ConditionKind::Missing(left)
                } else {
                    ConditionKind::Present(left)
                })
            }
            _ => Err(self.unexpected(
                &token,
                "`has`, `in`, `missing`, `present`, `=`, `!=`, `<` or `>` behind a value",
            )),
        }
    }

    /// `in %list`, `in %list.column`
    fn membership(&mut self, value: Value) -> Parsed<ConditionKind> {
        self.next(Mode::Declaration);
        let token = self.peek(Mode::Declaration);
        if token.kind != TokenKind::List {
            return Err(self.unexpected(&token, "a list, as `%country`"));
        }
        self.next(Mode::Declaration);
        let (list, column) = self.list_name(token.span);
        Ok(ConditionKind::In {
            value,
            list,
            column,
        })
    }

    /// `cue.entry.class`, `"text"`, `12`, `head(person)`
    pub(super) fn value(&mut self) -> Parsed<Value> {
        let token = self.peek(Mode::Declaration);
        let start = token.span.start;
        let kind = match token.kind {
            TokenKind::Text => {
                self.next(Mode::Declaration);
                ValueKind::Text(unquote(self.lexer.slice(token.span)))
            }
            TokenKind::Number | TokenKind::Sign("-") => self.number()?,
            TokenKind::Word if self.opens_call(token.span) => {
                let name = self.name("a function")?;
                let open = self.next(Mode::Declaration);
                let arguments = self.nested(|parser| parser.arguments(&open))?;
                let arguments = self.given(arguments, &name)?;
                ValueKind::Function { name, arguments }
            }
            TokenKind::Word => ValueKind::Path(self.path()?),
            _ => {
                return Err(self.unexpected(
                    &token,
                    "a value: an argument, `a.name`, a text in quotes, a number or a function",
                ));
            }
        };
        Ok(Value {
            location: self.since(start),
            kind,
        })
    }

    /// `a.b.c`, without blanks.
    fn path(&mut self) -> Parsed<Vec<Name>> {
        let mut parts = vec![self.name("a name")?];
        loop {
            let dot = self.peek(Mode::Declaration);
            if !dot.is(".") || !dot.glued {
                return Ok(parts);
            }
            self.next(Mode::Declaration);
            parts.push(self.name("a name behind the dot")?);
        }
    }

    /// `12`, `-3`, `1.5`
    fn number(&mut self) -> Parsed<ValueKind> {
        let start = self.peek(Mode::Declaration).span.start;
        self.take(Mode::Declaration, "-");
        let whole = self.next(Mode::Declaration);
        let dot = self.peek(Mode::Declaration);
        if dot.is(".") && dot.glued {
            self.next(Mode::Declaration);
            self.next(Mode::Declaration);
        }
        let place = self.since(start.min(whole.span.start));
        let written = self.lexer.slice(place.span);
        if written.parse::<f64>().is_ok() && !written.ends_with('.') {
            return Ok(ValueKind::Number(written.to_owned()));
        }
        Err(self.bad_number(written, place))
    }

    fn bad_number(&mut self, written: &str, place: crate::diagnostic::Location) -> Faulty {
        self.report(
            Diagnostic::error("syntax", format!("`{written}` is not a number"), place)
                .help("quote it if it is a text"),
        )
    }

    /// `name = value, other = value`
    pub(super) fn assignments(&mut self) -> Parsed<Vec<Assignment>> {
        let mut assignments = Vec::new();
        loop {
            let name = self.lower_name("an attribute or argument")?;
            self.expect(Mode::Declaration, "=", "and a value")?;
            let value = self.value()?;
            assignments.push(Assignment { name, value });
            if !self.take(Mode::Declaration, ",") {
                return Ok(assignments);
            }
            self.skip_lines();
        }
    }
}
