//! What the states of programs refer to: tests on tokens, kinds of edges, tests on positions. Each stands once.

use super::ast::Comparison;
use super::program::{EdgeId, PlaceId, Program, State, TestId};
use super::rule_set::{RelationId, TypeId};
use super::vocabulary::WordId;
use crate::annotation::{Form, Upos};
use regex::Regex;
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;
use std::hash::{Hash, Hasher};

/// How a token looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// Begins with a capital.
    Cap,
    /// All letters are capitals, two at least.
    Upper,
    /// All letters are small.
    Lower,
    /// Small and capital letters mixed behind the first.
    Mixed,
    /// Begins with a digit.
    Digit,
    /// Holds a hyphen.
    Hyphen,
    /// The first word of a sentence or quotation.
    First,
    /// Neither named in any rule or list nor written small elsewhere in the document.
    Unknown,
    /// Part of a written number.
    Number,
    /// Part of a written date.
    Date,
    /// The first token of a written number or date.
    Opens,
    /// In a line of capitals, or in a headline with a capital at every word: capitals say nothing there.
    Headline,
}

impl Shape {
    /// Names in rules.
    pub const NAMES: &'static [(&'static str, Self)] = &[
        ("cap", Self::Cap),
        ("upper", Self::Upper),
        ("lower", Self::Lower),
        ("mixed", Self::Mixed),
        ("digit", Self::Digit),
        ("hyphen", Self::Hyphen),
        ("first", Self::First),
        ("unknown", Self::Unknown),
        ("number", Self::Number),
        ("date", Self::Date),
        ("opens", Self::Opens),
        ("headline", Self::Headline),
    ];

    /// The shape with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMES
            .iter()
            .find(|(n, _)| *n == name)
            .map(|(_, s)| *s)
    }
}

/// A compiled regular expression, known by how it was written.
#[derive(Clone, Debug)]
pub struct WrittenRegex {
    /// Compiled.
    pub regex: Regex,
    /// Whether case does not matter, which the source does not say.
    pub ignore_case: bool,
}

impl PartialEq for WrittenRegex {
    fn eq(&self, other: &Self) -> bool {
        (self.regex.as_str(), self.ignore_case) == (other.regex.as_str(), other.ignore_case)
    }
}

impl Eq for WrittenRegex {}

impl Hash for WrittenRegex {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.regex.as_str(), self.ignore_case).hash(state);
    }
}

/// A test on one token.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TokenTest {
    /// This word, folded.
    Word(WordId),
    /// This word in this case.
    Exact(WordId, Box<str>),
    /// Any inflection of this word.
    Lemma(WordId),
    /// A part of speech.
    Tag(Upos, Option<Form>),
    /// How it looks.
    Shape(Shape),
    /// Its length in code points.
    Length(Comparison, u32),
    /// The whole token.
    Regex(WrittenRegex),
    /// A whole entry of a list.
    Edge(EdgeId),
    /// Inside one of these.
    Inside(EdgeId),
    /// The end of a sentence inside a paragraph; of a paragraph where so asked.
    Boundary {
        /// The end of a paragraph instead.
        paragraph: bool,
    },
    /// All of them.
    And(Vec<TestId>),
    /// One of them.
    Or(Vec<TestId>),
    /// Not this one.
    Not(TestId),
}

/// Conditions on features: all clauses must hold, each by one of its features.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct FeatureTest(pub Vec<Clause>);

/// One of these features present, or one of those absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Clause {
    /// Features of which one may be present.
    pub present: u32,
    /// Features of which one may be absent.
    pub absent: u32,
}

impl FeatureTest {
    /// Whether a set of features passes.
    pub fn holds(&self, features: u32) -> bool {
        self.0
            .iter()
            .all(|c| features & c.present != 0 || !features & c.absent != 0)
    }

    /// All features that are asked for.
    pub fn asked(&self) -> u32 {
        self.0.iter().fold(0, |all, c| all | c.present)
    }
}

/// Kinds of entity mentions that an element takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct KindSet(pub u8);

impl KindSet {
    /// Names and values.
    pub const NAME: Self = Self(1);
    /// `Latvian`
    pub const ADJECTIVE: Self = Self(2);
    /// `the minister`
    pub const NOMINAL: Self = Self(4);
    /// `he`
    pub const PRONOUN: Self = Self(8);
    /// One mention, no coordination of several.
    pub const SINGLE: Self = Self(16);
    /// What an element takes that does not say.
    pub const DEFAULT: Self = Self(1 | 4 | 8);

