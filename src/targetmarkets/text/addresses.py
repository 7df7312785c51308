"""Addresses on the Web."""

import re
from typing import Final

_ADDRESS: Final = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20\x7f-\x9f]+", re.IGNORECASE)


def web_address(text: str | None) -> str | None:
    """An address that leads to the web; None for anything else, which might run in a page."""
    return text if text and _ADDRESS.fullmatch(text) else None
