//! The canonical form of each name.

use super::clusters::{Clusters, is_name};
use crate::graph::AttributeValue;
use crate::matching::{Mention, MentionId, MentionKind, State};
use crate::rules::vocabulary::folded;
use crate::text::TokenSpan;
use rustc_hash::FxHashMap;

/// What a mention calls its entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    /// In normal case, without article and clitic.
    pub(super) text: String,
    /// As names are compared: case, accents and hyphens do not matter.
    pub(super) key: String,
    /// Whether a list or a rule gave it, not the words of the text.
    pub(super) listed: bool,
}

impl Name {
    fn new(text: String, listed: bool) -> Self {
        let key = key(&text);
        Self { text, key, listed }
    }

    /// How many words it has.
    pub(super) fn words(&self) -> usize {
        self.key.split(' ').count()
    }
}

/// Names by mention; none for descriptions and pronouns.
pub(super) type Names = FxHashMap<MentionId, Name>;

/// Names of all mentions that are names.
pub(super) fn all(clusters: &Clusters, state: &State<'_>) -> Names {
    let ids = clusters.order.iter().filter(|id| is_name(**id, state));
    ids.map(|id| (*id, name(state.mention(*id), state)))
        .collect()
}

/// A name as it is compared.
pub(super) fn key(name: &str) -> String {
    let folded = folded(name).replace('-', " ");
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn name(mention: &Mention, state: &State<'_>) -> Name {
    let text = words(mention.core, state);
    let given = match mention.attributes.get("name") {
        Some(AttributeValue::Text(name)) if !name.trim().is_empty() => Some(name.trim().to_owned()),
        _ => entry_name(mention, &text, state),
    };
    let Some(given) = given else {
        return Name::new(normal_case(&text, mention, state), false);
    };
    let is_entry = entry_name(mention, &text, state).is_some();
    if key(&given) != key(&text) {
        return Name::new(given, true);
    }
    // Lists may be written small: "kaliningrad" is known by the capital that it has in the text.
    let has_capital = |name: &str| name.chars().any(char::is_uppercase);
    let better = !has_capital(&given) && has_capital(&text);
    let best = if better { text } else { given };
    Name::new(normal_case(&best, mention, state), is_entry)
}

/// The first column of the list entry that the words name: as it stands there, by an alias, or as its adjective.
fn entry_name(mention: &Mention, text: &str, state: &State<'_>) -> Option<String> {
    let (list, row) = mention.entry?;
    let list = &state.rules.lists[list as usize];
    let cells = &list.entries[row as usize].cells;
    let is_adjective = matches!(mention.kind, MentionKind::Adjective(_));
    let text = key(text);
    // "Russians" stands in the row of Russia and is another thing.
    let mut names = (cells.iter().zip(&list.columns).enumerate())
        .filter(|(number, (_, column))| *number == 0 || *column == "aliases" || is_adjective);
    let is_name = names.any(|(_, (values, _))| values.iter().any(|value| key(value) == text));
    cells.first()?.first().filter(|_| is_name).cloned()
}

/// A value of the list entry that a mention names.
pub(super) fn column(mention: &Mention, column: &str, state: &State<'_>) -> Option<String> {
    entry_name(mention, &words(mention.core, state), state)?;
    let (list, row) = mention.entry?;
    let list = &state.rules.lists[list as usize];
    let cell = list.entries[row as usize].cells.get(list.column(column)?)?;
    cell.first().filter(|value| !value.is_empty()).cloned()
}

/// The words of a stretch on one line, without article before and clitic behind.
pub(super) fn words(tokens: TokenSpan, state: &State<'_>) -> String {
    let bare = bare(tokens, state);
    let words = state.document.words(bare);
    if words.contains(['\n', '\r', '\t', '\u{a0}']) || words.contains("  ") {
        return words.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    words.to_owned()
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
fn normal_case(text: &str, mention: &Mention, state: &State<'_>) -> String {
    if text.chars().any(char::is_lowercase) || !text.chars().any(char::is_alphabetic) {
        return text.to_owned();
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
        return text.to_owned();
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
