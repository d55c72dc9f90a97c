//! Random patterns over random sentences: the engine agrees with the reference.

use super::contexts::{self, Context};
use super::naive::{Graph, PlainEdge, Sentence, Token, best_parses};
use super::show;
use sayso::matching::best::{Parse, Passes};
use sayso::rules::ast::NodeId;
use sayso::rules::program::{EdgeId, Expression, Outward, PlaceId, TestId};

/// Kinds of tests and of edges, tests on positions.
const TESTS: u32 = 4;
const EDGES: u32 = 3;
const PLACES: u32 = 2;
/// The capture that is asked for as head.
const HEAD: u8 = 0;
/// Ways of matching a part of the pattern over which a case is left out.
const MOST_WAYS: usize = 10_000;

/// A small generator of random numbers (xorshift64*).
pub(super) struct Random(u64);

impl Random {
    /// Seeds that are neighbours give unlike sequences.
    pub(super) fn new(seed: u64) -> Self {
        let mut mixed = seed.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed = (mixed ^ mixed >> 31).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        Self(mixed | 1)
    }

    pub(super) fn below(&mut self, limit: u32) -> u32 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let mixed = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        mixed as u32 % limit
    }

    fn percent(&mut self, share: u32) -> bool {
        self.below(100) < share
    }
}

/// One case.
#[derive(Clone, Debug)]
struct Case {
    pattern: Expression,
    head: Option<u8>,
    sentence: Sentence,
    contexts: Vec<Context>,
}

/// Makes patterns; each element has a node of its own.
struct Maker {
    random: Random,
    nodes: u32,
    contexts: Vec<Context>,
}

impl Maker {
    fn node(&mut self) -> NodeId {
        self.nodes += 1;
        NodeId(self.nodes)
    }

    /// A number of a kind of which there is one more for each context.
    fn number(&mut self, kinds: u32) -> u32 {
        self.random.below(kinds + self.contexts.len() as u32)
    }

    /// None mostly, else one or two; the second may use the first.
    fn contexts(&mut self) {
        for share in [40, 50] {
            if !self.random.percent(share) {
                break;
            }
            let number = self.contexts.len() as u32;
            let context = Context {
                pattern: self.expression(2, false),
                after: self.random.percent(50),
                negative: self.random.percent(40),
                place: PLACES + number,
                until: EDGES + number,
            };
            self.contexts.push(context);
        }
    }

    fn element(&mut self) -> Expression {
        let node = self.node();
        match self.random.below(20) {
            0..10 => Expression::Test(TestId(self.random.below(TESTS)), node),
            10..15 => Expression::Edge(EdgeId(self.number(EDGES)), node),
            15..17 => Expression::Place(PlaceId(self.number(PLACES)), node),
            17 => Expression::Empty,
            _ => {
                let min = self.random.below(2);
                let max = min + self.random.below(4) + self.rarely_many();
                Expression::Gap(min, max, node)
            }
        }
    }

    /// Something that makes a program large, so that its states fill several words.
    fn rarely_many(&mut self) -> u32 {
        if self.random.percent(10) {
            20 + self.random.below(20)
        } else {
            0
        }
    }

    fn parts(&mut self, depth: u32, repeated: bool) -> Vec<Expression> {
        let count = 2 + self.random.below(2);
        (0..count)
            .map(|_| self.expression(depth - 1, repeated))
            .collect()
    }

    /// A pattern; inside of a repetition without the head.
    fn expression(&mut self, depth: u32, repeated: bool) -> Expression {
        if depth == 0 {
            return self.element();
        }
        match self.random.below(20) {
            0..3 => self.element(),
            3..9 => Expression::Sequence(self.parts(depth, repeated)),
            9..12 => Expression::Alternative(self.parts(depth, repeated)),
            12..14 => self.repeat(depth),
            14..16 => {
                let body = self.expression(depth - 1, repeated);
                let min = u32::from(self.random.percent(10));
                Expression::Repeat(Box::new(body), min, Some(1))
            }
            16..18 if !repeated => self.capture(HEAD, depth, repeated),
            _ => {
                let name = 1 + self.random.below(3) as u8;
                self.capture(name, depth, repeated)
            }
        }
    }

    fn capture(&mut self, name: u8, depth: u32, repeated: bool) -> Expression {
        let body = self.expression(depth - 1, repeated);
        Expression::Capture(name, Box::new(body))
    }

