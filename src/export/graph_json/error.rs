//! What is wrong with a file, and where.

use super::SCHEMA;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fmt;

/// What keeps Graph JSON from being a graph, with its place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{line}:{column}: {}{message}", shown(path))]
pub struct GraphJsonError {
    /// Line of the file, from 1.
    pub line: usize,
    /// Column in code points, from 1.
    pub column: usize,
    /// `relations[3].source`; empty where the fault is the object as a whole.
    pub path: String,
    /// What is wrong and what to do.
    pub message: String,
}

fn shown(path: &str) -> String {
    if path.is_empty() {
        String::new()
    } else {
        format!("{path}: ")
    }
}

/// A step into an object or a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Key(String),
    Index(usize),
}

/// Where in an object something stands; costs nothing until there is a fault.
#[derive(Clone, Copy)]
pub(super) enum Place<'p> {
    Root,
    Key(&'p Self, &'p str),
    Index(&'p Self, usize),
}

impl Place<'_> {
    /// A fault here.
    pub(super) fn fault(&self, message: impl Into<String>) -> Fault {
        let mut steps = Vec::new();
        let mut place = self;
        loop {
            place = match place {
                Self::Root => break,
                Self::Key(above, key) => {
                    steps.push(Step::Key((*key).to_owned()));
                    above
                }
                Self::Index(above, index) => {
                    steps.push(Step::Index(*index));
                    above
                }
            };
        }
        steps.reverse();
        Fault {
            steps,
            message: message.into(),
        }
    }
}

/// A fault with its way from the root, not yet found in the file.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    steps: Vec<Step>,
    message: String,
}

impl Fault {
    /// Finds it in the file.
    pub(super) fn in_text(self, json: &str) -> GraphJsonError {
        let (line, column) = line_column(json, offset(json, &self.steps));
        GraphJsonError {
            line,
            column,
            path: Path(&self.steps).to_string(),
            message: self.message,
        }
    }
}

struct Path<'s>(&'s [Step]);

impl fmt::Display for Path<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if number == 0 => write!(out, "{key}")?,
                Step::Key(key) => write!(out, ".{key}")?,
                Step::Index(index) => write!(out, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// The byte where a value starts; that of the last value on the way which is there.
fn offset(json: &str, steps: &[Step]) -> usize {
    let Ok(mut value) = serde_json::from_str::<&RawValue>(json) else {
        return 0;
    };
    for step in steps {
        let next = match step {
            Step::Key(key) => serde_json::from_str::<BTreeMap<String, &RawValue>>(value.get())
                .ok()
                .and_then(|members| members.get(key).copied()),
            Step::Index(index) => serde_json::from_str::<Vec<&RawValue>>(value.get())
                .ok()
                .and_then(|members| members.get(*index).copied()),
        };
        let Some(next) = next else { break };
        value = next;
    }
    // The value is a part of the text, so this is where it stands in it.
    let distance = value
        .get()
        .as_ptr()
        .addr()
        .checked_sub(json.as_ptr().addr());
    distance.filter(|d| *d <= json.len()).unwrap_or(0)
}

/// Line and column of a byte, from 1.
fn line_column(json: &str, offset: usize) -> (usize, usize) {
    let before = &json.as_bytes()[..offset.min(json.len())];
    let line = memchr::memchr_iter(b'\n', before).count() + 1;
    let start = before
        .iter()
        .rposition(|&b| b == b'\n')
        .map_or(0, |p| p + 1);
    let points = before[start..].iter().filter(|&&b| b & 0xc0 != 0x80);
    (line, points.count() + 1)
}

/// What serde says, with its column in code points; a file of another version is told so first.
pub(super) fn of_serde(
    json: &str,
    error: &serde_path_to_error::Error<serde_json::Error>,
) -> GraphJsonError {
    #[derive(Deserialize)]
    struct Version {
        schema: Option<String>,
    }
    if let Ok(Version { schema }) = serde_json::from_str(json)
        && let Some(fault) = version_fault(schema.as_deref())
    {
        return fault.in_text(json);
    }
    let inner = error.inner();
    let start = json
        .split_inclusive('\n')
        .take(inner.line().saturating_sub(1))
        .map(str::len)
        .sum::<usize>();
    // serde_json counts the bytes that it has read of the line.
    let offset = start + inner.column().saturating_sub(1);
    let (line, column) = line_column(json, offset);
    let path = error.path().to_string();
    GraphJsonError {
        line,
        column,
        path: if path == "." { String::new() } else { path },
        message: message(inner),
    }
}

/// What is wrong with the version of a file, if something is.
pub(super) fn version_fault(schema: Option<&str>) -> Option<Fault> {
    let place = Place::Key(&Place::Root, "schema");
    match schema {
        Some(SCHEMA) => None,
        Some(other) => Some(place.fault(format!(
            "`{other}` is not what is read here, `{SCHEMA}`; a newer sayso may read it"
        ))),
        None => Some(place.fault(format!(
            "not there, so this is no Graph JSON; `sayso extract --format json` writes it, with `{SCHEMA}`"
        ))),
    }
}

/// Without the place, which stands in front already.
fn message(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let cut = text.rsplit_once(" at line ").map(|(message, _)| message);
    cut.unwrap_or(&text).to_owned()
}
