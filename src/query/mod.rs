//! Graphs as linked data in a store in memory: SPARQL over them, saved questions, and shapes that they must have.
//!
//! In go RDF files, out come the results of [`GraphStore::run`] or the [`Report`] of [`validate`]. Nothing here
//! changes a graph: updates are refused, and so is `SERVICE`, which would ask the network.

mod limits;
mod parameters;
mod questions;
mod shacl;
mod undeclared;

pub use oxigraph::io::{
    JsonLdProfile, JsonLdProfileSet, RdfFormat, RdfParseError, RdfParser, RdfSerializer,
};
pub use oxigraph::model::{NamedNode, Term};
pub use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
pub use oxigraph::sparql::{QueryEvaluationError, QueryResults, QuerySolutionIter};
pub use parameters::ParameterError;
pub use questions::{Question, QuestionError};
pub use shacl::{Report, SHAPES, ShapesError, Violation, validate};

use crate::export::prefixes;
use crate::graph::BaseIri;
use oxigraph::sparql::SparqlEvaluator;
use oxigraph::store::{LoaderError, Store};
use spargebra::{Query, SparqlParser};
use std::io::Read;

/// Linked data in memory.
pub struct GraphStore {
    store: Store,
}

/// Why a text is no query that can be run. The place is 1-based, the column in code points.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum QueryError {
    /// It is no SPARQL.
    #[error("{message}")]
    Syntax {
        /// The line.
        line: usize,
        /// The column in it.
        column: usize,
        /// What is wrong there.
        message: String,
    },
    /// It is an update.
    #[error(
        "this changes graphs, and `query` only reads them: use SELECT, ASK, CONSTRUCT or DESCRIBE"
    )]
    Update,
}

/// Why a file could not be loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// It does not hold what its format asks for.
    #[error("{0}")]
    Syntax(#[from] RdfParseError),
    /// The store failed.
    #[error("{0}")]
    Store(Box<dyn std::error::Error + Send + Sync>),
}

impl GraphStore {
    /// An empty one.
    ///
    /// # Errors
    /// Those of the store.
    pub fn new() -> Result<Self, LoadError> {
        let store = Store::new().map_err(|error| LoadError::Store(error.into()))?;
        Ok(Self { store })
    }

    /// Adds what a file holds; blank nodes of different files stay different.
    ///
    /// # Errors
    /// The first fault of the file, with its place where the format knows one. Nothing of it is in the store then.
    pub fn load(&self, reader: impl Read, format: RdfFormat) -> Result<(), LoadError> {
        let parser = RdfParser::from_format(format).rename_blank_nodes();
        let mut loader = self.store.bulk_loader();
        let loaded = loader
            .load_from_reader(parser, reader)
            .and_then(|()| loader.commit().map_err(LoaderError::Storage));
        loaded.map_err(|error| match error {
            LoaderError::Parsing(error) => error.into(),
            error => LoadError::Store(error.into()),
        })
    }

    /// How many triples it holds.
    ///
    /// # Errors
    /// Those of the store.
    pub fn n_triples(&self) -> Result<usize, LoadError> {
        let length = self.store.len();
        length.map_err(|error| LoadError::Store(error.into()))
    }

    /// Answers a query over all graphs of all files together.
    ///
    /// # Errors
    /// Those of the evaluation.
    pub fn run(&self, query: Query) -> Result<QueryResults<'static>, QueryEvaluationError> {
        let mut prepared = SparqlEvaluator::new().for_query(query);
        // Without FROM, triples of named graphs count too.
        if prepared.dataset().is_default_dataset() {
            prepared.dataset_mut().set_default_graph_as_union();
        }
        prepared.on_store(&self.store).execute()
    }
}

/// Reads a query; the prefixes of our vocabularies, and `ent:` and `doc:` of the base, need no declaration.
///
/// # Errors
/// What is wrong with it, and where.
pub fn parse(text: &str, base: &BaseIri) -> Result<Query, QueryError> {
    if let Some((line, column)) = limits::exceeded(text) {
        let message = "the query is too large or nested too deeply here".to_owned();
        return Err(QueryError::Syntax {
            line,
            column,
            message,
        });
    }
    let mut parser = SparqlParser::new();
    for (prefix, iri) in prefixes(base) {
        // What is no IRI, which no base is, would only be unknown.
        parser = parser.clone().with_prefix(prefix, iri).unwrap_or(parser);
    }
    parser.clone().parse_query(text).map_err(|error| {
        if parser.clone().parse_update(text).is_ok() {
            return QueryError::Update;
        }
        match undeclared::first(text, &parser) {
            Some((line, column, prefix)) => QueryError::Syntax {
                line,
                column,
                message: format!(
                    "the prefix `{prefix}:` is not declared: `PREFIX {prefix}: <IRI>` before the query does it"
                ),
            },
            None => located(&error.to_string()),
        }
    })
}

