//! Paragraphs → zones: what of a page is headline, running text, caption, credit, byline, furniture.
//!
//! Each line is first judged by itself (lists in [`super::phrases`]), then by its neighbours: headlines after `You
//! might also like`, captions beside a credit or standing twice, and the title before everything else. A line of prose
//! that fits nothing is running text, so an article without furniture is a title and a body.

use rustc_hash::FxHashMap;

use super::furniture as words;
use super::layout::Block;
use super::{Span, ZoneKind, credits};

/// The longest title, in bytes.
const TITLE_BYTES: usize = 200;
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
fn mark_beside_credits(text: &str, zoned: &mut [Zoned]) {
    let is_body = |z: &Zoned| z.kind == ZoneKind::Body && z.span.len() < 500;
    for index in 1..zoned.len() {
        let (before, after) = (zoned[index - 1], zoned[index]);
        if !before.followed {
            continue;
        }
        if before.kind == ZoneKind::Credit
            && is_body(&after)
            && !words::is_speech(&text[after.span.range()])
        {
            zoned[index].kind = ZoneKind::Caption;
        } else if after.kind == ZoneKind::Credit && is_body(&before) && index > 1 {
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
