//! Lemmas: `issued` → `issue`, `n't` → `not`.

use std::borrow::Cow;

use super::irregular;
use super::model::{Model, lemma_label};
use super::tag::{Form, Tag, Upos};
use super::word;

impl Model {
    /// The lemma of a word under its tag, in lower case: `Ministers` → `minister`, `'s` as auxiliary → `be`.
    ///
    /// Borrows from the word where the lemma is its beginning. Proper nouns are only put into lower case, but
    /// for plurals, so that `~minister` finds `Ministers` in a headline.
    pub fn lemmatize<'w>(&self, word: &'w str, tag: Tag) -> Cow<'w, str> {
        if is_normal(word) {
            return self.lemma_of_normal(word, tag);
        }
        let mut normal = String::new();
        lower(word, &mut normal);
        Cow::Owned(self.lemma_of_normal(&normal, tag).into_owned())
    }

    fn lemma_of_normal<'w>(&self, word: &'w str, tag: Tag) -> Cow<'w, str> {
        if let Some(lemma) = lemma_of_clitic(word, tag) {
            return Cow::Borrowed(lemma);
        }
        if tag.upos == Upos::Propn && tag.form != Form::Plural {
            return Cow::Borrowed(word);
        }
        let past = matches!(tag.form, Form::Past | Form::Participle);
        if let Some(base) = (past && tag.upos == Upos::Verb)
            .then(|| irregular::base(word))
            .flatten()
        {
            return Cow::Borrowed(base);
        }
        self.lemmas().apply(word, lemma_label(tag))
    }
}

fn is_normal(word: &str) -> bool {
    (word.bytes()).all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase())
}

/// Lower case with straight apostrophes; digits stay.
pub(super) fn lower(word: &str, buffer: &mut String) {
    if word.bytes().any(|byte| byte.is_ascii_digit()) {
        buffer.clear();
        buffer.push_str(&word.to_lowercase().replace(['’', '‘', 'ʼ'], "'"));
    } else {
        word::normalize(word, buffer);
    }
}

/// Clitics and what they leave behind: `ca` + `n't`, `wo` + `n't`.
fn lemma_of_clitic(word: &str, tag: Tag) -> Option<&'static str> {
    let verbal = matches!(tag.upos, Upos::Aux | Upos::Verb);
    Some(match word {
        "n't" => "not",
        "nt" if tag.upos == Upos::Part => "not",
        "'s" if tag.upos == Upos::Aux => "be",
        "'re" | "'m" => "be",
        "'ll" => "will",
        "'ve" => "have",
        "'d" if tag.form == Form::Past => "have",
        "'d" => "would",
        "ca" if verbal => "can",
        "wo" if verbal => "will",
        "sha" if verbal => "shall",
        _ => return None,
    })
}
