"""The parts that dossiers are made of: titles, fields, claims, footnotes, passages."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from targetmarkets.evidence.archive import PREFIX_LENGTH, Archives
from targetmarkets.formats.document import Document, Piece, Role
from targetmarkets.formats.marks import BROKEN, PROVED, READ, UNREAD
from targetmarkets.formats.wording import DENIED, show_period
from targetmarkets.model.edtf import span
from targetmarkets.model.objects import Quote
from targetmarkets.model.parts import Reference
from targetmarkets.model.vocabulary import LAYERS, Layer
from targetmarkets.records.claims import ClaimRecord, EvidenceRecord
from targetmarkets.records.wording import (
    as_printed,
    cite_work,
    cut,
    gloss,
    on_page,
    show_locator,
    show_speakers,
)

SEPARATOR = Piece(" · ", "muted")
LABEL_WIDTH = 14
"""Columns that the labels of fields take."""


NONE: Mapping[str, str] = MappingProxyType({})


class Writer:
    """A dossier being written, with the footnotes that its claims have asked for so far."""

    def __init__(self, archives: Archives) -> None:
        self.archives = archives
        self.document = Document()
        self.denials: dict[str, list[ClaimRecord]] = {}
        """Denials that are shown below the claims that they deny, by the ids of those."""
        self._footnotes: dict[str, tuple[int, EvidenceRecord]] = {}
        self._remarks: set[str] = set()

    def title(self, title: str, *facts: str | None) -> None:
        """The name of a thing, and in the next line what it is."""
        self.document.add(Piece(title, "title"), hang=2, role="title")
        self.document.add(Piece(" · ".join(filter(None, facts)), "muted"))

    def field(self, label: str, *value: Piece | str | None) -> None:
        """A line with a label; none where there is no value."""
        if any(value):
            name = Piece(label.ljust(LABEL_WIDTH), "muted")
            self.document.add(name, *value, hang=LABEL_WIDTH, role="field")

    def claims(
        self,
        heading: str,
        claims: Iterable[ClaimRecord],
        note: str | None = None,
        *,
        by_event: bool = True,
    ) -> None:
        """A section of claims, the book's before those of others; none where there are none.

        Claims of one event stand together below its name, unless the dossier is that of the event.
        """
        claims = list(claims)
        if not claims:
            return
        self.document.heading(heading, note)
        layers = [layer for layer in LAYERS if any(claim.layer == layer for claim in claims)]
        for layer in layers:
            if layers != ["book"]:
                self.document.add(
                    Piece(_LAYER_HEADINGS[layer], "muted"), indent=2, role="subheading"
                )
            told: dict[str, list[ClaimRecord]] = {}
            for claim in claims:
                if claim.layer == layer:
                    told.setdefault(claim.event or claim.id, []).append(claim)
            for together in told.values():
                event = together[0].event if by_event else None
                if event:
                    self._event(event)
                for claim in together:
                    self.entry(claim, indent=4 if event else 2)

    def _event(self, id_: str) -> None:
        """The name of an event, when it was, and its id."""
        kb = self.archives.kb
        claims = (c for c in kb.claims_of_event(id_) if (c.status, c.stance) == _STANDS)
        period = span(claim.period for claim in claims if claim.period)
        facts = (show_period(period) if period else None, id_)
        self.document.add(
            Piece(kb.events[id_].name, "label"),
            Piece(f"  {' · '.join(filter(None, facts))}", "muted"),
            indent=2,
            hang=2,
            role="item",
        )

    def entry(self, claim: ClaimRecord, indent: int = 2) -> None:
        """A claim: statement and footnote marks, then certainty, hedge, kind and speaker."""
        bullet = _DENIED if claim.stance == "denied" else Piece("• ", "layout")
        words = Piece(f"{claim.statement} ")
        self.document.add(bullet, words, self.marks(claim), indent=indent, hang=2, role="item")
        below = [Piece(claim.certainty, claim.certainty)]
        below.append(Piece(claim.known.removeprefix(claim.certainty), "muted"))
        if claim.hedge:
            below.append(Piece(f" (“{claim.hedge}”)", "muted"))
        denials = self.denials.get(claim.id, ())
        elsewhere = set(claim.denied_by) - {denial.id for denial in denials}
        for fact in (*_facts(claim), *(f"denied by {id_}" for id_ in sorted(elsewhere)), claim.id):
            below += [SEPARATOR, Piece(fact, "muted")]
        self.document.add(*below, indent=indent + 2, hang=2, role="more")
        remarks = (
            ("Hedge", claim.hedge_note),
            ("Note", claim.note),
            ("Reasoning", claim.reasoning),
        )
        said = [remark for _, remark in remarks if remark]
        for label, remark in remarks:
            repeated = any(remark and _says(other, remark) for other in said if other != remark)
            if remark and not repeated and remark not in self._remarks:
                self._remarks.add(remark)
                text = Piece(f"{label}: {remark}", "muted")
                self.document.add(text, indent=indent + 2, hang=2, role="more")
        for denial in denials:
            self.entry(denial, indent + 2)

    def marks(self, claim: ClaimRecord) -> Piece:
        """Footnote marks of a claim; a plus sign between those that are needed together."""
        marks = []
        for item in claim.evidence:
            key = item.quote.id if item.quote else item.citation
            number, _ = self._footnotes.setdefault(key, (len(self._footnotes) + 1, item))
            marks.append(f"[{number}]")
        return Piece(("+" if claim.joint else "").join(marks), "footnote")

    def footnotes(self) -> None:
        """The evidence that the marks point to, and the works that it is taken from."""
        if not self._footnotes:
            return
        items = [item for _, item in self._footnotes.values()]
        self.document.heading("Footnotes", role="footnotes")
        if any(item.reference for item in items):
            self.document.add(Piece(_REFERENCES, "muted"), indent=2)
        read: dict[str, list[str]] = {}
        for item in items:
            if item.reference and item.reference.consulted_at:
                addresses = read.setdefault(item.reference.source, [])
                if item.reference.consulted_at not in addresses:
                    addresses.append(item.reference.consulted_at)
        for number, item in self._footnotes.values():
            if item.reference:
                apart = len(read.get(item.reference.source, ())) > 1
                self._footnote(item.reference, f"[{number}] ", apart=apart)
            else:
                self.evidence(item, f"[{number}] ")
        once = {id_: addresses[0] for id_, addresses in read.items() if len(addresses) == 1}
        self.sources(dict.fromkeys(item.place()[0] for item in items), once)

    def _footnote(self, reference: Reference, mark: str, *, apart: bool) -> None:
        """A reference in a line, with the sign that says what it is worth; where it was read, if
        others of its source were read elsewhere.
        """
        sign = READ if self.archives.kb.sources[reference.source].read else UNREAD
        self.document.add(
            Piece(mark, "footnote"), sign.piece, " ", _place(reference), indent=2,
            hang=len(mark), role="footnote",
        )  # fmt: skip
        if apart and reference.consulted_at:
            read_at = Piece(f"read at {reference.consulted_at}", "muted")
            self.document.add(read_at, indent=2 + len(mark), role="more")

    def evidence(self, item: EvidenceRecord, mark: str = "", *, context: bool = False) -> None:
        """A quotation with its place and its proof, or a reference and that it is not proved."""
        if item.quote:
            self.passage(item.quote, mark, context=context)
        if item.reference:
            self._reference(item.reference)

    def passage(self, quote: Quote, mark: str = "", *, context: bool = False) -> None:
        """The words of a quotation, where they stand, and whether they were found there just now.

        With `context`, what stands around them in their paragraph is shown as well.
        """
        proof = self.archives.prove(quote)
        archive = self.archives.kb.sources[quote.source].archive
        inner = as_printed(quote, archive)
        words = [Piece(f"‘{inner}’", "quotation")]
        if context and not proof.problem:
            before = proof.before.rpartition("\n")[2]
            after = proof.after.partition("\n")[0]
            words = [
                Piece(f"…{before}" if len(before) == PREFIX_LENGTH else before, "context"),
                Piece(f"⟦{inner}⟧", "quotation"),
                Piece(f"{after}…" if len(after) == PREFIX_LENGTH else after, "context"),
            ]
        words += [Piece(cut(quote), "bad")] if quote.part_of_word else []
        role: Role = "footnote" if mark else "item"
        self.document.add(Piece(mark, "footnote"), *words, indent=2, hang=len(mark), role=role)
        page = archive.pages_of(quote.start, quote.end) if archive else None
        place = f", {on_page(page)}" if page is not None else ""
        place += f", line {proof.line}" if proof.line else ""
        self.document.add(
            Piece(f"{quote.source}{place}, characters {quote.start}–{quote.end}", "muted"),
            SEPARATOR,
            Piece(f"{BROKEN}: {proof.problem}", BROKEN.style) if proof.problem else _PROVED,
            SEPARATOR,
            Piece(quote.id, "muted"),
            indent=2 + len(mark),
            role="more",
        )

    def sources(self, ids: Iterable[str], read_at: Mapping[str, str] = NONE) -> None:
        """The works behind the keys, in full, what to know of each, and where it was read."""
        self.document.heading("Sources")
        for id_ in ids:
            source = self.archives.kb.sources[id_]
            reference = cite_work(source)
            self.document.add(
                Piece(f"{id_}  ", "label"), f"{reference}.", indent=2, hang=4, role="item"
            )
            if source.bibliography.title:  # or the descriptor stands in its place
                self.document.add(Piece(source.descriptor, "muted"), indent=6, role="more")
            if id_ in read_at:
                self.document.add(Piece(f"read at {read_at[id_]}", "muted"), indent=6, role="more")

    def claim_ids(self, heading: str, ids: Iterable[str]) -> None:
        """Claims by their ids and statements, each with what has to be known of it."""
        ids = list(ids)
        self.document.heading(heading, None if ids else "none")
        for id_ in ids:
            claim = self.archives.kb.claims[id_]
            denied = _DENIED if claim.stance == "denied" else None
            self.document.add(
                Piece(f"{id_}  ", "label"), denied, claim.statement, indent=2, hang=2, role="item"
            )
            self.document.add(Piece(gloss(claim), "muted"), indent=4, hang=2, role="more")

    def _reference(self, reference: Reference) -> None:
        self.document.add(_place(reference), indent=2, role="item")
        read_at = f" · read at {reference.consulted_at}" if reference.consulted_at else ""
        self.document.add(
            Piece("– a reference, not proved", "likely"),
            Piece(read_at, "muted"),
            indent=2,
            role="more",
        )


_LAYER_HEADINGS: Mapping[Layer, str] = {
    "book": "by the book or its publisher",
    "author": "by the author, outside the book",
    "context": "by others",
}

_DENIED = Piece(DENIED, "bad")

_PROVED = Piece(f"{PROVED.text} proved", PROVED.style)

_STANDS = ("accepted", "asserted")

_REFERENCES = f"not proved: {READ}, {UNREAD}"


def _place(reference: Reference) -> str:
    """The source of a reference, and the place in it."""
    place = f", {show_locator(reference.locator)}" if reference.locator else ""
    return f"{reference.source}{place}"


def _says(remark: str, other: str) -> bool:
    """Whether a remark holds all that another says."""
    return other.removesuffix(".") in remark


def _facts(claim: ClaimRecord) -> Iterable[str]:
    """What the line under a statement says beyond certainty and hedge."""
    if claim.activity:
        outcome = claim.activity.outcome
        yield claim.activity.type.replace("-", " ")
        yield "outcome unstated" if outcome == "unstated" else outcome
    if claim.period:
        yield claim.period
    yield show_speakers(claim.speakers)
    for id_ in claim.conflicts_with:
        yield f"differs from {id_}"
    for id_ in claim.denies:
        yield f"denies {id_}"
