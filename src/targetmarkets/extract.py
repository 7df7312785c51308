"""The text of a document, extracted in a process of its own that can do no harm.

A document may be damaged, or made to harm its reader. So the libraries that read it run in a child
process that has a limited time, memory and output, may open no connection, start no process and
write no file; whatever becomes of it, the parent goes on.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from threading import Timer
from typing import Any, Final, NamedTuple

from targetmarkets.errors import DocumentError, MissingExtraError

Progress = Callable[[int, int], None]
"""Told how many pages are done, and of how many."""

LARGEST: Final = 200 * 1024 * 1024
"""Bytes of a document."""

LONGEST: Final = 100 * 1024 * 1024
"""Bytes of an extracted text, as JSON."""

SECONDS: Final = 60
"""Time that a document may take, and one second more for each `PACE` bytes."""

PACE: Final = 200_000

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
    if len(data) > LARGEST:
        message = f"{name} has {len(data):,} bytes, and {LARGEST:,} are read at most"
        raise DocumentError(message, "divide it, or extract the text yourself and add that")
    media_type = media_type_of(data, name)
    if media_type == TEXT:
        return Extraction(_utf8(data, name), TEXT, "")
    seconds = SECONDS + len(data) // PACE
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        with subprocess.Popen(  # noqa: S603 - this interpreter, and a module of ours
            # -P: nothing is imported from the folder at hand, in which anything may lie
            [sys.executable, "-P", "-m", "targetmarkets.extract_child", media_type, str(seconds)],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
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
    if problem := answer.get("problem"):
        if problem == "extra":
            raise MissingExtraError(f"reading {media_type}", "extract")
        raise DocumentError(f"{name}: {problem}", answer["remedy"])
    return Extraction(
        text=answer["text"],
        media_type=media_type,
        extractor=answer["extractor"],
        pages=tuple(answer["pages"]),
        record=answer["record"],
    )


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
    while line := child.stdout.readline(LONGEST):
        if line.startswith(b"{"):
            try:
                answer: dict[str, Any] = json.loads(line)
            except ValueError:  # it was cut off
                return None
            return answer
        done, _, total = line.partition(b" ")
        if progress and done.isdigit() and total.strip().isdigit():
            progress(int(done), int(total))
    return None
