//! Relations as a file has them: their ends, their arguments.

use super::arguments::{ArgumentEntries, PieceEntry};
use super::builder::{Builder, Checked, ROOT, attributes};
use super::checks::{one_of, rule_name, unique, zone};
use super::error::Place;
use super::wire::{RelationEntry, WordsEntry};
use crate::export::names;
use crate::graph::{Argument, Arguments, Node, Relation};
use petgraph::graph::NodeIndex;
use rustc_hash::FxHashSet;

impl Builder<'_> {
    pub(super) fn relations(&mut self, entries: Vec<RelationEntry<'_>>) -> Checked<()> {
        let list = Place::Key(&ROOT, "relations");
        let mut seen = FxHashSet::default();
        for (index, entry) in entries.into_iter().enumerate() {
            let place = Place::Index(&list, index);
            unique(&place, &entry.id, seen.insert(entry.id.clone()))?;
            rule_name(&Place::Key(&place, "type"), &entry.type_)?;
            let at = Place::Key(&place, "evidence");
            let document = self.document(&Place::Key(&at, "document"), &entry.evidence.document)?;
            let keys = ("source", "source_literal");
            let ends = (&entry.source, &entry.source_literal);
            let source = self.end(&place, document, keys, ends)?;
            let ends = (&entry.target, &entry.literal);
            let target = self.end(&place, document, ("target", "literal"), ends)?;
            let relation = self.relation(&place, document, entry)?;
            self.graph.graph.add_edge(source, target, relation);
        }
        Ok(())
    }

    fn relation(
        &mut self,
        place: &Place<'_>,
        document: u32,
        entry: RelationEntry<'_>,
    ) -> Checked<Relation> {
        let at = |key: &'static str| Place::Key(place, key);
        let evidence = at("evidence");
        let polarity = names::polarity;
        let speech = entry.speech.as_deref();
        let speech = speech.map(|s| one_of(&at("speech"), s, names::SPEECHES, names::speech));
        let within = entry.within.as_deref();
        let within = within.map(|id| self.statement(&at("within"), id));
        Ok(Relation {
            arguments: self.arguments(&at("arguments"), document, entry.arguments.0)?,
            polarity: one_of(
                &at("polarity"),
                &entry.polarity,
                names::POLARITIES,
                polarity,
            )?,
            modality: one_of(
                &at("modality"),
                &entry.modality,
                names::MODALITIES,
                names::modality,
            )?,
            tense: one_of(&at("tense"), &entry.tense, names::TENSES, names::tense)?,
            speech: speech.transpose()?,
            within: within.transpose()?,
            asserted: entry.asserted,
            group: entry.group,
            evidence: self.selection(&evidence, document, entry.evidence.stretch())?,
            zone: zone(&evidence, &entry.evidence.zone)?,
            rule: self.rules.intern(entry.rule),
            also: entry
                .also
                .into_iter()
                .map(|rule| self.rules.intern(rule))
                .collect(),
            derived_from: entry.derived_from,
            attributes: attributes(entry.attributes),
            id: entry.id,
            type_: entry.type_,
        })
    }

    /// The node at an end of a relation: that of an id, that of words, or nobody.
    fn end(
        &mut self,
        place: &Place<'_>,
        document: u32,
        (key, literal): (&str, &str),
        (id, words): (&Option<std::borrow::Cow<'_, str>>, &Option<WordsEntry<'_>>),
    ) -> Checked<NodeIndex> {
        let at = Place::Key(place, literal);
        match (id, words) {
            (Some(_), Some(_)) => {
                Err(at.fault(format!("a relation has `{key}` or `{literal}`, not both")))
            }
            (Some(id), None) => self.node(&Place::Key(place, key), id),
            (None, Some(words)) => {
                let selection = self.selection(&at, document, words.stretch())?;
                let graph = &mut self.graph.graph;
                let node = self.words.entry(selection);
                Ok(*node.or_insert_with(|| graph.add_node(Node::Words(selection))))
            }
            (None, None) => {
                let graph = &mut self.graph.graph;
                Ok(*self
                    .nobody
                    .get_or_insert_with(|| graph.add_node(Node::Nobody)))
            }
        }
    }

    fn arguments(
        &mut self,
        place: &Place<'_>,
        document: u32,
        entries: Vec<(String, ArgumentEntries<'_>)>,
    ) -> Checked<Arguments> {
        let mut arguments = Arguments::default();
        for (name, entries) in entries {
            let place = Place::Key(place, &name);
            rule_name(&place, &name)?;
            let bound = match entries {
                ArgumentEntries::Flag => vec![flag()],
                ArgumentEntries::One(piece) => vec![self.piece(&place, document, &piece)?],
                ArgumentEntries::Many(pieces) => self.bound(&place, document, &pieces)?,
            };
            let known = self.names.entry(name.clone());
            let known = known.or_insert_with(|| name.as_str().into()).clone();
            if arguments.insert(known, bound).is_some() {
                return Err(place.fault("there twice"));
            }
        }
        Ok(arguments)
    }

    /// Pieces one after the other that stand for the same are one argument.
    fn bound(
        &self,
        place: &Place<'_>,
        document: u32,
        pieces: &[PieceEntry<'_>],
    ) -> Checked<Vec<Argument>> {
        let mut bound: Vec<Argument> = Vec::new();
        for (index, piece) in pieces.iter().enumerate() {
            let argument = self.piece(&Place::Index(place, index), document, piece)?;
            match bound.last_mut() {
                Some(last)
                    if last.node == argument.node
                        && !last.selections.is_empty()
                        && !argument.selections.is_empty() =>
                {
                    last.selections.extend(argument.selections);
                }
                _ => bound.push(argument),
            }
        }
        Ok(bound)
    }

    fn piece(&self, place: &Place<'_>, document: u32, piece: &PieceEntry<'_>) -> Checked<Argument> {
        let node = match (&piece.entity, &piece.statement) {
            (Some(_), Some(_)) => {
                return Err(place.fault("an argument has `entity` or `statement`, not both"));
            }
            (Some(id), None) => Some(self.entity(&Place::Key(place, "entity"), id)?),
            (None, Some(id)) => Some(self.statement(&Place::Key(place, "statement"), id)?),
            (None, None) => None,
        };
        let stretch = piece.stretch().map_err(|message| place.fault(message))?;
        let selection = stretch.map(|stretch| self.selection(place, document, stretch));
        Ok(Argument {
            selections: selection.transpose()?.into_iter().collect(),
            node,
        })
    }
}

/// An argument that is only there.
fn flag() -> Argument {
    Argument {
        selections: Vec::new(),
        node: None,
    }
}
