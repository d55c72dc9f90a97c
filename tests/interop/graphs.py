"""GraphML in graph libraries; DOT through Graphviz and back."""

import collections
import html
import json
import re
import subprocess
import unicodedata
import urllib.parse
import xml.etree.ElementTree

import igraph
import networkx
import pydot

from harness import Differs, consumer, count, output, same, sure, version
from rdf import plain

NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def clean(value):
    """Text as GraphML carries it: U+FFFD for what XML has no place for, and XML's one kind of line end."""
    return NOT_XML.sub("\ufffd", value) if isinstance(value, str) else value


def compare(sample, nodes, edges, clean=clean):
    """Nodes: id → attributes; edges: (source, target, attributes with their id). `clean`: what the format makes of text."""

    def cleaned(value):
        return tuple(map(cleaned, value)) if isinstance(value, tuple) else clean(value)

    truth = sample.truth
    kinds = {id_: node_key(id_, n) for id_, n in nodes.items()}
    known = {cleaned(key): set(map(clean, words)) for key, words in truth.nodes().items()}
    same(f"{sample.name}: nodes", set(known), set(kinds.values()))
    for id_, n in nodes.items():
        name = n["name"] if n["kind"] in ("Entity", "Nobody") else n["text"]
        sure(name in known[kinds[id_]], f"{sample.name}: {id_} is called {name!r}, not {known[kinds[id_]]!r}")
    found, pairs = {}, set()
    for source, target, e in edges:
        if e["relation"] == "about" and not e.get("rule"):
            pairs.add((source, target))
            continue
        place = (e["document"], int(e["start"]), int(e["end"]), e["evidence"])
        qualifiers = (e["polarity"], e["modality"], e["tense"], e["asserted"])
        found[e["edge_id"] if "edge_id" in e else e["id"]] = (e["relation"], kinds[source], kinds[target], place, e["rule"], qualifiers)
    same(f"{sample.name}: relations", {clean(k): cleaned(v) for k, v in truth.edges().items()}, found)
    same(f"{sample.name}: about", {cleaned(pair) for pair in truth.abouts()}, pairs)
    return len(nodes), len(edges)


def node_key(id_, n):
    if n["kind"] == "Words":
        return n["kind"], (n["document"], int(n["start"]), int(n["end"]))
    return n["kind"], None if n["kind"] == "Nobody" else id_


@consumer("networkx (GraphML)")
def networkx_reads_graphml(world):
    nodes = edges = 0
    for sample in world.samples:
        graph = networkx.read_graphml(sample.path("graphml"), force_multigraph=True)
        listed = [(a, b, {**e, "id": id_}) for a, b, id_, e in graph.edges(keys=True, data=True)]
        n, e = compare(sample, dict(graph.nodes(data=True)), listed)
        nodes, edges = nodes + n, edges + e
    return f"{version('networkx')}, {count(nodes)} nodes and {count(edges)} edges with all they carry; U+FFFD where XML has no place for a character"


@consumer("igraph (GraphML)")
def igraph_reads_graphml(world):
    nodes = edges = 0
    for sample in world.samples:
        graph = igraph.Graph.Read_GraphML(str(sample.path("graphml")))
        # igraph 1.0 leaves `&` of an attribute written as a character reference.
        ids = [id_.replace("&#38;", "&") for id_ in graph.vs["id"]]
        of = lambda thing: {k: v for k, v in thing.attributes().items() if v not in ("", None)}
        listed = [(ids[e.source], ids[e.target], {"document": "", **of(e)}) for e in graph.es]
        n, e = compare(sample, dict(zip(ids, map(of, graph.vs))), listed)
        nodes, edges = nodes + n, edges + e
    return f"{version('igraph')}, {count(nodes)} nodes and {count(edges)} edges with all they carry"


def drawn(truth):
    """What a picture holds: relations, what statements in them are about, and the nodes of these. An end without a name is
    a node of its own for each relation."""
    edges, nodes = collections.Counter(), set()
    for id_, (_, *ends, _, _, _) in truth.edges().items():
        source, target = (("Nobody", f"{id_}-{side}") if end[0] == "Nobody" else end for side, end in zip(("source", "target"), ends))
        edges[source, target] += 1
        nodes |= {source, target}
    for statement, topic in truth.abouts():
        if ("Statement", statement) in nodes:
            edges[("Statement", statement), ("Entity", topic)] += 1
            nodes.add(("Entity", topic))
    return edges, nodes


