//! `sayso export --validate`: our shapes.

use crate::cli::{err, out, sayso, write};
use std::path::Path;
use std::sync::OnceLock;

fn article(name: &str) -> String {
    let articles = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles");
    articles.join(name).to_str().unwrap().to_owned()
}

/// A sample as N-Quads.
fn quads() -> &'static str {
    static QUADS: OnceLock<String> = OnceLock::new();
    QUADS.get_or_init(|| {
        let output = sayso(
            &["extract", &article("border-ferry.txt"), "--format", "nq"],
            b"",
        );
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        out(&output)
    })
}

/// The findings about N-Quads, and the exit code.
fn findings(quads: &str) -> (String, Option<i32>) {
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), "graph.nq", quads);
    let output = sayso(&["export", "--validate", &file], b"");
    (out(&output), output.status.code())
}

#[test]
fn what_we_write_is_as_our_shapes_say() {
    let folder = tempfile::tempdir().unwrap();
    let into = format!("{}/", folder.path().display());
    let formats = [
        "extract",
        &article(""),
        "-o",
        &into,
        "--format",
        "jsonld,ttl,json",
    ];
    assert_eq!(sayso(&formats, b"").status.code(), Some(0));
    let mut files = 0;
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let output = sayso(&["export", "--validate", path.to_str().unwrap()], b"");
        assert_eq!(out(&output), "", "{}", path.display());
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        files += 1;
    }
    assert_eq!(files, 18);
}

/// The first line that holds all parts.
fn line(parts: &[&str]) -> &'static str {
    let mut lines = quads().lines();
    lines
        .find(|line| parts.iter().all(|part| line.contains(part)))
        .unwrap()
}

/// The sample with a line changed.
fn edit(parts: &[&str], from: &str, to: &str) -> String {
    let old = line(parts);
    let new = old.replace(from, to);
    assert_ne!(old, new);
    quads().replace(old, &new)
}

/// The sample without a line.
fn without(parts: &[&str]) -> String {
    quads().replace(&format!("{}\n", line(parts)), "")
}

/// The sample with one triple more.
fn with(subject: &str, rest: &str) -> String {
    format!("{}{subject} {rest} .\n", quads())
}

fn subject(parts: &[&str]) -> &'static str {
    line(parts).split(' ').next().unwrap()
}

fn all_are_found(cases: &[(String, &str)]) {
    for (graph, message) in cases {
        let (found, code) = findings(graph);
        assert!(found.contains(message), "{message}\n{found}");
        assert_eq!(code, Some(1), "{message}");
    }
}

#[test]
fn each_fault_of_a_relation_is_found() {
    let subject = subject(&["sayso/ns#polarity"]);
    all_are_found(&[
        (
            edit(&[subject, "ns#polarity"], "positive", "neutral"),
            "sayso:polarity: is none of ",
        ),
        (
            edit(&[subject, "ns#tense"], "tense> \"", "tense> \"long "),
            "sayso:tense: is none of ",
        ),
        (
            without(&[subject, "ns#evidence"]),
            "sayso:evidence: has no sentence as its evidence  (sh:minCount)",
        ),
        (
            without(&[subject, "ns#inDocument"]),
            "sayso:inDocument: has 0 values, at least 1 wanted  (sh:minCount)",
        ),
        (
            with(subject, "<https://w3id.org/sayso/ns#ruleId> \"a/b\""),
            "sayso:ruleId: has 2 values, at most 1 wanted  (sh:maxCount)",
        ),
        (
            with(
                subject,
                "<https://w3id.org/sayso/arg#thing> <https://a.example/nobody>",
            ),
            "has an argument that is neither",
        ),
        (
            quads().replace(subject, "<https://kg.example/doc/border-ferry#rel-1>"),
            "has not the identifier of a relation",
        ),
        (quads().replace(subject, "_:blank"), "_:"),
        (
            with(
                subject,
                "<http://www.w3.org/2000/01/rdf-schema#label> \"two\"",
            ),
            "rdfs:label: has 2 values",
        ),
        (
            with(
                subject,
                "<http://www.w3.org/1999/02/22-rdf-syntax-ns#subject> \"words\"",
            ),
            "rdf:subject: is no IRI: \"words\"  (sh:nodeKind)",
        ),
    ]);
}

