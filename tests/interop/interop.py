"""Runs every consumer over what sayso wrote and says in one line what it did."""

import argparse
import importlib
import os
import pathlib
import shutil
import sys
import time
import traceback

import harness
import sample

MODULES = ["rdf", "servers", "cypher", "tables", "graphs", "ladybug_tables", "offsets", "pages", "memory"]


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--only", action="append", metavar="NAME", help="consumers with NAME in their name")
    arguments.add_argument("--list", action="store_true", help="list them")
    arguments.add_argument("--work", type=lambda path: pathlib.Path(path).resolve(), required=True, help="folder for what is made on the way")
    options = arguments.parse_args()
    sayso = str(pathlib.Path(os.environ["SAYSO"]).resolve())
    for module in MODULES:
        importlib.import_module(module)
    chosen = [c for c in harness.CONSUMERS if not options.only or any(n.lower() in c.name.lower() for n in options.only)]
    if options.list:
        print("\n".join(c.name for c in chosen))
        return 0
    if not chosen:
        print(f"no consumer is called {' or '.join(options.only)}; --list names them", file=sys.stderr)
        return 2
    shutil.rmtree(options.work, ignore_errors=True)
    options.work.mkdir(parents=True)
    # Some engines leave their logs where they are started.
    os.chdir(options.work)
    world = sample.world(sayso, options.work)
    print(f"sayso wrote {world.summary()}", flush=True)
    failed = [consumer.name for consumer in chosen if not told(consumer, world)]
    for name in failed:
        print(f"failed: {name}")
    print(f"{len(chosen) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


def told(consumer, world):
    """Runs a consumer and says what it did."""
    start = time.monotonic()
    try:
        did, fine = consumer.run(world), True
    except harness.Differs as difference:
        did, fine = str(difference), False
    except Exception:  # noqa: BLE001 - whatever breaks is the finding
        did, fine = traceback.format_exc().strip(), False
    mark = "ok  " if fine else "FAIL"
    print(f"{mark} {consumer.name}: {did} ({time.monotonic() - start:.1f} s)", flush=True)
    return fine


sys.exit(main())
