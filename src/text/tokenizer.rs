//! Text → tokens: one pass over the bytes.
//!
//! # What a token is
//! - **Words** keep what belongs inside: `o'clock`, `U.S.`, `Mr.`, `AT&T`, `draft-age`; see [`super::hyphens`] for
//!   hyphens. Addresses, `@names` and `#tags` are one word.
//! - **Clitics** are split from their word: `Putin` `'s`, `do` `n't`, `can` `not`, `states` `'` (unless that mark
//!   closes a quotation).
//! - **Numbers** keep their commas, points and colons (`300,000`, `3.5`, `10:30`, `2022-09-21`) and ordinal or decade
//!   endings (`20th`, `1990s`); a glued unit is a token of its own (`1.13` `bn`, `10` `am`), and so are currency marks
//!   (`$`, `US$`) and `%`. Ranges and scores are three tokens (`25` `-` `34`).
//! - **Marks**: each on its own, but for runs of the same mark (`--`, `...`, `!!!`) and the two-character quotes of
//!   typewriters.

use super::chars::{self, CLASS, DIGIT, HIGH, LETTER, SPACE, UPPER, is};
use super::{Span, Token, TokenKind, addresses, hyphens, words};

/// The tokens of a text on its own, without sentences; patterns and lists are cut with it too.
///
/// Byte spans count from the start of `text`; what lies beyond 4 GiB is left out.
///
/// ```
/// let text = "They won't pay $1.13bn.";
/// let words: Vec<&str> = sayso::text::tokenize(text).iter().map(|t| &text[t.span.range()]).collect();
/// assert_eq!(words, ["They", "wo", "n't", "pay", "$", "1.13", "bn", "."]);
/// ```
pub fn tokenize(text: &str) -> Vec<Token> {
    let text = super::cut_to_limit(text);
    let mut scanner = Scanner::new(text);
    scanner.scan(0, text.len());
    scanner.out
}

/// Cuts stretches of one text into tokens.
pub(super) struct Scanner<'t> {
    pub(super) text: &'t str,
    pub(super) bytes: &'t [u8],
    /// End of the stretch: nothing at or after it is part of a token.
    pub(super) end: usize,
    /// Whether a blank stands before the next token.
    pub(super) spaced: bool,
    /// Whether a single quotation mark was opened and not closed, so that the next one after an `s` may close it.
    pub(super) open_single: bool,
    /// The tokens written so far.
    pub(super) out: Vec<Token>,
}

/// How a word goes on at a byte that is no letter or digit.
enum Joint {
    /// It goes on, and this is the byte after its next run of letters.
    Inside(usize),
    /// It ends before the byte.
    Over,
    /// It ends at this later byte.
    End(usize),
    /// Its tokens have been written up to this byte.
    Written(usize),
}

impl<'t> Scanner<'t> {
    /// Of a text; nothing is cut yet.
    pub(super) fn new(text: &'t str) -> Self {
        // English news has a token for every 5.3 bytes.
        let out = Vec::with_capacity(text.len() / 5);
        Self {
            text,
            bytes: text.as_bytes(),
            end: 0,
            spaced: true,
            open_single: false,
            out,
        }
    }

    /// Forgets open quotation marks: a new paragraph starts.
    pub(super) fn new_paragraph(&mut self) {
        self.open_single = false;
    }

    /// Cuts the bytes from `start` to `end`, both on borders of characters.
    pub(super) fn scan(&mut self, start: usize, end: usize) {
        self.end = end;
        self.spaced = chars::char_before(self.text, start).is_none_or(chars::is_blank);
        let mut at = start;
        while at < end {
            let class = CLASS[self.bytes[at] as usize];
            at = if class & SPACE != 0 {
                self.spaced = true;
                at + 1
            } else if class & LETTER != 0 {
                self.word(at)
            } else if class & DIGIT != 0 {
                self.number(at)
            } else if class & HIGH != 0 {
                self.high(at)
            } else {
                self.mark(at)
            };
        }
    }

