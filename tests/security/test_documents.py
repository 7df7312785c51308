"""Documents and bibliographies that somebody made to harm whoever takes them in."""

import html
import json
import os
import resource
import sys
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from targetmarkets import limits
from targetmarkets.errors import DocumentError
from targetmarkets.importing import extract as extracting
from targetmarkets.importing import extract_child
from targetmarkets.importing.extract import extract
from targetmarkets.model.csl import Bibliography
from targetmarkets.writing.edits import build
from tests import hostile
from tests.conftest import Workspace
from tests.importing.test_extract import page
from tests.security.reading import told, unsafe
from tests.security.running import tm

PAGE = b"<html><body>words"


def pdf(*objects: bytes) -> bytes:
    """A PDF of some objects, the first its catalogue."""
    body = b"%PDF-1.7\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer


def one_page(catalogue: bytes = b"", sheet: bytes = b"", *more: bytes) -> bytes:
    """A PDF with a page that says `words`, and what is added to its catalogue and its page."""
    stream = b"BT /F 12 Tf 10 10 Td (words) Tj ET"
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalogue,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> %s >>"
        % (sheet or b"/MediaBox [0 0 200 200]"),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *more,
    )


ACTIVE = {
    "script": b"/OpenAction << /S /JavaScript /JS (app.launchURL('http://evil.example')) >>",
    "launch": b"/OpenAction << /S /Launch /F (/bin/touch) /Win << /F (calc.exe) >> >>",
    "address": b"/OpenAction << /S /URI /URI (http://evil.example) >>",
    "another file": b"/OpenAction << /S /GoToR /F (\\\\\\\\evil.example\\\\x) /D [0 /Fit] >>",
    "form": b"/AcroForm << /XFA 6 0 R /Fields [] >> /NeedsRendering true",
    "attachment": b"/Names << /EmbeddedFiles << /Names [(x.exe) 6 0 R] >> >>",
    "label": b"/PageLabels << /Nums [0 << /P (" + b"x\\033[2J\\r" * 2000 + b") /S /r >>] >>",
}


@pytest.mark.parametrize("name", ACTIVE)
def test_a_pdf_that_would_act_is_only_read(name: str, tmp_path: Path) -> None:
    more = b"<< /Type /Filespec /F (x.exe) /EF << /F 4 0 R >> >>"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        found = extract(one_page(ACTIVE[name], b"", more), "a.pdf")
    assert found.text.strip() == "words"
    assert len(found.pages[0]) <= 100
    assert list(tmp_path.iterdir()) == []


HUGE = {
    "sheet": one_page(b"", b"/MediaBox [0 0 1e30 1e30] /UserUnit 1e30"),
    "number": one_page(b"", b"/MediaBox [0 0 " + b"9" * 100_000 + b" 1]"),
    "nesting": one_page(b"/X " + b"[" * 500_000),
    "many pages": one_page().replace(b"/Count 1", b"/Count 999999999"),
    "pages of itself": one_page().replace(b"/Kids [3 0 R]", b"/Kids [2 0 R 2 0 R]"),
    "bomb": page(zlib.compress(b"(x) Tj " * 20_000_000, 9), b"/Filter /FlateDecode "),
    "bomb in a bomb": page(
        zlib.compress(zlib.compress(b" " * 300_000_000, 9), 9),
        b"/Filter [/FlateDecode /FlateDecode] ",
    ),
}


@pytest.mark.long
@pytest.mark.parametrize("name", HUGE)
def test_a_huge_pdf_is_read_or_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what it costs is the child's memory, and not ours."""
    monkeypatch.setattr(limits, "SECONDS", limits.SECONDS._replace(most=4))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with suppress(DocumentError):
        assert extract(HUGE[name], "a.pdf").text.strip()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 600_000


@pytest.mark.parametrize("name", hostile.ATTACKS)
def test_what_a_page_says_of_itself_is_a_line_of_words(name: str) -> None:
    attack = html.escape(hostile.ATTACKS[name])
    head = "".join(
        f'<meta {kind}="{field}" content="{attack}">'
        for kind, field in (
            ("name", "author"), ("property", "og:site_name"), ("property", "og:url"),
            ("property", "article:published_time"),
        )
    )  # fmt: skip
    data = f"<html><head><title>{attack}</title>{head}</head><body>words".encode()
    record = extract_child.answer(extract_child.reader("text/html")(data, ""))["record"]
    assert set(record) <= {"type", "title", "author", "container-title", "URL"}
    assert str(record.get("URL", "http://")).startswith("http")
    build(Bibliography, {"title": "T", **record})


