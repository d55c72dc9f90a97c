//! Tests that one word decides, by that word: the words of a sentence then say which tests pass, and tests whose words
//! do not occur cost nothing.

use super::program::TestId;
use super::rows::Rows;
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
    words: Rows<Passed>,
    lemmas: Rows<Passed>,
    /// By test: whether words alone decide it.
    is_lexical: Vec<bool>,
}

impl LexicalTests {
    /// Sorts the tests of rules.
    pub(crate) fn new(tables: &Tables) -> Self {
        let mut of_words = Vec::new();
        let mut of_lemmas = Vec::new();
        let mut is_lexical = Vec::with_capacity(tables.tests.len());
        for number in 0..tables.tests.len() as u32 {
            let test = TestId(number);
            let lexical = decided(test, tables);
            is_lexical.push(lexical);
            if lexical {
                leaves(
                    test,
                    tables,
                    &mut |leaf| match &tables.tests[leaf.0 as usize] {
                        TokenTest::Word(word) => {
                            of_words.push((word.0, Passed { test, exact: None }));
                        }
                        TokenTest::Exact(word, _) => {
                            let exact = Some(leaf);
                            of_words.push((word.0, Passed { test, exact }));
                        }
                        TokenTest::Lemma(word) => {
                            of_words.push((word.0, Passed { test, exact: None }));
                            of_lemmas.push((word.0, Passed { test, exact: None }));
                        }
                        _ => {}
                    },
                );
            }
        }
        Self {
            words: Rows::new(of_words),
            lemmas: Rows::new(of_lemmas),
            is_lexical,
        }
    }

    /// Whether words alone decide a test.
    pub(crate) fn decides(&self, test: TestId) -> bool {
        self.is_lexical[test.0 as usize]
    }

    /// Tests that a word passes.
    pub(crate) fn of_word(&self, word: WordId) -> &[Passed] {
        self.words.of(word.0)
    }

    /// Tests that a word passes by its lemma.
    pub(crate) fn of_lemma(&self, lemma: WordId) -> &[Passed] {
        self.lemmas.of(lemma.0)
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
        let lexical = LexicalTests::new(&tables);
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
