"""Make the document of the tutorial: an archived article as a report of several pages in PDF.

    python scripts/tutorial_pdf.py

Its lines are broken and hyphenated as a typesetter would, so that passages copied from it are not
character by character what the archive has. Written by hand, to need no library: a PDF is a list
of numbered objects and a table of where they begin.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ARTICLE = ROOT / "seeds"
TARGET = ROOT / "docs" / "tutorial" / "article.pdf"
TITLE = "Syria, Iran among N. Korea’s “resilient” customers – Berger"

WIDTH = 62
"""Characters of a line."""

LINES = 30
"""Lines of a page."""


def lines_of(text: str) -> Iterator[str]:
    """A text in lines, long words broken at the end of a line."""
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            room = WIDTH - len(line) - 1
            if len(word) <= room:
                line = f"{line} {word}".strip()
            elif word.isalpha() and len(word) > 8 and room > 5:
                head = min(room - 1, len(word) - 3)
                yield f"{line} {word[:head]}-".strip()
                line = word[head:]
            else:
                yield line
                line = word
        yield line
        yield ""


def content_of(lines: list[str]) -> bytes:
    """The drawing of a page: each line at its place."""
    drawn = [b"BT /F1 11 Tf 72 760 Td 14 TL"]
    for line in lines:
        text = line.encode("cp1252").replace(b"\\", b"\\\\")
        text = text.replace(b"(", b"\\(").replace(b")", b"\\)")
        drawn.append(b"(" + text + b") Tj T*")
    return b"\n".join([*drawn, b"ET"])


def pdf(pages: list[list[str]], title: str) -> bytes:
    """A PDF of some pages."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    shown_title = title.encode("utf-16-be").hex()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        content = content_of(lines)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 "
            b"3 0 R >> >> /Contents " + f"{5 + 2 * number} 0 R >>".encode()
        )
        head = f"<< /Length {len(content)} >>\nstream\n".encode()
        objects.append(head + content + b"\nendstream")
    objects.append(f"<< /Title <FEFF{shown_title}> >>".encode())
    body, offsets = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n".encode() + item + b"\nendobj\n"
    table = b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    count = len(objects) + 1
    return (
        body
        + f"xref\n0 {count}\n0000000000 65535 f \n".encode()
        + table
        + f"trailer\n<< /Size {count} /Root 1 0 R /Info {count - 1} 0 R >>\n".encode()
        + f"startxref\n{len(body)}\n%%EOF\n".encode()
    )


def document() -> bytes:
    """The document of the tutorial."""
    (article,) = (path for path in ARTICLE.iterdir() if TITLE in path.read_text("utf-8"))
    lines = list(lines_of(article.read_text("utf-8").strip()))
    pages = [lines[start : start + LINES] for start in range(0, len(lines), LINES)]
    return pdf(pages, TITLE)


def main() -> int:
    """Write it."""
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(document())
    return 0


if __name__ == "__main__":
    sys.exit(main())
