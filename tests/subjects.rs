//! Subjects of verbs, measured on sentences of our own: `gold/subjects.tsv`.

use sayso::rules::{BuiltinFiles, MemoryFiles, compile, load};
use sayso::{Extractor, RuleSet};
use std::ops::Range;

/// What must be reached, in percent.
const BAR: usize = 92;

/// One pair of the gold, as bytes of its sentence.
struct Pair {
    verb: Range<usize>,
    subject: Range<usize>,
    head: Range<usize>,
}

/// The sentence and its pairs.
fn read(line: &str) -> (&str, Vec<Pair>) {
    let (sentence, pairs) = line.split_once('\t').unwrap();
    let pairs = pairs.split(" | ").filter(|p| *p != "-");
    (sentence, pairs.map(|p| pair(sentence, p)).collect())
}

fn pair(sentence: &str, text: &str) -> Pair {
    let (verb, marked) = text.split_once(" < ").unwrap();
    let (verb, number) = verb.split_once('#').unwrap_or((verb, "1"));
    let verbs = places(sentence, verb);
    let verb = verbs.get(number.parse::<usize>().unwrap() - 1);
    let verb = verb
        .unwrap_or_else(|| panic!("{text}: no such verb in {sentence}"))
        .clone();
    let subjects = places(sentence, &marked.replace('*', ""));
    let subject = subjects
        .into_iter()
        .min_by_key(|s| s.start.abs_diff(verb.start));
    let subject = subject.unwrap_or_else(|| panic!("{text}: no such subject in {sentence}"));
    let head = match marked.split_once('*') {
        Some((before, behind)) => {
            let start = subject.start + before.len();
            let end = behind.find([' ', ',']).unwrap_or(behind.len());
            start..start + end
        }
        None => subject.end - marked.split(' ').next_back().unwrap().len()..subject.end,
    };
    Pair {
        verb,
        subject,
        head,
    }
}

/// Where words stand as whole words, in any case.
fn places(sentence: &str, words: &str) -> Vec<Range<usize>> {
    let (sentence, words) = (sentence.to_lowercase(), words.to_lowercase());
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let found = sentence
        .match_indices(&words)
        .map(|(at, _)| at..at + words.len());
    let whole = found.filter(|r| {
        !is_word(sentence[..r.start].chars().next_back())
            && !is_word(sentence[r.end..].chars().next())
    });
    whole.collect()
}

impl Pair {
    /// Whether this is the pair: the verb, and of the subject its head without words of others; what explains it behind a
    /// comma may belong to it.
    fn is(&self, verb: &Range<usize>, subject: &Range<usize>, sentence: &str) -> bool {
        verb.end == self.verb.end
            && subject.start >= self.subject.start
            && subject.start <= self.head.start
            && subject.end >= self.head.end
            && (subject.end <= self.subject.end || sentence[self.subject.end..].starts_with(','))
    }
}

/// What the shipped pack finds: the verb and its subject.
fn found(rules: &RuleSet, sentence: &str) -> Vec<(Range<usize>, Range<usize>)> {
    const BE: &[&str] = &["is", "are", "was", "were", "be", "been", "being", "'s"];
    let extraction = Extractor::new(rules).extract(sentence);
    let relations = extraction.graph.relations().into_iter();
    let shown = relations.filter(|e| e.relation.type_ == "has_subject");
    let pairs = shown.map(|edge| {
        let place = |name: &str| {
            let selections = edge.relation.arguments[name]
                .iter()
                .flat_map(|a| &a.selections);
            let spans: Vec<_> = selections.map(|s| s.span).collect();
            let start = spans.iter().map(|s| s.start).min().unwrap() as usize;
            start..spans.iter().map(|s| s.end).max().unwrap() as usize
        };
        (place("verb"), place("noun"))
    });
    let last_word = |r: &Range<usize>| {
        sentence[r.clone()]
            .split(' ')
            .next_back()
            .unwrap()
            .to_lowercase()
    };
    pairs
        .filter(|(verb, _)| !BE.contains(&last_word(verb).as_str()))
        .collect()
}

#[test]
fn subjects_are_found_and_right() {
    let shown = MemoryFiles::new().with(
        "shown.sayso",
        "version 1\nrelation has_subject(verb: text, noun: Agent | np) edge verb -> noun\n\
         relation has_subject { from subject(verb, noun) }\n",
    );
    let (pack, _) = load(&[&BuiltinFiles, &shown]);
    let (rules, _) = compile(pack);
    let gold = include_str!("gold/subjects.tsv").lines();
    let (mut right, mut wanted, mut made, mut sentences) = (0, 0, 0, 0);
    let mut faults = Vec::new();
    for line in gold.filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let (sentence, pairs) = read(line);
        let mut found = found(&rules, sentence);
        (sentences, wanted, made) = (sentences + 1, wanted + pairs.len(), made + found.len());
        for pair in &pairs {
            match found.iter().position(|(v, s)| pair.is(v, s, sentence)) {
                Some(at) => {
                    found.remove(at);
                    right += 1;
                }
                None => faults.push(format!(
                    "missed {:?}: {sentence}",
                    &sentence[pair.verb.clone()]
                )),
            }
        }
        let wrong = found.iter();
        faults.extend(wrong.map(|(v, s)| {
            format!(
                "false {:?} < {:?}: {sentence}",
                &sentence[v.clone()],
                &sentence[s.clone()]
            )
        }));
    }
    assert!(
        sentences >= 150 && wanted >= 200,
        "{sentences} sentences, {wanted} verbs"
    );
    assert!(
        right * 100 >= BAR * made && right * 100 >= BAR * wanted,
        "{right} right of {made} made and {wanted} wanted: {faults:#?}"
    );
}
