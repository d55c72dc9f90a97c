//! Stage 2: [`Document`](crate::Document) → [`Annotation`]: tags, lemmas, quotations, noun and verb groups.

mod features;
mod layers;
mod lemma;
mod model;
mod tag;
mod tagger;
pub mod train;
mod word;

pub use features::{NounFeatures, QuoteFeatures, VerbFeatures};
pub use layers::{Annotation, NounGroup, Quotation, VerbGroup};
pub use model::{Model, ModelError};
pub use tag::{Form, Tag, Upos};
pub use tagger::Tagger;
