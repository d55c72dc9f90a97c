//! A smaller picture of a large graph, and what was left out of it.

use super::{KnowledgeGraph, Node, RelationEdge};
use crate::diagnostic::nearest;
use petgraph::graph::NodeIndex;
use rustc_hash::FxHashMap;
use std::collections::{BTreeSet, VecDeque};

/// What to keep.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pruning {
    /// Only what is near entities of this name.
    pub focus: Option<String>,
    /// How near; statements between two entities do not count. 0 counts as 1.
    pub hops: u32,
    /// Only these relations and kinds of them; all where it is empty.
    pub only: Vec<String>,
    /// Only what is said at least so often with the same words or entities at both ends.
    pub min_support: usize,
    /// Only what is between so many entities, those with the most relations.
    pub top: Option<usize>,
}

impl Pruning {
    /// Whether nothing is left out.
    pub fn keeps_all(&self) -> bool {
        self.focus.is_none() && self.only.is_empty() && self.min_support <= 1 && self.top.is_none()
    }
}

/// No entity has the name that a picture is to be near.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no entity is called `{name}`; {help}")]
pub struct UnknownFocus {
    /// What was asked for.
    pub name: String,
    /// What may have been meant, else whom there is.
    pub help: String,
}

/// So many names are told where none is like the one asked for.
const MAX_NAMES: usize = 5;

/// What is kept.
#[derive(Clone, Debug)]
pub struct Pruned<'g> {
    /// In text order.
    pub relations: Vec<RelationEdge<'g>>,
    /// One clause for each reason: `12 relations that are not said or refuses`.
    pub left_out: Vec<String>,
}

