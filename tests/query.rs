//! `sayso query`: saved questions on the sample articles, formats, and what goes wrong.

#[cfg(not(feature = "query"))]
#[test]
fn a_build_without_it_says_how_to_get_it() {
    use crate::cli::{err, sayso};
    for arguments in [&["query", "ASK {}"][..], &["export", "--validate"][..]] {
        let output = sayso(arguments, b"");
        assert_eq!(output.status.code(), Some(2));
        assert!(err(&output).contains("--features full"), "{}", err(&output));
    }
}

#[cfg(feature = "query")]
mod with_sparql {
    use crate::cli::{err, out, sayso, write};
    use std::collections::BTreeSet;
    use std::path::Path;
    use std::sync::OnceLock;

    /// All sample articles as one graph.
    fn samples() -> &'static str {
        static GRAPH: OnceLock<(tempfile::TempDir, String)> = OnceLock::new();
        let (_, path) = GRAPH.get_or_init(|| {
            let folder = tempfile::tempdir().unwrap();
            let path = folder
                .path()
                .join("samples.nq")
                .to_str()
                .unwrap()
                .to_owned();
            let articles = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles");
            let output = sayso(&["extract", articles.to_str().unwrap(), "-o", &path], b"");
            assert_eq!(output.status.code(), Some(0), "{}", err(&output));
            (folder, path)
        });
        path
    }

    /// The rows of an answer, cells with ` | ` between.
    fn rows(arguments: &[&str]) -> Vec<String> {
        let output = sayso(&[&["query"], arguments, &["--format", "csv"]].concat(), b"");
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        let text = out(&output);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let rows = reader.records().map(|row| {
            let row = row.unwrap();
            row.iter().collect::<Vec<_>>().join(" | ")
        });
        rows.collect()
    }

    /// A question, what is set, what some of its rows begin with, what none may hold, and the most rows.
    type Case = (
        &'static str,
        &'static [&'static str],
        &'static [&'static str],
        &'static [&'static str],
        usize,
    );

    const CASES: &[Case] = &[
        (
            "who-said-what",
            &["about=brussels"],
            &[
                "spokesman for the European Commission | added | that talks were under way in Brussels | indirect | ",
            ],
            &["Norway", "Per Dahl"],
            4,
        ),
        (
            "who-said-what",
            &["speaker=VIRTANEN"],
            &[
                "Jonas Virtanen | called | the decision \"a punishment\" | mixed",
                "Jonas Virtanen | argued | that the tests were out of date | indirect",
                "Jonas Virtanen | was quoted by STT as saying | Our engineers found nothing, | direct",
            ],
            &["Solberg"],
            4,
        ),
        (
            "who-refuses-what",
            &[],
            &[
                "Finland | cargo from Norwegian ports |  | the new rules | Elina Koskinen | ",
                "Norway | a docking permit | a ship |  | Kari Solberg | ",
                "Olena Kovalchuk | the offer |  |  |  | ",
            ],
            &["Per Dahl |"],
            20,
        ),
        (
            "who-refuses-what",
            &["name=finl"],
            &["Finland | cargo"],
            &["Norway |"],
            1,
        ),
        (
            "estimates",
            &[],
            &[
                "Nordic Lines | more than | 40000 | people | more than 40,000 people have used the route this year | ",
                "Lake Rivers | about | 12000 | family | some 12,000 families would have to move | ",
                "employers' federation |  | 6500 | ",
                " | about | 6000 | people | An estimated 6,000 people live near the salt flat | ",
            ],
            &[],
            8,
        ),
        (
            "estimates",
            &["least=12000.5"],
            &["Nordic Lines | "],
            &["Lake Rivers"],
            2,
        ),
        (
            "figures",
            &["counted=percent"],
            &[
                "62% | 62 | percentage | Coastal Watch | ",
                "71% | 71 | percentage | Irish Nurses' Union | ",
            ],
            &["people", "Nordic Lines"],
            8,
        ),
        (
            "contradicting-figures",
            &[],
            &[
                "docker | 6,500 | employers' federation | The employers' federation puts the number at 6,500. | More than 9,000 | FNV Havens | ",
            ],
            &["hospital", "1,850"],
            3,
        ),
        (
            "roles",
            &["body=kenya"],
            &["Wanjiru Kamau | energy minister | Kenya | "],
            &["Uganda"],
            1,
        ),
        (
            "roles",
            &["person=sanne"],
            &[
                "Sanne Vos | Prime Minister |  | ",
                "Sanne Vos | lawyer |  | former",
            ],
            &["Bakker"],
            3,
        ),
        (
            "accusations-and-denials",
            &["cue=den"],
            &["port authority | denied | the claim | The port authority denied the claim."],
            &["accused"],
            4,
        ),
        (
            "accusations-and-denials",
            &["cue=accus", "name=reilly"],
            &["Conor Reilly | accused | the government of wasting 15 months | "],
            &["Ortega"],
            1,
        ),
        (
            "claimed-or-asserted",
            &["wanted=claimed"],
            &[
                "claimed | Chile | refuses | a second licence for the lithium | Tomás Errázuriz",
                "claimed | quarter of the passengers | went_to | Finland | Nordic Lines",
            ],
            &["asserted"],
            20,
        ),
        (
            "claimed-or-asserted",
            &[],
            &[
                "asserted | Kari Solberg | holds_role | Norway | ",
                "claimed | ",
            ],
            &[],
            200,
        ),
        (
            "most-quoted",
            &["fewest=3"],
            &["Beatriz Ortega | 4 | 2 | 1", "Jonas Virtanen | 3 | 2 | 1"],
            &["Per Dahl"],
            12,
        ),
        (
            "topics",
            &["speaker=kari solberg"],
            &["Kirkenes | 1 | 1"],
            &["Uganda"],
            8,
        ),
        ("rules", &["named=said"], &["said/"], &["holds_role"], 60),
    ];

    #[test]
    fn saved_questions_answer_on_the_sample_articles() {
        for (question, set, wanted, unwanted, most) in CASES {
            let mut arguments = vec![samples(), question];
            for value in *set {
                arguments.extend(["--set", value]);
            }
            let rows = rows(&arguments);
            let all = rows.join("\n");
            for start in *wanted {
                let found = rows.iter().any(|row| row.starts_with(start));
                assert!(found, "{question} {set:?} lacks {start:?}:\n{all}");
            }
            for part in *unwanted {
                assert!(
                    !all.contains(part),
                    "{question} {set:?} has {part:?}:\n{all}"
                );
            }
            assert!(rows.len() <= *most, "{question} {set:?}:\n{all}");
            let once: BTreeSet<_> = rows.iter().collect();
            assert_eq!(
                once.len(),
                rows.len(),
                "{question} says a thing twice:\n{all}"
            );
        }
    }

    #[test]
    fn every_saved_question_is_listed_shown_and_tested() {
        let list = out(&sayso(&["query", "--list"], b""));
        let tested: BTreeSet<&str> = CASES.iter().map(|case| case.0).collect();
        let shipped: BTreeSet<&str> = list
            .lines()
            .filter(|line| !line.starts_with(' '))
            .map(|line| line.split(' ').next().unwrap())
            .collect();
        assert_eq!(tested, shipped);
        assert!(shipped.len() >= 8);
        for name in shipped {
            let text = out(&sayso(&["query", "--show", name], b""));
            assert!(text.starts_with("# ") && text.contains("SELECT"), "{name}");
            for set in text.lines().filter_map(|line| line.strip_prefix("# @")) {
                let name = set.split(' ').next().unwrap();
                assert!(text.contains(&format!("VALUES ?{name} {{ ")), "{name}");
                assert!(list.contains(&format!("--set {name}=")), "{name}");
            }
        }
    }

    #[test]
    fn values_are_never_part_of_the_query() {
        for value in ["\" } ?x ?y ?z {", "\\", "\n}", "?what", "<script>"] {
            let set = format!("about={value}");
            assert!(
                rows(&[samples(), "who-said-what", "--set", &set]).is_empty(),
                "{value}"
            );
        }
        for (set, message) in [
            ("least=many", "`least` is a number"),
            ("lest=3", "did you mean `least`?"),
            ("least", "a name, `=` and a value"),
        ] {
            let output = sayso(&["query", samples(), "estimates", "--set", set], b"");
            assert_eq!(output.status.code(), Some(2));
            assert!(err(&output).contains(message), "{}", err(&output));
        }
    }

    #[test]
    fn the_same_graph_answers_the_same_in_every_format() {
        let folder = tempfile::tempdir().unwrap();
        let article = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles/border-ferry.txt");
        let answers = ["nq", "nt", "ttl", "jsonld", "json"].map(|ending| {
            let path = folder.path().join(format!("graph.{ending}"));
            let path = path.to_str().unwrap();
            let output = sayso(&["extract", article.to_str().unwrap(), "-o", path], b"");
            assert_eq!(output.status.code(), Some(0), "{}", err(&output));
            rows(&[path, "who-said-what"])
        });
        assert!(answers[0].len() > 10);
        for answer in &answers {
            assert_eq!(*answer, answers[0]);
        }
    }

    #[test]
    fn a_pipe_and_several_files_are_read() {
        let one = b"<https://a.example/x> <https://a.example/p> \"1\" .\n";
        let folder = tempfile::tempdir().unwrap();
        let turtle = write(
            folder.path(),
            "two.ttl",
            "<https://a.example/x> <https://a.example/q> 2 .",
        );
        let query = "SELECT ?o { ?s ?p ?o } ORDER BY DESC(?o)";
        let arguments = [
            "query",
            "-",
            "--input-format",
            "nt",
            query,
            "--format",
            "tsv",
        ];
        assert_eq!(out(&sayso(&arguments, one)), "?o\n\"1\"\n");
        let quads = write(
            folder.path(),
            "one.nq",
            "<a:x> <a:p> \"in a named graph\" <a:g> .\n",
        );
        assert_eq!(rows(&[&turtle, &quads, query]).len(), 2);
    }

    #[test]
    fn answers_come_in_the_standard_formats() {
        let folder = tempfile::tempdir().unwrap();
        let graph = write(
            folder.path(),
            "g.ttl",
            "@prefix ent: <https://kg.example/entity/> . ent:a ent:long \"line\\nbreak \\u001B[31m\" ; ent:n 40 .",
        );
        let ask = |format: &str, query: &str| {
            let output = sayso(&["query", &graph, query, "--format", format], b"");
            (output.status.code(), out(&output), err(&output))
        };
        let select = "SELECT ?s ?o { ?s ?p ?o } ORDER BY ?p";
        assert_eq!(
            ask("table", select).1,
            "s      o\n─────  ────────────────\nent:a  line break  [31m\nent:a                40\n"
        );
        assert!(
            ask("csv", select)
                .1
                .starts_with("s,o\r\nhttps://kg.example/entity/a,")
        );
        assert!(ask("tsv", select).1.contains("\t40\n"));
        assert!(
            ask("json", select)
                .1
                .starts_with("{\"head\":{\"vars\":[\"s\",\"o\"]}")
        );
        assert!(ask("xml", select).1.starts_with("<?xml"));
        assert_eq!(ask("table", "ASK { ?s ent:n 40 }").1, "true\n");
        assert!(ask("json", "ASK {}").1.contains("\"boolean\":true"));
        let graph = "CONSTRUCT { ?s sayso:n ?o } WHERE { ?s ent:n ?o }";
        assert!(ask("ttl", graph).1.contains("ent:a sayso:n 40 ."));
        assert!(ask("nt", "DESCRIBE ent:a").1.contains("/entity/n> \"40\""));
        assert!(ask("csv", graph).2.contains("ask for ttl"));
        assert!(ask("ttl", select).2.contains("ask for table"));
    }

    #[test]
    fn an_answer_goes_into_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("answer.csv");
        let output = sayso(
            &["query", samples(), "roles", "-o", path.to_str().unwrap()],
            b"",
        );
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        assert!(
            std::fs::read_to_string(path)
                .unwrap()
                .starts_with("who,role,")
        );
        let path = folder.path().join("answer.doc");
        let output = sayso(
            &["query", samples(), "roles", "-o", path.to_str().unwrap()],
            b"",
        );
        assert!(err(&output).contains(".csv"), "{}", err(&output));
    }

    #[test]
    fn own_questions_go_before_ours() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_str().unwrap();
        let own = "# Mine\n# @x a number\nSELECT ?x { VALUES ?x { 1 } }";
        let file = write(folder.path(), "roles.rq", own);
        let asked = ["--questions", path, samples(), "roles", "--set", "x=7"];
        assert_eq!(rows(&asked), ["7"]);
        assert_eq!(rows(&[samples(), &file]), ["1"]);
        assert_eq!(rows(&[samples(), "--file", &file, "-s", "x=2"]), ["2"]);
        let list = out(&sayso(&["query", "--list", "--questions", path], b""));
        assert!(list.contains("roles                    Mine"), "{list}");
    }

    #[test]
    fn faults_are_named_with_their_place() {
        let folder = tempfile::tempdir().unwrap();
        let turtle = write(
            folder.path(),
            "bad.ttl",
            "@prefix a: <a:> .\na:b a:c \"x .\n",
        );
        let json = write(folder.path(), "bad.jsonld", "{\"@id\": ");
        let file = write(folder.path(), "bad.rq", "SELECT * {\n  ?s ?p\n}");
        let text = write(folder.path(), "news.txt", "News.");
        for (arguments, message) in [
            (
                &[samples(), "SELECT * {\n  ?s ?p\n}"][..],
                "the query:3:2: expected ",
            ),
            (&[samples(), &file], "bad.rq:3:2: expected "),
            (&[samples(), "SELECT * {\n  ?s ?p\n}"], "\n  }\n   ^"),
            (&[samples(), "DELETE WHERE { ?s ?p ?o }"], "only reads"),
            (
                &[samples(), "SELECT * { SERVICE <a:b> { ?s ?p ?o } }"],
                "not supported",
            ),
            (
                &[samples(), "who-said-wat"],
                "did you mean `who-said-what`?",
            ),
            (&[samples()], "no query"),
            (&["-"], "no query"),
            (&[&turtle, "ASK {}"], "bad.ttl:2:9: "),
            (&[&json, "ASK {}"], "bad.jsonld:"),
            (&[&text, "ASK {}"], "unknown ending `txt`"),
            (&["nowhere.ttl", "ASK {}"], "nowhere.ttl"),
            (&[folder.path().to_str().unwrap(), "ASK {}"], "is a folder"),
        ] {
            let output = sayso(&[&["query"], arguments].concat(), b"");
            assert_eq!(output.status.code(), Some(2), "{arguments:?}");
            assert!(
                err(&output).contains(message),
                "{arguments:?}: {}",
                err(&output)
            );
        }
    }

    #[test]
    fn a_query_that_takes_too_long_is_given_up() {
        let endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }";
        let output = sayso(&["query", samples(), endless, "--timeout", "1"], b"");
        assert_eq!(output.status.code(), Some(2));
        assert!(
            err(&output).contains("no answer within 1 seconds"),
            "{}",
            err(&output)
        );
    }

    #[test]
    fn json_ld_whose_keys_have_another_order_says_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let articles = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/articles");
        let written = sayso(&["extract", articles, "--format", "jsonld"], b"");
        let graph: serde_json::Value = serde_json::from_slice(&written.stdout).unwrap();
        // No stream can be read of nodes that tell their name last.
        let named_last = |node: &serde_json::Value| {
            let mut keys = node.as_object().unwrap().clone();
            let id = keys.remove("@id").unwrap();
            let keys = serde_json::to_string(&keys).unwrap();
            format!("{},\"@id\":{id}}}", keys.strip_suffix('}').unwrap())
        };
        let nodes = graph["@graph"].as_array().unwrap().iter().map(named_last);
        let nodes = nodes.collect::<Vec<_>>().join(",");
        let context = &graph["@context"];
        let turned = format!("{{\"@context\":{context},\"@graph\":[{nodes}]}}");
        let count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }";
        let expected = rows(&[samples(), count]);
        for (name, text) in [
            ("as-written.jsonld", out(&written)),
            ("turned.jsonld", turned),
        ] {
            let file = write(folder.path(), name, text);
            assert_eq!(rows(&[&file, count]), expected, "{name}");
        }
    }
}
