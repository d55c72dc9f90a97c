//! Corrections of tags by what stands around: the tagger sees two words to either side, a clause is longer.

use super::irregular;
use super::model::Model;
use super::tag::{Form, Tag, Upos};
use crate::text::{Document, TokenKind, TokenSpan};

/// What a bare verb stands behind.
const BARE: &[&str] = &[
    "do", "does", "did", "will", "would", "can", "could", "may", "might", "must", "should",
];

/// Pronouns that are never an object.
const SUBJECTS: &[&str] = &["i", "he", "she", "we", "they"];

/// Verbs that a clause follows ("said it rained"), and not an object ("left it closed").
const SAYING: &[&str] = &[
    "said",
    "says",
    "say",
    "saying",
    "added",
    "adds",
    "adding",
    "announced",
    "believe",
    "believed",
    "believes",
    "claimed",
    "claims",
    "hoped",
    "hopes",
    "insisted",
    "insists",
    "knew",
    "know",
    "knows",
    "think",
    "thinks",
    "thought",
    "warned",
    "warns",
    "wrote",
];

/// What a participle stands behind.
const HAVE: &[&str] = &["have", "has", "had", "having"];

/// What an object begins with.
const ARTICLES: &[&str] = &[
    "a", "an", "the", "its", "their", "his", "her", "this", "these", "every",
];

/// Corrects the tags of one sentence.
pub(super) fn repair(model: &Model, document: &Document, sentence: TokenSpan, tags: &mut [Tag]) {
    let third = Tag {
        upos: Upos::Verb,
        form: Form::Third,
    };
    for token in sentence.start..sentence.end {
        if is_abbreviated_title(document, token, tags) {
            tags[token as usize] = Tag {
                upos: Upos::Propn,
                form: Form::Base,
            };
        }
    }
    for token in sentence.start + 1..sentence.end {
        if is_bare_possessive(document, token) {
            tags[token as usize] = Tag {
                upos: Upos::Part,
                form: Form::Base,
            };
            continue;
        }
        let in_present = token + 1 < sentence.end && reports(document, sentence, token, tags)
            || has_object(document, sentence, token, tags)
            || is_shown(document, sentence, token, tags);
        // "Island leaders that …": what the model knows to be no verb is none.
        let form = if in_present && !model.never_is(document.word(token), third) {
            Form::Third
        } else if let Some(form) = behind_auxiliary(document, sentence, token, tags) {
            form
        } else if is_past_of_noun(document, sentence, token, tags)
            || is_past_of_pronoun(document, sentence, token, tags)
        {
            Form::Past
        } else {
            continue;
        };
        tags[token as usize] = Tag {
            upos: Upos::Verb,
            form,
        };
    }
}

/// "Rep. Anna Lund": the tokenizer leaves the mark on abbreviations alone, and a verb is none.
fn is_abbreviated_title(document: &Document, token: u32, tags: &[Tag]) -> bool {
    let word = document.word(token);
    tags[token as usize].upos == Upos::Verb
        && word.len() > 2
        && word.ends_with('.')
        && word.starts_with(char::is_uppercase)
}

/// "the nurses' union": the tokenizer has told the apostrophe from a quotation mark.
fn is_bare_possessive(document: &Document, token: u32) -> bool {
    document.tokens[token as usize].kind == TokenKind::Clitic
        && matches!(document.word(token), "'" | "’")
}

fn is_nominal(tag: Tag) -> bool {
    matches!(tag.upos, Upos::Noun | Upos::Adj | Upos::Adv | Upos::Propn)
}

/// "the captain had slept", "did not apologise": behind `have` stands a participle, behind a negated `do` or modal the
/// verb itself, whatever the tagger took it for.
fn behind_auxiliary(
    document: &Document,
    sentence: TokenSpan,
    token: u32,
    tags: &[Tag],
) -> Option<Form> {
    let tag = tags[token as usize];
    let in_lower_case = |word: &str| word.bytes().all(|byte| byte.is_ascii_lowercase());
    if !is_nominal(tag) || !in_lower_case(document.word(token)) {
        return None;
    }
    let mut before = token - 1;
    let (mut adverbs, mut negated) = (0, false);
    while before > sentence.start
        && adverbs < 2
        && matches!(tags[before as usize].upos, Upos::Adv | Upos::Part)
    {
        negated |= ["not", "n't", "never"].contains(&document.word(before));
        adverbs += 1;
        before -= 1;
    }
    if tags[before as usize].upos != Upos::Aux {
        return None;
    }
    let (auxiliary, word) = (document.word(before), document.word(token));
    let adverb = tag.upos == Upos::Adv && (word.ends_with("ly") || word.len() < 6);
    let have = HAVE.iter().any(|w| auxiliary.eq_ignore_ascii_case(w));
    if have {
        let next = tags
            .get(token as usize + 1)
            .filter(|_| token + 1 < sentence.end);
        let modifies = tag.upos == Upos::Adj && next.is_some_and(|t| t.upos == Upos::Noun);
        return (irregular::is_participle(word) && !modifies).then_some(Form::Participle);
    }
    let bare = BARE.iter().any(|w| auxiliary.eq_ignore_ascii_case(w));
    (bare && negated && !adverb && tag.form == Form::Base).then_some(Form::Base)
}

