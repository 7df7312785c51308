"""The table of filters: each entry is whole, and whoever offers filters offers those."""

import inspect
import subprocess
import sys
from typing import Any
from zlib import crc32

import pytest
import typer

from targetmarkets.api import KnowledgeBase
from targetmarkets.cli.app import app
from targetmarkets.errors import RequestError, UsageError
from targetmarkets.kb.classify import Classifier
from targetmarkets.kb.facets import facets
from targetmarkets.kb.filtering import Dated, Filter, Ids, Terms, Times, View
from targetmarkets.kb.filters import FILTERS, Filters
from targetmarkets.kb.knowledge import RELATIONS, Knowledge
from targetmarkets.kb.store import cached
from targetmarkets.kb.store.narrowing import FINDINGS
from targetmarkets.kb.store.rows import OWN, rows_of
from targetmarkets.kb.store.schema import STORE_VERSION
from targetmarkets.model.types import KINDS, LISTS, Kind

EACH = pytest.mark.parametrize("filter_", FILTERS.values(), ids=list(FILTERS))
SEARCHED = {name: filter_ for name, filter_ in FILTERS.items() if filter_.searched}


def held_in(kind: Kind) -> str:
    """The list of the file that holds what a list shows."""
    return kind if kind in LISTS else "claims"


@EACH
def test_a_filter_looks_at_something_in_each_list_to_which_it_applies(filter_: Filter) -> None:
    for kind in filter_.lists:
        by_claims = kind in {"quotes", "sources"} and filter_.facet("claims")
        assert filter_.facet(held_in(kind)) or by_claims
    assert set(filter_.facets) <= {held_in(kind) for kind in filter_.lists}


@EACH
def test_the_terms_of_an_object_can_be_asked_for(kb: Knowledge, filter_: Filter) -> None:
    view = View(kb, Classifier(kb))
    for kind in KINDS:
        look = facets(kind, view).get(filter_.name)
        if look and not isinstance(filter_.takes, Ids | Times | Dated):
            values = {value for item in kb.among([kind]).values() for value in look(item)}
            known = {value for value in values if " " not in value}  # a role of one actor has one
            assert known
            assert {filter_.takes.resolve(value, kb, kind) for value in known} == known


@EACH
def test_what_completion_offers_is_understood_somewhere(kb: Knowledge, filter_: Filter) -> None:
    for term in filter_.takes.offered if isinstance(filter_.takes, Terms) else ():
        understood = 0
        for kind in filter_.lists:
            try:
                understood += bool(filter_.takes.resolve(term, kb, kind))
            except RequestError:
                continue
        assert understood


@pytest.mark.parametrize(
    ("kind", "asked", "message", "remedy"),
    [
        ("claims", "shipment", "shipment is a kind of event", "tm list events --kind shipment"),
        ("findings", "ship", "ship is a kind of actor", "tm list actors --kind ship"),
        ("events", "Activity", "activity is a kind of claim", "tm list claims --kind activity"),
        ("actors", "state", "state is a kind of customer", "tm list customers --kind state"),
        ("claims", "shipmint", "there is no kind 'shipmint'", "choose from: state"),
    ],
)
def test_a_kind_that_another_list_has_is_named_with_that_list(
    kb: Knowledge, kind: Kind, asked: str, message: str, remedy: str
) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        Filters(kind=[asked]).resolved(kb, kind)
    assert (caught.value.remedy or "").startswith(remedy)


@pytest.mark.parametrize("kind", KINDS)
def test_what_does_not_apply_is_refused_with_what_does(kb: Knowledge, kind: Kind) -> None:
    applying = {name for name, filter_ in FILTERS.items() if kind in filter_.lists}
    for name in FILTERS.keys() - applying:
        with pytest.raises(UsageError, match=f"--{name} does not apply to {kind}") as caught:
            Filters(**{name: ["x"]}).resolved(kb, kind)
        assert caught.value.remedy
        assert {*caught.value.remedy.removeprefix("these apply: --").split(", --")} == applying


def test_what_can_be_looked_up_is_known() -> None:
    assert Filters(period=["2013"], region=["Africa"]).looked_up
    assert not Filters(period=["2013"]).looked_up


def test_a_store_that_was_made_before_holds_what_is_looked_up() -> None:
    facets = {list_: sorted(own) for list_, own in OWN.items()}
    held = crc32(str((facets, sorted(RELATIONS))).encode())
    assert (cached.KIND, STORE_VERSION, held) == ("objects-10", 2, 2392410547), (
        "raise KIND in kb/store/cached.py, and STORE_VERSION with a migration, and here"
    )


@pytest.mark.parametrize("list_", OWN)
def test_what_a_store_holds_of_an_object_follows_from_it_alone(kb: Knowledge, list_: str) -> None:
    known = facets(list_, View(kb, Classifier(kb)))
    for item in kb.among([list_]).values():
        for name in OWN[list_]:
            held = {value for held, value in rows_of(item).facets if held == f"{list_} by {name}"}
            assert held == set(known[name](item)) or (
                name == "kind" and held < set(known[name](item))
            )


def test_a_store_narrows_by_all_that_can_be_looked_up() -> None:
    for list_, findings in FINDINGS.items():
        exact = {n for n, f in FILTERS.items() if f.takes.exact and f.facet(list_)}
        assert set(findings) == exact


def options(command: str) -> dict[str, Any]:
    program: Any = typer.main.get_command(app)
    return {option.name: option for option in program.commands[command].params}


def test_the_command_line_has_them_in_the_order_of_the_table() -> None:
    for command, before, known in (("list", "what", FILTERS), ("search", "kind", SEARCHED)):
        found = options(command)
        names = list(found)
        at = names.index(before) + 1
        assert names[at : at + len(known)] == list(known)
        for name, filter_ in known.items():
            option = found[name]
            assert option.metavar == filter_.metavar
            assert option.help == (filter_.help if command == "list" else filter_.searched)
            assert option.multiple


def test_a_search_has_those_of_the_table() -> None:
    parameters = inspect.signature(KnowledgeBase.search).parameters
    assert list(parameters) == ["self", "text", "kind", *SEARCHED]


ONE_ENTRY = """
from targetmarkets.kb.filtering import Filter, Terms
from targetmarkets.kb.filters import FILTERS

FILTERS["length"] = Filter(
    "length", metavar="short|long", help="Claims of few words, or of many.",
    takes=Terms("length", ["short", "long"]), lists=("claims", "sources"),
    facets={"claims": lambda _, claim: {"long" if len(claim.statement) > 99 else "short"}},
)

from targetmarkets.cli.entry import main

main()
"""


def run_with_one_more(*words: str) -> str:
    return subprocess.check_output([sys.executable, "-c", ONE_ENTRY, *words], text=True, timeout=60)


def test_to_add_one_takes_an_entry_and_no_more(kb: Knowledge) -> None:
    long = [c for c in kb.claims.values() if len(c.statement) > 99 and c.status == "accepted"]
    assert 0 < len(long) < len(kb.claims)
    words = ("list", "claims", "--length", "LONG", "--fields", "id")
    assert run_with_one_more(*words).split() == ["id", *(claim.id for claim in long)]
    sources = {id_ for claim in long for id_ in kb.sources_of(claim)}
    listed = run_with_one_more("list", "sources", "--length", "long", "--fields", "id")
    assert {*listed.split()} - {"id"} == sources
    assert "Claims of few words, or of many." in run_with_one_more("list", "--help")
