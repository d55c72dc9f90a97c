//! Where graphs go: to standard output, into a file or a folder, in one format or several.

use super::args::Output;
use super::form::{Form, form, is_folder};
use super::input::file_name;
use super::output::Target;
use super::spool::{Spool, Waiting};
use super::whole_file::write_whole;
use super::{interrupt, output, project, readable};
use crate::export::{
    DotOptions, ExportPlan, Format, GraphWriter, NEO4J_FILES, dot, graph_json, write_csv,
    write_csv_header, write_cypher, write_dot_of_many, write_graphml, write_json_ld, write_nquads,
    write_relation_lines, write_turtle,
};
use crate::graph::{BaseIri, DEFAULT_BASE, KnowledgeGraph, Pruning, UnknownFocus};
use crate::rules::RuleSet;
use anyhow::{Context, bail};
use std::io::Write;
use std::path::{Path, PathBuf};

/// With more articles a browser takes long to open a page.
const MOST_ON_A_PAGE: usize = 1_000;

/// What would make the output fail is said before the work, and before anything is written.
pub(super) fn prepare(output: &Path) -> anyhow::Result<()> {
    let shown = output.display().to_string();
    if is_folder(output) {
        std::fs::create_dir_all(output).with_context(|| format!("cannot make {shown}"))?;
        interrupt::keeps(format!("their graphs are in {shown}"));
        return Ok(());
    }
    output::has_folder(output)?;
    interrupt::keeps(format!("{shown} is as it was"));
    Ok(())
}

/// Refuses relations that no rule knows.
pub(super) fn known_relations(named: &[String], rules: &RuleSet) -> anyhow::Result<()> {
    let known = rules.relations.iter().map(|r| r.name.as_str());
    match named.iter().find(|n| !known.clone().any(|k| k == *n)) {
        Some(name) => bail!("--only: {}", project::unknown("relation", name, known)),
        None => Ok(()),
    }
}

/// Where graphs go, in the order of the input.
pub(super) struct Sink<'o> {
    options: &'o Output,
    base: BaseIri,
    way: Way,
}

/// Whether a graph has the name that pictures are to be near, where each graph has its own.
#[derive(Default)]
enum Focus {
    #[default]
    Unasked,
    Missing(UnknownFocus),
    Found,
}

/// How graphs get there.
enum Way {
    /// Lines for people, one graph after the other.
    Readable(Target),
    /// One graph after the other, each as it is.
    Each {
        format: Format,
        out: Target,
        headed: bool,
    },
    /// Files for each graph.
    Files {
        folder: PathBuf,
        formats: Vec<Format>,
        focus: Focus,
    },
    /// All of them make one, which is written at the end.
    Together { format: Format, spool: Spool },
    /// The same for formats that need all of it in memory.
    Whole {
        format: Format,
        graphs: Vec<KnowledgeGraph>,
    },
    /// Rows of all graphs.
    #[cfg(feature = "parquet")]
    Rows(Box<crate::export::ParquetWriter<Target>>),
}

impl<'o> Sink<'o> {
    /// Refuses what cannot be written so: an unknown format, a base IRI that is none.
    pub(super) fn new(options: &'o Output) -> anyhow::Result<Self> {
        let base = BaseIri::new(options.base.as_deref().unwrap_or(DEFAULT_BASE))?;
        let form = form(options)?;
        let pruning = dot_options(options, &base).pruning;
        if !pruning.keeps_all() && !form.has_picture() {
            anstream::eprintln!(
                "warning: --focus, --only, --min-support and --top cut pictures (dot, svg, png, html); this has everything"
            );
        }
        let way = match form {
            Form::Readable => Way::Readable(Target::create(options.path.as_deref())?),
            Form::Formats(formats) => Way::of(formats, options.path.as_deref())?,
        };
        Ok(Self { options, base, way })
    }

    /// Whether lines for people leave, and on standard output.
    pub(super) fn is_for_people(&self) -> bool {
        matches!(self.way, Way::Readable(Target::Standard(_)))
    }

