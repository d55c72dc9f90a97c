"""Ten thousand articles' worth of graph in every format, within 300 MB."""

import shutil
import sys

import sample
from harness import consumer, count, output, sure

ARTICLES = 10_000
LIMIT = 300  # MB at most at any time
FORMATS = ["json", "jsonl", "jsonld", "ttl", "nq", "cypher", "csv", "parquet", "neo4j", "graphml", "dot"]


@consumer("memory")
def memory_is_bounded(world):
    articles = world.work / "many.jsonl"
    sample.lines(articles, dict(sample.articles(ARTICLES, seed=11)))
    graphs = world.work / "many.json"
    peaks = [measured("extract", [world.sayso, "extract", "--isolated", "--quiet", "--input-format", "jsonl", articles, "-o", graphs])]
    with open(graphs, "rb") as file:
        lines = sum(1 for _ in file)
    sure(lines == ARTICLES, f"{lines} graphs for {ARTICLES} articles")
    for ending in FORMATS:
        # Tables for Neo4j are two files in a folder.
        folder = world.work / "many-out"
        folder.mkdir()
        target = [f"{folder}/", "--format", ending] if ending == "neo4j" else [folder / f"many.{ending}"]
        peaks.append(measured(ending, [world.sayso, "export", "--isolated", "--quiet", graphs, "-o", *target]))
        size = sum(file.stat().st_size for file in folder.iterdir())
        shutil.rmtree(folder)
        sure(size > 1_000_000, f"{ending}: only {size} bytes")
    size = graphs.stat().st_size
    graphs.unlink()
    return f"{count(ARTICLES)} articles, {count(size // 1_000_000)} MB of Graph JSON; peak in MB: " + ", ".join(f"{n} {mb:.0f}" for n, mb in peaks)


# A child counts what its parent held when it was made, so that a small process stands between this one and sayso.
WATCHED = """
import os, subprocess, sys
child = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL)
_, status, usage = os.wait4(child.pid, 0)
print(usage.ru_maxrss)
sys.exit(min(abs(os.waitstatus_to_exitcode(status)), 255))
"""


def measured(name, command):
    """Runs a command; its name and peak memory in MB."""
    kilobytes = output([sys.executable, "-S", "-c", WATCHED, *command])
    peak = int(kilobytes.split()[-1]) * 1024 / 1_000_000
    sure(peak < LIMIT, f"{name} took {peak:.0f} MB, more than {LIMIT}")
    return name, peak
