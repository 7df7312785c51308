"""A record of BibTeX or BibLaTeX as a source has it. Pandoc reads its LaTeX, and nothing else."""

import re
import unicodedata
from typing import Any, Final

from targetmarkets.importing.references import tables
from targetmarkets.importing.references.bibtex_file import BibFile, Entry, Field
from targetmarkets.importing.references.csl_json import DATES, FIELDS, NAMES, without_resolver
from targetmarkets.importing.references.dates import month_of, read_date
from targetmarkets.importing.references.latex import SIGNS, Decoder
from targetmarkets.importing.references.ledger import Ledger
from targetmarkets.importing.references.names import CUT, Parts, bare, names_in, told_names
from targetmarkets.model.csl import OTHERS, TYPES
from targetmarkets.text import json_source
from targetmarkets.text.rich import plain

_VERBATIM: Final = frozenset({"url", "doi"})
_JOINED: Final = {
    "title": "subtitle", "booktitle": "booksubtitle", "journaltitle": "journalsubtitle",
    "journal": "journalsubtitle", "maintitle": "mainsubtitle",
}  # fmt: skip
_WHOLES: Final = frozenset({"book", "collection", "mvbook", "mvcollection", "proceedings"})
_THESES: Final = {"mastersthesis": "Master’s thesis", "phdthesis": "PhD thesis"}
_DATE_FIELDS: Final = ("date", "year", "month", "day")


def shape(latex: str) -> str:
    """What must be in a record of a value in LaTeX: its letters, without commands and accents."""
    text = re.sub(r"\\([A-Za-z]*TeX)(?![A-Za-z])", r"\1", latex)
    return letters(re.sub(r"\\([A-Za-z]+)|\\.", _letter, text))


def _letter(command: re.Match[str]) -> str:
    """The letter that a command is; nothing for one that is none, or an accent."""
    return {"i": "i", "j": "j", **SIGNS}.get(command[1], "")


def letters(text: str) -> str:
    """The letters and digits of a text, without accents and marks."""
    apart = unicodedata.normalize("NFKD", plain(text)).replace("ı", "i").replace("ȷ", "j")
    return "".join(character for character in apart if character.isalnum())


def take_entry(file: BibFile, entry: Entry, ledger: Ledger) -> dict[str, Any]:
    """The fields that a source can have of a record. Raises `UsageError` as `BibFile` does."""
    return _Reading(file, entry, ledger).record()


