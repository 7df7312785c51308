"""What an attacker writes changes no structure: independent readers find in every output the one
that they find where plain words stand instead, and in it the words that were written.
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pybtex.database import parse_string as parse_bibtex
from rispy import loads

import targetmarkets
from targetmarkets.model.types import KINDS
from tests import hostile
from tests.build import content, source
from tests.pandoc import pandoc
from tests.security.reading import controls, shown, unsafe
from tests.security.running import tm

NUMBERS = range(len(hostile.ATTACKS))
IDS = [f"{kind}-{n}" for kind in ("customer", "text") for n in NUMBERS]
MARKED_UP = {**hostile.MARKUP, **hostile.REFERENCES, **hostile.LINES}.keys()
PAGES = [
    f"{kind}-{number}"
    for kind in ("customer", "text")
    for number, name in enumerate(hostile.ATTACKS)
    if name in MARKED_UP
]
"""What is given to pandoc: the rest is words to it, and it is slow."""
SHOWN = [text for name, text in hostile.ATTACKS.items() if not name.startswith("flood")]
WORKS = [f"{kind}-{n}" for kind in ("text", "book") for n in NUMBERS]
LISTS = [
    *(("list", kind) for kind in KINDS),
    ("timeline", "--full"),
    ("matrix", "--by=category"),
    ("compare", *IDS[: len(NUMBERS)]),
]


def both(attacked: Path, peaceful: Path, *arguments: str) -> tuple[str, str]:
    """What a command prints of the attacker's knowledge base, and of the harmless one."""
    hostile_, harmless = (tm(*arguments, "--kb", str(kb)) for kb in (attacked, peaceful))
    assert hostile_.code == harmless.code
    return hostile_.stdout, harmless.stdout


def skeleton(value: Any) -> Any:
    """A value of JSON with nothing of its texts but that they are there."""
    if isinstance(value, dict):
        return {key: skeleton(part) for key, part in value.items()}
    if isinstance(value, list):
        return [skeleton(part) for part in value]
    return type(value).__name__


@pytest.mark.parametrize(
    "arguments", [*LISTS, ("show", *IDS), ("stats",)], ids=lambda a: " ".join(a[:2])
)
def test_json(attacked: Path, peaceful: Path, arguments: tuple[str, ...]) -> None:
    found, expected = map(json.loads, both(attacked, peaceful, *arguments, "--json"))
    assert skeleton(found) == skeleton(expected)


@pytest.mark.parametrize("format_", ["csv", "tsv"])
@pytest.mark.parametrize("arguments", [*LISTS, ("stats",)], ids=lambda a: " ".join(a[:2]))
def test_rows(attacked: Path, peaceful: Path, arguments: tuple[str, ...], format_: str) -> None:
    outputs = both(attacked, peaceful, *arguments, "--format", format_)
    found, expected = (rows_of(output, format_) for output in outputs)
    assert [len(row) for row in found] == [len(row) for row in expected]
    assert found[0] == expected[0]
    cells = {cell for row in found for cell in row}
    assert format_ == "tsv" or not list(filter(is_formula, cells))
    if arguments == ("list", "claims"):
        for attack in map(hostile.line, SHOWN):
            if format_ == "tsv":
                assert shown(attack.replace("\\", "\\\\")) in cells
            else:  # which has the text as it is, but for controls
                text = "".join(shown(c) if c != "\t" and controls(c) else c for c in attack)
                assert {text, f"'{text}"} & cells


def rows_of(output: str, format_: str) -> list[list[str]]:
    if format_ == "tsv":
        return [line.split("\t") for line in output.removesuffix("\n").split("\n")]
    return list(csv.reader(io.StringIO(output, newline=""), strict=True))


