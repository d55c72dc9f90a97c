//! Which entities are one, and why.

use super::decisions::{DecisionError, Decisions, Rename};
use super::entities::{DECIDED, SAME_ITEM, SAME_NAME};
use super::facts::Facts;
use super::survey::{self, Home, Known, PlannedEntity};
use crate::graph::MergedEntity;
use crate::graph::identifier::is_scoped;
use petgraph::unionfind::UnionFind;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Entities under their ids.
type All = BTreeMap<String, Known>;

/// Entities by id, and which of them those are that were called otherwise.
pub(super) type United = (FxHashMap<String, usize>, Vec<PlannedEntity>);

/// Entities with one Wikidata item become one, those that were one before, and those of which it is decided; they are
/// called like that with the smallest id.
///
/// # Errors
/// Decisions that the graphs contradict.
pub(super) fn united(all: All, decisions: &Decisions) -> Result<United, DecisionError> {
    let unions = Unions::new(&all, decisions);
    unions.refuse_contradictions()?;
    let same = unions.same;
    let mut grouped = grouped(all, same);
    decide(&mut grouped, decisions)?;
    Ok(grouped.planned())
}

/// The same where nothing is decided anew.
pub(super) fn united_as_it_is(all: All) -> United {
    let same = Unions::new(&all, &Decisions::default()).same;
    grouped(all, same).planned()
}

/// Entities that are one together.
struct Grouped {
    /// By the smallest id in each.
    groups: Vec<Group>,
    /// By every other id: the number of its group.
    others: FxHashMap<String, usize>,
}

impl Grouped {
    fn number(&self, id: &str) -> Option<usize> {
        survey::number(&self.groups, |group| &group.members[0].0, &self.others, id)
    }

    fn planned(self) -> United {
        let planned = self.groups.into_iter().map(Group::planned);
        (self.others, planned.collect())
    }
}

fn grouped(all: All, mut same: UnionFind<usize>) -> Grouped {
    let mut others = FxHashMap::default();
    let mut groups: Vec<Group> = Vec::with_capacity(all.len());
    let mut of_root: FxHashMap<usize, usize> = FxHashMap::default();
    for (index, (id, known)) in all.into_iter().enumerate() {
        let number = *of_root.entry(same.find_mut(index)).or_insert(groups.len());
        if number == groups.len() {
            groups.push(Group::default());
        } else {
            others.insert(id.clone(), number);
        }
        groups[number].members.push((id, known));
    }
    Grouped { groups, others }
}

/// Writes down what is decided where it is about something that is there.
fn decide(grouped: &mut Grouped, decisions: &Decisions) -> Result<(), DecisionError> {
    for pair in decisions.never() {
        let [a, b] = &pair.ids;
        for (one, other) in [(a, b), (b, a)] {
            if let Some(group) = grouped.number(one) {
                grouped.groups[group].members[0]
                    .1
                    .apart
                    .insert(other.clone());
            }
        }
    }
    let mut of_decision: FxHashMap<usize, usize> = FxHashMap::default();
    for pair in decisions.same() {
        for id in &pair.ids {
            if let (Some(decision), Some(group)) = (decisions.number_of(id), grouped.number(id)) {
                of_decision.insert(decision, group);
                grouped.groups[group].decided(id, pair.reason());
            }
        }
    }
    for rename in decisions.renames() {
        let decided = || of_decision.get(&decisions.number_of(&rename.id)?).copied();
        if let Some(group) = grouped.number(&rename.id).or_else(decided) {
            grouped.groups[group].rename(rename, decisions)?;
        }
    }
    Ok(())
}

/// Sets of entities that are one.
struct Unions<'a> {
    all: &'a All,
    decisions: &'a Decisions,
    ids: Vec<&'a str>,
    numbers: FxHashMap<&'a str, usize>,
    same: UnionFind<usize>,
    /// Those that are never one, and what says so.
    never: Vec<(usize, usize, &'a str)>,
    /// What made them one; kept only where something is never to be.
    edges: Option<Vec<(usize, usize, String)>>,
}

impl<'a> Unions<'a> {
    fn new(all: &'a All, decisions: &'a Decisions) -> Self {
        let ids: Vec<&str> = all.keys().map(String::as_str).collect();
        let mut unions = Self {
            all,
            decisions,
            numbers: ids.iter().enumerate().map(|(n, id)| (*id, n)).collect(),
            ids,
            same: UnionFind::new(all.len()),
            never: Vec::new(),
            edges: None,
        };
        unions.never();
        unions.edges = (!unions.never.is_empty()).then(Vec::new);
        unions.as_before();
        unions.as_decided();
        unions.by_item();
        unions
    }

