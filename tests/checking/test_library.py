"""The index of words: held or kept, it leads to the same passages, never past a changed text."""

from pathlib import Path

import pytest

from targetmarkets.checking import library
from targetmarkets.checking.check import Checker
from targetmarkets.checking.verdict import judge
from targetmarkets.kb.json_file import load
from tests.checking.building import LETTER, REPORT, check, knowledge, only

PASSAGES = (
    "It was paid in copper", "misstated the cargo. The [sealed] hold", "A barge came in at dawn",
    "The firm of Rey sold ten rockets to the garrison", "boxes of fuses. He", "pears in an orchard",
    "the lamps were out. A barge came in at dawn. The firm of Rey denies",
    "It was paid in copper, the harbour was quiet that night, and the lamps were out",
)  # fmt: skip


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder in which indexes are kept, for knowledge bases of any size."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(library, "MIN_LENGTH_KEPT", 0)
    return tmp_path / "cache" / "targetmarkets"


def test_a_kept_index_finds_what_one_in_memory_finds(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = knowledge(tmp_path / "kb", {"report": REPORT, "letter": LETTER})
    first = Checker(load(path)).library
    found = [judge(first, passage) for passage in PASSAGES]
    (file,) = kept.glob("passages-*.sqlite")
    made = file.stat().st_mtime_ns
    again = Checker(load(path)).library
    assert [judge(again, passage) for passage in PASSAGES] == found
    assert file.stat().st_mtime_ns == made
    monkeypatch.setenv("TM_INDEX", "off")
    held = Checker(load(path)).library
    assert [judge(held, passage) for passage in PASSAGES] == found
    assert [finding.verdict for finding in found] == [
        "exact", "same words", "exact", "altered", "altered", "absent", "same words", "altered",
    ]  # fmt: skip


def test_a_damaged_index_is_made_anew(kept: Path, tmp_path: Path) -> None:
    path = knowledge(tmp_path / "kb", {"report": REPORT})
    judge(Checker(load(path)).library, PASSAGES[0])
    (file,) = kept.glob("passages-*.sqlite")
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 255
    file.write_bytes(data)
    assert judge(Checker(load(path)).library, PASSAGES[0]).verdict == "exact"


def test_a_changed_text_is_not_looked_through(kept: Path, tmp_path: Path) -> None:
    path = knowledge(tmp_path / "kb", {"report": REPORT, "letter": LETTER})
    judge(Checker(load(path)).library, PASSAGES[0])
    (path.parent / "sources" / "report.txt").write_text(REPORT.replace("copper", "silver"), "utf-8")
    (path.parent / "sources" / "letter.txt").unlink()
    checks = Checker(load(path))
    report = check(checks, "“It was paid in silver” and “It was paid in copper” [@report]")
    assert [quotation.ok for quotation in report.quotations] == [False, False]
    assert report.sources == 0
    assert ["SHA-256" in problem for problem in report.problems] == [True, False]


def test_words_that_lines_and_pages_break_are_found(tmp_path: Path) -> None:
    text = (
        "One went to the har-\nbour with the sur\u00adface\u2010\nto-air\fmissiles in seven vans.\n"
        * 1
    )
    checks = Checker(load(knowledge(tmp_path, {"report": text})))
    found = only(check(checks, "“the harbour with the surface-to-air missiles in seven vans”"))
    assert found.verdict == "same words", found.message


def test_scripts_without_spaces_are_found(tmp_path: Path) -> None:
    text = "報告書によれば、北朝鮮は武器を輸出していない可能性がある。\n別の文。\n"
    checks = Checker(load(knowledge(tmp_path, {"report": text})))
    assert only(check(checks, "「北朝鮮は武器を輸出していない」")).verdict == "exact"
    found = only(check(checks, "「北朝鮮は武器を輸入していない可能性」"))
    assert (found.verdict, [p.source for p in found.pieces if p.kind == "changed"]) == (
        "altered", ["出"],
    )  # fmt: skip
