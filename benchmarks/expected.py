"""What stands where in a knowledge base, and what must be found where a character of it changes.

Nothing here asks the code under test: the text of the file is scanned, and the rules are those
that the data model and the design state.
"""

import json
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

Role = tuple[str, ...]
"""The way to a value without the positions in lists, such as `claims`, `evidence`, `quote`."""

JsonPath = tuple[str | int, ...]

LISTS: Final = ("sources", "quotes", "customers", "categories", "groups", "claims")

IDS: Final[list[Role]] = [(name, "id") for name in LISTS]

REFERENCES: Final[Mapping[Role, tuple[str, ...]]] = {
    ("sources", "reports_on"): ("sources",),
    ("quotes", "source"): ("sources",),
    ("groups", "members"): ("customers",),
    ("claims", "about"): ("customers", "categories", "groups"),
    ("claims", "denies"): ("claims",),
    ("claims", "conflicts_with"): ("claims",),
    ("claims", "speakers", "work"): ("sources",),
    ("claims", "evidence", "quote"): ("quotes",),
    ("claims", "evidence", "reference", "source"): ("sources",),
}
"""Where one object names another, and the lists that it may stand in."""


ANY: Final = -1
"""Some line, which cannot be known before."""


NAMED: Final = frozenset(
    ("exact", "start", "end", "sha256", "statement", "period", "date-parts", "name", "note", "URL")
)
"""Fields that the rows of a table name; there are many others."""


class Token(NamedTuple):
    """A token of a JSON text, or the white space between two."""

    path: JsonPath
    kind: str
    """"white space", "punctuation", "key" or "value"."""
    start: int
    end: int


class Place(NamedTuple):
    """One thing that verify names."""

    check: str
    file: str
    path: str | None
    id: str | None
    line: int | None
    message: str = ""

    @classmethod
    def of_message(cls, message: str) -> "Place":
        """The place that the message about a text that is not JSON names."""
        said = re.match(r"(.*), line (\d+), column \d+: (not JSON)", message)
        if said is None:
            return cls("unread", "", None, None, None, message)
        return cls(said[3], Path(said[1]).name, None, None, int(said[2]), message)


class Expected(NamedTuple):
    """What must be found, and what else may be."""

    must: tuple[Place, ...]
    about: frozenset[str] = frozenset()
    """Ids of objects that refer to what was changed, and may be found wrong with it."""

    def differs(self, found: Iterable[Place]) -> str:
        """What is not found, or is found beside it, in words; empty where all is as it must be."""
        found = list(found)
        for place in self.must:
            if not any(_is(place, other) for other in found):
                return f"not found: {place}, and found: {found[:3]}"
        for other in found:
            if other.id not in self.about and not any(_is(place, other) for place in self.must):
                return f"found beside it: {other}"
        return ""


def _is(place: Place, other: Place) -> bool:
    """Whether a place is the one that is meant; its message need only hold what is given."""
    lines = {other.line if place.line == ANY else place.line}
    if place.check == "not JSON" and place.line:
        lines.add(place.line + 1)  # a parser stops at the next token, which may stand there
    same = place[:4] == other[:4] and other.line in lines
    return same and place.message in other.message


def role_of(path: JsonPath) -> Role:
    """The role of the value at a path."""
    return tuple(part for part in path if isinstance(part, str))


def shown(path: JsonPath) -> str:
    """A path as people write it."""
    return "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in path).lstrip(".")


