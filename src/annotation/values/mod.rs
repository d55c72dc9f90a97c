//! The values layer: which tokens are part of a written number or date, and what numbers, dates and units say.

mod date;
mod decimal;
mod flags;
mod number;
mod piece;
#[cfg(test)]
mod tests;
mod unit;
mod words;

pub use date::{Kind, date};
pub use decimal::Decimal;
pub use flags::{DateExpression, ValueFlags, WordValue, dates, flags, mark};
pub use number::{bounds, number, range};
pub use unit::{change, unit, unit_at};
