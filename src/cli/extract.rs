//! `sayso extract`: text to graph.

use super::Outcome;
use super::args::{Extract, Loudness};
use super::form::is_folder;
use super::input::{Article, Reader, files, is_keyboard};
use super::progress::Progress;
use super::sink::{Sink, known_relations, prepare};
use super::{interrupt, packs};
use crate::graph::KnowledgeGraph;
use crate::rules::RuleSet;
use crate::{Document, Extractor};
use anyhow::{Context, bail};
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, mpsc};
use std::time::{Duration, Instant};

/// Of more articles that are left out nobody reads why.
const MOST_TOLD: usize = 20;

/// Extracts all inputs.
pub(super) fn run(options: &Extract, loudness: Loudness) -> anyhow::Result<Outcome> {
    if options.inputs.is_empty() && is_keyboard() {
        bail!("no input: name a file or a folder, or pipe a text into `sayso extract -`");
    }
    let mut sink = Sink::new(&options.output)?;
    let (inputs, files) = articles(options)?;
    if let Some(path) = &options.output.path {
        refuse_input(path, &files)?;
    }
    let mut reader = Reader::new(files, options.input_format, options.date);
    if let Some(path) = &options.output.path {
        if is_folder(path) {
            reader.refuse_clashes()?;
        }
        prepare(path)?;
    }
    let Some(rules) = packs::usable(&options.packs)? else {
        return Ok(Outcome::Failed);
    };
    known_relations(&options.output.only, &rules)?;
    let started = Instant::now();
    let mut progress = Progress::new(reader.total(), loudness);
    let mut counts = Counts::default();
    extract_all(&rules, reader, options.jobs, |file, result| {
        interrupt::one_more();
        progress.step(|| match result {
            Ok(graph) => {
                let graph = options.entity_scope.applied(graph);
                counts.add(&graph);
                if loudness == Loudness::Verbose {
                    let relations = graph.relations().len();
                    anstream::eprintln!("{file}: {relations} relations");
                }
                sink.take(graph)
            }
            Err(error) => {
                counts.skip(file, &error);
                Ok(())
            }
        })
    })?;
    drop(progress);
    counts.tell_skipped();
    let for_people = sink.is_for_people();
    if counts.documents > 0 || counts.skipped == 0 {
        sink.finish()?;
    }
    match &options.output.path {
        None if for_people && loudness > Loudness::Quiet => {
            summary(&counts, started.elapsed(), &inputs);
        }
        Some(output) => super::hint(loudness, &where_it_is(&counts, output)),
        None => {}
    }
    Ok(counts.outcome())
}

/// The inputs, and the files that they name.
fn articles(options: &Extract) -> anyhow::Result<(Vec<PathBuf>, Vec<PathBuf>)> {
    let inputs = if options.inputs.is_empty() {
        vec!["-".into()]
    } else {
        options.inputs.clone()
    };
    let files = files(&inputs)?;
    if files.is_empty() {
        bail!("no articles: folders are looked through for files that end in .txt");
    }
    Ok((inputs, files))
}

/// A graph never takes the place of an article: `.jsonl` is both.
fn refuse_input(output: &Path, files: &[PathBuf]) -> anyhow::Result<()> {
    let Ok(there) = output.canonicalize() else {
        return Ok(());
    };
    let same = |file: &&PathBuf| file.canonicalize().is_ok_and(|file| file == there);
    if there.is_file() && files.iter().any(|file| same(&file)) {
        let output = output.display();
        bail!("{output} is one of the articles: the graph needs another name");
    }
    Ok(())
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

    fn skip(&mut self, file: &str, error: &anyhow::Error) {
        self.skipped += 1;
        match self.skipped.cmp(&MOST_TOLD) {
            Ordering::Less => anstream::eprintln!("error: {file}: {error:#}"),
            Ordering::Equal => anstream::eprintln!(
                "error: {file}: {error:#}\nwhat else is left out is only counted"
            ),
            Ordering::Greater => {}
        }
    }

    fn tell_skipped(&self) {
        if self.skipped > 0 && self.skipped + self.documents > 1 {
            let all = super::counted(self.skipped + self.documents, "article");
            anstream::eprintln!("{} of {all} left out", self.skipped);
        }
    }

    fn outcome(&self) -> Outcome {
        match (self.documents, self.skipped) {
            (_, 0) => Outcome::Done,
            (0, _) => Outcome::Failed,
            _ => Outcome::Skipped,
        }
    }
}

fn where_it_is(counts: &Counts, output: &Path) -> String {
    let output = output.display();
    match counts.relations {
        1 => format!("1 relation is in {output}; --format text shows it here"),
        more => format!("{more} relations are in {output}; --format text shows them here"),
    }
}

fn summary(counts: &Counts, time: Duration, inputs: &[PathBuf]) {
    let next = if std::io::stdout().is_terminal() {
        let input = inputs
            .first()
            .map_or_else(|| "-".into(), |p| p.display().to_string());
        format!("      next: sayso extract {input} -o graph.svg")
    } else {
        String::new()
    };
    let (relations, entities) = (counts.relations, counts.entities);
    let entities = match entities {
        1 => "1 entity".to_owned(),
        more => format!("{more} entities"),
    };
    anstream::eprintln!(
        "  {} · {entities} · {} ms{next}",
        super::counted(relations, "relation"),
        time.as_millis()
    );
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
