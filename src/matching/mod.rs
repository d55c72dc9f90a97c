//! Stage 4: `Document` × `RuleSet` → [`Mention`]s.

mod accept;
mod assign;
pub mod best;
mod candidates;
pub mod choose;
pub mod conditions;
mod derive;
mod engine;
mod graph;
mod headlines;
mod hits;
mod inflection;
pub mod lattice;
mod layers;
mod mention;
mod narrow;
mod parse;
mod qualifiers;
pub mod row;
mod state;
mod stretches;
mod sweep;
mod words;

pub use engine::{MAX_ROUNDS, Matcher};
pub use hits::list_entries;
pub use mention::{Binding, Mention, MentionId, MentionKind, Qualifiers};
pub use state::State;
pub use words::Lemmatize;

use crate::text::TokenSpan;

/// Words that refer, as a `refer` line found them.
#[derive(Clone, Debug)]
pub struct Reference {
    /// Index of the merge rules.
    pub merge: u16,
    /// Index of the line.
    pub refer: u16,
    /// The variant that found them.
    pub variant: u32,
    /// The words.
    pub core: TokenSpan,
    /// Their sentence.
    pub sentence: u32,
    /// Captures of the line.
    pub bindings: Vec<Binding>,
}
