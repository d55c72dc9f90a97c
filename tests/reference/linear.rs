//! Doubling experiments: work counted in questions to the sentence, not in time.
//!
//! The passes ask of every live state at every position once, so twice the tokens are at most twice the questions,
//! whatever the pattern. The walk back that gives a parse its captures goes over all of the parse, once for each
//! place of the head: with a head at every token whose parses all run to the end of the sentence the walks add up to
//! its square. The text stage ends sentences at 512 tokens, which bounds that too; the last test measures it.

use sayso::matching::best::{Parse, Passes};
use sayso::matching::lattice::{Arc, Lattice};
use sayso::rules::ast::NodeId;
use sayso::rules::program::{EdgeId, Expression, Outward, PlaceId, TestId};
use std::cell::Cell;

const ANY: u32 = 0;
const ODD: u32 = 1;
const FIRST: u32 = 2;
const LAST: u32 = 3;
const NEVER: u32 = 9;

/// A hostile sentence: all tokens look the same, edges of length 1 to 3 from everywhere; counts what it is asked.
struct Hostile {
    length: usize,
    from: Vec<Vec<Arc>>,
    to: Vec<Vec<Arc>>,
    asked: Cell<u64>,
}

impl Hostile {
    fn new(length: usize) -> Self {
        let arc = |to| Arc {
            to: to as u32,
            payload: 0,
        };
        let from = (0..=length)
            .map(|at| ((at + 1)..=(at + 3).min(length)).rev().map(arc).collect())
            .collect();
        let to = (0..=length)
            .map(|at| (at.saturating_sub(3)..at).map(arc).collect())
            .collect();
        Self {
            length,
            from,
            to,
            asked: Cell::new(0),
        }
    }

    fn ask(&self, questions: usize) {
        self.asked.set(self.asked.get() + questions as u64);
    }
}

impl Lattice for Hostile {
    fn len(&self) -> usize {
        self.length
    }

    fn test(&self, test: TestId, at: usize) -> bool {
        self.ask(1);
        match test.0 {
            ANY => true,
            ODD => at % 2 == 1,
            FIRST => at == 0,
            LAST => at + 1 == self.length,
            _ => false,
        }
    }

    fn skippable(&self, _at: usize) -> bool {
        self.ask(1);
        true
    }

    fn place(&self, _place: PlaceId, at: usize) -> bool {
        self.ask(1);
        at.is_multiple_of(2)
    }

    fn edges_from(&self, _edge: EdgeId, at: usize) -> &[Arc] {
        self.ask(self.from[at].len());
        &self.from[at]
    }

    fn edges_to(&self, _edge: EdgeId, at: usize) -> &[Arc] {
        self.ask(self.to[at].len());
        &self.to[at]
    }
}

/// What one run costs.
#[derive(Clone, Copy, Debug)]
struct Cost {
    /// Questions to the sentence.
    asked: u64,
    parses: usize,
    /// Events of all parses: what the walks back went over.
    events: usize,
}

fn cost(pattern: &Expression, length: usize) -> Cost {
    let programs = Outward::compile(pattern, Some(0)).unwrap();
    let mut sentence = Hostile::new(length);
    let (mut parses, mut events) = (0, 0);
    Passes::default().run(&programs, &mut sentence, |parse: Parse| {
        parses += 1;
        events += parse.events.len();
    });
    Cost {
        asked: sentence.asked.get(),
        parses,
        events,
    }
}

/// Costs at 256, 512, 1024 and 2048 tokens.
fn doubled(pattern: &Expression) -> [Cost; 4] {
    [256, 512, 1_024, 2_048].map(|length| cost(pattern, length))
}

fn test(n: u32) -> Expression {
    Expression::Test(TestId(n), NodeId(n))
}

fn edge() -> Expression {
    Expression::Edge(EdgeId(0), NodeId(50))
}

fn gap(min: u32, max: u32) -> Expression {
    Expression::Gap(min, max, NodeId(51))
}

fn seq(parts: impl IntoIterator<Item = Expression>) -> Expression {
    Expression::Sequence(parts.into_iter().collect())
}

fn maybe(body: Expression) -> Expression {
    Expression::Repeat(Box::new(body), 0, Some(1))
}

fn many(body: Expression) -> Expression {
    Expression::Repeat(Box::new(body), 0, None)
}

