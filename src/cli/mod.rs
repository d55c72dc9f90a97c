//! Stage 8: the command line; the only place that touches files, the terminal, the clock and threads.

mod train_tagger;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Debug, Parser)]
#[command(version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    #[command(hide = true)]
    TrainTagger(train_tagger::TrainTagger),
}

/// Runs the command.
pub fn main() -> ExitCode {
    let Command::TrainTagger(arguments) = Arguments::parse().command;
    match train_tagger::run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}
