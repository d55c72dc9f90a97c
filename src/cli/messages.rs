//! Diagnostics for people, for scripts and for the places that show them beside the code.

use super::args::MessageFormat;
use super::render;
use crate::diagnostic::{Diagnostic, Location, Severity, Sources};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::Write;

/// Writes all diagnostics in a format.
pub(super) fn write(
    diagnostics: &[Diagnostic],
    sources: &Sources,
    format: MessageFormat,
    out: &mut impl Write,
) -> std::io::Result<()> {
    if format == MessageFormat::Sarif {
        return writeln!(out, "{:#}", sarif(diagnostics, sources));
    }
    for diagnostic in diagnostics {
        match format {
            MessageFormat::Full => {
                writeln!(out, "{}\n", render::full(diagnostic, sources, true))?;
            }
            MessageFormat::Short => writeln!(out, "{}", render::short(diagnostic, sources))?,
            MessageFormat::Json => writeln!(out, "{}", json(diagnostic, sources))?,
            MessageFormat::Github => writeln!(out, "{}", github(diagnostic, sources))?,
            MessageFormat::Sarif => {}
        }
    }
    Ok(())
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// File, bytes, and lines and columns from 1, columns in code points.
fn place(location: Location, sources: &Sources) -> Value {
    let (source, span) = (location.source, location.span);
    let (line, column) = sources.line_column(source, span.start);
    let (end_line, end_column) = sources.line_column(source, span.end);
    json!({
        "file": sources.get(source).path, "byte_start": span.start, "byte_end": span.end,
        "line": line, "column": column, "end_line": end_line, "end_column": end_column,
    })
}

fn json(diagnostic: &Diagnostic, sources: &Sources) -> Value {
    let labels = diagnostic.labels.iter().map(|label| {
        let mut place = place(label.location, sources);
        place["text"] = label.text.as_str().into();
        place
    });
    let edits = diagnostic.edits.iter().map(|edit| {
        let mut place = place(edit.location, sources);
        place["replacement"] = edit.replacement.as_str().into();
        place["certain"] = edit.certain.into();
        place
    });
    json!({
        "severity": severity(diagnostic.severity), "code": diagnostic.code, "message": diagnostic.message,
        "labels": labels.collect::<Vec<_>>(), "help": diagnostic.help, "edits": edits.collect::<Vec<_>>(),
    })
}

/// A workflow command; line ends, and what would end a property, are escaped as GitHub asks for.
fn github(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let level = match diagnostic.severity {
        Severity::Note => "notice",
        other => severity(other),
    };
    let data = |text: &str| {
        text.replace('%', "%25")
            .replace('\r', "%0D")
            .replace('\n', "%0A")
    };
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    let mut properties = format!("title={}", property(diagnostic.code));
    if let Some(label) = diagnostic.labels.first() {
        let (source, span) = (label.location.source, label.location.span);
        let (line, column) = sources.line_column(source, span.start);
        let (end, _) = sources.line_column(source, span.end);
        let file = property(&sources.get(source).path);
        properties = format!("file={file},line={line},col={column},endLine={end},{properties}");
    }
    let help = diagnostic.help.as_ref();
    let help = help.map_or_else(String::new, |help| format!("\nhelp: {help}"));
    let message = data(&format!("{}{help}", diagnostic.message));
    format!("::{level} {properties}::{message}")
}

/// A log of one run, SARIF 2.1.0.
fn sarif(diagnostics: &[Diagnostic], sources: &Sources) -> Value {
    let codes: BTreeSet<&str> = diagnostics.iter().map(|d| d.code).collect();
    let rules: Vec<Value> = codes.iter().map(|code| json!({"id": code})).collect();
    let results: Vec<Value> = diagnostics.iter().map(|d| result(d, sources)).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "sayso", "version": env!("CARGO_PKG_VERSION"), "rules": rules}},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn result(diagnostic: &Diagnostic, sources: &Sources) -> Value {
    let physical = |location: Location| {
        let place = place(location, sources);
        json!({
            "artifactLocation": {"uri": place["file"]},
            "region": {
                "startLine": place["line"], "startColumn": place["column"],
                "endLine": place["end_line"], "endColumn": place["end_column"],
            },
        })
    };
    let at = |location| json!({"physicalLocation": physical(location)});
    let help = diagnostic.help.as_ref();
    let help = help.map_or_else(String::new, |help| format!("\nhelp: {help}"));
    let mut result = json!({
        "ruleId": diagnostic.code,
        "level": severity(diagnostic.severity),
        "message": {"text": format!("{}{help}", diagnostic.message)},
    });
    if let Some((first, others)) = diagnostic.labels.split_first() {
        result["locations"] = json!([at(first.location)]);
        let others = others.iter().map(|label| {
            let mut place = at(label.location);
            place["message"] = json!({"text": label.text});
            place
        });
        result["relatedLocations"] = others.collect();
    }
    result
}
