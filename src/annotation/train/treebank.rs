//! Treebanks in CoNLL-U.

use crate::annotation::tag::{Form, Tag, Upos};

/// A word of a treebank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreebankWord {
    /// As it is written.
    pub form: String,
    /// Its lemma.
    pub lemma: String,
    /// Its part of speech with its form.
    pub tag: Tag,
    /// Whether white space follows.
    pub space_after: bool,
}

/// A sentence of a treebank.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TreebankSentence {
    /// Its words.
    pub words: Vec<TreebankWord>,
}

/// A line that is no CoNLL-U.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct TreebankError {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: &'static str,
}

/// Reads the words of a CoNLL-U file; comments, multi-word tokens and empty nodes are passed over.
pub fn parse_conllu(text: &str) -> Result<Vec<TreebankSentence>, TreebankError> {
    let mut sentences = Vec::new();
    let mut sentence = TreebankSentence::default();
    for (index, line) in text.lines().enumerate() {
        if line.is_empty() {
            if !sentence.words.is_empty() {
                sentences.push(std::mem::take(&mut sentence));
            }
        } else if !line.starts_with('#') {
            let word = parse_word(line).map_err(|problem| TreebankError {
                line: index + 1,
                problem,
            })?;
            sentence.words.extend(word);
        }
    }
    if !sentence.words.is_empty() {
        sentences.push(sentence);
    }
    Ok(sentences)
}

/// A word, or nothing for a range (`3-4`) or an empty node (`3.1`).
fn parse_word(line: &str) -> Result<Option<TreebankWord>, &'static str> {
    let columns: Vec<&str> = line.split('\t').collect();
    let &[id, form, lemma, upos, xpos, .., misc] = columns.as_slice() else {
        return Err("fewer than six columns");
    };
    if id.contains(['-', '.']) {
        return Ok(None);
    }
    let upos = Upos::from_name(upos).ok_or("unknown part of speech")?;
    Ok(Some(TreebankWord {
        form: form.to_owned(),
        lemma: lemma.to_owned(),
        tag: Tag {
            upos,
            form: form_of(upos, xpos),
        },
        space_after: !misc.contains("SpaceAfter=No"),
    }))
}

/// The form that a Penn tag tells.
fn form_of(upos: Upos, penn: &str) -> Form {
    match (upos, penn) {
        (Upos::Verb | Upos::Aux, "VBD") => Form::Past,
        (Upos::Verb | Upos::Aux, "VBN") => Form::Participle,
        (Upos::Verb | Upos::Aux, "VBG") => Form::Ing,
        (Upos::Verb | Upos::Aux, "VBZ") => Form::Third,
        (Upos::Noun | Upos::Propn, "NNS" | "NNPS") => Form::Plural,
        _ => Form::Base,
    }
}

/// The sentence with pieces around hyphens made one word (`draft - age` → `draft-age`), as our tokenizer has them.
///
/// `None` when there is nothing to join.
pub(super) fn join_hyphens(sentence: &TreebankSentence) -> Option<TreebankSentence> {
    let words = &sentence.words;
    let mut joined = Vec::with_capacity(words.len());
    let mut index = 0;
    while index < words.len() {
        let mut end = index + 1;
        while end + 1 < words.len()
            && words[end].form == "-"
            && !words[end].space_after
            && !words[end - 1].space_after
        {
            end += 2;
        }
        joined.push(join(&words[index..end], words.get(end)));
        index = end;
    }
    (joined.len() < words.len()).then_some(TreebankSentence { words: joined })
}

fn join(pieces: &[TreebankWord], next: Option<&TreebankWord>) -> TreebankWord {
    let (first, last) = (&pieces[0], &pieces[pieces.len() - 1]);
    if pieces.len() == 1 {
        return first.clone();
    }
    let text = |part: fn(&TreebankWord) -> &str| pieces.iter().map(part).collect::<String>();
    let noun_follows = next.is_some_and(|word| matches!(word.tag.upos, Upos::Noun | Upos::Propn));
    let prefixed = first.form.len() <= 4 && matches!(first.tag.upos, Upos::X | Upos::Adj);
    let upos = match last.tag.upos {
        // "a Moscow-based group", "long-running talks"
        Upos::Verb if !prefixed && last.tag.form != Form::Base => Upos::Adj,
        // "draft-age men", but "the call-up"
        Upos::Noun if noun_follows && last.tag.form == Form::Base => Upos::Adj,
        // "the follow-up"
        Upos::Adp | Upos::Adv if first.tag.upos == Upos::Verb => Upos::Noun,
        upos => upos,
    };
    let form = if upos == last.tag.upos {
        last.tag.form
    } else {
        Form::Base
    };
    TreebankWord {
        form: text(|word| &word.form),
        lemma: text(|word| &word.form).to_lowercase(),
        tag: Tag { upos, form },
        space_after: last.space_after,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(id: &str, form: &str, upos: &str, penn: &str, misc: &str) -> String {
        format!("{id}\t{form}\t{form}\t{upos}\t{penn}\t_\t0\t_\t_\t{misc}\n")
    }

    #[test]
    fn words_are_read_and_ranges_passed_over() {
        let text = line("1-2", "don't", "_", "_", "_")
            + &line("1", "do", "AUX", "VBP", "SpaceAfter=No")
            + &line("2", "n't", "PART", "RB", "_")
            + "\n# text = Went\n"
            + &line("1", "Went", "VERB", "VBD", "_");
        let sentences = parse_conllu(&text).unwrap();
        assert_eq!(sentences.len(), 2);
        assert_eq!(sentences[0].words.len(), 2);
        assert!(!sentences[0].words[0].space_after);
        assert_eq!(sentences[1].words[0].tag.form, Form::Past);
    }

    #[test]
    fn a_bad_line_is_named() {
        let text = "\n".to_owned() + &line("1", "x", "NOPE", "X", "_");
        assert_eq!(parse_conllu(&text).unwrap_err().line, 2);
        assert_eq!(parse_conllu("1\tx").unwrap_err().line, 1);
    }

    #[test]
    fn hyphenated_pieces_become_one_word() {
        let text = line("1", "draft", "NOUN", "NN", "SpaceAfter=No")
            + &line("2", "-", "PUNCT", "HYPH", "SpaceAfter=No")
            + &line("3", "age", "NOUN", "NN", "_")
            + &line("4", "men", "NOUN", "NNS", "_");
        let sentence = parse_conllu(&text).unwrap().remove(0);
        let joined = join_hyphens(&sentence).unwrap();
        assert_eq!(joined.words[0].form, "draft-age");
        assert_eq!(joined.words[0].tag.upos, Upos::Adj);
        assert!(join_hyphens(&joined).is_none());
    }
}
