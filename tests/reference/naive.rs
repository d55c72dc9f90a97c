//! A slow, obviously correct matcher: every parse of a pattern from every position, then the smallest key.
//!
//! # Which parse wins
//! Of all parses whose head begins at one position the one with the smallest key: (tokens skipped, −length, start,
//! choices).
//!
//! What the head is and how choices are read stands in [`super::reading`].

use super::reading::Reading;
use sayso::matching::best::{Event, Parse};
use sayso::matching::lattice::{Arc, Lattice};
use sayso::rules::ast::NodeId;
use sayso::rules::program::{EdgeId, Expression, PlaceId, TestId};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::rc::Rc;

/// A token: which tests it passes (a bit each), whether a gap may skip it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub tests: u32,
    pub skippable: bool,
}

/// An edge from position to position.
#[derive(Clone, Copy, Debug)]
pub(super) struct PlainEdge {
    pub kind: u32,
    pub start: u32,
    pub end: u32,
    pub payload: u32,
}

/// A sentence as plain data.
#[derive(Clone, Debug, Default)]
pub(super) struct Sentence {
    pub tokens: Vec<Token>,
    /// One entry a position: which tests on positions it passes (a bit each).
    pub places: Vec<u32>,
    pub edges: Vec<PlainEdge>,
}

/// What the engine sees of a [`Sentence`].
pub(super) struct Graph<'s> {
    sentence: &'s Sentence,
    from: BTreeMap<(u32, u32), Vec<Arc>>,
    to: BTreeMap<(u32, u32), Vec<Arc>>,
}

impl<'s> Graph<'s> {
    pub(super) fn new(sentence: &'s Sentence) -> Self {
        let (mut from, mut to) = (BTreeMap::new(), BTreeMap::new());
        for edge in &sentence.edges {
            let add = |map: &mut BTreeMap<_, Vec<_>>, at, other| {
                map.entry((edge.kind, at)).or_default().push(Arc {
                    to: other,
                    payload: edge.payload,
                });
            };
            add(&mut from, edge.start, edge.end);
            add(&mut to, edge.end, edge.start);
        }
        for arcs in from.values_mut() {
            arcs.sort_by_key(|arc| Reverse(arc.to));
        }
        for arcs in to.values_mut() {
            arcs.sort_by_key(|arc| arc.to);
        }
        Self { sentence, from, to }
    }
}

impl Lattice for Graph<'_> {
    fn len(&self) -> usize {
        self.sentence.tokens.len()
    }

    fn test(&self, test: TestId, at: usize) -> bool {
        self.sentence.tokens[at].tests >> test.0 & 1 == 1
    }

    fn skippable(&self, at: usize) -> bool {
        self.sentence.tokens[at].skippable
    }

    fn place(&self, place: PlaceId, at: usize) -> bool {
        self.sentence.places[at] >> place.0 & 1 == 1
    }

    fn edges_from(&self, edge: EdgeId, at: usize) -> &[Arc] {
        self.from.get(&(edge.0, at as u32)).map_or(&[], |a| a)
    }

    fn edges_to(&self, edge: EdgeId, at: usize) -> &[Arc] {
        self.to.get(&(edge.0, at as u32)).map_or(&[], |a| a)
    }
}

/// How one part of a pattern was matched.
pub(super) struct Node {
    pub start: usize,
    pub end: usize,
    pub skipped: usize,
    pub way: Way,
}

/// In which way.
pub(super) enum Way {
    Nothing,
    Token(NodeId),
    /// With its number in the list of edges.
    Edge(PlainEdge, u32),
    /// Tokens skipped, the least, the most.
    Gap(usize, u32, u32),
    All(Vec<Rc<Node>>),
    /// Number of the branch.
    One(usize, Rc<Node>),
    /// The times, the least, the most.
    Times(Vec<Rc<Node>>, u32, Option<u32>),
    Capture(u8, Rc<Node>),
}

/// Too many parses to be worth it.
#[derive(Debug)]
pub(super) struct TooMany;

/// Enumerates parses, up to a number of nodes.
struct Enumerator<'s> {
    sentence: &'s Sentence,
    left: usize,
}

type Ways = Result<Vec<Rc<Node>>, TooMany>;

