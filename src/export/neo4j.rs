//! Two tables as `neo4j-admin database import` reads them: nodes and relationships, with types in the line of names.
//!
//! Fields are as in RFC 4180; words may hold line ends, so `--multiline-fields=true` belongs to the command.
//! The form of the header: <https://neo4j.com/docs/operations-manual/current/import/>.

use super::flat::{Flat, FlatNode, Keys, Properties, Property, flat};
use crate::graph::KnowledgeGraph;
use ::csv::Writer;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Names of the two files.
pub const NEO4J_FILES: [&str; 2] = ["nodes.csv", "relationships.csv"];

/// Writes the nodes and the relationships of a graph.
///
/// # Errors
/// Those of the writers.
pub fn write_neo4j(
    graph: &KnowledgeGraph,
    nodes: &mut impl Write,
    relationships: &mut impl Write,
) -> io::Result<()> {
    let flat = flat(graph);
    let mut keys = Keys::default();
    keys.add(&flat);
    let mut writer = Neo4jWriter::begin(&keys, nodes, relationships)?;
    writer.write(&flat, |_| true)?;
    writer.end()
}

/// Writes the nodes and relationships of one graph after the other.
pub(super) struct Neo4jWriter<W: Write, R: Write> {
    nodes: Writer<W>,
    relationships: Writer<R>,
    of_nodes: Vec<String>,
    of_relationships: Vec<String>,
}

impl<W: Write, R: Write> Neo4jWriter<W, R> {
    /// Writes the names of the columns.
    pub(super) fn begin(keys: &Keys, nodes: W, relationships: R) -> io::Result<Self> {
        let (of_nodes, of_relationships) = (names(&keys.nodes), names(&keys.edges));
        let mut nodes = Writer::from_writer(nodes);
        let own = ["id:ID", ":LABEL", "type:string"].map(str::to_owned);
        nodes.write_record(own.into_iter().chain(typed(&keys.nodes)))?;
        let mut relationships = Writer::from_writer(relationships);
        let own = [":START_ID", ":END_ID", ":TYPE", "id:string"].map(str::to_owned);
        relationships.write_record(own.into_iter().chain(typed(&keys.edges)))?;
        Ok(Self {
            nodes,
            relationships,
            of_nodes,
            of_relationships,
        })
    }

    /// Writes the nodes that are wanted, and all relationships.
    pub(super) fn write(
        &mut self,
        flat: &Flat,
        mut wanted: impl FnMut(&FlatNode) -> bool,
    ) -> io::Result<()> {
        for node in flat.nodes.iter().filter(|node| wanted(node)) {
            let type_ = node.type_.as_deref();
            // Labels are separated by semicolons, which no name of a type holds.
            let labels =
                type_.map_or_else(|| node.kind.to_owned(), |t| format!("{};{t}", node.kind));
            let own = [
                node.id.clone(),
                labels,
                type_.unwrap_or_default().to_owned(),
            ];
            let cells = cells(&self.of_nodes, &node.properties);
            self.nodes.write_record(own.into_iter().chain(cells))?;
        }
        for edge in &flat.edges {
            let (source, target) = (&flat.nodes[edge.source], &flat.nodes[edge.target]);
            let own = [&source.id, &target.id, &edge.type_, &edge.id].map(String::clone);
            let cells = cells(&self.of_relationships, &edge.properties);
            self.relationships
                .write_record(own.into_iter().chain(cells))?;
        }
        Ok(())
    }

    /// Writes what is still held.
    pub(super) fn end(mut self) -> io::Result<()> {
        self.nodes.flush()?;
        self.relationships.flush()
    }
}

fn names(keys: &BTreeMap<String, &'static str>) -> Vec<String> {
    keys.keys().cloned().collect()
}

/// `mentions:int`
fn typed(keys: &BTreeMap<String, &'static str>) -> impl Iterator<Item = String> {
    keys.iter().map(|(name, type_)| format!("{name}:{type_}"))
}

/// The cells of some columns; empty where there is nothing, which is no property then.
fn cells(columns: &[String], properties: &Properties) -> impl Iterator<Item = String> {
    columns.iter().map(|column| {
        let found = properties.iter().find(|(name, _)| name == column);
        found.map_or_else(String::new, |(_, value): &(String, Property)| value.words())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::fixture;
    use std::collections::BTreeSet;

    #[test]
    fn every_relationship_runs_between_nodes_that_are_there() {
        let graph = fixture::article();
        let (mut nodes, mut relationships) = (Vec::new(), Vec::new());
        write_neo4j(&graph, &mut nodes, &mut relationships).expect("memory takes all");
        let mut nodes = ::csv::Reader::from_reader(nodes.as_slice());
        let mut relationships = ::csv::Reader::from_reader(relationships.as_slice());
        assert_eq!(&nodes.headers().expect("a header")[0], "id:ID");
        let names: Vec<_> = relationships.headers().expect("a header").iter().collect();
        assert!(
            names.contains(&"asserted:boolean") && names.contains(&"start:int"),
            "{names:?}"
        );
        let nodes: Vec<_> = nodes.records().map(|row| row.expect("a row")).collect();
        let ids: BTreeSet<&str> = nodes.iter().map(|row| &row[0]).collect();
        assert_eq!(ids.len(), nodes.len());
        assert!(nodes.iter().any(|row| &row[1] == "Entity;Country"));
        let flat = flat(&graph);
        let mut count = 0;
        for row in relationships.records() {
            let row = row.expect("a row");
            assert!(ids.contains(&row[0]) && ids.contains(&row[1]), "{row:?}");
            assert_eq!(row[2], flat.edges[count].type_);
            count += 1;
        }
        assert_eq!(count, flat.edges.len());
    }
}
