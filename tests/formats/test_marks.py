"""Marks of sources: numbers, signs, and what the signs mean."""

from typing import Any

import pytest

from targetmarkets.formats.marks import (
    COLLECTED,
    CONTESTED,
    PROVED,
    QUOTED,
    READ,
    SIGNS,
    UNREAD,
    Marks,
)
from targetmarkets.formats.wording import range_of, show_outcome, show_period, show_years, sure
from targetmarkets.records.wording import both_ends
from tests.build import knowledge, source


def shown(pieces: Any) -> str:
    return "".join(piece.text for piece in pieces)


def test_marks_of_one_sign_that_follow_one_another_stand_as_one() -> None:
    marks = Marks({})
    assert shown(marks.together([(1, QUOTED), (2, READ), (4, READ), (3, READ)])) == "✓1 ○2–4"
    assert shown(marks.together([(1, READ), (2, UNREAD), (3, READ)])) == "○1 ·2 ○3"
    assert marks.together([]) == []


def test_only_signs_that_were_used_are_explained_in_their_order() -> None:
    marks = Marks({})
    assert marks.legend() == ""
    for sign in (COLLECTED, CONTESTED, READ, QUOTED, READ):
        assert marks.sign(sign) == sign.piece
    assert marks.legend() == "✓ quoted, ○ by reference, † contested, * its collector’s grade"


def test_what_was_looked_up_and_what_is_only_quoted_are_never_called_the_same() -> None:
    assert PROVED.text == QUOTED.text
    assert PROVED.meaning != QUOTED.meaning
    others = [sign.text for sign in SIGNS if sign != QUOTED]
    assert len(set(others)) == len(others)


def test_sources_are_named_by_their_numbers_with_their_links() -> None:
    web = source("web", read=True, bibliography={**source()["bibliography"], "URL": "https://a.b"})
    marks = Marks(knowledge(sources=[source("work", read=False), web]).sources)
    assert [marks.number(id_) for id_ in ("web", "work", "web", "gone")] == [1, 2, 1, 3]
    named = list(marks.named())
    assert shown(named) == "1\u00a0web\u00a0· 2\u00a0work\u00a0· 3\u00a0gone"
    assert {piece.text: piece.link for piece in named}["web"] == "https://a.b"
    assert [marks.reading(id_) for id_ in ("web", "work", "gone")] == [READ, UNREAD, UNREAD]
    assert marks.reference("web") != ""
    assert marks.reference("gone") == ""


@pytest.mark.parametrize(
    ("period", "long", "short"),
    [
        ("2013-07-10", "2013-07-10", "2013-07-10"),
        ("2013-07-10/2013-07-16", "2013-07-10–2013-07-16", "2013-07"),
        ("2013-01/2013-07", "2013-01–2013-07", "2013"),
        ("2007-05/2012", "2007-05–2012", "2007–2012"),
        ("2009~/2012?", "2009~–2012?", "2009~–2012?"),
        ("2015-02/..", "since 2015-02", "since 2015"),
        ("../2006-07-12", "until 2006-07-12", "until 2006"),
        ("/2006-07-12", "until 2006-07-12", "until 2006"),
        ("198X/2014", "198X–2014", "198X–2014"),
    ],
)
def test_periods_in_words(period: str, long: str, short: str) -> None:
    assert (show_period(period), show_years(period)) == (long, short)


def test_certainties_show_both_ends_and_what_is_not_proved_looks_so() -> None:
    assert shown(range_of(["stated", "likely", "alleged"], proved=True)) == "stated–alleged"
    assert shown(range_of(["likely"], proved=True)) == "likely"
    assert both_ends(["a", "b", "a"]) == ["a"]
    assert [sure("stated", proved=proved).style for proved in (True, False)] == ["stated", "plain"]
    assert sure("alleged", proved=False).style == "alleged"
    assert [show_outcome(word) for word in ("intercepted", "agreed")] == ["stopped", "agreed"]
