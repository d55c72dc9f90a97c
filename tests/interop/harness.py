"""What all checks share: the list of consumers, comparison, child processes."""

import dataclasses
import importlib.metadata
import os
import pathlib
import subprocess
import typing

HERE = pathlib.Path(__file__).parent
BASE = "https://kg.example/"


@dataclasses.dataclass
class Consumer:
    name: str
    run: typing.Callable


CONSUMERS: list[Consumer] = []


def consumer(name):
    """Registers a check. It gets the world and returns what it did; it raises where something differs."""

    def register(function):
        CONSUMERS.append(Consumer(name, function))
        return function

    return register


class Differs(Exception):
    """A consumer read something else than was written."""


def same(what, expected, found):
    """Fails with the first differences, which a whole dump would hide."""
    if expected == found:
        return
    if isinstance(expected, dict) and isinstance(found, dict):
        keys = [k for k in expected.keys() | found.keys() if expected.get(k) != found.get(k)]
        some = [f"{k!r}: expected {expected.get(k)!r}, found {found.get(k)!r}" for k in sorted(keys, key=repr)[:3]]
        raise Differs(f"{what}: {len(keys)} differ; " + "; ".join(some))
    if isinstance(expected, (set, frozenset)) and isinstance(found, (set, frozenset)):
        lost, new = sorted(expected - found, key=repr), sorted(found - expected, key=repr)
        raise Differs(f"{what}: {len(lost)} lost, {len(new)} new; lost {lost[:3]!r}, new {new[:3]!r}")
    if isinstance(expected, list) and isinstance(found, list):
        pairs = [(i, e, f) for i, (e, f) in enumerate(zip(expected, found)) if e != f]
        raise Differs(f"{what}: {len(expected)} expected, {len(found)} found; first differences {pairs[:3]!r}")
    raise Differs(f"{what}: expected {expected!r}, found {found!r}")


def sure(condition, what):
    """Fails where a condition does not hold."""
    if not condition:
        raise Differs(what)


def output(command, **options):
    """Standard output of a command; its errors where it fails."""
    done = subprocess.run([str(c) for c in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, **options)
    if done.returncode != 0:
        tail = done.stderr.decode(errors="replace").strip()[-2000:]
        raise Differs(f"{pathlib.Path(str(command[0])).name} ended with {done.returncode}: {tail}")
    return done.stdout


def node(script, *arguments):
    """Standard output of a JavaScript module beside this file."""
    # Node looks for packages beside the script, and they are in the cache.
    modules = pathlib.Path(os.environ["SAYSO_NODE_MODULES"])
    copy = modules.parent / script
    copy.write_bytes((HERE / script).read_bytes())
    return output(["node", copy, *arguments])


def version(package):
    """The installed version of a Python package."""
    return importlib.metadata.version(package)


def count(number):
    """12345 → 12,345"""
    return f"{number:,}"
