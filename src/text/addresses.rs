//! Web and mail addresses, each one token.

use super::chars::{self, DIGIT, LETTER, is};
use super::tokenizer::Scanner;
use super::work;

/// How many bytes of a mail address may stand between a stop and its `@`.
const LOCAL_BYTES: usize = 64;

/// How many parts a domain name may have.
const LABELS: usize = 8;

/// Ends of domain names that are common in English news, in lower case; sorted.
#[rustfmt::skip]
const DOMAINS: [&str; 36] = [
    "ai", "app", "au", "biz", "br", "ca", "ch", "cn", "co", "com", "de", "edu", "es", "eu", "fm", "fr", "gov", "ie",
    "in", "info", "int", "io", "jp", "mil", "net", "news", "nl", "nz", "org", "ru", "tv", "ua", "uk", "us", "xyz",
    "za",
];

/// The end of an address such as `https://example.org/page` whose scheme runs from `start` to the colon at `at`.
pub(super) fn url_end(s: &Scanner<'_>, start: usize, at: usize) -> Option<usize> {
    let slashes = s.byte(at + 1) == b'/' && s.byte(at + 2) == b'/';
    let scheme = &s.bytes[start..at];
    let known = [&b"http"[..], b"https", b"ftp"]
        .iter()
        .any(|k| scheme.eq_ignore_ascii_case(k));
    (slashes && known).then(|| until_blank(s, at + 3))
}

/// The end of a mail address whose `@` is at `at`.
pub(super) fn email_end(s: &Scanner<'_>, at: usize) -> Option<usize> {
    let mut end = chars::word_end(s.text, at + 1, s.end);
    if end == at + 1 {
        return None;
    }
    let mut stops = 0;
    while matches!(s.byte(end), b'.' | b'-') && is(s.byte(end + 1), LETTER | DIGIT) {
        stops += usize::from(s.byte(end) == b'.');
        end = chars::word_end(s.text, end + 1, s.end);
    }
    (stops > 0).then_some(end)
}

/// The end of an address with a stop at `at` inside: `www.example.org/a`, `example.co.uk`, `a.name@example.org`.
pub(super) fn dotted_address_end(s: &Scanner<'_>, start: usize, at: usize) -> Option<usize> {
    if s.bytes[start..at].eq_ignore_ascii_case(b"www") {
        return Some(until_blank(s, at + 1));
    }
    if let Some(sign) = at_sign_after(s, at) {
        return email_end(s, sign);
    }
    domain_end(s, at)
}

/// The `@` of a mail address that has a stop at `at` before it.
fn at_sign_after(s: &Scanner<'_>, at: usize) -> Option<usize> {
    let end = s.end.min(at + LOCAL_BYTES);
    let local = |b: u8| is(b, LETTER | DIGIT) || matches!(b, b'.' | b'_' | b'-' | b'+');
    let sign = at + s.bytes[at..end].iter().position(|b| !local(*b))?;
    work::count(sign - at);
    (s.bytes[sign] == b'@').then_some(sign)
}

/// The end of a name like `nytimes.com` or `gov.uk/visas` with a stop at `at`; lower case, so that a sentence that
/// starts without a blank is none.
fn domain_end(s: &Scanner<'_>, mut at: usize) -> Option<usize> {
    let mut known = None;
    for _ in 0..LABELS {
        if s.byte(at) != b'.' {
            break;
        }
        let end = chars::word_end(s.text, at + 1, s.end);
        let label = &s.text[at + 1..end];
        if label.is_empty()
            || !label
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        {
            break;
        }
        if DOMAINS.binary_search(&label).is_ok() {
            known = Some(end);
        }
        at = end;
    }
    let end = known?;
    Some(if s.byte(end) == b'/' {
        until_blank(s, end)
    } else {
        end
    })
}

/// The end of an address that runs to the next blank, without the marks of the sentence around it.
fn until_blank(s: &Scanner<'_>, from: usize) -> usize {
    let mut end = from;
    while let Some(c) = chars::char_at(s.text, end).filter(|_| end < s.end) {
        if chars::is_blank(c) || matches!(c, '<' | '>' | '"' | '“' | '”') {
            break;
        }
        end += c.len_utf8();
    }
    work::count(end - from);
    while end > from
        && matches!(
            s.bytes[end - 1],
            b'.' | b',' | b';' | b':' | b'!' | b'?' | b')' | b']' | b'\''
        )
    {
        end -= 1;
    }
    end
}
