//! Conditions: what `where`, `same`, `never` and `refer` ask of bindings.

mod agree;
mod calls;
mod functions;
mod value;

pub(super) use calls::gathered;
pub use value::{Resolved, resolve};

use super::best::Passes;
use super::graph::{Graphs, SentenceGraph, Unit, View};
use super::lattice::Right;
use super::mention::{Binding, MentionId};
use super::state::State;
use crate::rules::condition::{Condition, Value};
use crate::rules::program::{Outward, Program};
use crate::text::TokenSpan;
use smallvec::smallvec;

/// What a condition is asked about.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    /// What is bound; calls add to it.
    pub bindings: Vec<Binding>,
    /// The variant: names of its captures and parameters are arguments even where they are not bound.
    pub declared: Option<u32>,
    /// The whole match.
    pub core: TokenSpan,
    /// The main token.
    pub head: u32,
    /// The sentence.
    pub sentence: u32,
    /// The list entry that matched.
    pub entry: Option<(u32, u32)>,
    /// In `merge`: calls look in the whole document, and mentions of one entity are the same.
    pub entities: Option<Vec<u32>>,
}

impl Environment {
    /// The binding of a name.
    pub fn get(&self, name: &str) -> Option<&Binding> {
        self.bindings.iter().find(|b| *b.name == *name)
    }

    /// Binds a name to a mention.
    pub fn bind_mention(&mut self, name: &str, id: MentionId, state: &State<'_>) {
        self.bindings.retain(|b| *b.name != *name);
        let core = state.mention(id).core;
        self.bindings.push(Binding {
            name: name.into(),
            pieces: smallvec![core],
            mention: Some(id),
            entry: state.mention(id).entry,
            anchor: core.start,
            ..Binding::default()
        });
    }
}

/// Memory of the passes that conditions run.
#[derive(Clone, Debug, Default)]
pub struct Asker {
    pub(super) graphs: Graphs,
    passes: Passes,
}

impl Asker {
    /// Whether a condition holds; what it binds is added to the environment where it does.
    pub fn holds(
        &mut self,
        condition: &Condition,
        environment: &mut Environment,
        state: &State<'_>,
    ) -> bool {
        match condition {
            Condition::And(parts) => parts.iter().all(|p| self.holds(p, environment, state)),
            Condition::Or(parts) => parts.iter().any(|p| {
                let before = environment.bindings.len();
                let holds = self.holds(p, environment, state);
                if !holds {
                    environment.bindings.truncate(before);
                }
                holds
            }),
            Condition::Not(inner) => {
                let before = environment.bindings.len();
                let holds = self.holds(inner, environment, state);
                environment.bindings.truncate(before);
                !holds
            }
            Condition::Call {
                relation,
                arguments,
            } => calls::call(*relation, arguments, environment, state),
            Condition::Has {
                value,
                program,
                word,
            } => self.has(value, program, word.as_deref(), environment, state),
            Condition::In {
                value,
                list,
                column,
            } => is_in(value, *list, *column, environment, state),
            Condition::Compare(left, comparison, right) => {
                let (left, right) = (
                    resolve(left, environment, state),
                    resolve(right, environment, state),
                );
                value::compare(&left, *comparison, &right, state)
            }
            Condition::Missing(value) => resolve(value, environment, state).is_missing(),
            Condition::Present(value) => !resolve(value, environment, state).is_missing(),
            Condition::Agree(values) => agree::agree(values, environment, state),
            Condition::Inside(programs) => self.inside(programs, environment, state),
            Condition::Zone(zones) => {
                zones.has(state.document.sentences[environment.sentence as usize].zone)
            }
        }
    }

    fn graph(&mut self, sentence: u32, state: &State<'_>) -> &mut SentenceGraph {
        let unit = Unit {
            sentence,
            ..Unit::default()
        };
        self.graphs.of(unit, state)
    }

    fn has(
        &mut self,
        value: &Value,
        program: &Program,
        word: Option<&str>,
        environment: &Environment,
        state: &State<'_>,
    ) -> bool {
        let resolved = resolve(value, environment, state);
        if let Some(bound) = word.and_then(|w| environment.get(w)) {
            let part = crate::rules::vocabulary::folded(state.document.words(bound.cover()));
            return crate::rules::vocabulary::folded(&resolved.text(state)).contains(&part);
        }
        let Resolved::Bound(binding) = resolved else {
            return false;
        };
        binding
            .pieces
            .iter()
            .any(|piece| self.matches_within(*piece, program, state))
    }

    fn matches_within(&mut self, piece: TokenSpan, program: &Program, state: &State<'_>) -> bool {
        if piece.is_empty() {
            return false;
        }
        let first = state.document.sentence_of(piece.start);
        let last = state.document.sentence_of(piece.end - 1);
        (first..=last).any(|sentence| {
            let graph = self.graph(sentence, state);
            let Some((start, end)) = graph.positions_of(piece) else {
                return false;
            };
            let ends = graph.all_ends::<Right>(program, Some((start, end)), state);
            (start..=end).any(|at| graph.bit(ends, at as usize))
        })
    }

    fn inside(&mut self, programs: &Outward, environment: &Environment, state: &State<'_>) -> bool {
        let unit = Unit {
            sentence: environment.sentence,
            ..Unit::default()
        };
        let graph = self.graphs.of(unit, state);
        let head = TokenSpan::new(environment.head, environment.head + 1);
        let Some((at, _)) = graph.positions_of(head) else {
            return false;
        };
        let mut inside = false;
        let mut view = View { graph, state };
        self.passes.run(programs, &mut view, |parse| {
            inside |= parse.start <= at && at < parse.end;
        });
        inside
    }
}

/// The words are an entry of the list, or hold one.
fn is_in(
    value: &Value,
    list: u32,
    column: Option<u16>,
    environment: &Environment,
    state: &State<'_>,
) -> bool {
    match resolve(value, environment, state) {
        Resolved::Bound(binding) => binding.pieces.iter().any(|piece| {
            let sentence = state.document.sentence_of(piece.start);
            state.hits_in(sentence, list).iter().any(|(_, number)| {
                let h = &state.hits[*number as usize];
                column.is_none_or(|c| c == h.listed.column)
                    && state.default_column(h, column)
                    && piece.contains(h.tokens)
            })
        }),
        Resolved::Missing => false,
        other => {
            let text = crate::rules::vocabulary::folded(&other.text(state));
            let entries = &state.rules.lists[list as usize].entries;
            let column = column.unwrap_or(0) as usize;
            entries.iter().any(|e| {
                let mut values = e.cells.get(column);
                values.any(|v| crate::rules::vocabulary::folded(v) == text)
            })
        }
    }
}
