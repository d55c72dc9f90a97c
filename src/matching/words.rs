//! The words of a document as rules compare them: numbers instead of strings.

use super::inflection;
use crate::annotation::values::WordValue;
use crate::annotation::{Annotation, Tag, Upos};
use crate::rules::RuleSet;
use crate::rules::vocabulary::{WordId, fold};
use crate::text::Document;
use rustc_hash::FxHashMap;

/// Gives the base form of a word.
pub type Lemmatize<'a> = dyn Fn(&str, Tag) -> String + 'a;

/// What is known of a spelling, whatever the document.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a shape that rules ask for"
)]
pub(super) struct Form {
    /// Number of its folded spelling among all seen so far.
    pub(super) folded: u32,
    /// Its number in the rules' vocabulary.
    pub(super) word: WordId,
    /// Numbers of its lemmas, by tag.
    lemmas: Vec<(Tag, WordId)>,
    /// Begins with a capital.
    pub(super) cap: bool,
    /// All letters are capitals, two at least.
    pub(super) upper: bool,
    /// All letters are small, one at least.
    pub(super) lower: bool,
    /// Small and capital letters mixed behind the first.
    pub(super) mixed: bool,
    /// Begins with a digit.
    pub(super) digit: bool,
    /// Holds a hyphen.
    pub(super) hyphen: bool,
    /// Code points.
    pub(super) length: u32,
    /// What it is as a mark.
    marks: Marks,
    /// What it can be part of.
    pub(super) value: WordValue,
}

/// What a spelling is as a mark, or as a word that the engine itself knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks(u8);

impl Marks {
    /// Ends a sentence.
    pub(super) const FINAL: Self = Self(1);
    /// May stand behind the last word of a sentence.
    pub(super) const CLOSES: Self = Self(2);
    /// May stand before the first word of a sentence.
    pub(super) const OPENS: Self = Self(4);
    /// Is not skipped by gaps.
    pub(super) const STOPS_GAPS: Self = Self(8);
    /// A comma.
    pub(super) const COMMA: Self = Self(16);
    /// Joins the last member of a coordination.
    pub(super) const JOINS: Self = Self(32);

    /// Whether it is this too.
    pub(super) const fn has(self, mark: Self) -> bool {
        self.0 & mark.0 != 0
    }

    fn of(word: &str) -> Self {
        let kinds = match word {
            "." | "!" | "?" => &[Self::FINAL, Self::CLOSES, Self::STOPS_GAPS][..],
            "\"" => &[Self::OPENS, Self::CLOSES, Self::STOPS_GAPS],
            "“" | "„" | "«" => &[Self::OPENS, Self::STOPS_GAPS],
            "”" | "»" => &[Self::CLOSES, Self::STOPS_GAPS],
            "'" => &[Self::OPENS, Self::CLOSES],
            "‘" | "(" | "[" | "--" | "–" | "—" => &[Self::OPENS],
            "’" | ")" | "]" => &[Self::CLOSES],
            "," => &[Self::COMMA],
            "and" | "or" | "&" => &[Self::JOINS],
            _ => &[],
        };
        Self(kinds.iter().fold(0, |all, kind| all | kind.0))
    }
}

/// All spellings seen so far; kept between documents.
#[derive(Clone, Debug, Default)]
pub(super) struct Forms {
    numbers: FxHashMap<Box<str>, u32>,
    known: Vec<Form>,
    folded: FxHashMap<Box<str>, u32>,
    buffer: String,
}

/// Spellings kept before memory is given back; a large city's newspaper has some 200,000 a year.
const MAX_FORMS: usize = 1 << 18;

impl Forms {
    /// Forgets everything where too much has come together. Numbers change, so only between documents.
    pub(super) fn trim(&mut self) {
        if self.known.len() > MAX_FORMS {
            *self = Self::default();
        }
    }

    pub(super) fn get(&self, number: u32) -> &Form {
        &self.known[number as usize]
    }

    /// The number of a spelling.
    pub(super) fn number(&mut self, word: &str, rules: &RuleSet) -> u32 {
        if let Some(&number) = self.numbers.get(word) {
            return number;
        }
        self.buffer.clear();
        fold(word, &mut self.buffer);
        let next = self.folded.len() as u32;
        let folded = if let Some(&known) = self.folded.get(self.buffer.as_str()) {
            known
        } else {
            self.folded.insert(self.buffer.as_str().into(), next);
            next
        };
        let number = self.known.len() as u32;
        self.known
            .push(form(word, folded, rules.vocabulary.get(&self.buffer)));
        self.numbers.insert(word.into(), number);
        number
    }

