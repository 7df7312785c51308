"""Passages: found wherever they stand, whatever a viewer made of them, and nowhere else."""

import itertools
import re
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from targetmarkets import limits
from targetmarkets.text.matching import Searchable
from targetmarkets.text.nearest import MAX_HINTS, nearest
from targetmarkets.text.offsets import MIN_PASSAGES_FOR_ONE_PASS, offsets_of_each
from tests.timing import takes_time_in_proportion

# An archive of the things that matter: letters that compose, ligatures, every kind of hyphen.
PIECES = (
    *("a", "b", "re", "sign", "fi", "E", "é", "e\u0301", "a\u0323\u0302", "ß", "ﬁ", "ﬃ", "1", "²"),
    *(" ", " ", "  ", "\n", "\n", "\r\n", "\f", "\u00a0", "-", "-\n", "\u2010\n", "–", "—\n"),
    *("\u00ad", "\u00ad\n", "- ", "‘", "’", "“", "'", '"', "…", ".", "\u200b", "한", "朝", "，"),
)
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
SOFT = "\u00ad"
INVISIBLE = "\u200b\u2060\ufeff\u200e"
ODD = re.compile(rf"[{DASHES}{SOFT}](?:\s+[{DASHES}]|\s*[{SOFT}\u200b])|{SOFT}[{DASHES}]")
BLANK_ENDS = rf"^[\s{SOFT}{INVISIBLE}]+|[\s{SOFT}{INVISIBLE}]+$"
texts = (
    st.lists(st.sampled_from(PIECES), max_size=30)
    .map("".join)
    .filter(lambda text: not ODD.search(text))  # nobody hyphenates a dash
)

EDGES = DASHES + SOFT + INVISIBLE
QUOTES = ("'‘’‚", '"“”„')


def found(text: str, passage: str, *, ignore_case: bool = False) -> tuple[str, list[str]]:
    result = Searchable(text).find(passage, ignore_case=ignore_case)
    return result.status, [text[start:end] for start, end in result.places]


@pytest.mark.parametrize(
    ("text", "passage", "status", "stands"),
    [
        ("A was sold.", "was sold", "exact", "was sold"),
        ("A was\n  sold.", " was sold\n", "normalised", "was\n  sold"),
        ("was\fsold", "was sold", "normalised", "was\fsold"),
        ("infor-\nmation", "information", "normalised", "infor-\nmation"),
        ("infor\u00ad\nmation", "information", "normalised", "infor\u00ad\nmation"),
        ("infor\u00admation", "information", "normalised", "infor\u00admation"),
        ("information", "infor-\nmation", "normalised", "information"),
        ("surface-\nto-air", "surface-to-air", "normalised", "surface-\nto-air"),
        ("surface-\nto-air", "surfaceto-air", "normalised", "surface-\nto-air"),
        ("surface-\nto-air", "surface- to-air", "normalised", "surface-\nto-air"),
        ("surface-to-air", "surface-\nto-air", "normalised", "surface-to-air"),
        ("surface-to-air", "surface–to—air", "normalised", "surface-to-air"),
        ("pre-\nand post-war", "pre- and post-war", "normalised", "pre-\nand post-war"),
        ("1914-\n18", "1914–18", "normalised", "1914-\n18"),
        (
            "and/-\nor (semi-)\nfinal",
            "and/or (semi-) final",
            "normalised",
            "and/-\nor (semi-)\nfinal",
        ),
        ("\n9Our source", "9 Our source", "normalised", "9Our source"),
        ("licences,\n9\nand/\nor", "licences,9 and/or", "normalised", "licences,\n9\nand/\nor"),
        ("the regime\n12\n, which", "regime12, which", "normalised", "regime\n12\n, which"),
        ("a mark : when {this}", "mark: when { this }", "normalised", "mark : when {this}"),
        ("the “state’s” oﬃce", '"state\'s" office', "normalised", "“state’s” oﬃce"),
        ("cafe\u0301s", "cafés", "normalised", "cafe\u0301s"),
        ("a\u0323\u0302", "a\u0302\u0323", "normalised", "a\u0323\u0302"),
        ("sold\u200b to", "sold to", "normalised", "sold\u200b to"),
        ("one \u201ctwo\u201d", '"two"', "normalised", "“two”"),
        ("self-\ndefence", "self-", "exact", "self-"),
        ("the ‘self-\ndefence", "'self-", "normalised", "‘self-"),
        ("a — b", "— b", "exact", "— b"),
        ("a — b", "- b", "normalised", "— b"),
        ("Somalia, Mali.", "Mali", "exact", "Mali"),
        ("a party", "art", "exact", "art"),
        ("a party, a\u00adrt", "art", "normalised", "a\u00adrt"),
    ],
)
def test_a_passage_is_found(text: str, passage: str, status: str, stands: str) -> None:
    assert found(text, passage) == (status, [stands])


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("re-sign", "resign"),
        ("resign", "re-sign"),
        ("re - sign", "re-sign"),
        ("1914-\n18", "191418"),
        ("that—\nwise", "thatwise"),
        ("therapist", "the rapist"),
        ("in 2010, 500 men", "2010,500 men"),
        ("in 2010 500 men", "2010500"),
        ("कि ताब", "किताब"),
        ("10²", "102"),
        ("10² 1", "10²1"),
        ("1 ½", "1½"),
        ("café", "cafe"),
        ("cafe\u0301", "cafe"),
        ("x\u0302", "x"),
        ("oﬃce", "of"),
        ("oﬃce", "ice"),
        ("and so on…", "on."),
        ("각", "가"),
        ("\u1100\u1161\u11a8", "가"),
        ("👨\u200d👩", "👩"),
        ("👍🏿", "👍"),
        ("North", "north"),
        ("anything", ""),
        ("any-thing", "—"),
        ("", "x"),
    ],
)
def test_what_does_not_stand_there_is_missing(text: str, passage: str) -> None:
    assert found(text, passage) == ("missing", [])


