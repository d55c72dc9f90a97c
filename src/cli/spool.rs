//! Graphs that wait until all of them are known: a few in memory, more on disk.

use crate::export::{ExportPlan, ExportSurvey, Format, graph_json, read_graph_json};
use crate::graph::{KnowledgeGraph, Schema};
use anyhow::Context;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Bytes of text whose graphs stay in memory; a graph is some hundred times as large.
const MAX_HELD: usize = 256 * 1024;

/// Takes graphs and gives them back in their order.
pub(super) struct Spool {
    survey: ExportSurvey,
    held: Vec<KnowledgeGraph>,
    held_text: usize,
    /// Where a file is made where one is needed; it has no name, so nothing is left of it.
    folder: PathBuf,
    file: Option<BufWriter<File>>,
    schema: Arc<Schema>,
}

impl Spool {
    pub(super) fn new(format: Format, folder: &Path) -> Self {
        Self {
            survey: ExportSurvey::new(format),
            held: Vec::new(),
            held_text: 0,
            folder: folder.to_owned(),
            file: None,
            schema: Arc::default(),
        }
    }

    /// Takes a graph.
    pub(super) fn add(&mut self, graph: KnowledgeGraph) -> anyhow::Result<()> {
        self.survey.add(&graph);
        self.held_text += graph.documents.iter().map(|d| d.text.len()).sum::<usize>();
        self.held.push(graph);
        if self.held_text > MAX_HELD || self.file.is_some() {
            self.spill()?;
        }
        Ok(())
    }

    /// Writes what is held to disk.
    fn spill(&mut self) -> anyhow::Result<()> {
        let shown = self.folder.display();
        let cannot = || format!("cannot keep graphs in {shown} until all of them are there");
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(BufWriter::new(
                tempfile::tempfile_in(&self.folder).with_context(cannot)?,
            )),
        };
        for graph in self.held.drain(..) {
            file.write_all(graph_json(&graph).as_bytes())
                .with_context(cannot)?;
            self.schema = graph.schema;
        }
        Ok(())
    }

    /// What is to be written, and the graphs.
    pub(super) fn finish(self) -> anyhow::Result<(ExportPlan, Waiting)> {
        let waiting = match self.file {
            None => Waiting::InMemory(self.held),
            Some(file) => {
                let file = file.into_inner();
                let file = file.map_err(std::io::IntoInnerError::into_error)?;
                Waiting::OnDisk(file, self.schema)
            }
        };
        Ok((self.survey.plan(), waiting))
    }
}

/// Where the graphs are.
pub(super) enum Waiting {
    InMemory(Vec<KnowledgeGraph>),
    OnDisk(File, Arc<Schema>),
}

impl Waiting {
    /// The graphs, in their order; those on disk can be had again and again.
    pub(super) fn graphs(&mut self) -> anyhow::Result<Graphs> {
        Ok(match self {
            Self::InMemory(graphs) => Graphs::InMemory(std::mem::take(graphs).into_iter()),
            Self::OnDisk(file, schema) => {
                file.rewind()?;
                let lines = BufReader::new(file.try_clone()?).lines();
                Graphs::OnDisk(lines, Arc::clone(schema))
            }
        })
    }
}

/// Graphs in their order.
pub(super) enum Graphs {
    InMemory(std::vec::IntoIter<KnowledgeGraph>),
    OnDisk(std::io::Lines<BufReader<File>>, Arc<Schema>),
}

impl Iterator for Graphs {
    type Item = anyhow::Result<KnowledgeGraph>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::InMemory(graphs) => graphs.next().map(Ok),
            Self::OnDisk(lines, schema) => {
                let line = lines.next()?.map_err(anyhow::Error::from);
                let read = |line: String| {
                    read_graph_json(&line, schema).context("a graph does not come back from disk")
                };
                Some(line.and_then(read))
            }
        }
    }
}
