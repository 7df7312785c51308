"""Read Markdown: its paragraphs as text, each character with its place in the file.

The parser tells the lines of a block and the pieces of text in it, and not where these stand; they
are looked for in order. Its rules for link definitions and indented code are off, because pandoc's
notes would be taken for the one or for the other.
"""

from __future__ import annotations

import re
from array import array
from typing import TYPE_CHECKING, Final

from targetmarkets.checking.draft import Block, Draft, Gap, Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown_it.token import Token

_NOTE: Final = re.compile(r"^( {0,3})\[\^([^\]\s]+)\]:", re.MULTILINE)
_FILLER: Final = "\ue000"
"""Takes the place of what would be read as mark-up, character by character."""

_DEFINITION: Final = re.compile(r"\[[^\]^@][^\]]*\]:\s*\S")
"""Begins the definition of a link."""

_FRONT: Final = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_MARKUP: Final = re.compile(r"<!--.*?(?:-->|\Z)|<(?=[A-Za-z/!?])[^>]*>?|\s", re.DOTALL)
"""What of HTML is no text; what does not end goes on to the end of all."""

_ALERT: Final = re.compile(r"\s*\[!\w+\]")
"""Begins a note to readers that is set as a block quotation."""

_CLAIM: Final = re.compile(
    r"<!--\s*claims?\s*[:=]\s*(?P<ids>[^>]{0,500}?)\s*-->"
    r"|[{<\s](?:data-)?claim\s*=\s*(?P<quote>[\"']?)(?P<id>[\w.-]+)(?P=quote)"
)
CODE: Final = "\ufffc"
"""Stands in the text of a block where it has code, which nobody quotes."""

AT: Final = "\uff20"
"""Stands for an `@` that is no key, because a backslash says so."""


def read(text: str, name: str) -> Draft:
    """The draft that a text in Markdown is."""
    from markdown_it import MarkdownIt  # only drafts need it

    parser = MarkdownIt("commonmark").enable("table").enable("strikethrough")
    parser.disable(["reference", "code", "text_join"])
    tokens = parser.parse(_prepared(text))
    reader = _Reader(text)
    blocks = list(reader.blocks(tokens))
    marks = [mark for mark in _marks(text) if not reader.in_code(mark.place)]
    return Draft(name, "Markdown", blocks, text, marks, reader.gaps, keys_are_bare=True)


def _prepared(text: str) -> str:
    """The text as the parser gets it: of the same length, without what it would misread."""
    if front := _FRONT.match(text):
        blank = re.sub(r"[^\n]", " ", front[0])
        text = blank + text[front.end() :]
    lines = text.split("\n")
    in_note = False
    for number, line in enumerate(lines):
        if match := _NOTE.match(line):
            in_note = True
            lines[number] = _FILLER * match.end() + line[match.end() :]
        elif in_note and line.startswith("    "):
            lines[number] = _FILLER * 4 + line[4:]
        elif line.strip():
            in_note = in_note and bool(lines[number - 1].strip())
    return "\n".join(lines)


def _marks(text: str) -> Iterator[Mark]:
    for match in _CLAIM.finditer(text):
        named = match["ids"] if match["ids"] is not None else match["id"]
        for id_ in re.findall(r"[\w.-]+", named):
            yield Mark(id_, match.start())


class _Reader:
    """Makes blocks of the parser's tokens."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.gaps: list[Gap] = []
        self._lines = [0, *(match.end() for match in re.finditer("\n", text)), len(text) + 1]
        self._code: list[tuple[int, int]] = []
        self._done = 0
        self._note: str | None = None

    def in_code(self, place: int) -> bool:
        """Whether a place lies in a block of code."""
        return any(start <= place < end for start, end in self._code)

    def blocks(self, tokens: Iterable[Token]) -> Iterator[Block]:
        """The blocks that hold text, in order."""
        quoting: list[bool] = []
        number = 0
        for token in tokens:
            if token.type == "blockquote_open":
                quoting.append(not self._is_alert(token))
            elif token.type == "blockquote_close":
                quoting.pop()
            elif token.type == "fence":
                self._code.append(self._stretch(token))
            elif token.type == "html_block":
                self._skip_html(token)
            elif token.type == "inline" and token.map:
                number += 1
                if block := self._block(token, number, quoted=any(quoting)):
                    yield block

    def _stretch(self, token: Token) -> tuple[int, int]:
        first, last = token.map or [0, 0]
        return self._lines[first], min(self._lines[last], len(self.text))

    def _is_alert(self, token: Token) -> bool:
        start, end = self._stretch(token)
        return _ALERT.match(self.text[start:end].lstrip(" >")) is not None

    def _skip_html(self, token: Token) -> None:
        if _MARKUP.sub("", token.content):
            self.gaps.append(Gap("a block of HTML", self._stretch(token)[0]))

    def _block(self, token: Token, number: int, *, quoted: bool) -> Block | None:
        if _DEFINITION.match(token.content):
            return None
        start, end = self._stretch(token)
        self._note = self._label(start)
        pieces = _Pieces(self.text, max(start, self._done if self._done <= end else start), end)
        for child in token.children or ():
            pieces.take(child)
        self._done = pieces.at
        text = "".join(pieces.text)
        lead = len(text) - len(text.lstrip(" "))
        return Block(text[lead:], pieces.places[lead:], number, quoted, self._note)

    def _label(self, start: int) -> str | None:
        """The note to which a block that begins there belongs."""
        line = self.text[start : self.text.find("\n", start) % (len(self.text) + 1)]
        if match := _NOTE.match(line):
            return match[2]
        return self._note if line.startswith("    ") else None


class _Pieces:
    """The text of a block, and where each of its characters stands."""

    def __init__(self, source: str, start: int, end: int) -> None:
        self.source, self.at, self.end = source, start, end
        self.text: list[str] = []
        self.places = array("q")

    def take(self, token: Token) -> None:
        """Take the text of a token, which stands behind all that was taken before."""
        match token.type:
            case "text":
                self._add(token.content, token.content)
            case "text_special":
                shown = AT if token.content == "@" else token.content
                self._add(token.markup or token.content, shown)
            case "code_inline":
                self._add(token.content, CODE)
            case "softbreak" | "hardbreak":
                self._add("\n", "\n")
            case "html_inline":
                self._add(token.content, _element_of_quotation(token.content))
            case "image":
                self._pass_target()
            case "link_close":
                self._pass_target()
            case _:
                if token.markup and self.source.startswith(token.markup, self.at):
                    self.at += len(token.markup)

    def _add(self, written: str, shown: str) -> None:
        filled = len(written) - len(written.lstrip(_FILLER))
        written, shown = written[filled:], shown[filled:]
        found = self.source.find(written, self.at + filled, self.end) if written else -1
        start = self.at + filled if found < 0 else found
        last = max(start, min(start + len(written), len(self.source)) - 1)
        self.places.extend(min(start + number, last) for number in range(len(shown)))
        self.text.append(shown)
        self.at = start + (len(written) if found >= 0 else 0)

    def _pass_target(self) -> None:
        """Pass over where a link leads, so that no text is found in it."""
        found = re.compile(r"\]\((?:[^()\\]|\\.|\([^()]*\))*\)").search(
            self.source, self.at, self.end
        )
        if found:
            self.at = found.end()


def _element_of_quotation(tag: str) -> str:
    """The mark that an element `q` of HTML stands for."""
    if re.match(r"<q[\s>]", tag, re.IGNORECASE):
        return "“"
    return "”" if re.match(r"</q\s*>", tag, re.IGNORECASE) else ""
