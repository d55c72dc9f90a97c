//! `sayso test`: the `yes` and `no` lines of rule files.

use super::Outcome;
use super::args::{Loudness, Test};
use super::packs::DiskFiles;
use super::render;
use crate::diagnostic::Severity;
use crate::rule_tests::{Judged, Verdict, run as run_tests, tests};
use std::collections::BTreeSet;
use std::io::Write;

use crate::rules::{BuiltinFiles, Files, RuleSet, compile, load};

/// Runs the tests of packs; those of the shipped rules too where no pack is named.
pub(super) fn run(options: &Test, loudness: Loudness) -> anyhow::Result<Outcome> {
    let own = options
        .rules
        .iter()
        .map(|p| DiskFiles::new(p))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let mut packs: Vec<&dyn Files> = Vec::new();
    if !options.no_builtin {
        packs.push(&BuiltinFiles);
    }
    packs.extend(own.iter().map(|p| p as &dyn Files));
    let (pack, mut diagnostics) = load(&packs);
    let mut all = tests(&pack);
    // With a pack of one's own the shipped rules are not on trial.
    let shipped = if own.is_empty() {
        BTreeSet::new()
    } else {
        files_of(&BuiltinFiles)
    };
    let own_file = |source| !shipped.contains(&pack.sources.get(source).path);
    all.retain(|t| own_file(t.location.source));
    all.retain(|t| options.only.as_ref().is_none_or(|only| t.rule == *only));
    let (rules, more) = compile(pack);
    diagnostics.extend(more);
    let errors = diagnostics
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .count();
    for diagnostic in diagnostics.iter().filter(|d| d.severity == Severity::Error) {
        anstream::eprintln!("{}", render::full(diagnostic, &rules.sources, true));
    }
    let (judged, reached) = run_tests(&rules, all);
    let (passed, failed, todo) = report(&judged, &rules)?;
    let mut out = anstream::stdout().lock();
    if loudness == Loudness::Verbose {
        for variant in rules
            .variants
            .iter()
            .filter(|v| !shipped.contains(&rules.sources.get(v.location.source).path))
        {
            if !reached.contains(&variant.path()) {
                writeln!(out, "no `yes` line reaches {}", variant.path())?;
            }
        }
    }
    let skipped = if todo > 0 {
        format!(", {todo} skipped")
    } else {
        String::new()
    };
    writeln!(out, "{passed} passed, {failed} failed{skipped}")?;
    if failed + errors > 0 {
        return Ok(Outcome::Findings);
    }
    super::hint(loudness, "sayso extract article.txt, to see them at work");
    Ok(Outcome::Done)
}

/// The paths of a pack's rule files as diagnostics show them.
fn files_of(files: &dyn Files) -> BTreeSet<String> {
    files
        .list("")
        .unwrap_or_default()
        .iter()
        .map(|path| files.shown(path))
        .collect()
}

/// Shows what failed; how many passed, failed, and are to do.
fn report(judged: &[Judged], rules: &RuleSet) -> std::io::Result<(usize, usize, usize)> {
    let mut out = anstream::stdout().lock();
    let (mut passed, mut failed, mut todo) = (0, 0, 0);
    for one in judged {
        let at = one.test.location;
        let (line, _) = rules.sources.line_column(at.source, at.span.start);
        let place = format!("{}:{line}", rules.sources.get(at.source).path);
        match &one.verdict {
            Verdict::Passed => passed += 1,
            Verdict::Todo => todo += 1,
            Verdict::TodoPasses => {
                failed += 1;
                writeln!(
                    out,
                    "{place}: {}: passes now: take the `todo` away",
                    one.test.rule
                )?;
            }
            Verdict::Failed(faults) => {
                failed += 1;
                writeln!(out, "{place}: {}: {}", one.test.rule, one.test.test.text)?;
                for fault in faults {
                    writeln!(out, "    {fault}")?;
                }
            }
        }
    }
    Ok((passed, failed, todo))
}
