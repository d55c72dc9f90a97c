//! The picture of more graphs than fit into memory: they are gone through once for what stands around it and once for
//! what is in it.

use super::picture::Picture;
use super::{DotOptions, edges, layout, nodes, write_picture};
use crate::export::ExportPlan;
use crate::graph::{KnowledgeGraph, MergePlan, MergeStream, Outline, Pruned, RelationEdge};
use rustc_hash::FxHashSet;
use std::io::{self, Write};

/// Writes the picture of the graphs that a plan is made of; `graphs` gives all of them each time.
///
/// # Errors
/// Those of the graphs and of the writer.
pub fn write_dot_of_many<G, E>(
    plan: &ExportPlan,
    mut graphs: impl FnMut() -> Result<G, E>,
    options: &DotOptions,
    out: &mut impl Write,
) -> Result<(), E>
where
    G: Iterator<Item = Result<KnowledgeGraph, E>>,
    E: From<io::Error>,
{
    let plan = plan.merge();
    let mut outline = Outline::default();
    each(plan, graphs()?, |part| {
        outline.add(&part);
        Ok(())
    })?;
    let outline = outline.finish();
    let pruned = outline.prune(&options.pruning);
    let ids = pruned.relations.iter().map(|e| e.relation.id.clone());
    let drawn = Drawn(ids.collect());
    let frame = Picture::of(&outline, pruned, options);
    if frame.is_layered() {
        let mut parts = Vec::new();
        each(plan, graphs()?, |part| {
            if !drawn.of(&part).is_empty() {
                parts.push(part);
            }
            Ok(())
        })?;
        let whole = KnowledgeGraph::merge(parts);
        let mut picture = Picture::of(&whole, drawn.pruned(&whole), options);
        picture.left_out.clone_from(&frame.left_out);
        picture.open_ended = frame.open_ended;
        picture.orphans = frame.orphans;
        return Ok(write_picture(&picture, out)?);
    }
    layout::comments(&frame, out)?;
    writeln!(out, "digraph sayso {{")?;
    layout::attributes(&frame, out)?;
    let mut written: FxHashSet<String> = FxHashSet::default();
    each(plan, graphs()?, |part| {
        let mut picture = Picture::of(&part, drawn.pruned(&part), options);
        picture.plan = Some(plan);
        (picture.entities)
            .retain(|&n| part.entity(n).is_some_and(|e| written.insert(e.id.clone())));
        nodes::write_all(&picture, out)?;
        Ok(edges::write(&picture, out)?)
    })?;
    Ok(writeln!(out, "}}")?)
}

/// Ids of the relations that are drawn.
struct Drawn(FxHashSet<String>);

impl Drawn {
    fn of<'g>(&self, graph: &'g KnowledgeGraph) -> Vec<RelationEdge<'g>> {
        let mut relations = graph.relations();
        relations.retain(|edge| self.0.contains(&edge.relation.id));
        relations
    }

    fn pruned<'g>(&self, graph: &'g KnowledgeGraph) -> Pruned<'g> {
        Pruned {
            relations: self.of(graph),
            left_out: Vec::new(),
        }
    }
}

/// Every graph as it is when all are one.
fn each<E>(
    plan: &MergePlan,
    graphs: impl Iterator<Item = Result<KnowledgeGraph, E>>,
    mut take: impl FnMut(KnowledgeGraph) -> Result<(), E>,
) -> Result<(), E> {
    let mut stream = MergeStream::new(plan);
    for graph in graphs {
        if let Some(part) = stream.add(graph?) {
            take(part)?;
        }
    }
    stream.rest().map_or(Ok(()), take)
}

#[cfg(test)]
mod tests {
    use super::super::dot;
    use super::*;
    use crate::export::{ExportSurvey, Format};
    use crate::graph::{Pruning, fixture};
    use std::collections::BTreeSet;

    fn many(graphs: &[KnowledgeGraph], options: &DotOptions) -> String {
        let mut survey = ExportSurvey::new(Format::Dot);
        for graph in graphs {
            survey.add(graph);
        }
        let again = || Ok::<_, io::Error>(graphs.iter().cloned().map(Ok));
        let mut out = Vec::new();
        write_dot_of_many(&survey.plan(), again, options, &mut out).expect("memory takes all");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn a_small_picture_is_that_of_the_merged_graph() {
        let whole = KnowledgeGraph::merge(fixture::reports());
        for only in [vec![], vec!["said".to_owned()]] {
            let pruning = Pruning {
                only,
                ..Pruning::default()
            };
            let options = DotOptions {
                pruning,
                ..DotOptions::default()
            };
            assert_eq!(many(&fixture::reports(), &options), dot(&whole, &options));
        }
    }

    #[test]
    fn a_large_picture_has_every_line_of_that_of_the_merged_graph() {
        let names = [
            "Ada", "Bo", "Cyd", "Dag", "Eli", "Flo", "Gus", "Hal", "Ida", "Jon",
        ];
        let countries: Vec<String> = (0..80).map(|n| format!("Land{n}")).collect();
        let graphs: Vec<_> = (countries.iter().enumerate())
            .map(|(n, land)| {
                let text = format!("{} time: Ada Holm said {land} waits.", names[n % 10]);
                fixture::report(&format!("r{n}"), land, &format!("Q{n}"), &text)
            })
            .collect();
        let options = DotOptions::default();
        let whole = dot(&KnowledgeGraph::merge(graphs.clone()), &options);
        let many = many(&graphs, &options);
        assert!(many.contains("layout=sfdp"));
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<BTreeSet<_>>();
        assert_eq!(lines(&many), lines(&whole));
        assert_eq!(many.lines().count(), whole.lines().count());
    }
}
