//! Packs on the disk, and the rule set of a command.

use super::render;
use crate::diagnostic::{Diagnostic, Severity, Sources};
use crate::rules::{BuiltinFiles, FileFault, Files, RuleSet, compile, load, load_for_use};
use std::mem::ManuallyDrop;
use std::path::{Component, Path, PathBuf};

/// A pack on the disk: a folder, or one file with what lies beside it.
#[derive(Debug)]
pub(super) struct DiskFiles {
    folder: PathBuf,
    /// The one rule file, where the pack is a file.
    only: Option<String>,
}

impl DiskFiles {
    pub(super) fn new(path: &Path) -> anyhow::Result<Self> {
        let kind = std::fs::metadata(path).map_err(|e| {
            anyhow::anyhow!(
                "{}: {e}; --rules takes a folder of rule files or a .sayso file",
                path.display()
            )
        })?;
        if kind.is_dir() {
            return Ok(Self {
                folder: path.to_owned(),
                only: None,
            });
        }
        let name = path.file_name().and_then(|n| n.to_str()).map(str::to_owned);
        Ok(Self {
            folder: path.parent().unwrap_or(Path::new("")).to_owned(),
            only: name,
        })
    }
}

impl Files for DiskFiles {
    fn read(&self, path: &str) -> Result<String, FileFault> {
        let bytes = std::fs::read(self.folder.join(path)).map_err(|e| fault(&e))?;
        FileFault::text_of(bytes)
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, FileFault> {
        if let Some(only) = self.only.as_ref().filter(|_| folder.is_empty()) {
            return Ok(vec![only.clone()]);
        }
        let root = self.folder.join(folder);
        std::fs::metadata(&root).map_err(|e| fault(&e))?;
        let mut paths = Vec::new();
        for entry in ignore::WalkBuilder::new(&root)
            .require_git(false)
            .build()
            .flatten()
        {
            let is_rule = entry.path().extension().is_some_and(|e| e == "sayso");
            if let Some(path) = entry
                .path()
                .strip_prefix(&self.folder)
                .ok()
                .filter(|_| is_rule)
            {
                paths.push(slashed(path));
            }
        }
        Ok(paths)
    }

    fn shown(&self, path: &str) -> String {
        slashed(&self.folder.join(path))
    }

    fn canonical(&self, path: &str) -> String {
        let path = self.folder.join(path);
        path.canonicalize()
            .map_or_else(|_| slashed(&path), |p| slashed(&p))
    }
}

fn fault(error: &std::io::Error) -> FileFault {
    match error.kind() {
        std::io::ErrorKind::NotFound => FileFault::Missing,
        _ => FileFault::Other(error.to_string()),
    }
}

fn slashed(path: &Path) -> String {
    let parts = path.components().map(|c| match c {
        Component::RootDir => String::new(),
        other => other.as_os_str().to_string_lossy().into_owned(),
    });
    parts.collect::<Vec<_>>().join("/")
}

/// Rules with all that was said about them.
pub(super) struct Loaded {
    pub(super) rules: RuleSet,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Loads and compiles packs, the shipped one first; warnings take their time, and only those who write rules want them.
pub(super) fn load_packs(paths: &[PathBuf], builtin: bool, warn: bool) -> anyhow::Result<Loaded> {
    let own = paths
        .iter()
        .map(|p| DiskFiles::new(p))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let mut packs: Vec<&dyn Files> = Vec::new();
    if builtin {
        packs.push(&BuiltinFiles);
    }
    packs.extend(own.iter().map(|p| p as &dyn Files));
    let (pack, mut diagnostics) = if warn {
        load(&packs)
    } else {
        load_for_use(&packs)
    };
    let (rules, more) = compile(pack);
    diagnostics.extend(more);
    Ok(Loaded { rules, diagnostics })
}

/// Rules that a command can work with; none where they have errors and it should not go on. They are never dropped:
/// the end of the command does that faster.
pub(super) fn usable(packs: &super::args::Packs) -> anyhow::Result<Option<ManuallyDrop<RuleSet>>> {
    // Whoever wants rules wants the model next; it is read on the side.
    std::thread::spawn(crate::annotation::Model::builtin);
    let loaded = load_packs(&packs.rules, !packs.no_builtin, false)?;
    let errors: Vec<&Diagnostic> = loaded
        .diagnostics
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .collect();
    if errors.is_empty() {
        return Ok(Some(ManuallyDrop::new(loaded.rules)));
    }
    for error in &errors {
        anstream::eprintln!("{}", render::full(error, sources(&loaded), true));
    }
    if packs.keep_going {
        return Ok(Some(ManuallyDrop::new(loaded.rules)));
    }
    anstream::eprintln!(
        "error: the rules have {} errors; --keep-going leaves the broken parts out",
        errors.len()
    );
    Ok(None)
}

fn sources(loaded: &Loaded) -> &Sources {
    &loaded.rules.sources
}
