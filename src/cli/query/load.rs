//! Graphs from files into a store.

use super::args::GraphFormat;
use crate::cli::args::{Loudness, Packs};
use crate::cli::graphs::Graphs;
use crate::cli::input::{is_stdin, open, shown};
use crate::cli::project::unknown;
use crate::export::write_json_ld;
use crate::graph::BaseIri;
use crate::query::{
    GraphStore, JsonLdProfile, JsonLdProfileSet, LoadError, RdfFormat, RdfParseError,
};
use anyhow::{Context, anyhow, bail};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// Endings of files of graphs.
const ENDINGS: [(&str, GraphFormat); 11] = [
    ("jsonld", GraphFormat::Jsonld),
    ("ttl", GraphFormat::Ttl),
    ("nq", GraphFormat::Nq),
    ("nt", GraphFormat::Nt),
    ("trig", GraphFormat::Trig),
    ("rdf", GraphFormat::Rdf),
    ("owl", GraphFormat::Rdf),
    ("xml", GraphFormat::Rdf),
    ("json", GraphFormat::Json),
    ("jsonl", GraphFormat::Json),
    ("ndjson", GraphFormat::Json),
];

/// The namespace that tells our JSON-LD from others', in its first bytes.
const VOCABULARY: &str = "https://w3id.org/sayso/ns#";

/// How many of them are looked at.
const HEAD: usize = 64 << 10;

/// How graphs are read.
pub(in crate::cli) struct Loading<'o> {
    pub(in crate::cli) format: Option<GraphFormat>,
    pub(in crate::cli) base: &'o BaseIri,
    pub(in crate::cli) packs: &'o Packs,
    pub(in crate::cli) loudness: Loudness,
}

impl Loading<'_> {
    /// All files in one store; nothing where rules that Graph JSON needs have errors.
    pub(in crate::cli) fn store(&self, files: &[PathBuf]) -> anyhow::Result<Option<GraphStore>> {
        let store = GraphStore::new()?;
        for file in files {
            if !self.file(&store, file)? {
                return Ok(None);
            }
        }
        Ok(Some(store))
    }

    fn file(&self, store: &GraphStore, path: &Path) -> anyhow::Result<bool> {
        let file = shown(path);
        let rdf = match self.format(path)? {
            GraphFormat::Json => return self.graph_json(store, path),
            GraphFormat::Jsonld => return json_ld(store, path),
            GraphFormat::Ttl => RdfFormat::Turtle,
            GraphFormat::Nq => RdfFormat::NQuads,
            GraphFormat::Nt => RdfFormat::NTriples,
            GraphFormat::Trig => RdfFormat::TriG,
            GraphFormat::Rdf => RdfFormat::RdfXml,
        };
        let reader = BufReader::new(open(path)?);
        store
            .load(reader, rdf)
            .map_err(|error| in_file(&error, &file))?;
        Ok(true)
    }

    fn format(&self, path: &Path) -> anyhow::Result<GraphFormat> {
        if let Some(format) = self.format {
            return Ok(format);
        }
        if is_stdin(path) {
            return Ok(GraphFormat::Json);
        }
        if path.is_dir() {
            let folder = path.display();
            bail!("{folder} is a folder: name the files in it, as in {folder}/*.jsonld");
        }
        let ending = path
            .extension()
            .and_then(|e| e.to_str())
            .unwrap_or_default();
        let known = ENDINGS
            .iter()
            .find(|(name, _)| ending.eq_ignore_ascii_case(name));
        known.map(|(_, format)| *format).with_context(|| {
            let endings = unknown("ending", ending, ENDINGS.map(|(name, _)| name));
            format!(
                "{}: {endings}; --input-format says what a file is that ends otherwise, and `sayso extract` makes a \
                 graph of a text",
                path.display()
            )
        })
    }

    /// Graph JSON is asked as the linked data that it would be exported to.
    fn graph_json(&self, store: &GraphStore, path: &Path) -> anyhow::Result<bool> {
        let Some(mut graphs) = Graphs::new(&[path.to_owned()], self.packs, self.loudness)? else {
            return Ok(false);
        };
        graphs.each(|_, graph| {
            let mut linked = Vec::new();
            write_json_ld(&graph, self.base, &mut linked)?;
            let format = RdfFormat::JsonLd {
                profile: JsonLdProfile::Streaming.into(),
            };
            store.load(&linked[..], format).map_err(Into::into)
        })?;
        Ok(true)
    }
}

/// What sayso wrote is in an order that can be read as a stream, in a fraction of the memory; other JSON-LD, and ours
/// where another program has put its keys in another order, is read whole.
fn json_ld(store: &GraphStore, path: &Path) -> anyhow::Result<bool> {
    let mut reader = BufReader::with_capacity(HEAD, open(path)?);
    let head = String::from_utf8_lossy(reader.fill_buf()?).into_owned();
    if head.contains(VOCABULARY) && !is_stdin(path) {
        let profile = JsonLdProfile::Streaming.into();
        if store.load(reader, RdfFormat::JsonLd { profile }).is_ok() {
            return Ok(true);
        }
        reader = BufReader::new(open(path)?);
    }
    let profile = JsonLdProfileSet::empty();
    let loaded = store.load(reader, RdfFormat::JsonLd { profile });
    loaded.map_err(|error| in_file(&error, &shown(path)))?;
    Ok(true)
}

/// What is wrong, with its place.
fn in_file(error: &LoadError, file: &str) -> anyhow::Error {
    match error {
        LoadError::Syntax(RdfParseError::Syntax(error)) => match error.location() {
            Some(place) => {
                let (line, column) = (place.start.line + 1, place.start.column + 1);
                let told = error.to_string();
                anyhow!("{file}:{line}:{column}: {}", without_place(&told))
            }
            None => anyhow!("{file}: {error}"),
        },
        error => anyhow!("{file}: {error}"),
    }
}

/// What a parser says, without the place that it says in words.
fn without_place(message: &str) -> &str {
    message
        .strip_prefix("Parser error ")
        .and_then(|rest| rest.split_once(": "))
        .map_or(message, |(_, rest)| rest)
}
