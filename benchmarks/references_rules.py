"""What two readings of a bibliographic record differ in, and why: `references.py` counts it.

A rule is decided by the two values and the record alone. The first that fits is taken.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from targetmarkets.importing.references.csl_json import DATES, FIELDS, NAMES, without_resolver
from targetmarkets.text.rich import plain

BENT: Final = str.maketrans(dict.fromkeys('’‘“”`"', "'"))


class Difference(NamedTuple):
    """A field in which two readings differ; a value is None where there is none."""

    format: str
    field: str
    ours: Any
    alone: Any
    source: str
    """The record as it stands in its file."""
    told: str
    """What we say was left out of it."""

    def has(self, *fields: str) -> bool:
        """Whether the record has one of some fields of BibTeX."""
        return bool(re.search(rf"(?i)(?<![\w-])(?:{'|'.join(fields)})\s*=", self.source))


class Rule(NamedTuple):
    """A kind of difference."""

    kind: str
    right: str
    """Who reads it as the format says: `tm`, `pandoc`, or `both` where the format does not say."""
    why: str
    fits: Callable[[Difference], bool]


def differences(
    format_: str, ours: Mapping[str, Any], alone: Mapping[str, Any], source: str, told: str
) -> Iterator[Difference]:
    """The fields of sources that two readings do not share."""
    for field in sorted(FIELDS):
        one, other = (_comparable(field, reading.get(field)) for reading in (ours, alone))
        if one != other:
            yield Difference(format_, field, one, other, source, told)


def _comparable(field: str, value: Any) -> Any:
    """A value without what means nothing: dashes in pages, marks of what keeps its capitals."""
    if not value:
        return None
    if field in NAMES:
        return [{part: text for part, text in name.items() if text} for name in value]
    if field in DATES:
        parts = [[int(number) for number in part] for part in value.get("date-parts", [])]
        rest = {name: value[name] for name in ("season", "circa", "literal") if name in value}
        return {**({"date-parts": parts} if parts else {}), **rest} or None
    text = " ".join(unicodedata.normalize("NFC", str(value)).split())
    text = re.sub(r'<span class="nocase">(.*?)</span>', r"\1", text)
    return (re.sub("[–—-]+", "-", text) if field == "page" else text) or None


def letters(text: object) -> str:
    """The letters and digits of a text, without accents, marks and capitals."""
    apart = unicodedata.normalize("NFKD", plain(str(text)).casefold())
    return "".join(filter(str.isalnum, apart.replace("ı", "i")))


def _both_texts(d: Difference) -> bool:
    return isinstance(d.ours, str) and isinstance(d.alone, str)


def _straight(value: Any) -> str:
    return plain(str(value)).translate(BENT)


def _lost(d: Difference) -> bool:
    """Whether pandoc's text is ours without something."""
    rest = iter(letters(d.ours))
    return _both_texts(d) and all(letter in rest for letter in letters(d.alone))


def _words(names: Any) -> list[str]:
    return ["".join(sorted(letters(" ".join(name.values())))) for name in names]


def _named(d: Difference) -> bool:
    """Whether both have names, of the same words."""
    return d.field in NAMES and bool(d.ours and d.alone) and _words(d.ours) == _words(d.alone)


def _particle_is_given(d: Difference) -> bool:
    return any(
        name.get("dropping-particle", "\0") in ours.get("given", "")
        for name, ours in zip(d.alone, d.ours, strict=True)
    )


def _less_exact(d: Difference) -> bool:
    """Whether pandoc's date begins as ours does, and is not so exact."""
    ours, alone = ((date or {}).get("date-parts", []) for date in (d.ours, d.alone))
    season = "season" in (d.ours or {}) and "season" not in (d.alone or {})
    return (
        bool(ours)
        and (ours != alone or season)
        and all(part == ours[0][: len(part)] for part in alone)
    )


_BIBLATEX_ALONE: Final = (
    "annotation", "annote", "archive", "booktitle", "eventtitle", "issue", "language", "library",
    "version",
)  # fmt: skip

