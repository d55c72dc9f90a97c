//! Words named in rules and lists, each with a number. Frozen once the rules are compiled.

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Number of a word in a [`Vocabulary`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub u32);

impl WordId {
    /// A word that no rule and no list names.
    pub const UNKNOWN: Self = Self(u32::MAX);
}

/// Words, folded, with their numbers. Words of rules come first, those of lists after them.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    numbers: FxHashMap<Box<str>, u32>,
}

impl Vocabulary {
    /// The number of a folded word; gives it one where it has none.
    pub fn intern(&mut self, folded: &str) -> WordId {
        if let Some(&number) = self.numbers.get(folded) {
            return WordId(number);
        }
        let number = self.numbers.len() as u32;
        self.numbers.insert(folded.into(), number);
        WordId(number)
    }

    /// Makes room for so many more words.
    pub fn reserve(&mut self, words: usize) {
        self.numbers.reserve(words);
    }

    /// The number of a folded word.
    pub fn get(&self, folded: &str) -> WordId {
        self.numbers
            .get(folded)
            .map_or(WordId::UNKNOWN, |&number| WordId(number))
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }
}

/// Appends a word as it is compared: lower case, without accents, with straight marks and one kind of dash.
pub fn fold(word: &str, folded: &mut String) {
    if word.is_ascii() {
        let start = folded.len();
        folded.push_str(word);
        folded[start..].make_ascii_lowercase();
        return;
    }
    match word {
        "–" | "—" | "―" | "‒" => folded.push_str("--"),
        _ => {
            for c in word.nfkd().filter(|&c| !is_combining_mark(c)) {
                fold_char(c, folded);
            }
        }
    }
}

fn fold_char(c: char, folded: &mut String) {
    match c {
        '’' | '‘' | 'ʼ' | '‛' => folded.push('\''),
        '“' | '”' | '„' | '‟' | '«' | '»' => folded.push('"'),
        '‐' | '‑' => folded.push('-'),
        'ø' | 'Ø' => folded.push('o'),
        'ł' | 'Ł' => folded.push('l'),
        'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
        'ı' => folded.push('i'),
        'ß' => folded.push_str("ss"),
        'æ' | 'Æ' => folded.push_str("ae"),
        'œ' | 'Œ' => folded.push_str("oe"),
        _ => folded.extend(c.to_lowercase()),
    }
}

/// A word as it is compared.
pub fn folded(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold(word, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_curls_do_not_matter() {
        assert_eq!(folded("Rinkēvičs"), "rinkevics");
        assert_eq!(folded("’s"), "'s");
        assert_eq!(folded("—"), "--");
        assert_eq!(folded("Ørsted"), "orsted");
    }

    #[test]
    fn numbers_are_stable() {
        let mut vocabulary = Vocabulary::default();
        let first = vocabulary.intern("said");
        assert_eq!(vocabulary.intern("minister"), WordId(1));
        assert_eq!(vocabulary.intern("said"), first);
        assert_eq!(vocabulary.get("unheard"), WordId::UNKNOWN);
    }
}
