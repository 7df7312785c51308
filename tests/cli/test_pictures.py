"""Timeline, matrix, comparison and statistics on the command line: one screen, every format."""

import csv
import fcntl
import io
import itertools
import json
import os
import pty
import re
import struct
import subprocess
import termios
from pathlib import Path

import pytest

from targetmarkets.formats.registry import LIST_FORMATS
from targetmarkets.kb.json_file import FileKnowledge
from targetmarkets.records.compose import Composer
from targetmarkets.records.fields import COLUMNS
from tests.build import activity, content, customer
from tests.formats import readers
from tests.running import TM, Run

SCREEN, WIDTH = 40, 80

PICTURES = [
    ("timeline",),
    ("timeline", "syria"),
    ("timeline", "resilient"),
    ("timeline", "reluctant"),
    ("timeline", "ad-hoc"),
    ("timeline", "glocom"),
    ("timeline", "iran", "hizbullah", "burma"),
    ("matrix",),
    ("matrix", "--by", "category"),
    ("compare", "iran", "syria"),
    ("compare", "tanzania", "cuba"),
]

LISTS = [("timeline", "timeline"), ("matrix", "matrix"), ("compare iran syria", "comparisons")]


def on_a_terminal(*arguments: str, columns: int = WIDTH, lines: int = SCREEN, **env: str) -> str:
    """What a process shows on a terminal of a size."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    environment = {k: v for k, v in os.environ.items() if k not in {"COLUMNS", "LINES", "NO_COLOR"}}
    process = subprocess.Popen(
        [TM, *arguments], stdin=theirs, stdout=theirs, stderr=subprocess.PIPE,
        env={**environment, "TERM": "xterm-256color", **env},
    )  # fmt: skip
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(ours)
    _, told = process.communicate()
    assert process.returncode == 0, told
    return shown.decode().replace("\r\n", "\n")


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


@pytest.mark.parametrize("words", PICTURES, ids=" ".join)
def test_a_picture_is_one_screen(tm: Run, words: tuple[str, ...]) -> None:
    shown = tm(*words, "--format", "table").stdout
    lines = shown.splitlines()
    assert 8 < len(lines) <= SCREEN
    assert max(map(len, lines)) <= WIDTH
    assert "\x1b" not in shown
    assert re.search(r"[a-z]+-?[a-z]*-(19|20)\d\d", shown), "no key of a source"


@pytest.mark.parametrize("columns", [80, 100, 140])
@pytest.mark.parametrize(
    "words", [("timeline",), ("matrix",), ("compare", "iran", "syria"), ("stats",)]
)
def test_a_terminal_has_the_same_screen(words: tuple[str, ...], columns: int) -> None:
    coloured = on_a_terminal(*words, columns=columns)
    lines = plain(coloured).splitlines()
    assert len(lines) <= SCREEN
    assert max(map(len, lines)) <= min(columns, 100)
    assert "\x1b[" in coloured
    bare = on_a_terminal(*words, columns=columns, NO_COLOR="1")
    assert re.search(r"\x1b\[[0-9;]*3\dm", bare) is None, "a colour"
    assert plain(bare).splitlines() == lines, "colour alone tells something"


def test_any_two_customers_fit(composer: Composer, kb: FileKnowledge) -> None:
    from targetmarkets.formats.interface import Listing, Look, Picture
    from targetmarkets.formats.registry import set_listing
    from targetmarkets.query.compare import compare

    for pair in itertools.islice(itertools.combinations(kb.customers, 2), 0, None, 3):
        records = compare(composer, pair)
        shown = set_listing(Listing("comparisons", records, picture=Picture()), "table", Look())
        lines = shown.splitlines()
        assert len(lines) <= SCREEN, pair
        assert max(map(len, lines)) <= WIDTH, pair
        assert "Strongest" in shown


@pytest.mark.parametrize(("command", "kind"), LISTS)
@pytest.mark.parametrize("format_", [name for name in LIST_FORMATS if name != "table"])
def test_every_format_has_every_row(tm: Run, command: str, kind: str, format_: str) -> None:
    data = json.loads(tm(*command.split(), "--json").stdout)
    done = tm(*command.split(), "--format", format_)
    assert (done.returncode, done.stderr) == (0, "")
    header, *rows = readers.LISTS[format_](done.stdout)
    assert len(rows) == len(data) > 1
    if format_ in {"csv", "tsv"}:
        assert header == list(COLUMNS[kind])
        sources = header.index("sources")
        assert [row[sources].split("; ") for row in rows] == [row["sources"] for row in data]
    chosen = tm(*command.split(), "--format", format_, "--fields", "sources,claims").stdout
    assert len(readers.LISTS[format_](chosen)) == 1 + len(data)


@pytest.mark.parametrize(("command", "kind"), LISTS)
def test_a_pipe_has_rows_and_a_file_what_its_name_asks_for(
    tm_process: Run, tmp_path: Path, command: str, kind: str
) -> None:
    piped = tm_process(*command.split()).stdout
    assert piped.split("\n")[0].split("\t") == list(COLUMNS[kind])
    assert tm_process(*command.split(), "-o", "out.csv").stdout == ""
    with (tmp_path / "out.csv").open(newline="", encoding="utf-8") as file:
        assert next(csv.reader(file)) == list(COLUMNS[kind])
    assert tm_process(*command.split(), "-o", "out.md").returncode == 0
    assert (tmp_path / "out.md").read_text("utf-8").startswith("| ")


def test_ranges_and_undated_events_count_in_no_year(tm: Run) -> None:
    data = json.loads(tm("timeline", "--json").stdout)
    shown = tm("timeline", "--format", "table").stdout
    by = {word: sum(row["placed"] == word for row in data) for word in ("year", "range", "undated")}
    assert f"{len(data)} events · {by['year']} in one year" in shown
    assert f"{by['range']} over or within several · {by['undated']} undated" in shown
    (figures,) = [line for line in shown.splitlines() if line.startswith("Events")]
    *years, undated = map(int, figures.split()[1:])
    top = shown.splitlines()[2]
    assert figures[top.index("██") :].split()[0] == str(max(years)), "the longest bar"
    assert (sum(years), undated) == (by["year"], by["undated"])
    (syria,) = [line for line in shown.splitlines() if line.startswith("Syria")]
    assert syria.count("╌") >= 6, "2012 to 2017 is a line"
    (yemen,) = [line for line in shown.splitlines() if line.startswith("Yemen")]
    assert "╌" not in yemen
    assert "◂" in yemen, "until 2015: nobody says since when"
    (hizbullah,) = [line for line in shown.splitlines() if line.startswith("Hizbullah")]
    assert "+" in hizbullah
    assert not re.search(r"\d", hizbullah.removeprefix("Hizbullah"))


def test_named_ones_are_followed_by_their_events(tm: Run) -> None:
    shown = tm("timeline", "syria", "--format", "table").stdout
    for row in json.loads(tm("timeline", "syria", "--json").stdout):
        assert row["name"].split(",")[0].split()[0] in shown
        assert all(id_ in shown for id_ in row["sources"])
    few = tm("timeline", "reluctant", "--format", "table").stdout
    assert re.search(r"\d+ more events?: tm timeline reluctant --full", few)
    full = tm("timeline", "reluctant", "--full", "--format", "table").stdout
    assert "--full" not in full
    assert re.search("^undated ", full, re.MULTILINE)
    events = json.loads(tm("timeline", "--json").stdout)
    every = tm("timeline", "--full", "--format", "table").stdout
    assert every.count("○") + every.count("✓") + every.count("· ") >= len(events)


def test_the_matrix_says_what_its_cells_are(tm: Run) -> None:
    shown = tm("matrix", "--format", "table").stdout
    cells = json.loads(tm("matrix", "--json").stdout)
    head, *lines = shown.splitlines()
    (at,) = [number for number, line in enumerate(lines) if line.startswith("Syria")]
    missiles = head.index("mis")
    (cell,) = [c for c in cells if (c["id"], c["goods"]) == ("syria", "missiles")]
    assert lines[at][missiles:].startswith(f"{cell['occurrences']}█▓†")
    assert lines[at + 1][missiles:].startswith(cell["range"])
    (together,) = re.findall(r"Left out: (\d+) of several together", shown)
    claims = {id_ for c in cells if c["scope"] == "collective" for id_ in c["claims"]}
    assert int(together) == len(claims)
    by_category = tm("matrix", "--by", "category", "--format", "table").stdout
    assert "Resilient,   " in by_category
    assert {c["row"] for c in json.loads(tm("matrix", "--by", "CATEGORY", "--json").stdout)} == {
        "category"
    }


@pytest.mark.parametrize("columns", [80, 100, 140])
def test_a_collector_s_grade_has_its_sign_in_each_cell(tm: Run, columns: int) -> None:
    shown = plain(on_a_terminal("matrix", columns=columns))
    cells = json.loads(tm("matrix", "--json").stdout)
    own = [cell for cell in cells if cell["id"]]
    table, key = shown.split("\n\n")
    assert table.count("*") == sum(bool(cell["collected"]) for cell in own) > 10
    assert table.count("†") == sum(bool(cell["disputed"]) for cell in own)
    assert "* its collector’s grade" in " ".join(key.split())
    head, *lines = table.splitlines()
    assert ("arm  sma  amm" if columns > WIDTH else "arm sma amm") in head
    assert max(map(len, lines)) <= columns
    full = tm("compare", "iran", "syria", "--format", "table", "--full").stdout
    for row in json.loads(tm("compare", "iran", "syria", "--json").stdout):
        for line in row["events"]:
            if line["collected"]:
                range_ = line["certainties"][0][0].upper()
                sign = "†" if line["disputed"] else ""
                assert re.search(rf", {range_}(–[A-Z])?\*{sign} ", " ".join(full.split()))


def test_a_comparison_shows_an_event_or_how_many_there_are(tm: Run) -> None:
    for names in (("iran", "syria"), ("burma", "yemen"), ("syria", "iran", "ethiopia")):
        shown = tm("compare", *names, "--format", "table").stdout
        (line,) = re.findall("^Events .*", shown, re.MULTILINE)
        assert "more" not in line
        assert len(shown.splitlines()) <= SCREEN or re.search(r"\d events: --full", line)


def test_a_comparison_keeps_hedges_and_says_what_is_missing(tm: Run) -> None:
    shown = tm("compare", "tanzania", "iran", "--format", "table").stdout
    assert "possible, by reference" in shown
    assert "nothing here says why" in shown
    assert "AD HOC" in shown
    full = tm("compare", "tanzania", "iran", "--format", "table", "--full").stdout
    assert len(full.splitlines()) > len(shown.splitlines())
    assert "+1 more" not in full
    row = json.loads(tm("compare", "tanzania", "iran", "--json").stdout)[0]
    assert all(line["name"].split()[-1] in full for line in row["events"])


def test_ranks_by_evidence_and_says_how(tm: Run) -> None:
    done = tm("list", "events", "--sort", "evidence", "--json")
    assert "sorted by evidence: the most claims proved" in done.stderr
    assert len(json.loads(done.stdout)) > 10
    assert tm("list", "events", "--sort", "name").stderr == ""


def test_statistics_are_one_screen_and_whole_when_told(tm: Run) -> None:
    brief = tm("stats", "--format", "text")
    assert len(brief.stdout.splitlines()) <= SCREEN
    assert "tm stats --full" in brief.stderr
    assert "the 7 largest of" in brief.stdout
    full = tm("stats", "--full", "--format", "text")
    assert len(full.stdout.splitlines()) > 2 * SCREEN
    assert full.stderr == ""
    assert tm("stats", "--full").stdout == tm("stats").stdout
    assert tm("stats", "--json").stdout == tm("stats", "--full", "--json").stdout


def wide(folder: Path, years: range) -> str:
    """A knowledge base with an event in each of some years, and one without a date or a claim."""
    events = [{"id": f"e{n}", "name": f"E{n}", "kind": "visit"} for n in (*years, 1)]
    claims = [activity(f"c{n}", "a", event=f"e{n}", period=f"{n}") for n in years]
    claims.append(activity("c1", "a", event="e1"))
    path = folder / "customers.json"
    path.write_text(json.dumps(content(customers=[customer("a")], events=events, claims=claims)))
    return str(path)


def test_many_years_share_columns(tm: Run, tmp_path: Path) -> None:
    kb = wide(tmp_path, range(1901, 2011))
    shown = tm("timeline", "--format", "table", "--kb", kb).stdout
    assert "a column is 10 years" in shown
    (figures,) = [line for line in shown.splitlines() if line.startswith("Events")]
    assert sum(map(int, figures.split()[1:])) == 111
    assert max(map(len, shown.splitlines())) <= WIDTH


def test_where_nothing_can_be_drawn_there_is_a_table(tm: Run, tmp_path: Path) -> None:
    kb = wide(tmp_path, range(0))
    shown = tm("timeline", "--format", "table", "--kb", kb).stdout
    assert shown.startswith("When ")
    assert "E1" in shown
    for words in ("timeline", "matrix", "compare iran syria"):
        narrow = plain(on_a_terminal(*words.split(), columns=30))
        assert len(narrow.splitlines()) > SCREEN
    assert "stated" in tm("matrix", "--format", "table", "--fields", "name,certainties").stdout


def test_an_empty_base_has_neither(tm: Run, tmp_path: Path) -> None:
    kb = tmp_path / "customers.json"
    kb.write_text(json.dumps(content()), "utf-8")
    for command in ("timeline", "matrix"):
        done = tm(command, "--kb", str(kb), "--format", "table")
        assert (done.returncode, done.stdout) == (0, "")
        assert "tm list" in done.stderr
        assert json.loads(tm(command, "--kb", str(kb), "--json").stdout) == []


def test_csv_is_read_by_a_reader(tm: Run) -> None:
    text = tm("matrix", "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    syria = [row for row in rows if row["id"] == "syria" and row["goods"] == "missiles"]
    assert [row["range"] for row in syria] == ["S–L"]
