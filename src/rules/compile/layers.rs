//! In which order rules run: what a rule uses is found first.

use super::names::Names;
use super::variants::{Body, Output, Variant};
use crate::diagnostic::Diagnostic;
use crate::rules::condition::Condition;
use crate::rules::program::{EdgeId, Outward, PlaceId, Program, State, TestId};
use crate::rules::rule_set::{RelationId, TypeId};
use crate::rules::tables::{Depends, EdgeKind, KindSet, PhraseId, PlaceTest, Tables, TokenTest};
use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::{BTreeMap, BTreeSet};

/// What is found together.
///
/// Names of all types are one step, since they compete for the same words; so are descriptions, pronouns, values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Values,
    Names,
    Nominals,
    Pronouns,
    Phrase(PhraseId),
    Relation(RelationId),
    Refers,
}

/// Variants that run together; all that they use was found before, or is found in rounds.
#[derive(Clone, Debug, Default)]
pub struct Layer {
    /// The variants, in order of the files.
    pub variants: Vec<u32>,
    /// Those of them that use what this layer finds: they run again, in rounds.
    pub again: Vec<u32>,
    /// Those of them that find other things once the attributes of all names of this layer are known
    /// (`%Person.family`).
    pub documenting: Vec<u32>,
    /// Whether some of them make relations of others (`from`).
    pub derives: bool,
}

fn step(output: Output) -> Step {
    match output {
        Output::Value(_) => Step::Values,
        Output::Name(_) | Output::Adjective(_) => Step::Names,
        Output::Nominal(_) => Step::Nominals,
        Output::Pronoun(_) => Step::Pronouns,
        Output::Phrase(phrase) => Step::Phrase(phrase),
        Output::Relation(relation) => Step::Relation(relation),
        Output::Refer(..) => Step::Refers,
    }
}

/// Orders the variants. A cycle through a negative use is reported; its variants still run, in rounds.
pub(super) fn order(
    variants: &[Variant],
    names: &Names,
    tables: &Tables,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Layer> {
    let uses = Uses {
        outputs: (variants.iter())
            .map(|v| (v.output, v.absorb.is_some()))
            .collect(),
        names,
        tables,
    };
    let used: Vec<Used> = variants.iter().map(|variant| uses.of(variant)).collect();
    let mut graph: DiGraph<Step, (bool, u32)> = DiGraph::new();
    let mut nodes: BTreeMap<Step, NodeIndex> = BTreeMap::new();
    for variant in variants {
        let step = step(variant.output);
        nodes.entry(step).or_insert_with(|| graph.add_node(step));
    }
    // Of the variants that use a step alike one stands for all.
    let mut edges = Vec::new();
    let mut known = BTreeSet::new();
    for (number, variant) in variants.iter().enumerate().rev() {
        let from = nodes[&step(variant.output)];
        for (used, negative) in used[number].iter().rev() {
            if let Some(&to) = nodes.get(used)
                && known.insert((from, to, *negative))
            {
                edges.push((from, to, (*negative, number as u32)));
            }
        }
    }
    for (from, to, weight) in edges.into_iter().rev() {
        graph.add_edge(from, to, weight);
    }
    let mut layers = Vec::new();
    for component in tarjan_scc(&graph) {
        report_negative_cycles(&graph, &component, variants, names, diagnostics);
        let steps: Vec<Step> = component.iter().map(|&n| graph[n]).collect();
        let mut layer = Layer::default();
        let found_here = steps.contains(&Step::Names);
        for (number, variant) in variants
            .iter()
            .enumerate()
            .filter(|(_, v)| steps.contains(&step(v.output)))
        {
            layer.variants.push(number as u32);
            layer.derives |= matches!(variant.body, Body::From { .. });
            if used[number].iter().any(|(used, _)| steps.contains(used)) {
                layer.again.push(number as u32);
            }
            if found_here && uses.documents(variant) {
                layer.documenting.push(number as u32);
            }
        }
        // Phrases are not forgotten, so what asks for them may find more too.
        if !layer.documenting.is_empty() && steps.iter().any(|s| matches!(s, Step::Phrase(_))) {
            layer.documenting.extend_from_slice(&layer.again);
            layer.documenting.sort_unstable();
            layer.documenting.dedup();
        }
        layers.push(layer);
    }
    layers
}

fn report_negative_cycles(
    graph: &DiGraph<Step, (bool, u32)>,
    component: &[NodeIndex],
    variants: &[Variant],
    names: &Names,
    diagnostics: &mut Vec<Diagnostic>,
) {
    use petgraph::visit::EdgeRef;
    for &node in component {
        for edge in graph
            .edges(node)
            .filter(|e| component.contains(&e.target()))
        {
            let (negative, variant) = *edge.weight();
            if !negative {
                continue;
            }
            let variant = &variants[variant as usize];
            let way: Vec<String> = component.iter().map(|&n| title(graph[n], names)).collect();
            diagnostics.push(
                Diagnostic::error(
                    "negative-cycle",
                    "this negative condition asks for what depends on it",
                    variant.location,
                )
                .label(format!(
                    "`{}` uses {}",
                    variant.path(),
                    title(graph[edge.target()], names)
                ))
                .help(format!(
                    "these are found together: {}; take the `not` out of one of them",
                    way.join(" → ")
                )),
            );
            return;
        }
    }
}

fn title(step: Step, names: &Names) -> String {
    match step {
        Step::Values => "values".into(),
        Step::Names => "names of entities".into(),
        Step::Nominals => "nominals of entities".into(),
        Step::Pronouns => "pronouns".into(),
        Step::Phrase(phrase) => format!("`@{}`", names.phrases[phrase.0 as usize]),
        Step::Relation(relation) => format!("`{}`", names.relations[relation.0 as usize].name),
        Step::Refers => "references".into(),
    }
}

/// What variants use.
struct Uses<'a> {
    /// What variants make, and whether they give a name a further extent.
    outputs: BTreeSet<(Output, bool)>,
    names: &'a Names,
    tables: &'a Tables,
}

