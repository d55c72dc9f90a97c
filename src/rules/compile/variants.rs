//! Every matching line of every block, compiled.

use super::conditions::value;
use super::lower::{Lowering, Scope};
use super::needs::{Need, needs};
use super::required::{AtomSet, Known, required};
use crate::annotation::VerbFeatures;
use crate::diagnostic::{Diagnostic, Location};
use crate::rules::ast::{self, ItemKind, MatchKind};
use crate::rules::condition::{Condition, Value, ZoneSet, zone_from_name};
use crate::rules::pack::RuleBlock;
use crate::rules::program::{Expression, MAX_STATES, Outward};
use crate::rules::rule_set::{RelationId, TypeId};
use crate::rules::tables::{Depends, EdgeKind, PhraseId, Tables};
use std::sync::Arc;

/// What a variant makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Output {
    /// A value (`match` in the block of an entity type).
    Value(TypeId),
    /// A name.
    Name(TypeId),
    /// An adjective.
    Adjective(TypeId),
    /// A description.
    Nominal(TypeId),
    /// A pronoun.
    Pronoun(TypeId),
    /// A phrase.
    Phrase(PhraseId),
    /// A relation.
    Relation(RelationId),
    /// What a `refer` line of these merge rules finds.
    Refer(u16, u16),
}

/// How much a variant asks for: words, list entries, mentions, tags and tests, anything. More is more specific.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Specificity(pub [u16; 5]);

/// `set name = value`
#[derive(Clone, Debug)]
pub struct Assignment {
    /// Argument or attribute.
    pub name: Arc<str>,
    /// Its value.
    pub value: Value,
}

/// A compiled pattern.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// Its programs.
    pub programs: Outward,
    /// Names of its captures, by number.
    pub captures: Vec<Arc<str>>,
    /// The capture that is the head.
    pub head: Option<u8>,
    /// Sets of which one atom each must occur, the rarest first.
    pub required: Vec<AtomSet>,
    /// What the graph of a sentence must have, each in one of several ways, the cheapest to ask first.
    pub needs: Vec<Vec<Need>>,
    /// What it and the conditions of its variant depend on.
    pub depends: Depends,
    /// Whether it reaches over the end of a sentence.
    pub crossing: bool,
    /// Whether it names quotation marks.
    pub names_marks: bool,
    /// Features of the head's verb group that it asks for.
    pub asked: VerbFeatures,
    pub(super) expression: Expression,
}

/// How a variant finds.
#[derive(Clone, Debug)]
pub enum Body {
    /// By a pattern.
    Match(Box<Pattern>),
    /// From another relation, whose arguments become these.
    From {
        /// The relation.
        relation: RelationId,
        /// Names of arguments by position of the asked relation's parameters; `_` is left out.
        arguments: Vec<String>,
    },
}

/// A variant: one `match`, `name`, `from`, … line with all that holds for it.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Type, phrase or relation it belongs to.
    pub rule: String,
    /// `inverted`
    pub name: String,
    /// Where it stands.
    pub location: Location,
    /// What it makes.
    pub output: Output,
    /// How it finds.
    pub body: Body,
    /// Conditions.
    pub filters: Vec<Condition>,
    /// Values to set.
    pub assignments: Vec<Assignment>,
    /// The argument that gets the whole phrase as a further extent.
    pub absorb: Option<String>,
    /// Where it looks.
    pub zones: ZoneSet,
    /// How specific it is.
    pub specificity: Specificity,
}

impl Variant {
    /// `said/inverted`
    pub fn path(&self) -> String {
        format!("{}/{}", self.rule, self.name)
    }

    pub(super) fn require(&mut self, known: &Known<'_>) {
        if let Body::Match(pattern) = &mut self.body {
            pattern.required = required(&pattern.expression, known);
            pattern.needs = needs(&pattern.expression, known.tables);
            let Outward { right, left } = &pattern.programs;
            let depends = |program| known.tables.program_depends(program);
            pattern.depends = if self.filters.is_empty() {
                depends(right).and(depends(left))
            } else {
                Depends::ALL
            };
        }
    }

    /// The pattern, where it has one.
    pub fn pattern(&self) -> Option<&Pattern> {
        match &self.body {
            Body::Match(pattern) => Some(pattern),
            Body::From { .. } => None,
        }
    }
}

/// What a block says for all its variants.
struct Shared<'b> {
    filters: Vec<&'b ast::Condition>,
    assignments: Vec<&'b ast::Assignment>,
    absorb: Option<String>,
    zones: ZoneSet,
    /// Whether its patterns see mentions with all their extents.
    full: bool,
    head: Option<String>,
}

