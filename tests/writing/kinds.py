"""Every kind of write that `tm` has, each as a command on a small knowledge base."""

import hashlib
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from targetmarkets.evidence.verification import verify
from targetmarkets.kb.opening import load
from targetmarkets.kb.store.migrating import older_version
from targetmarkets.model.objects import Group
from targetmarkets.writing.copying import copy
from targetmarkets.writing.edits import build
from targetmarkets.writing.transaction import begin
from targetmarkets.writing.workspace import create
from tests.aging import aged
from tests.build import customer

TEXT: Final = "Syria got two masks.\n"

STORE: Final = "kb.sqlite"

AGED: Final = "aged.sqlite"
"""A store of an older version."""

ENDINGS: Final = (".tm.tmp", ".tm-init.tmp", ".tm-site.tmp")
"""What the names of unfinished files and folders end in."""


class Kind(NamedTuple):
    """A command that writes, in the folder that `lay_out` makes."""

    words: Sequence[str]
    about: str = "kb"
    """What it writes: a knowledge base, a file or a folder."""
    before: Sequence[Sequence[str]] = ()
    """Commands that are run before it."""
    as_add: bool = False
    """Whether it differs from `add` by what is added alone, so that only what it writes fails."""
    code: int = 0
    """Its exit code, where nothing fails."""
    finds: str = ""
    """What it tells where it writes another result, since it could not read all."""
    finding: int = 1
    """The exit code of that."""
    large: bool = False
    """Whether every file counts as large, so that it is read and written in pieces."""


def _on(
    place: str,
    *words: str,
    before: Sequence[Sequence[str]] = (),
    as_add: bool = False,
    large: bool = False,
) -> Kind:
    """A change of a knowledge base."""
    return Kind((*words, "--kb", place), place, before, as_add, large=large)


_PLACES: Final = frozenset({"another", "there", "copied"})
"""Folders in which there is no knowledge base before."""

_APART: Final = "What does not hold of the two together"
_UNREAD: Final = "archived texts that cannot be read"
_UNFOUND: Final = "quotations that were not found in their archived texts"
_LACKS: Final = {
    "sqlite": _UNREAD, "ftm": _UNREAD, "datapackage": _UNREAD,
    "hypothesis": _UNFOUND, "annotations": _UNFOUND,
}  # fmt: skip
"""What an export says of a text that cannot be read."""

_SITE: Final = ("site", "pages", "--kb", "kb")
_RETRACT: Final = ("retract", "wrong", "--reason", "It is.")
_SOURCE: Final = ("--title", "T", "--descriptor", "D.", "--id", "new")

BASES: Final = frozenset({"kb", "old", STORE, AGED})
"""What is changed in its place."""

KINDS: Final[Mapping[str, Kind]] = {
    "add": _on("kb", "add", "group", "some of them"),
    "add, large": _on("kb", "add", "group", "some of them", large=True),
    "customer": _on(
        "kb", "add", "customer", "Iran", "--kind", "state", "--region", "Melanesia", as_add=True
    ),
    "category": _on("kb", "add", "category", "Resilient", "--chapter", "III", as_add=True),
    "event": _on("kb", "add", "event", "Visit, 2013", "--kind", "visit", as_add=True),
    "actor": _on("kb", "add", "actor", "A ship", "--kind", "ship", as_add=True),
    "quote": _on("kb", "add", "quote", "work", "Syria got"),
    "claim": _on(
        "kb", "add", "claim", "It got them.", "--about", "syria", "--kind", "market",
        "--certainty", "stated", "--speaker", "journalist:NK News:narrates",
        "--source", "work", "--passage", "Syria got two",
    ),
    "from": _on("kb", "add", "from", "rows.jsonl"),
    "source": _on("kb", "add", "source", "new.txt", *_SOURCE),
    "document": _on("kb", "add", "source", "new.html", *_SOURCE),
    "edit": _on("kb", "edit", "syria"),
    "edit from": _on("kb", "edit", "syria", "--from", "syria.json"),
    "retract": _on("kb", *_RETRACT),
    "remove": _on("kb", "remove", "spare", as_add=True),
    "rename": _on("kb", "rename", "spare", "other", as_add=True),
    "undo": _on("kb", "undo"),
    "anchor": _on("kb", "anchor", "work", "longer.txt"),
    "fmt": _on("kb", "fmt"),
    "older": _on("old", "add", "group", "some of them"),
    "merge": Kind(("merge", "base.json", "kb/customers.json", "theirs.json"), finds=_APART),
    "add, store": _on(STORE, "add", "group", "some of them"),
    "source, store": _on(STORE, "add", "source", "new.txt", *_SOURCE),
    "retract, store": _on(STORE, *_RETRACT),
    "undo, store": _on(STORE, "undo", before=[(*_RETRACT, "--kb", STORE)]),
    "output": Kind(("list", "--kb", "kb", "-o", "out.json"), "out.json"),
    "output, new": Kind(("cite", "wrong", "--kb", "kb", "-o", "new.bib"), "new.bib"),
    "check": Kind(
        ("check", "draft.md", "--fix", "-o", "fixed.md", "--kb", "kb"), "fixed.md",
        code=1, finds="not looked through",
    ),
    "merge, output": Kind(
        ("merge", "base.json", "kb/customers.json", "theirs.json", "-o", "out.json"), "out.json",
        finds=_APART,
    ),
    **{
        f"export, {target}": Kind(
            ("export", target, "--kb", "kb", "-o", "out"), "out",
            finds=lacks, finding=0,
        )
        for target, lacks in _LACKS.items()
    },
    "site": Kind(_SITE, "pages", finds=_UNREAD, finding=0),
    "site, anew": Kind(
        _SITE, "pages", [_SITE, (*_RETRACT, "--kb", "kb")], finds=_UNREAD, finding=0
    ),
    "copy": Kind(("copy", "kb", "copied"), "copied"),
    "copy to a store": Kind(("copy", "kb", "copied.sqlite"), "copied.sqlite"),
    "copy in pieces": Kind(("copy", "kb", "copied.sqlite"), "copied.sqlite", large=True),
    "copy of a store": Kind(("copy", STORE, "copied.json"), "copied.json"),
    "init": Kind(("init", "another", "--empty"), "another"),
    "init, there": Kind(("init", "there", "--empty"), "there"),
    "init, older store": Kind(("init", AGED), AGED),
    "git": Kind(("init", "kb", "--git"), "kb/.gitattributes"),
}  # fmt: skip


