//! In which form graphs leave, by what the command line and `sayso.toml` say.

use super::args::Output;
use super::project;
use crate::export::Format;
use anyhow::{Context, bail};
use std::io::IsTerminal;
use std::path::Path;

/// What leaves: lines for people, or formats; more than one only in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Readable,
    Formats(Vec<Format>),
}

impl Form {
    /// Whether there is something to look at, which can be cut.
    pub(super) fn has_picture(&self) -> bool {
        match self {
            Self::Readable => false,
            Self::Formats(formats) => formats.iter().any(|format| format.is_picture()),
        }
    }
}

/// The form by `--format`, else by the ending of `-o`, else by `sayso.toml`, else lines on a terminal and JSON elsewhere.
pub(super) fn form(options: &Output) -> anyhow::Result<Form> {
    let folder = options.path.as_deref().is_some_and(is_folder);
    if !options.format.is_empty() {
        if options.format == ["text"] {
            if folder {
                bail!("--format text goes to a terminal or into one file, not into a folder");
            }
            return Ok(Form::Readable);
        }
        let formats = formats(&options.format)?;
        if formats.len() > 1 && !folder {
            bail!("several formats need a folder: -o DIR/");
        }
        return Ok(Form::Formats(formats));
    }
    if let Some(path) = options.path.as_deref().filter(|_| !folder) {
        let ending = path
            .extension()
            .and_then(|e| e.to_str())
            .unwrap_or_default();
        let names = Format::ALL.map(|f| format!(".{}", f.name())).join(", ");
        let format = Format::from_extension(ending).with_context(|| {
            format!(
                "the ending of {} names no format: use {names}, or say --format",
                path.display()
            )
        })?;
        return Ok(Form::Formats(vec![format]));
    }
    if !folder && std::io::stdout().is_terminal() {
        return Ok(Form::Readable);
    }
    let mut formats = formats(&options.formats)?;
    if formats.is_empty() {
        formats.push(Format::Json);
    }
    if !folder {
        formats.truncate(1);
    }
    Ok(Form::Formats(formats))
}

/// Formats by their names, each once.
fn formats(names: &[String]) -> anyhow::Result<Vec<Format>> {
    let mut formats = Vec::new();
    for name in names {
        let format = Format::from_name(name).with_context(|| {
            let known = ["text"].into_iter().chain(Format::ALL.map(Format::name));
            project::unknown("format", name, known)
        })?;
        if !formats.contains(&format) {
            formats.push(format);
        }
    }
    Ok(formats)
}

/// Whether a path is that of a folder, there or to be made.
pub(super) fn is_folder(path: &Path) -> bool {
    path.to_string_lossy().ends_with('/') || path.is_dir()
}
