"""Lists that are printed as they are composed, and tables that compose what they show."""

import json
import re
from pathlib import Path

import pytest

from targetmarkets.cli import listing
from targetmarkets.errors import UnreadableError
from targetmarkets.formats.registry import LIST_FORMATS, streamer
from targetmarkets.kb.filters import Filters
from targetmarkets.kb.json_file import FileKnowledge
from targetmarkets.kb.paths import bundled
from targetmarkets.model.objects import Claim
from targetmarkets.model.types import KINDS
from targetmarkets.query.select import select
from targetmarkets.records.briefs import FIELDS
from targetmarkets.records.claims import ClaimRecord
from targetmarkets.records.compose import Composer
from targetmarkets.records.fields import COLUMNS, value_at
from targetmarkets.writing.copying import copy
from tests.running import Run


def test_the_formats_that_stream_are_those_of_the_registry() -> None:
    assert {name for name in LIST_FORMATS if streamer(name)} == listing._STREAMED


@pytest.mark.parametrize("format_", sorted(listing._STREAMED))
def test_what_is_streamed_is_what_a_file_has(
    tm: Run, tmp_path_factory: pytest.TempPathFactory, format_: str
) -> None:
    place = tmp_path_factory.mktemp("lists")
    store = copy(bundled(), place / "kb.sqlite")
    for kind in KINDS:
        for more in ((), ("--limit", "2", "--fields", "id,object"), ("--limit", "0")):
            command = ("list", kind, "--format", format_, *more)
            piped = tm(*command)
            written = tm(*command, "--output", str(place / "whole"))
            assert written.returncode == 0, written.stderr
            assert piped.stdout == (place / "whole").read_text("utf-8")
            if format_ == "jsonl" or kind in {"customers", "claims"}:
                assert tm("--kb", str(store), *command).stdout == piped.stdout


def test_nothing_is_printed_before_a_mistake_is_told(tm: Run) -> None:
    for mistake in (("--customer", "nobody"), ("--fields", "nothing"), ("--layer", "x")):
        done = tm("list", "claims", "--json", *mistake)
        assert (done.returncode, done.stdout) == (2, "")


def test_a_list_of_nothing_is_an_empty_one(tm: Run) -> None:
    done = tm("list", "--json", "--region", "Northern America")
    assert (done.returncode, done.stdout) == (0, "[]\n")
    assert "no customers match" in done.stderr


def test_the_usual_columns_of_a_customer_need_no_record(
    tm: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert FIELDS.issuperset(COLUMNS["customers"])
    monkeypatch.setattr(Composer, "customer", lambda *_: pytest.fail("a record is composed"))
    for format_ in ("csv", "tsv", "table"):
        assert tm("list", "--format", format_).returncode == 0


def test_those_columns_are_what_the_record_says(tm: Run, kb: FileKnowledge) -> None:
    lines = tm("list", "--format", "tsv", "--fields", ",".join(sorted(FIELDS))).stdout.splitlines()
    assert len(lines) == 15
    whole = tm("list", "--format", "tsv", "--fields", ",".join([*sorted(FIELDS), "events"]))
    assert [line.rpartition("\t")[0] for line in whole.stdout.splitlines()] == lines
    records = select(kb, "customers", Filters())
    assert [line.split("\t")[-1] for line in lines[1:]] == [
        value_at(record, max(FIELDS)) for record in records
    ]


@pytest.mark.parametrize("format_", ["json", "jsonl", "csv", "tsv"])
@pytest.mark.parametrize("sort", ["name", "overview.last", "category_basis.known,region"])
def test_a_list_in_order_is_the_same_from_whole_records(tm: Run, format_: str, sort: str) -> None:
    fields = "id,overview.last,category_basis.hedge,category_basis.citation"
    for more in ((), ("--reverse",), ("--limit", "3")):
        command = ("list", "--format", format_, "--sort", sort, *more, "--fields")
        brief, whole = tm(*command, fields), tm(*command, f"{fields},events")
        assert brief.returncode == whole.returncode == 0
        if format_ == "json":
            records = json.loads(whole.stdout)
            assert json.loads(brief.stdout) == [
                {name: value for name, value in record.items() if name != "events"}
                for record in records
            ]
        else:
            first = re.compile(r"^[^,\t]+(?=[,\t])", re.MULTILINE)
            assert first.findall(brief.stdout) == first.findall(whole.stdout)


def test_a_field_that_is_named_with_one_within_it_is_whole(tm: Run) -> None:
    for fields in ("overview,overview.last", "overview.last,overview"):
        told = json.loads(tm("list", "--json", "--limit", "1", "--fields", fields).stdout)
        assert {"supplies", "last"} <= told[0]["overview"].keys()


def test_a_file_gets_all_of_a_list_or_nothing(
    tm: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "list.json"
    file.write_text("before", "utf-8")
    composed = iter(range(3))
    compose = Composer.claim

    def failing(composer: Composer, claim: Claim) -> ClaimRecord:
        if next(composed, None) is None:
            raise UnreadableError("the disk is gone", "find it")
        return compose(composer, claim)

    monkeypatch.setattr(Composer, "claim", failing)
    done = tm("list", "claims", "--output", str(file))
    assert (done.returncode, done.stdout) == (3, "")
    assert file.read_text("utf-8") == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["list.json"]


@pytest.mark.parametrize(
    ("limit", "told"),
    [
        ("0", "0 customers"),
        ("1", "the first customer"),
        ("3", "the first 3 customers"),
        ("14", "14 customers"),
        ("99", "14 customers"),
    ],
)
def test_a_count_says_that_it_was_cut(tm: Run, limit: str, told: str) -> None:
    assert tm("list", "--limit", limit, "--format", "table").stderr == f"tm: {told}\n"
