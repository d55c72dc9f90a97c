//! What must hold of a match, and the values that it gives.

use super::{Comparison, Name, Pattern};
use crate::diagnostic::Location;

/// A condition with its place.
#[derive(Clone, Debug)]
pub struct Condition {
    /// Where.
    pub location: Location,
    /// What.
    pub kind: ConditionKind,
}

/// What can be asked. `not` binds tighter than `and`, `and` than `or`.
#[derive(Clone, Debug)]
pub enum ConditionKind {
    /// `a and b`
    And(Vec<Condition>),
    /// `a or b`
    Or(Vec<Condition>),
    /// `not a`
    Not(Box<Condition>),
    /// `subject(cue, _)`
    Call {
        /// The relation.
        relation: Name,
        /// By position: a value, or none for `_`.
        arguments: Vec<Option<Value>>,
    },
    /// `content has @vg{finite}`
    Has {
        /// In which stretch.
        value: Value,
        /// What must match somewhere inside.
        pattern: Pattern,
    },
    /// `role in %spokesrole`
    In {
        /// Whose words.
        value: Value,
        /// A list,
        list: Name,
        /// or one of its columns.
        column: Option<Name>,
    },
    /// `a.family = b.family`
    Compare {
        /// Left.
        left: Value,
        /// How.
        comparison: Comparison,
        /// Right.
        right: Value,
    },
    /// `a.family missing`
    Missing(Value),
    /// `a.family present`
    Present(Value),
    /// `agree(gender)` (of the referring words and the candidate) or `agree(a.given, b.given)`
    Agree(Vec<Value>),
    /// `inside(@if_clause)`
    Inside(Pattern),
    /// `zone(caption | title)`
    Zone(Vec<Name>),
}

/// A value in a condition or in `set`.
#[derive(Clone, Debug)]
pub struct Value {
    /// Where.
    pub location: Location,
    /// What.
    pub kind: ValueKind,
}

/// What a value can be.
#[derive(Clone, Debug)]
pub enum ValueKind {
    /// `cue`, `a.family`, `cue.entry.class`, `entry.name`; also bare words that are literals (`positive`, `argue`):
    /// a path of one part that names no argument.
    Path(Vec<Name>),
    /// `"text"`
    Text(String),
    /// `12`
    Number(String),
    /// `head(person)`
    Function {
        /// Its name.
        name: Name,
        /// Its arguments.
        arguments: Vec<Value>,
    },
}