    fn repeat(&mut self, depth: u32) -> Expression {
        let mut body = self.expression(depth - 1, true);
        let min = self.random.below(3);
        let max = match self.random.below(3) {
            0 => Some((min + self.random.below(2)).max(2) + self.rarely_many()),
            _ => None,
        };
        // The check of rules refuses loops over nothing; with a limit they are harmless.
        if nullable(&body) && (max.is_none() || self.random.percent(80)) {
            let node = self.node();
            let test = Expression::Test(TestId(self.random.below(TESTS)), node);
            body = Expression::Sequence(vec![body, test]);
        }
        Expression::Repeat(Box::new(body), min, max)
    }

    /// A sequence around the head most of the time, anything otherwise.
    fn pattern(&mut self) -> Expression {
        if self.random.percent(30) {
            return self.expression(4, false);
        }
        let mut parts = Vec::new();
        for _ in 0..self.random.below(4) {
            parts.push(self.expression(2, false));
        }
        let cue = self.capture(HEAD, 2, false);
        parts.push(cue);
        for _ in 0..self.random.below(4) {
            parts.push(self.expression(2, false));
        }
        Expression::Sequence(parts)
    }

    fn sentence(&mut self) -> Sentence {
        let length = self.random.below(10);
        let many = self.random.below(65);
        let tokens = (0..length).map(|_| Token {
            tests: (0..TESTS).fold(0, |bits, t| {
                bits | u32::from(self.random.percent(35 + many)) << t
            }),
            skippable: !self.random.percent(10),
        });
        let tokens = tokens.collect();
        let places = (0..=length).map(|_| self.random.below(1 << PLACES));
        let places = places.collect();
        let mut edges = Vec::new();
        if length > 0 {
            for payload in 0..self.random.below(length * 2) {
                let start = self.random.below(length);
                let longest = (length - start).min(4);
                let mut edge = PlainEdge {
                    kind: self.random.below(EDGES),
                    start,
                    end: start + 1 + self.random.below(longest),
                    payload: payload * 7 % 11,
                };
                edges.push(edge);
                if self.random.percent(10) {
                    edge.payload += 100;
                    edges.push(edge);
                }
            }
        }
        Sentence {
            tokens,
            places,
            edges,
        }
    }
}

fn nullable(expression: &Expression) -> bool {
    match expression {
        Expression::Test(..) | Expression::Edge(..) => false,
        Expression::Gap(min, ..) => *min == 0,
        Expression::Sequence(parts) => parts.iter().all(nullable),
        Expression::Alternative(parts) => parts.iter().any(nullable),
        Expression::Repeat(body, min, _) => *min == 0 || nullable(body),
        Expression::Capture(_, body) => nullable(body),
        _ => true,
    }
}

impl Case {
    fn new(seed: u64) -> Self {
        let mut maker = Maker {
            random: Random::new(seed),
            nodes: 0,
            contexts: Vec::new(),
        };
        maker.contexts();
        Self {
            pattern: maker.pattern(),
            head: maker.random.percent(90).then_some(HEAD),
            sentence: maker.sentence(),
            contexts: maker.contexts,
        }
    }

    /// What the reference finds; nothing where the case is too large.
    fn wanted(&self) -> Option<Vec<Parse>> {
        let sentence = contexts::enumerated(&self.contexts, &self.sentence, MOST_WAYS).ok()?;
        best_parses(&self.pattern, self.head, &sentence, MOST_WAYS).ok()
    }

    /// What the engine finds; nothing where the pattern is too large.
    fn got(&self, passes: &mut Passes) -> Option<Vec<Parse>> {
        let programs = Outward::compile(&self.pattern, self.head).ok()?;
        let sentence = contexts::run(&self.contexts, &self.sentence, passes)?;
        let mut found = Vec::new();
        passes.run(&programs, &mut Graph::new(&sentence), |parse| {
            found.push(parse);
        });
        Some(found)
    }

    fn fails(&self) -> bool {
        let Some(wanted) = self.wanted() else {
            return false;
        };
        (ways().iter_mut()).any(|passes| self.got(passes).is_some_and(|got| got != wanted))
    }

    /// Takes things away as long as it still fails.
    fn shrunk(mut self) -> Self {
        while let Some(smaller) = self.smaller().into_iter().find(Self::fails) {
            self = smaller;
        }
        self
    }

