"""Documents and their text. Whatever a document is, it is read, or refused in words, in time."""

import importlib.util
import os
import random
import sys
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import ModuleType

import pytest

from targetmarkets import limits
from targetmarkets.errors import DocumentError, MissingExtraError
from targetmarkets.importing import extract_child
from targetmarkets.importing.extract import extract
from targetmarkets.importing.kinds import HTML, PDF, TEXT, media_type_of
from targetmarkets.importing.readers.reading import UnfitError
from targetmarkets.text.matching import Searchable
from tests.conftest import ROOT

ARTICLE = (ROOT / "docs" / "tutorial" / "article.pdf").read_bytes()


def script() -> ModuleType:
    path = ROOT / "scripts" / "tutorial_pdf.py"
    spec = importlib.util.spec_from_file_location("tutorial_pdf", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def page(content: bytes, filters: bytes = b"") -> bytes:
    """A PDF of one page with a content stream as it is given."""
    made: bytes = script().pdf([["x"]], "T")
    start = made.index(b"<< /Length")
    end = made.index(b"endstream") + len(b"endstream")
    stream = f"<< /Length {len(content)} ".encode() + filters + b">>\nstream\n" + content
    return made[:start] + stream + b"\nendstream" + made[end:]


def test_the_document_of_the_tutorial_is_what_its_script_makes() -> None:
    assert script().document() == ARTICLE


def test_a_pdf_gives_its_pages_and_its_title() -> None:
    done: list[tuple[int, int]] = []
    found = extract(ARTICLE, "a.pdf", progress=lambda *step: done.append(step))
    assert found.media_type == PDF
    assert found.pages == ("1", "2", "3", "4")
    assert found.text.count("\f") == 3
    assert found.record["title"].startswith("Syria, Iran among")
    assert found.extractor.startswith("pypdfium2 ")
    assert done == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert extract(ARTICLE, "a.pdf") == found


def test_every_sentence_of_the_article_is_found_in_its_pdf() -> None:
    text = extract(ARTICLE, "a.pdf").text
    (article,) = (p for p in (ROOT / "seeds").iterdir() if script().TITLE in p.read_text("utf-8"))
    lines = [line for line in article.read_text("utf-8").split("\n") if line.strip()]
    found = [Searchable(text).find(line).status for line in lines]
    assert set(found) <= {"exact", "normalised"}, list(zip(found, lines, strict=True))


HTML_PAGE = """\
<!DOCTYPE html><html><head><title>The  page</title><meta name=author content="A. Person">
<meta property="og:site_name" content="The Outlet"><link rel=canonical href="https://x.example/a">
<meta property="article:published_time" content="2015-12-08T10:00:00Z"><style>p{color:red}</style>
</head><body><nav>Home</nav><h1>A   heading</h1><p>One <b>bold</b> word,<br>a line.
<script>alert("no")</script><p hidden>unseen</p><p style="display:none">nor this</p>
<ul><li>first<li>second</ul><table><tr><td>a<td>b<tr><td>c<td>d</table>
<pre>two  spaces
  kept</pre><p>caf&eacute;&nbsp;&amp; more</p></body></html>
"""


def test_a_page_gives_what_a_browser_shows() -> None:
    found = extract(HTML_PAGE.encode(), "a.html")
    assert found.media_type == HTML
    assert found.text == (
        "Home\n\nA heading\n\nOne bold word,\na line.\n\nfirst\nsecond\n\na\tb\nc\td\n\n"
        "two  spaces\n  kept\n\ncafé\u00a0& more\n"
    )
    assert found.pages == ()
    assert found.record == {
        "type": "webpage",
        "title": "The page",
        "author": [{"literal": "A. Person"}],
        "container-title": "The Outlet",
        "URL": "https://x.example/a",
        "issued": {"date-parts": [[2015, 12, 8]]},
    }


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("<html><body>é“x”".encode(), "é“x”"),
        ("<html><meta charset=latin1><body>é".encode("latin-1"), "é"),
        ("<html><body>é".encode("cp1252"), "é"),
        ("\ufeff<html><body>é".encode("utf-16-le"), "é"),
        ("\ufeff<html><body>é".encode("utf-16-be"), "é"),
        ("\ufeff<html><body>é".encode(), "é"),
        (b"<html><body>a\x00b\xff", "a"),
        (b"<html><body>" + b"<div>" * 30_000 + b"deep", "deep"),
        (b"<html><body>&lol;&#xD800;&#0;x", "x"),
    ],
)
def test_odd_pages_are_read(data: bytes, words: str) -> None:
    assert words in extract(data, "page").text