type Used = Vec<(Step, bool)>;

impl Uses<'_> {
    fn of(&self, variant: &Variant) -> Used {
        let mut used = Used::new();
        match &variant.body {
            Body::Match(pattern) => {
                self.program(&pattern.programs.right, false, &mut used);
                self.program(&pattern.programs.left, false, &mut used);
            }
            Body::From { relation, .. } => self.relation(*relation, false, &mut used),
        }
        for filter in &variant.filters {
            self.condition(filter, false, &mut used);
        }
        used.sort_unstable();
        used.dedup();
        used
    }

    /// Whether it asks for attributes known elsewhere in the document.
    fn documents(&self, variant: &Variant) -> bool {
        let asks = |program: &Program| {
            let mut states = program.states.iter();
            states.any(|state| self.tables.state_depends(*state).has(Depends::ATTRIBUTES))
        };
        let both = |programs: &Outward| asks(&programs.right) || asks(&programs.left);
        variant.pattern().is_some_and(|p| both(&p.programs))
            || (variant.filters.iter()).any(|f| f.any_program(&mut |program| asks(program)))
    }

    fn program(&self, program: &Program, negative: bool, used: &mut Used) {
        for state in &program.states {
            match *state {
                State::Test(test, _) => self.test(test, negative, used),
                State::Edge(edge, _) => self.edge(edge, negative, used),
                State::Place(place, _) => self.place(place, negative, used),
                _ => {}
            }
        }
    }

    fn test(&self, test: TestId, negative: bool, used: &mut Used) {
        match &self.tables.tests[test.0 as usize] {
            TokenTest::Edge(edge) | TokenTest::Inside(edge) => self.edge(*edge, negative, used),
            TokenTest::And(parts) | TokenTest::Or(parts) => {
                for part in parts {
                    self.test(*part, negative, used);
                }
            }
            TokenTest::Not(inner) => self.test(*inner, true, used),
            _ => {}
        }
    }

    fn place(&self, place: PlaceId, negative: bool, used: &mut Used) {
        if let PlaceTest::Context {
            program,
            negative: not,
            ..
        } = &self.tables.places[place.0 as usize]
        {
            self.program(program, negative || *not, used);
        }
    }

    fn edge(&self, edge: EdgeId, negative: bool, used: &mut Used) {
        match &self.tables.edges[edge.0 as usize] {
            EdgeKind::Document { .. } => used.push((Step::Names, negative)),
            EdgeKind::Mention {
                type_, kinds, full, ..
            } => self.mention(*type_, *kinds, *full, negative, used),
            EdgeKind::Phrase(phrase) => used.push((Step::Phrase(*phrase), negative)),
            EdgeKind::Relation(relation) => self.relation(*relation, negative, used),
            EdgeKind::Until(place) => self.place(*place, negative, used),
            _ => {}
        }
    }

    fn mention(&self, type_: TypeId, kinds: KindSet, full: bool, negative: bool, used: &mut Used) {
        let is = |t: TypeId| self.names.types[t.0 as usize].ancestors.contains(&type_);
        for &(output, absorbs) in &self.outputs {
            let (made, kind) = match output {
                Output::Value(t) | Output::Name(t) => (t, KindSet::NAME),
                Output::Adjective(t) => (t, KindSet::ADJECTIVE),
                Output::Nominal(t) => (t, KindSet::NOMINAL),
                Output::Pronoun(t) => (t, KindSet::PRONOUN),
                Output::Relation(_) if full && absorbs => {
                    used.push((step(output), negative));
                    continue;
                }
                _ => continue,
            };
            if is(made) && kinds.meets(kind) {
                used.push((step(output), negative));
            }
        }
    }

    fn relation(&self, relation: RelationId, negative: bool, used: &mut Used) {
        for (number, other) in self.names.relations.iter().enumerate() {
            if other.ancestors.contains(&relation) {
                used.push((Step::Relation(RelationId(number as u16)), negative));
            }
        }
    }

    fn condition(&self, condition: &Condition, negative: bool, used: &mut Used) {
        match condition {
            Condition::And(parts) | Condition::Or(parts) => {
                for part in parts {
                    self.condition(part, negative, used);
                }
            }
            Condition::Not(inner) => self.condition(inner, true, used),
            Condition::Call { relation, .. } => self.relation(*relation, negative, used),
            Condition::Has { program, .. } => self.program(program, negative, used),
            Condition::Inside(programs) => self.program(&programs.right, negative, used),
            _ => {}
        }
    }
}
