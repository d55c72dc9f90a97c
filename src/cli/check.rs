//! `sayso check`: all that is wrong with rule files.

use super::Outcome;
use super::args::{Check, MessageFormat};
use super::packs::load_packs;
use super::render;
use crate::diagnostic::Severity;

/// Shows all diagnostics on standard output, the count on standard error.
pub(super) fn run(options: &Check) -> anyhow::Result<Outcome> {
    let loaded = load_packs(&options.rules, !options.no_builtin)?;
    let mut counts = [0_usize; 3];
    for diagnostic in &loaded.diagnostics {
        counts[diagnostic.severity as usize] += 1;
        match options.message_format {
            MessageFormat::Full => anstream::println!(
                "{}\n",
                render::full(diagnostic, &loaded.rules.sources, true)
            ),
            MessageFormat::Short => {
                anstream::println!("{}", render::short(diagnostic, &loaded.rules.sources));
            }
        }
    }
    let [errors, warnings, _] = counts;
    anstream::eprintln!(
        "{} variants, {errors} errors, {warnings} warnings",
        loaded.rules.variants.len()
    );
    let found = counts[Severity::Error as usize] > 0 || options.deny_warnings && warnings > 0;
    Ok(if found {
        Outcome::Findings
    } else {
        Outcome::Done
    })
}
