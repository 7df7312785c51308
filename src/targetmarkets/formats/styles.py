"""How styles look on a terminal, in words and as the codes of ECMA-48."""

from typing import Final

from targetmarkets.formats.document import Style

STYLES: Final[dict[Style, str]] = {
    "plain": "",
    "title": "bold",
    "heading": "bold underline",
    "label": "bold",
    "muted": "dim",
    "mark": "cyan",
    "footnote": "",
    "number": "",
    "quotation": "italic",
    "context": "dim",
    "layout": "",
    "stated": "green",
    "likely": "cyan",
    "possible": "cyan",
    "alleged": "magenta",
    "implied": "cyan",
    "good": "green",
    "bad": "bold red",
}
"""Colours are the terminal's own, and of these only those that its usual palettes keep legible both
on dark and on light: yellow is not on white, nor blue on black. What a colour says stands there in
words or letters, too.
"""

_CODES: Final = {
    "bold": "1",
    "dim": "2",
    "italic": "3",
    "underline": "4",
    "red": "31",
    "green": "32",
    "magenta": "35",
    "cyan": "36",
}


def painted(text: str, style: Style) -> str:
    """A text in its style, for a terminal with colours."""
    codes = ";".join(_CODES[word] for word in STYLES[style].split())
    return f"\x1b[{codes}m{text}\x1b[0m" if codes and text else text
