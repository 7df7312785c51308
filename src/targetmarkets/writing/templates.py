"""Templates of files whose rows are added as a whole: what a row can say, and what that means."""

import csv
import io
import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from targetmarkets.writing.forms import FORM_OF, Field

_ROWS: Final[tuple[Mapping[str, Any], ...]] = (
    {
        "add": "customer",
        "name": "Northland",
        "kind": "non-state",
        "region": "Western Asia",
    },
    {
        "statement": "Northland may have received helmets.",
        "about": ["Northland"],
        "goods": "protective-equipment",
        "outcome": "delivered",
        "certainty": "possible",
        "hedge": "may",
        "speaker": ["journalist:The Outlet:narrates"],
        "source": "outlet-2026",
        "passage": "Northland may have received helmets",
    },
)
"""Rows to be written over: a customer, and a claim about it with its passage."""


def template(kind: str) -> str:
    """A template of a kind of file."""
    return _TEMPLATES[kind]()


def _yaml() -> str:
    lines = [
        "# Each item is a claim, or what `add` says: a customer, a category, a group, an event, an",
        "# actor or a quote. Write over these two, and add more: they are added all or none.",
        "# A field that has several takes a list. All fields of a claim:",
        "#",
        *(f"#   {line}" for field in FORM_OF["claim"].fields for line in _meaning(field)),
    ]
    for row in _ROWS:
        for nth, (name, value) in enumerate(row.items()):
            shown = json.dumps(value, ensure_ascii=False)  # is YAML, too
            lines.append(f"{'  ' if nth else '- '}{name}: {shown}")
    return "\n".join(lines) + "\n"


def _meaning(field: Field) -> list[str]:
    choices = f": {', '.join(map(str, field.terms))}" if field.terms else ""
    needed = " (needed)" if field.needed else ""
    return [f"{field.name}{needed}: {field.what}{choices}"]


def _json_lines() -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in _ROWS)


def _csv() -> str:
    names = list(dict.fromkeys(["add", *(name for row in _ROWS for name in row)]))
    made = io.StringIO()
    writer = csv.DictWriter(made, names, lineterminator="\n")
    writer.writeheader()
    for row in _ROWS:
        cells = {name: [value] if isinstance(value, str) else value for name, value in row.items()}
        writer.writerow({name: " | ".join(value) for name, value in cells.items()})
    return made.getvalue()


_TEMPLATES: Final[Mapping[str, Callable[[], str]]] = {
    "yaml": _yaml,
    "csv": _csv,
    "jsonl": _json_lines,
}
