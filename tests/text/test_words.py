"""One table of what finds what, for search and for names; and what each word is in its text."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targetmarkets.kb.json_file import load
from targetmarkets.kb.lookup import fold_name
from targetmarkets.query.search import search
from targetmarkets.text import words
from targetmarkets.text.letters import plain
from targetmarkets.text.slug import slug
from targetmarkets.text.words import aliases, asked, divided, words_in
from tests.build import archive

FOUND = (
    # what stands there, what is asked for, and whether both are one name
    ("Łódź", "lodz", True),
    ("Søren Mikkelsen", "soren mikkelsen", True),
    ("Điện Biên", "dien bien", True),
    ("Iğdır", "igdir", True),
    ("İzmir", "izmir", True),
    ("Straße", "STRASSE", True),
    ("encyclopædia", "encyclopaedia", True),
    ("Þórr", "thorr", True),
    ("naïve", "naive", True),
    ("Ёлка", "елка", True),
    ("مُحَمَّد", "محمد", True),
    ("Baʿth", "bath", True),
    ("Baʿth", "ba'th", True),
    ("Ba’th", "bath", True),
    ("Bath", "Baʿth", True),
    ("Al-Qāʿida", "al-qaida", True),
    ("Al-Qāʿida", "al-qa'ida", True),
    ("Al-Qaida", "al-Qāʿida", True),
    ("Hizbu’llah", "hizbullah", True),
    ("Ḥizbullāh", "hizbullah", True),
    ("T-55", "T55", True),
    ("T-55", "T 55", True),
    ("T55", "T-55", True),
    ("T 55", "t55", True),
    ("T-54/55", "T-55", False),
    ("T-54/55", "T55", False),
    ("T-54/55", "T-54", False),
    ("AK-47s", "ak47", False),
    ("F-7", "F7", True),
    ("CO₂", "co2", True),
    ("12⁴ rockets", "12", False),
    ("licences⁹", "licences", False),
    ("1,500 rifles", "1500", False),
    ("1500 rifles", "1,500", False),
    ("non-lethal", "nonlethal", True),
    ("cooperation", "co-operation", True),
    ("Assad’s", "assad", False),
    ("O’Neil", "neil", False),
    ("İstanbul'da", "istanbul", False),
    ("北朝鮮の武器輸出が続いた。", "武器", False),
    ("北朝鮮の武器輸出が続いた。", "北朝鮮", False),
    ("朝鲜武器出口。", "武器出口", False),
    ("북한의 무기 수출은", "북한", False),
    ("รัฐมนตรีกล่าวว่าอาวุธ", "อาวุธ", False),
    ("ガス", "ガス", True),
    ("oﬃce", "office", True),
    ("infor\u00ad\nmation", "information", True),
)

NOT_FOUND = (
    ("T-54/55", "T-72"),
    ("T-155", "T-55"),
    ("AT-55", "T-55"),
    ("12⁴ rockets", "124"),
    ("ガス", "カス"),
    ("北朝鮮の武器", "器武"),
    ("Hizbul", "hizbullah"),
    ("1,500 rifles", "15"),
    ("the co workers", "coworkers"),
)


@pytest.mark.parametrize(("text", "query", "one_name"), FOUND)
def test_what_stands_there_is_found(
    tmp_path: Path,
    text: str,
    query: str,
    one_name: bool,  # noqa: FBT001 - the expectation
) -> None:
    kb = load(archive(tmp_path, f"In {text}, that is."))
    assert [hit.kind for hit in search(kb, query).hits] == ["text"]
    assert search(kb, f"that -{query}").hits == [] or " " in query
    if one_name:
        assert fold_name(text) == fold_name(query)


@pytest.mark.parametrize(("text", "query"), NOT_FOUND)
def test_what_does_not_stand_there_is_not_found(tmp_path: Path, text: str, query: str) -> None:
    kb = load(archive(tmp_path, f"In {text}, that is."))
    assert search(kb, query).hits == []


@pytest.mark.parametrize(
    ("text", "query", "match"),
    [
        ("In Łódź they", "lodz", "Łódź"),
        ("the T-54/55 tanks", "t55", "T-54/55"),
        ("der Straße nach", "strasse", "Straße"),
        ("は北朝鮮の武器輸出が", "武器", "武器"),
        ("the Baʿth party", "bath", "Baʿth"),
        ("12⁴ rockets", "12", "12"),
        ("the al-Qāʿida men", "alqaida", "al-Qāʿida"),
        ("the Hizbu’llahs of", "hizbul*", "Hizbu’llahs"),
        ("the Al-Qāʿida men", '"al-qaida men"', "Al-Qāʿida men"),
    ],
)
def test_what_is_marked_is_what_stands_there(
    tmp_path: Path, text: str, query: str, match: str
) -> None:
    kb = load(archive(tmp_path, text))
    (hit,) = search(kb, query).hits
    assert [hit.excerpt[start:end] for start, end in hit.matches] == [match]


def test_a_term_that_is_not_wanted_is_unwanted_in_all_its_forms(tmp_path: Path) -> None:
    kb = load(archive(tmp_path, "The T-54/55 tanks.\n\nThe T-72 tanks."))
    assert [hit.excerpt for hit in search(kb, "tanks -t55").hits] == ["The T-72 tanks."]


def test_a_long_query_of_words_that_can_be_written_otherwise_is_understood(tmp_path: Path) -> None:
    words = [f"a{chr(97 + n // 26)}-b{chr(97 + n % 26)}x" for n in range(100)]
    kb = load(archive(tmp_path, " ".join(words)))
    assert len(search(kb, " ".join(words)).hits) == 1
    assert len(search(kb, " ".join(words).replace("-", "'")).hits) == 1
    assert len(search(kb, f'"{" ".join(words[:40])}"').hits) == 1


@given(st.text(alphabet="aBéß1²⁴ł' -\n武북かﬁ\u0301ʿ,.", max_size=40))
def test_every_word_leads_back_to_its_own_characters(text: str) -> None:
    words = divided(text)
    for match in re.finditer(r"[^\W_]+", words.text):
        start, end = words.span(*match.span())
        assert 0 <= start < end <= len(text)
        assert match[0] in re.sub(r"[\W_]+", "", divided(text[start:end]).text)


@given(st.text(max_size=40))
def test_what_is_plain_stays_so_and_any_text_can_be_asked_for(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    assert all(form == form.strip() != "" for form in asked(text))
    assert all(one and other for one, other in aliases(text))


def test_ids_are_made_of_plain_letters() -> None:
    assert slug("Łódź Søren (Group)") == "lodz-soren-group"
    assert slug("Al-Qāʿida") == "al-qa-ida"


SIMPLE = st.text(alphabet="aBzß19é'’‘“”-–—_.,/ \n\t\x0b\x1f\xa0[]()", max_size=60)


@given(SIMPLE)
def test_the_short_way_for_plain_texts_gives_the_same_words(text: str) -> None:
    assert words_in(text) == " ".join(re.findall(r"[^\W_]+", divided(text).text))


@given(SIMPLE)
def test_the_short_way_for_plain_texts_gives_the_same_aliases(text: str) -> None:
    found = [*aliases(text)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(words, "_simple", lambda _: None)
        assert found == [*aliases(text)]
