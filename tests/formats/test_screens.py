"""Screens: what each kind of thing shows in 40 lines, on whose word, and how much it leaves out."""

import json
from pathlib import Path
from typing import Any

import pytest

from targetmarkets.evidence.archive import Archives
from targetmarkets.evidence.coverage import cover
from targetmarkets.formats.document import SCREEN_LINES, SCREEN_WIDTH
from targetmarkets.formats.interface import Dossiers, Look
from targetmarkets.formats.registry import set_dossiers
from targetmarkets.kb.json_file import FileKnowledge, load
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.records.compose import Composer
from tests.build import (
    SPEAKER,
    activity,
    archive,
    category,
    claim,
    classification,
    content,
    customer,
    knowledge,
    source,
)
from tests.conftest import Workspace
from tests.hostile import ATTACKS
from tests.running import Run

KINDS = ("customers", "categories", "groups", "events", "actors", "sources")


def screen(kb: Knowledge, id_: str, width: int = SCREEN_WIDTH, *, full: bool = False) -> str:
    dossiers = Dossiers([Composer(kb).record(kb.objects[id_])], Archives(kb), full)
    return set_dossiers(dossiers, "text", Look(sheet=width))


def words(text: str) -> str:
    """A text without its line ends and indents."""
    return " ".join(text.split())


def event(id_: str = "deal", **fields: Any) -> dict[str, Any]:
    return {"id": id_, "name": f"The {id_}", "kind": "interception", **fields}


def voice(name: str) -> list[dict[str, str]]:
    return [{**SPEAKER, "role": "third-party", "name": name}]


def supply(**fields: Any) -> dict[str, Any]:
    return {"goods": "missiles", "form": "parts", "outcome": "delivered", **fields}


def told(id_: str, *about: str, **fields: Any) -> dict[str, Any]:
    """An activity of the event, with a supply of its own."""
    given = fields.pop("supply", {})
    return {**activity(id_, *about, event="deal", **fields), "activity": supply(**given)}


@pytest.mark.parametrize(
    "look", [Look(sheet=60), Look(sheet=80), Look(width=80), Look(width=140)], ids=str
)
@pytest.mark.parametrize("kind", KINDS)
def test_everything_fits_a_screen(
    kb: FileKnowledge, composer: Composer, kind: str, look: Look
) -> None:
    archives = Archives(kb)
    for id_ in getattr(kb, kind):
        dossiers = Dossiers([composer.record(kb.objects[id_])], archives)
        lines = set_dossiers(dossiers, "text", look).splitlines()
        assert len(lines) <= SCREEN_LINES, id_
        wide = [line for line in lines if len(line) > (look.width or look.sheet)]
        assert all(line.strip().startswith("http") for line in wide), id_
        assert any("more: --full" in line for line in lines)
        assert not [line for line in lines if line != line.rstrip()]


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_words_fit_too_and_do_nothing(tmp_path: Path, kind: str) -> None:
    for attack in (*ATTACKS.values(), "long " * 700):
        text = attack.replace("\n", " ").strip() or "x"
        path = tmp_path / "customers.json"
        file = content(
            sources=[source(descriptor=text, bibliography={"type": "book", "title": text})],
            customers=[customer("a", name=text)],
            categories=[{**category("good"), "name": text}],
            groups=[{"id": "some", "name": text, "members": ["a"]}],
            events=[event(name=text)],
            actors=[{"id": "ship", "name": text, "kind": "ship"}],
            claims=[
                classification("a-good", "a", "good", statement=text),
                told(
                    "one",
                    "a",
                    statement=text,
                    parties=[{"id": "ship", "part": "carrier"}],
                    supply={"quantities": [{"value": 1, "unit": text}]},
                ),
                claim("two", "some", scope="group", statement=text),
            ],
        )
        path.write_text(json.dumps(file), "utf-8")
        kb = load(path)
        shown = screen(kb, next(iter(getattr(kb, kind))))
        assert "\x1b" not in shown
        assert "\x9b" not in shown
        assert max(map(len, shown.splitlines())) <= 3 * SCREEN_WIDTH  # combining marks


