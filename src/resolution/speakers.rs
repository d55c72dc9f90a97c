//! `I` and `we` in a quotation are those who speak.

use super::antecedents::quotations;
use super::clusters::Clusters;
use super::nesting::Nesting;
use super::relations::serves;
use super::statements::contents;
use crate::matching::{MentionId, MentionKind, State};
use crate::text::TokenSpan;
use rustc_hash::FxHashMap;

const ALONE: [&str; 5] = ["i", "me", "my", "mine", "myself"];
const TOGETHER: [&str; 5] = ["we", "us", "our", "ours", "ourselves"];

/// Whether a mention is a single word of the first person.
pub(super) fn is_first_person(core: TokenSpan, state: &State<'_>) -> bool {
    core.len() == 1 && (is_one_of(&ALONE, core, state) || is_one_of(&TOGETHER, core, state))
}

fn is_one_of(words: &[&str], core: TokenSpan, state: &State<'_>) -> bool {
    let word = state.document.word(core.start);
    words.iter().any(|w| word.eq_ignore_ascii_case(w))
}

/// Joins `I` with the speaker, and `we` with the body that the speaker speaks for. Without such a body `we` stays open: it
/// is more people than the speaker.
pub(super) fn resolve(clusters: &mut Clusters, state: &State<'_>) {
    let mut asking: Vec<MentionId> = (clusters.order.iter().copied())
        .filter(|id| {
            let mention = state.mention(*id);
            matches!(mention.kind, MentionKind::Pronoun(_)) && is_first_person(mention.core, state)
        })
        .collect();
    if asking.is_empty() {
        return;
    }
    let quoted = quotations(&asking, state);
    asking.retain(|id| quoted.contains_key(id));
    if asking.is_empty() {
        return;
    }
    let (speeches, nesting) = speeches(state);
    let masters = masters(clusters, state);
    let tokens: Vec<u32> = (asking.iter())
        .map(|id| state.mention(*id).core.start)
        .collect();
    let found = nesting.innermost(&tokens, |_, _| false);
    for (id, speech) in asking.into_iter().zip(found) {
        let Some(speaker) = speech.map(|index| speeches[index]) else {
            continue;
        };
        let is_plural = is_one_of(&TOGETHER, state.mention(id).core, state);
        let (who, why) = if is_plural {
            let Some(&master) = masters.get(&clusters.of(speaker)) else {
                continue;
            };
            (master, "whom the speaker speaks for")
        } else {
            (speaker, "the speaker")
        };
        clusters.explain_all(id, &why.into());
        clusters.join(who, id);
    }
}

/// Speakers who are mentions, and the contents of what they say, by the same index.
fn speeches(state: &State<'_>) -> (Vec<MentionId>, Nesting) {
    let (mut speakers, mut nesting) = (Vec::new(), Nesting::default());
    for id in (0..state.mentions.len() as u32).map(MentionId) {
        let mention = state.mention(id);
        let Some(relation) = mention.relation() else {
            continue;
        };
        let type_ = &state.rules.relations[relation.0 as usize];
        let source = type_.source.map(|index| &type_.parameters[index].name);
        let speaker = source.and_then(|name| mention.argument(name)?.mention);
        let Some(speaker) = speaker else { continue };
        for (_, pieces) in contents(id, state) {
            nesting.add(pieces, speakers.len());
            speakers.push(speaker);
        }
    }
    (speakers, nesting)
}

/// Number of an entity → whom it speaks for, the first that the text names.
fn masters(clusters: &Clusters, state: &State<'_>) -> FxHashMap<u32, MentionId> {
    let mut masters: FxHashMap<u32, (TokenSpan, MentionId)> = FxHashMap::default();
    for id in (0..state.mentions.len() as u32).map(MentionId) {
        let mention = state.mention(id);
        let Some(relation) = mention.relation().filter(|_| serves(id, state)) else {
            continue;
        };
        let type_ = &state.rules.relations[relation.0 as usize];
        let argument = |index: Option<usize>| {
            let name = &type_.parameters[index?].name;
            mention.argument(name)?.mention
        };
        if let (Some(source), Some(target)) = (argument(type_.source), argument(type_.target)) {
            let entry = masters.entry(clusters.of(source));
            let known = entry.or_insert((mention.core, target));
            if mention.core < known.0 {
                *known = (mention.core, target);
            }
        }
    }
    let first = masters.into_iter();
    first
        .map(|(number, (_, target))| (number, target))
        .collect()
}
