//! Where rule files come from: the binary, memory, or (in the command line) the disk.

use std::collections::BTreeMap;

/// Why a file could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FileFault {
    /// There is no such file or folder.
    #[error("no such file or folder")]
    Missing,
    /// It is not UTF-8.
    #[error("not UTF-8 text")]
    NotText {
        /// Its text, with U+FFFD for what is none.
        text: String,
        /// The first byte of the first U+FFFD.
        at: u32,
        /// What it may be instead.
        encoding: Option<&'static str>,
    },
    /// What the system says.
    #[error("{0}")]
    Other(String),
}

impl FileFault {
    /// Bytes as text, or why they are none. The encoding is guessed as that of documents.
    ///
    /// # Errors
    /// [`FileFault::NotText`] where they are not UTF-8.
    pub fn text_of(bytes: Vec<u8>) -> Result<String, Self> {
        String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to() as u32;
            let bytes = error.into_bytes();
            let guess = crate::text::decode(&bytes).ok();
            Self::NotText {
                text: String::from_utf8_lossy(&bytes).into_owned(),
                at,
                encoding: guess.map(|decoded| decoded.encoding),
            }
        })
    }
}

/// A folder of rule files: a pack. Paths are relative to it, with `/`; they may begin with `..`.
pub trait Files {
    /// The text of a file.
    fn read(&self, path: &str) -> Result<String, FileFault>;

    /// All files below a folder whose names end in `.sayso`, in any order; the pack's own folder is the empty path.
    fn list(&self, folder: &str) -> Result<Vec<String>, FileFault>;

    /// The path as diagnostics show it.
    fn shown(&self, path: &str) -> String {
        path.to_owned()
    }

    /// One and the same text for all paths of one file.
    fn canonical(&self, path: &str) -> String {
        path.to_owned()
    }
}

/// Files held in memory.
#[derive(Clone, Debug, Default)]
pub struct MemoryFiles {
    files: BTreeMap<String, String>,
    prefix: String,
}

impl MemoryFiles {
    /// No files yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// With a text before every path that diagnostics show, as `rules/`.
    #[must_use]
    pub fn shown_as(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// With one more file.
    #[must_use]
    pub fn with(mut self, path: impl Into<String>, text: impl Into<String>) -> Self {
        self.add(path, text);
        self
    }

    /// Adds a file.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) {
        self.files.insert(path.into(), text.into());
    }
}

impl Files for MemoryFiles {
    fn read(&self, path: &str) -> Result<String, FileFault> {
        self.files.get(path).cloned().ok_or(FileFault::Missing)
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, FileFault> {
        let inside = |path: &&String| {
            is_rule_file(path)
                && (folder.is_empty()
                    || path
                        .strip_prefix(folder)
                        .is_some_and(|rest| rest.starts_with('/')))
        };
        let paths: Vec<String> = self.files.keys().filter(inside).cloned().collect();
        if paths.is_empty() && !folder.is_empty() {
            return Err(FileFault::Missing);
        }
        Ok(paths)
    }

    fn shown(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }
}

/// Whether a path is that of a rule file.
pub(super) fn is_rule_file(path: &str) -> bool {
    std::path::Path::new(path)
        .extension()
        .is_some_and(|ending| ending == "sayso")
}

/// A path that stands in a file of `folder`, with `.` and `..` worked out.
pub(super) fn join(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// The folder that a file stands in.
pub(super) fn folder_of(path: &str) -> &str {
    path.rfind('/').map_or("", |slash| &path[..slash])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_worked_out() {
        assert_eq!(join("a/b", "../c/./d.txt"), "a/c/d.txt");
        assert_eq!(join("", "../base"), "../base");
        assert_eq!(join("../base", "../../x"), "../../x");
        assert_eq!(folder_of("a/b.sayso"), "a");
        assert_eq!(folder_of("b.sayso"), "");
    }

    #[test]
    fn a_folder_lists_what_is_below_it() {
        let files = MemoryFiles::new()
            .with("b/c.sayso", "")
            .with("b/l.tsv", "")
            .with("bc.sayso", "");
        assert_eq!(files.list("").unwrap(), ["b/c.sayso", "bc.sayso"]);
        assert_eq!(files.list("b").unwrap(), ["b/c.sayso"]);
        assert_eq!(files.list("d"), Err(FileFault::Missing));
    }
}
