//! How qualifiers, zones and values are written, alike in every format.

use crate::graph::{
    AttributeValue, Entity, EntityMention, Modality, Polarity, Selection, Speech, Tense,
};
use crate::text::ZoneKind;

/// The attributes of quantities and dates, which stand beside their span wherever they are mentioned.
pub(super) const VALUE_ATTRIBUTES: [&str; 5] = ["value", "low", "high", "unit", "change"];

/// What a mention can be.
pub(super) const KINDS: &[&str] = &["name", "nominal", "pronoun"];

/// What a name can be besides a name.
pub(super) const FORMS: &[&str] = &["adjective"];

pub(super) const POLARITIES: &[Polarity] = &[Polarity::Positive, Polarity::Negative];

pub(super) const MODALITIES: &[Modality] = &[
    Modality::Asserted,
    Modality::Future,
    Modality::Attempted,
    Modality::Possible,
    Modality::Conditional,
    Modality::Question,
    Modality::Reported,
];

pub(super) const TENSES: &[Tense] = &[
    Tense::None,
    Tense::Past,
    Tense::Present,
    Tense::Future,
    Tense::Perfect,
];

pub(super) const SPEECHES: &[Speech] = &[Speech::Direct, Speech::Indirect, Speech::Mixed];

pub(super) const ZONES: &[ZoneKind] = &[
    ZoneKind::Title,
    ZoneKind::Body,
    ZoneKind::Caption,
    ZoneKind::Credit,
    ZoneKind::Byline,
    ZoneKind::Interface,
    ZoneKind::Related,
];

pub(super) fn polarity(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Positive => "positive",
        Polarity::Negative => "negative",
    }
}

pub(super) fn modality(modality: Modality) -> &'static str {
    match modality {
        Modality::Asserted => "asserted",
        Modality::Future => "future",
        Modality::Attempted => "attempted",
        Modality::Possible => "possible",
        Modality::Conditional => "conditional",
        Modality::Question => "question",
        Modality::Reported => "reported",
    }
}

pub(super) fn tense(tense: Tense) -> &'static str {
    match tense {
        Tense::None => "none",
        Tense::Past => "past",
        Tense::Present => "present",
        Tense::Future => "future",
        Tense::Perfect => "perfect",
    }
}

pub(super) fn speech(speech: Speech) -> &'static str {
    match speech {
        Speech::Direct => "direct",
        Speech::Indirect => "indirect",
        Speech::Mixed => "mixed",
    }
}

pub(super) fn zone(zone: ZoneKind) -> &'static str {
    match zone {
        ZoneKind::Title => "title",
        ZoneKind::Body => "body",
        ZoneKind::Caption => "caption",
        ZoneKind::Credit => "credit",
        ZoneKind::Byline => "byline",
        ZoneKind::Interface => "interface",
        ZoneKind::Related => "related",
    }
}

/// The mention of an entity at a place.
pub(super) fn mention_at(entity: &Entity, selection: Option<Selection>) -> Option<&EntityMention> {
    let selection = selection?;
    let mentions = &entity.mentions;
    let at = mentions.partition_point(|m| m.selection < selection);
    mentions.get(at).filter(|m| m.selection == selection)
}

/// An attribute of a value at one of its mentions: that of the mention itself, else that of the entity.
pub(super) fn value_at<'g>(
    entity: &'g Entity,
    mention: Option<&'g EntityMention>,
    name: &str,
) -> Option<&'g AttributeValue> {
    let here = mention.and_then(|mention| mention.attributes.get(name));
    here.or_else(|| entity.attributes.get(name))
}

/// Wikidata ids: `Q211`, or several with `|` between; what is no id gives none.
pub(super) fn wikidata_ids(ids: &str) -> impl Iterator<Item = &str> {
    ids.split('|').map(str::trim).filter(|id| {
        let digits = id.strip_prefix('Q').unwrap_or_default();
        !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
    })
}
