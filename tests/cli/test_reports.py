"""`tm coverage` and `tm stats` on the command line."""

import json

from tests.conftest import Workspace
from tests.running import Run


def test_coverage_leaves_nothing_over(tm: Run) -> None:
    done = tm("coverage")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Nothing is left over." in done.stdout
    assert "Syria is likely one of" in done.stdout
    assert "syria-gas-masks" in done.stdout


def test_what_is_left_over_exits_with_one_unless_told(tm: Run, workspace: Workspace) -> None:
    content = workspace.read()
    content["sources"][0]["set_aside"] = []
    workspace.write(content)
    kb = ("--kb", str(workspace.file))
    done = tm("coverage", "nknews-2015", *kb)
    assert done.returncode == 1
    assert "left over, characters" in done.stdout
    assert tm("coverage", "nknews-2015", "--report-only", *kb).returncode == 0
    assert tm("coverage", "rusi-2015", *kb).returncode == 0
    data = json.loads(tm("coverage", "--json", *kb).stdout)
    left = [i["text"] for s in data["sources"] for i in s["items"] if i["standing"] == "left over"]
    assert left == [
        "TECHONLOGICAL PROGRESS",
        "Featured Image: Bashar al-Assad propaganda by watchsmart on 2007-09-25 21:19:37",
    ]
    rows = tm("coverage", "--format", "tsv", *kb).stdout.splitlines()
    assert rows[0].startswith("source\tline\tstart\tend\tstanding")
    assert len(rows) == 1 + sum(source["sentences"] for source in data["sources"])


def test_coverage_of_what_has_no_text(tm: Run) -> None:
    for name in ("berger-2015", "nobody"):
        done = tm("coverage", name)
        assert (done.returncode, done.stdout) == (2, "")
        assert len(done.stderr.splitlines()) == 2
    assert tm("coverage", "rusi-2015", "rusi-2015").stdout == tm("coverage", "rusi-2015").stdout


def test_stats_in_every_format(tm: Run) -> None:
    text = tm("stats", "--format", "text").stdout
    assert text.startswith("14 customers · 3 categories")
    assert "▇" in text
    rows = [line.split("\t") for line in tm("stats").stdout.splitlines()]
    assert rows[0] == ["table", "row", "column", "count"]
    data = json.loads(tm("stats", "--json").stdout)
    assert data["object"] == "statistics"
    cells = sum(len(table["columns"]) * len(table["rows"]) for table in data["tables"])
    assert len(rows) == 1 + cells
