//! The engine against an independent reference.

mod naive;
mod random;
mod reading;
mod show;
