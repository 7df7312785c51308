"""Prove archived texts: that they are as recorded, and that what is quoted stands in them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Final, NamedTuple

from targetmarkets import limits
from targetmarkets.errors import UnreadableError, shorten
from targetmarkets.evidence.archive import (
    ArchivedText,
    RecordedPassage,
    kept_in,
    open_archive,
    open_kept,
    page_starts,
)
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.kb.paths import Place, file_of
from targetmarkets.model.findings import Finding
from targetmarkets.model.integrity import Fault, place
from targetmarkets.model.objects import KnowledgeFile, Quote, Source
from targetmarkets.model.parts import Archive, Original
from targetmarkets.model.stored import Stored
from targetmarkets.model.types import LIST_OF, LISTS
from targetmarkets.text.breaks import AsRead
from targetmarkets.text.edges import words_cut
from targetmarkets.text.json_source import Path as JsonPath
from targetmarkets.text.json_source import show_path
from targetmarkets.text.offsets import offsets_of_each

PROOFS: Final[dict[str, str]] = {
    "archive": "every archived text and document is there, a regular file in its folder",
    "hash": "every archived text and document has the SHA-256 that is recorded for it",
    "page": "every page begins where a form feed of its archived text says",
    "span": "every span lies within its archived text",
    "quotation": "every passage stands at its span, code point by code point",
    "word": "every quotation begins and ends at words, or is recorded as part of one",
}
"""The checks of archived texts, and of what is recorded of them."""

Recorded = tuple[JsonPath, str, RecordedPassage]
"""A recorded passage: its JSON path, the id of its object, and the passage."""


class Part(NamedTuple):
    """What of a knowledge base is proved."""

    sources: Sequence[tuple[JsonPath, Source]]
    """Sources, each with its JSON path."""
    passages: Mapping[str, Sequence[Recorded]]
    """Recorded passages by the id of their source."""


def whole(content: KnowledgeFile) -> Part:
    """Everything."""
    sources = [(("sources", index), source) for index, source in enumerate(content.sources)]
    passages: dict[str, list[Recorded]] = defaultdict(list)
    for index, quote in enumerate(content.quotes):
        passages[quote.source].append((("quotes", index), quote.id, quote))
    for path, source in sources:
        passages[source.id] += set_aside(source, path)
    return Part(sources, passages)


def touched_part(kb: Knowledge, items: Iterable[Stored]) -> Part:
    """Some objects, with every passage of the sources among them."""
    sources: dict[str, Source] = {}
    passages: dict[str, list[Recorded]] = defaultdict(list)
    for item in items:
        match item:
            case Source():
                sources[item.id] = item
                passages[item.id] += set_aside(item, path_of(kb, item))
            case Quote():
                sources.setdefault(item.source, kb.sources[item.source])
                passages[item.source].append((path_of(kb, item), item.id, item))
    return Part([(path_of(kb, source), source) for source in sources.values()], passages)


def set_aside(source: Source, path: JsonPath) -> list[Recorded]:
    """The passages that a source sets aside; `path` is its own."""
    return [
        ((*path, "set_aside", nth), source.id, passage)
        for nth, passage in enumerate(source.set_aside)
    ]


def path_of(kb: Knowledge, item: Stored) -> JsonPath:
    """The JSON path of an object."""
    name = LIST_OF[item.word()]
    if kb.keeps_texts:  # a store is no JSON, and an object has no number there
        return name, item.id
    before = takewhile(lambda other: other != name, LISTS)
    return name, kb.position(item.id) - len(kb.among(list(before)))


class Proof:
    """One run of the proofs over a part of a knowledge base."""

    def __init__(
        self, part: Part, path: Place, files: Mapping[str, bytes], kb: Knowledge | None = None
    ) -> None:
        """`kb` is the knowledge base, where it may keep the archived files itself."""
        self.part = part
        self.path = path
        self.files = files
        self.kb = kb
        self.checked = Counter(dict.fromkeys(PROOFS, 0))

    def findings(self, text: str | None) -> list[Finding]:
        """Everything that does not hold; `text` is the text of the knowledge base, if there is
        one to find lines in.
        """
        in_archives: list[Finding] = []
        faults: list[Fault] = []
        for path, source in self.part.sources:
            if source.archive is None:
                continue
            passages = self.part.passages.get(source.id, ())
            archived, finding = self._archive(source, show_path(path), len(passages))
            in_archives += finding
            if archived:
                faults += self._pages(archived, source, path)
                read = AsRead.over(archived.text, source.archive.passed_over)
                faults += self._passages(archived, read, passages)
        return in_archives + place(text, str(self.path), faults)

    def _archive(
        self, source: Source, object_path: str, passages: int
    ) -> tuple[ArchivedText | None, list[Finding]]:
        """The archived text of a source if it can be read, and what is wrong with it or with the
        document that it was extracted from.
        """
        assert source.archive is not None
        unproved = f"; {passages} recorded passages of it are not proved"
        path = f"{object_path}.archive"
        archived, found = self._file(source.id, source.archive, path, unproved)
        if source.archive.original:
            _, more = self._file(source.id, source.archive.original, f"{path}.original", "")
            found += more
        if archived is None:
            return None, found
        try:
            archived.text  # noqa: B018 - decoding is the check
        except UnicodeDecodeError as error:
            message, remedy = f"byte {error.start} is not UTF-8{unproved}", "restore the text"
            found.append(
                _finding("archive", archived.path, source.id, f"{path}.file", message, remedy)
            )
            return None, found
        return archived, found

    def _file(
        self, source: str, record: Archive | Original, path: str, unproved: str
    ) -> tuple[ArchivedText | None, list[Finding]]:
        """An archived file if it can be read, and what is wrong with it."""
        self.checked["archive"] += 1
        try:
            archived = self._open(record)
        except UnreadableError as error:
            message, remedy = error.message + unproved, error.remedy or ""
            return None, [_finding("archive", self.path, source, f"{path}.file", message, remedy)]
        self.checked["hash"] += 1
        if archived.sha256 == record.sha256:
            return archived, []
        message = (
            f"its SHA-256 is {archived.sha256}, and {record.sha256} is recorded: "
            "either the file or the record was changed"
        )
        remedy = "restore the archived file, or the recorded hash, from where it came"
        if archived.differs_in_line_ends(record.sha256):
            message = "only its line ends are others than those that are recorded"
            remedy = (
                "git may have changed them: put 'sources/** -text' into .gitattributes, delete "
                "the file, and check it out again"
            )
        return archived, [
            _finding("hash", archived.path, source, f"{path}.sha256", message, remedy)
        ]

    def _open(self, record: Archive | Original) -> ArchivedText:
        if record.file in self.files:
            return ArchivedText(kept_in(self.path) / record.file, self.files[record.file])
        limit = limits.DOCUMENT if isinstance(record, Original) else limits.TEXT
        if self.kb:
            return open_kept(self.kb, record.file, limit)
        return open_archive(file_of(self.path, "this"), record.file, limit)

    def _pages(self, archived: ArchivedText, source: Source, path: JsonPath) -> Iterator[Fault]:
        archive = source.archive
        assert archive is not None
        self.checked["page"] += len(archive.pages)
        starts = page_starts(archived.text) if archive.pages else []
        if [page.start for page in archive.pages] != starts:
            wrong = next(
                (i for i, (page, start) in enumerate(zip(archive.pages, starts, strict=False))
                 if page.start != start),
                min(len(archive.pages), len(starts)) - 1,
            )  # fmt: skip
            message = (
                f"{archived.path.name} has {len(starts)} pages, and {len(archive.pages)} are "
                f"recorded; page {wrong + 1} begins at {starts[wrong]}"
            )
            remedy = "restore the archived text or the recorded pages"
            yield Fault("page", (*path, "archive", "pages", wrong), source.id, message, remedy)
        for at, (start, end) in enumerate(archive.passed_over):
            if not archived.has_lines(start, end):
                message = f"what is passed over at {start}-{end} does not lie between two lines"
                remedy = "tm anchor reads the document again; or restore what is recorded"
                yield Fault("page", (*path, "archive", "breaks", at), source.id, message, remedy)

    def _passages(
        self, archived: ArchivedText, read: AsRead, spans: Sequence[Recorded]
    ) -> Iterator[Fault]:
        broken = []
        for path, id_, span in spans:
            self.checked["span"] += 1
            self.checked["quotation"] += 1
            if not archived.holds(span):
                message = f"the span {span.start}-{span.end} does not lie in {archived.path.name}, "
                message += f"which has {len(archived.text)} code points"
                check = "span"
            elif not archived.has(span):
                message = _difference(archived, span)
                check = "quotation"
            else:
                if isinstance(span, Quote):
                    yield from self._edges(read, span, path)
                continue
            broken.append((check, path, id_, message, span.exact))
        places = offsets_of_each(archived.text, (exact for *_, exact in broken))
        for check, path, id_, message, exact in broken:
            yield Fault(check, path, id_, message, _where(places[exact], exact))

    def _edges(self, text: AsRead, quote: Quote, path: JsonPath) -> Iterator[Fault]:
        self.checked["word"] += 1
        if not quote.part_of_word and (words := words_cut(text, quote.start, quote.end)):
            message = f"begins or ends within {shorten(words[0])}"
            remedy = "quote the whole word, or record that it is part of one: 'part_of_word'"
            yield Fault("word", path, quote.id, message, remedy)


def _finding(check: str, file: Place, source: str, path: str, message: str, remedy: str) -> Finding:
    return Finding(
        check=check, file=str(file), line=None, path=path, id=source, message=message, remedy=remedy
    )


def _difference(archived: ArchivedText, span: RecordedPassage) -> str:
    """What the archived text has and what is recorded, from just before they part."""
    there = archived.text[span.start : span.end]
    pairs = zip(there, span.exact, strict=False)
    same = min(len(there), len(span.exact))
    first = next((i for i, (one, other) in enumerate(pairs) if one != other), same)
    begin = max(0, first - 20)
    return (
        f"from character {span.start + first} {archived.path.name} has {shorten(there[begin:])}, "
        f"and {shorten(span.exact[begin:])} is recorded"
    )


def _where(found: Sequence[int], exact: str) -> str:
    """Remedy for a passage that is not where it is said to be, but where it was found."""
    match found:
        case []:
            return "the passage is nowhere in that text: restore the one that was changed"
        case [start]:
            place = f"{start}-{start + len(exact)}"
            return f"the passage stands at {place}: correct the span, or restore the text"
    return "the passage stands there more than once: correct the span"