def test_case_is_ignored_only_on_request() -> None:
    assert found("In STRASSE it", "straße", ignore_case=True) == ("normalised", ["STRASSE"])
    assert found("In STRASSE it", "straße") == ("missing", [])


def test_what_stands_in_several_places_is_ambiguous() -> None:
    assert found("ha ha ha", "ha ha") == ("ambiguous", ["ha ha", "ha ha"])
    assert found("two\nwords, two  words", "two words") == (
        "ambiguous",
        ["two\nwords", "two  words"],
    )
    assert found("朝鮮。朝鮮人", "朝鮮") == ("ambiguous", ["朝鮮", "朝鮮"])


def test_what_stands_as_it_is_written_goes_before_what_has_to_be_folded() -> None:
    assert found("two\nwords, two words", "two words") == ("exact", ["two words"])


def test_places_are_counted_up_to_a_bound() -> None:
    assert len(Searchable("a " * 2 * limits.PLACES.most).find("a").places) == limits.PLACES.most


def test_the_nearest_places_are_hints() -> None:
    text = (
        "Syria bought missiles. Many states bought arms from Pyongyang.\n"
        "Uganda hired police instructors from North Korea in 2007. The weather was fine.\f"
        "North Korea trained the police of Mozambique."
    )
    near = nearest(Searchable(text), "Uganda had hired instructors for its police from North Korea")
    assert text[slice(*near[0])] == "Uganda hired police instructors from North Korea in 2007."
    mistyped = nearest(Searchable(text), "Ugadna hierd plice istructors frm Nrth Koera ni 207")
    assert mistyped[0] == near[0]
    assert nearest(Searchable(text), "entirely other words") == []
    assert nearest(Searchable(text), "") == []
    many = Searchable("Uganda hired police. " * 50)
    assert len(nearest(many, "Uganda hired a policeman, police")) == MAX_HINTS


@given(texts, texts, st.integers(1, 4))
@example("ßß-\n", "aß-", 2)
def test_hints_are_words_of_the_text_and_none_twice(text: str, passage: str, copies: int) -> None:
    near = nearest(Searchable(text * copies), passage)
    assert len(near) <= MAX_HINTS
    assert all(0 <= start < end <= len(text * copies) for start, end in near)
    assert all(one.end <= other.start for one, other in itertools.pairwise(sorted(near)))


def test_a_hint_may_be_for_the_beginning_of_a_long_passage() -> None:
    text = "".join(f"Sentence {number} is about {number * number}.\n" for number in range(2_000))
    passage = text[30_000:60_000].replace("is", "was")
    assert abs(nearest(Searchable(text), passage)[0].start - 30_000) < 200
    takes_time_in_proportion(
        lambda size: nearest(Searchable(text[: 8 * size]), passage[: 4 * size]), len(text) // 64
    )


# What viewers do to a passage on its way to the clipboard.


