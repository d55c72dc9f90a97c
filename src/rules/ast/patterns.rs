//! What is looked for: patterns, and tests on one token.

use super::{Name, NodeId};
use crate::diagnostic::Location;

/// An element of a pattern.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// Its identity.
    pub id: NodeId,
    /// Where it stands.
    pub location: Location,
    /// What it is.
    pub kind: PatternKind,
}

/// What an element can be.
#[derive(Clone, Debug)]
pub enum PatternKind {
    /// `minister` `'s` `"prime minister"` `,`: one or more tokens after the tokenizer of the text.
    Word {
        /// As written, without quotes.
        text: String,
        /// In backticks: exactly this case.
        exact: bool,
    },
    /// `~issue` `~"rule out"`
    Lemma(String),
    /// `%country` `%country.demonym` `%Person.family`
    List {
        /// List or entity type.
        name: Name,
        /// Column or attribute.
        column: Option<Name>,
    },
    /// `@Person` `@quote` `@vg{…}(…)` `@said`
    Found {
        /// Type, phrase, relation or built-in group.
        name: Name,
        /// Inside `{ }`.
        features: Option<Features>,
        /// Inside `( )`.
        head: Option<Box<Pattern>>,
    },
    /// `<VERB.past>`
    Tag {
        /// `VERB`
        upos: Name,
        /// `past`
        form: Option<Name>,
    },
    /// `<start>`
    Start,
    /// `<end>`
    End,
    /// `<para>`
    Paragraph,
    /// `[cap & !%stopword]`
    Test(TokenTest),
    /// `$ROLE`
    Macro(Name),
    /// `a b`
    Sequence(Vec<Pattern>),
    /// `a | b`
    Alternative(Vec<Pattern>),
    /// `x?` `x*` `x+` `x{1,3}`
    Repeat {
        /// What.
        pattern: Box<Pattern>,
        /// At least.
        min: u32,
        /// At most; `None`: without end.
        max: Option<u32>,
    },
    /// `...{0,20}`
    Gap {
        /// At least.
        min: u32,
        /// At most.
        max: u32,
    },
    /// `name:x`
    Capture {
        /// The argument.
        name: Name,
        /// What it captures.
        pattern: Box<Pattern>,
    },
    /// `until(P)`
    Until(Box<Pattern>),
    /// `after(x)` `not before(x)`
    Context {
        /// `before(x)`: x comes next. Else `after(x)`: x stands just before.
        before: bool,
        /// `not`
        negative: bool,
        /// What.
        pattern: Box<Pattern>,
    },
    /// `/…/i`
    Regex {
        /// Between the slashes.
        source: String,
        /// `i`
        ignore_case: bool,
    },
}

/// `{neg will|would}`: blank = and, `|` = or and binds tighter, `!` = not.
#[derive(Clone, Debug)]
pub struct Features {
    /// All of these must hold.
    pub all: Vec<Vec<Feature>>,
    /// From `{` to `}`.
    pub location: Location,
}

/// One feature, kind or attribute.
#[derive(Clone, Debug)]
pub struct Feature {
    /// `!`
    pub negative: bool,
    /// Its name.
    pub name: Name,
}

/// A test on one token, with its place.
#[derive(Clone, Debug)]
pub struct TokenTest {
    /// Where.
    pub location: Location,
    /// What.
    pub kind: TokenTestKind,
}

/// What a token can be tested for.
#[derive(Clone, Debug)]
pub enum TokenTestKind {
    /// `a & b`
    And(Vec<TokenTest>),
    /// `a | b`
    Or(Vec<TokenTest>),
    /// `!a`
    Not(Box<TokenTest>),
    /// `cap upper lower mixed digit hyphen first unknown number date headline`
    Shape(String),
    /// `len>2`
    Length(Comparison, u32),
    /// A word, case as in patterns.
    Word {
        /// As written.
        text: String,
        /// In backticks.
        exact: bool,
    },
    /// `~issue`
    Lemma(String),
    /// `%list` (the token is one whole entry of it) or `%Type.attribute`
    List {
        /// List or type.
        name: Name,
        /// Column or attribute.
        column: Option<Name>,
    },
    /// `<VERB>`
    Tag {
        /// `VERB`
        upos: Name,
        /// `past`
        form: Option<Name>,
    },
    /// `/Mc.*/` on the whole token
    Regex {
        /// Between the slashes.
        source: String,
        /// `i`
        ignore_case: bool,
    },
    /// `@T`: the token lies inside one.
    Inside(Name),
}

/// Comparison in tests and conditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "they are what they are")]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    Greater,
    LessOrEqual,
    GreaterOrEqual,
}
