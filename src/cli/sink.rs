//! Where graphs go: to standard output, into a file or a folder, in one format or several.

use super::args::Output;
use super::input::file_name;
use super::{interrupt, output, project, readable};
use crate::export::{
    DotOptions, Format, dot, graph_json, write_csv, write_csv_header, write_cypher, write_graphml,
    write_json_ld, write_nquads, write_relation_lines, write_turtle,
};
use crate::graph::{BaseIri, KnowledgeGraph, Pruning};
use crate::rules::RuleSet;
use anyhow::{Context, bail};
use std::io::{IsTerminal, Write};
use std::path::Path;

/// What leaves: lines for people, or formats; more than one only in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Form {
    Readable,
    Formats(Vec<Format>),
}

/// Where IRIs begin that nobody gave another start.
const BASE: &str = "https://kg.example/";

/// What would make the output fail is said before the work, and before anything is written.
pub(super) fn prepare(output: &Path) -> anyhow::Result<()> {
    let shown = output.display().to_string();
    if is_folder(output) {
        std::fs::create_dir_all(output).with_context(|| format!("cannot make {shown}"))?;
        interrupt::keeps(format!("their graphs are in {shown}"));
        return Ok(());
    }
    let folder = output.parent().filter(|p| !p.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|f| !f.is_dir()) {
        bail!(
            "cannot write {shown}: there is no folder {}",
            folder.display()
        );
    }
    interrupt::keeps(format!("{shown} is as it was"));
    Ok(())
}

/// Refuses relations that no rule knows.
pub(super) fn known_relations(named: &[String], rules: &RuleSet) -> anyhow::Result<()> {
    let known = rules.relations.iter().map(|r| r.name.as_str());
    match named.iter().find(|n| !known.clone().any(|k| k == *n)) {
        Some(name) => bail!("--only: {}", project::unknown("relation", name, known)),
        None => Ok(()),
    }
}

/// The form by `--format`, else by the ending of `-o`, else by `sayso.toml`, else lines on a terminal and JSON elsewhere.
fn form(options: &Output) -> anyhow::Result<Form> {
    let folder = options.path.as_deref().is_some_and(is_folder);
    if !options.format.is_empty() {
        if options.format == ["text"] {
            if folder {
                bail!("--format text goes to a terminal or into one file, not into a folder");
            }
            return Ok(Form::Readable);
        }
        let formats = formats(&options.format)?;
        if formats.len() > 1 && !folder {
            bail!("several formats need a folder: -o DIR/");
        }
        return Ok(Form::Formats(formats));
    }
    if let Some(path) = options.path.as_deref().filter(|_| !folder) {
        let ending = path
            .extension()
            .and_then(|e| e.to_str())
            .unwrap_or_default();
        let names = Format::ALL.map(|f| format!(".{}", f.name())).join(", ");
        let format = Format::from_extension(ending).with_context(|| {
            format!(
                "the ending of {} names no format: use {names}, or say --format",
                path.display()
            )
        })?;
        return Ok(Form::Formats(vec![format]));
    }
    if !folder && std::io::stdout().is_terminal() {
        return Ok(Form::Readable);
    }
    let mut formats = formats(&options.formats)?;
    if formats.is_empty() {
        formats.push(Format::Json);
    }
    if !folder {
        formats.truncate(1);
    }
    Ok(Form::Formats(formats))
}

/// Formats by their names, each once.
fn formats(names: &[String]) -> anyhow::Result<Vec<Format>> {
    let mut formats = Vec::new();
    for name in names {
        let format = Format::from_name(name).with_context(|| {
            let known = ["text"].into_iter().chain(Format::ALL.map(Format::name));
            project::unknown("format", name, known)
        })?;
        if !formats.contains(&format) {
            formats.push(format);
        }
    }
    Ok(formats)
}

pub(super) fn is_folder(path: &Path) -> bool {
    path.to_string_lossy().ends_with('/') || path.is_dir()
}

/// Where graphs go, in the order of the input.
pub(super) struct Sink<'o> {
    options: &'o Output,
    form: Form,
    base: BaseIri,
    /// What waits for the end: graphs that make one, or the text of a file.
    graphs: Vec<KnowledgeGraph>,
    pending: Vec<u8>,
    /// Whether what stands above all documents is written.
    headed: bool,
}

