//! Stage 4: `Document` × `RuleSet` → [`Mention`]s.

pub mod best;
pub mod lattice;
mod graph;
mod hits;
mod mention;
mod state;
mod sweep;
mod words;

pub use mention::{Binding, Mention, MentionId, MentionKind, Qualifiers};
