//! Tells speech of its own (`"We will stay," she said`) from words quoted inside a clause (`an "open" question`).

use crate::annotation::VerbFeatures;
use crate::annotation::layers::{NounGroup, Quotation, VerbGroup};
use crate::annotation::reading::Reading;
use crate::annotation::tag::Upos;
use crate::text::TokenSpan;

/// The clauses of a document, for questions about any stretch of it in logarithmic time.
pub(super) struct Clauses<'d> {
    reading: Reading<'d>,
    noun_groups: &'d [NounGroup],
    finite: Vec<TokenSpan>,
}

/// What stands before an opening mark.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// The beginning of the sentence, a dash, a bracket or another quotation mark.
    Beginning,
    Colon,
    Comma,
    Word,
}

impl<'d> Clauses<'d> {
    pub(super) fn new(
        reading: Reading<'d>,
        noun_groups: &'d [NounGroup],
        verb_groups: &'d [VerbGroup],
    ) -> Self {
        let finite = (verb_groups.iter())
            .filter(|group| group.features.has(VerbFeatures::FINITE))
            .map(|group| group.tokens)
            .collect();
        Self {
            reading,
            noun_groups,
            finite,
        }
    }

    /// Whether a quotation is speech of its own.
    pub(super) fn is_speech(&self, quotation: &Quotation) -> bool {
        let [words] = quotation.pieces[..] else {
            return true;
        };
        let clause = self.first_finite(words).is_some();
        match self.before(quotation.outer.start) {
            Before::Colon => true,
            Before::Beginning => self.begins_speech(quotation, words, clause),
            Before::Comma => self.speech_after_comma(quotation, words, clause),
            Before::Word => self.speech_after_word(quotation, words),
        }
    }

    fn before(&self, start: u32) -> Before {
        let sentence = self.reading.document.sentence_of(start);
        let sentence = self.reading.document.sentences[sentence as usize].tokens;
        if start <= sentence.start {
            return Before::Beginning;
        }
        match self.reading.word(start - 1) {
            ":" => Before::Colon,
            "," => Before::Comma,
            _ if self.reading.upos(start - 1) == Upos::Punct => Before::Beginning,
            _ => Before::Word,
        }
    }

    /// `"We will stay," she said`, `"No," she said`; not `"Squid Game" won` and not `"We can" is no answer`.
    fn begins_speech(&self, quotation: &Quotation, words: TokenSpan, clause: bool) -> bool {
        let after = quotation.outer.end;
        if self.reading.is(after, &[","]) || self.ends_with(words, &[",", "!", "?"]) {
            return true;
        }
        let subject_of_more = self.reading.upos(after) == Upos::Aux;
        clause && !subject_of_more
            || self.ends_with(words, &[".", "…", "..."])
            || self.is_whole_sentence(quotation)
    }

    /// `she said, "No."`, but not the second title of a list.
    fn speech_after_comma(&self, quotation: &Quotation, words: TokenSpan, clause: bool) -> bool {
        let comma = quotation.outer.start - 1;
        let after_verb = comma > 0 && self.reading.upos(comma - 1) == Upos::Verb;
        clause && !self.is_title(words) || after_verb
    }

    /// `she said "we will stay"` is speech; `said that "we will stay"`, `said it "is dead"` and titles go on outside.
    fn speech_after_word(&self, quotation: &Quotation, words: TokenSpan) -> bool {
        let before = quotation.outer.start - 1;
        if !self.has_own_subject(words) || self.is_title(words) || self.goes_on(quotation.outer.end)
        {
            return false;
        }
        match self.reading.upos(before) {
            Upos::Verb => true,
            // "told reporters "we will stay"", but "the slogan "we will stay""
            Upos::Noun | Upos::Propn | Upos::Pron => {
                self.is_addressee(before) || self.is_sentence_like(words)
            }
            Upos::Adv | Upos::Num => self.is_sentence_like(words),
            _ => false,
        }
    }

    /// Whether the author's clause goes on after the closing mark: `"is not enough" of a reason`.
    fn goes_on(&self, after: u32) -> bool {
        matches!(
            self.reading.upos(after),
            Upos::Adp | Upos::Aux | Upos::Noun | Upos::Propn | Upos::Part
        )
    }

    /// Whether the noun group that ends here follows a verb of telling.
    fn is_addressee(&self, last: u32) -> bool {
        let from = self
            .noun_groups
            .partition_point(|group| group.tokens.start <= last);
        let group = (self.noun_groups[..from].iter().rev().take(8))
            .filter(|group| group.tokens.end == last + 1)
            .min_by_key(|group| group.tokens.start);
        group.is_some_and(|group| {
            group.tokens.start > 0
                && self.reading.is(
                    group.tokens.start - 1,
                    &[
                        "told", "tell", "tells", "telling", "asked", "asks", "asking", "warned",
                        "reminded", "assured",
                    ],
                )
        })
    }

    /// Whether it begins with a capital and ends like a sentence.
    fn is_sentence_like(&self, words: TokenSpan) -> bool {
        self.reading
            .word(words.start)
            .starts_with(char::is_uppercase)
            && self.ends_with(words, &[".", "!", "?", ",", "…", "..."])
    }

    /// Whether nothing but a final mark follows in the sentence.
    fn is_whole_sentence(&self, quotation: &Quotation) -> bool {
        let document = self.reading.document;
        let sentence = document.sentence_of(quotation.outer.start);
        let tokens = document.sentences[sentence as usize].tokens;
        tokens.end <= quotation.outer.end
            || tokens.end == quotation.outer.end + 1 && self.reading.is(quotation.outer.end, &["."])
    }

    fn ends_with(&self, words: TokenSpan, marks: &[&str]) -> bool {
        marks.contains(&self.reading.word(words.end - 1))
    }

    fn first_finite(&self, words: TokenSpan) -> Option<TokenSpan> {
        let from = self
            .finite
            .partition_point(|group| group.start < words.start);
        (self.finite.get(from).copied()).filter(|group| group.end <= words.end)
    }

    /// Whether a noun group stands inside, before the first finite verb.
    fn has_own_subject(&self, words: TokenSpan) -> bool {
        let Some(verb) = self.first_finite(words) else {
            return false;
        };
        let from = self
            .noun_groups
            .partition_point(|group| group.tokens.start < words.start);
        (self.noun_groups.get(from)).is_some_and(|group| group.tokens.end <= verb.start)
    }

    /// Whether every longer word has a capital, as in the title of a work; looks at no more than twelve words.
    fn is_title(&self, words: TokenSpan) -> bool {
        let long = || {
            (words.start..words.end)
                .map(|token| self.reading.word(token))
                .filter(|word| word.len() >= 4 && word.starts_with(char::is_alphabetic))
        };
        words.len() <= 12
            && long().count() >= 2
            && long().all(|word| word.starts_with(char::is_uppercase))
    }
}
