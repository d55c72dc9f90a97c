//! The tests inside the shipped rule files, and what must hold of every rule.

use sayso::rule_tests::{Verdict, run, tests};
use sayso::rules::{BuiltinFiles, compile, load};
use std::collections::BTreeSet;

#[test]
fn every_yes_and_no_of_the_shipped_pack_holds() {
    let (pack, _) = load(&[&BuiltinFiles]);
    let all = tests(&pack);
    assert!(all.len() > 40);
    let (rules, _) = compile(pack);
    let (judged, _) = run(&rules, all);
    let failed: Vec<String> = judged
        .iter()
        .filter_map(|j| match &j.verdict {
            Verdict::Failed(faults) => {
                Some(format!("{}: {}: {faults:?}", j.test.rule, j.test.test.text))
            }
            Verdict::TodoPasses => {
                Some(format!("{}: {} passes now", j.test.rule, j.test.test.text))
            }
            Verdict::Passed | Verdict::Todo => None,
        })
        .collect();
    assert!(failed.is_empty(), "{failed:#?}");
}

#[test]
fn every_rule_of_the_shipped_pack_has_a_yes_and_a_no() {
    let (pack, _) = load(&[&BuiltinFiles]);
    let all = tests(&pack);
    let with = |positive: bool| -> BTreeSet<&str> {
        all.iter()
            .filter(|t| t.test.positive == positive)
            .map(|t| t.rule.as_str())
            .collect()
    };
    let (yes, no) = (with(true), with(false));
    let relations = pack
        .relations
        .iter()
        .filter(|(_, r)| !r.blocks.is_empty())
        .map(|(name, _)| name.as_str());
    let entities = pack.entities.iter().map(|b| b.name.as_str());
    let lacking: Vec<&str> = relations
        .chain(entities)
        .filter(|r| !yes.contains(r) || !no.contains(r))
        .collect();
    assert!(lacking.is_empty(), "without `yes` or `no`: {lacking:?}");
}
