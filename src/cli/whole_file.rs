//! A file that takes its place when it is whole, and not before.

use super::interrupt;
use super::output::{folder_of, has_folder};
use anyhow::{Context, bail};
use std::fs::{File, Metadata, OpenOptions, Permissions};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Replaces a file by new content: it is written beside it first, so that a half-written one never takes its place.
pub(super) fn write_whole(path: &Path, content: &[u8]) -> anyhow::Result<()> {
    let mut file = WholeFile::create(path)?;
    file.write_all(content)
        .with_context(|| format!("cannot write {}", path.display()))?;
    file.finish()
}

/// A file in the making beside the one that it replaces; dropped unfinished, it leaves nothing.
pub(super) struct WholeFile {
    path: PathBuf,
    out: BufWriter<Out>,
    _unfinished: Option<interrupt::Unfinished>,
}

/// Where what is written goes until it is whole.
enum Out {
    /// A file beside the old one, whose permissions it takes over.
    Beside(tempfile::NamedTempFile, Option<Permissions>),
    /// What is there and no file (a device, a pipe): nothing can take its place.
    Through(File),
}

/// More links one after the other are a circle.
const MAX_LINKS: usize = 40;

/// The file that is not there yet, at the end of the links that lead to it.
fn end_of_links(path: &Path) -> PathBuf {
    let mut end = path.to_owned();
    for _ in 0..MAX_LINKS {
        let Ok(next) = std::fs::read_link(&end) else {
            break;
        };
        end = folder_of(&end).join(next);
    }
    end
}

impl WholeFile {
    /// Begins a file. A link stays one: the file that it leads to is replaced.
    pub(super) fn create(path: &Path) -> anyhow::Result<Self> {
        has_folder(path)?;
        let cannot = || format!("cannot write {}", path.display());
        let old = std::fs::metadata(path).ok();
        if old.as_ref().is_some_and(Metadata::is_dir) {
            bail!("cannot write {}: it is a folder", path.display());
        }
        if old.as_ref().is_some_and(|old| !old.is_file()) {
            let there = OpenOptions::new().write(true).open(path);
            return Ok(Self {
                path: path.to_owned(),
                out: BufWriter::new(Out::Through(there.with_context(cannot)?)),
                _unfinished: None,
            });
        }
        let path = match &old {
            Some(_) => path.canonicalize().with_context(cannot)?,
            None => end_of_links(path),
        };
        has_folder(&path)?;
        let made = tempfile::Builder::new()
            .prefix(".sayso-")
            .tempfile_in(folder_of(&path))
            .with_context(cannot)?;
        Ok(Self {
            path,
            _unfinished: Some(interrupt::Unfinished::new(made.path())),
            out: BufWriter::new(Out::Beside(made, old.map(|old| old.permissions()))),
        })
    }

    /// Puts it in its place.
    pub(super) fn finish(self) -> anyhow::Result<()> {
        let cannot = || format!("cannot write {}", self.path.display());
        let _whole = interrupt::writing();
        let out = self
            .out
            .into_inner()
            .map_err(std::io::IntoInnerError::into_error);
        if let Out::Beside(file, permissions) = out.with_context(cannot)? {
            file.as_file().sync_all().with_context(cannot)?;
            let permissions = match permissions {
                Some(of_the_old) => of_the_old,
                None => readable(file.as_file()).with_context(cannot)?,
            };
            // A file system without permissions has nothing to change.
            file.as_file().set_permissions(permissions).ok();
            file.persist(&self.path).with_context(cannot)?;
        }
        Ok(())
    }
}

impl Write for WholeFile {
    fn write(&mut self, content: &[u8]) -> std::io::Result<usize> {
        self.out.write(content)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

impl Write for Out {
    fn write(&mut self, content: &[u8]) -> std::io::Result<usize> {
        match self {
            Self::Beside(file, _) => file.write(content),
            Self::Through(there) => there.write(content),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match self {
            Self::Beside(file, _) => file.flush(),
            Self::Through(there) => there.flush(),
        }
    }
}

/// Temporary files belong to their owner alone; what is written is for others too.
#[cfg(unix)]
fn readable(file: &File) -> std::io::Result<Permissions> {
    let mut permissions = file.metadata()?.permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut permissions, 0o644);
    Ok(permissions)
}

#[cfg(not(unix))]
fn readable(file: &File) -> std::io::Result<Permissions> {
    Ok(file.metadata()?.permissions())
}
