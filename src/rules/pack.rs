//! All rule files put together: names known, extensions applied, faulty parts left out. What the compiler reads.

use super::ast;
use super::cells::Cells;
use crate::diagnostic::{Diagnostic, Location, Severity, Sources};
use indexmap::IndexMap;

/// A complete, checked set of declarations. Every name that is used is declared; parts with errors are not in it.
#[derive(Clone, Debug, Default)]
pub struct Pack {
    /// All files.
    pub sources: Sources,
    /// Entity and value types, supertypes before subtypes.
    pub types: IndexMap<String, TypeDefinition>,
    /// Relations, parents before children.
    pub relations: IndexMap<String, RelationDefinition>,
    /// Blocks of entity rules, in order of files and lines.
    pub entities: Vec<RuleBlock>,
    /// Phrases.
    pub phrases: IndexMap<String, RuleBlock>,
    /// Blocks of merge rules.
    pub merges: Vec<RuleBlock>,
    /// Lists with their entries.
    pub lists: IndexMap<String, List>,
    /// Macros; never recursive.
    pub macros: IndexMap<String, ast::MacroDeclaration>,
    /// Prefixes of IRIs, the known ones included.
    pub prefixes: IndexMap<String, String>,
    /// Lists whose files could not be read: nothing is said about their columns and entries.
    pub unread_lists: Vec<String>,
    /// Names that faulty declarations and lines would give: nothing is said about what uses them.
    pub faulty: ast::FaultyNames,
    /// Rules that a `disable` takes out: what asks for them may find nothing.
    pub disabled: Vec<String>,
    /// Where `meta allow` silences which warning.
    pub allowed: Vec<Allowance>,
}

/// `meta allow CODE`: this warning is silent in this place.
#[derive(Clone, Debug)]
pub struct Allowance {
    /// The code.
    pub code: String,
    /// A file or a block.
    pub location: Location,
}

/// Takes the warnings out that `meta allow` silences.
pub fn silence(allowed: &[Allowance], diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.retain(|diagnostic| {
        let Some(label) = diagnostic.labels.first() else {
            return true;
        };
        let place = label.location;
        diagnostic.severity == Severity::Error
            || !allowed.iter().any(|a| {
                a.code == diagnostic.code
                    && a.location.source == place.source
                    && a.location.span.start <= place.span.start
                    && place.span.end <= a.location.span.end
            })
    });
}

/// A type.
#[derive(Clone, Debug)]
pub struct TypeDefinition {
    /// Its name.
    pub name: String,
    /// Its direct supertypes.
    pub parents: Vec<String>,
    /// `iri`, `shape`, `fill`, `stroke`.
    pub keys: IndexMap<String, String>,
    /// Where it is declared.
    pub location: Location,
}

/// A relation.
#[derive(Clone, Debug)]
pub struct RelationDefinition {
    /// Its name.
    pub name: String,
    /// The relation it is a kind of.
    pub parent: Option<String>,
    /// Its signature; that of the parent where it has none of its own.
    pub parameters: Vec<ast::Parameter>,
    /// `speech performative serves subject hidden`, those of the parent included.
    pub flags: Vec<String>,
    /// `label`, `shown`, `iri`, `fill`, `stroke`; those of the parent where not given.
    pub keys: IndexMap<String, String>,
    /// `edge x -> y`
    pub edge: Option<(String, String)>,
    /// Its rules, in order.
    pub blocks: Vec<RuleBlock>,
    /// Where it is declared.
    pub location: Location,
}

impl RelationDefinition {
    /// Names of its parameters, in order.
    pub fn parameter_names(&self) -> Vec<&str> {
        let names = self.parameters.iter().map(|p| p.name.text.as_str());
        names.collect()
    }
}

/// A block whose faulty or disabled items are left out.
#[derive(Clone, Debug)]
pub struct RuleBlock {
    /// Its type, phrase or relation.
    pub name: String,
    /// The name where the block begins.
    pub name_location: Location,
    /// Its items.
    pub items: Vec<ast::Item>,
    /// The block.
    pub location: Location,
}

/// How the entries of a list compare with the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListCase {
    /// Case does not matter.
    Any,
    /// As written.
    Exact,
    /// At least the first letter of each word of the entry that has a capital there (`Turkey`, never `turkey`).
    Title,
}

/// A list.
#[derive(Clone, Debug)]
pub struct List {
    /// Its name.
    pub name: String,
    /// How to compare.
    pub case: ListCase,
    /// Column names; the first is what `%list` matches besides `aliases`. Lists of one column: `name` (or `lemma`).
    pub columns: Vec<String>,
    /// The entries.
    pub entries: Vec<Entry>,
    /// Where it is declared.
    pub location: Location,
}

impl List {
    /// Index of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|c| c == name)
    }
}

/// One row of a list.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What stands in it.
    pub cells: Cells,
    /// Matches any inflection: the column `lemma`, or `~` before an inline entry.
    pub lemma: bool,
    /// Its row.
    pub location: Location,
}
