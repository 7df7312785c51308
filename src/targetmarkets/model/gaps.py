"""What a reader of documents could not turn into text, or left out because nobody sees it."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Final, Literal, NamedTuple

from pydantic import Field

from targetmarkets.model.base import Line, Model

UNREAD: Final = "\ufffd"
"""What stands in an archived text where something could not be read. No passage has it."""

GapKind = Literal[
    "characters", "pages", "pictures", "elements", "parts", "hidden", "struck", "furniture",
    "styles", "charset", "recognised", "witness", "beside",
]  # fmt: skip


class GapTerm(NamedTuple):
    """How gaps of a kind are told."""

    one: str
    many: str
    remedy: str
    missing: bool = True
    """Whether a passage that is printed there may be missing in the text."""


GAPS: Final[dict[GapKind, GapTerm]] = {
    "characters": GapTerm(
        "character has no known value",
        "characters have no known value",
        "recognise the text (OCR), or give one that has them",
    ),
    "pages": GapTerm(
        "page has no text", "pages have no text", "recognise the text of its pictures (OCR) first"
    ),
    "pictures": GapTerm(
        "picture is not read", "pictures are not read", "what is printed in them cannot be quoted"
    ),
    "elements": GapTerm(
        "element is not read",
        "elements are not read",
        "frames, films and drawings have to be saved by themselves",
    ),
    "parts": GapTerm(
        "attached part is not read", "attached parts are not read", "add them as documents"
    ),
    "hidden": GapTerm(
        "stretch of text is not shown by the document and left out",
        "stretches of text are not shown by the document and left out",
        "only what a reader sees can be quoted",
    ),
    "struck": GapTerm(
        "deleted or struck-out stretch is left out",
        "deleted or struck-out stretches are left out",
        "the text is read as it was corrected",
    ),
    "furniture": GapTerm(
        "stretch is a web archive's and not the page's, and left out",
        "stretches are a web archive's and not the page's, and left out",
        "the archive's own words are no source",
        missing=False,
    ),
    "styles": GapTerm(
        "style sheet or rule cannot be applied",
        "style sheets or rules cannot be applied",
        "what they hide is in the text: save the page from a browser as one file",
        missing=False,
    ),
    "charset": GapTerm(
        "document declares no character encoding, and was read by what its bytes look like",
        "documents declare no character encoding, and were read by what their bytes look like",
        "see that letters with accents are right, or save it as UTF-8",
    ),
    "recognised": GapTerm(
        "page has text that a machine recognised in a picture",
        "pages have text that a machine recognised in pictures",
        "compare what you quote with the picture",
    ),
    "witness": GapTerm(
        "stretch is read otherwise by a second reader",
        "stretches are read otherwise by a second reader",
        "compare what you quote there with the printed page",
    ),
    "beside": GapTerm(
        "place where lines stand side by side has no known order",
        "places where lines stand side by side have no known order",
        "quote what stands on one side alone",
    ),
}  # fmt: skip

PAGES_NAMED: Final = 8
"""Pages, or ranges of them, that a message names."""


class Gap(Model):
    """Something that a reader of a document could not turn into text, or left out."""

    kind: GapKind
    """What it is."""
    count: Annotated[int, Field(ge=1)]
    """How many there are."""
    pages: tuple[Line, ...] = ()
    """Labels of the pages on which they are, in order; empty where the document has none."""


def told(gaps: Iterable[Gap], *, missing: bool = False) -> Iterator[tuple[str, str]]:
    """What was not read, each as a sentence, and what to do; with `missing`, only what may be why
    a passage is not found.
    """
    for gap in gaps:
        term = GAPS[gap.kind]
        if missing and not term.missing:
            continue
        words = term.one if gap.count == 1 else term.many
        if gap.kind == "pages" and gap.pages:
            yield f"{_pages(gap.pages)} {words.split(' ', 1)[1]}", term.remedy
            continue
        where = f" on {_pages(gap.pages)}" if gap.pages else ""
        noun, _, rest = words.partition(" ")
        if not where:
            yield f"{gap.count:,} {words}", term.remedy
        else:
            yield f"{gap.count:,} {noun} {rest}:{where[3:]}", term.remedy


def _pages(labels: tuple[str, ...]) -> str:
    """Labels as a reader would write them: `page 3`, `pages 2 to 4 and 9`."""
    runs: list[list[str]] = []
    for label in labels:
        last = runs[-1][-1] if runs else ""
        if last.isdecimal() and label.isdecimal() and int(label) == int(last) + 1:
            runs[-1].append(label)
        else:
            runs.append([label])
    names = [run[0] if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs]
    if len(names) > PAGES_NAMED:
        rest = len(names) - PAGES_NAMED
        names = [*names[:PAGES_NAMED], f"{rest:,} more"]
    listed = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
    return f"{'page' if len(labels) == 1 else 'pages'} {listed}"
