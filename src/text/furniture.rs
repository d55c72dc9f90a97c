//! Judges single lines of a news page by the words of [`super::phrases`].

use memchr::memmem;

use super::phrases::{
    AGENCIES, BUREAUS, BYLINE_OPENERS, CAPTION_OPENERS, DATE_WORDS, INTERFACE, INTERFACE_OPENERS,
    RELATED_HEADINGS, RELATED_OPENERS,
};
use super::{chars, credits};

/// The longest line that is made of interface words, in bytes.
const INTERFACE_BYTES: usize = 100;
/// The most words of a headline.
const TITLE_WORDS: usize = 25;
/// The longest line about author and date, in bytes.
const BYLINE_BYTES: usize = 200;

/// Whether the name is one of an agency.
pub(super) fn is_agency(name: &str) -> bool {
    AGENCIES.contains(&name)
}

/// What follows the first of the openers that a line has, in any case; a blank of an opener is any blank of the line.
pub(super) fn after<'t>(line: &'t str, openers: &[&str]) -> Option<&'t str> {
    openers.iter().find_map(|opener| strip(line, opener))
}

/// What follows an opener at the start of a line, where no word of the line is cut.
fn strip<'t>(line: &'t str, opener: &str) -> Option<&'t str> {
    let bytes = line.as_bytes();
    let mut at = 0;
    for byte in opener.bytes() {
        if byte == b' ' {
            at += chars::char_at(line, at)
                .filter(|c| chars::is_blank(*c))?
                .len_utf8();
        } else if bytes.get(at)?.to_ascii_lowercase() == byte {
            at += 1;
        } else {
            return None;
        }
    }
    let rest = line.get(at..)?;
    let cuts = rest.starts_with(char::is_alphanumeric) && opener.ends_with(char::is_alphanumeric);
    (!cuts).then_some(rest)
}

/// Whether a line is made of interface words, glued or not, and numbers: `Share this articleComments`.
pub(super) fn is_interface(line: &str) -> bool {
    if after(line, INTERFACE_OPENERS).is_some() && line.len() < BYLINE_BYTES {
        return true;
    }
    if line.len() > INTERFACE_BYTES {
        return false;
    }
    let lower = line.to_lowercase().replace('\u{A0}', " ");
    let mut rest = lower.as_str();
    let mut words = 0;
    loop {
        rest = rest.trim_start_matches(|c: char| !c.is_alphabetic());
        if rest.is_empty() {
            return words > 0 || opens_related(line);
        }
        let longest = INTERFACE
            .iter()
            .filter(|word| rest.starts_with(**word))
            .map(|word| word.len())
            .max();
        match longest {
            Some(len) => rest = &rest[len..],
            None => return opens_related(line),
        }
        words += 1;
    }
}

/// Whether a line is the heading over headlines of other articles.
pub(super) fn opens_related(line: &str) -> bool {
    let bare = line.trim_end_matches([':', '.', '…', '>', '»', ' ']);
    RELATED_HEADINGS
        .iter()
        .any(|heading| bare.eq_ignore_ascii_case(heading))
        || after(line, &["more from", "more on"]).is_some()
            && line.len() < 60
            && !line.ends_with('.')
}

/// Whether a line is a link to another article: `READ MORE: Council votes`.
pub(super) fn is_related_link(line: &str) -> bool {
    line.len() <= BYLINE_BYTES
        && after(line, RELATED_OPENERS).is_some_and(|rest| !rest.is_empty())
        && !is_prose(line)
}

/// Whether a line says who wrote it or when.
pub(super) fn is_byline(line: &str) -> bool {
    if line.len() > BYLINE_BYTES {
        return false;
    }
    if let Some(rest) = after(line, BYLINE_OPENERS) {
        let short = line.split(chars::is_blank).count() <= 10 && !line.ends_with(['.', '!', '?']);
        return has_digit(rest) && short || is_author(rest);
    }
    after(line, &["by"]).is_some_and(is_author) || is_date(line) || is_agency(line)
}

