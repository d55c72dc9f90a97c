//! The engine against an independent reference.

mod conflicts;
mod contexts;
mod linear;
mod naive;
mod random;
mod reading;
mod show;
