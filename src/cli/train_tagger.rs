//! `sayso train-tagger`: makes the model of the tagger and lemmatiser from treebanks (hidden from the help).

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use flate2::read::GzDecoder;

use crate::annotation::train::{TrainOptions, TreebankSentence, evaluate, parse_conllu, train};

/// Train the tagger and lemmatiser on treebanks.
#[derive(Debug, Args)]
pub(super) struct TrainTagger {
    /// Treebanks to learn from: CoNLL-U, may be packed with gzip
    #[arg(required = true, value_name = "TRAIN.conllu")]
    train: Vec<PathBuf>,
    /// Where to write the model
    #[arg(long, short, value_name = "FILE")]
    out: PathBuf,
    /// Treebanks to measure the model on
    #[arg(long, num_args = 1.., value_name = "TEST.conllu")]
    test: Vec<PathBuf>,
    /// Passes over the treebanks
    #[arg(long, default_value_t = TrainOptions::default().epochs)]
    epochs: u32,
    /// Drop weights smaller than this
    #[arg(long, default_value_t = TrainOptions::default().prune)]
    prune: f32,
    /// Learn one sentence in so many without capitals too (0: none)
    #[arg(long, default_value_t = TrainOptions::default().silent_every)]
    silent_every: usize,
    /// Hold words that were seen so often to what they were seen as (0: none)
    #[arg(long, default_value_t = TrainOptions::default().least_closed)]
    least_closed: u32,
    /// Take a reading for noise that a word has only once in so many times
    #[arg(long, default_value_t = TrainOptions::default().noise)]
    noise: u32,
    /// Number of rows of hashed weights, as a power of two
    #[arg(long, default_value_t = TrainOptions::default().row_bits, value_parser = clap::value_parser!(u32).range(8..=20))]
    row_bits: u32,
    /// Learn only what was seen so often
    #[arg(long, default_value_t = TrainOptions::default().least_count)]
    least_count: u8,
    /// Seed of the order of sentences
    #[arg(long, default_value_t = TrainOptions::default().seed)]
    seed: u64,
}

/// Trains, writes the model and prints its accuracy on the test treebanks.
pub(super) fn run(arguments: &TrainTagger) -> anyhow::Result<()> {
    let mut sentences = Vec::new();
    for path in &arguments.train {
        sentences.extend(read_treebank(path)?);
    }
    let options = TrainOptions {
        epochs: arguments.epochs,
        seed: arguments.seed,
        prune: arguments.prune,
        row_bits: arguments.row_bits,
        least_count: arguments.least_count,
        silent_every: arguments.silent_every,
        least_closed: arguments.least_closed,
        noise: arguments.noise,
    };
    let model = train(&sentences, &options);
    let bytes = model.to_bytes();
    std::fs::write(&arguments.out, &bytes)
        .with_context(|| format!("cannot write {}", arguments.out.display()))?;
    let mut out = anstream::stdout();
    writeln!(out, "{}: {} bytes", arguments.out.display(), bytes.len())?;
    for path in &arguments.test {
        let accuracy = evaluate(&model, &read_treebank(path)?);
        writeln!(
            out,
            "{}: UPOS {:.2} %, with form {:.2} %, lemma {:.2} %",
            path.display(),
            accuracy.upos(),
            accuracy.tags(),
            accuracy.lemmas(),
        )?;
    }
    Ok(())
}

fn read_treebank(path: &Path) -> anyhow::Result<Vec<TreebankSentence>> {
    let name = path.display();
    let mut file = File::open(path).with_context(|| format!("cannot open {name}"))?;
    let mut text = String::new();
    if path.extension().is_some_and(|ending| ending == "gz") {
        GzDecoder::new(file).read_to_string(&mut text)
    } else {
        file.read_to_string(&mut text)
    }
    .with_context(|| format!("cannot read {name}"))?;
    parse_conllu(&text).with_context(|| format!("{name} is not CoNLL-U"))
}
