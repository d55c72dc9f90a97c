//! One integration binary.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod reference;
