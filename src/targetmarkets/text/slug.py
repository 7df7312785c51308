"""Names as single words: ids, and what completion offers."""

import re

from targetmarkets.text.letters import plain


def slug(name: str) -> str:
    """A name as one word that a shell leaves alone, and that is understood as the name is.

    `United Republic of Tanzania` becomes `united-republic-of-tanzania`; what has no letters or
    digits becomes nothing.
    """
    return re.sub(r"[\W_]+", "-", plain(name)).strip("-")
