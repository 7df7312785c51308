"""Keys for pandoc's Markdown, with locators: `[@un-s-2014-147, paragraph 108]`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from targetmarkets.formats.escape import visible
from targetmarkets.formats.interface import Setters
from targetmarkets.records.wording import as_printed, cut

if TYPE_CHECKING:
    from targetmarkets.formats.interface import Citing, Look
    from targetmarkets.model.parts import Archive, Locator
    from targetmarkets.records.citation import Citation

_MARKUP: Final = re.compile(r"([\"#$&'*+;<=>@\[\\\]^_`{|}~]|[.:-](?=[.:-])|^[:-])", re.MULTILINE)
"""What pandoc may read as markup, alone, before its like, or where a line begins."""

_NUMBERS: Final = re.compile(r"\d+(?:[–-]\d+)?(?:, \d+(?:[–-]\d+)?)*")
"""What pandoc takes for a locator without being told where it ends."""

_PLAIN: Final = re.compile(r"([^\W_]|[ ,:/’–]|\.(?!\.)|-(?!-))+")
"""What pandoc reads as it stands between the braces that mark a locator."""


_UNKNOWN_TO_PANDOC: Final = frozenset({None, "appendix"})
"""Labels, and the lack of one, that pandoc would read as a page."""


def citations(citing: Citing, _: Look) -> str:
    """A line for each citation; with quotations, a paragraph."""
    return ("\n" if citing.quote else "").join(
        f"{_set(item, citing.sources[item.source].archive)}\n" for item in citing.shown()
    )


SETTERS: Final = Setters(citations=citations)


def _set(citation: Citation, archive: Archive | None) -> str:
    shown = visible(key(citation))
    if citation.quote is None:
        return shown
    # Markdown joins lines and drops empty ones; a backslash at its end keeps a line as it is.
    words = as_printed(citation.quote, archive)
    lines = (escape_markdown(visible(line)) for line in words.split("\n"))
    part = escape_markdown(cut(citation.quote))
    return "‘" + "\\\n".join(lines) + f"’{part} {shown}"


def key(citation: Citation) -> str:
    """`[@un-s-2014-147, paragraph 108]` or `[@berger-2015; quoted in @nknews-2015]`."""
    through = citation.via
    first = f"@{through.work}; {through.mode} " if through else ""
    return f"[{first}@{citation.source}{_place(citation.locator)}]"


def escape_markdown(text: str) -> str:
    """A text as Markdown that pandoc reads as nothing but that text."""
    return _MARKUP.sub(r"\\\1", text)


def _place(locator: Locator | None) -> str:
    """A place in the form that pandoc takes for no more and no less than it is.

    Braces mark where a locator begins and ends; with nothing in them they say that what follows is
    none, or pandoc would read `page header` as a page. They cannot hold an escape: a place with a
    label that needs one stands bare, and pandoc takes of it what it can.
    """
    if locator is None:
        return ""
    # In full, which every style has set right; short names are not known in all of them.
    label = f"{locator.label} " if locator.label else ""
    place = label + locator.value
    if locator.label in _UNKNOWN_TO_PANDOC:
        return f"{{}}, {escape_markdown(place)}"
    if _NUMBERS.fullmatch(locator.value):
        return f", {place}"
    return f", {{{place}}}" if _PLAIN.fullmatch(locator.value) else f", {escape_markdown(place)}"
