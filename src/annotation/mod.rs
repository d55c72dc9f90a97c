//! Stage 2: [`Document`](crate::Document) → [`Annotation`]: tags, lemmas, quotations, noun and verb groups.

mod annotator;
mod features;
mod first_words;
mod irregular;
mod layers;
mod lemma;
mod model;
mod noun_groups;
mod quotations;
mod quote_marks;
mod reading;
mod repair;
mod tag;
mod tagger;
pub mod train;
pub mod values;
mod verb_groups;
mod word;

pub use annotator::Annotator;
pub use features::{NounFeatures, QuoteFeatures, VerbFeatures};
pub use layers::{Annotation, NounGroup, Quotation, VerbGroup};
pub use model::{Model, ModelError};
pub use noun_groups::noun_groups;
pub use quotations::quotations;
pub use tag::{Form, Tag, Upos};
pub use tagger::Tagger;
pub use verb_groups::verb_groups;
