"""A folder to do harm in: a small knowledge base with one of everything, and odd files."""
# ruff: noqa: PTH115, PTH123 - paths are texts here, for speed: each case looks at every file

import hashlib
import json
import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from tests.build import activity, category, claim, classification, customer, source
from tests.conftest import ROOT

TEXT: Final = (
    "A heading\n\nSyria got two masks, it seems. \x1b[31mRed\x1b[0m, \u202edesrever\u202c and "
    "\u2066more\u2069.\r\nIran denies it: “we bought nothing”.\tMany of these countries did.\x85\n"
    "[sic] :warning: =1+1 漢字 é e\u0301 \u2028 the end.\n"
)
"""An archived text with what no terminal should be handed."""

REPORT: Final = "Page one says that tanks were sent.\fPage two says nothing.\n"

BETTER: Final = TEXT.replace("two masks", "two  masks")

STYLE: Final = """\
<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0"><info><title>P</title>
<id>p</id><updated>2020-01-01T00:00:00+00:00</updated></info>
<citation><layout suffix="."><text variable="title"/></layout></citation></style>
"""

BIBTEX: Final = """\
@book{one, title = {A {B}ook}, author = {Berger, Andrea and {RUSI}}, year = 2015, month = dec}
@techreport{two, title = {A report}, institution = {UN}, number = {S/1}, url = {http://x/a\\_b}}
"""

CSL: Final = [
    {"id": "one", "type": "book", "title": "A book", "issued": {"date-parts": [[2015, 12]]},
     "author": [{"family": "Berger", "given": "Andrea"}, {"literal": "RUSI"}], "publisher": "R"},
    {"id": "two", "type": "report", "title": "A report", "number": 3, "issued": {"raw": "2015"}},
]  # fmt: skip

PAGE: Final = """\
<!DOCTYPE html><html><head><title>The page</title><meta name=author content="A. Person">
<meta property="article:published_time" content="2015-12-08T10:00:00Z"><meta charset="utf-8">
<style>p{color:red}</style></head><body><h1>A heading</h1><p>One <b>bold</b> word,<br>a line.
<ul><li>first<li>second</ul><table><tr><td>a<td>b</table><pre>two  spaces</pre><p hidden>unseen</p>
&eacute;&nbsp;&amp; more</body></html>
"""

ODD_LINE: Final = "\x1b[2J\x07 [sic] :boom: =1+1 \u202eodd\u202c \x9b31m 漢字 {x} \\ 'q' \"r\""
"""A line that the models allow and no terminal should be handed."""


SPARE: Final = {"id": "spare", "name": "A spare firm", "kind": "firm"}
"""An actor to which nothing refers."""

HISTORY: Final = {
    "number": 7,
    "version": "0" * 64,
    "at": "2026-01-02T03:04:05+00:00",
    "who": ODD_LINE,
    "why": "tm add actor",
    "objects": {"spare": [None, json.dumps(SPARE)]},
}
"""The last change: it was added."""


