//! Answers: tables for people, the standard formats for programs.

use super::args::{AnswerFormat, Query};
use crate::cli::whole_file::write_whole;
use crate::export::prefixes;
use crate::graph::BaseIri;
use crate::query::{
    JsonLdProfileSet, QueryResults, QueryResultsFormat, QueryResultsSerializer, QuerySolutionIter,
    RdfFormat, RdfSerializer, Term,
};
use anyhow::{Context, bail};
use spargebra::Query as Sparql;
use std::io::{BufWriter, IsTerminal, Write};
use std::path::Path;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The form by `--format`, else by the ending of `-o`, else a table on a terminal and CSV elsewhere; Turtle for graphs.
pub(super) fn form(options: &Query, query: &Sparql) -> anyhow::Result<AnswerFormat> {
    let graph = matches!(query, Sparql::Construct { .. } | Sparql::Describe { .. });
    let form = match (options.format, &options.output) {
        (Some(format), _) => format,
        (None, Some(path)) => by_ending(path)?,
        (None, None) if graph => AnswerFormat::Ttl,
        (None, None) if std::io::stdout().is_terminal() => AnswerFormat::Table,
        (None, None) => AnswerFormat::Csv,
    };
    let of_graphs = matches!(
        form,
        AnswerFormat::Ttl | AnswerFormat::Nt | AnswerFormat::Jsonld
    );
    match (graph, of_graphs) {
        (true, false) => {
            bail!("CONSTRUCT and DESCRIBE answer with a graph: ask for ttl, nt or jsonld")
        }
        (false, true) => {
            bail!(
                "SELECT and ASK answer with rows: ask for table, csv, tsv, json or xml; CONSTRUCT gives a graph"
            )
        }
        _ => Ok(form),
    }
}

fn by_ending(path: &Path) -> anyhow::Result<AnswerFormat> {
    let ending = path
        .extension()
        .and_then(|e| e.to_str())
        .unwrap_or_default();
    Ok(match ending.to_ascii_lowercase().as_str() {
        "txt" => AnswerFormat::Table,
        "csv" => AnswerFormat::Csv,
        "tsv" => AnswerFormat::Tsv,
        "json" | "srj" => AnswerFormat::Json,
        "xml" | "srx" => AnswerFormat::Xml,
        "ttl" => AnswerFormat::Ttl,
        "nt" => AnswerFormat::Nt,
        "jsonld" => AnswerFormat::Jsonld,
        _ => bail!(
            "the ending of {} names no format: use .txt, .csv, .tsv, .json, .xml, .ttl, .nt, .jsonld, or say --format",
            path.display()
        ),
    })
}

/// Writes an answer, to standard output row by row; how many rows it has, where it has any.
pub(super) fn write(
    answer: QueryResults<'_>,
    form: AnswerFormat,
    output: Option<&Path>,
    base: &BaseIri,
) -> anyhow::Result<Option<usize>> {
    let Some(path) = output else {
        let mut out = BufWriter::new(std::io::stdout().lock());
        let width = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        let width = width.filter(|_| std::io::stdout().is_terminal());
        let rows = write_to(answer, form, base, width, &mut out)?;
        out.flush()?;
        return Ok(rows);
    };
    let mut content = Vec::new();
    let rows = write_to(answer, form, base, None, &mut content)?;
    write_whole(path, &content)?;
    Ok(rows)
}

fn write_to(
    answer: QueryResults<'_>,
    form: AnswerFormat,
    base: &BaseIri,
    width: Option<usize>,
    out: &mut impl Write,
) -> anyhow::Result<Option<usize>> {
    let format = match form {
        AnswerFormat::Csv => QueryResultsFormat::Csv,
        AnswerFormat::Tsv => QueryResultsFormat::Tsv,
        AnswerFormat::Xml => QueryResultsFormat::Xml,
        _ => QueryResultsFormat::Json,
    };
    let serializer = QueryResultsSerializer::from_format(format);
    match answer {
        QueryResults::Boolean(value) if form == AnswerFormat::Table => {
            writeln!(out, "{value}")?;
            Ok(None)
        }
        QueryResults::Boolean(value) => {
            serializer.serialize_boolean_to_writer(&mut *out, value)?;
            writeln!(out)?;
            Ok(None)
        }
        QueryResults::Solutions(solutions) if form == AnswerFormat::Table => {
            table(solutions, base, width, out).map(Some)
        }
        QueryResults::Solutions(solutions) => {
            let variables = solutions.variables().to_vec();
            let mut rows = serializer.serialize_solutions_to_writer(&mut *out, variables)?;
            let mut n_rows = 0;
            for solution in solutions {
                rows.serialize(&solution?)?;
                n_rows += 1;
            }
            rows.finish()?;
            if matches!(form, AnswerFormat::Json | AnswerFormat::Xml) {
                writeln!(out)?;
            }
            Ok(Some(n_rows))
        }
        QueryResults::Graph(triples) => {
            let format = match form {
                AnswerFormat::Nt => RdfFormat::NTriples,
                AnswerFormat::Jsonld => RdfFormat::JsonLd {
                    profile: JsonLdProfileSet::empty(),
                },
                _ => RdfFormat::Turtle,
            };
            let mut serializer = RdfSerializer::from_format(format);
            for (prefix, iri) in prefixes(base) {
                serializer = serializer.with_prefix(prefix, iri)?;
            }
            let mut graph = serializer.for_writer(&mut *out);
            let mut n_triples = 0;
            for triple in triples {
                graph.serialize_triple(&triple?)?;
                n_triples += 1;
            }
            graph.finish()?;
            Ok(Some(n_triples))
        }
    }
}

