//! Many graphs into one output, one after the other: only names and what is known of entities stay in memory.
//!
//! They are looked at twice. The first look ([`ExportSurvey`]) finds what stands above all nodes and which entities are
//! one; then a [`GraphWriter`] takes them in any order, and writes of each what is new. In what it says, the result is
//! that of [`KnowledgeGraph::merge`].

use super::cypher;
use super::flat::{Flat, FlatNode, Keys, flat, flat_among};
use super::format::Format;
use super::graphml::GraphMlWriter;
use super::jsonld::{self, Terms, UsedTerms};
use super::neo4j::Neo4jWriter;
use super::rdf::{self, quads};
use crate::graph::{BaseIri, Entity, KnowledgeGraph, MergePlan, MergeStream, MergeSurvey};
use oxttl::nquads::WriterNQuadsSerializer;
use oxttl::turtle::WriterTurtleSerializer;
use std::io::{self, Write};

/// What the first look at all graphs finds.
#[derive(Clone, Debug)]
pub struct ExportSurvey {
    format: Format,
    merge: MergeSurvey,
    terms: UsedTerms,
    keys: Keys,
}

impl ExportSurvey {
    /// For a format that [`Format::takes_many`].
    pub fn new(format: Format) -> Self {
        Self {
            format,
            merge: MergeSurvey::default(),
            terms: UsedTerms::default(),
            keys: Keys::default(),
        }
    }

    /// Looks at a graph.
    pub fn add(&mut self, graph: &KnowledgeGraph) {
        self.merge.add(graph);
        match self.format {
            Format::JsonLd => self.terms.add(graph),
            Format::GraphMl | Format::Neo4j => self.keys.add(&flat(graph)),
            _ => {}
        }
    }

    /// What is to be written.
    pub fn plan(self) -> ExportPlan {
        ExportPlan {
            format: self.format,
            merge: self.merge.plan(),
            terms: self.terms,
            keys: self.keys,
        }
    }
}

/// What stands above all nodes, and what every graph becomes.
#[derive(Clone, Debug)]
pub struct ExportPlan {
    format: Format,
    merge: MergePlan,
    terms: UsedTerms,
    keys: Keys,
}

/// Writes the second look at the graphs.
pub struct GraphWriter<'p, W: Write> {
    plan: &'p ExportPlan,
    base: BaseIri,
    merge: MergeStream<'p>,
    written: Written,
    form: Form<W>,
}

/// What differs between formats.
enum Form<W: Write> {
    JsonLd { out: W, nodes: usize },
    Turtle(Box<WriterTurtleSerializer<W>>),
    NQuads(WriterNQuadsSerializer<W>),
    Cypher(W),
    GraphMl(GraphMlWriter<W>),
    Neo4j(Box<Neo4jWriter<W, W>>),
}

impl<'p, W: Write> GraphWriter<'p, W> {
    /// Writes what stands above all nodes.
    ///
    /// # Errors
    /// Those of the writer; `Unsupported` where the format does not take one graph after the other.
    pub fn begin(plan: &'p ExportPlan, base: &BaseIri, mut out: W) -> io::Result<Self> {
        let form = match plan.format {
            Format::JsonLd => {
                jsonld::begin(base, &plan.terms(), &mut out)?;
                Form::JsonLd { out, nodes: 0 }
            }
            Format::Turtle => Form::Turtle(Box::new(rdf::turtle_serializer(base)?.for_writer(out))),
            Format::NQuads => Form::NQuads(oxttl::NQuadsSerializer::new().for_writer(out)),
            Format::Cypher => Form::Cypher(out),
            Format::GraphMl => Form::GraphMl(GraphMlWriter::begin(&plan.keys, out)?),
            _ => return Err(io::ErrorKind::Unsupported.into()),
        };
        Ok(Self::new(plan, base, form))
    }

    /// Writes the names of the columns of nodes and relationships.
    ///
    /// # Errors
    /// Those of the writers.
    pub fn begin_neo4j(
        plan: &'p ExportPlan,
        base: &BaseIri,
        [nodes, relationships]: [W; 2],
    ) -> io::Result<Self> {
        let writer = Neo4jWriter::begin(&plan.keys, nodes, relationships)?;
        Ok(Self::new(plan, base, Form::Neo4j(Box::new(writer))))
    }

