"""Kept documents that are read again."""

import json
from pathlib import Path

import pytest

from targetmarkets.evidence.verification import verify
from targetmarkets.kb.files import sha256
from targetmarkets.model.findings import Verification
from targetmarkets.writing.rereading import CHECK, with_documents
from targetmarkets.writing.workspace import create
from tests.running import Run
from tests.writing.test_archiving import PDF, archive, quoting

PAGE = b"<html><body><p>Some 12<sup>4</sup> rockets went.</p><p>More.</p>"


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    return create(tmp_path / "kb", empty=True)


def found_by(verification: Verification) -> list[str]:
    return [finding.message for finding in verification.findings if finding.check == CHECK]


def as_an_old_reader_had_it(kb: Path, old: str) -> None:
    """The archive as if another reader had made its text."""
    content = json.loads(kb.read_text())
    kept = content["sources"][0]["archive"]
    (kb.parent / "sources" / kept["file"]).write_text(old)
    kept["sha256"] = sha256(old.encode())
    kept["original"]["extractor"] = "selectolax 1 with lexbor"
    kb.write_text(json.dumps(content))


def test_documents_that_give_their_texts_are_counted(kb: Path) -> None:
    archive(kb, PDF)
    archive(kb, b"A text is its own document.", title="Other")
    steps: list[tuple[int, int]] = []
    after = with_documents(verify(kb), kb, lambda *step: steps.append(step))
    assert after.ok
    assert (after.checks[-1].status, after.checks[-1].checked, steps) == ("passed", 1, [(1, 1)])


def test_what_a_reader_of_today_reads_otherwise_is_found_and_what_is_old_stays_proved(
    kb: Path,
) -> None:
    archive(kb, PAGE)
    as_an_old_reader_had_it(kb, "Some 124 rockets went.\n\nMore.\n")
    quoting(kb, "124 rockets", "false")
    quoting(kb, "More", "true")
    assert verify(kb).ok, "an old archive stays proved"
    after = with_documents(verify(kb), kb)
    assert not after.ok
    (message,) = found_by(after)
    assert "1 lines are gone and 1 are new; 1 of its 2 passages" in message
    assert "tm anchor t" in after.findings[0].remedy


def test_what_is_passed_over_otherwise_is_found_and_recorded_by_anchoring(
    kb: Path, tm: Run
) -> None:
    archive(kb, PDF)
    content = json.loads(kb.read_text())
    kept = content["sources"][0]["archive"]
    kept["breaks"] = [{"start": 3, "end": 4}]
    kept["pages"][0]["label"] = "iv"
    kb.write_text(json.dumps(content))
    (message,) = found_by(with_documents(verify(kb), kb))
    assert "it gives the same text, and other pages, breaks" in message
    assert tm("anchor", "t", "--kb", str(kb)).returncode == 0
    assert with_documents(verify(kb), kb).ok


def test_a_document_that_cannot_be_read_any_more_is_found(kb: Path) -> None:
    archive(kb, PAGE)
    content = json.loads(kb.read_text())
    original = content["sources"][0]["archive"]["original"]
    broken = b"%PDF-1.7 broken"
    (kb.parent / "sources" / original["file"]).write_bytes(broken)
    original["sha256"] = sha256(broken)
    kb.write_text(json.dumps(content))
    (message,) = found_by(with_documents(verify(kb), kb))
    assert message.startswith("cannot be read again: t.html: it is no sound PDF")


def test_what_does_not_load_is_not_read(kb: Path) -> None:
    content = json.loads(kb.read_text())
    content["sources"] = [{"id": "x"}]
    kb.write_text(json.dumps(content))
    assert with_documents(verify(kb), kb).checks[-1].status == "not run"
