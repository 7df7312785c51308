"""Documents taken into a knowledge base, and given another text."""

import json
from pathlib import Path

import pytest

from targetmarkets.errors import UsageError
from targetmarkets.evidence.verification import verify
from targetmarkets.importing.extract import extract
from targetmarkets.kb.files import sha256
from targetmarkets.kb.json_file import load
from targetmarkets.writing.archiving import (
    Document,
    SourceDraft,
    draft_source,
    new_text,
)
from targetmarkets.writing.known_works import known_work
from targetmarkets.writing.quoting import quote
from targetmarkets.writing.transaction import begin
from targetmarkets.writing.workspace import create
from tests.conftest import ROOT

PDF = (ROOT / "docs" / "tutorial" / "article.pdf").read_bytes()


def document(data: bytes, name: str = "a") -> Document:
    return Document(data, extract(data, name))


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    return create(tmp_path / "kb", empty=True)


def archive(kb: Path, data: bytes, **fields: object) -> str:
    draft = SourceDraft(id=None, descriptor="A document.", record={"title": "T", **fields})
    with begin(kb) as transaction:
        source, files = draft_source(transaction.kb, draft, document(data))
        transaction.add(source)
        transaction.archive(files)
        transaction.commit()
    return source.id


def test_the_document_and_its_text_are_kept_with_their_hashes(kb: Path) -> None:
    id_ = archive(kb, PDF)
    kept = load(kb).sources[id_].archive
    assert kept is not None
    assert kept.original is not None
    folder = kb.parent / "sources"
    assert (folder / kept.original.file).read_bytes() == PDF
    assert sha256((folder / kept.file).read_bytes()) == kept.sha256
    assert [page.label for page in kept.pages] == ["1", "2", "3", "4"]
    text = (folder / kept.file).read_text("utf-8")
    assert [text[page.start - 1] for page in kept.pages[1:]] == ["\f"] * 3
    assert verify(kb).ok


def test_a_text_is_its_own_document(kb: Path) -> None:
    data = "\ufeffWords.\r\nMore.".encode()
    id_ = archive(kb, data)
    kept = load(kb).sources[id_].archive
    assert kept is not None
    assert (kept.original, kept.pages) == (None, ())
    assert (kb.parent / "sources" / kept.file).read_bytes() == data


def test_a_document_is_known_by_itself_and_by_its_text(kb: Path) -> None:
    def known(data: bytes) -> str | None:
        found = known_work(load(kb), SourceDraft(None, "", {}), document(data))
        return found.source.id if found else None

    assert known(PDF) is None
    id_ = archive(kb, PDF)
    assert known(PDF) == id_
    text = extract(PDF, "a").text.encode()
    assert known(text) == id_
    assert known(text + b" ") is None


def test_files_of_others_are_not_overwritten(kb: Path) -> None:
    (kb.parent / "sources" / "t.txt").write_text("somebody else's")
    (kb.parent / "sources" / "t-2.txt").mkdir()
    id_ = archive(kb, b"Mine.")
    kept = load(kb).sources[id_].archive
    assert kept is not None
    assert (id_, kept.file) == ("t", "t-3.txt")
    assert (kb.parent / "sources" / "t.txt").read_text() == "somebody else's"


def test_the_record_is_completed_from_the_document(kb: Path) -> None:
    draft = SourceDraft(id=None, descriptor="D.", record={"author": [{"literal": "NK News"}]})
    source = draft_source(load(kb), draft, document(PDF)).source
    assert source.title.startswith("Syria, Iran")
    assert source.bibliography.type == "document"
    assert source.id == "nk-news-syria-iran-among-n"
    given = SourceDraft(id="x", descriptor="D.", record={"title": "Mine", "type": "book"})
    assert draft_source(load(kb), given, document(PDF)).source.title == "Mine"
    for wrong in (
        SourceDraft(id=None, descriptor="D.", record={}),
        SourceDraft(id=None, descriptor="", record={"title": "T"}),
        SourceDraft(id="A B", descriptor="D.", record={"title": "T"}),
    ):
        with pytest.raises(UsageError):
            draft_source(load(kb), wrong)


def carry(kb: Path, data: bytes | None, **chosen: str) -> str:
    with begin(kb) as transaction:
        given = document(data) if data is not None else None
        carried = new_text(transaction.kb, "t", given, chosen)
        transaction.replace(*carried.items)
        transaction.archive(carried.files)
        transaction.commit()
    return " ".join(item.fate for item in carried.record.passages)


def quoting(kb: Path, passage: str, id_: str) -> None:
    with begin(kb) as transaction:
        transaction.add(quote(transaction.kb, "t", passage, id_=id_).quote)
        transaction.commit()


def test_another_text_takes_the_place_of_the_old_one(kb: Path) -> None:
    archive(kb, b"One two three.")
    quoting(kb, "two three", "q")
    assert carry(kb, b"Preface. One two  three.") == "normalised"
    after = load(kb)
    assert after.quotes["q"].exact == "two  three"
    kept = after.sources["t"].archive
    assert kept is not None
    assert kept.file == "t-2.txt"
    assert (kb.parent / "sources" / "t.txt").read_bytes() == b"One two three."
    assert verify(kb).ok
    before = kb.read_bytes()
    assert carry(kb, b"Nothing of it.") == "lost"
    assert kb.read_bytes() == before
    assert carry(kb, b"Nothing of it.", q="Nothing") == "chosen"
    assert load(kb).quotes["q"].exact == "Nothing"
    assert verify(kb).ok


def test_a_document_is_extracted_anew(kb: Path) -> None:
    archive(kb, PDF)
    quoting(kb, "in favour of newer but still second-hand T-72 tanks", "tanks")
    whole = load(kb)
    assert carry(kb, None) == "kept"
    assert load(kb).content == whole.content
    text = extract(PDF, "a").text
    assert carry(kb, text.replace("\n", " ").encode()) == "normalised"
    kept = load(kb).sources["t"].archive
    assert kept is not None
    assert kept.original is not None
    assert kept.original.extractor == "given as a text"
    assert len(kept.pages) == 4
    assert verify(kb).ok
    assert carry(kb, None) == "normalised"
    kept = load(kb).sources["t"].archive
    assert kept is not None
    assert kept.file == "t.txt", "the same text is the same file"


def test_what_has_no_document_cannot_be_extracted_anew(kb: Path) -> None:
    archive(kb, b"Words.")
    with pytest.raises(UsageError, match="no document"):
        carry(kb, None)
    content = json.loads(kb.read_text())
    del content["sources"][0]["archive"]
    kb.write_text(json.dumps(content))
    with pytest.raises(UsageError, match="no archived text"):
        carry(kb, b"x")


@pytest.mark.parametrize("change_", ["original", "pages", "label"])
def test_what_is_wrong_with_document_and_pages_is_found(kb: Path, change_: str) -> None:
    archive(kb, PDF)
    content = json.loads(kb.read_text())
    kept = content["sources"][0]["archive"]
    if change_ == "original":
        (kb.parent / "sources" / "t.pdf").write_bytes(PDF + b"\n")
    elif change_ == "pages":
        kept["pages"][2]["start"] += 1
    else:
        del kept["pages"][3]
    kb.write_text(json.dumps(content))
    (finding,) = verify(kb).findings
    expected = {
        "original": ("hash", "sources[0].archive.original.sha256"),
        "pages": ("page", "sources[0].archive.pages[2]"),
        "label": ("page", "sources[0].archive.pages[2]"),
    }
    assert (finding.check, finding.path) == expected[change_]
    assert finding.id == "t"
