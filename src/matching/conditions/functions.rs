//! Functions of values.

use super::{Environment, Resolved};
use crate::annotation::Upos;
use crate::matching::mention::Binding;
use crate::matching::state::State;
use crate::rules::condition::Function;
use crate::text::TokenSpan;
use smallvec::smallvec;

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
        pieces: smallvec![tokens],
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
        other => with_words(other, state, |words| {
            crate::annotation::values::number(words).map_or(Resolved::Missing, Resolved::Number)
        }),
    }
}

/// Hands over the words of a value. Words of the document come with the one before them: only `between` makes a range of
/// `40 and 50`.
fn with_words<T>(value: &Resolved, state: &State<'_>, f: impl FnOnce(&[&str]) -> T) -> T {
    if let Resolved::Bound(binding) = value {
        let tokens = binding.cover();
        let sentence = state.document.sentence_of(tokens.start);
        let first = state.document.sentences[sentence as usize].tokens.start;
        let start = tokens.start.saturating_sub(1).max(first);
        // what is counted tells the million of `35 m people` from a metre
        let last = state.document.sentences[sentence as usize].tokens.end;
        let counted = state.document.word(tokens.end - 1) == "m" && tokens.end < last;
        let words: Vec<&str> = (start..tokens.end + u32::from(counted))
            .map(|token| state.document.word(token))
            .collect();
        // a number or a sign before it is another amount: `the 500 $90 seats`
        let own = words.len() > 1 && start < tokens.start && !is_opener(words[0]);
        return f(&words[usize::from(own)..]);
    }
    let text = value.text(state);
    let words: Vec<&str> = crate::text::tokenize(&text)
        .iter()
        .map(|t| &text[t.span.range()])
        .collect();
    f(&words)
}

/// Words that open a range.
fn is_opener(word: &str) -> bool {
    word.eq_ignore_ascii_case("between") || word.eq_ignore_ascii_case("from")
}

/// `low(hedge, n)` and `high(hedge, n)`: the bounds of a hedged number or a range.
fn bound(arguments: &[Resolved], low: bool, state: &State<'_>) -> Resolved {
    let [hedge, value] = arguments else {
        return Resolved::Missing;
    };
    let hedge = hedge.text(state);
    let hedge: Vec<&str> = hedge.split_whitespace().collect();
    with_words(value, state, |words| {
        let (lower, upper) = crate::annotation::values::bounds(&hedge, words);
        (if low { lower } else { upper }).map_or(Resolved::Missing, Resolved::Number)
    })
}

/// Words that a unit behind a number is made of, at most.
const MAX_UNIT_WORDS: u32 = 5;

/// Words behind a span of time that make it a point in time.
const TIMES: &[&str] = &["earlier", "later", "ago", "before", "after"];

/// `unit(n)`: the unit in the words or right behind them, else the noun that they count; with what it is measured by
/// (`$58 per barrel`, `$3,500 a month`).
fn unit(value: &Resolved, state: &State<'_>) -> Resolved {
    use crate::annotation::values;
    let Resolved::Bound(binding) = value else {
        let text = value.text(state);
        return with_words(value, state, |words| {
            Resolved::Text(values::unit(words).map_or_else(|| text.to_lowercase(), str::to_owned))
        });
    };
    let tokens = binding.cover();
    let inside: Vec<&str> = (tokens.start..tokens.end)
        .map(|token| state.document.word(token))
        .collect();
    let sentence = state.document.sentence_of(tokens.start);
    let last = state.document.sentences[sentence as usize].tokens.end;
    let behind: Vec<&str> = (tokens.end..last.min(tokens.end + MAX_UNIT_WORDS))
        .map(|token| state.document.word(token))
        .collect();
    let measure = values::unit_at(&behind);
    let (name, end) = match (values::unit(&inside), measure) {
        // `$5 million`: the sign says it
        (Some(name), _) => (name.to_owned(), 0),
        (None, Some((name, words))) => (name.to_owned(), words),
        (None, None) => match counted(tokens, state) {
            Some(noun) => return Resolved::Text(state.lemma_text(noun)),
            None => return Resolved::Missing,
        },
    };
    match behind.get(end..).unwrap_or_default() {
        // `5 per cent to 10` `per cent` says no more than the first one
        [per, cent, ..] if per.eq_ignore_ascii_case("per") && cent.eq_ignore_ascii_case("cent") => {
            Resolved::Text(name)
        }
        [per, rest @ ..] if per.eq_ignore_ascii_case("per") && !rest.is_empty() => {
            let noun = tokens.end + end as u32 + 1;
            let of = values::unit_at(rest)
                .map_or_else(|| state.lemma_text(noun), |(of, _)| of.to_owned());
            Resolved::Text(format!("{name} per {of}"))
        }
        [article, of, after @ ..] if matches!(*article, "a" | "an") => {
            // `$6 billion a year earlier` is another time
            let later = matches!(after, [word, ..] if TIMES.contains(word));
            match values::unit_at(&[of]).filter(|_| !later) {
                Some((per, 1)) => Resolved::Text(format!("{name} per {per}")),
                _ => Resolved::Text(name),
            }
        }
        _ => Resolved::Text(name),
    }
}

/// The noun that a number counts: the head of the group that goes on behind it.
fn counted(tokens: TokenSpan, state: &State<'_>) -> Option<u32> {
    let sentence = state.document.sentence_of(tokens.start);
    let groups = state.nouns_of(sentence);
    let group = groups
        .iter()
        .filter(|g| g.tokens.start < tokens.end && g.head >= tokens.end)
        .min_by_key(|g| g.head)?;
    (state.annotation.tags[group.head as usize].upos == Upos::Noun).then_some(group.head)
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
