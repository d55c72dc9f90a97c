//! `sayso extract`: text to graph.

use super::Outcome;
use super::args::{Extract, Loudness};
use super::input::{Article, Reader, file_name, files, is_keyboard};
use super::progress::Progress;
use super::{interrupt, output, packs, project, readable};
use crate::export::{
    DotOptions, Format, dot, graph_json, write_csv, write_csv_header, write_cypher, write_graphml,
    write_json_ld, write_nquads, write_relation_lines, write_turtle,
};
use crate::graph::{BaseIri, KnowledgeGraph, Pruning};
use crate::rules::RuleSet;
use crate::{Document, Extractor};
use anyhow::{Context, bail};
use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::sync::{Mutex, mpsc};
use std::time::{Duration, Instant};

/// What leaves: lines for people, or formats; more than one only in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Form {
    Readable,
    Formats(Vec<Format>),
}

/// Extracts all inputs.
pub(super) fn run(options: &Extract, loudness: Loudness) -> anyhow::Result<Outcome> {
    if options.inputs.is_empty() && is_keyboard() {
        bail!("no input: name a file or a folder, or pipe a text into `sayso extract -`");
    }
    let base = BaseIri::new(options.base.as_deref().unwrap_or(BASE))?;
    let form = form(options)?;
    let inputs = if options.inputs.is_empty() {
        vec!["-".into()]
    } else {
        options.inputs.clone()
    };
    let files = files(&inputs)?;
    if files.is_empty() {
        bail!("no articles: folders are looked through for files that end in .txt");
    }
    let mut reader = Reader::new(files, options.input_format, options.date);
    if let Some(path) = &options.output {
        prepare(path, &mut reader)?;
    }
    let Some(rules) = packs::usable(&options.packs)? else {
        return Ok(Outcome::Failed);
    };
    known_relations(&options.only, &rules)?;
    let started = Instant::now();
    let mut progress = Progress::new(reader.total(), loudness);
    let mut sink = Sink::new(options, form.clone(), base);
    let mut counts = Counts::default();
    extract_all(&rules, reader, options.jobs, |file, result| {
        interrupt::one_more();
        progress.step(|| match result {
            Ok(graph) => {
                counts.add(&graph);
                if loudness == Loudness::Verbose {
                    let relations = graph.relations().len();
                    anstream::eprintln!("{file}: {relations} relations");
                }
                sink.take(graph)
            }
            Err(error) => {
                counts.skipped += 1;
                anstream::eprintln!("error: {file}: {error:#}");
                Ok(())
            }
        })
    })?;
    drop(progress);
    if counts.documents > 0 || counts.skipped == 0 {
        sink.finish()?;
    }
    match &options.output {
        None if form == Form::Readable && loudness > Loudness::Quiet => {
            summary(&counts, started.elapsed(), &inputs);
        }
        Some(output) => super::hint(loudness, &where_it_is(&counts, output)),
        None => {}
    }
    Ok(match (counts.documents, counts.skipped) {
        (_, 0) => Outcome::Done,
        (0, _) => Outcome::Failed,
        _ => Outcome::Skipped,
    })
}

/// Where IRIs begin that nobody gave another start.
const BASE: &str = "https://kg.example/";

