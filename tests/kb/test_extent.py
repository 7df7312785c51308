"""How far a knowledge base goes."""

from typing import Any

import pytest

from targetmarkets.kb.extent import extent
from targetmarkets.kb.json_file import FileKnowledge
from tests.build import customer, knowledge, source


def dated(id_: str, year: int | None, **fields: Any) -> dict[str, Any]:
    work: dict[str, Any] = {"type": "book", "title": id_}
    if year:
        work["issued"] = {"date-parts": [[year]]}
    return source(id_, bibliography=work, **fields)


def test_it_follows_from_what_is_there() -> None:
    early = [dated(f"s{n}", 2010 + n) for n in range(9)]
    kb = knowledge(
        customers=[customer("a"), customer("b")],
        sources=[*early, dated("late", 2023), dated("undated", None)],
    )
    assert str(extent(kb)) == "2 customers; sources to 2023, nine in ten to 2018"
    unread = knowledge(sources=[dated("one", 2011), dated("two", 2020, read=False)])
    assert str(extent(unread)) == "no customers; sources to 2011"
    assert extent(unread).sources == 1


@pytest.mark.parametrize(("number", "words"), [(0, "no customers, ours"), (1, "1 customer, ours")])
def test_whose_they_are_is_what_the_file_says(number: int, words: str) -> None:
    kb = knowledge(covers="ours", customers=[customer("a")][:number])
    assert str(extent(kb)) == words


def test_the_bundled_one_says_whose_customers_it_holds(kb: FileKnowledge) -> None:
    reach = extent(kb)
    assert reach.customers == len(kb.customers)
    assert reach.whose == kb.content.covers
    assert "one book" in str(reach)
