//! Classes of bytes and characters, shared by the splitter, the tokenizer and the layout.

/// White space of ASCII.
pub(super) const SPACE: u8 = 1;
/// An ASCII letter.
pub(super) const LETTER: u8 = 2;
/// An ASCII digit.
pub(super) const DIGIT: u8 = 4;
/// An upper-case ASCII letter (beside [`LETTER`]).
pub(super) const UPPER: u8 = 8;
/// The first or a later byte of a character outside ASCII.
pub(super) const HIGH: u8 = 16;

/// Class of each byte; marks and control characters have none.
pub(super) static CLASS: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b' ' | b'\t'..=b'\r' => SPACE,
            b'a'..=b'z' => LETTER,
            b'A'..=b'Z' => LETTER | UPPER,
            b'0'..=b'9' => DIGIT,
            0x80..=0xFF => HIGH,
            _ => 0,
        };
        byte += 1;
    }
    table
}

/// Whether the byte is in one of the classes.
pub(super) const fn is(byte: u8, classes: u8) -> bool {
    CLASS[byte as usize] & classes != 0
}

/// Whether the character separates tokens: white space of Unicode (so U+00A0 too), and the two marks that take no room.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FEFF}')
}

/// Trims what [`is_blank`] says on both sides.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(is_blank)
}

/// The character that starts at a byte, which must be a border; none at the end.
pub(super) fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// The character that ends before a byte, which must be a border; none at the start.
pub(super) fn char_before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// Whether the character belongs inside words: a letter, a digit, or something that hangs on a letter.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_extender(c)
}

/// Whether the character only changes the one before it: combining marks, joiners, soft hyphen, emoji modifiers.
pub(super) fn is_extender(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5BD}' | '\u{610}'..='\u{61A}'
        | '\u{64B}'..='\u{65F}' | '\u{200C}' | '\u{200D}' | '\u{20D0}'..='\u{20FF}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{FE20}'..='\u{FE2F}' | '\u{1F3FB}'..='\u{1F3FF}')
}

/// How many bytes of a word character stand at a byte outside ASCII; zero if it is not one.
pub(super) fn high_word_len(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    // U+00C0 to U+02BF are letters but for the signs of multiplication and division: no decoding for western names.
    if (0xC3..=0xCA).contains(&bytes[at]) {
        let sign = bytes[at] == 0xC3 && matches!(bytes[at + 1], 0x97 | 0xB7);
        return if sign { 0 } else { 2 };
    }
    match char_at(text, at) {
        Some(c) if is_word(c) => c.len_utf8(),
        _ => 0,
    }
}

/// The end of the run of word characters that starts at a byte (the byte itself if there is none).
pub(super) fn word_end(text: &str, mut at: usize, end: usize) -> usize {
    let bytes = text.as_bytes();
    while at < end {
        let class = CLASS[bytes[at] as usize];
        if class & (LETTER | DIGIT) != 0 {
            at += 1;
        } else if class & HIGH != 0 {
            let len = high_word_len(text, at);
            if len == 0 {
                break;
            }
            at += len;
        } else {
            break;
        }
    }
    super::work::count(1);
    at
}

/// The first byte at or after `at` that is not blank, at most `end`.
pub(super) fn skip_blanks(text: &str, mut at: usize, end: usize) -> usize {
    let bytes = text.as_bytes();
    while at < end {
        if is(bytes[at], SPACE) {
            at += 1;
        } else if is(bytes[at], HIGH) {
            match char_at(text, at) {
                Some(c) if is_blank(c) => at += c.len_utf8(),
                _ => break,
            }
        } else {
            break;
        }
    }
    at
}

/// Whether an apostrophe, straight or curly, stands at a byte; its length in bytes, else zero.
pub(super) fn apostrophe_len(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at) {
        Some(b'\'') => 1,
        Some(0xE2) if bytes[at..].starts_with("\u{2019}".as_bytes()) => 3,
        _ => 0,
    }
}

/// Whether a hyphen (not a dash) stands at a byte; its length in bytes, else zero.
pub(super) fn hyphen_len(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at) {
        Some(b'-') => 1,
        Some(0xE2) if bytes[at..].starts_with("\u{2010}".as_bytes()) => 3,
        Some(0xE2) if bytes[at..].starts_with("\u{2011}".as_bytes()) => 3,
        _ => 0,
    }
}

/// The bytes of a short word in lower case; none if it is longer than 15 bytes, so in no list.
pub(super) fn lower(word: &str) -> Option<Lower> {
    let bytes = word.as_bytes();
    let mut buffer = [0; 15];
    buffer.get_mut(..bytes.len())?.copy_from_slice(bytes);
    buffer.make_ascii_lowercase();
    Some(Lower {
        buffer,
        len: bytes.len(),
    })
}

/// A short word in lower case, without allocation.
pub(super) struct Lower {
    buffer: [u8; 15],
    len: usize,
}

impl Lower {
    /// Its bytes.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.buffer[..self.len]
    }

    /// Whether a sorted list holds it.
    pub(super) fn is_in(&self, sorted: &[&str]) -> bool {
        sorted
            .binary_search_by(|entry| entry.as_bytes().cmp(self.bytes()))
            .is_ok()
    }
}