    /// The number of the folded spelling of a word, where any document had it.
    pub(super) fn known(&self, word: &str) -> Option<u32> {
        self.folded
            .get(crate::rules::vocabulary::folded(word).as_str())
            .copied()
    }

    fn lemma(
        &mut self,
        number: u32,
        word: &str,
        tag: Tag,
        rules: &RuleSet,
        lemmatize: &Lemmatize<'_>,
    ) -> WordId {
        if let Some(&(_, lemma)) = self.known[number as usize]
            .lemmas
            .iter()
            .find(|(t, _)| *t == tag)
        {
            return lemma;
        }
        let lemma = lemmatize(word, tag);
        self.buffer.clear();
        fold(&lemma, &mut self.buffer);
        let mut lemma = rules.vocabulary.get(&self.buffer);
        if lemma == WordId::UNKNOWN && matches!(tag.upos, Upos::Verb | Upos::Noun) {
            lemma = self.inflected(word, rules);
        }
        self.known[number as usize].lemmas.push((tag, lemma));
        lemma
    }

    /// A word of the rules that this one is a regular inflection of. The model guesses the lemmas of words it has not
    /// seen, and a guess that no rule names says nothing.
    fn inflected(&mut self, word: &str, rules: &RuleSet) -> WordId {
        self.buffer.clear();
        fold(word, &mut self.buffer);
        let bases = inflection::base_forms(&self.buffer);
        let mut known = bases.iter().map(|base| rules.vocabulary.get(base));
        known
            .find(|base| *base != WordId::UNKNOWN)
            .unwrap_or(WordId::UNKNOWN)
    }
}

fn form(word: &str, folded: u32, known: WordId) -> Form {
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    let (mut small, mut capital) = (0, 0);
    for letter in letters() {
        small += u32::from(letter.is_lowercase());
        capital += u32::from(letter.is_uppercase());
    }
    let first = word.chars().next();
    let behind = word.chars().skip(1);
    Form {
        folded,
        word: known,
        lemmas: Vec::new(),
        cap: first.is_some_and(char::is_uppercase),
        upper: small == 0 && capital >= 2,
        lower: capital == 0 && small >= 1,
        mixed: small > 0 && behind.filter(|c| c.is_uppercase()).count() > 0,
        digit: first.is_some_and(char::is_numeric),
        hyphen: word.contains(['-', '‐', '‑']),
        length: word.chars().count() as u32,
        marks: Marks::of(word),
        value: WordValue::of(word),
    }
}

/// The words of one document.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    /// Form of each token.
    pub(super) forms: Vec<u32>,
    /// Number of its lemma in the vocabulary.
    pub(super) lemmas: Vec<WordId>,
    /// Number of each token in the vocabulary.
    pub(super) numbers: Vec<WordId>,
    /// What each token is as a mark.
    pub(super) marks: Vec<Marks>,
    /// Folded spellings that occur in small letters.
    small: Vec<u64>,
    /// By token: whether capitals say nothing there.
    headline: Vec<bool>,
}

impl Words {
    pub(super) fn fill(
        &mut self,
        document: &Document,
        annotation: &Annotation,
        forms: &mut Forms,
        rules: &RuleSet,
        lemmatize: &Lemmatize<'_>,
    ) {
        self.forms.clear();
        self.lemmas.clear();
        self.marks.clear();
        self.numbers.clear();
        self.small.clear();
        for (token, &tag) in document.tokens.iter().zip(&annotation.tags) {
            let word = token.spelling(&document.text);
            let number = forms.number(word, rules);
            self.lemmas
                .push(forms.lemma(number, word, tag, rules, lemmatize));
            self.forms.push(number);
            let form = forms.get(number);
            self.marks.push(form.marks);
            self.numbers.push(form.word);
            if form.lower {
                let (at, bit) = (form.folded as usize / 64, form.folded % 64);
                if self.small.len() <= at {
                    self.small.resize(at + 1, 0);
                }
                self.small[at] |= 1 << bit;
            }
        }
        super::headlines::mark(document, &self.forms, forms, &mut self.headline);
    }

    /// Whether a token stands where capitals say nothing.
    pub(super) fn is_headline(&self, token: u32) -> bool {
        self.headline[token as usize]
    }

    /// Whether a folded spelling occurs in small letters in this document.
    pub(super) fn occurs_small(&self, folded: u32) -> bool {
        self.small
            .get(folded as usize / 64)
            .is_some_and(|bits| bits >> (folded % 64) & 1 == 1)
    }
}
