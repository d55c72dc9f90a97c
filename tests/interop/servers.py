"""Five questions to running SPARQL servers and to rdflib; loading twice changes nothing."""

import contextlib
import json
import pathlib
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

import rdflib

from answers import QUERIES, answers, row
from harness import consumer, count, output, same, sure, version
from rdf import OX, expected, plain, triples

PATIENCE = 60  # seconds for a server to start


@contextlib.contextmanager
def running(command, url, folder):
    """A server for as long as it is needed; gives back when it answers."""
    with open(folder / "server.log", "wb") as log:
        server = subprocess.Popen([str(c) for c in command], cwd=folder, stdout=log, stderr=log)
    try:
        end = time.monotonic() + PATIENCE
        while not answering(url):
            log = (folder / "server.log").read_text(errors="replace")[-1000:]
            sure(server.poll() is None and time.monotonic() < end, f"the server does not start: {log}")
            time.sleep(0.2)
        yield
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def answering(url):
    try:
        urllib.request.urlopen(url, timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def asked(endpoint, query):
    """Rows of a SPARQL endpoint."""
    body = urllib.parse.urlencode({"query": query}).encode()
    request = urllib.request.Request(endpoint, body, {"Accept": "application/sparql-results+json"})
    with urllib.request.urlopen(request, timeout=120) as answer:
        found = json.load(answer)
    names = found["head"]["vars"]
    bindings = found["results"]["bindings"]
    return sorted(row([(b[n]["value"], b[n].get("datatype")) for n in names], plain) for b in bindings)


def questions(sample, ask):
    """Puts all questions; how many rows came back."""
    rows = 0
    for name, right in answers(sample.truth).items():
        same(f"{sample.name}: {name}", right, ask(QUERIES[name]))
        sure(right or sample.name == "one article", f"{sample.name}: nothing to answer in {name}")
        rows += len(right)
    return rows


@consumer("Oxigraph server")
def oxigraph_serves(world):
    binary = pathlib.Path(sys.executable).parent / "oxigraph"
    rows = 0
    kinds = [("jsonld", "application/ld+json", "POST"), ("ttl", "text/turtle", "POST"), ("nq", "application/n-quads", "POST")]
    for sample, (ending, media, method) in zip([world.articles, world.hostile, world.news], kinds):
        folder = sample.folder / "oxigraph"
        folder.mkdir(exist_ok=True)
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        with running([binary, "serve", "--location", folder / "store", "--bind", f"127.0.0.1:{port}"], url, folder):
            for _ in range(2):
                target = "/store" if ending == "nq" else "/store?default"
                request = urllib.request.Request(url + target, sample.path(ending).read_bytes(), {"Content-Type": media}, method=method)
                urllib.request.urlopen(request, timeout=120).close()
                same(f"{sample.name}: triples", [(str(len(expected(sample))),)], asked(url + "/query", COUNT))
            rows += questions(sample, lambda query: asked(url + "/query", query))
    loaded(world, binary)
    return f"{version('oxigraph')}, 3 graphs twice over HTTP and once by `oxigraph load`, 5 questions each, {count(rows)} rows as worked out from Graph JSON"


COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


def loaded(world, binary):
    """The command of the README, and what the store holds then."""
    store = world.work / "oxigraph-store"
    output([binary, "load", "--location", store, "--file", world.articles.path("jsonld")])
    dump = world.work / "oxigraph.nq"
    output([binary, "dump", "--location", store, "--file", dump])
    same("what `oxigraph load` stored", expected(world.articles), triples(dump, OX.N_QUADS))


@consumer("rdflib SPARQL")
def rdflib_answers(world):
    rows = 0
    for sample in (world.articles, world.hostile):
        graph = rdflib.Graph().parse(str(sample.path("ttl")), format="turtle")

        def ask(query):
            found = graph.query(query)
            return sorted(row([(str(c), str(getattr(c, "datatype", ""))) for c in line], plain) for line in found)

        rows += questions(sample, ask)
    return f"{version('rdflib')}, 5 questions to 2 graphs, {count(rows)} rows as worked out from Graph JSON"


VIRTUOSO = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
[Parameters]
ServerPort = {sql}
DirsAllowed = {folder}, .
NumberOfBuffers = 20000
[HTTPServer]
ServerPort = {http}
"""


@consumer("Virtuoso")
def virtuoso_takes_ntriples(world):
    rows = 0
    for sample in (world.articles, world.hostile):
        folder = sample.folder / "virtuoso"
        folder.mkdir(exist_ok=True)
        sql, http = free_port(), free_port()
        (folder / "virtuoso.ini").write_text(VIRTUOSO.format(sql=sql, http=http, folder=sample.folder))
        # N-Quads without graph names are N-Triples.
        (sample.folder / "graph.nt").write_bytes(sample.path("nq").read_bytes())
        url = f"http://127.0.0.1:{http}"
        with running(["virtuoso-t", "-f", "-c", "virtuoso.ini"], f"{url}/sparql", folder):
            for _ in range(2):
                load = f"DB.DBA.TTLP(file_open('{sample.folder / 'graph.nt'}'), '', 'https://kg.example/', 0);"
                output(["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", f"exec={load}"])
                counted = asked(f"{url}/sparql?default-graph-uri=https://kg.example/", COUNT)
                same(f"{sample.name}: triples", [(str(len(expected(sample))),)], counted)
            rows += questions(sample, lambda query: asked(f"{url}/sparql?default-graph-uri=https://kg.example/", query))
    return f"Debian's, 2 graphs as N-Triples twice, 5 questions each, {count(rows)} rows as worked out from Graph JSON"
