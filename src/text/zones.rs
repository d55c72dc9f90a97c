//! Paragraphs → zones: what of a page is headline, running text, caption, credit, byline, furniture.
//!
//! Each line is first judged by itself (lists in [`super::phrases`]), then by its neighbours: headlines after `You
//! might also like`, captions beside a credit or standing twice, and the title before everything else. A line of prose
//! that fits nothing is running text, so an article without furniture is a title and a body.

use rustc_hash::FxHashMap;

use super::furniture as words;
use super::layout::Block;
use super::{Span, ZoneKind, credits, datelines};

/// The longest title, in bytes.
const TITLE_BYTES: usize = 200;
/// The longest run of lines in which neighbours of a credit are captions.
const CAPTION_RUN: usize = 4;
/// How many paragraphs apart a caption may stand twice.
const REPEAT_DISTANCE: usize = 4;

/// A paragraph with its zone, if its own words say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Zoned {
    /// Bytes, without blanks around.
    pub(super) span: Span,
    /// What it is.
    pub(super) kind: ZoneKind,
    /// Whether the next one follows on the same line or the next, without a blank line between.
    followed: bool,
}

/// Judges the paragraphs of a text; a credit glued to the end of a caption becomes a paragraph of its own.
pub(super) fn zone(text: &str, blocks: &[Block]) -> Vec<Zoned> {
    let mut zoned = Vec::with_capacity(blocks.len());
    for block in blocks {
        push_block(text, block, &mut zoned);
    }
    mark_related(text, &mut zoned);
    mark_repeated(text, &mut zoned);
    mark_beside_credits(text, &mut zoned);
    mark_title(text, &mut zoned);
    zoned
}

/// Judges one paragraph by its own words.
fn push_block(text: &str, block: &Block, out: &mut Vec<Zoned>) {
    super::work::count(1);
    let Block { span, followed } = *block;
    let line = &text[span.range()];
    let kind = own_kind(line);
    let report = (kind == ZoneKind::Body).then(|| datelines::report_start(line));
    if let Some(at) = report.flatten() {
        let dateline = super::chars::trim(&line[..at]).len() as u32;
        out.push(Zoned {
            span: Span::new(span.start, span.start + dateline),
            kind: ZoneKind::Byline,
            followed: true,
        });
        push_report(
            text,
            Span::new(span.start + at as u32, span.end),
            kind,
            followed,
            out,
        );
    } else {
        push_report(text, span, kind, followed, out);
    }
}

/// A paragraph without its dateline, and what a page glued to its end.
fn push_report(text: &str, span: Span, kind: ZoneKind, followed: bool, out: &mut Vec<Zoned>) {
    let line = &text[span.range()];
    let Some((head, at, tail)) = suffix(line, kind) else {
        out.push(Zoned {
            span,
            kind,
            followed,
        });
        return;
    };
    let border = span.start + at as u32;
    let end = span.start + super::chars::trim(&line[..at]).len() as u32;
    out.push(Zoned {
        span: Span::new(span.start, end),
        kind: head,
        followed: true,
    });
    out.push(Zoned {
        span: Span::new(border, span.end),
        kind: tail,
        followed,
    });
}

/// Where a line of prose ends and a credit or the agency's own byline follows on it; the zones of both parts.
fn suffix(line: &str, kind: ZoneKind) -> Option<(ZoneKind, usize, ZoneKind)> {
    if !matches!(kind, ZoneKind::Body | ZoneKind::Caption) {
        return None;
    }
    if let Some(at) = credits::suffix_start(line) {
        return Some((ZoneKind::Caption, at, ZoneKind::Credit));
    }
    words::byline_suffix(line).map(|at| (kind, at, ZoneKind::Byline))
}

/// What a line is by its own words; running text if they say nothing.
fn own_kind(line: &str) -> ZoneKind {
    if words::is_interface(line) {
        ZoneKind::Interface
    } else if words::is_related_link(line) {
        ZoneKind::Related
    } else if credits::is_credit(line) {
        ZoneKind::Credit
    } else if words::is_byline(line) {
        ZoneKind::Byline
    } else if words::is_caption(line) {
        ZoneKind::Caption
    } else {
        ZoneKind::Body
    }
}

/// Marks the headlines that follow a line such as `You might also like`, up to the next line of prose.
fn mark_related(text: &str, zoned: &mut [Zoned]) {
    let mut inside = false;
    for paragraph in zoned {
        let line = &text[paragraph.span.range()];
        if words::opens_related(line) {
            inside = true;
        } else if paragraph.kind == ZoneKind::Body && inside {
            inside = !words::is_prose(line);
            if inside {
                paragraph.kind = ZoneKind::Related;
            }
        }
    }
}

