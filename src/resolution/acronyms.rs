//! Short forms that the text itself introduces: `European Stability Fund (ESF)`.

use super::clusters::Clusters;
use super::names::Names;
use crate::matching::{MentionId, MentionKind, State};

/// Joins short forms with their long forms, where one stands in brackets behind the other.
pub(super) fn join(names: &Names, clusters: &mut Clusters, state: &State<'_>) {
    let mentions: Vec<MentionId> = (clusters.order.iter().copied())
        .filter(|id| matches!(state.mention(*id).kind, MentionKind::Name(_)))
        .collect();
    for pair in mentions.windows(2) {
        let (outer, inner) = (pair[0], pair[1]);
        let known = clusters.of(outer) == clusters.of(inner);
        if known || !in_brackets(outer, inner, state) || !alike(outer, inner, state) {
            continue;
        }
        let (Some(left), Some(right)) = (names.get(outer), names.get(inner)) else {
            continue;
        };
        let (left, right) = (left.text.as_str(), right.text.as_str());
        if is_short(right, left) || is_short(left, right) {
            let long = if is_short(right, left) { left } else { right };
            clusters.explain_all(inner, &format!("short form of {long}").into());
            clusters.join(outer, inner);
        }
    }
}

/// `LONG (SHORT)`
fn in_brackets(outer: MentionId, inner: MentionId, state: &State<'_>) -> bool {
    let (outer, inner) = (state.mention(outer).core, state.mention(inner).core);
    let word = |token: u32| {
        ((token as usize) < state.document.tokens.len()).then(|| state.document.word(token))
    };
    outer.end + 1 == inner.start && word(outer.end) == Some("(") && word(inner.end) == Some(")")
}

/// Whether one type is the other or a kind of it.
fn alike(a: MentionId, b: MentionId, state: &State<'_>) -> bool {
    let types = state.mention(a).type_().zip(state.mention(b).type_());
    types.is_some_and(|(a, b)| state.rules.is_a(a, b) || state.rules.is_a(b, a))
}

/// Whether the letters of a short form are the initials of the capitalised words of a long one, or of all its words.
fn is_short(short: &str, long: &str) -> bool {
    let letters: String = short.chars().filter(|c| *c != '.').collect();
    if letters.chars().count() < 2 || !letters.chars().all(char::is_uppercase) {
        return false;
    }
    let words = || {
        long.split([' ', '-', '\u{a0}'])
            .filter_map(|w| w.chars().next())
            .filter(|c| c.is_alphabetic())
    };
    let capitals: String = words().filter(|c| c.is_uppercase()).collect();
    let all: String = words().flat_map(char::to_uppercase).collect();
    letters == capitals || letters == all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_make_a_short_form() {
        assert!(is_short("ESF", "European Stability Fund"));
        assert!(is_short("U.N.", "United Nations"));
        assert!(is_short("BOE", "Bank of England"));
        assert!(is_short("BE", "Bank of England"));
        assert!(!is_short("ESA", "European Stability Fund"));
        assert!(!is_short("Esf", "European Stability Fund"));
        assert!(!is_short("E", "Europe"));
    }
}
