//! Going through the patterns of a file.

use crate::rules::ast::{
    Block, Condition, ConditionKind, DeclarationKind, ItemKind, NodeId, Pattern, PatternKind,
    RuleFile,
};

/// Calls `visit` for an element and all elements inside, in reading order.
pub fn for_each_element<'p>(pattern: &'p Pattern, visit: &mut dyn FnMut(&'p Pattern)) {
    visit(pattern);
    for child in children(pattern) {
        for_each_element(child, visit);
    }
}

/// Elements directly inside an element.
fn children(pattern: &Pattern) -> &[Pattern] {
    match &pattern.kind {
        PatternKind::Sequence(parts) | PatternKind::Alternative(parts) => parts,
        PatternKind::Repeat { pattern, .. }
        | PatternKind::Capture { pattern, .. }
        | PatternKind::Until(pattern)
        | PatternKind::Context { pattern, .. } => std::slice::from_ref(pattern),
        PatternKind::Found {
            head: Some(head), ..
        } => std::slice::from_ref(head),
        _ => &[],
    }
}

/// Elements directly inside an element, to change them.
fn children_mut(pattern: &mut Pattern) -> &mut [Pattern] {
    match &mut pattern.kind {
        PatternKind::Sequence(parts) | PatternKind::Alternative(parts) => parts,
        PatternKind::Repeat { pattern, .. }
        | PatternKind::Capture { pattern, .. }
        | PatternKind::Until(pattern)
        | PatternKind::Context { pattern, .. } => std::slice::from_mut(pattern),
        PatternKind::Found {
            head: Some(head), ..
        } => std::slice::from_mut(head),
        _ => &mut [],
    }
}

/// Numbers all elements of a file in reading order; how many there are.
pub(super) fn number(file: &mut RuleFile) -> u32 {
    let mut next = 0;
    for declaration in &mut file.declarations {
        number_declaration(&mut declaration.kind, &mut next);
    }
    next
}

fn number_declaration(kind: &mut DeclarationKind, next: &mut u32) {
    match kind {
        DeclarationKind::Macro(declaration) => number_pattern(&mut declaration.pattern, next),
        DeclarationKind::Relation(relation) => {
            if let Some(block) = &mut relation.block {
                number_block(block, next);
            }
        }
        DeclarationKind::Entity(block)
        | DeclarationKind::Phrase(block)
        | DeclarationKind::Merge(block) => number_block(block, next),
        DeclarationKind::Override(inner) => number_declaration(&mut inner.kind, next),
        _ => {}
    }
}

fn number_block(block: &mut Block, next: &mut u32) {
    for item in &mut block.items {
        for_each_item_pattern(&mut item.kind, &mut |pattern| number_pattern(pattern, next));
    }
}

/// Numbers an element and those inside it, from `next` on.
pub(super) fn number_pattern(pattern: &mut Pattern, next: &mut u32) {
    pattern.id = NodeId(*next);
    *next += 1;
    for child in children_mut(pattern) {
        number_pattern(child, next);
    }
}

/// Calls `visit` for every whole pattern of an item, those of its conditions included.
pub(super) fn for_each_item_pattern(item: &mut ItemKind, visit: &mut dyn FnMut(&mut Pattern)) {
    match item {
        ItemKind::Match(item) => {
            visit(&mut item.pattern);
            for filter in &mut item.filters {
                condition_patterns(filter, visit);
            }
        }
        ItemKind::From(item) => {
            if let Some(filter) = &mut item.filter {
                condition_patterns(filter, visit);
            }
        }
        ItemKind::Refer(item) => {
            visit(&mut item.pattern);
            if let Some(filter) = &mut item.filter {
                condition_patterns(filter, visit);
            }
        }
        ItemKind::Where(condition) | ItemKind::Identity { condition, .. } => {
            condition_patterns(condition, visit);
        }
        _ => {}
    }
}

fn condition_patterns(condition: &mut Condition, visit: &mut dyn FnMut(&mut Pattern)) {
    match &mut condition.kind {
        ConditionKind::And(parts) | ConditionKind::Or(parts) => {
            for part in parts {
                condition_patterns(part, visit);
            }
        }
        ConditionKind::Not(inner) => condition_patterns(inner, visit),
        ConditionKind::Has { pattern, .. } | ConditionKind::Inside(pattern) => visit(pattern),
        _ => {}
    }
}
