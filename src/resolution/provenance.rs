//! Where things come from: stretches of the text and rules.

use crate::diagnostic::Location;
use crate::graph::{RuleReference, Selection};
use crate::matching::State;
use crate::rules::VariantId;
use crate::text::TokenSpan;
use rustc_hash::FxHashMap;

/// Rules as the graph names them; each is looked up once a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Rules {
    known: FxHashMap<VariantId, RuleReference>,
}

impl Rules {
    /// Rule, variant, file and line.
    pub(super) fn of(&mut self, id: VariantId, state: &State<'_>) -> RuleReference {
        let known = self.known.entry(id).or_insert_with(|| {
            let variant = &state.rules.variants[id.0 as usize];
            let (source, offset) = (variant.location.source, variant.location.span.start);
            RuleReference {
                id: variant.rule.clone(),
                variant: variant.name.clone(),
                file: state.rules.sources.get(source).path.clone(),
                line: state.rules.sources.line_column(source, offset).0,
            }
        });
        known.clone()
    }
}

/// `merge.sayso:4`
pub(super) fn place(location: Location, state: &State<'_>) -> String {
    let sources = &state.rules.sources;
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
