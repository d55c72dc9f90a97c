//! Blocks of rules and their lines.

use super::{Condition, Name, Pattern, Value};
use crate::diagnostic::Location;

/// The rules of one entity type, phrase, relation or merge.
#[derive(Clone, Debug)]
pub struct Block {
    /// What it is about; for a relation its name again.
    pub name: Name,
    /// Its items in order.
    pub items: Vec<Item>,
    /// From `{` to `}`.
    pub location: Location,
}

/// One line of a block.
#[derive(Clone, Debug)]
pub struct Item {
    /// The whole of it.
    pub location: Location,
    /// What it says.
    pub kind: ItemKind,
}

/// What a line of a block can say.
#[derive(Clone, Debug)]
pub enum ItemKind {
    /// `match reported: …` and the kinds of entity lines.
    Match(MatchItem),
    /// `from holds_role(agent, role, body) where …`
    From(FromItem),
    /// `where …`, for the block or (indented under a match) for that match: see [`MatchItem::filters`].
    Where(Condition),
    /// `set name = value, …`
    Set(Vec<Assignment>),
    /// `absorb person`
    Absorb(Name),
    /// `in caption | byline`
    In(Vec<Name>),
    /// `yes …`, `no …`
    Test(RuleTest),
    /// `meta name value`
    Meta(Name, String),
    /// `same …`, `never …`
    Identity {
        /// `never`
        never: bool,
        /// Over `a` and `b`.
        condition: Condition,
    },
    /// `refer he | she -> nearest …`
    Refer(ReferItem),
}

/// The kind of a matching line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MatchKind {
    /// `match`
    Match,
    /// `name`
    Name,
    /// `adjective`
    Adjective,
    /// `nominal`
    Nominal,
    /// `pronoun`
    Pronoun,
}

/// A pattern with its own conditions.
#[derive(Clone, Debug)]
pub struct MatchItem {
    /// `match`, `name`, …
    pub kind: MatchKind,
    /// Its label; without one the kind's word and its number in the block (`match1`).
    pub label: Option<Name>,
    /// What it finds.
    pub pattern: Pattern,
    /// `where` lines indented under it.
    pub filters: Vec<Condition>,
    /// `set` lines indented under it.
    pub assignments: Vec<Assignment>,
    /// `absorb` indented under it.
    pub absorb: Option<Name>,
}

/// `from REL(x, _, y) where …`
#[derive(Clone, Debug)]
pub struct FromItem {
    /// The relation asked.
    pub relation: Name,
    /// Names of this relation's parameters (or `_`), by position of the asked one's.
    pub arguments: Vec<Name>,
    /// Its condition.
    pub filter: Option<Condition>,
    /// `set` lines indented under it.
    pub assignments: Vec<Assignment>,
}

/// `name = value`
#[derive(Clone, Debug)]
pub struct Assignment {
    /// Attribute or argument.
    pub name: Name,
    /// Its value.
    pub value: Value,
}

/// `refer PATTERN -> nearest subject @Person where … within 2 sentences`
#[derive(Clone, Debug)]
pub struct ReferItem {
    /// What refers.
    pub pattern: Pattern,
    /// `last` instead of `nearest`.
    pub last: bool,
    /// Only subjects of verbs.
    pub subject: bool,
    /// The type of what is referred to.
    pub target: Name,
    /// `it` is the candidate.
    pub filter: Option<Condition>,
    /// How far back; `None`: any distance.
    pub within: Option<u32>,
}

/// `yes …` or `no …`
#[derive(Clone, Debug)]
pub struct RuleTest {
    /// `todo yes`: expected to fail.
    pub todo: bool,
    /// `yes`
    pub positive: bool,
    /// The text without its marks; `¶` became a paragraph break.
    pub text: String,
    /// Marked stretches: bytes of `text`.
    pub marks: Vec<Mark>,
    /// `=> key=value`
    pub attributes: Vec<(Name, String)>,
}

/// `[name: text]` or `[text]` in a test.
#[derive(Clone, Debug)]
pub struct Mark {
    /// The argument's name; none for an entity.
    pub name: Option<Name>,
    /// Bytes of the test's text.
    pub span: crate::text::Span,
}
