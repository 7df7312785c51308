"""Read and validate a knowledge base, and lead from one of its objects to another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from targetmarkets.errors import InvalidError
from targetmarkets.kb.files import read_text
from targetmarkets.kb.lookup import Object, Objects, Subject
from targetmarkets.kb.paths import find
from targetmarkets.model.integrity import read_structure
from targetmarkets.model.vocabulary import LISTS

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from targetmarkets.model.findings import Finding
    from targetmarkets.model.objects import (
        Category,
        Claim,
        Customer,
        Group,
        KnowledgeFile,
        Quote,
        Source,
    )

Related = TypeVar("Related")

Wanted = Sequence[tuple[str, Sequence[str]]]
"""What objects are chosen by: names of filters, each with values of which one must fit."""


class Knowledge:
    """A loaded knowledge base: the stored objects, and the ways from one to another.

    Its content is known to have the right shape and no dangling ids. Nothing is known of its
    quotations: `verify` proves them.
    """

    hash: str | None = None
    """SHA-256 of the file, where it was needed."""

    def __init__(self, content: KnowledgeFile, path: Path) -> None:
        self._content = content
        self.path = path
        """The JSON file."""

    @property
    def content(self) -> KnowledgeFile:
        """Everything, as the file has it."""
        return self._content

    @cached_property
    def sources(self) -> Objects[Source]:
        return Objects(self.content.sources)

    @cached_property
    def quotes(self) -> Objects[Quote]:
        return Objects(self.content.quotes)

    @cached_property
    def customers(self) -> Objects[Customer]:
        return Objects(self.content.customers)

    @cached_property
    def categories(self) -> Objects[Category]:
        return Objects(self.content.categories)

    @cached_property
    def groups(self) -> Objects[Group]:
        return Objects(self.content.groups)

    @cached_property
    def claims(self) -> Objects[Claim]:
        return Objects(self.content.claims)

    @cached_property
    def subjects(self) -> Objects[Subject]:
        """What claims can be about."""
        return Objects[Subject](
            chain(self.content.customers, self.content.categories, self.content.groups)
        )

    @cached_property
    def objects(self) -> Objects[Object]:
        """Everything that has an id."""
        lists = (self.subjects, self.claims, self.quotes, self.sources)
        return Objects[Object](chain.from_iterable(items.values() for items in lists))

    @cached_property
    def archived(self) -> Sequence[Source]:
        """Sources with an archived text."""
        return [source for source in self.content.sources if source.archive]

    @cached_property
    def position(self) -> Mapping[str, int]:
        """The place of each object in the file, by id."""
        lists = chain.from_iterable(getattr(self.content, name) for name in LISTS)
        return {item.id: place for place, item in enumerate(lists)}

    @cached_property
    def claims_about(self) -> Mapping[str, Sequence[Claim]]:
        """Claims by the id of each thing that they are about, retracted ones included."""
        return _index((id_, claim) for claim in self.content.claims for id_ in claim.about)

    @cached_property
    def claims_on_quote(self) -> Mapping[str, Sequence[Claim]]:
        """Claims by the id of each quotation that they rest on."""
        return _index(
            (item.quote, claim)
            for claim in self.content.claims
            for item in claim.evidence
            if item.quote
        )

    @cached_property
    def claims_on_source(self) -> Mapping[str, Sequence[Claim]]:
        """Claims by the id of each source that they rest on."""
        return _index(
            (id_, claim) for claim in self.content.claims for id_ in self.sources_of(claim)
        )

    @cached_property
    def denials(self) -> Mapping[str, Sequence[Claim]]:
        """Claims by the id of each claim that they deny."""
        return _index((id_, claim) for claim in self.content.claims for id_ in claim.denies)

    @cached_property
    def conflicts(self) -> Mapping[str, Sequence[Claim]]:
        """Claims by the id of each claim that they conflict with, by their own account."""
        return _index((id_, claim) for claim in self.content.claims for id_ in claim.conflicts_with)

    @cached_property
    def groups_naming(self) -> Mapping[str, Sequence[Group]]:
        """Groups by the id of each customer that a text names as of them."""
        return _index((id_, group) for group in self.content.groups for id_ in group.members)

    @cached_property
    def quotes_from(self) -> Mapping[str, Sequence[Quote]]:
        """Quotations by source, in the order of the text."""
        in_order = sorted(self.content.quotes, key=lambda quote: (quote.start, quote.end))
        return _index((quote.source, quote) for quote in in_order)

    def claims_with(self, wanted: Wanted) -> Iterable[Claim]:  # noqa: ARG002 - all will do
        """Claims in the order of the file, among them all that have what is wanted."""
        return self.content.claims

    def customers_with(self, wanted: Wanted) -> Iterable[Customer]:  # noqa: ARG002 - all will do
        """Customers in the order of the file, among them all that have what is wanted."""
        return self.content.customers

    def sources_of(self, claim: Claim) -> list[str]:
        """Ids of the sources that a claim rests on, in the order of its evidence."""
        ids = []
        for item in claim.evidence:
            if item.quote:
                ids.append(self.quotes[item.quote].source)
            elif item.reference:
                ids.append(item.reference.source)
        return list(dict.fromkeys(ids))


def _index(pairs: Iterable[tuple[str, Related]]) -> Mapping[str, Sequence[Related]]:
    index: dict[str, list[Related]] = defaultdict(list)
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
        raise unusable(path, inspection.findings)
    return Knowledge(inspection.content, path)


def unusable(path: Path, findings: Sequence[Finding]) -> InvalidError:
    """The error for a file that was read, and in which something stops it from loading."""
    return InvalidError(
        f"{path} is not a knowledge base that can be used",
        "mend what is listed; tm verify lists it too",
        findings,
    )


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
    return f": not JSON: {str(error).partition(';')[0]}"


def write_canonical(content: KnowledgeFile) -> str:
    """Text of a knowledge base in its canonical layout: fields in the order of the models,
    two spaces, what has its default left out.
    """
    return content.model_dump_json(indent=2, by_alias=True, exclude_defaults=True) + "\n"
