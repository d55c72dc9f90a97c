//! Puts a document together: paragraphs, zones, sentences, tokens.

use super::layout;
use super::sentences;
use super::tokenizer::Scanner;
use super::zones::{self, Zoned};
use super::{
    Document, Paragraph, Sentence, Span, Token, TokenKind, TokenSpan, Zone, ZoneKind, furniture,
};

/// The most tokens of a sentence; longer ones are split at `;`, else at `,`, else anywhere.
pub const MAX_SENTENCE_TOKENS: usize = 512;

/// Analyses a text.
pub(super) fn document(id: String, mut text: String) -> Document {
    text.truncate(super::cut_to_limit(&text).len());
    let zoned = zones::zone(&text, &layout::blocks(&text));
    let mut builder = Builder::new(&text, zoned.len());
    for paragraph in &zoned {
        builder.add(paragraph);
    }
    let Builder {
        paragraphs,
        sentences,
        scanner,
        ..
    } = builder;
    let (tokens, zones) = (scanner.out, zone_spans(&text, &zoned));
    Document {
        id,
        date: None,
        text,
        zones,
        paragraphs,
        sentences,
        tokens,
    }
}

/// The zones: runs of paragraphs of one kind, each up to the start of the next.
fn zone_spans(text: &str, zoned: &[Zoned]) -> Vec<Zone> {
    let end = text.len() as u32;
    let mut zones: Vec<Zone> = Vec::new();
    for paragraph in zoned {
        match zones.last_mut() {
            Some(last) if last.kind == paragraph.kind => {}
            Some(last) => {
                last.span.end = paragraph.span.start;
                zones.push(Zone {
                    kind: paragraph.kind,
                    span: Span::new(paragraph.span.start, end),
                });
            }
            None => zones.push(Zone {
                kind: paragraph.kind,
                span: Span::new(0, end),
            }),
        }
    }
    if zones.is_empty() && end > 0 {
        zones.push(Zone {
            kind: ZoneKind::Body,
            span: Span::new(0, end),
        });
    }
    zones
}

/// Collects paragraph after paragraph.
struct Builder<'t> {
    text: &'t str,
    scanner: Scanner<'t>,
    paragraphs: Vec<Paragraph>,
    sentences: Vec<Sentence>,
}

impl<'t> Builder<'t> {
    fn new(text: &'t str, paragraphs: usize) -> Self {
        Self {
            text,
            scanner: Scanner::new(text),
            paragraphs: Vec::with_capacity(paragraphs),
            sentences: Vec::with_capacity(text.len() / 110),
        }
    }

    /// Adds a paragraph with its sentences; lines about author and credit are one sentence, for their initials.
    fn add(&mut self, paragraph: &Zoned) {
        let first = self.sentences.len() as u32;
        self.scanner.new_paragraph();
        let whole = matches!(
            paragraph.kind,
            ZoneKind::Byline | ZoneKind::Credit | ZoneKind::Interface
        );
        if whole {
            self.sentence(paragraph.span, paragraph.kind);
        } else {
            sentences::split(self.text, paragraph.span, |span| {
                self.sentence(span, paragraph.kind);
            });
        }
        let sentences = (first, self.sentences.len() as u32);
        self.paragraphs.push(Paragraph {
            span: paragraph.span,
            zone: paragraph.kind,
            sentences,
        });
    }

    /// Adds a sentence with its tokens, or several if it is too long.
    fn sentence(&mut self, span: Span, zone: ZoneKind) {
        let mut start = self.scanner.out.len();
        self.scanner.scan(span.start as usize, span.end as usize);
        if matches!(zone, ZoneKind::Byline | ZoneKind::Credit) {
            self.cut_agencies(start);
        }
        let end = self.scanner.out.len();
        while start < end {
            let piece = start + piece_len(self.text, &self.scanner.out[start..end]);
            let tokens = &self.scanner.out[start..piece];
            let span = Span::new(tokens[0].span.start, tokens[tokens.len() - 1].span.end);
            let tokens = TokenSpan::new(start as u32, piece as u32);
            let paragraph = self.paragraphs.len() as u32;
            self.sentences.push(Sentence {
                span,
                tokens,
                paragraph,
                zone,
            });
            start = piece;
        }
    }

    /// Cuts agencies and towns off names from a token on: `By Ann LeeReuters`.
    fn cut_agencies(&mut self, from: usize) {
        let tokens = &self.scanner.out[from..];
        let glued = |token: &Token| match token.kind {
            TokenKind::Word => furniture::glued_name(&self.text[token.span.range()]),
            _ => None,
        };
        if !tokens.iter().any(|token| glued(token).is_some()) {
            return;
        }
        let mut cut = Vec::with_capacity(tokens.len() + 1);
        for token in tokens {
            match glued(token) {
                Some(at) => {
                    let border = token.span.start + at as u32;
                    cut.push(Token {
                        span: Span::new(token.span.start, border),
                        ..*token
                    });
                    cut.push(Token {
                        span: Span::new(border, token.span.end),
                        kind: token.kind,
                        spaced: false,
                    });
                }
                None => cut.push(*token),
            }
        }
        self.scanner.out.splice(from.., cut);
    }
}

/// How many of the tokens the next sentence takes: all, or up to the last `;`, else `,`, of the second half of what a
/// sentence may hold, else as many as it may.
fn piece_len(text: &str, tokens: &[Token]) -> usize {
    if tokens.len() <= MAX_SENTENCE_TOKENS {
        return tokens.len();
    }
    let half = MAX_SENTENCE_TOKENS / 2;
    let last = |mark: &str| {
        let found = tokens[half..MAX_SENTENCE_TOKENS]
            .iter()
            .rposition(|t| &text[t.span.range()] == mark);
        found.map(|at| half + at + 1)
    };
    last(";")
        .or_else(|| last(","))
        .unwrap_or(MAX_SENTENCE_TOKENS)
}
