//! Reading rule files in order: what a file uses comes before it.

use super::super::ast::{DeclarationKind, Name, RuleFile};
use super::super::files::{FileFault, Files, folder_of, is_rule_file, join};
use super::super::parser::{NESTING_LIMIT, parse};
use crate::diagnostic::{Diagnostic, Location, SourceId, Sources};
use crate::text::Span;
use std::collections::BTreeMap;

/// A folder that was loaded as one: a pack, or one that a `use` names.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    /// Index of the pack whose files it is read with.
    pub(super) pack: usize,
    /// Its folder; lists and `use` are relative to it.
    pub(super) root: String,
}

/// A parsed file with the unit it belongs to.
#[derive(Debug)]
pub(super) struct LoadedFile {
    /// Index into [`Reading::units`].
    pub(super) unit: usize,
    /// What it says.
    pub(super) file: RuleFile,
}

/// Everything that was read.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// All texts.
    pub(super) sources: Sources,
    /// Units in the order of loading.
    pub(super) units: Vec<Unit>,
    /// Files in the order of loading.
    pub(super) files: Vec<LoadedFile>,
    /// What was wrong.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Canonical paths: in the middle of being read, or done.
    states: BTreeMap<(usize, String), State>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// What it uses is being read.
    Open,
    /// Read.
    Done,
}

/// Reads all files of all packs.
pub(super) fn read_all(packs: &[&dyn Files]) -> Reading {
    let mut reading = Reading::default();
    for (pack, files) in packs.iter().enumerate() {
        reading.units.push(Unit {
            pack,
            root: String::new(),
        });
        let unit = reading.units.len() - 1;
        match files.list("") {
            Ok(mut paths) => {
                paths.sort_unstable();
                if paths.is_empty() {
                    reading.pack_fault(
                        &files.shown(""),
                        "no-rule-files",
                        "this folder holds no rule files",
                    );
                }
                for path in paths {
                    reading.file(*files, unit, &path, None, 0);
                }
            }
            Err(fault) => {
                let message = format!("the rules cannot be read: {fault}");
                reading.pack_fault(&files.shown(""), "missing-file", &message);
            }
        }
    }
    reading
}

impl Reading {
    /// Reports a fault of a whole pack, which has no place in a text.
    fn pack_fault(&mut self, shown: &str, code: &'static str, message: &str) {
        let source = self.sources.add(shown, "");
        let location = Location {
            source,
            span: Span::new(0, 0),
        };
        self.diagnostics.push(
            Diagnostic::error(code, message, location)
                .help("give a folder with files that end in `.sayso`"),
        );
    }

    /// Reads a file after all that it uses, unless it is known.
    fn file(
        &mut self,
        files: &dyn Files,
        unit: usize,
        path: &str,
        used: Option<Location>,
        depth: u32,
    ) {
        let key = (self.units[unit].pack, files.canonical(path));
        match self.states.get(&key) {
            Some(State::Done) => return,
            Some(State::Open) => return self.cycle(path, used),
            None => {}
        }
        let text = match files.read(path) {
            Ok(text) => text,
            Err(fault) => return self.unreadable(files, path, used, &fault),
        };
        self.states.insert(key.clone(), State::Open);
        let source = self.sources.add(files.shown(path), text);
        let (file, mut diagnostics) = parse(source, &self.sources.get(source).text);
        self.version(source, &file);
        self.diagnostics.append(&mut diagnostics);
        for declaration in &file.declarations {
            if let DeclarationKind::Use(name) = &declaration.kind {
                self.used(files, unit, name, depth);
            }
        }
        self.states.insert(key, State::Done);
        self.files.push(LoadedFile { unit, file });
    }

