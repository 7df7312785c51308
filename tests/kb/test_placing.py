"""Where new objects go in the lists of a file."""

import pytest

from targetmarkets.kb.placing import Places
from targetmarkets.model.objects import Category, Claim, Customer
from targetmarkets.writing.edits import build
from tests.build import category, claim, customer


def of(id_: str, subject: str | None, rests_on: str = "one") -> Claim:
    about = [subject] if subject else []
    return build(Claim, claim(id_, *about, evidence=[{"reference": {"source": rests_on}}]))


CLAIMS = (
    of("f", "syria"), of("g", "syria", "two"), of("b", "iran"), of("d", "syria"), of("c", None)
)  # fmt: skip


@pytest.mark.parametrize(
    ("new", "order"),
    [
        (of("z", "syria"), "f g b d z c"),
        (of("z", "syria", "two"), "f g z b d c"),
        (of("z", "syria", "three"), "f g b d z c"),
        (of("a", "iran"), "f g b a d c"),
        (of("e", "cuba"), "f g b d e c"),
        (of("a", "cuba"), "a f g b d c"),
        (of("cc", None), "f g b d c cc"),
        (of("b", "syria"), "f g b d c"),
    ],
)
def test_a_claim_goes_behind_the_last_that_is_like_it(new: Claim, order: str) -> None:
    places = Places(CLAIMS)
    places.put(new)
    assert " ".join(item.id for item in places) == order
    assert new in [*places]


def test_what_is_put_counts_for_what_is_put_next() -> None:
    places = Places(CLAIMS)
    for new in (of("z", "syria", "two"), of("y", "syria", "two"), of("x", "syria"), of("w", "a")):
        places.put(new)
    assert [item.id for item in places] == list("fgwzybdxc")


def test_categories_keep_the_order_of_the_book_and_others_that_of_their_ids() -> None:
    places = Places([])
    for id_ in "cab":
        places.put(build(Category, category(id_)))
    assert [item.id for item in places] == ["c", "a", "b"]
    places = Places(build(Customer, customer(id_)) for id_ in ("d", "b"))
    for id_ in ("c", "a", "e"):
        places.put(build(Customer, customer(id_)))
    assert [item.id for item in places] == ["a", "d", "e", "b", "c"]