def test_a_page_of_every_attack_is_archived_and_shown_as_words(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "page.html"
    words = "".join(f"<p>{html.escape(attack)}</p>" for attack in hostile.ATTACKS.values())
    file.write_text(f"<html><body>{words}</body>", "utf-8")
    kb = ("--kb", str(workspace.file))
    added = tm(
        "add", "source", str(file), "--id", "evil", "--title", "T", "--descriptor", "A.", *kb
    )
    assert (added.code, added.stdout) == (0, "evil\n")
    monkeypatch.setenv("PAGER", "cat")  # or `less` adds escape sequences of its own
    shown = tm("show", "evil", "--full", *kb, terminal=True)
    assert unsafe(shown.stdout) == set()
    assert told(shown.stdout) == []
    assert "<script>alert(1)</script>" in shown.stdout
    assert tm("verify", *kb).code == 0


ANSWER = {"text": "words", "pages": ["1"], "extractor": "x", "record": {"title": "T"}}


@pytest.mark.parametrize(
    "answer",
    [
        {**ANSWER, "text": None},
        {**ANSWER, "text": ["words"]},
        {**ANSWER, "text": "\ud800"},
        {**ANSWER, "text": "a\fb"},
        {**ANSWER, "pages": ["1", "2"]},
        {**ANSWER, "pages": [1]},
        {**ANSWER, "pages": "1"},
        {**ANSWER, "pages": None},
        {**ANSWER, "extractor": {}},
        {**ANSWER, "record": []},
        {**ANSWER, "record": {"title": {}}},
        {**ANSWER, "record": {"author": "x"}},
        {**ANSWER, "record": {"author": [{}]}},
        {**ANSWER, "record": {"issued": []}},
        {**ANSWER, "record": {"issued": {"date-parts": []}}},
        {**ANSWER, "record": {"issued": {"date-parts": [["2015"]]}}},
        {"problem": ["x"], "remedy": 1},
        {"problem": "x\ntm: proved"},
        {},
    ],
    ids=json.dumps,
)
def test_a_process_that_a_document_took_over_is_not_believed(
    answer: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extracting, "_START", f"print({json.dumps(answer)!r})")
    with pytest.raises(DocumentError) as caught:
        extract(PAGE, "a")
    assert caught.value.remedy


def test_a_process_that_answers_soundly_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extracting, "_START", f"print({json.dumps(ANSWER)!r})")
    assert extract(PAGE, "a").text == "words"


def test_a_process_is_given_nothing_that_it_does_not_need(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOKEN", "secret")
    monkeypatch.setenv("PYTHONSTARTUP", "odd.py")
    monkeypatch.setattr(sys, "path", ["", ".", *sys.path])
    seen = (
        "import json, os, sys; print(json.dumps({'text': json.dumps([sorted(os.environ),"
        " sys.flags.isolated, json.loads(sys.argv[1])]), 'pages': [], 'extractor': 'x',"
        " 'record': {}}))"
    )
    monkeypatch.setattr(extracting, "_START", seen)
    names, isolated, path = json.loads(extract(PAGE, "a").text)
    assert set(names) <= {"LC_CTYPE", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT"}
    assert isolated
    assert path
    assert all(map(os.path.isabs, path))


RECORDS = {
    "bibtex input": "@article{x, title={\\input{/etc/passwd} \\include{/etc/passwd}}, year=2015}",
    "bibtex write": "@misc{x, title={\\write18{touch ran} \\immediate\\write18{touch ran}}}",
    "bibtex unbalanced": "@book{x, title={a } } b, note={c",
    "bibtex deep": "@book{x, title={" + "{" * 20_000 + "}" * 20_000 + "}}",
    "bibtex strings": '@string{a="b"} @string{b=a # a} @book{x, title=b # b}',
    "bibtex preamble": '@preamble{"\\def\\x{\\x}\\x"} @comment{x} @book{x, title={a}}',
    "bibtex many": "@book{x, title={a}}\n" * 500,
    "bibtex twice": "@book{x, title={a}, title={b}}",
    "bibtex odd key": "@book{$(touch ran)\x1b[2J, title={a}}",
    "csl deep": "[" * 100_000,
    "csl deep object": '{"a":' * 100_000,
    "csl numbers": '[{"id": 1e999, "title": 1, "issued": {"date-parts": [[1e400]]}}]',
    "csl long number": '[{"id": "x", "title": ' + "9" * 10_000 + "}]",
    "csl constants": '[{"id": "x", "title": NaN}]',
    "csl shapes": '[{"id": {}, "title": {}, "author": [[]], "issued": [], "URL": [{}]}]',
    "csl surrogate": '[{"id": "x", "title": "\\ud800"}]',
    "csl script": '[{"id": "x", "title": "<script>x</script>", "URL": "javascript:alert(1)"}]',
    "csl dates": '[{"id": "x", "title": "a", "issued": {"date-parts": [[99999, 99, 99]]}}]',
    "csl keys": '[{"id": "../x", "title": "a", "__proto__": 1, "constructor": {"a": 1}}]',
}


@pytest.mark.parametrize("name", RECORDS)
def test_a_hostile_bibliography_is_words_or_refused(
    name: str, workspace: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "works"
    file.write_text(RECORDS[name], "utf-8")
    before = workspace.file.read_bytes()
    kb = ("--kb", str(workspace.file))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        done = tm("add", "source", "--record", str(file), "--descriptor", "A.", *kb)
    assert done.code in {0, 2}, done.stderr
    assert unsafe(done.stdout) == unsafe(done.stderr) == set()
    assert len(done.stderr.splitlines()) <= 6
    assert "fault of tm" not in done.stderr
    assert "root:" not in workspace.file.read_text("utf-8")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["works", "workspace"]
    if done.code:
        assert workspace.file.read_bytes() == before
    else:
        shown = tm("cite", done.stdout.strip(), "--format", "bibtex", *kb)
        assert (shown.code, unsafe(shown.stdout)) == (0, set())
