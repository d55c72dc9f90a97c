//! Stage 8: a gold file × Graph JSON → precision, recall, F1, misses and false finds.
//!
//! A gold file is the Graph JSON of one article as it should be, made by a reader. It may say more than Graph JSON:
//! `tier` and `optional` on entities and relations, `aliases` and `accept_types` on entities, `negatives` (relations that must not come)
//! and `annotated` (the types it is complete for). What is found is read from Graph JSON as well, so a graph of any
//! origin can be scored.
//!
//! ```
//! use sayso::evaluation::{GraphFile, compare};
//! use sayso::{Document, Extractor, RuleSet, export, resolution};
//!
//! let rules = RuleSet::builtin();
//! let document = Document::new("note", "Germany refuses the offer, Chancellor Anna Weber said.");
//! let found = export::graph_json(&Extractor::new(&rules).extract_document(document.clone()).graph);
//! let found = GraphFile::read(&found).unwrap();
//! // What agrees with itself scores 1.
//! let result = compare(&found, &found, &document, &resolution::schema(&rules));
//! assert_eq!(result.scores.relations.f1(), Some(1.0));
//! assert!(result.misses.is_empty() && result.false_finds.is_empty());
//! ```

mod compare;
mod entities;
mod file;
mod negatives;
mod relations;
mod scores;
mod spans;
mod verify;

pub use compare::{Committed, Comparison, FalseFind, Item, ItemKind, Miss, compare};
pub use file::{
    ArgumentEntry, ArgumentValue, DocumentEntry, EntityEntry, Evidence, FileError, GraphFile,
    MentionEntry, RelationEntry, RuleEntry, SpanEntry, StatementEntry, Tier,
};
pub use scores::{Agreement, Count, Scores};
pub use verify::{Fault, verify};
