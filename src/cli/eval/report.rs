//! Scores as a table and lists, or as JSON.

use super::Compared;
use crate::evaluation::{Agreement, Count, FalseFind, Item, Scores};
use serde_json::{Value, json};
use std::io::Write;

/// The table, then what was missed and what is wrong, article by article.
pub(super) fn text(scores: &Scores, all: &[Compared]) -> anyhow::Result<()> {
    let mut out = anstream::stdout().lock();
    writeln!(
        out,
        "{:24}{:>7}{:>7}{:>7}{:>7}{:>7}",
        "", "P", "R", "F1", "gold", "found"
    )?;
    row(&mut out, "entities", scores.entities)?;
    for (name, count) in &scores.entity_types {
        row(&mut out, &format!("  {name}"), *count)?;
    }
    row(&mut out, "mentions", scores.mentions)?;
    row(&mut out, "relations", scores.relations)?;
    for (name, count) in &scores.relation_types {
        row(&mut out, &format!("  {name}"), *count)?;
    }
    let tiers = [
        ("entities", &scores.entity_tiers),
        ("relations", &scores.relation_tiers),
    ];
    for (kind, tiers) in tiers {
        for (tier, count) in tiers {
            tier_row(&mut out, &format!("{} {kind}", tier.name()), *count)?;
        }
    }
    for (name, Agreement { agree, of }) in &scores.agreement {
        writeln!(
            out,
            "{name} of the relations found: {agree} of {of} as in the gold"
        )?;
    }
    let (committed, negatives) = scores.negatives;
    writeln!(out, "negatives committed: {committed} of {negatives}")?;
    for one in all {
        lists(&mut out, one)?;
    }
    Ok(())
}

fn row(out: &mut impl Write, name: &str, count: Count) -> std::io::Result<()> {
    let [p, r, f1] = [count.precision(), count.recall(), count.f1()].map(share);
    let Count { gold, found, .. } = count;
    writeln!(out, "{name:24}{p:>7}{r:>7}{f1:>7}{gold:>7}{found:>7}")
}

/// Tiers have no precision: what is found has no tier.
fn tier_row(out: &mut impl Write, name: &str, count: Count) -> std::io::Result<()> {
    let recall = share(count.recall());
    let none = share(None);
    let Count { gold, recalled, .. } = count;
    writeln!(
        out,
        "{name:24}{none:>7}{recall:>7}{none:>7}{gold:>7}{recalled:>7}"
    )
}

fn share(share: Option<f64>) -> String {
    share.map_or_else(|| "–".to_owned(), |share| format!("{share:.3}"))
}

fn lists(out: &mut impl Write, one: &Compared) -> std::io::Result<()> {
    let comparison = &one.comparison;
    for miss in &comparison.misses {
        writeln!(
            out,
            "\n{} missed ({}): {}",
            place(one, &miss.item),
            miss.tier.name(),
            miss.item.what
        )?;
        sentence(out, &miss.item)?;
    }
    for find in &comparison.false_finds {
        false_find(out, one, "false", find)?;
    }
    for negative in &comparison.negatives {
        false_find(out, one, "NEGATIVE", &negative.found)?;
        if let Some(why) = &negative.why {
            writeln!(out, "    wrong because: {why}")?;
        }
    }
    Ok(())
}

fn false_find(
    out: &mut impl Write,
    one: &Compared,
    word: &str,
    find: &FalseFind,
) -> std::io::Result<()> {
    writeln!(
        out,
        "\n{} {word}: {}",
        place(one, &find.item),
        find.item.what
    )?;
    sentence(out, &find.item)?;
    match (&find.rule, &find.place) {
        (Some(rule), Some(place)) => writeln!(out, "    rule {rule}, {place}"),
        (Some(rule), None) => writeln!(out, "    rule {rule}"),
        _ => Ok(()),
    }
}

fn place(one: &Compared, item: &Item) -> String {
    format!("{}:{}:", one.article, item.line)
}

fn sentence(out: &mut impl Write, item: &Item) -> std::io::Result<()> {
    let words: Vec<&str> = item.sentence.split_whitespace().collect();
    if words.is_empty() {
        return Ok(());
    }
    writeln!(out, "    {}", words.join(" "))
}

/// One object: the sums, then each article.
pub(super) fn json(scores: &Scores, all: &[Compared]) -> anyhow::Result<()> {
    let f1 = |count: Count| -> Value {
        json!({"precision": count.precision(), "recall": count.recall(), "f1": count.f1()})
    };
    let object = json!({
        "summary": {"entities": f1(scores.entities), "mentions": f1(scores.mentions), "relations": f1(scores.relations)},
        "scores": scores,
        "articles": all,
    });
    let mut out = anstream::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &object)?;
    writeln!(out)?;
    Ok(())
}