@pytest.mark.parametrize("format_", ["csv", "tsv"])
def test_rows_of_what_is_found(attacked: Path, format_: str) -> None:
    """How many there are depends on the words; how wide they are does not."""
    for command in ("coverage", "verify", "search before", "list quotes --fields exact,exact"):
        output = tm(*command.split(" "), "--format", format_, "--kb", str(attacked)).stdout
        rows = rows_of(output, format_)
        assert {len(row) for row in rows} == {len(rows[0])}
        assert format_ == "tsv" or not [cell for row in rows for cell in row if is_formula(cell)]


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet might calculate (OWASP, CSV injection; CWE-1236)."""
    return cell.startswith(("\t", "\r", "\n", "\0")) or cell.lstrip()[:1] in {*"=+-@＝＋－＠"}


def test_dossiers_have_the_same_lines(attacked: Path, peaceful: Path) -> None:
    found, expected = both(attacked, peaceful, "show", *IDS, "--full")
    assert found.count("\n") == expected.count("\n")
    for attack in map(hostile.line, SHOWN):
        assert f"• {shown(attack)} [" in found


@pytest.mark.parametrize("arguments", [*LISTS, ("show", *IDS)], ids=lambda a: " ".join(a[:2]))
def test_markdown_as_commonmark_reads_it(
    attacked: Path, peaceful: Path, arguments: tuple[str, ...]
) -> None:
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    outputs = both(attacked, peaceful, *arguments, "--format", "markdown")
    found, expected = (list(elements(reader.parse(output))) for output in outputs)
    assert found == expected


def elements(tokens: list[Token]) -> Iterator[str]:
    """The elements of a page, without its words."""
    for token in tokens:
        if token.type == "inline":
            yield from elements(token.children or [])
        elif token.type == "html_inline":
            yield token.content
        elif token.type not in {"text", "text_special", "softbreak", "hardbreak"}:
            yield token.type


@pytest.mark.parametrize("format_", ["markdown", "gfm"])
@pytest.mark.parametrize(
    "arguments", [("list", "findings"), ("show", *PAGES)], ids=lambda a: " ".join(a[:2])
)
def test_markdown_as_pandoc_reads_it(
    attacked: Path, peaceful: Path, arguments: tuple[str, ...], format_: str
) -> None:
    outputs = both(attacked, peaceful, *arguments, "--format", "markdown")
    found, expected = (
        list(nodes(json.loads(pandoc(output, "-f", format_, "-t", "json"))["blocks"]))
        for output in outputs
    )
    assert found == expected


def nodes(value: Any) -> Iterator[str]:
    """The nodes of a document of pandoc, without its words."""
    if isinstance(value, list):
        for part in value:
            yield from nodes(part)
    elif isinstance(value, dict):
        tag = value.get("t", "")
        if tag == "RawInline":
            yield f"{value['c']}"
        elif tag not in {
            "Str",
            "Space",
            "SoftBreak",
            "LineBreak",
            "Quoted",
            "ColWidth",  # of a table, by how long its longest line is
            "ColWidthDefault",
            "SingleQuote",
            "DoubleQuote",
        }:
            yield tag
        yield from nodes(value.get("c"))


def test_pandoc_keys(attacked: Path, peaceful: Path) -> None:
    for options in ((), ("--quote",)):
        outputs = both(attacked, peaceful, "cite", *PAGES, "--format", "pandoc", *options)
        found, expected = (
            list(nodes(json.loads(pandoc(o, "-t", "json"))["blocks"])) for o in outputs
        )
        assert found == expected


def test_bibtex(attacked: Path, peaceful: Path) -> None:
    outputs = both(attacked, peaceful, "cite", *WORKS, "--format", "bibtex")
    found, expected = (parse_bibtex(output, "bibtex") for output in outputs)
    assert list(found.entries) == list(expected.entries)
    for key, entry in found.entries.items():
        assert list(entry.fields) == list(expected.entries[key].fields)
        assert entry.type == expected.entries[key].type
        assert len(entry.persons["author"]) == 2
    assert found.preamble == ""


def test_bibtex_holds_no_command(attacked: Path) -> None:
    output = tm("cite", *WORKS, "--format", "bibtex", "--kb", str(attacked)).stdout
    marks = r"emph|text(?:bf|sc|superscript|subscript)"  # those of CSL-JSON, as LaTeX has them
    allowed = (
        r"\\(?:text(?:backslash|asciitilde|asciicircum)\}|[lr]brace\$|[#$%&_{}]"
        rf"|(?:{marks})(?={{))"
    )
    assert not re.findall(r"\\.", re.sub(allowed, "", output))
    assert not re.findall(r"\^\^", output)


RUNNING = ("javascript:alert(1)", "JavaScript:x//http://", "data:text/html,<b>", "file:///etc/passwd",
           "vbscript:x")  # fmt: skip


@pytest.mark.parametrize("format_", ["bibtex", "ris", "csl-json", "text", "pandoc"])
@pytest.mark.parametrize("url", RUNNING)
def test_an_address_that_would_run_something_leads_nowhere(
    tmp_path: Path, url: str, format_: str
) -> None:
    works = [source("bad"), source("good")]
    for work, address in zip(works, (url, "https://example.org/a:b"), strict=True):
        work["bibliography"] |= {"URL": address}
    kb = tmp_path / "customers.json"
    kb.write_text(json.dumps(content(sources=works)), "utf-8")
    done = tm("cite", "bad", "good", "--format", format_, "--kb", str(kb))
    assert done.code == 0
    scheme = url.strip().partition(":")[0]
    read = re.sub(r"^C8  - .*\n", "", done.stdout, flags=re.MULTILINE)  # words, for us alone
    assert f"{scheme}:" not in read
    if format_ != "pandoc":
        assert re.search(rf"{scheme}(%3A|\\%3A)", done.stdout)
        assert "https://example.org/a:b" in done.stdout


def test_ris(attacked: Path, peaceful: Path) -> None:
    outputs = both(attacked, peaceful, "cite", *WORKS, "--format", "ris")
    found, expected = (re.findall(r"(?m)^([A-Z][A-Z0-9])  -(?: |$)", o) for o in outputs)
    # A dash parts pages, whatever they are called; what RIS cannot hold as it is, stands in C8.
    pages = {"SP", "EP", "C8"}
    assert [tag for tag in found if tag not in pages] == [t for t in expected if t not in pages]
    assert len(outputs[0].splitlines()) == len(found) + outputs[0].count("\n\n")
    read, plain = (loads(output) for output in outputs)
    parts = {"start_page", "end_page", "custom8"}
    assert [{*record} - parts for record in read] == [{*record} - parts for record in plain]


def test_formatted_text(attacked: Path, peaceful: Path) -> None:
    found, expected = both(attacked, peaceful, "cite", *WORKS[-20:])
    assert found.count("\n") == expected.count("\n")
    assert "<i>a</i> <span" not in expected


@pytest.mark.parametrize(
    ("format_", "reader"), [("bibtex", "bibtex"), ("ris", "ris"), ("csl-json", "csljson")]
)
def test_a_page_with_references_runs_nothing(attacked: Path, format_: str, reader: str) -> None:
    """What pandoc makes of all works as HTML: no script, no element and no address of theirs."""
    works = [f"book-{number}" for number in NUMBERS]  # without a DOI, which makes a link of its own
    bibliography = tm("cite", *works, "--format", format_, "--kb", str(attacked)).stdout
    page = pandoc(bibliography, "-f", reader, "-t", "html", "--citeproc")
    elements = Elements(page)
    assert elements.names <= {"div", "span", "em", "a", "strong", "sub", "sup"}
    assert elements.attributes <= {"id", "class", "role", "href", "style"}
    assert elements.styles <= {"", "font-variant: small-caps;"}
    assert len(elements.addresses) == len(works)
    assert {scheme for scheme in map(scheme_of, elements.addresses) if scheme} <= {"http", "https"}


def test_a_notebook(attacked: Path, peaceful: Path) -> None:
    """Each record as HTML: no element and no attribute of theirs, nothing that runs or loads."""
    found, expected = targetmarkets.load(attacked), targetmarkets.load(peaceful)
    for id_ in found:
        page, plain = found.html(found[id_]), expected.html(expected[id_])
        elements = Elements(page)
        assert elements.names <= {"div", "h3", "h4", "h5", "span"}
        assert elements.attributes == {"style"}
        assert elements.styles <= Elements(plain).styles
        assert unsafe(page) == set()
        ours = re.findall(r'</?(?:div|h[345]|span)(?: style="[^"<>]*")?>', page)
        assert len(ours) == page.count("<"), id_  # how many, the words say: they make the lines


class Elements(HTMLParser):
    """What stands in a page beside words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.styles: set[str] = set()
        self.addresses: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.styles.add(dict(attrs).get("style") or "")
        self.addresses += [value or "" for name, value in attrs if name == "href"]


def scheme_of(address: str) -> str | None:
    """The scheme of an address as a browser reads it, which drops white space and controls."""
    found = re.match(r"([a-z][a-z0-9+.-]*):", re.sub(r"[\x00-\x20]", "", address), re.IGNORECASE)
    return found[1].lower() if found else None