/// Marks as captions lines of running text that stand twice within a few paragraphs, the second maybe with a credit.
fn mark_repeated(text: &str, zoned: &mut [Zoned]) {
    let mut seen: FxHashMap<&str, usize> = FxHashMap::default();
    for index in 0..zoned.len() {
        let line = &text[zoned[index].span.range()];
        let eligible = matches!(zoned[index].kind, ZoneKind::Body | ZoneKind::Caption);
        if !eligible || !(30..1000).contains(&line.len()) {
            continue;
        }
        let before = seen.insert(line, index).filter(|before| *before > 0);
        if let Some(before) = before.filter(|before| index - before <= REPEAT_DISTANCE) {
            zoned[before].kind = ZoneKind::Caption;
            zoned[index].kind = ZoneKind::Caption;
        }
    }
}

/// Marks as captions lines that stand directly above or under a credit line of their own, without a blank line between.
///
/// Neighbours only say something where blank lines keep other paragraphs apart, so not in long runs of lines.
fn mark_beside_credits(text: &str, zoned: &mut [Zoned]) {
    let mut start = 0;
    for end in 1..=zoned.len() {
        if !zoned[end - 1].followed {
            let run = &mut zoned[start..end];
            if run.len() <= CAPTION_RUN {
                mark_run(text, run, start == 0);
            }
            start = end;
        }
    }
}

/// Marks the captions of one run of lines without blank lines; the first line of the text may be its title.
fn mark_run(text: &str, zoned: &mut [Zoned], first: bool) {
    let is_body = |z: &Zoned| z.kind == ZoneKind::Body && z.span.len() < 500;
    for index in 1..zoned.len() {
        let (before, after) = (zoned[index - 1], zoned[index]);
        if before.kind == ZoneKind::Credit
            && is_body(&after)
            && !words::is_speech(&text[after.span.range()])
        {
            zoned[index].kind = ZoneKind::Caption;
        } else if after.kind == ZoneKind::Credit && is_body(&before) && (index > 1 || !first) {
            zoned[index - 1].kind = ZoneKind::Caption;
        }
    }
}

/// Marks the headline: the first line of running text, if it looks like one and something follows.
fn mark_title(text: &str, zoned: &mut [Zoned]) {
    let Some(first) = zoned.iter().position(|z| z.kind == ZoneKind::Body) else {
        return;
    };
    let line = &text[zoned[first].span.range()];
    let follows = zoned[first + 1..]
        .iter()
        .any(|z| !matches!(z.kind, ZoneKind::Interface | ZoneKind::Related));
    if follows && line.len() <= TITLE_BYTES && words::is_headline(line) {
        zoned[first].kind = ZoneKind::Title;
    }
}

#[cfg(test)]
mod tests {
    use super::super::layout;
    use super::*;
    use ZoneKind::{Body, Byline, Caption, Credit, Interface, Related, Title};

    fn kinds(text: &str) -> Vec<ZoneKind> {
        zone(text, &layout::blocks(text))
            .iter()
            .map(|z| z.kind)
            .collect()
    }

    #[test]
    fn article_without_furniture_is_title_and_body() {
        let text = "Council keeps bridge\n\nThe council met on Monday.\n\n\"Follow us,\" Ann Lee said.\n\nWhat comes next\n\nNobody knows.";
        assert_eq!(kinds(text), [Title, Body, Body, Body, Body]);
        assert_eq!(kinds("The council met on Monday"), [Body]);
        assert_eq!(
            kinds("\"It stays,\" Ann Lee said. \"It is ours.\"\n\nThat was on Monday."),
            [Body, Body]
        );
    }

    #[test]
    fn neighbours_of_credits_are_captions_only_in_short_runs() {
        let photo =
            "Council keeps bridge\n\nReuters/Ann Lee\nCars wait on the bridge\n\nThe council met.";
        assert_eq!(kinds(photo), [Title, Credit, Caption, Body]);
        let dense = "Council keeps bridge\nThe council met on Monday.\nIt was cold.\nReuters/Ann Lee\nNobody left.\nThe end.";
        assert_eq!(kinds(dense), [Title, Body, Body, Credit, Body, Body]);
    }

    #[test]
    fn editors_at_the_end_of_prose_are_a_byline() {
        let text = "The bridge stays, the mayor said. (Reporting by Ann Lee; Editing by Bob Ray)";
        assert_eq!(kinds(text), [Body, Byline]);
    }

    #[test]
    fn headlines_of_other_articles_end_with_the_next_prose() {
        let text = "Ferry sinks\n\nIt sank on Monday.\n\nRelated\nWas the ferry safe?\nPort walks out\n\n\
                    The ferry had been built in Gdansk in the cold winter of 1980.\n\nIt was old.\n\nShare";
        assert_eq!(
            kinds(text),
            [
                Title, Body, Interface, Related, Related, Body, Body, Interface
            ]
        );
    }

    #[test]
    fn a_caption_may_stand_twice() {
        let line = "Boats wait under the old bridge near the port of Split";
        let text = format!("Council keeps bridge\n\n{line}\n{line}\n\nThe council met.");
        assert_eq!(kinds(&text), [Title, Caption, Caption, Body]);
    }
}