class Scan:
    """Every token of a well-formed JSON text, and the white space between."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.tokens: list[Token] = []
        self._value(())
        self._space(())

    def _take(self, path: JsonPath, kind: str, end: int) -> str:
        self.tokens.append(Token(path, kind, self.at, end))
        taken = self.text[self.at : end]
        self.at = end
        return taken

    def _space(self, path: JsonPath) -> None:
        end = self.at
        while self.text[end : end + 1] in set(" \t\r\n"):
            end += 1
        if end > self.at:
            self._take(path, "white space", end)

    def _value(self, path: JsonPath) -> None:
        self._space(path)
        opening = self.text[self.at]
        if opening in "[{":
            self._container(path, opening)
        else:
            self._take(path, "value", self._end_of_scalar())

    def _container(self, path: JsonPath, opening: str) -> None:
        self._take(path, "punctuation", self.at + 1)
        count = 0
        self._space(path)
        while self.text[self.at] not in "]}":
            if count:
                self._take(path, "punctuation", self.at + 1)  # a comma
                self._space(path)
            part: str | int = count
            if opening == "{":
                end = self._end_of_scalar()
                part = json.loads(self.text[self.at : end])
                self._take((*path, part), "key", end)
                self._space((*path, part))
                self._take((*path, part), "punctuation", self.at + 1)  # a colon
            self._value((*path, part))
            self._space(path)
            count += 1
        self._take(path, "punctuation", self.at + 1)

    def _end_of_scalar(self) -> int:
        _, end = json.JSONDecoder().raw_decode(self.text, self.at)
        return end


class Known:
    """A sound knowledge base, and what a change to it must come to."""

    def __init__(self, path: Path, text: str, files: dict[str, bytes]) -> None:
        self.path = path
        self.text = text
        self.files = files
        self.data: dict[str, Any] = json.loads(text)
        self.tokens = Scan(text).tokens
        self.starts: dict[JsonPath, int] = {}
        self.values: dict[Role, list[Token]] = defaultdict(list)
        self.scalars: dict[JsonPath, Token] = {}
        for token in self.tokens:
            if token.kind != "white space":
                self.starts.setdefault(token.path, token.start)
            if token.kind == "value":
                self.values[role_of(token.path)].append(token)
                self.scalars[token.path] = token
        self.spaces = [token for token in self.tokens if token.kind == "white space"]
        self.plain = [
            at
            for token in self.tokens
            if text[token.start] == '"' and "\\" not in text[token.start : token.end]
            for at in range(token.start + 1, token.end - 1)
        ]
        """Offsets of characters of keys and texts that hold no escape."""
        self.ids = {
            item["id"]: (name, n) for name in LISTS for n, item in enumerate(self.data[name])
        }
        self.archives = {
            source["archive"]["file"]: n
            for n, source in enumerate(self.data["sources"])
            if "archive" in source
        }
        self.references = [
            (token.path, self.owner(token.path), json.loads(text[token.start : token.end]))
            for role in REFERENCES
            for token in self.values[role]
        ]

    def at(self, path: JsonPath) -> Any:
        """The value at a path."""
        value: Any = self.data
        for part in path:
            value = value[part]
        return value

    def owner(self, path: JsonPath) -> str:
        """Id of the object in which a path lies."""
        id_: str = self.at(path[:2])["id"]
        return id_

    def place(self, check: str, path: JsonPath, id_: str | None = None) -> Place:
        """A place in the file, with its line."""
        id_ = self.owner(path) if id_ is None else id_
        return Place(check, self.path.name, shown(path), id_, self._line(self.starts[path]))

    def dependents(self, id_: str) -> frozenset[str]:
        """Ids of the objects that refer to one, directly or through others."""
        reached, ahead = set[str](), [id_]
        while ahead:
            target = ahead.pop()
            more = {owner for _, owner, named in self.references if named == target} - reached
            reached |= more
            ahead += more
        return frozenset(reached)

    def rewritten(self, token: Token, written: str) -> Expected | str:
        """What must come of a value that is written otherwise."""
        path, role = token.path, role_of(token.path)
        try:
            value = json.loads(written)
        except ValueError:
            line = self._line(token.start)
            return Expected((Place("not JSON", self.path.name, None, None, line),))
        if (old := self.at(path)) == value and type(old) is type(value):
            return "nothing"
        if role[-1] == "exact":
            return self._passage(path, value, shaped=bool(value))
        if role[-1] in {"start", "end"} and role[-2] != "pages":
            whole = isinstance(value, int) and value >= (role[-1] == "end")
            return self._passage(path, value, shaped=whole)
        if role == ("sources", "archive", "sha256"):
            return self._hash(path, value)
        if role in IDS:
            return self._id(path, value)
        if role in REFERENCES:
            return self._reference(path, value)
        return "history"

    def _passage(self, path: JsonPath, value: Any, *, shaped: bool) -> Expected:
        """What comes of a changed passage or span."""
        about = self.dependents(self.owner(path)) if path[0] == "quotes" else frozenset[str]()
        if not shaped:
            return Expected((self.place("shape", path),))
        stored = {**self.at(path[:-1]), path[-1]: value}
        source = stored["source"] if "source" in stored else self.owner(path)
        length = len(self._archived_text(source))
        check = "quotation" if stored["start"] < stored["end"] <= length else "span"
        return Expected((self.place(check, path[:-1]),), about)

    def _archived_text(self, source: str) -> str:
        _, n = self.ids[source]
        return self.files[self.data["sources"][n]["archive"]["file"]].decode()

    def _hash(self, path: JsonPath, value: str) -> Expected:
        if not re.fullmatch("[0-9a-f]{64}", value):
            return Expected((self.place("shape", path),))
        file = self.at(path[:-1])["file"]
        return Expected((Place("hash", file, shown(path), self.owner(path), None),))

    def _id(self, path: JsonPath, new: str) -> Expected | str:
        """What comes of an object that has another id."""
        old = self.owner(path)
        if not _is_id(new):
            return Expected((self.place("ids", path, new[:100]),))
        must = [
            self.place("references", place, new if owner == old else owner)
            for place, owner, named in self.references
            if named == old
        ]
        about = self.dependents(old)
        if new in self.ids:
            name, n = self.ids[new]
            later = max(path[:2], (name, n), key=lambda where: (LISTS.index(where[0]), where[1]))
            must.append(self.place("ids", (*later, "id"), new))
            about |= self.dependents(new)
        return Expected(tuple(must), about) if must else "history"

    def _reference(self, path: JsonPath, new: str) -> Expected | str:
        """What comes of a reference that names something else."""
        owner = self.owner(path)
        if not _is_id(new):
            return Expected((self.place("shape", path),))
        place = path
        if self.fits(role_of(path), new) and new != owner:
            if (other := self.repeated(path, new)) is None:
                return "history"
            place = (*path[:-1], max(other, int(path[-1])))
        return Expected((self.place("references", place),), self.dependents(owner) | {owner})

    def fits(self, role: Role, id_: str) -> bool:
        """Whether an id may stand where objects of this role are named."""
        if id_ not in self.ids:
            return False
        name, n = self.ids[id_]
        archived = role != ("quotes", "source") or "archive" in self.data[name][n]
        return name in REFERENCES[role] and archived

    def repeated(self, path: JsonPath, id_: str) -> int | None:
        """Where else the same list of references names an id."""
        if not isinstance(path[-1], int):  # evidence and speakers may repeat
            return None
        beside = self.at(path[:-1])
        return next((n for n, named in enumerate(beside) if named == id_ and n != path[-1]), None)

    def rearchived(self, name: str, data: bytes) -> Expected:
        """What must come of an archived text that has other bytes."""
        n = self.archives[name]
        source = self.data["sources"][n]
        id_ = source["id"]
        hashed = Place("hash", name, f"sources[{n}].archive.sha256", id_, None)
        passages: list[tuple[JsonPath, dict[str, Any]]] = [
            *((("quotes", i), q) for i, q in enumerate(self.data["quotes"]) if q["source"] == id_),
            *((("sources", n, "set_aside", i), p) for i, p in enumerate(source["set_aside"])),
        ]
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            unproved = f"{len(passages)} recorded passages"
            file = f"sources[{n}].archive.file"
            return Expected((hashed, Place("archive", name, file, id_, None, unproved)))
        broken = [
            self.place("quotation" if passage["end"] <= len(text) else "span", path)
            for path, passage in passages
            if text[passage["start"] : passage["end"]] != passage["exact"]
        ]
        return Expected((hashed, *broken))

    def retyped(self, at: int, text: str) -> tuple[str, Expected | str]:
        """Where a character of the file was changed, and what must come of it."""
        token = self.tokens[bisect_right(self.tokens, at, key=lambda t: t.start) - 1]
        where = _named(token)
        try:
            data = json.loads(text)
        except ValueError:
            # A parser may notice a bracket or a comma that is not there only much later.
            line = self._line(at) if token.kind in {"key", "value"} else ANY
            return where, Expected((Place("not JSON", self.path.name, None, None, line),))
        changed = list(_parted(self.data, data, ()))
        if not changed:
            return where, "nothing"
        if len(changed) == 1 and changed[0][0] in self.scalars:
            path, value = changed[0]
            token = self.scalars[path]
            return _named(token), self.rewritten(token, json.dumps(value))
        return where, "history"

    def _line(self, at: int) -> int:
        return self.text.count("\n", 0, at) + 1


def _is_id(text: str) -> bool:
    return len(text) <= 100 and re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", text) is not None


def _named(token: Token) -> str:
    """What a token is, for the rows of a table."""
    if token.kind != "value":
        return token.kind
    role = role_of(token.path)
    if role in IDS:
        return "an id"
    if role in REFERENCES:
        return "a reference"
    return role[-1] if role and role[-1] in NAMED else "another value"


def _parted(old: Any, new: Any, path: JsonPath) -> Iterator[tuple[JsonPath, Any]]:
    """Where two values differ, and what the second one has there."""
    if type(old) is not type(new):
        yield path, new
    elif isinstance(old, dict) and list(old) == list(new):
        for key in old:
            yield from _parted(old[key], new[key], (*path, key))
    elif isinstance(old, list) and len(old) == len(new):
        for n, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _parted(one, other, (*path, n))
    elif old != new:
        yield path, new
