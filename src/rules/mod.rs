//! Stage 3: rule files → [`RuleSet`] and diagnostics.
//!
//! Three lives of a rule: text → [`ast`] (what the file says) → [`pack`] (all files put together, names known,
//! extensions applied, faulty parts left out) → [`RuleSet`] (compiled).

pub mod ast;
pub mod pack;
pub mod program;
mod rule_set;

pub use rule_set::{
    EntityType, ParameterKind, ParameterType, RelationFlags, RelationId, RelationType, RuleSet,
    TypeId, Variant, VariantId,
};
