"""Names as single words: ids, and what completion offers."""

import re
import unicodedata


def slug(name: str) -> str:
    """A name as one word that a shell leaves alone, and that is understood as the name is.

    `United Republic of Tanzania` becomes `united-republic-of-tanzania`; what has no letters or
    digits becomes nothing.
    """
    letters = unicodedata.normalize("NFKD", name).casefold()
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[\W_]+", "-", bare).strip("-")