    fn join(&mut self, a: usize, b: usize, why: impl FnOnce() -> String) {
        self.same.union(a, b);
        if let Some(edges) = &mut self.edges {
            edges.push((a, b, why()));
        }
    }

    /// What was one in a graph stays one.
    fn as_before(&mut self) {
        let all = self.all;
        for (index, known) in all.values().enumerate() {
            for member in &known.bonds {
                let member = self.numbers[member.as_str()];
                self.join(index, member, || "a graph in which they are one".to_owned());
            }
        }
    }

    /// A chain of decisions holds where entities in its middle are not there.
    fn as_decided(&mut self) {
        let decisions = self.decisions;
        let mut first: FxHashMap<usize, usize> = FxHashMap::default();
        for pair in decisions.same() {
            for id in &pair.ids {
                let number = decisions.number_of(id);
                let (Some(number), Some(&index)) = (number, self.numbers.get(id.as_str())) else {
                    continue;
                };
                let one = *first.entry(number).or_insert(index);
                self.join(one, index, || pair.line.clone());
            }
        }
    }

    /// One item is one entity, but for those of which it is decided that they never are.
    fn by_item(&mut self) {
        let all = self.all;
        let mut of_item: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, (id, known)) in all.iter().enumerate() {
            for item in known.ids.get("wikidata").into_iter().flatten() {
                if !is_scoped(id) {
                    of_item.entry(item).or_default().push(index);
                }
            }
        }
        let never: FxHashSet<(usize, usize)> = (self.never.iter())
            .map(|&(a, b, _)| (a.min(b), a.max(b)))
            .collect();
        let never_named: FxHashSet<usize> = never.iter().flat_map(|(a, b)| [*a, *b]).collect();
        for (item, members) in of_item {
            let why = || format!("the Wikidata item {item}");
            // Of those without a decision, one after the other is enough.
            let (named, free): (Vec<usize>, Vec<usize>) =
                members.iter().partition(|m| never_named.contains(m));
            for pair in free.windows(2) {
                self.join(pair[0], pair[1], why);
            }
            for (number, &one) in named.iter().enumerate() {
                for &other in free.first().into_iter().chain(&named[number + 1..]) {
                    if !never.contains(&(one.min(other), one.max(other))) {
                        self.join(one, other, why);
                    }
                }
            }
        }
    }

    /// What is decided to be never one, now or in an earlier merge, as far as both are there.
    fn never(&mut self) {
        for pair in self.decisions.never() {
            let [a, b] = &pair.ids;
            let number = |id: &String| self.numbers.get(id.as_str()).copied();
            if let (Some(a), Some(b)) = (number(a), number(b)) {
                self.never.push((a, b, &pair.line));
            }
        }
        for (index, known) in self.all.values().enumerate() {
            for other in &known.apart {
                if let Some(&other) = self.numbers.get(other.as_str()) {
                    self.never
                        .push((index, other, "a decision of an earlier merge"));
                }
            }
        }
    }

    fn refuse_contradictions(&self) -> Result<(), DecisionError> {
        for &(a, b, line) in &self.never {
            if self.same.equiv(a, b) {
                let (one, other) = (self.ids[a], self.ids[b]);
                return Err(DecisionError::Contradiction(format!(
                    "{line} says that `{one}` and `{other}` are never the same, but they are: {}; decide what else they are \
                     never the same as, or merge the graphs anew from those in which they are apart",
                    self.chain(a, b)
                )));
            }
        }
        Ok(())
    }

    /// `a and b by the Wikidata item Q1, b and c by decisions.txt:3`
    fn chain(&self, from: usize, to: usize) -> String {
        let mut neighbours: BTreeMap<usize, Vec<(usize, &str)>> = BTreeMap::new();
        for (a, b, why) in self.edges.iter().flatten() {
            neighbours.entry(*a).or_default().push((*b, why));
            neighbours.entry(*b).or_default().push((*a, why));
        }
        let mut came: BTreeMap<usize, (usize, &str)> = BTreeMap::new();
        let mut queue = VecDeque::from([from]);
        while let Some(at) = queue.pop_front() {
            for &(next, why) in neighbours.get(&at).into_iter().flatten() {
                if next != from && !came.contains_key(&next) {
                    came.insert(next, (at, why));
                    queue.push_back(next);
                }
            }
        }
        let mut steps = Vec::new();
        let mut at = to;
        while let Some(&(before, why)) = came.get(&at) {
            steps.push(format!(
                "`{}` and `{}` by {why}",
                self.ids[before], self.ids[at]
            ));
            at = before;
        }
        steps.reverse();
        steps.join(", ")
    }
}

