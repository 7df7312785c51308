"""How a text shows what stands higher or lower on its line than the rest: marks of notes (see
`notes`), exponents, indices.

A reader of documents writes it as Unicode's own superscripts and subscripts where all of it has
them: `10²`, `CO₂`. Else it stands between half brackets: `x⸢α⸣`, `x⸤α⸥`. So it never merges into
the word or the number before it.
"""

from typing import Final

UP: Final = "\u2e22\u2e23"
"""Marks around what is raised."""

DOWN: Final = "\u2e24\u2e25"
"""Marks around what is lowered."""

SUPERSCRIPTS: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"
"""The raised digits, in order."""

RAISED: Final = frozenset(SUPERSCRIPTS + "⁺⁻⁼⁽⁾₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎" + UP + DOWN)
"""What something raised or lowered is made of."""
