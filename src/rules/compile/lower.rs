//! From the syntax tree to expressions: names resolved, macros inlined, words tokenised.

use super::names::{Found, Names};
use crate::annotation::{Form, NounFeatures, QuoteFeatures, Upos, VerbFeatures};
use crate::diagnostic::Location;
use crate::rules::ast::{self, NodeId, Pattern, PatternKind, TokenTestKind};
use crate::rules::pack::Pack;
use crate::rules::program::{Expression, Program, TestId};
use crate::rules::tables::{
    Clause, EdgeKind, FeatureTest, KindSet, PlaceTest, Shape, Tables, TokenTest, WrittenRegex,
};
use crate::rules::vocabulary::{Vocabulary, WordId, folded};
use crate::text::tokenize;
use regex::RegexBuilder;
use std::sync::Arc;

/// What all patterns of a rule set share while they are lowered.
#[derive(Debug)]
pub(super) struct Lowering<'p> {
    pub(super) pack: &'p Pack,
    pub(super) names: &'p Names,
    pub(super) tables: Tables,
    pub(super) vocabulary: Vocabulary,
    /// The place in the rule files of each node.
    pub(super) nodes: Vec<Location>,
}

/// What is known of one pattern while it is lowered.
#[derive(Debug, Default)]
pub(super) struct Scope {
    /// Names of captures, by number.
    pub(super) captures: Vec<Arc<str>>,
    /// Mentions with all their extents; entity rules and absorbing rules see names as they were found.
    pub(super) full: bool,
    /// Whether it reaches over the end of a sentence.
    pub(super) crossing: bool,
    /// Whether it names a quotation mark: then marks of scare quotes are not passed over.
    pub(super) names_marks: bool,
    /// Features of verb groups asked for, by the capture they stand in (or none).
    pub(super) asked: Vec<(Option<u8>, VerbFeatures)>,
    pub(super) capture: Vec<u8>,
    pub(super) macros: Vec<String>,
}

