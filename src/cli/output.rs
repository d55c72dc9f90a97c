//! Writing: whole files or nothing.

use anyhow::{Context, bail};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// Replaces a file by new content: it is written beside it first, so that a half-written one never takes its place.
pub(super) fn write_whole(path: &Path, content: &[u8]) -> anyhow::Result<()> {
    let folder = path
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let shown = path.display();
    let _whole = super::interrupt::writing();
    let mut file = tempfile::Builder::new()
        .prefix(".sayso-")
        .tempfile_in(folder)
        .with_context(|| format!("cannot write {shown}"))?;
    file.write_all(content)
        .with_context(|| format!("cannot write {shown}"))?;
    file.as_file()
        .sync_all()
        .with_context(|| format!("cannot write {shown}"))?;
    make_readable(&file);
    file.persist(path)
        .with_context(|| format!("cannot write {shown}"))?;
    Ok(())
}

/// Temporary files belong to their owner alone; what is written is for others too.
#[cfg(unix)]
fn make_readable(file: &tempfile::NamedTempFile) {
    use std::os::unix::fs::PermissionsExt;
    // A file system without permissions has nothing to change.
    file.as_file()
        .set_permissions(std::fs::Permissions::from_mode(0o644))
        .ok();
}

#[cfg(not(unix))]
fn make_readable(_file: &tempfile::NamedTempFile) {}

/// Draws DOT with Graphviz.
pub(super) fn draw(dot: &str, format: &str) -> anyhow::Result<Vec<u8>> {
    let spawned = Command::new("dot")
        .arg(format!("-T{format}"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = match spawned {
        Ok(child) => child,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => bail!(
            "Graphviz is not installed: pictures need its program `dot` (apt install graphviz, brew install graphviz, \
             https://graphviz.org/download/); -o graph.dot works without it"
        ),
        Err(error) => return Err(error).context("cannot run Graphviz"),
    };
    let mut input = child.stdin.take().context("Graphviz takes no input")?;
    let dot = dot.to_owned();
    let writer = std::thread::spawn(move || input.write_all(dot.as_bytes()));
    let output = child.wait_with_output().context("cannot run Graphviz")?;
    // Where Graphviz ends early its own message says more than the broken pipe.
    let written = writer.join();
    if !output.status.success() {
        bail!(
            "Graphviz failed: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    if !matches!(written, Ok(Ok(()))) {
        bail!("Graphviz did not read the whole graph");
    }
    Ok(output.stdout)
}
