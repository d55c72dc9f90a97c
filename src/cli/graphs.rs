//! Graphs from files of Graph JSON, with the looks and IRIs that rules give them.

use super::args::{GraphFiles, Loudness, Packs};
use super::input::{is_keyboard, open, shown};
use super::packs;
use super::sink::{Sink, known_relations, prepare};
use crate::export::GraphJsonReader;
use crate::graph::{KnowledgeGraph, Node, Schema};
use crate::rules::RuleSet;
use anyhow::{Context, anyhow, bail};
use std::collections::BTreeSet;
use std::io::BufReader;
use std::mem::ManuallyDrop;
use std::path::PathBuf;
use std::sync::Arc;

/// The graphs of some files.
pub(super) struct Graphs {
    pub(super) rules: ManuallyDrop<RuleSet>,
    schema: Arc<Schema>,
    inputs: Vec<PathBuf>,
    /// Types and relations that no rules know; none where nobody wants to hear of them.
    unknown: Option<BTreeSet<String>>,
}

impl Graphs {
    /// The graphs, and where they go. Loads the rules; nothing where they have errors, which are told then.
    pub(super) fn open(
        files: &GraphFiles,
        loudness: Loudness,
    ) -> anyhow::Result<Option<(Self, Sink<'_>)>> {
        let sink = Sink::new(&files.output)?;
        if let Some(path) = &files.output.path {
            prepare(path)?;
        }
        let Some(graphs) = Self::new(&files.inputs, &files.packs, loudness)? else {
            return Ok(None);
        };
        known_relations(&files.output.only, &graphs.rules)?;
        Ok(Some((graphs, sink)))
    }

    /// The graphs of some files, to be gone through.
    pub(super) fn new(
        inputs: &[PathBuf],
        packs: &Packs,
        loudness: Loudness,
    ) -> anyhow::Result<Option<Self>> {
        if inputs.is_empty() && is_keyboard() {
            bail!(
                "no graph: name files of Graph JSON (`sayso extract --format json` writes them), or pipe one in"
            );
        }
        if let Some(folder) = inputs.iter().find(|path| path.is_dir()) {
            let folder = folder.display();
            bail!("{folder} is a folder: name the files in it, as in {folder}/*.json");
        }
        let Some(rules) = packs::usable(packs)? else {
            return Ok(None);
        };
        Ok(Some(Self {
            schema: Arc::new(crate::resolution::schema(&rules)),
            rules,
            inputs: if inputs.is_empty() {
                vec!["-".into()]
            } else {
                inputs.to_vec()
            },
            unknown: (loudness > Loudness::Quiet).then(BTreeSet::new),
        }))
    }

    /// Hands over one graph after the other, with the name of its file.
    ///
    /// # Errors
    /// What cannot be read, with file, line and column; what the taker says.
    pub(super) fn each(
        &mut self,
        mut take: impl FnMut(&str, KnowledgeGraph) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        for path in std::mem::take(&mut self.inputs) {
            let file = shown(&path);
            let reader = BufReader::new(open(&path)?);
            let mut empty = true;
            for graph in GraphJsonReader::new(reader, self.schema.clone()) {
                let graph = graph.map_err(|error| match error {
                    crate::export::ReadGraphError::Json(error) => anyhow!("{file}:{error}"),
                    error => anyhow!("{file}: {error}"),
                })?;
                empty = false;
                self.warn_of_unknown(&file, &graph);
                take(&file, graph).with_context(|| file.clone())?;
            }
            if empty {
                bail!("{file}: empty; a file of Graph JSON has at least one object");
            }
        }
        Ok(())
    }

    /// Says once of each type and relation that no rules know it.
    fn warn_of_unknown(&mut self, file: &str, graph: &KnowledgeGraph) {
        let Some(unknown) = &mut self.unknown else {
            return;
        };
        let types = graph.graph.node_weights().filter_map(|node| match node {
            Node::Entity(entity) => Some(entity.type_.as_str()),
            _ => None,
        });
        let relations = graph.graph.edge_weights().map(|r| r.type_.as_str());
        let types = types.filter(|name| !self.schema.types.contains_key(*name));
        let relations = relations.filter(|name| !self.schema.relations.contains_key(*name));
        let named = types
            .map(|n| ("type", n))
            .chain(relations.map(|n| ("relation", n)));
        for (what, name) in named {
            if unknown.insert(format!("{what} {name}")) {
                anstream::eprintln!(
                    "warning: {file}: no rules know the {what} `{name}`: it is written plainly; --rules PATH adds those \
                     that do"
                );
            }
        }
    }
}