impl KnowledgeGraph {
    /// The relations that pass, in text order, and what was left out.
    pub fn prune(&self, pruning: &Pruning) -> Pruned<'_> {
        let mut pruned = Pruned {
            relations: self.relations(),
            left_out: Vec::new(),
        };
        if !pruning.only.is_empty() {
            let wanted = |e: &RelationEdge<'_>| {
                let ancestors = self.schema.relation_ancestors(&e.relation.type_);
                ancestors
                    .iter()
                    .any(|a| pruning.only.iter().any(|o| o == a))
            };
            pruned.keep(
                wanted,
                &format!("that are not {}", pruning.only.join(" or ")),
            );
        }
        if pruning.min_support > 1 {
            let support = self.support(&pruned.relations);
            let enough =
                |e: &RelationEdge<'_>| support[&self.support_key(e)] >= pruning.min_support;
            pruned.keep(
                enough,
                &format!("with fewer than {} passages", pruning.min_support),
            );
        }
        if let Some(focus) = &pruning.focus {
            let hops = pruning.hops.max(1);
            let near = self.near(focus, hops, &pruned.relations);
            let steps = if hops == 1 {
                "1 hop"
            } else {
                &format!("{hops} hops")
            };
            let inside =
                |e: &RelationEdge<'_>| near.contains(&e.source) && near.contains(&e.target);
            pruned.keep(inside, &format!("further than {steps} from {focus}"));
        }
        if let Some(top) = pruning.top {
            let best = self.busiest(top, &pruned.relations);
            let inside = |node: NodeIndex| self.entity(node).is_none() || best.contains(&node);
            let reason = match top {
                1 => "outside the entity with the most relations".to_owned(),
                _ => format!("outside the {top} entities with the most relations"),
            };
            pruned.keep(|e| inside(e.source) && inside(e.target), &reason);
        }
        pruned
    }

    /// Refuses a focus that would leave nothing, as no entity has its name.
    ///
    /// # Errors
    /// The name, with the nearest one that there is.
    pub fn check_focus(&self, pruning: &Pruning) -> Result<(), UnknownFocus> {
        let Some(name) = &pruning.focus else {
            return Ok(());
        };
        if !self.find(name).is_empty() {
            return Ok(());
        }
        let entities = self.entities();
        let names = entities.iter().flat_map(|(_, entity)| {
            let mentions = entity.mentions.iter().filter(|m| m.kind == "name");
            let mentions = mentions.map(|m| self.text(m.selection));
            [entity.name.as_str(), entity.id.as_str()]
                .into_iter()
                .chain(mentions)
        });
        let busiest = self.by_degree(&self.relations());
        let busiest = busiest.iter().filter_map(|&node| self.entity(node));
        let busiest: Vec<_> = busiest.take(MAX_NAMES).map(|e| e.name.as_str()).collect();
        // `weber` where the text knows Anna Weber.
        let asked = name.trim().to_lowercase();
        let longer = || {
            let all = entities.iter().map(|(_, entity)| entity.name.as_str());
            let words = |name: &str| name.to_lowercase().split(' ').any(|word| word == asked);
            all.into_iter().find(|name| words(name))
        };
        let help = match (nearest(name, names).or_else(longer), busiest.as_slice()) {
            (Some(meant), _) => format!("did you mean `{meant}`?"),
            (None, []) => "there is none with a relation".to_owned(),
            (None, names) => format!("those with the most relations are {}", names.join(", ")),
        };
        let name = name.clone();
        Err(UnknownFocus { name, help })
    }

    /// Entities with this name, id or mention, whatever its case.
    pub fn find(&self, name: &str) -> Vec<NodeIndex> {
        let wanted = name.trim().to_lowercase();
        let same = |text: &str| text.to_lowercase() == wanted;
        let entities = self.entities().into_iter();
        let found = entities.filter(|(_, entity)| {
            let mut named = entity.mentions.iter().filter(|m| m.kind == "name");
            same(&entity.name) || same(&entity.id) || named.any(|m| same(self.text(m.selection)))
        });
        found.map(|(node, _)| node).collect()
    }

    /// Nodes within so many hops; a statement on the way costs nothing, so that a speaker is one hop from what he
    /// speaks about.
    fn near(&self, focus: &str, hops: u32, relations: &[RelationEdge<'_>]) -> BTreeSet<NodeIndex> {
        let mut neighbours: FxHashMap<NodeIndex, Vec<NodeIndex>> = FxHashMap::default();
        let mut join = |a: NodeIndex, b: NodeIndex| {
            neighbours.entry(a).or_default().push(b);
            neighbours.entry(b).or_default().push(a);
        };
        for edge in relations {
            join(edge.source, edge.target);
            for statement in [edge.source, edge.target] {
                let about = self.statement(statement).map(|s| s.about.as_slice());
                about
                    .unwrap_or_default()
                    .iter()
                    .for_each(|&entity| join(statement, entity));
            }
        }
        let mut distance: FxHashMap<NodeIndex, u32> =
            self.find(focus).into_iter().map(|n| (n, 0)).collect();
        let mut queue: VecDeque<_> = self.find(focus).into();
        while let Some(node) = queue.pop_front() {
            let here = distance[&node];
            let free = self.statement(node).is_some();
            let there = if free { here } else { here + 1 };
            if there > hops || matches!(self.graph[node], Node::Nobody) {
                continue;
            }
            for &next in neighbours.get(&node).map_or(&[][..], Vec::as_slice) {
                if distance.get(&next).is_none_or(|&d| d > there) {
                    distance.insert(next, there);
                    if free {
                        queue.push_front(next);
                    } else {
                        queue.push_back(next);
                    }
                }
            }
        }
        distance.into_keys().collect()
    }

    /// The entities at the ends of the most relations.
    fn busiest(&self, top: usize, relations: &[RelationEdge<'_>]) -> BTreeSet<NodeIndex> {
        self.by_degree(relations).into_iter().take(top).collect()
    }

    /// Entities with a relation, those with the most first, equal ones by id.
    fn by_degree(&self, relations: &[RelationEdge<'_>]) -> Vec<NodeIndex> {
        let mut degree: FxHashMap<NodeIndex, usize> = FxHashMap::default();
        for edge in relations {
            *degree.entry(edge.source).or_default() += 1;
            *degree.entry(edge.target).or_default() += 1;
        }
        let entities = self.entities().into_iter().map(|(node, _)| node);
        let mut entities: Vec<_> = entities.filter(|n| degree.contains_key(n)).collect();
        entities.sort_by_key(|n| std::cmp::Reverse(degree[n]));
        entities
    }

    /// The ends of a relation, and what those that are statements are about.
    fn drawn_with(&self, edge: &RelationEdge<'_>) -> impl Iterator<Item = NodeIndex> {
        let ends = [edge.source, edge.target];
        let statements = ends.into_iter().filter_map(|n| self.statement(n));
        ends.into_iter()
            .chain(statements.flat_map(|s| s.about.iter().copied()))
    }

    fn support(&self, relations: &[RelationEdge<'_>]) -> FxHashMap<[String; 3], usize> {
        let mut support = FxHashMap::default();
        for edge in relations {
            *support.entry(self.support_key(edge)).or_default() += 1;
        }
        support
    }

    /// What two relations share that say the same.
    fn support_key(&self, edge: &RelationEdge<'_>) -> [String; 3] {
        let end = |node: NodeIndex| match &self.graph[node] {
            Node::Entity(entity) => entity.id.clone(),
            Node::Statement(statement) => self.statement_text(statement).to_lowercase(),
            Node::Words(selection) => self.text(*selection).to_lowercase(),
            Node::Nobody => String::new(),
        };
        [
            edge.relation.type_.clone(),
            end(edge.source),
            end(edge.target),
        ]
    }
}

impl Pruned<'_> {
    /// Keeps the relations between the entities with the most of them, as long as no more than `max` nodes are at their
    /// ends; what statements are about counts too. Says so where that leaves anything out, and returns whether it did.
    pub fn keep_busiest(&mut self, graph: &KnowledgeGraph, max: usize) -> bool {
        let ranks: FxHashMap<NodeIndex, usize> = graph
            .by_degree(&self.relations)
            .into_iter()
            .zip(1..)
            .collect();
        let rank = |node: NodeIndex| ranks.get(&node).copied().unwrap_or_default();
        // What has no entity or no end at all comes last.
        let last = |edge: &RelationEdge<'_>| {
            let nobody = |node: NodeIndex| matches!(graph.graph[node], Node::Nobody);
            let ends = [edge.source, edge.target];
            ends.into_iter().any(nobody) || ends.into_iter().all(|node| rank(node) == 0)
        };
        let mut order: Vec<usize> = (0..self.relations.len()).collect();
        order.sort_by_key(|&i| {
            let edge = &self.relations[i];
            (last(edge), rank(edge.source).max(rank(edge.target)))
        });
        let mut drawn: BTreeSet<NodeIndex> = BTreeSet::new();
        let mut chosen: BTreeSet<usize> = BTreeSet::new();
        for index in order {
            let new: BTreeSet<_> = graph.drawn_with(&self.relations[index]).collect();
            if drawn.union(&new).count() > max {
                break;
            }
            drawn.extend(new);
            chosen.insert(index);
        }
        let mut index = 0;
        let before = self.relations.len();
        self.keep(
            |_| {
                index += 1;
                chosen.contains(&(index - 1))
            },
            &format!("outside its busiest {max} nodes"),
        );
        self.relations.len() < before
    }

    fn keep(&mut self, mut wanted: impl FnMut(&RelationEdge<'_>) -> bool, reason: &str) {
        let before = self.relations.len();
        self.relations.retain(|edge| wanted(edge));
        let gone = before - self.relations.len();
        if gone > 0 {
            let noun = if gone == 1 { "relation" } else { "relations" };
            self.left_out.push(format!("{gone} {noun} {reason}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    fn kept(pruning: &Pruning) -> (Vec<String>, Vec<String>) {
        let graph = fixture::article();
        let pruned = graph.prune(pruning);
        let name =
            |e: &RelationEdge<'_>| format!("{}/{}", e.relation.rule.id, e.relation.rule.variant);
        (pruned.relations.iter().map(name).collect(), pruned.left_out)
    }

    #[test]
    fn nothing_is_left_out_unasked() {
        let (all, left_out) = kept(&Pruning::default());
        assert_eq!(all.len(), 10);
        assert!(left_out.is_empty());
    }

    #[test]
    fn only_keeps_kinds_of_a_relation_too() {
        let (kept, left_out) = kept(&Pruning {
            only: vec!["said".into()],
            ..Pruning::default()
        });
        assert!(kept.contains(&"argues/verb".to_owned()), "{kept:?}");
        assert_eq!(left_out, ["5 relations that are not said"]);
    }

    #[test]
    fn a_speaker_is_one_hop_from_what_he_speaks_about() {
        let (kept, _) = kept(&Pruning {
            focus: Some("südmark".into()),
            ..Pruning::default()
        });
        assert!(kept.contains(&"argues/verb".to_owned()), "{kept:?}");
        assert!(kept.contains(&"said/reported".to_owned()));
        assert!(!kept.contains(&"refuses/verb".to_owned()));
        assert!(
            !kept.contains(&"holds_role/title".to_owned()),
            "that is two hops: {kept:?}"
        );
    }

    #[test]
    fn top_keeps_the_busiest() {
        let (kept, left_out) = kept(&Pruning {
            top: Some(1),
            ..Pruning::default()
        });
        assert!(
            kept.iter()
                .all(|k| !k.starts_with("argues") && !k.starts_with("represents")),
            "{kept:?}"
        );
        assert!(left_out[0].ends_with("outside the entity with the most relations"));
    }

    #[test]
    fn a_focus_that_nobody_has_is_refused_with_what_may_be_meant() {
        let graph = fixture::article();
        let check = |name: &str| {
            graph.check_focus(&Pruning {
                focus: Some(name.into()),
                ..Pruning::default()
            })
        };
        assert_eq!(check(" südmark "), Ok(()));
        let slip = check("Sudmarc").expect_err("nobody").to_string();
        assert_eq!(
            slip,
            "no entity is called `Sudmarc`; did you mean `Südmark`?"
        );
        let far = check("Zzyzx").expect_err("nobody").to_string();
        assert!(
            far.contains("those with the most relations are Žana Bērziņa, "),
            "{far}"
        );
        let empty = KnowledgeGraph::default();
        assert_eq!(empty.check_focus(&Pruning::default()), Ok(()));
    }

    #[test]
    fn the_busiest_part_has_few_nodes() {
        let graph = fixture::article();
        let mut pruned = graph.prune(&Pruning::default());
        assert!(!pruned.keep_busiest(&graph, 100));
        assert!(pruned.left_out.is_empty());
        assert!(pruned.keep_busiest(&graph, 6));
        let nodes: BTreeSet<_> = (pruned.relations.iter())
            .flat_map(|e| graph.drawn_with(e))
            .collect();
        assert!((2..=6).contains(&nodes.len()), "{nodes:?}");
        let named = |node: NodeIndex| !matches!(graph.graph[node], Node::Nobody);
        assert!((pruned.relations.iter()).all(|e| named(e.source) && named(e.target)));
        let n_out = 10 - pruned.relations.len();
        let reason = format!("{n_out} relations outside its busiest 6 nodes");
        assert_eq!(pruned.left_out, [reason]);
    }

    #[test]
    fn support_counts_passages() {
        let (kept, left_out) = kept(&Pruning {
            min_support: 2,
            ..Pruning::default()
        });
        assert!(kept.is_empty());
        assert_eq!(left_out, ["10 relations with fewer than 2 passages"]);
    }
}
