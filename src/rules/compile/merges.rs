//! `merge` blocks.

use super::lower::{Lowering, Scope};
use super::variants::{Body, Output, Variant, compiled};
use crate::diagnostic::Diagnostic;
use crate::rules::ast::ItemKind;
use crate::rules::condition::{Condition, ZoneSet};
use crate::rules::program::MAX_STATES;
use crate::rules::rule_set::TypeId;

/// A `same` or `never` line.
#[derive(Clone, Debug)]
pub struct Identity {
    /// `never`
    pub never: bool,
    /// Over `a` and `b`.
    pub condition: Condition,
    /// Where it stands.
    pub location: crate::diagnostic::Location,
}

/// A `refer` line. What refers is found by the variant with [`Output::Refer`] of its numbers.
#[derive(Clone, Debug)]
pub struct Refer {
    /// Candidates from the last one named on, instead of the nearest.
    pub last: bool,
    /// Only subjects of verbs.
    pub subject: bool,
    /// The type of what is referred to.
    pub target: TypeId,
    /// `it` is the candidate; captures of the pattern are bound.
    pub filter: Option<Condition>,
    /// How many sentences back; none: any distance.
    pub within: Option<u32>,
    /// Where it stands.
    pub location: crate::diagnostic::Location,
}

/// Merge rules of one type, in order.
#[derive(Clone, Debug)]
pub struct MergeRules {
    /// The type.
    pub type_: TypeId,
    /// When two names are one entity.
    pub identities: Vec<Identity>,
    /// What descriptions and pronouns refer to.
    pub refers: Vec<Refer>,
}

#[expect(clippy::too_many_lines, reason = "one arm for each kind of line")]
pub(super) fn all(
    lowering: &mut Lowering<'_>,
    variants: &mut Vec<Variant>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<MergeRules> {
    let mut merges = Vec::new();
    let pack = lowering.pack;
    for block in &pack.merges {
        let Some(type_) = lowering.names.type_(&block.name) else {
            continue;
        };
        let mut rules = MergeRules {
            type_,
            identities: Vec::new(),
            refers: Vec::new(),
        };
        for item in &block.items {
            match &item.kind {
                ItemKind::Identity { never, condition } => {
                    if let Some(condition) = lowering.condition(condition, &Scope::default()) {
                        rules.identities.push(Identity {
                            never: *never,
                            condition,
                            location: item.location,
                        });
                    }
                }
                ItemKind::Refer(refer) => {
                    let mut scope = Scope {
                        full: true,
                        ..Scope::default()
                    };
                    let Some(target) = lowering.names.type_(&refer.target.text) else {
                        continue;
                    };
                    let output = Output::Refer(merges.len() as u16, rules.refers.len() as u16);
                    let expression = lowering.pattern(&refer.pattern, &mut scope);
                    let filter = match &refer.filter {
                        None => None,
                        Some(filter) => match lowering.condition(filter, &scope) {
                            None => continue,
                            some => some,
                        },
                    };
                    match compiled(expression, &scope, output, None) {
                        Ok(pattern) => variants.push(Variant {
                            rule: block.name.clone(),
                            name: format!("refer{}", rules.refers.len() + 1),
                            location: item.location,
                            output,
                            body: Body::Match(Box::new(pattern)),
                            filters: Vec::new(),
                            assignments: Vec::new(),
                            absorb: None,
                            zones: ZoneSet::ALL,
                            specificity: super::Specificity::default(),
                        }),
                        Err(states) => {
                            diagnostics.push(
                                Diagnostic::error(
                                    "pattern-too-large",
                                    "this pattern is too large",
                                    item.location,
                                )
                                .label(format!("{states} states, at most {MAX_STATES}")),
                            );
                            continue;
                        }
                    }
                    let (last, subject, within) = (refer.last, refer.subject, refer.within);
                    rules.refers.push(Refer {
                        last,
                        subject,
                        target,
                        filter,
                        within,
                        location: item.location,
                    });
                }
                _ => {}
            }
        }
        merges.push(rules);
    }
    merges
}
