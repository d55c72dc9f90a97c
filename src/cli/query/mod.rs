//! `sayso query`: SPARQL over graphs.

mod args;
#[cfg(feature = "query")]
mod ask;
#[cfg(feature = "query")]
mod load;
#[cfg(feature = "query")]
mod results;
#[cfg(feature = "query")]
mod saved;
#[cfg(feature = "query")]
mod validate;

pub(super) use args::Query;
#[cfg(feature = "query")]
pub(super) use ask::run;
#[cfg(feature = "query")]
pub(super) use validate::validate;

/// Says how to get what this build does not have.
#[cfg(not(feature = "query"))]
pub(super) fn run(_: &Query, _: super::args::Loudness) -> anyhow::Result<super::Outcome> {
    anyhow::bail!(MISSING)
}

/// The same for `sayso export --validate`.
#[cfg(not(feature = "query"))]
pub(super) fn validate(
    _: &super::args::Export,
    _: super::args::Loudness,
) -> anyhow::Result<super::Outcome> {
    anyhow::bail!(MISSING)
}

#[cfg(not(feature = "query"))]
const MISSING: &str = "this sayso was built without SPARQL and SHACL, to be small: \
     `cargo install --path . --features full` builds one that has it, as the released binaries do";
