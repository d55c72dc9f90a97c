//! Blocks and their items, one a line.

use super::declarations::DECLARATIONS;
use super::{Faulty, Mode, Name, Parsed, Parser, Token, TokenKind};
use crate::diagnostic::{Diagnostic, Location};
use crate::rules::ast::{Block, Condition, ConditionKind, Item, ItemKind, MatchKind};
use crate::rules::suggest;

/// Words that begin an item.
pub(super) const ITEMS: &[&str] = &[
    "match",
    "name",
    "adjective",
    "nominal",
    "pronoun",
    "from",
    "where",
    "set",
    "absorb",
    "in",
    "yes",
    "no",
    "todo",
    "meta",
    "same",
    "never",
    "refer",
];

/// Items that deeper lines may belong to.
const OWNERS: &[&str] = &["match", "name", "adjective", "nominal", "pronoun", "from"];

/// Lines that change what the matching line above them finds.
const CLAUSES: [&str; 3] = ["where", "set", "absorb"];

/// Lines that narrow what all matching lines of a block find.
const GUARDS: [&str; 2] = ["where", "in"];

/// The line above that deeper lines belong to.
#[derive(Clone, Copy, Debug)]
struct Owner {
    /// Columns before it.
    column: u32,
    /// Its index in the block; none if it is faulty.
    item: Option<usize>,
}

