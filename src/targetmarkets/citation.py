"""One work cited at one place, and how pandoc is told of it."""

import re
from collections.abc import Iterable, Sequence
from typing import Final, Literal, NamedTuple

from targetmarkets.models import Locator, Quote, Speaker
from targetmarkets.vocabulary import LOCATOR_ABBREVIATIONS, Mode

Mediation = Literal["quoted in", "paraphrased in", "as told in"]
"""How a work that was not read itself comes through the source that was."""

_MEDIATIONS: Final[dict[Mode, Mediation]] = {
    "quotes": "quoted in",
    "paraphrases": "paraphrased in",
}

_MARKUP: Final = re.compile(r"([\"#$&'*+;<=>@\[\\\]^_`{|}~]|[.:-](?=[.:-])|^[:-])", re.MULTILINE)
"""What pandoc may read as markup, alone, before its like, or where a line begins."""

_NUMBERS: Final = re.compile(r"\d+(?:[–-]\d+)?(?:, \d+(?:[–-]\d+)?)*")
"""What pandoc takes for a locator without being told where it ends."""

_PLAIN: Final = re.compile(r"([^\W_]|[ ,:/’–]|\.(?!\.)|-(?!-))+")
"""What pandoc reads as it stands between the braces that mark a locator."""


_UNKNOWN_TO_PANDOC: Final = frozenset({None, "appendix"})
"""Labels, and the lack of one, that pandoc would read as a page."""


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

    @property
    def pandoc(self) -> str:
        """`[@un-s-2014-147, para. 108]` or `[@berger-2015; quoted in @nknews-2015]`."""
        first = f"@{self.via.work}; {self.via.mode} " if self.via else ""
        return f"[{first}@{self.source}{_pandoc_locator(self.locator)}]"


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


def escape_markdown(text: str) -> str:
    """A text as Markdown that pandoc reads as nothing but that text."""
    return _MARKUP.sub(r"\\\1", text)


def _pandoc_locator(locator: Locator | None) -> str:
    """A place in the form that pandoc takes for no more and no less than it is.

    Braces mark where a locator begins and ends; with nothing in them they say that what follows is
    none, or pandoc would read `page header` as a page. They cannot hold an escape: a place with a
    label that needs one stands bare, and pandoc takes of it what it can.
    """
    if locator is None:
        return ""
    label = f"{LOCATOR_ABBREVIATIONS[locator.label]} " if locator.label else ""
    place = label + locator.value
    if locator.label in _UNKNOWN_TO_PANDOC:
        return f"{{}}, {escape_markdown(place)}"
    if _NUMBERS.fullmatch(locator.value):
        return f", {place}"
    return f", {{{place}}}" if _PLAIN.fullmatch(locator.value) else f", {escape_markdown(place)}"