/// The first byte of the editors' names at the end of a paragraph: `... she said. (Reporting by Ann Lee)`.
pub(super) fn byline_suffix(line: &str) -> Option<usize> {
    if !line.ends_with([')', ']']) && !line.ends_with(").") {
        return None;
    }
    let from = credits::border_after(line, line.len().saturating_sub(2 * BYLINE_BYTES));
    let open = [
        "(Reporting by ",
        "(Additional reporting by ",
        "(Writing by ",
        "(Editing by ",
        "(Compiled by ",
    ];
    let found = open
        .iter()
        .filter_map(|open| memmem::find(&line.as_bytes()[from..], open.as_bytes()))
        .min()?;
    Some(from + found).filter(|at| *at > 0)
}

/// Whether what follows `By` is names: ` Ann LeeReuters`, ` Ann Lee and Bob Ray in Paris`, ` AFP • 3 May 2024`.
pub(super) fn is_author(rest: &str) -> bool {
    let rest = chars::trim(rest.trim_start_matches(':'));
    if rest.ends_with(['.', '!', '?', '"', '”']) && !rest.ends_with("Jr.") && !rest.ends_with(".)")
    {
        return false;
    }
    let mut words =
        rest.split(|c: char| chars::is_blank(c) || matches!(c, ',' | ';' | '|' | '•' | '·' | '&'));
    let linked = |w: &str| {
        [
            "and",
            "in",
            "for",
            "with",
            "de",
            "von",
            "van",
            "der",
            "la",
            "al",
            "bin",
            "our",
            "by",
            "editing",
            "reporting",
            "staff",
        ]
        .iter()
        .any(|link| w.eq_ignore_ascii_case(link))
    };
    let named = |w: &str| w.is_empty() || linked(w) || is_name_word(w) || is_agency(w);
    let count = rest.split(chars::is_blank).count();
    rest.starts_with(char::is_uppercase) && (1..=20).contains(&count) && words.all(named)
}

/// Whether a word of a byline can be part of a name, a date or a place.
fn is_name_word(word: &str) -> bool {
    let first = word
        .trim_start_matches(['(', '@', '–', '—', '-'])
        .chars()
        .next();
    first.is_none_or(|c| c.is_uppercase() || c.is_numeric() || !c.is_alphabetic())
}

/// Whether all words of a line are parts of a date, with a number among them: `Friday, July 21, 2017`.
fn is_date(line: &str) -> bool {
    if line.len() > 60 || !has_digit(line) {
        return false;
    }
    // A year or a time; "Dec 4 87.16" is a row of a table.
    let digits = |w: &str| w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit());
    let years = line
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| digits(w))
        .count();
    if years > 1 || years == 0 && !line.contains(':') {
        return false;
    }
    let mut named = false;
    let all = line
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .all(|word| {
            let known = DATE_WORDS.iter().any(|d| word.eq_ignore_ascii_case(d));
            named |= known;
            known
                || word.bytes().next().is_some_and(|b| b.is_ascii_digit())
                || matches!(word, "at" | "on" | "th" | "st")
        });
    all && named
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit())
}

/// Whether a line is a caption by its first words.
pub(super) fn is_caption(line: &str) -> bool {
    line.len() < 1000 && after(line, CAPTION_OPENERS).is_some_and(|rest| !rest.is_empty())
}

/// Whether a line is prose: ends like a sentence and is too long for a headline.
pub(super) fn is_prose(line: &str) -> bool {
    let ended = line.ends_with(['.', '!', '"', '”', '’', ')']) || line.len() > 300;
    ended && line.split(chars::is_blank).take(10).count() == 10
}

/// Whether a line opens with a quotation mark, so is speech and no caption.
pub(super) fn is_speech(line: &str) -> bool {
    line.starts_with(['"', '“', '‘', '\''])
}

/// Whether a line can be the headline: no sentence that ends with a stop, no dateline.
pub(super) fn is_headline(line: &str) -> bool {
    let bare = line.trim_end_matches(['"', '”', '’', '\'', ')', ']']);
    let ended = bare.ends_with(['.', ':', ';', ',', '…']);
    let dateline = ["(Reuters) -", "(AP) -", "(AP) _", "(AFP) -", ") — ", ") – "]
        .iter()
        .any(|d| line.contains(d));
    if dateline || line.chars().all(|c| !c.is_alphabetic()) {
        return false;
    }
    if !ended || line.ends_with("...") {
        return line.split(chars::is_blank).take(TITLE_WORDS + 1).count() <= TITLE_WORDS;
    }
    bare.ends_with('.') && (is_all_caps(line) || is_title_case(line))
}