def content() -> dict[str, Any]:
    """A sound knowledge base that uses every field."""
    work = [{"role": "book", "name": "The book", "mode": "narrates", "work": "book"}]
    chain = [{"role": "journalist", "name": "NK News", "mode": "quotes"}, *work]
    proof = [{"quote": "q-masks"}]
    place = {"reference": {"source": "book", "locator": {"label": "page", "value": "3"}}}
    return {
        "$schema": "customers.schema.json",
        "schema_version": 2,
        "sources": [
            source("article", archive=_archive("article.txt", TEXT), reports_on=["book"],
                   set_aside=[{**_span(TEXT, "A heading"), "reason": "navigation"}]),
            source("report", archive=_archive("report.txt", REPORT) | {
                "pages": [{"label": "i", "start": 0}, {"label": "2",
                "start": REPORT.index("\f") + 1}],
                "original": _archive("report.html", REPORT, "text/html") | {"extractor": "x 1"},
            }),
            {**source("book"), "bibliography": {
                "type": "book", "title": "Target Markets", "publisher": "RUSI",
                "URL": "http://x/a_b",
                "author": [{"family": "Berger", "given": "Andrea"}, {"literal": ODD_LINE}],
                "issued": {"date-parts": [[2015, 12, 8]]}, "DOI": "10.1/x", "note": ODD_LINE}},
        ],
        "quotes": [
            {"id": "q-masks", "source": "article", **_span(TEXT, "Syria got two masks, it seems")},
            {"id": "q-odd", "source": "article", **_span(TEXT, TEXT[48:99]),
             "part_of_word": True},
            {"id": "q-page", "source": "report", **_span(REPORT, "Page two says nothing")},
        ],
        "customers": [
            customer("syria", iso_3166={"alpha_2": "SY", "alpha_3": "SYR"}, aliases=["Suriya"]),
            customer("iran", aliases=["Persia", ODD_LINE]),
            customer("congo-one", aliases=["Congo"], region="Middle Africa"),
            customer("congo-two", aliases=["Congo", "\x1b[31mC"], kind="non-state",
            region="Middle Africa"),
        ],
        "categories": [category("resilient"), category("ad-hoc", "II")],
        "groups": [{"id": "many", "name": f"many of these {ODD_LINE}", "members": ["syria"]}],
        "events": [
            {"id": "masks-2013", "name": f"Masks, 2013 {ODD_LINE}", "kind": "shipment"},
        ],
        "actors": [
            {"id": "ship", "name": "Some Ship", "kind": "ship", "aliases": [ODD_LINE],
             "country": "PA", "formerly": ["vessel"],
             "identifiers": [{"scheme": "imo", "value": "9074729"}]},
            SPARE,
        ],
        "claims": [
            classification("syria-class", "syria", "resilient", certainty="implied",
            evidence=proof, hedge_note=ODD_LINE),
            classification("iran-class", "iran", "ad-hoc", certainty="likely", evidence=[place]),
            activity("syria-masks", "syria", type_="protective-equipment", period="2013/..",
                     evidence=[*proof, place], speakers=chain, note=ODD_LINE,
                     event="masks-2013", said="2014", hedge_note=ODD_LINE,
                     statement="The Some Ship took masks to Syria.",
                     parties=[{"id": "ship", "part": "carrier"},
                              {"id": "syria", "part": "consignee"}],
                     places=[{"name": ODD_LINE, "country": "SY", "relation": "to"}],
                     assessment={"reliability": "C", "credibility": 3, "by": "us",
                                 "why": ODD_LINE}),
            claim("iran-denies", "iran", stance="denied", denies=["syria-masks"],
                  conflicts_with=["syria-class"], statement=ODD_LINE, hedge_note=ODD_LINE,
                  evidence=[{"quote": "q-odd"}]),
            claim("both", "syria", "iran", scope="collective", kind="driver", joint=True,
                  certainty="likely", hedge="it seems", hedge_note=ODD_LINE,
                  reasoning="Together.", evidence=[*proof, {"quote": "q-page"}]),
            claim("group-claim", "many", scope="group", kind="outlook", certainty="alleged",
                  evidence=[{"reference": {"source": "report", "consulted_at": "http://x"}}]),
            claim("trade", kind="sanctions", period="2009-06"),
            claim("wrong", "congo-one", status="retracted", retraction="It was wrong."),
        ],
    }  # fmt: skip


def canonical() -> str:
    """The same as the text of a file."""
    return json.dumps(_with_works(content()), ensure_ascii=False, indent=2)


def _with_works(data: dict[str, Any]) -> dict[str, Any]:
    """The helpers of the other tests refer to a source `work`; here it is the book."""
    text: dict[str, Any] = json.loads(
        json.dumps(data).replace('"source": "work"', '"source": "book"')
    )
    return text


def _archive(file: str, text: str, media_type: str = "text/plain") -> dict[str, Any]:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return {"file": file, "sha256": digest, "media_type": media_type}


def _span(text: str, exact: str) -> dict[str, Any]:
    start = text.index(exact)
    return {"exact": exact, "start": start, "end": start + len(exact)}


FACT: Final = {
    "statement": "Syria got two masks.", "about": ["syria"], "kind": "market", "source": "article",
    "passage": "two masks", "hedge_note": "It seems so of something else.",
    "speaker": "journalist:NK News:narrates",
}  # fmt: skip
"""A row of a file that is added as a whole."""


