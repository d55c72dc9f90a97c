//! Graph JSON as it is read, with what a gold file says in addition.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The schema that is read.
const SCHEMA: &str = "sayso-graph/1";

/// Graph JSON of one article, found or gold.
#[derive(Clone, Debug, Deserialize)]
pub struct GraphFile {
    /// `sayso-graph/1`
    pub schema: String,
    /// The article.
    pub documents: Vec<DocumentEntry>,
    /// Who and what.
    pub entities: Vec<EntityEntry>,
    /// Reported contents.
    #[serde(default)]
    pub statements: Vec<StatementEntry>,
    /// Edges.
    pub relations: Vec<RelationEntry>,
    /// Gold: relations that are plausible and wrong.
    #[serde(default)]
    pub negatives: Vec<RelationEntry>,
    /// Gold: the types it is complete for; finds of other types are neither right nor wrong. None: all.
    #[serde(default)]
    pub annotated: Option<Vec<String>>,
}

/// A document.
#[derive(Clone, Debug, Deserialize)]
pub struct DocumentEntry {
    /// Its name.
    pub id: String,
    /// Of its text.
    #[serde(default)]
    pub sha256: Option<String>,
    /// When it was published.
    #[serde(default)]
    pub date: Option<String>,
}

/// How hard it is to find.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    /// Any good rule-based extractor must find it.
    #[default]
    Core,
    /// Needs coreference across sentences, a noun as cue, a quotation that stands alone.
    Good,
    /// Needs inference or knowledge of the world.
    Stretch,
}

impl Tier {
    /// `core`
    pub fn name(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::Good => "good",
            Self::Stretch => "stretch",
        }
    }
}

/// An entity.
#[derive(Clone, Debug, Deserialize)]
pub struct EntityEntry {
    /// `country/latvia`
    pub id: String,
    /// `Country`
    #[serde(rename = "type")]
    pub type_: String,
    /// Canonical name.
    pub name: String,
    /// Gold: other names that are right.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Gold: other types that are right, where the text does not say (a town that might be a mere place).
    #[serde(default)]
    pub accept_types: Vec<String>,
    /// Where it is mentioned.
    #[serde(default)]
    pub mentions: Vec<MentionEntry>,
    /// Gold.
    #[serde(default)]
    pub tier: Tier,
    /// Gold: right where found, no loss where not.
    #[serde(default)]
    pub optional: bool,
}

/// A mention.
#[derive(Clone, Debug, Deserialize)]
pub struct MentionEntry {
    /// Where.
    #[serde(flatten)]
    pub span: SpanEntry,
    /// `name`, `nominal` or `pronoun`.
    pub kind: String,
    /// `Country/listed`
    #[serde(default)]
    pub rule: Option<String>,
}

/// A stretch of the article, in code points.
#[derive(Clone, Debug, Deserialize)]
pub struct SpanEntry {
    /// First code point.
    pub start: u32,
    /// Behind the last.
    pub end: u32,
    /// The words.
    pub text: String,
}

/// A reported content.
#[derive(Clone, Debug, Deserialize)]
pub struct StatementEntry {
    /// `article#stmt-…`
    pub id: String,
    /// Its pieces.
    pub content: Vec<SpanEntry>,
}

/// The sentence of a relation.
#[derive(Clone, Debug, Deserialize)]
pub struct Evidence {
    /// Where.
    #[serde(flatten)]
    pub span: SpanEntry,
}

/// What an argument is bound to.
#[derive(Clone, Debug, Deserialize)]
pub struct ArgumentEntry {
    /// Id of an entity.
    #[serde(default)]
    pub entity: Option<String>,
    /// Id of a statement.
    #[serde(default)]
    pub statement: Option<String>,
    /// Its words.
    #[serde(flatten)]
    pub span: Option<SpanEntry>,
}

/// An argument: one piece, several, or a mere flag.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum ArgumentValue {
    /// `former: true`
    Flag(bool),
    /// In several pieces.
    Many(Vec<ArgumentEntry>),
    /// In one.
    One(ArgumentEntry),
}

