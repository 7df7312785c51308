"""What a passage may not be cut out of, and the marks of notes."""

import pytest

from targetmarkets.text.edges import cut_words, whole
from targetmarkets.text.matching import Searchable
from targetmarkets.text.notes import notes_in, with_notes, without_notes
from tests.timing import takes_time_in_proportion


def cut(text: str, part: str) -> list[str]:
    start = text.index(part)
    return [text[slice(*word)] for word in cut_words(text, start, start + len(part))]


@pytest.mark.parametrize(
    ("text", "part", "word"),
    [
        ("It is unlikely to sell", "likely to", "unlikely"),
        ("an inability to pay", "ability", "inability"),
        ("Søren said", "ren", "Søren"),
        ("l’e\u0301tat dit", "tat", "l’e\u0301tat"),
        ("he doesn’t say", "doesn", "doesn’t"),
        ("10 – 20 units", "20 units", "10 – 20"),
        ("from 10 - 20 units", "from 10", "10 - 20"),
        ("the 1990’s", "1990", "1990’s"),
        ("of Syria’s army", "s army", "Syria’s"),
        ("북한은 무기", "북한", "북한은"),
        ("infor\u00admation", "mation", "infor\u00admation"),
        ("sold 1,500 rifles", "500 rifles", "1,500"),
        ("sold 1,500 rifles", "1", "1,500"),
        ("sold 1 500 rifles", "500 rifles", "1 500"),
        ("sold 1 \n500 rifles", "500 rifles", "1 \n500"),
        ("grew by 50\n% then", "50", "50\n%"),
        ("grew by 50\n% then", "% then", "50\n%"),
        ("sold 1\u202f500 rifles", "500", "1\u202f500"),
        ("sold 1’500 rifles", "500", "1’500"),
        ("for 12.5 tonnes", "5 tonnes", "12.5"),
        ("about .5 of it", "5 of", ".5"),
        ("1½ tonnes", "1", "1½"),
        ("at 12:30 he", "30", "12:30"),
        ("at −5 degrees", "5 degrees", "−5"),
        ("at -5 degrees", "5 degrees", "-5"),
        ("(~500 men)", "500", "~500"),
        ("paid $500 then", "500", "$500"),
        ("paid US$500 then", "$500", "US$500"),
        ("paid 500€ then", "500", "500€"),
        ("grew by 50% then", "50", "50%"),
        ("grew by 50 % then", "50", "50 %"),
        ("10–20 units", "20 units", "10–20"),
        ("10-20 units", "10", "10-20"),
        ("2009–\n2013 the yard", "2013", "2009–\n2013"),
        ("$10–$20 each", "$20", "$10–$20"),
        ("12 million men", "12", "12 million"),
        ("12\nmillion men", "million", "12\nmillion"),
        ("five million men", "million men", "five million"),
        ("several hundred men", "hundred", "several hundred"),
        ("half a million men", "a million", "half a million"),
        ("12bn dollars", "12", "12bn"),
        ("12 bn dollars", "12", "12 bn"),
        ("500万丁", "500", "500万"),
        ("non-lethal goods", "lethal goods", "non-lethal"),
        ("non-\nlethal goods", "lethal goods", "non-\nlethal"),
        ("non\u2011lethal goods", "non", "non\u2011lethal"),
        ("the Iran–Iraq war", "Iraq war", "Iran–Iraq"),
        ("a 10-year-old ship", "year", "10-year-old"),
        ("a T-54/55 tank", "T-54", "T-54/55"),
        ("self-\ndefence", "self-", "self-\ndefence"),
        ("of 10² km", "10", "10²"),
        ("of 5 km² here", "5 km", "km²"),
        ("12⁴ rockets", "12", "12⁴"),
        ("10¹² of", "10¹", "10¹²"),
        ("CO₂ gas", "CO", "CO₂"),
        ("x⸢α+1⸣ is", "x", "x⸢α"),
        ("x⸤i⸥ is", "i", "x⸤i⸥"),
        ("10\ufffd20 launchers", "20 launchers", "10\ufffd20"),
        ("10\ufffd20 launchers", "10", "10\ufffd20"),
        ("10 \ufffd 20 launchers", "20 launchers", "10 \ufffd 20"),
        ("the \ufffdrm paid", "rm paid", "\ufffdrm"),
        ("北朝\ufffd鮮の", "鮮の", "朝\ufffd鮮"),
    ],
)
def test_a_part_of_a_word_is_told_with_the_whole(text: str, part: str, word: str) -> None:
    assert word in cut(text, part)
    assert not Searchable(text).find(part).whole
    assert Searchable(text).find(part).places


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("He was not told.", "not told"),
        ("the “state’s” office", "state’s"),
        ("北朝鮮の武器輸出", "武器"),
        ("รัฐมนตรีกล่าว", "กล่าว"),
        ("in 2010 500 men", "500 men"),
        ("in 2010, 500 men", "500 men"),
        ("It was sold.The firm paid.", "The firm"),
        ("the U.N. said", "U.N."),
        ("it—never—paid", "never"),
        ("it – never – paid", "never"),
        ("it - 5 of them", "5 of"),
        ("Syria’s army", "Syria"),
        ("in Syria's army", "Syria"),
        ("the Panel’s view", "Panel"),
        ("the T-55’s gun", "T-55"),
        ("in 2010 — 20 units", "20 units"),
        ("did \ufffd confirm", "confirm"),
        ("a \ufffd 500 men", "500 men"),
        ("pre- and post-war", "and post-war"),
        ("pre-\nand post-war", "and post-war"),
        ("five men of a million", "million"),
        ("12 missiles", "12"),
        ("licences⁹ and", "licences"),
        ("⁹Our source", "Our source"),
        ("12⸢4⸣ rockets", "12"),
        ("in 2012.⁴ The", "2012."),
        ("a (b) c", "b"),
        ("👍👎", "👎"),
        ("one  two", "one"),
    ],
)
def test_a_whole_word_is_whole(text: str, part: str) -> None:
    assert cut(text, part) == []
    start = text.index(part)
    assert whole(text, start, start + len(part)) == (start, start + len(part))
    assert Searchable(text).find(part).whole


