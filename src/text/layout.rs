//! Text → lines → paragraphs.
//!
//! Blank lines separate paragraphs. A single line end separates them too, unless the text is hard-wrapped:
//!
//! 1. A line end is *soft evidence* if the line has 40 to 120 characters, no final mark, and the next line goes on in
//!    lower case.
//! 2. A text is *wrapped* if at least a third of its line ends (not followed by a blank line) are soft evidence; its
//!    *width* is then the longest such line.
//! 3. A line end is joined if it is soft evidence, or if the text is wrapped and the next line's first word had no room
//!    in the width.

use memchr::memchr_iter;

use super::Span;
use super::chars;

/// The shortest and the longest line that may be wrapped, in characters.
const WRAP: std::ops::RangeInclusive<usize> = 40..=120;

/// A line that is not blank.
#[derive(Clone, Copy, Debug)]
struct Line {
    /// Bytes, without blanks around.
    span: Span,
    /// Whether the next line follows without a blank line between.
    followed: bool,
}

/// A paragraph before zones are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// Bytes, without blanks around.
    pub(super) span: Span,
    /// Whether the next one follows on the next line, without a blank line between.
    pub(super) followed: bool,
}

/// The paragraphs of a text in order.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let lines = lines(text);
    let width = wrap_width(text, &lines);
    let mut blocks: Vec<Block> = Vec::with_capacity(lines.len());
    let mut joins = false;
    for (index, line) in lines.iter().enumerate() {
        match blocks.last_mut() {
            Some(block) if joins => {
                block.span.end = line.span.end;
                block.followed = line.followed;
            }
            _ => blocks.push(Block {
                span: line.span,
                followed: line.followed,
            }),
        }
        joins = line.followed
            && lines
                .get(index + 1)
                .is_some_and(|next| is_joined(text, line, next, width));
    }
    blocks
}

/// The lines that are not blank. A lone carriage return ends lines only where there is no line feed at all.
fn lines(text: &str) -> Vec<Line> {
    let bytes = text.as_bytes();
    let feed = if memchr::memchr(b'\n', bytes).is_some() {
        b'\n'
    } else {
        b'\r'
    };
    let mut lines: Vec<Line> = Vec::new();
    let mut start = 0;
    for end in memchr_iter(feed, bytes).chain([bytes.len()]) {
        super::work::count(1 + (end - start) / 64);
        let raw = &text[start..end];
        let first = raw.len() - raw.trim_start_matches(chars::is_blank).len();
        let trimmed = chars::trim(raw);
        if trimmed.is_empty() {
            if let Some(line) = lines.last_mut() {
                line.followed = false;
            }
        } else {
            let from = start + first;
            let span = Span::new(from as u32, (from + trimmed.len()) as u32);
            lines.push(Line {
                span,
                followed: true,
            });
        }
        start = end + 1;
    }
    if let Some(line) = lines.last_mut() {
        line.followed = false;
    }
    lines
}

/// Characters of a line, where it is short enough to have been wrapped.
fn columns(text: &str, line: &Line) -> Option<usize> {
    // No character takes more than four bytes.
    if line.span.len() as usize > 4 * WRAP.end() {
        return None;
    }
    Some(text[line.span.range()].chars().count())
}

/// Whether a sentence clearly goes on over the end of the line.
fn is_soft_evidence(text: &str, line: &Line, next: &Line) -> bool {
    let lower = text[next.span.range()].starts_with(char::is_lowercase);
    lower
        && !text[line.span.range()].ends_with(['.', '!', '?', ':', '"', '”', '…'])
        && columns(text, line).is_some_and(|columns| WRAP.contains(&columns))
}

/// The width a text is wrapped to, in characters; none if it is not wrapped.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let (mut ends, mut soft, mut width) = (0, 0, 0);
    for pair in lines.windows(2).filter(|pair| pair[0].followed) {
        ends += 1;
        if is_soft_evidence(text, &pair[0], &pair[1]) {
            soft += 1;
            width = width.max(columns(text, &pair[0]).unwrap_or(0));
        }
    }
    (soft > 0 && 3 * soft >= ends).then_some(width)
}

/// Whether two lines are one paragraph.
fn is_joined(text: &str, line: &Line, next: &Line, width: Option<usize>) -> bool {
    if is_soft_evidence(text, line, next) {
        return true;
    }
    let (Some(width), Some(columns)) = (width, columns(text, line)) else {
        return false;
    };
    let next = &text[next.span.range()];
    let word = next.split(chars::is_blank).next().unwrap_or(next);
    columns <= *WRAP.end() && columns + 1 + word.chars().take(width + 1).count() > width
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraphs(text: &str) -> Vec<&str> {
        blocks(text).iter().map(|b| &text[b.span.range()]).collect()
    }

    #[test]
    fn blank_lines_separate_also_with_blanks_of_unicode() {
        assert_eq!(
            paragraphs("One\u{A0}\n \u{A0}\t\nTwo\r\n\r\nThree\n"),
            ["One", "Two", "Three"]
        );
        assert_eq!(paragraphs("\n\n \n"), [""; 0]);
        assert_eq!(paragraphs("One.\rTwo."), ["One.", "Two."]);
    }

    #[test]
    fn lines_that_are_paragraphs_stay_apart() {
        let text = "The council met on Monday to talk about the harbour.\nNobody from the port was there.\nThe end.";
        assert_eq!(paragraphs(text).len(), 3);
        assert_eq!(
            paragraphs("By Ann Lee\nShare this article\nLeave a comment").len(),
            3
        );
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let text = "The council met on Monday to talk about the harbour and the\n\
                    bridge that nobody wants to pay for. Officials from Lisbon\n\
                    Airport were there too. They left early.\n\
                    \n\
                    A second meeting is planned for Tuesday, when the chair is\n\
                    back.";
        let found = paragraphs(text);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].ends_with("left early.") && found[1].ends_with("back."));
    }

    #[test]
    fn a_short_last_line_ends_a_wrapped_paragraph_without_a_blank_line() {
        let text = "The council met on Monday to talk about the harbour and the\n\
                    bridge that nobody wants.\n\
                    A second meeting is planned for Tuesday, when the chair is\n\
                    back from a long journey.";
        assert_eq!(paragraphs(text).len(), 2);
    }
}
