//! What can be said on the command line.

use super::query::Query;
use super::train_tagger::TrainTagger;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::num::ParseIntError;
use std::path::PathBuf;
use std::str::FromStr;

/// Who said, refused or estimated what, and on whose say-so: a knowledge graph from English news
#[derive(Debug, Parser)]
#[command(version, about, before_help = EXAMPLES, after_help = FILES, arg_required_else_help = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
    /// Say less
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,
    /// Say more
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub(super) verbose: bool,
    /// Leave `sayso.toml` alone
    #[arg(long, global = true)]
    pub(super) isolated: bool,
}

impl Arguments {
    /// How much is said besides what was asked for.
    pub(super) fn loudness(&self) -> Loudness {
        match (self.quiet, self.verbose) {
            (true, _) => Loudness::Quiet,
            (_, true) => Loudness::Verbose,
            _ => Loudness::Usual,
        }
    }
}

/// How much is said besides what was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Loudness {
    Quiet,
    Usual,
    Verbose,
}

const EXAMPLES: &str = "Examples:
  sayso extract article.txt                     what the article says, as lines
  sayso extract article.txt -o graph.svg        as a picture (needs Graphviz)
  sayso extract articles/ -o graph.jsonld       many articles, one graph of linked data
  sayso extract --rules my-pack/ article.txt    with rules of your own
  sayso export graph.json -o graph.ttl          a graph into another format
  sayso merge a.json b.json -o all.json         graphs into one
  sayso query graph.jsonld who-said-what        who said what (`sayso query --list`: more questions)
  sayso check my-pack/                          what is wrong with them
  sayso test my-pack/                           whether they find what they say they find
  sayso eval articles/                          how much of gold files they find
  sayso tokens 'Anna Weber said it rained.'     what the engine sees";

const FILES: &str = "Exit codes: 0 done; 1 findings; 2 usage, input or output; 3 finished, with documents left out; \
130 interrupted.

A file `sayso.toml`, in the folder or above it, says once what a project always says, each line where it is wanted: \
`rules = [\"rules/\"]`, `inputs = [\"articles/\"]`, `base = \"https://example.org/kg/\"`, `formats = [\"json\", \"dot\"]`. \
The command line goes before it.";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Text to graph
    Extract(Extract),
    /// A graph into another format
    Export(Export),
    /// Graphs into one
    Merge(Merge),
    /// SPARQL, or a saved question, over graphs
    Query(Query),
    /// All diagnostics and lints of rule files
    Check(Check),
    /// Run the `yes` and `no` lines of rule files
    Test(Test),
    /// Precision, recall and F1 against gold files
    Eval(Eval),
    /// What the engine sees in a text
    Tokens(Tokens),
    /// Completions for a shell, on standard output
    Completions {
        /// For which shell
        shell: clap_complete::Shell,
    },
    /// The man page, on standard output
    Man,
    #[command(hide = true)]
    TrainTagger(TrainTagger),
}

impl Command {
    /// `-o -` is standard output, as no `-o` is.
    pub(super) fn without_dash(&mut self) {
        let output = match self {
            Self::Extract(extract) => &mut extract.output.path,
            Self::Export(export) => &mut export.graphs.output.path,
            Self::Merge(merge) => &mut merge.graphs.output.path,
            Self::Query(query) => &mut query.output,
            _ => return,
        };
        output.take_if(|path| path.as_os_str() == "-");
    }
}

/// Which rules.
#[derive(Args, Clone, Debug)]
pub(super) struct Packs {
    /// Rules of your own: a folder or a `.sayso` file, on top of the shipped ones
    #[arg(long = "rules", value_name = "PATH")]
    pub(super) rules: Vec<PathBuf>,
    /// Leave the shipped rules out
    #[arg(long)]
    pub(super) no_builtin: bool,
    /// Go on where rules have errors: the broken parts are left out
    #[arg(long)]
    pub(super) keep_going: bool,
}

