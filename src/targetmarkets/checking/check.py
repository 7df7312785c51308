"""Check drafts: whether what they quote is real, and what they cite still stands."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from targetmarkets.checking import marks
from targetmarkets.checking.beside import beside, speaker
from targetmarkets.checking.citing import Cited, citations
from targetmarkets.checking.draft import Block, Draft
from targetmarkets.checking.library import Library
from targetmarkets.checking.sentences import cited_sentence, quoted_sentence
from targetmarkets.checking.sourcing import Sourcing, sourced
from targetmarkets.checking.standing import Standings
from targetmarkets.checking.verdict import judge
from targetmarkets.evidence.archive import Archives
from targetmarkets.kb.resolve import resolve
from targetmarkets.records.checks import (
    PROVED,
    VERDICTS,
    CheckReport,
    CitationRecord,
    DraftPlace,
    EditRecord,
    LossRecord,
    PassageRecord,
    QuotationRecord,
    UnreadRecord,
)
from targetmarkets.records.pieces import PieceRecord

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from targetmarkets.checking.verdict import Place
    from targetmarkets.kb.knowledge import Knowledge
    from targetmarkets.model.objects import Claim

AROUND: Final = 40
"""Characters before and behind a place that are shown where there are no lines."""

MAX_PLACES_TOLD: Final = 5
"""Places of a quotation that are told."""


class Quoted(NamedTuple):
    """A quotation in a draft, before it is looked for."""

    block: Block
    start: int
    end: int
    cited: tuple[Cited, ...]
    named: str | None
    ends: tuple[int, ...] = ()
    """Where else it may end."""

    @property
    def text(self) -> str:
        return self.block.text[self.start : self.end]


class Checker:
    """Checks drafts against a knowledge base, whose texts it reads once."""

    def __init__(self, kb: Knowledge) -> None:
        self.kb = kb
        self.library = Library(Archives(kb))
        self.standings = Standings(kb, self.library)

    def check(self, drafts: Sequence[Draft]) -> CheckReport:
        """What is true in some drafts, and what is not."""
        quotations: list[QuotationRecord] = []
        cited: list[CitationRecord] = []
        unread: list[UnreadRecord] = []
        for draft in drafts:
            found, open_ = self.quoted(draft)
            quotations += [self.quotation(draft, quoted) for quoted in found]
            cited += self.citations(draft, found, quotations)
            unread += [*self._gaps(draft), *open_]
        counts = Counter(quotation.verdict for quotation in quotations)
        report = CheckReport(
            ok=all(item.ok for item in quotations) and all(item.ok for item in cited),
            files=tuple(draft.name for draft in drafts),
            sources=len(self.library.texts),
            verdicts={verdict: counts[verdict] for verdict in VERDICTS},
            quotations=tuple(quotations),
            citations=tuple(cited),
            unread=tuple(unread),
            problems=tuple(self.library.problems.values()),
        )
        return report if report.checked else report.model_copy(update={"ok": False})

    def quoted(self, draft: Draft) -> tuple[list[Quoted], list[UnreadRecord]]:
        """The quotations of a draft, and the marks that open one which nothing closes."""
        found: list[Quoted] = []
        unread: list[UnreadRecord] = []
        for number, block in enumerate(draft.blocks):
            following = draft.blocks[number + 1 : number + 2]
            if block.quoted:
                earlier = draft.blocks[number - 1] if number else None
                later = following[0] if following else None
                if quoted := self._block(draft, block, earlier, later):
                    found.append(quoted)
                continue
            goes_on = any(not next_.quoted and marks.opens(next_.text) for next_ in following)
            spans, open_ = marks.quotations(block.text, goes_on=goes_on)
            others = [(span.start, span.end) for span in spans]
            for span in spans:
                given = beside(block, span.start, span.end, others, draft.notes)
                named = speaker(block.text, span.start - 1, span.end + 1, self.standings.names)
                found.append(Quoted(block, span.start, span.end, given, named, span.ends))
            for place in open_:
                words = " ".join(block.text[place : place + AROUND].split())
                what = f"a quotation that nothing closes: {words}…"
                line = draft.line(block.place(place))
                unread.append(UnreadRecord(file=draft.name, line=line, what=what))
        return found, unread

    def _block(
        self, draft: Draft, block: Block, earlier: Block | None, later: Block | None
    ) -> Quoted | None:
        """A block quotation, without its marks, its citation and the line that says whose it is."""
        start, end = inner = quoted_sentence(block.text)
        if not block.text[slice(*inner)].strip():
            return None
        cited = beside(block, start, end, [], draft.notes)
        if not cited and later and not later.quoted:
            first = citations(later.text)
            cited = tuple(
                c for c in first if c.start == 0 or not later.text[: c.start].strip(" ([—–-")
            )
        named = None
        if earlier and not earlier.quoted:
            tail = earlier.text.rstrip()
            named = speaker(tail, len(tail), len(tail), self.standings.names)
            if not cited and tail.endswith((":", "]")):
                cited = cited_sentence(tail)
        return Quoted(block, start, end, cited, named)

    def quotation(self, draft: Draft, quoted: Quoted) -> QuotationRecord:
        """A quotation with its verdict."""
        known = [s for s in map(self.standings.source, (c.key for c in quoted.cited)) if s]
        finding = judge(self.library, quoted.text, known)
        for end in quoted.ends:
            longer = quoted._replace(end=end)
            other = judge(self.library, longer.text, known)
            if other.verdict in PROVED:
                finding, quoted = other, longer
        result: Sourcing = sourced(self, finding, quoted, known)
        return QuotationRecord(
            place=self.place(draft, quoted.block, quoted.start, quoted.end),
            text=quoted.text,
            block=quoted.block.quoted,
            cited=tuple(cited.shown for cited in quoted.cited),
            named=quoted.named,
            verdict=result.verdict,
            kind=finding.kind if result.verdict == "altered" else None,
            ok=result.verdict in PROVED or result.verdict == "short",
            passages=tuple(map(self.passage, result.places[:MAX_PLACES_TOLD])),
            edits=tuple(EditRecord(**edit._asdict()) for edit in finding.edits),
            lost=tuple(LossRecord(**loss._asdict()) for loss in finding.lost),
            pieces=tuple(PieceRecord(**piece._asdict()) for piece in finding.pieces),
            warnings=result.warnings,
            claims=tuple(claim.id for claim in result.claims),
            message=result.message,
            remedy=result.remedy,
        )

    def passage_of(self, words: str, source: str = "", name: str = "") -> QuotationRecord:
        """The verdict on words alone, as if a draft quoted them from a source, or a speaker.

        Raises `UnknownNameError`.
        """
        cited: tuple[Cited, ...] = ()
        if source:
            cited = (Cited(resolve(source, self.kb.sources, "source").id, 0, 0),)
        named = self.standings.names.get(name.strip().lower(), name.strip() or None)
        block = Block(words, (), 1)
        draft = Draft("quotation", "text", [block])
        return self.quotation(draft, Quoted(block, 0, len(words), cited, named))

    def passage(self, place: Place) -> PassageRecord:
        """A passage of an archived text, for people to find it."""
        voices = self.standings.voices(*place)
        return PassageRecord(
            source=place.source,
            start=place.start,
            end=place.end,
            line=self.library.line(place.source, place.start),
            page=self.library.page(place.source, place.start),
            exact=self.library.texts[place.source][place.start : place.end],
            speakers=tuple(dict.fromkeys(s.name for voice in voices for s in voice.speakers)),
        )

    def citations(
        self, draft: Draft, found: Sequence[Quoted], records: Sequence[QuotationRecord]
    ) -> Iterator[CitationRecord]:
        """The citations of a draft, and what became of the claims that they lead to."""
        claims_of = {
            (id(quoted.block), cited): record.claims
            for quoted, record in zip(found, records[-len(found) :] if found else (), strict=True)
            for cited in quoted.cited
        }
        for block in draft.blocks:
            for cited in citations(block.text):
                known = self.standings.source(cited.key)
                if not known and cited.key in self.kb.claims:
                    yield self._of_claim(draft, block, cited.start, cited.end, cited.key)
                elif known or cited.bracketed or draft.keys_are_bare:
                    ids = claims_of.get((id(block), cited), ())
                    yield self._citation(draft, block, cited, known, ids)
        for mark in draft.marks:
            yield self._of_mark(draft, mark.claim, mark.place)

    def _citation(
        self, draft: Draft, block: Block, cited: Cited, source: str | None, ids: Sequence[str]
    ) -> CitationRecord:
        place = self.place(draft, block, cited.start, cited.end)
        if source is None:
            near = tuple(self.standings.nearest(cited.key))
            return _unknown(place, cited.shown, cited.key, near, "source")
        claims = [self.kb.claims[id_] for id_ in ids] or self.standings.at(source, cited)
        return self._standing(place, cited.shown, cited.key, claims, named=False)

    def _of_claim(
        self, draft: Draft, block: Block, start: int, end: int, id_: str
    ) -> CitationRecord:
        place = self.place(draft, block, start, end)
        return self._standing(place, f"@{id_}", id_, [self.kb.claims[id_]], named=True)

    def _of_mark(self, draft: Draft, id_: str, where: int) -> CitationRecord:
        position = draft.position(where)
        place = DraftPlace(
            file=draft.name, line=position.line if position else None,
            column=position.column if position else None,
            end_line=None, end_column=None, paragraph=0, before="", after="",
        )  # fmt: skip
        claims = self.kb.claims
        found = claims.get(id_) or next(iter(claims.formerly(id_)), None)
        if found is None:
            near = tuple(self.standings.nearest(id_))
            return _unknown(place, id_, id_, near, "claim")
        return self._standing(place, id_, id_, [found], named=True)

    def _standing(
        self, place: DraftPlace, text: str, key: str, claims: Sequence[Claim], *, named: bool
    ) -> CitationRecord:
        told = self.standings.told(claims)
        gone = [claim for claim in told if claim.standing == "retracted"]
        disputed = [claim for claim in told if claim.standing == "disputed"]
        ok = not gone or (len(gone) < len(told) and not named)
        message, remedy = f"{len(told)} claims rest on it" if told else "it is known", ""
        if gone:
            message = f"retracted: {gone[0].id}: {gone[0].because}"
            remedy = f"do not rest on it; tm show {gone[0].id} says more"
        elif disputed:
            message = f"disputed: {disputed[0].id}, by {disputed[0].because}"
            remedy = f"say so too; tm show {disputed[0].id} shows both sides"
        return CitationRecord(
            place=place, text=text, key=key, known=True, nearest=(), claims=told, ok=ok,
            message=message, remedy=remedy,
        )  # fmt: skip

    def place(self, draft: Draft, block: Block, start: int, end: int) -> DraftPlace:
        """A stretch of a paragraph as people find it in the draft."""
        stretch = block.stretch(start, end)
        first = draft.position(stretch[0]) if stretch else None
        last = draft.position(stretch[1]) if stretch else None
        return DraftPlace(
            file=draft.name,
            line=first.line if first else None,
            column=first.column if first else None,
            end_line=last.line if last else None,
            end_column=last.column if last else None,
            paragraph=block.number,
            before=" ".join(block.text[max(0, start - AROUND) : start].split()),
            after=" ".join(block.text[end : end + AROUND].split()),
        )

    def _gaps(self, draft: Draft) -> Iterator[UnreadRecord]:
        for gap in draft.gaps:
            yield UnreadRecord(file=draft.name, line=draft.line(gap.place), what=gap.what)


def _unknown(
    place: DraftPlace, text: str, key: str, near: tuple[str, ...], what: str
) -> CitationRecord:
    remedy = (
        f"did you mean {' or '.join(near)}?" if near else f"tm list {what}s shows what there is"
    )
    return CitationRecord(
        place=place, text=text, key=key, known=False, nearest=near, claims=(), ok=False,
        message=f"there is no {what} called {key}", remedy=remedy,
    )  # fmt: skip
