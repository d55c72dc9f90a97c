"""`text[start:end] == exact` for every place in every format that carries offsets: code points, and bytes where there are any."""

import collections
import hashlib
import json

import pandas

from harness import consumer, count, node, same, sure
from rdf import OA, OX, SAYSO, plain, triples


@consumer("offsets in Python")
def python_slices(world):
    numbers = collections.Counter()
    for sample in world.samples:
        for id_, document in sample.truth.documents.items():
            same(f"sha256 of {id_}", hashlib.sha256(sample.texts[id_].encode()).hexdigest(), document["sha256"])
        for name, places in [
            ("json", sample.truth.spans()),
            ("jsonl", relation_lines(sample)),
            ("jsonld", selectors(sample.path("jsonld"), OX.STREAMING_JSON_LD)),
            ("ttl", selectors(sample.path("ttl"), OX.TURTLE)),
            ("nq", selectors(sample.path("nq"), OX.N_QUADS)),
            ("csv", rows(sample.path("csv"))),
        ]:
            for document, place in places:
                fits(f"{sample.name}.{name}", sample.texts[document], place)
                numbers[name] += 1
    return ", ".join(f"{name} {count(n)}" for name, n in numbers.items()) + " places; cypher and graphml carry those of their edges, compared there"


def fits(what, text, place):
    """One place against its article."""
    start, end = place["start"], place["end"]
    same(f"{what} {start}-{end}", text[start:end], place["text"])
    if "byte_start" in place:
        data = text.encode()[place["byte_start"] : place["byte_end"]]
        same(f"{what} bytes {place['byte_start']}-{place['byte_end']}", data.decode(), place["text"])
    if "prefix" in place:
        same(f"{what} before {start}", text[max(0, start - 32) : start], place["prefix"])
        same(f"{what} after {end}", text[end : end + 32], place["suffix"])


def relation_lines(sample):
    with open(sample.path("jsonl"), encoding="utf-8") as file:
        for line in file:
            relation = json.loads(line)
            document = relation["evidence"]["document"]
            yield document, relation["evidence"]
            if relation["literal"]:
                yield document, relation["literal"]
            for argument in relation["arguments"].values():
                for place in argument if isinstance(argument, list) else [argument]:
                    yield document, place


def selectors(path, format_):
    """Spans as Web Annotation has them."""
    found = collections.defaultdict(dict)
    for quad in triples(path, format_):
        found[quad.subject.value][quad.predicate.value] = quad.object.value
    spans = [values for values in found.values() if OA + "exact" in values]
    sure(spans, f"{path.name} holds no span")
    for values in spans:
        place = {name: values[OA + name] for name in ("prefix", "suffix")}
        place.update(start=int(values[OA + "start"]), end=int(values[OA + "end"]), text=values[OA + "exact"])
        yield plain(values[SAYSO + "inDocument"]), place


def rows(path):
    table = pandas.read_csv(path, keep_default_na=False)
    for row in table.to_dict("records"):
        yield row["document"], {"start": row["start"], "end": row["end"], "text": row["evidence"]}


@consumer("offsets in JavaScript")
def javascript_slices(world):
    totals = collections.Counter()
    for sample in world.samples:
        texts = sample.folder / "texts.json"
        texts.write_text(json.dumps(sample.texts), encoding="utf-8")
        found = json.loads(node("offsets.mjs", texts, *(sample.path(e) for e in ("json", "jsonl", "jsonld", "ttl", "nq", "csv"))))
        sure(not found["wrong"], f"{sample.name}: {found['wrong'][:3]}")
        totals.update(found["places"])
        same(f"{sample.name}: places in Graph JSON", sum(1 for _ in sample.truth.spans()), found["places"]["json"])
    return ", ".join(f"{name} {count(n)}" for name, n in totals.items()) + " places, by code points and by bytes"
