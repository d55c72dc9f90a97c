//! Rule files → [`Pack`]: reads all files, puts them together, checks them, leaves faulty parts out.

mod allow;
mod assemble;
mod collect;
mod heads;
mod overrides;
mod reading;

pub(crate) use overrides::kind_word;

use super::files::Files;
use super::pack::Pack;
use crate::diagnostic::Diagnostic;

/// Loads packs, the built-in one first: a later one may extend, disable and override what earlier ones say.
///
/// Loading never stops at a fault: the broken declaration or item is left out, everything else works, and all faults
/// come back at once, by file and line. Errors mean that something was left out; warnings leave everything in.
pub fn load(packs: &[&dyn Files]) -> (Pack, Vec<Diagnostic>) {
    load_with(packs, true)
}

/// Loads packs to be used, not written: as [`load`], without the warnings, which take their time.
pub fn load_for_use(packs: &[&dyn Files]) -> (Pack, Vec<Diagnostic>) {
    load_with(packs, false)
}

fn load_with(packs: &[&dyn Files], warn: bool) -> (Pack, Vec<Diagnostic>) {
    let mut reading = reading::read_all(packs);
    let mut diagnostics = std::mem::take(&mut reading.diagnostics);
    let collected = collect::collect(&mut reading, packs, &mut diagnostics);
    if warn {
        collect::lint_lists(&collected, &mut diagnostics);
    }
    let mut pack = assemble::assemble(collected, reading.sources, &mut diagnostics);
    super::check::check(&mut pack, warn, &mut diagnostics);
    super::pack::silence(&pack.allowed, &mut diagnostics);
    diagnostics.sort_by_key(|d| (d.labels.first().map(|l| l.location), d.severity));
    diagnostics.dedup();
    (pack, diagnostics)
}

#[cfg(test)]
mod tests;
