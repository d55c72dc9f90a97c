//! What works, yet hardly as meant: warnings that look at one rule, and at rules beside each other.

mod covering;
mod edges;
mod features;
mod firing;
mod forms;
mod inflections;
mod repeated;
mod tests_of_tokens;
mod types;

pub(in crate::rules) use forms::{inflected_lemma, meant_lemma};

use super::{Checker, Subject};
use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::rules::ast::{Item, ItemKind, MatchItem, Pattern};
use crate::rules::pack::RuleBlock;

impl Checker<'_, '_> {
    /// Warnings about all rules; what is broken has been taken out.
    pub(super) fn lint(
        &mut self,
        entities: &[RuleBlock],
        phrases: &[RuleBlock],
        relations: &[Vec<RuleBlock>],
    ) {
        self.broken = (self.diagnostics.iter()).any(|d| d.severity == Severity::Error);
        let mut types: Vec<&str> = entities.iter().map(|b| b.name.as_str()).collect();
        types.sort_unstable();
        types.dedup();
        for type_ in types {
            let blocks: Vec<&RuleBlock> = entities.iter().filter(|b| b.name == type_).collect();
            self.lint_blocks(&blocks, Subject::Entity);
        }
        for block in phrases {
            self.lint_blocks(&[block], Subject::Phrase);
        }
        for blocks in relations.iter().filter(|blocks| !blocks.is_empty()) {
            let blocks: Vec<&RuleBlock> = blocks.iter().collect();
            self.lint_blocks(&blocks, Subject::Relation(&blocks[0].name));
        }
    }

    /// Warnings about single patterns, wherever they stand.
    pub(super) fn lint_pattern(&mut self, pattern: &Pattern) {
        self.spelled_out(pattern);
        self.inflected(pattern);
        self.contradictions(pattern);
        self.neighbours(pattern);
    }

    /// Warnings about a line that finds something.
    fn lint_line(&mut self, line: &MatchItem, subject: Subject<'_>, location: Location) {
        if let Subject::Relation(relation) = subject {
            self.bound_twice(line, relation);
            self.capture_types(line, relation);
        }
        self.lint_pattern(&line.pattern);
        self.fires(line, location);
    }

    /// Warnings about a type, phrase or relation with all its blocks.
    fn lint_blocks(&mut self, blocks: &[&RuleBlock], subject: Subject<'_>) {
        for block in blocks {
            for item in &block.items {
                match (&item.kind, subject) {
                    (ItemKind::Match(line), _) => self.lint_line(line, subject, item.location),
                    (ItemKind::From(from), Subject::Relation(name)) => {
                        self.derived_types(from, name);
                    }
                    (ItemKind::Refer(refer), _) => self.lint_pattern(&refer.pattern),
                    _ => {}
                }
            }
        }
        let lines: Vec<(&MatchItem, Location)> = blocks
            .iter()
            .flat_map(|block| &block.items)
            .filter_map(|item| match &item.kind {
                ItemKind::Match(line) => Some((line, item.location)),
                _ => None,
            })
            .collect();
        // Beside other variants a longer match may win over theirs; alone it makes no difference.
        let absorbs = blocks.iter().flat_map(|b| &b.items).any(absorbs);
        if let (Subject::Relation(_), [(line, _)], false) = (subject, lines.as_slice(), absorbs) {
            self.optional_edges(&line.pattern);
        }
        self.same_labels(&lines);
        self.covered(&lines);
        if subject != Subject::Phrase && !self.broken {
            self.untested(blocks);
        }
    }

    /// A rule without a near miss says nothing about where it ends.
    fn untested(&mut self, blocks: &[&RuleBlock]) {
        let items = || blocks.iter().flat_map(|block| &block.items);
        let has_no = |item: &Item| matches!(&item.kind, ItemKind::Test(t) if !t.positive);
        if !items().any(super::facts::makes) || items().any(has_no) {
            return;
        }
        let block = blocks[0];
        self.report(
            Diagnostic::warning(
                "no-negative-test",
                format!("the rules of `{}` have no `no` line", block.name),
                block.name_location,
            )
            .help("add a sentence that is nearly found, yet must not be: `no  …`"),
        );
    }
}

fn absorbs(item: &Item) -> bool {
    match &item.kind {
        ItemKind::Absorb(_) => true,
        ItemKind::Match(line) => line.absorb.is_some(),
        _ => false,
    }
}