impl Lowering<'_> {
    fn node(&mut self, location: Location) -> NodeId {
        self.nodes.push(location);
        NodeId(self.nodes.len() as u32 - 1)
    }

    /// Lowers a pattern. Names that are not known (they were reported) never match.
    pub(super) fn pattern(&mut self, pattern: &Pattern, scope: &mut Scope) -> Expression {
        let node = self.node(pattern.location);
        match &pattern.kind {
            PatternKind::Word { text, exact } => self.words(text, *exact, node, scope),
            PatternKind::Lemma(text) => self.lemmas(text, node),
            PatternKind::List { name, column } => self.list(&name.text, column.as_ref(), node),
            PatternKind::Found {
                name,
                features,
                head,
            } => self.found(&name.text, features.as_ref(), head.as_deref(), node, scope),
            PatternKind::Tag { upos, form } => self.tag(upos, form.as_ref(), node),
            PatternKind::Start => Expression::Place(self.tables.place(PlaceTest::Start), node),
            PatternKind::End => Expression::Place(self.tables.place(PlaceTest::End), node),
            PatternKind::Paragraph => {
                scope.crossing = true;
                Expression::Test(
                    self.tables.test(TokenTest::Boundary { paragraph: true }),
                    node,
                )
            }
            PatternKind::Test(test) => {
                let test = self.token_test(test);
                Expression::Test(test, node)
            }
            PatternKind::Macro(name) => self.inline(&name.text, node, scope),
            PatternKind::Sequence(parts) => {
                Expression::Sequence(parts.iter().map(|p| self.pattern(p, scope)).collect())
            }
            PatternKind::Alternative(parts) => {
                let parts = parts.iter().map(|p| self.pattern(p, scope)).collect();
                self.alternative(parts, node)
            }
            PatternKind::Repeat { pattern, min, max } => {
                Expression::Repeat(Box::new(self.pattern(pattern, scope)), *min, *max)
            }
            PatternKind::Gap { min, max } => Expression::Gap(*min, *max, node),
            PatternKind::Capture { name, pattern } => self.capture(&name.text, pattern, scope),
            PatternKind::Until(pattern) => self.until(pattern, node, scope),
            PatternKind::Context {
                before,
                negative,
                pattern,
            } => self.context(pattern, *before, *negative, node, scope),
            PatternKind::Regex {
                source,
                ignore_case,
            } => match regex(source, *ignore_case, false) {
                Some(regex) => Expression::Edge(self.tables.edge(EdgeKind::Regex(regex)), node),
                None => self.never(node),
            },
        }
    }

    /// Alternatives of one token each are one test: which of them it was makes no difference.
    fn alternative(&mut self, parts: Vec<Expression>, node: NodeId) -> Expression {
        let tests: Option<Vec<TestId>> = parts
            .iter()
            .map(|part| match part {
                Expression::Test(test, _) => Some(*test),
                _ => None,
            })
            .collect();
        match tests {
            Some(tests) => Expression::Test(self.tables.test(TokenTest::Or(tests)), node),
            None => Expression::Alternative(parts),
        }
    }

    /// Something that never matches.
    fn never(&mut self, node: NodeId) -> Expression {
        Expression::Test(self.tables.test(TokenTest::Or(Vec::new())), node)
    }

    fn words(&mut self, text: &str, exact: bool, node: NodeId, scope: &mut Scope) -> Expression {
        let mut parts = Vec::new();
        for word in pattern_words(text) {
            let id = self.vocabulary.intern(&folded(word));
            scope.names_marks |= matches!(folded(word).as_str(), "\"" | "``" | "''");
            // A clitic has several spellings and no capitals.
            let test = if exact && folded(word) != "'s" {
                TokenTest::Exact(id, word.into())
            } else {
                TokenTest::Word(id)
            };
            parts.push(Expression::Test(self.tables.test(test), node));
            if word == "." && !exact {
                let boundary = self.tables.test(TokenTest::Boundary { paragraph: false });
                parts.push(Expression::Repeat(
                    Box::new(Expression::Test(boundary, node)),
                    0,
                    Some(1),
                ));
                scope.crossing = true;
            }
        }
        sequence(parts)
    }

    /// `~"rule out"`: the first word in any inflection, the others as they are.
    fn lemmas(&mut self, text: &str, node: NodeId) -> Expression {
        let mut parts = Vec::new();
        for (number, word) in pattern_words(text).into_iter().enumerate() {
            let id = self.vocabulary.intern(&folded(word));
            let test = if number == 0 {
                TokenTest::Lemma(id)
            } else {
                TokenTest::Word(id)
            };
            parts.push(Expression::Test(self.tables.test(test), node));
        }
        sequence(parts)
    }

    /// The edge of a list, of a column, or of an attribute.
    fn list_edge(&self, name: &str, column: Option<&ast::Name>) -> Option<EdgeKind> {
        if let Some((number, _, list)) = self.pack.lists.get_full(name) {
            let column = match column {
                Some(column) => Some(list.column(&column.text)? as u16),
                None => None,
            };
            return Some(EdgeKind::Listed {
                list: number as u32,
                column,
            });
        }
        let type_ = self.names.type_(name)?;
        Some(EdgeKind::Document {
            type_,
            attribute: column?.text.clone(),
        })
    }

    fn list(&mut self, name: &str, column: Option<&ast::Name>, node: NodeId) -> Expression {
        match self.list_edge(name, column) {
            Some(kind) => Expression::Edge(self.tables.edge(kind), node),
            None => self.never(node),
        }
    }

    fn tag(&mut self, upos: &ast::Name, form: Option<&ast::Name>, node: NodeId) -> Expression {
        match tag_test(upos, form) {
            Some(test) => Expression::Test(self.tables.test(test), node),
            None => self.never(node),
        }
    }

    fn found(
        &mut self,
        name: &str,
        features: Option<&ast::Features>,
        head: Option<&Pattern>,
        node: NodeId,
        scope: &mut Scope,
    ) -> Expression {
        let kind = match self.names.found(name) {
            None => return self.never(node),
            Some(Found::Type(type_)) => mention_edge(type_, features, scope.full),
            Some(Found::Phrase(phrase)) => EdgeKind::Phrase(phrase),
            Some(Found::Relation(relation)) => EdgeKind::Relation(relation),
            Some(Found::Quotes) => EdgeKind::Quote(feature_test(features, |n| {
                QuoteFeatures::from_name(n).map(|f| f.0)
            })),
            Some(Found::Nouns) => {
                let features = feature_test(features, |n| NounFeatures::from_name(n).map(|f| f.0));
                return self.group(GroupKind::Nouns, features, head, node, scope);
            }
            Some(Found::Verbs) => {
                let features = feature_test(features, |n| VerbFeatures::from_name(n).map(|f| f.0));
                scope.asked.push((
                    scope.capture.last().copied(),
                    VerbFeatures(features.asked()),
                ));
                return self.group(GroupKind::Verbs, features, head, node, scope);
            }
        };
        Expression::Edge(self.tables.edge(kind), node)
    }

    /// A group; with a pattern for its head, the way to the head and then the pattern, which may run past the group.
    fn group(
        &mut self,
        kind: GroupKind,
        features: FeatureTest,
        head: Option<&Pattern>,
        node: NodeId,
        scope: &mut Scope,
    ) -> Expression {
        let Some(head) = head else {
            return Expression::Edge(self.tables.edge(kind.edge(features, false)), node);
        };
        let inside = self.pattern(head, scope);
        let way = self.tables.edge(kind.edge(features.clone(), true));
        let alone = self.tables.place(kind.place(features));
        let lead = Expression::Alternative(vec![
            Expression::Edge(way, node),
            Expression::Place(alone, node),
        ]);
        Expression::Sequence(vec![lead, inside])
    }

    fn inline(&mut self, name: &str, node: NodeId, scope: &mut Scope) -> Expression {
        let Some(declaration) = self.pack.macros.get(name) else {
            return self.never(node);
        };
        if scope.macros.iter().any(|m| m == name) {
            return self.never(node);
        }
        scope.macros.push(name.to_owned());
        let expression = self.pattern(&declaration.pattern, scope);
        scope.macros.pop();
        expression
    }

    fn capture(&mut self, name: &str, pattern: &Pattern, scope: &mut Scope) -> Expression {
        let number = if let Some(number) = scope.captures.iter().position(|c| **c == *name) {
            number as u8
        } else {
            scope.captures.push(name.into());
            scope.captures.len() as u8 - 1
        };
        scope.capture.push(number);
        let inside = self.pattern(pattern, scope);
        scope.capture.pop();
        Expression::Capture(number, Box::new(inside))
    }

    /// The state of a context knows nothing of captures.
    fn inner(&mut self, pattern: &Pattern, scope: &Scope) -> Expression {
        let mut inner = Scope {
            full: scope.full,
            macros: scope.macros.clone(),
            ..Scope::default()
        };
        self.pattern(pattern, &mut inner)
    }

    fn until(&mut self, pattern: &Pattern, node: NodeId, scope: &Scope) -> Expression {
        let inside = self.inner(pattern, scope);
        let Ok(program) = Program::single(&inside, true) else {
            return self.never(node);
        };
        let place = self.tables.place(PlaceTest::Context {
            program,
            before: true,
            negative: false,
        });
        Expression::Edge(self.tables.edge(EdgeKind::Until(place)), node)
    }

    fn context(
        &mut self,
        pattern: &Pattern,
        before: bool,
        negative: bool,
        node: NodeId,
        scope: &Scope,
    ) -> Expression {
        let inside = self.inner(pattern, scope);
        let Ok(program) = Program::single(&inside, before) else {
            return self.never(node);
        };
        Expression::Place(
            self.tables.place(PlaceTest::Context {
                program,
                before,
                negative,
            }),
            node,
        )
    }

    /// Lowers a test on one token.
    pub(super) fn token_test(&mut self, test: &ast::TokenTest) -> TestId {
        let lowered = self
            .token_test_kind(&test.kind)
            .unwrap_or(TokenTest::Or(Vec::new()));
        self.tables.test(lowered)
    }

    fn token_test_kind(&mut self, kind: &TokenTestKind) -> Option<TokenTest> {
        Some(match kind {
            TokenTestKind::And(parts) => {
                TokenTest::And(parts.iter().map(|p| self.token_test(p)).collect())
            }
            TokenTestKind::Or(parts) => {
                TokenTest::Or(parts.iter().map(|p| self.token_test(p)).collect())
            }
            TokenTestKind::Not(inner) => TokenTest::Not(self.token_test(inner)),
            TokenTestKind::Shape(name) => TokenTest::Shape(Shape::from_name(name)?),
            TokenTestKind::Length(comparison, length) => TokenTest::Length(*comparison, *length),
            TokenTestKind::Word { text, exact } => {
                let id = self.vocabulary.intern(&folded(text));
                if *exact {
                    TokenTest::Exact(id, text.as_str().into())
                } else {
                    TokenTest::Word(id)
                }
            }
            TokenTestKind::Lemma(text) => TokenTest::Lemma(self.vocabulary.intern(&folded(text))),
            TokenTestKind::List { name, column } => {
                let kind = self.list_edge(&name.text, column.as_ref())?;
                TokenTest::Edge(self.tables.edge(kind))
            }
            TokenTestKind::Tag { upos, form } => tag_test(upos, form.as_ref())?,
            TokenTestKind::Regex {
                source,
                ignore_case,
            } => TokenTest::Regex(regex(source, *ignore_case, true)?),
            TokenTestKind::Inside(name) => {
                let kind = match self.names.found(&name.text)? {
                    Found::Type(type_) => mention_edge(type_, None, false),
                    Found::Phrase(phrase) => EdgeKind::Phrase(phrase),
                    Found::Relation(relation) => EdgeKind::Relation(relation),
                    Found::Quotes => EdgeKind::Quote(FeatureTest::default()),
                    Found::Nouns => GroupKind::Nouns.edge(FeatureTest::default(), false),
                    Found::Verbs => GroupKind::Verbs.edge(FeatureTest::default(), false),
                };
                TokenTest::Inside(self.tables.edge(kind))
            }
        })
    }

    /// Words of a list entry.
    pub(super) fn entry_words(&mut self, text: &str, words: &mut Vec<WordId>, buffer: &mut String) {
        words.clear();
        for token in tokenize(text) {
            buffer.clear();
            crate::rules::vocabulary::fold(token.spelling(text), buffer);
            words.push(self.vocabulary.intern(buffer));
        }
    }
}

