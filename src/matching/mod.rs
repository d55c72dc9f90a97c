//! Stage 4: `Document` × `RuleSet` → [`Mention`]s.

mod mention;

pub use mention::{Binding, Mention, MentionId, MentionKind, Qualifiers};
