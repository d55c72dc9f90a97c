//! The page as text; what a browser makes of it is tested in `tests/interop/html`.

use super::*;
use crate::graph::BaseIri;
use crate::graph::fixture;
use proptest::prelude::*;
use serde_json::Value;

fn page(graph: &KnowledgeGraph) -> String {
    HtmlPage::new(graph, &DotOptions::default()).html()
}

fn svg_of(svg: &str) -> Result<String, PictureError> {
    picture::checked(svg, &fixture::article(), &BaseIri::default())
}

/// What stands between two marks.
fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    let rest = text.split_once(start).expect("a start").1;
    rest.split_once(end).expect("an end").0
}

fn json(page: &str, id: &str) -> Value {
    let start = format!("<script type=\"application/json\" id=\"{id}\">");
    serde_json::from_str(between(page, &start, "</script>")).expect("it is JSON")
}

#[test]
fn the_page_holds_the_graph_and_its_texts() {
    let graph = fixture::article();
    let page = page(&graph);
    assert!(page.contains("<title>Norland keeps its gas</title>"));
    let plain: Value = serde_json::from_str(&graph_json(&graph)).expect("it is JSON");
    assert_eq!(json(&page, "graph-data"), plain);
    let own = json(&page, "page-data");
    assert_eq!(plain["documents"][0]["text"], fixture::ARTICLE);
    let paragraphs = own["paragraphs"][0].as_array().expect("a list");
    assert_eq!(paragraphs[0], serde_json::json!(["title", 0, 21]));
    assert_eq!(paragraphs.len(), 3);
    let ends = own["ends"].as_array().expect("a list");
    assert_eq!(
        ends.len(),
        plain["relations"].as_array().expect("a list").len()
    );
    for (ends, relation) in ends
        .iter()
        .zip(plain["relations"].as_array().expect("a list"))
    {
        for (end, id) in [
            (&ends[0], &relation["source"]),
            (&ends[1], &relation["target"]),
        ] {
            assert!(id.is_null() || end == id, "{end} {id}");
        }
        if let Some(start) = relation["literal"]["start"].as_u64() {
            assert!(
                ends[1]
                    .as_str()
                    .expect("words")
                    .contains(&format!("#char={start},"))
            );
        }
    }
}

#[test]
fn only_its_own_script_and_style_may_run() {
    let page = page(&fixture::article());
    let policy = between(&page, "Content-Security-Policy\" content=\"", "\"");
    assert!(policy.starts_with("default-src 'none';"), "{policy}");
    let script = between(&page, "<script>", "</script>");
    let style = between(&page, "<style>", "</style>");
    assert!(policy.contains(&format!("script-src '{}'", hash(script))));
    assert!(policy.contains(&format!("style-src '{}'", hash(style))));
    assert!(!page.contains("{{"));
    for address in ["http://", "https://", "//cdn", "@import", "url("] {
        assert!(
            !script.contains(address) && !style.contains(address),
            "{address}"
        );
    }
    let never = [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "DOMParser",
    ];
    for way in never {
        assert!(!script.contains(way), "{way} would make markup of data");
    }
}

fn count(page: &str, what: &str) -> usize {
    page.matches(what).count()
}

const HOSTILE: &str = "</script><img src=x onerror=alert(1)> ]]> <!-- \" ' & \u{2028}\u{202e}rtl 🦀 e\u{301} {{graph}} {{svg}}";

#[test]
fn hostile_text_stays_data() {
    let graph = fixture::all_called(HOSTILE);
    let (page, plain) = (page(&graph), page(&fixture::all_called("plain")));
    for mark in ["<script", "</script", "<img", "<!--", "<svg", "onerror="] {
        let data = if mark == "onerror=" {
            count(&page, mark)
        } else {
            0
        };
        assert_eq!(count(&page, mark), count(&plain, mark) + data, "{mark}");
    }
    assert_eq!(json(&page, "graph-data")["documents"][0]["text"], HOSTILE);
    assert_eq!(json(&page, "graph-data")["entities"][0]["name"], HOSTILE);
    assert!(page.contains("<title>&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;"));
}

#[test]
fn the_same_graph_gives_the_same_bytes() {
    let graph = fixture::article();
    let options = DotOptions::default();
    let svg = "<svg viewBox=\"0 0 1 1\"><g/></svg>";
    let with = |svg| {
        let page = HtmlPage::new(&graph, &options).with_svg(svg);
        page.expect("it is SVG").html()
    };
    assert_eq!(with(svg), with(svg));
    assert_eq!(page(&graph), page(&graph));
    assert!(with(svg).contains("viewBox=\"0 0 1 1\"><g></g></svg></div>"));
}

#[test]
fn only_harmless_parts_of_a_picture_are_kept() {
    let hostile = r##"<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">]><?xml-stylesheet href="http://x/"?>
<svg viewBox="0 0 9 9" onload="alert(1)" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">
<script>alert(1)</script><style>@import "http://x/";</style><foreignObject><img src="x"/></foreignObject>
<image href="http://x/"/><use href="http://x/#a"/><animate attributeName="href"/>
<g id="a" class="node evil" transform="scale(1 1)" onclick="alert(1)" style="background:red">
<a xlink:href="javascript:alert(1)" xlink:title="&lt;img src=x&gt;"><path d="M1,2" fill="url(http://x/)" stroke="#fff" filter="url(#a)"/></a>
<text x="1" font-family="a;b">&lt;b&gt; &amp; <![CDATA[<i>]]>&#x41;</text></g></svg>"##;
    let kept = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><g transform=\"scale(1 1)\">\
                <title>&lt;img src=x&gt;</title><path d=\"M1,2\" stroke=\"#fff\"/>\
                <text x=\"1\">&lt;b&gt; &amp; &lt;i&gt;A</text></g></svg>";
    assert_eq!(svg_of(hostile).expect("it is SVG"), kept);
}

