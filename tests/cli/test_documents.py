"""`tm add source` and `tm anchor` on the command line."""

import json
import shutil
from pathlib import Path

import pytest

from targetmarkets.cli import documents
from targetmarkets.kb.json_file import load
from targetmarkets.writing.workspace import create
from tests.conftest import ROOT
from tests.importing import pdfs
from tests.running import Run

DESCRIBED = ("--descriptor", "An article.", "--id", "art")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "docs" / "tutorial" / "article.pdf", tmp_path)
    return create(tmp_path / "kb", empty=True).parent


def test_a_document_is_archived_and_recognised(tm: Run, folder: Path) -> None:
    done = tm("add", "source", "article.pdf", *DESCRIBED, "--kb", str(folder))
    assert (done.returncode, done.stdout) == (0, "art\n")
    assert done.stderr.startswith("tm: taken from the document itself: title Syria, Iran among")
    assert len(done.stderr.splitlines()) == 2, "all of it was read"
    assert {path.name for path in (folder / "sources").iterdir()} == {"art.pdf", "art.txt"}
    again = tm("add", "source", "article.pdf", "--descriptor", "Again.", "--kb", str(folder))
    assert (again.returncode, again.stdout) == (0, "art\n")
    assert "here already, as art" in again.stderr
    assert tm("verify", "--kb", str(folder)).returncode == 0


def test_a_quotation_of_a_page_is_cited_with_the_page(tm: Run, folder: Path) -> None:
    kb = ("--kb", str(folder))
    tm("add", "source", "article.pdf", *DESCRIBED, *kb)
    passage = "help with Damascus' chemical weapons programs"
    assert tm("add", "quote", "art", passage, "--id", "q", *kb).returncode == 0
    record = json.loads(tm("show", "q", "--json", *kb).stdout)
    assert (record["page"], record["exact"]) == (
        "2",
        "help with Damascus’ chemical weapons programs",
    )
    assert ", p. 2, characters " in record["citation"]
    assert "art, p. 2, line " in tm("show", "q", *kb).stdout
    assert tm("cite", "q", "--format", "pandoc", *kb).stdout == "[@art, page 2]\n"


def test_options_come_before_the_record_and_that_before_the_document(
    tm: Run, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "work.bib").write_text(
        "@techreport{un-1, title = {The record}, institution = {UN}, number = {S/1}, isbn = {1}}"
    )
    kb = ("--kb", str(folder))
    done = tm(
        "add", "source", "article.pdf", "--record", "work.bib", "--descriptor", "D.",
        "--number", "S/2", "--author", "Berger, Andrea", "--date", "2015-12", *kb,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "un-1\n")
    assert "isbn" in done.stderr
    work = load(folder).sources["un-1"].bibliography
    assert (work.title, work.number, work.publisher) == ("The record", "S/2", "UN")
    assert work.author[0].family == "Berger"


