//! What the states of programs refer to: tests on tokens, kinds of edges, tests on positions. Each stands once.

use super::ast::Comparison;
use super::program::{EdgeId, Outward, PlaceId, Program, TestId};
use super::rule_set::{RelationId, TypeId};
use super::vocabulary::WordId;
use crate::annotation::{Form, Upos};
use indexmap::IndexMap;
use regex::Regex;

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

/// A test on one token.
#[derive(Clone, Debug)]
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
    Regex(Regex),
    /// A whole entry of a list.
    Edge(EdgeId),
    /// Inside one of these.
    Inside(EdgeId),
    /// The end of a sentence; of a paragraph where so asked.
    Boundary {
        /// Only at the end of a paragraph.
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
            _ => None,
        }
    }
}

/// Index of a declared phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhraseId(pub u16);

/// A kind of edge.
#[derive(Clone, Debug)]
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
    Regex(Regex),
}

/// A test on a position.
#[derive(Clone, Debug)]
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
        /// What the program refers to.
        needs: Needs,
        /// It begins here.
        before: bool,
        /// It must not.
        negative: bool,
    },
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
    known_tests: IndexMap<String, TestId>,
    known_edges: IndexMap<String, EdgeId>,
    known_places: IndexMap<String, PlaceId>,
}

impl Tables {
    /// The number of a test.
    pub fn test(&mut self, test: TokenTest) -> TestId {
        let next = TestId(self.tests.len() as u32);
        let id = *self.known_tests.entry(format!("{test:?}")).or_insert(next);
        if id == next {
            self.tests.push(test);
        }
        id
    }

    /// The number of a kind of edge.
    pub fn edge(&mut self, edge: EdgeKind) -> EdgeId {
        let next = EdgeId(self.edges.len() as u32);
        let id = *self.known_edges.entry(format!("{edge:?}")).or_insert(next);
        if id == next {
            self.edges.push(edge);
        }
        id
    }

    /// The number of a test on a position.
    pub fn place(&mut self, place: PlaceTest) -> PlaceId {
        let next = PlaceId(self.places.len() as u32);
        let id = *self
            .known_places
            .entry(format!("{place:?}"))
            .or_insert(next);
        if id == next {
            self.places.push(place);
        }
        id
    }
}

/// What a program refers to, each once.
#[derive(Clone, Debug, Default)]
pub struct Needs {
    /// Tests.
    pub tests: Vec<TestId>,
    /// Edges.
    pub edges: Vec<EdgeId>,
    /// Places.
    pub places: Vec<PlaceId>,
}

impl Needs {
    /// Of one program.
    pub fn of(program: &Program) -> Self {
        let mut needs = Self::default();
        needs.add(program);
        needs.finish()
    }

    /// Of both programs of a variant.
    pub fn of_both(programs: &Outward) -> Self {
        let mut needs = Self::default();
        needs.add(&programs.right);
        needs.add(&programs.left);
        needs.finish()
    }

    fn add(&mut self, program: &Program) {
        for state in &program.states {
            match *state {
                super::program::State::Test(test, _) => self.tests.push(test),
                super::program::State::Edge(edge, _) => self.edges.push(edge),
                super::program::State::Place(place, _) => self.places.push(place),
                _ => {}
            }
        }
    }

    fn finish(mut self) -> Self {
        self.tests.sort_unstable();
        self.tests.dedup();
        self.edges.sort_unstable();
        self.edges.dedup();
        self.places.sort_unstable();
        self.places.dedup();
        self
    }
}