fn capture(name: u8, body: Expression) -> Expression {
    Expression::Capture(name, Box::new(body))
}

/// `((a? b? edge? a) | (a b? a)* edge)*`: every token can be read in many ways.
fn nested() -> Expression {
    let optional = seq([maybe(test(ANY)), maybe(test(ODD)), maybe(edge()), test(ANY)]);
    let inner = many(seq([test(ANY), maybe(test(ODD)), test(ANY)]));
    many(Expression::Alternative(vec![
        optional,
        seq([inner, edge()]),
    ]))
}

/// `a ... a ... a …`
fn gaps() -> Expression {
    let pair = || seq([gap(0, 12), capture(1, test(ANY))]);
    seq((0..8).map(|_| pair()))
}

/// `(a b a… | b a b… | …)*` with a branch for each of sixty words.
fn branches() -> Expression {
    let branch = |n: u32| seq([test(ANY), test(n % 2), maybe(edge())]);
    many(Expression::Alternative((0..30).map(branch).collect()))
}

/// Patterns that match nothing in the end, or once: no walks back hide the passes.
fn hostile() -> Vec<(&'static str, Expression)> {
    let cue = |n| capture(0, test(n));
    vec![
        ("nested before", seq([nested(), cue(LAST)])),
        ("nested behind", seq([cue(FIRST), nested()])),
        ("nested, nothing", seq([test(NEVER), nested(), cue(ANY)])),
        ("gaps, nothing", seq([test(NEVER), gaps(), cue(ANY)])),
        ("gaps before", seq([gaps(), cue(LAST)])),
        ("gaps behind", seq([cue(FIRST), gaps()])),
        ("loop of gaps", seq([many(gaps()), cue(LAST)])),
        ("branches before", seq([branches(), cue(LAST)])),
        ("branches behind", seq([cue(FIRST), branches()])),
        (
            "places",
            seq([
                many(seq([
                    Expression::Place(PlaceId(0), NodeId(52)),
                    test(ANY),
                    edge(),
                ])),
                cue(LAST),
            ]),
        ),
        (
            "bounded",
            seq([
                Expression::Repeat(Box::new(edge()), 0, Some(40)),
                cue(ANY),
                Expression::Repeat(Box::new(test(ANY)), 0, Some(40)),
            ]),
        ),
    ]
}

#[test]
fn twice_the_tokens_are_at_most_twice_the_questions() {
    for (name, pattern) in hostile() {
        let costs = doubled(&pattern);
        for pair in costs.windows(2) {
            let at_most_2_2 = 10 * pair[1].asked <= 22 * pair[0].asked;
            assert!(at_most_2_2, "{name}: {costs:?}");
        }
        let states = {
            let programs = Outward::compile(&pattern, Some(0)).unwrap();
            programs.left.states.len() + programs.right.states.len()
        };
        // Twice each state at each position (existence, price), edges three times; and the walks back.
        let most = (states as u64 * 6 * 257) + costs[0].events as u64 * 3;
        assert!(costs[0].asked <= most, "{name}: {costs:?}, {states} states");
    }
}

#[test]
fn one_place_of_the_head_costs_one_walk_back() {
    let mut seen = 0;
    for (name, pattern) in hostile() {
        let [short, .., long] = doubled(&pattern);
        if short.parses != 1 {
            continue;
        }
        assert_eq!(long.parses, 1, "{name}");
        assert!(
            long.events <= 9 * short.events,
            "{name}: {short:?} {long:?}"
        );
        seen += 1;
    }
    assert!(seen >= 7, "{seen} patterns have one place of the head");
}

#[test]
fn walks_back_from_a_head_at_every_token_are_its_square_within_a_sentence() {
    // The parse through each token runs to the end of the sentence: about 131,000 steps at 512 tokens.
    for step in [test(ANY), edge(), capture(1, test(ANY))] {
        let pattern = seq([capture(0, test(ANY)), many(step)]);
        for length in [256, 512, 1_024] {
            let cost = cost(&pattern, length);
            assert_eq!(cost.parses, length);
            let most = 3 * length * (length + 1) / 2 + 2 * length;
            assert!(cost.events <= most, "{cost:?}");
            // The passes ask in line with the length; a walk back asks for edges only.
            let passes = 8 * 3 * (length as u64 + 1);
            assert!(cost.asked <= passes + 3 * cost.events as u64, "{cost:?}");
        }
    }
}