/// Entities that are one, by id.
#[derive(Default)]
struct Group {
    members: Vec<(String, Known)>,
    renamed: Option<(String, String)>,
}

impl Group {
    fn decided(&mut self, id: &str, reason: String) {
        if self.members.len() > 1
            && let Some((_, member)) = self.members.iter_mut().find(|(known, _)| known == id)
        {
            member.because.insert(reason);
        }
    }

    fn rename(&mut self, rename: &Rename, decisions: &Decisions) -> Result<(), DecisionError> {
        if let Some((name, line)) = &self.renamed
            && *name != rename.name
        {
            return Err(DecisionError::Contradiction(format!(
                "{line} and {} rename what is one entity here, `{}`, to {name:?} and {:?}: remove one of the lines",
                rename.line, self.members[0].0, rename.name
            )));
        }
        // Which of those that are decided to be one is there must not matter.
        let decided = decisions.number_of(&rename.id);
        for (id, member) in &mut self.members {
            if *id == rename.id || (decided.is_some() && decisions.number_of(id) == decided) {
                member.because.insert(rename.reason());
            }
        }
        self.renamed = Some((rename.name.clone(), rename.line.clone()));
        Ok(())
    }

    fn planned(mut self) -> PlannedEntity {
        self.explain_items();
        let earlier: BTreeSet<&String> = (self.members.iter())
            .flat_map(|(_, known)| &known.renamed)
            .collect();
        let earlier = earlier.first().map(|name| (*name).clone());
        let renamed = self.renamed.take().map(|(name, _)| name).or(earlier);
        let mut ids: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let (mut home, mut mentions) = (Home::Nowhere, 0);
        let (mut attributes, mut apart) = (Facts::default(), BTreeSet::new());
        for (_, known) in &mut self.members {
            for (scheme, known) in &known.ids {
                let all = ids.entry(scheme.clone()).or_default();
                all.extend(known.iter().cloned());
            }
            attributes.take_in(std::mem::take(&mut known.attributes));
            apart.append(&mut known.apart);
            home.add(known.home.clone());
            mentions += known.mentions;
        }
        for (id, _) in &self.members {
            apart.remove(id);
        }
        let reason = match home {
            _ if self.members.len() > 1 && self.has_item() => Some(SAME_ITEM),
            _ if self.members.len() > 1 => Some(DECIDED),
            Home::Several => Some(SAME_NAME),
            Home::One(_) | Home::Nowhere => None,
        };
        let (id, first) = &self.members[0];
        let (id, type_) = (id.clone(), first.type_.clone());
        let is_record_kept = self.members.len() > 1 || renamed.is_some();
        let name = renamed.unwrap_or_else(|| first.name.clone());
        let merged = if is_record_kept {
            let members = self.members.into_iter();
            members.map(|(id, known)| record(id, known)).collect()
        } else {
            Vec::new()
        };
        PlannedEntity {
            id,
            type_,
            name,
            ids: joined(ids),
            attributes,
            merged,
            apart,
            mentions,
            reason,
        }
    }

    /// Says which items members share.
    fn explain_items(&mut self) {
        if self.members.len() < 2 {
            return;
        }
        let mut shared: BTreeMap<String, usize> = BTreeMap::new();
        for (_, known) in &self.members {
            for item in known.ids.get("wikidata").into_iter().flatten() {
                *shared.entry(item.clone()).or_default() += 1;
            }
        }
        for (_, known) in &mut self.members {
            let items = known.ids.get("wikidata").into_iter().flatten();
            let items = items.filter(|item| shared[*item] > 1);
            let reasons: Vec<_> = items.map(|item| format!("{ITEM}{item}")).collect();
            known.because.extend(reasons);
        }
    }

    fn has_item(&self) -> bool {
        let mut reasons = self.members.iter().flat_map(|(_, known)| &known.because);
        reasons.any(|reason| reason.starts_with(ITEM))
    }
}

/// How the reason begins for entities of one item.
const ITEM: &str = "same Wikidata item ";

fn record(id: String, known: Known) -> MergedEntity {
    MergedEntity {
        id,
        type_: known.type_,
        name: known.name,
        ids: joined(known.ids),
        because: known.because,
    }
}

/// Several identifiers of one scheme stand with `|` between.
fn joined(ids: BTreeMap<String, BTreeSet<String>>) -> BTreeMap<String, String> {
    let join = |ids: BTreeSet<String>| ids.into_iter().collect::<Vec<_>>().join("|");
    ids.into_iter()
        .map(|(scheme, ids)| (scheme, join(ids)))
        .collect()
}
