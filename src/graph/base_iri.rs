//! The start of every IRI, and the names of documents and their parts below it.

use super::identifier::{allowed_in_iri, document_slug, encode};
use std::fmt::Write as _;

/// Base IRI where the user names none.
pub const DEFAULT_BASE: &str = "https://kg.example/";

/// Why a base IRI is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BaseIriError {
    /// `kg.example/`
    #[error("base IRI `{0}` has no scheme such as `https:`")]
    NoScheme(String),
    /// `https://kg.example`
    #[error("base IRI `{0}` must end in `/` or `#`")]
    OpenEnd(String),
    /// `https://kg example/`
    #[error("base IRI `{iri}` holds {character:?}, which no IRI may hold")]
    Forbidden {
        /// The whole.
        iri: String,
        /// The first one that is wrong.
        character: char,
    },
}

/// The start of every IRI that an export writes; ends in `/` or `#`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BaseIri(String);

impl Default for BaseIri {
    fn default() -> Self {
        Self(DEFAULT_BASE.to_owned())
    }
}

impl BaseIri {
    /// Checks a base IRI.
    pub fn new(iri: &str) -> Result<Self, BaseIriError> {
        let scheme = iri.split_once(':').map_or("", |(scheme, _)| scheme);
        let named = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && (scheme.chars()).all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
        if !named {
            return Err(BaseIriError::NoScheme(iri.to_owned()));
        }
        let Some(body) = iri.strip_suffix(['/', '#']) else {
            return Err(BaseIriError::OpenEnd(iri.to_owned()));
        };
        match body.chars().find(|&c| c == '#' || !allowed_in_iri(c)) {
            Some(character) => Err(BaseIriError::Forbidden {
                iri: iri.to_owned(),
                character,
            }),
            None => Ok(Self(iri.to_owned())),
        }
    }

    /// As written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `https://kg.example/entity/`
    pub fn entities(&self) -> String {
        format!("{}entity/", self.0)
    }

    /// `https://kg.example/doc/`
    pub fn documents(&self) -> String {
        format!("{}doc/", self.0)
    }

    /// What stands between a document and a part of it: `#`, or `/` where the base itself ends in `#`.
    pub fn part_separator(&self) -> char {
        if self.0.ends_with('#') { '/' } else { '#' }
    }

    /// The name of a statement or relation (`article#stmt-…`) below [`BaseIri::documents`].
    pub fn part(&self, id: &str) -> String {
        match id.rsplit_once('#') {
            Some((document, part)) => {
                let mut iri = document_slug(document);
                iri.push(self.part_separator());
                iri.push_str(&encode(part, "/"));
                iri
            }
            None => document_slug(id),
        }
    }

    /// The name of a stretch of a document below [`BaseIri::documents`], in code points: `article#char=0,6`.
    pub fn stretch(&self, document: &str, start: u32, end: u32) -> String {
        let mut iri = document_slug(document);
        iri.push(self.part_separator());
        let _ = write!(iri, "char={start},{end}");
        iri
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_must_be_an_iri_with_an_end() {
        assert!(BaseIri::new("https://kg.example/").is_ok());
        assert!(BaseIri::new("urn:news#").is_ok());
        assert!(matches!(
            BaseIri::new("kg.example/"),
            Err(BaseIriError::NoScheme(_))
        ));
        assert!(matches!(
            BaseIri::new("https://kg.example"),
            Err(BaseIriError::OpenEnd(_))
        ));
        assert!(matches!(
            BaseIri::new("https://a b/"),
            Err(BaseIriError::Forbidden { character: ' ', .. })
        ));
        assert!(BaseIri::new("https://a#b#").is_err());
    }

    #[test]
    fn parts_hang_below_their_document() {
        let base = BaseIri::default();
        assert_eq!(base.part("a b#stmt-1f"), "a%20b#stmt-1f");
        assert_eq!(base.part("a#b#rel-1f"), "a%23b#rel-1f");
        let hash = BaseIri::new("https://kg.example/x#").expect("ends in #");
        assert_eq!(hash.part("a#stmt-1f"), "a/stmt-1f");
        assert_eq!(hash.stretch("a", 0, 6), "a/char=0,6");
    }
}