# Events


def test_an_event_shows_each_value_with_its_certainty_and_its_sources() -> None:
    kb = knowledge(
        sources=[source("one"), source("two", read=False)],
        customers=[customer("a")],
        events=[event()],
        claims=[
            told(
                "first",
                "a",
                period="2012-05",
                places=[
                    {"name": "Busan", "country": "KR", "relation": "at"},
                    {"name": "China", "country": "CN", "relation": "from"},
                ],
                parties=[{"state": "KR", "part": "interceptor"}],
                evidence=[{"reference": {"source": "one"}}],
                supply={"outcome": "intercepted"},
            ),
            told(
                "second",
                "a",
                period="2012",
                certainty="alleged",
                evidence=[{"reference": {"source": "two"}}],
                certainty_basis="collected",
                supply={"outcome": "intercepted"},
            ),
        ],
    )
    shown = screen(kb, "deal")
    assert "The deal  interception · A · deal\n  Statement of first." in shown
    table = [line.split() for line in shown.splitlines()]
    assert ["when", "2012", "alleged*", "·2"] in table
    assert ["2012-05", "stated", "○1"] in table
    assert "where    from China, at Busan (KR)  stated" in shown
    assert "who      interceptor: South Korea   stated" in shown
    assert "what     missiles, parts            stated–alleged*  ○1 ·2" in shown
    assert "outcome  stopped                    stated–alleged*  ○1 ·2" in shown
    assert "†" not in shown


def test_values_that_differ_say_who_gives_which() -> None:
    kb = knowledge(
        customers=[customer("a")],
        events=[event()],
        claims=[
            told(
                "ap",
                "a",
                speakers=voice("AP"),
                period="2013-07",
                supply={"quantities": [{"value": 445, "unit": "tubes"}]},
            ),
            told(
                "asahi",
                "a",
                speakers=voice("Asahi"),
                period="2013-07-10",
                conflicts_with=["ap"],
                supply={"quantities": [{"value": 535, "unit": "tubes"}]},
            ),
        ],
    )
    shown = screen(kb, "deal")
    assert "445 tubes† AP" in shown
    assert "535 tubes† Asahi" in shown
    assert "2013-07-10  " in shown  # it lies in July: the two agree
    assert "Contested" not in shown  # they differ in nothing else


def test_dates_that_cannot_both_be_right_are_joined_by_or() -> None:
    days = [f"2013-07-{day}" for day in ("10", "15")]
    claims = [claim(day, "a", event="deal", period=day, speakers=voice("Someone")) for day in days]
    claims[1]["conflicts_with"] = [days[0]]
    shown = screen(knowledge(customers=[customer("a")], events=[event()], claims=claims), "deal")
    assert "2013-07-10† or 2013-07-15† Someone" in shown


def test_an_event_shows_what_is_contested_denied_and_what_was_not_so() -> None:
    kb = knowledge(
        customers=[customer("a")],
        events=[event()],
        claims=[
            told("main", "a"),
            claim("story", "a", event="deal", speakers=voice("Teller")),
            claim("doubt", "a", event="deal", conflicts_with=["story"], speakers=voice("Panel")),
            claim("not", "a", event="deal", negative=True),
            claim("no", "a", event="deal", stance="denied", speakers=voice("Denier")),
        ],
    )
    shown = words(screen(kb, "deal"))
    assert (
        "Contested • Statement of story. Teller, stated† ○1 against: Statement of doubt." in shown
    )
    assert "Denied • ✗ denied: Statement of no. Denier, stated ○1" in shown
    assert "What was not so • Statement of not. The book, stated ○1" in shown
    assert shown.count("Statement of story.") == shown.count("Statement of not.") == 1
    assert "Also told" not in shown


