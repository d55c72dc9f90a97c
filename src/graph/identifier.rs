//! Identifiers: the same for the same thing in every run, thread count and order of files.

use super::AttributeValue;
use crate::text::Span;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use unicode_normalization::UnicodeNormalization;

/// A slug is cut after this many bytes; what was cut counts as lost, so the hash of the whole name follows.
const MAX_SLUG: usize = 80;

/// Whether a character may stand in an IRI unescaped, `%`, `#` and delimiters included.
pub(super) fn allowed_in_iri(character: char) -> bool {
    !(character <= ' '
        || character == '\u{7f}'
        || "<>\"{}|\\^`".contains(character)
        || ('\u{80}'..='\u{9f}').contains(&character)
        || bidi_or_private(character))
}

/// Invisible direction marks and private characters, which no IRI may hold.
fn bidi_or_private(character: char) -> bool {
    matches!(character,
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
        | '\u{a0}' | '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{fff0}'..='\u{ffff}')
        || (character as u32) >= 0xe_0000
        || (character as u32) & 0xfffe == 0xfffe
}

/// The name of a document as a part of an IRI path: what IRIs do not allow there is percent-encoded.
pub fn document_slug(id: &str) -> String {
    let mut slug = encode(id, "/");
    if slug
        .split('/')
        .any(|s| s.is_empty() || s == "." || s == "..")
    {
        // `a/../b` and `//host` would name something else once a reader resolves them.
        let parts = slug.split('/').map(|s| match s {
            "." => "%2E",
            ".." => "%2E%2E",
            _ => s,
        });
        slug = parts.collect::<Vec<_>>().join("%2F");
    }
    if slug.is_empty() {
        slug.push_str("%20");
    }
    slug
}

/// A name as the last part of an IRI.
pub(crate) fn encode_name(name: &str) -> String {
    encode(name, "")
}

/// Percent-encodes what a path segment of an IRI may not hold; `more` may stay as well.
pub(super) fn encode(text: &str, more: &str) -> String {
    let mut out = String::with_capacity(text.len());
    encode_into(&mut out, text, more);
    out
}