#[test]
fn parts_of_a_picture_know_what_they_show() {
    let graph = fixture::article();
    let json: Value = serde_json::from_str(&graph_json(&graph)).expect("it is JSON");
    let relation = &json["relations"][0];
    let (id, source) = (relation["id"].as_str(), relation["source"].as_str());
    let (id, source) = (id.expect("an id"), source.expect("an id"));
    let dot = dot::dot(&graph, &DotOptions::default());
    let part = id.split_once('#').expect("a part").1;
    let address = dot.split('"').find(|s| s.ends_with(&format!("#{part}")));
    let iri = dot
        .split('"')
        .find(|s| s.ends_with(source))
        .expect("a node");
    let svg = format!(
        "<svg><g class=\"node person\"><title>{iri}</title></g><g class=\"edge said\"><title>a</title><a href=\"{}\"/></g>\
         <g class=\"edge about\"><title>{iri}&#45;&gt;{iri}</title></g><g class=\"node\"><title>unknown</title></g></svg>",
        address.expect("an edge")
    );
    let svg = svg_of(&svg).expect("it is SVG");
    assert!(
        svg.contains(&format!("<g class=\"node\" data-node=\"{source}\">")),
        "{svg}"
    );
    assert!(
        svg.contains(&format!("<g class=\"edge\" data-edge=\"{id}\">")),
        "{svg}"
    );
    assert!(
        svg.contains(&format!("data-from=\"{source}\" data-to=\"{source}\"")),
        "{svg}"
    );
    assert!(svg.ends_with("<g></g></svg>"), "{svg}");
}

#[test]
fn a_node_without_a_name_knows_its_relation_and_the_whole_has_no_tooltip() {
    let graph = fixture::article();
    let dot = dot::dot(&graph, &DotOptions::default());
    let id = graph.relations().into_iter();
    let mut open = id.filter(|e| matches!(graph.graph[e.source], crate::graph::Node::Nobody));
    let id = &open.next().expect("somebody").relation.id;
    let part = id.split_once('#').expect("a part").1;
    let name = (dot.split('"')).find(|s| s.ends_with(&format!("#{part}-source")));
    let svg = format!(
        "<svg><g class=\"graph\"><title>sayso</title><g><a title=\"sayso\"><path d=\"M1\"/></a></g>\
         <g class=\"node\"><title>{}</title><g><a title=\"why\"><path d=\"M2\"/></a></g></g></g></svg>",
        name.expect("a node")
    );
    let drawn = svg_of(&svg).expect("it is SVG");
    let node = format!("<g class=\"unnamed\" data-of=\"{id}\"><title>why</title>");
    assert!(drawn.contains(&node), "{drawn}");
    assert!(!drawn.contains("sayso</title>"), "{drawn}");
}

#[test]
fn a_broken_picture_is_an_error() {
    let broken = |svg: &str| svg_of(svg).expect_err("it is broken").to_string();
    assert_eq!(broken("<p/>"), "the picture has no `svg` element");
    assert_eq!(broken(""), "the picture has no `svg` element");
    assert!(broken("<svg><g>").contains("it ends inside an element"));
    assert!(broken("<svg><g></svg>").starts_with("the picture is not well-formed XML at byte "));
    assert!(broken("<svg>&evil;</svg>").ends_with("unknown entity &evil;"));
    assert!(broken(&"<svg>".repeat(99)).contains("nests more than 32"));
}

#[test]
fn the_picture_of_a_large_graph_is_its_busiest_part() {
    let mut graph = fixture::article();
    let hub = graph.entities()[0].0;
    let template = graph.relations()[0].relation.clone();
    for number in 0..2 * MAX_NODES {
        let Some(mut entity) = graph.entity(hub).cloned() else {
            panic!("an entity")
        };
        entity.id = format!("person/p{number}");
        let node = graph.graph.add_node(crate::graph::Node::Entity(entity));
        graph.graph.add_edge(hub, node, template.clone());
    }
    let options = DotOptions::default();
    let page = HtmlPage::new(&graph, &options);
    let nodes = page
        .dot()
        .lines()
        .filter(|l| l.contains("fillcolor="))
        .count();
    assert!((MAX_NODES - 20..=MAX_NODES).contains(&nodes), "{nodes}");
    let own = json(&page.html(), "page-data");
    assert_eq!(own["is_part"], true);
    let reason = own["left_out"][0].as_str().expect("a reason");
    assert!(
        reason.ends_with("relations outside its busiest 300 nodes"),
        "{reason}"
    );
}

proptest! {
    #[test]
    fn any_text_comes_back(text in "\\PC{0,60}|[<>&\"'/\\\\!\\-\\]\u{2028}\u{2029}\u{0}-\u{1f}]{0,60}") {
        let inside = in_script(&serde_json::to_string(&text).expect("it is JSON"));
        let live = inside.contains(['<', '>', '&', '\u{2028}', '\u{2029}']);
        prop_assert!(!live);
        prop_assert_eq!(serde_json::from_str::<String>(&inside).expect("it is JSON"), text);
    }
}
