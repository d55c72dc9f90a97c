//! The document: decoded text and its layout.

use super::{Span, TokenSpan};

/// What a stretch of a web page's text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ZoneKind {
    /// The headline.
    Title,
    /// Running text.
    Body,
    /// Words under a picture.
    Caption,
    /// Photo credit or copyright line.
    Credit,
    /// Who wrote it.
    Byline,
    /// Buttons and other furniture.
    Interface,
    /// Headlines of other articles.
    Related,
}

/// A stretch of one kind; zones cover the text in order. They begin with a paragraph, so nearly always with a line, but
/// a credit that a page glued to its caption (`... in May, 2022.AP Photo/Ann Lee`) begins inside one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone {
    /// What it is.
    pub kind: ZoneKind,
    /// Bytes.
    pub span: Span,
}

/// A paragraph: sentences between line breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Bytes, without white space around.
    pub span: Span,
    /// The zone it stands in.
    pub zone: ZoneKind,
    /// Indices of its sentences, half-open.
    pub sentences: (u32, u32),
}

/// A sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Bytes, without white space around.
    pub span: Span,
    /// Its tokens; never empty.
    pub tokens: TokenSpan,
    /// Index of its paragraph.
    pub paragraph: u32,
    /// The zone it stands in.
    pub zone: ZoneKind,
}

/// What the tokenizer saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, with what belongs inside (`o'clock`, `U.S.`, `draft-age`).
    Word,
    /// Starts with a digit: `300,000`, `3.5`, `20th`, `10-year-old`. Currency marks, glued units and `%` are tokens of
    /// their own: `$` `1.13` `bn`, `5` `%`.
    Number,
    /// A clitic split from the word before: `'s`, `n't`, `'re`, the `'` of `states'`, the `not` of `cannot`.
    Clitic,
    /// A mark.
    Mark,
}

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Bytes.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// Whether white space (or the start of the text) stands before it.
    pub spaced: bool,
}

impl Token {
    /// The word as rules compare it: the bare apostrophe of `states'` is the `'s` of `state's`.
    pub fn spelling<'t>(&self, text: &'t str) -> &'t str {
        match (self.kind, &text[self.span.range()]) {
            (TokenKind::Clitic, "'" | "’") => "'s",
            (_, word) => word,
        }
    }
}

/// An article: decoded text, zones, paragraphs, sentences, tokens.
#[derive(Clone, Debug)]
pub struct Document {
    /// Name of the document, unique within a run.
    pub id: String,
    /// Publication date where known, `YYYY-MM-DD`.
    pub date: Option<jiff::civil::Date>,
    /// The decoded text, line ends untouched, without byte order mark.
    pub text: String,
    /// Zones in order, covering the text.
    pub zones: Vec<Zone>,
    /// Paragraphs in order.
    pub paragraphs: Vec<Paragraph>,
    /// Sentences in order.
    pub sentences: Vec<Sentence>,
    /// Tokens in order.
    pub tokens: Vec<Token>,
}

impl Document {
    /// Analyses a text: zones, paragraphs, sentences and tokens. Never fails, and takes time linear in the text.
    ///
    /// What lies beyond 4 GiB, the reach of a [`Span`], is dropped; [`decode`](super::decode) refuses such documents.
    ///
    /// ```
    /// use sayso::text::{Document, ZoneKind};
    ///
    /// let page = "Council keeps bridge\n\nBy Ann LeeReuters\n\nThe council met on Monday. Nobody objected.\n";
    /// let document = Document::new("page", page);
    /// let kinds: Vec<ZoneKind> = document.zones.iter().map(|zone| zone.kind).collect();
    /// assert_eq!(kinds, [ZoneKind::Title, ZoneKind::Byline, ZoneKind::Body]);
    /// assert_eq!(document.slice(document.sentences[3].span), "Nobody objected.");
    /// assert_eq!(document.word(6), "Reuters");
    /// ```
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Self {
        super::build::document(id.into(), text.into())
    }

    /// The same document, published on a date.
    #[must_use]
    pub fn with_date(mut self, date: jiff::civil::Date) -> Self {
        self.date = Some(date);
        self
    }

    /// The words of a span.
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.range()]
    }

    /// The words of a token.
    pub fn word(&self, token: u32) -> &str {
        self.slice(self.tokens[token as usize].span)
    }

    /// The bytes of a range of tokens (empty ranges give an empty span).
    pub fn span(&self, tokens: TokenSpan) -> Span {
        if tokens.is_empty() {
            let at = self
                .tokens
                .get(tokens.start as usize)
                .map_or(self.text.len() as u32, |t| t.span.start);
            return Span::new(at, at);
        }
        Span::new(
            self.tokens[tokens.start as usize].span.start,
            self.tokens[tokens.end as usize - 1].span.end,
        )
    }

    /// The words of a range of tokens, as they stand in the text.
    pub fn words(&self, tokens: TokenSpan) -> &str {
        self.slice(self.span(tokens))
    }

    /// Index of the sentence that holds a token.
    pub fn sentence_of(&self, token: u32) -> u32 {
        (self.sentences.partition_point(|s| s.tokens.end <= token))
            .min(self.sentences.len().saturating_sub(1)) as u32
    }
}