def test_whole_words_go_before_parts_of_numbers() -> None:
    text = "It paid 1,500 dollars. It paid 500 dollars."
    found = Searchable(text).find("500 dollars")
    assert (found.status, found.places) == ("exact", ((31, 42),))


@pytest.mark.parametrize(
    ("text", "passage", "stands"),
    [
        ("It sold licences⁹ and arms.", "sold licences and arms", "sold licences⁹ and arms"),
        ("It sold licences,⁹ and arms.", "licences, and arms", "licences,⁹ and arms"),
        ("The UN³ said", "The UN said", "The UN³ said"),
        ("A total of 12⸢4⸣ rockets", "of 12 rockets", "of 12⸢4⸣ rockets"),
        ("in 45⸢[5]⸣ units", "45 units", "45⸢[5]⸣ units"),
        ("men⸢*⸣ of “war”", 'men of "war"', "men⸢*⸣ of “war”"),
        ("men¹,² of war", "men of war", "men¹,² of war"),
    ],
)
def test_a_mark_of_a_note_may_be_passed_over(text: str, passage: str, stands: str) -> None:
    found = Searchable(text).find(passage)
    assert [text[slice(*place)] for place in found.places] == [stands]
    assert found.notes_passed_over
    assert notes_in(stands)
    assert without_notes(stands).replace("“", '"').replace("”", '"') == passage


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("licences⁹ and arms", "licences9 and arms"),
        ("licences,⁹ and arms", "licences,9 and arms"),
        ("licences⁹ and arms", "licences\n9\nand arms"),
        ("in 2012.⁴ The", "2012.⁴ The"),
    ],
)
def test_a_mark_of_a_note_is_found_as_viewers_copy_it(text: str, passage: str) -> None:
    found = Searchable(text).find(passage)
    assert (len(found.places), found.notes_passed_over) == (1, False)


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("of 10² km", "10 km"),
        ("of 10² km", "102 km"),
        ("of 12⁴ rockets", "12 rockets"),
        ("of 12⁴ rockets", "124 rockets"),
        ("of 12⸢4⸣ rockets", "124 rockets"),
        ("of 12⸢4⸣5 rockets", "125 rockets"),
        ("of 5 km² here", "5 km here"),
        ("where x² is", "where x is"),
        ("where sin² is", "where sin is"),
        ("of 2⸢α+1⸣ here", "of 2 here"),
        ("of 2⸢k⸣ here", "of 2 here"),
        ("the 18⸢th⸣ office", "18 office"),
        ("the 18⸢th⸣e office", "18the office"),
        ("CO₂ gas", "CO gas"),
        ("sold⁴ rockets", "sold 4 rockets"),
        ("sold 12,⁴ and", "sold 12,4 and"),
        ("T⁵⁵ tanks", "T tanks"),
    ],
)
def test_an_exponent_never_is_and_no_number_is_made_of_a_mark(text: str, passage: str) -> None:
    assert Searchable(text).find(passage).status == "missing"


def test_the_raised_ending_of_an_ordinal_is_typed_on_the_line() -> None:
    found = Searchable("It is the 18⸢th⸣ office.").find("the 18th office")
    assert (found.places, found.notes_passed_over) == (((6, 23),), False)
    assert Searchable("It is the 18⸢th⸣ office.").find("the 18⸢th⸣ office").status == "exact"
    assert not Searchable("It is the 18⸢th⸣ office.").find("the 18").whole


def test_a_number_in_a_name_is_no_mark() -> None:
    assert with_notes("T55 and F7 in 1950 of licences9") == "T55 and F7 in 1950 of licences⁹"


@pytest.mark.parametrize("unit", ["1 ", "1-", "a", "1,000 "])
@pytest.mark.parametrize("passage", ["0", "1"])
def test_whatever_the_text_it_takes_time_in_proportion(unit: str, passage: str) -> None:
    takes_time_in_proportion(lambda size: Searchable(unit * size).find(passage), 2_000)
