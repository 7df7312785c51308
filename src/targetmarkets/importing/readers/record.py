"""What a document says of itself as a bibliographic record: proposals, if they make sense."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from typing import Any, Final

from targetmarkets import limits
from targetmarkets.importing.readers.reading import clean

_NO_TITLE: Final = re.compile(
    r"""
    microsoft\ (?:office\ )?(?:word|excel|powerpoint)\ -\ .*
    | .*\.(?:docx?|dotx?|odt|rtf|wpd|pages|tex|dvi|pdf|indd|qxd|qxp|p65|pmd|fm|pub|pptx?|ppsx?|xlsx?
        |exe|html?|txt|jpe?g|tiff?|png)
    | (?:untitled|unbenannt|sans\ titre|document|slide|layout|presentation|pagina|page|scan
        |powerpoint\ presentation|title|no\ title|none|null|default)[\s\-_#]*\d*
    | \(?(?:anonymous|unspecified)\)?
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Titles that a program gave, and nobody."""

_NO_AUTHOR: Final = re.compile(
    r"\(?(?:anonymous|unspecified|unknown|user|admin|administrator|owner|author|none|null)\)?"
    r"|[a-z0-9._\\-]+|https?:.*",
)
"""Authors that are none: names of accounts, addresses of profiles."""

_DOI: Final = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+")

_TEXTS: Final = (
    "type", "title", "container-title", "publisher", "volume", "issue", "page", "number", "URL",
    "note",
)  # fmt: skip


def of(about: Mapping[str, Any]) -> dict[str, Any]:
    """A record in CSL-JSON. `author` may be a text or several, `DOI` anything that holds one."""
    record: dict[str, Any] = {}
    for name in _TEXTS:
        if text := line(about.get(name)):
            record[name] = text
    if _NO_TITLE.fullmatch(record.get("title", "")):
        del record["title"]
    if not re.match("https?://", record.get("URL", ""), re.IGNORECASE):
        record.pop("URL", None)  # an address that runs something is nobody's address
    if authors := _authors(about.get("author")):
        record["author"] = authors
    if doi := _DOI.search(line(about.get("DOI"))):
        record["DOI"] = doi[0].rstrip(".,;)")
    if issued := _issued(line(about.get("issued"))):
        record["issued"] = {"date-parts": [issued]}
    return record


def line(value: object) -> str:
    """A value as one line of text."""
    text = value if isinstance(value, str) else ""
    return " ".join(clean(text).split())[: limits.FIELD.most].strip()


def is_title(text: object) -> bool:
    """Whether a text may be the title of a work, and is not what a program called its file."""
    return bool(line(text)) and not _NO_TITLE.fullmatch(line(text))


def _authors(value: object) -> list[dict[str, str]]:
    several = [value] if isinstance(value, str) else value
    if not isinstance(several, Iterable):
        return []
    names: dict[str, None] = {}
    for text in several:
        for part in line(text).split(";"):
            names.update(dict.fromkeys(_people(part.strip())))
    return [_name(name) for name in names if name and not _NO_AUTHOR.fullmatch(name)][
        : limits.AUTHORS.most
    ]


def _people(text: str) -> list[str]:
    """Names in a text: several where each has two words, `Richard Roe, Ann Poe`."""
    parts = [part.strip() for part in text.split(",")]
    return parts if len(parts) > 1 and all(len(part.split()) > 1 for part in parts) else [text]


def _name(text: str) -> dict[str, str]:
    family, comma, given = (part.strip() for part in text.partition(","))
    if comma and family and given and "," not in given and not re.search(r"\d", text):
        return {"family": family, "given": given}
    return {"literal": text}


def _issued(text: str) -> list[int]:
    """A date as far as it is given: year, month and day; none that no calendar has."""
    found = re.match(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?!\d)", text)
    if not found:
        return []
    parts = [int(part) for part in found.groups() if part]
    with suppress(ValueError):
        date(*(*parts, 1, 1)[:3])
        return parts
    return []
