"""The text of a document, extracted in a process of its own that can do no harm.

A document may be damaged, or made to harm its reader. So the libraries that read it run in a child
process that has a limited time, memory and output, may open no connection, start no process and
write no file; whatever becomes of it, the parent goes on.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Timer
from typing import Any, Final, NamedTuple

from targetmarkets import limits
from targetmarkets.errors import DocumentError, MissingExtraError

Progress = Callable[[int, int], None]
"""Told how many pages are done, and of how many."""

_START: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv.pop(1)); "
    "from targetmarkets.importing.extract_child import main; main()"
)
"""What the child runs: isolated from the environment, from the folder at hand and from the user's
own packages, it is told where the packages are that its parent has.
"""

_KEPT: Final = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""What an interpreter may need to start. Nothing else of the environment, in which there may be
secrets, is given to a process that a document could take over.
"""

PDF: Final = "application/pdf"
HTML: Final = "text/html"
TEXT: Final = "text/plain"


class Extraction(NamedTuple):
    """What was read from a document."""

    text: str
    """Its text; a form feed between pages."""
    media_type: str
    """What the document is (RFC 6838)."""
    extractor: str
    """Name and version of what extracted the text; empty where the document is the text."""
    pages: tuple[str, ...] = ()
    """Labels of its pages, in order; empty where it has none."""
    record: Mapping[str, Any] = {}
    """What it says of itself, as a bibliographic record in CSL-JSON."""


def extract(data: bytes, name: str, *, progress: Progress | None = None) -> Extraction:
    """The text of a PDF or HTML document, or of a text in UTF-8, which is taken as it is.

    `name` is for messages, and its ending tells HTML from text where the content does not. Raises
    `DocumentError` for a document that cannot be read, and `MissingExtraError`.
    """
    media_type = media_type_of(data, name)
    limit = limits.TEXT if media_type == TEXT else limits.DOCUMENT
    if len(data) > limit.most:
        raise DocumentError(*limit.exceeded(name, len(data)))
    if media_type == TEXT:
        return Extraction(_utf8(data, name), TEXT, "")
    seconds = limits.SECONDS.most + len(data) // limits.BYTES_PER_SECOND
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        with subprocess.Popen(  # noqa: S603 - this interpreter, and a module of ours
            [sys.executable, "-I", "-c", _START, _packages(), media_type, str(seconds)],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in _KEPT if name in os.environ},
        ) as child:
            timer = Timer(seconds, child.kill)
            timer.start()
            try:
                answer = _answer(child, progress)
            finally:
                in_time = timer.is_alive()
                timer.cancel()
                child.kill()
    if answer is None:
        reason = "needs more memory than is given" if in_time else f"takes over {seconds} s"
        message = f"{name} cannot be extracted: it is damaged, or {reason}"
        raise DocumentError(message, "extract its text yourself, and add that")
    if answer.get("problem") == "extra":
        raise MissingExtraError(f"reading {media_type}", "extract")
    if "problem" in answer:
        raise DocumentError(f"{name}: {answer['problem']}", str(answer.get("remedy")))
    parts: list[Any] = [answer.get(name) for name in ("text", "pages", "extractor", "record")]
    text, pages, extractor, record = parts
    if not (_is_text(text, extractor) and _are_pages(pages, text) and _is_record(record)):
        message = f"{name} cannot be extracted: what read it gave no sound answer"
        raise DocumentError(message, "extract its text yourself, and add that")
    return Extraction(text, media_type, extractor, tuple(pages), record)


def _is_text(*values: Any) -> bool:
    """Whether values are texts that can be written.

    This, and what follows, is not taken on trust: the document may have taken over the process.
    """
    try:
        return all(isinstance(value, str) and value.encode() for value in values)
    except UnicodeEncodeError:
        return False


def _are_pages(pages: Any, text: str) -> bool:
    number = text.count("\f") + 1
    return isinstance(pages, list) and (not pages or (len(pages) == number and _is_text(*pages)))


def _is_record(record: Any) -> bool:
    """Whether it is a record in CSL-JSON with texts, authors as bodies, and a date."""
    if not isinstance(record, dict):
        return False
    rest = {**record}
    authors, issued = rest.pop("author", []), rest.pop("issued", {"date-parts": [[1]]})
    try:
        (numbers,) = issued["date-parts"]
        names = [author["literal"] for author in authors]
        return _is_text(*rest.values(), *names) and all(type(part) is int for part in numbers)
    except (LookupError, TypeError, ValueError):
        return False


def _packages() -> str:
    """Where packages are, as JSON; without what would be looked for in the folder at hand."""
    return json.dumps([path for path in sys.path if Path(path).is_absolute()])


def media_type_of(data: bytes, name: str) -> str:
    """What a document is: by what it begins with, or else by the ending of its name."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\f").lower()
    if b"%pdf-" in data[:1024].lower():
        return PDF
    marks = (b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body", b"<!--")
    ending = name.lower().endswith((".html", ".htm", ".xhtml", ".mhtml"))
    utf16 = data.startswith((b"\xff\xfe<", b"\xfe\xff\x00<"))
    return HTML if ending or utf16 or start.startswith(marks) else TEXT


def _utf8(data: bytes, name: str) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"{name}: byte {error.start} is not UTF-8, and it is neither PDF nor HTML"
        raise DocumentError(message, "save it as UTF-8, PDF or HTML") from error
    if not text.strip():
        raise DocumentError(f"{name} holds no text", "give a document that does")
    return text


def _answer(child: subprocess.Popen[bytes], progress: Progress | None) -> dict[str, Any] | None:
    """What a child says at the end; None where it says nothing more."""
    assert child.stdout is not None
    while line := child.stdout.readline(limits.ANSWER.most):
        if line.startswith(b"{"):
            try:
                answer: dict[str, Any] = json.loads(line)
            except (ValueError, RecursionError):  # it was cut off, or made to harm
                return None
            return answer
        done, _, total = line.partition(b" ")
        if progress and done.isdigit() and total.strip().isdigit():
            progress(int(done), int(total))
    return None
