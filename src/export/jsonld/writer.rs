//! JSON as people like to read it: a key a line, lists in one line; nothing is kept in memory.

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;
use std::io::{self, Write};

/// Writes the nodes of a `@graph`.
pub(super) struct NodeWriter<'w, W> {
    out: &'w mut W,
    nodes: usize,
}

/// Writes the keys of one node.
pub(super) struct Node<'n, W> {
    out: &'n mut W,
}

impl<'w, W: Write> NodeWriter<'w, W> {
    /// After so many nodes that are written already.
    pub(super) fn new(out: &'w mut W, nodes: usize) -> Self {
        Self { out, nodes }
    }

    /// How many nodes are written.
    pub(super) fn nodes(&self) -> usize {
        self.nodes
    }

    /// One node; streaming readers need `@type` and `@id` before everything else.
    pub(super) fn node(
        &mut self,
        types: &[&str],
        id: &str,
        keys: impl FnOnce(&mut Node<'_, W>) -> io::Result<()>,
    ) -> io::Result<()> {
        self.out
            .write_all(if self.nodes == 0 { b"\n  {" } else { b",\n  {" })?;
        self.nodes += 1;
        self.out.write_all(b"\n   \"@type\": ")?;
        value(self.out, types)?;
        let mut node = Node { out: self.out };
        node.key("@id", id)?;
        keys(&mut node)?;
        self.out.write_all(b"\n  }")
    }
}

impl<W: Write> Node<'_, W> {
    /// One key.
    pub(super) fn key(&mut self, key: &str, content: &(impl Serialize + ?Sized)) -> io::Result<()> {
        self.out.write_all(b",\n   ")?;
        value(self.out, key)?;
        self.out.write_all(b": ")?;
        value(self.out, content)
    }

    /// One key, where there is anything.
    pub(super) fn optional(
        &mut self,
        key: &str,
        content: Option<&(impl Serialize + ?Sized)>,
    ) -> io::Result<()> {
        content.map_or(Ok(()), |content| self.key(key, content))
    }

    /// A key with a list of IRIs, where there are any.
    pub(super) fn set(&mut self, key: &str, iris: &[String]) -> io::Result<()> {
        if iris.is_empty() {
            Ok(())
        } else {
            self.key(key, iris)
        }
    }
}

/// One value in one line.
pub(super) fn value(out: &mut impl Write, content: &(impl Serialize + ?Sized)) -> io::Result<()> {
    let mut serializer = Serializer::with_formatter(out, Spaced);
    content.serialize(&mut serializer).map_err(io::Error::from)
}

/// A blank after commas and colons.
struct Spaced;

impl Formatter for Spaced {
    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { out.write_all(b", ") }
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { out.write_all(b", ") }
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }
}
