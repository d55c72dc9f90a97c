//! Reads Universal Dependencies treebanks (`*.conllu`, `*.conllu.gz`) and scores cutting against them.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use sayso::text::{Document, Span};

/// A sentence of a treebank.
pub(crate) struct Gold {
    /// Its text.
    pub(crate) text: String,
    /// Its words.
    pub(crate) words: Vec<String>,
    /// Whether a paragraph or document starts with it.
    pub(crate) paragraph: bool,
    /// Whether the next sentence follows without a blank.
    pub(crate) glued: bool,
}

/// The treebank files of the folder that `SAYSO_UD` names, sorted; none without it.
pub(crate) fn files() -> Vec<PathBuf> {
    let Some(folder) = std::env::var_os("SAYSO_UD") else {
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap_or_else(|e| panic!("SAYSO_UD: {}: {e}", Path::new(&folder).display()))
        .map(|entry| entry.expect("folder can be listed").path())
        .filter(|path| path.to_string_lossy().contains(".conllu"))
        .collect();
    files.sort();
    files
}

/// The sentences of a file.
pub(crate) fn read(path: &Path) -> Vec<Gold> {
    text(path).split("\n\n").filter_map(sentence).collect()
}

/// A file as it is, unpacked.
pub(crate) fn text(path: &Path) -> String {
    let file = File::open(path).expect("treebank opens");
    let mut text = String::new();
    let read = if path.extension().is_some_and(|e| e == "gz") {
        flate2::read::MultiGzDecoder::new(file).read_to_string(&mut text)
    } else {
        (&file).read_to_string(&mut text)
    };
    read.expect("treebank is UTF-8");
    text
}

fn sentence(block: &str) -> Option<Gold> {
    let mut gold = Gold {
        text: String::new(),
        words: Vec::new(),
        paragraph: false,
        glued: false,
    };
    for line in block.lines() {
        if let Some(text) = line.strip_prefix("# text = ") {
            text.clone_into(&mut gold.text);
        } else if line.starts_with("# newdoc") || line.starts_with("# newpar") {
            gold.paragraph = true;
        } else if let Some((id, rest)) = line.split_once('\t')
            && id.parse::<u32>().is_ok()
        {
            let word = rest.split('\t').next().unwrap_or_default();
            gold.words.push(word.to_owned());
            gold.glued = line.ends_with("SpaceAfter=No");
        }
    }
    (!gold.words.is_empty()).then_some(gold)
}

/// True positives, predicted, gold.
#[derive(Clone, Copy, Default)]
pub(crate) struct Score(pub(crate) usize, pub(crate) usize, pub(crate) usize);

impl Score {
    /// Harmonic mean of precision and recall, in percent.
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    pub(crate) fn f1(self) -> f64 {
        200.0 * self.0 as f64 / (self.1 + self.2) as f64
    }

    fn add(&mut self, gold: &[(u32, u32)], found: &[(u32, u32)]) {
        self.0 += found
            .iter()
            .filter(|span| gold.binary_search(span).is_ok())
            .count();
        self.1 += found.len();
        self.2 += gold.len();
    }
}

/// Whether a sentence of the treebank is a heading, a list item or the like: no mark that ends a sentence at its end.
fn is_heading(gold: &Gold) -> bool {
    let end = gold
        .text
        .trim_end_matches(['"', '\'', ')', ']', '”', '’', ' ']);
    !end.ends_with(['.', '!', '?', '…', ':', ';', ',', '-', '–', '—'])
}

/// Joins sentences to a text with their gold spans in bytes; `lines` puts headings on lines of their own.
pub(crate) fn join(sentences: &[Gold], lines: bool) -> (String, Vec<(u32, u32)>) {
    let mut text = String::new();
    let mut spans = Vec::new();
    let mut before: Option<&Gold> = None;
    for gold in sentences {
        if let Some(before) = before {
            let heading = lines && (is_heading(before) || is_heading(gold));
            if gold.paragraph || heading {
                text.push_str("\n\n");
            } else if !before.glued {
                text.push(' ');
            }
        }
        let start = text.len() as u32;
        text.push_str(&gold.text);
        spans.push((start, text.len() as u32));
        before = Some(gold);
    }
    (text, spans)
}

/// Scores the sentences of a file by exact spans.
pub(crate) fn score_sentences(sentences: &[Gold], lines: bool) -> (Score, Vec<String>) {
    let (text, gold) = join(sentences, lines);
    let document = Document::new("gold", text.as_str());
    let found: Vec<(u32, u32)> = document
        .sentences
        .iter()
        .map(|s| (s.span.start, s.span.end))
        .collect();
    let mut score = Score::default();
    score.add(&gold, &found);
    let wrong = found
        .iter()
        .filter(|span| gold.binary_search(span).is_err());
    let wrong = wrong
        .map(|&(a, b)| text[a as usize..b as usize].to_owned())
        .collect();
    (score, wrong)
}

/// Scores the tokens of a file, sentence by sentence; hyphens between two characters are cut on both sides first.
pub(crate) fn score_tokens(sentences: &[Gold]) -> (Score, Vec<String>) {
    let mut score = Score::default();
    let mut wrong = Vec::new();
    for sentence in sentences {
        let text = &sentence.text;
        let mut at = 0;
        let mut gold = Vec::new();
        for word in &sentence.words {
            // A word whose letters are not those of the text (a normalised spelling) is skipped.
            if let Some(found) = text[at..].find(word.as_str()).filter(|found| *found < 4) {
                cut_hyphens(text, at + found, at + found + word.len(), &mut gold);
                at += found + word.len();
            }
        }
        let mut found = Vec::new();
        for token in sayso::text::tokenize(text) {
            cut_hyphens(
                text,
                token.span.start as usize,
                token.span.end as usize,
                &mut found,
            );
        }
        score.add(&gold, &found);
        for span in gold.iter().filter(|span| !found.contains(span)) {
            let ours: Vec<&str> = found
                .iter()
                .filter(|f| Span::new(f.0, f.1).overlaps(Span::new(span.0, span.1)))
                .map(|f| &text[f.0 as usize..f.1 as usize])
                .collect();
            wrong.push(format!(
                "{} <- {}",
                &text[span.0 as usize..span.1 as usize],
                ours.join("|")
            ));
        }
    }
    (score, wrong)
}

/// Adds the span, cut at hyphens that stand between two characters that are no hyphens.
fn cut_hyphens(text: &str, start: usize, end: usize, out: &mut Vec<(u32, u32)>) {
    let mut from = start;
    let bytes = text.as_bytes();
    for at in start..end {
        let inner = at > start && at + 1 < end && bytes[at] == b'-';
        if inner && bytes[at - 1] != b'-' && bytes[at + 1] != b'-' && from < at {
            out.push((from as u32, at as u32));
            out.push((at as u32, at as u32 + 1));
            from = at + 1;
        }
    }
    out.push((from as u32, end as u32));
}