    /// Whether they share a kind.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The kind with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "name" => Some(Self::NAME),
            "adjective" => Some(Self::ADJECTIVE),
            "nominal" => Some(Self::NOMINAL),
            "pronoun" => Some(Self::PRONOUN),
            "single" => Some(Self::SINGLE),
            _ => None,
        }
    }
}

/// Index of a declared phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhraseId(pub u16);

/// A kind of edge.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum EdgeKind {
    /// Entries of a list: of one column, or of the first and `aliases`.
    Listed {
        /// The list.
        list: u32,
        /// The column.
        column: Option<u16>,
    },
    /// Words that this attribute has on a mention of the document.
    Document {
        /// The type.
        type_: TypeId,
        /// The attribute.
        attribute: String,
    },
    /// Mentions of a type or subtype.
    Mention {
        /// The type.
        type_: TypeId,
        /// Of these kinds.
        kinds: KindSet,
        /// With attributes: one of each clause present (or, if `true`, absent).
        attributes: Vec<Vec<(bool, String)>>,
        /// With the extents that other rules gave them.
        full: bool,
    },
    /// Noun groups; up to the head only.
    Nouns {
        /// With these features.
        features: FeatureTest,
        /// Ends before the head.
        to_head: bool,
    },
    /// Verb groups; up to the head only.
    Verbs {
        /// With these features.
        features: FeatureTest,
        /// Ends before the head.
        to_head: bool,
    },
    /// Quotations.
    Quote(FeatureTest),
    /// Matches of a phrase.
    Phrase(PhraseId),
    /// Relations found before: their content and their whole.
    Relation(RelationId),
    /// Up to the first place that passes.
    Until(PlaceId),
    /// Matches of a regular expression in the raw text of the sentence.
    Regex(WrittenRegex),
}

/// A test on a position.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PlaceTest {
    /// The start of the sentence.
    Start,
    /// The end of the sentence, before its final mark or after it.
    End,
    /// A verb group of one verb begins here.
    Verb(FeatureTest),
    /// A noun group whose head is its first word begins here.
    Noun(FeatureTest),
    /// Something ends here (`after`) or begins here (`before`).
    Context {
        /// What, compiled for the direction from which it is met.
        program: Program,
        /// It begins here.
        before: bool,
        /// It must not.
        negative: bool,
    },
}

/// What something in a sentence depends on, apart from its words and groups: what rules find there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Depends(u8);

impl Depends {
    /// How many kinds there are.
    pub const KINDS: usize = 5;
    /// How many combinations of them.
    pub const COMBINATIONS: usize = 1 << Self::KINDS;
    /// Mentions of entities and values.
    pub const ENTITIES: Self = Self(1);
    /// The further extents of mentions.
    pub const EXTENTS: Self = Self(2);
    /// Phrases.
    pub const PHRASES: Self = Self(4);
    /// Relations.
    pub const RELATIONS: Self = Self(8);
    /// Attributes known in the document.
    pub const ATTRIBUTES: Self = Self(16);
    /// Anything that rules find.
    pub const ALL: Self = Self((1 << Self::KINDS) - 1);

    /// Which combination it is.
    pub const fn number(self) -> usize {
        self.0 as usize
    }

    /// Which of the kinds a single kind is.
    pub const fn kind(self) -> usize {
        self.0.trailing_zeros() as usize
    }

    /// Whether one of these kinds is in it.
    pub const fn has(self, kinds: Self) -> bool {
        self.0 & kinds.0 != 0
    }

    /// The kinds that differ between two counts of changes.
    pub fn differing(left: &[u32; Self::KINDS], right: &[u32; Self::KINDS]) -> Self {
        let pairs = left.iter().zip(right).enumerate();
        let differing = pairs.filter(|(_, (left, right))| left != right);
        Self(differing.fold(0, |kinds, (kind, _)| kinds | 1 << kind))
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// All tests, edges and places of a rule set.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    /// By [`TestId`].
    pub tests: Vec<TokenTest>,
    /// By [`EdgeId`].
    pub edges: Vec<EdgeKind>,
    /// By [`PlaceId`].
    pub places: Vec<PlaceTest>,
    /// What each test, edge and place depends on.
    depends: [Vec<Depends>; 3],
    known_tests: FxHashMap<TokenTest, TestId>,
    known_edges: FxHashMap<EdgeKind, EdgeId>,
    known_places: FxHashMap<PlaceTest, PlaceId>,
}

impl Tables {
    /// The number of a test.
    pub fn test(&mut self, test: TokenTest) -> TestId {
        let next = TestId(self.tests.len() as u32);
        let slot = match self.known_tests.entry(test) {
            Entry::Occupied(slot) => return *slot.get(),
            Entry::Vacant(slot) => slot,
        };
        self.tests.push(slot.key().clone());
        slot.insert(next);
        let depends = self.depends_of_test(&self.tests[next.0 as usize]);
        self.depends[0].push(depends);
        next
    }

