"""One work cited at one place."""

from collections.abc import Iterable, Sequence
from typing import Final, Literal, NamedTuple

from targetmarkets.model.objects import Quote
from targetmarkets.model.parts import Locator, Speaker
from targetmarkets.model.vocabulary import Mode

Mediation = Literal["quoted in", "paraphrased in", "as told in"]
"""How a work that was not read itself comes through the source that was."""

_MEDIATIONS: Final[dict[Mode, Mediation]] = {
    "quotes": "quoted in",
    "paraphrases": "paraphrased in",
}


class Via(NamedTuple):
    """A work that is cited by way of a source which reports on it."""

    work: str
    """Key of the work."""
    mode: Mediation
    """How it comes through the source."""


class Citation(NamedTuple):
    """One work cited at one place."""

    source: str
    """Key of the work that was read."""
    locator: Locator | None = None
    """Place within it; None for the whole work."""
    quote: Quote | None = None
    """The quotation that is cited, if there is one."""
    via: Via | None = None
    """The work that is meant, where the one that was read only reports on it."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the works that it names, in the order in which it names them."""
        return (self.via.work, self.source) if self.via else (self.source,)


def via(speakers: Sequence[Speaker], source: str, *, alone: bool) -> Via | None:
    """The work in which somebody in the chain speaks, where that is not the source itself.

    Where a claim rests on several sources, the chain begins in one of them and does not say which:
    then it is not known how the work comes through this one.
    """
    for index, speaker in enumerate(speakers):
        if speaker.work and speaker.work != source:
            mode = speakers[index - 1].mode if index and alone else "unclear"
            return Via(speaker.work, _MEDIATIONS.get(mode, "as told in"))
    return None


def distinct(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """Citations in their order, each once."""
    return tuple(dict.fromkeys(citations))
