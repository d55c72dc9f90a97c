//! A query asked of graphs, from the words of the command line to the answer.

use super::args::Query;
use super::load::Loading;
use super::{results, saved};
use crate::cli::Outcome;
use crate::cli::args::Loudness;
use crate::cli::input::is_keyboard;
use crate::cli::interrupt;
use crate::graph::{BaseIri, DEFAULT_BASE};
use crate::query::{QueryError, Question, QuestionError};
use anyhow::{anyhow, bail};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// What the deepest query within the limits of [`crate::query::parse`] needs, in bytes; untouched pages cost nothing.
const STACK: usize = 256 << 20;

/// Lists questions, shows one, or asks.
pub(in crate::cli) fn run(options: &Query, loudness: Loudness) -> anyhow::Result<Outcome> {
    let work = std::thread::Builder::new().stack_size(STACK);
    std::thread::scope(|scope| {
        let work = work.spawn_scoped(scope, || answer(options, loudness))?;
        work.join().map_err(|_| anyhow!("the evaluation ended"))?
    })
}

fn answer(options: &Query, loudness: Loudness) -> anyhow::Result<Outcome> {
    let questions = || saved::questions(options.questions.as_deref());
    if options.list {
        saved::list(&questions()?, &mut std::io::stdout().lock())?;
        crate::cli::hint(
            loudness,
            "sayso query graph.jsonld NAME --set PARAMETER=VALUE",
        );
        return Ok(Outcome::Done);
    }
    if let Some(name) = &options.show {
        let question = saved::named(questions()?, name)?;
        std::io::stdout()
            .lock()
            .write_all(question.text.as_bytes())?;
        return Ok(Outcome::Done);
    }
    let base = BaseIri::new(options.base.as_deref().unwrap_or(DEFAULT_BASE))?;
    let (graphs, asked) = asked(options)?;
    let values = saved::values(&asked.question, &options.values)?;
    let query = asked.question.query(&base, values);
    let query = query.map_err(|error| asked.fault(error))?;
    let form = results::form(options, &query)?;
    let loading = Loading {
        format: options.input_format,
        base: &base,
        packs: &options.packs,
        loudness,
    };
    let loaded = Arc::new(AtomicBool::new(false));
    if let Some(seconds) = options.timeout {
        give_up_after(seconds, loaded.clone());
    }
    let Some(store) = loading.store(&graphs)? else {
        return Ok(Outcome::Failed);
    };
    loaded.store(true, Ordering::Relaxed);
    let answer = store.run(query)?;
    let rows = results::write(answer, form, options.output.as_deref(), &base)?;
    if rows == Some(0) && loudness > Loudness::Quiet {
        let triples = store.n_triples()?;
        anstream::eprintln!("no answer in {triples} triples");
    }
    Ok(Outcome::Done)
}

/// What is asked, and how its place is called in messages.
struct Asked {
    question: Question,
    file: Option<String>,
}

impl Asked {
    /// The fault with its place and its line.
    fn fault(&self, error: QuestionError) -> anyhow::Error {
        let QuestionError::Query(QueryError::Syntax {
            line,
            column,
            message,
        }) = error
        else {
            return anyhow!(error);
        };
        let file = self.file.as_deref().unwrap_or("the query");
        let text = self.question.text.lines().nth(line - 1).unwrap_or_default();
        let text = text.replace(|c: char| c.is_control(), " ");
        anyhow!(
            "{file}:{line}:{column}: {message}\n  {text}\n  {:>column$}",
            "^"
        )
    }
}

/// The graphs, and the query after them.
fn asked(options: &Query) -> anyhow::Result<(Vec<PathBuf>, Asked)> {
    let mut graphs = options.words.clone();
    let file = match &options.file {
        Some(file) => Some(file.clone()),
        None => graphs.pop_if(|word| is_query_file(word)),
    };
    let asked = if let Some(file) = file {
        Asked {
            question: saved::read(&file)?,
            file: Some(file.display().to_string()),
        }
    } else {
        let Some(word) = graphs.pop() else {
            bail!(
                "no query: after the graphs comes SPARQL, or a name that `sayso query --list` tells"
            );
        };
        let word = word.to_string_lossy();
        if word.contains(|c: char| c.is_whitespace() || c == '{') {
            Asked {
                question: Question::read("the query", &word),
                file: None,
            }
        } else {
            let questions = saved::questions(options.questions.as_deref())?;
            let is_file = word == "-" || Path::new(&*word).exists();
            if is_file && !questions.contains_key(&*word) {
                bail!(
                    "no query: after {word} comes SPARQL, or a name that `sayso query --list` tells"
                );
            }
            let question = saved::named(questions, &word)?;
            let file = Some(format!("{word}.rq"));
            Asked { question, file }
        }
    };
    if graphs.is_empty() {
        if is_keyboard() {
            bail!("no graph: name files before the query, or pipe one in");
        }
        graphs.push("-".into());
    }
    Ok((graphs, asked))
}

fn is_query_file(word: &Path) -> bool {
    word.extension().is_some_and(|e| e == "rq" || e == "sparql") && word.is_file()
}

/// Ends the command where the answer is not there in time, as Ctrl-C does: never in the middle of a file.
fn give_up_after(seconds: u64, loaded: Arc<AtomicBool>) {
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_secs(seconds));
        let _whole = interrupt::writing();
        let why = if loaded.load(Ordering::Relaxed) {
            "a pattern that has no variable in common with the rest multiplies its rows, and LIMIT makes a query end early"
        } else {
            "the graphs were still being loaded; N-Quads load fastest, and a store that keeps them loads once"
        };
        anstream::eprintln!("error: no answer within {seconds} seconds: {why}");
        std::process::exit(2);
    });
}
