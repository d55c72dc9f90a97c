//! Paragraph → sentences: `memchr` to each stop, then rules over the words around it.

use memchr::{memchr3_iter, memmem};

use super::abbreviations::{self, Stop};
use super::chars::{self, DIGIT, LETTER, SPACE, is};
use super::{Span, work};

/// How many bytes of a word before a stop are looked at; longer ones are no abbreviations.
const WORD_BYTES: usize = 24;

/// Words that start sentences and seldom follow an abbreviation otherwise, in lower case; sorted.
#[rustfmt::skip]
const STARTERS: &[&str] = &[
    "a", "according", "after", "all", "also", "although", "an", "and", "another", "as", "at", "because", "before",
    "both", "but", "by", "despite", "during", "each", "even", "every", "for", "from", "he", "her", "here", "his",
    "how", "however", "i", "if", "in", "is", "it", "its", "last", "many", "meanwhile", "more", "most", "my", "no",
    "not", "now", "on", "once", "one", "only", "or", "others", "our", "she", "since", "so", "some", "such", "that",
    "the", "their", "then", "there", "these", "they", "this", "those", "though", "to", "under", "we", "what",
    "when", "where", "while", "who", "why", "with", "yes", "yet", "you",
];

/// Days, months and zones that follow a time; sorted.
#[rustfmt::skip]
const CALENDAR: &[&str] = &[
    "april", "august", "central", "december", "eastern", "february", "friday", "january", "july", "june", "march",
    "may", "monday", "mountain", "november", "october", "pacific", "saturday", "september", "sunday", "thursday",
    "tuesday", "wednesday",
];

/// Verbs that follow a quoted question or exclamation inside its sentence: `"Why now?" Smith asked.`; sorted.
#[rustfmt::skip]
const REPORTING: &[&str] = &[
    "added", "adds", "answered", "asked", "asks", "called", "continued", "cried", "declared", "demanded",
    "exclaimed", "joked", "replied", "said", "says", "shouted", "tells", "told", "tweeted", "whispered", "wondered",
    "writes", "wrote", "yelled",
];

/// Spans of the sentences of one paragraph, without the blanks around them.
///
/// ```
/// let text = "\"We know it.\" He left on Sept. 3 with Mr. Brown. Nobody asked.";
/// let sentences = sayso::text::split_sentences(text);
/// assert_eq!(&text[sentences[1].range()], "He left on Sept. 3 with Mr. Brown.");
/// assert_eq!(sentences.len(), 3);
/// ```
pub fn split_sentences(text: &str) -> Vec<Span> {
    let text = super::cut_to_limit(text);
    let mut sentences = Vec::with_capacity(text.len() / 100);
    split(text, Span::new(0, text.len() as u32), |span| {
        sentences.push(span);
    });
    sentences
}

/// Calls `emit` with the sentences of a paragraph in order.
pub(super) fn split(text: &str, paragraph: Span, mut emit: impl FnMut(Span)) {
    let splitter = Splitter {
        text,
        bytes: text.as_bytes(),
        end: paragraph.end as usize,
    };
    let mut start = chars::skip_blanks(text, paragraph.start as usize, splitter.end);
    let area = &splitter.bytes[paragraph.range()];
    let mut dots = memmem::find_iter(area, "…")
        .map(|at| at + paragraph.start as usize)
        .peekable();
    let mut stops = memchr3_iter(b'.', b'!', b'?', area)
        .map(|at| at + paragraph.start as usize)
        .peekable();
    let mut done = start;
    while let Some(at) = next_candidate(&mut stops, &mut dots) {
        work::count(1);
        if at < done {
            continue;
        }
        let (end, verdict) = splitter.judge(start, at);
        done = end;
        if verdict {
            emit(Span::new(start as u32, end as u32));
            start = chars::skip_blanks(text, end, splitter.end);
        }
    }
    let end = start + chars::trim(&text[start..splitter.end]).len();
    if end > start {
        emit(Span::new(start as u32, end as u32));
    }
}