def viewed(passage: str, draw: Callable[[int], int]) -> str:
    """A passage as some viewer might give it; `draw(n)` chooses below n."""
    out: list[str] = []
    at = 0
    while at < len(passage):
        character = passage[at]
        after = passage[at + 1 : at + 2]
        width = 1
        if character.isspace():
            while passage[at + width : at + width + 1].isspace():
                width += 1
            new = (" ", "\n", "  ", "\u00a0", "\r\n", passage[at : at + width])[draw(6)]
            beside = seen_before(passage, at) + passage[at + width :].lstrip(INVISIBLE)[:1]
            if set(beside) & set("‘’“'\"….") and not set(beside) & set(DASHES + "1²") and draw(2):
                new = ""
        elif character in DASHES + SOFT and broken(passage, at):
            width = len(passage[at:]) - len(passage[at + 1 :].lstrip())
            new = ("", "-", "- ", "-\n", SOFT, passage[at : at + width])[draw(6)]
        elif character == SOFT and seen_before(passage, at):
            new = ("", SOFT, "-\n")[draw(2 + (out[-1:] or " ")[0].isalpha() * after.isalpha())]
        elif character in DASHES:
            new = (character, "-", "–")[draw(3)]
        elif any(character in alike for alike in QUOTES):
            alike = next(alike for alike in QUOTES if character in alike)
            new = alike[draw(len(alike))]
        elif character in "ﬁﬃ" and draw(2):
            new = unicodedata.normalize("NFKC", character)
        else:
            new = character
        at += width
        out.append(new)
        if new.isascii() and new.isalpha() and after.isascii() and after.isalpha():
            out.append(("", "", "", "-\n", SOFT, "\u200b")[draw(6)])
    return unicodedata.normalize(("NFC", "NFD")[draw(2)], "".join(out))


def broken(text: str, at: int) -> bool:
    """Whether a hyphen ends a line within a word, or a soft one does anywhere."""
    rest = text[at + 1 :].lstrip()
    space = text[at + 1 : len(text) - len(rest)]
    before = seen_before(text, at)
    if text[at] == SOFT:
        return bool(space and before and rest)
    lines = any(end in space for end in "\n\r\f")
    hyphen = text[at] in "-\u2010" and before not in DASHES + SOFT and not before.isdigit()
    return lines and hyphen and letter(rest[:1])


def seen_before(text: str, at: int) -> str:
    """What stands directly before an offset, if that leaves a trace."""
    return text[:at].rstrip(INVISIBLE)[-1:].strip()


def is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")


def letter(character: str) -> bool:
    return bool(character) and unicodedata.category(character)[0] in "LM"


@settings(max_examples=300)
@given(texts, st.data())
@example("a-\nb", None)
def test_what_a_viewer_shows_is_found_where_it_stands(
    text: str, data: st.DataObject | None
) -> None:
    if data is None:
        assert Searchable(text).find("ab").places == ((0, 4),)
        return
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    while start < end and (text[start] in EDGES or text[start].isspace() or is_mark(text[start])):
        start += 1
    while start < end and (text[end - 1] in EDGES or text[end - 1].isspace()):
        end -= 1
    assume(start < end and not is_mark(text[end:].lstrip(INVISIBLE)[:1] or "x"))
    passage = text[start:end]
    shown = viewed(passage, lambda n: data.draw(st.integers(0, n - 1)))
    places = Searchable(text)._folded(shown, case=False, whole=False)
    assert (start, end) in places
    result = Searchable(text).find(shown)
    assert result.status != "missing"


# An independent, slow account of when two passages are the same.


def readings(text: str) -> set[str]:
    """Everything that a passage may be read as: each hyphen that may be none, with and without."""
    text = "".join(c for c in text if c not in INVISIBLE)
    parts: list[set[str]] = []
    at = 0
    while at < len(text):
        if text[at] in DASHES + SOFT:
            run = len(text[at:]) - len(text[at:].lstrip(DASHES + SOFT))
            rest = text[at + run :].lstrip()
            space = text[at + run : len(text) - len(rest)]
            real = text[at : at + run].strip(SOFT) != ""
            if not text[at - 1 : at].strip() or not at or not rest:
                parts.append({"-" * real + " " * bool(space)})
            elif not real or (run == 1 and broken(text, at)):
                parts.append({"", "-"})
            else:
                parts.append({"-"})
            at += run + len(space)
            continue
        alike = [kind[0] for kind in QUOTES if text[at] in kind]
        apart = text[at] == "²"
        parts.append({alike[0] if alike else text[at] if apart else normal(text[at])})
        at += 1
    assume(sum(len(part) > 1 for part in parts) <= 8)
    return {spaced("".join(choice)) for choice in itertools.product(*parts)}


