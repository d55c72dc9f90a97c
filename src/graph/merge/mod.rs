//! Several graphs into one, whatever their order: everything is grouped first and written in sorted order then.

mod decisions;
mod entities;
mod facts;
mod stream;
mod suggest;
mod survey;
#[cfg(test)]
mod tests;
mod united;

pub use decisions::{DecisionError, Decisions};
pub use stream::MergeStream;
pub use suggest::Suggestion;
pub use survey::{MergePlan, MergeSurvey, PlannedEntity};

pub(super) use entities::joins_documents;

use super::{DocumentRecord, KnowledgeGraph, Node, Relation, Selection, Statement};
use entities::sort_key;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

impl KnowledgeGraph {
    /// Takes in another graph: one node for one entity id or Wikidata item, statements and relations once for each id.
    /// For many graphs use [`KnowledgeGraph::merge`], which looks at each of them once.
    pub fn absorb(&mut self, other: Self) {
        *self = Self::merge([std::mem::take(self), other]);
    }

    /// One graph of all that the graphs hold; the same whatever their order, and the same if one comes twice.
    ///
    /// All of them are in memory at once; [`MergeSurvey`] is the way for more than fit there.
    pub fn merge(graphs: impl IntoIterator<Item = Self>) -> Self {
        let graphs: Vec<Self> = graphs.into_iter().collect();
        MergeSurvey::of(&graphs).plan().apply(graphs)
    }

    /// The same, as people have decided.
    ///
    /// # Errors
    /// Decisions that the graphs contradict: something is one with what it never is.
    pub fn merge_with(
        graphs: impl IntoIterator<Item = Self>,
        decisions: &Decisions,
    ) -> Result<Self, DecisionError> {
        let graphs: Vec<Self> = graphs.into_iter().collect();
        let survey = MergeSurvey::of(&graphs);
        Ok(survey.plan_with(decisions)?.apply(graphs))
    }
}

impl MergePlan {
    /// Some of the graphs that were looked at, as they are when all are one: the entities in them have the names,
    /// identifiers and attributes of all, but only the mentions of these graphs.
    pub fn apply(&self, graphs: impl IntoIterator<Item = KnowledgeGraph>) -> KnowledgeGraph {
        let mut merger = Merger::default();
        for graph in graphs {
            merger.add(graph);
        }
        merger.finish(self)
    }
}

/// A text under a name (that which it had before another text had the same).
type DocumentKey = (String, String);

/// The graphs, taken apart.
#[derive(Default)]
struct Merger {
    documents: BTreeMap<DocumentKey, DocumentRecord>,
    parts: Vec<Part>,
}

/// One graph.
struct Part {
    graph: DiGraph<Node, Relation>,
    /// Its documents, and what it calls them.
    documents: Vec<(DocumentKey, String)>,
    /// Where they went: new number, new name.
    moved: Vec<(u32, String)>,
    /// Where its nodes went; filled kind by kind.
    nodes: Vec<Option<NodeIndex>>,
}

impl Merger {
    fn add(&mut self, graph: KnowledgeGraph) {
        let mut documents = Vec::with_capacity(graph.documents.len());
        for document in graph.documents {
            let key = (base_name(&document).to_owned(), document.sha256.clone());
            documents.push((key.clone(), document.id.clone()));
            self.documents.entry(key).or_insert(document);
        }
        self.parts.push(Part {
            nodes: vec![None; graph.graph.node_count()],
            graph: graph.graph,
            documents,
            moved: Vec::new(),
        });
    }

    fn finish(self, plan: &MergePlan) -> KnowledgeGraph {
        let numbers: BTreeMap<&DocumentKey, u32> = self.documents.keys().zip(0..).collect();
        let mut parts = self.parts;
        for part in &mut parts {
            let moved = part.documents.iter().map(|(key, old)| {
                let planned = plan.documents.get(key).map_or(old, |known| &known.id);
                (numbers[key], planned.clone())
            });
            part.moved = moved.collect();
            part.relocate();
        }
        let documents = self.documents.into_iter().map(|(key, record)| {
            let planned = plan.documents.get(&key).cloned();
            let text = record.text.clone();
            DocumentRecord {
                text,
                ..planned.unwrap_or(record)
            }
        });
        let mut graph = KnowledgeGraph {
            documents: documents.collect(),
            graph: DiGraph::new(),
            schema: plan.schema.clone(),
        };
        entities::add(&mut graph, &mut parts, plan);
        add_statements(&mut graph, &mut parts);
        add_words(&mut graph, &mut parts);
        link_topics(&mut graph, &parts);
        add_relations(&mut graph, parts);
        graph
    }
}

