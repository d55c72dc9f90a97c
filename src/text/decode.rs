//! Bytes of unknown encoding → text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// The largest document that is read, in bytes: 1 GiB, so that its text in UTF-8 always fits 32-bit spans.
pub const MAX_BYTES: usize = 1 << 30;

/// How many bytes the encoding is guessed from where the text is not UTF-8.
const GUESS_BYTES: usize = 1 << 20;

/// How many characters are looked at to tell text from other data.
const SAMPLE_CHARS: usize = 1 << 16;

/// First bytes of common files that are not text, with the name of the format.
const SIGNATURES: [(&[u8], &str); 9] = [
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP or Office"),
    (b"\x1F\x8B", "gzip"),
    (b"\x89PNG", "PNG"),
    (b"\xFF\xD8\xFF", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x7FELF", "ELF"),
    (b"\xD0\xCF\x11\xE0", "old Office"),
    (b"\x28\xB5\x2F\xFD", "zstd"),
];

/// A decoded document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text: byte order mark dropped, line ends and NUL characters untouched.
    pub text: String,
    /// Name of the encoding it was read as, such as `UTF-8` or `windows-1252`.
    pub encoding: &'static str,
    /// Whether some bytes were no text in that encoding and became U+FFFD.
    pub lossy: bool,
}

/// Why bytes are not a document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeError {
    /// More than [`MAX_BYTES`].
    #[error("document has {bytes} bytes, more than the limit of {MAX_BYTES}; split it")]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// A known format that is not text.
    #[error("not a text but a {format} file; convert it to plain text first")]
    NotText {
        /// Name of the format.
        format: &'static str,
    },
    /// Too many control characters for a text.
    #[error("not a text: {control} of the first {sampled} characters are control characters")]
    Binary {
        /// How many control characters.
        control: usize,
        /// Of how many.
        sampled: usize,
    },
}

/// Decodes a document: UTF-8, UTF-16 with byte order mark, else the legacy encoding that `chardetng` guesses.
///
/// ```
/// let decoded = sayso::text::decode(b"It\x92s caf\xE9 time").unwrap();
/// assert_eq!(decoded.text, "It\u{2019}s caf\u{E9} time");
/// assert_eq!(decoded.encoding, "windows-1252");
/// ```
pub fn decode(bytes: &[u8]) -> Result<Decoded, DecodeError> {
    if bytes.len() > MAX_BYTES {
        return Err(DecodeError::TooLarge { bytes: bytes.len() });
    }
    if let Some((_, format)) = SIGNATURES
        .iter()
        .find(|(start, _)| bytes.starts_with(start))
    {
        return Err(DecodeError::NotText { format });
    }
    let decoded = match Encoding::for_bom(bytes) {
        Some((encoding, skip)) => read_as(encoding, &bytes[skip..]),
        None => match str::from_utf8(bytes) {
            Ok(text) => Decoded {
                text: text.to_owned(),
                encoding: UTF_8.name(),
                lossy: false,
            },
            Err(_) => read_as(guess(bytes), bytes),
        },
    };
    refuse_binary(&decoded)?;
    Ok(decoded)
}

/// Decodes with a known encoding.
fn read_as(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, lossy) = encoding.decode_without_bom_handling(bytes);
    Decoded {
        text: text.into_owned(),
        encoding: encoding.name(),
        lossy,
    }
}

/// Guesses a legacy encoding.
///
/// A text that is UTF-8 but for a few broken bytes stays UTF-8: a truncated download must not turn its curly quotes
/// into `â€œ`.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let sample = &bytes[..bytes.len().min(GUESS_BYTES)];
    let (mut valid, mut invalid) = (0usize, 0usize);
    for chunk in sample.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        invalid += usize::from(!chunk.invalid().is_empty());
    }
    if valid > 8 * invalid {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Refuses what is mostly no text: more than one control character in ten, or in fifty where the encoding was guessed.
fn refuse_binary(decoded: &Decoded) -> Result<(), DecodeError> {
    let (mut control, mut sampled) = (0, 0);
    for c in decoded.text.chars().take(SAMPLE_CHARS) {
        sampled += 1;
        control += usize::from(is_rubbish(c));
    }
    let known = [UTF_8, UTF_16LE, UTF_16BE]
        .iter()
        .any(|e| e.name() == decoded.encoding);
    let allowed = if known && !decoded.lossy {
        sampled / 10
    } else {
        sampled / 50
    };
    // A few stray characters in a very short text prove nothing.
    if control > allowed.max(2) {
        return Err(DecodeError::Binary { control, sampled });
    }
    Ok(())
}

/// Whether texts have no business with this character.
fn is_rubbish(c: char) -> bool {
    c == '\u{FFFD}' || c.is_control() && !matches!(c, '\t'..='\r' | '\u{8}' | '\u{1B}' | '\u{85}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        decode(bytes).unwrap().text
    }

    #[test]
    fn byte_order_mark_is_dropped_and_line_ends_stay() {
        assert_eq!(text(b"\xEF\xBB\xBFone\r\ntwo\n"), "one\r\ntwo\n");
        assert_eq!(text(b""), "");
    }

    #[test]
    fn utf16_with_mark_is_read_in_both_orders() {
        let little: Vec<u8> = "\u{FEFF}“Né”"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let big: Vec<u8> = "\u{FEFF}“Né”"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert_eq!((text(&little), text(&big)), ("“Né”".into(), "“Né”".into()));
    }

    #[test]
    fn legacy_quotes_become_curly() {
        let decoded = decode(b"\x93We know,\x94 she said \x96 caf\xE9 or not.").unwrap();
        assert_eq!(decoded.text, "“We know,” she said – café or not.");
        assert_eq!((decoded.encoding, decoded.lossy), ("windows-1252", false));
    }

    #[test]
    fn one_broken_byte_does_not_turn_utf8_into_something_else() {
        let mut bytes = "“Šef” – naïve café, “né” – Ōsaka’s “x” ’’"
            .as_bytes()
            .to_vec();
        bytes.push(0xE2);
        let decoded = decode(&bytes).unwrap();
        assert!(decoded.text.starts_with("“Šef” – naïve") && decoded.lossy);
    }

    #[test]
    fn a_few_nul_characters_survive() {
        assert_eq!(
            text(b"one\0two three four five six\0"),
            "one\0two three four five six\0"
        );
    }

    #[test]
    fn what_is_no_text_gives_one_error() {
        let zeros = decode(&[0; 4096]).unwrap_err();
        assert_eq!(
            zeros,
            DecodeError::Binary {
                control: 4096,
                sampled: 4096
            }
        );
        let noise: Vec<u8> = (0..20_000u32)
            .map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8)
            .collect();
        assert!(matches!(decode(&noise), Err(DecodeError::Binary { .. })));
        assert_eq!(
            decode(b"%PDF-1.7 ...").unwrap_err(),
            DecodeError::NotText { format: "PDF" }
        );
        assert!(matches!(
            decode(b"S\0o\0 \0w\0i\0d\0e\0 \0t\0e\0x\0t\0"),
            Err(DecodeError::Binary { .. })
        ));
    }
}