/// Whether no letter is lower case: `SOCCER - LATE GOALS GIVE JAPAN A WIN.`
fn is_all_caps(line: &str) -> bool {
    !line.chars().any(char::is_lowercase)
}

/// Whether nearly all longer words start with a capital: `Council Votes to Keep the Old Bridge.`
fn is_title_case(line: &str) -> bool {
    let (mut long, mut capital) = (0, 0);
    for word in line.split(chars::is_blank).filter(|w| w.len() > 4) {
        long += 1;
        capital += usize::from(word.starts_with(|c: char| c.is_uppercase() || c.is_numeric()));
    }
    long >= 3 && 10 * capital >= 9 * long
}

/// Where a name of a byline ends that is glued to an agency or a town, in bytes of the word: 5 for `SmithReuters`,
/// `SmithBERLIN` and `SMITHBERLIN`.
pub(super) fn glued_name(word: &str) -> Option<usize> {
    let is_shouted = |name: &str| name.len() > 2 && name.chars().all(char::is_uppercase);
    // Of an agency of several words the first one is glued: `SmithThe Associated Press`.
    let firsts = AGENCIES.iter().filter_map(|a| a.split(' ').next());
    let ends = firsts.chain(BUREAUS.iter().copied());
    ends.filter_map(|end| {
        let at = word.len().checked_sub(end.len()).filter(|at| *at > 0)?;
        let name = word.get(..at)?;
        let border = name.ends_with(char::is_lowercase) && end.starts_with(char::is_uppercase);
        let in_capitals =
            is_shouted(name) && (end.contains(char::is_lowercase) || BUREAUS.contains(&end));
        (word.ends_with(end) && (border || in_capitals)).then_some(at)
    })
    .min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buttons_are_interface_glued_or_not() {
        for line in [
            "Share this articleComments",
            "Share this articleClose Button",
            "Share 12 Comments",
            "ADVERTISEMENT",
            "Read more",
            "Sign up for our newsletter",
            "Follow us on Facebook",
            "You might also like",
            "Share\u{A0}this article",
        ] {
            assert!(is_interface(line), "{line}");
        }
        for line in [
            "Share prices fell on Monday",
            "More than 300 were held",
            "Search teams found two boats",
            "2024",
            "Mr X said no",
        ] {
            assert!(!is_interface(line), "{line}");
        }
    }

    #[test]
    fn bylines_are_names_or_dates() {
        for line in [
            "By Ann LeeReuters",
            "By\u{A0}Ann Lee",
            "BY ANN LEE AND BOB RAY",
            "Published on 3 May 2024",
            "Updated: 10:30 GMT",
            "Friday, July 21, 2017",
            "By Ann Lee and Bob Ray in Paris",
            "(Reporting by Ann Lee; Editing by Bob Ray)",
        ] {
            assert!(is_byline(line), "{line}");
        }
        for line in [
            "By Monday the water had gone.",
            "By the river",
            "Published reports say otherwise",
            "May 3 was quiet",
            "By and by",
        ] {
            assert!(!is_byline(line), "{line}");
        }
    }

    #[test]
    fn names_glued_to_agencies_are_cut() {
        assert_eq!(glued_name("SmithReuters"), Some(5));
        assert_eq!(glued_name("SmithAP"), Some(5));
        assert_eq!(glued_name("Reuters"), None);
        assert_eq!(glued_name("SOAP"), None);
        assert_eq!(glued_name("SmithThe"), Some(5));
        assert_eq!(glued_name("SmithBERLIN"), Some(5));
        assert_eq!(glued_name("SMITHBERLIN"), Some(5));
        assert_eq!(glued_name("SMITHReuters"), Some(5));
        assert_eq!(glued_name("BERLIN"), None);
    }

    #[test]
    fn headlines_have_no_final_stop_or_capitals() {
        for line in [
            "Would the port close?",
            "Council votes to keep bridge",
            "SOCCER - LATE GOAL WINS CUP.",
            "Council Keeps Bridge After Long Debate.",
        ] {
            assert!(is_headline(line), "{line}");
        }
        for line in [
            "The council met on Monday.",
            "LONDON (Reuters) - The council met",
            "***",
        ] {
            assert!(!is_headline(line), "{line}");
        }
    }
}
