//! Articles from files, folders, standard input and JSON Lines.

use super::args::InputFormat;
use super::json_lines::{Line, Lines};
use crate::text::{Document, decode};
use anyhow::{Context, bail};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{IsTerminal, Read, Seek};
use std::path::{Path, PathBuf};

/// An article, or why it is none; `file` is its name as shown.
pub(super) struct Article {
    pub(super) file: String,
    pub(super) document: anyhow::Result<Document>,
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

pub(super) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// How an input is called.
pub(super) fn shown(path: &Path) -> String {
    if is_stdin(path) {
        "standard input".to_owned()
    } else {
        path.display().to_string()
    }
}

/// What the document of a text file is called.
fn stem(path: &Path) -> String {
    let stem = path.file_stem().filter(|_| !is_stdin(path));
    stem.map_or("document".into(), |s| s.to_string_lossy())
        .into_owned()
}

pub(super) fn open(path: &Path) -> anyhow::Result<Box<dyn Read + Send>> {
    if is_stdin(path) {
        return Ok(Box::new(std::io::stdin()));
    }
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    Ok(Box::new(file))
}

/// The name of the files of a document, without an ending.
pub(super) fn file_name(id: &str) -> String {
    id.replace(['/', '\\'], "-")
}

/// Reads articles one after the other.
pub(super) struct Reader {
    files: Vec<PathBuf>,
    /// How many of the files have been opened.
    opened: usize,
    format: InputFormat,
    date: Option<jiff::civil::Date>,
    /// Whether documents of one name get a number behind it.
    numbered: bool,
    lines: Option<Lines>,
    names: BTreeMap<String, u32>,
    /// Standard input, where it was read before.
    spooled: Option<File>,
}

impl Reader {
    pub(super) fn new(
        files: Vec<PathBuf>,
        format: InputFormat,
        date: Option<jiff::civil::Date>,
    ) -> Self {
        Self {
            files,
            opened: 0,
            format,
            date,
            numbered: true,
            lines: None,
            names: BTreeMap::new(),
            spooled: None,
        }
    }

    /// How many articles there will be, where that is known.
    pub(super) fn total(&self) -> Option<u64> {
        (self.format == InputFormat::Text).then_some(self.files.len() as u64)
    }

    /// Makes sure that no two articles have one name, so that each can have a file of its own: a number behind a name
    /// would depend on the order of the inputs.
    pub(super) fn refuse_clashes(&mut self) -> anyhow::Result<()> {
        self.numbered = false;
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        let mut take = |id: &str, file: String| match names.insert(file_name(id), file.clone()) {
            Some(other) => bail!(
                "{other} and {file} would both be written to {}: rename one",
                file_name(id)
            ),
            None => Ok(()),
        };
        for path in &self.files {
            if self.format == InputFormat::Text {
                take(&stem(path), shown(path))?;
                continue;
            }
            let input: Box<dyn Read + Send> = if is_stdin(path) {
                let mut file = tempfile::tempfile()?;
                std::io::copy(&mut std::io::stdin(), &mut file)?;
                file.rewind()?;
                self.spooled = Some(file.try_clone()?);
                Box::new(file)
            } else if let Ok(file) = open(path) {
                file
            } else {
                // What cannot be read is reported when its turn comes.
                continue;
            };
            for (file, line) in Lines::new(shown(path), input) {
                if let Ok(line) = line {
                    take(&line.id, file)?;
                }
            }
        }
        match &mut self.spooled {
            Some(file) => Ok(file.rewind()?),
            None => Ok(()),
        }
    }

    fn unique(&mut self, name: &str) -> String {
        let mut unique = name.to_owned();
        while self.numbered && self.names.contains_key(&unique) {
            let count = self.names.entry(name.to_owned()).or_insert(1);
            *count += 1;
            unique = format!("{name}-{count}");
        }
        self.names.entry(unique.clone()).or_insert(1);
        unique
    }

    fn article(&mut self, path: &Path) -> Article {
        let document = read_article(path).map(|text| {
            let name = self.unique(&stem(path));
            self.dated(Document::new(name, text))
        });
        Article {
            file: shown(path),
            document,
        }
    }

    fn dated(&self, mut document: Document) -> Document {
        document.date = document.date.or(self.date);
        document
    }

    fn line(&mut self) -> Option<Article> {
        let Some((file, line)) = self.lines.as_mut()?.next() else {
            self.lines = None;
            return None;
        };
        Some(Article {
            file,
            document: line.map(|line| self.of_line(line)),
        })
    }

    fn of_line(&mut self, line: Line) -> Document {
        let name = self.unique(&line.id);
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
        self.dated(document)
    }
}

impl Iterator for Reader {
    type Item = Article;

    fn next(&mut self) -> Option<Article> {
        loop {
            if let Some(article) = self.line() {
                return Some(article);
            }
            let path = self.files.get(self.opened)?.clone();
            self.opened += 1;
            if self.format == InputFormat::Text {
                return Some(self.article(&path));
            }
            let file = shown(&path);
            let spooled = self.spooled.take_if(|_| is_stdin(&path));
            let opened = match spooled {
                Some(file) => Ok(Box::new(file) as Box<dyn Read + Send>),
                None => open(&path),
            };
            match opened {
                Ok(reader) => {
                    self.lines = Some(Lines::new(file, reader));
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

/// The most bytes of an article, and of a line of JSON Lines. All that is found in an article is kept until its end,
/// some 150 bytes for each of its own: no text, whatever is in it, may take the memory of the machine.
pub(super) const MOST: u64 = 16 << 20;

/// The decoded text of an article.
pub(super) fn read_article(path: &Path) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    open(path)?.take(MOST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST {
        bail!(
            "{}: cut it up, or make it JSON Lines, an article a line",
            too_long()
        );
    }
    Ok(decode(&bytes)?.text)
}

/// What is said of it.
pub(super) fn too_long() -> String {
    format!("more than {} MB are no article", MOST >> 20)
}

/// The decoded text of a file.
pub(super) fn read(path: &Path) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    open(path)?.read_to_end(&mut bytes)?;
    Ok(decode(&bytes)?.text)
}
