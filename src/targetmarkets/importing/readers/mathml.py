"""Formulas in MathML, as the line of text that they are on."""

from typing import Any, Final

from targetmarkets.importing.readers.reading import Gaps
from targetmarkets.importing.readers.sheet import Sheet

_SCRIPTS: Final = {
    "msup": ("raised",),
    "msub": ("lowered",),
    "msubsup": ("lowered", "raised"),
    "mover": ("raised",),
    "munder": ("lowered",),
    "munderover": ("lowered", "raised"),
}
"""What stands above or below the first part, in order."""

_UNSEEN: Final = frozenset({"annotation", "annotation-xml", "mphantom", "mprescripts", "none"})

_UNREADABLE: Final = frozenset({"mmultiscripts", "mglyph", "mlongdiv", "mstack"})

_INVISIBLE: Final = str.maketrans("", "", "\u2061\u2062\u2063\u2064")
"""Operators that are not written: times, plus, the application of a function."""


def formula(node: Any, sheet: Sheet, gaps: Gaps) -> None:
    """Write a formula: what stands higher or lower is raised or lowered, fractions have a bar."""
    tag = node.tag
    parts = [child for child in _children(node) if child.tag not in _UNSEEN]
    if tag == "-text":
        sheet.words((node.text_content or "").translate(_INVISIBLE))
    elif tag in _UNREADABLE:
        gaps.add("elements")
        sheet.unread()
    elif tag in {"semantics", "maction"}:
        _each(parts[:1], sheet, gaps)
    elif tag == "mfrac" and len(parts) == 2:
        _shifted(parts[0], "raised", sheet, gaps)
        sheet.words("⁄")
        _shifted(parts[1], "lowered", sheet, gaps)
    elif tag == "mroot" and len(parts) == 2:
        _shifted(parts[1], "raised", sheet, gaps)
        sheet.words("√")
        formula(parts[0], sheet, gaps)
    elif tag in _SCRIPTS:
        _each(parts[:1], sheet, gaps)
        for part, way in zip(parts[1:], _SCRIPTS[tag], strict=False):
            _shifted(part, way, sheet, gaps)
    else:
        before, after = {"msqrt": ("√", ""), "ms": ('"', '"')}.get(tag, ("", ""))
        sheet.words(" " if tag in {"mspace", "mtd"} else before)
        if tag == "mtr":
            sheet.line()
        _each(parts, sheet, gaps)
        sheet.words(after)


def _each(nodes: list[Any], sheet: Sheet, gaps: Gaps) -> None:
    for node in nodes:
        if node.tag != "-text" or (node.text_content or "").strip():
            formula(node, sheet, gaps)


def _shifted(node: Any, way: str, sheet: Sheet, gaps: Gaps) -> None:
    sheet.begin(way)
    _each([node], sheet, gaps)
    sheet.end()


def _children(node: Any) -> list[Any]:
    """Its elements, and its text where it is a token such as a number."""
    children, child = [], node.child
    while child is not None:
        if child.tag and (child.tag != "-text" or (child.text_content or "").strip()):
            children.append(child)
        child = child.next
    return children
