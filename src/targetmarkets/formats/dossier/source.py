"""Dossiers of sources: the record, and the archived text with its quotations marked."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from targetmarkets import limits
from targetmarkets.errors import UnreadableError
from targetmarkets.formats.document import Piece, Style
from targetmarkets.formats.dossier.writer import Writer
from targetmarkets.model.objects import Quote
from targetmarkets.records.sources import SourceRecord
from targetmarkets.records.wording import cut


def write_source(writer: Writer, record: SourceRecord) -> None:
    """A source: what it is, whether its text is archived, and what is quoted from it."""
    bibliography = record.bibliography
    writer.title(record.title, bibliography.type, record.issued, record.id)
    writer.field("reference", record.citation)
    writer.field("what it is", record.descriptor)
    writer.field("address", bibliography.url)
    writer.field("note", bibliography.note)
    writer.field("reports on", ", ".join(record.reports_on))
    if record.archive is None:
        writer.field("archive", "none, so that nothing here proves what it says")
        writer.claim_ids("Claims that rest on it", record.claims)
        return
    problem = writer.archives.problem(record.id)
    proof = Piece(f"✗ {problem}", "bad") if problem else Piece("✓ as recorded", "good")
    writer.field("archive", record.archive.file)
    writer.field("SHA-256", f"{record.archive.sha256} ", proof)
    _marked_text(writer, record)
    _quotations(writer, record)


def _marked_text(writer: Writer, record: SourceRecord) -> None:
    try:
        text = writer.archives.text(record.id).text
    except UnreadableError:
        return
    if (lines := text.count("\n")) > limits.LINES.most:
        message, remedy = limits.LINES.exceeded("it", lines)
        writer.document.heading("Text", f"not shown: {message}; {remedy}")
        return
    writer.document.heading("Text", "quotation 1 stands between ⟦1: and ⟧1")
    for pieces in mark(text, record.quotes):
        writer.document.add(*pieces, indent=2)


def _quotations(writer: Writer, record: SourceRecord) -> None:
    writer.document.heading("Quotations", "and the claims that rest on each")
    claims = writer.archives.kb.claims_on_quote
    standing, shown = set(record.claims), set[str]()
    for number, quote in enumerate(record.quotes, start=1):
        resting = [claim.id for claim in claims(quote.id) if claim.id in standing]
        shown.update(resting)
        label = f"[{number}] "
        named = Piece(label, "mark"), Piece(quote.id, "label"), Piece(cut(quote), "bad")
        writer.document.add(*named, indent=2, role="item")
        ids = ", ".join(resting) or "no claim"
        writer.document.add(Piece(ids, "muted"), indent=2 + len(label), role="more")
    if others := [id_ for id_ in record.claims if id_ not in shown]:
        writer.claim_ids("Claims that refer to it without a quotation", others)


def mark(text: str, quotes: Iterable[Quote]) -> Iterator[list[Piece]]:
    """A text line by line, with numbered brackets around its quotations.

    Quotations may overlap or lie in one another, so that each bracket says whose it is. One that
    does not lie in the text is left out.
    """
    opening: dict[int, list[int]] = defaultdict(list)
    closing: dict[int, list[int]] = defaultdict(list)
    for number, quote in enumerate(quotes, start=1):
        if quote.start < quote.end <= len(text):
            opening[quote.start].append(number)
            closing[quote.end].insert(0, number)
    offsets = sorted({0, *opening, *closing})
    line: list[Piece] = []
    depth = 0
    for offset, following in zip(offsets, [*offsets[1:], len(text)], strict=True):
        line += [Piece(f"⟧{number}", "mark") for number in closing.get(offset, ())]
        line += [Piece(f"⟦{number}:", "mark") for number in opening.get(offset, ())]
        depth += len(opening.get(offset, ())) - len(closing.get(offset, ()))
        style: Style = "quotation" if depth else "plain"
        first, *others = text[offset:following].split("\n")
        line.append(Piece(first, style))
        for other in others:
            yield line
            line = [Piece(other, style)]
    yield line
