"""Names are forgiving, and never guessed."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targetmarkets.api import KnowledgeBase
from targetmarkets.errors import AmbiguousNameError, UnknownNameError, UsageError
from targetmarkets.kb.filters import Filters
from targetmarkets.kb.json_file import FileKnowledge
from targetmarkets.kb.lookup import fold_name
from targetmarkets.kb.resolve import free_id, holders, resolve, resolve_term, suggestions
from targetmarkets.query.choose import as_kind
from targetmarkets.query.select import select
from tests.build import claim, customer, knowledge, source


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("syria", "syria"),
        ("SYRIA", "syria"),
        ("sy", "syria"),
        ("SYR", "syria"),
        ("Burma", "burma"),
        ("myanmar", "burma"),
        ("MM", "burma"),
        ("Burma (Myanmar)", "burma"),
        ("ad hoc", "ad-hoc"),
        ("AdHoc", "ad-hoc"),
        ("ad-hoc", "ad-hoc"),
        ("DRC", "drc"),
        ("D.R. Congo", "drc"),
        ("democratic republic of the congo", "drc"),
        ("republic of the congo", "republic-of-the-congo"),
        ("Congo–Brazzaville", "republic-of-the-congo"),
        ("Hezbollah", "hizbullah"),
        ("Hízbullah", "hizbullah"),
        ("tamil tigers", "ltte"),
        ("Syria-Gas Masks", "syria-gas-masks"),
        ("its more resilient customers", "more-resilient-customers"),
    ],
)
def test_an_object_is_found_by_what_people_call_it(kb: FileKnowledge, name: str, id_: str) -> None:
    assert resolve(name, kb.objects, "object").id == id_


def test_the_longest_name_is_found_and_no_longer_one() -> None:
    kb = knowledge(customers=[customer("a", aliases=["x" * 4_000])])
    assert resolve("X" * 4_000, kb.customers, "customer").id == "a"
    for length in (3_999, 4_001):
        with pytest.raises(UnknownNameError):
            resolve("x" * length, kb.customers, "customer")


def test_an_ambiguous_name_lists_the_candidates(kb: FileKnowledge) -> None:
    with pytest.raises(AmbiguousNameError) as caught:
        resolve("Congo", kb.objects, "object")
    assert "drc" in caught.value.message
    assert "republic-of-the-congo" in caught.value.message


@pytest.mark.parametrize(
    ("name", "near"),
    [
        *(("siria", "syria"), ("Sirya", "syria"), ("birma", "burma"), ("myanmarr", "burma")),
        *(("tanzanai", "tanzania"), ("eritria", "eritrea"), ("hezbolah", "hizbullah")),
        *(("komdi", "komid"), ("norinko", "norinco"), ("glocon", "glocom")),
        *(("resiliant", "resilient"), ("reluctants", "reluctant")),
        ("syria-oficers", "syria-officers"),
        # it begins a word of a name, or the id of a source
        *(("palestinian", "armed-palestinian-organisations"), ("congo-kin", "drc")),
        *(("nknews", "nknews-2015"), ("syrian", "syria")),
    ],
)  # fmt: skip
def test_an_unknown_name_gives_the_nearest(kb: FileKnowledge, name: str, near: str) -> None:
    assert suggestions(name, kb.objects)[0] == near
    with pytest.raises(UnknownNameError, match="there is no object called") as caught:
        resolve(name, kb.objects, "object")
    assert (caught.value.remedy or "").startswith(f"did you mean {near}")
    assert caught.value.suggests


@pytest.mark.parametrize(
    "name",
    [
        # states, which are not misspelt
        *("russia", "egypt", "china", "iraq", "turkey", "panama", "pakistan", "niger", "Iraqi"),
        # like something here in its letters alone
        *("rusi", "tehran", "fight", "liberia", "RUS", "launch", "gap"),
        # an id alone is not meant by a word without a hyphen
        *("syriaoficers", "tanzaniaaircraftnow"),
        *("", "-", "x" * 200, "\ud800"),
    ],
)
def test_likeness_of_letters_alone_suggests_nothing(kb: FileKnowledge, name: str) -> None:
    among = kb.among(["customers", "categories", "claims", "quotes"])
    assert suggestions(name, among if name == "rusi" else kb.objects) == []


def test_a_suggestion_is_of_the_kind_that_is_looked_for(kb: FileKnowledge) -> None:
    assert suggestions("komdi", kb.customers) == []
    assert suggestions("siria", kb.sources) == []
    assert suggestions("nknews", kb.sources)[0] == "nknews-2015"


@pytest.mark.parametrize("name", ["", " ", "-", "zzzzzz", "\x1b[31m", "syria" * 20_000, "🙂"])
def test_what_is_no_name_is_refused_in_few_words(kb: FileKnowledge, name: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        resolve(name, kb.objects, "object")
    assert len(caught.value.message) < 120
    assert caught.value.message.isprintable()
    assert caught.value.remedy


def test_every_object_is_found_by_every_name_of_its_own(kb: FileKnowledge) -> None:
    owners = Counter(
        key for item in kb.objects.values() for key in {fold_name(name) for name in item.names()}
    )
    for item in kb.objects.values():
        for name in item.names():
            if owners[fold_name(name)] == 1:
                assert resolve(name, kb.objects, "object").id == item.id
            else:
                assert name == "Congo"


@given(st.text())
def test_case_accents_and_punctuation_do_not_matter(name: str) -> None:
    assert fold_name(f" {name}-".upper()) == fold_name(name.upper())
    assert fold_name(fold_name(name)) == fold_name(name)


def test_terms_are_as_forgiving_and_list_what_is_valid() -> None:
    assert resolve_term("Non State", ["state", "non-state"], "kind") == "non-state"
    with pytest.raises(UsageError) as caught:
        resolve_term("country", ["state", "non-state"], "kind")
    assert caught.value.remedy == "choose from: state, non-state"
    with pytest.raises(UsageError) as caught:
        resolve_term("states", ["state", "non-state"], "kind")
    assert caught.value.remedy == "did you mean state?"


@pytest.fixture
def renamed() -> FileKnowledge:
    """A customer and a source that were called otherwise, and another customer by such a name."""
    return knowledge(
        sources=[source(), source("report-2014", formerly=["a-report"])],
        customers=[
            customer("burma", formerly=["myanmar-2013", "my-anmar"]),
            customer("elsewhere", aliases=["My Anmar"]),
        ],
        claims=[claim("c", "burma", evidence=[{"reference": {"source": "report-2014"}}])],
    )


def test_a_renamed_id_still_answers(renamed: FileKnowledge) -> None:
    assert KnowledgeBase(renamed)["myanmar-2013"].id == "burma"
    assert resolve("Myanmar 2013", renamed.objects, "object").id == "burma"
    for kind, asked in (
        ("claims", {"customer": ["myanmar-2013"]}),
        ("claims", {"source": ["a-report"]}),
        ("customers", {"customer": ["myanmar-2013"]}),
        ("sources", {"source": ["a-report"]}),
    ):
        assert len(select(renamed, as_kind(kind), Filters(**asked))) == 1, (kind, asked)


def test_a_former_id_wins_over_another_name_and_is_not_free(renamed: FileKnowledge) -> None:
    assert resolve("my-anmar", renamed.objects, "object").id == "burma"
    with pytest.raises(AmbiguousNameError):
        resolve("my anmar", renamed.objects, "object")
    assert [item.id for item in holders(renamed, "my-anmar")] == ["burma"]
    assert not holders(renamed, "myanmar")
    assert free_id(renamed, "My Anmar") == "my-anmar-2"


def test_an_id_ends_in_a_hash_of_what_it_names(renamed: FileKnowledge) -> None:
    made = free_id(renamed, "Burma", of=["one", 1])
    assert re.fullmatch("burma-[0-9a-f]{6}", made)
    assert free_id(renamed, "Burma", of=("one", 1)) == made
    assert len({free_id(renamed, "Burma", of=[*"one", n]) for n in range(100)}) == 100
    taken = knowledge(customers=[customer(made)])
    assert free_id(taken, "Burma", of=["one", 1]) == f"{made}-2"
    assert len(free_id(renamed, "word " * 40, of=[1])) == 59 + 7
    free_id(renamed, "half a character \ud800", of=["\ud800"])