def test_a_denial_of_a_claim_stands_against_it() -> None:
    kb = knowledge(
        customers=[customer("a")],
        events=[event()],
        claims=[
            told("main", "a"),
            claim("no", "a", event="deal", stance="denied", denies=["main"]),
        ],
    )
    shown = words(screen(kb, "deal"))
    assert "• Statement of main. The book, stated† ○1 against: ✗ denied: Statement of no." in shown
    assert shown.count("Statement of no.") == 1


def test_what_does_not_fit_is_counted_and_the_command_named() -> None:
    claims = [told(f"c{number}", "a", period=str(1990 + number % 30)) for number in range(300)]
    kb = knowledge(customers=[customer("a")], events=[event()], claims=claims)
    shown = screen(kb, "deal")
    assert len(shown.splitlines()) <= SCREEN_LINES
    hidden = 300 - shown.count("• ") - 1
    assert f"and {hidden} more: tm show deal --full" in shown
    assert "300 claims, 0 quoted" in shown
    assert "Statement of c299." in screen(kb, "deal", full=True)


def test_parties_stand_by_what_they_do_and_contradicted_claims_last() -> None:
    given = {"supply": {"outcome": "unstated"}}
    kb = knowledge(
        customers=[customer("a")],
        events=[event()],
        claims=[
            told("main", "a", parties=[{"state": "FR", "part": "interceptor"}]),
            told("rival", "a", period="2010", conflicts_with=["other"], **given),
            told("other", "a", period="2011"),
            told("calm", "a", parties=[{"state": "JP", "part": "shipper"}]),
        ],
    )
    shown = screen(kb, "deal")
    assert "who      shipper: Japan, interceptor: France  stated" in shown
    assert shown.index("Statement of calm.") < shown.index("Statement of rival.")
    assert "delivered†" not in shown  # that one does not say how it ended is no difference
    assert "Contested" not in shown


def test_rows_and_matters_that_do_not_fit_are_counted() -> None:
    stories = [claim(f"s{number}", "a", event="deal") for number in range(60)]
    doubts = [
        claim(f"d{number}", "a", event="deal", conflicts_with=[f"s{number}"])
        for number in range(60)
    ]
    parties = [
        claim(
            f"p{number}",
            "a",
            event="deal",
            parties=[{"state": code, "part": "witness"}],
            evidence=[{"reference": {"source": f"w{number}"}}],
        )
        for number, code in enumerate(("FR", "JP", "GR", "DE", "IT", "ES", "PT"))
    ]
    kb = knowledge(
        sources=[source(), *(source(f"w{number}") for number in range(7))],
        customers=[customer("a")],
        events=[event()],
        claims=[*stories, *doubts, *parties],
    )
    shown = screen(kb, "deal")
    assert len(shown.splitlines()) <= SCREEN_LINES
    assert "60 matters: tm show deal --full" in shown or "more matters: tm show" in shown
    rows = shown.count("witness: ")
    assert rows == 7 or f"and {7 - rows} more\n" in shown
    assert rows != 6  # a line that counts one is no shorter than that one


def test_the_ship_of_the_sketch(kb: FileKnowledge) -> None:
    shown = words(screen(kb, "chong-chon-gang"))
    assert "tm show chong-chon-gang-2013" in shown
    assert "2013-07-10† or 2013-07-15† or 2013-07-16†" in shown
    assert "interceptor: Panama" in shown
    assert "15 engines† dpa" in shown
    assert "no supply to Cuba. the curators, implied*" in shown


# Actors


def actors(*claims: dict[str, Any], events: int = 1, **fields: Any) -> FileKnowledge:
    names = ["deal", "other"][:events]
    return knowledge(
        customers=[customer("a")],
        events=[event(name) for name in names],
        actors=[
            {"id": "firm", "name": "The Firm", "kind": "firm", **fields},
            {"id": "ship", "name": "The Ship", "kind": "ship"},
        ],
        claims=claims,
    )


BOTH = [{"id": "firm", "part": "shipper"}, {"id": "ship", "part": "carrier"}]