def lay_out(folder: Path) -> None:
    """What the commands are given: a small knowledge base, and what is added to it."""
    kb = create(folder / "kb", empty=True)
    (kb.parent / "sources" / "text.txt").write_text(TEXT)
    archive = {"file": "text.txt", "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
               "media_type": "text/plain"}  # fmt: skip
    speaker = {"role": "book", "name": "The book", "mode": "narrates"}
    claim = {"id": "wrong", "kind": "market", "statement": "Syria got masks.",
             "certainty": "stated", "speakers": [speaker], "about": ["syria"],
             "scope": "individual", "evidence": [{"quote": "q"}]}  # fmt: skip
    data = json.loads(kb.read_text()) | {
        "customers": [customer("syria")],
        "sources": [{"id": "work", "bibliography": {"type": "book", "title": "T"},
                     "descriptor": "A work.", "archive": archive}],
        "quotes": [{"id": "q", "source": "work", "exact": "two masks", "start": 10, "end": 19}],
        "claims": [claim],
    }  # fmt: skip
    kb.write_text(json.dumps(data))
    with begin(kb, why="tm add") as transaction:
        transaction.add(build(Group, {"id": "spare", "name": "Spare"}))
        transaction.commit()
    copy(kb, folder / STORE)
    aged(copy(kb, folder / AGED))
    (folder / "base.json").write_text(kb.read_text())
    theirs = {**data, "customers": [*data["customers"], customer("iran")]}
    (folder / "theirs.json").write_text(json.dumps(theirs))
    (folder / "old").mkdir()
    older = {"schema_version": 1, "customers": [customer("syria")]}
    (folder / "old" / "customers.json").write_text(json.dumps(older))
    kb.write_text(f"{kb.read_text()}\n")  # for `fmt`
    assert verify(kb).ok
    _lay_out_what_is_given(folder)


def _lay_out_what_is_given(folder: Path) -> None:
    (folder / "there").mkdir()
    (folder / "syria.json").write_text(json.dumps(customer("syria", region="Southern Asia")))
    rows = [{"add": "group", "name": name} for name in ("one", "two")]
    (folder / "rows.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    (folder / "new.txt").write_text("A text of its own.\n")
    (folder / "new.html").write_text("<title>T</title><p>A text of its own, in a page.</p>")
    (folder / "longer.txt").write_text(f"{TEXT}And more.\n")
    (folder / "draft.md").write_text("“Syria got two maskz” [@work]\n")
    (folder / "out.json").write_text("before")
    (folder / "editor").write_text('#!/bin/sh\nsed -i s/Western/Southern/ "$1"; : > typed\n')
    (folder / "editor").chmod(0o755)


def state(folder: Path, kind: Kind) -> str:
    """What a write is about, to be compared: whole, or an assertion fails."""
    path = folder / kind.about
    if not path.exists() or (kind.about in _PLACES and not (path / "customers.json").exists()):
        return "none"
    if kind.about == AGED and older_version(path):
        return "older"
    if kind.about.endswith(".sqlite"):
        assert verify(path).ok
        return "\n".join(item.model_dump_json() for item in load(path).objects.values())
    file = path / "customers.json" if path.is_dir() else path
    if file.name in {"customers.json", "copied.json"} and file.exists() and kind.about != "another":
        assert verify(file).ok
        return file.read_text("utf-8")
    if path.is_dir():
        there = sorted(file for file in path.rglob("*") if not file.is_dir())
        return str({str(file.relative_to(path)): file.read_bytes() for file in there})
    return _packed(path) if zipfile.is_zipfile(path) else str(path.read_bytes())


def _packed(path: Path) -> str:
    """What is in an archive: one is written in another way where its place cannot be asked for."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return str({entry.filename: archive.read(entry) for entry in archive.infolist()})


def names(folder: Path) -> set[str]:
    """Every file and folder, but for locks, for what is the user's own, and for what SQLite takes
    up the next time.
    """
    apart = {"state", "cache", "home", "typed"}
    found = [path.relative_to(folder) for path in folder.rglob("*")]
    ends = tuple(f"{name}{end}" for name in (STORE, AGED) for end in ("-wal", "-shm", "-journal"))
    return {
        str(path)
        for path in found
        if path.parts[0] not in apart and ".lock" not in path.name and not str(path).endswith(ends)
    }
