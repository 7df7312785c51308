"""Compare the text of a PDF with what a second reader has, where one is installed.

Text is compared to text, page by page: a word of the one that stands nowhere on the same page of
the other. The search of the second reader is not borrowed, nor its order, nor its spaces, in which
readers differ without being wrong.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple
from unicodedata import normalize

from targetmarkets import limits
from targetmarkets.errors import DocumentError
from targetmarkets.importing.extract import Extraction, asked
from targetmarkets.importing.kinds import PDF, WITNESS

SHOWN: Final = 3
"""Stretches that are shown."""

_WORD: Final = re.compile(r"\w+")


class Stretch(NamedTuple):
    """Words of a page that one reader has, and the other has not."""

    page: str
    words: str
    ours: bool
    """Whether they stand in the archived text, and not in what the second reader has."""


def with_witness(data: bytes, extraction: Extraction) -> tuple[Extraction, tuple[Stretch, ...]]:
    """A text with the count of the stretches on which a second reader differs, and those."""
    if extraction.media_type != PDF:
        return extraction, ()
    try:
        answer = asked(data, "", WITNESS, seconds=limits.WITNESS.most)
    except DocumentError:
        return extraction, ()
    text = answer.get("text")
    if not isinstance(text, str) or text.count("\f") + 1 != len(extraction.pages):
        return extraction, ()
    found = tuple(differences(extraction.text, text, extraction.pages))
    if not found:
        return extraction, ()
    pages = list(dict.fromkeys(stretch.page for stretch in found))
    gap = {"kind": "witness", "count": len(found), "pages": pages}
    return extraction._replace(gaps=(*extraction.gaps, gap)), found


def differences(ours: str, theirs: str, labels: Sequence[str]) -> Iterator[Stretch]:
    """The stretches on which two readings of the same pages differ."""
    for label, one, other in zip(labels, ours.split("\f"), theirs.split("\f"), strict=True):
        yield from (Stretch(label, words, ours=True) for words in _only_in(one, other))
        yield from (Stretch(label, words, ours=False) for words in _only_in(other, one))


def _only_in(one: str, other: str) -> Iterator[str]:
    """The stretches of a text whose words another has nowhere."""
    known = "".join(_WORD.findall(_plain(other)))
    stretch: list[str] = []
    for word in _WORD.findall(_plain(one)):
        if word in known:
            if stretch:
                yield " ".join(stretch)
            stretch = []
        else:
            stretch.append(word)
    if stretch:
        yield " ".join(stretch)


def _plain(text: str) -> str:
    """A text without what readers write in several ways: ligatures, case, broken words."""
    text = re.sub(r"(?<=\w)[-\u00ad\u2010\ufffe]\s*\n\s*(?=\w)", "", text)
    return normalize("NFKC", text).casefold().replace("\u00ad", "")
