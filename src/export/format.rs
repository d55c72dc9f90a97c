//! The formats by name and by file ending.

/// A format that a graph can leave in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// For Graphviz.
    Dot,
    /// A picture, drawn by Graphviz from DOT.
    Svg,
    /// A picture, drawn by Graphviz from DOT.
    Png,
    /// Graph JSON, one object a document.
    Json,
    /// One relation a line.
    JsonLines,
    /// Linked data.
    JsonLd,
    /// The same triples in Turtle.
    Turtle,
    /// The same triples, one a line.
    NQuads,
    /// Statements for graph databases that speak openCypher.
    Cypher,
    /// For networkx, igraph, Gephi and yEd.
    GraphMl,
    /// A table of relations.
    Csv,
    /// The same table for data frames and SQL, with types and compressed; needs the feature `parquet`.
    Parquet,
    /// Two tables in a folder, as `neo4j-admin database import` reads them.
    Neo4j,
    /// A page: the articles, a picture, and what was found.
    Html,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Dot,
        Self::Svg,
        Self::Png,
        Self::Json,
        Self::JsonLines,
        Self::JsonLd,
        Self::Turtle,
        Self::NQuads,
        Self::Cypher,
        Self::GraphMl,
        Self::Csv,
        Self::Parquet,
        Self::Neo4j,
        Self::Html,
    ];

    /// Its name on the command line, which is also its file ending.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dot => "dot",
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Json => "json",
            Self::JsonLines => "jsonl",
            Self::JsonLd => "jsonld",
            Self::Turtle => "ttl",
            Self::NQuads => "nq",
            Self::Cypher => "cypher",
            Self::GraphMl => "graphml",
            Self::Csv => "csv",
            Self::Parquet => "parquet",
            Self::Neo4j => "neo4j",
            Self::Html => "html",
        }
    }

    /// By name, in any case.
    pub fn from_name(name: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|format| format.name().eq_ignore_ascii_case(name))
    }

    /// By file ending, with or without its dot, in any case; `gv`, `ndjson`, `nt`, `cyp` and `htm` are known too.
    pub fn from_extension(extension: &str) -> Option<Self> {
        let extension = extension.strip_prefix('.').unwrap_or(extension);
        match extension.to_ascii_lowercase().as_str() {
            "gv" => Some(Self::Dot),
            "ndjson" => Some(Self::JsonLines),
            "nt" => Some(Self::NQuads),
            "cyp" => Some(Self::Cypher),
            "htm" => Some(Self::Html),
            other => Self::from_name(other),
        }
    }

    /// Whether [`GraphWriter`](super::GraphWriter) makes one graph of many in it.
    pub fn takes_many(self) -> bool {
        self.merges_documents() && !self.is_drawn() && self != Self::Html
    }

    /// Whether it is a picture, made of DOT.
    pub fn is_drawn(self) -> bool {
        matches!(self, Self::Dot | Self::Svg | Self::Png)
    }

    /// Whether it is a picture or has one.
    pub fn is_picture(self) -> bool {
        self.is_drawn() || self == Self::Html
    }

    /// Whether this build can write it.
    pub fn is_built(self) -> bool {
        self != Self::Parquet || cfg!(feature = "parquet")
    }

    /// Whether several documents make one graph in it; otherwise each document is an object or lines of its own.
    pub fn merges_documents(self) -> bool {
        !matches!(
            self,
            Self::Json | Self::JsonLines | Self::Csv | Self::Parquet
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_an_ending() {
        for format in Format::ALL {
            assert_eq!(Format::from_name(format.name()), Some(format));
            assert_eq!(
                Format::from_extension(&format!(".{}", format.name().to_uppercase())),
                Some(format)
            );
        }
        assert_eq!(Format::from_extension("gv"), Some(Format::Dot));
        assert_eq!(Format::from_extension("txt"), None);
    }
}
