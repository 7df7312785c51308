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
from targetmarkets.importing.kinds import NAMES, OTHER, TEXT, TURNS_OUT, media_type_of, refused
from targetmarkets.model.gaps import GAPS

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
    gaps: tuple[Mapping[str, Any], ...] = ()
    """What could not be read, or is not shown, in the form of the file: `model.gaps.Gap`."""
    breaks: tuple[tuple[int, int], ...] = ()
    """Where a sentence goes on over what stands at the foot and the head of pages and columns."""


def extract(data: bytes, name: str, *, progress: Progress | None = None) -> Extraction:
    """The text of a document, or of a text in UTF-8, which is taken as it is.

    `name` is for messages, and its ending tells HTML from text where the content does not. Raises
    `DocumentError` for a document that cannot be read, and `MissingExtraError`.
    """
    if kind := refused(data):
        raise DocumentError(f"{name} is {kind.what}", kind.remedy)
    media_type = media_type_of(data, name)
    limit = limits.TEXT if media_type == TEXT else limits.DOCUMENT
    if len(data) > limit.most:
        raise DocumentError(*limit.exceeded(name, len(data)))
    if media_type == TEXT:
        return _as_text(data, name)
    answer = asked(data, name, media_type, progress)
    if answer.get("problem") == "extra":
        raise MissingExtraError(f"reading {NAMES.get(media_type, media_type)}", "extract")
    if "problem" in answer:
        raise DocumentError(f"{name}: {answer['problem']}", str(answer.get("remedy")))
    return _checked(answer, name, media_type)


def _as_text(data: bytes, name: str) -> Extraction:
    """A text as it is. Raises `DocumentError`, which says what else it is, if that is known."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        answer = asked(data, name, OTHER)
        problem, remedy = answer.get("problem"), "save it as UTF-8, PDF or HTML"
        if not problem or problem == "extra":
            problem = f"byte {error.start} is not UTF-8, and it is no document that is read"
        raise DocumentError(f"{name}: {problem}", remedy) from error
    if not text.strip():
        raise DocumentError(f"{name} holds no text", "give a document that does")
    return Extraction(text, TEXT, "")


def asked(
    data: bytes,
    name: str,
    media_type: str,
    progress: Progress | None = None,
    *,
    seconds: float | None = None,
) -> Mapping[str, Any]:
    """What a process of its own says of a document. Raises `DocumentError`.

    Nothing in the answer is sound until it was looked at: the document may have written it.
    """
    if seconds is None:
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
    return answer


def _checked(answer: Mapping[str, Any], name: str, media_type: str) -> Extraction:
    """What was read, if the answer is sound. Raises `DocumentError`."""
    parts: list[Any] = [answer.get(name) for name in ("text", "pages", "extractor", "record")]
    text, pages, extractor, record = parts
    gaps = _gaps(answer.get("gaps", []), pages)
    breaks = answer.get("breaks", [])
    found = answer.get("media_type") or media_type
    known = TURNS_OUT.get(media_type, frozenset({media_type}))
    sound = _is_text(text, extractor) and _are_pages(pages, text) and _is_record(record)
    sound = sound and gaps is not None and _are_breaks(breaks, text)
    if not sound or found not in known:
        message = f"{name} cannot be extracted: what read it gave no sound answer"
        raise DocumentError(message, "extract its text yourself, and add that")
    passed_over = tuple((start, end) for start, end in breaks)
    return Extraction(text, found, extractor, tuple(pages), record, gaps or (), passed_over)


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


def _are_breaks(breaks: Any, text: str) -> bool:
    """Whether they are stretches of the text, one after the other, with text between them."""
    done = -1
    for span in breaks if isinstance(breaks, list) else [None]:
        if not isinstance(span, list) or [type(end) for end in span] != [int, int]:
            return False
        if not done < span[0] < span[1] < len(text):
            return False
        done = span[1]
    return True


def _gaps(gaps: Any, pages: Any) -> tuple[Mapping[str, Any], ...] | None:
    """What could not be read, if it is told soundly; None where it is not."""
    labels = set(pages) if isinstance(pages, list) and _is_text(*pages) else set()
    sound = isinstance(gaps, list) and all(
        isinstance(gap, dict)
        and set(gap) == {"kind", "count", "pages"}
        and gap["kind"] in GAPS
        and type(gap["count"]) is int
        and gap["count"] > 0
        and isinstance(gap["pages"], list)
        and _is_text(*gap["pages"])
        and labels.issuperset(gap["pages"])
        for gap in gaps
    )
    return tuple(gaps) if sound else None


def _is_record(record: Any) -> bool:
    """Whether it is a record in CSL-JSON with texts, authors by name, and a date."""
    if not isinstance(record, dict):
        return False
    rest = {**record}
    authors, issued = rest.pop("author", []), rest.pop("issued", {"date-parts": [[1]]})
    try:
        (numbers,) = issued["date-parts"]
        parts = [part for author in authors for part in author.values()]
        forms = all(set(author) in ({"literal"}, {"family", "given"}) for author in authors)
        return (
            forms
            and _is_text(*rest.values(), *parts)
            and all(type(part) is int for part in numbers)
        )
    except (AttributeError, LookupError, TypeError, ValueError):
        return False


def _packages() -> str:
    """Where packages are, as JSON; without what would be looked for in the folder at hand."""
    return json.dumps([path for path in sys.path if Path(path).is_absolute()])


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
