"""The stored objects made anew of tables, whoever read these."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from targetmarkets.exports.tables import schema
from targetmarkets.model.objects import (
    Actor,
    Category,
    Claim,
    Customer,
    Event,
    Group,
    KnowledgeFile,
    Quote,
    Source,
)
from targetmarkets.model.stored import Stored
from tests.exports.rich import CURATOR

Row = Mapping[str, Any]
Rows = Callable[[str], Iterable[Row]]
"""Gives the rows of a table, by its name."""

NOBODY: Final = "the curators"

_OWNER: Final = {table.name: table.key[0] for table in schema.TABLES}
"""The column that says whose part a row is."""


def rebuilt(rows: Rows) -> dict[type[Stored], dict[str, Stored]]:
    """All objects by type and id."""
    parts = _Parts(rows)
    made: dict[type[Stored], list[Any]] = {
        Source: [parts.source(row) for row in rows("sources")],
        Quote: [
            _only(row, id="id", source="source", exact="exact", start="start_at", end="end_at")
            | {"part_of_word": bool(row["part_of_word"])}
            for row in rows("quotes")
        ],
        Category: [_only(row, "id", "name", "chapter") for row in rows("categories")],
        Customer: [parts.customer(row) for row in rows("customers")],
        Group: [
            _only(row, "id", "name")
            | {"members": [m["customer"] for m in parts.of("group_members", row["id"])]}
            for row in rows("groups")
        ],
        Event: [_only(row, "id", "name", "kind") for row in rows("events")],
        Actor: [
            _only(row, "id", "name", "kind", "country")
            | {
                "identifiers": [
                    _only(one, "scheme", "value")
                    for one in parts.of("actor_identifiers", row["id"])
                ]
            }
            for row in rows("actors")
        ],
        Claim: [parts.claim(row) for row in rows("claims")],
    }
    for model, fields in made.items():
        for each in fields:
            each["formerly"] = parts.names(each["id"], "former id")
            if "aliases" in model.model_fields:
                each["aliases"] = parts.names(each["id"], "alias")
    return {
        model: {
            each["id"]: model.model_validate_json(
                json.dumps(each, ensure_ascii=False, default=float)
            )
            for each in fields
        }
        for model, fields in made.items()
    }


class _Parts:
    """What the parts of objects are, by the objects that have them."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._of: dict[str, dict[str, list[Row]]] = {}

    def of(self, table: str, id_: str) -> list[Row]:
        """The parts in a table of one object, in their order."""
        if table not in self._of:
            owned: dict[str, list[Row]] = defaultdict(list)
            for row in self._rows(table):
                owned[row[_OWNER[table]]].append(row)
            for parts in owned.values():
                parts.sort(key=lambda row: int(row["position"]))
            self._of[table] = owned
        return self._of[table].get(id_, [])

    def names(self, id_: str, kind: str) -> list[str]:
        return [row["name"] for row in self.of("other_names", id_) if row["kind"] == kind]

    def source(self, row: Row) -> dict[str, Any]:
        id_ = row["id"]
        archive = original = None
        if row["original_file"] is not None:
            names = ("file", "sha256", "media_type", "extractor")
            original = {name: row[f"original_{name}"] for name in names}
        if row["archive_file"] is not None:
            archive = {name: row[f"archive_{name}"] for name in ("file", "sha256", "media_type")}
            archive |= {
                "original": original,
                "pages": [_only(p, label="label", start="start_at") for p in self.of("pages", id_)],
                "breaks": [
                    _only(b, start="start_at", end="end_at") for b in self.of("breaks", id_)
                ],
                "gaps": _json(row["gaps"]) or [],
            }
        aside = [
            _only(one, exact="exact", start="start_at", end="end_at", reason="reason")
            for one in self.of("set_aside", id_)
        ]
        return {
            **_only(row, "id", "descriptor", "title_from"),
            "read": bool(row["read"]),
            "bibliography": _json(row["bibliography"]),
            "reports_on": [one["reports_on"] for one in self.of("source_reports_on", id_)],
            "archive": archive,
            "set_aside": aside,
        }

    def customer(self, row: Row) -> dict[str, Any]:
        codes = _only(row, alpha_2="alpha_2", alpha_3="alpha_3", numeric="numeric_code")
        return {
            **_only(row, "id", "name", "kind", "region"),
            "iso_3166": codes if row["alpha_2"] is not None else None,
        }

    def claim(self, row: Row) -> dict[str, Any]:
        id_ = row["id"]
        links = self.of("claim_links", id_)
        fields = _only(
            *(row, "id", "kind", "statement", "certainty", "certainty_basis", "hedge"),
            *("hedge_note", "scope", "stance", "event", "period", "said", "reasoning", "note"),
            *("status", "retraction"),
        )
        return {
            **fields,
            "negative": bool(row["negative"]),
            "joint": bool(row["joint"]),
            "about": [_first(one, "customer", "category", "named_group")
                      for one in self.of("claim_about", id_)],
            "speakers": [_only(one, "role", "name", "mode", "work")
                         for one in self.of("claim_speakers", id_)],
            "places": [_only(one, "name", "country", "relation")
                       for one in self.of("claim_places", id_)],
            "parties": [
                {"id": _first(one, "actor", "customer"), **_only(one, "part", "state")}
                for one in self.of("claim_parties", id_)
            ],
            **{
                relation: [one["other_id"] for one in links if one["relation"] == relation]
                for relation in ("denies", "conflicts_with")
            },
            "activity": self._activity(row) if row["goods"] is not None else None,
            "evidence": [_evidence(one) for one in self.of("evidence", id_)],
            "assessment": _only(row, reliability="reliability", credibility="credibility",
                                by="assessed_by", why="assessed_why")
            if row["reliability"] is not None else None,
        }  # fmt: skip

    def _activity(self, row: Row) -> dict[str, Any]:
        return {
            **_only(row, "goods", "form", "outcome"),
            "items": [one["item"] for one in self.of("claim_items", row["id"])],
            "quantities": [
                _only(one, value="value", to="up_to", unit="unit", qualifier="qualifier")
                for one in self.of("claim_quantities", row["id"])
            ],
        }


