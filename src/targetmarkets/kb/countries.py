"""Countries by the codes and names of ISO 3166, from the table of a library.

The library is imported when a code is checked, or a name is looked for that no object has.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from targetmarkets.kb.lookup import fold_name

if TYPE_CHECKING:
    from collections.abc import Mapping

OTHER_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "AE": ("Emirati", "UAE"),
    "BN": ("Brunei",),
    "CI": ("Ivory Coast",),
    "CN": ("Chinese",),
    "CV": ("Cape Verde",),
    "CZ": ("Czech Republic",),
    "EG": ("Egyptian",),
    "ER": ("Eritrean",),
    "ET": ("Ethiopian",),
    "FR": ("French",),
    "GB": ("UK", "Britain", "Great Britain", "British"),
    "GR": ("Greek",),
    "IL": ("Israeli",),
    "IQ": ("Iraqi",),
    "JP": ("Japanese",),
    "KP": ("North Korea", "North Korean", "DPRK"),
    "KR": ("South Korea", "South Korean"),
    "LA": ("Laos",),
    "LK": ("Sri Lankan",),
    "LY": ("Libyan",),
    "MK": ("Macedonia",),
    "MM": ("Republic of the Union of Myanmar",),
    "PA": ("Panamanian",),
    "PK": ("Pakistani",),
    "RU": ("Russia", "Russian"),
    "SD": ("Sudanese",),
    "SZ": ("Swaziland",),
    "TL": ("East Timor",),
    "TR": ("Turkey", "Turkish"),
    "TW": ("Taiwan", "Taiwanese"),
    "US": ("American", "US", "USA"),
    "VA": ("Vatican",),
    "VN": ("Vietnam", "Vietnamese"),
    "YE": ("Yemeni",),
    "ZA": ("South African",),
}
"""Official names of the United Nations, names of peoples and short names that the library lacks."""

_USUAL: Final[Mapping[str, str]] = {
    "BN": "Brunei",
    "CD": "Democratic Republic of the Congo",
    "GB": "Britain",
    "KP": "North Korea",
    "KR": "South Korea",
    "RU": "Russia",
    "SY": "Syria",
    "TR": "Turkey",
    "US": "The United States",
}
"""Usual names of some whose common name the library lacks."""


def problem(code: str) -> str | None:
    """What is wrong with a two-letter code; None where it is in use."""
    if _table().countries.get(alpha_2=code):
        return None
    if old := _table().historic_countries.get(alpha_2=code):
        when = getattr(old, "withdrawal_date", "")
        return f"{code} is a withdrawn code, that of {old.name} until {when}"
    return f"{code} is no code of ISO 3166-1"


def mismatch(alpha_2: str, alpha_3: str, numeric: str | None) -> str | None:
    """What is wrong with the codes of one state; None where they are those of one state."""
    if wrong := problem(alpha_2):
        return wrong
    state = _table().countries.get(alpha_2=alpha_2)
    if state.alpha_3 != alpha_3:
        return f"{alpha_2} goes with {state.alpha_3}, and {alpha_3} is recorded"
    if numeric is not None and state.numeric != numeric:
        return f"{alpha_2} goes with {state.numeric}, and {numeric} is recorded"
    return None


def codes(code: str) -> dict[str, str] | None:
    """All codes of a state from one of them; None where it has none of them."""
    code = code.strip().upper()
    field = "numeric" if code.isdigit() else f"alpha_{len(code)}"
    if field not in {"numeric", "alpha_2", "alpha_3"}:
        return None
    state = _table().countries.get(**{field: code})
    return state and {name: getattr(state, name) for name in ("alpha_2", "alpha_3", "numeric")}


def successor(code: str) -> str | None:
    """The two-letter code of what a withdrawn code of two or three letters stood for; None where it
    is in use again, or its territory is not that of one state now: the numeric code tells.
    """
    code = code.strip().upper()
    if len(code) not in {2, 3} or codes(code):
        return None
    old = _table().historic_countries.get(**{f"alpha_{len(code)}": code})
    numeric = getattr(old, "numeric", None)
    state = numeric and _table().countries.get(numeric=numeric)
    return str(state.alpha_2) if state else None


@cache
def names(alpha_2: str) -> tuple[str, ...]:
    """The short, official and common names of a state, and those of its people where known."""
    state = _table().countries.get(alpha_2=alpha_2)
    known = [getattr(state, name, None) for name in ("name", "official_name", "common_name")]
    found = [name for name in known if name]
    for name in list(found):
        short, comma, rest = name.partition(", ")
        if comma:  # “Tanzania, United Republic of”
            found += [f"{rest} {short}", short]
    return tuple(dict.fromkeys([*found, *OTHER_NAMES.get(alpha_2, ())]))


def called(folded: str) -> list[str]:
    """Codes of the states that have a name which comes to this when it is folded."""
    return [
        state.alpha_2
        for state in _table().countries
        if folded.removeprefix("the")
        in {fold_name(name).removeprefix("the") for name in names(state.alpha_2)}
    ]


class State(NamedTuple):
    """A state known to ISO 3166."""

    code: str
    name: str
    """What it is called in a sentence."""


def known_as(word: str) -> State | None:
    """The state that a name or a code means; None where it means none, or several."""
    found = called(fold_name(word))
    if not found and (given := codes(word)):
        found = [given["alpha_2"]]
    return State(found[0], usual_name(found[0])) if len(found) == 1 else None


def usual_name(alpha_2: str) -> str:
    """What a state is called in a sentence; its code where it has no name."""
    state = _table().countries.get(alpha_2=alpha_2)
    if state is None:
        return alpha_2
    return _USUAL.get(alpha_2) or str(getattr(state, "common_name", state.name)).partition(", ")[0]


def _table() -> Any:
    import pycountry

    return pycountry
