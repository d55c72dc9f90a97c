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

use crate::graph::KnowledgeGraph;
use crate::matching::State;
use build::Builder;
use clusters::Clusters;

pub use schema::schema;

/// Resolves the mentions of one document.
pub fn resolve(state: &State<'_>) -> KnowledgeGraph {
    let mut clusters = Clusters::new(state);
    let names = names::all(&clusters, state);
    entities::by_name(&names, &mut clusters, state);
    acronyms::join(&names, &mut clusters, state);
    identity::join(&names, &mut clusters, state);
    references::resolve(&mut clusters, state);
    let mut builder = Builder::new(state, &clusters, &names);
    builder.named_entities();
    let superseded = relations::superseded(state);
    let statements = statements::find(&superseded, &mut builder);
    relations::add(&statements, &superseded, &mut builder);
    builder.finish()
}
