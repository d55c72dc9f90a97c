//! Articles from files, folders, standard input and JSON Lines.

use super::args::InputFormat;
use crate::text::{Document, decode};
use anyhow::Context;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, IsTerminal, Read};
use std::path::{Path, PathBuf};

/// An article, or why it is none; `file` is its name as shown.
pub(super) struct Article {
    pub(super) file: String,
    pub(super) document: anyhow::Result<Document>,
}

/// A line of JSON Lines.
#[derive(Deserialize)]
struct Line {
    id: serde_json::Value,
    text: String,
    /// When it was published; `dct` and `datePublished` are what corpora and schema.org call it.
    #[serde(default, alias = "dct", alias = "datePublished")]
    date: Option<String>,
}

/// The files that paths name: folders are looked through for text files, `.gitignore` honoured, in order of names.
pub(super) fn files(inputs: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for input in inputs {
        if input.as_os_str() != "-" && input.is_dir() {
            let mut walk = ignore::WalkBuilder::new(input);
            walk.sort_by_file_path(Path::cmp).require_git(false);
            for entry in walk.build() {
                let entry = entry.with_context(|| format!("cannot read {}", input.display()))?;
                let is_text = entry
                    .path()
                    .extension()
                    .is_some_and(|e| e == "txt" || e == "text" || e == "jsonl");
                if is_text && entry.file_type().is_some_and(|t| t.is_file()) {
                    files.push(entry.into_path());
                }
            }
        } else {
            files.push(input.clone());
        }
    }
    Ok(files)
}

/// Whether there is nothing to read but a keyboard.
pub(super) fn is_keyboard() -> bool {
    std::io::stdin().is_terminal()
}

fn open(path: &Path) -> anyhow::Result<Box<dyn Read + Send>> {
    if path.as_os_str() == "-" {
        return Ok(Box::new(std::io::stdin()));
    }
    let file =
        std::fs::File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    Ok(Box::new(file))
}

/// Reads articles one after the other.
pub(super) struct Reader {
    files: std::vec::IntoIter<PathBuf>,
    format: InputFormat,
    date: Option<jiff::civil::Date>,
    /// Whether documents of one name get a number behind it.
    numbered: bool,
    lines: Option<Lines>,
    names: BTreeMap<String, u32>,
}

struct Lines {
    file: String,
    reader: BufReader<Box<dyn Read + Send>>,
    number: u64,
}

impl Reader {
    pub(super) fn new(
        files: Vec<PathBuf>,
        format: InputFormat,
        date: Option<jiff::civil::Date>,
        numbered: bool,
    ) -> Self {
        Self {
            files: files.into_iter(),
            format,
            date,
            numbered,
            lines: None,
            names: BTreeMap::new(),
        }
    }

    fn unique(&mut self, name: &str) -> String {
        let count = self.names.entry(name.to_owned()).or_default();
        *count += 1;
        if *count == 1 || !self.numbered {
            name.to_owned()
        } else {
            format!("{name}-{count}")
        }
    }

    fn article(&mut self, path: &Path) -> Article {
        let file = if path.as_os_str() == "-" {
            "standard input".to_owned()
        } else {
            path.display().to_string()
        };
        let document = read(path).map(|text| {
            let stem = path
                .file_stem()
                .map_or("document".into(), |s| s.to_string_lossy());
            let name = if path.as_os_str() == "-" {
                "document"
            } else {
                &stem
            };
            let name = self.unique(name);
            self.dated(Document::new(name, text))
        });
        Article { file, document }
    }

    fn dated(&self, mut document: Document) -> Document {
        document.date = document.date.or(self.date);
        document
    }

    fn line(&mut self) -> Option<Article> {
        loop {
            let lines = self.lines.as_mut()?;
            let mut bytes = Vec::new();
            lines.number += 1;
            let file = format!("{}:{}", lines.file, lines.number);
            match lines.reader.read_until(b'\n', &mut bytes) {
                Ok(0) => {
                    self.lines = None;
                    return None;
                }
                Ok(_) if bytes.trim_ascii().is_empty() => {}
                Ok(_) => {
                    let document = self.parse(&bytes);
                    return Some(Article { file, document });
                }
                Err(error) => {
                    self.lines = None;
                    return Some(Article {
                        file,
                        document: Err(error.into()),
                    });
                }
            }
        }
    }

    fn parse(&mut self, bytes: &[u8]) -> anyhow::Result<Document> {
        let line: Line = serde_json::from_slice(bytes).map_err(|e| {
            anyhow::anyhow!(
                "column {}: {e}; each line is an object with `id` and `text`",
                e.column()
            )
        })?;
        let name = line
            .id
            .as_str()
            .map_or_else(|| line.id.to_string(), str::to_owned);
        let name = self.unique(&name);
        let mut document = Document::new(name, line.text);
        if let Some(date) = line.date {
            document.date = day(&date);
            if document.date.is_none() {
                let name = &document.id;
                anstream::eprintln!(
                    "warning: {name}: `date` is {date:?}, not YYYY-MM-DD: taken as unknown"
                );
            }
        }
        Ok(self.dated(document))
    }
}

impl Iterator for Reader {
    type Item = Article;

    fn next(&mut self) -> Option<Article> {
        loop {
            if let Some(article) = self.line() {
                return Some(article);
            }
            let path = self.files.next()?;
            if self.format == InputFormat::Text {
                return Some(self.article(&path));
            }
            let file = path.display().to_string();
            match open(&path) {
                Ok(reader) => {
                    self.lines = Some(Lines {
                        file,
                        reader: BufReader::new(reader),
                        number: 0,
                    });
                }
                Err(error) => {
                    return Some(Article {
                        file,
                        document: Err(error),
                    });
                }
            }
        }
    }
}

/// A calendar day, as corpora write it; a time behind it does not matter.
fn day(date: &str) -> Option<jiff::civil::Date> {
    const FORMS: [(&str, usize); 3] = [("%Y-%m-%d", 10), ("%Y%m%d", 8), ("%m/%d/%Y", 10)];
    FORMS
        .iter()
        .find_map(|(form, length)| jiff::civil::Date::strptime(form, date.get(..*length)?).ok())
}

/// The decoded text of a file.
pub(super) fn read(path: &Path) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    open(path)?.read_to_end(&mut bytes)?;
    Ok(decode(&bytes)?.text)
}
