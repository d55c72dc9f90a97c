//! Polarity, modality and tense from the verb group that carries the head.

use super::engine::Candidate;
use super::mention::Qualifiers;
use super::state::State;
use crate::annotation::VerbFeatures;
use crate::graph::{Modality, Polarity, Tense};
use crate::rules::Variant;

/// What the verb group says beyond what the variant asks for: `will not issue` is a plain refusal for a rule that asks
/// for `neg` and `will`, and a negated future for one that does not.
pub(super) fn of(candidate: &Candidate, variant: &Variant, state: &State<'_>) -> Qualifiers {
    let asked = variant.pattern().map(|p| p.asked).unwrap_or_default();
    let question = asks(candidate.sentence, candidate.rank.head, state);
    let Some(group) = state
        .verb_at(candidate.rank.head)
        .filter(|g| g.head == candidate.rank.head)
    else {
        let modality = if question {
            Modality::Question
        } else {
            Modality::Asserted
        };
        return Qualifiers {
            modality,
            ..Qualifiers::default()
        };
    };
    let has = |feature: VerbFeatures| group.features.has(feature);
    let more = |feature: VerbFeatures| has(feature) && !asked.has(feature);
    let polarity = if more(VerbFeatures::NEG) {
        Polarity::Negative
    } else {
        Polarity::Positive
    };
    let any = |features: &[VerbFeatures]| features.iter().any(|f| more(*f));
    let modality = if question {
        Modality::Question
    } else if more(VerbFeatures::TRY) {
        Modality::Attempted
    } else if more(VerbFeatures::WOULD) {
        Modality::Conditional
    } else if any(&[
        VerbFeatures::CAN,
        VerbFeatures::COULD,
        VerbFeatures::MAY,
        VerbFeatures::MIGHT,
    ]) {
        Modality::Possible
    } else if any(&[VerbFeatures::WILL])
        || more(VerbFeatures::FUTURE) && !asked.has(VerbFeatures::WILL)
    {
        Modality::Future
    } else {
        Modality::Asserted
    };
    let tense = if has(VerbFeatures::FUTURE) || has(VerbFeatures::WILL) {
        Tense::Future
    } else if has(VerbFeatures::PERFECT) {
        Tense::Perfect
    } else if has(VerbFeatures::PAST) {
        Tense::Past
    } else if has(VerbFeatures::PRESENT) {
        Tense::Present
    } else {
        Tense::None
    };
    Qualifiers {
        polarity,
        modality,
        tense,
    }
}

/// Whether the sentence ends in a question mark; one inside of a quotation asks what is said there and nothing before.
fn asks(sentence: u32, head: u32, state: &State<'_>) -> bool {
    let tokens = state.document.sentences[sentence as usize].tokens;
    let is_mark = |token: u32| matches!(state.document.word(token), "\"" | "“" | "”" | "``" | "''");
    let mut last = tokens.end - 1;
    while last > head && is_mark(last) {
        last -= 1;
    }
    let quoted = last + 1 < tokens.end;
    state.document.word(last) == "?" && !(quoted && (head..last).any(is_mark))
}
