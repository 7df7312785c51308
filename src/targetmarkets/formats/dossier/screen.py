"""What all overviews share: how they fit a screen, their fields, statements and last lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from targetmarkets.formats.document import INDENT, SCREEN_LINES, Document, Piece
from targetmarkets.formats.dossier.marks import ProofMarks
from targetmarkets.formats.layout import fit
from targetmarkets.formats.marks import COLLECTED, CONTESTED
from targetmarkets.formats.wording import DENIED, sure
from targetmarkets.records.wording import count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from targetmarkets.evidence.archive import Archives
    from targetmarkets.records.claims import ClaimRecord
    from targetmarkets.records.overview import Contest

    Cells = Sequence[Iterable[Piece | str | None]]

ALL: Final = 10_000
"""More of anything than an overview shows."""


class Room(NamedTuple):
    """How much of each part is shown; what is left out is counted, and named how to see it."""

    rows: int = ALL
    """Rows of each part of a table."""
    events: int = ALL
    """Events, or other things of which there is a list."""
    claims: int = ALL
    """Statements."""
    contests: int = ALL
    """Matters that are contested."""
    denials: int = ALL
    """Statements that something is not so."""


def fitted(write: Callable[[Room], Document], width: int | None) -> Document:
    """As much of an overview as fits a screen of a width; without a width, all of it."""
    return fit(write, _rooms(), Room(), width)


def _rooms() -> list[Room]:
    """What to leave out, the least first: statements but two, the rest of lists, of what is
    contested and of tables; at last nearly all.
    """
    some, few = 8, 2
    return [
        *(Room(16, SCREEN_LINES, left, some, some) for left in range(SCREEN_LINES, few, -1)),
        *(Room(16, left, few, some, some) for left in range(SCREEN_LINES, some, -1)),
        *(Room(16, some, few, left, some) for left in range(some, few, -1)),
        *(Room(left, some, 1, few, some) for left in range(16, 4, -1)),
        *(Room(4, left, 1, 1, left) for left in range(some, few, -1)),
        *(Room(left, few, 1, 0, few) for left in (4, 3, 2)),
        *(Room(few, few, 0, 0, left) for left in (1, 0)),
        *(Room(left, left, 0, 0, 0) for left in (1, 0)),
    ]


class Screen:
    """An overview being written."""

    def __init__(self, archives: Archives, width: int | None) -> None:
        self.archives = archives
        self.kb = archives.kb
        self.width = width
        """Columns; None where it is for a page, not a screen."""
        self.document = Document(screenful=True)
        self.marks = ProofMarks(archives)

    def title(self, name: str, *facts: str | None) -> None:
        """The name of a thing, and after it what it is."""
        words = Piece(f"  {' · '.join(filter(None, facts))}", "muted")
        self.document.add(Piece(name, "title"), words, hang=INDENT, role="title")

    def rows(self, rows: Sequence[Cells], limit: int) -> None:
        """Rows of a table under a label, which stands once; what is left out is counted."""
        if len(rows) == limit + 1:
            limit += 1  # the line that counts one takes as much room as that one
        for row in rows[:limit]:
            self.document.row(*row)
        if len(rows) > limit:
            more = Piece(f"and {len(rows) - limit} more", "muted")
            self.document.row([], [more], *([] for _ in rows[0][2:]))

    def header(self, *words: str) -> None:
        """The headings of a table."""
        self.document.gap()
        self.document.row(*([Piece(word, "label")] for word in words), role="header")

    def field(self, label: str, *pieces: Piece | str | None, title: bool = False) -> None:
        """A line that begins with a word, and goes on below it set in a little."""
        words = Piece(f"{label}  ", "title" if title else "label")
        self.document.add(words, *pieces, hang=INDENT, role="field")

    def more(self, text: str) -> None:
        """How much is left out, and the command that shows it."""
        self.document.add(Piece(text, "muted"), indent=INDENT)

    def statements(
        self, label: str, claims: Sequence[ClaimRecord], limit: int, command: str
    ) -> None:
        """Claims in their own words, as many as there is room for; none where there are none."""
        if not claims:
            return
        shown = claims[:limit]
        hidden = count(len(claims) - len(shown), "claim")
        self.document.gap()
        if not shown:
            self.field(label, Piece(f"{hidden}: {command}", "muted"))
            return
        self.document.add(Piece(label, "label"))
        for claim in shown:
            self.item(*self.statement(claim))
        if len(claims) > len(shown):
            self.more(f"and {len(claims) - len(shown)} more: {command}")

    def item(self, *pieces: Piece | str | None) -> None:
        """A line of a list."""
        self.document.add(Piece("• ", "layout"), *pieces, hang=INDENT, role="item")

    def statement(self, claim: ClaimRecord) -> list[Piece | str]:
        """A claim in its words, who says it where they do not, how sure that is, and its marks."""
        judged, name = claim.assessment, claim.speakers[-1].name
        return [
            Piece(DENIED if claim.stance == "denied" else "", "bad"),
            f"{claim.statement} ",
            Piece("" if name in claim.statement else f"{name}, ", "muted"),
            sure(claim.certainty, proved=claim.evidence_kind == "quoted"),
            self.marks.sign(COLLECTED) if claim.certainty_basis == "collected" else "",
            Piece(f" (“{claim.hedge}”)" if claim.hedge else "", "muted"),
            f" [{judged.reliability}{judged.credibility}]" if judged else "",
            self.marks.sign(CONTESTED) if claim.denied_by or claim.conflicts_with else "",
            " ",
            *self.marks.of([claim.id]),
        ]

    def contested(self, contests: Sequence[Contest], limit: int, command: str) -> None:
        """What is denied or disputed, each matter in a line; none where nothing is."""
        if not contests:
            return
        self.document.gap()
        shown = contests[:limit]
        for contest in shown:
            pieces = (Piece(f"{contest.what}: "), *self._sides(contest))
            if contest is shown[0]:
                self.field("Contested", *pieces)
            else:
                self.document.add(*pieces, indent=INDENT, role="item")
        if hidden := len(contests) - len(shown):
            lead = f"and {count(hidden, 'more matter')}" if shown else count(hidden, "matter")
            self.more(f"{lead} contested: {command}")

    def _sides(self, contest: Contest) -> list[Piece]:
        """Who denies a thing, or who differs from whom."""
        mine, theirs = self.voices(contest.claims), self.voices(contest.by)
        if contest.how == "denied":
            return [Piece("denied by "), *theirs]
        if self._names(contest.claims) == self._names(contest.by):
            return [Piece("accounts differ "), *self.marks.of((*contest.claims, *contest.by))]
        return [*mine, Piece(" against "), *theirs]

    def _names(self, ids: Iterable[str]) -> set[str]:
        return {self.kb.claims[id_].speakers[-1].name for id_ in ids}

    def voices(self, ids: Iterable[str]) -> list[Piece]:
        """Who says some things, each once, with the marks of what they say."""
        voices: dict[str, list[str]] = {}
        for id_ in ids:
            voices.setdefault(self.kb.claims[id_].speakers[-1].name, []).append(id_)
        pieces: list[Piece] = []
        for name, said in voices.items():
            pieces += [Piece(f"{', ' if pieces else ''}{name} "), *self.marks.of(said)]
        return pieces

    def closing(self, *facts: str, note: str = "") -> None:
        """The sources of what is shown, how much there is, and what the signs mean."""
        self.document.gap()
        if self.width is None:
            self.marks.footnotes(self.document)
        elif sources := list(self.marks.named()):
            self.field("Sources", *sources)
        more = "more: --full" if self.width else ""
        for words, mark in (((*facts, more), " · "), ((self.marks.legend(), note), ", ")):
            if line := mark.join(filter(None, words)):
                self.document.add(Piece(line, "muted"))
