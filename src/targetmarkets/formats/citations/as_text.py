"""Text in any CSL style: notes in full, or what stands in the text and a list of references."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from targetmarkets.errors import MissingExtraError
from targetmarkets.formats.escape import visible
from targetmarkets.formats.interface import Setters
from targetmarkets.records.wording import as_printed, cut

if TYPE_CHECKING:
    from targetmarkets.formats.interface import Citing, Look
    from targetmarkets.records.citation import Citation


def citations(citing: Citing, _: Look) -> str:
    """A line for each citation; below them the references, if the style does not cite in notes."""
    try:
        from targetmarkets.formats.citations.csl import set_in_style
    except ModuleNotFoundError as error:
        raise MissingExtraError("formatted text", "cite") from error

    shown = citing.shown()
    if not shown:
        return ""
    set_ = set_in_style(citing.style, citing.works(), shown)
    pairs = zip(shown, set_.citations, strict=True)
    lines = [text + _quotation(citing, citation) for citation, text in pairs]
    if set_.references:
        lines += ["", *set_.references]
    return "".join(f"{visible(line)}\n" for line in lines)


def _quotation(citing: Citing, citation: Citation) -> str:
    if citation.quote is None:
        return ""
    words = as_printed(citation.quote, citing.sources[citation.source].archive)
    return f" ‘{words}’{cut(citation.quote)}"


SETTERS: Final = Setters(citations=citations)
