"""SARIF 2.1.0: what was found in drafts, as code hosts show it beside the line.

It holds what is wrong or to be looked at, and nothing that is right. Columns count UTF-16 units, as
the standard has them unless told, so it is told that they count code points.
"""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from targetmarkets import __version__
from targetmarkets.formats.escape import json_safe, visible
from targetmarkets.formats.interface import Setters
from targetmarkets.records.checks import STANDINGS, VERDICTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from targetmarkets.formats.interface import Look
    from targetmarkets.records.checks import CheckReport, DraftPlace

SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

_LEVELS: Final = {
    "altered": "error", "misattributed": "error", "absent": "error", "ambiguous": "error",
    "not archived": "error", "unknown": "error", "retracted": "error", "disputed": "warning",
    "beside": "warning", "unread": "note",
}  # fmt: skip
"""How bad each thing is: what decides the exit code is an error."""

_RULES: Final[dict[str, str]] = {
    **{str(name): f"A quotation that {VERDICTS[name]}." for name in VERDICTS if name in _LEVELS},
    "unknown": "A citation of what the knowledge base does not have.",
    "retracted": f"A claim that is cited and {STANDINGS['retracted']}.",
    "disputed": f"A claim that is cited and {STANDINGS['disputed']}.",
    "beside": "Something to look at beside a true quotation.",
    "unread": "A part of the draft that was not read.",
}


def checks(report: CheckReport, look: Look) -> str:
    """The report as a log with one run."""
    rules = [
        {"id": _id(name), "shortDescription": {"text": text},
         "defaultConfiguration": {"level": _LEVELS[name]}}
        for name, text in _RULES.items()
    ]  # fmt: skip
    driver = {"name": "tm check", "version": __version__, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": _uri(file)}} for file in report.files],
        "results": list(_results(report)),
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    indent = None if look.width is None else 2
    return json_safe(json.dumps(log, ensure_ascii=False, indent=indent).encode() + b"\n")


SETTERS: Final = Setters(checks=checks)


def _results(report: CheckReport) -> Iterator[dict[str, Any]]:
    for quotation in report.quotations:
        if quotation.verdict in _LEVELS:
            message = ". ".join(filter(None, (quotation.message, quotation.remedy)))
            yield _result(quotation.verdict, message, quotation.place)
        for warning in quotation.warnings:
            yield _result("beside", warning.message, quotation.place)
    for citation in report.citations:
        standings = {claim.standing for claim in citation.claims}
        message = ". ".join(filter(None, (citation.message, citation.remedy)))
        if not citation.ok:
            yield _result("retracted" if citation.known else "unknown", message, citation.place)
        elif "disputed" in standings:
            yield _result("disputed", message, citation.place)
    for unread in report.unread:
        region = {"startLine": unread.line} if unread.line else None
        yield _located("unread", f"not read: {unread.what}", unread.file, region)


def _result(rule: str, message: str, place: DraftPlace) -> dict[str, Any]:
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    known = {name: number for name, number in region.items() if number is not None}
    if not known:
        message += f" (paragraph {place.paragraph})"
    return _located(rule, message, place.file, known or None)


def _located(rule: str, message: str, file: str, region: dict[str, Any] | None) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(file)}}
    if region:
        physical["region"] = region
    return {
        "ruleId": _id(rule),
        "ruleIndex": list(_RULES).index(rule),
        "level": _LEVELS[rule],
        "message": {"text": visible(message)},
        "locations": [{"physicalLocation": physical}],
    }


def _id(rule: str) -> str:
    return rule.replace(" ", "-")


def _uri(file: str) -> str:
    """The address of a file as the standard has it: relative if the name is."""
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
