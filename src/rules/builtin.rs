//! The pack that ships, inside the binary: the same folder that a user could have.

use super::files::{FileFault, Files};
use super::{RuleSet, compile, load_for_use};
use include_dir::{Dir, include_dir};

static RULES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// The folder `rules/` as it was when the binary was built.
#[derive(Clone, Copy, Debug, Default)]
pub struct BuiltinFiles;

impl Files for BuiltinFiles {
    fn read(&self, path: &str) -> Result<String, FileFault> {
        let file = RULES.get_file(path).ok_or(FileFault::Missing)?;
        FileFault::text_of(file.contents().to_vec())
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, FileFault> {
        let folder = if folder.is_empty() {
            &RULES
        } else {
            RULES.get_dir(folder).ok_or(FileFault::Missing)?
        };
        let mut paths = Vec::new();
        let mut folders = vec![folder];
        while let Some(folder) = folders.pop() {
            folders.extend(folder.dirs());
            let files = folder.files().filter_map(|f| f.path().to_str());
            paths.extend(
                files
                    .filter(|p| super::files::is_rule_file(p))
                    .map(|p| p.replace('\\', "/")),
            );
        }
        Ok(paths)
    }

    fn shown(&self, path: &str) -> String {
        path.to_owned()
    }
}

impl RuleSet {
    /// The rules that ship, compiled.
    pub fn builtin() -> Self {
        let (pack, _) = load_for_use(&[&BuiltinFiles]);
        compile(pack).0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::load;

    #[test]
    fn the_shipped_pack_has_no_faults() {
        let (pack, faults) = load(&[&BuiltinFiles]);
        let sources = pack.sources.clone();
        let (rules, more) = compile(pack);
        let said: Vec<String> = faults
            .iter()
            .chain(&more)
            .filter(|d| d.severity == crate::Severity::Error)
            .map(|d| {
                let at = d.labels[0].location;
                let (line, column) = sources.line_column(at.source, at.span.start);
                format!(
                    "{}:{line}:{column} {}",
                    sources.get(at.source).path,
                    d.message
                )
            })
            .collect();
        assert!(said.is_empty(), "{said:#?}");
        assert!(rules.variants.len() > 50);
    }
}
