"""Text in any CSL style: notes in full, or what stands in the text and a list of references."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from targetmarkets.errors import MissingExtraError
from targetmarkets.formats.escape import visible
from targetmarkets.formats.interface import Setters
from targetmarkets.records.wording import cut

if TYPE_CHECKING:
    from targetmarkets.formats.interface import Citing, Look


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
    lines = []
    for citation, text in zip(shown, set_.citations, strict=True):
        quotation = f" ‘{citation.quote.exact}’{cut(citation.quote)}" if citation.quote else ""
        lines.append(text + quotation)
    if set_.references:
        lines += ["", *set_.references]
    return "".join(f"{visible(line)}\n" for line in lines)


SETTERS: Final = Setters(citations=citations)
