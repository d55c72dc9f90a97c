//! Pairs quotation marks by kind and direction, with recovery.

use crate::annotation::QuoteFeatures;
use crate::annotation::layers::Quotation;
use crate::annotation::quote_marks::{Family, Shape, classify};
use crate::annotation::reading::Reading;
use crate::annotation::tag::Upos;
use crate::text::{Paragraph, TokenSpan, ZoneKind};

/// How many paragraphs of another zone (a caption, a credit) may stand between two pieces of a quotation.
const MOST_BETWEEN: usize = 6;

/// How deep quotations stand inside each other; what is deeper is paired, but no quotation. Every quotation around a
/// sentence is looked at with it, so that without a limit thousands of opening marks would cost their square.
const MOST_NESTED: usize = 16;

/// A quotation mark of one or two tokens.
#[derive(Clone, Copy, Debug)]
struct Mark {
    tokens: TokenSpan,
    family: Family,
    shape: Shape,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Opening,
    Closing,
}

/// A quotation whose closing mark has not come.
struct Open {
    mark: Mark,
    /// Pieces of paragraphs before this one.
    pieces: Vec<TokenSpan>,
    /// Start of the piece in this paragraph.
    start: u32,
    outer_start: u32,
}

/// A quotation that goes on in the next paragraph of its zone.
struct Pending {
    open: Open,
    zone: ZoneKind,
}

/// All pairs, in no order; without those that hold no words.
pub(super) fn pair(reading: Reading<'_>) -> Vec<Quotation> {
    let mut quotations = Vec::new();
    let mut pending: Option<Pending> = None;
    let paragraphs = &reading.document.paragraphs;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let tokens = tokens_of(reading, paragraph);
        if tokens.is_empty() {
            continue;
        }
        let mut pairing = Pairing::new(reading, tokens, &mut quotations);
        if (pending.as_ref()).is_some_and(|before| before.zone != paragraph.zone) {
            pairing.run(None);
            pairing.close_all(false);
            continue;
        }
        pairing.run(pending.take().map(|before| before.open));
        let goes_on = next_piece_opens(reading, index);
        pending = pairing.close_all(goes_on).map(|open| Pending {
            open,
            zone: paragraph.zone,
        });
    }
    quotations
}

fn tokens_of(reading: Reading<'_>, paragraph: &Paragraph) -> TokenSpan {
    let (first, end) = paragraph.sentences;
    let sentences = &reading.document.sentences;
    match (
        sentences.get(first as usize),
        sentences.get(end.saturating_sub(1) as usize),
    ) {
        (Some(first), Some(last)) if end > 0 => TokenSpan::new(first.tokens.start, last.tokens.end),
        _ => TokenSpan::default(),
    }
}

/// Whether the next paragraph of this zone begins with an opening mark.
fn next_piece_opens(reading: Reading<'_>, index: usize) -> bool {
    let paragraphs = &reading.document.paragraphs;
    let zone = paragraphs[index].zone;
    let next = (paragraphs[index + 1..].iter().take(MOST_BETWEEN)).find(|p| p.zone == zone);
    let Some(tokens) = next.map(|paragraph| tokens_of(reading, paragraph)) else {
        return false;
    };
    mark_at(reading, tokens.start, tokens.end)
        .is_some_and(|mark| mark.family == Family::Double && mark.tokens.end < tokens.end)
}

/// The mark that begins here; two single marks that touch are a double one.
fn mark_at(reading: Reading<'_>, at: u32, end: u32) -> Option<Mark> {
    let (family, shape) = classify(reading.word(at))?;
    let single = Mark {
        tokens: TokenSpan::new(at, at + 1),
        family,
        shape,
    };
    let touches = at + 1 < end && !reading.document.tokens[at as usize + 1].spaced;
    if family == Family::Single && touches && reading.word(at + 1) == reading.word(at) {
        let shape = match reading.word(at) {
            "'" | "’" => Shape::Right,
            _ => Shape::Opens,
        };
        return Some(Mark {
            tokens: TokenSpan::new(at, at + 2),
            family: Family::Double,
            shape,
        });
    }
    Some(single)
}