def test_a_text_is_taken_as_it_is() -> None:
    data = "\ufeffOne\r\ntwo\fthree\n".encode()
    found = extract(data, "a.txt")
    assert (found.text.encode(), found.media_type, found.pages) == (data, TEXT, ())
    assert found.extractor == ""


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "a.txt", "holds no text"),
        (b" \n", "a.txt", "holds no text"),
        (b"caf\xe9", "a.txt", "byte 3 is not UTF-8"),
        (b"\x89PNG\r\n\x1a\n", "a.png", "Portable Network Graphics"),
        (b"%PDF-1.7\ngarbage", "a.pdf", "no sound PDF"),
        (b"%PDF-1.7", "a.pdf", "no sound PDF"),
        (b"<html><body> <img src=x> </body>", "a.html", "holds no text"),
        (page(b""), "a.pdf", "only pictures"),
    ],
)
def test_what_has_no_text_is_refused_in_words(data: bytes, name: str, message: str) -> None:
    with pytest.raises(DocumentError, match=message) as caught:
        extract(data, name)
    assert caught.value.remedy


def _damaged() -> Iterator[bytes]:
    random.seed(7)
    for _ in range(12):
        data = bytearray(ARTICLE)
        for _ in range(random.choice([1, 20, 200])):
            data[random.randrange(len(data))] = random.randrange(256)
        yield bytes(data)
    for share in (0.1, 0.5, 0.9):
        yield ARTICLE[: int(len(ARTICLE) * share)]
    yield ARTICLE.replace(b"/Kids [4 0 R", b"/Kids [2 0 R")  # a tree of pages that holds itself
    yield ARTICLE.replace(b"/Count 4", b"/Count 2147483647")
    yield page(b"q " * 200_000 + b"BT /F1 9 Tf (deep) Tj ET")
    bomb = zlib.compress(b"BT /F1 9 Tf " + b"(x) Tj " * 8_000_000 + b"ET", 9)
    yield page(bomb, b"/Filter /FlateDecode ")


@pytest.mark.long
@pytest.mark.parametrize("data", list(_damaged()), ids=lambda data: str(len(data)))
def test_a_damaged_or_hostile_pdf_is_read_or_refused_in_time(
    data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SECONDS", limits.SECONDS._replace(most=20))
    start = time.monotonic()
    with suppress(DocumentError):
        assert extract(data, "a.pdf").text.strip()
    assert time.monotonic() - start < 40


def test_what_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", limits.SECONDS._replace(most=0))
    monkeypatch.setattr(limits, "BYTES_PER_SECOND", 10**9)
    with pytest.raises(DocumentError, match=r"takes over 0 s"):
        extract(ARTICLE, "a.pdf")


def test_nothing_is_imported_from_the_folder_at_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json", "re", "pypdfium2", "selectolax", "targetmarkets"):
        (tmp_path / f"{name}.py").write_text("open('ran', 'w')")
    monkeypatch.chdir(tmp_path)
    assert extract(ARTICLE, "a.pdf").pages
    assert extract(HTML_PAGE.encode(), "a.html").text
    assert not (tmp_path / "ran").exists()


def test_what_is_too_large_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "DOCUMENT", limits.DOCUMENT._replace(most=100))
    with pytest.raises(DocumentError, match="100 are read at most"):
        extract(ARTICLE, "a.pdf")


def test_without_the_libraries_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pypdfium2", "selectolax"):
        (tmp_path / f"{name}.py").write_text("raise ImportError")
    monkeypatch.syspath_prepend(tmp_path)
    for data in (ARTICLE, HTML_PAGE.encode()):
        with pytest.raises(MissingExtraError, match="extract"):
            extract(data, "a")
    assert extract(b"words", "a.txt").text == "words"


