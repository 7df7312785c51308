"""What FollowTheMoney keeps of a text, and how a text is written so that it keeps all of it."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Final

MAX_NAME: Final = 384
"""Code points that a name may have."""

MAX_NUMBER: Final = 64
"""Code points that the number of a ship or a firm may have."""

# U+0A00 and not U+00A0: so does FollowTheMoney 4.11, which the tests ask for each character.
_SPACES: Final = re.compile("[\u0a00\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_DROPPED: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2060-\u2064\ufeff]"
)
_CONTROLS: Final = re.compile("[\x00-\x1f]")
_SPACING: Final = re.compile(r"\s\s|[^\S ]")
_QUOTES: Final = frozenset("\"'")


def kept(text: str) -> str:
    """What FollowTheMoney 4 keeps of a text.

    It composes letters (NFC); makes a plain space of the wider and narrower ones and of the
    separators of lines and paragraphs; drops control characters, soft hyphens, joiners and marks of
    direction; and takes white space off both ends.
    """
    composed = unicodedata.normalize("NFC", text)
    return _DROPPED.sub("", _SPACES.sub(" ", composed)).strip()


def is_kept(text: str) -> bool:
    """Whether a text comes out of FollowTheMoney as it went in, by way of its CSV too."""
    return not _CONTROLS.search(text) and kept(text) == text


def word(text: str) -> str:
    r"""A text as it is; as a string in JSON, all in ASCII, where FollowTheMoney would change it.

    >>> word("Syria"), word("un\xaddenied")
    ('Syria', '"un\\u00addenied"')
    """
    return text if is_kept(text) and not text.startswith('"') else json.dumps(text)


def is_name_kept(text: str) -> bool:
    """The same for a name, of which quotation marks around it are dropped, and spaces joined."""
    quoted = text[:1] in _QUOTES and text[-1:] in _QUOTES
    return is_kept(text) and not quoted and not _SPACING.search(text) and len(text) <= MAX_NAME


def cut(text: str, most: int = MAX_NAME) -> str:
    """A text, cut where it is longer than a caption or a name has room for."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