def _evidence(row: Row) -> dict[str, Any]:
    if row["kind"] == "quotation":
        return {"quote": row["quote"]}
    locator = {"label": row["locator_label"], "value": row["locator"]}
    return {
        "reference": {
            "source": row["reference"],
            "locator": locator if row["locator"] is not None else None,
            "consulted_at": row["consulted_at"],
        }
    }


def _only(row: Row, *same: str, **named: str) -> dict[str, Any]:
    return {name: row[column] for name, column in {**dict(zip(same, same, strict=True)),
                                                   **named}.items()}  # fmt: skip


def _json(value: Any) -> Any:
    """A value that a reader may have made of its JSON, or not."""
    return json.loads(value) if isinstance(value, str) else value


def _first(row: Row, *columns: str) -> Any:
    return next((row[column] for column in columns if row[column] is not None), None)


def without_curators(content: KnowledgeFile) -> KnowledgeFile:
    """A knowledge base in which no curator is named."""
    data = content.model_dump_json(by_alias=True)
    return KnowledgeFile.model_validate_json(data.replace(json.dumps(CURATOR), f'"{NOBODY}"'))


def differing(
    content: KnowledgeFile, made: Mapping[type[Stored], Mapping[str, Stored]]
) -> list[str]:
    """Ids of the objects of a knowledge base that are not what was made, or not there at all."""
    lists: dict[type[Stored], Sequence[Stored]] = {
        Source: content.sources, Quote: content.quotes, Category: content.categories,
        Customer: content.customers, Group: content.groups, Event: content.events,
        Actor: content.actors, Claim: content.claims,
    }  # fmt: skip
    assert {model: len(each) for model, each in made.items()} == {
        model: len(each) for model, each in lists.items()
    }
    return [
        item.id
        for model, items in lists.items()
        for item in items
        if made[model].get(item.id) != item
    ]
