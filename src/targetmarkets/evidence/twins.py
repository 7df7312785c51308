"""What is there under two ids: sources that are one work, customers or claims that are one."""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from heapq import merge
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING, Final

from targetmarkets.evidence.proofs import path_of
from targetmarkets.kb.lookup import fold_name
from targetmarkets.model.integrity import Fault, reported
from targetmarkets.model.objects import Claim, Customer, Source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from targetmarkets.kb.knowledge import Knowledge
    from targetmarkets.model.csl import Bibliography
    from targetmarkets.model.integrity import Known
    from targetmarkets.model.stored import Stored

CHECKS: Final[dict[str, str]] = {
    "twins": "no two sources are one work, no two customers go by one name or code, and no two "
    "claims say one thing",
}
"""The check, with what it proves."""

MAX_SORTED: Final = 1 << 14
"""Hashes that are sorted at once."""

_DOI: Final = re.compile(
    r"(?:(?:https?://)?(?:dx\.)?doi\.org/|doi:)?\s*(?P<name>.*)", re.IGNORECASE
)
_URL: Final = re.compile(
    r"(?:https?://)?(?:www\.)?(?P<rest>[^#]*?(?:#[/!].*?)?)/*(?:#(?![/!]).*)?", re.IGNORECASE
)
"""An address, and its rest without the place on the page; `#/` and `#!` begin a page of its own."""

_Sign = tuple[str, str]
"""By what a work is known, in a word, and its value."""


def faults(kb: Knowledge, items: Iterable[Stored], known: Known) -> Iterator[Fault]:
    """Customers, claims and sources among some objects that are there under another id, too; each
    two of them are told once.
    """
    told: set[frozenset[str]] = set()
    works: Mapping[_Sign, list[Source]] | None = None
    for item in items:
        match item:
            case Source():
                works = _works(kb, _repeated(kb)) if works is None else works
                found = _same_work(item, works, known)
            case Customer():
                found = _same_customer(kb, item)
            case Claim():
                found = _same_claim(kb, item)
            case _:
                continue
        for other, message, remedy in found:
            if (pair := frozenset({item.id, other})) not in told:
                told.add(pair)
                yield Fault("twins", path_of(kb, item), item.id, message, remedy)


def _works(kb: Knowledge, hashes: Collection[int]) -> Mapping[_Sign, list[Source]]:
    """Sources by what they are known by, where that has one of some hashes: there may be more
    sources than memory holds.
    """
    works: dict[_Sign, list[Source]] = defaultdict(list)
    for source in kb.sources.values() if hashes else ():
        for sign in _signs(source):
            if hash(sign) in hashes:
                works[sign].append(source)
    return works


def _repeated(kb: Knowledge) -> set[int]:
    """The hashes of what several sources are known by, of which there are few: all hashes are held
    as the bytes that they are, of which a list would take five times as many.
    """
    hashes = map(hash, chain.from_iterable(map(_signs, kb.sources.values())))
    runs = []
    while run := sorted(islice(hashes, MAX_SORTED)):
        runs.append(array("q", run))
    return {one for one, other in pairwise(merge(*runs)) if one == other}


def with_address_of(kb: Knowledge, record: Bibliography) -> Iterator[tuple[str, Source]]:
    """Sources that are the work of a record, by its DOI or address, each with which of the two."""
    signs = [*_record_signs(record)]
    works = _works(kb, {*map(hash, signs)})
    for what, value in signs:
        for source in works.get((what, value), ()):
            if not _numbered(what, record, source.bibliography):
                yield what, source


def _record_signs(record: Bibliography) -> Iterator[_Sign]:
    if (doi := _DOI.fullmatch(record.doi or "")) and doi["name"]:
        yield "DOI", doi["name"].casefold()
    if (url := _URL.fullmatch(record.url or "")) and url["rest"]:
        yield "address", url["rest"]


def _numbered(what: str, one: Bibliography, other: Bibliography) -> bool:
    """Whether two are reports of a series that have their numbers and one address."""
    return what == "address" and len({one.number, other.number} - {None}) > 1


def _signs(source: Source) -> Iterator[_Sign]:
    yield from _record_signs(source.bibliography)
    if archive := source.archive:
        yield "text", archive.sha256
        if archive.original:
            yield "document", archive.original.sha256


def _same_work(
    source: Source, works: Mapping[_Sign, list[Source]], known: Known
) -> Iterator[tuple[str, str, str]]:
    """Sources that are the same work as one, the first by each sign, but for those that are not
    independent of it anyhow, and for reports of a series that have their numbers and one address.
    """
    led_to = reported(known, source.id)
    for what, value in _signs(source):
        for other in works.get((what, value), ()):
            numbered = _numbered(what, source.bibliography, other.bibliography)
            if not numbered and not led_to & reported(known, other.id):
                message = f"has the {what} that {other.id} has: the two count as independent"
                remedy = "keep one of them, or name one in 'reports_on' of the other"
                yield other.id, message, remedy
                break  # of many copies each is told beside one, and not beside all others


def _same_customer(kb: Knowledge, customer: Customer) -> Iterator[tuple[str, str, str]]:
    """Customers that go by the name or code of one, or by whose it goes itself. Two may share other
    names, and then neither is meant by these.
    """
    own = _main_names(customer)
    for name in (*own.values(), *customer.aliases):
        folded = fold_name(name)
        for other in kb.customers.called(name):
            if other.id != customer.id and folded in own | _main_names(other):
                message = f"goes by {name!r}, and so does {other.id}: neither is found by it"
                yield other.id, message, "keep one of them, or leave that name or code out of one"


def _main_names(customer: Customer) -> dict[str, str]:
    """Its name and its codes, by how they are folded."""
    codes = customer.iso_3166
    names = [customer.name, *((codes.alpha_2, codes.alpha_3, codes.numeric) if codes else ())]
    return {fold_name(name): name for name in names if name}


def _same_claim(kb: Knowledge, claim: Claim) -> Iterator[tuple[str, str, str]]:
    """The first of the claims that say what one says, if both stand."""
    if claim.status != "accepted":
        return
    for other in kb.claims_saying(claim):
        if other.id != claim.id and other.status == "accepted":
            message = f"says what {other.id} says, by the same speakers and on the same evidence"
            yield other.id, message, "keep one of them, and retract the other"
            return
