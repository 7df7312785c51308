"""The data package: what readers that are not ours read in it, and that nothing was lost."""

import csv
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import frictionless
import pytest

from targetmarkets.exports.registry import TARGETS, export
from targetmarkets.exports.tables import schema
from targetmarkets.kb.filters import Filters
from targetmarkets.kb.json_file import FileKnowledge, load
from tests.exports import rich
from tests.exports.rebuilding import differing, rebuilt

FRICTIONLESS: Final = str(Path(sys.executable).with_name("frictionless"))


def put(kb: FileKnowledge, path: Path, **asked: list[str]) -> Path:
    export(kb, TARGETS["datapackage"], path, Filters(**asked), curators=True)
    return path


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def described(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(members(path)["datapackage.json"])
    return found


def validated(path: Path) -> dict[str, Any]:
    """What Frictionless, as a process of its own, says of a package."""
    command = [FRICTIONLESS, "validate", str(path), "--json"]
    run = subprocess.run(command, check=False, capture_output=True)
    said: dict[str, Any] = json.loads(run.stdout)
    return said


def with_member(path: Path, name: str, data: bytes) -> Path:
    """The same package with another file in the place of one."""
    other = path.with_name("other.zip")
    with zipfile.ZipFile(other, "w") as package:
        for each, old in members(path).items():
            package.writestr(each, data if each == name else old)
    return other


def test_every_object_is_made_again_of_what_frictionless_reads(
    whole: FileKnowledge, tmp_path: Path
) -> None:
    package = frictionless.Package(str(put(whole, tmp_path / "kb.zip")))

    def rows(table: str) -> Iterator[Mapping[str, Any]]:
        for row in package.get_table_resource(table.replace("_", "-")).read_rows():
            assert row.valid, row.errors
            yield row

    assert differing(whole.content, rebuilt(rows)) == []


def test_every_text_is_read_as_it_is_by_a_strict_reader_of_csv(
    whole: FileKnowledge, tmp_path: Path
) -> None:
    files = members(put(whole, tmp_path / "kb.zip"))
    text = files["data/claims.csv"].decode("utf-8")
    header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    statements = {row[header.index("id")]: row[header.index("statement")] for row in rows}
    assert statements == {claim.id: claim.statement for claim in whole.claims.values()}
    assert text.count("\r\n") >= len(rows) + 1


def test_frictionless_finds_nothing_wrong_and_counts_the_rows(
    whole: FileKnowledge, tmp_path: Path
) -> None:
    path = put(whole, tmp_path / "kb.zip")
    report = validated(path)
    assert report["valid"], report
    rows = {each["name"]: each["stats"].get("rows") for each in report["tasks"]}
    assert rows["claims"] == len(whole.claims)
    assert rows["quotes"] == len(whole.quotes)
    assert len(rows) == len(schema.TABLES) + len(
        {s.archive.file for s in whole.archived if s.archive}
    )


@pytest.mark.parametrize(
    ("name", "before", "after", "error"),
    [
        ("data/quotes.csv", b"\r\n", b"\r\nnew,rich,words,0,5,false,,,there\r\n", "row-count"),
        ("data/claims.csv", b",true,", b",maybe,", "type-error"),
        ("data/claims.csv", b",2013-08~/..,", b",August 2013,", "constraint-error"),
        ("data/evidence.csv", b",work,", b",nowhere,", "foreign-key"),
        ("texts/rich.txt", b"A passage", b"A changed", "hash-count"),
    ],
)
def test_frictionless_finds_what_was_changed(
    tmp_path: Path, name: str, before: bytes, after: bytes, error: str
) -> None:
    path = put(load(rich.build(tmp_path / "rich")), tmp_path / "kb.zip")
    data = members(path)[name]
    assert before in data
    report = validated(with_member(path, name, data.replace(before, after, 1)))
    assert error in {each["type"] for task in report["tasks"] for each in task["errors"]}, report


def test_every_file_has_the_hash_and_the_length_that_are_given(
    whole: FileKnowledge, tmp_path: Path
) -> None:
    path = put(whole, tmp_path / "kb.zip")
    files = members(path)
    resources = described(path)["resources"]
    assert {each["path"] for each in resources} == files.keys() - {"datapackage.json"}
    for each in resources:
        data = files[each["path"]]
        assert each["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert each["bytes"] == len(data)
    for source in whole.archived:
        assert source.archive
        digest = hashlib.sha256(files[f"texts/{source.archive.file}"]).hexdigest()
        assert digest == source.archive.sha256


def test_a_package_names_its_sources_and_a_licence_where_one_is_known(
    whole: FileKnowledge, tmp_path: Path
) -> None:
    package = described(put(whole, tmp_path / "kb.zip"))
    assert len(package["sources"]) == len(whole.sources)
    assert all(each["title"] for each in package["sources"])
    assert bool(package.get("licenses")) == (whole.path.parent.name == "data")


def test_what_a_package_cannot_hold_stands_in_it(tmp_path: Path) -> None:
    path = rich.build(tmp_path / "rich")
    (tmp_path / "rich" / "sources" / "null.txt").unlink()
    package = described(put(load(path), tmp_path / "kb.zip"))
    assert {each["kind"]: each["number"] for each in package["notCarried"]} == {
        "archived texts that cannot be read": 1,
        "documents from which archived texts were extracted": 1,
    }


def test_every_reference_leads_somewhere_whatever_is_left_out(
    kb: FileKnowledge, tmp_path: Path
) -> None:
    report = validated(put(kb, tmp_path / "kb.zip", customer=["syria"], stance=["denied"]))
    assert report["valid"], report


def test_a_package_holds_no_time(kb: FileKnowledge, tmp_path: Path) -> None:
    with zipfile.ZipFile(put(kb, tmp_path / "kb.zip")) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert "created" not in described(tmp_path / "kb.zip")