/// The marks of one paragraph.
struct Pairing<'d, 'q> {
    reading: Reading<'d>,
    tokens: TokenSpan,
    open: Vec<Open>,
    /// How many of `open` are of single marks.
    open_single: usize,
    /// Where the next closing single mark stands; found from left to right, once.
    next_single_close: u32,
    quotations: &'q mut Vec<Quotation>,
}

impl<'d, 'q> Pairing<'d, 'q> {
    fn new(reading: Reading<'d>, tokens: TokenSpan, quotations: &'q mut Vec<Quotation>) -> Self {
        Self {
            reading,
            tokens,
            open: Vec::new(),
            open_single: 0,
            next_single_close: tokens.start,
            quotations,
        }
    }

    /// Pairs the marks; `continued` is the quotation that goes on from the paragraph before.
    fn run(&mut self, continued: Option<Open>) {
        let mut at = self.tokens.start;
        if let (Some(mut open), Some(mark)) =
            (continued, mark_at(self.reading, at, self.tokens.end))
        {
            at = mark.tokens.end;
            open.start = at;
            self.open.push(open);
        }
        while at < self.tokens.end {
            let Some(mark) = mark_at(self.reading, at, self.tokens.end) else {
                at += 1;
                continue;
            };
            at = mark.tokens.end;
            match self.direction(mark) {
                Some(Direction::Opening) => self.push(mark),
                Some(Direction::Closing) => self.close(mark),
                None => {}
            }
        }
    }

    fn push(&mut self, mark: Mark) {
        self.open_single += usize::from(mark.family == Family::Single);
        self.open.push(Open {
            mark,
            pieces: Vec::new(),
            start: mark.tokens.end,
            outer_start: mark.tokens.start,
        });
    }

    /// Closes the innermost quotation of this family; single ones left inside it were apostrophes.
    fn close(&mut self, mark: Mark) {
        while let Some(open) = self.open.pop() {
            let single = open.mark.family == Family::Single;
            self.open_single -= usize::from(single);
            if open.mark.family == mark.family {
                self.finish(
                    open,
                    mark.tokens.start,
                    mark.tokens.end,
                    QuoteFeatures::default(),
                );
                return;
            }
            if mark.family == Family::Single {
                // A single mark inside a double quotation without a partner there: an apostrophe.
                self.open.push(open);
                return;
            }
        }
    }

    fn finish(&mut self, open: Open, end: u32, outer_end: u32, features: QuoteFeatures) {
        if self.open.len() >= MOST_NESTED {
            return;
        }
        let mut pieces = open.pieces;
        if open.start < end {
            pieces.push(TokenSpan::new(open.start, end));
        }
        if !pieces.is_empty() {
            self.quotations.push(Quotation {
                outer: TokenSpan::new(open.outer_start, outer_end),
                pieces,
                features,
            });
        }
    }

    /// At the end of the paragraph: what is open ends here, but for the outermost when it goes on.
    fn close_all(mut self, goes_on: bool) -> Option<Open> {
        let end = self.tokens.end;
        let mut open = std::mem::take(&mut self.open).into_iter();
        let mut carried = None;
        if goes_on && let Some(mut outermost) = open.next() {
            if outermost.start < end {
                outermost.pieces.push(TokenSpan::new(outermost.start, end));
            }
            carried = Some(outermost);
        }
        let double = open.filter(|open| open.mark.family == Family::Double);
        for open in double.take(MOST_NESTED) {
            self.finish(open, end, end, QuoteFeatures::OPEN);
        }
        carried
    }

    /// Whether a mark opens or closes; nothing for an apostrophe.
    fn direction(&mut self, mark: Mark) -> Option<Direction> {
        match mark.family {
            Family::Double => Some(self.double_direction(mark)),
            Family::Single => self.single_direction(mark),
        }
    }

