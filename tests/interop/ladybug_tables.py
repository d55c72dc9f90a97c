"""The tables for `neo4j-admin database import` in Ladybug, which takes the same files once its tables are declared."""

import csv

import ladybug

from graphs import compare
from harness import consumer, count, same, sure, version

TYPES = {"string": "STRING", "int": "INT64", "double": "DOUBLE", "boolean": "BOOLEAN"}


@consumer("Ladybug (tables for Neo4j)")
def ladybug_takes_tables(world):
    nodes = edges = 0
    for sample in world.samples:
        folder = sample.path("neo4j")
        of_nodes, of_edges = columns(folder / "nodes.csv"), columns(folder / "relationships.csv")
        check_header(sample, of_nodes, of_edges)
        connection = ladybug.Connection(ladybug.Database(str(sample.folder / "ladybug")))
        connection.execute(f"CREATE NODE TABLE Node({declared(of_nodes)}, PRIMARY KEY(id))")
        connection.execute(f"CREATE REL TABLE Edge(FROM Node TO Node, {declared(of_edges[2:])})")
        for table, file in [("Node", "nodes.csv"), ("Edge", "relationships.csv")]:
            connection.execute(f"COPY {table} FROM '{folder / file}' (HEADER=true, PARALLEL=false)")
        found = {r["n"]["id"]: {**r["n"], "kind": r["n"]["LABEL"].split(";")[0]} for r in ask(connection, "MATCH (n:Node) RETURN n")}
        listed = [(r["a"], r["b"], {**r["e"], "relation": r["e"]["TYPE"]}) for r in ask(connection, "MATCH (a)-[e:Edge]->(b) RETURN a.id AS a, e, b.id AS b")]
        n, e = compare(sample, found, listed, lambda value: value)
        most = {r["t"]: r["n"] for r in ask(connection, "MATCH ()-[e:Edge]->() RETURN e.TYPE AS t, count(*) AS n")}
        right = {**sample.truth.how_often(), "about": len(sample.truth.abouts())}
        same(f"{sample.name}: how often each relation", right, most)
        nodes, edges = nodes + n, edges + e
    return f"{version('ladybug')}, {count(nodes)} nodes and {count(edges)} edges with all they carry, hostile names as they are, and a count of each relation"


def columns(path):
    """Name and type of each column: `mentions:int`, `:LABEL`."""
    with open(path, encoding="utf-8", newline="") as file:
        return [cell.split(":") for cell in next(csv.reader(file))]


def check_header(sample, of_nodes, of_edges):
    """What neo4j-admin asks of the names of columns."""
    sure(["id", "ID"] in of_nodes and ["", "LABEL"] in of_nodes, f"{sample.name}: nodes.csv has {of_nodes}")
    same(f"{sample.name}: relationships.csv", [["", "START_ID"], ["", "END_ID"], ["", "TYPE"]], of_edges[:3])
    for name, type_ in [*of_nodes, *of_edges]:
        sure(name == "" or type_ == "ID" or type_ in TYPES, f"{sample.name}: {type_} is no type of neo4j-admin")


def declared(columns):
    return ", ".join(f"`{name or type_}` {TYPES.get(type_, 'STRING')}" for name, type_ in columns)


def ask(connection, query):
    return list(connection.execute(query).rows_as_dict())
