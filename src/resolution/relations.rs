//! Relation mentions become edges.

use super::arguments::{self, Ends};
use super::build::Builder;
use super::provenance::selection;
use super::statements::Statements;
use crate::graph::identifier::Fingerprint;
use crate::graph::{Modality, Polarity, Relation};
use crate::matching::{Mention, MentionId, State};
use crate::rules::{ParameterKind, RelationType};
use crate::text::Span;
use petgraph::graph::NodeIndex;
use rustc_hash::{FxHashMap, FxHashSet};

/// A relation on its way into the graph.
struct Made {
    mention: MentionId,
    ends: Ends,
    id: String,
    within: Option<NodeIndex>,
}

/// Adds all relations that are to be seen.
pub(super) fn add(
    statements: &Statements<'_>,
    superseded: &Superseded,
    builder: &mut Builder<'_, '_>,
) {
    let state = builder.state;
    let mut ids: Vec<MentionId> = (0..state.mentions.len() as u32)
        .map(MentionId)
        .filter(|id| type_of(*id, state).is_some_and(|t| !t.flags.hidden))
        .filter(|id| !superseded.contains_key(id))
        .collect();
    ids.sort_by_key(|id| (state.mention(*id).head, *id));
    let heads: Vec<(u32, MentionId)> = ids
        .iter()
        .map(|id| (state.mention(*id).head.start, *id))
        .collect();
    let around = statements.around(&heads);
    let mut made: Vec<Made> = Vec::with_capacity(ids.len());
    for (mention, within) in ids.into_iter().zip(around) {
        let Some(relation) = state.mention(mention).relation() else {
            continue;
        };
        let ends = arguments::ends(mention, relation, statements, builder);
        let type_ = &state.rules.relations[relation.0 as usize];
        let id = relation_id(mention, type_, &ends, builder);
        made.push(Made {
            mention,
            ends,
            id,
            within,
        });
    }
    let sides = Sides::new(&made, statements, state);
    let by_mention: FxHashMap<MentionId, usize> = made
        .iter()
        .enumerate()
        .map(|(number, m)| (m.mention, number))
        .collect();
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    let origins = |relation: &Made| derived_from(relation, superseded, &by_mention, &made, state);
    let first: Vec<Option<Vec<String>>> = (made.iter())
        .map(|relation| seen.insert(&relation.id).then(|| origins(relation)))
        .collect();
    for (relation, derived_from) in made.into_iter().zip(first) {
        if let Some(derived_from) = derived_from {
            edge(relation, derived_from, &sides, statements, builder);
        }
    }
}

fn type_of<'s>(id: MentionId, state: &'s State<'_>) -> Option<&'s RelationType> {
    let relation = state.mention(id).relation()?;
    Some(&state.rules.relations[relation.0 as usize])
}

/// Relations that a more specific one was made of, and that one: `said` where `argues` has the same head.
pub(super) type Superseded = FxHashMap<MentionId, MentionId>;

/// Finds what more specific relations take the place of.
pub(super) fn superseded(state: &State<'_>) -> Superseded {
    let mut superseded = FxHashMap::default();
    for (number, mention) in state.mentions.iter().enumerate() {
        let Some(relation) = mention.relation() else {
            continue;
        };
        for &origin in &mention.derived_from {
            let other = state.mention(origin);
            let is_kind = other
                .relation()
                .is_some_and(|o| o != relation && state.rules.is_relation(relation, o));
            if is_kind && other.head == mention.head {
                superseded.entry(origin).or_insert(MentionId(number as u32));
            }
        }
    }
    superseded
}

/// Ids of the relations that a relation was made of, as far as they are to be seen.
fn derived_from(
    relation: &Made,
    superseded: &Superseded,
    by_mention: &FxHashMap<MentionId, usize>,
    made: &[Made],
    state: &State<'_>,
) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for &origin in &state.mention(relation.mention).derived_from {
        let mut seen = origin;
        // What replaces a relation was accepted after it, so this ends.
        while let Some(&next) = superseded.get(&seen).filter(|next| **next > seen) {
            seen = next;
        }
        let Some(&number) = by_mention.get(&seen) else {
            continue;
        };
        let name = &made[number].id;
        if *name != relation.id && !ids.contains(name) {
            ids.push(name.clone());
        }
    }
    ids
}

