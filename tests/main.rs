//! One integration binary.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod architecture;
mod cli;
mod packs;
mod reference;
mod rules;
mod samples;