/// The next of two ascending sequences.
fn next_candidate(
    stops: &mut std::iter::Peekable<impl Iterator<Item = usize>>,
    dots: &mut std::iter::Peekable<impl Iterator<Item = usize>>,
) -> Option<usize> {
    match (stops.peek(), dots.peek()) {
        (Some(stop), Some(dot)) if dot < stop => dots.next(),
        (None, _) => dots.next(),
        _ => stops.next(),
    }
}

/// One paragraph under the rules.
struct Splitter<'t> {
    text: &'t str,
    bytes: &'t [u8],
    end: usize,
}

/// What comes after a stop and its closing marks.
struct Next {
    /// First byte of the next word, after blanks and opening marks.
    word: usize,
    /// Whether it may start a sentence: a capital, a digit, a letter of a script without case, a bullet.
    starts: bool,
    /// Whether it starts with a digit.
    digit: bool,
}

impl Splitter<'_> {
    /// Judges the stop at `at` of the sentence from `start`: where its marks end, and whether a sentence ends there.
    fn judge(&self, start: usize, at: usize) -> (usize, bool) {
        let run = self.run_end(at);
        let end = self.closers_end(run);
        let after = chars::skip_blanks(self.text, end, self.end);
        if after >= self.end {
            return (end, false);
        }
        if after == end {
            return (run, self.is_glued_end(at, run));
        }
        let next = self.next(after);
        let single = run == at + 1 && self.bytes[at] == b'.';
        let ends = next.starts
            && if single {
                self.stop_ends(start, at, end, &next)
            } else {
                !self.is_quoted_question(run, end, &next)
            };
        if ends {
            (self.citation_end(end), true)
        } else {
            (end, false)
        }
    }

    /// The end of the run of `.`, `!`, `?` and `…` that starts at a byte.
    fn run_end(&self, mut at: usize) -> usize {
        loop {
            match self.bytes.get(at) {
                Some(b'.' | b'!' | b'?') if at < self.end => at += 1,
                Some(0xE2) if at < self.end && self.text[at..].starts_with('…') => at += 3,
                _ => return at,
            }
            work::count(1);
        }
    }

    /// The end of the quotes and brackets that close from a byte on.
    fn closers_end(&self, mut at: usize) -> usize {
        while at < self.end {
            at += match self.bytes[at] {
                b'"' | b'\'' | b')' | b']' | b'}' => 1,
                0xE2 if self.text[at..].starts_with(['”', '’', '›']) => 3,
                0xC2 if self.text[at..].starts_with('»') => 2,
                _ => break,
            };
            work::count(1);
        }
        at
    }

    /// The end of a note like `[3]` or `[1 - 3]` right after a sentence, else the byte itself.
    fn citation_end(&self, end: usize) -> usize {
        let open = chars::skip_blanks(self.text, end, self.end);
        if self.bytes.get(open) != Some(&b'[') || open > end + 1 {
            return end;
        }
        let inside = &self.bytes[open + 1..self.end.min(open + WORD_BYTES)];
        let Some(close) = inside.iter().position(|b| *b == b']') else {
            return end;
        };
        let number =
            |b: &u8| is(*b, DIGIT | SPACE) || matches!(b, b',' | b'-' | 0xE2 | 0x80 | 0x93);
        let after = open + 2 + close;
        let border = after >= self.end || is(self.bytes[after], SPACE);
        if close > 0 && border && inside[..close].iter().all(number) {
            after
        } else {
            end
        }
    }

    /// What starts at a byte that is not blank.
    fn next(&self, at: usize) -> Next {
        let mut word = at;
        while word < self.end {
            word += match self.bytes[word] {
                b'"' | b'\'' | b'(' | b'[' | b'`' => 1,
                0xE2 if self.text[word..].starts_with(['“', '‘', '‹']) => 3,
                0xC2 if self.text[word..].starts_with(['«', '¿', '¡']) => 2,
                _ => break,
            };
            work::count(1);
        }
        let first = chars::char_at(self.text, word).filter(|_| word < self.end);
        let bullet = word == at
            && matches!(
                first,
                Some('-' | '*' | '#' | '•' | '–' | '—' | '$' | '£' | '€' | '@')
            );
        let starts = first.is_some_and(|c| {
            c.is_uppercase()
                || c.is_numeric()
                || c.is_alphabetic() && !c.is_lowercase()
                || !c.is_ascii() && !is_dash(c) && !c.is_lowercase()
        });
        Next {
            word,
            starts: starts || bullet,
            digit: first.is_some_and(char::is_numeric),
        }
    }

    /// Whether a single full stop at `at` ends the sentence, when something that may start one follows.
    fn stop_ends(&self, start: usize, at: usize, end: usize, next: &Next) -> bool {
        let from = self.word_start(start, at);
        let word = &self.text[from..at];
        let starter = || self.is_starter(next.word);
        // "1. Foo": the number of a list, not a sentence.
        if from == start && !word.is_empty() && word.bytes().all(|b| is(b, DIGIT)) {
            return false;
        }
        if word.len() == 1 && is(word.as_bytes()[0], LETTER) {
            return self.letter_ends(word.as_bytes()[0], end > at + 1, next, starter);
        }
        if is_dotted(word) {
            // "the U.S. The", "at 5 p.m. He", but "U.S. President".
            return end > at + 1
                || starter()
                || is_time(word) && !self.goes_on_after_time(next.word);
        }
        match abbreviations::stop_after(word, next.digit) {
            Stop::Ends => true,
            Stop::Never => end > at + 1,
            Stop::Maybe => end > at + 1 || starter(),
        }
    }

    /// Whether the word at a byte still belongs to a time before it: `5 p.m. Monday`, `9 a.m. GMT`.
    fn goes_on_after_time(&self, at: usize) -> bool {
        let end = chars::word_end(self.text, at, self.end.min(at + WORD_BYTES));
        let word = &self.text[at..end];
        let zone = !word.contains(char::is_lowercase);
        zone || chars::lower(word).is_some_and(|word| word.is_in(CALENDAR))
    }

    /// Whether a single letter and its stop end the sentence: `plan B. The`, but `George W. Bush`.
    fn letter_ends(
        &self,
        letter: u8,
        closed: bool,
        next: &Next,
        starter: impl Fn() -> bool,
    ) -> bool {
        if letter == b'I'
            || closed
            || is(self.bytes[next.word], DIGIT) && !matches!(letter, b'c' | b'p' | b'v')
        {
            return true;
        }
        starter()
    }

    /// The start of the word before a stop, at most [`WORD_BYTES`] back and not before the sentence.
    fn word_start(&self, start: usize, at: usize) -> usize {
        let mut from = at;
        while from > start && at - from < WORD_BYTES {
            let byte = self.bytes[from - 1];
            if is(byte, SPACE) || matches!(byte, b'(' | b'[' | b'"' | b'\'' | b'-' | b'/') {
                break;
            }
            from -= 1;
        }
        work::count(at - from);
        // A curly quote or a blank of Unicode before the word; also lands on a border of characters.
        while from < at && self.bytes[from] >= 0x80 {
            from += 1;
        }
        from
    }

    /// Whether the word at a byte starts sentences.
    fn is_starter(&self, at: usize) -> bool {
        let end = chars::word_end(self.text, at, self.end.min(at + WORD_BYTES));
        chars::lower(&self.text[at..end]).is_some_and(|word| word.is_in(STARTERS))
    }

    /// Whether a quoted question or exclamation goes on with its speaker: `"Why now?" Mr Smith asked.`
    fn is_quoted_question(&self, run: usize, end: usize, next: &Next) -> bool {
        if run == end || !self.text[run..end].contains(['"', '\'', '”', '’']) {
            return false;
        }
        let mut at = next.word;
        for _ in 0..5 {
            let word = chars::word_end(self.text, at, self.end);
            if chars::lower(&self.text[at..word]).is_some_and(|w| w.is_in(REPORTING)) {
                return true;
            }
            let following = chars::skip_blanks(self.text, word, self.end);
            if word == at || following == word {
                return false;
            }
            at = following;
        }
        false
    }

    /// Whether a sentence ends at a stop with no blank after it, as where a page lost a line end: `the war.Officials`.
    fn is_glued_end(&self, at: usize, run: usize) -> bool {
        let upper = self.bytes.get(run).is_some_and(u8::is_ascii_uppercase);
        let lower = self.bytes.get(run + 1).is_some_and(u8::is_ascii_lowercase);
        let before = &self.bytes[at.saturating_sub(3)..at];
        upper
            && lower
            && run < self.end
            && before.len() == 3
            && before.iter().all(u8::is_ascii_lowercase)
    }
}

