//! What is known of one document while its rules run.

use super::hits::{self, Hit};
use super::layers::Starts;
use super::mention::{Mention, MentionId, MentionKind};
use super::words::{Forms, Lemmatize, Marks, Words};
use crate::annotation::Annotation;
use crate::graph::AttributeValue;
use crate::rules::tables::{Depends, KindSet, PhraseId};
use crate::rules::vocabulary::WordId;
use crate::rules::{Atom, RelationId, RuleSet, TypeId};
use crate::text::{Document, TokenSpan};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Everything found so far in one document.
#[derive(Debug)]
pub struct State<'a> {
    /// The rules.
    pub rules: &'a RuleSet,
    /// The document.
    pub document: &'a Document,
    /// Its layers.
    pub annotation: &'a Annotation,
    /// All mentions, in order of acceptance.
    pub mentions: Vec<Mention>,
    pub(super) forms: &'a Forms,
    pub(super) words: Words,
    pub(super) hits: Vec<Hit>,
    /// List and number of each hit, sentence by sentence in order of lists.
    pub(super) by_list: Vec<(u32, u32)>,
    /// By sentence: mentions whose core lies there.
    pub(super) in_sentence: Vec<Vec<MentionId>>,
    /// By sentence: matches of phrases.
    pub(super) phrases: Vec<Vec<(PhraseId, TokenSpan)>>,
    /// By sentence: how often things of each kind were found or forgotten.
    changes: Vec<[u32; Depends::KINDS]>,
    /// How often attributes became known.
    learnt: u32,
    /// Words of the attributes that rules look for in the whole document, in the order of [`RuleSet::documents`].
    documented: Vec<Continuations>,
    /// By sentence: its first noun group, verb group and hit, one entry more than there are sentences.
    pub(super) starts: Vec<Starts>,
    /// By sentence: quotations that reach into it.
    pub(super) quotations: Vec<Vec<u32>>,
    /// What `refer` lines found.
    pub references: Vec<super::Reference>,
    /// By relation, its sub-relations included: mentions in text order, once all rules have run.
    by_relation: Vec<Vec<MentionId>>,
    groups: u32,
    lemmas: Lemmas<'a>,
    /// By token: part of a written number, of a date.
    pub(super) values: Vec<crate::annotation::values::ValueFlags>,
}

/// What gives the base forms of words.
#[derive(Clone, Copy)]
struct Lemmas<'a>(&'a Lemmatize<'a>);

impl std::fmt::Debug for Lemmas<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Lemmas")
    }
}

/// First folded word → the words behind it.
pub(super) type Continuations = FxHashMap<u32, Vec<Vec<u32>>>;

/// A point in the course of a document's evaluation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    mentions: usize,
    references: usize,
    groups: u32,
}

impl<'a> State<'a> {
    pub(super) fn new(
        rules: &'a RuleSet,
        document: &'a Document,
        annotation: &'a Annotation,
        forms: &'a mut Forms,
        lemmatize: &'a Lemmatize<'a>,
    ) -> Self {
        forms.trim();
        let mut words = Words::default();
        words.fill(document, annotation, forms, rules, lemmatize);
        let forms: &Forms = forms;
        let mut found = Vec::new();
        hits::find(document, &words, rules, &mut found);
        let count = document.sentences.len();
        let value = |token: u32| forms.get(words.forms[token as usize]).value;
        let values = crate::annotation::values::flags(document, value);
        let mut state = Self {
            rules,
            document,
            annotation,
            mentions: Vec::new(),
            forms,
            words,
            hits: found,
            by_list: Vec::new(),
            in_sentence: vec![Vec::new(); count],
            phrases: vec![Vec::new(); count],
            changes: vec![[0; Depends::KINDS]; count],
            learnt: 0,
            documented: vec![Continuations::default(); rules.documents.len()],
            starts: Vec::new(),
            quotations: vec![Vec::new(); count],
            references: Vec::new(),
            by_relation: Vec::new(),
            groups: 0,
            lemmas: Lemmas(lemmatize),
            values,
        };
        state.fill_starts();
        state.fill_by_list();
        state.fill_quotations();
        state
    }

    /// The lemma of a token as the tagger's model gives it.
    pub(super) fn lemma_text(&self, token: u32) -> String {
        let tag = self.annotation.tags[token as usize];
        (self.lemmas.0)(self.document.word(token), tag)
    }

    /// Named in no rule and no list, nor written small elsewhere in the document.
    pub(super) fn is_unknown(&self, token: u32) -> bool {
        let form = self.forms.get(self.words.forms[token as usize]);
        form.word == WordId::UNKNOWN && !self.words.occurs_small(form.folded)
    }

    /// Part of a written number.
    pub(super) fn is_number(&self, token: u32) -> bool {
        self.values[token as usize].number
    }

