//! The `yes` and `no` lines of rule files: each sentence runs through the whole pack and is judged for its block.

use crate::diagnostic::Location;
use crate::graph::AttributeValue;
use crate::matching::{Mention, MentionKind};
use crate::rules::ast::{ItemKind, Mark, RuleTest};
use crate::rules::pack::Pack;
use crate::rules::{Output, RuleSet};
use crate::text::{Document, Span, ZoneKind};
use crate::{Extraction, Extractor};
use std::collections::BTreeSet;

/// A test with the block that it judges.
#[derive(Clone, Debug)]
pub struct Test {
    /// The type, phrase or relation of its block.
    pub rule: String,
    /// The line.
    pub location: Location,
    /// What it says.
    pub test: RuleTest,
}

/// How a test came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// As expected.
    Passed,
    /// What it names was not found, or more than it names.
    Failed(Vec<Fault>),
    /// `todo yes`, and not found yet.
    Todo,
    /// `todo yes`, and found: the `todo` can go.
    TodoPasses,
}

/// What is wrong with what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Something is not there.
    Missing(String),
    /// Something is there that should not be.
    Noise(String),
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing(what) | Self::Noise(what) => f.write_str(what),
        }
    }
}

/// A judged test.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The test.
    pub test: Test,
    /// How it came out.
    pub verdict: Verdict,
}

/// All tests of a pack, in order of files and lines.
pub fn tests(pack: &Pack) -> Vec<Test> {
    let relations = pack.relations.values().flat_map(|r| &r.blocks);
    let blocks = pack
        .entities
        .iter()
        .chain(pack.phrases.values())
        .chain(&pack.merges)
        .chain(relations);
    let mut tests: Vec<Test> = blocks
        .flat_map(|block| {
            block.items.iter().filter_map(|item| match &item.kind {
                ItemKind::Test(test) => Some(Test {
                    rule: block.name.clone(),
                    location: item.location,
                    test: test.clone(),
                }),
                _ => None,
            })
        })
        .collect();
    tests.sort_by_key(|t| t.location);
    tests
}

/// Runs tests; also gives the variants that `yes` lines reached.
pub fn run(rules: &RuleSet, tests: Vec<Test>) -> (Vec<Judged>, BTreeSet<String>) {
    let mut extractor = Extractor::new(rules);
    let mut reached = BTreeSet::new();
    let judged = tests
        .into_iter()
        .map(|test| {
            let verdict = judge(&test, rules, &mut extractor, &mut reached);
            Judged { test, verdict }
        })
        .collect();
    (judged, reached)
}

fn judge(
    test: &Test,
    rules: &RuleSet,
    extractor: &mut Extractor<'_>,
    reached: &mut BTreeSet<String>,
) -> Verdict {
    let mut document = Document::new("test", test.test.text.as_str());
    // A sentence of a test is running text, whatever it looks like; a rule that looks only beside it wants a page.
    let mut variants = rules.variants.iter().filter(|v| v.rule == test.rule);
    if variants.any(|v| v.zones.has(ZoneKind::Body)) {
        for sentence in &mut document.sentences {
            sentence.zone = ZoneKind::Body;
        }
    }
    let extraction = extractor.extract_document(document);
    let found: Vec<&Mention> = extraction
        .mentions
        .iter()
        .filter(|m| belongs(m, &test.rule, rules))
        .collect();
    if test.test.positive {
        reached.extend(
            found
                .iter()
                .map(|m| rules.variants[m.variant.0 as usize].path()),
        );
    }
    let faults = if test.test.positive {
        faults(test, &found, &extraction, rules)
    } else {
        unwanted(&found, &extraction, rules)
    };
    match (test.test.todo, faults.is_empty()) {
        (false, true) => Verdict::Passed,
        (false, false) => Verdict::Failed(faults),
        (true, true) => Verdict::TodoPasses,
        (true, false) => Verdict::Todo,
    }
}

/// Whether a mention was made for the rule of a test: by its own block or one of a kind of it.
fn belongs(mention: &Mention, rule: &str, rules: &RuleSet) -> bool {
    let variant = &rules.variants[mention.variant.0 as usize];
    variant.rule == rule && !matches!(variant.output, Output::Refer(..))
}

fn unwanted(found: &[&Mention], extraction: &Extraction, rules: &RuleSet) -> Vec<Fault> {
    found
        .iter()
        .map(|m| Fault::Noise(format!("found {}", show(m, extraction, rules))))
        .collect()
}