impl Part {
    /// Points every selection to the new numbers of documents, and renames what was named after them.
    fn relocate(&mut self) {
        let names: Vec<_> = (self.documents.iter().zip(&self.moved))
            .map(|((_, old), (number, new))| (old.as_str(), *number, new.as_str()))
            .collect();
        for node in self.graph.node_weights_mut() {
            match node {
                Node::Entity(entity) => {
                    (entity.mentions.iter_mut()).for_each(|m| move_to(&mut m.selection, &names));
                }
                Node::Statement(statement) => {
                    if let Some(first) = statement.content.first() {
                        rename(&mut statement.id, *first, &names);
                    }
                    let pieces = statement.content.iter_mut().chain(&mut statement.quoted);
                    pieces.for_each(|s| move_to(s, &names));
                }
                Node::Words(words) => move_to(words, &names),
                Node::Nobody => {}
            }
        }
        for relation in self.graph.edge_weights_mut() {
            let home = relation.evidence;
            rename(&mut relation.id, home, &names);
            relation
                .derived_from
                .iter_mut()
                .for_each(|id| rename(id, home, &names));
            move_to(&mut relation.evidence, &names);
            let arguments = relation.arguments.values_mut().flatten();
            arguments
                .flat_map(|a| &mut a.selections)
                .for_each(|s| move_to(s, &names));
        }
    }
}

type Moves<'p> = [(&'p str, u32, &'p str)];

fn move_to(selection: &mut Selection, names: &Moves<'_>) {
    selection.document = names[selection.document as usize].1;
}

/// `article#rel-…` is `article-1f2e3d#rel-…` where its document is.
fn rename(id: &mut String, home: Selection, names: &Moves<'_>) {
    let (old, _, new) = names[home.document as usize];
    if old != new
        && let Some(part) = id.strip_prefix(old).filter(|part| part.starts_with('#'))
    {
        *id = format!("{new}{part}");
    }
}

/// The part and node that something comes from.
type Origin = (usize, NodeIndex);

/// Statements once for each id, in text order.
fn add_statements(graph: &mut KnowledgeGraph, parts: &mut [Part]) {
    type Key = (Vec<Selection>, String);
    let mut merged: BTreeMap<Key, (Statement, Vec<Origin>)> = BTreeMap::new();
    for (number, part) in parts.iter().enumerate() {
        for node in part.graph.node_indices() {
            if let Node::Statement(statement) = &part.graph[node] {
                let key = (statement.content.clone(), statement.id.clone());
                let known = merged
                    .entry(key)
                    .or_insert_with(|| (statement.clone(), Vec::new()));
                known.0.speech = known.0.speech.min(statement.speech);
                if statement.quoted < known.0.quoted {
                    known.0.quoted.clone_from(&statement.quoted);
                }
                known.1.push((number, node));
            }
        }
    }
    for (mut statement, origins) in merged.into_values() {
        statement.about.clear();
        let node = graph.graph.add_node(Node::Statement(statement));
        for (number, origin) in origins {
            parts[number].nodes[origin.index()] = Some(node);
        }
    }
}

/// Words once for each stretch, in text order, and nobody at the end.
fn add_words(graph: &mut KnowledgeGraph, parts: &mut [Part]) {
    let mut merged: BTreeMap<Option<Selection>, Vec<Origin>> = BTreeMap::new();
    for (number, part) in parts.iter().enumerate() {
        for node in part.graph.node_indices() {
            let key = match &part.graph[node] {
                Node::Words(words) => Some(*words),
                Node::Nobody => None,
                Node::Entity(_) | Node::Statement(_) => continue,
            };
            merged.entry(key).or_default().push((number, node));
        }
    }
    for (words, origins) in merged {
        let node = graph
            .graph
            .add_node(words.map_or(Node::Nobody, Node::Words));
        for (number, origin) in origins {
            parts[number].nodes[origin.index()] = Some(node);
        }
    }
}