RULES: Final = (
    Rule("type", "both", "CSL has no equal of `misc`, `manual`, `conference` and the like; pandoc "
         "leaves the type empty or takes `book`", lambda d: d.field == "type"),
    Rule("quotation marks", "both", "pandoc bends apostrophes, and doubles single marks",
         lambda d: _straight(d.ours) == _straight(d.alone)),
    Rule("capitals", "tm", "pandoc writes titles in small letters, names and other languages too; "
         "a style can do that, and cannot undo it", lambda d: _both_texts(d)
         and _straight(d.ours).casefold() == _straight(d.alone).casefold()),
    Rule("formulas", "tm", "pandoc leaves TeX in the text",
         lambda d: "$" in str(d.alone) and "$" in d.source),
    Rule("LaTeX left in", "tm", "braces and backslashes stand in pandoc's text",
         lambda d: _both_texts(d) and re.search(r"[\\{}]", d.alone) is not None),
    Rule("DOI as an address", "tm", "CSL has the DOI without a resolver",
         lambda d: d.field == "DOI" and without_resolver(str(d.alone)) == d.ours),
    Rule("not a particle", "tm", "pandoc takes a given name for a particle: `{\\'{E}}douard`, `&`",
         lambda d: _named(d) and len(d.ours) == len(d.alone) and _particle_is_given(d)),
    Rule("not parted by commas", "tm", "RIS parts a name by a comma, and BibTeX has no list of "
         "more than two: such a name is a whole",
         lambda d: d.field in NAMES and "literal" in str(d.ours)),
    Rule("particle", "both", "`von` stays with the family name for us, is dropped for pandoc; in "
         "braces it is part of the name for us",
         lambda d: _named(d) and "particle" in str(d.ours) + str(d.alone)),
    Rule("initials, signs in names", "tm", "pandoc writes `D. B.` for `D.B.`, and a dotless i with "
         "an accent", _named),
    Rule("comment", "both", "a `%` in a value: text for us, for pandoc the line is a comment",
         lambda d: "%" in str(d.ours) and "%" not in str(d.alone)),
    Rule("AND", "tm", "pandoc parts names at `and` in small letters alone",
         lambda d: d.field in NAMES and " AND " in d.source),
    Rule("twice", "tm", "the record has a field twice: BibTeX takes the first, pandoc the last",
         lambda d: "(2)" in d.told),
    Rule("from another record", "tm", "pandoc does not find a `crossref` in other letters, and has "
         "not all of the other record", lambda d: d.has("crossref") and not d.alone),
    Rule("author of a set", "both", "pandoc makes the author of a set that of a container",
         lambda d: d.field == "container-author" and d.has("crossref") and not d.ours),
    Rule("date in words", "tm", "pandoc drops a date that it does not understand",
         lambda d: d.field in DATES and not d.alone and "literal" in d.ours),
    Rule("less exact date", "tm", "pandoc knows no month that is written out, no range, no season, "
         "no date in words beside a year, and of RIS only a year that stands alone",
         lambda d: d.field in DATES and _less_exact(d)),
    Rule("year of three digits", "both", "EDTF, by which sources are found by time, needs four",
         lambda d: d.field in DATES and re.fullmatch(r"\d{1,3}", (d.ours or {}).get("literal", ""))
         is not None),
    Rule("language", "both", "pandoc makes `en-US` of `english`, `de-DE` of `german`, and takes "
         "the last of several; a code of a language alone says less",
         lambda d: d.field == "language" and bool(d.alone)),
    Rule("`howpublished`", "both", "CSL has no such field: container or address for us, publisher "
         "for pandoc", lambda d: d.has("howpublished")
         and d.field in {"publisher", "container-title", "URL"}),
    Rule("`organization`", "both", "beside a publisher it is the authority for us; pandoc joins "
         "them", lambda d: d.has("organization", "institution", "school")
         and d.field in {"publisher", "authority"}),
    Rule("list of publishers", "both", "`A and B` stays so for us, is `A; B` for pandoc",
         lambda d: d.field == "publisher" and letters(str(d.ours).replace(" and ", ""))
         == letters(d.alone or "")),
    Rule("notes on a record", "both", "`annote` is a note for us; pandoc has it in a field of its "
         "own", lambda d: d.field == "note" and d.has("annote", "annotation")),
    Rule("titles of a whole", "both", "of `maintitle`, `issuetitle`, `…addon`, and in a "
         "periodical, pandoc takes other ones; what we do not take is told", lambda d: (
             d.has("maintitle", "issuetitle", "titleaddon", "booktitleaddon", "crossref")
             or d.source.lower().startswith("@periodical"))
         and d.field in {"title", "container-title", "volume"}),
    Rule("`eprint`", "pandoc", "it makes an address of it; we tell it", lambda d: d.field == "URL"
         and not d.ours and d.has("eprint")),
    Rule("series", "pandoc", "it writes out `3` as `3rd series`, and adds the part to a volume",
         lambda d: d.field in {"collection-title", "volume"}
         and str(d.alone).startswith(str(d.ours))),
    Rule("kind of thesis", "both", "a word for it: `PhD thesis` in their words or ours",
         lambda d: d.field == "genre" and "thesis" in d.source.casefold()),
    Rule("number", "both", "`number` in a paper is the number in the series for us",
         lambda d: d.field in {"number", "issue", "collection-number"} and d.has("number")),
    Rule("field not read", "tm", "pandoc does not read it in this format, or in this entry",
         lambda d: d.ours is not None and d.alone is None and (
             d.format != "bibtex" or d.source.lower().startswith("@periodical")
             or d.has(*_BIBLATEX_ALONE))),
    Rule("LaTeX lost", "tm", "pandoc drops commands that it does not know, with what stands behind "
         "them, and says nothing: `\\mbox`, `\\textendash`, `\\BibTeX`",
         lambda d: "\\" in (d.told if d.field in NAMES else d.source)
         and (d.field in NAMES or _lost(d))),
)  # fmt: skip

UNEXPLAINED: Final = Rule("unexplained", "?", "no rule fits", lambda _: True)


def rule_of(difference: Difference) -> Rule:
    """The rule that explains a difference, or `UNEXPLAINED`."""
    return next((rule for rule in RULES if rule.fits(difference)), UNEXPLAINED)
