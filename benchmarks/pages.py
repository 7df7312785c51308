"""Measure the pages: how large they are, how long they take to make, how quick their search is.

    python benchmarks/pages.py [--claims 10000] [--runs 5] [--tm PATH]

Making the site of the bundled knowledge base is measured beside `tm list --json`, in turns, as a
ratio of the best runs. Larger ones are made in this process, to see whether time grows in
proportion. The search is measured in Chromium: from what is typed to the hits that are shown.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from generate import generate
from targetmarkets.kb.json_file import load
from targetmarkets.kb.paths import bundled
from targetmarkets.site import build, folder

QUERIES = ("korea", "t55", "missiles syria", '"north korea"', "nowhere")
SEARCH = """queries => queries.map((query) => {
  const typed = document.getElementById("query");
  typed.value = query;
  const start = performance.now();
  show();
  document.getElementById("hits").getBoundingClientRect();
  return performance.now() - start;
})"""


def seconds(command: list[str]) -> float:
    """How long a command keeps a processor: how long it takes depends on what else runs."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def ratio(tm: str, runs: int) -> float:
    """Making the site, by `tm list --json`."""
    with tempfile.TemporaryDirectory() as place:
        site = [tm, "site", str(Path(place) / "pages")]
        listing = [tm, "list", "--json"]
        seconds(site), seconds(listing)
        pairs = [(seconds(site), seconds(listing)) for _ in range(runs)]
    return min(one for one, _ in pairs) / min(other for _, other in pairs)


def made(kb: Path, target: Path) -> float:
    """How long it takes to make the site of a knowledge base in this process."""
    start = time.perf_counter()
    folder.write(target, build.pages(load(kb)), "")
    return time.perf_counter() - start


def searched(browser: Any, site: Path) -> str:
    """Until the search page is ready, and from what is typed to what is found."""
    from tests.site.browser import opened

    with opened(browser) as watched:
        start = time.perf_counter()
        watched.goto(f"{site.as_uri()}/search.html")
        ready = time.perf_counter() - start
        times = [watched.page.evaluate(SEARCH, list(QUERIES)) for _ in range(3)]
    median = statistics.median(min(each) for each in zip(*times, strict=True))
    worst = max(min(each) for each in zip(*times, strict=True))
    return f"search ready in {ready:.2f} s, hits in {median:.0f} ms (at most {worst:.0f} ms)"


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--claims", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--tm", default=str(Path(sysconfig.get_path("scripts")) / "tm"))
    options = parser.parse_args()
    times = ratio(options.tm, options.runs)
    print(f"tm site takes {times:.1f} times the processor time of tm list --json", flush=True)
    from tests.site.browser import launched

    with tempfile.TemporaryDirectory() as place, launched() as browser:
        bases = [("bundled", bundled())]
        for claims in (options.claims // 2, options.claims):
            folder_ = Path(place) / f"kb-{claims}"
            bases.append((f"{claims:,} claims", generate(folder_, claims, claims * 100)))
        for name, kb in bases:
            site = Path(place) / f"site-{kb.parent.name}"
            taken = made(kb, site)
            sizes = [path.stat().st_size for path in site.rglob("*.html")]
            home = (site / "index.html").stat().st_size
            print(
                f"{name}: {len(sizes):,} pages, {sum(sizes) / 1e6:.1f} MB, made in {taken:.1f} s; "
                f"home {home / 1e3:.0f} kB; {searched(browser, site)}"
            )


if __name__ == "__main__":
    main()
