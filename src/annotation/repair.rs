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

/// "The group, a charity, estimates that …", "The ministry claims that the …": a plural noun before `that` and a clause
/// is a verb if a name, a closed apposition or a singular noun stands before it. "Its estimates that …" are a noun,
/// and so are "ministry estimates that were …".
fn reports(document: &Document, sentence: TokenSpan, token: u32, tags: &[Tag]) -> bool {
    let plural = Tag {
        upos: Upos::Noun,
        form: Form::Plural,
    };
    if tags[token as usize] != plural
        || !document.word(token).ends_with('s')
        || document.word(token + 1) != "that"
        || !has_verb(tags, token + 2, sentence.end)
    {
        return false;
    }
    let before = tags[token as usize - 1];
    let singular = before
        == Tag {
            upos: Upos::Noun,
            form: Form::Base,
        };
    let clause = tags
        .get(token as usize + 2)
        .is_some_and(|t| !matches!(t.upos, Upos::Verb | Upos::Aux));
    let closes = document.word(token - 1) == ","
        && (sentence.start..token - 1).any(|t| document.word(t) == ",");
    before.upos == Upos::Propn || closes || singular && clause
}

fn has_verb(tags: &[Tag], from: u32, to: u32) -> bool {
    let tags = tags.get(from as usize..to as usize).unwrap_or_default();
    tags.iter()
        .any(|t| matches!(t.upos, Upos::Verb | Upos::Aux))
}

#[cfg(test)]
mod tests {
    use crate::annotation::{Annotator, Model, Upos};
    use crate::text::Document;

    fn tag_of(word: &str, text: &str) -> Upos {
        let document = Document::new("test", text);
        let tags = Annotator::new(Model::builtin()).tags(&document);
        let at = (0..tags.len())
            .find(|t| document.word(*t as u32) == word)
            .expect("the word is there");
        tags[at].upos
    }

    #[test]
    fn a_noun_before_a_reported_clause_is_a_verb() {
        assert_eq!(
            tag_of(
                "estimates",
                "Clean Harbours, a charity, estimates that 300 nets were lost."
            ),
            Upos::Verb
        );
        assert_eq!(
            tag_of(
                "estimates",
                "The ministry estimates that more than 300 people left."
            ),
            Upos::Verb
        );
    }

    #[test]
    fn a_noun_with_a_relative_clause_stays_one() {
        assert_eq!(
            tag_of(
                "estimates",
                "The new estimates that were published are low."
            ),
            Upos::Noun
        );
    }
}
