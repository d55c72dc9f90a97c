//! Cases as a person reads them.

use super::contexts::Context;
use super::naive::Sentence;
use sayso::matching::best::{Event, Parse};
use sayso::rules::program::Expression;
use std::fmt::Write;

/// A pattern in the notation of rules, tests `t0`, edges `@0`, places `<0>`, captures `c0:`.
pub(super) fn pattern(expression: &Expression) -> String {
    let joined = |parts: &[Expression], by: &str| {
        let parts: Vec<_> = parts.iter().map(pattern).collect();
        format!("({})", parts.join(by))
    };
    match expression {
        Expression::Empty => "()".to_owned(),
        Expression::Test(test, _) => format!("t{}", test.0),
        Expression::Edge(edge, _) => format!("@{}", edge.0),
        Expression::Place(place, _) => format!("<{}>", place.0),
        Expression::Gap(min, max, _) => format!("...{{{min},{max}}}"),
        Expression::Sequence(parts) => joined(parts, " "),
        Expression::Alternative(parts) => joined(parts, " | "),
        Expression::Repeat(body, 0, Some(1)) => format!("{}?", pattern(body)),
        Expression::Repeat(body, min, Some(max)) => format!("{}{{{min},{max}}}", pattern(body)),
        Expression::Repeat(body, min, None) => format!("{}{{{min},}}", pattern(body)),
        Expression::Capture(name, body) => format!("c{name}:{}", pattern(body)),
        Expression::Open(name) => format!("open {name}"),
        Expression::Close(name) => format!("close {name}"),
    }
}

/// A sentence: `0<0>[t0 t1]1[t2 !]2`, `!` marks what no gap may skip; then its edges.
pub(super) fn sentence(sentence: &Sentence) -> String {
    let bits = |bits: u32| (0..32).filter(move |n| bits >> n & 1 == 1);
    let mut out = String::new();
    for (at, places) in sentence.places.iter().enumerate() {
        write!(out, "{at}").unwrap();
        bits(*places).for_each(|place| write!(out, "<{place}>").unwrap());
        if let Some(token) = sentence.tokens.get(at) {
            let tests: Vec<_> = bits(token.tests).map(|t| format!("t{t}")).collect();
            let mark = if token.skippable { "" } else { " !" };
            write!(out, "[{}{mark}]", tests.join(" ")).unwrap();
        }
    }
    for edge in &sentence.edges {
        let (kind, start, end, payload) = (edge.kind, edge.start, edge.end, edge.payload);
        write!(out, "\n    @{kind} {start}..{end} ({payload})").unwrap();
    }
    out
}

/// A context a line: `<2> and until @3: not after(t1)`.
pub(super) fn contexts(contexts: &[Context]) -> String {
    let mut out = String::new();
    for context in contexts {
        let not = if context.negative { "not " } else { "" };
        let side = if context.after { "after" } else { "before" };
        let (place, until) = (context.place, context.until);
        let inside = pattern(&context.pattern);
        write!(
            out,
            "\n    <{place}>, until @{until}: {not}{side}({inside})"
        )
        .unwrap();
    }
    out
}

/// A parse a line.
pub(super) fn parses(parses: &[Parse]) -> String {
    let mut out = String::new();
    for parse in parses {
        let (head, start, end, skipped) = (parse.head, parse.start, parse.end, parse.skipped);
        write!(out, "\n    head {head}: {start}..{end}, {skipped} skipped:").unwrap();
        for event in &parse.events {
            match event {
                Event::Open(name, at) => write!(out, " c{name}[{at}"),
                Event::Close(name, at) => write!(out, " {at}]c{name}"),
                Event::Token(at, _) => write!(out, " t@{at}"),
                Event::Skip(at) => write!(out, " ...@{at}"),
                Event::Edge {
                    edge,
                    start,
                    end,
                    payload,
                } => write!(out, " @{}:{start}..{end}({payload})", edge.0),
            }
            .unwrap();
        }
    }
    out
}
