//! `sayso.toml`: what a project says once, instead of on every command line.

use super::args::{Arguments, Command, Export, Merge, Output};
use crate::export::Format;
use crate::graph::BaseIri;
use crate::rules::nearest;
use anyhow::{Context, anyhow};
use serde::Deserialize;
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::Spanned;

const FILE: &str = "sayso.toml";
const KEYS: [&str; 4] = ["rules", "inputs", "base", "formats"];

/// The settings as the file has them.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    /// Packs, on top of the shipped one.
    #[serde(default)]
    rules: Vec<PathBuf>,
    /// Articles, where a command names none.
    #[serde(default)]
    inputs: Vec<PathBuf>,
    /// Start of all IRIs.
    base: Option<Spanned<String>>,
    /// What is written where neither `--format` nor an ending says it.
    #[serde(default)]
    formats: Vec<Spanned<String>>,
}

impl Settings {
    fn fill_output(self, output: &mut Output) {
        let base = self.base.map(Spanned::into_inner);
        output.base = output.base.take().or(base);
        let formats = self.formats.into_iter().map(Spanned::into_inner);
        output.formats = formats.collect();
    }
}

/// Fills in what the command line leaves open from the file, if there is one in this folder or above it.
pub(super) fn apply(arguments: &mut Arguments) -> anyhow::Result<()> {
    let wants = match &arguments.command {
        Command::Extract(_)
        | Command::Export(_)
        | Command::Merge(_)
        | Command::Query(_)
        | Command::Check(_)
        | Command::Test(_)
        | Command::Eval(_)
        | Command::Tokens(_) => !arguments.isolated,
        Command::Completions { .. } | Command::Man | Command::TrainTagger(_) => false,
    };
    let Some((folder, settings)) = (if wants { find()? } else { None }) else {
        return Ok(());
    };
    let paths = |paths: &[PathBuf]| paths.iter().map(|p| folder.join(p)).collect::<Vec<_>>();
    let fill = |named: &mut Vec<PathBuf>, all: &[PathBuf]| {
        if named.is_empty() {
            *named = paths(all);
        }
    };
    match &mut arguments.command {
        Command::Extract(options) => {
            fill(&mut options.packs.rules, &settings.rules);
            fill(&mut options.inputs, &settings.inputs);
            settings.fill_output(&mut options.output);
        }
        Command::Export(Export { graphs, .. }) | Command::Merge(Merge { graphs, .. }) => {
            fill(&mut graphs.packs.rules, &settings.rules);
            settings.fill_output(&mut graphs.output);
        }
        Command::Query(options) => {
            fill(&mut options.packs.rules, &settings.rules);
            options.base = options
                .base
                .take()
                .or(settings.base.map(Spanned::into_inner));
        }
        Command::Check(options) => fill(&mut options.rules, &settings.rules),
        Command::Test(options) => fill(&mut options.rules, &settings.rules),
        Command::Eval(options) => fill(&mut options.packs.rules, &settings.rules),
        Command::Tokens(options) => fill(&mut options.packs.rules, &settings.rules),
        Command::Completions { .. } | Command::Man | Command::TrainTagger(_) => {}
    }
    Ok(())
}

/// The nearest file upwards, with its folder as seen from here.
fn find() -> anyhow::Result<Option<(PathBuf, Settings)>> {
    let here = std::env::current_dir().context("the folder this runs in is not to be found")?;
    let mut folder = PathBuf::new();
    for _ in here.ancestors() {
        let path = folder.join(FILE);
        match std::fs::read_to_string(&path) {
            Ok(text) => return Ok(Some((folder, read(&path, &text)?))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => folder.push(".."),
            Err(error) => return Err(error).with_context(|| path.display().to_string()),
        }
    }
    Ok(None)
}

/// Reads the settings; every fault is said with file, line and column.
fn read(path: &Path, text: &str) -> anyhow::Result<Settings> {
    let fault = |span: Option<Range<usize>>, message: &str| {
        let before = &text[..span.map_or(0, |s| s.start.min(text.len()))];
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        anyhow!("{}:{line}:{column}: {message}", path.display())
    };
    let settings: Settings = toml::from_str(text).map_err(|error| {
        let span = error.span();
        let key = span.clone().and_then(|s| text.get(s)).unwrap_or_default();
        if error.message().starts_with("unknown field") {
            return fault(span.clone(), &unknown("key", key.trim(), KEYS));
        }
        fault(span, error.message())
    })?;
    if let Some(base) = &settings.base {
        BaseIri::new(base.get_ref())
            .map_err(|error| fault(Some(base.span()), &format!("`base`: {error}")))?;
    }
    for format in &settings.formats {
        if Format::from_name(format.get_ref()).is_none() {
            let names = Format::ALL.map(Format::name);
            let message = unknown("format", format.get_ref(), names);
            return Err(fault(Some(format.span()), &message));
        }
    }
    Ok(settings)
}

/// What is not known, with what may have been meant.
pub(super) fn unknown<'n>(
    what: &str,
    name: &str,
    known: impl IntoIterator<Item = &'n str> + Clone,
) -> String {
    if let Some(meant) = nearest(name, known.clone()) {
        return format!("unknown {what} `{name}`; did you mean `{meant}`?");
    }
    let known: Vec<&str> = known.into_iter().collect();
    format!("unknown {what} `{name}`; there are {}", known.join(", "))
}

#[cfg(test)]
mod tests {
    use super::read;
    use std::path::Path;

    fn fault(text: &str) -> String {
        read(Path::new("sayso.toml"), text).unwrap_err().to_string()
    }

    #[test]
    fn faults_have_their_place() {
        for (text, message) in [
            (
                "rules = []\nrule = [\"mine/\"]\n",
                "sayso.toml:2:1: unknown key `rule`; did you mean `rules`?",
            ),
            (
                "colour = \"red\"",
                "sayso.toml:1:1: unknown key `colour`; there are rules, inputs, base, formats",
            ),
            (
                "base = \"https://example.org/kg\"",
                "sayso.toml:1:8: `base`: ",
            ),
            (
                "formats = [\"json\",\n  \"dott\"]",
                "sayso.toml:2:3: unknown format `dott`; did you mean `dot`?",
            ),
            ("inputs = \"articles/\"", "sayso.toml:1:10: "),
            ("rules = [\n\"a\"\n", "sayso.toml:"),
        ] {
            let fault = fault(text);
            assert!(fault.starts_with(message), "{fault}");
        }
    }

    #[test]
    fn all_keys_are_read() {
        let text = "rules = [\"mine\"]\ninputs = [\"a\", \"b.txt\"]\nbase = \"https://example.org/\"\n\
                    formats = [\"json\", \"dot\"]\n";
        let settings = read(Path::new("sayso.toml"), text).unwrap();
        assert_eq!((settings.rules.len(), settings.inputs.len()), (1, 2));
        assert_eq!(settings.base.unwrap().get_ref(), "https://example.org/");
        assert_eq!(settings.formats[1].get_ref(), "dot");
    }
}