impl Enumerator<'_> {
    fn node(&mut self, start: usize, end: usize, skipped: usize, way: Way) -> Ways {
        self.left = self.left.checked_sub(1).ok_or(TooMany)?;
        Ok(vec![Rc::new(Node {
            start,
            end,
            skipped,
            way,
        })])
    }

    /// All ways to match an expression from a position on.
    fn all(&mut self, expression: &Expression, at: usize) -> Ways {
        let token = self.sentence.tokens.get(at).copied();
        match expression {
            Expression::Empty => self.node(at, at, 0, Way::Nothing),
            Expression::Test(test, node) => match token {
                Some(t) if t.tests & (1 << test.0) != 0 => {
                    self.node(at, at + 1, 0, Way::Token(*node))
                }
                _ => Ok(Vec::new()),
            },
            Expression::Place(place, _) => {
                if self.sentence.places[at] & (1 << place.0) == 0 {
                    return Ok(Vec::new());
                }
                self.node(at, at, 0, Way::Nothing)
            }
            Expression::Edge(kind, _) => self.edges(*kind, at),
            Expression::Gap(min, max, _) => self.gap(*min, *max, at),
            Expression::Sequence(parts) => self.sequence(parts, at),
            Expression::Alternative(parts) => {
                let mut found = Vec::new();
                for (number, part) in parts.iter().enumerate() {
                    for way in self.all(part, at)? {
                        let (start, end, skipped) = (way.start, way.end, way.skipped);
                        found.extend(self.node(start, end, skipped, Way::One(number, way))?);
                    }
                }
                Ok(found)
            }
            Expression::Repeat(body, min, max) => self.repeat(body, *min, *max, at),
            Expression::Capture(name, body) => {
                let mut found = Vec::new();
                for way in self.all(body, at)? {
                    let (start, end, skipped) = (way.start, way.end, way.skipped);
                    found.extend(self.node(start, end, skipped, Way::Capture(*name, way))?);
                }
                Ok(found)
            }
            Expression::Open(_) | Expression::Close(_) => panic!("not in a lowered pattern"),
        }
    }

    fn edges(&mut self, kind: EdgeId, at: usize) -> Ways {
        let mut found = Vec::new();
        for (number, edge) in self.sentence.edges.iter().enumerate() {
            if edge.kind == kind.0 && edge.start as usize == at {
                let way = Way::Edge(*edge, number as u32);
                found.extend(self.node(at, edge.end as usize, 0, way)?);
            }
        }
        Ok(found)
    }

    fn gap(&mut self, min: u32, max: u32, at: usize) -> Ways {
        let mut found = Vec::new();
        for size in 0..=max as usize {
            let Some(tokens) = self.sentence.tokens.get(at..at + size) else {
                break;
            };
            if size >= min as usize && tokens.iter().all(|t| t.skippable) {
                found.extend(self.node(at, at + size, size, Way::Gap(size, min, max))?);
            }
        }
        Ok(found)
    }

    fn sequence(&mut self, parts: &[Expression], at: usize) -> Ways {
        let mut heads = vec![(Vec::new(), at)];
        for part in parts {
            let mut longer = Vec::new();
            for (done, end) in heads {
                for way in self.all(part, end)? {
                    let end = way.end;
                    let mut done: Vec<Rc<Node>> = done.clone();
                    done.push(way);
                    longer.push((done, end));
                }
            }
            heads = longer;
        }
        let mut found = Vec::new();
        for (ways, end) in heads {
            let skipped = ways.iter().map(|w| w.skipped).sum();
            found.extend(self.node(at, end, skipped, Way::All(ways))?);
        }
        Ok(found)
    }

    fn repeat(&mut self, body: &Expression, min: u32, max: Option<u32>, at: usize) -> Ways {
        let mut found = Vec::new();
        let mut open: Vec<(Vec<Rc<Node>>, usize)> = vec![(Vec::new(), at)];
        while let Some((times, end)) = open.pop() {
            if max.is_none_or(|max| times.len() < max as usize) {
                for way in self.all(body, end)? {
                    let end = way.end;
                    let mut times = times.clone();
                    times.push(way);
                    open.push((times, end));
                }
            }
            if times.len() >= min as usize {
                let skipped = times.iter().map(|w| w.skipped).sum();
                found.extend(self.node(at, end, skipped, Way::Times(times, min, max))?);
            }
        }
        Ok(found)
    }
}