def _fill(folder: Path) -> None:
    """Write everything that a case finds."""
    sources = folder / "kb" / "sources"
    sources.mkdir(parents=True)
    for name, text in (("article.txt", TEXT), ("report.txt", REPORT), ("report.html", REPORT)):
        (sources / name).write_bytes(text.encode())
    claims = _with_works({"claims": [claim("new-one", "syria"), claim("new-two")]})["claims"]
    for name, data in {
        "kb/customers.json": canonical(),
        "kb/.customers.json.history": json.dumps(HISTORY) + "\n",
        "old.json": canonical().replace("Suriya", "Syrie"),
        "report.txt": "A report on tanks.\n",
        "draft.md": "It says “Page two says nothing” [@report, p. 2; @book, p. 3].\n",
        "better.txt": BETTER,
        "page.html": PAGE,
        "work.bib": BIBTEX,
        "works.json": json.dumps(CSL),
        "claims.json": json.dumps(claims),
        "facts.jsonl": json.dumps(FACT) + "\n",
        "syria.json": json.dumps(
            {**content()["customers"][0], "name": "Suriya", "aliases": ["Syria"]}
        ),
        "plain.csl": STYLE,
        "empty": "",
    }.items():
        (folder / name).write_text(data, "utf-8")
    (folder / "binary").write_bytes(b"\x89PNG\r\n\x1a\n\0\xff")
    (folder / "\udcff.txt").write_bytes(b"words")
    (folder / "\x1b[31m.txt").write_bytes(b"words")
    shutil.copy(ROOT / "docs" / "tutorial" / "article.pdf", folder)
    for name in ("folder", "home", "tmp"):
        (folder / name).mkdir()
    (folder / "loop").symlink_to("loop")
    (folder / "dangling").symlink_to("nothing")
    os.mkfifo(folder / "fifo")


Entry = tuple[int, bytes]
"""What a path is: its mode, and its bytes or where it leads."""


class Box:
    """A folder of a case, as it was before the first one whenever a case begins."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kb = folder / "kb"
        self.file = self.kb / "customers.json"
        self.sources = self.kb / "sources"
        self.renew()
        self.first = self.snapshot()

    def renew(self) -> None:
        """Make everything anew."""
        shutil.rmtree(self.folder, ignore_errors=True)
        _fill(self.folder)

    def restore(self) -> None:
        """Make everything as it was at first: the files that changed, or else the whole."""
        with suppress(OSError):
            self._put_back(self.snapshot())
        if self.snapshot() != self.first:
            self.renew()

    def _put_back(self, now: dict[str, Entry]) -> None:
        """Put back each file that changed; anything else is left to `renew`, which takes longer."""
        for path in self.first.keys() | now:
            if self.first.get(path) == now.get(path):
                continue
            if path in now:
                os.unlink(path)  # noqa: PTH108 - paths are texts here, for speed
            if path in self.first and stat.S_ISREG(self.first[path][0]):
                with open(path, "wb") as file:
                    file.write(self.first[path][1])

    def snapshot(self) -> dict[str, Entry]:
        """Everything that is there, byte for byte; but for the lock, which holds nothing."""
        found: dict[str, Entry] = {}
        ahead = [str(self.folder)]
        while ahead:
            folder = ahead.pop()
            with os.scandir(folder) as entries:
                for entry in entries:
                    found[entry.path] = _entry(entry.path)
                    if entry.is_dir(follow_symlinks=False):
                        ahead.append(entry.path)
        return {path: entry for path, entry in found.items() if not _is_lock(path, entry)}


def _is_lock(path: str, entry: Entry) -> bool:
    return path.endswith(f"{os.sep}.customers.json.lock") and not entry[1]


def _entry(path: str) -> Entry:
    mode = os.lstat(path).st_mode
    if stat.S_ISREG(mode):
        with open(path, "rb") as file:
            return mode, file.read()
    return mode, os.fsencode(os.readlink(path)) if stat.S_ISLNK(mode) else b""
