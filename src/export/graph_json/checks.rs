//! What ids, names and words of a closed choice must be.

use super::builder::Checked;
use super::error::{Fault, Place};
use crate::export::names;
use crate::graph::identifier::is_entity_id;
use crate::rules::nearest;

/// An id that can stand in an IRI, and a type as rules have them.
pub(super) fn entity_id(place: &Place<'_>, id: &str, type_: &str) -> Checked<()> {
    if !is_entity_id(id) {
        let message = format!(
            "`{id}` cannot stand in an IRI: write it as `type/name`, what is no letter, digit or `-` percent-encoded"
        );
        return Err(Place::Key(place, "id").fault(message));
    }
    rule_name(&Place::Key(place, "type"), type_)
}

pub(super) fn zone(place: &Place<'_>, zone: &str) -> Checked<crate::text::ZoneKind> {
    one_of(&Place::Key(place, "zone"), zone, names::ZONES, names::zone)
}

/// The value of this name.
pub(super) fn one_of<T: Copy>(
    place: &Place<'_>,
    found: &str,
    all: &[T],
    name: fn(T) -> &'static str,
) -> Checked<T> {
    let same = all.iter().find(|value| name(**value) == found);
    same.copied().ok_or_else(|| {
        let all: Vec<&str> = all.iter().map(|value| name(*value)).collect();
        place.fault(format!("`{found}` is none of {}", all.join(", ")))
    })
}

/// Names of types, relations and arguments become keys and IRIs, so they are as in rules.
pub(super) fn rule_name(place: &Place<'_>, name: &str) -> Checked<()> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if !name.is_empty() && name.chars().all(plain) {
        return Ok(());
    }
    let message = format!(
        "{} is no name as rules have them: ASCII letters, digits and `_`",
        brief(name)
    );
    Err(place.fault(message))
}

pub(super) fn unique(place: &Place<'_>, id: &str, is_new: bool) -> Checked<()> {
    if is_new {
        return Ok(());
    }
    Err(Place::Key(place, "id").fault(format!("`{id}` is there twice; each id names one thing")))
}

pub(super) fn unknown<'n>(
    place: &Place<'_>,
    what: &str,
    id: &str,
    known: impl IntoIterator<Item = &'n str>,
) -> Fault {
    let mut known: Vec<&str> = known.into_iter().collect();
    known.sort_unstable();
    let meant = nearest(id, known);
    let help = meant.map_or_else(String::new, |meant| format!("; did you mean `{meant}`?"));
    place.fault(format!("there is no {what} `{id}`{help}"))
}

/// The start of some words, in quotes.
pub(super) fn brief(words: &str) -> String {
    const MOST: usize = 40;
    match words.char_indices().nth(MOST) {
        Some((cut, _)) => format!("{:?}…", &words[..cut]),
        None => format!("{words:?}"),
    }
}
