//! What a rule file says, with exact spans. Parsing never fails: faulty items are reported and left out.

use crate::diagnostic::{Location, SourceId};
use std::collections::BTreeSet;

/// Identity of a pattern element within its file, in reading order. Kept down to the states of the compiled program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// A word of a rule file with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The word, without sigil.
    pub text: String,
    /// Where it stands.
    pub location: Location,
}

/// One parsed file.
#[derive(Clone, Debug)]
pub struct RuleFile {
    /// The file.
    pub source: SourceId,
    /// The number behind `version`.
    pub version: Option<u32>,
    /// Its declarations in order.
    pub declarations: Vec<Declaration>,
    /// Comments and blank lines in order; with the spans of the declarations nothing of the file is lost.
    pub trivia: Vec<Trivia>,
    /// Names that faulty declarations and lines would give: what uses them is not to blame.
    pub faulty: FaultyNames,
    /// One more than the highest [`NodeId`].
    pub nodes: u32,
}

/// Names that what was left out would give, so that one mistake makes one message.
#[derive(Clone, Debug, Default)]
pub struct FaultyNames {
    /// Types, relations, phrases, lists, macros and prefixes, in small letters.
    pub declared: BTreeSet<String>,
    /// Captures, and names that a `set` gives.
    pub bound: BTreeSet<String>,
}

impl FaultyNames {
    /// Whether a faulty declaration would give this name; a wrong case is a fault of a declaration.
    pub fn declares(&self, name: &str) -> bool {
        !self.declared.is_empty() && self.declared.contains(&name.to_lowercase())
    }

    /// Takes the names of another file in.
    pub fn extend(&mut self, other: Self) {
        self.declared.extend(other.declared);
        self.bound.extend(other.bound);
    }
}

/// What has no meaning to the rules, yet to their reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trivia {
    /// What it is.
    pub kind: TriviaKind,
    /// Where it stands.
    pub location: Location,
}

/// What has no meaning to the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TriviaKind {
    /// `# …`, without the line end.
    Comment,
    /// One or more lines with nothing on them.
    BlankLines,
}

/// A top-level declaration with its place (first word to last character).
#[derive(Clone, Debug)]
pub struct Declaration {
    /// The whole of it.
    pub location: Location,
    /// What it declares.
    pub kind: DeclarationKind,
}

/// What can be declared.
#[derive(Clone, Debug)]
pub enum DeclarationKind {
    /// `type Person, Group: Agent  key value …`
    Type(TypeDeclaration),
    /// `relation said(…) flags { … }`
    Relation(RelationDeclaration),
    /// `entity Country { … }`
    Entity(Block),
    /// `phrase np { … }`
    Phrase(Block),
    /// `merge Person { … }`
    Merge(Block),
    /// `list sayverb …`
    List(ListDeclaration),
    /// `macro ROLE = …`
    Macro(MacroDeclaration),
    /// `use "path"`
    Use(Name),
    /// `prefix name "IRI"`
    Prefix(Name, Name),
    /// `meta name value`
    Meta(Name, String),
    /// `extend list x += …`
    Extend(Extension),
    /// `disable said/per`
    Disable(Name),
    /// `override relation …`
    Override(Box<Declaration>),
}

/// Types that share a line.
#[derive(Clone, Debug)]
pub struct TypeDeclaration {
    /// Their names.
    pub names: Vec<Name>,
    /// Their supertypes.
    pub parents: Vec<Name>,
    /// `iri schema:Person`, `shape box`, …
    pub keys: Vec<(Name, Name)>,
}

/// A relation: signature, parent, rules; at least one of them.
#[derive(Clone, Debug)]
pub struct RelationDeclaration {
    /// Its name.
    pub name: Name,
    /// `(source?: Agent | np, …)`, where given.
    pub parameters: Option<Vec<Parameter>>,
    /// `: said`
    pub parent: Option<Name>,
    /// `speech`, `performative`, …
    pub flags: Vec<Name>,
    /// `label cue`, `iri …`
    pub keys: Vec<(Name, Name)>,
    /// `edge x -> y`
    pub edge: Option<(Name, Name)>,
    /// The rules.
    pub block: Option<Block>,
}

/// A parameter of a signature.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name.
    pub name: Name,
    /// `?`
    pub optional: bool,
    /// `*`
    pub repeated: bool,
    /// `text`, `flag`, types and phrases, as written.
    pub types: Vec<Name>,
}

/// A list.
#[derive(Clone, Debug)]
pub struct ListDeclaration {
    /// Its name.
    pub name: Name,
    /// Where its entries come from.
    pub entries: ListSource,
    /// `case exact` or `case title`.
    pub case: Option<Name>,
}

/// Where the entries of a list come from.
#[derive(Clone, Debug)]
pub enum ListSource {
    /// `from "lists/countries.tsv"`
    File(Name),
    /// `= "more than" about ~citizen`
    Inline(Vec<ListItem>),
}

/// An entry written in a rule file.
#[derive(Clone, Debug)]
pub struct ListItem {
    /// The words.
    pub text: Name,
    /// `~`: any inflection.
    pub lemma: bool,
}

/// `macro ROLE = pattern`
#[derive(Clone, Debug)]
pub struct MacroDeclaration {
    /// Its name, in capitals.
    pub name: Name,
    /// What it stands for.
    pub pattern: Pattern,
}

/// `extend list x += …` or `-= …`
#[derive(Clone, Debug)]
pub struct Extension {
    /// The list.
    pub list: Name,
    /// `-=`
    pub remove: bool,
    /// What to add or take away.
    pub entries: Vec<ListItem>,
}

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
