//! Stage 5: mentions → entities and relations: canonical names, coreference, claims inside statements.
//!
//! Four steps: names that are one entity are put together (`entities`, `acronyms`, `identity`), descriptions and pronouns
//! join what they refer to (`references`, `antecedents`, `speakers`), contents of speech become statements
//! (`statements`), and relation mentions become edges between all of these (`relations`, `arguments`).

mod acronyms;
mod antecedents;
mod arguments;
mod build;
mod clusters;
mod entities;
mod equations;
mod identity;
#[cfg(test)]
mod invariants;
mod names;
mod nesting;
mod provenance;
mod references;
mod relations;
mod schema;
mod speakers;
mod statements;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_coreference;

use crate::graph::{KnowledgeGraph, Schema};
use crate::matching::State;
use crate::rules::RuleSet;
use build::Builder;
use clusters::Clusters;
use names::Names;
use provenance::Rules;
use std::sync::Arc;

pub use schema::schema;

/// Resolves the mentions of documents, one after the other; what follows from the rules alone is made once.
#[derive(Clone, Debug)]
pub struct Resolver {
    schema: Arc<Schema>,
    rules: Rules,
}

impl Resolver {
    /// For what these rules find.
    pub fn new(rules: &RuleSet) -> Self {
        Self {
            schema: schema(rules).into(),
            rules: Rules::new(rules),
        }
    }

    /// Resolves the mentions of one document.
    pub fn resolve(&self, state: &State<'_>) -> KnowledgeGraph {
        let mut clusters = Clusters::new(state);
        let names = Names::new(state);
        entities::by_name(&names, &mut clusters, state);
        acronyms::join(&names, &mut clusters, state);
        identity::join(&names, &mut clusters, state);
        references::resolve(&self.rules, &mut clusters, state);
        let mut builder = Builder::new(self, state, &clusters, &names);
        builder.named_entities();
        let superseded = relations::superseded(state);
        let statements = statements::find(&superseded, &mut builder);
        relations::add(&statements, &superseded, &mut builder);
        builder.finish()
    }
}
