//! Values for the parameters of a query, set in its syntax tree: whatever stands in a value, it stays a value.

use oxrdf::{Literal, Variable, vocab::xsd};
use spargebra::Query;
use spargebra::algebra::GraphPattern;
use spargebra::term::GroundTerm;

/// Why a parameter cannot have a value.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParameterError {
    /// It is a number.
    #[error("`{name}` is a number, and {value:?} is none")]
    NotANumber {
        /// The parameter.
        name: String,
        /// What was given.
        value: String,
    },
    /// Nothing to set.
    #[error("the query has no `VALUES ?{0} {{ … }}` that could be set")]
    NotInQuery(String),
}

/// Replaces the value in each `VALUES ?name { value }` by another one of the same datatype.
pub(super) fn set(query: &mut Query, name: &str, value: &str) -> Result<(), ParameterError> {
    let pattern = match query {
        Query::Select { pattern, .. }
        | Query::Construct { pattern, .. }
        | Query::Describe { pattern, .. }
        | Query::Ask { pattern, .. } => pattern,
    };
    let missing = || ParameterError::NotInQuery(name.to_owned());
    let variable = Variable::new(name).map_err(|_| missing())?;
    let mut found = false;
    let mut patterns = vec![pattern];
    while let Some(pattern) = patterns.pop() {
        match pattern {
            GraphPattern::Values {
                variables,
                bindings,
            } => {
                if let ([only], [row]) = (&variables[..], &mut bindings[..])
                    && *only == variable
                    && let [Some(GroundTerm::Literal(default))] = &mut row[..]
                {
                    *default = of_the_same_kind(default, name, value)?;
                    found = true;
                }
            }
            GraphPattern::Join { left, right }
            | GraphPattern::LeftJoin { left, right, .. }
            | GraphPattern::Lateral { left, right }
            | GraphPattern::Union { left, right }
            | GraphPattern::Minus { left, right } => patterns.extend([&mut **left, &mut **right]),
            GraphPattern::Filter { inner, .. }
            | GraphPattern::Graph { inner, .. }
            | GraphPattern::Extend { inner, .. }
            | GraphPattern::OrderBy { inner, .. }
            | GraphPattern::Project { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Slice { inner, .. }
            | GraphPattern::Group { inner, .. }
            | GraphPattern::Service { inner, .. } => patterns.push(inner),
            GraphPattern::Bgp { .. } | GraphPattern::Path { .. } => {}
        }
    }
    if found { Ok(()) } else { Err(missing()) }
}

fn of_the_same_kind(default: &Literal, name: &str, value: &str) -> Result<Literal, ParameterError> {
    if default.datatype() == xsd::STRING {
        return Ok(Literal::new_simple_literal(value));
    }
    let digits = value.strip_prefix('-').unwrap_or(value);
    let is_number = digits.bytes().any(|b| b.is_ascii_digit())
        && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && digits.bytes().filter(|&b| b == b'.').count() <= 1;
    if !is_number {
        return Err(ParameterError::NotANumber {
            name: name.to_owned(),
            value: value.to_owned(),
        });
    }
    Ok(Literal::new_typed_literal(value, xsd::DECIMAL))
}