def test_an_actor_of_several_events_shows_its_parts_its_counterparts_and_the_events() -> None:
    kb = actors(
        told("late", "a", parties=BOTH, period="2012", certainty="likely"),
        claim("early", "a", event="other", parties=BOTH[:1], period="2010"),
        claim("no", "a", parties=BOTH[:1], stance="denied", speakers=voice("Denier")),
        events=2,
        aliases=["Old Firm"],
        country="KP",
        identifiers=[{"scheme": "registration", "value": "77"}],
    )
    shown = screen(kb, "firm")
    assert "The Firm  firm · North Korea · REGISTRATION 77 · also Old Firm · firm\n" in shown
    table = [" ".join(line.split()) for line in shown.splitlines()]
    assert "part shipper 2 stated–likely ○1" in table
    assert "with The Ship, carrier 1 likely ○1" in table
    assert table.index("2010 The other stated ○1") < table.index(
        "2012 The deal delivered likely ○1"
    )
    assert "• ✗ denied: Statement of no. Denier, stated ○1" in table
    assert "3 claims, 0 quoted" in shown


def test_an_actor_of_one_event_shows_what_is_told_of_it() -> None:
    kb = actors(told("one", "a", parties=BOTH[1:]), told("of-it", "a", period="2012"))
    shown = screen(kb, "ship")
    assert "Part  carrier, 1 claim, stated ○1" in shown
    assert "The deal  interception · tm show deal\n  Statement of one." in shown
    assert "when     2012" in shown
    kb = actors(told("one", "a", parties=BOTH), claim("apart", "a", parties=BOTH[:1]))
    shown = screen(kb, "firm")
    assert "part  shipper            2" in shown
    assert "Also said\n• Statement of apart." in shown


@pytest.mark.parametrize("name", ["9074729", "imo 9074729", "IMO 907-4729", "the  ship", "Alias Z"])
def test_a_ship_is_found_by_its_number_its_name_and_its_alias(
    tm: Run, tmp_path: Path, name: str
) -> None:
    ship = {
        "id": "vessel",
        "name": "The Ship",
        "kind": "ship",
        "aliases": ["Alias Z"],
        "identifiers": [{"scheme": "imo", "value": "9074729"}],
    }
    path = tmp_path / "customers.json"
    path.write_text(json.dumps(content(actors=[ship])), "utf-8")
    done = tm("show", name, "--kb", str(path))
    assert done.stdout.startswith("The Ship  ship · IMO 9074729 · also Alias Z · vessel\n")


# Categories and groups


def test_a_category_shows_each_customer_in_a_line_with_the_range_of_its_certainty() -> None:
    kb = knowledge(
        customers=[customer("a"), customer("b"), customer("c")],
        categories=[category("good"), category("bad", "II")],
        claims=[
            classification("a1", "a", "good"),
            classification("a2", "a", "good", certainty="likely", hedge="seems"),
            classification("b1", "b", "good"),
            claim("other", "b", conflicts_with=["b1"]),
            classification("c1", "c", "bad"),
            classification("c2", "c", "good", stance="denied"),
            claim("what", "good", kind="definition", scope="group"),
            claim("why", "good", kind="driver", scope="group"),
            claim("rest", "good", scope="group"),
        ],
    )
    shown = screen(kb, "good")
    table = [" ".join(line.split()) for line in shown.splitlines()]
    assert "A stated–likely (“seems”) ○1" in table
    assert "B stated† ○1" in table
    assert not [line for line in table if line.startswith("C stated")]
    assert "Other classifications • ✗ denied: Statement of c2." in words(shown)
    for label, id_ in (
        ("What defines it", "what"),
        ("Why they buy", "why"),
        ("Said of it", "rest"),
    ):
        assert f"{label}\n• Statement of {id_}." in shown