/// "prices rose", "the boy slept": a past form behind a noun that the tagger took for a noun itself.
fn is_past_of_noun(document: &Document, sentence: TokenSpan, token: u32, tags: &[Tag]) -> bool {
    let (tag, before) = (tags[token as usize], tags[token as usize - 1]);
    let next = tags
        .get(token as usize + 1)
        .filter(|_| token + 1 < sentence.end);
    tag.upos == Upos::Noun
        && tag.form == Form::Base
        && matches!(before.upos, Upos::Noun | Upos::Propn)
        && !next
            .is_some_and(|t| matches!(t.upos, Upos::Noun | Upos::Propn | Upos::Verb | Upos::Aux))
        && irregular::is_past(document.word(token))
}

/// "he collapsed", "said it rained": what is no object has a verb behind it, and no participle.
fn is_past_of_pronoun(document: &Document, sentence: TokenSpan, token: u32, tags: &[Tag]) -> bool {
    let participle = Tag {
        upos: Upos::Verb,
        form: Form::Participle,
    };
    let word = document.word(token);
    if tags[token as usize] != participle || !(word.ends_with("ed") || irregular::is_past(word)) {
        return false;
    }
    let is_one_of = |at: u32, words: &[&str]| {
        words
            .iter()
            .any(|w| document.word(at).eq_ignore_ascii_case(w))
    };
    let pronoun = token - 1;
    let before = pronoun.checked_sub(1).filter(|at| *at >= sentence.start);
    // "had he known", "was it signed": an auxiliary that stands before its subject.
    let inverts = |at: u32| tags[at as usize].upos == Upos::Aux || is_one_of(at, HAVE);
    if before.is_some_and(inverts) {
        return false;
    }
    let is_object = |at: u32| tags[at as usize].upos == Upos::Verb && !is_one_of(at, SAYING);
    is_one_of(pronoun, SUBJECTS)
        || is_one_of(pronoun, &["it"])
            && before.is_none_or(|at| !is_object(at) && tags[at as usize].upos != Upos::Adp)
}

/// "Switzerland borders a country", "Minister quits the party": no article stands behind a plural noun that a noun
/// in the singular at the beginning of a clause stands before.
fn has_object(document: &Document, sentence: TokenSpan, token: u32, tags: &[Tag]) -> bool {
    let plural = Tag {
        upos: Upos::Noun,
        form: Form::Plural,
    };
    if tags[token as usize] != plural
        || token + 1 >= sentence.end
        || !document.word(token).ends_with('s')
    {
        return false;
    }
    if !ARTICLES.contains(&document.word(token + 1)) {
        return false;
    }
    let mut start = token;
    while start > sentence.start
        && matches!(
            tags[start as usize - 1].upos,
            Upos::Propn | Upos::Noun | Upos::Adj | Upos::Det
        )
        && tags[start as usize - 1] != plural
    {
        start -= 1;
    }
    let begins = start == sentence.start || tags[start as usize - 1].upos == Upos::Sconj;
    let subject = matches!(tags[token as usize - 1].upos, Upos::Propn | Upos::Noun);
    begins && subject && !has_main_verb(document, token + 1, sentence.end, tags)
}

/// What people do in pictures: "Anna Weber, a nurse, speaks to the press", which the tagger takes for a noun.
fn is_shown(document: &Document, sentence: TokenSpan, token: u32, tags: &[Tag]) -> bool {
    const SHOWN: &[&str] = &[
        "speaks", "talks", "walks", "arrives", "leaves", "looks", "greets", "waves", "stands",
        "sits", "attends", "poses",
    ];
    if tags[token as usize].upos != Upos::Noun || !SHOWN.contains(&document.word(token)) {
        return false;
    }
    let mut name = sentence.start;
    while name < token && tags[name as usize].upos == Upos::Propn {
        name += 1;
    }
    let behind = name == token || document.word(name) == "," && document.word(token - 1) == ",";
    name > sentence.start && behind && !has_main_verb(document, token + 1, sentence.end, tags)
}

/// Whether a finite verb stands there that is none of a relative clause or reported one.
fn has_main_verb(document: &Document, from: u32, to: u32, tags: &[Tag]) -> bool {
    (from..to).any(|token| {
        let tag = tags[token as usize];
        let finite = matches!(tag.form, Form::Past | Form::Third);
        matches!(tag.upos, Upos::Verb | Upos::Aux)
            && finite
            && !["that", "who", "which"].contains(&document.word(token - 1))
    })
}

