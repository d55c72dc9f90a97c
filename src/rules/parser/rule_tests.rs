//! `yes` and `no` lines: raw text with marks.

use super::{Faulty, Name, Parsed, Parser};
use crate::diagnostic::Diagnostic;
use crate::rules::ast::{Mark, RuleTest};
use crate::rules::lexer::is_argument;
use crate::text::Span;

/// A mark that is still open: its name, and where it began in the text and in the file (bytes).
type OpenMark = (Option<Name>, u32, usize);

impl Parser<'_> {
    /// A test behind its `yes`, `no` or `todo`.
    pub(super) fn rule_test(&mut self, word: &Name) -> Parsed<RuleTest> {
        let todo = word.text == "todo";
        let mut positive = word.text == "yes";
        if todo {
            let kind = self.name("`yes` or `no` behind `todo`")?;
            if kind.text != "yes" && kind.text != "no" {
                return Err(self.syntax(&kind, "`yes` or `no` behind `todo`"));
            }
            positive = kind.text == "yes";
        }
        self.rewind();
        let start = self.lexer.position;
        let end = self.lexer.line_end();
        let line = &self.lexer.text[start..end];
        let start = start + (line.len() - line.trim_start().len());
        let end = start + line.trim().len();
        self.lexer.position = end;
        self.end = end as u32;
        let (test_end, attributes) = self.test_attributes(start, end)?;
        let (text, marks) = self.marked_text(start, test_end)?;
        if text.trim().is_empty() {
            return Err(self.bad_test(
                start,
                end,
                "this test has no text",
                "paste a sentence behind `yes` or `no`",
            ));
        }
        if !positive && !marks.is_empty() {
            return Err(self.bad_test(
                start,
                end,
                "a `no` line has no marks",
                "take the brackets out: nothing must be found; write `\\[` for the mark in the text",
            ));
        }
        if positive && marks.is_empty() {
            return Err(self.bad_test(
                start,
                end,
                "this `yes` line does not say what is found",
                "mark each argument, as `yes [who: Anna Weber] [cue: waved]`, or the entity, as `yes [Anna Weber] waved`",
            ));
        }
        Ok(RuleTest {
            todo,
            positive,
            text,
            marks,
            attributes,
        })
    }

    fn bad_test(&mut self, start: usize, end: usize, message: &str, help: &str) -> Faulty {
        let place = self.place(Span::new(start as u32, end as u32));
        self.report(Diagnostic::error("bad-test", message, place).help(help))
    }

    /// Splits `=> key=value …` off: where the text ends, and what is checked.
    fn test_attributes(
        &mut self,
        start: usize,
        end: usize,
    ) -> Parsed<(usize, Vec<(Name, String)>)> {
        let raw = &self.lexer.text[start..end];
        let arrow = raw
            .match_indices("=>")
            .map(|(at, _)| at)
            .find(|&at| !raw[..at].ends_with('\\'));
        let Some(arrow) = arrow else {
            return Ok((end, Vec::new()));
        };
        let text_end = start + raw[..arrow].trim_end().len();
        let mut attributes = Vec::new();
        let mut at = start + arrow + 2;
        while at < end {
            let rest = &self.lexer.text[at..end];
            at += rest.len() - rest.trim_start_matches([' ', '\t', ',']).len();
            if at >= end {
                break;
            }
            let (attribute, next) = self.test_attribute(at, end)?;
            attributes.push(attribute);
            at = next;
        }
        if attributes.is_empty() {
            return Err(self.bad_test(
                start + arrow,
                end,
                "`=>` checks nothing",
                "write `=> polarity=negative`, or `\\=>` for the marks in the text",
            ));
        }
        Ok((text_end, attributes))
    }

    /// `key=value` or `key="some words"` at a byte offset; where it ends.
    fn test_attribute(&mut self, at: usize, end: usize) -> Parsed<((Name, String), usize)> {
        let rest = &self.lexer.text[at..end];
        let key = rest
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '.')
            .unwrap_or(rest.len());
        let Some(value) = rest[key..].strip_prefix('=').filter(|_| key > 0) else {
            return Err(self.bad_test(
                at,
                end,
                "behind `=>` stands `key=value`",
                "write `=> polarity=negative`, without blanks around `=`; `\\=>` for the marks in the text",
            ));
        };
        let name = self.named(Span::new(at as u32, (at + key) as u32));
        let behind = at + key + 1;
        let (value, length) =
            if let Some((inner, _)) = value.strip_prefix('"').and_then(|v| v.split_once('"')) {
                (inner, inner.len() + 2)
            } else {
                let length = value
                    .find(|c: char| c.is_whitespace() || c == ',')
                    .unwrap_or(value.len());
                (&value[..length], length)
            };
        Ok(((name, value.to_owned()), behind + length))
    }

    /// The text between two byte offsets without its marks, and the marks.
    #[expect(
        clippy::too_many_lines,
        reason = "one pass over the marks, state by state"
    )]
    fn marked_text(&mut self, start: usize, end: usize) -> Parsed<(String, Vec<Mark>)> {
        let raw = &self.lexer.text[start..end];
        let mut text = String::with_capacity(raw.len());
        let mut marks: Vec<Mark> = Vec::new();
        let mut open: Vec<OpenMark> = Vec::new();
        let mut at = 0;
        while let Some(c) = raw[at..].chars().next() {
            let rest = &raw[at..];
            if let Some(escaped) = ["\\[", "\\]", "\\=>"]
                .iter()
                .find(|e| rest.starts_with(**e))
            {
                text.push_str(&escaped[1..]);
                at += escaped.len();
                continue;
            }
            at += c.len_utf8();
            match c {
                '[' => {
                    let name = self.mark_name(start + at);
                    if let Some(name) = &name {
                        at = name.location.span.end as usize - start + 1;
                    }
                    at += raw[at..].len() - raw[at..].trim_start().len();
                    open.push((name, text.len() as u32, start + at));
                }
                ']' => {
                    let Some((name, from, _)) = open.pop() else {
                        return Err(self.bad_test(
                            start + at - 1,
                            start + at,
                            "this `]` closes nothing",
                            "write `\\]` for the mark in the text",
                        ));
                    };
                    let to = from.max(text.trim_end().len() as u32);
                    if from == to {
                        return Err(self.bad_test(
                            start + at - 1,
                            start + at,
                            "this mark is empty",
                            "put the words between the brackets",
                        ));
                    }
                    marks.push(Mark {
                        name,
                        span: Span::new(from, to),
                    });
                }
                '\u{b6}' => {
                    text.truncate(text.trim_end().len());
                    text.push_str("\n\n");
                    at += raw[at..].len() - raw[at..].trim_start().len();
                }
                _ => text.push(c),
            }
        }
        if let Some((_, _, from)) = open.pop() {
            return Err(self.bad_test(
                from.saturating_sub(1).max(start),
                end,
                "a bracket is never closed",
                "close the mark with `]`; write `\\[` for the mark in the text",
            ));
        }
        // In reading order, outer marks before inner ones.
        marks.sort_by_key(|mark| (mark.span.start, std::cmp::Reverse(mark.span.end)));
        Ok((text, marks))
    }

    /// The `name` of `[name: text]`, whose text begins at a byte offset.
    fn mark_name(&self, at: usize) -> Option<Name> {
        let rest = &self.lexer.text[at..];
        let colon =
            rest.find(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit() && c != '_')?;
        let name = &rest[..colon];
        (rest[colon..].starts_with(':') && is_argument(name))
            .then(|| self.named(Span::new(at as u32, (at + colon) as u32)))
    }
}
