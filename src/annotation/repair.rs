//! Corrections of tags by what stands around: the tagger sees two words to either side, a clause is longer.

use super::tag::{Form, Tag, Upos};
use crate::text::{Document, TokenSpan};

/// Corrects the tags of one sentence.
pub(super) fn repair(document: &Document, sentence: TokenSpan, tags: &mut [Tag]) {
    for token in sentence.start + 1..sentence.end.saturating_sub(1) {
        if reports(document, sentence, token, tags) {
            tags[token as usize] = Tag {
                upos: Upos::Verb,
                form: Form::Third,
            };
        }
    }
}

/// "The group, a charity, estimates that …": a plural noun with no determiner between a name or a comma and `that` is
/// a verb. "Its estimates that …", "two claims that …" are not.
fn reports(document: &Document, sentence: TokenSpan, token: u32, tags: &[Tag]) -> bool {
    let tag = tags[token as usize];
    let word = document.word(token);
    if tag
        != (Tag {
            upos: Upos::Noun,
            form: Form::Plural,
        })
        || !word.ends_with('s')
    {
        return false;
    }
    let before = tags[token as usize - 1].upos;
    let closes = document.word(token - 1) == "," && commas_pair(document, sentence, token - 1);
    (before == Upos::Propn || closes)
        && document.word(token + 1) == "that"
        && has_verb(tags, token + 2, sentence.end)
}

/// Whether a comma is the second one of its sentence at least: it closes an apposition.
fn commas_pair(document: &Document, sentence: TokenSpan, comma: u32) -> bool {
    (sentence.start..comma).any(|token| document.word(token) == ",")
}

fn has_verb(tags: &[Tag], from: u32, to: u32) -> bool {
    tags.get(from as usize..to as usize).is_some_and(|tags| {
        tags.iter()
            .any(|t| matches!(t.upos, Upos::Verb | Upos::Aux))
    })
}
