//! `sayso export --validate`: is a graph what its shapes say?

use super::load::Loading;
use super::results::short;
use crate::cli::args::{Export, Loudness};
use crate::cli::{Outcome, counted};
use crate::export::prefixes;
use crate::graph::{BaseIri, DEFAULT_BASE};
use crate::query::{Report, SHAPES, validate as check};
use anyhow::{Context, bail};
use std::io::{BufWriter, Write};

/// Reports every violation, a line each: node, property, what is wrong, the value, the kind of constraint.
pub(in crate::cli) fn validate(options: &Export, loudness: Loudness) -> anyhow::Result<Outcome> {
    let base = BaseIri::new(
        options
            .graphs
            .output
            .base
            .as_deref()
            .unwrap_or(DEFAULT_BASE),
    )?;
    let shapes = options
        .shapes
        .as_deref()
        .map(crate::cli::input::read)
        .transpose()?;
    let mut files = options.graphs.inputs.clone();
    if files.is_empty() {
        if crate::cli::input::is_keyboard() {
            bail!("no graph: name files of linked data or Graph JSON, or pipe Graph JSON in");
        }
        files.push("-".into());
    }
    let loading = Loading {
        format: None,
        base: &base,
        packs: &options.graphs.packs,
        loudness,
    };
    let Some(store) = loading.store(&files)? else {
        return Ok(Outcome::Failed);
    };
    let n_triples = store.n_triples()?;
    let report = check(store, shapes.as_deref().unwrap_or(SHAPES));
    let report = report.with_context(|| match &options.shapes {
        Some(path) => path.display().to_string(),
        None => "our shapes".to_owned(),
    })?;
    print(&report, &base)?;
    if loudness > Loudness::Quiet {
        let found = counted(report.violations.len(), "violation");
        let nodes = counted(report.n_targets, "node");
        anstream::eprintln!("{found} at {nodes} that the shapes are for, in {n_triples} triples");
    }
    Ok(match (report.violations.is_empty(), report.n_targets) {
        (_, _) if n_triples == 0 => {
            bail!("there is no triple in what was named: nothing is checked")
        }
        (true, 0) => {
            bail!("nothing here is of a class that the shapes are for: nothing is checked")
        }
        (true, _) => Outcome::Done,
        (false, _) => Outcome::Findings,
    })
}

/// A line a violation.
fn print(report: &Report, base: &BaseIri) -> anyhow::Result<()> {
    let prefixes = prefixes(base);
    let mut out = BufWriter::new(std::io::stdout().lock());
    for violation in &report.violations {
        let one_line = |text: &str| text.replace(|c: char| c.is_control(), " ");
        write!(out, "{}", one_line(&short(&violation.node, &prefixes)))?;
        if let Some(path) = &violation.path {
            write!(out, "  {}", one_line(&short(path, &prefixes)))?;
        }
        write!(out, ": {}", one_line(&violation.message))?;
        if let Some(value) = &violation.value {
            write!(out, ": {:?}", one_line(value))?;
        }
        writeln!(out, "  ({})", violation.component)?;
    }
    out.flush()?;
    Ok(())
}
