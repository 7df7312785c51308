"""What became of the claims that a draft cites, and who speaks in the passages that it quotes."""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from targetmarkets.kb.resolve import suggestions
from targetmarkets.records.checks import CitedClaim
from targetmarkets.records.claims import page_locator

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from targetmarkets.checking.citing import Cited
    from targetmarkets.checking.library import Library
    from targetmarkets.kb.knowledge import Knowledge
    from targetmarkets.model.objects import Claim
    from targetmarkets.model.parts import Locator, Speaker
    from targetmarkets.records.checks import Standing


MAX_CLAIMS_READ: Final = 20_000
"""Claims of a knowledge base that are read for the names of their speakers; to read more of them
takes longer than to check a draft."""


class Voice(NamedTuple):
    """Who speaks in a passage, as one claim that quotes it has it."""

    claim: str
    speakers: tuple[Speaker, ...]

    def shown(self) -> str:
        """Their names, outermost first."""
        return ", through whom ".join(dict.fromkeys(speaker.name for speaker in self.speakers))


class Standings:
    """Looks claims up in a knowledge base."""

    def __init__(self, kb: Knowledge, library: Library) -> None:
        self.kb, self._library = kb, library

    def source(self, key: str) -> str | None:
        """Id of the source that a key names."""
        if key in self.kb.sources:
            return key
        former = self.kb.sources.formerly(key)
        return former[0].id if former else None

    def nearest(self, key: str) -> list[str]:
        """Keys and ids that may have been meant by one that nothing has."""
        return suggestions(key, self.kb.sources) or suggestions(key, self.kb.claims)

    def quoting(self, source: str, start: int, end: int) -> list[Claim]:
        """The claims that quote some of a passage."""
        found: dict[str, Claim] = {}
        for quote in self.kb.quotes_from(source):
            if quote.start < end and start < quote.end:
                found.update((claim.id, claim) for claim in self.kb.claims_on_quote(quote.id))
        return list(found.values())

    def voices(self, source: str, start: int, end: int) -> list[Voice]:
        """Who speaks in a passage, as the accepted claims have it that quote all or most of it."""
        claims = self.quoting(source, start, end)
        claims = [claim for claim in claims if not claim.joint] or claims
        return [
            Voice(claim.id, claim.speakers)
            for claim in claims
            if claim.status == "accepted" and claim.speakers[0].role != "curators"
        ]

    def speaks(self, name: str, voice: Voice) -> bool:
        """Whether somebody is in a chain of speakers: by name, or as the author of what speaks."""
        family = name.rpartition(" ")[2]
        for speaker in voice.speakers:
            work = self.kb.sources[speaker.work].bibliography if speaker.work else None
            authors = [author.family for author in work.author] if work else []
            if speaker.name == name or family in authors:
                return True
            if speaker.role == "book" and self._roles.get(name) == "author":
                return True
        return False

    def paraphrases(self, name: str, voice: Voice) -> str | None:
        """Who puts into words what somebody is named for, where the words are not verbatim."""
        speakers = voice.speakers
        for outer, inner in pairwise(speakers):
            if inner.name == name and outer.mode == "paraphrases":
                return outer.name
        return None

    @cached_property
    def _roles(self) -> Mapping[str, str]:
        return {
            speaker.name: speaker.role
            for claim in self.kb.claims.values()
            for speaker in claim.speakers
        }

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Names by which a draft may call a speaker, in small letters, each with that in full."""
        if len(self.kb.claims) > MAX_CLAIMS_READ:
            return {}
        full = {
            speaker.name
            for claim in self.kb.claims.values()
            for speaker in claim.speakers
            if speaker.role != "curators" and speaker.name
        }
        names = {name.lower(): name for name in full}
        for name in full:
            last = name.rpartition(" ")[2].lower()
            person = name.count(" ") == 1 and name.istitle() and len(last) > 3
            if person and sum(other.lower().endswith(" " + last) for other in full) == 1:
                names.setdefault(last, name)
        return names

    def at(self, source: str, cited: Cited) -> list[Claim]:
        """The claims that rest on the place in a work that a citation names."""
        if cited.label is None:
            return []
        return [
            claim
            for claim in self.kb.claims_on_source(source)
            if any(self._is_there(place, cited) for place in self._places(claim, source))
        ]

    def _places(self, claim: Claim, source: str) -> Iterable[tuple[str, str]]:
        """The places in a work on which a claim rests, each as a label and a value."""
        for item in claim.evidence:
            if item.quote and (quote := self.kb.quotes[item.quote]).source == source:
                page = page_locator(self._library.page(source, quote.start))
                if page:
                    yield "page", page.value
                if source in self._library.texts:
                    last = self._library.line(source, quote.start + len(quote.exact) - 1)
                    for line in range(self._library.line(source, quote.start), last + 1):
                        yield "line", str(line)
            elif item.reference and item.reference.source == source and item.reference.locator:
                yield _of(item.reference.locator)

    def _is_there(self, place: tuple[str, str], cited: Cited) -> bool:
        label, value = place
        return label == cited.label and value.casefold() in {
            *cited.numbers(),
            cited.value.casefold(),
        }

    def told(self, claims: Sequence[Claim]) -> tuple[CitedClaim, ...]:
        """What became of some claims."""
        return tuple(map(self._told, claims))

    def _told(self, claim: Claim) -> CitedClaim:
        if claim.status != "accepted":
            return CitedClaim(
                id=claim.id,
                standing="retracted",
                statement=claim.statement,
                because=claim.retraction,
            )
        against = [
            other.id
            for other in (
                *self.kb.denials(claim.id), *self.kb.conflicts(claim.id),
                *(self.kb.claims[id_] for id_ in claim.conflicts_with),
            )
            if other.status == "accepted"
        ]  # fmt: skip
        because = ", ".join(dict.fromkeys(against)) or None
        standing: Standing = "disputed" if because else "stands"
        return CitedClaim(
            id=claim.id, standing=standing, statement=claim.statement, because=because
        )


def _of(locator: Locator) -> tuple[str, str]:
    return locator.label or "", locator.value
