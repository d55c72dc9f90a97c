//! One integration binary.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod architecture;
mod cli;
mod cli_graphs;
mod cli_manners;
mod cli_signals;
mod evaluation;
mod hostile;
mod many;
mod packs;
mod query;
mod reference;
mod relations;
mod rule_errors;
mod rule_mutations;
mod rules;
mod samples;
mod subjects;
mod texts;
#[cfg(feature = "query")]
mod validation;