#[test]
fn each_fault_of_other_nodes_is_found() {
    let span = subject(&["oa#exact", "char=0,"]);
    all_are_found(&[
        (
            edit(&[span, "oa#start"], "\"0\"", "\"99999\""),
            "oa:start: is not below ",
        ),
        (
            edit(&[span, "oa#start"], "\"0\"", "\"-1\""),
            "oa:start: is not at least 0: \"-1\"  (sh:minInclusive)",
        ),
        (
            edit(&[span, "oa#start"], "XMLSchema#integer", "XMLSchema#string"),
            "oa:start: is no xsd:integer",
        ),
        (
            edit(&[span, "oa#exact"], "oa#exact> \"", "oa#exact> \"longer "),
            "words that are not as long",
        ),
        (
            with(span, "<https://a.example/own> \"x\""),
            "<https://a.example/own>: is no property that such a node has: \"x\"  (sh:closed)",
        ),
        (
            edit(&["ns#sha256"], "\" .", "0\" ."),
            "sayso:sha256: is not the SHA-256 of a text",
        ),
        (
            without(&["#Document>", "22-rdf-syntax-ns#type"]),
            "sayso:inDocument: is not of the class https://w3id.org/sayso/ns#Document",
        ),
        (
            without(&["schema.org/Claim", "22-rdf-syntax-ns#type"]),
            ": is not of the class https://schema.org/Claim  (sh:class)",
        ),
        (
            with(
                "<https://kg.example/entity/country/norway>",
                "<https://w3id.org/sayso/ns#value> \"many\"",
            ),
            "sayso:value: is no xsd:decimal: \"many\"  (sh:datatype)",
        ),
        (
            edit(&["ns#iso3166", "\"NO\""], "NO", "no"),
            "sayso:iso3166: does not match ^[A-Z]{2}$: \"no\"  (sh:pattern)",
        ),
    ]);
}

#[test]
fn own_shapes_take_the_place_of_ours_and_unknown_ones_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), "graph.nq", quads());
    let check = |shape: &str| {
        let prefixes = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix a: <https://a.example/> .\n\
                        @prefix sayso: <https://w3id.org/sayso/ns#> . @prefix schema: <https://schema.org/> .\n";
        let shapes = write(folder.path(), "shapes.ttl", format!("{prefixes}{shape}"));
        let output = sayso(&["export", "--validate", "--shapes", &shapes, &file], b"");
        (
            output.status.code(),
            format!("{}{}", out(&output), err(&output)),
        )
    };
    let (code, text) = check(
        "a:S a sh:NodeShape ; sh:targetClass sayso:Statement ; \
         sh:property [ sh:path schema:text ; sh:minLength 500 ; sh:message \"too short\" ] .",
    );
    assert_eq!(code, Some(1));
    assert!(text.contains("schema:text: too short: "), "{text}");
    for (shape, message) in [
        ("a:S sh:targetNode a:b .", "sh:targetNode"),
        (
            "a:S sh:targetClass a:C ; sh:property [ sh:path a:p ; sh:uniqueLang true ] .",
            "sh:uniqueLang",
        ),
        ("a:S sh:targetClass a:C ; sh:datatype a:d .", "sh:datatype"),
        (
            "a:S sh:targetClass a:C ; sh:property [ sh:path [ sh:inversePath a:p ] ; sh:minCount 1 ] .",
            "sh:",
        ),
        ("a:S sh:targetClass ", "shapes.ttl"),
    ] {
        let (code, text) = check(shape);
        assert_eq!(code, Some(2), "{shape}: {text}");
        assert!(text.contains(message), "{shape}: {text}");
    }
}

#[test]
fn nothing_checked_is_no_success() {
    assert_eq!(findings("").1, Some(2));
}

#[test]
fn the_same_triple_in_two_graphs_is_one_value() {
    let folder = tempfile::tempdir().unwrap();
    let shapes = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix a: <https://a.example/> .\n\
                  a:S sh:targetClass a:C, a:D ; sh:property [ sh:path a:p ; sh:maxCount 1 ] ; sh:sparql \
                  [ sh:select \"SELECT $this WHERE { $this <https://a.example/q> ?any }\" ] .";
    let shapes = write(folder.path(), "shapes.ttl", shapes);
    let a = |part: &str| format!("<https://a.example/{part}>");
    let a_type = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>";
    let (x, p, q) = (a("x"), a("p"), a("q"));
    let both = format!("{x} {a_type} {} .\n{x} {a_type} {} .\n", a("C"), a("D"));
    let once = format!(
        "{both}{x} {p} \"1\" {} .\n{x} {p} \"1\" {} .\n",
        a("g"),
        a("h")
    );
    let check = |quads: &str| {
        let file = write(folder.path(), "graph.nq", quads);
        let output = sayso(&["export", "--validate", "--shapes", &shapes, &file], b"");
        (output.status.code(), out(&output), err(&output))
    };
    let (code, told, summary) = check(&once);
    assert_eq!((code, &*told), (Some(0), ""));
    assert!(summary.contains("0 violations at 1 node"), "{summary}");
    assert_eq!(check(&format!("{once}{x} {p} \"2\" .\n")).0, Some(1));
    // A query without a message of its own counts too.
    let (code, told, _) = check(&format!("{once}{x} {q} \"1\" .\n"));
    assert_eq!(code, Some(1));
    assert!(told.contains("(sh:sparql)"), "{told}");
    // What no shape is for is not checked, and that is said.
    let (code, _, summary) = check(&format!("{x} {p} \"1\" .\n"));
    assert_eq!(code, Some(2));
    assert!(summary.contains("nothing is checked"), "{summary}");
}