/// Whether the character is a dash, which goes on with a sentence.
fn is_dash(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}' | '…' | '”' | '’')
}

/// Whether the word is `a.m` or `p.m`.
fn is_time(word: &str) -> bool {
    word.eq_ignore_ascii_case("a.m") || word.eq_ignore_ascii_case("p.m")
}

/// Whether the word is letters with stops between: `U.S`, `a.m`, `Ph.D`.
fn is_dotted(word: &str) -> bool {
    word.contains('.')
        && word
            .split('.')
            .all(|part| matches!(part.len(), 1 | 2) && part.bytes().all(|b| is(b, LETTER)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, sentences: &[&str]) {
        let found: Vec<&str> = split_sentences(text)
            .iter()
            .map(|s| &text[s.range()])
            .collect();
        assert_eq!(found, sentences);
    }

    #[test]
    fn word_lists_are_sorted() {
        for list in [STARTERS, CALENDAR, REPORTING] {
            assert!(list.is_sorted_by(|a, b| a < b), "{list:?}");
        }
    }

    #[test]
    fn abbreviations_do_not_end_sentences() {
        for whole in [
            "He met Mr. Lee and Sen. Ray in St. Louis on Sept. 21, 2022 at 5 p.m. Monday.",
            "J. R. Lee of Acme Inc. Europe said the U.S. President knew, e.g. Ann and No. 10.",
            "Norton (c. 1818) saw fig. 3 and p. 7.",
        ] {
            check(whole, &[whole]);
        }
    }

    #[test]
    fn abbreviations_end_sentences_before_a_new_one() {
        check(
            "He left the U.S. The port closed.",
            &["He left the U.S.", "The port closed."],
        );
        check(
            "It shut at 5 p.m. Police came.",
            &["It shut at 5 p.m.", "Police came."],
        );
        check(
            "He runs Acme Inc. She does not.",
            &["He runs Acme Inc.", "She does not."],
        );
        check(
            "They have plan B. It is ready.",
            &["They have plan B.", "It is ready."],
        );
    }

    #[test]
    fn quotation_marks_stay_with_their_sentence() {
        check("\"We know it.\" He left.", &["\"We know it.\"", "He left."]);
        check("“We know it.” He left.", &["“We know it.”", "He left."]);
        check(
            "He said: \"Go.\" \"Now?\" (Yes.) They went.",
            &["He said: \"Go.\"", "\"Now?\"", "(Yes.)", "They went."],
        );
    }

    #[test]
    fn quoted_question_goes_on_with_its_speaker() {
        check(
            "\"Stop!\" she said. \"Why?\" Ann Lee asked.",
            &["\"Stop!\" she said.", "\"Why?\" Ann Lee asked."],
        );
        check(
            "\"Why now?\" The port was quiet.",
            &["\"Why now?\"", "The port was quiet."],
        );
    }

    #[test]
    fn ellipses_notes_and_lost_line_ends() {
        check(
            "Wait… what? Well... Nobody knew.",
            &["Wait… what?", "Well...", "Nobody knew."],
        );
        check(
            "It fell. [1 - 3] It rose.",
            &["It fell. [1 - 3]", "It rose."],
        );
        check(
            "They won the war.Officials left at 3.5.",
            &["They won the war.", "Officials left at 3.5."],
        );
    }

    #[test]
    fn blanks_of_unicode_separate() {
        check(
            "\u{A0}It rose.\u{A0}It fell.\u{2003}",
            &["It rose.", "It fell."],
        );
        check(" \n\t", &[]);
    }
}
