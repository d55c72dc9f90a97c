//! The tests inside the shipped rule files, and what must hold of every rule.

use sayso::Severity;
use sayso::rule_tests::{Verdict, run, tests};
use sayso::rules::{BuiltinFiles, MemoryFiles, compile, load};
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

#[test]
fn every_block_of_the_reference_loads_and_its_tests_pass() {
    let page = include_str!("../rules/README.md");
    let blocks: Vec<&str> = page
        .split("```sayso\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap())
        .collect();
    assert!(blocks.len() >= 3);
    for block in blocks {
        let own = MemoryFiles::new()
            .shown_as("page/")
            .with("own.sayso", block);
        let (pack, faults) = load(&[&BuiltinFiles, &own]);
        let mut all = tests(&pack);
        all.retain(|t| {
            pack.sources
                .get(t.location.source)
                .path
                .starts_with("page/")
        });
        let (rules, more) = compile(pack);
        let errors: Vec<_> = faults
            .iter()
            .chain(&more)
            .filter(|d| d.severity == Severity::Error)
            .collect();
        assert!(errors.is_empty(), "{errors:#?}\n{block}");
        assert!(!all.is_empty(), "no tests in\n{block}");
        for judged in run(&rules, all).0 {
            let expected = if judged.test.test.todo {
                Verdict::Todo
            } else {
                Verdict::Passed
            };
            assert_eq!(judged.verdict, expected, "{}", judged.test.test.text);
        }
    }
}