    fn new(plan: &'p ExportPlan, base: &BaseIri, form: Form<W>) -> Self {
        Self {
            plan,
            base: base.clone(),
            merge: MergeStream::new(&plan.merge),
            written: Written::new(&plan.merge),
            form,
        }
    }

    /// Writes what a graph has that is not written yet.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn add(&mut self, graph: KnowledgeGraph) -> io::Result<()> {
        match self.merge.add(graph) {
            Some(graph) => self.write(&graph),
            None => Ok(()),
        }
    }

    fn write(&mut self, graph: &KnowledgeGraph) -> io::Result<()> {
        let plan = &self.plan.merge;
        let written = &mut self.written;
        let is_new = |entity: &Entity| written.is_new_entity(plan, &entity.id);
        match &mut self.form {
            Form::JsonLd { out, nodes } => {
                let terms = self.plan.terms();
                *nodes = jsonld::nodes(graph, &self.base, terms, is_new, *nodes, out)?;
            }
            Form::Turtle(turtle) => {
                for quad in quads(&json_ld(graph, &self.base, is_new)?) {
                    turtle.serialize_triple(quad?.as_ref())?;
                }
            }
            Form::NQuads(nquads) => {
                for quad in quads(&json_ld(graph, &self.base, is_new)?) {
                    nquads.serialize_quad(quad?.as_ref())?;
                }
            }
            Form::Cypher(out) => {
                let flat = flat_of(plan, graph);
                cypher::write_flat(&flat, |node| written.is_new_node(plan, node), out)?;
            }
            Form::GraphMl(xml) => {
                let flat = flat_of(plan, graph);
                xml.write(&flat, |node| written.is_new_node(plan, node))?;
            }
            Form::Neo4j(tables) => {
                let flat = flat_of(plan, graph);
                tables.write(&flat, |node| written.is_new_node(plan, node))?;
            }
        }
        Ok(())
    }

    /// Writes what stands below all nodes.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn end(mut self) -> io::Result<()> {
        let merge = std::mem::replace(&mut self.merge, MergeStream::new(&self.plan.merge));
        if let Some(graph) = merge.rest() {
            self.write(&graph)?;
        }
        match self.form {
            Form::JsonLd { mut out, .. } => {
                jsonld::end(&mut out)?;
                out.flush()
            }
            Form::Turtle(turtle) => turtle.finish()?.flush(),
            Form::NQuads(nquads) => nquads.finish().flush(),
            Form::Cypher(mut out) => out.flush(),
            Form::GraphMl(xml) => xml.end(),
            Form::Neo4j(tables) => tables.end(),
        }
    }
}

/// Which nodes of several documents are written.
struct Written {
    /// By number in the plan.
    entities: Vec<bool>,
    nobody: bool,
}

impl Written {
    fn new(plan: &MergePlan) -> Self {
        Self {
            entities: vec![false; plan.entities().len()],
            nobody: false,
        }
    }

    /// Whether an entity comes for the first time; after this it does not.
    fn is_new_entity(&mut self, plan: &MergePlan, id: &str) -> bool {
        let number = plan.number(id);
        let written = number.and_then(|number| self.entities.get_mut(number));
        written.is_none_or(|written| !std::mem::replace(written, true))
    }

    /// Whether a node comes for the first time. Statements and words belong to one document.
    fn is_new_node(&mut self, plan: &MergePlan, node: &FlatNode) -> bool {
        match node.kind {
            "Entity" => self.is_new_entity(plan, &node.id),
            "Nobody" => !std::mem::replace(&mut self.nobody, true),
            _ => true,
        }
    }
}

/// One of several graphs in memory, for the formats that are made of its JSON-LD.
fn json_ld(
    graph: &KnowledgeGraph,
    base: &BaseIri,
    is_new: impl FnMut(&Entity) -> bool,
) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    jsonld::write_new(graph, base, Terms::of(graph), is_new, &mut out)?;
    Ok(out)
}

