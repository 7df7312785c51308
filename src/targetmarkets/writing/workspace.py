"""Make a workspace: a folder with a knowledge base of one's own."""

from contextlib import suppress
from pathlib import Path
from typing import Final

from targetmarkets.errors import OutputError, UsageError
from targetmarkets.evidence.archive import folders, open_archive
from targetmarkets.kb.files import read_text
from targetmarkets.kb.folders import none_left, take_away
from targetmarkets.kb.json_file import load, write_canonical
from targetmarkets.kb.paths import FILE_NAME, MARKER, bundled, file_of
from targetmarkets.kb.replacing import write_bytes
from targetmarkets.model.objects import SCHEMA_VERSION, KnowledgeFile
from targetmarkets.records.schema import FILE, schema_text
from targetmarkets.writing.transaction import writable

SCHEMA_NAME: Final = "customers.schema.json"

README: Final = f"""\
# A knowledge base of your own

`{FILE_NAME}` holds sources, quotations, customers, categories, groups and claims. `sources/` holds
the archived texts, byte for byte, and the documents that they were extracted from: do not edit
them. `{SCHEMA_NAME}` lets an editor complete and check `{FILE_NAME}` as you type.

In this folder, and in those within it, `tm` answers from it, by the marker `{MARKER}`. Elsewhere
`--kb` names it, or the environment variable `TM_KB`; a script does so in any case.

    tm add source report.pdf --id my-report --title "…" --descriptor "…"
    tm add quote my-report "a passage, copied from the document"
    tm add customer "Name" --kind state --region "Western Asia"
    tm add claim "What the passage says." --about name --kind activity --type arms \\
        --certainty stated --speaker "journalist:Who says it:narrates" --quote QUOTE-ID
    tm show name
    tm verify

`covers`, at the head of `{FILE_NAME}`, says whose customers it holds; who finds nothing reads it.
Make it fit yours, or leave it out.

`tm help` and `tm COMMAND --help` say more. Every change is checked as a whole before it is written,
so that a wrong quotation cannot be saved; `--dry-run` shows what a change would do. You may also
edit `{FILE_NAME}` by hand: `tm fmt` brings it into order and fills in spans and hashes, and
`tm verify` says what is wrong. Keep the folder under version control: only its history can show
that a statement, a date or a locator was changed.
"""

_IGNORED: Final = f".{FILE_NAME}.lock*\n.{FILE_NAME}.writing*\n.{FILE_NAME}.history\n.*.tmp\n"
"""The locks, the last changes, and what a writer that was killed may leave."""

_ATTRIBUTES: Final = "sources/** -text -merge\n"
"""Keeps git from changing the line ends of archived texts, and from merging them line by line."""

_MERGED: Final = f"{FILE_NAME} merge=targetmarkets\n"
"""Has git merge the file as its merge driver of that name does, where there is one."""

DRIVER: Final = "git config merge.targetmarkets.driver 'tm merge %O %A %B --path %P'"
"""What makes it `tm merge`, in each clone."""

_MARK: Final = "tm answers from this workspace in its folder and in those within it.\n"
"""What the marker says to whoever opens it."""

_NAMES: Final = (
    *("sources", ".gitignore", ".gitattributes", "README.md", MARKER, SCHEMA_NAME, FILE_NAME),
)
"""What a workspace has, the file that makes it one last."""

_UNFINISHED: Final = ".tm-init.tmp"
"""The folder in which a workspace is made: beside its place, or in it where that is there."""


def create(folder: Path, *, empty: bool = False, git: bool = False) -> Path:
    """Make a workspace in a folder that is empty or not there, and return its JSON file.

    With `git` it asks for a merge by meaning. It is made beside its place, and then put there.
    Raises `UsageError` for a folder that holds something, and `OutputError`.
    """
    try:
        with none_left(folder.parent):
            return _create(folder, empty=empty, git=git)
    except OSError as error:
        message = f"{folder} cannot be made: {error.strerror}"
        raise OutputError(message, "name a folder where you may write") from error


def share(kb: Path) -> list[str]:
    """Let a knowledge base that is there be shared by git, and return the names of the files in
    which lines were missing: those that a workspace has for that.

    Raises `UsageError` for the bundled one, what `load` raises, and `OutputError`.
    """
    path = file_of(writable(kb), "git")
    load(path)
    completed = []
    for name, wanted in ((".gitignore", _IGNORED), (".gitattributes", _ATTRIBUTES + _MERGED)):
        file = path.with_name(name)
        there = read_text(file) if file.exists() else ""
        lines = {line.strip() for line in there.splitlines()}
        if missing := [line for line in wanted.splitlines() if line not in lines]:
            end = "" if there.endswith("\n") or not there else "\n"
            text = "\n".join([there + end + missing[0], *missing[1:], ""])
            write_bytes(file, text.encode())
            completed.append(name)
    return completed


def _create(folder: Path, *, empty: bool, git: bool) -> Path:
    there = folder.exists()
    making = folder / _UNFINISHED if there else folder.with_name(f".{folder.name}{_UNFINISHED}")
    if there:
        ours = {_UNFINISHED, *_NAMES} - {FILE_NAME} if making.is_dir() else set()
        if {path.name for path in folder.iterdir()} - ours:
            raise UsageError(f"{folder} is not empty", "name a new folder")
    folder.parent.mkdir(parents=True, exist_ok=True)
    take_away(making)  # of a run that was killed
    making.mkdir()
    try:
        _fill(making, empty=empty, git=git)
        if not there:
            making.rename(folder)
            return folder / FILE_NAME
        for name in _NAMES:  # in their order: what makes it a knowledge base comes last
            _remove(folder / name)
            (making / name).rename(folder / name)
    except BaseException:
        for path in (making, *(folder / name for name in _NAMES if there)):
            _remove(path)
        raise
    with suppress(OSError):  # the workspace is there
        making.rmdir()
    return folder / FILE_NAME


def _remove(path: Path) -> None:
    if path.is_dir():
        take_away(path)
    else:
        path.unlink(missing_ok=True)


def _fill(folder: Path, *, empty: bool, git: bool) -> None:
    """Make the files of a workspace in an empty folder."""
    sources = folders(folder / FILE_NAME)[0]
    sources.mkdir()
    content = KnowledgeFile(schema_version=SCHEMA_VERSION)
    if not empty:
        content = load(bundled()).content
        for source in content.sources:
            if source.archive:
                archived = open_archive(bundled(), source.archive.file)
                write_bytes(sources / source.archive.file, archived.data)
    content = content.model_copy(update={"schema_": SCHEMA_NAME})
    for name, text in (
        (".gitignore", _IGNORED),
        (".gitattributes", _ATTRIBUTES + _MERGED * git),
        ("README.md", README),
        (MARKER, _MARK),
        (SCHEMA_NAME, schema_text(FILE)),
        (FILE_NAME, write_canonical(content)),
    ):
        write_bytes(folder / name, text.encode())
