//! What the engine costs: each stage a token, variants beside the pack, entries of lists, all with the shipped rules.
//!
//! `cargo bench --bench engine` measures on generated news, `SAYSO_NEWS=FILE.jsonl` on the texts of a file. Every figure
//! stands beside a peer of the same run, so that a busy machine changes both.

#![expect(clippy::print_stdout, reason = "the figures are what this is for")]
#![expect(
    clippy::cast_precision_loss,
    reason = "nobody benches more than 2^52 bytes"
)]

mod common;

use common::news::{self, Random};
use sayso::annotation::{Annotation, Annotator, Model};
use sayso::matching::Matcher;
use sayso::resolution::Resolver;
use sayso::rules::{BuiltinFiles, MemoryFiles, compile, load};
use sayso::text::tokenize;
use sayso::{Document, RuleSet, export};
use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Bytes of generated text.
const BYTES: usize = 2_000_000;
/// Runs of which the fastest counts.
const RUNS: usize = 3;

/// Texts with their layers.
struct News {
    texts: Vec<String>,
    documents: Vec<(Document, Annotation)>,
    tokens: usize,
    bytes: usize,
}

impl News {
    fn new() -> Self {
        let texts = texts();
        let mut annotator = Annotator::new(Model::builtin());
        let annotated = |text: &String| {
            let document = Document::new("document", text.as_str());
            let annotation = annotator.annotate(&document);
            (document, annotation)
        };
        let documents: Vec<_> = texts.iter().map(annotated).collect();
        Self {
            tokens: documents.iter().map(|(d, _)| d.tokens.len()).sum(),
            bytes: texts.iter().map(String::len).sum(),
            texts,
            documents,
        }
    }

    fn a_token(&self, time: Duration) -> f64 {
        time.as_secs_f64() * 1e9 / self.tokens as f64
    }

    /// Time of the matching stage.
    fn matching(&self, rules: &RuleSet) -> Duration {
        let model = Model::builtin();
        let lemmatize = |word: &str, tag| model.lemmatize(word, tag).into_owned();
        fastest(|| {
            let mut matcher = Matcher::default();
            let found = |(document, annotation): &(Document, Annotation)| {
                matcher
                    .run(rules, document, annotation, &lemmatize)
                    .mentions
                    .len()
            };
            self.documents.iter().map(found).sum::<usize>()
        })
    }
}

fn texts() -> Vec<String> {
    let Some(path) = std::env::var_os("SAYSO_NEWS") else {
        return news::articles(1, BYTES);
    };
    let lines = std::fs::read_to_string(path).expect("SAYSO_NEWS names a file");
    let text = |line: &str| {
        let record: serde_json::Value = serde_json::from_str(line).expect("JSON Lines");
        record["text"].as_str().expect("a text").to_owned()
    };
    lines.lines().map(text).collect()
}

/// The least time on the processor; a busy machine takes others' time, not this.
fn fastest<T>(mut run: impl FnMut() -> T) -> Duration {
    let started = Instant::now();
    let times = (0..RUNS).map(|_| {
        let before = worked(started);
        black_box(run());
        worked(started).saturating_sub(before)
    });
    times.min().unwrap_or_default()
}

/// How long this thread has worked: on Linux as the kernel counts it, elsewhere by the clock.
fn worked(started: Instant) -> Duration {
    let counted = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = counted.and_then(|c| c.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| started.elapsed(), Duration::from_nanos)
}

/// How far a text goes through the pipeline.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Stage {
    Text,
    Annotation,
    Matching,
    Resolution,
    Export,
}

/// Each stage: the time up to its end without the time up to its start.
fn stages(news: &News, rules: &RuleSet) {
    let scan = fastest(|| {
        let count = |text: &String| text.bytes().filter(|b| *b == b' ').count();
        news.texts.iter().map(count).sum::<usize>()
    });
    let peer = fastest(|| news.texts.iter().map(|t| tokenize(t).len()).sum::<usize>());
    let all = [
        ("text", Stage::Text),
        ("annotation", Stage::Annotation),
        ("matching", Stage::Matching),
        ("resolution", Stage::Resolution),
        ("export", Stage::Export),
    ];
    let ends = all.map(|(_, stage)| fastest(|| through(news, rules, stage)));
    let total = ends[ends.len() - 1];
    println!("stage            ns a token    share   × tokenizer");
    let mut lines = vec![("scan of bytes", scan), ("tokenizer alone", peer)];
    let mut before = Duration::ZERO;
    for ((name, _), end) in all.into_iter().zip(ends) {
        lines.push((name, end.saturating_sub(before)));
        before = end;
    }
    lines.push(("all", total));
    for (name, time) in lines {
        println!(
            "{name:16} {:9.1}  {:5.1} %  {:9.1}",
            news.a_token(time),
            100.0 * time.as_secs_f64() / total.as_secs_f64(),
            time.as_secs_f64() / peer.as_secs_f64(),
        );
    }
    println!(
        "whole pipeline: {:.2} MB/s, {} variants, {} tokens, {} bytes of Graph JSON\n",
        news.bytes as f64 / total.as_secs_f64() / 1e6,
        rules.variants.len(),
        news.tokens,
        through(news, rules, Stage::Export)
    );
}

