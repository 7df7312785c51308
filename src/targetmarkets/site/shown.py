"""What pages show of claims and of their evidence: signs, places, and where each leads to."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import quote as encoded

from targetmarkets.errors import UnreadableError
from targetmarkets.formats.dossier.values import party_name, state_name
from targetmarkets.formats.marks import (
    BROKEN,
    COLLECTED,
    CONTESTED,
    PROVED,
    READ,
    SIGNS,
    UNREAD,
    Sign,
)
from targetmarkets.formats.wording import sure
from targetmarkets.records.wording import both_ends, cite_work, show_locator
from targetmarkets.site import render
from targetmarkets.site.fragments import original
from targetmarkets.text.addresses import web_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from targetmarkets.evidence.archive import Archives
    from targetmarkets.model.objects import Quote
    from targetmarkets.model.parts import Reference
    from targetmarkets.records.claims import ClaimRecord, EvidenceRecord, PartyRecord
    from targetmarkets.records.compose import Composer
    from targetmarkets.records.overview import Summary

CLASSES: Final[Mapping[str, str]] = {
    PROVED.text: "good",
    BROKEN.text: "bad",
    READ.text: "read",
    UNREAD.text: "unread",
}
"""How signs look, by their text."""

LEGEND: Final = tuple(sign for sign in SIGNS if sign.meaning != "quoted")
"""The signs of pages: every quotation is looked up as they are made."""


class Passage(NamedTuple):
    """A quotation, where it stands, and whether it stood there when the page was made."""

    quote: Quote
    problem: str | None
    """What is wrong; None where it was found, in a text with the recorded hash."""
    place: str
    """Its page and line, as far as they are known, and its characters."""
    before: str
    after: str
    sha256: str | None
    """The recorded hash of its text."""
    original: str | None
    """Where it stands in the original, on the web."""

    @property
    def sign(self) -> Sign:
        """The sign of its proof."""
        return BROKEN if self.problem else PROVED

    @property
    def href(self) -> str:
        """Its address in the site, from the home page."""
        return f"source/{self.quote.source}.html#q-{self.quote.id}"


class Mark(NamedTuple):
    """A sign of a claim with the number of a source: `✓1`."""

    sign: Sign
    number: int
    claim: str
    """The claim to which it leads."""
    title: str
    """Its statement."""

    @property
    def look(self) -> str:
        """The class of its style."""
        return CLASSES[self.sign.text]


class Sources:
    """The sources of one page by number, as they are named."""

    def __init__(self, shown: Shown) -> None:
        self._shown = shown
        self.numbers: dict[str, int] = {}

    def marks(self, ids: Iterable[str]) -> list[Mark]:
        """The marks of some claims, one for each source of each."""
        found: dict[tuple[str, int, Sign], Mark] = {}
        for id_ in ids:
            claim = self._shown.claim(id_)
            for item in claim.evidence:
                source, _ = item.place()
                number = self.numbers.setdefault(source, len(self.numbers) + 1)
                sign = self._shown.sign(item)
                found[id_, number, sign] = Mark(sign, number, id_, claim.statement)
        return sorted(found.values(), key=lambda mark: (mark.number, mark.sign.text))

    def named(self) -> list[tuple[int, str, str]]:
        """Number, id and reference of each."""
        return [(number, id_, self._shown.work(id_)) for id_, number in self.numbers.items()]


class Shown:
    """Looks up what pages show, each thing once."""

    def __init__(self, composer: Composer, archives: Archives) -> None:
        self.composer = composer
        self.kb = composer.kb
        self.archives = archives
        self._passages: dict[str, Passage] = {}
        self._cards: dict[str, Any] = {}

    def claim(self, id_: str) -> ClaimRecord:
        """The record of a claim."""
        return self.composer.claim(self.kb.claims[id_])

    def name(self, id_: str) -> str:
        """What an object is called."""
        return self.kb.objects[id_].label

    def work(self, id_: str) -> str:
        """The reference to a source."""
        return cite_work(self.kb.sources[id_])

    def address(self, id_: str) -> str | None:
        """Where a source is on the web."""
        work = self.kb.sources[id_].bibliography
        by_doi = f"https://doi.org/{encoded(work.doi, safe='/:;()')}" if work.doi else None
        return web_address(work.url) or web_address(by_doi)

    def sign(self, item: EvidenceRecord) -> Sign:
        """The sign of an item of evidence."""
        if item.quote:
            return self.passage(item.quote).sign
        return READ if self.kb.sources[item.place()[0]].read else UNREAD

    def look(self, sign: Sign) -> str:
        """The class of the style of a sign."""
        return CLASSES[sign.text]

    def passage(self, quote: Quote) -> Passage:
        """A quotation as it is shown, looked up once."""
        if quote.id not in self._passages:
            self._passages[quote.id] = self._passage(quote)
        return self._passages[quote.id]

    def _passage(self, quote: Quote) -> Passage:
        source = self.kb.sources[quote.source]
        archive = source.archive
        proof = self.archives.prove(quote)
        page = archive.page_at(quote.start) if archive else None
        places = [f"p. {page}"] if page is not None else []
        places += [f"line {proof.line}"] if proof.line else []
        places += [f"characters {quote.start}–{quote.end}"]
        link = None
        if not proof.problem:
            text = self.archives.text(quote.source).text
            link = original(self.address(quote.source), text, quote.start, quote.end)
        return Passage(
            quote,
            proof.problem,
            ", ".join(places),
            proof.before.rpartition("\n")[2],
            proof.after.partition("\n")[0],
            archive.sha256 if archive else None,
            link,
        )

    def reference(self, reference: Reference) -> str:
        """The work that a reference names, and the place in it."""
        place = f", {show_locator(reference.locator)}" if reference.locator else ""
        return f"{self.work(reference.source)}{place}"

    def text(self, source: str) -> str | None:
        """The archived text of a source, where it is as recorded or can be read at all."""
        try:
            return self.archives.text(source).text
        except UnreadableError:
            return None

    def party(self, party: PartyRecord) -> str:
        """The name of a party."""
        return party_name(self.kb, party)

    def state(self, code: str) -> str:
        """What a state is called here, or else usually."""
        return state_name(self.kb, code)

    def card(self, claim: ClaimRecord) -> Any:
        """A claim as it stands among others, on any page one folder down; made once."""
        if claim.id not in self._cards:
            self._cards[claim.id] = render.part("card.html", claim=claim, shown=self)
        return self._cards[claim.id]

    def certainties(self, certainties: Sequence[Any], *, proved: bool) -> list[tuple[str, str]]:
        """Both ends of a range, each with its style: what no quotation proves looks like it."""
        return [(word, sure(word, proved=proved).style) for word in both_ends(certainties)]

    def how_sure(self, summary: Summary) -> list[tuple[str, str]]:
        """The same of claims that are shown as one."""
        return self.certainties(summary.certainties, proved=summary.quoted == len(summary.claims))

    @cached_property
    def legend(self) -> Sequence[Sign]:
        """The signs, and what they mean."""
        return LEGEND

    collected: Final = COLLECTED
    contested: Final = CONTESTED
