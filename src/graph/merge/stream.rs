//! Graphs one after the other as they are when all are one.

use super::{DocumentKey, MergePlan, base_name};
use crate::graph::KnowledgeGraph;
use std::collections::BTreeMap;

/// Gives back each graph as the plan has it. A document that comes more than once is held until all of it is there.
#[derive(Debug)]
pub struct MergeStream<'p> {
    plan: &'p MergePlan,
    /// Graphs of one document that is to come again.
    waiting: BTreeMap<DocumentKey, Vec<KnowledgeGraph>>,
    /// Graphs of several documents, one of which comes more than once.
    last: Vec<KnowledgeGraph>,
}

impl<'p> MergeStream<'p> {
    /// For the graphs that were looked at, in any order.
    pub fn new(plan: &'p MergePlan) -> Self {
        Self {
            plan,
            waiting: BTreeMap::new(),
            last: Vec::new(),
        }
    }

    /// Takes a graph; gives what is complete with it.
    pub fn add(&mut self, graph: KnowledgeGraph) -> Option<KnowledgeGraph> {
        let keys = graph.documents.iter();
        let keys = keys.map(|d| (base_name(d).to_owned(), d.sha256.clone()));
        let mut repeated = keys.filter(|key| self.plan.times(key) > 1);
        let Some(key) = repeated.next() else {
            return Some(self.plan.apply([graph]));
        };
        if graph.documents.len() > 1 {
            self.last.push(graph);
            return None;
        }
        let times = self.plan.times(&key);
        let waiting = self.waiting.entry(key.clone()).or_default();
        waiting.push(graph);
        if waiting.len() < times {
            return None;
        }
        Some(self.plan.apply(self.waiting.remove(&key)?))
    }

    /// What was held.
    pub fn rest(self) -> Option<KnowledgeGraph> {
        let held: Vec<_> = self.waiting.into_values().flatten().collect();
        let held: Vec<_> = held.into_iter().chain(self.last).collect();
        (!held.is_empty()).then(|| self.plan.apply(held))
    }
}
