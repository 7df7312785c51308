"""Archived texts, and the proof that a quotation stands where it is said to stand."""

import os
import re
from array import array
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from targetmarkets import limits
from targetmarkets.errors import UnreadableError
from targetmarkets.kb.address import Address
from targetmarkets.kb.files import read_bytes, sha256
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.kb.paths import Place, file_of, is_store
from targetmarkets.limits import Limit
from targetmarkets.model.objects import Quote
from targetmarkets.text.breaks import AsRead

PREFIX_LENGTH: Final = 60
"""Code points of prefix and suffix that are derived around a quotation."""


MAX_BYTES_HELD: Final = 8 << 20
"""Bytes of archived texts that are held lest they be read again."""


def page_starts(text: str) -> list[int]:
    """Where the pages of a text begin: at its start, and after each form feed."""
    return [0, *(match.end() for match in re.finditer("\f", text))]


class RecordedPassage(Protocol):
    """A passage of an archived text, whatever it is kept for."""

    @property
    def exact(self) -> str:
        """The passage, code point by code point (W3C TextQuoteSelector `exact`)."""

    @property
    def start(self) -> int:
        """Its first code point, from 0 (W3C TextPositionSelector `start`)."""

    @property
    def end(self) -> int:
        """The code point after its last (W3C TextPositionSelector `end`)."""


@dataclass(frozen=True)
class ArchivedText:
    """An archived text as it is on the disk now, and the bytes it was read from."""

    path: Path
    data: bytes

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of its bytes, in lower-case hexadecimal."""
        return sha256(self.data)

    @cached_property
    def text(self) -> str:
        """Its text, code point by code point. Raises `UnicodeDecodeError`."""
        return self.data.decode("utf-8")

    def decoded(self) -> str | None:
        """Its text; None where it is none in UTF-8."""
        try:
            return self.text
        except UnicodeDecodeError:
            return None

    def differs_in_line_ends(self, recorded: str) -> bool:
        """Whether it would have a recorded SHA-256 with other line ends, as git changes them."""
        plain = self.data.replace(b"\r\n", b"\n")
        return recorded in {sha256(plain), sha256(plain.replace(b"\n", b"\r\n"))}

    def holds(self, span: RecordedPassage) -> bool:
        """Whether the span lies within the text."""
        return span.start < span.end <= len(self.text)

    def has(self, span: RecordedPassage) -> bool:
        """Whether the passage stands at its span, exactly."""
        return self.holds(span) and self.text[span.start : span.end] == span.exact

    def has_lines(self, start: int, end: int) -> bool:
        """Whether a stretch lies within the text, between the end of a line and another's start."""
        lines = self.text[start:end].lstrip(" ")
        return end <= len(self.text) and {lines[:1], lines[-1:]} <= {"\n", "\f"}

    def line_of(self, offset: int) -> int:
        """Line, from 1, of a code point."""
        return bisect_right(self._line_starts, offset)

    @cached_property
    def _line_starts(self) -> "array[int]":
        return array("q", chain([0], (match.end() for match in re.finditer("\n", self.text))))

    def around(self, start: int, end: int) -> tuple[str, str]:
        """What stands just before and just after a span (TextQuoteSelector prefix, suffix)."""
        return self.text[max(0, start - PREFIX_LENGTH) : start], self.text[
            end : end + PREFIX_LENGTH
        ]


def folders(knowledge_base: Place) -> tuple[Path, ...]:
    """Folders in which the archived texts of a knowledge base may lie, in order; none of one on a
    server.
    """
    if isinstance(knowledge_base, Address):
        return ()
    beside = Path(os.path.realpath(knowledge_base)).parent
    return beside / "sources", beside / "seeds", beside.parent / "seeds"


def open_archive(knowledge_base: Path, file: str, limit: Limit = limits.TEXT) -> ArchivedText:
    """Read an archived text, or the document that one was extracted from, by its bare name.

    Raises `UnreadableError` where it is missing, is no regular file, or is a link that leads
    out of its folder, and where the folder is a link.
    """
    for folder in folders(knowledge_base):
        stay(folder)
        path = folder / file
        # realpath, and not resolve: a link in a circle is then a file that cannot be opened.
        if Path(os.path.realpath(path)).parent != Path(os.path.realpath(folder)):
            raise UnreadableError(
                f"{path} is a link that leads out of its folder",
                "put the archived text itself there",
            )
        if _is_there(path):
            return ArchivedText(path, read_bytes(path, limit))
    places = " or ".join(str(folder) for folder in folders(knowledge_base))
    raise UnreadableError(f"the archived text {file} is not in {places}", "put the file back there")


