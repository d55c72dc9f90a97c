//! What a rule file says, with exact spans. Parsing never fails: faulty items are reported and left out.

mod conditions;
mod items;
mod patterns;

use crate::diagnostic::{Location, SourceId};
use std::collections::BTreeSet;

pub use conditions::*;
pub use items::*;
pub use patterns::*;

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
