"""What a page's own style sheets hide, strike out or raise, as far as one who only reads can tell.

No script has run, no window has a width: rules under such a condition are not applied, and counted
where they would hide something; so are style sheets that are not in the file.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

import tinycss2
from selectolax.lexbor import SelectolaxError

from targetmarkets.importing.readers.reading import Gaps

PROPERTIES: Final = frozenset((
    "display", "visibility", "content-visibility", "text-decoration", "text-decoration-line",
    "clip", "clip-path", "vertical-align", "list-style", "list-style-type",
))  # fmt: skip
"""What decides whether and how words are shown. The rest is not looked at."""

_SAME: Final = {"text-decoration-line": "text-decoration", "list-style-type": "list-style"}

_OF_INTEREST: Final = re.compile("|".join(PROPERTIES), re.IGNORECASE)

_MEDIA: Final = re.compile(r"\s*(?:only\s+)?(all|screen)?\s*", re.IGNORECASE)
"""Media that are always a screen's."""

_OTHER_MEDIA: Final = re.compile(
    r"\s*(?:only\s+)?(print|speech|tty|tv|aural|braille)\b", re.IGNORECASE
)

_CLIPPED: Final = re.compile(r"rect\(\s*(?:0(?:px)?|1px)[\s,]|inset\(\s*(?:50|100)%", re.IGNORECASE)
"""Clipped to nothing, as is done with what is for screen readers only."""

Values = Mapping[str, str]
"""Values of properties, in lower case."""

_Weight = tuple[bool, bool, tuple[int, int, int], int]
"""Which of two rules wins: importance, an element's own style, specificity, order."""


class _Rule(NamedTuple):
    selector: str
    specificity: tuple[int, int, int]
    declared: tuple[tuple[str, str, bool], ...]


class Styles:
    """The values that rules give to the elements of a tree."""

    def __init__(self, tree: Any, sheets: Iterable[str], gaps: Gaps) -> None:
        self._gaps = gaps
        self._values: dict[int, dict[str, tuple[_Weight, str]]] = {}
        rules = [rule for sheet in sheets for rule in self._rules(_parsed(sheet))]
        for order, rule in enumerate(rules):
            for node in _selected(tree, rule.selector):
                for name, value, important in rule.declared:
                    weight = (important, False, rule.specificity, order)
                    self._give(node.mem_id, name, value, weight)

    def of(self, node: Any, attributes: Mapping[str, str | None]) -> Values:
        """The values of an element."""
        own = attributes.get("style") or ""
        if _OF_INTEREST.search(own):
            for name, value, important in _declarations(tinycss2.parse_blocks_contents(own)):
                self._give(node.mem_id, name, value, (important, True, (0, 0, 0), 0))
        given = self._values.get(node.mem_id)
        return {name: value for name, (_, value) in given.items()} if given else {}

    def _give(self, node: int, name: str, value: str, weight: _Weight) -> None:
        values = self._values.setdefault(node, {})
        if name not in values or weight >= values[name][0]:
            values[name] = (weight, value)

    def _rules(self, nodes: Iterable[Any]) -> Iterator[_Rule]:
        for node in nodes:
            if node.type == "qualified-rule":
                yield from _of_rule(node)
            elif node.type == "at-rule":
                yield from self._conditional(node)

    def _conditional(self, node: Any) -> Iterator[_Rule]:
        name, condition = node.lower_at_keyword, tinycss2.serialize(node.prelude)
        if name == "import":
            self._gaps.add("styles")
        if node.content is None or name not in {"media", "supports", "layer", "container"}:
            return
        rules = list(self._rules(tinycss2.parse_rule_list(node.content, skip_comments=True)))
        if name == "layer" or (name == "media" and is_screen(condition)):
            yield from rules
        elif name != "media" or not _OTHER_MEDIA.match(condition):
            self._gaps.add("styles", count=sum(_hides(rule) for rule in rules))


def is_screen(media: str) -> bool:
    """Whether a list of media always holds for a screen."""
    return any(_MEDIA.fullmatch(part) for part in media.split(","))


def is_hidden(values: Values) -> bool:
    """Whether nothing of an element is shown, whatever is in it."""
    return (
        values.get("display") == "none"
        or values.get("content-visibility") == "hidden"
        or any(_CLIPPED.search(values.get(name, "")) for name in ("clip", "clip-path"))
    )


def _hides(rule: _Rule) -> bool:
    values = {name: value for name, value, _ in rule.declared}
    return is_hidden(values) or values.get("visibility") in {"hidden", "collapse"}


def _parsed(sheet: str) -> list[Any]:
    if not _OF_INTEREST.search(sheet) and "@import" not in sheet:
        return []
    nodes: list[Any] = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    return nodes


def _of_rule(node: Any) -> Iterator[_Rule]:
    declared = tuple(_declarations(tinycss2.parse_blocks_contents(node.content)))
    if not declared:
        return
    selector: list[Any] = []
    for part in [*node.prelude, None]:
        if part is None or part == ",":
            yield _Rule(tinycss2.serialize(selector).strip(), specificity(selector), declared)
            selector = []
        else:
            selector.append(part)


def _declarations(nodes: Iterable[Any]) -> Iterator[tuple[str, str, bool]]:
    for node in nodes:
        if node.type == "declaration" and node.lower_name in PROPERTIES:
            value = tinycss2.serialize(node.value).strip().lower()
            yield _SAME.get(node.lower_name, node.lower_name), value, node.important


def specificity(tokens: Iterable[Any]) -> tuple[int, int, int]:
    """How much a selector weighs (Selectors Level 4): ids; classes, attributes; elements."""
    ids = classes = elements = 0
    before = ""
    for token in tokens:
        kind = token.type
        if kind == "hash":
            ids += 1
        elif kind == "[] block" or (kind == "ident" and before in {".", ":"}):
            classes += 1
        elif kind == "ident":
            elements += 1
        elif kind == "function" and token.lower_name in {"not", "is", "has"}:
            inner = specificity(token.arguments)
            ids, classes, elements = ids + inner[0], classes + inner[1], elements + inner[2]
        elif kind == "function" and token.lower_name != "where":
            classes += 1
        before = token.value if kind == "literal" else ""
    return ids, classes, elements


def _selected(tree: Any, selector: str) -> list[Any]:
    """The elements that a selector chooses; none where this parser does not know it."""
    try:
        found: list[Any] = tree.css(selector)
    except SelectolaxError:
        return []
    return found
