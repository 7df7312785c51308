"""`tm search` on the command line."""

import csv
import io
import json

import pytest

from targetmarkets.formats.interface import Listing, Look
from targetmarkets.formats.registry import set_listing
from targetmarkets.kb.opening import load
from targetmarkets.query.search import Search
from tests.cli.test_process import on_terminal
from tests.conftest import Workspace
from tests.running import Run


def test_words_can_be_several_arguments_and_be_excluded(tm: Run) -> None:
    one = tm("search", "gas", "masks", "-turkey", "--json")
    assert (one.returncode, one.stderr) == (0, "")
    assert one.stdout == tm("search", "gas masks -turkey", "--json").stdout
    assert one.stdout == tm("search", "--json", "--", "gas", "masks", "-turkey").stdout
    ids = {hit["id"] for hit in json.loads(one.stdout)}
    assert "syria-gas-masks" in ids
    assert "syria-gas-masks-2013" not in ids
    assert "syria-gas-masks-2013" in tm("search", "gas", "masks").stdout
    # -h would begin a word that is excluded, too
    assert tm("search", "hezbollah", "-hamas").stdout != tm("search", "-h").stdout


def test_the_id_of_a_hit_is_one_that_show_takes(tm: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(tm("search", "mask*").stdout), delimiter="\t"))
    assert {row["kind"] for row in rows} >= {"claim", "quote", "text", "source"}
    assert tm("show", *{row["id"] for row in rows}).returncode == 0


def test_on_a_terminal_matches_are_marked_and_counted(tm: Run) -> None:
    code, output = on_terminal("search", "gas masks", "--limit", "2", env={"NO_COLOR": "1"})
    assert code == 0
    assert "⟦gas⟧ ⟦masks⟧" in output
    assert "nknews-2015: NK News" in output
    assert tm("search", "gas", "masks", "--format", "table").stderr.endswith(
        "hits, the best first\n"
    )


@pytest.mark.parametrize("format_", ["json", "jsonl", "csv", "tsv"])
def test_programs_get_hit_by_hit_what_they_get_of_all_hits(tm: Run, format_: str) -> None:
    knowledge = load()
    hits = [*Search(knowledge, "missile*").hits()]
    look = Look()
    whole = set_listing(Listing("hits", hits, sources=knowledge.sources), format_, look).replace(
        "\r\n", "\n"
    )
    first = set_listing(Listing("hits", hits[:2], sources=knowledge.sources), format_, look)
    first = first.replace("\r\n", "\n")  # as Python reads what it prints
    assert tm("search", "missile*", "--format", format_).stdout == whole
    limited = tm("search", "missile*", "--format", format_, "--limit", "2")
    assert limited.stdout == first != whole


def test_nothing_is_printed_before_a_mistake_is_told(tm: Run) -> None:
    for mistake in (("--customer", "nobody"), ("--source", "nowhere"), ("--kind", "things")):
        done = tm("search", "missile", "--json", *mistake)
        assert (done.returncode, done.stdout) == (2, "")


def test_a_limit_of_none_says_nothing_of_what_there_is(tm: Run) -> None:
    done = tm("search", "missile", "--limit", "0", "--json")
    assert (json.loads(done.stdout), done.stderr) == ([], "")


def test_nothing_found_is_no_error(tm: Run) -> None:
    done = tm("search", "xyzzy")
    assert done.returncode == 0
    assert done.stdout.count("\n") == 1
    assert "tm: nothing was found for 'xyzzy'\n" in done.stderr
    assert json.loads(tm("search", "xyzzy", "--json").stdout) == []


def test_a_query_without_words_is_wrong_usage(tm: Run) -> None:
    for arguments in (
        ["-"],
        ['""'],
        ["-notthis"],
        [],
        ["x", "--kind", "y"],
        ["x", "--fields", "y"],
    ):
        done = tm("search", *arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert len(done.stderr.splitlines()) >= 2


def test_a_missing_archive_is_told_and_the_rest_found(tm: Run, workspace: Workspace) -> None:
    for file in workspace.seeds.iterdir():
        file.unlink()
    done = tm("search", "gas masks", "--json", "--kb", str(workspace.file))
    assert done.returncode == 0
    assert {hit["kind"] for hit in json.loads(done.stdout)} == {"claim", "quote", "source"}
    assert "is not in" in done.stderr
    assert "tm verify" in done.stderr