pub(super) fn all(lowering: &mut Lowering<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Variant> {
    let mut variants = Vec::new();
    let pack = lowering.pack;
    for block in &pack.entities {
        let Some(type_) = lowering.names.type_(&block.name) else {
            continue;
        };
        let output = |kind| match kind {
            MatchKind::Match => Output::Value(type_),
            MatchKind::Name => Output::Name(type_),
            MatchKind::Adjective => Output::Adjective(type_),
            MatchKind::Nominal => Output::Nominal(type_),
            MatchKind::Pronoun => Output::Pronoun(type_),
        };
        let shared = shared(block, false, None);
        block_variants(
            lowering,
            block,
            &shared,
            &output,
            &mut variants,
            diagnostics,
        );
    }
    for (name, block) in &pack.phrases {
        let Some(phrase) = lowering.names.phrase(name) else {
            continue;
        };
        let shared = shared(block, true, None);
        block_variants(
            lowering,
            block,
            &shared,
            &|_| Output::Phrase(phrase),
            &mut variants,
            diagnostics,
        );
    }
    for definition in pack.relations.values() {
        let Some(relation) = lowering.names.relation(&definition.name) else {
            continue;
        };
        for block in &definition.blocks {
            let absorbs = block.items.iter().any(absorbs);
            let type_ = &lowering.names.relations[relation.0 as usize];
            let head = type_.parameters.get(type_.head).map(|p| p.name.clone());
            let shared = shared(block, !absorbs, head);
            block_variants(
                lowering,
                block,
                &shared,
                &|_| Output::Relation(relation),
                &mut variants,
                diagnostics,
            );
        }
    }
    variants.sort_by_key(|v| v.location);
    variants
}

fn absorbs(item: &ast::Item) -> bool {
    match &item.kind {
        ItemKind::Absorb(_) => true,
        ItemKind::Match(item) => item.absorb.is_some(),
        _ => false,
    }
}

fn shared(block: &RuleBlock, full: bool, head: Option<String>) -> Shared<'_> {
    let mut shared = Shared {
        filters: Vec::new(),
        assignments: Vec::new(),
        absorb: None,
        zones: ZoneSet::DEFAULT,
        full,
        head,
    };
    for item in &block.items {
        match &item.kind {
            ItemKind::Where(condition) => shared.filters.push(condition),
            ItemKind::Set(assignments) => shared.assignments.extend(assignments),
            ItemKind::Absorb(name) => shared.absorb = Some(name.text.clone()),
            ItemKind::In(zones) => {
                shared.zones = ZoneSet::of(zones.iter().filter_map(|z| zone_from_name(&z.text)));
            }
            _ => {}
        }
    }
    shared
}

fn block_variants(
    lowering: &mut Lowering<'_>,
    block: &RuleBlock,
    shared: &Shared<'_>,
    output: &dyn Fn(MatchKind) -> Output,
    variants: &mut Vec<Variant>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut counts = [0_u32; 6];
    for item in &block.items {
        let compiled = match &item.kind {
            ItemKind::Match(line) => {
                counts[line.kind as usize] += 1;
                let number = counts[line.kind as usize];
                let name = line.label.as_ref().map_or_else(
                    || format!("{}{number}", word(line.kind)),
                    |l| l.text.clone(),
                );
                let absorb = line
                    .absorb
                    .as_ref()
                    .map(|n| n.text.clone())
                    .or_else(|| shared.absorb.clone());
                match_variant(lowering, block, item, line, shared, output(line.kind), name)
                    .map(|v| v.map(|v| Variant { absorb, ..v }))
            }
            ItemKind::From(from) => {
                counts[5] += 1;
                Ok(from_variant(
                    lowering,
                    block,
                    item,
                    from,
                    shared,
                    output(MatchKind::Match),
                    counts[5],
                ))
            }
            _ => continue,
        };
        match compiled {
            Ok(variant) => variants.extend(variant),
            Err(states) => diagnostics.push(
                Diagnostic::error(
                    "pattern-too-large",
                    "this pattern is too large",
                    item.location,
                )
                .label(format!("{states} states, at most {MAX_STATES}"))
                .help("shorten its gaps and repetitions, or make a `phrase` of a part of it"),
            ),
        }
    }
}

fn word(kind: MatchKind) -> &'static str {
    match kind {
        MatchKind::Match => "match",
        MatchKind::Name => "name",
        MatchKind::Adjective => "adjective",
        MatchKind::Nominal => "nominal",
        MatchKind::Pronoun => "pronoun",
    }
}

fn match_variant(
    lowering: &mut Lowering<'_>,
    block: &RuleBlock,
    item: &ast::Item,
    line: &ast::MatchItem,
    shared: &Shared<'_>,
    output: Output,
    name: String,
) -> Result<Option<Variant>, usize> {
    let mut scope = Scope {
        full: shared.full,
        ..Scope::default()
    };
    let expression = lowering.pattern(&line.pattern, &mut scope);
    let pattern = compiled(expression, &scope, output, shared.head.as_deref())?;
    let specificity = specificity(&pattern.expression, &lowering.tables);
    // A variant's own conditions come first: what they bind, the block's may ask about.
    let filters = (line.filters.iter()).chain(shared.filters.iter().copied());
    // A filter that could not be compiled was reported: without it the variant would find too much.
    let filters: Option<Vec<Condition>> = filters.map(|f| lowering.condition(f, &scope)).collect();
    let Some(filters) = filters else {
        return Ok(None);
    };
    Ok(Some(Variant {
        rule: block.name.clone(),
        name,
        location: item.location,
        output,
        body: Body::Match(Box::new(pattern)),
        filters,
        assignments: assignments(
            line.assignments
                .iter()
                .chain(shared.assignments.iter().copied()),
        ),
        absorb: None,
        zones: shared.zones,
        specificity,
    }))
}

