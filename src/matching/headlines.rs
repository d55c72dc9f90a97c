//! Where capitals say nothing: lines of capitals, and headlines with a capital at every word.

use super::words::{Form, Forms};
use crate::text::{Document, Sentence, TokenSpan, ZoneKind};

/// Words of this many letters are small in a headline of capitals only if it is none.
const LONG: u32 = 4;
/// So many long words with a capital make a headline of a line without long small words.
const TITLE_WORDS: u32 = 4;
/// So many words in capitals one after the other are shouted inside a sentence too, if enough of them are no acronyms.
const RUN: usize = 4;
/// Letters of a word that is no acronym, and how many of these there must be.
const SPELLED: (u32, usize) = (6, 2);

/// Marks each token.
pub(super) fn mark(document: &Document, numbers: &[u32], forms: &Forms, marks: &mut Vec<bool>) {
    marks.clear();
    marks.resize(document.tokens.len(), false);
    for sentence in &document.sentences {
        let tokens = sentence.tokens;
        let forms_of = |token: u32| forms.get(numbers[token as usize]);
        if shouted(tokens, forms_of) || titled(document, sentence, forms_of) {
            marks[tokens.range()].fill(true);
        } else {
            mark_runs(tokens, forms_of, marks);
        }
    }
}

/// No small letter, and a word of capitals.
fn shouted<'f>(tokens: TokenSpan, form: impl Fn(u32) -> &'f Form) -> bool {
    let mut capitals = false;
    for token in tokens.start..tokens.end {
        let form = form(token);
        if form.lower || form.mixed || form.cap && !form.upper && form.length > 1 {
            return false;
        }
        capitals |= form.upper;
    }
    capitals
}

/// A line without a final mark, most of whose words have a capital and none of whose longer ones is small.
fn titled<'f>(document: &Document, sentence: &Sentence, form: impl Fn(u32) -> &'f Form) -> bool {
    let tokens = sentence.tokens;
    // Lines about authors are made of names.
    if matches!(sentence.zone, ZoneKind::Byline | ZoneKind::Credit) {
        return false;
    }
    if tokens.is_empty() || matches!(document.word(tokens.end - 1), "." | ":" | ";" | "\"" | "”")
    {
        return false;
    }
    let mut capitals = 0;
    for token in tokens.start..tokens.end {
        let form = form(token);
        if form.lower && form.length >= LONG {
            return false;
        }
        capitals += u32::from(form.cap && form.length >= LONG);
    }
    capitals >= TITLE_WORDS
}

/// Long runs of capitals inside a sentence.
fn mark_runs<'f>(tokens: TokenSpan, form: impl Fn(u32) -> &'f Form, marks: &mut [bool]) {
    let mut run: Vec<u32> = Vec::new();
    let mut end_run = |run: &mut Vec<u32>| {
        let spelled = run.iter().filter(|t| form(**t).length >= SPELLED.0).count();
        if let (Some(&first), Some(&last)) = (run.first(), run.last())
            && run.len() >= RUN
            && spelled >= SPELLED.1
        {
            marks[first as usize..=last as usize].fill(true);
        }
        run.clear();
    };
    for token in tokens.start..tokens.end {
        let form = form(token);
        if form.upper {
            run.push(token);
        } else if form.lower || form.cap && form.length > 1 {
            end_run(&mut run);
        }
    }
    end_run(&mut run);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Annotator, Model};
    use crate::matching::words::Words;
    use crate::rules::RuleSet;

    /// The words of a text that stand where capitals say nothing.
    fn marked(text: &str) -> Vec<String> {
        let document = Document::new("test", text);
        let annotation = Annotator::new(Model::builtin()).annotate(&document);
        let (mut words, mut forms) = (Words::default(), Forms::default());
        let rules = RuleSet::default();
        words.fill(&document, &annotation, &mut forms, &rules, &|word, _| {
            word.to_owned()
        });
        let all = 0..document.tokens.len() as u32;
        all.filter(|t| words.is_headline(*t))
            .map(|t| document.word(t).to_owned())
            .collect()
    }

    #[test]
    fn lines_of_capitals_and_title_case_are_headlines() {
        assert_eq!(marked("FERRY SINKS OFF RIGA").len(), 4);
        assert_eq!(
            marked("Council Keeps the Bridge After a Long Night\n\nIt was late.").len(),
            8
        );
    }

    #[test]
    fn sentences_are_none_whatever_their_names() {
        assert!(marked("Prime Minister Anna Weber met Paul Lund of Norway.").is_empty());
        assert!(marked("The UN, NATO, OSCE and the EU agreed.").is_empty());
        assert!(marked("Anna Weber").is_empty());
        assert!(marked("Harbour fees rise again in Riga").is_empty());
    }

    #[test]
    fn a_run_of_capitals_inside_a_sentence_is_shouted() {
        let marked = marked("She said: \"HARBOUR CLOSED UNTIL FURTHER NOTICE\" was all.");
        assert_eq!(marked, ["HARBOUR", "CLOSED", "UNTIL", "FURTHER", "NOTICE"]);
    }
}
