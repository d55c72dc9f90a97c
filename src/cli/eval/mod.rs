//! `sayso eval`: how much of gold files is found.

mod report;

use super::args::{Eval, EvalFormat, Loudness};
use super::{Outcome, input, packs};
use crate::evaluation::{Comparison, Fault, GraphFile, Scores, compare, verify};
use crate::graph::Schema;
use crate::rules::RuleSet;
use crate::{Document, Extractor, export, resolution};
use anyhow::{Context, bail};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What a gold file is called after its article.
const ENDING: &str = ".gold.json";

/// A gold file with its article.
struct Gold {
    shown: String,
    /// Name of the article as shown.
    article: String,
    json: Value,
    file: GraphFile,
    document: Document,
}

/// One article, compared.
#[derive(Serialize)]
struct Compared {
    gold: String,
    article: String,
    #[serde(flatten)]
    comparison: Comparison,
}

/// Compares, or verifies.
pub(super) fn run(options: &Eval, loudness: Loudness) -> anyhow::Result<Outcome> {
    if options.min_f1.is_some_and(|x| !(0.0..=1.0).contains(&x)) {
        bail!("--min-f1 takes a share from 0 to 1, such as 0.85");
    }
    let paths = gold_files(&options.golds)?;
    if options.text.is_some() && paths.len() > 1 {
        bail!(
            "--text names one article, but there are {} gold files",
            paths.len()
        );
    }
    let golds = paths
        .iter()
        .map(|path| read_gold(path, options.text.as_deref()))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let Some(rules) = packs::usable(&options.packs)? else {
        return Ok(Outcome::Failed);
    };
    let schema = resolution::schema(&rules);
    if options.verify {
        return verify_all(&golds, &schema, options.format);
    }
    let graphs = options.graph.as_deref().map(read_graphs).transpose()?;
    let mut extractor = Extractor::new(&rules);
    let mut all = Vec::new();
    let mut scores = Scores::default();
    for gold in &golds {
        let found = match &graphs {
            Some(graphs) => chosen(graphs, gold)?,
            None => &extracted(&mut extractor, &gold.document)?,
        };
        let mut comparison = compare(&gold.file, found, &gold.document, &schema);
        place(&mut comparison, &rules);
        scores.add(&comparison.scores);
        all.push(Compared {
            gold: gold.shown.clone(),
            article: gold.article.clone(),
            comparison,
        });
    }
    match options.format {
        EvalFormat::Text => report::text(&scores, &all)?,
        EvalFormat::Json => report::json(&scores, &all)?,
    }
    super::hint(
        loudness,
        "sayso tokens SENTENCE, to see what the rules make of one that was missed",
    );
    Ok(outcome(&scores, options.min_f1))
}

fn outcome(scores: &Scores, least: Option<f64>) -> Outcome {
    let low = |f1: Option<f64>| least.zip(f1).is_some_and(|(least, f1)| f1 < least);
    if scores.negatives.0 > 0 || low(scores.entities.f1()) || low(scores.relations.f1()) {
        Outcome::Findings
    } else {
        Outcome::Done
    }
}

/// The gold files that paths name, in order of names within a folder.
fn gold_files(inputs: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for input in inputs {
        if !input.is_dir() {
            files.push(input.clone());
            continue;
        }
        let mut walk = ignore::WalkBuilder::new(input);
        walk.sort_by_file_path(Path::cmp).require_git(false);
        let before = files.len();
        for entry in walk.build() {
            let path = entry
                .with_context(|| format!("cannot read {}", input.display()))?
                .into_path();
            let name = path.file_name().and_then(|n| n.to_str());
            if path.is_file() && name.is_some_and(|n| n.ends_with(ENDING)) {
                files.push(path);
            }
        }
        if files.len() == before {
            bail!(
                "{}: no gold files; their names end in {ENDING}",
                input.display()
            );
        }
    }
    Ok(files)
}