fn encode_into(out: &mut String, text: &str, more: &str) {
    let mut buffer = [0; 4];
    for character in text.chars() {
        let plain = character.is_ascii_alphanumeric()
            || "-._~!$&'()*+,;=:@".contains(character)
            || more.contains(character)
            || (!character.is_ascii() && allowed_in_iri(character));
        if plain {
            out.push(character);
        } else {
            for byte in character.encode_utf8(&mut buffer).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
}

/// `country/latvia`: type in lower case and slug of the canonical name.
pub fn entity_id(type_: &str, name: &str) -> String {
    let mut id = String::with_capacity(type_.len() + name.len() + 8);
    encode_into(&mut id, &type_.to_lowercase(), "");
    id.push('/');
    id.push_str(&slug(name));
    id
}

/// `quantity/two-ship`, `date/monday-2026-11-23`: that of a value whose words alone do not say what it is; its unit or
/// its meaning on the day of the article follow the words, so that two ships are not two states in any graph.
pub fn value_id(type_: &str, name: &str, attributes: &BTreeMap<String, AttributeValue>) -> String {
    let mut id = entity_id(type_, name);
    let words = format!("-{}-", slug(name));
    for (attribute, value) in attributes {
        let AttributeValue::Text(text) = value else {
            continue;
        };
        if !text.chars().any(char::is_alphanumeric) {
            continue;
        }
        let meaning = slug(text);
        if !matches!(attribute.as_str(), "value" | "unit") {
            id.push('-');
            id.push_str(&slug(attribute));
        } else if words.contains(&format!("-{meaning}-")) {
            continue;
        }
        id.push('-');
        id.push_str(&meaning);
    }
    id
}

/// Whether something can be the id of an entity: one that an IRI holds as it is, below `{base}entity/`.
pub fn is_entity_id(id: &str) -> bool {
    let mut bytes = id.bytes();
    let escaped = |rest: &mut std::str::Bytes<'_>| {
        let mut digit = || rest.next().is_some_and(|b| b.is_ascii_hexdigit());
        digit() && digit()
    };
    while let Some(byte) = bytes.next() {
        if byte == b'%' && !escaped(&mut bytes) {
            return false;
        }
    }
    let parts = id.split('/').all(|part| !matches!(part, "" | "." | ".."));
    parts && encode(id, "/%") == id
}

/// The id of an entity of one document only: `person/anna-weber@border-ferry-1f2e3d`. The hash tells apart texts with
/// one name; an id that is scoped already stays.
pub fn scoped_id(id: &str, document: &str, sha256: &str) -> String {
    if is_scoped(id) {
        return id.to_owned();
    }
    let hash = sha256.get(..6).unwrap_or(sha256);
    let name = document.strip_suffix(hash);
    let name = name.and_then(|name| name.strip_suffix('-'));
    let slug = encode(name.unwrap_or(document), "");
    format!("{id}@{slug}-{hash}")
}

/// Whether an id is that of an entity of one document only.
pub fn is_scoped(id: &str) -> bool {
    id.contains('@')
}

/// ASCII letters and digits in lower case with `-` between; six hex digits of the SHA-256 of the NFC name follow where
/// more than case, spaces and hyphens was lost: `Jānis` is `janis-` and digits, so that it is not `Janis`.
pub fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len().min(MAX_SLUG) + 7);
    if name.is_ascii() {
        add_to_slug(name.chars(), &mut slug);
    } else {
        add_to_slug(name.nfkd().filter(|c| !is_combining(*c)), &mut slug);
    }
    slug.truncate(slug.trim_end_matches('-').len());
    let lossless = name.len() <= MAX_SLUG
        && !slug.is_empty()
        && (name.chars()).all(|c| c.is_ascii_alphanumeric() || c == ' ' || c == '-');
    if !lossless {
        if !slug.is_empty() {
            slug.push('-');
        }
        let nfc: String = name.nfc().collect();
        slug.push_str(&hex(&Sha256::digest(nfc.as_bytes()), 6));
    }
    slug
}

fn add_to_slug(characters: impl Iterator<Item = char>, slug: &mut String) {
    for character in characters {
        if slug.len() >= MAX_SLUG {
            break;
        }
        if character.is_ascii_alphanumeric() {
            slug.push(character.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
}

/// Marks that NFKD splits from their letters.
fn is_combining(character: char) -> bool {
    unicode_normalization::char::is_combining_mark(character)
}

/// SHA-256 of a decoded text (UTF-8, without byte order mark), in hex.
pub fn text_hash(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()), 64)
}

/// The first `digits` hex digits.
fn hex(bytes: &[u8], digits: usize) -> String {
    let mut out = String::with_capacity(digits);
    push_hex(&mut out, bytes, digits);
    out
}

fn push_hex(out: &mut String, bytes: &[u8], digits: usize) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let halves = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    out.extend((halves.take(digits)).map(|half| char::from(DIGITS[half as usize])));
}

/// What makes a statement or relation the one it is.
#[derive(Clone, Copy, Debug)]
pub struct Fingerprint<'a> {
    /// SHA-256 of the document, in hex.
    pub document_sha256: &'a str,
    /// Name of the relation; `Statement` for a statement.
    pub type_: &'a str,
    /// Id of the source, where there is one.
    pub source: Option<&'a str>,
    /// Id of the target (of a relation), where there is one.
    pub target: Option<&'a str>,
    /// The head, in bytes.
    pub head: Span,
    /// The content or the literal target, in bytes.
    pub content: &'a [Span],
}

