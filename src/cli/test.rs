//! `sayso test`: the `yes` and `no` lines of rule files.

use super::Outcome;
use super::args::{Loudness, Test, TestFormat};
use super::packs::DiskFiles;
use super::{junit, project, render};
use crate::diagnostic::Severity;
use crate::rule_tests::{Fault, Judged, Verdict, run as run_tests, tests};
use anyhow::bail;
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
    if let Some(only) = &options.only {
        let known: BTreeSet<&str> = all.iter().map(|t| t.rule.as_str()).collect();
        if !known.contains(only.as_str()) {
            bail!("--only: {}", project::unknown("rule", only, known));
        }
        all.retain(|t| t.rule == *only);
    }
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
    let count = Count::of(&judged);
    let mut out = anstream::stdout().lock();
    if options.format == TestFormat::Junit {
        junit::write(&judged, &rules.sources, &mut out)?;
    } else {
        report(&judged, &rules, &mut out)?;
        if loudness == Loudness::Verbose {
            let own = rules.variants.iter().filter(|v| {
                let is_asked = options.only.as_ref().is_none_or(|only| v.rule == *only);
                is_asked && !shipped.contains(&rules.sources.get(v.location.source).path)
            });
            for variant in own.filter(|v| !reached.contains(&v.path())) {
                writeln!(out, "no `yes` line reaches {}", variant.path())?;
            }
        }
        writeln!(out, "{count}")?;
    }
    if count.failed + errors > 0 {
        super::hint(loudness, "sayso tokens SENTENCE, to see one taken apart");
        return Ok(Outcome::Findings);
    }
    super::hint(loudness, "sayso extract article.txt, to see them at work");
    Ok(Outcome::Done)
}

/// How tests came out.
#[derive(Debug, Default)]
struct Count {
    passed: usize,
    failed: usize,
    /// Those of the failed that only miss something, only find too much, do both, or are `todo` no more.
    missing: usize,
    noisy: usize,
    both: usize,
    done: usize,
    todo: usize,
}

impl Count {
    fn of(judged: &[Judged]) -> Self {
        let mut count = Self::default();
        for one in judged {
            match &one.verdict {
                Verdict::Passed => count.passed += 1,
                Verdict::Todo => count.todo += 1,
                Verdict::TodoPasses => {
                    count.failed += 1;
                    count.done += 1;
                }
                Verdict::Failed(faults) => {
                    count.failed += 1;
                    let misses = faults.iter().any(|f| matches!(f, Fault::Missing(_)));
                    let noisy = faults.iter().any(|f| matches!(f, Fault::Noise(_)));
                    *match (misses, noisy) {
                        (true, true) => &mut count.both,
                        (false, true) => &mut count.noisy,
                        _ => &mut count.missing,
                    } += 1;
                }
            }
        }
        count
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        let kinds = [
            (self.missing, "missing"),
            (self.noisy, "noisy"),
            (self.both, "both"),
            (self.done, "todo no more"),
        ];
        let kinds = kinds.iter().filter(|(count, _)| *count > 0);
        let kinds: Vec<String> = kinds
            .map(|(count, kind)| format!("{count} {kind}"))
            .collect();
        if !kinds.is_empty() {
            write!(f, " ({})", kinds.join(", "))?;
        }
        if self.todo > 0 {
            write!(f, ", {} todo", self.todo)?;
        }
        Ok(())
    }
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

/// Shows what failed.
fn report(judged: &[Judged], rules: &RuleSet, out: &mut impl Write) -> std::io::Result<()> {
    for one in judged {
        let at = one.test.location;
        let (line, _) = rules.sources.line_column(at.source, at.span.start);
        let place = format!("{}:{line}", rules.sources.get(at.source).path);
        let rule = &one.test.rule;
        match &one.verdict {
            Verdict::Passed | Verdict::Todo => {}
            Verdict::TodoPasses => {
                writeln!(out, "{place}: {rule}: passes now: take the `todo` away")?;
            }
            Verdict::Failed(faults) => {
                writeln!(out, "{place}: {rule}: {}", one.test.test.text)?;
                for fault in faults {
                    writeln!(out, "    {fault}")?;
                }
            }
        }
    }
    Ok(())
}
