//! What stands around a picture: title, legend, layout, and what is left out. That of many graphs is the sum of theirs.

use super::picture::Picture;
use std::collections::BTreeSet;

/// A picture in layers reads like lines of text, one below the other, and hides no label, where one by force hides every
/// third behind a node. More nodes than this are too high for a bitmap.
const MAX_LAYERED_NODES: usize = 500;

/// With more edges than this the layers take Graphviz more than some seconds; by force nobody can read so many.
pub const MAX_LAYERED_EDGES: usize = 800;

/// The same for a picture in one piece and for one that is drawn graph by graph.
#[derive(Debug, Default)]
pub(super) struct Frame {
    /// How many documents there are.
    pub documents: usize,
    /// Headline of the first one, else its name.
    pub title: Option<String>,
    /// Types of the entities that are drawn.
    pub types: BTreeSet<String>,
    /// Whether a statement has the colour of statements.
    pub has_plain_statement: bool,
    /// Relations that may colour a statement or words.
    pub relations: BTreeSet<String>,
    /// How many nodes there are.
    pub nodes: usize,
    /// How many edges.
    pub edges: usize,
    /// What was pruned, one clause a reason.
    pub left_out: Vec<String>,
    /// Entities without any edge.
    pub orphans: usize,
    /// Whether it has no title and legend.
    pub bare: bool,
}

impl Frame {
    /// That of a picture in one piece.
    pub(super) fn of(picture: &Picture<'_>) -> Self {
        let mut frame = Self {
            left_out: picture.left_out.clone(),
            orphans: picture.orphans,
            bare: picture.bare,
            ..Self::default()
        };
        frame.add(picture, picture.entities.len());
        frame
    }

    /// Takes in a part, so many of whose entities are in no part before it.
    pub(super) fn add(&mut self, part: &Picture<'_>, new_entities: usize) {
        self.documents += part.graph.documents.len();
        if let (None, Some(first)) = (&self.title, part.graph.documents.first()) {
            self.title = Some(first.title.as_ref().unwrap_or(&first.id).clone());
        }
        let entities = part.entities.iter().filter_map(|&n| part.graph.entity(n));
        for entity in entities {
            note(&mut self.types, &entity.type_);
        }
        let mut statements = part.statements.iter();
        self.has_plain_statement |= statements.any(|s| !part.tints.contains_key(s));
        for relation in part.tinting() {
            note(&mut self.relations, &relation.type_);
        }
        let unnamed = part.unnamed().count();
        self.nodes += new_entities + part.statements.len() + part.words.len() + unnamed;
        self.edges += part.relations.len() + part.abouts.len();
    }

    /// Whether Graphviz's layered layout is still quick and readable.
    pub(super) fn is_layered(&self) -> bool {
        self.nodes <= MAX_LAYERED_NODES && self.edges <= MAX_LAYERED_EDGES
    }
}

fn note(names: &mut BTreeSet<String>, name: &str) {
    if !names.contains(name) {
        names.insert(name.to_owned());
    }
}