impl<'o> Sink<'o> {
    /// Refuses what cannot be written so: an unknown format, a base IRI that is none.
    pub(super) fn new(options: &'o Output) -> anyhow::Result<Self> {
        Ok(Self {
            options,
            form: form(options)?,
            base: BaseIri::new(options.base.as_deref().unwrap_or(BASE))?,
            graphs: Vec::new(),
            pending: Vec::new(),
            headed: false,
        })
    }

    /// Whether lines for people leave, and on standard output.
    pub(super) fn is_for_people(&self) -> bool {
        self.form == Form::Readable && self.options.path.is_none()
    }

    /// Takes the next graph.
    pub(super) fn take(&mut self, graph: KnowledgeGraph) -> anyhow::Result<()> {
        let formats = match &self.form {
            Form::Readable => {
                let mut text = Vec::new();
                readable::write(&graph, &mut text)?;
                return self.put(&text);
            }
            Form::Formats(formats) => formats,
        };
        if let Some(folder) = self.options.path.as_deref().filter(|p| is_folder(p)) {
            let id = graph.documents.first().map_or("document", |d| &d.id);
            for format in formats {
                let mut content = header(*format)?;
                content.extend(self.content(&graph, *format)?);
                let name = format!("{}.{}", file_name(id), format.name());
                output::write_whole(&folder.join(name), &content)?;
            }
            return Ok(());
        }
        let format = formats[0];
        if format.merges_documents() {
            self.graphs.push(graph);
            return Ok(());
        }
        if !self.headed {
            self.headed = true;
            self.put(&header(format)?)?;
        }
        let content = self.content(&graph, format)?;
        self.put(&content)
    }

    /// To standard output at once; to a file only when all is there.
    fn put(&mut self, content: &[u8]) -> anyhow::Result<()> {
        if self.options.path.is_some() {
            self.pending.extend_from_slice(content);
        } else {
            std::io::stdout().lock().write_all(content)?;
        }
        Ok(())
    }

    fn content(&self, graph: &KnowledgeGraph, format: Format) -> anyhow::Result<Vec<u8>> {
        let mut out = Vec::new();
        match format {
            Format::Json => out = graph_json(graph).into_bytes(),
            Format::JsonLines => write_relation_lines(graph, &mut out)?,
            Format::JsonLd => write_json_ld(graph, &self.base, &mut out)?,
            Format::Turtle => write_turtle(graph, &self.base, &mut out)?,
            Format::NQuads => write_nquads(graph, &self.base, &mut out)?,
            Format::Cypher => write_cypher(graph, &mut out)?,
            Format::GraphMl => write_graphml(graph, &mut out)?,
            Format::Csv => write_csv(graph, &mut out)?,
            Format::Dot => out = self.dot(graph).into_bytes(),
            Format::Svg | Format::Png => out = output::draw(&self.dot(graph), format.name())?,
        }
        Ok(out)
    }

    fn dot(&self, graph: &KnowledgeGraph) -> String {
        let options = self.options;
        let pruning = Pruning {
            focus: options.focus.clone(),
            hops: options.hops,
            only: options.only.clone(),
            min_support: options.min_support,
            top: options.top,
        };
        dot(
            graph,
            &DotOptions {
                base: self.base.clone(),
                pruning,
            },
        )
    }

    /// Writes what waits for the end.
    pub(super) fn finish(mut self) -> anyhow::Result<()> {
        if let (false, Form::Formats(formats)) = (self.graphs.is_empty(), &self.form) {
            let format = formats[0];
            let graph = match self.graphs.len() {
                1 => self.graphs.remove(0),
                _ => KnowledgeGraph::merge(self.graphs.drain(..)),
            };
            let content = self.content(&graph, format)?;
            self.put(&content)?;
        }
        match &self.options.path {
            Some(path) if !is_folder(path) => output::write_whole(path, &self.pending),
            _ => Ok(std::io::stdout().lock().flush()?),
        }
    }
}

/// What stands once above all documents.
fn header(format: Format) -> anyhow::Result<Vec<u8>> {
    let mut out = Vec::new();
    if format == Format::Csv {
        write_csv_header(&mut out)?;
    }
    Ok(out)
}
