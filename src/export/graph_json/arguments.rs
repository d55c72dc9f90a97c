//! Arguments as they are read: an object, a list of objects, or `true`.

use super::wire::Stretch;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

/// Arguments in the order of the file.
pub(super) struct ArgumentList<'j>(pub(super) Vec<(String, ArgumentEntries<'j>)>);

/// What one name is bound to: nothing (`true`), one piece, or several.
pub(super) enum ArgumentEntries<'j> {
    Flag,
    One(PieceEntry<'j>),
    Many(Vec<PieceEntry<'j>>),
}

/// Words and what they stand for, each where it is there.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PieceEntry<'j> {
    #[serde(borrow, default)]
    pub(super) entity: Option<Cow<'j, str>>,
    #[serde(borrow, default)]
    pub(super) statement: Option<Cow<'j, str>>,
    #[serde(borrow, default)]
    text: Option<Cow<'j, str>>,
    #[serde(default)]
    start: Option<u32>,
    #[serde(default)]
    end: Option<u32>,
    #[serde(default)]
    byte_start: Option<u32>,
    #[serde(default)]
    byte_end: Option<u32>,
    // The same as at the mention.
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

impl PieceEntry<'_> {
    /// Where its words stand; none where it has none, an error where only some of the keys are there.
    pub(super) fn stretch(&self) -> Result<Option<Stretch<'_>>, &'static str> {
        let numbers = (self.start, self.end, self.byte_start, self.byte_end);
        match (&self.text, numbers) {
            (None, (None, None, None, None)) => Ok(None),
            (Some(text), (Some(start), Some(end), Some(from), Some(to))) => Ok(Some(Stretch {
                points: (start, end),
                bytes: (from, to),
                text,
            })),
            _ => Err("only some of `text`, `start`, `end`, `byte_start` and `byte_end` are there"),
        }
    }
}

impl<'de: 'j, 'j> Deserialize<'de> for ArgumentList<'j> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ListVisitor(PhantomData))
    }
}

struct ListVisitor<'j>(PhantomData<&'j str>);

impl<'de: 'j, 'j> Visitor<'de> for ListVisitor<'j> {
    type Value = ArgumentList<'j>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object of arguments")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut arguments = Vec::new();
        while let Some(argument) = map.next_entry()? {
            arguments.push(argument);
        }
        Ok(ArgumentList(arguments))
    }
}

impl<'de: 'j, 'j> Deserialize<'de> for ArgumentEntries<'j> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(EntriesVisitor(PhantomData))
    }
}

struct EntriesVisitor<'j>(PhantomData<&'j str>);

impl<'de: 'j, 'j> Visitor<'de> for EntriesVisitor<'j> {
    type Value = ArgumentEntries<'j>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("words with their place, a list of them, or `true`")
    }

    fn visit_bool<E: de::Error>(self, flag: bool) -> Result<Self::Value, E> {
        if flag {
            Ok(ArgumentEntries::Flag)
        } else {
            Err(E::invalid_value(de::Unexpected::Bool(false), &self))
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        PieceEntry::deserialize(MapAccessDeserializer::new(map)).map(ArgumentEntries::One)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut pieces = Vec::new();
        while let Some(piece) = seq.next_element()? {
            pieces.push(piece);
        }
        Ok(ArgumentEntries::Many(pieces))
    }
}
