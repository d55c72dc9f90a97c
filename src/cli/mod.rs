//! Stage 8: the command line; the only place that touches files, the terminal, the clock and threads.

mod args;
mod check;
mod extract;
mod input;
mod output;
mod packs;
mod readable;
mod render;
mod test;
mod tokens;
mod train_tagger;

use args::{Arguments, Command};
use clap::Parser;
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
    let arguments = Arguments::parse();
    let result = match &arguments.command {
        Command::Extract(options) => extract::run(options, arguments.quiet),
        Command::Check(options) => check::run(options),
        Command::Test(options) => test::run(options),
        Command::Tokens(options) => tokens::run(options),
        Command::TrainTagger(options) => train_tagger::run(options).map(|()| Outcome::Done),
    };
    match result {
        Ok(outcome) => outcome.into(),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("error: {error:#}");
            Outcome::Failed.into()
        }
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
