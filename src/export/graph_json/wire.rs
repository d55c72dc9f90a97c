//! What a file says, before anything of it is checked.

use super::arguments::ArgumentList;
use super::values::ValueEntry;
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Attributes by name.
pub(super) type ValueEntries = BTreeMap<String, ValueEntry>;

/// One object.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GraphEntry<'j> {
    #[serde(borrow)]
    pub(super) schema: Cow<'j, str>,
    pub(super) documents: Vec<DocumentEntry>,
    #[serde(borrow)]
    pub(super) entities: Vec<EntityEntry<'j>>,
    #[serde(borrow)]
    pub(super) statements: Vec<StatementEntry<'j>>,
    #[serde(borrow)]
    pub(super) relations: Vec<RelationEntry<'j>>,
    #[serde(default)]
    pub(super) rules: Vec<RuleEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DocumentEntry {
    pub(super) id: String,
    #[serde(default)]
    pub(super) title: Option<String>,
    pub(super) sha256: String,
    #[serde(default)]
    pub(super) file: Option<String>,
    #[serde(default)]
    pub(super) date: Option<String>,
    /// Files that an older version wrote have none.
    #[serde(default)]
    pub(super) text: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EntityEntry<'j> {
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) type_: String,
    pub(super) name: String,
    #[serde(default)]
    pub(super) ids: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) attributes: ValueEntries,
    #[serde(borrow)]
    pub(super) mentions: Vec<MentionEntry<'j>>,
    #[serde(default)]
    pub(super) merged: Vec<MergedEntry>,
    #[serde(default)]
    pub(super) apart: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MergedEntry {
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) type_: String,
    pub(super) name: String,
    #[serde(default)]
    pub(super) ids: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) because: BTreeSet<String>,
}

/// Start and end of a stretch, in code points and in bytes, and its words.
#[derive(Clone, Copy)]
pub(super) struct Stretch<'e> {
    pub(super) points: (u32, u32),
    pub(super) bytes: (u32, u32),
    pub(super) text: &'e str,
}

/// Structs with the five keys of a stretch among their own. (`flatten` would forget where in the file they stand.)
macro_rules! with_stretch {
    ($($(#[$doc:meta])* struct $name:ident { $($rest:tt)* })*) => {$(
        $(#[$doc])*
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct $name<'j> {
            start: u32,
            end: u32,
            byte_start: u32,
            byte_end: u32,
            #[serde(borrow)]
            text: Cow<'j, str>,
            $($rest)*
        }

        impl $name<'_> {
            pub(super) fn stretch(&self) -> Stretch<'_> {
                Stretch {
                    points: (self.start, self.end),
                    bytes: (self.byte_start, self.byte_end),
                    text: &self.text,
                }
            }
        }
    )*};
}

with_stretch! {
    struct WordsEntry {}

    struct MentionEntry {
        #[serde(borrow)]
        pub(super) document: Cow<'j, str>,
        #[serde(borrow)]
        pub(super) zone: Cow<'j, str>,
        #[serde(borrow)]
        pub(super) kind: Cow<'j, str>,
        #[serde(borrow, default)]
        pub(super) form: Option<Cow<'j, str>>,
        #[serde(borrow)]
        pub(super) rule: Cow<'j, str>,
        #[serde(borrow, default)]
        pub(super) rule_at: Option<Cow<'j, str>>,
        #[serde(default)]
        pub(super) because: Option<String>,
        #[serde(default)]
        pub(super) attributes: ValueEntries,
        // The same as among the attributes.
        #[serde(default, rename = "value")]
        _value: IgnoredAny,
        #[serde(default, rename = "low")]
        _low: IgnoredAny,
        #[serde(default, rename = "high")]
        _high: IgnoredAny,
        #[serde(default, rename = "unit")]
        _unit: IgnoredAny,
        #[serde(default, rename = "change")]
        _change: IgnoredAny,
    }

    struct EvidenceEntry {
        #[serde(borrow)]
        pub(super) document: Cow<'j, str>,
        #[serde(borrow)]
        pub(super) zone: Cow<'j, str>,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StatementEntry<'j> {
    pub(super) id: String,
    #[serde(borrow)]
    pub(super) document: Cow<'j, str>,
    #[serde(borrow)]
    pub(super) speech: Cow<'j, str>,
    /// The pieces together.
    #[serde(default, rename = "text")]
    _text: IgnoredAny,
    #[serde(borrow)]
    pub(super) content: Vec<WordsEntry<'j>>,
    #[serde(borrow, default)]
    pub(super) quoted: Vec<WordsEntry<'j>>,
    #[serde(borrow, default)]
    pub(super) about: Vec<Cow<'j, str>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RelationEntry<'j> {
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) type_: String,
    #[serde(borrow, default)]
    pub(super) source: Option<Cow<'j, str>>,
    #[serde(borrow, default)]
    pub(super) source_literal: Option<WordsEntry<'j>>,
    #[serde(borrow, default)]
    pub(super) target: Option<Cow<'j, str>>,
    #[serde(borrow, default)]
    pub(super) literal: Option<WordsEntry<'j>>,
    #[serde(borrow)]
    pub(super) arguments: ArgumentList<'j>,
    #[serde(borrow)]
    pub(super) polarity: Cow<'j, str>,
    #[serde(borrow)]
    pub(super) modality: Cow<'j, str>,
    #[serde(borrow)]
    pub(super) tense: Cow<'j, str>,
    #[serde(borrow, default)]
    pub(super) speech: Option<Cow<'j, str>>,
    #[serde(borrow, default)]
    pub(super) within: Option<Cow<'j, str>>,
    #[serde(borrow)]
    pub(super) evidence: EvidenceEntry<'j>,
    pub(super) rule: RuleEntry,
    pub(super) asserted: bool,
    #[serde(default)]
    pub(super) group: Option<u32>,
    #[serde(default)]
    pub(super) also: Vec<RuleEntry>,
    #[serde(default)]
    pub(super) derived_from: Vec<String>,
    #[serde(default)]
    pub(super) attributes: ValueEntries,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleEntry {
    pub(super) id: String,
    pub(super) variant: String,
    pub(super) file: String,
    pub(super) line: u32,
}
