//! Saved questions: ours, and those of a folder.

use crate::cli::project::unknown;
use crate::query::Question;
use anyhow::{Context, bail};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

/// All questions by name; those of the folder go before ours.
pub(super) fn questions(folder: Option<&Path>) -> anyhow::Result<BTreeMap<String, Question>> {
    let shipped = Question::shipped();
    let mut all: BTreeMap<String, Question> =
        shipped.into_iter().map(|q| (q.name.clone(), q)).collect();
    let Some(folder) = folder else {
        return Ok(all);
    };
    let shown = folder.display();
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot read {shown}"))?;
    let mut any = false;
    for entry in entries {
        let path = entry
            .with_context(|| format!("cannot read {shown}"))?
            .path();
        if path.extension().is_some_and(|e| e == "rq") {
            any = true;
            let question = read(&path)?;
            all.insert(question.name.clone(), question);
        }
    }
    if !any {
        bail!("{shown} holds no questions: they are files that end in .rq");
    }
    Ok(all)
}

/// The question of a file.
pub(super) fn read(path: &Path) -> anyhow::Result<Question> {
    let text = crate::cli::input::read(path)?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    Ok(Question::read(&name, &text))
}

/// The question of a name.
pub(super) fn named(
    mut questions: BTreeMap<String, Question>,
    name: &str,
) -> anyhow::Result<Question> {
    questions.remove(name).with_context(|| {
        let names = questions.keys().map(String::as_str);
        format!(
            "{} (`sayso query --list` tells what they answer; SPARQL has braces)",
            unknown("question", name, names)
        )
    })
}

/// Each with its title and what can be set.
pub(super) fn list(
    questions: &BTreeMap<String, Question>,
    out: &mut impl Write,
) -> std::io::Result<()> {
    let width = questions.keys().map(String::len).max().unwrap_or_default();
    for question in questions.values() {
        writeln!(out, "{:width$}  {}", question.name, question.title)?;
        if !question.description.is_empty() {
            writeln!(out, "{:width$}  {}", "", question.description)?;
        }
        for (name, what) in &question.parameters {
            writeln!(out, "{:width$}    --set {name}=…  {what}", "")?;
        }
    }
    Ok(())
}

/// `NAME=VALUE`, each name one that the question has.
pub(super) fn values<'v>(
    question: &Question,
    given: &'v [String],
) -> anyhow::Result<Vec<(&'v str, &'v str)>> {
    let mut values: Vec<(&str, &str)> = Vec::new();
    for given in given {
        let (name, value) = given
            .split_once('=')
            .with_context(|| format!("--set {given}: a name, `=` and a value are wanted"))?;
        let known = question.parameters.iter().map(|(name, _)| name.as_str());
        if question.parameters.is_empty() {
            bail!("--set {given}: `{}` has no parameters", question.name);
        }
        if !known.clone().any(|known| known == name) {
            bail!("--set {given}: {}", unknown("parameter", name, known));
        }
        if values.iter().any(|(set, _)| *set == name) {
            bail!("--set {given}: `{name}` is set twice");
        }
        values.push((name, value));
    }
    Ok(values)
}
