//! Many articles into one output: what is written does not depend on how many fit into memory.

use super::cli::{err, out, sayso};
use std::collections::BTreeSet;
use std::path::Path;

/// Reports that differ in names and figures, and share some; more than are held in memory.
fn lines(count: usize) -> String {
    let people = [
        "Ada Holm",
        "Ivar Lund",
        "Mina Rask",
        "Otto Berg",
        "Sara Vik",
    ];
    let countries = [
        "Norway", "Latvia", "Portugal", "Chile", "Japan", "Kenya", "Canada",
    ];
    let mut lines = String::new();
    for number in 0..count {
        let (who, where_) = (
            people[number % people.len()],
            countries[number % countries.len()],
        );
        let padding =
            "The road to the harbour was quiet, and nobody spoke of it again. ".repeat(20);
        let text = format!(
            "{who}, the mayor of Port {number}, said on Monday that {where_} would send {number} boats.\n\n{padding}\n\n\
             {where_} refuses the offer, minister Karl Number{number} said. \"We waited too long,\" he added."
        );
        let line = serde_json::json!({"id": format!("report-{number}"), "text": text, "date": "2026-11-20"});
        lines.push_str(&line.to_string());
        lines.push('\n');
    }
    lines
}

fn written(format: &str, input: &str, folder: &Path) -> String {
    let path = folder.join(format!("graph.{format}"));
    let path = path.to_str().unwrap();
    let arguments = ["extract", "--input-format", "jsonl", "-o", path, "-"];
    let output = sayso(&arguments, input.as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn linked_data_of_many_articles_is_the_same_in_every_order() {
    let folder = tempfile::tempdir().unwrap();
    // Some 1,400 bytes each: the second half goes over the disk.
    let input = lines(360);
    // Where a report stood in its file does depend on the order.
    let lasting = |line: &&str| !line.contains("#sourceFile>");
    let triples = |text: &str| {
        text.lines()
            .filter(lasting)
            .map(str::to_owned)
            .collect::<BTreeSet<_>>()
    };
    let forward = triples(&written("nq", &input, folder.path()));
    let backward: Vec<&str> = input.lines().rev().collect();
    let backward = triples(&written("nq", &backward.join("\n"), folder.path()));
    assert!(forward.len() > 20_000, "{}", forward.len());
    let differing: Vec<_> = forward.symmetric_difference(&backward).take(4).collect();
    assert!(differing.is_empty(), "{differing:#?}");
    let json_ld = written("jsonld", &input, folder.path());
    let parser = oxjsonld::JsonLdParser::new().for_slice(json_ld.as_bytes());
    let of_json_ld: BTreeSet<_> = parser.map(|quad| format!("{} .", quad.unwrap())).collect();
    assert_eq!(of_json_ld.len(), forward.len() + 360);
    let names = std::fs::read_dir(folder.path()).unwrap();
    let mut names: Vec<_> = names.map(|f| f.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["graph.jsonld", "graph.nq"], "nothing else is left");
}

#[test]
fn a_name_is_one_node_in_all_articles() {
    let folder = tempfile::tempdir().unwrap();
    let cypher = written("cypher", &lines(40), folder.path());
    let nodes = cypher
        .lines()
        .filter(|line| line.contains("(n:Entity {id: \"country/norway\"})"));
    let nodes: Vec<_> = nodes.collect();
    assert_eq!(nodes.len(), 1);
    // Six articles of forty name it, each in two places.
    assert!(nodes[0].contains("n.`mentions` = 12"), "{}", nodes[0]);
}

#[test]
fn neo4j_gets_two_tables_in_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = format!("{}/tables/", folder.path().display());
    let arguments = [
        "extract",
        "--input-format",
        "jsonl",
        "--format",
        "neo4j",
        "-o",
        &path,
        "-",
    ];
    let output = sayso(&arguments, lines(12).as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let read = |name: &str| {
        let mut reader = csv::Reader::from_path(format!("{path}{name}")).unwrap();
        let header = reader.headers().unwrap().clone();
        let rows: Vec<_> = reader.records().map(|row| row.unwrap()).collect();
        (header, rows)
    };
    let (header, nodes) = read("nodes.csv");
    assert_eq!(&header[0], "id:ID");
    let ids: BTreeSet<_> = nodes.iter().map(|row| row[0].to_owned()).collect();
    assert_eq!(ids.len(), nodes.len(), "a node stands once");
    let (header, relationships) = read("relationships.csv");
    assert_eq!(&header[2], ":TYPE");
    assert!(relationships.len() > 24);
    assert!(
        relationships
            .iter()
            .all(|row| ids.contains(&row[0]) && ids.contains(&row[1]))
    );
    let output = sayso(&["extract", "--format", "neo4j", "-"], b"Norway waits.");
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("-o DIR/"), "{}", err(&output));
}

#[test]
fn parquet_is_written_or_the_way_to_it_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("relations.parquet");
    let path = path.to_str().unwrap();
    let arguments = ["extract", "--input-format", "jsonl", "-o", path, "-"];
    let output = sayso(&arguments, lines(3).as_bytes());
    if cfg!(feature = "parquet") {
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        let content = std::fs::read(path).unwrap();
        assert!(content.starts_with(b"PAR1") && content.ends_with(b"PAR1"));
    } else {
        assert_eq!(output.status.code(), Some(2));
        assert!(
            err(&output).contains("--features parquet"),
            "{}",
            err(&output)
        );
        assert!(!Path::new(path).exists());
    }
    assert_eq!(out(&output), "");
}

#[test]
fn no_article_is_a_graph_that_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    for format in ["jsonld", "ttl", "nq", "cypher", "graphml", "csv", "dot"] {
        let text = written(format, "{\"id\": \"a\", \"text\": \"\"}\n", folder.path());
        match format {
            "jsonld" => assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok()),
            "graphml" => assert!(text.ends_with("</graphml>\n"), "{text}"),
            "dot" => assert!(text.trim_end().ends_with('}'), "{text}"),
            _ => {}
        }
    }
}

#[test]
fn a_picture_of_many_articles_declares_every_node_once() {
    let folder = tempfile::tempdir().unwrap();
    let dot = written("dot", &lines(360), folder.path());
    assert!(dot.contains("layout=sfdp") && dot.contains("360 documents"));
    let mut nodes = BTreeSet::new();
    let mut edges = 0;
    for line in dot.lines().filter(|line| line.starts_with("  \"")) {
        let head = line.split(" [").next().unwrap().trim();
        match head.split_once(" -> ") {
            None => assert!(nodes.insert(head), "{head} stands twice"),
            Some((from, to)) => {
                edges += 1;
                assert!(nodes.contains(from) && nodes.contains(to), "{head}");
            }
        }
    }
    assert!(edges > 1_000, "{edges}");
    let path = folder.path().join("top.dot");
    let path = path.to_str().unwrap();
    let arguments = [
        "extract",
        "--input-format",
        "jsonl",
        "--only",
        "refuses",
        "--top",
        "4",
        "-o",
        path,
        "-",
    ];
    let output = sayso(&arguments, lines(360).as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let top = std::fs::read_to_string(path).unwrap();
    let countries = top
        .lines()
        .filter(|line| line.contains("class=\"country\""));
    assert_eq!(countries.count(), 4, "{top}");
    assert!(top.contains("outside the 4 entities with the most relations"));
}