def test_a_group_shows_whom_it_names_what_it_is_taken_for_and_what_is_said_of_it() -> None:
    kb = knowledge(
        customers=[customer("a")],
        categories=[category("good")],
        groups=[{"id": "some", "name": "some of these", "members": ["a"]}],
        claims=[
            classification("is", "some", "good", scope="group"),
            claim("of-it", "some", scope="group"),
            claim("one", "a", "some"),
        ],
    )
    shown = screen(kb, "some")
    assert "Names  A\n" in shown
    assert "Taken to be a category\n• Statement of is." in shown
    assert "Said of it, of no customer in particular\n• Statement of of-it." in shown
    assert "Said of customers and the group\n• Statement of one." in shown


# Sources


def test_a_source_shows_its_quotations_with_their_pages_and_the_share_that_is_cited(
    workspace: Workspace,
) -> None:
    file = workspace.read()
    archived = next(item for item in file["sources"] if item["id"] == "nknews-2015")
    archived["archive"]["pages"] = [{"label": "iv", "start": 0}, {"label": "v", "start": 424}]
    workspace.write(file)
    kb = load(workspace.file)
    shown = screen(kb, "nknews-2015")
    assert "Text  2 pages, 722 words, 708 of them quoted (98.1 %)" in shown
    counts = cover(kb, Archives(kb), "nknews-2015")
    standing = f"{counts.cited} cited, {counts.set_aside} set aside, {counts.left_over} left over"
    assert f"Sentences {standing}: tm coverage nknews-2015" in words(shown)
    table = [" ".join(line.split()) for line in shown.splitlines()]
    assert "p. iv ‘the 2006 impositions of sanctions’ 1 ✓" in table
    assert "p. v ‘The 160 page document’ 1 ✓" in table
    quotes = kb.quotes_from("nknews-2015")
    held = sum(line.startswith("p. ") for line in table)
    assert f"and {len(quotes) - held} more: tm list quotes --source nknews-2015" in shown


def test_a_source_of_a_thousand_pages_shows_what_fits(tmp_path: Path) -> None:
    line = "The cargo of page {} was on its way, and it was not seen again.\n"
    pages = [(line.format(number) * 20) + "\f" for number in range(1_000)]
    text = "".join(pages)
    quotes = []
    for number in range(0, 1_000, 2):
        exact = f"The cargo of page {number} was on its way"
        start = text.index(exact)
        quotes.append((f"q-{number}", start, start + len(exact), exact))
    path = archive(tmp_path / "kb", text, *quotes)
    file = json.loads(path.read_text("utf-8"))
    starts = [sum(map(len, pages[:number])) for number in range(1_000)]
    file["sources"][0]["archive"]["pages"] = [
        {"label": f"{number + 1}", "start": start} for number, start in enumerate(starts)
    ]
    file["claims"] = [claim(f"c-{id_}", evidence=[{"quote": id_}]) for id_, _, _, _ in quotes]
    path.write_text(json.dumps(file), "utf-8")
    shown = screen(load(path), "work")
    assert len(shown.splitlines()) == SCREEN_LINES
    assert "Text  1,000 pages, 300,000 words, 4,500 of them quoted (1.5 %)" in shown
    assert "Sentences  500 cited, 0 set aside, 19,500 left over" in shown
    assert "p. 3   ‘The cargo of page 2 was on its way’" in shown
    held = shown.count("‘The cargo")
    assert held > 20
    assert f"and {500 - held} more: tm list quotes --source work" in shown


def test_a_quotation_that_is_cut_is_exact_as_far_as_it_goes(kb: FileKnowledge) -> None:
    cut = 0
    for id_ in ("nknews-2015", "rusi-2015"):
        exact = [quote.exact for quote in kb.quotes_from(id_)]
        for line in screen(kb, id_).splitlines():
            if not line.startswith("line "):
                continue
            shown = line[line.index("‘") + 1 : line.rindex("’")]
            whole = "’ …" not in line
            assert any(text == shown if whole else text.startswith(shown) for text in exact)
            cut += not whole
    assert cut


