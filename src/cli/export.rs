//! `sayso export`: a graph into another format.

use super::args::{Export, Loudness};
use super::form::is_folder;
use super::graphs::Graphs;
use super::input::file_name;
use super::{Outcome, interrupt, query};
use anyhow::bail;
use std::collections::BTreeMap;

/// Writes all graphs in the wanted format.
pub(super) fn run(options: &Export, loudness: Loudness) -> anyhow::Result<Outcome> {
    if options.validate {
        return query::validate(options, loudness);
    }
    let Some((mut graphs, mut sink)) = Graphs::open(&options.graphs, loudness)? else {
        return Ok(Outcome::Failed);
    };
    let folder = options.graphs.output.path.as_deref().is_some_and(is_folder);
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
