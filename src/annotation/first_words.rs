//! First words of sentences that the document knows as names: the capital of a first word says nothing, so `Daly`,
//! `Price` or `Stone` is easily taken for another word; elsewhere in the document its capital tells.

use super::tag::{Tag, Upos};
use crate::text::{Document, Sentence, ZoneKind};
use rustc_hash::FxHashMap;

/// Bytes of the shortest name that is looked for.
const SHORTEST: usize = 3;

/// What the rest of a document tells of a first word.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    /// It is a name inside of a sentence.
    named: bool,
    /// It is written small.
    small: bool,
}

/// Sentences whose first word the tagger took for a common word and that is a name elsewhere, by their index.
pub(super) fn names(document: &Document, tags: &[Tag]) -> Vec<usize> {
    let mut seen: FxHashMap<String, Seen> = FxHashMap::default();
    let doubtful: Vec<Option<u32>> = (document.sentences.iter())
        .map(|sentence| first_word(document, sentence).filter(|t| is_doubtful(document, *t, tags)))
        .collect();
    for token in doubtful.iter().flatten() {
        seen.insert(document.word(*token).to_lowercase(), Seen::default());
    }
    if seen.is_empty() {
        return Vec::new();
    }
    for sentence in &document.sentences {
        look_inside(document, sentence, tags, &mut seen);
    }
    let known = |token: &u32| {
        let seen = seen.get(&document.word(*token).to_lowercase());
        seen.is_some_and(|seen| seen.named && !seen.small)
    };
    let numbered = doubtful.iter().enumerate();
    numbered
        .filter(|(_, token)| token.as_ref().is_some_and(known))
        .map(|(number, _)| number)
        .collect()
}

/// Notes how the words of a sentence are written behind its first one. Titles have capitals of their own.
fn look_inside(
    document: &Document,
    sentence: &Sentence,
    tags: &[Tag],
    seen: &mut FxHashMap<String, Seen>,
) {
    let Some(first) = first_word(document, sentence) else {
        return;
    };
    for token in first + 1..sentence.tokens.end {
        let word = document.word(token);
        let capital = word.starts_with(char::is_uppercase);
        let name = capital && tags[token as usize].upos == Upos::Propn;
        if word.len() < SHORTEST || capital && !name {
            continue;
        }
        let known = if capital {
            seen.get_mut(&word.to_lowercase())
        } else {
            seen.get_mut(word)
        };
        if let Some(known) = known {
            known.named |= name && sentence.zone != ZoneKind::Title;
            known.small |= !capital;
        }
    }
}

/// The first token of a sentence that is no mark.
fn first_word(document: &Document, sentence: &Sentence) -> Option<u32> {
    let mut tokens = sentence.tokens.start..sentence.tokens.end;
    tokens.find(|token| document.word(*token).starts_with(char::is_alphanumeric))
}

/// Whether a word has a capital and was taken for one that any text may begin with.
fn is_doubtful(document: &Document, token: u32, tags: &[Tag]) -> bool {
    let word = document.word(token);
    let open = [
        Upos::Noun,
        Upos::Verb,
        Upos::Adj,
        Upos::Adv,
        Upos::Intj,
        Upos::X,
    ];
    word.len() >= SHORTEST
        && word.starts_with(char::is_uppercase)
        && open.contains(&tags[token as usize].upos)
}

#[cfg(test)]
mod tests {
    use crate::Document;
    use crate::annotation::{Annotator, Model, Upos};

    fn first_tag(text: &str, word: &str) -> Upos {
        let document = Document::new("test", text);
        let tags = Annotator::new(Model::builtin()).tags(&document);
        let at = (0..document.tokens.len() as u32).rfind(|token| document.word(*token) == word);
        tags[at.expect("the word") as usize].upos
    }

    #[test]
    fn a_first_word_is_the_name_that_it_is_elsewhere() {
        let alone = "Daly earlier told the board that it rained.";
        let named = format!("The head of the board is Sean Daly of Galway.\n\n{alone}");
        assert_eq!(first_tag(&named, "Daly"), Upos::Propn);
        assert_eq!(first_tag(&named, "told"), Upos::Verb);
    }

    #[test]
    fn a_word_that_is_also_written_small_stays_what_it_is() {
        let text =
            "The town of Price voted, as the price of oil rose.\n\nPrice rises hurt the poor.";
        assert_ne!(first_tag(text, "Price"), Upos::Propn);
    }
}
