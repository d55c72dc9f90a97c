//! Lemmas by suffix rules and exceptions, both by tag.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::annotation::tag::{Form, Tag, Upos};
use crate::annotation::word::hash_bytes;

/// Longest suffix of a rule, in bytes.
pub(crate) const LONGEST_SUFFIX: usize = 6;

/// What turns a form into its lemma: so many bytes off the end, then this on it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Script {
    pub(crate) cut: u8,
    pub(crate) add: Box<str>,
}

/// Key of a tag in the rules; proper nouns share the rules of nouns.
pub(crate) fn lemma_label(tag: Tag) -> u8 {
    let upos = match tag.upos {
        Upos::Propn => Upos::Noun,
        upos => upos,
    };
    upos as u8 * Form::ALL.len() as u8 + tag.form as u8
}

/// Label of the rules, text, index of the script.
pub(crate) type Entry = (u8, Box<str>, u16);

/// The rules: an exception is asked for the whole word, then suffixes, the longest first.
#[derive(Clone, Debug, Default)]
pub(crate) struct LemmaTable {
    scripts: Vec<Script>,
    suffixes: Vec<Entry>,
    exceptions: Vec<Entry>,
    by_key: FxHashMap<u64, u16>,
}

#[derive(Clone, Copy)]
enum Kind {
    Suffix = 0,
    Exception = 1,
}

fn key(kind: Kind, label: u8, text: &[u8]) -> u64 {
    hash_bytes(text, (kind as u64) << 8 | u64::from(label))
}

impl LemmaTable {
    /// From its parts; scripts are named by index.
    pub(crate) fn new(scripts: Vec<Script>, suffixes: Vec<Entry>, exceptions: Vec<Entry>) -> Self {
        let entries = |kind, entries: &[Entry]| -> Vec<(u64, u16)> {
            (entries.iter())
                .map(|(label, text, script)| (key(kind, *label, text.as_bytes()), *script))
                .collect()
        };
        let mut by_key = FxHashMap::default();
        by_key.extend(entries(Kind::Suffix, &suffixes));
        by_key.extend(entries(Kind::Exception, &exceptions));
        Self {
            scripts,
            suffixes,
            exceptions,
            by_key,
        }
    }

    pub(crate) fn scripts(&self) -> &[Script] {
        &self.scripts
    }

    pub(crate) fn suffixes(&self) -> &[Entry] {
        &self.suffixes
    }

    pub(crate) fn exceptions(&self) -> &[Entry] {
        &self.exceptions
    }

    /// Lemma of a word in lower case.
    pub(crate) fn apply<'w>(&self, word: &'w str, label: u8) -> Cow<'w, str> {
        let Some(script) = self.script(word, label) else {
            return Cow::Borrowed(word);
        };
        let stem = (word.len().checked_sub(script.cut as usize)).and_then(|end| word.get(..end));
        match stem {
            Some(stem) if script.add.is_empty() && !stem.is_empty() => Cow::Borrowed(stem),
            Some(stem) if !script.add.is_empty() => Cow::Owned([stem, &script.add].concat()),
            _ => Cow::Borrowed(word),
        }
    }

    fn script(&self, word: &str, label: u8) -> Option<&Script> {
        let bytes = word.as_bytes();
        let longest = bytes.len().min(LONGEST_SUFFIX);
        let exception = self.by_key.get(&key(Kind::Exception, label, bytes));
        let suffix = || {
            (0..=longest).rev().find_map(|n| {
                (self.by_key).get(&key(Kind::Suffix, label, &bytes[bytes.len() - n..]))
            })
        };
        let index = exception.or_else(suffix)?;
        self.scripts.get(*index as usize)
    }
}
