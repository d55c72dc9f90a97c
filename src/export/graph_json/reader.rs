//! Graph JSON back into a graph.

use super::builder;
use super::error::{GraphJsonError, of_serde, version_fault};
use super::objects::{Chunk, Objects};
use super::wire::GraphEntry;
use crate::graph::{KnowledgeGraph, Schema};
use std::io::{self, BufRead};
use std::sync::Arc;

/// Why there is no next graph.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadGraphError {
    /// The input could not be read.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// It is no Graph JSON.
    #[error("{0}")]
    Json(#[from] GraphJsonError),
}

/// Reads one object of Graph JSON; `write_graph_json` gives the same bytes again.
///
/// How types and relations look and which IRIs they have stands in rules, not in the file: `schema` is what
/// [`Extractor`](crate::Extractor) puts into a graph of its own.
///
/// # Errors
/// Text that is no Graph JSON of this version; documents whose `text` is not there or has another SHA-256; places
/// outside of the text or with other words; ids that occur twice or point nowhere.
pub fn read_graph_json(json: &str, schema: &Arc<Schema>) -> Result<KnowledgeGraph, GraphJsonError> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let entry: Result<GraphEntry<'_>, _> = serde_path_to_error::deserialize(&mut deserializer);
    let entry = entry.map_err(|error| of_serde(json, &error))?;
    if let Some(fault) = version_fault(Some(&entry.schema)) {
        return Err(fault.in_text(json));
    }
    if let Err(error) = deserializer.end() {
        let (line, column) = (error.line(), error.column());
        return Err(GraphJsonError {
            line,
            column,
            path: String::new(),
            message: "something stands behind the object; each graph has a line of its own".into(),
        });
    }
    builder::build(entry, schema).map_err(|fault| fault.in_text(json))
}

/// Reads one graph after the other, from JSON Lines or from objects over several lines; only one is in memory.
///
/// After an error there is no further graph.
pub struct GraphJsonReader<R> {
    objects: Objects<R>,
    schema: Arc<Schema>,
    done: bool,
}

impl<R: BufRead> GraphJsonReader<R> {
    /// Reads UTF-8, with or without a byte order mark.
    pub fn new(reader: R, schema: Arc<Schema>) -> Self {
        Self {
            objects: Objects::new(reader),
            schema,
            done: false,
        }
    }

    fn read(&mut self) -> Result<Option<KnowledgeGraph>, ReadGraphError> {
        let Some(Chunk { json, lines_before }) = self.objects.next()? else {
            return Ok(None);
        };
        let moved = |mut error: GraphJsonError| {
            error.line += lines_before;
            error
        };
        let json = std::str::from_utf8(&json).map_err(|error| {
            let before = String::from_utf8_lossy(&json[..error.valid_up_to()]);
            moved(GraphJsonError {
                line: before.matches('\n').count() + 1,
                column: before.chars().rev().take_while(|c| *c != '\n').count() + 1,
                path: String::new(),
                message: "not UTF-8, as JSON must be".to_owned(),
            })
        })?;
        // A mark stands before the first line only.
        let json = json.strip_prefix('\u{feff}').unwrap_or(json);
        let graph = read_graph_json(json, &self.schema).map_err(moved)?;
        Ok(Some(graph))
    }
}

impl<R: BufRead> Iterator for GraphJsonReader<R> {
    type Item = Result<KnowledgeGraph, ReadGraphError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let next = self.read().transpose();
        self.done = !matches!(next, Some(Ok(_)));
        next
    }
}