/// The two kinds of groups.
#[derive(Clone, Copy, Debug)]
enum GroupKind {
    Nouns,
    Verbs,
}

impl GroupKind {
    fn edge(self, features: FeatureTest, to_head: bool) -> EdgeKind {
        match self {
            Self::Nouns => EdgeKind::Nouns { features, to_head },
            Self::Verbs => EdgeKind::Verbs { features, to_head },
        }
    }

    fn place(self, features: FeatureTest) -> PlaceTest {
        match self {
            Self::Nouns => PlaceTest::Noun(features),
            Self::Verbs => PlaceTest::Verb(features),
        }
    }
}

/// The tokens of words in a pattern. A clitic stands alone there; in text it is split from the word before it.
fn pattern_words(text: &str) -> Vec<&str> {
    const CLITICS: [&str; 8] = ["'s", "'re", "'ve", "'ll", "'d", "'m", "n't", "'"];
    if CLITICS.contains(&folded(text).as_str()) {
        return vec![text];
    }
    tokenize(text)
        .iter()
        .map(|token| token.spelling(text))
        .collect()
}

fn sequence(mut parts: Vec<Expression>) -> Expression {
    match parts.len() {
        0 => Expression::Empty,
        1 => parts.remove(0),
        _ => Expression::Sequence(parts),
    }
}