    fn smaller(&self) -> Vec<Self> {
        let with_sentence = |sentence| Self {
            sentence,
            ..self.clone()
        };
        let patterns = smaller_patterns(&self.pattern).into_iter();
        let patterns = patterns.map(|pattern| Self {
            pattern,
            ..self.clone()
        });
        let contexts = (0..self.contexts.len()).flat_map(|at| {
            let smaller = smaller_patterns(&self.contexts[at].pattern).into_iter();
            smaller.map(move |pattern| {
                let mut changed = self.clone();
                changed.contexts[at].pattern = pattern;
                changed
            })
        });
        let edges = (0..self.sentence.edges.len()).map(|at| {
            let mut sentence = self.sentence.clone();
            sentence.edges.remove(at);
            with_sentence(sentence)
        });
        let tokens = (0..self.sentence.tokens.len())
            .map(|at| with_sentence(without_token(&self.sentence, at)));
        patterns
            .chain(contexts)
            .chain(edges)
            .chain(tokens)
            .collect()
    }

    fn report(&self, seed: u64) -> String {
        let head = self.head.map_or("none".to_owned(), |h| format!("c{h}"));
        let got = ways().map(|mut way| show::parses(&self.got(&mut way).unwrap_or_default()));
        format!(
            "seed {seed}\n  pattern {}\n  head {head}{}\n  sentence {}\n  wanted{}\n  got{}\n  as in long sentences{}\n  as in very long ones{}",
            show::pattern(&self.pattern),
            show::contexts(&self.contexts),
            show::sentence(&self.sentence),
            show::parses(&self.wanted().unwrap_or_default()),
            got[0],
            got[1],
            got[2],
        )
    }
}

/// Passes as they treat short, long and very long sentences.
fn ways() -> [Passes; 3] {
    [0, 64, 1_000].map(Passes::for_length)
}

fn without_token(sentence: &Sentence, at: usize) -> Sentence {
    let mut shorter = sentence.clone();
    shorter.tokens.remove(at);
    shorter.places.remove(at);
    for edge in &mut shorter.edges {
        edge.start -= u32::from(edge.start as usize > at);
        edge.end -= u32::from(edge.end as usize > at);
    }
    shorter.edges.retain(|e| e.start < e.end);
    shorter
}

/// The pattern with one part taken away or put in place of what holds it.
fn smaller_patterns(pattern: &Expression) -> Vec<Expression> {
    let mut found = Vec::new();
    let mut inside = |parts: &[Expression], make: &dyn Fn(Vec<Expression>) -> Expression| {
        found.extend(parts.iter().cloned());
        for at in 0..parts.len() {
            let mut fewer = parts.to_vec();
            fewer.remove(at);
            if !fewer.is_empty() {
                found.push(make(fewer));
            }
            for part in smaller_patterns(&parts[at]) {
                let mut changed = parts.to_vec();
                changed[at] = part;
                found.push(make(changed));
            }
        }
    };
    match pattern {
        Expression::Sequence(parts) => inside(parts, &Expression::Sequence),
        Expression::Alternative(parts) => inside(parts, &Expression::Alternative),
        Expression::Capture(name, body) => {
            found.push(body.as_ref().clone());
            let smaller = smaller_patterns(body).into_iter().map(Box::new);
            found.extend(smaller.map(|b| Expression::Capture(*name, b)));
        }
        Expression::Repeat(body, min, max) => {
            found.push(body.as_ref().clone());
            let smaller = smaller_patterns(body).into_iter();
            let smaller = smaller.filter(|b| max.is_some() || !nullable(b));
            found.extend(smaller.map(|b| Expression::Repeat(Box::new(b), *min, *max)));
        }
        _ => {}
    }
    found
}

/// Compares one case, matched as in short sentences and as in long ones; says whether it matches, nothing where it was
/// too large to compare.
fn agrees(seed: u64, ways: &mut [Passes; 3]) -> Option<bool> {
    let case = Case::new(seed);
    let wanted = case.wanted()?;
    case.got(&mut ways[0])?;
    assert!(
        (ways.iter_mut()).all(|way| case.got(way).as_ref() == Some(&wanted)),
        "{}\nshrunk: {}",
        case.report(seed),
        case.clone().shrunk().report(seed)
    );
    Some(!wanted.is_empty())
}

#[test]
fn engine_agrees_with_the_reference_on_100_000_random_cases() {
    const WITH_MATCH: u32 = 100_000;
    let mut passes = ways();
    let (mut matched, mut unmatched, mut too_large) = (0, 0, 0);
    let mut seed = 0;
    while matched < WITH_MATCH {
        match agrees(seed, &mut passes) {
            Some(true) => matched += 1,
            Some(false) => unmatched += 1,
            None => too_large += 1,
        }
        seed += 1;
        let share_matches = unmatched < 1_000 + 2 * matched;
        assert!(share_matches, "too few match: {unmatched} to {matched}");
    }
    assert!(too_large < WITH_MATCH / 20, "{too_large} were too large");
}