fn relation_id(
    id: MentionId,
    type_: &RelationType,
    ends: &Ends,
    builder: &Builder<'_, '_>,
) -> String {
    let state = builder.state;
    let mention = state.mention(id);
    let statement = type_.parameters.iter().filter_map(|p| {
        let is_content = p.kinds.contains(&ParameterKind::Statement);
        mention.argument(&p.name).filter(|_| is_content)
    });
    let pieces = statement.flat_map(|b| b.pieces.iter().copied());
    let content: Vec<Span> = pieces
        .chain(ends.literal)
        .map(|p| state.document.span(p))
        .collect();
    let fingerprint = Fingerprint {
        document_sha256: builder.sha256(),
        type_: &type_.name,
        source: builder.node_id(ends.source),
        target: builder.node_id(ends.target),
        head: state.document.span(mention.head),
        content: &content,
    };
    fingerprint.relation_id(&state.document.id)
}

/// Who says what, and who speaks for whom.
struct Sides {
    /// Statement and one who says it.
    speakers: FxHashSet<(NodeIndex, NodeIndex)>,
    /// Statement → those who say it, in text order.
    of_statement: FxHashMap<NodeIndex, Vec<NodeIndex>>,
    /// Servant and master.
    serves: FxHashSet<(NodeIndex, NodeIndex)>,
}

impl Sides {
    fn new(made: &[Made], statements: &Statements<'_>, state: &State<'_>) -> Self {
        let mut sides = Self {
            speakers: FxHashSet::default(),
            of_statement: FxHashMap::default(),
            serves: FxHashSet::default(),
        };
        for relation in made {
            let source = relation.ends.source;
            for content in statements.reported_by(relation.mention) {
                if sides.speakers.insert((content.node, source)) {
                    let speakers = sides.of_statement.entry(content.node).or_default();
                    speakers.push(source);
                }
            }
            if serves(relation.mention, state) {
                sides.serves.insert((source, relation.ends.target));
            }
        }
        sides
    }

    /// Whether somebody is on the side of those who make a statement.
    fn is_own(&self, statement: NodeIndex, agent: NodeIndex) -> bool {
        if self.speakers.contains(&(statement, agent)) {
            return true;
        }
        let speakers = self.of_statement.get(&statement).into_iter().flatten();
        let mut speakers = speakers.take(MAX_SPEAKERS);
        speakers.any(|speaker| self.serves.contains(&(*speaker, agent)))
    }
}

/// How many speakers of one statement are asked whom they serve.
const MAX_SPEAKERS: usize = 64;

/// Whether a relation makes its source speak for its target now; a former minister does not.
pub(super) fn serves(id: MentionId, state: &State<'_>) -> bool {
    let mention = state.mention(id);
    let Some(type_) = type_of(id, state).filter(|t| t.flags.serves) else {
        return false;
    };
    let mut flags = (type_.parameters.iter()).filter(|p| p.kinds.contains(&ParameterKind::Flag));
    mention.qualifiers.polarity == Polarity::Positive
        && !flags.any(|p| mention.argument(&p.name).is_some())
}

/// Whether the text itself says that it is so.
fn asserted(relation: &Made, type_: &RelationType, sides: &Sides, mention: &Mention) -> bool {
    let qualifiers = mention.qualifiers;
    let open = matches!(
        qualifiers.modality,
        Modality::Question | Modality::Conditional | Modality::Reported
    );
    if qualifiers.polarity == Polarity::Negative || open {
        return false;
    }
    let Some(statement) = relation.within else {
        return true;
    };
    type_.flags.performative && sides.is_own(statement, relation.ends.source)
}

fn edge(
    relation: Made,
    derived_from: Vec<String>,
    sides: &Sides,
    statements: &Statements<'_>,
    builder: &mut Builder<'_, '_>,
) {
    let state = builder.state;
    let mention = state.mention(relation.mention);
    let Some(type_) = type_of(relation.mention, state) else {
        return;
    };
    let sentence = &state.document.sentences[mention.sentence as usize];
    let speech = statements
        .reported_by(relation.mention)
        .next()
        .map(|content| content.speech);
    let edge = Relation {
        asserted: asserted(&relation, type_, sides, mention),
        id: relation.id,
        type_: type_.name.clone(),
        arguments: relation.ends.arguments,
        polarity: mention.qualifiers.polarity,
        modality: mention.qualifiers.modality,
        tense: mention.qualifiers.tense,
        speech,
        within: relation.within,
        group: mention.group,
        evidence: selection(sentence.tokens, state),
        zone: sentence.zone,
        rule: builder.rules.of(mention.variant),
        also: Vec::new(),
        derived_from,
        attributes: mention.attributes.clone(),
    };
    builder.add_relation(relation.ends.source, relation.ends.target, edge);
}
