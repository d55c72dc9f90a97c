//! The rules of a pack, layer by layer, over one document.

use super::best::Passes;
use super::candidates::Candidates;
use super::choose::Rank;
use super::conditions::{Asker, Environment};
use super::graph::{Reach, Unit, View};
use super::mention::Binding;
use super::state::State;
use super::stretches::Stretches;
use super::words::{Forms, Lemmatize};
use super::{accept, derive, parse};
use crate::annotation::Annotation;
use crate::rules::condition::Condition;
use crate::rules::tables::{Depends, PhraseId};
use crate::rules::{Body, Output, Pattern, RuleSet, Variant};
use crate::text::{Document, TokenSpan};
use rustc_hash::FxHashSet;

/// Rounds of rules that use each other, and of attributes known elsewhere in the document.
pub const MAX_ROUNDS: usize = 4;

/// Runs rules over documents; kept between documents for its memory, without any effect on what is found.
#[derive(Clone, Debug, Default)]
pub struct Matcher {
    forms: Forms,
    work: Work,
}

/// What is worked with, sentence by sentence.
#[derive(Clone, Debug, Default)]
struct Work {
    passes: Passes,
    asker: Asker,
    stretches: Stretches,
    /// By sentence: how often things of each kind had changed there when the layer last passed over it.
    seen: Vec<[u32; Depends::KINDS]>,
}

/// Which variants of a layer pass over the document.
#[derive(Clone, Copy, Debug)]
struct Pass<'r> {
    /// None is all.
    only: Option<&'r [u32]>,
    /// Whether all of them passed over it in the pass before: then they find something new only where something that
    /// they depend on has changed.
    again: bool,
}

/// A match that may become a mention.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) variant: u32,
    pub(super) sentence: u32,
    pub(super) core: TokenSpan,
    pub(super) rank: Rank,
    pub(super) head: TokenSpan,
    pub(super) bindings: Vec<Binding>,
    pub(super) entry: Option<(u32, u32)>,
}

impl Matcher {
    /// Finds everything in a document.
    pub fn run<'a>(
        &'a mut self,
        rules: &'a RuleSet,
        document: &'a Document,
        annotation: &'a Annotation,
        lemmatize: &'a Lemmatize<'a>,
    ) -> State<'a> {
        let mut state = State::new(rules, document, annotation, &mut self.forms, lemmatize);
        let candidates = Candidates::new(&state);
        self.work.asker.graphs.reset();
        for (number, layer) in rules.layers.iter().enumerate() {
            if !layer.derives && !candidates.any(number as u32) {
                continue;
            }
            let rehearsed = !layer.documenting.is_empty();
            let mut kept = if rehearsed {
                self.work.rehearse(number as u32, &candidates, &mut state)
            } else {
                Vec::new()
            };
            let mut again = false;
            for round in 0..MAX_ROUNDS {
                let only = match round {
                    0 => rehearsed.then_some(layer.documenting.as_slice()),
                    _ => Some(layer.again.as_slice()),
                };
                let pass = Pass { only, again };
                again = only.is_none_or(|only| {
                    let mut again = layer.again.iter();
                    again.all(|variant| only.binary_search(variant).is_ok())
                });
                let before = state.mentions.len();
                let mut found = self
                    .work
                    .layer(number as u32, pass, &candidates, &mut state);
                if !kept.is_empty() {
                    found.append(&mut kept);
                    found.sort_by_key(|c| (c.sentence, c.variant));
                }
                accept::all(found, &mut state);
                if layer.again.is_empty() || state.mentions.len() == before {
                    break;
                }
            }
        }
        state.index_relations();
        state
    }
}

impl Work {
    /// Runs a layer once only to learn the attributes of what it finds: a name that is proved anywhere in the document
    /// is known from its first word on, and competes with what else its words could be. Gives the matches of the rules
    /// that do not ask for such attributes: the second time they would find the same.
    fn rehearse(
        &mut self,
        layer: u32,
        candidates: &Candidates,
        state: &mut State<'_>,
    ) -> Vec<Candidate> {
        let mark = state.mark();
        let pass = Pass {
            only: None,
            again: false,
        };
        let found = self.layer(layer, pass, candidates, state);
        let documenting = &state.rules.layers[layer as usize].documenting;
        let same = |c: &&Candidate| documenting.binary_search(&c.variant).is_err();
        let kept = found.iter().filter(same).cloned().collect();
        accept::all(found, state);
        state.forget(mark);
        kept
    }

    /// All matches of a layer's variants, with what was found before.
    fn layer(
        &mut self,
        layer: u32,
        Pass { only, again }: Pass<'_>,
        candidates: &Candidates,
        state: &mut State<'_>,
    ) -> Vec<Candidate> {
        let mut found = Vec::new();
        let mut variants = Vec::new();
        let rules = state.rules;
        let asked = |variant: u32| only.is_none_or(|only| only.binary_search(&variant).is_ok());
        (self.seen).resize(state.document.sentences.len(), [0; Depends::KINDS]);
        for group in candidates.of(layer) {
            let sentence = group[0].0;
            let now = state.changes(sentence);
            let before = std::mem::replace(&mut self.seen[sentence as usize], now);
            let changed = if again {
                Depends::differing(&before, &now)
            } else {
                Depends::ALL
            };
            // What a pattern sees behind its sentence may have changed there.
            let is_new = |p: &Pattern| !again || p.crossing || changed.has(p.depends);
            let possible = |(_, variant): &(u32, u32)| {
                let pattern = rules.variants[*variant as usize].pattern();
                asked(*variant)
                    && pattern.is_some_and(|p| is_new(p) && candidates.possible(p, sentence, state))
            };
            variants.clear();
            variants.extend(group.iter().filter(|g| possible(g)).map(|(_, v)| *v));
            self.sentence(sentence, &variants, state, &mut found);
        }
        for &number in only.unwrap_or(&rules.layers[layer as usize].variants) {
            if let Body::From {
                relation,
                arguments,
            } = &rules.variants[number as usize].body
            {
                derive::derive(
                    number,
                    *relation,
                    arguments,
                    &mut self.asker,
                    state,
                    &mut found,
                );
            }
        }
        found
    }

