"""The process that reads a document: see `extract`. Reads stdin, answers on stdout.

Lines of two numbers tell how many pages are done; the last line is the answer, as JSON.
"""

import json
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any, Final

from targetmarkets import limits
from targetmarkets.importing.confinement import confine

_BLOCKS: Final = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd",
    "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "legend", "li",
    "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "search", "section",
    "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
))  # fmt: skip
"""Elements that begin and end a line."""

_PARAGRAPHS: Final = frozenset((
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "ul", "ol", "dl", "pre",
    "hr",
))  # fmt: skip
"""Elements with an empty line before and after them."""

_HIDDEN: Final = frozenset((
    "script", "style", "template", "noscript", "head", "iframe", "object", "svg", "math",
))  # fmt: skip
"""Elements whose text a browser does not show, or not as text."""

_CHARSET: Final = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE)

_SPACE: Final = re.compile(r"[ \t\r\n\f]+")


class UnfitError(Exception):
    """What is wrong with a document, and what to do."""


def main() -> None:
    """Read the document on stdin as the media type that is the first argument."""
    media_type, seconds = sys.argv[1], int(float(sys.argv[2])) + 1
    data = sys.stdin.buffer.read()
    try:
        read = _pdf_reader() if media_type == "application/pdf" else _html_reader()
    except ImportError:
        _say({"problem": "extra"})
        return
    confine(seconds)
    try:
        _say(read(data))
    except UnfitError as error:
        problem, remedy = error.args
        _say({"problem": problem, "remedy": remedy})
    except (MemoryError, RecursionError):
        most, remedy = limits.MEMORY.most, limits.MEMORY.remedy
        _say({"problem": f"it needs more memory than {most:,} bytes", "remedy": remedy})


def _say(answer: object) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def _pdf_reader() -> Any:
    import pypdfium2

    build = pypdfium2.PDFIUM_INFO.build
    version = f"pypdfium2 {pypdfium2.PYPDFIUM_INFO.version} with PDFium {build}"

    def read(data: bytes) -> dict[str, Any]:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if "assword" in str(error):
                raise UnfitError("it is encrypted", "save it without a password") from error
            raise UnfitError(f"it is no sound PDF: {error}", "print it to PDF again") from error
        count = len(document)
        if count > limits.PAGES.most:
            raise UnfitError(*limits.PAGES.exceeded("it", count))
        texts, labels = [], []
        for number in range(count):
            texts.append(_page_text(pypdfium2, document, number))
            label = " ".join(_clean(document.get_page_label(number)).split())[:100].strip()
            labels.append(label or str(number + 1))
            sys.stdout.write(f"{number + 1} {count}\n")
            sys.stdout.flush()
        if not any(text.strip() for text in texts):
            raise UnfitError("it holds no text, only pictures", "recognise its text (OCR) first")
        about = document.get_metadata_dict()
        return {
            "text": "\f".join(texts),
            "pages": labels,
            "extractor": version,
            "record": _record({"title": about.get("Title"), "author": about.get("Author")}),
        }

    return read


def _page_text(library: Any, document: Any, number: int) -> str:
    """The text of a page; of one that cannot be read, none."""
    try:
        text = document[number].get_textpage().get_text_range()
    except library.PdfiumError:
        return ""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    # PDFium writes U+FFFE, or once U+0002, for a hyphen at the end of a line, without the line end.
    return _clean(re.sub("[\ufffe\x02]\n?", "-\n", text))


def _html_reader() -> Any:
    import selectolax
    import webencodings
    from selectolax.lexbor import LexborHTMLParser

    version = f"selectolax {selectolax.__version__} with lexbor"

    def read(data: bytes) -> dict[str, Any]:
        declared = _CHARSET.search(data, 0, 4096)
        label = declared[1].decode("ascii", "replace") if declared else ""
        encoding = webencodings.lookup(label)
        if encoding is None or encoding.name.startswith("utf-16"):
            encoding = webencodings.UTF8 if _is_utf8(data) else webencodings.lookup("windows-1252")
        text, _ = webencodings.decode(data, encoding, errors="replace")
        tree = LexborHTMLParser(text.replace("\0", "\ufffd"))
        words = _clean(_joined(_laid_out(tree.body))) if tree.body else ""
        if not words.strip():
            raise UnfitError("it holds no text", "save the page from a browser, as it shows it")
        return {
            "text": words,
            "pages": [],
            "extractor": version,
            "record": {"type": "webpage", **_record(_html_about(tree))},
        }

    return read


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _joined(parts: Iterator[str | int]) -> str:
    """Texts, with the line ends that are asked for between them: the most of those that meet."""
    text: list[str] = []
    breaks = 0
    for part in parts:
        if isinstance(part, int):
            breaks = max(breaks, part)
        elif part:
            if breaks and text:
                text[-1] = text[-1].rstrip(" \t")
                text.append("\n" * breaks)
            text.append(part)
            breaks = 0
    return "".join(text).rstrip() + "\n"


