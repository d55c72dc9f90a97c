//! Contexts (`after(…)`, `before(…)` and their negations) as tests on positions, `until(…)` as edges.
//!
//! A context holds at a position where a match of its pattern ends (`after`) or begins (`before`), negated where none
//! does. A stretch `until` goes from a position to the first one where the context holds, else to the end of the
//! sentence; there is none from a position where it holds.

use super::naive::{Graph, PlainEdge, Sentence, TooMany, matches};
use sayso::matching::best::Passes;
use sayso::rules::program::{Expression, Outward};

/// A context; it is the test on positions, and the kind of edges for `until`, of these numbers.
#[derive(Clone, Debug)]
pub(super) struct Context {
    pub pattern: Expression,
    /// Whether the match has to end at the position (`after`), not to begin there (`before`).
    pub after: bool,
    pub negative: bool,
    pub place: u32,
    pub until: u32,
}

/// The mark of a position in the patterns that the engine is given.
const HERE: u8 = 9;

impl Context {
    /// Where matches end or begin, from the enumeration of all matches.
    fn by_enumeration(&self, sentence: &Sentence, most: usize) -> Result<Vec<bool>, TooMany> {
        let mut found = vec![false; sentence.tokens.len() + 1];
        for (start, end) in matches(&self.pattern, sentence, most)? {
            found[if self.after { end } else { start }] = true;
        }
        Ok(found)
    }

    /// The same from the engine: an empty head behind or before the pattern is found at just these positions.
    fn by_engine(&self, sentence: &Sentence, passes: &mut Passes) -> Option<Vec<bool>> {
        let here = Expression::Capture(HERE, Box::new(Expression::Empty));
        let mut parts = vec![self.pattern.clone(), here];
        if !self.after {
            parts.reverse();
        }
        let programs = Outward::compile(&Expression::Sequence(parts), Some(HERE)).ok()?;
        let mut found = vec![false; sentence.tokens.len() + 1];
        passes.run(&programs, &mut Graph::new(sentence), |parse| {
            found[parse.head as usize] = true;
        });
        Some(found)
    }

    /// Writes the context and what goes until it into the sentence.
    fn apply(&self, mut found: Vec<bool>, sentence: &mut Sentence) {
        for (at, bits) in sentence.places.iter_mut().enumerate() {
            found[at] ^= self.negative;
            *bits |= u32::from(found[at]) << self.place;
        }
        let length = sentence.tokens.len();
        for start in (0..length).filter(|at| !found[*at]) {
            let end = (start..length).find(|at| found[*at]).unwrap_or(length);
            sentence.edges.push(PlainEdge {
                kind: self.until,
                start: start as u32,
                end: end as u32,
                payload: 0,
            });
        }
    }
}

/// The sentence with its contexts; later ones may use earlier ones.
pub(super) fn enumerated(
    contexts: &[Context],
    sentence: &Sentence,
    most: usize,
) -> Result<Sentence, TooMany> {
    let mut sentence = sentence.clone();
    for context in contexts {
        let found = context.by_enumeration(&sentence, most)?;
        context.apply(found, &mut sentence);
    }
    Ok(sentence)
}

/// The same by the engine; nothing where a pattern is too large.
pub(super) fn run(
    contexts: &[Context],
    sentence: &Sentence,
    passes: &mut Passes,
) -> Option<Sentence> {
    let mut sentence = sentence.clone();
    for context in contexts {
        let found = context.by_engine(&sentence, passes)?;
        context.apply(found, &mut sentence);
    }
    Some(sentence)
}