@pytest.mark.skipif(sys.platform == "win32", reason="no limits there")
def test_the_process_can_do_no_harm(tmp_path: Path) -> None:
    """What a library could be brought to do is refused to it."""
    import subprocess

    folder = tmp_path / "folder"
    folder.mkdir()
    kept = tmp_path / "kept"
    kept.write_text("words")
    script_text = (
        "import sys, os, socket, subprocess\n"
        "from targetmarkets.importing.confinement import confine\n"
        "confine(20)\n"
        "deeds = [lambda: socket.create_connection(('127.0.0.1', 9)),\n"
        "         lambda: socket.getaddrinfo('localhost', 80),\n"
        "         lambda: subprocess.run(['true']), lambda: os.system('true'),\n"
        "         lambda: os.fork(), lambda: open('made', 'w'),\n"
        "         lambda: os.posix_spawn('/bin/true', ['true'], {}),\n"
        "         lambda: os.open('made', os.O_CREAT | os.O_WRONLY),\n"
        "         lambda: os.open(sys.argv[1], os.O_RDONLY | os.O_TRUNC),\n"
        "         lambda: os.remove(sys.argv[1]), lambda: os.rename(sys.argv[1], 'made'),\n"
        "         lambda: os.mkdir('made'), lambda: os.symlink('x', 'made'),\n"
        "         lambda: os.link(sys.argv[1], 'made'), lambda: os.truncate(sys.argv[1], 0),\n"
        "         lambda: os.chmod(sys.argv[1], 0), lambda: os.kill(os.getppid(), 0),\n"
        "         lambda: bytearray(8 * 1024 ** 3)]\n"
        "for number, deed in enumerate(deeds):\n"
        "    try:\n"
        "        deed()\n"
        "    except (PermissionError, MemoryError):\n"
        "        continue\n"
        "    print(number)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script_text, str(kept)],
        cwd=folder,
        env={**os.environ, "COVERAGE_PROCESS_START": ""},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout == ""
    assert list(folder.iterdir()) == []
    assert kept.read_text() == "words"


@pytest.mark.parametrize(
    ("start", "name", "media_type"),
    [
        (b"%PDF-1.4", "x", PDF),
        (b"\xef\xbb\xbf\n%PDF-1.4", "x.txt", PDF),
        (b"<!DOCTYPE HTML>", "x", HTML),
        (b"  <HTML>", "x.txt", HTML),
        (b"plain", "x.HTM", HTML),
        (b"plain < words", "x", TEXT),
    ],
)
def test_a_document_is_known_by_its_content(start: bytes, name: str, media_type: str) -> None:
    assert media_type_of(start, name) == media_type


def test_the_readers_are_those_of_the_process(capsys: pytest.CaptureFixture[str]) -> None:
    """The process cannot write down its coverage, so its readers are run here, too."""
    paged = extract_child.answer(extract_child.reader(PDF)(ARTICLE, ""))
    assert capsys.readouterr().out == "1 4\n2 4\n3 4\n4 4\n"
    found = extract(ARTICLE, "a.pdf")
    assert (paged["text"], tuple(paged["pages"])) == (found.text, found.pages)
    shown = extract_child.answer(extract_child.reader(HTML)(HTML_PAGE.encode(), ""))
    assert (shown["text"], shown["record"]) == (
        extract(HTML_PAGE.encode(), "a").text,
        extract(HTML_PAGE.encode(), "a").record,
    )
    for reader, data in (
        (extract_child.reader(PDF), b"%PDF-1.7 broken"),
        (extract_child.reader(PDF), page(b"")),
        (extract_child.reader(HTML), b"<html><body> </body>"),
    ):
        with pytest.raises(UnfitError):
            reader(data, "")


@pytest.mark.parametrize("day", ["2015-13-40", "0000-01-01", "2015-02-29"])
def test_a_date_that_no_calendar_has_is_passed_over(day: str) -> None:
    head = f"<meta name='citation_publication_date' content='{day}'><title>T</title>"
    found = extract(f"<html><head>{head}</head><body>x</body></html>".encode(), "a.html")
    assert found.record == {"type": "webpage", "title": "T"}