    /// Part of a written date.
    pub(super) fn is_date(&self, token: u32) -> bool {
        self.values[token as usize].date
    }

    /// The first token of a written number or date.
    pub(super) fn opens_value(&self, token: u32) -> bool {
        self.values[token as usize].opens
    }

    /// The mention with this id.
    pub fn mention(&self, id: MentionId) -> &Mention {
        &self.mentions[id.0 as usize]
    }

    /// Mentions whose core lies in a sentence, in order of acceptance.
    pub fn mentions_of(&self, sentence: u32) -> &[MentionId] {
        &self.in_sentence[sentence as usize]
    }

    /// Whether a mention is of a relation or a sub-relation.
    pub fn is_relation(&self, id: MentionId, relation: RelationId) -> bool {
        self.mention(id)
            .relation()
            .is_some_and(|r| self.rules.is_relation(r, relation))
    }

    /// How often what was found in a sentence has changed, by kind.
    pub(super) fn changes(&self, sentence: u32) -> [u32; Depends::KINDS] {
        let mut changes = self.changes[sentence as usize];
        changes[Depends::ATTRIBUTES.kind()] = self.learnt;
        changes
    }

    fn change(&mut self, sentence: u32, what: Depends) {
        self.changes[sentence as usize][what.kind()] += 1;
    }

    /// What a token is as a mark.
    pub(super) fn mark_of(&self, token: u32) -> Marks {
        self.words.marks[token as usize]
    }

    /// Takes matches of a phrase in.
    pub(super) fn add_phrases(
        &mut self,
        phrase: PhraseId,
        sentence: u32,
        found: impl Iterator<Item = TokenSpan>,
    ) {
        let known = &mut self.phrases[sentence as usize];
        let before = known.len();
        known.extend(found.filter(|t| !t.is_empty()).map(|t| (phrase, t)));
        if known.len() == before {
            return;
        }
        known.sort_unstable();
        known.dedup();
        self.change(sentence, Depends::PHRASES);
    }

    /// Takes a mention in.
    pub(super) fn accept(&mut self, mention: Mention) -> MentionId {
        let id = MentionId(self.mentions.len() as u32);
        self.in_sentence[mention.sentence as usize].push(id);
        let is_relation = matches!(mention.kind, MentionKind::Relation(_));
        let what = if is_relation {
            Depends::RELATIONS
        } else {
            Depends::ENTITIES
        };
        self.change(mention.sentence, what);
        if let Some(type_) = mention.type_() {
            self.document_attributes(type_, &mention.attributes);
        }
        self.mentions.push(mention);
        id
    }

    /// Makes relations findable in the whole document.
    pub(super) fn index_relations(&mut self) {
        self.by_relation = vec![Vec::new(); self.rules.relations.len()];
        for (number, mention) in self.mentions.iter().enumerate() {
            let Some(relation) = mention.relation() else {
                continue;
            };
            for ancestor in &self.rules.relations[relation.0 as usize].ancestors {
                self.by_relation[ancestor.0 as usize].push(MentionId(number as u32));
            }
        }
        let mentions = &self.mentions;
        for all in &mut self.by_relation {
            all.sort_by_key(|id| mentions[id.0 as usize].head.start);
        }
    }

    /// Mentions of a relation and its sub-relations, up to so many before a token and as many after it, in text order.
    pub(super) fn relations_near(
        &self,
        relation: RelationId,
        token: u32,
        most: usize,
    ) -> &[MentionId] {
        let Some(all) = self.by_relation.get(relation.0 as usize) else {
            return &[];
        };
        let at = all.partition_point(|id| self.mention(*id).head.start < token);
        &all[at.saturating_sub(most)..(at + most).min(all.len())]
    }

    /// How much is known now.
    pub(super) fn mark(&self) -> Mark {
        Mark {
            mentions: self.mentions.len(),
            references: self.references.len(),
            groups: self.groups,
        }
    }

    /// Forgets mentions since a mark; the words of their attributes stay known. Nothing may have been absorbed since.
    pub(super) fn forget(&mut self, mark: Mark) {
        self.mentions.truncate(mark.mentions);
        for (ids, changes) in self.in_sentence.iter_mut().zip(&mut self.changes) {
            let before = ids.len();
            ids.retain(|id| (id.0 as usize) < mark.mentions);
            if ids.len() != before {
                changes[Depends::ENTITIES.kind()] += 1;
                changes[Depends::RELATIONS.kind()] += 1;
            }
        }
        self.references.truncate(mark.references);
        self.groups = mark.groups;
    }

    /// A number for the relations of one coordination.
    pub(super) fn next_group(&mut self) -> u32 {
        self.groups += 1;
        self.groups
    }

