"""How the words of a DOCX look by its styles, and the numbers of its paragraphs."""

import re
from typing import Any, Final, NamedTuple, Self

from targetmarkets import limits
from targetmarkets.importing.readers.numerals import written
from targetmarkets.importing.readers.package import attribute, child, local

_FORMATS: Final = {
    "decimal": "decimal", "decimalZero": "decimal-leading-zero", "lowerLetter": "lower-alpha",
    "upperLetter": "upper-alpha", "lowerRoman": "lower-roman", "upperRoman": "upper-roman",
}  # fmt: skip

_WAYS: Final = {"superscript": "raised", "subscript": "lowered"}

_NO: Final = frozenset({"0", "false", "off"})


class Look(NamedTuple):
    """What matters of how words look."""

    way: str = ""
    struck: bool = False
    hidden: bool = False

    def over(self, properties: Any) -> Self:
        """The look, changed by the properties of a paragraph or run."""
        if properties is None:
            return self
        changed = self
        for element in properties:
            name, value = local(element), attribute(element, "val")
            if name == "vertAlign":
                changed = changed._replace(way=_WAYS.get(value, ""))
            elif name in {"strike", "dstrike"}:
                changed = changed._replace(struck=value not in _NO)
            elif name in {"vanish", "webHidden"}:
                changed = changed._replace(hidden=name == "vanish" and value not in _NO)
        return changed


class Styles:
    """The styles of a document, by id."""

    def __init__(self, styles: dict[str, Any]) -> None:
        self._styles = styles

    def chain(self, id_: str) -> list[Any]:
        """A style and those that it is based on, the last first."""
        chain: list[Any] = []
        while id_ in self._styles and len(chain) < limits.STYLES.most:
            chain.insert(0, self._styles[id_])
            id_ = attribute(child(self._styles[id_], "basedOn"), "val")
        return chain

    def look(self, id_: str) -> Look:
        """How words of a style look."""
        look = Look()
        for style in self.chain(id_):
            look = look.over(child(style, "rPr"))
        return look


def looks_of(root: Any) -> Styles:
    """The styles that a part defines."""
    found = root if root is not None else ()
    return Styles(
        {attribute(style, "styleId"): style for style in found if local(style) == "style"}
    )


class Numbers:
    """The numbers that stand before paragraphs, counted as they are met."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, tuple[str, dict[str, Any]]] = {}
        self._counts: dict[str, list[int]] = {}
        found = list(root) if root is not None else []
        abstract = {attribute(item, "abstractNumId"): item for item in found
                    if local(item) == "abstractNum"}  # fmt: skip
        for item in found:
            if local(item) == "num":
                id_ = attribute(child(item, "abstractNumId"), "val")
                levels = {attribute(level, "ilvl"): level for level in abstract.get(id_, ())
                          if local(level) == "lvl"}  # fmt: skip
                own = child(item, "lvlOverride", "startOverride") is not None
                name = attribute(item, "numId")
                self._lists[name] = (f"num {name}" if own else id_, levels)

    def next(self, properties: Any) -> str:
        """The number before a paragraph; empty where it has none, or a bullet."""
        chain = self._styles.chain(attribute(child(properties, "pStyle"), "val"))
        list_, depth = "", "0"
        for holder in [*(child(style, "pPr") for style in chain), properties]:
            list_ = attribute(child(holder, "numPr", "numId"), "val") or list_
            depth = attribute(child(holder, "numPr", "ilvl"), "val") or depth
        if list_ not in self._lists or not depth.isdecimal() or int(depth) > limits.STYLES.most:
            return ""
        key, levels = self._lists[list_]
        level = int(depth)
        counts = self._counts.setdefault(key, [])
        del counts[level + 1 :]
        while len(counts) <= level:
            counts.append(_start(levels.get(str(len(counts)))) - 1)
        counts[level] += 1
        return _text(levels, level, [max(count, 1) for count in counts])


def _start(level: Any) -> int:
    value = attribute(child(level, "start"), "val")
    return int(value) if value.isdecimal() and len(value) < 9 else 1


def _text(levels: dict[str, Any], level: int, counts: list[int]) -> str:
    """The number as its level writes it, such as `%1.%2`."""
    own = levels.get(str(level))
    pattern = attribute(child(own, "lvlText"), "val")
    if attribute(child(own, "numFmt"), "val") not in _FORMATS:
        return ""

    def number(found: re.Match[str]) -> str:
        place = int(found[1]) - 1
        form = attribute(child(levels.get(str(place)), "numFmt"), "val")
        return written(counts[place], _FORMATS.get(form, "decimal")) if place < len(counts) else ""

    return re.sub(r"%([1-9])", number, pattern)
