"""JSON-LD, Turtle and N-Quads: the same triples in every reader, and the graph that was meant."""

import collections
import functools
import json
import sys
import urllib.parse

import pyld.jsonld
import pyoxigraph
import pyshacl
import rdflib

from harness import BASE, HERE, Differs, consumer, count, node, output, same, sure, version

SAYSO = "https://w3id.org/sayso/ns#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SCHEMA = "https://schema.org/"
OA = "http://www.w3.org/ns/oa#"
OX = pyoxigraph.RdfFormat


@functools.cache
def triples(path, format_):
    """The triples of a file as Oxigraph reads them; a quad in a named graph would be one that differs."""
    return frozenset(pyoxigraph.parse(path=str(path), format=format_))


def expected(sample):
    """The yardstick of the other readers: what Oxigraph makes of N-Quads, held against Graph JSON by `meaning`."""
    return triples(sample.path("nq"), OX.N_QUADS)


def total(world):
    return count(sum(len(expected(sample)) for sample in world.samples))


def agree(world, read, endings=("jsonld", "ttl", "nq")):
    """Every sample in every format, as N-Quads that a reader wrote."""
    for sample in world.samples:
        for ending in endings:
            found = frozenset(pyoxigraph.parse(read(sample.path(ending)), format=OX.N_QUADS))
            same(f"{sample.name}.{ending}", expected(sample), found)
    return f"{total(world)} triples of {len(world.samples)} graphs from {', '.join(endings)}, as in the other readers"


@consumer("pyoxigraph")
def pyoxigraph_reads(world):
    for sample in world.samples:
        for ending, format_ in [("ttl", OX.TURTLE), ("jsonld", OX.JSON_LD), ("jsonld", OX.STREAMING_JSON_LD)]:
            same(f"{sample.name} as {format_.name}", expected(sample), triples(sample.path(ending), format_))
        twice = pyoxigraph.Store()
        for _ in range(2):
            twice.load(path=str(sample.path("jsonld")), format=OX.JSON_LD)
            same(f"{sample.name} in a store", len(expected(sample)), len(twice))
    return f"{version('pyoxigraph')}, {total(world)} triples, the same from JSON-LD, streaming JSON-LD, Turtle and N-Quads; twice is once"


@consumer("RDF against Graph JSON")
def meaning(world):
    """That the triples say what Graph JSON says, hostile names included."""
    numbers = collections.Counter()
    for sample in world.samples:
        values = collections.defaultdict(lambda: collections.defaultdict(set))
        for quad in expected(sample):
            values[quad.subject.value][quad.predicate.value].add(quad.object.value)
        one = lambda iri, key: next(iter(values[iri][key]), None)
        of_class = lambda name: [iri for iri in values if SAYSO + name in values[iri][RDF + "type"]]
        truth = sample.truth
        for name, known in [("Document", truth.documents), ("Entity", truth.entities), ("Statement", truth.statements), ("Relation", truth.relations)]:
            found = {plain(iri) for iri in of_class(name)}
            same(f"{sample.name}: ids of {name}", set(known), found)
            numbers[name] += len(found)
        for iri in of_class("Entity"):
            for key in (RDFS + "label", SCHEMA + "name"):
                sure(len(values[iri][key]) == 1, f"{sample.name}: {iri} has {values[iri][key]} as {key}")
                sure(one(iri, key) in truth.names[plain(iri)], f"{sample.name}: {iri} is called {one(iri, key)!r}")
        for iri in of_class("Statement"):
            same(f"{sample.name}: text of {iri}", truth.statements[plain(iri)]["text"], one(iri, SCHEMA + "text"))
            same(f"{sample.name}: topics of {iri}", set(truth.statements[plain(iri)]["about"]), {plain(i) for i in values[iri][SCHEMA + "about"]})
        for iri in of_class("Relation"):
            relation = truth.relations[plain(iri)]
            ends = [one(iri, RDF + "subject"), one(iri, RDF + "object")]
            for end, known in zip(ends, [relation["source"], relation["target"]]):
                sure(known is None or plain(end) == known, f"{sample.name}: {iri} has {end} for {known}")
            if relation["literal"]:
                same(f"{sample.name}: words of {iri}", relation["literal"]["text"], one(ends[1], OA + "exact"))
            direct = ends[0] is not None and ends[1] is not None and ends[1] in values[ends[0]][one(iri, RDF + "predicate")]
            sure(direct or not relation["asserted"] or None in ends, f"{sample.name}: {iri} is asserted without an edge")
    return ", ".join(f"{name} {count(n)}" for name, n in numbers.items()) + ", each with its names, words and ends"


