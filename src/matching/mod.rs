//! Stage 4: `Document` × `RuleSet` → [`Mention`]s.

pub mod best;
pub mod lattice;
mod mention;
mod sweep;

pub use mention::{Binding, Mention, MentionId, MentionKind, Qualifiers};
