"""A customer on one screen: everything told, or counted with the way to it."""

import re
from pathlib import Path

import pytest

from targetmarkets.evidence.archive import Archives
from targetmarkets.formats.document import SCREEN_LINES
from targetmarkets.formats.interface import Dossiers, Look
from targetmarkets.formats.registry import set_dossiers
from targetmarkets.kb.json_file import FileKnowledge, load
from targetmarkets.model.base import LINE_PATTERN
from targetmarkets.records.compose import Composer
from tests.build import activity, archive, category, claim, classification, customer, knowledge
from tests.hostile import ATTACKS

NAMES = [text for text in ATTACKS.values() if re.fullmatch(LINE_PATTERN, text)]


def screen(kb: FileKnowledge, id_: str, format_: str = "text", look: Look | None = None) -> str:
    dossiers = Dossiers([Composer(kb).record(kb.objects[id_])], Archives(kb))
    return set_dossiers(dossiers, format_, look or Look())


@pytest.mark.parametrize("width", [80, 100, 140])
def test_every_customer_fits_one_screen(kb: FileKnowledge, width: int) -> None:
    for id_ in kb.customers:
        for look in (Look(sheet=width), Look(width=width), Look(width=width, colour=True)):
            text = re.sub("\x1b\\[[0-9;]*m", "", screen(kb, id_, look=look))
            assert text.count("\n") <= SCREEN_LINES, id_
            assert max(map(len, text.split("\n"))) <= width, id_


def test_rows_show_what_the_claims_say_with_their_signs(kb: FileKnowledge) -> None:
    text = screen(kb, "syria")
    lines = text.split("\n")
    assert lines[0] == "Syria  state · Western Asia · SY, SYR · also Syrian Arab Republic · syria"
    assert lines[1].startswith("RESILIENT  stated: Andrea Berger, via NK News ✓1 · stated, by ref")
    assert "‘Syria, Iran among N. Korea’s “resilient” customers – Berger’" in text
    rows = {" ".join(line.split()) for line in lines}
    assert "missiles, parts undated not said stated 1/1 ✓1" in rows
    assert "missiles, materials 2007–2012 stopped, tried† stated–likely* 2/2 ○3–4 ·5" in rows
    assert "missiles, personnel 2016–2018 delivered† likely* 1/1 ○6" in rows
    assert "Associated Press ○4 against Asahi" in text
    assert "6 with others" in " ".join(text.split())
    assert (
        "Sources  1\u00a0nknews-2015\u00a0· 2\u00a0berger-2015-ch3\u00a0· 3\u00a0donga-2012" in text
    )
    for meaning in ("✓ proved here", "○ by reference", "† contested", "* its collector’s grade"):
        assert meaning in " ".join(text.split())


def test_what_has_no_room_is_counted_and_the_way_to_it_is_named(kb: FileKnowledge) -> None:
    for id_ in kb.customers:
        record = Composer(kb).customer(kb.customers[id_])
        text, page = screen(kb, id_), screen(kb, id_, "markdown")
        supplies = hidden(text, rf"and (\d+) more kinds?: tm list activities --customer {id_}")
        events = hidden(text, rf"and (\d+) more: tm list events --customer {id_}")
        if supplies or events:
            assert text.count("\n") > SCREEN_LINES - 5  # no more is left out than must be
        table = page.partition("| **Event**")
        assert table[0].count("\n| ") - 2 == len(record.overview.supplies) or not supplies
        assert table[2].count("\n| ") - 1 == len(record.overview.events)


def hidden(text: str, pattern: str) -> int:
    found = re.search(pattern, text)
    return int(found[1]) if found else 0


def test_a_quotation_that_is_not_there_is_never_shown_as_proved(tmp_path: Path) -> None:
    path = archive(tmp_path, "The text.", ("q", 0, 8, "The lies"))
    base = load(path)
    quoted = classification("is-good", "a", "good", evidence=[{"quote": "q"}])
    kb = knowledge(
        path,
        sources=[s.model_dump(mode="json", exclude_none=True) for s in base.sources.values()],
        quotes=[q.model_dump(mode="json") for q in base.quotes.values()],
        customers=[customer("a")],
        categories=[category("good")],
        claims=[quoted],
    )
    text = screen(kb, "a")
    assert "✗1" in text
    assert "✗ NOT PROVED" in text
    assert "✓" not in text


def test_large_and_hostile_customers_fit_too() -> None:
    for count in (1, 30):
        claims = [
            activity(
                f"c{number}", "a", event=f"e{number}", period=str(1950 + number),
                type_=("arms", "missiles", "missile-parts", "training")[number % 4],
                statement="Said.", conflicts_with=["c0"] if number % 3 == 1 else [],
            )
            for number in range(count * 4)
        ]  # fmt: skip
        events = [
            {"id": f"e{number}", "name": NAMES[number % len(NAMES)],
             "kind": "other"}
            for number in range(count * 4)
        ]  # fmt: skip
        kb = knowledge(customers=[customer("a")], claims=claims, events=events)
        text = screen(kb, "a")
        assert text.count("\n") <= SCREEN_LINES
        assert not set(text) & set("\x1b\x9b\u202e\r\x07")


def test_a_customer_of_whom_little_is_said_says_so() -> None:
    kb = knowledge(customers=[customer("a")], claims=[claim("c", "a")])
    text = screen(kb, "a")
    assert "no category is known" in text
    assert "none is told of A alone" in text
    assert "1 claim alone, 0 quoted · 1 source, 1 origin" in text
