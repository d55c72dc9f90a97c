//! JSON Lines: an article a line.

use super::input::{MOST, too_long};
use anyhow::{anyhow, bail};
use serde::Deserialize;
use std::io::{BufRead, BufReader, Read};

/// An article as it is written: `{"id": "a", "text": "…", "date": "2026-03-05"}`.
pub(super) struct Line {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) date: Option<String>,
}

#[derive(Deserialize)]
struct Written {
    id: Label,
    text: String,
    /// When it was published; `dct` and `datePublished` are what corpora and schema.org call it.
    #[serde(default, alias = "dct", alias = "datePublished")]
    date: Option<Label>,
}

/// Text, or a number that stands for one.
#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "an `id` or `date` that is neither text nor a number"
)]
enum Label {
    Text(String),
    Number(serde_json::Number),
}

impl Label {
    fn text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Number(number) => number.to_string(),
        }
    }
}

impl Line {
    fn read(bytes: &[u8]) -> anyhow::Result<Self> {
        let written: Written = serde_json::from_slice(bytes).map_err(|error| {
            let (column, told) = (error.column(), error.to_string());
            let place = format!(" at line {} column {column}", error.line());
            let told = told.strip_suffix(&place).unwrap_or(&told);
            let told = told.replace("struct Written", "an object");
            anyhow!("column {column}: {told}; each line is an object with `id` and `text`")
        })?;
        let id = written.id.text();
        if id.is_empty() {
            bail!("`id` is empty: each article needs a name of its own");
        }
        Ok(Self {
            id,
            text: written.text,
            date: written.date.map(Label::text),
        })
    }
}

/// The lines of a file that are not blank, each with its name (`news.jsonl:3`).
pub(super) struct Lines {
    file: String,
    reader: BufReader<Box<dyn Read + Send>>,
    number: u64,
    /// Nothing more can be read.
    broken: bool,
}

impl Lines {
    pub(super) fn new(file: String, reader: Box<dyn Read + Send>) -> Self {
        Self {
            file,
            reader: BufReader::new(reader),
            number: 0,
            broken: false,
        }
    }

    /// The bytes of the next line, none at the end. Of one that is too long the rest is skipped.
    fn bytes(&mut self) -> std::io::Result<Option<Result<Vec<u8>, String>>> {
        let mut bytes = Vec::new();
        let mut limited = self.reader.by_ref().take(MOST + 1);
        let read = limited.read_until(b'\n', &mut bytes)?;
        if read as u64 > MOST {
            if bytes.last() != Some(&b'\n') {
                self.reader.skip_until(b'\n')?;
            }
            return Ok(Some(Err(too_long())));
        }
        Ok((read > 0).then_some(Ok(bytes)))
    }
}

impl Iterator for Lines {
    type Item = (String, anyhow::Result<Line>);

    fn next(&mut self) -> Option<Self::Item> {
        while !self.broken {
            self.number += 1;
            let file = format!("{}:{}", self.file, self.number);
            match self.bytes() {
                Ok(None) => return None,
                Ok(Some(Ok(bytes))) if bytes.trim_ascii().is_empty() => {}
                Ok(Some(Ok(bytes))) => return Some((file, Line::read(&bytes))),
                Ok(Some(Err(too_long))) => return Some((file, Err(anyhow!(too_long)))),
                Err(error) => {
                    self.broken = true;
                    return Some((file, Err(error.into())));
                }
            }
        }
        None
    }
}