fn from_variant(
    lowering: &mut Lowering<'_>,
    block: &RuleBlock,
    item: &ast::Item,
    from: &ast::FromItem,
    shared: &Shared<'_>,
    output: Output,
    number: u32,
) -> Option<Variant> {
    let relation = lowering.names.relation(&from.relation.text)?;
    let scope = Scope {
        full: shared.full,
        ..Scope::default()
    };
    let filters = (from.filter.iter()).chain(shared.filters.iter().copied());
    let filters = filters
        .map(|f| lowering.condition(f, &scope))
        .collect::<Option<Vec<_>>>()?;
    Some(Variant {
        rule: block.name.clone(),
        name: if number == 1 {
            "from".into()
        } else {
            format!("from{number}")
        },
        location: item.location,
        output,
        body: Body::From {
            relation,
            arguments: from.arguments.iter().map(|a| a.text.clone()).collect(),
        },
        filters,
        assignments: assignments(
            from.assignments
                .iter()
                .chain(shared.assignments.iter().copied()),
        ),
        absorb: shared.absorb.clone(),
        zones: shared.zones,
        specificity: Specificity::default(),
    })
}

fn assignments<'a>(all: impl Iterator<Item = &'a ast::Assignment>) -> Vec<Assignment> {
    all.map(|a| Assignment {
        name: a.name.text.as_str().into(),
        value: value(&a.value),
    })
    .collect()
}

/// Compiles the programs of a lowered pattern.
pub(super) fn compiled(
    expression: Expression,
    scope: &Scope,
    output: Output,
    head: Option<&str>,
) -> Result<Pattern, usize> {
    let head = head
        .and_then(|h| scope.captures.iter().position(|c| **c == *h))
        .map(|n| n as u8);
    let programs = match output {
        Output::Relation(_) => Outward::compile(&expression, head)?,
        _ => Outward::from_start(&expression)?,
    };
    let mut asked = VerbFeatures::default();
    for (_, features) in scope.asked.iter().filter(|(capture, _)| *capture == head) {
        asked.add(*features);
    }
    Ok(Pattern {
        programs,
        captures: scope.captures.clone(),
        head,
        required: Vec::new(),
        needs: Vec::new(),
        depends: Depends::ALL,
        crossing: scope.crossing,
        names_marks: scope.names_marks,
        asked,
        expression,
    })
}

/// What every match must have; of alternatives the least.
fn specificity(expression: &Expression, tables: &Tables) -> Specificity {
    let mut count = Specificity::default();
    match expression {
        Expression::Test(test, _) => count.0[test_rank(*test, tables)] = 1,
        Expression::Edge(edge, _) => {
            let rank = match &tables.edges[edge.0 as usize] {
                EdgeKind::Listed { .. } | EdgeKind::Document { .. } => 1,
                EdgeKind::Mention { .. } | EdgeKind::Relation(_) => 2,
                EdgeKind::Until(_) => 4,
                _ => 3,
            };
            count.0[rank] = 1;
        }
        Expression::Place(..) => count.0[3] = 1,
        Expression::Sequence(parts) => {
            for part in parts {
                add(&mut count, specificity(part, tables), 1);
            }
        }
        Expression::Alternative(parts) => {
            count = parts
                .iter()
                .map(|p| specificity(p, tables))
                .min()
                .unwrap_or_default();
        }
        Expression::Repeat(body, min, _) => add(&mut count, specificity(body, tables), *min),
        Expression::Capture(_, body) => return specificity(body, tables),
        _ => {}
    }
    count
}

fn add(count: &mut Specificity, more: Specificity, times: u32) {
    for (all, one) in count.0.iter_mut().zip(more.0) {
        *all = all.saturating_add(one.saturating_mul(times.min(100) as u16));
    }
}

fn test_rank(test: crate::rules::program::TestId, tables: &Tables) -> usize {
    use crate::rules::tables::TokenTest;
    match &tables.tests[test.0 as usize] {
        TokenTest::Word(_) | TokenTest::Exact(..) | TokenTest::Lemma(_) => 0,
        TokenTest::Or(parts) => parts
            .iter()
            .map(|p| test_rank(*p, tables))
            .max()
            .unwrap_or(3),
        TokenTest::Edge(_) => 1,
        TokenTest::Inside(_) => 2,
        _ => 3,
    }
}
