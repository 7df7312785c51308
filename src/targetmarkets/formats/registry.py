"""The formats, an entry for each, and the way to its module.

All that is said of formats is read from this table: the options, completion, `tm help formats`,
what the ending of a file asks for, the tests. It holds what they need, since none of them can wait
for the modules; the rest a format says of itself, in its `SETTERS`.
"""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeVar

from targetmarkets.formats.interface import Setters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from targetmarkets.formats.interface import Citing, Dossiers, Listing, Look, Report, Streamer
    from targetmarkets.records.checks import CheckReport

T = TypeVar("T")

FormatKind = Literal["lists", "dossiers", "reports", "checks", "citations"]
"""What a format sets; reports are what commands such as `verify` and `diff` find out, and checks is
the report of `check` where a format has no other."""


class Format(NamedTuple):
    """A format. Two may share a name, if they set different kinds."""

    name: str
    module: str
    """Below `targetmarkets.formats`."""
    kinds: tuple[FormatKind, ...]
    ending: str | None
    """The ending of files that asks for it, in small letters."""
    purpose: str
    """What it is for, in a line of help."""


FORMATS: Final = (
    Format("table", "as_table", ("lists",), None,
           "columns for a person, and the references below"),
    Format("text", "as_text", ("dossiers", "reports"), ".txt",
           "dossiers and reports for a person"),
    Format("json", "as_json", ("lists", "dossiers", "reports"), ".json",
           "whole records: an array; from show, an object for one id"),
    Format("jsonl", "as_jsonl", ("lists",), ".jsonl",
           "whole records, one on each line"),
    Format("csv", "as_csv", ("lists", "reports"), ".csv",
           "for spreadsheets: what they would take for a formula begins with '"),
    Format("tsv", "as_tsv", ("lists", "reports"), ".tsv",
           "for programs: tabs, line ends and backslashes are escaped"),
    Format("markdown", "as_markdown", ("lists", "dossiers"), ".md",
           "for documents"),
    Format("sarif", "as_sarif", ("checks",), ".sarif",
           "what check found, for code hosts that show it beside the line"),
    Format("text", "citations.as_text", ("citations",), ".txt",
           "citations in a CSL style"),
    Format("pandoc", "citations.as_pandoc", ("citations",), None,
           "citations as keys with their places, for a manuscript"),
    Format("csl-json", "citations.as_csl_json", ("citations",), ".json",
           "the works cited: what --json means to cite"),
    Format("bibtex", "citations.as_bibtex", ("citations",), ".bib",
           "the works cited, for LaTeX and reference managers"),
    Format("ris", "citations.as_ris", ("citations",), ".ris",
           "the works cited, for library catalogues and reference managers"),
)  # fmt: skip
"""Every format, in the order in which they are offered."""


def _setting(kind: FormatKind) -> dict[str, Format]:
    """The formats that set a kind, by name."""
    return {format_.name: format_ for format_ in FORMATS if kind in format_.kinds}


LIST_FORMATS: Final = _setting("lists")
DOSSIER_FORMATS: Final = _setting("dossiers")
REPORT_FORMATS: Final = _setting("reports")
CHECK_FORMATS: Final = {**REPORT_FORMATS, **_setting("checks")}
"""Those of reports will do for `check`, too."""

CITATION_FORMATS: Final = _setting("citations")


def purposes() -> dict[str, str]:
    """What each format is for, by name."""
    lines: dict[str, str] = {}
    for format_ in FORMATS:
        before = f"{lines[format_.name]}; " if format_.name in lines else ""
        lines[format_.name] = before + format_.purpose
    return lines


def endings() -> list[str]:
    """The endings of files that ask for a format."""
    return list(dict.fromkeys(format_.ending for format_ in FORMATS if format_.ending))


def setters(format_: Format) -> Setters:
    """The functions of a format; its module is imported only here."""
    found = import_module(f"targetmarkets.formats.{format_.module}").SETTERS
    assert isinstance(found, Setters), format_.module
    return found


def set_listing(listing: Listing, format_: str, look: Look) -> str:
    """A list in one of `LIST_FORMATS`."""
    return _there(setters(LIST_FORMATS[format_]).lists)(listing, look)


def streamer(format_: str) -> Streamer | None:
    """What sets a list piece by piece, in one of `LIST_FORMATS` that can be read as it comes."""
    return setters(LIST_FORMATS[format_]).streams


def set_dossiers(dossiers: Dossiers, format_: str, look: Look) -> str:
    """Dossiers in one of `DOSSIER_FORMATS`."""
    return _there(setters(DOSSIER_FORMATS[format_]).dossiers)(dossiers, look)


def set_report(report: Report, format_: str, look: Look) -> str:
    """What a command found out, in one of `REPORT_FORMATS`."""
    return _there(setters(REPORT_FORMATS[format_]).reports)(report, look)


def set_check(report: CheckReport, format_: str, look: Look) -> str:
    """What `check` found, in one of `CHECK_FORMATS`."""
    able = setters(CHECK_FORMATS[format_])
    return _there(able.checks or able.reports)(report, look)


def set_citations(citing: Citing, format_: str, look: Look) -> str:
    """Citations in one of `CITATION_FORMATS`.

    Raises `MissingExtraError` for a format whose packages are not installed, and `UsageError` for
    a style that is not known or cannot be used.
    """
    return _there(setters(CITATION_FORMATS[format_]).citations)(citing, look)


def lost(citing: Citing, format_: str) -> Mapping[str, int]:
    """The fields that other programs do not find in what a format makes of the works that are
    cited, each with the number of works that have it.
    """
    from targetmarkets.records.works import Work  # only citations need it

    named = setters(CITATION_FORMATS[format_]).lost
    return (
        Counter(field for work in citing.works() for field in named(Work.of(work))) if named else {}
    )


def _there(setter: T | None) -> T:
    assert setter is not None, "the registry says that the format sets it"
    return setter
