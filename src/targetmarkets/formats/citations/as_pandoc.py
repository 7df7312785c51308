"""Keys for pandoc's Markdown, with locators: `[@un-s-2014-147, para. 108]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from targetmarkets.citation import escape_markdown
from targetmarkets.formats.escape import visible

if TYPE_CHECKING:
    from targetmarkets.citation import Citation
    from targetmarkets.formats import Citing, Look


def citations(citing: Citing, _: Look) -> str:
    """A line for each citation; with quotations, a paragraph."""
    return ("\n" if citing.quote else "").join(f"{_set(item)}\n" for item in citing.shown())


def _set(citation: Citation) -> str:
    key = visible(citation.pandoc)
    if citation.quote is None:
        return key
    # Markdown joins lines and drops empty ones; a backslash at its end keeps a line as it is.
    lines = (escape_markdown(visible(line)) for line in citation.quote.exact.split("\n"))
    return "‘" + "\\\n".join(lines) + f"’ {key}"
