//! Where things come from: stretches of the text and rules.

use crate::diagnostic::Location;
use crate::graph::{RuleReference, Selection};
use crate::matching::State;
use crate::rules::{Refer, RelationId, RelationType, RuleSet, Variant, VariantId};
use crate::text::TokenSpan;
use std::sync::Arc;

/// What the graph says of rules: made once, shared by all that it says it of.
#[derive(Clone, Debug)]
pub(super) struct Rules {
    /// By variant: rule, variant, file and line.
    variants: Vec<Arc<RuleReference>>,
    /// By relation: the names of its parameters.
    parameters: Vec<Vec<Arc<str>>>,
    /// By merge block and its `refer` lines.
    refers: Vec<Vec<ReferLine>>,
}

/// What is known of a `refer` line.
#[derive(Clone, Debug)]
pub(super) struct ReferLine {
    /// Why what it joins belongs together.
    pub(super) why: Arc<str>,
}

impl Rules {
    pub(super) fn new(rules: &RuleSet) -> Self {
        let reference = |variant: &Variant| {
            let (source, offset) = (variant.location.source, variant.location.span.start);
            Arc::new(RuleReference {
                id: variant.rule.clone(),
                variant: variant.name.clone(),
                file: rules.sources.get(source).path.clone(),
                line: rules.sources.line_column(source, offset).0,
            })
        };
        let refers: Vec<Vec<ReferLine>> = (rules.merges.iter())
            .map(|merge| merge.refers.iter().map(|line| refer(line, rules)).collect())
            .collect();
        let parameters = |relation: &RelationType| {
            let parameters = relation.parameters.iter();
            parameters.map(|p| p.name.as_str().into()).collect()
        };
        Self {
            parameters: rules.relations.iter().map(parameters).collect(),
            variants: rules.variants.iter().map(reference).collect(),
            refers,
        }
    }

    /// Rule, variant, file and line.
    pub(super) fn of(&self, id: VariantId) -> Arc<RuleReference> {
        Arc::clone(&self.variants[id.0 as usize])
    }

    /// The names of the parameters of a relation.
    pub(super) fn parameters(&self, relation: RelationId) -> &[Arc<str>] {
        &self.parameters[relation.0 as usize]
    }

    /// A `refer` line of a merge block.
    pub(super) fn refer(&self, merge: u16, line: u16) -> &ReferLine {
        &self.refers[merge as usize][line as usize]
    }
}

fn refer(line: &Refer, rules: &RuleSet) -> ReferLine {
    let which = if line.last { "last named" } else { "nearest" };
    let subject = if line.subject { " subject" } else { "" };
    let type_ = &rules.types[line.target.0 as usize].name;
    let place = place(line.location, rules);
    ReferLine {
        why: format!("{which}{subject} @{type_} by {place}").into(),
    }
}

/// `merge.sayso:4`
pub(super) fn place(location: Location, rules: &RuleSet) -> String {
    let sources = &rules.sources;
    let (line, _) = sources.line_column(location.source, location.span.start);
    format!("{}:{line}", sources.get(location.source).path)
}

/// A stretch of the one document that is resolved.
pub(super) fn selection(tokens: TokenSpan, state: &State<'_>) -> Selection {
    Selection {
        document: 0,
        span: state.document.span(tokens),
    }
}
