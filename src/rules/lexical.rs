//! Tests that one word decides, by that word: the words of a sentence then say which tests pass, and tests whose words
//! do not occur cost nothing.

use super::program::TestId;
use super::tables::{Tables, TokenTest};
use super::vocabulary::WordId;

/// A test that a word passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Passed {
    /// The test.
    pub(crate) test: TestId,
    /// The test on letters that the word must pass too (`"US"`), where there is one.
    pub(crate) exact: Option<TestId>,
}

/// Tests by the words that pass them.
#[derive(Clone, Debug, Default)]
pub(crate) struct LexicalTests {
    words: ByWord,
    lemmas: ByWord,
    /// By test: whether words alone decide it.
    is_lexical: Vec<bool>,
}

/// Rows of tests, one a word.
#[derive(Clone, Debug, Default)]
struct ByWord {
    starts: Vec<u32>,
    passed: Vec<Passed>,
}

impl LexicalTests {
    /// Sorts the tests of rules.
    pub(crate) fn new(tables: &Tables, words: u32) -> Self {
        let mut of_words = Vec::new();
        let mut of_lemmas = Vec::new();
        let mut is_lexical = Vec::with_capacity(tables.tests.len());
        for number in 0..tables.tests.len() as u32 {
            let test = TestId(number);
            let lexical = decided(test, tables);
            is_lexical.push(lexical);
            if lexical {
                leaves(test, tables, &mut |leaf| match &tables.tests[leaf.0 as usize] {
                    TokenTest::Word(word) => of_words.push((*word, Passed { test, exact: None })),
                    TokenTest::Exact(word, _) => {
                        let exact = Some(leaf);
                        of_words.push((*word, Passed { test, exact }));
                    }
                    TokenTest::Lemma(word) => {
                        of_words.push((*word, Passed { test, exact: None }));
                        of_lemmas.push((*word, Passed { test, exact: None }));
                    }
                    _ => {}
                });
            }
        }
        Self {
            words: ByWord::new(of_words, words),
            lemmas: ByWord::new(of_lemmas, words),
            is_lexical,
        }
    }

    /// Whether words alone decide a test.
    pub(crate) fn decides(&self, test: TestId) -> bool {
        self.is_lexical[test.0 as usize]
    }

    /// Tests that a word passes.
    pub(crate) fn of_word(&self, word: WordId) -> &[Passed] {
        self.words.of(word)
    }

    /// Tests that a word passes by its lemma.
    pub(crate) fn of_lemma(&self, lemma: WordId) -> &[Passed] {
        self.lemmas.of(lemma)
    }
}

impl ByWord {
    fn new(mut found: Vec<(WordId, Passed)>, words: u32) -> Self {
        found.sort_unstable();
        found.dedup();
        let starts = (0..=words).map(|word| found.partition_point(|(w, _)| w.0 < word) as u32);
        Self {
            starts: starts.collect(),
            passed: found.into_iter().map(|(_, passed)| passed).collect(),
        }
    }

    fn of(&self, word: WordId) -> &[Passed] {
        let at = word.0 as usize;
        match self.starts.get(at..at.saturating_add(2)) {
            Some([start, end]) => &self.passed[*start as usize..*end as usize],
            _ => &[],
        }
    }
}

fn decided(test: TestId, tables: &Tables) -> bool {
    match &tables.tests[test.0 as usize] {
        TokenTest::Word(_) | TokenTest::Exact(..) | TokenTest::Lemma(_) => true,
        TokenTest::Or(parts) => parts.iter().all(|part| decided(*part, tables)),
        _ => false,
    }
}

fn leaves(test: TestId, tables: &Tables, visit: &mut impl FnMut(TestId)) {
    match &tables.tests[test.0 as usize] {
        TokenTest::Or(parts) => parts.iter().for_each(|part| leaves(*part, tables, visit)),
        _ => visit(test),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_knows_the_tests_that_it_passes() {
        let mut tables = Tables::default();
        let (us, say) = (WordId(0), WordId(1));
        let exact = tables.test(TokenTest::Exact(us, "US".into()));
        let lemma = tables.test(TokenTest::Lemma(say));
        let either = tables.test(TokenTest::Or(vec![exact, lemma]));
        let neither = tables.test(TokenTest::Not(either));
        let lexical = LexicalTests::new(&tables, 2);
        let passed = |test, exact| Passed { test, exact };
        let of_us = [passed(exact, Some(exact)), passed(either, Some(exact))];
        let of_say = [passed(lemma, None), passed(either, None)];
        assert_eq!(lexical.of_word(us), of_us);
        assert_eq!(lexical.of_word(say), of_say);
        assert_eq!(lexical.of_lemma(say), of_say);
        assert!(lexical.of_lemma(us).is_empty() && lexical.of_word(WordId::UNKNOWN).is_empty());
        assert!(lexical.decides(either) && !lexical.decides(neither));
    }
}