    /// Takes the next graph.
    pub(super) fn take(&mut self, graph: KnowledgeGraph) -> anyhow::Result<()> {
        let options = self.options;
        let shown = || cannot_write(options.path.as_deref());
        match &mut self.way {
            Way::Readable(out) => {
                readable::write(&graph, out)?;
                out.pass_on().with_context(shown)
            }
            Way::Each {
                format,
                out,
                headed,
            } => {
                let mut content = Vec::new();
                if !std::mem::replace(headed, true) {
                    content = header(*format)?;
                }
                content.extend(content_of(&graph, *format, self.options, &self.base)?);
                out.write_all(&content)
                    .and_then(|()| out.pass_on())
                    .with_context(shown)
            }
            Way::Files {
                folder,
                formats,
                focus,
            } => {
                if formats.iter().any(|format| format.is_picture()) {
                    focus.look(&graph, options, &self.base);
                }
                let id = graph.documents.first().map_or("document", |d| &d.id);
                for format in formats {
                    let mut content = header(*format)?;
                    content.extend(content_of(&graph, *format, self.options, &self.base)?);
                    let name = format!("{}.{}", file_name(id), format.name());
                    write_whole(&folder.join(name), &content)?;
                }
                Ok(())
            }
            Way::Together { spool, .. } => spool.add(graph),
            Way::Whole { format, graphs } => {
                if *format == Format::Html && graphs.len() == MOST_ON_A_PAGE {
                    bail!(
                        "a page holds {MOST_ON_A_PAGE} articles at most: -o DIR/ --format html writes one an article"
                    );
                }
                graphs.push(graph);
                Ok(())
            }
            #[cfg(feature = "parquet")]
            Way::Rows(rows) => rows.add(&graph).with_context(shown),
        }
    }

    /// Writes what waits for the end, and puts all of it in its place.
    pub(super) fn finish(self) -> anyhow::Result<()> {
        let path = self.options.path.as_deref();
        match self.way {
            Way::Readable(out) => out.finish(),
            Way::Each {
                format,
                mut out,
                headed,
            } => {
                if !headed {
                    out.write_all(&header(format)?)
                        .with_context(|| cannot_write(path))?;
                }
                out.finish()
            }
            Way::Files {
                focus: Focus::Missing(error),
                ..
            } => Err(error).context("the pictures are empty"),
            Way::Files { .. } => Ok(()),
            Way::Together { format, spool } => {
                write_together(spool, format, self.options, &self.base)
            }
            Way::Whole { format, mut graphs } => {
                let graph = match graphs.len() {
                    1 => graphs.remove(0),
                    _ => KnowledgeGraph::merge(graphs),
                };
                if format.is_picture() {
                    graph.check_focus(&dot_options(self.options, &self.base).pruning)?;
                }
                let content = content_of(&graph, format, self.options, &self.base)?;
                put(path, &content)
            }
            #[cfg(feature = "parquet")]
            Way::Rows(rows) => rows.end().with_context(|| cannot_write(path))?.finish(),
        }
    }
}

impl Focus {
    /// Looks whether a graph has the name; one of many is enough.
    fn look(&mut self, graph: &KnowledgeGraph, options: &Output, base: &BaseIri) {
        let pruning = dot_options(options, base).pruning;
        match (&self, graph.check_focus(&pruning)) {
            (Self::Unasked, Err(error)) => *self = Self::Missing(error),
            (_, Ok(())) => *self = Self::Found,
            (_, Err(_)) => {}
        }
    }
}

impl Way {
    fn of(formats: Vec<Format>, path: Option<&Path>) -> anyhow::Result<Self> {
        if let Some(format) = formats.iter().find(|format| !format.is_built()) {
            let name = format.name();
            bail!(
                "this sayso was built without {name}: install it with `cargo install --features {name}`"
            );
        }
        let folder = path.filter(|path| is_folder(path));
        if formats.contains(&Format::Neo4j) {
            return match folder {
                Some(folder) if formats.len() == 1 => Ok(Self::together(Format::Neo4j, folder)),
                _ => bail!(
                    "neo4j is two files of all articles: it needs a folder of its own, -o DIR/"
                ),
            };
        }
        if let Some(folder) = folder {
            let folder = folder.to_owned();
            let focus = Focus::default();
            return Ok(Self::Files {
                folder,
                formats,
                focus,
            });
        }
        let format = formats[0];
        #[cfg(feature = "parquet")]
        if format == Format::Parquet {
            let out = crate::export::ParquetWriter::begin(Target::create(path)?)?;
            return Ok(Self::Rows(Box::new(out)));
        }
        if !format.merges_documents() {
            let out = Target::create(path)?;
            return Ok(Self::Each {
                format,
                out,
                headed: false,
            });
        }
        if format.takes_many() || format.is_drawn() {
            let folder = path.map_or_else(std::env::temp_dir, |p| output::folder_of(p).to_owned());
            return Ok(Self::together(format, &folder));
        }
        Ok(Self::Whole {
            format,
            graphs: Vec::new(),
        })
    }

    fn together(format: Format, folder: &Path) -> Self {
        let spool = Spool::new(format, folder);
        Self::Together { format, spool }
    }
}

/// What to say where writing fails.
fn cannot_write(path: Option<&Path>) -> String {
    match path {
        Some(path) => format!("cannot write {}", path.display()),
        None => "cannot write to standard output".to_owned(),
    }
}

/// Writes content that is there as a whole.
fn put(path: Option<&Path>, content: &[u8]) -> anyhow::Result<()> {
    let mut out = Target::create(path)?;
    out.write_all(content).with_context(|| cannot_write(path))?;
    out.finish()
}

