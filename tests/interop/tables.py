"""CSV, JSON Lines and the like in data frames and SQL."""

import json

import duckdb
import pandas
import pyarrow.parquet

from harness import consumer, count, same, sure, version


def expected(truth):
    """Relation id → the cells that are asked for."""
    rows = {}
    names = truth.nodes()
    for id_, (type_, source, target, place, rule, qualifiers) in truth.edges().items():
        words = {name: spoken(argument) for name, argument in truth.relations[id_]["arguments"].items()}
        rows[id_] = (type_, called(source, names), called(target, names), *place, rule, *qualifiers, words)
    return rows


def called(key, names):
    kind, _ = key
    return "" if kind == "Nobody" else " ".join(sorted(names[key]))


def spoken(argument):
    pieces = argument if isinstance(argument, list) else [argument]
    return " ".join(piece["text"] for piece in pieces)


CELLS = ["relation", "source", "target", "document", "start", "end", "evidence", "rule", "polarity", "modality", "tense", "asserted", "arguments"]


def compare(sample, what, rows):
    """Rows are dicts with the cells as the consumer gives them."""
    truth, found = sample.truth, {}
    for r in rows:
        arguments = json.loads(r["arguments"]) if isinstance(r["arguments"], str) else r["arguments"]
        found[r["id"]] = (*(r[cell] for cell in CELLS[:-1]), arguments)
    right = expected(truth)
    same(f"{sample.name}: ids in {what}", set(right), set(found))
    for id_, cells in right.items():
        for name, wanted, got in zip(CELLS, cells, found[id_]):
            if name in ("source", "target") and wanted != got:
                # An entity of several documents may be spelt otherwise in one of them.
                wanted = got if got in truth.names.get(truth.relations[id_][name], ()) else wanted
            same(f"{sample.name}: {name} of {id_} in {what}", wanted, got)
    return len(found)


@consumer("pandas (CSV)")
def pandas_reads_csv(world):
    rows = 0
    for sample in world.samples:
        # Without keep_default_na=False a name like `null` is missing data.
        table = pandas.read_csv(sample.path("csv"), keep_default_na=False)
        sure(table["start"].dtype.kind == "i" and table["asserted"].dtype.kind == "b", f"types: {dict(table.dtypes)}")
        rows += compare(sample, "pandas", table.to_dict("records"))
    return f"{version('pandas')}, {count(rows)} relations, every cell as in Graph JSON"


@consumer("DuckDB (CSV)")
def duckdb_reads_csv(world):
    rows = 0
    for sample in world.samples:
        found = duckdb.sql(f"SELECT * FROM read_csv('{sample.path('csv')}')")
        names = found.columns
        rows += compare(sample, "DuckDB", [filled(dict(zip(names, r))) for r in found.fetchall()])
        most = duckdb.sql(f"SELECT relation, count(*) AS n FROM '{sample.path('csv')}' GROUP BY ALL").fetchall()
        same(f"{sample.name}: how often each relation", sample.truth.how_often(), dict(most))
    return f"{version('duckdb')}, {count(rows)} relations, every cell as in Graph JSON, and a count of each relation"


def filled(row):
    """An empty cell is NULL in SQL."""
    return {name: "" if value is None else value for name, value in row.items()}


@consumer("DuckDB and pyarrow (Parquet)")
def parquet_is_read(world):
    rows = 0
    for sample in world.samples:
        table = pyarrow.parquet.read_table(sample.path("parquet"))
        types = {field.name: str(field.type) for field in table.schema}
        same("types in pyarrow", ["int32", "int32", "int32", "bool"], [types[c] for c in ("start", "end", "rule_line", "asserted")])
        rows += compare(sample, "pyarrow", map(filled, table.to_pylist()))
        found = duckdb.sql(f"SELECT * FROM '{sample.path('parquet')}'")
        names = found.columns
        compare(sample, "DuckDB", [filled(dict(zip(names, r))) for r in found.fetchall()])
    return f"{version('duckdb')} and {version('pyarrow')}, {count(rows)} relations, every cell as in Graph JSON, numbers and flags typed"


@consumer("DuckDB (JSON Lines)")
def duckdb_reads_json_lines(world):
    relations = documents = 0
    for sample in world.samples:
        query = f"""SELECT id, type, source, target, literal.text, evidence.text, evidence.start, rule.line
            FROM read_json('{sample.path('jsonl')}', format = 'newline_delimited', maximum_object_size = 100000000, sample_size = -1)"""
        found = {row[0]: row[1:] for row in duckdb.sql(query).fetchall()}
        right = {
            id_: (r["type"], r["source"], r["target"], r["literal"] and r["literal"]["text"], r["evidence"]["text"], r["evidence"]["start"], r["rule"]["line"])
            for id_, r in sample.truth.relations.items()
        }
        same(f"{sample.name}.jsonl", right, found)
        relations += len(found)
        query = f"SELECT d.id, d.sha256 FROM (SELECT unnest(documents) AS d FROM read_json('{sample.path('json')}', format = 'newline_delimited', maximum_object_size = 100000000, sample_size = -1))"
        same(f"{sample.name}.json", {d["id"]: d["sha256"] for d in sample.truth.documents.values()}, dict(duckdb.sql(query).fetchall()))
        documents += len(sample.truth.documents)
    return f"{version('duckdb')}, {count(relations)} relations from jsonl, {count(documents)} documents from Graph JSON"
