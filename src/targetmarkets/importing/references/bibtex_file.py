"""The records of a BibTeX file, found by their braces; what is in one is read when it is asked for.

So a file with thousands of records costs the time of its size, and a record that is wrong does no
harm to the others.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from targetmarkets import limits
from targetmarkets.errors import UsageError, shorten
from targetmarkets.importing.references.dates import month_of

_BEGIN: Final = re.compile(r"@[ \t]*([A-Za-z]+)\s*([{(])")
_LINE: Final = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]+\s*[{(]", re.MULTILINE)
_MARKS: Final = {"{": re.compile(r"[{}]"), "(": re.compile(r"[{})]")}
_QUOTED: Final = re.compile(r'[{}"]')
_JOINED: Final = re.compile(r"\s*#\s*")
_KEY: Final = re.compile(r"\s*([^\s,=#]*)\s*(?:,|$)")
_NAME: Final = re.compile(r"[\s,]*([^\s={}\",#%()']+)\s*=\s*")
_PIECE: Final = re.compile(r"([0-9]+)|([^\s={}\",#%()']+)")

_IN_BOOKS: Final = frozenset({"inbook", "bookinbook", "suppbook"})
_CHAPTERS: Final = _IN_BOOKS | {"conference", "incollection", "inproceedings", "suppcollection"}
_SETS: Final = frozenset({"mvbook", "mvcollection", "mvproceedings", "mvreference"})
_NOT_INHERITED: Final = frozenset(
    {"crossref", "xdata", "xref", "title", "subtitle", "titleaddon", "label", "options", "ids",
     "shorttitle", "sorttitle", "related", "relatedtype", "entryset"}
)  # fmt: skip
"""What a part does not have of its whole; of a book it has the title as that of the book."""


class Entry(NamedTuple):
    """A record of the file, unread."""

    kind: str
    key: str
    body: str
    line: int


class Field(NamedTuple):
    """A field of a record, once its macros are put in."""

    name: str
    """Its name in small letters."""
    value: str
    unknown: tuple[str, ...] = ()
    """Macros that the file does not define; their names stand in the value."""
    own: bool = True
    """Whether the record has it itself, and not from another."""


class BibFile:
    """A file of BibTeX or BibLaTeX."""

    def __init__(self, text: str) -> None:
        self.entries: list[Entry] = []
        self._macros: dict[str, str] = {}
        self._broken: set[str] = set()
        for kind, body, line in _blocks(text):
            if kind == "string":
                self._define(body)
            elif kind not in {"preamble", "comment"}:
                key = _KEY.match(body)
                found, end = (key[1], key.end()) if key else ("", 0)
                self.entries.append(Entry(kind, found, body[end:], line))
        self._by_key = {entry.key.lower(): entry for entry in reversed(self.entries)}

    def fields(self, entry: Entry) -> list[Field]:
        """The fields of a record, then those that it has from the records that it names.

        Raises `UsageError` where a part of it cannot be read.
        """
        return self._gathered(entry, [], {})

    def _gathered(
        self, entry: Entry, heirs: list[Entry], found: dict[Entry, list[Field]]
    ) -> list[Field]:
        """The same for a record from which `heirs` have fields, each from the one after it. What
        was gathered is in `found`; a record that names itself, by others or not, has nothing of
        that.
        """
        if entry in found:
            return found[entry]
        if len(heirs) > limits.DEPTH.most:
            message = f"{heirs[0].key} has fields from over {limits.DEPTH.most} records in a row"
            raise UsageError(message, "correct crossref in the file, or give CSL-JSON")
        fields = list(self._read(entry))
        above = [each for each in self._parents(fields) if each[0] not in (*heirs, entry)]
        for parent, shared in above:
            have = {field.name for field in fields}
            theirs = self._gathered(parent, [*heirs, entry], found)
            inherited = _inherited(entry.kind, parent.kind, theirs, shared=shared)
            fields += _numbered(field for field in inherited if field.name not in have)
        found[entry] = fields
        return fields

    def has(self, key: str) -> bool:
        """Whether it has a record of a key."""
        return key.strip().lower() in self._by_key

    def _parents(self, fields: list[Field]) -> Iterator[tuple[Entry, bool]]:
        """The records that a record names, each with whether it is a store of fields alone."""
        for name in ("xdata", "crossref"):
            keys = ",".join(field.value for field in fields if field.name == name)
            for key in dict.fromkeys(part.strip().lower() for part in keys.split(",")):
                if key and key in self._by_key:
                    yield self._by_key[key], name == "xdata"

    def _define(self, body: str) -> None:
        """A macro. What is wrong with one harms nothing but the records that use it."""
        name = _NAME.match(body)
        try:
            for field in self._values(Entry("string", "", body, 0)):
                self._macros[field.name] = field.value
                self._broken.discard(field.name)
        except UsageError:
            self._broken |= {name[1].lower()} - self._macros.keys() if name else set()

    def _read(self, entry: Entry) -> Iterator[Field]:
        return _numbered(self._values(entry))

    def _values(self, entry: Entry) -> Iterator[Field]:
        text, at = entry.body, 0
        while name := _NAME.match(text, at):
            value, unknown, at = self._value(text, name.end(), entry)
            if _depth(value) > limits.DEPTH.most:
                message = f"the record {entry.key} has braces over {limits.DEPTH.most} levels deep"
                raise UsageError(message, "correct the file, or give CSL-JSON")
            yield Field(name[1].lower(), value, unknown)
        if rest := text[at:].strip(" \t\r\n,"):
            raise _unreadable(entry, text[:at], rest)

    def _value(self, text: str, at: int, entry: Entry) -> tuple[str, tuple[str, ...], int]:
        """A value from where it begins: pieces joined by `#`."""
        pieces, unknown = [], []
        while True:
            start = at
            if text[at : at + 1] == "{":
                at = _end(text, at)
                pieces.append(text[start + 1 : at - 1])
            elif text[at : at + 1] == '"':
                at = _end_of_quoted(text, at)
                pieces.append(text[start + 1 : at - 1])
            elif piece := _PIECE.match(text, at):
                at = piece.end()
                macro = piece[0].lower()
                if macro in self._broken:
                    raise _unreadable(entry, text[:start], text[start:])
                known = piece[1] or self._macros.get(macro) or (month_of(macro) and macro)
                unknown += [] if known else [piece[0]]
                pieces.append(known or piece[0])
            if at <= start:
                raise _unreadable(entry, text[:start], text[start:])
            if sum(map(len, pieces)) > limits.INPUT.most:
                raise _unreadable(entry, text[:start], "its macros, which use one another")
            if not (joined := _JOINED.match(text, at)):
                return "".join(pieces), tuple(unknown), at
            at = joined.end()


def _blocks(text: str) -> Iterator[tuple[str, str, int]]:
    """The blocks of a file: what each is, what stands between its braces, and its line.

    One that does not end does so where the next begins on a line of its own.
    """
    at, line, counted, broken = 0, 1, 0, False
    while begin := _BEGIN.search(text, at):
        line += text.count("\n", counted, begin.start())
        counted, opening = begin.start(), begin.end() - 1
        at = -1 if broken else _end(text, opening, begin[2])
        end = at - 1
        if at < 0:
            broken = True
            following = _LINE.search(text, begin.end())
            limit = following.start() if following else len(text)
            at = _end(text, opening, begin[2], limit)
            at, end = (at, at - 1) if at > 0 else (limit, limit)
        if body := text[begin.end() : end].strip():
            yield begin[1].lower(), body, line


def _end(text: str, at: int, opening: str = "{", limit: int = sys.maxsize) -> int:
    """Where a group ends that begins at an offset; -1 where it does not. BibTeX counts every brace,
    escaped ones too.
    """
    depth = 0
    for mark in _MARKS[opening].finditer(text, at, limit):
        if mark[0] == ")" and depth == 0:
            return mark.end()
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
        if depth == 0 and mark[0] == "}" and opening == "{":
            return mark.end()
    return -1


def _end_of_quoted(text: str, at: int) -> int:
    """Where a value in quotation marks ends: at one that is in no braces."""
    depth = 0
    for mark in _QUOTED.finditer(text, at + 1):
        if mark[0] == '"' and depth == 0:
            return mark.end()
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
    return -1


def _depth(value: str) -> int:
    """How many groups of a value lie in one another, at most."""
    steps = (1 if brace[0] == "{" else -1 for brace in _MARKS["{"].finditer(value))
    return max(accumulate(steps), default=0)


def _numbered(fields: Iterable[Field]) -> Iterator[Field]:
    """Fields, of which the second of a name has another: `note (2)`."""
    seen: Counter[str] = Counter()
    for field in fields:
        seen[field.name] += 1
        again = f" ({seen[field.name]})" if seen[field.name] > 1 else ""
        yield field._replace(name=field.name + again)


def _inherited(kind: str, parent: str, fields: Sequence[Field], *, shared: bool) -> Iterator[Field]:
    """What a record of some kind has of one that it names: of a store of fields all, of its whole
    what is said of both.
    """
    names = {field.name for field in fields}
    for field in fields:
        name = field.name
        if shared:
            yield field._replace(own=False)
            continue
        if parent in _SETS and name in {"title", "subtitle"}:
            yield field._replace(name=f"main{name}", own=False)
        elif kind in _CHAPTERS and name in {"title", "subtitle"} and f"book{name}" not in names:
            yield field._replace(name=f"book{name}", own=False)
        elif kind == "article" and name in {"title", "subtitle"}:
            yield field._replace(name=f"journal{name}", own=False)
        elif kind in _IN_BOOKS and name == "author":
            yield from (field._replace(own=False), field._replace(name="bookauthor", own=False))
        elif name not in _NOT_INHERITED:
            yield field._replace(own=False)


def _unreadable(entry: Entry, before: str, rest: str) -> UsageError:
    line = entry.line + before.count("\n")
    message = f"the record {entry.key} cannot be read from line {line} on: {shorten(rest.strip())}"
    return UsageError(message, "correct it there, or give CSL-JSON")
