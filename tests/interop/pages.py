"""The page that `--format html` writes, in Debian's Chromium: the tests in `html/`."""

import os
import re
import subprocess
import sys

from harness import HERE, Differs, consumer, sure, version


TESTS = HERE / "html" / "page_test.py"


@consumer("HTML page in Chromium")
def page_works(world):
    # The page is tested with and without Graphviz on the path; nothing of the caller's project takes part.
    environment = dict(os.environ, SAYSO=str(world.sayso))
    done = subprocess.run([sys.executable, "-B", TESTS, "-v"], env=environment, capture_output=True, check=False)
    told = done.stderr.decode(errors="replace")
    if done.returncode != 0:
        raise Differs(told[-3000:])
    ran = re.search(r"^Ran (\d+) tests", told, re.MULTILINE)
    sure(ran and int(ran[1]) > 0 and told.rstrip().endswith("OK"), f"not all tests ran: {told[-500:]}")
    browser = subprocess.run(["chromium", "--version"], capture_output=True, check=True).stdout.decode().strip()
    return f"{browser} with Playwright {version('playwright')}, {ran[1]} tests"

