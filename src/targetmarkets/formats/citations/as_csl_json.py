"""CSL-JSON: what Zotero, pandoc and every CSL processor read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from targetmarkets.formats.as_json import dump
from targetmarkets.formats.citations.works import csl_record
from targetmarkets.formats.interface import Setters

if TYPE_CHECKING:
    from targetmarkets.formats.interface import Citing, Look


def citations(citing: Citing, look: Look) -> str:
    """The works that are cited, as an array."""
    return dump([csl_record(source) for source in citing.works()], look)


SETTERS: Final = Setters(citations=citations)
