"""What it means that nothing was found."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pytest

from targetmarkets.errors import UnknownNameError
from targetmarkets.kb.filters import Filters
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.kb.resolve import resolve
from targetmarkets.query import emptiness
from targetmarkets.query.choose import as_kind
from targetmarkets.query.emptiness import WIDTH, Meaning, of_list, of_name, of_search
from targetmarkets.query.search import Within, search
from targetmarkets.query.select import select
from tests.build import claim, customer, knowledge

if TYPE_CHECKING:
    from targetmarkets.kb.lookup import Objects

COVERED = "Covered: 14 customers, those of one book"


@pytest.fixture(scope="session")
def kb(stored_kb: Knowledge) -> Knowledge:
    return stored_kb


def said(lines: Iterable[str]) -> str:
    lines = list(lines)
    assert all(line.startswith("    ") and len(line) <= WIDTH + 4 for line in lines)
    return " ".join(line.strip() for line in lines)


def searched(kb: Knowledge, text: str, **asked: list[str]) -> Meaning:
    kinds = asked.pop("kinds", [])
    within = Within(kinds, Filters(**asked))
    results = search(kb, text, within)
    assert not results.hits
    return of_search(kb, text, within, results.instead)


def named(kb: Knowledge, name: str, what: str = "object") -> UnknownNameError:
    among: Objects[Any] = kb.objects if what == "object" else kb.customers
    with pytest.raises(UnknownNameError) as caught:
        resolve(name, among, what)
    return of_name(kb, caught.value)


@pytest.mark.parametrize("text", ["egypt", "EGYPT", "egypt submarines", "deals of Egypt"])
def test_a_search_for_a_state_that_is_no_customer_says_so(kb: Knowledge, text: str) -> None:
    meaning = searched(kb, text)
    words = said(meaning.lines)
    assert words.startswith(f"Egypt is not covered. {COVERED}")
    assert "sources to 2023, nine in ten to 2017 (tm list)" in words
    assert words.endswith("That nothing is here proves nothing.")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("syria submarines", ["Syria"]),
        ("myanmar AND submarines", ["Burma"]),
        ("DPRK's submarines for the Islamic Republic of Iran", ["Iran"]),
        ("congo submarines", ["Democratic Republic of the Congo", "Republic of the Congo"]),
    ],
)
def test_a_search_for_a_customer_says_that_it_is_covered(
    kb: Knowledge, text: str, names: list[str]
) -> None:
    words = said(searched(kb, text).lines)
    for name in names:
        assert f"{name}: covered, and nothing of the kind is said here." in words
    assert "to 2023" in words
    assert "proves nothing" in words


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("siria", "syria"),
        ("missle", "missile"),
        ("Birma missle", "burma missile"),
        ('"gas maske" sirya', '"gas masks" syria'),
    ],
)
def test_a_search_is_told_the_nearest_spelling(kb: Knowledge, text: str, instead: str) -> None:
    assert (searched(kb, text).remedy or "").startswith("did you mean: tm search ")
    assert search(kb, text).instead == instead
    assert search(kb, instead).instead is None


@pytest.mark.parametrize("text", ["egypt", "xyzzy", "qqq", "iraqi", "lybia", "of it"])
def test_no_other_word_stands_in_for_a_state_or_for_nonsense(kb: Knowledge, text: str) -> None:
    assert search(kb, text).instead is None


def test_what_filters_hid_is_counted(kb: Knowledge) -> None:
    meaning = searched(kb, "hamas", customer=["cuba"])
    number = len(search(kb, "hamas").hits)
    assert said(meaning.lines) == f"Elsewhere in this knowledge base it has {number} hits."
    assert meaning.remedy == "without the filters: tm search hamas"
    assert "not covered" in said(searched(kb, "egypt", kinds=["claim"]).lines)


@pytest.mark.parametrize(
    ("kind", "filters", "start"),
    [
        ("claims", {"customer": ["SY"], "kind": ["driver"], "certainty": ["implied"]}, "Syria: "),
        ("claims", {"category": ["adhoc"], "certainty": ["implied"], "stance": ["denied"]},
         "Ad hoc customers: covered"),
        ("customers", {"goods": ["nuclear"], "region": ["Caribbean"]}, COVERED),
        ("findings", {"period": ["2030"]}, COVERED),
    ],
)  # fmt: skip
def test_an_empty_list_says_what_is_covered(
    kb: Knowledge, kind: str, filters: dict[str, list[str]], start: str
) -> None:
    assert not select(kb, as_kind(kind), Filters(**filters))
    meaning = of_list(kb, as_kind(kind), Filters(**filters))
    assert said(meaning.lines).startswith(start)
    assert said(meaning.lines).endswith("proves nothing.")
    assert bool(meaning.remedy) == (kind == "customers")


def test_that_nothing_was_retracted_means_nothing_more(kb: Knowledge) -> None:
    asked = Filters(customer=["cuba"], status=["retracted"])
    assert of_list(kb, "claims", asked) == ((), None)


@pytest.mark.parametrize(
    ("name", "start"), [("egypt", "Egypt"), ("EG", "Egypt"), ("818", "Egypt"), ("RUS", "Russia")]
)
def test_an_unknown_state_is_not_covered_by_its_name(kb: Knowledge, name: str, start: str) -> None:
    for what in ("object", "customer"):
        error = named(kb, name, what)
        assert said(error.details).startswith(f"{start} is not covered. {COVERED}")
        assert "did you mean" not in str(error.remedy)


def test_a_state_that_claims_name_as_a_party_leads_to_them(kb: Knowledge) -> None:
    error = named(kb, "Panama")
    ids = [claim.id for claim in kb.claims_with_party("PA")]
    assert len(ids) == 2
    assert f"Panama is no customer here, and takes part in what is said: {', '.join(ids)}" == said(
        error.details
    )
    assert error.remedy == f"{len(search(kb, 'panama').hits)} things mention it: tm search Panama"
    many = said(named(kb, "north-korea").details)
    assert many.endswith(f" and {len(kb.claims_with_party('KP')) - 3} more")


def test_a_name_that_claims_mention_leads_to_them() -> None:
    kb = knowledge(
        customers=[customer("a")],
        claims=[claim("one", "a", note="So says Hassan Nasser."), claim("two", "a")],
    )
    error = named(kb, "hassan-nasser")
    assert error.remedy == "1 thing mentions it: tm search '\"hassan nasser\"'"
    assert error.details == ()
    # of what nothing mentions, the names that there are
    assert named(kb, "zzz", "customer").remedy == "choose from: a"


@pytest.mark.parametrize("name", ["zzz", "", "-", '"', "x" * 5_000, "\ud800", "no"])
def test_what_is_no_name_breaks_nothing(kb: Knowledge, name: str) -> None:
    error = named(kb, name)
    assert bool(error.details) == (name in {"zzz", "no"})


def test_a_name_that_may_have_been_another_is_left_at_that(kb: Knowledge) -> None:
    error = named(kb, "siria")
    assert (error.remedy, error.details) == ("did you mean syria?", ())


def test_what_begins_so_is_named_and_what_mentions_it_counted(kb: Knowledge) -> None:
    error = named(kb, "scud")
    (meant,) = error.details
    assert meant.startswith("    did you mean scud-repair-yemen-2003 or ") or "scud-repair" in meant
    assert error.remedy == f"{len(search(kb, 'scud').hits)} things mention it: tm search scud"
    # what is called after a state
    (meant,) = named(kb, "palestine").details or [f"    {named(kb, 'palestine').remedy}"]
    assert meant == "    did you mean armed-palestinian-organisations?"


def test_words_that_stand_apart_are_found_too() -> None:
    kb = knowledge(claims=[claim("one", statement="Rockets went to Hezbollah.")])
    error = named(kb, "hezbollah-rockets")
    assert error.remedy == "1 thing mentions these words: tm search 'hezbollah rockets'"


def test_a_name_that_is_misspelt_words_leads_to_the_right_ones(kb: Knowledge) -> None:
    assert named(kb, "tankz").remedy == "did you mean: tm search tank?"


def test_a_customer_in_a_longer_name_is_said_to_be_covered(kb: Knowledge) -> None:
    assert said(named(kb, "hezbollah-submarines").details).startswith("Hizbullah: covered, and")


def test_who_sells_is_no_customer_and_not_outside(kb: Knowledge) -> None:
    words = said(searched(kb, "north korea submarines").lines)
    assert words.startswith(f"North Korea is no customer here. {COVERED}")


def test_a_large_knowledge_base_is_not_searched_for_a_slip(
    kb: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(emptiness, "is_large", lambda _: True)
    monkeypatch.setattr(emptiness, "search", None)
    assert named(kb, "egypt").remedy == "tm search egypt looks for it"


def test_an_empty_knowledge_base_covers_nothing() -> None:
    kb = knowledge()
    assert said(of_list(kb, "customers", Filters()).lines).startswith("Covered: no customers (tm")