/// What happened, in reading order.
fn events(node: &Node, out: &mut Vec<Event>) {
    match &node.way {
        Way::Nothing => {}
        Way::Token(origin) => out.push(Event::Token(node.start as u32, Some(*origin))),
        Way::Edge(edge, _) => out.push(Event::Edge {
            edge: EdgeId(edge.kind),
            start: edge.start,
            end: edge.end,
            payload: edge.payload,
        }),
        Way::Gap(..) => out.extend((node.start..node.end).map(|at| Event::Skip(at as u32))),
        Way::All(ways) | Way::Times(ways, ..) => ways.iter().for_each(|w| events(w, out)),
        Way::One(_, way) => events(way, out),
        Way::Capture(name, inner) => {
            out.push(Event::Open(*name, node.start as u32));
            events(inner, out);
            out.push(Event::Close(*name, node.end as u32));
        }
    }
}

/// Start and end of every match; gives up where there are over `most` ways.
pub(super) fn matches(
    expression: &Expression,
    sentence: &Sentence,
    most: usize,
) -> Result<Vec<(usize, usize)>, TooMany> {
    let trees = parses(expression, sentence, most)?;
    Ok(trees.iter().map(|tree| (tree.start, tree.end)).collect())
}

/// Every parse from every position.
fn parses(expression: &Expression, sentence: &Sentence, most: usize) -> Ways {
    let mut enumerator = Enumerator {
        sentence,
        left: most,
    };
    let mut trees = Vec::new();
    for start in 0..=sentence.tokens.len() {
        trees.extend(enumerator.all(expression, start)?);
    }
    Ok(trees)
}

/// The winner at every place of the head, in order of places; gives up where there are over `most` ways.
pub(super) fn best_parses(
    expression: &Expression,
    head: Option<u8>,
    sentence: &Sentence,
    most: usize,
) -> Result<Vec<Parse>, TooMany> {
    let trees = parses(expression, sentence, most)?;
    let mut places: BTreeMap<usize, Vec<Reading<'_>>> = BTreeMap::new();
    for tree in &trees {
        let reading = Reading::new(expression, tree, head);
        places.entry(reading.place()).or_default().push(reading);
    }
    let mut found = Vec::new();
    for (place, readings) in places {
        let cheap = |r: &Reading<'_>| {
            let tree = r.tree;
            (tree.skipped, Reverse(tree.end - tree.start), tree.start)
        };
        let least = readings.iter().map(cheap).min();
        let mut equals: Vec<_> = readings
            .iter()
            .filter(|r| Some(cheap(r)) == least)
            .map(|r| (r.choices(), r))
            .collect();
        equals.sort_by(|a, b| a.0.cmp(&b.0));
        let distinct = equals.windows(2).all(|pair| pair[0].0 != pair[1].0);
        assert!(distinct, "two parses with one key: {expression:?}");
        let best = equals[0].1;
        let mut way = Vec::new();
        events(best.tree, &mut way);
        found.push(Parse {
            head: place as u32,
            start: best.tree.start as u32,
            end: best.tree.end as u32,
            skipped: best.tree.skipped as u32,
            events: way,
        });
    }
    Ok(found)
}

#[test]
fn the_reference_skips_little_then_takes_much() {
    let test = |n| Expression::Test(TestId(n), NodeId(n));
    // `cue:a ... b?` over `a x b`: skipping nothing is better than a longer match.
    let gap = Expression::Gap(0, 3, NodeId(9));
    let pattern = |tail| {
        let cue = Expression::Capture(0, Box::new(test(0)));
        Expression::Sequence(vec![cue, gap.clone(), tail])
    };
    let token = |n: u32| Token {
        tests: 1 << n,
        skippable: true,
    };
    let sentence = Sentence {
        tokens: vec![token(0), token(2), token(1), token(1)],
        places: vec![0; 5],
        edges: Vec::new(),
    };
    let optional = pattern(Expression::Repeat(Box::new(test(1)), 0, Some(1)));
    let found = best_parses(&optional, Some(0), &sentence, 1_000).unwrap();
    assert_eq!((found.len(), found[0].end, found[0].skipped), (1, 1, 0));
    let many = pattern(Expression::Repeat(Box::new(test(1)), 1, None));
    let found = best_parses(&many, Some(0), &sentence, 1_000).unwrap();
    assert_eq!((found.len(), found[0].end, found[0].skipped), (1, 4, 1));
}