/// What is missing, and what is there besides.
fn faults(test: &Test, found: &[&Mention], extraction: &Extraction, rules: &RuleSet) -> Vec<Fault> {
    let mut faults = Vec::new();
    let text = &test.test.text;
    let is_entity =
        found.iter().any(|m| m.relation().is_none()) || rules.type_id(&test.rule).is_some();
    for mark in &test.test.marks {
        let hit = found.iter().any(|m| fits(m, mark, extraction, is_entity));
        if !hit {
            let words = &text[mark.span.range()];
            let name = mark
                .name
                .as_ref()
                .map_or(String::new(), |n| format!("{}: ", n.text));
            faults.push(Fault::Missing(format!("missing [{name}{words}]")));
        }
    }
    if found.is_empty() && test.test.marks.is_empty() {
        faults.push(Fault::Missing("nothing found".to_owned()));
    }
    for mention in found {
        let wanted = if is_entity {
            test.test
                .marks
                .iter()
                .any(|m| m.span == mention_span(mention, extraction))
        } else {
            test.test
                .marks
                .iter()
                .any(|m| fits(mention, m, extraction, false))
        };
        if !wanted {
            let shown = show(mention, extraction, rules);
            faults.push(Fault::Noise(format!("also found {shown}")));
        }
    }
    for (name, value) in &test.test.attributes {
        if !found.iter().any(|m| has(m, &name.text, value, extraction)) {
            let missing = format!("nothing with {}={value}", name.text);
            faults.push(Fault::Missing(missing));
        }
    }
    if !faults.is_empty() && faults.iter().all(|f| matches!(f, Fault::Missing(_))) {
        let found = found.iter().map(|m| show(m, extraction, rules));
        faults.extend(found.map(|shown| Fault::Missing(format!("found {shown}"))));
    }
    faults
}

fn mention_span(mention: &Mention, extraction: &Extraction) -> Span {
    extraction.document.span(mention.core)
}

/// Whether a mention has what a mark says.
fn fits(mention: &Mention, mark: &Mark, extraction: &Extraction, is_entity: bool) -> bool {
    let Some(name) = &mark.name else {
        return mention_span(mention, extraction) == mark.span
            || !is_entity && trimmed(mark, extraction) == mention_span(mention, extraction);
    };
    let wanted = trimmed(mark, extraction);
    mention
        .arguments
        .iter()
        .filter(|a| *a.name == *name.text)
        .any(|a| {
            let pieces = a.pieces.iter().map(|p| extraction.document.span(*p));
            let whole = extraction.document.span(a.cover());
            pieces
                .chain([whole])
                .any(|span| span == mark.span || span == wanted)
        })
}

/// The marked words without white space around.
fn trimmed(mark: &Mark, extraction: &Extraction) -> Span {
    let text = &extraction.document.text[mark.span.range()];
    let start = mark.span.start + (text.len() - text.trim_start().len()) as u32;
    Span::new(start, start + text.trim().len() as u32)
}

/// Whether a relation has a qualifier or attribute of this value.
fn has(mention: &Mention, name: &str, value: &str, extraction: &Extraction) -> bool {
    let said = |debug: String| debug.to_lowercase() == value;
    match name {
        "polarity" => said(format!("{:?}", mention.qualifiers.polarity)),
        "modality" => said(format!("{:?}", mention.qualifiers.modality)),
        "tense" => said(format!("{:?}", mention.qualifiers.tense)),
        "kind" => said(kind(mention.kind).to_owned()),
        "speech" => extraction
            .graph
            .relations()
            .iter()
            .any(|e| e.relation.speech.is_some_and(|s| said(format!("{s:?}")))),
        _ => mention.attributes.get(name).is_some_and(|v| match v {
            AttributeValue::Text(text) | AttributeValue::Number(text) => text == value,
            AttributeValue::Flag => value == "true",
        }),
    }
}

fn kind(kind: MentionKind) -> &'static str {
    match kind {
        MentionKind::Name(_) => "name",
        MentionKind::Adjective(_) => "adjective",
        MentionKind::Nominal(_) => "nominal",
        MentionKind::Pronoun(_) => "pronoun",
        MentionKind::Relation(_) => "relation",
    }
}

/// A mention as a test would mark it, with its variant.
fn show(mention: &Mention, extraction: &Extraction, rules: &RuleSet) -> String {
    let path = rules.variants[mention.variant.0 as usize].path();
    let words = |span| extraction.document.words(span).to_owned();
    if mention.relation().is_none() {
        return format!("[{}] by {path}", words(mention.core));
    }
    let arguments = mention.arguments.iter().map(|a| {
        let pieces: Vec<String> = a.pieces.iter().map(|p| words(*p)).collect();
        format!("[{}: {}]", a.name, pieces.join(" … "))
    });
    format!("{} by {path}", arguments.collect::<Vec<_>>().join(" "))
}
