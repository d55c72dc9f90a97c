//! Scores of sentences and tokens against treebanks, and their speed.
//!
//! `SAYSO_UD=FOLDER cargo bench --bench text` prints F1 for each `.conllu` or `.conllu.gz` file of the folder first.

#![expect(clippy::print_stdout, reason = "the figures are what this is for")]

mod common;

use common::conllu;

fn main() {
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
        if std::env::var_os("SAYSO_ERRORS").is_some() {
            for error in wrong.iter().chain(&odd) {
                println!("\t{error}");
            }
        }
    }
}