/// The message of the parser is `error at LINE:COLUMN: expected …`; it tells its place in no other form.
fn located(message: &str) -> QueryError {
    let place = message.strip_prefix("error at ").and_then(|rest| {
        let (line, rest) = rest.split_once(':')?;
        let (column, rest) = rest.split_once(": ")?;
        Some((line.parse().ok()?, column.parse().ok()?, rest))
    });
    let (line, column, message) = place.unwrap_or((1, 1, message));
    QueryError::Syntax {
        line,
        column,
        message: readable(message),
    }
}

/// What the parser expected, without its classes of characters: marks and keywords say enough.
fn readable(message: &str) -> String {
    let (mut named, mut rest) = (Vec::new(), message);
    while let Some(start) = rest.find(['"', '[']) {
        let close = if rest[start..].starts_with('"') {
            '"'
        } else {
            ']'
        };
        let Some(length) = rest[start + 1..].find(close) else {
            break;
        };
        let end = start + length + 2;
        if close == '"' {
            named.push(&rest[start..end]);
        }
        rest = &rest[end..];
    }
    match named.len() {
        0 => message.lines().next().unwrap_or_default().to_owned(),
        1 => format!("expected {}", named[0]),
        _ => format!("expected one of {}", named.join(" ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> String {
        let base = BaseIri::new("https://kg.example/").expect("an IRI");
        match parse(text, &base) {
            Ok(_) => "none".to_owned(),
            Err(QueryError::Syntax {
                line,
                column,
                message,
            }) => format!("{line}:{column} {message}"),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn faults_have_their_place() {
        assert_eq!(fault("ASK { ?s sayso:within doc:a }"), "none");
        assert!(fault("ASK {\n  ?s ?p\n}").starts_with("3:2 expected "));
        assert!(fault("ASK { ?s zz:p ?o }").starts_with("1:10 the prefix `zz:` is not declared"));
        let second = "PREFIX a: <urn:a:>\nASK { ?s a:b 'é: b:c' ; b:c :d }";
        assert!(fault(second).starts_with("2:"), "{}", fault(second));
        assert!(
            fault(second).contains("`b:` is not declared"),
            "{}",
            fault(second)
        );
        assert!(fault("ASK { ?s :p ?o }").starts_with("1:10 the prefix `:` is not declared"));
        assert!(fault("ASK { ?s zz:p }").starts_with("1:15 expected"));
        assert!(fault("INSERT DATA { ent:a ent:b ent:c }").contains("only reads"));
    }

    #[test]
    fn what_would_take_the_stack_is_refused() {
        let deep = |open: &str, close: &str| {
            let (open, close) = (open.repeat(20_000), close.repeat(20_000));
            fault(&format!("ASK {{ FILTER({open}1{close}) }}"))
        };
        for (open, close) in [
            ("(", ")"),
            ("!", ""),
            ("1+", ""),
            ("-", ""),
            ("EXISTS{", "}"),
        ] {
            assert!(deep(open, close).contains("too deeply"), "{open}");
        }
        let groups = "{} UNION ".repeat(5_000);
        assert!(fault(&format!("ASK {{ {groups}{{}} }}")).contains("too deeply"));
        let many = "<https://a.example/b/c#d> \"1+1+1\" ".repeat(5_000);
        assert_eq!(fault(&format!("ASK {{ VALUES ?x {{ {many} }} }}")), "none");
    }

    #[test]
    fn values_of_parameters_stay_values() {
        let base = BaseIri::new("https://kg.example/").expect("an IRI");
        let question = Question::read(
            "q",
            "# T\n# D\n# more\n# @a what\nASK { VALUES ?a { \"\" } VALUES ?n { 1 } FILTER(?a = \"\\\"}\") }",
        );
        assert_eq!((&*question.title, &*question.description), ("T", "D more"));
        assert_eq!(question.parameters, [("a".to_owned(), "what".to_owned())]);
        let answer = |values: &[(&str, &str)]| {
            let query = question.query(&base, values.iter().copied());
            let query = query.map_err(|error| error.to_string())?;
            let store = GraphStore::new().expect("a store");
            match store.run(query) {
                Ok(QueryResults::Boolean(answer)) => Ok(answer),
                _ => Err("no answer".to_owned()),
            }
        };
        assert_eq!(answer(&[]), Ok(false));
        assert_eq!(answer(&[("a", "\"}"), ("n", "2.5")]), Ok(true));
        assert!(answer(&[("n", "1e9")]).is_err_and(|e| e.contains("is a number")));
        assert!(answer(&[("b", "1")]).is_err_and(|e| e.contains("VALUES ?b")));
    }
}
