"""Readers of every format that are not our own: what a program or a person gets out of it."""

import csv
import io
import json
import re
import subprocess
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.pandoc import PANDOC

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def from_json(text: str) -> list[list[str]]:
    return _values(json.loads(text))


def from_jsonl(text: str) -> list[list[str]]:
    return _values([json.loads(line) for line in text.splitlines()])


def from_tsv(text: str) -> list[list[str]]:
    assert text.endswith("\n")
    return [[_unescaped(cell) for cell in line.split("\t")] for line in text[:-1].split("\n")]


def from_csv(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def from_markdown(text: str) -> list[list[str]]:
    """The cells of a table; a line break in one is a line end."""
    rows: list[list[str]] = []
    for token in MARKDOWN.parse(text):
        match token.type:
            case "tr_open":
                rows.append([])
            case "inline":
                rows[-1].append(words_of(token))
            case "table_close":
                break
    return rows


def from_table(text: str) -> list[list[str]]:
    """The lines of a table with one column, as wide as it must be."""
    heading, _, *lines = text.removesuffix("\n").split("\n")
    return [[heading], *([line] for line in lines)]


LISTS: dict[str, Callable[[str], list[list[str]]]] = {
    "table": from_table,
    "json": from_json,
    "jsonl": from_jsonl,
    "csv": from_csv,
    "tsv": from_tsv,
    "markdown": from_markdown,
}
"""Rows under a header, by format."""


def lines_of_json(text: str) -> list[str]:
    return list(_strings(json.loads(text)))


def lines_of_text(text: str) -> list[str]:
    return text.split("\n")


def lines_of_markdown(text: str) -> list[str]:
    return [line for part in paragraphs(text) for line in part.split("\n")]


DOSSIERS: dict[str, Callable[[str], list[str]]] = {
    "text": lines_of_text,
    "json": lines_of_json,
    "markdown": lines_of_markdown,
}
"""What a reader sees of a dossier, line by line, by format."""


def words_of(token: Token) -> str:
    """What a reader sees of a run of Markdown. Markup that nobody meant is an error."""
    return "".join(_words(token.children or ()))


def paragraphs(text: str) -> list[str]:
    """What a reader sees of a page, footnotes included, block by block."""
    separate = re.sub(
        r"(?m)^\[\^\d+\]: ((?:.*\\\n    )*.*)$",
        lambda note: "\n" + note[1].replace("\\\n    ", "\\\n"),
        text,
    )
    return [words_of(token) for token in MARKDOWN.parse(separate) if token.type == "inline"]


def pandoc(text: str, format_: str = "markdown") -> list[str]:
    """The paragraphs, cells and headings that pandoc reads, in order."""
    command = [PANDOC, "-f", format_, "-t", "json"]
    done = subprocess.run(command, input=text, capture_output=True, check=True, encoding="utf-8")
    return list(_blocks(json.loads(done.stdout)["blocks"]))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def _values(records: list[dict[str, Any]]) -> list[list[str]]:
    return [list(records[0]), *(list(record.values()) for record in records)]


def _unescaped(cell: str) -> str:
    pieces = cell.split("\\\\")
    return "\\".join(
        piece.encode("ascii", "backslashreplace").decode("unicode_escape") for piece in pieces
    )


def _words(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        match token.type:
            case "text" | "text_special":
                yield token.content
            case "hardbreak":
                yield "\n"
            case "html_inline":
                assert token.content == "<br>"
                yield "\n"
            case other:
                assert other in {"em_open", "em_close", "strong_open", "strong_close"}, other


def _blocks(value: Any) -> Iterator[str]:
    """Texts of the blocks in a tree of pandoc, those of footnotes after their paragraph."""
    if isinstance(value, list):
        for part in value:
            yield from _blocks(part)
    elif isinstance(value, dict) and value.get("t") in {"Para", "Plain"}:
        notes: list[Any] = []
        yield "".join(_inlines(value["c"], notes))
        yield from _blocks(notes)
    elif isinstance(value, dict) and value.get("t") == "Header":
        yield "".join(_inlines(value["c"][2], []))
    elif isinstance(value, dict):
        yield from _blocks(value.get("c"))


def _inlines(parts: list[dict[str, Any]], notes: list[Any]) -> Iterator[str]:
    for part in parts:
        content: Any = part.get("c")
        match part["t"]:
            case "Str":
                yield str(content)
            case "Space":
                yield " "
            case "LineBreak" | "SoftBreak":
                yield "\n"
            case "Quoted":
                left, right = {"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")}[
                    content[0]["t"]
                ]
                yield left + "".join(_inlines(content[1], notes)) + right
            case "Emph" | "Strong":
                yield from _inlines(content, notes)
            case "RawInline":
                assert content == ["html", "<br>"]
                yield "\n"
            case "Note":
                notes.append(content)
            case other:
                raise AssertionError(other)
