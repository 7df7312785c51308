"""The numbers of the items of a list, as they are shown before them."""

from collections.abc import Mapping
from typing import Final

_STYLES: Final = {
    "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman",
    "1": "decimal",
}  # fmt: skip

_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


class Numbering:
    """The numbers of a list, one item after the other."""

    def __init__(
        self, attributes: Mapping[str, str | None], values: Mapping[str, str], items: int
    ) -> None:
        self._step = -1 if "reversed" in attributes else 1
        self._style = _style(attributes, values, "decimal")
        first = items if self._step < 0 else 1
        self._next = _whole(attributes.get("start"), first)

    def next(self, attributes: Mapping[str, str | None], values: Mapping[str, str]) -> str:
        """What stands before the next item, by its own attributes and style."""
        number = _whole(attributes.get("value"), self._next)
        self._next = number + self._step
        style = _style(attributes, values, self._style)
        return "" if style == "none" else f"{written(number, style)}."


def written(number: int, style: str) -> str:
    """A number in a style of CSS, or in digits where it has none in it."""
    way = style.lower()
    if way in {"lower-alpha", "upper-alpha", "lower-latin", "upper-latin"} and number > 0:
        letters = ""
        while number > 0:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("a") + rest) + letters
        return letters.upper() if way.startswith("upper") else letters
    if way in {"lower-roman", "upper-roman"} and 0 < number < 4000:
        letters = ""
        for value, numeral in _ROMAN:
            count, number = divmod(number, value)
            letters += numeral * count
        return letters.upper() if way.startswith("upper") else letters
    return f"{number:02}" if way == "decimal-leading-zero" else str(number)


def _style(attributes: Mapping[str, str | None], values: Mapping[str, str], before: str) -> str:
    words = values.get("list-style", "").split()
    known = [word for word in words if word not in {"inside", "outside", "inherit", "unset"}]
    if known:
        return known[0]
    return _STYLES.get(attributes.get("type") or "", before)


def _whole(text: str | None, otherwise: int) -> int:
    try:
        return int((text or "")[:10])
    except ValueError:
        return otherwise
