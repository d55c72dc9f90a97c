//! What is said to the author of a rule file: plain data, drawn by the command line.

use crate::text::Span;

/// Index of a rule or list file in [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// A rule or list file as it was read.
#[derive(Clone, Debug)]
pub struct Source {
    /// Path as shown to the user, relative to the pack's folder, with `/`.
    pub path: String,
    /// The whole text.
    pub text: String,
    /// Where its lines begin.
    lines: Vec<u32>,
}

/// All files a rule set came from.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// The files, by [`SourceId`].
    pub files: Vec<Source>,
}

impl Sources {
    /// Adds a file and gives its id.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> SourceId {
        let text = text.into();
        let ends = memchr::memchr_iter(b'\n', text.as_bytes());
        self.files.push(Source {
            path: path.into(),
            lines: [0]
                .into_iter()
                .chain(ends.map(|end| end as u32 + 1))
                .collect(),
            text,
        });
        SourceId(self.files.len() as u32 - 1)
    }

    /// The file with this id.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.files[id.0 as usize]
    }

    /// Line and column (both from 1, column in code points) of a byte offset in a file.
    pub fn line_column(&self, id: SourceId, offset: u32) -> (u32, u32) {
        let Source { text, lines, .. } = self.get(id);
        let offset = offset.min(text.len() as u32);
        let line = lines.partition_point(|start| *start <= offset);
        let before = &text[lines[line - 1] as usize..offset as usize];
        (line as u32, before.chars().count() as u32 + 1)
    }
}

/// A place in a rule file: bytes of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The file.
    pub source: SourceId,
    /// Bytes in the file.
    pub span: Span,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The declaration or item is left out.
    Error,
    /// It works, yet hardly as meant.
    Warning,
    /// Worth knowing.
    Note,
}

/// A marked place with a few words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub location: Location,
    /// What is to be seen there; may be empty.
    pub text: String,
}

/// A suggested edit: replace these bytes by this text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What to replace; may be empty, then it is an insertion.
    pub location: Location,
    /// The new text.
    pub replacement: String,
    /// Whether nothing else can be meant; else it is a guess, for a person to judge.
    pub certain: bool,
}

/// One message about rule files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Kebab-case slug, such as `unknown-type`.
    pub code: &'static str,
    /// Lower case, no final stop, names in backticks.
    pub message: String,
    /// Marked places; the first is the main one.
    pub labels: Vec<Label>,
    /// What to do, if known.
    pub help: Option<String>,
    /// Edits that would mend it.
    pub edits: Vec<Edit>,
}

impl Diagnostic {
    /// An error at one place.
    pub fn error(code: &'static str, message: impl Into<String>, location: Location) -> Self {
        Self::new(Severity::Error, code, message, location)
    }

    /// A warning at one place.
    pub fn warning(code: &'static str, message: impl Into<String>, location: Location) -> Self {
        Self::new(Severity::Warning, code, message, location)
    }

    fn new(
        severity: Severity,
        code: &'static str,
        message: impl Into<String>,
        location: Location,
    ) -> Self {
        let label = Label {
            location,
            text: String::new(),
        };
        Self {
            severity,
            code,
            message: message.into(),
            labels: vec![label],
            help: None,
            edits: Vec::new(),
        }
    }

    /// With words at the main place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.labels[0].text = text.into();
        self
    }

    /// With one more marked place.
    #[must_use]
    pub fn also(mut self, location: Location, text: impl Into<String>) -> Self {
        self.labels.push(Label {
            location,
            text: text.into(),
        });
        self
    }

    /// With advice.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// With a mechanical edit: nothing else can be meant.
    #[must_use]
    pub fn edit(self, location: Location, replacement: impl Into<String>) -> Self {
        self.with_edit(location, replacement.into(), true)
    }

    /// With an edit that is one of several readings, or a name that is only like the one that is written.
    #[must_use]
    pub fn guess(self, location: Location, replacement: impl Into<String>) -> Self {
        self.with_edit(location, replacement.into(), false)
    }

    fn with_edit(mut self, location: Location, replacement: String, certain: bool) -> Self {
        self.edits.push(Edit {
            location,
            replacement,
            certain,
        });
        self
    }
}

/// Names less alike than this are not suggested.
const LIKENESS: f64 = 0.7;

/// The known name that is most like this one; among equals the first.
pub fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let lower = name.to_lowercase();
    let mut best: Option<(f64, &str)> = None;
    for candidate in known {
        let likeness = if candidate.to_lowercase() == lower {
            1.0
        } else {
            let edits = strsim::damerau_levenshtein(&lower, &candidate.to_lowercase());
            if edits > lower.chars().count().div_ceil(3) {
                continue;
            }
            strsim::jaro_winkler(&lower, &candidate.to_lowercase())
        };
        if candidate != name && likeness >= LIKENESS && best.is_none_or(|(most, _)| likeness > most)
        {
            best = Some((likeness, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}
