//! `same` and `never`: which names are one entity.

use super::clusters::Clusters;
use super::equations::Equations;
use super::names::Names;
use crate::matching::conditions::{Asker, Environment};
use crate::matching::{MentionId, MentionKind, State};
use crate::rules::{Identity, MergeRules, TypeId};
use rustc_hash::FxHashMap;

/// Up to this many names of a type each is compared with each; of more, those that share a word.
const ALL_PAIRS: usize = 48;
/// How many names with a word in common one is compared with, the nearest before it.
const MAX_SHARING: usize = 64;

/// All mentions of a type that are called alike.
pub(super) struct Called<'n> {
    type_: TypeId,
    /// In text order.
    mentions: Vec<MentionId>,
    /// The one of which rules know most.
    pub(super) best: MentionId,
    key: &'n str,
    words: usize,
}

/// Two names that a line joins: the shorter one, the longer one, the line.
type Link = (usize, usize, usize);

/// Joins names as the merge blocks say.
pub(super) fn join(names: &Names, clusters: &mut Clusters, state: &State<'_>) {
    let called = called(names, clusters, state);
    let mut asker = Asker::default();
    for merge in &state.rules.merges {
        if merge.identities.iter().all(|line| line.never) {
            continue;
        }
        let of_type: Vec<&Called<'_>> = (called.iter())
            .filter(|c| state.rules.is_a(c.type_, merge.type_))
            .collect();
        let links = links(&of_type, merge, clusters, &mut asker, state);
        follow(&of_type, &links, merge, names, clusters, state);
    }
}

/// Names by type, in order of first mention.
fn called<'n>(names: &'n Names, clusters: &Clusters, state: &State<'_>) -> Vec<Called<'n>> {
    let mut numbers: FxHashMap<(TypeId, &str), usize> = FxHashMap::default();
    let mut called: Vec<Called<'n>> = Vec::new();
    for id in &clusters.order {
        let mention = state.mention(*id);
        let (MentionKind::Name(type_), Some(name)) = (mention.kind, names.get(*id)) else {
            continue;
        };
        let number = *numbers.entry((type_, &name.key)).or_insert_with(|| {
            called.push(Called {
                type_,
                mentions: Vec::new(),
                best: *id,
                key: &name.key,
                words: name.words(),
            });
            called.len() - 1
        });
        let called = &mut called[number];
        called.mentions.push(*id);
        if mention.attributes.len() > state.mention(called.best).attributes.len() {
            called.best = *id;
        }
    }
    called
}

/// Pairs that a `same` line joins and no `never` line separates.
fn links(
    called: &[&Called<'_>],
    merge: &MergeRules,
    clusters: &mut Clusters,
    asker: &mut Asker,
    state: &State<'_>,
) -> Vec<Link> {
    let mut by_word: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    let mut links = Vec::new();
    let mut environment = Environment {
        entities: Some(clusters.take_numbers()),
        ..Environment::default()
    };
    let equations: Vec<Equations> = (merge.identities.iter())
        .map(|line| Equations::of(line, called, &mut environment, state))
        .collect();
    for (number, name) in called.iter().enumerate() {
        let mut others: Vec<usize> = if called.len() <= ALL_PAIRS {
            (0..number).collect()
        } else {
            let sharing = name.key.split(' ').filter_map(|word| by_word.get(word));
            sharing
                .flat_map(|all| all.iter().rev().take(MAX_SHARING).copied())
                .collect()
        };
        others.sort_unstable();
        others.dedup();
        for other in others {
            let mut holds = |line: usize| {
                [[other, number], [number, other]].into_iter().any(|pair| {
                    equations[line].may_hold(pair)
                        && holds(
                            &merge.identities[line],
                            pair.map(|n| called[n].best),
                            &mut environment,
                            asker,
                            state,
                        )
                })
            };
            let lines = || 0..merge.identities.len();
            let same = lines().find(|line| !merge.identities[*line].never && holds(*line));
            let Some(line) = same else { continue };
            if lines().any(|line| merge.identities[line].never && holds(line)) {
                continue;
            }
            // Of two of one length the later one is the shorter one.
            links.push(if called[other].words < name.words {
                (other, number, line)
            } else {
                (number, other, line)
            });
        }
        for word in name.key.split(' ') {
            by_word.entry(word).or_default().push(number);
        }
    }
    clusters.give_numbers(environment.entities.take());
    links
}

/// Whether a line holds of two names, the first of them as `a`.
fn holds(
    line: &Identity,
    [a, b]: [MentionId; 2],
    environment: &mut Environment,
    asker: &mut Asker,
    state: &State<'_>,
) -> bool {
    environment.bindings.clear();
    environment.bind_mention("a", a, state);
    environment.bind_mention("b", b, state);
    let mention = state.mention(a);
    environment.core = mention.core;
    environment.head = mention.core.start;
    environment.sentence = mention.sentence;
    asker.holds(&line.condition, environment, state)
}

/// Joins what is linked, fuller names first. A short name that two of them share goes, mention by mention, to the one
/// that was named last: "Anna Weber … Weber … Paul Weber … Weber".
fn follow(
    called: &[&Called<'_>],
    links: &[Link],
    merge: &MergeRules,
    names: &Names,
    clusters: &mut Clusters,
    state: &State<'_>,
) {
    let mut order: Vec<usize> = (0..called.len()).collect();
    order.sort_by_key(|n| (usize::MAX - called[*n].words, *n));
    let mut fuller: Vec<Vec<(usize, usize)>> = vec![Vec::new(); called.len()];
    for &(short, long, line) in links {
        fuller[short].push((long, line));
    }
    for short in order {
        let longer = std::mem::take(&mut fuller[short]);
        let Some(&(first, line)) = longer.first() else {
            continue;
        };
        let mut entities: Vec<u32> = (longer.iter())
            .map(|(long, _)| clusters.of(called[*long].best))
            .collect();
        entities.sort_unstable();
        entities.dedup();
        let location = merge.identities[line].location;
        let place = super::provenance::place(location, state.rules);
        let explain = |long: MentionId| {
            let long = names.get(long).map_or("", |name| name.text.as_str());
            format!("same as {long} by {place}").into()
        };
        let mentions = &called[short].mentions;
        let alone = clusters.size(clusters.of(mentions[0])) == mentions.len();
        if entities.len() == 1 || !alone {
            let long = called[first].mentions[0];
            clusters.explain_all(mentions[0], &explain(long));
            clusters.join(long, mentions[0]);
            continue;
        }
        let mut known: Vec<MentionId> = (longer.iter())
            .flat_map(|(long, _)| called[*long].mentions.iter().copied())
            .collect();
        known.sort_by_key(|id| (state.mention(*id).core, *id));
        clusters.split(mentions);
        for &id in mentions {
            let start = state.mention(id).core.start;
            let after = known.partition_point(|k| state.mention(*k).core.start < start);
            let long = known[after.saturating_sub(1)];
            clusters.explain_all(id, &explain(long));
            clusters.join(long, id);
        }
    }
}