def test_a_source_whose_text_is_not_as_recorded_says_so(workspace: Workspace) -> None:
    for file in workspace.seeds.iterdir():
        file.write_bytes(file.read_bytes() + b"x")
    shown = screen(load(workspace.file), "nknews-2015")
    assert "✗" in shown
    assert "does not have the recorded" in words(shown)
    assert "✓" not in shown
    for file in workspace.seeds.iterdir():
        file.unlink()
    shown = screen(load(workspace.file), "nknews-2015")
    assert "is not in" in words(shown)
    assert "words" not in shown


def test_a_source_that_is_only_referred_to_says_what_of_it_and_by_what_claims() -> None:
    at = {"source": "work", "locator": {"label": "paragraph", "value": "3"}}
    kb = knowledge(
        sources=[source(read=False, reports_on=["other"]), source("other")],
        customers=[customer("a")],
        claims=[claim("one", "a", evidence=[{"reference": at}])],
    )
    shown = screen(kb, "work")
    assert "Reports on  other\n" in shown
    assert "Archive  none, so that nothing here proves what it says\n" in shown
    assert "Read  not by anybody here" in shown
    assert "Referred to  para. 3\n" in shown
    assert "Claims that refer to it\n• Statement of one. The book, stated ·1\n" in shown


def test_quotations_references_and_small_shares_of_a_source(tmp_path: Path) -> None:
    path = archive(tmp_path / "kb", "Not a word. " * 2_000, ("q", 0, 3, "Not"))
    file = json.loads(path.read_text("utf-8"))
    file["claims"] = [
        claim("quoted", evidence=[{"quote": "q"}]),
        claim("referred", evidence=[{"reference": {"source": "work"}}]),
    ]
    path.write_text(json.dumps(file), "utf-8")
    shown = screen(load(path), "work")
    assert "Text  6,000 words, 1 of them quoted (under 0.1 %)" in shown
    assert "Claims by reference alone\n• Statement of referred." in shown
    assert "Statement of quoted." not in shown


# The whole of a customer


def test_events_head_their_claims_and_keep_their_order() -> None:
    kb = knowledge(
        customers=[customer("a")],
        events=[event()],
        claims=[
            told("first", "a", period="2012-05"),
            activity("alone", "a"),
            told("second", "a", period="2012-05-03"),
        ],
    )
    shown = screen(kb, "a", full=True)
    section = shown[shown.index("Activities") :]
    heads = [
        "  The deal  2012-05 · deal\n",
        "    • Statement of first.",
        "    • Statement of second.",
    ]
    places = [section.index(text) for text in (*heads, "\n  • Statement of alone.")]
    assert places == sorted(places)
    assert "The deal  2012" not in screen(kb, "deal", full=True)


def test_what_is_said_of_references_and_sources_is_said_once() -> None:
    def read_at(address: str, value: str, of: str = "work") -> list[dict[str, Any]]:
        locator = {"label": "page", "value": value}
        return [{"reference": {"source": of, "locator": locator, "consulted_at": address}}]

    one, two = "https://one.example/", "https://two.example/"
    remark = "The copy is garbled"
    kb = knowledge(
        sources=[
            source(),
            source("unread", read=False, bibliography={"type": "book"}, descriptor="A thing."),
        ],
        customers=[customer("a")],
        claims=[
            claim("c1", "a", evidence=read_at(one, "1"), note=f"{remark}."),
            claim(
                "c2",
                "a",
                evidence=read_at(one, "2"),
                note="It reads so.",
                reasoning="It reads so, and more.",
            ),
            claim("c3", "a", evidence=read_at(one, "3", "unread")),
            claim("c4", "a", evidence=read_at(two, "4", "unread"), note=f"{remark}."),
        ],
    )
    shown = screen(kb, "a", full=True)
    assert shown.count("not proved") == 1
    assert "[1] ○ work, p. 1\n" in shown
    assert "[3] · unread, p. 3\n      read at https://one.example/\n" in shown
    assert shown.count(f"read at {one}") == 2  # of the one source once; where the other differs
    assert shown.count(f"read at {two}") == 1
    assert shown.count(remark) == shown.count("It reads so") == shown.count("A thing") == 1
