//! The rules that a file names.

use super::builder::Checked;
use super::checks::unknown;
use super::error::Place;
use super::rule_place;
use super::wire::RuleEntry;
use crate::graph::RuleReference;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Rules, each in memory once.
pub(super) struct Rules {
    /// By `Country/listed`.
    named: FxHashMap<String, Vec<Arc<RuleReference>>>,
    all: FxHashMap<RuleReference, Arc<RuleReference>>,
}

impl Rules {
    pub(super) fn new(entries: Vec<RuleEntry>) -> Self {
        let mut rules = Self {
            named: FxHashMap::default(),
            all: FxHashMap::default(),
        };
        for entry in entries {
            let name = format!("{}/{}", entry.id, entry.variant);
            let rule = rules.intern(entry);
            rules.named.entry(name).or_default().push(rule);
        }
        rules
    }

    pub(super) fn intern(&mut self, entry: RuleEntry) -> Arc<RuleReference> {
        let rule = RuleReference {
            id: entry.id,
            variant: entry.variant,
            file: entry.file,
            line: entry.line,
        };
        let known = self.all.entry(rule.clone());
        known.or_insert_with(|| Arc::new(rule)).clone()
    }

    /// The rule of a mention; `at` says which, where several have the name.
    pub(super) fn named(
        &self,
        place: &Place<'_>,
        name: &str,
        at: Option<&str>,
    ) -> Checked<Arc<RuleReference>> {
        let Some(rules) = self.named.get(name) else {
            let known = self.named.keys().map(String::as_str);
            return Err(unknown(
                &Place::Key(place, "rule"),
                "rule among `rules`",
                name,
                known,
            ));
        };
        let rule = match at {
            Some(at) => rules.iter().find(|rule| rule_place(rule) == at),
            None => rules.first(),
        };
        let message = "no rule of this name stands there";
        (rule.cloned()).ok_or_else(|| Place::Key(place, "rule_at").fault(message))
    }
}