/// What statements are about, in the new nodes.
fn link_topics(graph: &mut KnowledgeGraph, parts: &[Part]) {
    for part in parts {
        for node in part.graph.node_indices() {
            let (Node::Statement(old), Some(new)) = (&part.graph[node], part.nodes[node.index()])
            else {
                continue;
            };
            if let Some(Node::Statement(statement)) = graph.graph.node_weight_mut(new) {
                statement.about.extend(
                    old.about
                        .iter()
                        .filter_map(|n| part.nodes.get(n.index()).copied().flatten()),
                );
                statement.about.sort_unstable();
                statement.about.dedup();
            }
        }
    }
}

/// Relations once for each id, in text order.
fn add_relations(graph: &mut KnowledgeGraph, parts: Vec<Part>) {
    let mut merged: BTreeMap<String, Edge> = BTreeMap::new();
    for part in parts {
        for edge in part.graph.edge_references() {
            let place = |node: NodeIndex| part.nodes.get(node.index()).copied().flatten();
            let (Some(source), Some(target)) = (place(edge.source()), place(edge.target())) else {
                continue;
            };
            let mut relation = edge.weight().clone();
            relation.within = relation.within.and_then(place);
            for argument in relation.arguments.values_mut().flatten() {
                argument.node = argument.node.and_then(place);
            }
            match merged.get_mut(&relation.id) {
                None => _ = merged.insert(relation.id.clone(), (source, target, relation)),
                Some(known) => unite_edges(known, (source, target, relation)),
            }
        }
    }
    let mut relations: Vec<_> = merged.into_values().collect();
    relations.sort_by(|a, b| (a.2.evidence, &a.2.id).cmp(&(b.2.evidence, &b.2.id)));
    for (source, target, relation) in relations {
        graph.graph.add_edge(source, target, relation);
    }
}

type Edge = (NodeIndex, NodeIndex, Relation);

/// Of two edges with one id that with the smaller rule stays, and the other rules beside it. Where one rule says two
/// things (two versions of it), the smaller stays, so that order does not matter.
fn unite_edges(known: &mut Edge, other: Edge) {
    let rules = [&known.2, &other.2].into_iter();
    let rules = rules.flat_map(|r| r.also.iter().chain([&r.rule]).cloned());
    let rules: BTreeSet<_> = rules.collect();
    if order(&other, known).is_lt() {
        *known = other;
    }
    let also = rules.into_iter().filter(|rule| *rule != known.2.rule);
    known.2.also = also.collect();
}

/// An order of edges that is the same in every merge.
fn order(a: &Edge, b: &Edge) -> Ordering {
    fn head(edge: &Edge) -> impl Ord {
        let relation = &edge.2;
        let said = (relation.polarity, relation.modality, relation.tense);
        let place = (relation.speech, relation.asserted, relation.within);
        let rest = (relation.evidence, relation.zone, relation.group);
        (edge.0, edge.1, said, place, rest)
    }
    type Bound<'e> = Vec<(&'e [Selection], Option<NodeIndex>)>;
    fn arguments(edge: &Edge) -> Vec<(&str, Bound<'_>)> {
        let bound = edge.2.arguments.iter().map(|(name, bound)| {
            let bound = bound.iter().map(|a| (a.selections.as_slice(), a.node));
            (&**name, bound.collect())
        });
        bound.collect()
    }
    fn attributes(edge: &Edge) -> Vec<(&str, (u8, usize, &str))> {
        let attributes = edge.2.attributes.iter();
        attributes
            .map(|(name, value)| (name.as_str(), sort_key(value)))
            .collect()
    }
    (a.2.rule.cmp(&b.2.rule))
        .then_with(|| head(a).cmp(&head(b)))
        .then_with(|| arguments(a).cmp(&arguments(b)))
        .then_with(|| attributes(a).cmp(&attributes(b)))
        .then_with(|| a.2.derived_from.cmp(&b.2.derived_from))
}

/// The name of a document before [`MergeSurvey::plan`] put its hash behind it.
fn base_name(document: &DocumentRecord) -> &str {
    let end = document.id.strip_suffix(short(&document.sha256));
    end.and_then(|name| name.strip_suffix('-'))
        .filter(|name| !name.is_empty())
        .unwrap_or(&document.id)
}

/// The first six hex digits.
fn short(hash: &str) -> &str {
    hash.get(..6).unwrap_or(hash)
}

/// The smaller of two that are there.
fn smaller(a: Option<String>, b: Option<String>) -> Option<String> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}
