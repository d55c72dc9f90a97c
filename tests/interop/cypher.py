"""Cypher in an embedded engine: every node and edge with what it carries, a question, and loading twice."""

import arcadedb_embedded

from harness import consumer, count, same, sure, version


@consumer("ArcadeDB (Cypher)")
def arcadedb_takes_cypher(world):
    nodes = edges = 0
    for sample in (world.one, world.articles, world.hostile):
        truth = sample.truth
        lines = sample.path("cypher").read_text(encoding="utf-8").rstrip("\n").split("\n")
        with arcadedb_embedded.create_database(str(sample.folder / "arcadedb")) as database:
            for _ in range(2):
                with database.transaction():
                    for line in lines:
                        database.command("opencypher", line.removesuffix(";"))
                ask = lambda query: [row.to_dict() for row in database.query("opencypher", query)]
                found = read_nodes(ask)
                known = truth.nodes()
                same(f"{sample.name}: nodes", set(known), set(found))
                for key, words in known.items():
                    sure(found[key] in words, f"{sample.name}: {key} is called {found[key]!r}, not {words!r}")
                same(f"{sample.name}: relations", truth.edges(), read_edges(ask))
                pairs = ask("MATCH (s:Statement)-[:about]->(e:Entity) RETURN s.id AS s, e.id AS e")
                same(f"{sample.name}: about", truth.abouts(), {(pair["s"], pair["e"]) for pair in pairs})
                same(f"{sample.name}: edges", len(truth.edges()) + len(pairs), ask("MATCH ()-[r]->() RETURN count(r) AS n")[0]["n"])
            same(f"{sample.name}: who said what of whom", question(truth), {tuple(r.values()) for r in ask(QUESTION)})
            nodes, edges = nodes + len(known), edges + len(truth.edges()) + len(pairs)
    return f"{version('arcadedb-embedded')}, {count(nodes)} nodes and {count(edges)} edges with all they carry; twice is once"


def read_nodes(ask):
    found = {}
    for kind, name in [("Entity", "name"), ("Statement", "text"), ("Words", "text"), ("Nobody", "name")]:
        for r in ask(f"MATCH (n:{kind}) RETURN n.id AS id, n.`{name}` AS name, n.document AS document, n.start AS start, n.end AS end"):
            found[key(kind, r)] = r["name"]
    return found


def key(kind, row):
    if kind == "Words":
        return kind, (row["document"], row["start"], row["end"])
    return kind, None if kind == "Nobody" else row["id"]


def read_edges(ask):
    found = {}
    ends = "labels(a) AS al, a.id AS ai, labels(b) AS bl, b.id AS bi, b.document AS bd, b.start AS bs, b.end AS be"
    for r in ask(f"MATCH (a)-[r]->(b) WHERE r.rule IS NOT NULL RETURN type(r) AS type, properties(r) AS r, {ends}"):
        p = r["r"]
        source = kind_of(r["al"]), {"id": r["ai"]}
        target = kind_of(r["bl"]), {"id": r["bi"], "document": r["bd"], "start": r["bs"], "end": r["be"]}
        place = (p["document"], p["start"], p["end"], p["evidence"])
        found[p["id"]] = (r["type"], key(*source), key(*target), place, p["rule"], (p["polarity"], p["modality"], p["tense"], p["asserted"]))
    return found


def kind_of(labels):
    return next(kind for kind in ("Entity", "Statement", "Words", "Nobody") if kind in labels)


QUESTION = "MATCH (a:Entity)-[:said]->(s:Statement)-[:about]->(e:Entity) RETURN DISTINCT a.id AS a, s.text AS s, e.name AS e"


def question(truth):
    rows = set()
    for relation in truth.relations.values():
        statement = truth.statements.get(relation["target"])
        if relation["type"] == "said" and relation["source"] and statement:
            rows.update((relation["source"], statement["text"], truth.entities[topic]["name"]) for topic in statement["about"])
    return rows
