//! `sayso merge`: graphs of many runs into one.

use super::args::{EntityScope, Loudness, Merge};
use super::graphs::Graphs;
use super::{Outcome, input, interrupt};
use crate::graph::{Decisions, KnowledgeGraph};
use crate::rules::nearest;
use anyhow::Context;
use std::collections::BTreeSet;
use std::io::Write;

/// Merges all graphs and writes the one.
pub(super) fn run(options: &Merge, loudness: Loudness) -> anyhow::Result<Outcome> {
    let decisions = decisions(options)?;
    let Some((mut graphs, mut sink)) = Graphs::open(&options.graphs, loudness)? else {
        return Ok(Outcome::Failed);
    };
    let mut all = Vec::new();
    graphs.each(|_, graph| {
        interrupt::one_more();
        all.push(options.entity_scope.applied(graph));
        Ok(())
    })?;
    if loudness > Loudness::Quiet {
        warn_of_unknown(&decisions, &all);
    }
    let inputs = all.len();
    let graph = KnowledgeGraph::merge_with(all, &decisions)?;
    if options.suggest {
        return suggest(&graph, &decisions);
    }
    if options.explain || loudness == Loudness::Verbose {
        explain(&graph);
    }
    if let Some(path) = &options.graphs.output.path {
        let (documents, relations) = (graph.documents.len(), graph.n_relations());
        let output = path.display();
        super::hint(
            loudness,
            &format!(
                "{inputs} graphs, {documents} documents, {relations} relations are in {output}; --explain says what became one and why"
            ),
        );
    }
    sink.take(graph)?;
    sink.finish()?;
    Ok(Outcome::Done)
}

fn decisions(options: &Merge) -> anyhow::Result<Decisions> {
    let mut files = Vec::new();
    for path in &options.decisions {
        let text = input::read(path).with_context(|| input::shown(path))?;
        files.push((input::shown(path), text));
    }
    let files = files
        .iter()
        .map(|(file, text)| (file.as_str(), text.as_str()));
    Ok(Decisions::parse(files)?)
}

/// Decisions about what is not there are no error, as the next graph may have it; a slip is.
fn warn_of_unknown(decisions: &Decisions, graphs: &[KnowledgeGraph]) {
    if decisions.is_empty() {
        return;
    }
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for (_, entity) in graphs.iter().flat_map(KnowledgeGraph::entities) {
        known.insert(&entity.id);
        known.extend(entity.merged.iter().map(|member| member.id.as_str()));
    }
    for (id, line) in decisions.ids() {
        if known.contains(id) {
            continue;
        }
        let meant = nearest(id, known.iter().copied());
        let help = meant.map_or_else(String::new, |meant| format!("; did you mean `{meant}`?"));
        anstream::eprintln!("warning: {line}: these graphs have no entity `{id}`{help}");
    }
}

impl EntityScope {
    /// The graph with ids of this scope.
    pub(super) fn applied(self, graph: KnowledgeGraph) -> KnowledgeGraph {
        match self {
            Self::Graph => graph,
            Self::Document => graph.scoped_to_documents(),
        }
    }
}

/// What became one and why, on standard error.
fn explain(graph: &KnowledgeGraph) {
    for (_, entity) in graph.entities() {
        let documents: BTreeSet<u32> = (entity.mentions.iter())
            .map(|m| m.selection.document)
            .collect();
        let (id, name) = (&entity.id, &entity.name);
        if !entity.merged.is_empty() {
            anstream::eprintln!("{id}  \"{name}\"");
            for member in &entity.merged {
                let why: Vec<&str> = member.because.iter().map(String::as_str).collect();
                let why = why.join("; ");
                anstream::eprintln!("    {}  \"{}\"  {why}", member.id, member.name);
            }
        } else if documents.len() > 1 {
            let count = documents.len();
            anstream::eprintln!("{id}  \"{name}\"  same name and type in {count} documents");
        }
    }
}

/// Lines for a file of decisions, each a proposal.
fn suggest(graph: &KnowledgeGraph, decisions: &Decisions) -> anyhow::Result<Outcome> {
    let mut out = std::io::stdout().lock();
    for suggestion in graph.suggest_same(decisions) {
        let [a, b] = suggestion.ids;
        writeln!(out, "same {a} {b} # {}", suggestion.because)?;
    }
    Ok(Outcome::Done)
}