def open_kept(kb: Knowledge, file: str, limit: Limit = limits.TEXT) -> ArchivedText:
    """The same by a knowledge base, which may keep such files itself."""
    data = kb.text_bytes(file)
    return (
        open_archive(file_of(kb.path, "an archived text"), file, limit)
        if data is None
        else ArchivedText(kept_in(kb.path) / file, data)
    )


def kept_in(place: Place) -> Path:
    """What stands before the name of an archived file in a message: its folder, or its store."""
    if isinstance(place, Address):
        return Path(place.name)
    return place if is_store(place) else folders(place)[0]


def stay(folder: Path) -> None:
    """Refuse a folder of archived texts that is a link: to whoever made it, any file that you may
    read would be an archived text. Raises `UnreadableError`.
    """
    if folder.is_symlink():
        message = f"{folder} is a link, and may lead anywhere"
        raise UnreadableError(message, "put the folder itself there")


def _is_there(path: Path) -> bool:
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        message = f"{path} cannot be looked up: {error.strerror}"
        raise UnreadableError(message, "check the folder") from error
    return True


class Proof(NamedTuple):
    """Whether a quotation was found in its archived text just now."""

    problem: str | None
    """What is wrong; None where it was found, in a text with the recorded hash."""
    line: int | None = None
    """Line of the archived text, from 1."""
    before: str = ""
    """What stands just before it (TextQuoteSelector `prefix`)."""
    after: str = ""
    """What stands just after it (TextQuoteSelector `suffix`)."""


class Archives:
    """The archived texts of a knowledge base, read when they are asked for, and held a while.

    `files` holds, by name, those that are not yet where they are to be.
    """

    def __init__(
        self,
        kb: Knowledge,
        files: Mapping[str, bytes] | None = None,
        *,
        most: int = MAX_BYTES_HELD,
    ) -> None:
        """`most` is how many bytes of texts are held lest they be read again."""
        self.kb = kb
        self._files = files or {}
        self._most = most
        self._texts: dict[str, ArchivedText | UnreadableError] = {}
        self._held = 0
        self._as_read: dict[str, AsRead] = {}

    def text(self, source: str) -> ArchivedText:
        """The archived text of a source. Raises `UnreadableError`."""
        if source not in self._texts:
            self._hold(source, self._read(source))
        text = self._texts[source]
        if isinstance(text, UnreadableError):
            raise text
        return text

    def _hold(self, source: str, text: ArchivedText | UnreadableError) -> None:
        """Hold a text; those that were read first are read again where there are too many."""
        self._texts[source] = text
        self._held += len(text.data) if isinstance(text, ArchivedText) else 0
        while self._held > self._most and len(self._texts) > 1:
            name = next(iter(self._texts))
            first = self._texts.pop(name)
            self._as_read.pop(name, None)
            self._held -= len(first.data) if isinstance(first, ArchivedText) else 0

    def as_read(self, source: str) -> AsRead | None:
        """The archived text of a source, and the same over what is passed over between pages; None
        where it cannot be read.
        """
        if source not in self._as_read:
            try:
                text = self.text(source).text
            except UnreadableError:
                return None
            archive = self.kb.sources[source].archive
            breaks = archive.passed_over if archive else ()
            self._as_read[source] = AsRead.over(text, breaks)
        return self._as_read[source]

    def problem(self, source: str) -> str | None:
        """What is wrong with the archived text of a source; None where its hash is right."""
        try:
            text = self.text(source)
        except UnreadableError as error:
            return error.message
        archive = self.kb.sources[source].archive
        if archive is None or text.sha256 != archive.sha256:
            if archive and text.differs_in_line_ends(archive.sha256):
                return f"{text.path} has other line ends than were recorded"
            return f"{text.path} does not have the recorded SHA-256"
        return None

    def prove(self, quote: Quote) -> Proof:
        """Look a quotation up at its span."""
        if problem := self.problem(quote.source):
            return Proof(problem)
        text = self.text(quote.source)
        if not text.has(quote):
            return Proof(f"the passage does not stand at {quote.start}–{quote.end}")
        return Proof(None, text.line_of(quote.start), *text.around(quote.start, quote.end))

    def _read(self, source: str) -> ArchivedText | UnreadableError:
        archive = self.kb.sources[source].archive
        if archive is None:
            return UnreadableError(f"{source} has no archived text", "tm add source archives one")
        try:
            if archive.file in self._files:
                path = kept_in(self.kb.path) / archive.file
                text = ArchivedText(path, self._files[archive.file])
            else:
                text = open_kept(self.kb, archive.file)
            len(text.text)  # decodes it
        except UnreadableError as error:
            return error
        except UnicodeDecodeError:
            return UnreadableError(f"{text.path} is not UTF-8", "restore the archived text")
        return text
