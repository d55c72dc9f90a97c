//! What can be said to `sayso query`.

use crate::cli::args::Packs;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

const EXAMPLES: &str = "Examples:
  sayso query --list                            questions to begin with
  sayso query graph.jsonld who-said-what --set about=Norway
  sayso query a.jsonld b.ttl 'SELECT ?who WHERE { ?r sayso:relation \"said\" ; rdf:subject/rdfs:label ?who }'
  sayso query graph.jsonld my.rq -o answer.csv  SPARQL from a file
  sayso extract articles/ | sayso query - estimates";

const FORM: &str = "Graphs are linked data (.jsonld, .ttl, .nq, .nt, .trig, .rdf) or Graph JSON (.json, .jsonl); all \
files are asked together. The prefixes of our vocabularies (sayso, arg, attribute, rdf, rdfs, xsd, schema, prov, oa, wd) \
and ent and doc, of --base, need no declaration. Queries only read, and ask no other server.

A saved question is a file NAME.rq. Its first line, a comment, is its title, those after it say more, and a line \
`# @name what it is` declares a parameter; `VALUES ?name { \"…\" }` in the query holds its default.";

/// What is asked of which graphs.
#[derive(Args, Debug)]
#[command(before_help = EXAMPLES, after_help = FORM)]
pub(in crate::cli) struct Query {
    /// Files of graphs (`-`: standard input), and last the query: SPARQL, a file .rq, or the name of a saved question
    #[arg(value_name = "GRAPH... QUERY")]
    pub(super) words: Vec<PathBuf>,
    /// The query is in this file; all else are graphs
    #[arg(long, value_name = "FILE")]
    pub(super) file: Option<PathBuf>,
    /// A value for a parameter of the question
    #[arg(short = 's', long = "set", value_name = "NAME=VALUE")]
    pub(super) values: Vec<String>,
    /// List the saved questions
    #[arg(long)]
    pub(super) list: bool,
    /// Show the SPARQL of a saved question, to start one of your own from
    #[arg(long, value_name = "NAME", conflicts_with = "list")]
    pub(super) show: Option<String>,
    /// A folder with questions of your own; they go before ours of the same name
    #[arg(long, value_name = "DIR")]
    pub(super) questions: Option<PathBuf>,
    /// table, csv, tsv, json or xml for SELECT and ASK; ttl, nt or jsonld for CONSTRUCT and DESCRIBE
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(super) format: Option<AnswerFormat>,
    /// Where to write; the ending names the format
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// What the input is, where endings do not say it
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(super) input_format: Option<GraphFormat>,
    /// Give up after so long
    #[arg(long, value_name = "SECONDS")]
    pub(super) timeout: Option<u64>,
    /// Start of the IRIs of Graph JSON, and of `ent:` and `doc:`; else `https://kg.example/`
    #[arg(long, value_name = "IRI")]
    pub(in crate::cli) base: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) packs: Packs,
}

/// The form of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum AnswerFormat {
    /// For people
    Table,
    /// Comma-separated values
    Csv,
    /// Tab-separated values, as terms of RDF
    Tsv,
    /// SPARQL results in JSON
    Json,
    /// SPARQL results in XML
    Xml,
    /// Turtle
    Ttl,
    /// N-Triples
    Nt,
    /// JSON-LD
    Jsonld,
}

/// What a file of a graph holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum GraphFormat {
    /// Graph JSON, or lines of it
    #[value(alias = "jsonl")]
    Json,
    /// JSON-LD
    Jsonld,
    /// Turtle
    Ttl,
    /// N-Quads
    Nq,
    /// N-Triples
    Nt,
    /// Turtle with named graphs
    Trig,
    /// RDF/XML
    Rdf,
}
