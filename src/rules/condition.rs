//! Compiled conditions and values: what `where`, `set`, `same`, `never` and `refer` ask.

use super::ast::Comparison;
use super::program::{Outward, Program};
use super::rule_set::RelationId;
use crate::text::ZoneKind;

/// A compiled condition.
#[derive(Clone, Debug)]
pub enum Condition {
    /// All of them.
    And(Vec<Condition>),
    /// One of them.
    Or(Vec<Condition>),
    /// Not this.
    Not(Box<Condition>),
    /// Another relation; binds what is not bound yet.
    Call {
        /// The relation; its sub-relations count.
        relation: RelationId,
        /// By position; none for `_`.
        arguments: Vec<Option<Value>>,
    },
    /// Something matches inside the words of a value.
    Has {
        /// Where.
        value: Value,
        /// What.
        program: Program,
        /// Where the pattern is one bare word: the name it may be of a bound argument.
        word: Option<String>,
    },
    /// The words of a value are an entry of a list, or hold one.
    In {
        /// Whose words.
        value: Value,
        /// The list.
        list: u32,
        /// Its column.
        column: Option<u16>,
    },
    /// A comparison.
    Compare(Value, Comparison, Value),
    /// Not there.
    Missing(Value),
    /// There.
    Present(Value),
    /// `agree(gender)`, `agree(number)` of the referring words and the candidate; or two values that do not contradict.
    Agree(Vec<Value>),
    /// The head lies inside a match.
    Inside(Outward),
    /// The sentence stands in one of these zones.
    Zone(ZoneSet),
}

impl Condition {
    /// Whether one of the programs that it runs passes.
    pub(crate) fn any_program(&self, passes: &mut dyn FnMut(&Program) -> bool) -> bool {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().any(|p| p.any_program(passes)),
            Self::Not(inner) => inner.any_program(passes),
            Self::Has { program, .. } => passes(program),
            Self::Inside(programs) => passes(&programs.right) || passes(&programs.left),
            _ => false,
        }
    }
}

/// A compiled value.
#[derive(Clone, Debug)]
pub enum Value {
    /// `cue`, `a.family`, `cue.entry.class`: a name and what is asked of it.
    Path(Vec<String>),
    /// Words.
    Text(String),
    /// A number.
    Number(String),
    /// A function of values; without arguments, of the whole match.
    Function(Function, Vec<Value>),
}

/// Functions of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// The words.
    Text,
    /// The lemma of the head.
    Lemma,
    /// The head word.
    Head,
    /// The first word.
    First,
    /// The last word.
    Last,
    /// The words without article, possessive and marks around them.
    Bare,
    /// The value of a written number.
    Number,
    /// The lower bound of a hedged number.
    Low,
    /// The upper bound of a hedged number.
    High,
    /// The unit of an amount.
    Unit,
    /// The value of a written date.
    Date,
    /// The words with capitals as in a title.
    Title,
}

impl Function {
    /// Names in rules.
    pub const NAMES: &'static [(&'static str, Self)] = &[
        ("text", Self::Text),
        ("lemma", Self::Lemma),
        ("head", Self::Head),
        ("first", Self::First),
        ("last", Self::Last),
        ("bare", Self::Bare),
        ("number", Self::Number),
        ("low", Self::Low),
        ("high", Self::High),
        ("unit", Self::Unit),
        ("date", Self::Date),
        ("title", Self::Title),
    ];

    /// The function with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMES
            .iter()
            .find(|(n, _)| *n == name)
            .map(|(_, f)| *f)
    }
}

/// A set of zones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ZoneSet(u8);

impl ZoneSet {
    /// Where rules look that do not say.
    pub const DEFAULT: Self = Self(1 | 2);
    /// Everywhere.
    pub const ALL: Self = Self(u8::MAX);

    /// Of these zones.
    pub fn of(zones: impl Iterator<Item = ZoneKind>) -> Self {
        Self(zones.fold(0, |set, zone| set | 1 << zone as u8))
    }

    /// Whether a zone is in it.
    pub const fn has(self, zone: ZoneKind) -> bool {
        self.0 >> zone as u8 & 1 == 1
    }
}

/// The zone with this name in rules.
pub fn zone_from_name(name: &str) -> Option<ZoneKind> {
    Some(match name {
        "title" => ZoneKind::Title,
        "body" => ZoneKind::Body,
        "caption" => ZoneKind::Caption,
        "credit" => ZoneKind::Credit,
        "byline" => ZoneKind::Byline,
        "interface" => ZoneKind::Interface,
        "related" => ZoneKind::Related,
        _ => return None,
    })
}