    /// Reads what a `use` names: a file, or a folder with all files below it.
    fn used(&mut self, files: &dyn Files, unit: usize, name: &Name, depth: u32) {
        if depth >= NESTING_LIMIT {
            self.diagnostics.push(Diagnostic::error(
                "nesting-too-deep",
                format!("more than {NESTING_LIMIT} files use each other in a row"),
                name.location,
            ));
            return;
        }
        let root = self.units[unit].root.clone();
        let target = join(&root, &name.text);
        let single = is_rule_file(&target);
        let paths = if single {
            Ok(vec![target.clone()])
        } else {
            files.list(&target)
        };
        let mut paths = match paths {
            Ok(paths) => paths,
            Err(fault) => return self.unreadable(files, &target, Some(name.location), &fault),
        };
        paths.sort_unstable();
        let folder = if single { folder_of(&target) } else { &target };
        let unit = self.unit_of(unit, folder);
        for path in paths {
            self.file(files, unit, &path, Some(name.location), depth + 1);
        }
    }

    /// The unit for files of a folder: the present one if they lie in it, else one of their own.
    fn unit_of(&mut self, unit: usize, folder: &str) -> usize {
        let Unit { pack, root } = self.units[unit].clone();
        let inside = folder == root
            || folder.strip_prefix(root.as_str()).is_some_and(|rest| {
                root.is_empty() && !rest.starts_with("..") || rest.starts_with('/')
            });
        if inside {
            return unit;
        }
        let known = self
            .units
            .iter()
            .position(|u| u.pack == pack && u.root == folder);
        known.unwrap_or_else(|| {
            self.units.push(Unit {
                pack,
                root: folder.to_owned(),
            });
            self.units.len() - 1
        })
    }

    /// Every file says which version of the language it is written in.
    fn version(&mut self, source: SourceId, file: &RuleFile) {
        if file.version.is_some() {
            return;
        }
        let text = &self.sources.get(source).text;
        let end = text.find('\n').unwrap_or(text.len());
        let at = |start, end| Location {
            source,
            span: Span::new(start, end),
        };
        let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
        self.diagnostics.push(
            Diagnostic::error(
                "missing-version",
                "this file does not say its version",
                at(start, end.max(start as usize) as u32),
            )
            .help("write `version 1` on the first line")
            .edit(at(start, start), "version 1\n"),
        );
    }

    /// Reports files that use each other.
    fn cycle(&mut self, path: &str, used: Option<Location>) {
        let Some(location) = used else { return };
        self.diagnostics.push(
            Diagnostic::error(
                "use-cycle",
                format!("`{path}` uses this file, directly or through others"),
                location,
            )
            .help("take one `use` out; files of one pack see each other without it"),
        );
    }

    /// Reports a file that cannot be read.
    fn unreadable(
        &mut self,
        files: &dyn Files,
        path: &str,
        used: Option<Location>,
        fault: &FileFault,
    ) {
        let shown = files.shown(path);
        if let FileFault::NotText { text, at, encoding } = fault {
            let source = self.sources.add(shown, text.as_str());
            let fault = not_text(source, *at, *encoding);
            return self.diagnostics.push(fault);
        }
        let Some(location) = used else {
            let message = format!("this file cannot be read: {fault}");
            return self.pack_fault(&shown, "missing-file", &message);
        };
        self.diagnostics.push(
            Diagnostic::error(
                "missing-file",
                format!("`{path}` cannot be read: {fault}"),
                location,
            )
            .help("the path is relative to the pack's folder"),
        );
    }
}

/// What is wrong with a file in another encoding, at the first character that is none in UTF-8.
pub(super) fn not_text(source: SourceId, at: u32, encoding: Option<&str>) -> Diagnostic {
    let span = Span::new(at, at + char::REPLACEMENT_CHARACTER.len_utf8() as u32);
    let seems = encoding.map_or_else(String::new, |name| format!("; it seems to be {name}"));
    Diagnostic::error(
        "missing-file",
        "this file is not UTF-8 text",
        Location { source, span },
    )
    .help(format!("save it as UTF-8{seems}"))
}
