//! `sayso export`: a graph into another format.

use super::args::{Export, Loudness};
use super::graphs::Graphs;
use super::input::file_name;
use super::sink::{Sink, is_folder, known_relations, prepare};
use super::{Outcome, interrupt, query};
use anyhow::bail;
use std::collections::BTreeMap;

/// Writes all graphs in the wanted format.
pub(super) fn run(options: &Export, loudness: Loudness) -> anyhow::Result<Outcome> {
    if options.validate {
        return query::validate(options, loudness);
    }
    let mut sink = Sink::new(&options.output)?;
    if let Some(path) = &options.output.path {
        prepare(path)?;
    }
    let Some(mut graphs) = Graphs::new(&options.inputs, &options.packs, loudness)? else {
        return Ok(Outcome::Failed);
    };
    known_relations(&options.output.only, &graphs.rules)?;
    let folder = options.output.path.as_deref().is_some_and(is_folder);
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    graphs.each(|file, graph| {
        interrupt::one_more();
        if folder && let Some(document) = graph.documents.first() {
            let name = file_name(&document.id);
            if let Some(other) = names.insert(name.clone(), file.to_owned()) {
                bail!("a graph of {other} is in {name} already: `sayso merge` makes one of both");
            }
        }
        sink.take(graph)
    })?;
    sink.finish()?;
    Ok(Outcome::Done)
}
