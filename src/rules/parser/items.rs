//! What the lines of a block say.

use super::{Mode, Name, Parsed, Parser, TokenKind};
use crate::diagnostic::Diagnostic;
use crate::rules::ast::{FromItem, ItemKind, MatchItem, MatchKind, ReferItem};
use crate::rules::lexer::is_argument;

impl Parser<'_> {
    /// `reported: pattern`
    pub(super) fn match_item(&mut self, kind: MatchKind) -> Parsed<ItemKind> {
        let label = self.label()?;
        let pattern = self.pattern()?;
        Ok(ItemKind::Match(MatchItem {
            kind,
            label,
            pattern,
            filters: Vec::new(),
            assignments: Vec::new(),
            absorb: None,
        }))
    }

    /// `reported:` with a blank behind it.
    fn label(&mut self) -> Parsed<Option<Name>> {
        let word = self.peek(Mode::Declaration);
        if word.kind != TokenKind::Word {
            return Ok(None);
        }
        let rest = &self.lexer.text[word.span.end as usize..];
        let Some(behind) = rest.strip_prefix(':') else {
            return Ok(None);
        };
        if !behind.starts_with(|c: char| c.is_whitespace()) {
            return Ok(None);
        }
        let name = self.named(word.span);
        if !is_argument(&name.text) {
            return Err(self.report(Diagnostic::error(
                "bad-name",
                format!(
                    "the name of a variant begins with a small letter, unlike `{}`",
                    name.text
                ),
                name.location,
            )));
        }
        self.next(Mode::Declaration);
        self.next(Mode::Declaration);
        Ok(Some(name))
    }

    /// `REL(x, _, y) where …`
    #[expect(
        clippy::wrong_self_convention,
        reason = "it parses an item that begins with `from`"
    )]
    pub(super) fn from_item(&mut self) -> Parsed<ItemKind> {
        let relation = self.lower_name("a relation")?;
        self.expect(Mode::Declaration, "(", "and arguments")?;
        let mut arguments = Vec::new();
        while !self.take(Mode::Declaration, ")") {
            arguments.push(self.name("an argument of this relation, or `_`")?);
            let token = self.peek(Mode::Declaration);
            if token.is(",") {
                self.next(Mode::Declaration);
            } else if !token.is(")") {
                return Err(self.unexpected(&token, "`,` or `)`"));
            }
        }
        let filter = if self.take_word(Mode::Declaration, "where") {
            Some(self.condition()?)
        } else {
            None
        };
        Ok(ItemKind::From(FromItem {
            relation,
            arguments,
            filter,
            assignments: Vec::new(),
        }))
    }

    /// `caption | byline`
    pub(super) fn zones(&mut self) -> Parsed<Vec<Name>> {
        let mut zones = vec![self.name("a zone, as `caption`")?];
        while self.take(Mode::Declaration, "|") {
            zones.push(self.name("a zone, as `caption`")?);
        }
        Ok(zones)
    }

    /// `PATTERN -> nearest subject @Person where … within 2 sentences`
    pub(super) fn refer_item(&mut self) -> Parsed<ItemKind> {
        let pattern = self.pattern()?;
        let arrow = self.peek(Mode::Pattern);
        if arrow.kind != TokenKind::Arrow {
            return Err(self.unexpected(
                &arrow,
                "`->` and what is referred to, as `-> nearest @Person`",
            ));
        }
        self.next(Mode::Pattern);
        let how = self.name("`nearest` or `last`")?;
        if how.text != "nearest" && how.text != "last" {
            return Err(self.syntax(&how, "`nearest` or `last`"));
        }
        let subject = self.take_word(Mode::Declaration, "subject");
        let target = self.peek(Mode::Declaration);
        if target.kind != TokenKind::Found {
            return Err(self.unexpected(&target, "a type, as `@Person`"));
        }
        self.next(Mode::Declaration);
        let mut span = target.span;
        span.start += 1;
        let target = self.named(span);
        let filter = if self.take_word(Mode::Declaration, "where") {
            Some(self.condition()?)
        } else {
            None
        };
        let within = self.within()?;
        Ok(ItemKind::Refer(ReferItem {
            pattern,
            last: how.text == "last",
            subject,
            target,
            filter,
            within,
        }))
    }

    /// `within 2 sentences`
    fn within(&mut self) -> Parsed<Option<u32>> {
        if !self.take_word(Mode::Declaration, "within") {
            return Ok(None);
        }
        let number = self.peek(Mode::Declaration);
        let count = self.lexer.slice(number.span).parse().ok();
        let (TokenKind::Number, Some(count)) = (&number.kind, count) else {
            return Err(self.unexpected(&number, "a number of sentences"));
        };
        self.next(Mode::Declaration);
        if !self.take_word(Mode::Declaration, "sentences")
            && !self.take_word(Mode::Declaration, "sentence")
        {
            let token = self.peek(Mode::Declaration);
            return Err(self.unexpected(&token, "`sentences`"));
        }
        Ok(Some(count))
    }
}
