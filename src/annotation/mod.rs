//! Stage 2: [`Document`](crate::Document) → [`Annotation`]: tags, lemmas, quotations, noun and verb groups.

mod features;
mod layers;
mod tag;

pub use features::{NounFeatures, QuoteFeatures, VerbFeatures};
pub use layers::{Annotation, NounGroup, Quotation, VerbGroup};
pub use tag::{Form, Tag, Upos};