class _Reading:
    """One record while it is read."""

    def __init__(self, file: BibFile, entry: Entry, ledger: Ledger) -> None:
        self._file = file
        self._entry = entry
        self._ledger = ledger
        self._decoder = Decoder()
        self._fields: dict[str, Field] = {}
        for field in file.fields(entry):
            value = field.value if field.name in tables.BIBTEX_NAMES else bare(field.value)
            if value.strip(" {}\t\r\n"):
                is_names = field.name in tables.BIBTEX_NAMES
                ledger.enter(field.name, told_names(value) if is_names else value)
                self._fields[field.name] = field._replace(value=value)
                if " (" in field.name:
                    ledger.leave(field.name, "the record has this field twice")
                for macro in field.unknown:
                    ledger.leave(field.name, "the file does not define it", macro)
        self._record: dict[str, Any] = {"type": self._type()}
        options = self._fields.get("options")
        use = re.search(r"\buseprefix\s*=\s*(true|false)", options.value if options else "")
        self._drops = use is not None and use[1] == "false"
        if use:
            ledger.take("options", use[0])

    def record(self) -> dict[str, Any]:
        places = self._places()
        people = self._people()
        self._decoder.want(
            *(self._fields[name].value for name in places if name in self._fields),
            *(self._fields[name].value for name in _JOINED.values() if name in self._fields),
            *(part for names in people.values() for name in names for part in name.values()),
        )
        for field, names in people.items():
            self._take_names(field, names)
        for name, target in places.items():
            self._take_text(name, target)
        self._take_dates()
        self._take_private()
        self._mend()
        for name in ("crossref", "xdata", "entrysubtype"):
            self._take_sign(name)
        return self._record

    def _type(self) -> str:
        kind = self._entry.kind
        subtype = self._fields.get("entrysubtype")
        word = subtype.value.strip().lower() if subtype else ""
        if word in TYPES:
            return word
        return tables.SUBTYPES.get(word) or tables.ENTRIES.get(kind, "document")

    def _places(self) -> dict[str, str]:
        """The fields that are texts, each with what it is in CSL, the surest first."""
        type_ = str(self._record["type"])
        kind = tables.BIBTEX.get(type_, tables.Kind("misc"))
        places = {"title": "title", kind.container: "container-title", kind.publisher: "publisher"}
        for name in ("journaltitle", "journal", "booktitle", "maintitle"):
            places.setdefault(name, "container-title")
        for name in ("institution", "school", "publisher"):
            places.setdefault(name, "publisher")
        filled = any(places[name] == "publisher" for name in self._fields if name in places)
        issues = filled or type_ in tables.AUTHORITATIVE
        places.setdefault("organization", "authority" if issues else "publisher")
        number = "collection-number" if type_ in tables.NUMBERED_IN_SERIES else "number"
        places["number"] = "issue" if type_ in tables.WITH_ISSUES else number
        places |= {n: t for n, t in tables.BIBTEX_TEXTS.items() if n not in places}
        places.setdefault("howpublished", "container-title")
        private = (name for name in self._fields if name.startswith(tables.PRIVATE))
        named = {name: _csl_name(name) for name in private}
        places |= {n: t for n, t in named.items() if t in FIELDS - NAMES - DATES}
        return places

    def _people(self) -> dict[str, list[Parts]]:
        return {
            name: names_in(self._fields[name].value)
            for name in tables.BIBTEX_NAMES
            if name in self._fields
        }

    def _take_names(self, field: str, names: list[Parts]) -> None:
        taken: list[dict[str, str]] = []
        for name in names:
            if name is CUT:
                taken.append({"literal": OTHERS})
                self._ledger.take(field, OTHERS)
                continue
            parts = {self._part(n): self._text(field, latex) for n, latex in name.items()}
            taken.append({part: text for part, text in parts.items() if text})
        if people := [name for name in taken if "family" in name or "literal" in name]:
            self._record[tables.BIBTEX_NAMES[field]] = people

    def _part(self, name: str) -> str:
        """What a part of a name is: a particle is dropped where the record's options say so."""
        return "dropping-particle" if self._drops and name == "non-dropping-particle" else name

    def _take_text(self, name: str, target: str) -> None:
        field = self._fields.get(name)
        if field is None:
            return
        text = self._text(name, field.value)
        second = _JOINED.get(name)
        if second and second in self._fields and not target.startswith("collection"):
            more = self._text(second, self._fields[second].value)
            text = f"{text}{'' if text[-1:] in '?!:' else ':'} {more}" if text else more
        if word := tables.WORDS.get(target, {}).get(text.lower().removeprefix("lang")):
            text = word
            self._ledger.take(name)
        if name == "howpublished" and (found := re.fullmatch(r"https?://\S+", text)):
            target, text = "URL", found[0]
        if not text:
            return
        if self._record.get(target, text) == text:
            self._record[target] = text
        else:
            for left in filter(None, (name, second)):
                self._ledger.leave(left, f"another field is the {target} already")

    def _text(self, name: str, latex: str) -> str:
        """What some LaTeX of a field stands for; what is not known in it is told."""
        if name in _VERBATIM:
            text = re.sub(r"\\([_%#&~{}$])", r"\1", latex).replace(r"\textbackslash", "\\").strip()
            if url := re.fullmatch(r"\\url\{(.*)\}", text):
                text = url[1]
            bare_ = without_resolver(text) if name == "doi" else text
            self._ledger.take(name, *(() if bare_ != text else [text]))
            return bare_
        if name == "pages":
            latex = re.sub(r"-{2,3}", "-", latex)
        decoded = self._decoder[latex]
        self._ledger.take(name, decoded.text)
        for command in decoded.unknown:
            self._ledger.leave(name, "this LaTeX is not known", command)
        return decoded.text

    def _take_dates(self) -> None:
        for name, target in tables.BIBTEX_DATES.items():
            if name in self._fields:
                self._take_date(name, target, self._fields[name].value)
        if "date" in self._fields and self._take_date("date", "issued", self._fields["date"].value):
            for name in ("year", "month", "day"):
                if name in self._fields and self._agrees(name):
                    self._ledger.take(name)
            return
        self._take_year()

    def _take_date(self, name: str, target: str, text: str) -> bool:
        """Whether a field gives a date. What it says otherwise than another field is left out."""
        found = read_date(text)
        line = "" if found else self._text(name, text)
        if not found and not line:
            return False
        date = found.csl if found else {"literal": line}
        if self._record.setdefault(target, date) != date:
            self._ledger.leave(name, f"another field is the {target} already")
            return True
        if found:
            self._ledger.take(name)
            if found.rest:
                self._ledger.leave(name, "dates have no time of day", found.rest)
        return True

    def _take_year(self) -> None:
        """The date of year, month and day, as far as they are understood."""
        values = {name: self._fields[name].value for name in _DATE_FIELDS if name in self._fields}
        if "year" not in values:
            return
        plain = {name: self._without_marks(value) for name, value in values.items()}
        for names in (("year", "month", "day"), ("year", "month"), ("year",)):
            if not all(name in plain for name in names):
                continue
            if found := read_date(_joined(*(plain[name] for name in names))):
                self._record["issued"] = found.csl
                for name in names:
                    self._ledger.take(name)
                    for command in self._decoder[values[name]].unknown:
                        self._ledger.leave(name, "this LaTeX is not known", command)
                for name in set(values) - set(names):
                    self._ledger.leave(name, "no date is understood with it")
                return
        if line := self._text("year", values["year"]):
            self._record["issued"] = {"literal": line}

    def _without_marks(self, latex: str) -> str:
        """A part of a date without braces, blanks and what it is only sorted by."""
        text = " ".join(re.sub(r"[~{}]|\\[ ,]", " ", latex).split())
        return self._decoder[latex].text if "\\" in text else text

    def _agrees(self, name: str) -> bool:
        """Whether a part of the date says nothing but what the date says."""
        parts = self._record["issued"].get("date-parts") or [[]]
        at = ("year", "month", "day").index(name)
        text = self._fields[name].value.strip()
        number = int(text) if text.isdigit() and text.isascii() else month_of(text)
        return any(part[at : at + 1] == [number] for part in parts)

    def _take_private(self) -> None:
        """Names that only we write, as JSON; a number of a series that stands in its title too."""
        for name in self._fields:
            target = _csl_name(name)
            if name.startswith(tables.PRIVATE) and target in NAMES:
                value = _json(self._text(name, self._fields[name].value))
                if isinstance(value, list):
                    self._record[target] = value

    def _mend(self) -> None:
        series, number = (self._record.get(f"collection-{n}", "") for n in ("title", "number"))
        if f"{tables.PRIVATE}collection-number" in self._fields and series.endswith(f" {number}"):
            self._record["collection-title"] = series.removesuffix(f" {number}")
        title, own = self._record.get("title"), f"{tables.PRIVATE}container-title"
        is_book = self._entry.kind in _WHOLES and own not in self._fields
        if is_book and title and self._record.get("container-title") == title:
            del self._record["container-title"]  # it is for the parts of a book to refer to
        if self._entry.kind in _THESES and "entrysubtype" not in self._fields:
            self._record.setdefault("genre", _THESES[self._entry.kind])

    def _take_sign(self, name: str) -> None:
        """A field that says something of the record, and is no part of it."""
        if field := self._fields.get(name):
            keys = filter(str.strip, field.value.split(","))
            missing = [key for key in keys if not self._file.has(key)]
            if name == "entrysubtype" or not missing:
                known = name != "entrysubtype" or self._record["type"] in {
                    field.value.strip().lower(),
                    tables.SUBTYPES.get(field.value.strip().lower()),
                }
                if known:
                    self._ledger.take(name)
            else:
                self._ledger.leave(name, "the file has no such record")


def _joined(year: str, month: str = "", day: str = "") -> str:
    """A year, a month as a number or in words, and a day, as a date that is read."""
    if month.isdigit() and month.isascii():
        return "-".join([year, month, *([day] if day else [])])
    return " ".join(filter(None, (day, month, year)))


def _csl_name(name: str) -> str:
    """A field of ours by its name in CSL."""
    wanted = name.removeprefix(tables.PRIVATE)
    return next((field for field in FIELDS if field.lower() == wanted), wanted)


def _json(text: str) -> Any:
    try:
        return json_source.parse(text)
    except (ValueError, RecursionError):
        return None
