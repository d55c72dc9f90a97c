//! `sayso check`: all that is wrong with rule files.

use super::Outcome;
use super::args::{Check, Loudness};
use super::packs::load_packs;
use super::{counted, fix, messages};
use crate::diagnostic::Severity;

/// Shows all diagnostics on standard output, the count on standard error.
pub(super) fn run(options: &Check, loudness: Loudness) -> anyhow::Result<Outcome> {
    let (loaded, mended) = if options.fix {
        fix::apply(&options.rules, !options.no_builtin)?
    } else {
        (load_packs(&options.rules, !options.no_builtin, true)?, 0)
    };
    let sources = &loaded.rules.sources;
    let mut out = anstream::stdout().lock();
    messages::write(
        &loaded.diagnostics,
        sources,
        options.message_format,
        &mut out,
    )?;
    let count = |severity| {
        let all = loaded.diagnostics.iter();
        all.filter(|d| d.severity == severity).count()
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if loudness > Loudness::Quiet {
        let variants = loaded.rules.variants.len();
        if mended > 0 {
            anstream::eprintln!("{} made", counted(mended, "edit"));
        }
        let all = [
            (variants, "variant"),
            (errors, "error"),
            (warnings, "warning"),
        ];
        let all = all.map(|(number, of)| counted(number, of));
        anstream::eprintln!("{}", all.join(", "));
    }
    if errors > 0 || options.deny_warnings && warnings > 0 {
        if loaded
            .diagnostics
            .iter()
            .any(|d| d.edits.iter().any(|e| e.certain))
        {
            super::hint(
                loudness,
                "sayso check --fix, to write the edits that are certain",
            );
        }
        return Ok(Outcome::Findings);
    }
    super::hint(
        loudness,
        "sayso test, to see whether the rules find what they should",
    );
    Ok(Outcome::Done)
}
