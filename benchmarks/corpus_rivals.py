"""The text of a document by a package that this benchmark compares with: TOOL FILE.

It runs in an environment of its own, and so imports nothing of ours.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


def pypdf(path: Path) -> str:
    """By pypdf."""
    from pypdf import PdfReader

    return "\f".join(page.extract_text() for page in PdfReader(path).pages)


def pdfminer(path: Path) -> str:
    """By pdfminer.six."""
    from pdfminer.high_level import extract_text

    text: str = extract_text(path)
    return text


def pymupdf(path: Path) -> str:
    """By PyMuPDF."""
    import pymupdf as library

    pages: Any = library.open(path)
    return "\f".join(page.get_text() for page in pages)


def trafilatura(path: Path) -> str:
    """By trafilatura, all that it takes for text."""
    import trafilatura as library

    page = path.read_text()
    return library.extract(page, favor_recall=True, include_tables=True) or ""


TOOLS: dict[str, Callable[[Path], str]] = {
    "pypdf": pypdf, "pdfminer.six": pdfminer, "PyMuPDF": pymupdf, "trafilatura": trafilatura,
}  # fmt: skip

if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.stdout.write(TOOLS[sys.argv[1]](Path(sys.argv[2])))
