//! What holds for the document of any text.

use proptest::prelude::*;

use super::ZoneKind::{self, Body, Byline, Caption, Credit, Interface, Related, Title};
use super::{Document, MAX_SENTENCE_TOKENS, Span, chars, tokenize, work};

/// Panics with a reason if the document breaks a promise of the stage.
fn check(document: &Document) {
    let text = document.text.as_str();
    check_zones(document);
    let (mut sentence_end, mut token_end) = (0, 0);
    for (index, paragraph) in document.paragraphs.iter().enumerate() {
        check_trimmed(text, paragraph.span);
        let (first, last) = paragraph.sentences;
        assert_eq!(
            first, sentence_end,
            "sentences of paragraphs follow each other"
        );
        assert!(first < last, "no paragraph is empty");
        sentence_end = last;
        for sentence in &document.sentences[first as usize..last as usize] {
            check_trimmed(text, sentence.span);
            assert_eq!(
                (sentence.paragraph, sentence.zone),
                (index as u32, paragraph.zone)
            );
            assert!(
                paragraph.span.contains(sentence.span),
                "sentences lie in their paragraph"
            );
            assert_eq!(
                sentence.tokens.start, token_end,
                "tokens of sentences follow each other"
            );
            assert!((1..=MAX_SENTENCE_TOKENS as u32).contains(&sentence.tokens.len()));
            assert_eq!(
                document.span(sentence.tokens),
                sentence.span,
                "a sentence is its tokens"
            );
            token_end = sentence.tokens.end;
        }
    }
    assert_eq!(sentence_end as usize, document.sentences.len());
    assert_eq!(token_end as usize, document.tokens.len());
    check_tokens(document);
}

fn check_trimmed(text: &str, span: Span) {
    let words = &text[span.range()];
    assert!(
        !words.is_empty() && chars::trim(words) == words,
        "{words:?} has blanks around"
    );
}

fn check_zones(document: &Document) {
    let mut end = 0;
    for zone in &document.zones {
        assert_eq!(zone.span.start, end, "zones follow each other");
        assert!(document.text.is_char_boundary(zone.span.end as usize));
        end = zone.span.end;
    }
    assert_eq!(end as usize, document.text.len(), "zones cover the text");
    for paragraph in &document.paragraphs {
        let zone = document
            .zones
            .iter()
            .find(|z| z.span.contains(paragraph.span));
        assert_eq!(
            zone.expect("a paragraph lies in one zone").kind,
            paragraph.zone
        );
    }
}

fn check_tokens(document: &Document) {
    let mut end = 0;
    for token in &document.tokens {
        let between = &document.text[end..token.span.start as usize];
        assert!(
            between.chars().all(chars::is_blank),
            "{between:?} is in no token"
        );
        assert_eq!(
            token.spaced,
            token.span.start == 0 || !between.is_empty(),
            "at {}",
            token.span.start
        );
        let words = &document.text[token.span.range()];
        assert!(
            !words.is_empty() && !words.chars().any(chars::is_blank),
            "{words:?}"
        );
        end = token.span.end as usize;
    }
    assert!(document.text[end..].chars().all(chars::is_blank));
}

fn hostile_texts(size: usize) -> Vec<(&'static str, String)> {
    let unit = |unit: &str| unit.repeat(size / unit.len());
    vec![
        (
            "one line of prose",
            unit("The council met on Monday, and Mr. Lee's friends didn't vote. "),
        ),
        ("one word", unit("a")),
        ("hyphens", unit("a-")),
        ("apostrophes", unit("a'")),
        (
            "possessives in an open quotation",
            format!("'{}", unit("s' a ")),
        ),
        ("stops between letters", unit("a.")),
        ("stops between words", unit("aa.bb")),
        ("stops", unit(".")),
        ("stops and capitals", unit(".A ")),
        ("at signs", unit("a@")),
        ("addresses that never end", unit("aa.bb-@c-")),
        ("addresses", unit("http://a")),
        ("digits", unit("1,")),
        ("commas in numbers", unit("1,000")),
        (
            "nested quotations",
            format!(
                "{}{}",
                "\u{201C}\u{2018}".repeat(size / 12),
                "\u{2019}\u{201D}".repeat(size / 12)
            ),
        ),
        ("straight quotation marks", unit("'\"")),
        ("closing marks after a stop", format!("a.{}", unit(")"))),
        ("questions and names", unit("?\" Aaaa ")),
        ("brackets", unit(".[1")),
        ("blank lines", unit("\n \n")),
        ("short lines", unit("a\n")),
        (
            "wrapped lines",
            unit("the council met again on Monday to talk about it\n"),
        ),
        ("lines of furniture", unit("Share this articleComments\n")),
        ("lines of credit", unit("Copyright A/AFP\nA view of it\n")),
        ("slashes", unit("A.B/AFP ")),
        ("one long second line", format!("a\n{}", unit("Word "))),
        (
            "emoji",
            unit("\u{1F468}\u{200D}\u{1F469}\u{1F44D}\u{1F3FD}"),
        ),
        (
            "right to left",
            unit("\u{645}\u{631}\u{62D}\u{628}\u{627}. "),
        ),
        ("no blanks", unit("\u{4E2D}\u{6587}\u{3002}")),
        ("NUL", unit("\0a")),
        ("combining marks", unit("\u{301}")),
        ("blanks of Unicode", unit("\u{A0}\u{2003}")),
        ("ellipses", unit("…\u{201D} ")),
    ]
}