    /// Gives the mention that an argument of a relation is the whole of it as a further extent.
    pub(super) fn absorb(&mut self, relation: &Mention, argument: &str) {
        let Some(id) = relation.argument(argument).and_then(|a| a.mention) else {
            return;
        };
        let mention = &mut self.mentions[id.0 as usize];
        if relation.core != mention.core && !mention.extents.contains(&relation.core) {
            mention.extents.push(relation.core);
            let sentence = mention.sentence;
            self.change(sentence, Depends::EXTENTS);
        }
    }

    /// The mention that some words are: the same stretch, or else the head of their first noun group; where no group begins
    /// with them, as in a name that the tagger has not seen as one, what begins with them.
    pub(super) fn mention_for(
        &self,
        tokens: TokenSpan,
        sentence: u32,
        is: &dyn Fn(MentionId) -> bool,
    ) -> Option<MentionId> {
        let mentions = || {
            self.in_sentence[sentence as usize]
                .iter()
                .copied()
                .filter(|id| is(*id))
        };
        let whole = mentions().find(|id| {
            let mention = self.mention(*id);
            mention.core == tokens || mention.extents.contains(&tokens)
        });
        if whole.is_some() {
            return whole;
        }
        let groups = self.nouns_of(sentence);
        let first = groups
            .iter()
            .filter(|g| g.tokens.start == tokens.start && tokens.contains(g.tokens))
            .max_by_key(|g| g.tokens.end);
        let begins = |core: TokenSpan| match first {
            Some(group) => core.start <= group.head && group.head < core.end,
            None => core.start == tokens.start,
        };
        let inside = mentions().filter(|id| {
            let mention = self.mention(*id);
            let core = mention.core;
            tokens.contains(core)
                && begins(core)
                && !matches!(mention.kind, MentionKind::Adjective(_))
        });
        inside.min_by_key(|id| {
            (
                self.mention(*id).kind_set().map_or(0, |k| k.0),
                u32::MAX - self.mention(*id).core.len(),
            )
        })
    }

    /// Words that an attribute has in the document on mentions of a type or subtype.
    pub(super) fn documented(&self, type_: TypeId, attribute: &str) -> Option<&Continuations> {
        let asked = |(t, a): &(TypeId, String)| *t == type_ && a == attribute;
        let number = self.rules.documents.iter().position(asked)?;
        Some(&self.documented[number])
    }

    /// Makes the words of a mention's attributes known to `%Type.attribute`.
    fn document_attributes(
        &mut self,
        type_: TypeId,
        attributes: &BTreeMap<String, AttributeValue>,
    ) {
        let rules = self.rules;
        for (number, (asked, attribute)) in rules.documents.iter().enumerate() {
            let Some(AttributeValue::Text(text)) = attributes.get(attribute) else {
                continue;
            };
            if !rules.is_a(type_, *asked) {
                continue;
            }
            let tokens = crate::text::tokenize(text);
            let words = tokens.iter().map(|t| self.forms.known(t.spelling(text)));
            // A word that no document had yet stands nowhere in this one.
            let Some(words) = words.collect::<Option<Vec<u32>>>() else {
                continue;
            };
            let Some((&first, rest)) = words.split_first() else {
                continue;
            };
            let behind = self.documented[number].entry(first).or_default();
            if !behind.iter().any(|b| b == rest) {
                behind.push(rest.to_vec());
                self.learnt += 1;
            }
        }
    }

    /// Atoms that earlier layers gave a sentence.
    pub(super) fn has_atom(&self, sentence: u32, atom: Atom) -> bool {
        let mentions = || {
            self.in_sentence[sentence as usize]
                .iter()
                .map(|&id| self.mention(id))
        };
        match atom {
            Atom::Type(wanted) => {
                mentions().any(|m| m.type_().is_some_and(|t| self.rules.is_a(t, wanted)))
            }
            Atom::Relation(wanted) => mentions().any(|m| {
                m.relation()
                    .is_some_and(|r| self.rules.is_relation(r, wanted))
            }),
            Atom::Phrase(wanted) => self.phrases[sentence as usize]
                .iter()
                .any(|(p, _)| *p == wanted),
            Atom::Quote => !self.quotations[sentence as usize].is_empty(),
            Atom::Word(_) | Atom::Lemma(_) | Atom::List(_) => false,
        }
    }
}

impl Mention {
    /// The kind of an entity mention as rules ask for it.
    pub(super) fn kind_set(&self) -> Option<KindSet> {
        match self.kind {
            MentionKind::Name(_) => Some(KindSet::NAME),
            MentionKind::Adjective(_) => Some(KindSet::ADJECTIVE),
            MentionKind::Nominal(_) => Some(KindSet::NOMINAL),
            MentionKind::Pronoun(_) => Some(KindSet::PRONOUN),
            MentionKind::Relation(_) => None,
        }
    }
}
