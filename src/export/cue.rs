//! What people read on and at an edge: the words of a relation that say more than its name (`denied`, `foreign minister`),
//! and what it leads to.

use crate::graph::{KnowledgeGraph, RelationEdge, Selection};

/// What leads a passive that says nothing of the act: `was criticised by` is read from the one who acts.
const AUXILIARIES: &[&str] = &[
    "be", "am", "is", "are", "was", "were", "been", "being", "has", "have", "had", "having",
    "will", "would", "shall", "should", "can", "could", "may", "might", "must", "get", "gets",
    "got", "getting", "'s", "'re", "'ve",
];

/// The words of the argument that the rules name as label, read from source to target. None where there are none, and
/// where they stand at the target already.
pub(crate) fn cue(graph: &KnowledgeGraph, edge: &RelationEdge<'_>) -> Option<String> {
    let relation = edge.relation;
    let schema = &graph.schema;
    let argument = schema.relation_key(&relation.type_, |r| r.label.as_ref())?;
    let bound = relation.arguments.get(argument)?;
    let target = graph.words(edge.target);
    let selections = bound.iter().flat_map(|argument| &argument.selections);
    let words = selections.filter(|&&s| Some(s) != target);
    let words: Vec<&str> = words.map(|&s| active(graph.text(s))).collect();
    (!words.is_empty()).then(|| words.join(" … "))
}

/// What people read at a target that is only words: these, or what the rules say instead.
pub(crate) fn target_words<'g>(
    graph: &'g KnowledgeGraph,
    relation: &'g str,
    words: Selection,
) -> &'g str {
    let shown = graph.schema.relation_key(relation, |r| r.shown.as_ref());
    shown.unwrap_or_else(|| graph.text(words))
}

/// `was sharply criticised by` → `sharply criticised`; anything else as it is.
fn active(words: &str) -> &str {
    let Some(passive) = words.strip_suffix(" by") else {
        return words;
    };
    let mut act = passive;
    while let Some((first, rest)) = act.split_once(' ') {
        if !AUXILIARIES.contains(&first.to_lowercase().as_str()) {
            break;
        }
        act = rest.trim_start();
    }
    if act.len() < passive.len() {
        act
    } else {
        words
    }
}

#[cfg(test)]
mod tests {
    use super::active;

    #[test]
    fn a_passive_is_read_from_the_one_who_acts() {
        assert_eq!(active("was sharply criticised by"), "sharply criticised");
        assert_eq!(active("has been denied by"), "denied");
        assert_eq!(active("stood by"), "stood by");
        assert_eq!(active("was denied"), "was denied");
    }
}