def test_a_source_that_is_only_referred_to_needs_no_document(tm: Run, folder: Path) -> None:
    kb = ("--kb", str(folder))
    done = tm("add", "source", "--title", "A book", "--type", "book", "--descriptor", "B.", *kb)
    assert done.stdout == "a-book\n"
    assert load(folder).sources["a-book"].archive is None
    quote = tm("add", "quote", "a-book", "words", *kb)
    assert (quote.returncode, quote.stdout) == (2, "")
    on = tm(
        "add", "source", "--title", "Report", "--reports-on", "nothing", "--descriptor", "R.", *kb
    )
    assert (on.returncode, on.stdout) == (2, "")
    on = tm(
        "add", "source", "--title", "Report", "--reports-on", "a-book", "--descriptor", "R.", *kb
    )
    assert load(folder).sources[on.stdout.strip()].reports_on == ("a-book",)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("nothing.pdf", "--descriptor", "D."), 3, "does not exist"),
        (("article.pdf",), 2, "descriptor"),
        (("article.pdf", "--descriptor", "D.", "--date", "soon"), 2, "no date"),
        (("article.pdf", "--descriptor", "D.", "--id", "A B"), 2, "an id is"),
        (("--descriptor", "D."), 2, "--title: its title"),
        (("broken.pdf", "--descriptor", "D."), 3, "no sound PDF"),
        (("kb", "--descriptor", "D."), 3, "is a folder"),
        (("article.pdf", "--descriptor", "D.", "--record", "article.pdf"), 3, "not UTF-8"),
        (("article.pdf", "--descriptor", "D.", "--record", "empty"), 2, "0 records"),
    ],
)
def test_what_cannot_be_archived_changes_nothing(
    tm: Run, folder: Path, tmp_path: Path, arguments: tuple[str, ...], code: int, message: str
) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    (tmp_path / "empty").write_text("")
    before = {path: path.read_bytes() for path in folder.rglob("*.*") if path.is_file()}
    done = tm("add", "source", *arguments, "--kb", str(folder))
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    assert message in done.stderr
    after = {path: path.read_bytes() for path in folder.rglob("*.*") if path.is_file()}
    after.pop(folder / ".customers.json.lock", None)
    assert after == before


def test_a_dry_run_archives_nothing(tm: Run, folder: Path) -> None:
    done = tm("add", "source", "article.pdf", *DESCRIBED, "--dry-run", "--kb", str(folder))
    assert "+ art  added" in done.stdout
    assert list((folder / "sources").iterdir()) == []


def test_a_document_can_come_from_stdin(tm: Run, folder: Path) -> None:
    kb = ("--kb", str(folder))
    done = tm("add", "source", "-", "--title", "T", "--descriptor", "D.", *kb, input="Some words.")
    assert done.stdout == "t\n"
    assert (folder / "sources" / "t.txt").read_text() == "Some words."


def test_quotations_are_carried_to_another_text(tm: Run, folder: Path, tmp_path: Path) -> None:
    kb = ("--kb", str(folder))
    (tmp_path / "one.txt").write_text("Syria has masks. Iran has masks.")
    (tmp_path / "two.txt").write_text("Now: Syria has  masks. Iran had some.")
    tm("add", "source", "one.txt", "--title", "T", "--descriptor", "D.", *kb)
    tm("add", "quote", "t", "Syria has masks", "--id", "q1", *kb)
    tm("add", "quote", "t", "Iran has masks", "--id", "q2", *kb)
    before = (folder / "customers.json").read_bytes()
    lost = tm("anchor", "t", "two.txt", *kb)
    assert lost.returncode == 1
    assert "    1 normalised" in lost.stdout
    assert "    1 lost" in lost.stdout
    assert "--passage" in lost.stderr
    assert (folder / "customers.json").read_bytes() == before
    assert tm("anchor", "t", "two.txt", "--passage", "q2 Iran", *kb).returncode == 2
    settled = ("--passage", "q2=Iran had some")
    dry = tm("anchor", "t", "two.txt", *settled, "--dry-run", *kb)
    assert dry.returncode == 0
    assert (folder / "customers.json").read_bytes() == before
    done = json.loads(tm("anchor", "t", "two.txt", *settled, "--json", *kb).stdout)
    assert [(item["id"], item["now"]) for item in done["passages"]] == [
        ("q1", "Syria has  masks"),
        ("q2", "Iran had some"),
    ]
    assert tm("verify", *kb).returncode == 0
    assert tm("anchor", "t", *kb).returncode == 2
    rows = tm("anchor", "t", "two.txt", "--format", "tsv", *kb).stdout.splitlines()
    assert [row.split("\t")[:3] for row in rows[1:]] == [
        ["q1", "quote", "kept"],
        ["q2", "quote", "kept"],
    ]


