//! All declarations of all files by name.

use super::super::ast::{
    Block, Declaration, DeclarationKind, Extension, FaultyNames, ListDeclaration, ListSource,
    MacroDeclaration, Name, Parameter, RelationDeclaration, TypeDeclaration,
};
use super::super::files::{FileFault, Files, join};
use super::super::lists::{self, ListFile};
use super::super::pack::{List, ListCase, TypeDefinition};
use super::super::suggest;
use super::overrides;
use super::reading::{LoadedFile, Reading};
use crate::diagnostic::{Diagnostic, Location, SourceId, Sources};
use indexmap::IndexMap;
use std::collections::BTreeMap;

/// A part of a pack with the unit that says it, so that later units can override it.
#[derive(Clone, Debug)]
pub(crate) struct Said<T> {
    /// Index of the unit.
    pub(crate) unit: usize,
    /// What it says.
    pub(crate) value: T,
}

/// What is known of a relation before its parent is.
#[derive(Clone, Debug)]
pub(crate) struct Relation {
    /// Its own signature.
    pub(crate) parameters: Option<Said<Vec<Parameter>>>,
    /// The relation it is a kind of.
    pub(crate) parent: Option<Name>,
    /// Its flags.
    pub(crate) flags: Vec<Name>,
    /// Its keys.
    pub(crate) keys: Vec<(Name, Name)>,
    /// `edge x -> y`
    pub(crate) edge: Option<(Name, Name)>,
    /// Its rules.
    pub(crate) blocks: Vec<Said<Block>>,
    /// Its name where it is declared.
    pub(crate) location: Location,
}

/// All declarations by name, overridden and disabled parts taken out.
#[derive(Debug, Default)]
pub(crate) struct Collected {
    /// Types; parents may be unknown yet.
    pub(crate) types: IndexMap<String, TypeDefinition>,
    /// The places of the names of parents, by type.
    pub(crate) parents: IndexMap<String, Vec<Name>>,
    /// The keys of types with their places.
    pub(crate) type_keys: Vec<(Name, Name)>,
    /// Relations.
    pub(crate) relations: IndexMap<String, Relation>,
    /// Entity blocks.
    pub(crate) entities: Vec<Said<Block>>,
    /// Phrases.
    pub(crate) phrases: IndexMap<String, Said<Block>>,
    /// Merge blocks.
    pub(crate) merges: Vec<Said<Block>>,
    /// Lists with their entries.
    pub(crate) lists: IndexMap<String, Said<List>>,
    /// Lists whose entries could not be read: nothing is said about their columns.
    pub(crate) unread_lists: Vec<String>,
    /// Macros.
    pub(crate) macros: IndexMap<String, Said<MacroDeclaration>>,
    /// Prefixes declared here.
    pub(crate) prefixes: IndexMap<String, (String, Location)>,
    /// `meta allow LINT` of whole files.
    pub(crate) allowed: Vec<(SourceId, Name, String)>,
    /// Names that faulty declarations and lines would give.
    pub(crate) faulty: FaultyNames,
    /// `disable` lines.
    pub(crate) disabled: Vec<Said<Name>>,
    /// The rules that they take out.
    pub(crate) disabled_rules: Vec<String>,
    extensions: Vec<Extension>,
    list_sources: BTreeMap<(usize, String), SourceId>,
}

/// Collects the declarations of all files in order.
pub(super) fn collect(
    reading: &mut Reading,
    packs: &[&dyn Files],
    diagnostics: &mut Vec<Diagnostic>,
) -> Collected {
    let mut collector = Collector {
        collected: Collected::default(),
        units: reading
            .units
            .iter()
            .map(|u| (u.pack, u.root.clone()))
            .collect(),
        packs,
        sources: &mut reading.sources,
        diagnostics,
    };
    for LoadedFile { unit, file } in std::mem::take(&mut reading.files) {
        collector.collected.faulty.extend(file.faulty);
        for declaration in file.declarations {
            collector.declaration(unit, declaration);
        }
    }
    let mut collected = collector.collected;
    extend(&mut collected, diagnostics);
    overrides::disable(&mut collected, diagnostics);
    collected
}

struct Collector<'c> {
    collected: Collected,
    /// Pack and folder of each unit.
    units: Vec<(usize, String)>,
    packs: &'c [&'c dyn Files],
    sources: &'c mut Sources,
    diagnostics: &'c mut Vec<Diagnostic>,
}