def _laid_out(body: Any) -> Iterator[str | int]:
    """The text of a page as a browser shows it, and how many line ends it has where.

    Without recursion: a page may be of any depth.
    """
    stack: list[tuple[Any, bool]] = [(body, False)]
    spaced = True  # whether a space here would be one too many
    while stack:
        node, leaving = stack.pop()
        tag = node.tag
        if tag == "-text":
            text = node.text_content or ""
            if _is_preformatted(node):
                yield text.replace("\r\n", "\n")
            else:
                text = _SPACE.sub(" ", text)
                text = text[1:] if spaced and text.startswith(" ") else text
                spaced = text.endswith(" ") if text else spaced
                yield text
            continue
        if tag in _HIDDEN or tag.startswith(("-", "_")) or _is_hidden(node):
            continue
        if tag in _BLOCKS or tag == "br":
            spaced = True
            yield 2 if tag in _PARAGRAPHS else 1
        elif leaving and tag in {"td", "th"}:
            spaced = True
            yield "\t"
        if not leaving:
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(_children(node)))


def _children(node: Any) -> list[Any]:
    children = []
    child = node.child
    while child is not None:
        children.append(child)
        child = child.next
    return children


def _is_hidden(node: Any) -> bool:
    attributes = node.attributes
    return (
        "hidden" in attributes
        or re.search(r"display\s*:\s*none", attributes.get("style") or "") is not None
    )


def _is_preformatted(node: Any) -> bool:
    parent = node.parent
    for _ in range(4):  # code in pre, at most a few elements deep
        if parent is None:
            return False
        if parent.tag in {"pre", "textarea"}:
            return True
        parent = parent.parent
    return False


def _html_about(tree: Any) -> dict[str, Any]:
    """What a page says of itself in its head."""
    meta: dict[str, str] = {}
    for node in tree.css("meta"):
        name = node.attributes.get("name") or node.attributes.get("property") or ""
        meta.setdefault(name.lower(), node.attributes.get("content") or "")
    title = tree.css_first("title")
    canonical = tree.css_first("link[rel=canonical]")
    return {
        "title": meta.get("citation_title") or meta.get("og:title") or (title and title.text()),
        "author": meta.get("citation_author") or meta.get("author"),
        "container-title": meta.get("og:site_name"),
        "URL": (canonical and canonical.attributes.get("href")) or meta.get("og:url"),
        "issued": meta.get("citation_publication_date") or meta.get("article:published_time"),
    }


def _record(about: dict[str, Any]) -> dict[str, Any]:
    """What a document says of itself as CSL-JSON, as far as it makes sense."""
    known = {
        name: " ".join(_clean(str(value)).split())[:1000].strip()
        for name, value in about.items()
        if value
    }
    if not re.match("https?://", known.get("URL", ""), re.IGNORECASE):
        known.pop("URL", None)  # an address that runs something is nobody's address
    record: dict[str, Any] = {
        name: value for name, value in known.items() if value and name not in {"author", "issued"}
    }
    if known.get("author"):
        record["author"] = [{"literal": known["author"]}]
    if issued := re.match(r"(\d{4})[-/](\d{2})[-/](\d{2})", known.get("issued", "")):
        year, month, day = map(int, issued.groups())
        with suppress(ValueError):  # a day that no calendar has
            date(year, month, day)
            record["issued"] = {"date-parts": [[year, month, day]]}
    return record


def _clean(text: str) -> str:
    """A text without what cannot be in one: lone surrogates, and controls that end or hide it."""
    return re.sub(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]", "", text.encode("utf-8", "replace").decode()
    )


if __name__ == "__main__":
    main()
