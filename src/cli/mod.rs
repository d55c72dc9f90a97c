//! Stage 9: the command line; the only place that touches files, the terminal, the clock and threads.

mod args;
mod check;
mod eval;
mod export;
mod extract;
mod fix;
mod form;
mod graphs;
mod helper;
mod input;
mod interrupt;
mod json_lines;
mod junit;
mod merge;
mod messages;
mod output;
mod packs;
mod progress;
mod project;
mod query;
mod readable;
mod render;
mod sink;
mod spool;
mod test;
mod tokens;
mod train_tagger;
mod whole_file;

use args::{Arguments, Command};
use clap::{CommandFactory, Parser};
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Done.
    Done,
    /// A failed test, a diagnostic.
    Findings,
    /// Usage, input or output.
    Failed,
    /// Finished, but documents were left out.
    Skipped,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Done => 0,
            Outcome::Findings => 1,
            Outcome::Failed => 2,
            Outcome::Skipped => 3,
        })
    }
}

/// Runs the command.
pub fn main() -> ExitCode {
    let mut arguments = Arguments::parse();
    let loudness = arguments.loudness();
    let result = interrupt::install()
        .and_then(|()| project::apply(&mut arguments))
        .map(|()| arguments.command.without_dash())
        .and_then(|()| run(&arguments.command, loudness));
    match result {
        Ok(outcome) => outcome.into(),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("error: {error:#}");
            Outcome::Failed.into()
        }
    }
}

fn run(command: &Command, loudness: args::Loudness) -> anyhow::Result<Outcome> {
    match command {
        Command::Extract(options) => extract::run(options, loudness),
        Command::Export(options) => export::run(options, loudness),
        Command::Merge(options) => merge::run(options, loudness),
        Command::Query(options) => query::run(options, loudness),
        Command::Check(options) => check::run(options, loudness),
        Command::Test(options) => test::run(options, loudness),
        Command::Eval(options) => eval::run(options, loudness),
        Command::Tokens(options) => tokens::run(options, loudness),
        Command::Completions { shell } => completions(*shell),
        Command::Man => man(),
        Command::TrainTagger(options) => train_tagger::run(options).map(|()| Outcome::Done),
    }
}

/// Completions for a shell.
fn completions(shell: clap_complete::Shell) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "sayso", &mut script);
    std::io::stdout().lock().write_all(&script)?;
    Ok(Outcome::Done)
}

/// The man page: the command, then a section for each of its commands.
fn man() -> anyhow::Result<Outcome> {
    let mut page = Vec::new();
    let command = Arguments::command();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    for command in command.get_subcommands().filter(|c| !c.is_hide_set()) {
        let name = format!("sayso {}", command.get_name());
        let command = command.clone().display_name(name.clone());
        writeln!(page, ".SH {}", name.to_uppercase())?;
        let manual = clap_mangen::Man::new(command.bin_name(name));
        manual.render_description_section(&mut page)?;
        manual.render_synopsis_section(&mut page)?;
        manual.render_options_section(&mut page)?;
    }
    std::io::stdout().lock().write_all(&page)?;
    Ok(Outcome::Done)
}

/// `1 edit`, `2 edits`.
fn counted(number: usize, of: &str) -> String {
    format!("{number} {of}{}", if number == 1 { "" } else { "s" })
}

/// What to do next, for people at a terminal.
fn hint(loudness: args::Loudness, next: &str) {
    if loudness > args::Loudness::Quiet && std::io::stdout().is_terminal() {
        anstream::eprintln!("next: {next}");
    }
}

/// Who reads has had enough: that is no error.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