impl Parser<'_> {
    /// A name and its block.
    pub(super) fn named_block(&mut self, what: &str) -> Parsed<Block> {
        let name = self.name(what)?;
        self.block(name)
    }

    /// `{ … }`
    pub(super) fn block(&mut self, name: Name) -> Parsed<Block> {
        let open = self.expect(Mode::Declaration, "{", "and its rules")?;
        let mut items: Vec<Item> = Vec::new();
        let mut owner = None;
        let mut unguarded = false;
        loop {
            self.skip_lines();
            let first = self.peek(Mode::Declaration);
            let one_line =
                !self.lexer.text[open.span.end as usize..first.span.start as usize].contains('\n');
            if first.is("}") {
                self.next(Mode::Declaration);
                break;
            }
            if first.kind == TokenKind::End || self.leaves_block(&first) {
                self.unclosed(&open, "this block");
                break;
            }
            let column = self.lexer.indentation(first.span.start as usize);
            self.item_indentation = Some(column);
            owner = owner.filter(|owner: &Owner| column > owner.column);
            let known = items.len();
            if self.item_line(&mut items, owner, one_line).is_err() {
                self.recover_item(open.span.start as usize);
                self.would_bind(first.span.start as usize);
                let word = self.lexer.slice(first.span);
                match owner.as_mut() {
                    Some(owner) if CLAUSES.contains(&word) => self.give_up(&mut items, owner),
                    None => unguarded |= GUARDS.contains(&word),
                    _ => {}
                }
            }
            if owner.is_none() && OWNERS.contains(&self.lexer.slice(first.span)) {
                let item = (items.len() > known).then_some(known);
                owner = Some(Owner { column, item });
            }
        }
        if unguarded {
            // Without its condition the whole block would find too much.
            self.would_bind(open.span.start as usize);
            items.retain(|item| !matches!(item.kind, ItemKind::Match(_) | ItemKind::From(_)));
        }
        let location = self.since(open.span.start);
        Ok(Block {
            name,
            items,
            location,
        })
    }

    /// Leaves a matching line out whose condition or values are faulty: without them it would find something else.
    fn give_up(&mut self, items: &mut Vec<Item>, owner: &mut Owner) {
        if let Some(index) = owner.item.take() {
            let item = items.remove(index);
            self.would_bind(item.location.span.start as usize);
        }
    }

    /// Whether a line begins a declaration at the left margin, so that a `}` is missing before it.
    fn leaves_block(&self, first: &Token) -> bool {
        let word = self.lexer.slice(first.span);
        let at_margin = self.lexer.indentation(first.span.start as usize) == 0;
        at_margin && DECLARATIONS.contains(&word) && word != "meta"
    }

    /// An item and the end of its line; deeper lines go into the item above.
    fn item_line(
        &mut self,
        items: &mut Vec<Item>,
        owner: Option<Owner>,
        one_line: bool,
    ) -> Parsed<()> {
        let start = self.peek(Mode::Declaration).span.start;
        let word = self.name("an item, as `match …`, or `}`")?;
        if one_line && matches!(word.text.as_str(), "yes" | "no" | "todo") {
            return Err(self.report(
                Diagnostic::error(
                    "one-item-a-line",
                    format!("`{}` takes the whole line, with its `}}`", word.text),
                    word.location,
                )
                .help("put it on a line of its own"),
            ));
        }
        let kind = self.item(&word)?;
        let location = self.since(start);
        self.end_of_item()?;
        let item = Item { location, kind };
        if let Some(owner) = owner {
            self.attach(items, owner, item)
        } else {
            items.push(item);
            Ok(())
        }
    }

    /// What an item says behind its first word.
    fn item(&mut self, word: &Name) -> Parsed<ItemKind> {
        match word.text.as_str() {
            "match" => self.match_item(MatchKind::Match),
            "name" => self.match_item(MatchKind::Name),
            "adjective" => self.match_item(MatchKind::Adjective),
            "nominal" => self.match_item(MatchKind::Nominal),
            "pronoun" => self.match_item(MatchKind::Pronoun),
            "from" => self.from_item(),
            "where" => self.condition().map(ItemKind::Where),
            "set" => self.assignments().map(ItemKind::Set),
            "absorb" => self
                .name("the argument that is widened")
                .map(ItemKind::Absorb),
            "in" => self.zones().map(ItemKind::In),
            "yes" | "no" | "todo" => self.rule_test(word).map(ItemKind::Test),
            "meta" => self.meta().map(|(key, value)| ItemKind::Meta(key, value)),
            "same" | "never" => {
                let never = word.text == "never";
                let condition = self.condition()?;
                Ok(ItemKind::Identity { never, condition })
            }
            "refer" => self.refer_item(),
            "overlap" | "run" | "script" | "lazy" => Err(self.reserved(word.location, &word.text)),
            _ => {
                let diagnostic = Diagnostic::error(
                    "unknown-item",
                    format!("`{}` does not begin an item", word.text),
                    word.location,
                );
                let diagnostic = suggest::add(
                    diagnostic,
                    word,
                    ITEMS.iter().copied(),
                    "a line of a block begins with `match name adjective nominal pronoun from where set absorb in yes no meta same never refer`",
                );
                Err(self.report(diagnostic))
            }
        }
    }

    /// Nothing more may stand on the line of an item.
    fn end_of_item(&mut self) -> Parsed<()> {
        let token = self.peek(Mode::Declaration);
        if token.ends_line() || token.is("}") {
            return Ok(());
        }
        let word = self.lexer.slice(token.span);
        if token.kind == TokenKind::Word && ITEMS.contains(&word) {
            let place = self.place(token.span);
            return Err(self.report(
                Diagnostic::error("one-item-a-line", "one item a line", place)
                    .label("a second item begins here")
                    .help(format!("put `{word}` on a line of its own")),
            ));
        }
        Err(self.unexpected(&token, "the end of the line"))
    }

    /// Gives a deeper line to the item above it.
    fn attach(&mut self, items: &mut Vec<Item>, owner: Owner, item: Item) -> Parsed<()> {
        if matches!(item.kind, ItemKind::Test(_) | ItemKind::Meta(..)) {
            items.push(item);
            return Ok(());
        }
        // What stands under a faulty line is left out with it, never taken for a line of the block.
        let Some(owner) = owner.item.map(|index| &mut items[index]) else {
            if let ItemKind::Set(values) = item.kind {
                let names = values.into_iter().map(|value| value.name.text);
                self.faulty.bound.extend(names);
            }
            return Ok(());
        };
        let end = item.location.span.end;
        match (&mut owner.kind, item.kind) {
            (ItemKind::Match(owner), ItemKind::Where(condition)) => owner.filters.push(condition),
            (ItemKind::Match(owner), ItemKind::Set(values)) => owner.assignments.extend(values),
            (ItemKind::Match(owner), ItemKind::Absorb(name)) if owner.absorb.is_none() => {
                owner.absorb = Some(name);
            }
            (ItemKind::From(owner), ItemKind::Where(condition)) => {
                owner.filter = Some(match owner.filter.take() {
                    Some(first) => both(first, condition),
                    None => condition,
                });
            }
            (ItemKind::From(owner), ItemKind::Set(values)) => owner.assignments.extend(values),
            _ => {
                return Err(self.report(
                    Diagnostic::error(
                        "misplaced-item",
                        "this line is indented deeper than the item above, yet cannot belong to it",
                        item.location,
                    )
                    .also(owner.location, "the item above")
                    .help("only `where`, `set` and `absorb` belong to a matching line, `where` and `set` to `from`; indent the others like the rest of the block"),
                ));
            }
        }
        owner.location.span.end = owner.location.span.end.max(end);
        Ok(())
    }

    /// Skips the rest of a faulty item: its line, and lines that can only continue it.
    fn recover_item(&mut self, block_start: usize) {
        let in_parentheses = self.open_parentheses > 0;
        self.open_parentheses = 0;
        self.depth = 0;
        self.rewind();
        if self.closes_on_this_line(block_start) {
            return;
        }
        self.skip_rest_of_line();
        loop {
            let rest = &self.lexer.text[self.lexer.position..];
            let line = rest[..rest.find('\n').unwrap_or(rest.len())].trim_start();
            let word = line
                .split(|c: char| !c.is_ascii_alphabetic())
                .next()
                .unwrap_or_default();
            let continues = line.starts_with('|')
                || (in_parentheses
                    && !line.starts_with('}')
                    && !ITEMS.contains(&word)
                    && !DECLARATIONS.contains(&word));
            if rest.is_empty() || !continues {
                return;
            }
            self.skip_rest_of_line();
        }
    }

    /// In a block on one line, moves to its last `}` if there is one.
    fn closes_on_this_line(&mut self, block_start: usize) -> bool {
        let end = self.lexer.line_end();
        let from = self.lexer.position;
        let one_line = !self.lexer.text[block_start..from].contains('\n');
        let rest = self.lexer.text[from..end].trim_end();
        if one_line && rest.ends_with('}') {
            self.lexer.position = from + rest.len() - 1;
            return true;
        }
        false
    }

    /// Reports what a later version may bring.
    pub(super) fn reserved(&mut self, location: Location, what: &str) -> Faulty {
        self.report(
            Diagnostic::error(
                "reserved",
                format!("`{what}` is reserved: version 1 of the rule language does not have it"),
                location,
            )
            .help("lazy repetition other than gaps, `overlap all`, captures inside a token, dependency paths and scripting may come in a later version"),
        )
    }

    /// Reports a word where another was expected.
    pub(super) fn syntax(&mut self, found: &Name, what: &str) -> Faulty {
        self.report(
            Diagnostic::error("syntax", format!("expected {what}"), found.location)
                .label(format!("found `{}`", found.text)),
        )
    }
}

/// Two conditions that must both hold.
fn both(first: Condition, second: Condition) -> Condition {
    let mut location = first.location;
    location.span = location.span.cover(second.location.span);
    Condition {
        location,
        kind: ConditionKind::And(vec![first, second]),
    }
}
