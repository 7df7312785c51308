"""Write the coverage of sources: the text sentence by sentence, with the claims beside it."""

from targetmarkets.formats.document import Document, Piece
from targetmarkets.records.reports import CoverageReport, SentenceRecord, SourceCoverage


def write_coverage(report: CoverageReport) -> Document:
    """Each source: how much of it is used, and its sentences with what rests on each."""
    document = Document()
    for source in report.sources:
        document.gap()
        document.add(Piece(source.source, "title"))
        _summary(document, source)
        document.gap()
        for sentence in source.items:
            _sentence(document, sentence)
    document.gap()
    left = sum(source.left_over for source in report.sources)
    if left:
        document.add(Piece(f"Left over: {left}. Cite each by a claim, or set it aside.", "bad"))
    else:
        document.add(Piece("Nothing is left over.", "good"))
    return document


def _summary(document: Document, source: SourceCoverage) -> None:
    for count, what in (
        (source.cited, "cited by a claim"),
        (source.set_aside, "set aside"),
        (source.left_over, "left over"),
    ):
        share = count / source.sentences if source.sentences else 0
        document.add(f"{count:>5} of {source.sentences} sentences {what} ({share:.0%})")
    share = source.words_quoted / source.words if source.words else 0
    document.add(
        f"{source.words_quoted:>5} of {source.words} words inside quotations ({share:.0%})"
    )


def _sentence(document: Document, sentence: SentenceRecord) -> None:
    marks = {
        "cited": Piece("✓ ", "good"),
        "set aside": Piece("– ", "muted"),
        "left over": Piece("✗ ", "bad"),
    }
    place = Piece(f"{sentence.line:>4} ", "muted")
    document.add(place, marks[sentence.standing], *_words(sentence), hang=7)
    if sentence.standing == "left over":
        where = f"left over, characters {sentence.start}–{sentence.end}"
        document.add(Piece(where, "bad"), indent=7)
    else:
        document.add(Piece(", ".join(sentence.claims) or sentence.reason or "", "muted"), indent=7)


def _words(sentence: SentenceRecord) -> list[Piece]:
    """The sentence, with what stands inside quotations marked."""
    pieces = []
    at = 0
    for start, end in sentence.quoted:
        pieces += [Piece(sentence.text[at:start]), Piece(f"⟦{sentence.text[start:end]}⟧", "mark")]
        at = end
    return [*pieces, Piece(sentence.text[at:])]
