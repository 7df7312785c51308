"""Write what `check` found in drafts: each quotation with its verdict, what was lost said first,
and the words marked that differ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from targetmarkets.evidence.likeness import marked
from targetmarkets.formats.document import Document, Piece
from targetmarkets.records.checks import PROVED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from targetmarkets.evidence.likeness import Compared
    from targetmarkets.formats.document import Style
    from targetmarkets.records.checks import (
        CheckReport,
        CitationRecord,
        DraftPlace,
        QuotationRecord,
    )

MAX_SHOWN: Final = 300
"""Characters of a passage that are shown."""


def write_check(report: CheckReport) -> Document:
    """Every draft with what was found in it, and the counts."""
    document = Document()
    for file in report.files:
        document.gap()
        document.add(Piece(file, "title"))
        for quotation in report.quotations:
            if quotation.place.file == file:
                _quotation(document, quotation)
        for citation in report.citations:
            if citation.place.file == file:
                _citation(document, citation)
        for unread in report.unread:
            if unread.file == file:
                where = f"line {unread.line}: " if unread.line else ""
                document.add(
                    Piece("not read  ", "muted"), f"{where}{unread.what}", indent=2, hang=2
                )
    document.gap()
    for problem in report.problems:
        document.add(Piece("not looked through  ", "bad"), problem)
    _count(document, report)
    return document


def _count(document: Document, report: CheckReport) -> None:
    counts = [f"{number} {verdict}" for verdict, number in report.verdicts.items() if number]
    texts = f"{report.sources} archived text{'' if report.sources == 1 else 's'}"
    document.add(f"{len(report.quotations)} quotations in {texts}: {', '.join(counts) or 'none'}.")
    if report.citations:
        wrong = sum(not citation.ok for citation in report.citations)
        document.add(f"{len(report.citations)} citations: {wrong or 'none'} wrong.")
    if report.unread:
        document.add(f"{len(report.unread)} parts were not read.")
    if report.ok:
        document.add(Piece("All that was checked is as the sources have it.", "good"))
    elif not report.checked:
        document.add(Piece("Nothing was checked, and so nothing is proved.", "bad"))
    else:
        document.add(Piece("Not all is as the sources have it.", "bad"))


def _where(place: DraftPlace) -> str:
    if place.line is not None:
        return f"{place.line}:{place.column}"
    return f"paragraph {place.paragraph}" if place.paragraph else ""


def _style(quotation: QuotationRecord) -> Style:
    if quotation.verdict in PROVED:
        return "good"
    return "muted" if quotation.verdict == "short" else "bad"


def _quotation(document: Document, quotation: QuotationRecord) -> None:
    words = _short(quotation.text)
    kind = f" ({quotation.kind})" if quotation.kind else ""
    document.add(
        Piece(f"{_where(quotation.place)}  ", "label"),
        Piece(f"{quotation.verdict}{kind}  ", _style(quotation)),
        Piece(f"“{words}”", "quotation"),
        indent=2, hang=2,
    )  # fmt: skip
    place = quotation.place
    if place.line is None and (place.before or place.after):
        around = f"in: …{place.before} ⟦…⟧ {place.after}…"
        document.add(Piece(around, "muted"), indent=4, hang=2)
    document.add(quotation.message, indent=4, hang=2)
    if quotation.verdict == "altered":
        _altered(document, quotation)
    for edit in quotation.edits:
        if edit.kind in {"typography", "spacing"}:
            document.add(Piece(f"{edit.kind} differs", "muted"), indent=4, hang=2)
        elif edit.kind == "ellipsis":
            document.add(Piece(f"left out: {_short(edit.source)}", "muted"), indent=4, hang=2)
        else:
            change = f"{edit.kind}: {edit.draft or 'nothing'} for {edit.source or 'nothing'}"
            document.add(Piece(change, "muted"), indent=4, hang=2)
    for warning in quotation.warnings:
        document.add(Piece("! ", "possible"), warning.message, indent=4, hang=2)
    if quotation.remedy:
        document.add(Piece(f"→ {quotation.remedy}", "muted"), indent=4, hang=2)


def _altered(document: Document, quotation: QuotationRecord) -> None:
    """The passages, and the words that differ."""
    if quotation.pieces:
        document.add(Piece("draft:  "), *styled(quotation.pieces, draft=True), indent=4, hang=8)
        document.add(Piece("source: "), *styled(quotation.pieces, draft=False), indent=4, hang=8)
        return
    for passage in quotation.passages:
        words = _short(passage.exact)
        document.add(f"{passage.source}, line {passage.line}: ", Piece(words), indent=4, hang=8)


def styled(pieces: Iterable[Compared], *, draft: bool) -> Iterator[Piece]:
    """One side of two passages, the words that differ in brackets and marked."""
    for words, differs in marked(pieces, draft=draft):
        yield Piece(words, "mark" if differs else "plain")


def _citation(document: Document, citation: CitationRecord) -> None:
    """A citation of which something is to be said."""
    disputed = any(claim.standing != "stands" for claim in citation.claims)
    if citation.ok and not disputed:
        return
    style: Style = "possible" if citation.ok else "bad"
    document.add(
        Piece(f"{_where(citation.place)}  ", "label"),
        Piece(f"{citation.text}  ", style),
        citation.message,
        indent=2, hang=2,
    )  # fmt: skip
    if citation.remedy:
        document.add(Piece(f"→ {citation.remedy}", "muted"), indent=4, hang=2)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= MAX_SHOWN else words[: MAX_SHOWN - 1] + "…"
