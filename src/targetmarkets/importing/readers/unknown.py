"""Documents of kinds that are not read, by their names."""

import puremagic

from targetmarkets.importing.readers.reading import Reading, UnfitError

_SURE = 0.3
"""Confidence from which the library's answer is told."""


def read(data: bytes, name: str = "") -> Reading:
    """Refuse a document, and say what it is as far as its first bytes tell."""
    what = ""
    try:
        found = [match for match in puremagic.magic_string(data) if match.confidence >= _SURE]
        what = found[0].name if found else ""
    except (puremagic.PureError, ValueError):
        pass
    if what:
        raise UnfitError(f"it is no document with text: {what}", "save it as PDF, HTML or UTF-8")
    raise UnfitError("", "save it as UTF-8, PDF or HTML")