def drawn_key(truth, name):
    """The key of a node of a picture, whose name is its IRI."""
    id_ = plain(name)
    words = re.fullmatch(r"(.*)#char=(\d+),(\d+)", id_, re.DOTALL)
    if words:
        return "Words", (words[1], int(words[2]), int(words[3]))
    if re.search(r"#rel-[0-9a-f]{12}-(source|target)$", id_):
        return "Nobody", id_
    return ("Statement" if id_ in truth.statements else "Entity"), id_


def compare_picture(sample, what, nodes, edges):
    truth = sample.truth
    right, known = drawn(truth)
    same(f"{sample.name}: nodes of {what}", known, {drawn_key(truth, n) for n in nodes})
    found = collections.Counter((drawn_key(truth, a), drawn_key(truth, b)) for a, b in edges)
    same(f"{sample.name}: edges of {what}", dict(right), dict(found))


@consumer("Graphviz")
def graphviz_draws(world):
    nodes = edges = 0
    for sample in (world.one, world.articles, world.hostile):
        dot = sample.path("dot")
        image = json.loads(output(["dot", "-Tjson", dot]))
        objects = [o for o in image["objects"] if "nodes" not in o and "subgraphs" not in o]
        names = {o["_gvid"]: o["name"] for o in objects}
        ends = [(names[e["tail"]], names[e["head"]]) for e in image["edges"]]
        compare_picture(sample, "-Tjson", names.values(), ends)
        svg = xml.etree.ElementTree.fromstring(output(["dot", "-Tsvg", dot]))
        labels = {}
        for group in svg.iter("{http://www.w3.org/2000/svg}g"):
            if group.get("class", "").split()[0:1] == ["node"]:
                lines = [text.text or "" for text in group.iter("{http://www.w3.org/2000/svg}text")]
                labels[group.find("{http://www.w3.org/2000/svg}title").text] = " ".join(lines)
        # For the title of a node in SVG, and only there, Graphviz reads `&amp;` of a name as `&`.
        titles = {html.unescape(name): name for name in names.values()}
        same(f"{sample.name}: nodes of -Tsvg", set(titles), set(map(html.unescape, labels)))
        for title, label in labels.items():
            kind, id_ = drawn_key(sample.truth, titles[html.unescape(title)])
            if kind == "Entity":
                shown(sample, label, sample.truth.names[id_])
        sure(output(["dot", "-Tpng", dot]).startswith(b"\x89PNG"), f"{sample.name}: no PNG")
        (parsed,) = pydot.graph_from_dot_data(output(["dot", "-Tdot", dot]).decode())
        graph = networkx.nx_pydot.from_pydot(whole(parsed))
        compare_picture(sample, "-Tdot", map(bare, graph.nodes), [(bare(a), bare(b)) for a, b in graph.edges()])
        nodes, edges = nodes + len(names), edges + len(ends)
    number = subprocess.run(["dot", "-V"], capture_output=True, check=True).stderr.decode().split()[4]
    return f"{number}, {nodes} nodes and {edges} edges in json, svg, png and dot, which pydot and networkx {version('networkx')} read back; names as they are"


def whole(graph):
    """All nodes and edges of clusters in one graph."""
    flat = pydot.Dot(graph_type="digraph")
    waiting = [graph]
    while waiting:
        part = waiting.pop()
        waiting += part.get_subgraphs()
        for node in part.get_nodes():
            if node.get_name() not in ("node", "edge", "graph", '"\\n"'):
                flat.add_node(pydot.Node(node.get_name()))
        for edge in part.get_edges():
            flat.add_edge(pydot.Edge(edge.get_source(), edge.get_destination()))
    return flat


def bare(name):
    return name.removeprefix('"').removesuffix('"').replace('\\"', '"').replace("\\\\", "\\")


def shown(sample, label, names):
    """A name in a picture: wrapped (so that blanks do not count), control characters replaced, long ones cut."""
    squeezed = lambda text: "".join(c for c in text if not c.isspace() and unicodedata.category(c) != "Cc" and c not in "\ufffd\xa0\x85")
    cut = squeezed(label).removesuffix("…")
    fits = any(squeezed(n) == cut or (label.endswith("…") and squeezed(n).startswith(cut)) for n in names)
    sure(fits, f"{sample.name}: a node shows {label!r} for {names!r}")