    fn double_direction(&self, mark: Mark) -> Direction {
        let innermost = self
            .open
            .iter()
            .rev()
            .find(|open| open.mark.family == Family::Double);
        let word = self.reading.word(mark.tokens.start);
        let opened_by = innermost.map(|open| self.reading.word(open.mark.tokens.start));
        let sides = self.sides(mark);
        match mark.shape {
            // „Nein“
            Shape::Left if opened_by == Some("„") => Direction::Closing,
            Shape::Opens | Shape::Left => Direction::Opening,
            Shape::Right if innermost.is_none() && sides == Some(Direction::Opening) => {
                Direction::Opening
            }
            Shape::Right => Direction::Closing,
            // «Non» and »Nein«: the first of a kind opens.
            Shape::Either if word != "\"" => match opened_by {
                Some("«") if word == "»" => Direction::Closing,
                Some("»") if word == "«" => Direction::Closing,
                _ => sides.unwrap_or(Direction::Opening),
            },
            Shape::Either => sides.unwrap_or(if innermost.is_some() {
                Direction::Closing
            } else {
                Direction::Opening
            }),
        }
    }

    /// What the spaces around a mark tell, if they tell anything.
    fn sides(&self, mark: Mark) -> Option<Direction> {
        match (
            self.is_free_before(mark.tokens.start),
            self.is_free_after(mark.tokens.end),
        ) {
            (true, false) => Some(Direction::Opening),
            (false, true) => Some(Direction::Closing),
            _ => None,
        }
    }

    /// Whether a space, an opening bracket, a dash or another opening mark stands before.
    fn is_free_before(&self, at: u32) -> bool {
        if at <= self.tokens.start || self.reading.document.tokens[at as usize].spaced {
            return true;
        }
        let before = self.reading.word(at - 1);
        let opened = self
            .open
            .last()
            .is_some_and(|open| open.mark.tokens.end == at);
        opened || matches!(before, "(" | "[" | "-" | "–" | "—" | "--" | "/")
    }

    /// Whether a space, a mark of punctuation or the end stands after.
    fn is_free_after(&self, at: u32) -> bool {
        if at >= self.tokens.end || self.reading.document.tokens[at as usize].spaced {
            return true;
        }
        let after = self.reading.word(at);
        matches!(
            after,
            "." | ","
                | ";"
                | ":"
                | "!"
                | "?"
                | ")"
                | "]"
                | "-"
                | "–"
                | "—"
                | "--"
                | "/"
                | "'s"
                | "’s"
        ) || self.open.len() > 1 && classify(after).is_some()
    }

    /// Single marks quote only where it is clear: glued to a word, with a partner in the paragraph.
    fn single_direction(&mut self, mark: Mark) -> Option<Direction> {
        let at = mark.tokens.start;
        if self.reading.upos(at) == Upos::Part {
            return None;
        }
        let opens =
            mark.shape != Shape::Right && self.is_free_before(at) && !self.is_free_after(at + 1);
        if opens {
            let word = self.reading.word(at + 1);
            let elided = word.starts_with(|c: char| c.is_ascii_digit())
                || matches!(
                    word,
                    "em" | "tis" | "twas" | "til" | "cause" | "n" | "bout" | "round"
                );
            return (!elided && self.closes_later(at + 1)).then_some(Direction::Opening);
        }
        (self.open_single > 0 && self.is_single_close(at)).then_some(Direction::Closing)
    }

    fn closes_later(&mut self, from: u32) -> bool {
        self.next_single_close = self.next_single_close.max(from);
        while self.next_single_close < self.tokens.end {
            if self.is_single_close(self.next_single_close) {
                return true;
            }
            self.next_single_close += 1;
        }
        false
    }

    fn is_single_close(&self, at: u32) -> bool {
        matches!(self.reading.word(at), "'" | "’" | "›")
            && self.reading.upos(at) != Upos::Part
            && at > self.tokens.start
            && !self.reading.document.tokens[at as usize].spaced
            && self.is_free_after(at + 1)
    }
}
