//! Shapes (SHACL): what a graph must be like.
//!
//! Each file in `shacl/` is a query that reads the shapes from one graph and the data from the default graph, and finds
//! the violations of one kind of constraint. So the shapes are a standard file that any SHACL processor reads, and
//! nothing here knows what they ask for. What no query understands is refused (`unsupported.rq`).
//!
//! The queries take time in proportion to the data, which the engine needs help for. `VALUES ?shapes` makes it begin with
//! the shapes, which are few, and go from their target classes to nodes and values: it takes a graph without an `OPTIONAL`
//! for the smaller one, and would look the shapes up for each triple there is. `MINUS` reads what is allowed once, where
//! `FILTER NOT EXISTS` would search for it, among all that is said about a node, each time the node is a value.

use super::{GraphStore, LoadError};
use include_dir::{Dir, include_dir};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Term, Variable};
use oxigraph::sparql::{QueryEvaluationError, QueryResults, QuerySolution, SparqlEvaluator};
use oxigraph::store::LoaderError;
use std::collections::BTreeSet;

/// The shapes of what sayso writes as JSON-LD, Turtle and N-Quads, in Turtle.
pub const SHAPES: &str = include_str!("../../output/shapes.ttl");

static COMPONENTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/query/shacl");

/// The graph that shapes are in while they are checked.
const SHAPES_GRAPH: &str = "urn:x-sayso:shapes";
const SH: &str = "http://www.w3.org/ns/shacl#";

/// What is not as a shape wants it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// The node.
    pub node: String,
    /// The property of the node, where one is at fault.
    pub path: Option<String>,
    /// What stands there, where one value is at fault.
    pub value: Option<String>,
    /// What is wrong.
    pub message: String,
    /// The constraint, as `sh:minCount`.
    pub component: String,
}

/// What came of a check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// What is not as it should be, in order of nodes.
    pub violations: Vec<Violation>,
    /// How many nodes the shapes speak of: where it is 0, nothing was checked.
    pub n_targets: usize,
}

