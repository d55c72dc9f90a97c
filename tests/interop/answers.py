"""The answers to the questions in `queries/`, worked out from Graph JSON without any RDF."""

import collections
import decimal

from harness import BASE, HERE

QUERIES = {path.stem: path.read_text(encoding="utf-8") for path in sorted((HERE / "queries").glob("*.rq"))}


def answers(truth):
    """Name of the question → its rows as words, sorted."""
    found = {name: [tuple(map(str, row)) for row in rows(truth)] for name, rows in ROWS.items()}
    return {name: sorted(rows) for name, rows in found.items()}


def about(truth):
    for relation in truth.relations.values():
        statement = truth.statements.get(relation["target"])
        if statement and relation["source"]:
            for topic in statement["about"]:
                # Two arguments in one place are one row; a relation told twice is two.
                for place in statement["content"]:
                    yield relation["source"], statement["text"], topic, place["start"], place["end"]


def refusals(truth):
    edges = direct(truth)
    for id_, relation in truth.relations.items():
        if relation["type"] == "refuses" and relation["literal"] and ends(relation) in edges:
            yield id_, relation["source"], relation["literal"]["text"]


def figures(truth):
    for id_, relation in truth.relations.items():
        bound = relation["arguments"].get("quantity", [])
        for argument in [bound] if isinstance(bound, dict) else bound:
            entity = truth.entities.get(argument.get("entity"))
            value = entity and entity["attributes"].get("value")
            if value is not None:
                yield id_, number(value), relation["evidence"]["text"]


def claims(truth):
    edges = direct(truth)
    counts = collections.Counter()
    for relation in truth.relations.values():
        end = ends(relation)
        if end:
            counts[relation["type"], "asserted" if end in edges else "claimed"] += 1
    return [(*key, times) for key, times in counts.items()]


def speakers(truth):
    said, documents = collections.defaultdict(set), collections.defaultdict(set)
    for relation in truth.relations.values():
        if relation["target"] in truth.statements and relation["source"] in truth.entities:
            said[relation["source"]].add(relation["target"])
            documents[relation["source"]].add(relation["evidence"]["document"])
    return [(who, len(said[who]), len(documents[who])) for who in said]


ROWS = {"about": about, "refusals": refusals, "figures": figures, "claims": claims, "speakers": speakers}


def ends(relation):
    """Type, source and target, where both are known: what makes a direct edge."""
    literal = relation["literal"] and (relation["evidence"]["document"], relation["literal"]["start"], relation["literal"]["end"])
    target = relation["target"] or literal
    return (relation["type"], relation["source"], target) if relation["source"] and target else None


def direct(truth):
    return {ends(r) for r in truth.relations.values() if r["asserted"] and ends(r)}


def number(value):
    """A decimal as one spelling."""
    return format(decimal.Decimal(str(value)).normalize(), "f")


def row(cells, plain):
    """A row of a SPARQL answer as words: our IRIs as ids, decimals in one spelling. Cells are (value, datatype)."""
    words = []
    for value, datatype in cells:
        value = plain(value) if value.startswith(BASE) else value
        words.append(number(value) if (datatype or "").endswith("#decimal") else value)
    return tuple(words)