#[test]
fn hostile_texts_keep_every_promise() {
    for (name, text) in hostile_texts(6_000) {
        let document = Document::new(name, text);
        check(&document);
    }
    check(&Document::new("empty", ""));
}

#[test]
fn work_grows_with_the_text_and_not_faster() {
    let cost = |size: usize| -> Vec<(&'static str, usize)> {
        let texts = hostile_texts(size);
        texts
            .into_iter()
            .map(|(name, text)| (name, work::steps(|| drop(Document::new("", text)))))
            .collect()
    };
    let sizes = (20_000, 80_000);
    for ((name, small), (_, large)) in cost(sizes.0).into_iter().zip(cost(sizes.1)) {
        assert!(small > 0, "{name}: no step was counted");
        assert!(
            large <= 5 * small + 1_000,
            "{name}: {small} steps became {large} for four times the text"
        );
        assert!(
            large <= 100 * sizes.1,
            "{name}: {large} steps for {} bytes",
            sizes.1
        );
    }
}

#[test]
fn long_sentences_are_split_at_marks() {
    let text = format!("{}; {}", "one, ".repeat(180), "two ".repeat(700));
    let document = Document::new("long", text);
    check(&document);
    let ends: Vec<&str> = document
        .sentences
        .iter()
        .map(|s| document.word(s.tokens.end - 1))
        .collect();
    assert_eq!(ends, [";", "two", "two"]);
}

#[test]
fn page_of_news_is_zoned() {
    let page = "Will the old bridge stay?\n\
        \n\
        In this photo taken on May 3, 2022 boats wait under the bridge.\n\
        In this photo taken on May 3, 2022 boats wait under the bridge. Copyright\u{A0}ANN LEE/AFP\n\
        By\u{A0}Bob RayReuters\n\
        Share this articleComments\n\
        \n\
        The council met on Monday to talk about it.\n\
        \n\
        AP Photo/Ann Lee\n\
        Cars on the bridge near Split, Croatia, May 3, 2022.AP Photo/Ann Lee\n\
        \n\
        \"Nothing is decided,\" the mayor said.\n\
        \n\
        You might also like\n\
        \n\
        Port workers walk out for a second day\n\
        \n\
        Was the bridge ever safe?\n";
    let document = Document::new("page", page);
    check(&document);
    let kinds: Vec<ZoneKind> = document.paragraphs.iter().map(|p| p.zone).collect();
    assert_eq!(
        kinds,
        [
            Title, Caption, Caption, Credit, Byline, Interface, Body, Credit, Caption, Credit,
            Body, Interface, Related, Related
        ]
    );
    let words = |zone| -> Vec<&str> {
        let sentences = document.sentences.iter().filter(|s| s.zone == zone);
        sentences
            .flat_map(|s| s.tokens.range())
            .map(|t| document.word(t as u32))
            .collect()
    };
    assert_eq!(words(Byline), ["By", "Bob", "Ray", "Reuters"]);
    assert_eq!(words(Credit)[..5], ["Copyright", "ANN", "LEE", "/", "AFP"]);
}

#[test]
fn wire_text_is_a_dateline_and_body() {
    let wire = "LONDON, March 3 (Reuters) - The council kept the bridge.\n\nOfficials in Paris said they were glad.\n";
    let document = Document::new("wire", wire);
    let kinds: Vec<ZoneKind> = document.sentences.iter().map(|s| s.zone).collect();
    assert_eq!(kinds, [Byline, Body, Body]);
    let report = document.sentences[1].tokens.start;
    assert_eq!(document.word(report), "The");
}

proptest! {
    #[test]
    fn any_text_keeps_every_promise(text in "\\PC{0,200}") {
        check(&Document::new("any", text));
    }

    #[test]
    fn any_control_character_keeps_every_promise(text in "[\\x00-\\x7F\u{80}-\u{A1}\u{2000}-\u{2030}\u{FEFF}]{0,200}") {
        check(&Document::new("any", text));
    }

    #[test]
    fn news_like_text_keeps_every_promise(
        parts in prop::collection::vec(prop::sample::select(vec![
            "The", "council", "U.S.", "Mr.", "can't", "Lee's", "states'", "'", "\"", "“", "”", "’", "‘", ".", "?", "!", "…",
            "...", ",", ";", "-", "--", "—", " ", " ", " ", "\n", "\n\n", "\r\n", "\u{A0}", "$", "1.13bn", "5%", "2022", "Sept. 3",
            "AP Photo/Ann Lee", "Copyright", "/AFP", "By Ann LeeReuters", "Share this article", "You might also like",
            "a@b.org", "http://a.b/c", "www.x.org", "(", ")", "[3]", "Moscow-Belgrade", "US-led", "10-year-old", "é", "İ", "ß",
        ]), 0..80)
    ) {
        let text = parts.concat();
        check(&Document::new("news", text.as_str()));
        let tokens = tokenize(&text);
        prop_assert!(tokens.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        let again = Document::new("news", text.as_str());
        prop_assert_eq!(format!("{again:?}"), format!("{:?}", Document::new("news", text)));
    }
}