/// What leaves, and where to.
#[derive(Args, Clone, Debug)]
pub(super) struct Output {
    /// Where to write: a file (its ending names the format), `-` for standard output, or a folder with `/` at its end (a file an article)
    #[arg(id = "output", short = 'o', long = "output", value_name = "PATH")]
    pub(super) path: Option<PathBuf>,
    /// text, json, jsonl, jsonld, ttl, nq, cypher, graphml, csv, parquet, neo4j, dot, svg, png or html; several, with commas between, for a folder
    #[arg(long, value_name = "FORMAT", value_delimiter = ',')]
    pub(super) format: Vec<String>,
    /// Those of `sayso.toml`.
    #[arg(skip)]
    pub(super) formats: Vec<String>,
    /// Start of all IRIs; else `https://kg.example/`
    #[arg(long, value_name = "IRI")]
    pub(super) base: Option<String>,
    /// Pictures: only what is near entities of this name
    #[arg(long, value_name = "NAME")]
    pub(super) focus: Option<String>,
    /// Pictures: how near, 1 or more
    #[arg(long, value_name = "N", default_value_t = 1, requires = "focus", value_parser = at_least_one::<u32>)]
    pub(super) hops: u32,
    /// Pictures: only these relations
    #[arg(long, value_name = "RELATIONS", value_delimiter = ',')]
    pub(super) only: Vec<String>,
    /// Pictures: only what is said so often
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(super) min_support: usize,
    /// Pictures: only so many entities, those with the most relations
    #[arg(long, value_name = "N", value_parser = at_least_one::<usize>)]
    pub(super) top: Option<usize>,
}

/// A number with which something is left.
fn at_least_one<N>(text: &str) -> Result<N, String>
where
    N: FromStr<Err = ParseIntError> + Default + PartialEq,
{
    match text.parse() {
        Ok(number) if number == N::default() => Err("1 is the least, or nothing is left".into()),
        Ok(number) => Ok(number),
        Err(error) => Err(error.to_string()),
    }
}

const EXTRACT_EXAMPLES: &str = "Examples:
  sayso extract article.txt                     lines on a terminal, Graph JSON in a pipe
  sayso extract - -o graph.svg < article.txt    a picture of what standard input says
  sayso extract article.txt -o page.html        a page: the article, its picture, and what was found in it
  sayso extract articles/ -o graph.jsonld       many articles, one graph
  sayso extract articles/ -o graphs/ --format json,dot    two files an article";

#[derive(Args, Debug)]
#[command(before_help = EXTRACT_EXAMPLES)]
pub(super) struct Extract {
    /// Articles: files, folders, or `-` for standard input
    #[arg(value_name = "FILES")]
    pub(super) inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) packs: Packs,
    #[command(flatten)]
    pub(super) output: Output,
    /// What the input is
    #[arg(long, value_enum, default_value_t = InputFormat::Text)]
    pub(super) input_format: InputFormat,
    /// When the articles were published, where they do not say: YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub(super) date: Option<jiff::civil::Date>,
    /// Where entities of one name are one
    #[arg(long, value_enum, default_value_t = EntityScope::Graph)]
    pub(super) entity_scope: EntityScope,
    /// How many articles at a time
    #[arg(long, value_name = "N")]
    pub(super) jobs: Option<usize>,
}

/// Graphs that were written before, and where they go.
#[derive(Args, Debug)]
pub(super) struct GraphFiles {
    /// Graph JSON, or JSON Lines of it: files, or `-` for standard input
    #[arg(value_name = "GRAPH")]
    pub(super) inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) packs: Packs,
    #[command(flatten)]
    pub(super) output: Output,
}

