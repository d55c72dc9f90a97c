//! Scores of sentences, tokens, tags and lemmas against treebanks, and the speed of each step.
//!
//! `SAYSO_UD=FOLDER cargo bench --bench text` prints F1 for each `.conllu` or `.conllu.gz` file of the folder first and
//! measures on its text; without the variable the text is generated news.

#![expect(clippy::print_stdout, reason = "the figures are what this is for")]

mod common;

use std::hint::black_box;

use common::{conllu, news};
use criterion::{Criterion, Throughput};
use sayso::annotation::train::{evaluate, parse_conllu};
use sayso::annotation::{Annotator, Model};
use sayso::text::{Document, split_sentences, tokenize};

/// Bytes of text that each step is measured on.
const BYTES: usize = 5_000_000;

/// Prints the scores of every treebank; with `SAYSO_ERRORS` also each wrong sentence and token.
fn print_scores() {
    for path in conllu::files() {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let sentences = conllu::read(&path);
        let (lines, wrong) = conllu::score_sentences(&sentences, true);
        let (joined, _) = conllu::score_sentences(&sentences, false);
        let (tokens, odd) = conllu::score_tokens(&sentences);
        println!(
            "{name}: sentences F1 {:.2} (headings on lines of their own), {:.2} (all in one line); tokens F1 {:.2}",
            lines.f1(),
            joined.f1(),
            tokens.f1()
        );
        let treebank = parse_conllu(&conllu::text(&path)).expect("treebank is CoNLL-U");
        let accuracy = evaluate(Model::builtin(), &treebank);
        println!(
            "{name}: on its own tokens UPOS {:.2} %, with form {:.2} %, lemmas {:.2} %",
            accuracy.upos(),
            accuracy.tags(),
            accuracy.lemmas()
        );
        if std::env::var_os("SAYSO_ERRORS").is_some() {
            for error in wrong.iter().chain(&odd) {
                println!("\t{error}");
            }
        }
    }
}

/// Documents to measure on: those of the treebanks if there are any, else generated.
fn documents() -> Vec<String> {
    let treebanks: Vec<String> = conllu::files()
        .iter()
        .map(|path| conllu::join(&conllu::read(path), true).0)
        .collect();
    if treebanks.is_empty() {
        news::articles(1, BYTES)
    } else {
        treebanks
    }
}

fn speed(criterion: &mut Criterion) {
    let documents = documents();
    let bytes: usize = documents.iter().map(String::len).sum();
    let mut group = criterion.benchmark_group("text");
    group
        .throughput(Throughput::Bytes(bytes as u64))
        .sample_size(10);
    group.bench_function("sentences", |b| {
        b.iter(|| {
            documents
                .iter()
                .map(|text| black_box(split_sentences(text)).len())
                .sum::<usize>()
        });
    });
    group.bench_function("tokens", |b| {
        b.iter(|| {
            documents
                .iter()
                .map(|text| black_box(tokenize(text)).len())
                .sum::<usize>()
        });
    });
    group.bench_function("document", |b| {
        b.iter(|| {
            let whole = |text: &String| black_box(Document::new("", text.as_str())).tokens.len();
            documents.iter().map(whole).sum::<usize>()
        });
    });
    group.bench_function("document and tags", |b| {
        let mut annotator = Annotator::new(Model::builtin());
        b.iter(|| {
            let tagged = |text: &String| annotator.tags(&Document::new("", text.as_str())).len();
            documents.iter().map(tagged).sum::<usize>()
        });
    });
    group.finish();
}

fn main() {
    print_scores();
    let mut criterion = Criterion::default().configure_from_args();
    speed(&mut criterion);
    criterion.final_summary();
}