    /// Writes a token and returns its end.
    pub(super) fn push(&mut self, start: usize, end: usize, kind: TokenKind) -> usize {
        let span = Span::new(start as u32, end as u32);
        self.out.push(Token {
            span,
            kind,
            spaced: self.spaced,
        });
        self.spaced = false;
        end
    }

    /// The byte at an index inside the stretch, else zero.
    pub(super) fn byte(&self, at: usize) -> u8 {
        if at < self.end { self.bytes[at] } else { 0 }
    }

    /// The end of the letters and digits from a byte on.
    pub(super) fn letters(&self, at: usize) -> usize {
        chars::word_end(self.text, at, self.end)
    }

    /// A token that starts outside ASCII.
    fn high(&mut self, at: usize) -> usize {
        if chars::high_word_len(self.text, at) > 0 {
            let c = chars::char_at(self.text, at).unwrap_or(' ');
            return if c.is_numeric() {
                self.number(at)
            } else {
                self.word(at)
            };
        }
        match chars::char_at(self.text, at) {
            Some(c) if chars::is_blank(c) => {
                self.spaced = true;
                at + c.len_utf8()
            }
            Some('\u{2018}') => {
                self.open_single = true;
                self.push(at, at + 3, TokenKind::Mark)
            }
            Some('\u{2019}') => self.apostrophe(at, 3),
            Some(c) => self.symbol(at, c),
            None => self.end,
        }
    }

    /// A word from its first letter on.
    fn word(&mut self, start: usize) -> usize {
        let mut at = self.letters(start);
        let mut hyphens = false;
        loop {
            match self.joint(start, at) {
                Joint::Inside(next) => {
                    hyphens |= chars::hyphen_len(self.bytes, at) > 0;
                    at = next;
                }
                Joint::Over => break,
                Joint::End(end) => return self.push(start, end, TokenKind::Word),
                Joint::Written(end) => return end,
            }
        }
        self.finish_word(start, at, hyphens)
    }

    /// Writes a word that ends before `end`, cut at its hyphens or before its clitic where it must be.
    fn finish_word(&mut self, start: usize, end: usize, hyphens: bool) -> usize {
        if hyphens && hyphens::cuts(&self.text[start..end]) {
            return self.parts(start, end);
        }
        if let Some(first) = words::fused(&self.bytes[start..end]) {
            self.push(start, start + first, TokenKind::Word);
            return self.push(start + first, end, TokenKind::Clitic);
        }
        let digit = is(self.bytes[start], DIGIT);
        self.push(
            start,
            end,
            if digit {
                TokenKind::Number
            } else {
                TokenKind::Word
            },
        )
    }

    /// Writes each part of a hyphenated word and each hyphen as a token.
    pub(super) fn parts(&mut self, start: usize, end: usize) -> usize {
        let mut part = start;
        let mut at = start;
        while at < end {
            let hyphen = chars::hyphen_len(self.bytes, at);
            if hyphen == 0 {
                at += 1;
                continue;
            }
            let kind = if is(self.bytes[part], DIGIT) {
                TokenKind::Number
            } else {
                TokenKind::Word
            };
            self.push(part, at, kind);
            at = self.push(at, at + hyphen, TokenKind::Mark);
            part = at;
        }
        self.push(part, end, TokenKind::Word)
    }

    /// How the word that started at `start` goes on at `at`.
    fn joint(&mut self, start: usize, at: usize) -> Joint {
        match self.byte(at) {
            b'\'' => self.apostrophe_joint(start, at, 1),
            b'-' => self.hyphen_joint(at, 1),
            b'.' => self.stop_joint(start, at),
            b'&' | b'_' if is(self.byte(at + 1), LETTER | DIGIT) => {
                Joint::Inside(self.letters(at + 1))
            }
            b'@' => addresses::email_end(self, at).map_or(Joint::Over, Joint::End),
            b':' => addresses::url_end(self, start, at).map_or(Joint::Over, Joint::End),
            b'$' if words::is_currency_prefix(&self.bytes[start..at]) => {
                Joint::Written(self.push(start, at + 1, TokenKind::Mark))
            }
            0xE2 if chars::apostrophe_len(self.bytes, at) > 0 => {
                self.apostrophe_joint(start, at, 3)
            }
            0xE2 if chars::hyphen_len(self.bytes, at) > 0 => self.hyphen_joint(at, 3),
            _ => Joint::Over,
        }
    }

