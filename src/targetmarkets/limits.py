"""How much of anything is taken: every limit of what comes from outside, in this one place.

A file, a text or a number that somebody else made may be of any size. Within these limits memory
and time grow at most in proportion to it; beyond them it is refused, by a message that names the
limit, or, where `beyond` says so, the rest is passed over, since no proof rests on it. `tm help
limits` prints the table, and `tests/test_limits.py` goes beyond each. No models are imported: the
process that reads documents needs these, too.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

_MEBI: Final = 1 << 20


class Limit(NamedTuple):
    """The most that is taken of something."""

    most: int
    """The number that is still taken."""
    unit: str
    """What is counted."""
    what: str
    """Of what, in the words of `tm help limits`."""
    reason: str
    """Why so much, and no more."""
    remedy: str = ""
    """What to do about more, where that is refused."""
    beyond: str = ""
    """What becomes of more, where it is not refused."""

    @property
    def shown(self) -> str:
        """The most, with its unit."""
        return f"{self.most:,} {self.unit}" if self.unit else str(self.most)

    def exceeded(self, name: str, found: int | None = None) -> tuple[str, str]:
        """The message for what has more, by its name and, if that is known, its number; and the
        remedy.
        """
        if found is None:
            return f"{name} has over {self.shown}, the most that is read", self.remedy
        return f"{name} has {found:,} {self.unit}, and {self.most:,} are read at most", self.remedy


INTEGER: Final = Limit(
    2**53 - 1,
    "",
    "a whole number of the file",
    "larger ones are not exact in every program that reads JSON",
    "correct the number",
)

QUANTITY: Final = Limit(
    10**15,
    "",
    "a quantity",
    "numbers beyond it are slips of the hand",
    "correct the number",
)

YEAR: Final = Limit(
    9999,
    "",
    "a year",
    "dates have four digits for it, in EDTF and in calendars",
    "correct the date",
)

DEPTH: Final = Limit(
    100,
    "levels",
    "JSON within JSON",
    "the file has nine; deeper ones only fill the stack",
    "restore the file, or correct it there",
)

ID: Final = Limit(
    100,
    "characters",
    "an id",
    "it is typed, and stands in the names of files",
    "give a shorter one",
)

LINE: Final = Limit(
    4_000,
    "characters",
    "a name, a statement or another line",
    "a page of print has fewer",
    "shorten it",
)

FILE_NAME: Final = Limit(
    200,
    "characters",
    "the name of an archived file",
    "file systems end at 255 bytes, and temporary files add to it",
    "rename the file",
)

KNOWLEDGE_BASE: Final = Limit(
    256 * _MEBI,
    "bytes",
    "the file of a knowledge base",
    "that of 200,000 claims; to read one takes about ten times its size in memory",
    "tm copy it to a store, which reads in pieces what tm fmt has written; or divide it",
)

TEXT: Final = Limit(
    100 * _MEBI,
    "bytes",
    "an archived text",
    "that of a hundred long books; it is held in memory to be proved",
    "divide the document, and archive its parts as sources of their own",
)

DOCUMENT: Final = Limit(
    200 * _MEBI,
    "bytes",
    "a document to be archived",
    "scanned reports have so many; it is held in memory to be hashed",
    "divide it, or extract the text yourself and add that",
)

CHANGES: Final = Limit(
    100,
    "changes",
    "past changes of a JSON file that are known",
    "they are written anew with each; a store knows all, and so does git",
    beyond="the oldest are forgotten",
)

HISTORY: Final = Limit(
    16 * _MEBI,
    "bytes",
    "what is kept of past changes of a JSON file",
    "that of a thousand claims before and after; it is written anew with each change",
    beyond="the oldest are forgotten, the last never",
)

INPUT: Final = Limit(
    16 * _MEBI,
    "bytes",
    "an object, claims, a record or a style, from stdin or a file",
    "ten thousand claims have fewer; stdin may never end",
    "give it in parts",
)

PASSAGE: Final = Limit(
    1_000_000,
    "characters",
    "a passage that is looked for",
    "a quotation is as short as carries the claim",
    "quote a shorter passage",
)

SENTENCES: Final = Limit(
    100_000,
    "sentences",
    "an archived text of which coverage is shown",
    "that of thirty books; each is a record with a line of output",
    "divide the document, and archive its parts as sources of their own",
)

REPORTED: Final = Limit(
    500_000,
    "sentences",
    "all texts of one report of coverage",
    "the records of a report are held in memory together",
    "name fewer sources",
)

LINES: Final = Limit(
    1_000_000,
    "lines",
    "an archived text that is shown whole",
    "nobody reads on; each is held in memory until all are set",
    "read the file itself",
)

CANDIDATES: Final = Limit(
    100_000,
    "places",
    "places of a text that are compared with a passage",
    "only a text that repeats itself has as many, and no choice among them is meant",
    "give a longer passage",
)

PLACES: Final = Limit(
    1_000,
    "places",
    "places of a passage from which --nth chooses",
    "nobody counts further",
    "give a longer passage",
)

ROWS: Final = Limit(
    1_000_000,
    "rows",
    "--limit",
    "no knowledge base has as many objects",
    "leave --limit out",
)

TERMS: Final = Limit(
    100,
    "words or phrases",
    "a search",
    "the index does not parse many more",
    "search for fewer",
)

STYLE: Final = Limit(
    20_000_000,
    "elements",
    "a CSL style with every macro written out where it is used",
    "the largest that is published has a tenth; a few lines can make endless ones",
    "name another style",
)

PAGES: Final = Limit(
    20_000,
    "pages",
    "a PDF",
    "a book has a thousand, and each takes time",
    "divide it",
)

PART: Final = Limit(
    200 * _MEBI,
    "bytes",
    "a part of a DOCX, an ODT or an EPUB, unpacked",
    "a document has no more as a whole; what a few bytes unpack to may have no end",
    "extract its text yourself, and add that",
)

NESTED: Final = Limit(
    30_000,
    "elements within one another",
    "a page",
    "people write a hundred; the time of a parser grows by the square of them, to a second here",
    "save the page from a browser, as it shows it",
)

STYLES: Final = Limit(
    20,
    "styles or levels",
    "styles that one rests on, and lists within lists, of a DOCX or an ODT",
    "programs have nine levels; a style that rests on itself would never end",
    beyond="further ones have no effect",
)

FORMS: Final = Limit(
    20,
    "forms",
    "forms within forms of a page of a PDF, where layers are looked for",
    "nobody draws so; each level is looked through once more",
    beyond="what lies deeper is taken as drawn",
)

LAYERS: Final = Limit(
    200,
    "layers and forms",
    "a page of a PDF, of which is tried what is drawn",
    "for each the page is drawn once more",
    beyond="of one with more, all is taken as drawn",
)

PIXELS: Final = Limit(
    4_000_000,
    "pixels",
    "a page of a PDF that is drawn to see what is on it",
    "letters can be told from nothing by fewer; a page may say that it is of any size",
    beyond="a larger one is drawn smaller",
)

AUTHORS: Final = Limit(
    50,
    "authors",
    "authors that a document says it has",
    "they are proposed, to be looked at",
    beyond="further ones are left out",
)

FIELD: Final = Limit(
    1_000,
    "characters",
    "a title or another field of what a document says of itself",
    "it is proposed, to be looked at",
    beyond="the rest is cut off",
)

WITNESS: Final = Limit(
    45,
    "seconds",
    "a second reader of a PDF, where one is installed",
    "it takes three times as long as the first, and its reading is a comparison",
    beyond="of what takes longer, there is one reading",
)

WAIT: Final = Limit(
    60,
    "seconds",
    "the wait for another writer, while nothing changes in the folder",
    "a write takes a second or two; longer ones wait as long as they get on",
    "see who writes, and try again",
)

MEMORY: Final = Limit(
    3 * 1024 * _MEBI,
    "bytes of memory",
    "the process that reads documents",
    "address space; the libraries map much that they never use",
    "extract its text yourself, and add that",
)

ANSWER: Final = Limit(
    100 * _MEBI,
    "bytes",
    "the extracted text of a document, as JSON",
    "what a few bytes unpack to may have no end",
    "divide it, or extract the text yourself and add that",
)

SECONDS: Final = Limit(
    60,
    "seconds",
    "the reading of a document, and one more for each 200,000 bytes",
    "the largest that were tried took half of that",
    "extract its text yourself, and add that",
)

BYTES_PER_SECOND: Final = 200_000
"""Bytes of a document that give the reading process another second."""

LIMITS: Final[Mapping[str, Limit]] = {
    name: value for name, value in list(globals().items()) if isinstance(value, Limit)
}
"""All of them, by name."""