/// "The group, a charity, estimates that …", "The ministry claims that the …": a plural noun before `that` and a clause
/// is a verb if a name, a closed apposition or a singular noun stands before it. "Its estimates that …" are a noun,
/// and so are "ministry estimates that were …".
fn reports(document: &Document, sentence: TokenSpan, token: u32, tags: &[Tag]) -> bool {
    let plural = Tag {
        upos: Upos::Noun,
        form: Form::Plural,
    };
    if tags[token as usize] != plural
        || !document.word(token).ends_with('s')
        || document.word(token + 1) != "that"
        || !has_verb(tags, token + 2, sentence.end)
    {
        return false;
    }
    let before = tags[token as usize - 1];
    let singular = before
        == Tag {
            upos: Upos::Noun,
            form: Form::Base,
        };
    let clause = tags
        .get(token as usize + 2)
        .is_some_and(|t| !matches!(t.upos, Upos::Verb | Upos::Aux));
    let closes = document.word(token - 1) == ","
        && (sentence.start..token - 1).any(|t| document.word(t) == ",");
    before.upos == Upos::Propn || closes || singular && clause
}

fn has_verb(tags: &[Tag], from: u32, to: u32) -> bool {
    let tags = tags.get(from as usize..to as usize).unwrap_or_default();
    tags.iter()
        .any(|t| matches!(t.upos, Upos::Verb | Upos::Aux))
}

#[cfg(test)]
mod tests {
    use crate::annotation::{Annotator, Form, Model, Tag, Upos};
    use crate::text::Document;

    fn tag_of(word: &str, text: &str) -> Upos {
        whole_tag_of(word, text).upos
    }

    fn whole_tag_of(word: &str, text: &str) -> Tag {
        let document = Document::new("test", text);
        let tags = Annotator::new(Model::builtin()).tags(&document);
        let at = (0..tags.len())
            .find(|t| document.word(*t as u32) == word)
            .expect("the word is there");
        tags[at]
    }

    #[test]
    fn a_participle_behind_a_subject_is_a_past_form() {
        let form = |word: &str, text: &str| whole_tag_of(word, text).form;
        assert_eq!(form("rained", "Anna Weber said it rained."), Form::Past);
        assert_eq!(form("collapsed", "Then they collapsed."), Form::Past);
        assert_eq!(form("signed", "She had it signed."), Form::Participle);
    }

    #[test]
    fn a_noun_before_a_reported_clause_is_a_verb() {
        assert_eq!(
            tag_of(
                "estimates",
                "Clean Harbours, a charity, estimates that 300 nets were lost."
            ),
            Upos::Verb
        );
        assert_eq!(
            tag_of(
                "estimates",
                "The ministry estimates that more than 300 people left."
            ),
            Upos::Verb
        );
    }

    #[test]
    fn an_abbreviated_title_is_no_verb() {
        for text in [
            "Rep. Anna Lund said it rained.",
            "Then Rep. Anna Lund left.",
        ] {
            assert_eq!(tag_of("Rep.", text), Upos::Propn, "{text}");
        }
    }

    #[test]
    fn the_apostrophe_of_a_plural_is_no_mark() {
        let text = "They met the Nurses' Union in May.";
        assert_eq!(tag_of("'", text), Upos::Part);
        assert_eq!(tag_of("'", "It is 'late' now."), Upos::Punct);
    }

    #[test]
    fn what_stands_behind_an_auxiliary_is_a_verb() {
        assert_eq!(tag_of("slept", "The captain had slept."), Upos::Verb);
        assert_eq!(tag_of("apologise", "It did not apologise."), Upos::Verb);
        assert_ne!(tag_of("broken", "He has broken windows."), Upos::Noun);
    }

    #[test]
    fn a_past_form_behind_a_noun_is_a_verb() {
        assert_eq!(
            tag_of("rose", "Because prices rose, it closed."),
            Upos::Verb
        );
        assert_eq!(tag_of("rose", "He bought a red rose garden."), Upos::Noun);
    }

    #[test]
    fn a_plural_with_an_object_is_a_verb() {
        assert_eq!(
            tag_of(
                "borders",
                "Switzerland borders a country that has no coast."
            ),
            Upos::Verb
        );
        assert_eq!(
            tag_of("members", "EU members the Netherlands and Belgium agreed."),
            Upos::Noun
        );
    }

    #[test]
    fn what_a_picture_shows_is_a_verb() {
        assert_eq!(
            tag_of("speaks", "Anna Weber, a nurse, speaks to the press."),
            Upos::Verb
        );
    }

    #[test]
    fn a_noun_with_a_relative_clause_stays_one() {
        assert_eq!(
            tag_of(
                "estimates",
                "The new estimates that were published are low."
            ),
            Upos::Noun
        );
        assert_eq!(
            tag_of(
                "leaders",
                "Island leaders that met in Porto denounced the plan."
            ),
            Upos::Noun
        );
    }
}