const EXPORT_EXAMPLES: &str = "Examples:
  sayso export graph.json -o graph.svg          a picture of a graph that was written before
  sayso export graph.json -o graph.ttl --base https://example.org/kg/
  sayso export graphs/*.json -o graph.jsonld    many graphs, one file of linked data
  sayso extract article.txt | sayso export - --format dot --focus 'Anna Weber'
  sayso export --validate graph.jsonld          is it what our shapes say? exit code 1 where not";

#[derive(Args, Debug)]
#[command(before_help = EXPORT_EXAMPLES)]
pub(super) struct Export {
    #[command(flatten)]
    pub(super) graphs: GraphFiles,
    /// Write nothing: check linked data (or Graph JSON, as what it would become) against our SHACL shapes
    #[arg(long, conflicts_with_all = ["output", "format"])]
    pub(super) validate: bool,
    /// Check against these shapes, in Turtle, instead of ours
    #[arg(long, value_name = "FILE", requires = "validate")]
    pub(super) shapes: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum EntityScope {
    /// One name and type, or one Wikidata item, is one entity in all documents
    Graph,
    /// Entities of two documents are never one, and their ids name their document
    Document,
}

const MERGE_EXAMPLES: &str = "Examples:
  sayso merge monday.json tuesday.json -o week.json
  sayso merge week.json wednesday.json -o week.json --decisions decisions.txt --explain
  sayso merge graphs/*.json --suggest >> decisions.txt    what may be one, for you to decide
  sayso merge graphs/*.json -o all.jsonld --entity-scope document    namesakes stay apart";

const DECISIONS: &str = "Decisions are lines of a text file, in any order, replayed on every merge:

  same    person/a-weber   person/anna-weber    # why, for those who come later
  never   country/georgia  place/georgia
  rename  person/anna-weber  \"Anna Weber-Lund\"

What a decision makes one keeps all its mentions, and `merged` in the graph says what it was and why. Decisions that \
contradict each other are refused with their lines.

The order of the graphs does not matter, and a graph that comes twice counts once. Two texts with one name get the \
start of their hash behind it.";

#[derive(Args, Debug)]
#[command(before_help = MERGE_EXAMPLES, after_help = DECISIONS)]
pub(super) struct Merge {
    #[command(flatten)]
    pub(super) graphs: GraphFiles,
    /// What people have decided: lines of same, never and rename
    #[arg(long, value_name = "FILE")]
    pub(super) decisions: Vec<PathBuf>,
    /// Where entities of one name are one
    #[arg(long, value_enum, default_value_t = EntityScope::Graph)]
    pub(super) entity_scope: EntityScope,
    /// Say on standard error which entities became one and why
    #[arg(long)]
    pub(super) explain: bool,
    /// Write no graph, but lines of decisions about what may be one, for you to choose from
    #[arg(long, conflicts_with_all = ["explain", "output", "format"])]
    pub(super) suggest: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum InputFormat {
    /// Each file is an article
    Text,
    /// Each line is one: {"id": …, "text": …, "date": …}
    Jsonl,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageFormat {
    /// With the lines of the file
    Full,
    /// A line each
    Short,
    /// A JSON object a line
    Json,
    /// Annotations of a GitHub workflow
    Github,
    /// One SARIF log
    Sarif,
}

const CHECK_EXAMPLES: &str = "Examples:
  sayso check my-pack/                          what is wrong with them, and what would mend it
  sayso check my-pack/ --fix                    write the edits that are certain into the files
  sayso check --deny-warnings --message-format github     for a workflow";

#[derive(Args, Debug)]
#[command(before_help = CHECK_EXAMPLES)]
pub(super) struct Check {
    /// Rule folders or files; none: the shipped rules
    #[arg(value_name = "RULES")]
    pub(super) rules: Vec<PathBuf>,
    /// Leave the shipped rules out
    #[arg(long)]
    pub(super) no_builtin: bool,
    /// Warnings count as findings
    #[arg(long)]
    pub(super) deny_warnings: bool,
    /// Write the edits that are certain into the files; guesses (`did you mean`) are left to you
    #[arg(long)]
    pub(super) fix: bool,
    /// How to say it
    #[arg(long, value_enum, default_value_t = MessageFormat::Full)]
    pub(super) message_format: MessageFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum TestFormat {
    /// What failed, and how many
    Text,
    /// The XML that build servers read
    Junit,
}

const TEST_EXAMPLES: &str = "Examples:
  sayso test my-pack/                           do the yes and no lines hold?
  sayso test my-pack/ --only met -v             those of one rule, and what they never reach
  sayso test my-pack/ --format junit            for a build server";

#[derive(Args, Debug)]
#[command(before_help = TEST_EXAMPLES)]
pub(super) struct Test {
    /// Rule folders or files; none: the shipped rules
    #[arg(value_name = "RULES")]
    pub(super) rules: Vec<PathBuf>,
    /// Leave the shipped rules out
    #[arg(long)]
    pub(super) no_builtin: bool,
    /// Only tests of this rule
    #[arg(long, value_name = "RULE")]
    pub(super) only: Option<String>,
    /// How to say it
    #[arg(long, value_enum, default_value_t = TestFormat::Text)]
    pub(super) format: TestFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum EvalFormat {
    /// A table and lists, for people
    Text,
    /// One object, for a diff between two versions
    Json,
}

const EVAL_EXAMPLES: &str = "Examples:
  sayso eval article.gold.json                  the article is article.txt beside it
  sayso eval articles/ --rules my-pack/         all gold files of a folder, with rules of your own
  sayso eval articles/ --verify                 do the spans, ids and sentences of the gold hold?
  sayso eval a.gold.json --graph a.json         score a graph that was written before
  sayso eval articles/ --min-f1 0.8             exit code 1 when entities or relations are below";

const EVAL_FORM: &str = "A gold file is the Graph JSON of an article (`sayso extract --format json`) as it should be. \
It may also hold, on entities and relations, `tier` (core, good, stretch) and `optional`; on entities, `aliases` and `accept_types`; \
`negatives`, relations that must not come, with `why`; and `annotated`, the types it is complete for.

How things match: entities by type and name or alias; those without a name, and values, by their words. Relations by \
type (or one a kind of the other), sentence, source and target: the same entity, or words or content that overlap by \
half. Each one at most once, the best first.

Exit codes: 0; 1 below --min-f1, with a negative committed, or with a fault found by --verify; 2 input.";

#[derive(Args, Debug)]
#[command(before_help = EVAL_EXAMPLES, after_help = EVAL_FORM)]
pub(super) struct Eval {
    /// Gold files, or folders with files that end in `.gold.json`
    #[arg(value_name = "GOLD", required = true)]
    pub(super) golds: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) packs: Packs,
    /// The article, where it is not NAME.txt beside NAME.gold.json
    #[arg(long, value_name = "FILE")]
    pub(super) text: Option<PathBuf>,
    /// Score this Graph JSON (or JSON Lines of it) and extract nothing
    #[arg(long, value_name = "FILE", conflicts_with = "verify")]
    pub(super) graph: Option<PathBuf>,
    /// Only check the gold files themselves
    #[arg(long)]
    pub(super) verify: bool,
    /// The least F1 of entities and of relations, 0 to 1
    #[arg(long, value_name = "X", conflicts_with = "verify")]
    pub(super) min_f1: Option<f64>,
    /// How to say it
    #[arg(long, value_enum, default_value_t = EvalFormat::Text)]
    pub(super) format: EvalFormat,
}

const TOKENS_EXAMPLES: &str = "Examples:
  sayso tokens 'Anna Weber said it rained.'     tokens, groups, and what found each thing
  sayso tokens article.txt --rules my-pack/     the same of a file, with rules of your own";

#[derive(Args, Debug)]
#[command(before_help = TOKENS_EXAMPLES)]
pub(super) struct Tokens {
    /// The text, a file, or `-` for standard input
    #[arg(value_name = "TEXT")]
    pub(super) text: String,
    #[command(flatten)]
    pub(super) packs: Packs,
}
