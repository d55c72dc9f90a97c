//! Saved questions: SPARQL files whose first lines say what they answer.
//!
//! ```text
//! # Who said what
//! # Everything that somebody is quoted or reported to have said.
//! # @about words that the statement holds or names; all where empty
//! SELECT … WHERE { VALUES ?about { "" } … }
//! ```
//!
//! Each `@name` is a parameter, and the `VALUES ?name { … }` of the query its default, so that the file is plain SPARQL
//! which any engine runs.
//!
//! Labels, and whether a node is of a class, are asked for by a sub-select or `MINUS`, which read them once and join them by
//! equality. A pattern would search, for each row, all that is said about the node: of a name that is in all articles, that
//! grows with them.

use super::parameters::{self, ParameterError};
use super::{QueryError, parse};
use crate::graph::BaseIri;
use include_dir::{Dir, include_dir};
use spargebra::Query;

static SHIPPED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/query/questions");

/// A saved question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// How it is called: the name of its file without `.rq`.
    pub name: String,
    /// Its first line.
    pub title: String,
    /// The lines after it, in one.
    pub description: String,
    /// Its parameters, each with what it is.
    pub parameters: Vec<(String, String)>,
    /// The whole file.
    pub text: String,
}

/// Why a question cannot be asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum QuestionError {
    /// Its SPARQL is wrong.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// A value is.
    #[error(transparent)]
    Parameter(#[from] ParameterError),
}

impl Question {
    /// Those that ship, by name.
    pub fn shipped() -> Vec<Self> {
        let files = SHIPPED.files().filter_map(|file| {
            let name = file.path().file_stem()?.to_str()?;
            Some(Self::read(name, file.contents_utf8()?))
        });
        let mut questions: Vec<_> = files.collect();
        questions.sort_by(|a, b| a.name.cmp(&b.name));
        questions
    }

    /// A question from the text of its file.
    pub fn read(name: &str, text: &str) -> Self {
        let head = text.lines().map_while(|line| line.strip_prefix('#'));
        let (mut lines, mut parameters) = (Vec::new(), Vec::new());
        for line in head.map(str::trim).filter(|line| !line.is_empty()) {
            match line.strip_prefix('@') {
                Some(rest) => {
                    let (name, what) = rest.split_once(' ').unwrap_or((rest, ""));
                    parameters.push((name.to_owned(), what.trim().to_owned()));
                }
                None => lines.push(line),
            }
        }
        let title = if lines.is_empty() {
            name
        } else {
            lines.remove(0)
        };
        Self {
            name: name.to_owned(),
            title: title.to_owned(),
            description: lines.join(" "),
            parameters,
            text: text.to_owned(),
        }
    }

    /// The query with values for some of its parameters; the others keep their defaults.
    ///
    /// # Errors
    /// What is wrong with the query or with a value.
    pub fn query<'v>(
        &self,
        base: &BaseIri,
        values: impl IntoIterator<Item = (&'v str, &'v str)>,
    ) -> Result<Query, QuestionError> {
        let mut query = parse(&self.text, base)?;
        for (name, value) in values {
            parameters::set(&mut query, name, value)?;
        }
        Ok(query)
    }
}