/// A cell of a table, and whether it is a number.
struct Cell {
    text: String,
    number: bool,
}

/// Columns under their variables; where a width is given, cells are cut until a row has it.
fn table(
    solutions: QuerySolutionIter<'_>,
    base: &BaseIri,
    width: Option<usize>,
    out: &mut impl Write,
) -> anyhow::Result<usize> {
    let prefixes = prefixes(base);
    let names: Vec<String> = solutions
        .variables()
        .iter()
        .map(|v| v.as_str().to_owned())
        .collect();
    let mut rows = Vec::new();
    for solution in solutions {
        let solution = solution.context("the query failed")?;
        let cells = solution.values().iter();
        let cells = cells.map(|term| term.as_ref().map(|term| cell(term, &prefixes)));
        rows.push(cells.collect::<Vec<_>>());
    }
    let mut widths: Vec<usize> = names.iter().map(|name| name.width()).collect();
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.as_ref().map_or(0, |c| c.text.width()));
        }
    }
    if let Some(width) = width {
        fit(&mut widths, width);
    }
    let head = names.iter().map(|name| {
        let text = name.clone();
        Some(Cell {
            text,
            number: false,
        })
    });
    line(&head.collect::<Vec<_>>(), &widths, out)?;
    let rules: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
    writeln!(out, "{}", rules.join("  "))?;
    for row in &rows {
        line(row, &widths, out)?;
    }
    Ok(rows.len())
}

/// No column is made narrower than this.
const NARROWEST: usize = 8;

/// Takes from the widest column until all fit.
fn fit(widths: &mut [usize], most: usize) {
    loop {
        let whole = widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1);
        let widest = widths.iter_mut().max();
        match widest {
            Some(widest) if whole > most && *widest > NARROWEST => *widest -= 1,
            _ => return,
        }
    }
}

fn line(cells: &[Option<Cell>], widths: &[usize], out: &mut impl Write) -> std::io::Result<()> {
    let mut line = String::new();
    for (cell, &width) in cells.iter().zip(widths) {
        let (text, number) = cell.as_ref().map_or(("", false), |c| (&*c.text, c.number));
        let text = cut(text, width);
        let space = " ".repeat(width.saturating_sub(text.width()));
        let cell = if number { space + &text } else { text + &space };
        line.push_str(&cell);
        line.push_str("  ");
    }
    writeln!(out, "{}", line.trim_end())
}

fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut room = width.saturating_sub(1);
    for character in text.chars() {
        let wide = character.width().unwrap_or(0);
        if wide > room {
            break;
        }
        room -= wide;
        kept.push(character);
    }
    kept + "…"
}

/// An IRI with its prefix, where it has one.
pub(super) fn short(iri: &str, prefixes: &[(&str, String)]) -> String {
    let matching = prefixes
        .iter()
        .filter_map(|(prefix, start)| Some((prefix, iri.strip_prefix(start.as_str())?)));
    let shortest = matching.min_by_key(|(_, rest)| rest.len());
    shortest.map_or_else(
        || format!("<{iri}>"),
        |(prefix, rest)| format!("{prefix}:{rest}"),
    )
}

/// An IRI with its prefix, the text of a literal on one line.
fn cell(term: &Term, prefixes: &[(&str, String)]) -> Cell {
    let text = match term {
        Term::NamedNode(node) => short(node.as_str(), prefixes),
        Term::Literal(literal) => literal.value().to_owned(),
        Term::BlankNode(node) => node.to_string(),
    };
    // A control character would move the cursor of the terminal, and a line break end the row.
    let text = text.replace(|c: char| c.is_control(), " ");
    let number = matches!(term, Term::Literal(literal) if {
        let type_ = literal.datatype().as_str();
        ["#decimal", "#integer", "#double", "#float"].iter().any(|number| type_.ends_with(number))
    });
    Cell { text, number }
}