impl Collector<'_> {
    fn declaration(&mut self, unit: usize, declaration: Declaration) {
        match declaration.kind {
            DeclarationKind::Type(types) => self.types(types),
            DeclarationKind::Relation(relation) => self.relation(unit, relation),
            DeclarationKind::Entity(block) => {
                self.collected.entities.push(Said { unit, value: block });
            }
            DeclarationKind::Merge(block) => {
                self.collected.merges.push(Said { unit, value: block });
            }
            DeclarationKind::Phrase(block) => self.phrase(unit, block),
            DeclarationKind::List(list) => self.list(unit, &list),
            DeclarationKind::Macro(declaration) => self.macro_(unit, declaration),
            DeclarationKind::Use(_) => {}
            DeclarationKind::Prefix(name, iri) => self.prefix(name, iri),
            DeclarationKind::Meta(key, value) => {
                let source = key.location.source;
                self.collected.allowed.push((source, key, value));
            }
            DeclarationKind::Extend(extension) => self.collected.extensions.push(extension),
            DeclarationKind::Disable(path) => {
                self.collected.disabled.push(Said { unit, value: path });
            }
            DeclarationKind::Override(inner) => {
                overrides::make_way(&mut self.collected, unit, &inner, self.diagnostics);
                self.declaration(unit, *inner);
            }
        }
    }

    /// Reports a second declaration of a name.
    fn duplicate(&mut self, code: &'static str, what: &str, name: &Name, first: Location) {
        self.diagnostics.push(
            Diagnostic::error(
                code,
                format!("{what} `{}` is declared twice", name.text),
                name.location,
            )
            .also(first, "here for the first time")
            .help(if code == "duplicate-type" {
                "choose another name, or take one of them out"
            } else {
                "choose another name, or take one of them out; a pack changes an earlier one with `override`"
            }),
        );
    }

    fn types(&mut self, types: TypeDeclaration) {
        for name in &types.names {
            if let Some(first) = self.collected.types.get(&name.text) {
                let first = first.location;
                self.duplicate("duplicate-type", "type", name, first);
                continue;
            }
            let definition = TypeDefinition {
                name: name.text.clone(),
                parents: types.parents.iter().map(|p| p.text.clone()).collect(),
                keys: types
                    .keys
                    .iter()
                    .map(|(key, value)| (key.text.clone(), value.text.clone()))
                    .collect(),
                location: name.location,
            };
            self.collected.types.insert(name.text.clone(), definition);
            self.collected
                .parents
                .insert(name.text.clone(), types.parents.clone());
        }
        self.duplicate_keys(&types.keys);
        self.collected.type_keys.extend(types.keys);
    }

    /// A key stands once in a declaration.
    fn duplicate_keys(&mut self, keys: &[(Name, Name)]) {
        for (index, (key, _)) in keys.iter().enumerate() {
            if let Some((first, _)) = keys[..index].iter().find(|(k, _)| k.text == key.text) {
                let diagnostic = Diagnostic::error(
                    "duplicate-key",
                    format!("the key `{}` is given twice", key.text),
                    key.location,
                );
                self.diagnostics
                    .push(diagnostic.also(first.location, "here for the first time"));
            }
        }
    }

    fn relation(&mut self, unit: usize, declared: RelationDeclaration) {
        let name = declared.name.clone();
        self.duplicate_keys(&declared.keys);
        let relation = self
            .collected
            .relations
            .entry(name.text.clone())
            .or_insert_with(|| Relation {
                parameters: None,
                parent: None,
                flags: Vec::new(),
                keys: Vec::new(),
                edge: None,
                blocks: Vec::new(),
                location: name.location,
            });
        let first = relation.location;
        let mut twice = false;
        if let Some(parameters) = declared.parameters {
            twice = relation.parameters.is_some();
            if relation.parameters.is_none() {
                relation.location = name.location;
                relation.parameters = Some(Said {
                    unit,
                    value: parameters,
                });
            }
        }
        if let Some(parent) = declared.parent {
            twice |= relation
                .parent
                .as_ref()
                .is_some_and(|p| p.text != parent.text);
            relation.parent.get_or_insert(parent);
        }
        relation.flags.extend(declared.flags);
        relation.keys.extend(declared.keys);
        relation.edge = relation.edge.take().or(declared.edge);
        relation
            .blocks
            .extend(declared.block.map(|value| Said { unit, value }));
        if twice {
            self.duplicate("duplicate-relation", "the signature of", &name, first);
        }
    }

    fn phrase(&mut self, unit: usize, block: Block) {
        let name = block.name.clone();
        if let Some(first) = self.collected.phrases.get(&name.text) {
            let first = first.value.name.location;
            return self.duplicate("duplicate-phrase", "phrase", &name, first);
        }
        let said = Said { unit, value: block };
        self.collected.phrases.insert(name.text, said);
    }

    fn macro_(&mut self, unit: usize, declaration: MacroDeclaration) {
        let name = declaration.name.clone();
        if let Some(first) = self.collected.macros.get(&name.text) {
            let first = first.value.name.location;
            return self.duplicate("duplicate-macro", "macro", &name, first);
        }
        let said = Said {
            unit,
            value: declaration,
        };
        self.collected.macros.insert(name.text, said);
    }

    fn prefix(&mut self, name: Name, iri: Name) {
        if let Some((known, first)) = self.collected.prefixes.get(&name.text) {
            if *known != iri.text {
                let first = *first;
                self.duplicate("duplicate-prefix", "prefix", &name, first);
            }
            return;
        }
        let location = name.location;
        self.collected
            .prefixes
            .insert(name.text, (iri.text, location));
    }

    fn list(&mut self, unit: usize, declared: &ListDeclaration) {
        let name = &declared.name;
        if let Some(first) = self.collected.lists.get(&name.text) {
            let first = first.value.location;
            return self.duplicate("duplicate-list", "list", name, first);
        }
        let case = self.case(declared.case.as_ref());
        let mut list = lists::empty(&name.text, case, name.location);
        match &declared.entries {
            ListSource::Inline(items) => lists::add(&mut list, items),
            ListSource::File(path) => {
                if !self.list_file(unit, &mut list, path) {
                    self.collected.unread_lists.push(name.text.clone());
                }
            }
        }
        let said = Said { unit, value: list };
        self.collected.lists.insert(name.text.clone(), said);
    }

    fn case(&mut self, case: Option<&Name>) -> ListCase {
        let Some(case) = case else {
            return ListCase::Any;
        };
        match case.text.as_str() {
            "exact" => ListCase::Exact,
            "title" => ListCase::Title,
            _ => {
                let diagnostic = Diagnostic::error(
                    "unknown-case",
                    format!("`{}` does not say how to compare entries", case.text),
                    case.location,
                );
                self.diagnostics.push(suggest::add(
                    diagnostic,
                    case,
                    ["exact", "title"],
                    "write `case exact` or `case title`; without it, case does not matter",
                ));
                ListCase::Any
            }
        }
    }

    /// Reads the file of a list; whether it could be read.
    fn list_file(&mut self, unit: usize, list: &mut List, path: &Name) -> bool {
        let (pack, root) = &self.units[unit];
        let files = self.packs[*pack];
        let full = join(root, &path.text);
        let key = (*pack, files.canonical(&full));
        let source = match self.collected.list_sources.get(&key) {
            Some(&source) => source,
            None => match files.read(&full) {
                Ok(text) => {
                    let source = self.sources.add(files.shown(&full), text);
                    self.collected.list_sources.insert(key, source);
                    source
                }
                Err(FileFault::NotText { text, at, encoding }) => {
                    let source = self.sources.add(files.shown(&full), text);
                    let fault = super::reading::not_text(source, at, encoding)
                        .also(path.location, "read for this list");
                    self.diagnostics.push(fault);
                    return false;
                }
                Err(fault) => {
                    self.diagnostics.push(
                        Diagnostic::error(
                            "missing-file",
                            format!("the file of list `{}` cannot be read: {fault}", list.name),
                            path.location,
                        )
                        .help("the path is relative to the pack's folder"),
                    );
                    return false;
                }
            },
        };
        let file = ListFile {
            source,
            path: &full,
            text: &self.sources.get(source).text,
        };
        lists::read(list, file, self.diagnostics);
        true
    }
}

/// Applies `extend`, whatever the order of the files.
fn extend(collected: &mut Collected, diagnostics: &mut Vec<Diagnostic>) {
    for extension in std::mem::take(&mut collected.extensions) {
        let name = &extension.list;
        let Some(list) = collected.lists.get_mut(&name.text) else {
            if collected.faulty.declares(&name.text) {
                continue;
            }
            let diagnostic = Diagnostic::error(
                "unknown-list",
                format!("there is no list `{}`", name.text),
                name.location,
            );
            let known = collected.lists.keys().map(String::as_str);
            diagnostics.push(suggest::add(
                diagnostic,
                name,
                known,
                "`list NAME = …` declares a new one",
            ));
            continue;
        };
        if extension.remove {
            lists::remove(&mut list.value, &extension.entries, diagnostics);
        } else {
            lists::add(&mut list.value, &extension.entries);
        }
    }
}

/// Warnings about the entries of lists.
pub(super) fn lint_lists(collected: &Collected, diagnostics: &mut Vec<Diagnostic>) {
    for list in collected.lists.values() {
        if !collected.unread_lists.contains(&list.value.name) {
            lists::lint(&list.value, diagnostics);
        }
    }
}
