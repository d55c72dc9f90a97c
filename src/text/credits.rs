//! Photo credits, on a line of their own or glued to a caption.

use memchr::memmem;

use super::chars;
use super::furniture::{after, is_agency};
use super::phrases::AGENCIES;

/// The longest credit, in bytes.
const CREDIT_BYTES: usize = 140;
/// The most words of a credit.
const CREDIT_WORDS: usize = 14;

/// How credits begin, in lower case. What follows must be names ([`is_names`]).
#[rustfmt::skip]
const OPENERS: &[&str] = &[
    "copyright", "©", "(c)", "photo:", "photos:", "photo by", "photos by", "photograph:", "photograph by",
    "photography by", "photo credit:", "picture:", "pictures:", "picture by", "image:", "images:", "image credit:",
    "image source", "credit:", "photo courtesy", "illustration:", "ap photo",
];

/// Lower-case words inside credits.
#[rustfmt::skip]
const LINKS: &[&str] = &[
    "via", "and", "of", "the", "for", "by", "/", "|", "-", "–", "—", "de", "file",
];

/// Whether a whole line is a credit: `Copyright ANN LEE/AFP`, `AP Photo/Ann Lee`, `Ann Lee / Reuters`, `(Photo: AFP)`.
pub(super) fn is_credit(line: &str) -> bool {
    if line.len() > CREDIT_BYTES {
        return false;
    }
    let line = line.trim_matches(['(', ')', '[', ']']);
    match after(line, OPENERS) {
        Some(rest) => is_names(rest),
        None => is_agency_line(line),
    }
}

/// Whether the words are names, years and what links them, as in ` ANN LEE/AFP or licensors`.
fn is_names(words: &str) -> bool {
    let mut count = 0;
    let named = words
        .split(|c: char| chars::is_blank(c) || c == '/')
        .filter(|w| !w.is_empty())
        .all(|word| {
            count += 1;
            let first = word.chars().find(|c| c.is_alphanumeric());
            first.is_none_or(|c| c.is_uppercase() || c.is_numeric()) || is_link(word)
        });
    let sentence = words.ends_with(['!', '?', '"', '”']) || words.ends_with('.') && count > 6;
    named && !sentence && (1..=CREDIT_WORDS).contains(&count)
}

/// Whether the word links names inside a credit.
fn is_link(word: &str) -> bool {
    LINKS.iter().any(|link| word.eq_ignore_ascii_case(link))
}

/// Whether the line is names and agencies joined by a slash or a bar: `Ann Lee/Reuters`, `AFP | Ann Lee`.
fn is_agency_line(line: &str) -> bool {
    let mut parts = line.split(['/', '|']).map(chars::trim);
    let joined = line.contains(['/', '|']);
    let (mut agencies, mut names) = (0, 0);
    let all = parts.all(|part| {
        let agency = is_agency(part) || part.split(" via ").all(is_agency);
        agencies += usize::from(agency);
        names += usize::from(!agency);
        agency || is_names(part) && part.split(chars::is_blank).count() <= 4
    });
    all && agencies > 0
        && (joined && names <= 2 || line.split(" via ").count() > 1 || is_photo_agency(line))
}

/// Whether the line is nothing but an agency that sells pictures.
fn is_photo_agency(line: &str) -> bool {
    [
        "Getty Images",
        "Shutterstock",
        "AP Photo",
        "PA Media",
        "Alamy",
        "iStock",
    ]
    .iter()
    .any(|a| line.eq_ignore_ascii_case(a))
}

/// The first byte of a credit at the end of a line that is more than a credit: `... in May, 2022.AP Photo/Ann Lee`.
pub(super) fn suffix_start(line: &str) -> Option<usize> {
    let from = border_after(line, line.len().saturating_sub(CREDIT_BYTES));
    let tail = &line[from..];
    // Few paragraphs end with names, so the search over the tail is seldom made.
    if tail.ends_with(['.', '!', '?', '"', '”', '’', ',', ':']) {
        return None;
    }
    let mut best = None;
    for opener in [
        "Copyright",
        "©",
        "AP Photo",
        "REUTERS/",
        "Reuters/",
        "Photo:",
        "Photo by",
        "(Photo",
        "Image:",
        "Credit:",
        "(AP Photo",
        "[Photo",
    ] {
        let found = memmem::rfind(tail.as_bytes(), opener.as_bytes());
        best = found
            .filter(|at| is_suffix(line, from + at))
            .into_iter()
            .chain(best)
            .min();
    }
    best.or_else(|| slash_suffix(line, from).map(|at| at - from))
        .map(|at| from + at)
        .filter(|at| *at > 0)
}

/// Whether a credit starts at a byte, after the end of a sentence or a blank.
fn is_suffix(line: &str, at: usize) -> bool {
    let before = &line[..at];
    let ended = chars::trim(before).ends_with(['.', '!', '?', '"', '”', '’', ')', '\'']);
    let blank = before.ends_with(chars::is_blank);
    (ended || blank && line[at..].contains('/')) && is_credit(&line[at..])
}

/// The first byte of `Name Name/AGENCY` after the last end of a sentence in the tail of a line.
fn slash_suffix(line: &str, from: usize) -> Option<usize> {
    let slash = from + memchr::memrchr(b'/', &line.as_bytes()[from..])?;
    let agency = chars::trim(&line[slash + 1..]).trim_end_matches([')', ']']);
    if !is_agency(agency) && !AGENCIES.iter().any(|a| agency.starts_with(a)) {
        return None;
    }
    let head = &line[from..slash];
    let stop = head.rfind(['.', '!', '?', '"', '”', ')'])?;
    let after = stop + head[stop..].chars().next().map_or(0, char::len_utf8);
    let names = chars::trim(&head[after..]);
    let start = slash - head[after..].trim_start_matches(chars::is_blank).len();
    (is_names(names) && names.split(chars::is_blank).count() <= 5).then_some(start)
}

/// The first border of characters at or after a byte.
pub(super) fn border_after(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_credit_are_known() {
        for line in [
            "Copyright\u{A0}ANN LEE/AFP",
            "AP Photo/Ann Lee",
            "REUTERS/Ann Lee",
            "Photo: Ann Lee",
            "© 2024 AFP",
            "Ann Lee / Reuters",
            "(AP Photo/Ann Lee, File)",
            "Ann Lee/AFP via Getty Images",
            "Getty Images",
        ] {
            assert!(is_credit(line), "{line}");
        }
    }

    #[test]
    fn prose_is_no_credit() {
        for line in [
            "Copyright law protects photographers from theft",
            "The and/or clause was removed from the Reuters style guide.",
            "Reuters could not verify the report.",
            "Image: how the council sees itself",
            "Reuters",
        ] {
            assert!(!is_credit(line), "{line}");
        }
    }

    #[test]
    fn glued_credits_are_found() {
        for (caption, credit) in [
            (
                "People wait at the port in Split, Croatia, May 3, 2022.",
                "AP Photo/Ann Lee",
            ),
            ("A poster says \"Come and work\". ", "Copyright ANN LEE/AFP"),
            ("People wait at the port. ", "Ann Lee/AFP"),
            ("People wait at the port. ", "(Photo by Ann Lee)"),
        ] {
            let line = format!("{caption}{credit}");
            assert_eq!(suffix_start(&line), Some(caption.len()), "{line}");
        }
        assert_eq!(
            suffix_start("The court said he owed money to Reuters"),
            None
        );
        assert_eq!(suffix_start("He left the yes/no question to AFP"), None);
    }
}