fn read_gold(path: &Path, text: Option<&Path>) -> anyhow::Result<Gold> {
    let shown = path.display().to_string();
    let json = input::read(path)?;
    let file = GraphFile::read(&json).with_context(|| shown.clone())?;
    let article = match text {
        Some(text) => text.to_owned(),
        None => beside(path),
    };
    let text = input::read_article(&article).with_context(|| {
        format!("{shown}: its article is looked for beside it; --text names another file")
    })?;
    let record = &file.documents[0];
    let mut document = Document::new(record.id.clone(), text);
    document.date =
        match &record.date {
            Some(date) => Some(date.parse().with_context(|| {
                format!("{shown}: documents[0].date: {date:?} is not YYYY-MM-DD")
            })?),
            None => document.date,
        };
    Ok(Gold {
        article: article.display().to_string(),
        json: serde_json::from_str(&json).with_context(|| shown.clone())?,
        shown,
        file,
        document,
    })
}

/// `NAME.txt` beside `NAME.gold.json`.
fn beside(gold: &Path) -> PathBuf {
    let name = gold
        .file_name()
        .map_or_else(Default::default, |n| n.to_string_lossy());
    let stem = name
        .strip_suffix(ENDING)
        .unwrap_or_else(|| name.rsplit_once('.').map_or(&*name, |(stem, _)| stem));
    gold.with_file_name(format!("{stem}.txt"))
}

fn extracted(extractor: &mut Extractor<'_>, document: &Document) -> anyhow::Result<GraphFile> {
    let graph = extractor.extract_document(document.clone()).graph;
    Ok(GraphFile::read(&export::graph_json(&graph))?)
}

/// The graphs of a file: one object, or one a line.
fn read_graphs(path: &Path) -> anyhow::Result<Vec<GraphFile>> {
    let text = input::read(path)?;
    let shown = path.display();
    if let Ok(one) = GraphFile::read(&text) {
        return Ok(vec![one]);
    }
    let lines = text
        .lines()
        .enumerate()
        .filter(|(_, l)| !l.trim().is_empty());
    let graphs = lines.map(|(i, line)| {
        GraphFile::read(line).with_context(|| format!("{shown}: object in line {}", i + 1))
    });
    graphs.collect()
}

/// The graph of this article: by the hash of its text, else by its name, else the only one.
fn chosen<'g>(graphs: &'g [GraphFile], gold: &Gold) -> anyhow::Result<&'g GraphFile> {
    let hash = crate::graph::identifier::text_hash(&gold.document.text);
    let is_its = |g: &&GraphFile| g.documents[0].sha256.as_ref() == Some(&hash);
    if let Some(graph) = graphs.iter().find(is_its) {
        return Ok(graph);
    }
    let nameless = graphs.iter().filter(|g| g.documents[0].sha256.is_none());
    let mut nameless = nameless.filter(|g| g.documents[0].id == gold.document.id);
    nameless.next().with_context(|| {
        format!(
            "--graph has no graph of the text of {} (by its sha256)",
            gold.article
        )
    })
}

/// Rules of entities stand in Graph JSON without their place; the rule set knows it.
fn place(comparison: &mut Comparison, rules: &RuleSet) {
    let places: BTreeMap<String, String> = rules
        .variants
        .iter()
        .map(|v| {
            let (line, _) = rules
                .sources
                .line_column(v.location.source, v.location.span.start);
            let path = &rules.sources.get(v.location.source).path;
            (v.path(), format!("{path}:{line}"))
        })
        .collect();
    for one in &mut comparison.false_finds {
        if one.place.is_none() {
            one.place = one.rule.as_ref().and_then(|r| places.get(r).cloned());
        }
    }
}

fn verify_all(golds: &[Gold], schema: &Schema, format: EvalFormat) -> anyhow::Result<Outcome> {
    let faults: Vec<(&Gold, Vec<Fault>)> = golds
        .iter()
        .map(|gold| (gold, verify(&gold.file, &gold.json, &gold.document, schema)))
        .collect();
    let count: usize = faults.iter().map(|(_, faults)| faults.len()).sum();
    match format {
        EvalFormat::Text => {
            for (gold, faults) in &faults {
                for Fault { path, message } in faults {
                    anstream::println!("{}: {path}: {message}", gold.shown);
                }
            }
            anstream::println!("{} gold files, {count} faults", golds.len());
        }
        EvalFormat::Json => {
            let faults = faults.iter().map(|(gold, faults)| (&gold.shown, faults));
            anstream::println!(
                "{}",
                serde_json::to_string_pretty(&faults.collect::<BTreeMap<_, _>>())?
            );
        }
    }
    Ok(if count > 0 {
        Outcome::Findings
    } else {
        Outcome::Done
    })
}
