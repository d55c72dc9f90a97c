//! The canonical form of each name.

use super::clusters::is_name;
use crate::graph::AttributeValue;
use crate::matching::{Mention, MentionId, MentionKind, State};
use crate::rules::vocabulary::folded;
use crate::text::TokenSpan;
use std::borrow::Cow;

/// What a mention calls its entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    /// In normal case, without article and clitic.
    pub(super) text: String,
    /// As names are compared: case, accents and hyphens do not matter.
    pub(super) key: String,
    /// Whether a list or a rule gave it, not the words of the text.
    pub(super) listed: bool,
    /// The list entry that it is.
    pub(super) entry: Option<(u32, u32)>,
}

impl Name {
    fn new(text: String, entry: Option<(u32, u32)>, listed: bool) -> Self {
        let key = key(&text);
        Self {
            text,
            key,
            listed,
            entry,
        }
    }

    /// How many words it has.
    pub(super) fn words(&self) -> usize {
        self.key.split(' ').count()
    }
}

/// Names by mention; none for descriptions, pronouns and relations.
pub(super) struct Names(Vec<Option<Name>>);

impl Names {
    /// Names of all mentions that are names.
    pub(super) fn new(state: &State<'_>) -> Self {
        let ids = (0..state.mentions.len() as u32).map(MentionId);
        let name = |id| is_name(id, state).then(|| name(state.mention(id), state));
        Self(ids.map(name).collect())
    }

    /// What a mention calls its entity.
    pub(super) fn get(&self, id: MentionId) -> Option<&Name> {
        self.0[id.0 as usize].as_ref()
    }
}

/// A name as it is compared.
pub(super) fn key(name: &str) -> String {
    let folded = folded(name);
    if is_plain(&folded) {
        return folded;
    }
    let words = folded.split(|c: char| c == '-' || c.is_whitespace());
    let words = words.filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// Whether there is nothing in a folded name but words with one blank between.
fn is_plain(folded: &str) -> bool {
    let word = |bytes: &[u8]| !bytes.is_empty() && bytes.iter().all(u8::is_ascii_graphic);
    !folded.contains('-') && folded.as_bytes().split(|b| *b == b' ').all(word)
}

fn name(mention: &Mention, state: &State<'_>) -> Name {
    let text = words(mention.core, state);
    let entry = entry(mention, state);
    let listed = |(list, row): (u32, u32)| {
        let cells = &state.rules.lists[list as usize].entries[row as usize].cells;
        cells.first(0)
    };
    let given = match mention.attributes.get("name") {
        Some(AttributeValue::Text(name)) if !name.trim().is_empty() => Some(name.trim()),
        _ => entry.and_then(listed),
    };
    let Some(given) = given else {
        return Name::new(normal_case(text, mention, state), None, false);
    };
    if given != text && key(given) != key(&text) {
        return Name::new(given.to_owned(), entry, true);
    }
    // Lists may be written small: "kaliningrad" is known by the capital that it has in the text.
    let has_capital = |name: &str| name.chars().any(char::is_uppercase);
    let better = !has_capital(given) && has_capital(&text);
    let best = if better { text } else { given.into() };
    Name::new(normal_case(best, mention, state), entry, entry.is_some())
}

/// The list entry that the words name: as it stands there, by an alias, or as its adjective. "Russians" stands in the
/// row of Russia and is another thing.
fn entry(mention: &Mention, state: &State<'_>) -> Option<(u32, u32)> {
    let entry = mention.entry?;
    let list = &state.rules.lists[entry.0 as usize];
    let is_adjective = matches!(mention.kind, MentionKind::Adjective(_));
    let mut columns = state.columns_of_entry(entry, mention.core);
    let is_name = |c: u16| is_adjective || c == 0 || list.columns[c as usize] == "aliases";
    columns.any(is_name).then_some(entry)
}

/// A value of a list entry; none where the cell is empty.
pub(super) fn column<'s>(
    (list, row): (u32, u32),
    column: &str,
    state: &'s State<'_>,
) -> Option<&'s str> {
    let list = &state.rules.lists[list as usize];
    list.entries[row as usize].cells.first(list.column(column)?)
}

/// The words of a stretch on one line, without article before and clitic behind.
pub(super) fn words<'s>(tokens: TokenSpan, state: &'s State<'_>) -> Cow<'s, str> {
    let bare = bare(tokens, state);
    let words = state.document.words(bare);
    if words.contains(['\n', '\r', '\t', '\u{a0}']) || words.contains("  ") {
        return words
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .into();
    }
    words.into()
}

/// A stretch without article before it, and clitics and marks around it; never empty.
pub(super) fn bare(tokens: TokenSpan, state: &State<'_>) -> TokenSpan {
    use crate::text::TokenKind;
    let mut out = tokens;
    let kind = |token: u32| state.document.tokens[token as usize].kind;
    let is_article = |token: u32| {
        let word = state.document.word(token);
        ["the", "a", "an"]
            .iter()
            .any(|article| word.eq_ignore_ascii_case(article))
    };
    let opens = |token: u32| !matches!(state.document.word(token), "(" | "[" | "$" | "#" | "@");
    while out.len() > 1
        && (kind(out.start) == TokenKind::Mark && opens(out.start) || is_article(out.start))
    {
        out.start += 1;
    }
    let closes = |token: u32| !matches!(state.document.word(token), ")" | "]" | "%");
    while out.len() > 1
        && match kind(out.end - 1) {
            TokenKind::Mark => closes(out.end - 1),
            TokenKind::Clitic => true,
            _ => false,
        }
    {
        out.end -= 1;
    }
    out
}

/// `OLGA LEE` is `Olga Lee`, and so is every name in a sentence of capitals; `ESF` alone stays.
fn normal_case(text: Cow<'_, str>, mention: &Mention, state: &State<'_>) -> String {
    if text.chars().any(char::is_lowercase) || !text.chars().any(char::is_alphabetic) {
        return text.into_owned();
    }
    let sentence = state.document.sentences[mention.sentence as usize].span;
    let shouted = !state
        .document
        .slice(sentence)
        .chars()
        .any(char::is_lowercase);
    let long = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count() > 3;
    let several = text.split_whitespace().count() > 1 && text.split_whitespace().any(long);
    if !shouted && !several {
        return text.into_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for letter in text.chars() {
        if inside {
            out.extend(letter.to_lowercase());
        } else {
            out.push(letter);
        }
        inside = letter.is_alphabetic();
    }
    out
}
