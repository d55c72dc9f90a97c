//! Values of attributes: words, numbers and flags.

use crate::graph::AttributeValue;
use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::collections::BTreeMap;
use std::fmt;

pub(super) struct Attributes<'g>(pub(super) &'g BTreeMap<String, AttributeValue>);

impl Serialize for Attributes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, Value(value))))
    }
}

pub(super) struct Value<'g>(pub(super) &'g AttributeValue);

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            AttributeValue::Flag => serializer.serialize_bool(true),
            AttributeValue::Text(text) if is_written_out(text) => {
                // In quotes alone it would be a number.
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry(TEXT, text)?;
                map.end()
            }
            AttributeValue::Text(text) => serializer.serialize_str(text),
            AttributeValue::Number(number) => serialize_number(number, serializer),
        }
    }
}

/// The key of words that look like a number.
const TEXT: &str = "text";

/// A JSON number where every reader gets the same decimal back from it, else its digits as a string.
fn serialize_number<S: Serializer>(number: &str, serializer: S) -> Result<S::Ok, S::Error> {
    match exact(number) {
        Some(Exact::Whole(whole)) => serializer.serialize_i64(whole),
        Some(Exact::Double(double)) => serializer.serialize_f64(double),
        None => serializer.serialize_str(number),
    }
}

/// A number that is the same in a reader that only knows doubles.
enum Exact {
    Whole(i64),
    Double(f64),
}

fn exact(number: &str) -> Option<Exact> {
    const EXACT_IN_DOUBLE: i64 = 1 << 53;
    if let Ok(whole) = number.parse::<i64>()
        && whole.abs() <= EXACT_IN_DOUBLE
        && whole.to_string() == number
    {
        return Some(Exact::Whole(whole));
    }
    let double = number.parse::<f64>().ok()?;
    let same = double.to_string() == number && number.contains('.');
    same.then_some(Exact::Double(double))
}

/// Whether a text is a decimal number that is written as a string.
fn is_written_out(text: &str) -> bool {
    is_decimal(text) && exact(text).is_none()
}

/// `-12`, `0.50`: digits, no zero before others, no exponent.
pub(super) fn is_decimal(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    digits(whole) && digits(fraction) && (whole.len() == 1 || !whole.starts_with('0'))
}

/// A value as it is read.
pub(super) struct ValueEntry(pub(super) AttributeValue);

impl<'de> Deserialize<'de> for ValueEntry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor).map(Self)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = AttributeValue;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("words, a number or `true`")
    }

    fn visit_bool<E: de::Error>(self, flag: bool) -> Result<AttributeValue, E> {
        if flag {
            Ok(AttributeValue::Flag)
        } else {
            let found = de::Unexpected::Bool(false);
            Err(E::invalid_value(found, &self))
        }
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<AttributeValue, E> {
        Ok(AttributeValue::Number(number.to_string()))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<AttributeValue, E> {
        Ok(AttributeValue::Number(number.to_string()))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<AttributeValue, E> {
        Ok(AttributeValue::Number(number.to_string()))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<AttributeValue, E> {
        Ok(if is_written_out(text) {
            AttributeValue::Number(text.to_owned())
        } else {
            AttributeValue::Text(text.to_owned())
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<AttributeValue, A::Error> {
        let mut text = None;
        while let Some(key) = map.next_key::<String>()? {
            if key != TEXT {
                return Err(de::Error::unknown_field(&key, &[TEXT]));
            }
            text = Some(map.next_value()?);
        }
        text.map(AttributeValue::Text)
            .ok_or_else(|| de::Error::missing_field(TEXT))
    }
}