def test_a_person_who_waits_sees_how_much_is_done(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(ROOT / "docs" / "tutorial" / "article.pdf")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    documents.read_document(path)
    assert capsys.readouterr().err == "", "what is quick shows nothing"
    monkeypatch.setattr(documents, "SECONDS_UNTIL_PROGRESS", -1)
    assert documents.read_document(path).extraction.pages
    assert "100%" in capsys.readouterr().err


def test_what_was_not_read_is_told_recorded_and_named_where_a_passage_is_missing(
    tm: Run, folder: Path, tmp_path: Path
) -> None:
    kb = ("--kb", str(folder))
    scan = pdfs.pages(
        pdfs.text(b"10\\02520 launchers."), b"0 0 9 9 re f", font=pdfs.bitmap_font(),
        after=[pdfs.GLYPH],
    )  # fmt: skip
    (tmp_path / "scan.html").write_bytes(scan)
    done = tm("add", "source", "scan.html", "--title", "T", "--descriptor", "D.", *kb)
    assert (done.returncode, done.stdout) == (0, "t\n")
    assert done.stderr.splitlines() == [
        "tm: scan.html: it is PDF, whatever its name says",
        "    see that it is the document that you mean",
        "tm: scan.html: 1 character has no known value: page 1",
        "    recognise the text (OCR), or give one that has them",
        "tm: scan.html: page 2 has no text",
        "    recognise the text of its pictures (OCR) first",
    ]
    archive = json.loads(tm("show", "t", "--json", *kb).stdout)["archive"]
    assert archive["gaps"] == [
        {"kind": "characters", "count": 1, "pages": ["1"]},
        {"kind": "pages", "count": 1, "pages": ["2"]},
    ]
    missing = tm("add", "quote", "t", "1020 launchers", *kb)
    assert (missing.returncode, missing.stdout) == (1, "")
    assert "not all was read: page 2 has no text; recognise" in missing.stderr
    marked = tm("add", "quote", "t", "10\ufffd20 launchers", *kb)
    assert (marked.returncode, marked.stdout) == (1, "")
    assert "U+FFFD" in marked.stderr
    assert tm("add", "quote", "t", "launchers", "--id", "q", *kb).returncode == 0
    assert tm("verify", *kb).returncode == 0


def test_what_a_document_says_of_itself_is_shown_as_a_proposal(
    tm: Run, folder: Path, tmp_path: Path
) -> None:
    kb = ("--kb", str(folder))
    (tmp_path / "p.html").write_text(
        "<html><head><title>Taken</title><meta name=citation_author content='Doe, Jane'>"
        "<meta name=date content=2014-05-02></head><body>x"
    )
    done = tm("add", "source", "p.html", "--date", "2013", "--descriptor", "D.", "--id", "p", *kb)
    assert done.stderr.splitlines() == [
        "tm: taken from the document itself: title Taken, author Jane Doe",
        "    tm edit p corrects it",
    ]


def test_a_document_that_is_read_again_tells_what_was_not_read(
    tm: Run, folder: Path, tmp_path: Path
) -> None:
    kb = ("--kb", str(folder))
    (tmp_path / "p.html").write_text("<p>Twelve crates. <img src=a.png><p><del>No.</del>")
    added = tm("add", "source", "p.html", "--title", "T", "--descriptor", "D.", *kb)
    gaps = [line for line in added.stderr.splitlines() if "read" in line or "left out" in line]
    assert len(gaps) >= 2
    again = tm("anchor", "t", "--dry-run", *kb)
    assert again.returncode == 0
    told = [line.replace("t.html", "p.html") for line in again.stderr.splitlines()]
    assert [line for line in gaps if line not in told] == []


def test_a_part_of_a_word_is_refused_and_taken_and_shown_wherever_it_is_shown(
    tm: Run, folder: Path, tmp_path: Path
) -> None:
    kb = ("--kb", str(folder))
    (tmp_path / "t.txt").write_text("It sold non-lethal goods to Syria’s army.")
    tm("add", "source", "t.txt", "--title", "T", "--descriptor", "D.", *kb)
    before = (folder / "customers.json").read_bytes()
    refused = tm("add", "quote", "t", "lethal goods", *kb)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "begins or ends within 'non-lethal'" in refused.stderr
    assert "⟦non-lethal goods⟧" in refused.stderr
    assert "--part-of-word" in refused.stderr
    assert (folder / "customers.json").read_bytes() == before
    taken = tm("add", "quote", "t", "lethal goods", "--part-of-word", "--id", "q", *kb)
    assert (taken.returncode, taken.stdout) == (0, "q\n")
    assert "begins or ends within a word, which is recorded" in taken.stderr
    assert load(folder).quotes["q"].part_of_word
    whole = tm("add", "quote", "t", "to Syria", "--part-of-word", "--id", "whole", *kb)
    assert (whole.returncode, load(folder).quotes["whole"].part_of_word) == (0, False)
    speaker = ("--speaker", "author:A. Writer:narrates")
    claim = tm(
        "add", "claim", "It sold goods.", "--kind", "market", "--quote", "q", "--id", "c",
        *speaker, *kb,
    )  # fmt: skip
    assert claim.returncode == 0, claim.stderr
    assert tm("verify", *kb).returncode == 0
    mark = "[part of a word]"
    for command in (
        ("show", "q"), ("show", "c"), ("show", "t"), ("show", "t", "--full"),
        ("show", "c", "--format", "markdown"), ("cite", "q", "--quote"),
        ("list", "claims", "--format", "tsv", "--fields", "evidence"),
        ("list", "quotes", "--format", "tsv", "--fields", "citation"),
    ):  # fmt: skip
        done = tm(*command, *kb)
        assert done.returncode == 0, (command, done.stderr)
        assert mark in done.stdout.replace("\\", ""), command
    assert json.loads(tm("show", "q", "--json", *kb).stdout)["part_of_word"]
    claimed = json.loads(tm("show", "c", "--json", *kb).stdout)
    assert claimed["evidence"][0]["quote"]["part_of_word"]


def test_a_sentence_over_a_page_break_is_quoted_as_one_with_both_pages(
    tm: Run, folder: Path, tmp_path: Path
) -> None:
    def page(number: int, first: bytes, last: bytes) -> bytes:
        words = [first, *[b"and so on and on and on and on and on"] * 6, last]
        lines = b"".join(pdfs.text(line, 12, 20, 170 - 13 * at) for at, line in enumerate(words))
        head, foot = pdfs.text(b"A report", 9, 20, 190), pdfs.text(b"%d" % number, 9, 140, 5)
        return head + lines + foot

    kb = ("--kb", str(folder))
    halves = b"the Panel never saw the ship at the p", b"ort of call that its owner had named"
    made = pdfs.pages(
        page(1, b"First", halves[0]), page(2, halves[1], b"Last"), page(3, b"x", b"y")
    )
    (tmp_path / "r.pdf").write_bytes(made)
    tm("add", "source", "r.pdf", "--title", "T", "--descriptor", "D.", *kb)
    archive = json.loads(tm("show", "t", "--json", *kb).stdout)["archive"]
    assert len(archive["breaks"]) == 1
    done = tm("add", "quote", "t", "saw the ship at the p ort of call", "--id", "q", *kb)
    assert (done.returncode, done.stdout) == (0, "q\n")
    assert "over the end of a page or column, past: 1 A report" in done.stderr
    record = json.loads(tm("show", "q", "--json", *kb).stdout)
    assert record["exact"] == "saw the ship at the p\n1\fA report\nort of call"
    assert (record["page"], record["last_page"]) == ("1", "2")
    assert "pp. 1–2, characters" in record["citation"]
    assert "saw the ship at the p ⟨past: 1 A report⟩ ort of call" in tm("show", "q", *kb).stdout
    assert tm("cite", "q", "--format", "pandoc", *kb).stdout == "[@t, page 1–2]\n"
    assert tm("verify", *kb).returncode == 0
    data = json.loads((folder / "customers.json").read_text())
    del data["sources"][0]["archive"]["breaks"]
    (folder / "customers.json").write_text(json.dumps(data))
    assert tm("anchor", "t", *kb).returncode == 0
    assert len(json.loads(tm("show", "t", "--json", *kb).stdout)["archive"]["breaks"]) == 1


def test_a_lost_quotation_is_shown_beside_what_is_nearest(
    tm: Run, folder: Path, tmp_path: Path
) -> None:
    kb = ("--kb", str(folder))
    (tmp_path / "one.txt").write_text("Iran has bought new masks.")
    (tmp_path / "two.txt").write_text("Iran may have bought new masks.")
    tm("add", "source", "one.txt", "--title", "T", "--descriptor", "D.", *kb)
    tm("add", "quote", "t", "Iran has bought new masks", "--id", "q", *kb)
    lost = tm("anchor", "t", "two.txt", *kb)
    assert lost.returncode == 1
    assert (
        "    − ‘Iran has bought new masks’\n    nearest: Iran ⟦may have⟧ bought new" in lost.stdout
    )
    (passage,) = json.loads(tm("anchor", "t", "two.txt", "--json", *kb).stdout)["passages"]
    assert passage["nearest"][1] == {"kind": "changed", "source": "may have", "draft": "has"}


def test_what_is_anchored_to_the_same_text_says_what_became_of_it(
    tm: Run, folder: Path, tmp_path: Path
) -> None:
    kb = ("--kb", str(folder))
    (tmp_path / "t.txt").write_text("Syria has masks. Iran has more masks.")
    tm("add", "source", "t.txt", "--title", "T", "--descriptor", "D.", *kb)
    tm("add", "quote", "t", "Syria has masks", "--id", "q", *kb)

    def anchored(*options: str) -> tuple[bool, bool, str, int]:
        done = tm("anchor", "t", "t.txt", *options, "--json", *kb)
        record = json.loads(done.stdout)
        (passage,) = record["passages"]
        assert ("nothing was changed" in done.stderr) == (not record["applied"])
        return record["applied"], record["certain"], passage["fate"], passage["start"]

    def start() -> int:
        return int(json.loads((folder / "customers.json").read_text())["quotes"][0]["start"])

    same = ("--passage", "q=Syria has masks")
    assert anchored() == anchored(*same) == (False, True, "kept", 0)
    other = ("--passage", "q=Iran has more masks")
    assert anchored(*other, "--dry-run") == (False, True, "chosen", 17)
    assert start() == 0
    assert anchored(*other) == (True, True, "chosen", 17)
    assert (start(), tm("verify", *kb).returncode) == (17, 0)


def test_a_stale_span_whose_passage_stands_once_is_moved(
    tm: Run, folder: Path, tmp_path: Path
) -> None:
    kb = ("--kb", str(folder))
    (tmp_path / "t.txt").write_text("Syria has masks. Iran has more masks.")
    tm("add", "source", "t.txt", "--title", "T", "--descriptor", "D.", *kb)
    tm("add", "quote", "t", "Iran has more masks", "--id", "q", *kb)
    tm("add", "quote", "t", "masks", "--nth", "1", "--id", "twice", *kb)
    data = json.loads((folder / "customers.json").read_text())
    for quote in data["quotes"]:
        quote["start"], quote["end"] = quote["start"] - 2, quote["end"] - 2
    (folder / "customers.json").write_text(json.dumps(data))
    assert tm("verify", *kb).returncode == 1
    unsure = tm("anchor", "t", "t.txt", *kb)
    assert unsure.returncode == 1
    assert "1 moved" in unsure.stdout
    assert "1 ambiguous" in unsure.stdout
    settled = tm("anchor", "t", "t.txt", "--passage", "twice=Syria has masks", "--json", *kb)
    assert json.loads(settled.stdout)["applied"]
    assert tm("verify", *kb).returncode == 0
