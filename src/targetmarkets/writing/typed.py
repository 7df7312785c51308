"""What a person types of an object: kept until it is saved, and carried over to a new version.

Each edit has a folder of its own under the user's own state, with the text as it is typed and the
text from which it began. It is there however the edit ends, unless what was typed was saved.
"""

import json
import os
import tempfile
import time
from contextlib import suppress
from difflib import unified_diff
from pathlib import Path
from typing import Any, Final, NamedTuple

from targetmarkets.kb.files import read_text, sha256
from targetmarkets.kb.folders import take_away
from targetmarkets.kb.paths import Place, told_apart
from targetmarkets.kb.replacing import write_bytes

DAY: Final = 86_400
"""Seconds after which a text in which nothing was typed is removed."""

_BEGUN_FROM: Final = "begun-from"


class Typed(NamedTuple):
    """A text that somebody types."""

    folder: Path
    path: Path
    """The file of the text, for an editor."""

    @property
    def base(self) -> str:
        """The text that it was made from. Raises `UnreadableError`."""
        return read_text(self.folder / _BEGUN_FROM)

    def write(self, text: str, base: str | None = None) -> None:
        """Put down the text, and after it what it is made from, if that is another now: each whole,
        or what was typed before stays. Raises `OutputError`.
        """
        write_bytes(self.path, text.encode())
        if base is not None:
            write_bytes(self.folder / _BEGUN_FROM, base.encode())

    def drop(self) -> None:
        """Remove it: it was saved, or nothing was typed."""
        take_away(self.folder)


def begin_typing(kb: Place, id_: str, text: str) -> Typed:
    """A new text of an object, from that which it has. Raises `OSError` and `OutputError`."""
    place = _folder(kb)
    for old in kept(kb, id_):
        with suppress(OSError, ValueError):
            unchanged = old.path.read_bytes() == (old.folder / _BEGUN_FROM).read_bytes()
            if unchanged and time.time() - old.path.stat().st_mtime > DAY:
                old.drop()
    folder = Path(tempfile.mkdtemp("", f"{id_}.", place))
    typed = Typed(folder, folder / f"{id_}.json")
    typed.write(text, text)
    return typed


def kept(kb: Place, id_: str) -> list[Typed]:
    """The texts of an object that are kept, the one that was typed last first."""
    found = []
    for folder in _folder(kb).glob(f"{id_}.*"):
        typed = Typed(folder, folder / f"{id_}.json")
        with suppress(OSError):
            if (folder / _BEGUN_FROM).is_file():
                found.append((typed.path.stat().st_mtime_ns, typed))
    return [typed for _, typed in sorted(found, reverse=True)]


def _folder(kb: Place) -> Path:
    """Where the texts of a knowledge base are kept: a folder that is the user's own."""
    name = sha256(told_apart(kb))[:16]
    for place in _places():
        with suppress(OSError):
            folder = place / "drafts" / name
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not hasattr(os, "geteuid") or place.stat().st_uid == os.geteuid():
                return folder
    return Path(tempfile.mkdtemp())


def _places() -> list[Path]:
    import platformdirs  # only an edit needs it

    state: list[Path] = []
    with suppress(OSError, ValueError, RuntimeError):
        state = [platformdirs.user_state_path("targetmarkets", appauthor=False)]
    user = os.geteuid() if hasattr(os, "geteuid") else ""
    passing = Path(tempfile.gettempdir()) / f"targetmarkets-{user}"
    with suppress(OSError):
        passing.mkdir(mode=0o700, exist_ok=True)
    return [place for place in (*state, passing) if place.is_absolute()]


class CarriedOver(NamedTuple):
    """A text that was typed of one version of an object, on another."""

    text: str
    differences: list[str]
    """What became otherwise meanwhile, in lines."""
    both: list[str]
    """The fields that were changed on both sides, and are as they were typed."""


def carry_over(typed: str, base: str, now: str) -> CarriedOver:
    """Carry what was typed over to what the object is now, field by field.

    A field that only somebody else changed is as it is now; all others are as they were typed. A
    text that is no JSON object stays as it is.
    """
    differences = [
        line
        for line in unified_diff(base.splitlines(), now.splitlines(), lineterm="", n=0)
        if not line.startswith(("---", "+++", "@@"))
    ]
    mine, old, new = (_object(text) for text in (typed, base, now))
    if mine is None or old is None or new is None:
        return CarriedOver(typed, differences, ["the text as a whole"] if differences else [])
    names = dict.fromkeys((*new, *mine))
    absent = object()
    merged, both = {}, []
    for name in names:
        sides = [side.get(name, absent) for side in (mine, old, new)]
        value = sides[2] if sides[0] == sides[1] else sides[0]
        if sides[0] != sides[1] != sides[2] and sides[0] != sides[2]:
            both.append(name)
        if value is not absent:
            merged[name] = value
    if merged == mine:
        return CarriedOver(typed, differences, both)
    return CarriedOver(json.dumps(merged, ensure_ascii=False, indent=2) + "\n", differences, both)


def _object(text: str) -> dict[str, Any] | None:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
