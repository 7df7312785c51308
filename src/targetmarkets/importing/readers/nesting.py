"""How deep a page is, before it is parsed: the time of a parser grows by the square of that."""

import re
from typing import Final

from targetmarkets import limits
from targetmarkets.importing.readers.reading import UnfitError

_BLOCK: Final = re.compile(
    r"<(/?)(?:address|article|aside|blockquote|center|details|dialog|dir|div|dl|fieldset|"
    r"figcaption|figure|footer|form|h[1-6]|header|hgroup|listing|main|menu|nav|ol|pre|search|"
    r"section|summary|table|ul)[\s/>]",
    re.IGNORECASE,
)
"""The tags of elements for which a parser looks through all that hold them, and which do not end
of themselves, as paragraphs do."""


def refuse_if_too_deep(text: str) -> None:
    """Raises `UnfitError` for a page that nobody wrote."""
    depth = 0
    for tag in _BLOCK.finditer(text):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > limits.NESTED.most:
            raise UnfitError(*limits.NESTED.exceeded("it"))