/// Writes many graphs as one.
fn write_together(
    spool: Spool,
    format: Format,
    options: &Output,
    base: &BaseIri,
) -> anyhow::Result<()> {
    let (plan, mut waiting) = spool.finish()?;
    if format.is_drawn() {
        return write_picture(&plan, waiting, format, options, base);
    }
    let path = options.path.as_deref();
    let paths: Vec<Option<PathBuf>> = match (format, path) {
        (Format::Neo4j, Some(folder)) => NEO4J_FILES.map(|name| Some(folder.join(name))).into(),
        _ => vec![path.map(Path::to_owned)],
    };
    let mut targets = Vec::new();
    for path in &paths {
        targets.push(Target::create(path.as_deref())?);
    }
    let cannot = || cannot_write(path);
    let writer = match targets.as_mut_slice() {
        [nodes, relationships] => GraphWriter::begin_neo4j(&plan, base, [nodes, relationships]),
        [out, ..] => GraphWriter::begin(&plan, base, out),
        [] => return Ok(()),
    };
    let mut writer = writer.with_context(cannot)?;
    for graph in waiting.graphs()? {
        writer.add(graph?).with_context(cannot)?;
    }
    writer.end().with_context(cannot)?;
    targets.into_iter().try_for_each(Target::finish)
}

/// Draws many graphs as one.
fn write_picture(
    plan: &ExportPlan,
    mut waiting: Waiting,
    format: Format,
    options: &Output,
    base: &BaseIri,
) -> anyhow::Result<()> {
    let path = options.path.as_deref();
    if let Waiting::InMemory(graphs) = waiting {
        let graph = KnowledgeGraph::merge(graphs);
        graph.check_focus(&dot_options(options, base).pruning)?;
        return put(path, &content_of(&graph, format, options, base)?);
    }
    let drawing = dot_options(options, base);
    if format == Format::Dot {
        let mut out = Target::create(path)?;
        write_dot_of_many(plan, || waiting.graphs(), &drawing, &mut out)?;
        return out.finish();
    }
    let mut dot = Vec::new();
    write_dot_of_many(plan, || waiting.graphs(), &drawing, &mut dot)?;
    let dot = String::from_utf8(dot).context("what is drawn is not UTF-8")?;
    put(path, &output::draw(&dot, format.name())?)
}

fn content_of(
    graph: &KnowledgeGraph,
    format: Format,
    options: &Output,
    base: &BaseIri,
) -> anyhow::Result<Vec<u8>> {
    let mut out = Vec::new();
    match format {
        Format::Json => out = graph_json(graph).into_bytes(),
        Format::JsonLines => write_relation_lines(graph, &mut out)?,
        Format::JsonLd => write_json_ld(graph, base, &mut out)?,
        Format::Turtle => write_turtle(graph, base, &mut out)?,
        Format::NQuads => write_nquads(graph, base, &mut out)?,
        Format::Cypher => write_cypher(graph, &mut out)?,
        Format::GraphMl => write_graphml(graph, &mut out)?,
        Format::Csv => write_csv(graph, &mut out)?,
        Format::Parquet => write_parquet(graph, &mut out)?,
        Format::Neo4j => bail!("neo4j is two files: it needs a folder, -o DIR/"),
        Format::Dot => out = dot(graph, &dot_options(options, base)).into_bytes(),
        Format::Html => out = output::page(graph, &dot_options(options, base))?,
        Format::Svg | Format::Png => {
            out = output::draw(&dot(graph, &dot_options(options, base)), format.name())?;
        }
    }
    Ok(out)
}

#[cfg(feature = "parquet")]
fn write_parquet(graph: &KnowledgeGraph, out: &mut Vec<u8>) -> std::io::Result<()> {
    let mut rows = crate::export::ParquetWriter::begin(out)?;
    rows.add(graph)?;
    rows.end().map(|_| ())
}

#[cfg(not(feature = "parquet"))]
fn write_parquet(_: &KnowledgeGraph, _: &mut Vec<u8>) -> std::io::Result<()> {
    // Refused before any work, see `Format::is_built`.
    Err(std::io::ErrorKind::Unsupported.into())
}

fn dot_options(options: &Output, base: &BaseIri) -> DotOptions {
    DotOptions {
        base: base.clone(),
        pruning: Pruning {
            focus: options.focus.clone(),
            hops: options.hops,
            only: options.only.clone(),
            min_support: options.min_support,
            top: options.top,
        },
    }
}

/// What stands once above all documents.
fn header(format: Format) -> anyhow::Result<Vec<u8>> {
    let mut out = Vec::new();
    if format == Format::Csv {
        write_csv_header(&mut out)?;
    }
    Ok(out)
}