/// Takes all texts as far as this stage; how many bytes came out.
fn through(news: &News, rules: &RuleSet, last: Stage) -> usize {
    let model = Model::builtin();
    let lemmatize = |word: &str, tag| model.lemmatize(word, tag).into_owned();
    let (mut annotator, mut matcher) = (Annotator::new(model), Matcher::default());
    let resolver = Resolver::new(rules);
    let mut bytes = 0;
    for text in &news.texts {
        let document = black_box(Document::new("document", text.as_str()));
        if last < Stage::Annotation {
            continue;
        }
        let annotation = black_box(annotator.annotate(&document));
        if last < Stage::Matching {
            continue;
        }
        let state = black_box(matcher.run(rules, &document, &annotation, &lemmatize));
        if last < Stage::Resolution {
            continue;
        }
        let graph = black_box(resolver.resolve(&state));
        if last == Stage::Export {
            bytes += black_box(export::graph_json(&graph)).len();
        }
    }
    bytes
}

/// The shipped pack with another file and, where there is one, its list.
fn with(rules: String, list: Option<String>) -> (RuleSet, Duration) {
    let mut files = MemoryFiles::new().with("bench.sayso", rules);
    if let Some(list) = list {
        files.add("bench.tsv", list);
    }
    let started = Instant::now();
    let before = worked(started);
    let (pack, faults) = load(&[&BuiltinFiles, &files]);
    let (rules, more) = compile(pack);
    let time = worked(started).saturating_sub(before);
    let error = |d: &&sayso::Diagnostic| d.severity == sayso::Severity::Error;
    let errors: Vec<_> = faults.iter().chain(&more).filter(error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    (rules, time)
}

/// Relations of a verb and what stands behind it, in words that the news has.
fn variants(count: usize) -> String {
    let mut random = Random::new(7);
    let mut rules = String::from("version 1\n");
    for number in 0..count {
        let (verb, noun) = (random.pick(news::VERBS), random.pick(news::NOUNS));
        let adjective = random.pick(news::ADJECTIVES);
        let object = if count > 1_000 {
            format!("~{noun} ...{{0,4}} {adjective}")
        } else {
            format!("~{noun}")
        };
        let object = object.replace("~call-up", "call-up");
        write!(
            rules,
            "relation bench{number}(cue: text, object: text)\n\
             relation bench{number} {{\n  match verb: cue:~{verb} ...{{0,6}} object:({object})\n}}\n"
        )
        .expect("to memory");
    }
    rules
}

/// Made-up names of one to three words.
fn entries(count: usize) -> String {
    const SYLLABLES: [&str; 24] = [
        "ba", "dor", "ek", "fin", "gal", "hu", "is", "jor", "kel", "lun", "mi", "nav", "or", "pel",
        "qua", "ris", "sol", "tam", "ur", "vel", "wes", "xan", "yor", "zet",
    ];
    let mut random = Random::new(9);
    let mut list = String::from("# Made up by the bench.\nname\n");
    for _ in 0..count {
        for word in 0..=random.below(3) {
            if word > 0 {
                list.push(' ');
            }
            for _ in 0..2 + random.below(3) {
                list.push_str(random.pick(&SYLLABLES));
            }
        }
        list.push('\n');
    }
    list
}

fn main() {
    let news = News::new();
    let rules = RuleSet::builtin();
    let loading = fastest(RuleSet::builtin).as_secs_f64();
    println!("rules loaded and compiled in {:.1} ms", loading * 1e3);
    stages(&news, &rules);

    let pack = news.matching(&rules);
    println!(
        "matching with the pack alone: {:.1} ns a token",
        news.a_token(pack)
    );
    println!("variants beside it   ns a token more   × the pack   loaded in ms");
    for count in [10, 100, 1_000, 10_000] {
        let (rules, loaded) = with(variants(count), None);
        row(&news, count, news.matching(&rules), pack, loaded);
    }
    println!("entries of a list    ns a token more   × the pack   loaded in ms");
    for count in [10, 10_000, 1_000_000] {
        let list = "version 1\nlist bench from \"bench.tsv\"\n\
                    relation listed(cue: text)\nrelation listed {\n  match any: cue:%bench\n}\n";
        let (rules, loaded) = with(list.to_owned(), Some(entries(count)));
        row(&news, count, news.matching(&rules), pack, loaded);
    }
}

fn row(news: &News, count: usize, time: Duration, pack: Duration, loaded: Duration) {
    println!(
        "{count:18} {:18.1} {:12.3} {:14.1}",
        news.a_token(time) - news.a_token(pack),
        time.as_secs_f64() / pack.as_secs_f64(),
        loaded.as_secs_f64() * 1e3
    );
}
