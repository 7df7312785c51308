"""A work for other programs: its address, and its record as CSL-JSON has it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from targetmarkets.records.works import Work
from targetmarkets.text import json_source

if TYPE_CHECKING:
    from targetmarkets.model.csl import Bibliography
    from targetmarkets.model.objects import Source


_OPENED = re.compile(r"(?:https?|ftp)://|(?:urn|doi|hdl|ark|info):", re.IGNORECASE)
"""How an address begins that does no more than to lead somewhere."""


def address(url: str) -> str:
    """An address for programs that make links of addresses; one that would run something, such as
    `javascript:`, is made one that leads nowhere, and can still be read.
    """
    return url if _OPENED.match(url) else url.replace(":", "%3A")


def private_value(work: Bibliography, name: str) -> str:
    """A field of a work as JSON: for our own reader, where a format has nothing for it."""
    return json_source.dump(work.model_dump(mode="json", by_alias=True)[name])


def csl_record(source: Source) -> dict[str, Any]:
    """A work as CSL-JSON has it: the bibliographic record as it is stored, and its key.

    Its address is that of `address`. Before a note that begins with a word and a colon stands a
    blank: of `Author: nobody` programs make an author.
    """
    stored = Work.of(source).model_dump(mode="json", by_alias=True, exclude_defaults=True)
    if url := source.bibliography.url:
        stored["URL"] = address(url)
    if re.match(r"\S*:", stored.get("note", "")):
        stored["note"] = f" {stored['note']}"
    return {"id": source.id, **stored}
