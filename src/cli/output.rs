//! Writing: whole files or nothing.

use super::helper::Helper;
use super::whole_file::WholeFile;
use crate::export::{DotOptions, HtmlPage, MAX_LAYERED_EDGES};
use crate::graph::KnowledgeGraph;
use anyhow::{Context, bail};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Once;

/// Refuses a file in a folder that is not there.
pub(super) fn has_folder(path: &Path) -> anyhow::Result<()> {
    let folder = folder_of(path);
    if !folder.is_dir() {
        let (path, folder) = (path.display(), folder.display());
        bail!("cannot write {path}: there is no folder {folder}");
    }
    Ok(())
}

/// The folder that a file is in.
pub(super) fn folder_of(path: &Path) -> &Path {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}

/// Standard output, or a file that takes its place when it is done.
pub(super) enum Target {
    Standard(BufWriter<std::io::Stdout>),
    File(WholeFile),
}

impl Target {
    /// The file; standard output where there is none.
    pub(super) fn create(path: Option<&Path>) -> anyhow::Result<Self> {
        Ok(match path {
            Some(path) => Self::File(WholeFile::create(path)?),
            None => Self::Standard(BufWriter::new(std::io::stdout())),
        })
    }

    /// Hands over what is written so far, where somebody waits for it.
    pub(super) fn pass_on(&mut self) -> std::io::Result<()> {
        match self {
            Self::Standard(out) => out.flush(),
            Self::File(_) => Ok(()),
        }
    }

    /// Puts all of it in its place.
    pub(super) fn finish(self) -> anyhow::Result<()> {
        match self {
            Self::Standard(mut out) => Ok(out.flush()?),
            Self::File(file) => file.finish(),
        }
    }
}

impl Write for Target {
    fn write(&mut self, content: &[u8]) -> std::io::Result<usize> {
        match self {
            Self::Standard(out) => out.write(content),
            Self::File(file) => file.write(content),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match self {
            Self::Standard(out) => out.flush(),
            Self::File(file) => file.flush(),
        }
    }
}

/// Said at most once, however many pages there are.
static NO_PICTURE: Once = Once::new();

/// A page of a graph, with its picture where Graphviz can draw it; where it cannot, the rest of the page is as good.
pub(super) fn page(graph: &KnowledgeGraph, options: &DotOptions) -> anyhow::Result<Vec<u8>> {
    let mut page = HtmlPage::new(graph, options);
    match draw(page.dot(), "svg") {
        Ok(svg) => {
            let svg = String::from_utf8(svg).context("Graphviz drew what is not UTF-8")?;
            page = page.with_svg(&svg)?;
        }
        Err(error) => NO_PICTURE.call_once(|| {
            anstream::eprintln!("warning: the page has no picture: {error:#}");
        }),
    }
    let mut out = Vec::new();
    page.write(&mut out)?;
    Ok(out)
}

/// Draws DOT with Graphviz.
pub(super) fn draw(dot: &str, format: &str) -> anyhow::Result<Vec<u8>> {
    let spawned = Command::new("dot")
        .arg(format!("-T{format}"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let child = match spawned {
        Ok(child) => child,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => bail!(
            "Graphviz is not installed: pictures need its program `dot` (apt install graphviz, brew install graphviz, \
             https://graphviz.org/download/); -o graph.dot works without it"
        ),
        Err(error) => return Err(error).context("cannot run Graphviz"),
    };
    let mut child = Helper::new(child);
    let edges = dot.matches(" -> ").count();
    if edges > MAX_LAYERED_EDGES {
        anstream::eprintln!(
            "warning: nobody can read {edges} edges, and Graphviz may take long over them: --top, --focus, --only and \
             --min-support cut a picture, and -o DIR/ makes one an article"
        );
    }
    let output = child.answer(dot.as_bytes())?;
    if !output.status.success() {
        bail!(
            "Graphviz failed: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(output.stdout)
}
