//! Functions of values.

use super::{Environment, Resolved};
use crate::annotation::Upos;
use crate::matching::mention::Binding;
use crate::matching::state::State;
use crate::rules::condition::Function;
use crate::text::TokenSpan;

/// Applies a function; without arguments to the whole match.
pub(super) fn apply(
    function: Function,
    arguments: &[Resolved],
    environment: &Environment,
    state: &State<'_>,
) -> Resolved {
    let whole = Resolved::Bound(of_tokens(environment.core));
    let first = arguments.first().unwrap_or(&whole);
    if first.is_missing() && function != Function::Low && function != Function::High {
        return Resolved::Missing;
    }
    let span = match first {
        Resolved::Bound(binding) => Some(binding.cover()),
        _ => None,
    };
    match function {
        Function::Text => Resolved::Text(first.text(state)),
        Function::Lemma => span.map_or(Resolved::Missing, |s| {
            Resolved::Text(state.lemma_text(head(s, state)))
        }),
        Function::Head => span.map_or(Resolved::Missing, |s| Resolved::Bound(one(head(s, state)))),
        Function::First => span.map_or_else(
            || word(first, state, false),
            |s| Resolved::Bound(one(s.start)),
        ),
        Function::Last => span.map_or_else(
            || word(first, state, true),
            |s| Resolved::Bound(one(s.end - 1)),
        ),
        Function::Bare => span.map_or_else(
            || first.clone(),
            |s| Resolved::Bound(of_tokens(bare(s, state))),
        ),
        Function::Number => number(first, state),
        Function::Low => bound(arguments, true, state),
        Function::High => bound(arguments, false, state),
        Function::Unit => unit(first, state),
        Function::Date => date(first, state),
        Function::Title => Resolved::Text(title(&first.text(state))),
    }
}

fn one(token: u32) -> Binding {
    of_tokens(TokenSpan::new(token, token + 1))
}

fn of_tokens(tokens: TokenSpan) -> Binding {
    Binding {
        pieces: vec![tokens],
        anchor: tokens.start,
        ..Binding::default()
    }
}

fn word(value: &Resolved, state: &State<'_>, last: bool) -> Resolved {
    let text = value.text(state);
    let found = if last {
        text.split_whitespace().next_back()
    } else {
        text.split_whitespace().next()
    };
    found.map_or(Resolved::Missing, |w| Resolved::Text(w.to_owned()))
}

/// The main token: the head of the first noun group that begins there, else the head of a verb group, else the last.
fn head(tokens: TokenSpan, state: &State<'_>) -> u32 {
    let sentence = state.document.sentence_of(tokens.start);
    let groups = state.nouns_of(sentence);
    let group = groups
        .iter()
        .filter(|g| g.tokens.start == tokens.start && g.head < tokens.end)
        .max_by_key(|g| g.tokens.end);
    match (group, state.verb_at(tokens.start)) {
        (Some(group), _) => group.head,
        (None, Some(verb)) if verb.head < tokens.end => verb.head,
        _ => tokens.end - 1,
    }
}

/// Without article, possessive pronoun, clitic and marks at the edges.
fn bare(tokens: TokenSpan, state: &State<'_>) -> TokenSpan {
    let mut out = tokens;
    let tag = |token: u32| state.annotation.tags[token as usize].upos;
    while out.len() > 1 && matches!(tag(out.start), Upos::Det | Upos::Punct) {
        out.start += 1;
    }
    while out.len() > 1
        && (tag(out.end - 1) == Upos::Punct
            || matches!(state.document.word(out.end - 1), "'s" | "’s" | "'" | "’"))
    {
        out.end -= 1;
    }
    out
}

fn number(value: &Resolved, state: &State<'_>) -> Resolved {
    match value {
        Resolved::Number(number) => Resolved::Number(number.clone()),
        other => {
            let text = other.text(state);
            let words: Vec<&str> = crate::text::tokenize(&text)
                .iter()
                .map(|t| &text[t.span.range()])
                .collect();
            crate::annotation::values::number(&words).map_or(Resolved::Missing, Resolved::Number)
        }
    }
}

/// `low(hedge, n)` and `high(hedge, n)`: the bounds of a hedged number or a range.
fn bound(arguments: &[Resolved], low: bool, state: &State<'_>) -> Resolved {
    let [hedge, value] = arguments else {
        return Resolved::Missing;
    };
    let (hedge, value) = (hedge.text(state), value.text(state));
    let hedge: Vec<&str> = hedge.split_whitespace().collect();
    let words: Vec<&str> = crate::text::tokenize(&value)
        .iter()
        .map(|t| &value[t.span.range()])
        .collect();
    let (lower, upper) = crate::annotation::values::bounds(&hedge, &words);
    (if low { lower } else { upper }).map_or(Resolved::Missing, Resolved::Number)
}

fn unit(value: &Resolved, state: &State<'_>) -> Resolved {
    let text = value.text(state);
    let words: Vec<&str> = crate::text::tokenize(&text)
        .iter()
        .map(|t| &text[t.span.range()])
        .collect();
    match crate::annotation::values::unit(&words) {
        Some(name) => Resolved::Text(name.to_owned()),
        None => Resolved::Text(text.to_lowercase()),
    }
}

fn date(value: &Resolved, state: &State<'_>) -> Resolved {
    let text = value.text(state);
    let words: Vec<&str> = crate::text::tokenize(&text)
        .iter()
        .map(|t| &text[t.span.range()])
        .collect();
    crate::annotation::values::date(&words, state.document.date)
        .map_or(Resolved::Missing, Resolved::Text)
}

/// Capitals at the beginning of each word; words without small letters are lowered first.
fn title(text: &str) -> String {
    let words = text.split_whitespace().map(|word| {
        let shouting = !word.chars().any(char::is_lowercase);
        let mut letters = word.chars();
        let rest = |letters: std::str::Chars<'_>| {
            if shouting {
                letters.as_str().to_lowercase()
            } else {
                letters.as_str().to_owned()
            }
        };
        letters.next().map_or_else(String::new, |first| {
            first.to_uppercase().collect::<String>() + &rest(letters)
        })
    });
    words.collect::<Vec<_>>().join(" ")
}
