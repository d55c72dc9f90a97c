//! Stage 3: rule files → [`RuleSet`] and diagnostics.
//!
//! Three lives of a rule: text → [`ast`] (what the file says) → [`pack`] (all files put together, names known,
//! extensions applied, faulty parts left out) → [`RuleSet`] (compiled).

pub mod ast;
mod builtin;
mod cells;
mod check;
pub mod codes;
mod compile;
pub mod condition;
pub mod files;
pub mod gazetteer;
mod lexer;
mod lexical;
mod lists;
mod load;
pub mod pack;
mod parser;
pub mod program;
mod rows;
mod rule_set;
mod suggest;
pub mod tables;
pub mod vocabulary;

pub use builtin::BuiltinFiles;
pub use cells::Cells;
pub use compile::{
    Assignment, Atom, AtomSet, Body, Identity, Layer, MergeRules, Need, Output, Pattern,
    RESERVED_NAMES, Refer, Specificity, Variant, compile,
};
pub use files::{FileFault, Files, MemoryFiles};
pub use load::{load, load_for_use};
pub use parser::{
    DEFAULT_GAP, LANGUAGE_VERSION, NESTING_LIMIT, SHAPES, for_each_element, parse, parse_pattern,
};
pub(crate) use rule_set::Triggered;
pub use rule_set::{
    EntityType, ParameterKind, ParameterType, RelationFlags, RelationId, RelationType, RuleSet,
    TypeId, VariantId,
};
pub use suggest::nearest;
