"""A large file is read piece by piece: what is read is what a reader of the whole would read, and
whatever is not as it should be is left to that one.
"""

import json
import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targetmarkets.errors import InvalidError
from targetmarkets.kb.json_file import load_bytes, load_text
from targetmarkets.kb.paths import bundled
from targetmarkets.model import integrity, pieces
from targetmarkets.model.objects import KnowledgeFile
from targetmarkets.model.pieces import read_pieces
from targetmarkets.text.json_source import has_repeated_keys, most_keys
from tests.build import claim, content

BUNDLED = bundled().read_bytes()


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of few objects, and no file that is too small for them."""
    monkeypatch.setattr(pieces, "PIECE", 2_000)
    monkeypatch.setattr(integrity, "LARGE", 0)


def read_in_pieces(data: bytes) -> KnowledgeFile | None:
    read = read_pieces(data)
    return read[0] if read else None


def given_of(content: KnowledgeFile) -> dict[str, object]:
    """What was given of a file, and nothing that has its default."""
    return content.model_dump(exclude_unset=True)


def test_what_is_read_in_pieces_is_what_is_read_as_a_whole() -> None:
    read = read_in_pieces(BUNDLED)
    assert read is not None
    whole = KnowledgeFile.model_validate_json(BUNDLED)
    assert read == whole
    assert given_of(read) == given_of(whole)


def test_objects_of_which_the_same_was_given_share_the_names_of_it() -> None:
    read = read_in_pieces(BUNDLED)
    assert read is not None
    names = {id(quote.model_fields_set) for quote in read.quotes}
    assert len(names) < len(read.quotes) / 4
    changed = read.quotes[0].model_copy(update={"part_of_word": True})
    assert "part_of_word" in changed.model_fields_set
    assert given_of(read) == given_of(KnowledgeFile.model_validate_json(BUNDLED))


@pytest.mark.parametrize("indentation", [4, 6, 8, 10, 12, 14])
def test_a_key_that_stands_twice_is_found_however_deep_it_stands(indentation: int) -> None:
    line = re.compile(rb'\n {%d}"[^"]+": ("[^"\n]+"|\d+)(?=[,\n])' % indentation)
    found = [*line.finditer(BUNDLED)]
    for match in random.Random(1).sample(found, min(len(found), 20)):
        end = match.end()
        twice = BUNDLED[:end] + b"," + match[0] + BUNDLED[end:]
        assert KnowledgeFile.model_validate_json(twice)  # the models see nothing
        assert read_in_pieces(twice) is None
        spaced = BUNDLED[:end] + b"," + match[0].replace(b'": ', b'" : ', 1) + BUNDLED[end:]
        assert read_in_pieces(spaced) is None


def test_a_list_that_stands_twice_is_found() -> None:
    at = BUNDLED.index(b'\n  "claims"')
    quotes = BUNDLED[BUNDLED.index(b'\n  "quotes"') : BUNDLED.index(b'\n  "customers"')]
    assert read_in_pieces(BUNDLED[:at] + quotes + BUNDLED[at:]) is None


@pytest.mark.parametrize("statement", ['He said "no": it.', "Il dit : non.", ": so", "a\\b\tc:"])
def test_colons_within_texts_are_no_keys(statement: str) -> None:
    stored = [claim(f"c-{nth}", statement=statement.replace("\t", " ")) for nth in range(50)]
    data = json.dumps(content(claims=stored), indent=2).encode()
    read = read_in_pieces(data)
    assert read == KnowledgeFile.model_validate_json(data)
    assert most_keys(data) > 1


@pytest.mark.parametrize("indent", [None, 0, 1, 4, "\t"])
def test_any_layout_is_read(indent: int | None) -> None:
    data = json.dumps(json.loads(BUNDLED), indent=indent).encode()
    assert load_bytes(data, bundled()).content == KnowledgeFile.model_validate_json(BUNDLED)


def test_what_is_wrong_is_told_as_of_a_small_file() -> None:
    stored = [claim(f"c-{nth}") for nth in range(50)]
    stored[30]["certainty"] = "perhaps"
    stored[40]["evidence"] = []
    data = json.dumps(content(claims=stored), indent=2)
    with pytest.raises(InvalidError) as large:
        load_bytes(data.encode(), bundled())
    with pytest.raises(InvalidError) as small:
        load_text(data, bundled())
    assert large.value.findings == small.value.findings
    assert [f.path for f in small.value.findings] == ["claims[30].certainty", "claims[40].evidence"]


@given(st.data())
def test_no_change_of_a_text_is_read_otherwise_than_as_a_whole(data: st.DataObject) -> None:
    stored = [claim(f"c-{nth}", note='A "note": so.') for nth in range(4)]
    text = json.dumps(content(claims=stored), indent=2).encode()
    at = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(at, min(at + 40, len(text))))
    put = data.draw(
        st.sampled_from([b"", b"\n  ]", b"\n    },\n    {", b'"', b'"id": "x",', b"\\"])
    )
    changed = text[:at] + put + text[end:]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "PIECE", data.draw(st.sampled_from([1, 300])))
        read = read_in_pieces(changed)
    if read is not None:
        assert read == KnowledgeFile.model_validate_json(changed)
        assert not has_repeated_keys(changed)