def plain(iri):
    """`https://kg.example/doc/a%20b#rel-…` → `a b#rel-…`, an id of Graph JSON."""
    for start in ("entity/", "doc/"):
        if iri.startswith(BASE + start):
            return urllib.parse.unquote(iri.removeprefix(BASE + start))
    raise Differs(f"{iri} is none of our IRIs")


@consumer("rdflib")
def rdflib_reads(world):
    for sample in world.samples:
        graphs = {}
        for ending, format_ in [("jsonld", "json-ld"), ("ttl", "turtle"), ("nq", "nt")]:
            graph = rdflib.Graph().parse(str(sample.path(ending)), format=format_)
            graphs[f"Graph from {ending}"] = set(graph)
        for ending, format_ in [("jsonld", "json-ld"), ("nq", "nquads")]:
            dataset = rdflib.Dataset()
            for _ in range(1 if sample is world.news else 2):
                dataset.parse(str(sample.path(ending)), format=format_)
                graphs[f"Dataset from {ending}"] = {triple[:3] for triple in dataset.quads()}
                sure(len(list(dataset.quads())) == len(graphs[f"Dataset from {ending}"]), f"{sample.name}: the same triple in two graphs")
        for name, found in graphs.items():
            quads = frozenset(map(quad_of, found))
            same(f"{sample.name}: {name}", expected(sample), quads)
    return f"{version('rdflib')}, {total(world)} triples, the same in Graph and Dataset from JSON-LD, Turtle and N-Quads; twice is once"


def quad_of(triple):
    """A triple of rdflib as one of Oxigraph."""
    return pyoxigraph.Quad(*map(term_of, triple))


def term_of(term):
    if isinstance(term, rdflib.URIRef):
        return pyoxigraph.NamedNode(str(term))
    if not isinstance(term, rdflib.Literal):
        raise Differs(f"a blank node: {term!r}")
    if term.language:
        return pyoxigraph.Literal(str(term), language=term.language)
    return pyoxigraph.Literal(str(term), datatype=term.datatype and pyoxigraph.NamedNode(str(term.datatype)))


@consumer("PyLD")
def pyld_reads(world):
    def read(path):
        with open(path, encoding="utf-8") as file:
            return pyld.jsonld.to_rdf(json.load(file), {"format": "application/n-quads"}).encode()

    return f"{version('PyLD')}, {agree(world, read, ['jsonld'])}"


@consumer("jsonld.js")
def jsonld_js_reads(world):
    number = json.loads(node("jsonld.mjs", "--version"))
    return f"{number['jsonld']} in safe mode, {agree(world, lambda path: node('jsonld.mjs', path), ['jsonld'])}"


@consumer("N3.js")
def n3_reads(world):
    number = json.loads(node("jsonld.mjs", "--version"))
    return f"{number['n3']}, {agree(world, lambda path: node('jsonld.mjs', path), ['ttl', 'nq'])}"


@consumer("jsonld-java")
def jsonld_java_reads(world):
    return f"Debian's, {agree(world, lambda path: output([sys.executable, HERE / 'jsonld_java.py', path]), ['jsonld'])}"


SHAPES = HERE.parent.parent / "output" / "shapes.ttl"


@consumer("pyshacl")
def shacl_conforms(world):
    for sample in world.samples[:3]:
        data = rdflib.Graph().parse(str(sample.path("jsonld")), format="json-ld")
        conforms, _, report = pyshacl.validate(data, shacl_graph=str(SHAPES), shacl_graph_format="turtle")
        sure(conforms, f"{sample.name}: {report[:1500]}")
    broken = rdflib.Graph().parse(str(world.one.path("jsonld")), format="json-ld")
    broken.remove((None, rdflib.URIRef(SAYSO + "polarity"), None))
    sure(not pyshacl.validate(broken, shacl_graph=str(SHAPES), shacl_graph_format="turtle")[0], "relations without polarity conform")
    return f"{version('pyshacl')}, {len(world.samples[:3])} graphs conform to output/shapes.ttl, one without polarity does not"