impl ArgumentValue {
    /// Its pieces.
    pub fn entries(&self) -> &[ArgumentEntry] {
        match self {
            Self::Flag(_) => &[],
            Self::Many(entries) => entries,
            Self::One(entry) => std::slice::from_ref(entry),
        }
    }
}

/// A rule, as a relation names it.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct RuleEntry {
    /// `said`
    pub id: String,
    /// `inverted`
    pub variant: String,
    /// Rule file.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
}

/// An edge. A negative is one too, of which only what it names is compared.
#[derive(Clone, Debug, Deserialize)]
pub struct RelationEntry {
    /// `article#rel-…`
    #[serde(default)]
    pub id: String,
    /// `said`
    #[serde(rename = "type")]
    pub type_: String,
    /// Id of an entity.
    #[serde(default)]
    pub source: Option<String>,
    /// Id of an entity or statement.
    #[serde(default)]
    pub target: Option<String>,
    /// Words that are the target.
    #[serde(default)]
    pub literal: Option<SpanEntry>,
    /// By the names of the signature.
    #[serde(default)]
    pub arguments: BTreeMap<String, ArgumentValue>,
    /// `positive` or `negative`.
    #[serde(default)]
    pub polarity: Option<String>,
    /// `asserted`, `future`, …
    #[serde(default)]
    pub modality: Option<String>,
    /// Id of the statement whose claim it is.
    #[serde(default)]
    pub within: Option<String>,
    /// The sentence.
    #[serde(default)]
    pub evidence: Option<Evidence>,
    /// What made it.
    #[serde(default)]
    pub rule: Option<RuleEntry>,
    /// Gold.
    #[serde(default)]
    pub tier: Tier,
    /// Gold: right where found, no loss where not.
    #[serde(default)]
    pub optional: bool,
    /// Gold: why a negative is wrong.
    #[serde(default)]
    pub why: Option<String>,
}

/// A file that is not of the form.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{place}: {message}")]
pub struct FileError {
    /// `relations[3].evidence, line 40`
    pub place: String,
    /// What is wrong.
    pub message: String,
}

impl GraphFile {
    /// Reads Graph JSON of one article.
    pub fn read(json: &str) -> Result<Self, FileError> {
        let mut deserializer = serde_json::Deserializer::from_str(json);
        let file: Self = serde_path_to_error::deserialize(&mut deserializer).map_err(|e| {
            let inner = e.inner();
            FileError {
                place: format!(
                    "{}, line {} column {}",
                    e.path(),
                    inner.line(),
                    inner.column()
                ),
                message: message(inner),
            }
        })?;
        deserializer.end().map_err(|e| FileError {
            place: format!("line {} column {}", e.line(), e.column()),
            message: "a second object begins; a gold file is one article".to_owned(),
        })?;
        let fault = |place: &str, message: String| FileError {
            place: place.to_owned(),
            message,
        };
        if file.schema != SCHEMA {
            let message = format!("is {:?}; {SCHEMA:?} is read", file.schema);
            return Err(fault("schema", message));
        }
        if file.documents.len() != 1 {
            let message = format!("has {} documents; one article a file", file.documents.len());
            return Err(fault("documents", message));
        }
        Ok(file)
    }

    /// Whether finds of a type are judged.
    pub(super) fn judges(&self, type_: &str) -> bool {
        let named = |types: &Vec<String>| types.iter().any(|t| t == type_);
        self.annotated.as_ref().is_none_or(named)
    }

    /// A statement by its id.
    pub(super) fn statement(&self, id: &str) -> Option<&StatementEntry> {
        self.statements.iter().find(|s| s.id == id)
    }

    /// An entity by its id, with its place in the list.
    pub(super) fn entity(&self, id: &str) -> Option<(usize, &EntityEntry)> {
        self.entities.iter().enumerate().find(|(_, e)| e.id == id)
    }
}

/// Without the place, which stands in front already.
fn message(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ")
        .map_or(text.clone(), |(message, _)| message.to_owned())
}
