"""Read a document from a file or stdin, with a progress bar for a person who waits."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Final

from targetmarkets import limits
from targetmarkets.cli.output import tell
from targetmarkets.cli.writing import read_argument
from targetmarkets.formats.escape import visible
from targetmarkets.importing.extract import extract
from targetmarkets.importing.witness import with_witness
from targetmarkets.writing.archiving import Document


def read_document(name: str) -> Document:
    """The document that an argument names, with its text. Raises `UnreadableError` and more."""
    data = read_argument(name, limits.DOCUMENT)
    called = "stdin" if name == "-" else name
    with progress(called) as report:
        extraction = extract(data, called, progress=report)
    extraction, differences = with_witness(data, extraction)
    return Document(data, extraction, "" if name == "-" else name, differences)


def say_of(document: Document) -> None:
    """Tell a person what of a document was not read, and what to do."""
    for message, remedy in document.said():
        tell(message, remedy or None)


def went_on(done: int, of: int) -> None:
    """Tell a person that what was broken off goes on."""
    tell(f"went on after {done:,} of {of:,} objects")


SECONDS_UNTIL_PROGRESS: Final = 1
"""Seconds after which a person is shown how much is done."""


@contextmanager
def progress(name: str) -> Iterator[Callable[[int, int], None] | None]:
    """A function that shows how much is done, on stderr if that is a terminal."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    import typer

    begun = time.monotonic()
    with ExitStack() as stack:
        bars: list[Any] = []

        def report(done: int, of: int) -> None:
            if not bars and time.monotonic() - begun > SECONDS_UNTIL_PROGRESS:
                bar = typer.progressbar(length=of, label=visible(name[:40]), file=sys.stderr)
                bars.append(stack.enter_context(bar))
            for bar in bars:
                bar.update(done - bar.pos)

        yield report
