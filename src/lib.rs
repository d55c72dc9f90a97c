//! Who said, refused or estimated what, and on whose say-so: a knowledge graph from English news.
//!
//! Data flows one way through these modules, and they can be read in that order:
//!
//! | stage | module | in → out |
//! |---|---|---|
//! | 1 | [`text`] | bytes → [`Document`]: zones, paragraphs, sentences, tokens |
//! | 2 | [`annotation`] | `Document` → [`Annotation`]: tags, lemmas, quotations, noun and verb groups |
//! | 3 | [`rules`] | rule files → [`RuleSet`] and [`Diagnostic`]s |
//! | 4 | [`matching`] | `Document` × `RuleSet` → [`Mention`]s |
//! | 5 | [`resolution`] | mentions → entities, statements, relations |
//! | 6 | [`graph`] | → [`KnowledgeGraph`] |
//! | 7 | [`export`] | → DOT, JSON-LD, Graph JSON |
//! | 8 | [`evaluation`] | Graph JSON × gold → precision, recall, F1 |

pub mod diagnostic;

// 1. bytes → Document
pub mod text;

// 2. Document → Annotation
pub mod annotation;

// 3. rule files → RuleSet
pub mod rules;

// 4. Document × RuleSet → Mentions
pub mod matching;

// 6. the graph's data model (resolution fills it)
pub mod graph;

// 5. Mentions → KnowledgeGraph
pub mod resolution;

// 7. KnowledgeGraph → files
pub mod export;

// 8. Graph JSON × gold → scores
pub mod evaluation;

pub mod extractor;

// The tests inside rule files run the whole pipeline.
pub mod rule_tests;

// Linked data × SPARQL or shapes → answers
#[cfg(feature = "query")]
pub mod query;

// 9. commands
#[cfg(feature = "cli")]
pub mod cli;

pub use annotation::Annotation;
pub use diagnostic::{Diagnostic, Severity};
pub use extractor::{Extraction, Extractor};
pub use graph::KnowledgeGraph;
pub use matching::Mention;
pub use rules::RuleSet;
pub use text::{Document, Span, TokenSpan};

/// The examples of the README are tested.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