    fn sentence(
        &mut self,
        sentence: u32,
        variants: &[u32],
        state: &mut State<'_>,
        found: &mut Vec<Candidate>,
    ) {
        if variants.is_empty() {
            return;
        }
        let rules = state.rules;
        for reach in [Reach::Sentence, Reach::Marks, Reach::Beyond] {
            let unit = Unit { sentence, reach };
            for &number in variants {
                let variant = &rules.variants[number as usize];
                let Some(pattern) = variant.pattern() else {
                    continue;
                };
                if pattern_reach(pattern) != reach {
                    continue;
                }
                match variant.output {
                    Output::Phrase(phrase) => self.phrase(phrase, pattern, unit, state),
                    _ => self.matches(number, variant, pattern, unit, state, found),
                }
            }
        }
    }

    /// All stretches that a phrase matches: which of them counts is decided by what uses it.
    fn phrase(&mut self, phrase: PhraseId, pattern: &Pattern, unit: Unit, state: &mut State<'_>) {
        let graph = self.asker.graphs.of(unit, state);
        if !graph.has_all(&pattern.needs, state) {
            return;
        }
        let program = &pattern.programs.right;
        let mut found = Vec::new();
        let mut view = View {
            graph: &mut *graph,
            state,
        };
        (self.stretches).find(program, &mut view, |start, end| found.push((start, end)));
        // "Turkey and Georgia" is two such phrases, and coordination makes them one element again with its members.
        if !graph.coordinated.is_empty() {
            let single: FxHashSet<(u32, u32)> = found.iter().copied().collect();
            for (start, first, end) in &graph.coordinated {
                if first != end && single.contains(&(*start, *first)) {
                    found.retain(|stretch| stretch != &(*start, *end));
                }
            }
        }
        let tokens = found.iter().map(|&(start, end)| graph.tokens(start, end));
        state.add_phrases(phrase, unit.sentence, tokens);
    }

    /// The best match of a variant for each place of its head, if its conditions hold.
    fn matches(
        &mut self,
        number: u32,
        variant: &Variant,
        pattern: &Pattern,
        unit: Unit,
        state: &State<'_>,
        found: &mut Vec<Candidate>,
    ) {
        let graph = self.asker.graphs.of(unit, state);
        if !graph.has_all(&pattern.needs, state) {
            return;
        }
        let mut parses = Vec::new();
        let mut view = View {
            graph: &mut *graph,
            state,
        };
        (self.passes).run(&pattern.programs, &mut view, |parse| parses.push(parse));
        let first = found.len();
        for parse in parses {
            let core = graph.tokens(parse.start, parse.end);
            if core.is_empty() {
                continue;
            }
            let (bindings, mut entry) = parse::bindings(&parse, pattern, graph, state);
            // "Lithuania's interior ministry" holds an entry and is none.
            if !matches!(variant.output, Output::Relation(_)) {
                entry = entry.filter(|e| state.columns_of_entry(*e, core).next().is_some());
            }
            let head_name = pattern.head.map(|h| &pattern.captures[h as usize]);
            let head = head_name
                .and_then(|name| bindings.iter().find(|b| b.name == *name))
                .or(bindings.first())
                .map_or((core, core.start), |b| (b.cover(), b.anchor));
            found.push(Candidate {
                variant: number,
                sentence: unit.sentence,
                core,
                rank: Rank {
                    start: core.start,
                    end: core.end,
                    head: head.1,
                    skipped: parse.skipped,
                    specificity: variant.specificity,
                    order: number,
                },
                head: head.0,
                bindings,
                entry,
            });
        }
        let mut kept = first;
        for at in first..found.len() {
            let candidate = &mut found[at];
            if passes(&variant.filters, candidate, &mut self.asker, state) {
                found.swap(kept, at);
                kept += 1;
            }
        }
        found.truncate(kept);
    }
}

/// Whether all conditions hold; what they bind is added.
pub(super) fn passes(
    filters: &[Condition],
    candidate: &mut Candidate,
    asker: &mut Asker,
    state: &State<'_>,
) -> bool {
    if filters.is_empty() {
        return true;
    }
    let mut environment = environment(candidate);
    let holds = filters
        .iter()
        .all(|f| asker.holds(f, &mut environment, state));
    candidate.bindings = environment.bindings;
    holds
}

/// What conditions and values of a variant are asked about.
pub(super) fn environment(candidate: &mut Candidate) -> Environment {
    Environment {
        bindings: std::mem::take(&mut candidate.bindings),
        declared: Some(candidate.variant),
        core: candidate.core,
        head: candidate.rank.head,
        sentence: candidate.sentence,
        entry: candidate.entry,
        entities: None,
    }
}

fn pattern_reach(pattern: &Pattern) -> Reach {
    if pattern.crossing {
        Reach::Beyond
    } else if pattern.names_marks {
        Reach::Marks
    } else {
        Reach::Sentence
    }
}