    /// A hyphen inside a word: `draft-age`; `It- it` and `the rest--asked` end before it.
    fn hyphen_joint(&self, at: usize, len: usize) -> Joint {
        let next = self.letters(at + len);
        if next > at + len {
            Joint::Inside(next)
        } else {
            Joint::Over
        }
    }

    /// An apostrophe after a word: a clitic, or inside as in `o'clock`.
    fn apostrophe_joint(&mut self, start: usize, at: usize, len: usize) -> Joint {
        let next = self.letters(at + len);
        let suffix = &self.bytes[at + len..next];
        if suffix.is_empty() || words::is_clitic(suffix) {
            return Joint::Over;
        }
        let negated =
            suffix.eq_ignore_ascii_case(b"t") && matches!(self.bytes[at - 1], b'n' | b'N');
        if !negated {
            return Joint::Inside(next);
        }
        if at - 1 > start {
            self.push(start, at - 1, TokenKind::Word);
        }
        Joint::Written(self.push(at - 1, next, TokenKind::Clitic))
    }

    /// A full stop after a word: part of an abbreviation or an address, or the end.
    fn stop_joint(&mut self, start: usize, at: usize) -> Joint {
        let next = self.byte(at + 1);
        if next == b'.' {
            return Joint::Over;
        }
        let inner = is(next, LETTER | DIGIT);
        if let Some(end) = inner
            .then(|| addresses::dotted_address_end(self, start, at))
            .flatten()
        {
            return Joint::End(end);
        }
        if let Some(end) = words::dotted_end(self, start, at) {
            return Joint::End(end);
        }
        if words::keeps_stop(self, start, at) {
            Joint::End(at + 1)
        } else {
            Joint::Over
        }
    }
}

/// Whether the byte is an ASCII capital.
pub(super) const fn is_upper(byte: u8) -> bool {
    is(byte, UPPER)
}

#[cfg(test)]
mod tests {
    use super::*;
    use TokenKind::{Clitic, Mark, Number, Word};

    fn cut(text: &str) -> String {
        let words: Vec<&str> = tokenize(text)
            .iter()
            .map(|t| &text[t.span.range()])
            .collect();
        words.join(" ")
    }

    /// Each line: text, tab, its tokens joined by blanks.
    fn check(lines: &[(&str, &str)]) {
        for (text, tokens) in lines {
            assert_eq!(cut(text), *tokens, "{text}");
        }
    }

    #[test]
    fn clitics_leave_their_word() {
        check(&[
            ("Lee's port, Lee’s PORT'S", "Lee 's port , Lee ’s PORT 'S"),
            (
                "They don't, won’t, can't, CAN'T.",
                "They do n't , wo n’t , ca n't , CA N'T .",
            ),
            (
                "I'd've, we're, he'll, I'm, we've",
                "I 'd 've , we 're , he 'll , I 'm , we 've",
            ),
            ("We cannot; Cannot", "We can not ; Can not"),
            ("o'clock O'Brien's Xi’an", "o'clock O'Brien 's Xi’an"),
            (
                "the U.S.'s bridge, the EU's",
                "the U.S. 's bridge , the EU 's",
            ),
            (
                "in the '90s, 'em and rock'n'roll",
                "in the '90s , 'em and rock'n'roll",
            ),
            ("do n't, Lee 's", "do n't , Lee 's"),
        ]);
    }

    #[test]
    fn mark_after_s_is_possessive_unless_it_closes_a_quotation() {
        let kind = |text: &str| {
            let tokens = tokenize(text);
            let mark = tokens
                .iter()
                .rev()
                .find(|t| text[t.span.range()].starts_with(['\'', '’']));
            mark.map(|t| t.kind)
        };
        assert_eq!(kind("the states' rights"), Some(Clitic));
        assert_eq!(kind("the states’ rights"), Some(Clitic));
        assert_eq!(kind("they call it 'the states' here"), Some(Mark));
        assert_eq!(kind("they call it ‘the states’ here"), Some(Mark));
        let text = "'The states' rights matter,' he said";
        let clitics = tokenize(text).iter().filter(|t| t.kind == Clitic).count();
        assert_eq!(clitics, 1);
    }

