"""Small PDFs, made here, so that tests need none of the programs that make such."""

from collections.abc import Sequence


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


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """An object that is a stream."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def text(words: bytes, size: float = 12, x: float = 20, y: float = 150) -> bytes:
    """Words at a place of a page."""
    return b"BT /F %g Tf %g %g Td (%s) Tj ET\n" % (size, x, y, words)


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def pages(
    *contents: bytes,
    catalogue: bytes = b"",
    sheet: bytes = b"",
    resources: bytes = b"",
    font: bytes = FONT,
    fonts: bytes = b"",
    after: Sequence[bytes] = (),
) -> bytes:
    """A PDF with a page for each content. Object 3 is the font `/F`, and `after` begins at 10."""
    count = len(contents)
    kids = b" ".join(b"%d 0 R" % (50 + 2 * number) for number in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalogue,
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
        font,
        *[b"null"] * 6,
        *after,
    ]
    objects += [b"null"] * (49 - len(objects))
    for number, content in enumerate(contents):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents %d 0 R %s"
            b" /Resources << /Font << /F 3 0 R %s >> %s >> >>"
            % (51 + 2 * number, sheet, fonts, resources)
        )
        objects.append(stream(content))
    return pdf(*objects)


def bitmap_font() -> bytes:
    """A font as LaTeX makes one of pixels: without a word on which characters it has. Object 10 is
    each of them, and 11 the blank.
    """
    names = b" ".join(b"/a%d" % code for code in range(256))
    glyphs = b" ".join(b"/a%d %d 0 R" % (code, 10 + (code == 32)) for code in range(256))
    return (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 10 10] /FontMatrix [.1 0 0 .1 0 0]"
        b" /FirstChar 0 /LastChar 255 /Widths [%s] /CharProcs << %s >>"
        b" /Encoding << /Type /Encoding /Differences [0 %s] >> >>" % (b"6 " * 256, glyphs, names)
    )


GLYPH = stream(b"6 0 0 0 6 8 d1 0 0 6 8 re f")
NO_GLYPH = stream(b"6 0 0 0 6 8 d1")