    /// The number of a kind of edge.
    pub fn edge(&mut self, edge: EdgeKind) -> EdgeId {
        let next = EdgeId(self.edges.len() as u32);
        let slot = match self.known_edges.entry(edge) {
            Entry::Occupied(slot) => return *slot.get(),
            Entry::Vacant(slot) => slot,
        };
        self.edges.push(slot.key().clone());
        slot.insert(next);
        let depends = self.depends_of_edge(&self.edges[next.0 as usize]);
        self.depends[1].push(depends);
        next
    }

    /// The number of a test on a position.
    pub fn place(&mut self, place: PlaceTest) -> PlaceId {
        let next = PlaceId(self.places.len() as u32);
        let slot = match self.known_places.entry(place) {
            Entry::Occupied(slot) => return *slot.get(),
            Entry::Vacant(slot) => slot,
        };
        self.places.push(slot.key().clone());
        slot.insert(next);
        let depends = self.depends_of_place(&self.places[next.0 as usize]);
        self.depends[2].push(depends);
        next
    }

    /// What a test depends on.
    pub fn test_depends(&self, test: TestId) -> Depends {
        self.depends[0][test.0 as usize]
    }

    /// What a kind of edge depends on.
    pub fn edge_depends(&self, edge: EdgeId) -> Depends {
        self.depends[1][edge.0 as usize]
    }

    /// What a test on a position depends on.
    pub fn place_depends(&self, place: PlaceId) -> Depends {
        self.depends[2][place.0 as usize]
    }

    fn depends_of_test(&self, test: &TokenTest) -> Depends {
        match test {
            TokenTest::Edge(edge) | TokenTest::Inside(edge) => self.edge_depends(*edge),
            TokenTest::And(parts) | TokenTest::Or(parts) => {
                let parts = parts.iter().map(|part| self.test_depends(*part));
                parts.fold(Depends::default(), Depends::and)
            }
            TokenTest::Not(inner) => self.test_depends(*inner),
            _ => Depends::default(),
        }
    }

    fn depends_of_edge(&self, edge: &EdgeKind) -> Depends {
        match edge {
            EdgeKind::Document { .. } => Depends::ATTRIBUTES,
            EdgeKind::Mention { full: true, .. } => Depends::ENTITIES.and(Depends::EXTENTS),
            EdgeKind::Mention { .. } => Depends::ENTITIES,
            EdgeKind::Phrase(_) => Depends::PHRASES,
            EdgeKind::Relation(_) => Depends::RELATIONS,
            EdgeKind::Until(place) => self.place_depends(*place),
            EdgeKind::Listed { .. }
            | EdgeKind::Nouns { .. }
            | EdgeKind::Verbs { .. }
            | EdgeKind::Quote(_)
            | EdgeKind::Regex(_) => Depends::default(),
        }
    }

    fn depends_of_place(&self, place: &PlaceTest) -> Depends {
        let PlaceTest::Context { program, .. } = place else {
            return Depends::default();
        };
        let all = (program.states.iter()).map(|state| self.state_depends(*state));
        all.fold(Depends::default(), Depends::and)
    }

    /// What a program depends on.
    pub(super) fn program_depends(&self, program: &Program) -> Depends {
        let states = program
            .states
            .iter()
            .map(|state| self.state_depends(*state));
        states.fold(Depends::default(), Depends::and)
    }

    /// What a state of a program depends on.
    pub fn state_depends(&self, state: State) -> Depends {
        match state {
            State::Test(test, _) => self.test_depends(test),
            State::Edge(edge, _) => self.edge_depends(edge),
            State::Place(place, _) => self.place_depends(place),
            _ => Depends::default(),
        }
    }
}