fn tag_test(upos: &ast::Name, form: Option<&ast::Name>) -> Option<TokenTest> {
    let form = match form {
        Some(form) => Some(Form::from_name(&form.text)?),
        None => None,
    };
    Some(TokenTest::Tag(Upos::from_name(&upos.text)?, form))
}

/// A regular expression; on a whole token it is anchored at both ends.
fn regex(source: &str, ignore_case: bool, whole: bool) -> Option<WrittenRegex> {
    let source = if whole {
        format!("^(?:{source})$")
    } else {
        source.to_owned()
    };
    let regex = RegexBuilder::new(&source)
        .case_insensitive(ignore_case)
        .size_limit(1 << 20)
        .build()
        .ok()?;
    Some(WrittenRegex { regex, ignore_case })
}

fn feature_test(
    features: Option<&ast::Features>,
    bit: impl Fn(&str) -> Option<u32>,
) -> FeatureTest {
    let Some(features) = features else {
        return FeatureTest::default();
    };
    let clauses = features.all.iter().map(|any| {
        let mut clause = Clause::default();
        for feature in any {
            let bits = bit(&feature.name.text).unwrap_or(0);
            if feature.negative {
                clause.absent |= bits;
            } else {
                clause.present |= bits;
            }
        }
        clause
    });
    FeatureTest(clauses.collect())
}

/// `@Person{name}`: kinds; `@Person{former}`: attributes.
fn mention_edge(
    type_: crate::rules::TypeId,
    features: Option<&ast::Features>,
    full: bool,
) -> EdgeKind {
    let mut kinds = KindSet::DEFAULT;
    let mut attributes = Vec::new();
    let mut single = 0;
    for any in features.iter().flat_map(|f| &f.all) {
        let mut asked = 0;
        let mut refused = 0;
        let mut clause = Vec::new();
        for feature in any {
            match KindSet::from_name(&feature.name.text) {
                Some(KindSet::SINGLE) => single = KindSet::SINGLE.0,
                Some(kind) if feature.negative => refused |= kind.0,
                Some(kind) => asked |= kind.0,
                None => clause.push((feature.negative, feature.name.text.clone())),
            }
        }
        if asked != 0 {
            kinds = KindSet(asked);
        }
        kinds = KindSet(kinds.0 & !refused);
        if !clause.is_empty() {
            attributes.push(clause);
        }
    }
    EdgeKind::Mention {
        type_,
        kinds: KindSet(kinds.0 | single),
        attributes,
        full,
    }
}
