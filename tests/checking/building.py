"""Knowledge bases with texts of our own, and drafts about them."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from targetmarkets.checking.check import Checker
from targetmarkets.checking.reading import read
from targetmarkets.kb.json_file import load
from targetmarkets.records.checks import CheckReport, QuotationRecord
from tests.build import content, source

REPORT = """\
The firm of Rey reportedly sold ten rockets to the garrison in May. It was paid in copper,
which the ministry did not declare. “We have never seen such crates,” the harbour master said.
The crates¹ were moved on a barge named Heron, and perhaps on two others.
In doing so the owners broke the rules of the port, their insurers found, and mis-
stated the cargo. The [sealed] hold was never opened. He recieved two boxes of fuses.
"""

LETTER = """\
Dear Sir, the barge named Heron has left. Nobody on the quay counted the boxes of fuses.
The harbour was quiet that night, and the lamps were out. A barge came in at dawn.
The firm of Rey denies that it sold anything at all to anybody in the valley.
A barge came in at dawn.
"""


def knowledge(folder: Path, texts: Mapping[str, str], **lists: Any) -> Path:
    """Write a knowledge base with an archived text for each source; its file."""
    (folder / "sources").mkdir(parents=True, exist_ok=True)
    sources = []
    for name, text in texts.items():
        (folder / "sources" / f"{name}.txt").write_bytes(text.encode())
        hash_ = hashlib.sha256(text.encode()).hexdigest()
        archive = {"file": f"{name}.txt", "sha256": hash_, "media_type": "text/plain"}
        sources.append(source(name, archive=archive))
    sources += lists.pop("others", [])
    path = folder / "customers.json"
    path.write_text(json.dumps(content(sources=sources, **lists)), "utf-8")
    return path


def quote(id_: str, source_: str, text: str, exact: str) -> dict[str, Any]:
    start = text.index(exact)
    end = start + len(exact)
    return {"id": id_, "source": source_, "exact": exact, "start": start, "end": end}


def checker(folder: Path, **lists: Any) -> Checker:
    """A checker of drafts about the report and the letter."""
    return Checker(load(knowledge(folder, {"report": REPORT, "letter": LETTER}, **lists)))


def check(checker_: Checker, draft: str, name: str = "draft.md") -> CheckReport:
    return checker_.check([read(draft.encode(), name)])


def only(report: CheckReport) -> QuotationRecord:
    (quotation,) = report.quotations
    return quotation