/// Why shapes cannot be checked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ShapesError {
    /// They are no Turtle, or the store failed.
    #[error("{0}")]
    Load(#[from] LoadError),
    /// They use what is not understood here.
    #[error(
        "the shapes use `{0}` where it is not understood here; a full SHACL processor, such as pyshacl, may check them"
    )]
    Unsupported(String),
    /// A query failed.
    #[error("{0}")]
    Evaluation(#[from] QueryEvaluationError),
    /// The query of a `sh:sparql` is wrong.
    #[error("the query of `sh:sparql`: {0}")]
    Query(#[from] oxigraph::sparql::SparqlSyntaxError),
}

/// Checks all that is in a store, named graphs included, against shapes in Turtle. The shapes stay in the store, in a graph of their own: it is good for nothing else afterwards.
///
/// # Errors
/// What is wrong with the shapes.
pub fn validate(data: GraphStore, shapes: &str) -> Result<Report, ShapesError> {
    let data = Data::new(data)?;
    data.load(shapes)?;
    data.refuse_unknown()?;
    let mut found = BTreeSet::new();
    for file in COMPONENTS.files() {
        let query = file.contents_utf8().unwrap_or_default();
        found.extend(data.rows(query)?.iter().map(violation));
    }
    data.own_queries(&mut found)?;
    Ok(Report {
        violations: found.into_iter().collect(),
        n_targets: data.n_targets()?,
    })
}

struct Data {
    store: oxigraph::store::Store,
    graphs: Vec<GraphName>,
}

impl Data {
    fn new(data: GraphStore) -> Result<Self, ShapesError> {
        let store = data.store;
        let mut graphs = vec![GraphName::DefaultGraph];
        for graph in store.named_graphs() {
            let graph = graph.map_err(|error| LoadError::Store(error.into()))?;
            graphs.push(match graph {
                NamedOrBlankNode::NamedNode(node) => node.into(),
                NamedOrBlankNode::BlankNode(node) => node.into(),
            });
        }
        Ok(Self { store, graphs })
    }

    fn load(&self, shapes: &str) -> Result<(), LoadError> {
        let parser = RdfParser::from_format(RdfFormat::Turtle)
            .with_default_graph(NamedNode::new_unchecked(SHAPES_GRAPH));
        let loaded = self.store.load_from_reader(parser, shapes.as_bytes());
        loaded.map_err(|error| match error {
            LoaderError::Parsing(error) => error.into(),
            error => LoadError::Store(error.into()),
        })
    }

    /// All solutions of a query over data and shapes.
    fn rows(&self, query: &str) -> Result<Vec<QuerySolution>, ShapesError> {
        let mut prepared = SparqlEvaluator::new().parse_query(query)?;
        let dataset = prepared.dataset_mut();
        dataset.set_default_graph(self.graphs.clone());
        dataset.set_available_named_graphs(vec![NamedNode::new_unchecked(SHAPES_GRAPH).into()]);
        match prepared.on_store(&self.store).execute()? {
            QueryResults::Solutions(solutions) => Ok(solutions.collect::<Result<_, _>>()?),
            _ => Ok(Vec::new()),
        }
    }

    /// How many nodes are of a class that a shape is for.
    fn n_targets(&self) -> Result<usize, ShapesError> {
        let rows = self.rows(&format!(
            "PREFIX sh: <{SH}> SELECT (COUNT(DISTINCT ?node) AS ?number) WHERE {{ \
             {{ SELECT DISTINCT ?class WHERE {{ GRAPH <{SHAPES_GRAPH}> {{ ?shape sh:targetClass ?class }} }} }} \
             ?node a ?class }}"
        ))?;
        let number = rows.first().and_then(|row| text(row, "number"));
        Ok(number.and_then(|n| n.parse().ok()).unwrap_or_default())
    }

    /// Whatever is not understood is refused: a check that silently did not take place is worse than none.
    fn refuse_unknown(&self) -> Result<(), ShapesError> {
        let unknown = self.rows(include_str!("unsupported.rq"))?;
        match unknown.first().and_then(|row| text(row, "unsupported")) {
            Some(unknown) => Err(ShapesError::Unsupported(unknown)),
            None => Ok(()),
        }
    }

    /// The queries that shapes bring along: each `$this` that is a target of their shape is a violation.
    fn own_queries(&self, found: &mut BTreeSet<Violation>) -> Result<(), ShapesError> {
        let queries = format!(
            "PREFIX sh: <{SH}> SELECT ?class ?select ?message WHERE {{ GRAPH <{SHAPES_GRAPH}> {{ \
             ?shape sh:targetClass ?class ; sh:sparql ?own . ?own sh:select ?select . \
             OPTIONAL {{ ?own sh:message ?said }} }} \
             BIND(COALESCE(?said, \"is found by the query of sh:sparql\") AS ?message) }}"
        );
        for query in self.rows(&queries)? {
            let (Some(class), Some(select), Some(message)) = (
                text(&query, "class"),
                text(&query, "select"),
                text(&query, "message"),
            ) else {
                continue;
            };
            let of_class = format!("SELECT DISTINCT ?this WHERE {{ ?this a <{class}> }}");
            let targets = self.rows(&of_class)?;
            let targets: BTreeSet<String> =
                targets.iter().filter_map(|t| text(t, "this")).collect();
            for row in self.rows(&select)? {
                if let Some(node) = text(&row, "this").filter(|node| targets.contains(node)) {
                    found.insert(Violation {
                        node,
                        path: text(&row, "path"),
                        value: text(&row, "value"),
                        message: message.clone(),
                        component: "sh:sparql".to_owned(),
                    });
                }
            }
        }
        Ok(())
    }
}

fn violation(row: &QuerySolution) -> Violation {
    Violation {
        node: text(row, "node").unwrap_or_default(),
        path: text(row, "path"),
        value: text(row, "value"),
        message: text(row, "message").unwrap_or_default(),
        component: text(row, "component").unwrap_or_default(),
    }
}

/// What a variable stands for: an IRI, the text of a literal, `_:` and the label of a blank node.
fn text(row: &QuerySolution, variable: &str) -> Option<String> {
    let variable = Variable::new_unchecked(variable);
    row.get(&variable).map(|term| match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::BlankNode(node) => node.to_string(),
        Term::Literal(literal) => literal.value().to_owned(),
    })
}
