//! The picture of more graphs than fit into memory: they are gone through once for what stands around it and once for
//! what is in it; before that once for an outline of all of them, where something is pruned.

use super::frame::Frame;
use super::picture::Picture;
use super::{DotOptions, edges, layout, nodes, write_framed};
use crate::export::ExportPlan;
use crate::graph::{KnowledgeGraph, MergePlan, MergeStream, Outline, Pruned, RelationEdge};
use petgraph::graph::NodeIndex;
use rustc_hash::FxHashSet;
use std::io::{self, Write};

/// Writes the picture of the graphs that a plan is made of; `graphs` gives all of them each time.
///
/// # Errors
/// Those of the graphs and of the writer; `NotFound` where no entity has the name to focus on.
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
    let drawn = Drawn::of(plan, &mut graphs, options)?;
    let mut frame = Frame {
        left_out: drawn.left_out.clone(),
        ..Frame::default()
    };
    let mut seen = vec![false; plan.entities().len()];
    each(plan, graphs()?, |part| {
        let picture = Picture::of(&part, drawn.pruned(&part), options);
        let new = new_entities(&picture, plan, &mut seen).len();
        frame.add(&picture, new);
        Ok(())
    })?;
    frame.documents = plan.n_documents();
    frame.orphans = seen.iter().filter(|seen| !**seen).count();
    if frame.is_layered() {
        let mut parts = Vec::new();
        each(plan, graphs()?, |part| {
            if !drawn.relations(&part).is_empty() {
                parts.push(part);
            }
            Ok(())
        })?;
        let whole = KnowledgeGraph::merge(parts);
        let picture = Picture::of(&whole, drawn.pruned(&whole), options);
        return Ok(write_framed(&picture, &frame, out)?);
    }
    layout::comments(&frame, out)?;
    writeln!(out, "digraph sayso {{")?;
    layout::attributes(&frame, plan.schema(), out)?;
    seen.fill(false);
    each(plan, graphs()?, |part| {
        let mut picture = Picture::of(&part, drawn.pruned(&part), options);
        picture.plan = Some(plan);
        picture.entities = new_entities(&picture, plan, &mut seen);
        nodes::write_all(&picture, out)?;
        Ok(edges::write(&picture, out)?)
    })?;
    Ok(writeln!(out, "}}")?)
}

/// The entities of a part that are drawn in no part before it.
fn new_entities(picture: &Picture<'_>, plan: &MergePlan, seen: &mut [bool]) -> Vec<NodeIndex> {
    let is_new = |node: &NodeIndex| {
        let entity = picture.graph.entity(*node);
        let number = entity.and_then(|entity| plan.number(&entity.id));
        number.is_some_and(|number| !std::mem::replace(&mut seen[number], true))
    };
    picture.entities.iter().copied().filter(is_new).collect()
}

/// What is drawn.
struct Drawn {
    /// Ids of relations; all where there are none.
    ids: Option<FxHashSet<String>>,
    left_out: Vec<String>,
}

impl Drawn {
    /// Goes through the graphs once where there is something to prune.
    fn of<G, E>(
        plan: &MergePlan,
        graphs: &mut impl FnMut() -> Result<G, E>,
        options: &DotOptions,
    ) -> Result<Self, E>
    where
        G: Iterator<Item = Result<KnowledgeGraph, E>>,
        E: From<io::Error>,
    {
        if options.pruning.keeps_all() {
            return Ok(Self {
                ids: None,
                left_out: Vec::new(),
            });
        }
        let mut outline = Outline::default();
        each(plan, graphs()?, |part| {
            outline.add(&part);
            Ok(())
        })?;
        let outline = outline.finish();
        let unknown = |error| io::Error::new(io::ErrorKind::NotFound, error);
        outline.check_focus(&options.pruning).map_err(unknown)?;
        let pruned = outline.prune(&options.pruning);
        let ids = pruned.relations.iter().map(|e| e.relation.id.clone());
        Ok(Self {
            ids: Some(ids.collect()),
            left_out: pruned.left_out,
        })
    }

    fn relations<'g>(&self, graph: &'g KnowledgeGraph) -> Vec<RelationEdge<'g>> {
        let mut relations = graph.relations();
        if let Some(ids) = &self.ids {
            relations.retain(|edge| ids.contains(&edge.relation.id));
        }
        relations
    }

    fn pruned<'g>(&self, graph: &'g KnowledgeGraph) -> Pruned<'g> {
        Pruned {
            relations: self.relations(graph),
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
        let countries: Vec<String> = (0..300).map(|n| format!("Land{n}")).collect();
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
