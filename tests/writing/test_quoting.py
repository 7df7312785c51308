"""Quotations from what people paste, and quotations carried to another text."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targetmarkets.errors import PassageError, UnreadableError, UsageError
from targetmarkets.evidence.likeness import near_lines, nearest_places
from targetmarkets.evidence.verification import verify
from targetmarkets.kb.json_file import FileKnowledge, load
from targetmarkets.model.parts import Archive, Page
from targetmarkets.text import offsets
from targetmarkets.text.matching import Searchable
from targetmarkets.writing.quoting import quote
from targetmarkets.writing.reanchoring import reanchor
from tests.build import archive, claim, knowledge

TEXT = (
    "The “resilient” customers buy surface-to-air mis-\nsiles and gas\u00a0masks.\n"
    "A mask is here.\nA mask is there.\n"
)


@pytest.fixture
def kb(tmp_path: Path) -> FileKnowledge:
    return load(archive(tmp_path, TEXT, ("q", 78, 82, "mask")))


@pytest.mark.parametrize(
    ("passage", "exact", "status"),
    [
        ("A mask is here", "A mask is here", "exact"),
        ('The "resilient"  customers', "The “resilient” customers", "normalised"),
        ("missiles and gas masks.", "mis-\nsiles and gas\u00a0masks.", "normalised"),
        ("surface\u2011to\u2011air", "surface-to-air", "normalised"),
    ],
)
def test_what_is_saved_is_the_archives_own(
    kb: FileKnowledge, passage: str, exact: str, status: str
) -> None:
    found = quote(kb, "work", passage)
    assert (found.quote.exact, found.status, found.known) == (exact, status, False)
    assert TEXT[found.quote.start : found.quote.end] == exact
    assert found.quote.id.startswith("work-")


def test_passages_that_begin_alike_have_different_ids_and_one_passage_has_one(
    kb: FileKnowledge,
) -> None:
    short, long = "buy surface-to-air missiles and gas", "buy surface-to-air missiles and gas masks"
    ids = {quote(kb, "work", passage).quote.id for passage in (short, long)}
    assert len(ids) == 2
    assert all(re.fullmatch(r"work-buy-surface-[a-z-]+-[0-9a-f]{6}", id_) for id_ in ids)
    assert quote(kb, "work", long.replace(" ", "  ")).quote.id in ids
    places = {quote(kb, "work", "A mask is", nth=nth).quote.id for nth in (1, 2)}
    assert len(places) == 2
    assert quote(kb, "work", short, id_="mine").quote.id == "mine"


def test_case_counts_unless_told(kb: FileKnowledge) -> None:
    with pytest.raises(PassageError):
        quote(kb, "work", "a MASK is here")
    assert quote(kb, "work", "a MASK is here", ignore_case=True).quote.exact == "A mask is here"


def test_of_several_places_one_is_chosen_or_none(kb: FileKnowledge) -> None:
    with pytest.raises(PassageError, match="in 2 places") as caught:
        quote(kb, "work", "A mask is")
    assert caught.value.details[0].startswith("  1: line 3: …")
    assert "⟦A mask is⟧ there" in caught.value.details[1]
    assert "--nth" in (caught.value.remedy or "")
    first, second = (quote(kb, "work", "A mask is", nth=nth).quote for nth in (1, 2))
    assert first.start < second.start
    with pytest.raises(UsageError, match="no place 3"):
        quote(kb, "work", "A mask is", nth=3)


def test_what_is_missing_is_hinted_at_and_not_saved(kb: FileKnowledge) -> None:
    with pytest.raises(PassageError, match="does not stand") as caught:
        quote(kb, "work", "A mask is not here")
    assert caught.value.message.startswith("the passage does not stand in work: ")
    nearest, where, given, source = caught.value.details[:4]
    assert nearest == "nearest to it, and not the same:"
    assert where.startswith("  line ")
    assert (given, source) == (
        "    given:  A mask is ⟦not⟧ here",
        "    source: A mask is here",
    )


def test_where_one_place_is_like_the_passage_the_unlike_are_left_out() -> None:
    text = "The firm reportedly sold ten guns to Iran. Nothing was said of the other firms there."
    ((place, near),) = nearest_places(Searchable(text), "The firm sold six guns to Iran")
    assert text[slice(*place)] == "The firm reportedly sold ten guns to Iran"
    assert near is not None
    assert near_lines(near) == [
        "    given:  The firm sold ⟦six⟧ guns to Iran",
        "    source: The firm ⟦reportedly⟧ sold ⟦ten⟧ guns to Iran",
    ]


def test_a_quotation_is_made_once(kb: FileKnowledge) -> None:
    found = quote(kb, "work", "mask", nth=1)
    assert found.known == (found.quote.id == "q")
    again = FileKnowledge(
        kb.content.model_copy(update={"quotes": (*kb.content.quotes, found.quote)}), kb.path
    )
    assert quote(again, "work", "mask", nth=1, id_="other").known


def test_sources_that_cannot_be_quoted_are_said(kb: FileKnowledge, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no archived text"):
        quote(knowledge(), "work", "x")
    with pytest.raises(UsageError, match="is taken"):
        quote(kb, "work", "A mask is here", id_="work")
    (tmp_path / "sources" / "text.txt").write_text("Other.")
    with pytest.raises(UnreadableError, match="SHA-256"):
        quote(kb, "work", "Other.")


def test_pages_are_told_by_their_labels() -> None:
    pages = tuple(Page(label=label, start=start) for label, start in (("i", 0), ("1", 5)))
    paged = Archive(file="t.txt", sha256="0" * 64, media_type="text/plain", pages=pages)
    assert [paged.page_at(offset) for offset in (0, 4, 5, 99)] == ["i", "i", "1", "1"]
    bare = paged.model_copy(update={"pages": ()})
    assert bare.page_at(3) is None


def carried(kb: FileKnowledge, new: str, **chosen: str) -> dict[str, tuple[str, str | None]]:
    record = reanchor(kb, "work", TEXT, new, chosen).record
    for item in record.passages:
        if item.start is not None:
            assert new[item.start : item.end] == item.now
    return {item.id: (item.fate, item.now) for item in record.passages}


def several(folder: Path) -> FileKnowledge:
    spans = {
        "surface": "surface-to-air mis-\nsiles",
        "here": "A mask is here",
        "mask": "mask",
    }
    quotes = [(id_, TEXT.index(exact), TEXT.index(exact) + len(exact), exact)
              for id_, exact in spans.items() if id_ != "mask"]  # fmt: skip
    start = TEXT.index("mask is there")
    return load(archive(folder, TEXT, *quotes, ("mask", start, start + 4, "mask")))


def test_every_fate_is_told(tmp_path: Path) -> None:
    kb = several(tmp_path)
    assert {fate for fate, _ in carried(kb, TEXT).values()} == {"kept"}
    assert carried(kb, "Preface.\n" + TEXT) == {
        "surface": ("moved", "surface-to-air mis-\nsiles"),
        "here": ("moved", "A mask is here"),
        "mask": ("moved", "mask"),
    }
    better = TEXT.replace("mis-\nsiles", "missiles").replace("A mask is here.\n", "")
    assert carried(kb, better) == {
        "surface": ("normalised", "surface-to-air missiles"),
        "here": ("lost", None),
        "mask": ("moved", "mask"),
    }
    assert carried(kb, "mask mask")["mask"] == ("ambiguous", None)


def test_only_what_is_certain_is_applied(tmp_path: Path) -> None:
    kb = several(tmp_path)
    whole = reanchor(kb, "work", TEXT, f"X {TEXT}")
    assert whole.record.certain
    assert [q.start for q in whole.quotes] == [q.start + 2 for q in kb.content.quotes]
    part = reanchor(kb, "work", TEXT, TEXT.replace("here", "gone"))
    assert not part.record.certain
    assert carried(kb, TEXT.replace("here", "gone"), here="A mask is gone")["here"] == (
        "chosen",
        "A mask is gone",
    )
    with pytest.raises(PassageError, match="nowhere") as caught:
        carried(kb, TEXT, here="A mask was here")
    assert caught.value.details == (
        "    given:  A mask ⟦was⟧ here",
        "    source: A mask ⟦is⟧ here",
    )
    with pytest.raises(PassageError, match="in several places"):
        carried(kb, TEXT, here="mask is")
    with pytest.raises(UsageError, match="no quotation from"):
        carried(kb, TEXT, nobody="A mask is here")


def test_a_passage_that_is_set_aside_and_lost_is_left_out(tmp_path: Path) -> None:
    path = archive(tmp_path, TEXT)
    data = json.loads(path.read_text())
    start = TEXT.index("A mask is there")
    data["sources"][0]["set_aside"] = [
        {"exact": "A mask is there", "start": start, "end": start + 15, "reason": "Repeats."}
    ]
    path.write_text(json.dumps(data))
    kb = load(path)
    kept = reanchor(kb, "work", TEXT, f"X {TEXT}")
    assert kept.source.set_aside[0].start == start + 2
    gone = reanchor(kb, "work", TEXT, "Nothing.")
    assert gone.record.certain
    assert gone.source.set_aside == ()
    assert [item.fate for item in gone.record.passages] == ["lost"]


@given(st.text(alphabet='ab -\n“"', max_size=60), st.text(alphabet='ab -\n“"', max_size=60))
def test_what_is_certain_stood_and_stands_once_or_has_its_surroundings(old: str, new: str) -> None:
    from tempfile import TemporaryDirectory

    exact = old[2:5]
    if len(exact) < 3 or exact != exact.strip() or not exact.strip("-"):
        return
    with TemporaryDirectory() as folder:
        kb = load(archive(Path(folder), old, ("q", 2, 5, exact)))
        (same,) = reanchor(kb, "work", old, old).record.passages
        assert (same.fate, same.start) == ("kept", 2)
        (item,) = reanchor(kb, "work", old, new).record.passages
        if item.fate in {"kept", "moved"} and old != new:
            assert item.now == exact
            assert item.start is not None
            there, here = Searchable(old).find(exact).places, Searchable(new).find(exact).places
            alone = there == ((2, 5),) and len(here) == 1
            around = letters(old[:2]) in letters(new[: item.start])
            assert alone or around or letters(old[5:]) in letters(new[item.start :])
        if item.fate == "lost":
            assert f" {exact} " not in f" {new} "


def letters(text: str) -> str:
    return "".join(filter(str.isalpha, text))


def test_the_wrong_one_of_several_is_not_taken_for_certain(tmp_path: Path) -> None:
    old = "Iran bought many tanks from North Korea. Syria too bought many tanks, it is said."
    start = old.rindex("bought many tanks")
    kb = load(archive(tmp_path, old, ("q", start, start + 17, "bought many tanks")))
    garbled = old.replace("too bought many tanks", "t0o b0ught rnany tanks")
    (item,) = reanchor(kb, "work", old, garbled).record.passages
    assert (item.fate, item.start) == ("ambiguous", None)
    (item,) = reanchor(kb, "work", old, f"Preface. {old}").record.passages
    assert (item.fate, item.start) == ("moved", start + 9)


def test_a_part_of_a_word_is_kept_where_it_is(tmp_path: Path) -> None:
    old = "The North Korean trade. The North Korea desk."
    kb = load(archive(tmp_path, old, ("q", 4, 15, "North Korea")))
    (item,) = reanchor(kb, "work", old, f"{old} More.").record.passages
    assert item.start in {4, None}


def test_a_quotation_in_another_script_has_an_id(tmp_path: Path) -> None:
    kb = load(archive(tmp_path, "북한은 무기를 판다."))
    assert re.fullmatch("work-[0-9a-f]{6}", quote(kb, "work", "북한은 무기를").quote.id)
    with pytest.raises(UsageError, match="an id is"):
        quote(kb, "work", "북한은", id_="A b")


def test_a_hedge_may_run_over_the_end_of_a_line(tmp_path: Path) -> None:
    path = archive(tmp_path, "It could\nbe so.", ("q", 0, 15, "It could\nbe so."))
    data = json.loads(path.read_text())
    evidence = [{"quote": "q"}]
    data["claims"] = [claim("c", certainty="possible", hedge="could be", evidence=evidence)]
    path.write_text(json.dumps(data))
    assert verify(path).ok
    data["claims"][0]["hedge"] = "couldbe"
    path.write_text(json.dumps(data))
    assert not verify(path).ok


def test_many_are_carried_as_few_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f"Line {number} says that “many”\ncustomers re-\nmain.\n" for number in range(150)]
    old, at, quotes = "".join(lines), 0, []
    for number, line in enumerate(lines):
        start, end = at + (0 if number % 2 else line.index("“")), at + len(line) - 1
        quotes.append((f"q-{number}", start, end, old[start:end]))
        at += len(line)
    kb = load(archive(tmp_path, old, *quotes))
    new = "Preface. " + old.replace("re-\nmain", "remain", 70).replace("Line 91", "Lime 91")
    many = reanchor(kb, "work", old, new).record
    monkeypatch.setattr(offsets, "MIN_PASSAGES_FOR_ONE_PASS", 10**9)
    assert many == reanchor(kb, "work", old, new).record
    assert {item.fate for item in many.passages} == {"moved", "normalised", "lost"}


SOLD = (
    "The firm sold 1,500 rifles. It is unlikely to sell rockets. It sold licences⁹ to 12⸢4⸣ units. "
    "The Panel did not say that Alba was paid.\n"
)


def test_a_part_of_a_word_is_taken_only_when_told_and_recorded(tmp_path: Path) -> None:
    kb = load(archive(tmp_path, SOLD))
    with pytest.raises(PassageError, match="within '1,500'") as caught:
        quote(kb, "work", "500 rifles")
    assert "⟦1,500 rifles⟧" in caught.value.details[1]
    assert "--part-of-word" in (caught.value.remedy or "")
    part = quote(kb, "work", "likely to sell", part_of_word=True)
    assert part.quote.part_of_word
    assert part.left_out == ("unlikely",)
    assert not quote(kb, "work", "1,500 rifles", part_of_word=True).quote.part_of_word


def test_what_stands_beside_what_was_not_read_is_part_of_a_word(tmp_path: Path) -> None:
    kb = load(archive(tmp_path, "It sold 10\ufffd20 launchers to Syria’s army.\n"))
    with pytest.raises(PassageError, match="within '10\ufffd20'") as caught:
        quote(kb, "work", "20 launchers")
    assert "was not read; --part-of-word" in (caught.value.remedy or "")
    assert quote(kb, "work", "20 launchers", part_of_word=True).quote.part_of_word
    assert quote(kb, "work", "launchers to Syria").quote.exact == "launchers to Syria"


def test_marks_of_notes_that_were_passed_over_are_told(tmp_path: Path) -> None:
    kb = load(archive(tmp_path, SOLD))
    found = quote(kb, "work", "licences to 12 units")
    assert (found.quote.exact, found.notes) == ("licences⁹ to 12⸢4⸣ units", ("⁹", "4"))
    assert quote(kb, "work", "licences⁹ to").notes == ()


def test_a_claim_on_a_passage_that_leaves_out_a_negation_says_so(tmp_path: Path) -> None:
    start = SOLD.index("Alba was paid")
    path = archive(tmp_path, SOLD, ("q", start, start + 13, "Alba was paid"))
    assert quote(load(path), "work", "Alba was paid").left_out == ("not",)
    data = json.loads(path.read_text())
    for fields, ok in (
        ({}, False),
        ({"hedge_note": "Why."}, True),
        ({"negative": True}, True),
        ({"certainty": "likely", "hedge": "paid"}, False),
    ):
        data["claims"] = [claim("c", evidence=[{"quote": "q"}], **fields)]
        path.write_text(json.dumps(data))
        found = [finding.check for finding in verify(path).findings]
        assert ("doubt" not in found) == ok


def test_a_hedge_is_held_against_whole_words_of_the_archive(tmp_path: Path) -> None:
    start = SOLD.index("likely to sell")
    path = archive(tmp_path, SOLD, ("q", start, start + 14, "likely to sell"))
    data = json.loads(path.read_text())
    (finding,) = verify(path).findings
    assert (finding.check, finding.id) == ("word", "q")
    assert "'unlikely'" in finding.message
    data["quotes"][0]["part_of_word"] = True
    for hedge, found in (("likely", {"hedge", "doubt"}), ("unlikely", set())):
        fields = {"certainty": "likely", "hedge": hedge, "evidence": [{"quote": "q"}]}
        data["claims"] = [claim("c", **fields)]
        path.write_text(json.dumps(data))
        assert {finding.check for finding in verify(path).findings} == found