def normal(character: str) -> str:
    return unicodedata.normalize("NFKD", character)


def spaced(text: str) -> str:
    """A text without the white space that does not count."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(c for at, c in enumerate(text) if c != " " or counts(text[:at], text[at + 1 :]))


def counts(before: str, after: str) -> bool:
    if is_sign(after[:1]) or ("朝" in before[-1:] and "朝" in after[:1]):
        return False
    if is_sign(before[-1:]):
        return before[-2:-1].isdecimal() and after[:1].isdecimal()
    one, other = before[-1:], after[:1]
    return not ((one.isalpha() and other.isdecimal()) or (one.isdecimal() and other.isalpha()))


def is_sign(character: str) -> bool:
    return bool(character) and character != "-" and unicodedata.category(character)[0] in "PS"


@settings(max_examples=300)
@given(texts, texts)
def test_what_is_found_is_what_was_sought(text: str, passage: str) -> None:
    for start, end in Searchable(text).find(passage).places:
        stands = text[start:end]
        assert stands == stands.strip()
        assert end == len(text) or not unicodedata.combining(text[end])
        # What a hyphen at an end is depends on what stands beyond it.
        before = "x" * (text[start - 1 : start].strip() != "")
        sought = re.sub(BLANK_ENDS, "", passage)
        after = "x" * stands.endswith(SOFT)
        one, other = before + stands + after, before + sought + after
        assert readings(one) & readings(other), (stands, passage)


@given(st.text(), st.data())
def test_anything_that_is_there_is_found_exactly(text: str, data: st.DataObject) -> None:
    words = text.split()
    assume(words)
    word = data.draw(st.sampled_from(words))
    result = Searchable(text).find(word)
    for start, end in result.places:
        assert result.status != "exact" or text[start:end] in word


def test_a_long_text_takes_time_in_proportion() -> None:
    def search(copies: int) -> None:
        text = "Many of these countries re-\nmained “cus-\ntomers” of the North.\n" * copies
        searchable = Searchable(text + "The one sentence — that is sought.")
        assert searchable.find('sentence - that is "').status == "missing"
        assert nearest(searchable, "one such sentence, sought of the North")

    takes_time_in_proportion(search, 4_000)


@pytest.mark.parametrize(
    ("unit", "passage"),
    [
        ("a", "a"),  # overlaps itself
        ("1,a ", "1, a-"),  # stands there but for its last hyphens
        ("a-", "a"),  # but for the hyphens of the text
        ("a-\n", "a"),  # stands there in any case
        ("a- ", "a-\n"),
        ("1, 1,", "1,"),
    ],
)
def test_what_repeats_itself_takes_time_in_proportion(unit: str, passage: str) -> None:
    takes_time_in_proportion(
        lambda length: Searchable(unit * length).find(passage * (length // 3)), 1_000
    )


@given(st.lists(st.sampled_from(["a", "b", "ab ", "a" * 40]), max_size=8).map("".join), st.data())
def test_many_passages_are_found_as_each_is(text: str, data: st.DataObject) -> None:
    parts = st.builds(slice, st.integers(0, len(text)), st.integers(0, len(text)))
    passages = {"", "ba", *(text[part] for part in data.draw(st.lists(parts, min_size=1)))}
    expected = {
        passage: [at for at in range(len(text)) if text.startswith(passage, at)]
        for passage in passages
        if passage
    }
    many = passages | {f"{number} is not there" for number in range(MIN_PASSAGES_FOR_ONE_PASS)}
    for asked in passages, many:
        found = offsets_of_each(text, asked)
        assert {passage: places for passage, places in found.items() if places} == {
            passage: places for passage, places in expected.items() if places
        }


@given(texts, st.lists(texts, max_size=3))
def test_what_is_expected_is_found_as_what_is_not(text: str, passages: list[str]) -> None:
    expected = [f"{number} is not there" for number in range(MIN_PASSAGES_FOR_ONE_PASS)]
    for passage in [*passages, text[3:12]]:
        searchable = Searchable(text, [*passages, text[3:12], *expected])
        assert searchable.find(passage) == Searchable(text).find(passage)