/// What would make the output fail is said before the work, and before anything is written.
fn prepare(output: &Path, reader: &mut Reader) -> anyhow::Result<()> {
    let shown = output.display().to_string();
    if is_folder(output) {
        reader.refuse_clashes()?;
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
fn known_relations(named: &[String], rules: &RuleSet) -> anyhow::Result<()> {
    let known = rules.relations.iter().map(|r| r.name.as_str());
    match named.iter().find(|n| !known.clone().any(|k| k == *n)) {
        Some(name) => bail!("--only: {}", project::unknown("relation", name, known)),
        None => Ok(()),
    }
}

#[derive(Debug, Default)]
struct Counts {
    documents: usize,
    relations: usize,
    entities: usize,
    skipped: usize,
}

impl Counts {
    fn add(&mut self, graph: &KnowledgeGraph) {
        self.documents += graph.documents.len();
        self.relations += graph.n_relations();
        self.entities += graph.n_entities();
    }
}

fn where_it_is(counts: &Counts, output: &Path) -> String {
    let (relations, output) = (counts.relations, output.display());
    format!("{relations} relations are in {output}; --format text shows them here")
}

fn summary(counts: &Counts, time: Duration, inputs: &[std::path::PathBuf]) {
    let next = if std::io::stdout().is_terminal() {
        let input = inputs
            .first()
            .map_or_else(|| "-".into(), |p| p.display().to_string());
        format!("      next: sayso extract {input} -o graph.svg")
    } else {
        String::new()
    };
    let (relations, entities) = (counts.relations, counts.entities);
    anstream::eprintln!(
        "  {relations} relations · {entities} entities · {} ms{next}",
        time.as_millis()
    );
}

/// The form by `--format`, else by the ending of `-o`, else by `sayso.toml`, else lines on a terminal and JSON elsewhere.
fn form(options: &Extract) -> anyhow::Result<Form> {
    let folder = options.output.as_deref().is_some_and(is_folder);
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
    if let Some(path) = options.output.as_deref().filter(|_| !folder) {
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

fn is_folder(path: &Path) -> bool {
    path.to_string_lossy().ends_with('/') || path.is_dir()
}

/// Where graphs go, in the order of the input.
struct Sink<'o> {
    options: &'o Extract,
    form: Form,
    base: BaseIri,
    /// What waits for the end: graphs that make one, or the text of a file.
    graphs: Vec<KnowledgeGraph>,
    pending: Vec<u8>,
    /// Whether what stands above all documents is written.
    headed: bool,
}

impl<'o> Sink<'o> {
    fn new(options: &'o Extract, form: Form, base: BaseIri) -> Self {
        Self {
            options,
            form,
            base,
            graphs: Vec::new(),
            pending: Vec::new(),
            headed: false,
        }
    }

    fn take(&mut self, graph: KnowledgeGraph) -> anyhow::Result<()> {
        let formats = match &self.form {
            Form::Readable => {
                let mut text = Vec::new();
                readable::write(&graph, &mut text)?;
                return self.put(&text);
            }
            Form::Formats(formats) => formats,
        };
        if let Some(folder) = self.options.output.as_deref().filter(|p| is_folder(p)) {
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
        if self.options.output.is_some() {
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

    fn finish(mut self) -> anyhow::Result<()> {
        if let (false, Form::Formats(formats)) = (self.graphs.is_empty(), &self.form) {
            let format = formats[0];
            let graph = match self.graphs.len() {
                1 => self.graphs.remove(0),
                _ => KnowledgeGraph::merge(self.graphs.drain(..)),
            };
            let content = self.content(&graph, format)?;
            self.put(&content)?;
        }
        match &self.options.output {
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

type Result_ = (usize, String, anyhow::Result<KnowledgeGraph>);

/// Extracts articles on several threads and hands the graphs over in the order of the input.
fn extract_all(
    rules: &RuleSet,
    mut reader: Reader,
    jobs: Option<usize>,
    mut hand_over: impl FnMut(&str, anyhow::Result<KnowledgeGraph>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let jobs = jobs
        .or_else(|| std::thread::available_parallelism().ok().map(Into::into))
        .unwrap_or(1)
        .max(1);
    let (work, taken) = mpsc::channel::<(usize, Article)>();
    let (done, results) = mpsc::channel::<Result_>();
    let taken = Mutex::new(taken);
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            let (taken, done) = (&taken, done.clone());
            scope.spawn(move || worker(rules, taken, &done));
        }
        drop(done);
        let mut waiting: BTreeMap<usize, (String, anyhow::Result<KnowledgeGraph>)> =
            BTreeMap::new();
        let (mut sent, mut next, mut more) = (0, 0, true);
        loop {
            while more && sent - next < jobs * 4 {
                match reader.next() {
                    Some(article) => {
                        work.send((sent, article)).ok();
                        sent += 1;
                    }
                    None => more = false,
                }
            }
            if next == sent {
                // Closing the channel ends the workers.
                drop(work);
                return Ok(());
            }
            let (number, file, result) = results.recv().context("a worker ended")?;
            waiting.insert(number, (file, result));
            while let Some((file, result)) = waiting.remove(&next) {
                hand_over(&file, result)?;
                next += 1;
            }
        }
    })
}

fn worker(
    rules: &RuleSet,
    taken: &Mutex<mpsc::Receiver<(usize, Article)>>,
    done: &mpsc::Sender<Result_>,
) {
    let mut extractor = Extractor::new(rules);
    loop {
        let Ok(article) = taken.lock().map(|t| t.recv()) else {
            return;
        };
        let Ok((number, Article { file, document })) = article else {
            return;
        };
        let graph = document.map(|document: Document| {
            let mut graph = extractor.extract_document(document).graph;
            if let Some(record) = graph.documents.first_mut() {
                record.file = Some(file.clone());
            }
            graph
        });
        if done.send((number, file, graph)).is_err() {
            return;
        }
    }
}