/// One of several graphs, flat.
fn flat_of(plan: &MergePlan, graph: &KnowledgeGraph) -> Flat {
    let mentions = |entity: &Entity| {
        let number = plan.number(&entity.id);
        number.map_or(entity.mentions.len(), |n| plan.entities()[n].mentions)
    };
    flat_among(graph, &mentions)
}

impl ExportPlan {
    pub(super) fn merge(&self) -> &MergePlan {
        &self.merge
    }

    fn terms(&self) -> Terms<'_> {
        Terms::used(self.merge.schema(), &self.terms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::{cypher, graphml, json_ld, nquads, turtle};
    use crate::graph::fixture::{self, reports as graphs};
    use oxjsonld::JsonLdParser;
    use oxttl::{NQuadsParser, TurtleParser};
    use std::collections::BTreeSet;

    fn written(format: Format, graphs: Vec<KnowledgeGraph>) -> String {
        let mut survey = ExportSurvey::new(format);
        for graph in &graphs {
            survey.add(graph);
        }
        let plan = survey.plan();
        let mut out = Vec::new();
        let base = BaseIri::default();
        let mut writer = GraphWriter::begin(&plan, &base, &mut out).expect("a format for many");
        for graph in graphs {
            writer.add(graph).expect("memory takes all");
        }
        writer.end().expect("memory takes all");
        String::from_utf8(out).expect("UTF-8")
    }

    fn triples(format: Format, text: &str) -> BTreeSet<String> {
        let bytes = text.as_bytes();
        let triples: Vec<String> = match format {
            Format::JsonLd => JsonLdParser::new()
                .for_slice(bytes)
                .map(|q| q.expect("JSON-LD").to_string())
                .collect(),
            Format::Turtle => TurtleParser::new()
                .for_slice(bytes)
                .map(|t| t.expect("Turtle").to_string())
                .collect(),
            _ => NQuadsParser::new()
                .for_slice(bytes)
                .map(|q| q.expect("N-Quads").to_string())
                .collect(),
        };
        triples.into_iter().collect()
    }

    #[test]
    fn one_after_the_other_they_are_the_triples_of_the_merged_graph() {
        let base = BaseIri::default();
        let whole = KnowledgeGraph::merge(graphs());
        let expected = triples(Format::NQuads, &nquads(&whole, &base));
        assert_eq!(expected, triples(Format::JsonLd, &json_ld(&whole, &base)));
        assert_eq!(expected, triples(Format::Turtle, &turtle(&whole, &base)));
        for format in [Format::JsonLd, Format::Turtle, Format::NQuads] {
            for rotation in 0..graphs().len() {
                let mut rotated = graphs();
                rotated.rotate_left(rotation);
                let found = triples(format, &written(format, rotated));
                assert_eq!(found, expected, "{format:?} from {rotation}");
            }
        }
    }

    #[test]
    fn every_node_is_written_once() {
        let whole = KnowledgeGraph::merge(graphs());
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<BTreeSet<_>>();
        let found = written(Format::Cypher, graphs());
        assert_eq!(lines(&found), lines(&cypher(&whole)));
        assert_eq!(found.lines().count(), lines(&found).len());
        let ids = |xml: &str| {
            let nodes = xml.lines().filter(|l| l.trim_start().starts_with("<node "));
            let mut ids: Vec<_> = nodes.map(|l| l.trim().to_owned()).collect();
            ids.sort();
            ids
        };
        let xml = written(Format::GraphMl, graphs());
        assert_eq!(ids(&xml), ids(&graphml(&whole)));
        assert!(xml.ends_with("</graphml>\n"), "{xml}");
    }

    #[test]
    fn a_single_graph_is_written_as_ever() {
        let base = BaseIri::default();
        let article = || vec![fixture::article()];
        assert_eq!(
            written(Format::JsonLd, article()),
            json_ld(&article()[0], &base)
        );
        assert_eq!(written(Format::GraphMl, article()), graphml(&article()[0]));
    }

    #[test]
    fn pictures_need_the_whole_graph() {
        let plan = ExportSurvey::new(Format::Svg).plan();
        let error = GraphWriter::begin(&plan, &BaseIri::default(), Vec::new()).err();
        assert_eq!(error.map(|e| e.kind()), Some(io::ErrorKind::Unsupported));
    }
}
