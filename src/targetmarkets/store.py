"""Read and validate a knowledge base, and lead from one of its objects to another."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from targetmarkets.errors import InvalidError
from targetmarkets.files import read_text
from targetmarkets.locate import find
from targetmarkets.models import (
    Category,
    Claim,
    Customer,
    Group,
    KnowledgeFile,
    Quote,
    Source,
)
from targetmarkets.structure import read_structure

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from targetmarkets.findings import Finding

Subject = Customer | Category | Group
"""What a claim can be about."""

Item = TypeVar("Item")

Object = Subject | Claim | Quote | Source
"""Anything that has an id."""


class Knowledge:
    """A loaded knowledge base: the stored objects, and the ways from one to another.

    Its content is known to have the right shape and no dangling ids. Nothing is known of its
    quotations: `verify` proves them.
    """

    def __init__(self, content: KnowledgeFile, path: Path) -> None:
        self.content = content
        self.path = path
        """The JSON file."""

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        return {source.id: source for source in self.content.sources}

    @cached_property
    def quotes(self) -> Mapping[str, Quote]:
        return {quote.id: quote for quote in self.content.quotes}

    @cached_property
    def customers(self) -> Mapping[str, Customer]:
        return {customer.id: customer for customer in self.content.customers}

    @cached_property
    def categories(self) -> Mapping[str, Category]:
        return {category.id: category for category in self.content.categories}

    @cached_property
    def groups(self) -> Mapping[str, Group]:
        return {group.id: group for group in self.content.groups}

    @cached_property
    def claims(self) -> Mapping[str, Claim]:
        return {claim.id: claim for claim in self.content.claims}

    @cached_property
    def subjects(self) -> Mapping[str, Subject]:
        return {**self.customers, **self.categories, **self.groups}

    @cached_property
    def objects(self) -> Mapping[str, Object]:
        """Everything that has an id."""
        return {**self.subjects, **self.claims, **self.quotes, **self.sources}

    @cached_property
    def claims_about(self) -> Mapping[str, list[Claim]]:
        """Claims by the id of each thing that they are about, retracted ones included."""
        return _index((id_, claim) for claim in self.content.claims for id_ in claim.about)

    @cached_property
    def claims_on_quote(self) -> Mapping[str, list[Claim]]:
        """Claims by the id of each quotation that they rest on."""
        return _index(
            (item.quote, claim)
            for claim in self.content.claims
            for item in claim.evidence
            if item.quote
        )

    @cached_property
    def claims_on_source(self) -> Mapping[str, list[Claim]]:
        """Claims by the id of each source that they rest on."""
        return _index(
            (id_, claim) for claim in self.content.claims for id_ in self.sources_of(claim)
        )

    @cached_property
    def groups_naming(self) -> Mapping[str, list[str]]:
        """Ids of groups by the id of each customer that a text names as of them."""
        return _index((id_, group.id) for group in self.content.groups for id_ in group.members)

    @cached_property
    def quotes_from(self) -> Mapping[str, list[Quote]]:
        """Quotations by source, in the order of the text."""
        in_order = sorted(self.content.quotes, key=lambda quote: (quote.start, quote.end))
        return _index((quote.source, quote) for quote in in_order)

    def sources_of(self, claim: Claim) -> list[str]:
        """Ids of the sources that a claim rests on, in the order of its evidence."""
        ids = []
        for item in claim.evidence:
            if item.quote:
                ids.append(self.quotes[item.quote].source)
            elif item.reference:
                ids.append(item.reference.source)
        return list(dict.fromkeys(ids))


def _index(pairs: Iterable[tuple[str, Item]]) -> Mapping[str, list[Item]]:
    index: dict[str, list[Item]] = defaultdict(list)
    for key, item in pairs:
        index[key].append(item)
    return index


def load(kb: str | os.PathLike[str] | None = None) -> Knowledge:
    """Load a knowledge base: the bundled one, or the file or folder that is named.

    Raises `UnreadableError` where there is nothing to read, and `InvalidError`, with its
    findings, where what was read is not a knowledge base.
    """
    path = find(kb)
    return load_text(read_text(path), path)


def load_text(text: str, path: Path) -> Knowledge:
    """The same for the text of a file. Raises `InvalidError`."""
    inspection = inspect_text(text, path)
    if inspection.findings or inspection.content is None:
        raise InvalidError(
            f"{path} is not a knowledge base that can be used",
            "mend what is listed; tm verify lists it too",
            inspection.findings,
        )
    return Knowledge(inspection.content, path)


class Inspection(NamedTuple):
    """What reading a file came to."""

    content: KnowledgeFile | None
    """The content, or None where its shape is broken."""
    findings: list[Finding]
    """Everything that stops it from loading."""


def inspect_text(text: str, path: Path) -> Inspection:
    """Read the text of a knowledge base, with everything that stops it from loading.

    Raises `InvalidError` where there is no JSON to read.
    """
    try:
        return Inspection(*read_structure(text, str(path)))
    except RecursionError:
        message = f"{path}: the JSON is nested too deeply"
    except ValueError as error:
        message = f"{path}{_json_problem(error)}" if text.strip() else f"{path} is empty"
    raise InvalidError(message, "restore the file, or correct it there")


def _json_problem(error: ValueError) -> str:
    """Where a text is not JSON, as far as the parser knows, and why."""
    import json  # a sound file is read by the models

    if isinstance(error, json.JSONDecodeError):
        return f", line {error.lineno}, column {error.colno}: not JSON: {error.msg}"
    return f": not JSON: {str(error).split(';', maxsplit=1)[0]}"


def write_canonical(content: KnowledgeFile) -> str:
    """Text of a knowledge base in its canonical layout: fields in the order of the models,
    two spaces, what has its default left out.
    """
    return content.model_dump_json(indent=2, by_alias=True, exclude_defaults=True) + "\n"