    #[test]
    fn numbers_keep_their_marks_and_lose_their_units() {
        check(&[
            ("$1.13bn, 5% of 300,000", "$ 1.13 bn , 5 % of 300,000"),
            ("US$5m and HK$3", "US$ 5 m and HK$ 3"),
            (
                "10:30am, 3.5km, the 20th, 1990s, 3D, 5G",
                "10:30 am , 3.5 km , the 20th , 1990s , 3D , 5G",
            ),
            (
                "2022-09-21, 25-34, a 2-1 win",
                "2022-09-21 , 25 - 34 , a 2 - 1 win",
            ),
            ("a 10-year-old, 3,000-meter", "a 10-year-old , 3,000-meter"),
            (
                "[1,2] 1,00,000 .5 9/11 -4",
                "[ 1 , 2 ] 1,00,000 .5 9/11 - 4",
            ),
        ]);
    }

    #[test]
    fn kinds_and_blanks_are_known() {
        let tokens = tokenize("He paid\u{A0}£5m, didn't he?");
        let kinds: Vec<TokenKind> = tokens.iter().map(|t| t.kind).collect();
        assert_eq!(
            kinds,
            [
                Word, Word, Mark, Number, Word, Mark, Word, Clitic, Word, Mark
            ]
        );
        let spaced: Vec<bool> = tokens.iter().map(|t| t.spaced).collect();
        assert_eq!(
            spaced,
            [
                true, true, true, false, false, false, true, false, true, false
            ]
        );
    }

    #[test]
    fn abbreviations_keep_their_stop() {
        check(&[
            ("Mr. Lee of Acme Inc. left.", "Mr. Lee of Acme Inc. left ."),
            (
                "The U.S., at 5 p.m., e.g. J. R. Lee",
                "The U.S. , at 5 p.m. , e.g. J. R. Lee",
            ),
            (
                "No. 10 said no. It is plan B.",
                "No. 10 said no . It is plan B .",
            ),
            ("On Sept. 3 a Ph.D. came.", "On Sept. 3 a Ph.D. came ."),
            ("U.S.-led, J.K. Lee", "U.S. - led , J.K. Lee"),
        ]);
    }

    #[test]
    fn hyphens_follow_the_policy() {
        check(&[
            (
                "draft-age call-up Jean-Claude",
                "draft-age call-up Jean-Claude",
            ),
            ("the Moscow-Belgrade flight", "the Moscow - Belgrade flight"),
            (
                "US-led, Serbian-born, STATE-OWNED",
                "US - led , Serbian - born , STATE - OWNED",
            ),
            ("the rest--asked--left", "the rest -- asked -- left"),
            ("It- It was", "It - It was"),
            ("2010–12 and—so", "2010 – 12 and — so"),
        ]);
    }

    #[test]
    fn addresses_are_one_word() {
        check(&[
            (
                "See https://example.org/a?b=c.",
                "See https://example.org/a?b=c .",
            ),
            (
                "(www.example.org), example.co.uk.",
                "( www.example.org ) , example.co.uk .",
            ),
            (
                "ann.lee@example.org or a@b.example",
                "ann.lee@example.org or a@b.example",
            ),
            ("@ann_lee #news #1", "@ann_lee #news # 1"),
            ("the war.Officials", "the war . Officials"),
        ]);
    }

    #[test]
    fn marks_stand_alone_but_for_runs() {
        check(&[
            ("Wait... what?! \"No!!!\"", "Wait ... what ?! \" No !!! \""),
            (
                "“Yes,” (he) said… and/or",
                "“ Yes , ” ( he ) said … and / or",
            ),
            ("AT&T and R&D", "AT&T and R&D"),
            ("👩‍👩‍👧👍🏽 ❤️", "👩‍👩‍👧 👍🏽 ❤️"),
            ("a\0b", "a \0 b"),
        ]);
    }
}
