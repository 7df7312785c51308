"""Lists of names in BibTeX and BibLaTeX, taken apart before their LaTeX is read."""

import re
from typing import Final

_STEP: Final = re.compile(r"\\[^A-Za-z{}]|[{}]| and(?= )|[,;]|[~ ]+", re.IGNORECASE)
_EXTENDED: Final = re.compile(r"\s*([a-z]+(?:-i)?)\s*=\s*(.*)", re.DOTALL)
_INITIALS: Final = frozenset({"family-i", "given-i", "prefix-i", "suffix-i", "id"})

Parts = dict[str, str]
"""A name in the words of CSL-JSON, its parts in LaTeX."""

CUT: Final[Parts] = {}
"""Stands at the end of a list that goes on, which BibTeX says by `others`."""


def names_in(latex: str) -> list[Parts]:
    """The names in a list; `CUT` at its end, where it is cut."""
    text = f" {' '.join(latex.split())} "
    listed = [part.strip() for part in _split(text, " and")]
    if len(listed) == 1 and len(_split(text, ";")) > 1:  # as people write who do not know better
        listed = [part.strip() for part in _split(text, ";")]
    listed = [part for part in listed if part]
    cut = len(listed) > 1 and listed[-1].lower() == "others"
    names = [name for part in (listed[:-1] if cut else listed) if (name := _name(part))]
    return [*names, CUT] if cut else names


def told_names(latex: str) -> str:
    """A list of names without what parts them, and without initials, which the names have too."""
    text = re.sub(r"(?<=[,\s])[a-z]+-i\s*=[^,]*", " ", f" {latex}")
    text = re.sub(
        r"\b(?:family|given|prefix|suffix)\s*=|\buseprefix\s*=\s*(?:true|false)", " ", text
    )
    return re.sub(r"(?<=\s)and(?=\s|$)|[,;~]", " ", text, flags=re.IGNORECASE).strip()


def bare(latex: str) -> str:
    """A value without the braces that are around all of it."""
    text = latex.strip()
    while text.startswith("{") and text.endswith("}") and _is_one_group(text):
        text = text[1:-1].strip()
    return text


def _split(text: str, mark: str) -> list[str]:
    """A text at a mark that is in no braces; blanks are one mark, and `~` is one of them."""
    parts, depth, start = [], 0, 0
    for step in _STEP.finditer(text):
        found = step[0]
        if found in {"{", "}"}:
            depth += 1 if found == "{" else -1
        elif depth == 0 and (found.lower() == mark or (mark == " " and not found.strip("~ "))):
            parts.append(text[start : step.start()])
            start = step.end()
    return [*parts, text[start:]]


def _is_one_group(text: str) -> bool:
    depth = 0
    for step in re.finditer(r"[{}]", text):
        depth += 1 if step[0] == "{" else -1
        if depth == 0:
            return step.end() == len(text)
    return False


def _name(text: str) -> Parts:
    """A name by the rules of BibTeX; one in braces is that of a body."""
    if text.startswith("{") and text.endswith("}") and _is_one_group(text):
        whole = bare(text)
        return {"literal": whole} if whole else {}
    parts = [part.strip() for part in _split(text, ",")]
    if all(map(_EXTENDED.fullmatch, parts)):
        return _extended(parts)
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    if len(parts) > 3:
        return {"literal": text}
    tokens = [token for token in _split(f"{parts[0]} ", " ") if token]
    if len(parts) == 1 and not text.endswith(","):
        small = [n for n, token in enumerate(tokens[:-1]) if is_small(token)]
        first = small[0] if small else len(tokens) - 1
        last = small[-1] + 1 if small else len(tokens) - 1
        given, particle, family = (
            " ".join(some) for some in (tokens[:first], tokens[first:last], tokens[last:])
        )
        return _filled(family, given, particle)
    end = max((n + 1 for n, t in enumerate(tokens[:-1]) if is_small(t)), default=0)
    if not is_small(tokens[0] if tokens else ""):
        end = 0
    family, particle = " ".join(tokens[end:]), " ".join(tokens[:end])
    given, suffix = parts[-1] if len(parts) > 1 else "", parts[1] if len(parts) == 3 else ""
    return _filled(family, given, particle, suffix)


def _filled(family: str = "", given: str = "", particle: str = "", suffix: str = "") -> Parts:
    if not family and given:
        return {"literal": given}
    parts = {
        "family": family, "given": given, "non-dropping-particle": particle, "suffix": suffix,
    }  # fmt: skip
    return {name: bare(part) for name, part in parts.items() if bare(part)}


def _extended(parts: list[str]) -> Parts:
    """A name as BibLaTeX's extended format has it: `family=Doe, given=Jane`."""
    matches = filter(None, map(_EXTENDED.fullmatch, parts))
    found = {match[1]: match[2] for match in matches}
    dropped = found.pop("useprefix", "true").strip().lower() == "false"
    name = {
        "family": found.pop("family", ""),
        "given": found.pop("given", ""),
        "dropping-particle" if dropped else "non-dropping-particle": found.pop("prefix", ""),
        "suffix": found.pop("suffix", ""),
    }
    rest = [value for key, value in found.items() if key not in _INITIALS]
    if not name["family"]:
        return {"literal": " ".join(filter(None, (*name.values(), *rest)))}
    return {key: bare(value) for key, value in name.items() if bare(value)}


def is_small(token: str) -> bool:
    """Whether a word begins with a small letter, and so is a particle."""
    if token.startswith("{") and not token.startswith("{\\"):
        return False
    letter = re.search(r"[^\W\d_]", re.sub(r"\\[A-Za-z]+\s*|\\.", "", token))
    return letter is not None and letter[0].islower()