impl Fingerprint<'_> {
    /// `article#stmt-fe8cd3ab918c`
    pub fn statement_id(&self, document: &str) -> String {
        self.id(document, "#stmt-")
    }

    /// `article#rel-8355fe54924a`
    pub fn relation_id(&self, document: &str) -> String {
        self.id(document, "#rel-")
    }

    fn id(&self, document: &str, kind: &str) -> String {
        const DIGITS: usize = 12;
        let mut hash = Sha256::new();
        let parts = [self.document_sha256, self.type_];
        for part in parts
            .into_iter()
            .map(Some)
            .chain([self.source, self.target])
        {
            // Nothing and the empty string differ, and no two lists of parts give the same bytes.
            hash.update(part.map_or(u64::MAX, |p| p.len() as u64).to_le_bytes());
            hash.update(part.unwrap_or_default());
        }
        for span in [&self.head].into_iter().chain(self.content) {
            hash.update(span.start.to_le_bytes());
            hash.update(span.end.to_le_bytes());
        }
        let mut id = String::with_capacity(document.len() + kind.len() + DIGITS);
        id.push_str(document);
        id.push_str(kind);
        push_hex(&mut id, &hash.finalize(), DIGITS);
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_names_need_no_hash() {
        assert_eq!(entity_id("Country", "Latvia"), "country/latvia");
        let value = |name: &str, attributes: &[(&str, &str)]| {
            let text = |(n, t): &(&str, &str)| ((*n).into(), AttributeValue::Text((*t).into()));
            value_id("Date", name, &attributes.iter().map(text).collect())
        };
        assert_eq!(
            value("Monday", &[("value", "2026-11-23")]),
            "date/monday-2026-11-23"
        );
        assert_eq!(
            value("2026", &[("value", "2026"), ("change", "~")]),
            "date/2026"
        );
        assert_eq!(value("40 boats", &[("low", "40")]), "date/40-boats-low-40");
        assert_eq!(slug("OK  Russians"), "ok-russians");
        assert_eq!(slug("half-a million"), "half-a-million");
    }

    #[test]
    fn what_is_lost_is_hashed() {
        assert_eq!(slug("more than 300,000"), "more-than-300-000-538db1");
        assert_ne!(slug("Jānis"), slug("Janis"));
        assert_eq!(slug("Janis"), "janis");
        assert_eq!(
            slug("J\u{101}nis"),
            slug("Ja\u{304}nis"),
            "one name however composed"
        );
        assert_eq!(slug("🦀").len(), 6);
        assert_eq!(slug("").len(), 6);
        assert_eq!(slug(&"abc".repeat(500)).len(), MAX_SLUG + 7);
    }

    #[test]
    fn documents_become_safe_path_segments() {
        assert_eq!(
            document_slug("news/2024 a#1?.txt"),
            "news/2024%20a%231%3F.txt"
        );
        assert_eq!(document_slug("../x"), "%2E%2E%2Fx");
        assert_eq!(document_slug("//host"), "%2F%2Fhost");
        assert_eq!(document_slug("žurnāls"), "žurnāls");
        assert_eq!(document_slug("a\u{202e}b"), "a%E2%80%AEb");
        assert_eq!(document_slug("100%"), "100%25");
    }

    #[test]
    fn ids_depend_on_every_part() {
        let one = Fingerprint {
            document_sha256: "ab",
            type_: "said",
            source: Some("person/a"),
            target: None,
            head: Span::new(3, 7),
            content: &[Span::new(8, 20)],
        };
        let id = one.relation_id("article");
        assert_eq!(id.len(), "article#rel-".len() + 12);
        let two = [
            Fingerprint {
                document_sha256: "a",
                type_: "bsaid",
                ..one
            },
            Fingerprint {
                source: None,
                ..one
            },
            Fingerprint {
                target: Some(""),
                ..one
            },
            Fingerprint {
                head: Span::new(3, 8),
                ..one
            },
            Fingerprint {
                content: &[],
                ..one
            },
        ];
        for other in two {
            assert_ne!(other.relation_id("article"), id, "{other:?}");
        }
    }
}
