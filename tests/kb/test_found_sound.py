"""Bytes that were found sound are not asked again what they were asked, and no others are."""

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from targetmarkets.errors import InvalidError
from targetmarkets.evidence.verification import verify
from targetmarkets.kb import disposable, found_sound
from targetmarkets.kb.found_sound import MAX_NOTES, Note
from targetmarkets.kb.json_file import load, load_bytes
from targetmarkets.kb.paths import bundled
from targetmarkets.writing.transaction import begin


@pytest.fixture(autouse=True)
def _every_file_is_large(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("targetmarkets.kb.json_file.LARGE", 0)
    monkeypatch.setattr("targetmarkets.model.integrity.LARGE", 0)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("TM_INDEX", raising=False)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A sound file."""
    file = tmp_path / "kb" / "customers.json"
    file.parent.mkdir()
    file.write_bytes(bundled().read_bytes())
    return file


def unsound(data: bytes, field: str, value: Any) -> bytes:
    """The same file with another value in its first claim."""
    content = json.loads(data)
    content["claims"][0][field] = value
    return json.dumps(content, indent=2, ensure_ascii=False).encode() + b"\n"


def test_what_was_found_sound_is_known_again_and_the_same(file: Path) -> None:
    data = file.read_bytes()
    assert not Note(file, data).is_kept()
    first = load(file)
    assert Note(file, data).is_kept()
    assert load(file).content == first.content


def test_of_known_bytes_ids_are_not_asked_again(file: Path) -> None:
    """The note alone decides: of bytes that are noted, though wrongly, only the shape is read."""
    data = unsound(file.read_bytes(), "about", ["nobody"])
    with pytest.raises(InvalidError):
        load_bytes(data, file)
    assert not Note(file, data).is_kept()
    Note(file, data).keep()
    assert load_bytes(data, file).content.claims[0].about == ("nobody",)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"about": [\n        "', b'"about": [\n        "un'),
        (b'"kind": "activity",', b'"kind": "activity",\n      "kind": "activity",'),
        (b'"id": "', b'"formerly": [\n        "syria"\n      ],\n      "id": "'),
    ],
)
def test_a_change_of_a_byte_is_asked_everything(file: Path, old: bytes, new: bytes) -> None:
    load(file)
    head, claims, rest = file.read_bytes().partition(b'  "claims": [\n')
    assert old in rest
    file.write_bytes(head + claims + rest.replace(old, new, 1))
    with pytest.raises(InvalidError):
        load(file)


def test_the_shape_is_asked_of_what_is_known_too(file: Path) -> None:
    data = unsound(file.read_bytes(), "certainty", "certain")
    Note(file, data).keep()
    with pytest.raises(InvalidError, match="not a knowledge base"):
        load_bytes(data, file)


def test_what_is_verified_is_asked_everything(file: Path) -> None:
    file.write_bytes(unsound(file.read_bytes(), "about", ["nobody"]))
    Note(file, file.read_bytes()).keep()
    assert not verify(file).ok


def test_what_was_written_is_known(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with begin(file) as transaction:
        claim = next(iter(transaction.kb.claims.values()))
        transaction.replace(claim.model_copy(update={"note": "A note."}))
        transaction.commit()
    data = file.read_bytes()
    assert Note(file, data).is_kept()
    monkeypatch.setenv("TM_INDEX", "off")
    assert load_bytes(data, file).content.claims[0].note == "A note."  # and is sound


def test_a_note_is_of_one_file_and_of_one_version(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(file)
    data = file.read_bytes()
    assert not Note(tmp_path / "other.json", data).is_kept()
    for name, value in (("made_by", lambda: "another"), ("KIND", "sound-0")):
        with monkeypatch.context() as other:
            other.setattr(disposable if name == "made_by" else found_sound, name, value)
            assert not Note(file, data).is_kept()
    assert Note(file, data).is_kept()


@pytest.mark.parametrize("way", ["off", "nowhere"])
def test_where_nothing_can_be_noted_all_is_asked(
    file: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if way == "off":
        monkeypatch.setenv("TM_INDEX", "off")
    else:
        monkeypatch.setenv("XDG_CACHE_HOME", os.devnull)
    load(file)
    load(file)
    assert not Note(file, file.read_bytes()).is_kept()


@pytest.mark.parametrize("held", [b"", b"\xff\xfe", b"sound"])
def test_what_is_no_note_is_not_believed(file: Path, held: bytes) -> None:
    load(file)
    place = disposable.folder()
    assert place is not None
    (note,) = place.glob(f"{found_sound.KIND}-*")
    note.write_bytes(held)
    assert not Note(file, file.read_bytes()).is_kept()
    load(file)
    assert Note(file, file.read_bytes()).is_kept()


def test_the_oldest_of_too_many_notes_go(tmp_path: Path) -> None:
    place = disposable.folder()
    assert place is not None
    files = [tmp_path / f"{number}.json" for number in range(MAX_NOTES + 2)]
    for age, file in enumerate(reversed(files)):
        Note(file, b"{}").keep()
        os.utime(place / disposable.name_for(found_sound.KIND, file), (age, age))
    Note(files[0], b"{ }").keep()
    assert len([*place.glob(f"{found_sound.KIND}-*")]) == MAX_NOTES
    assert Note(files[1], b"{}").is_kept()
    assert not Note(files[-1], b"{}").is_kept()


def test_what_is_not_sound_is_not_noted_where_it_was_written(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("targetmarkets.writing.transaction.prove_change", lambda *_: [])
    with begin(file) as transaction:
        claim = next(iter(transaction.kb.claims.values()))
        transaction.replace(claim.model_copy(update={"about": ("nobody",)}))
        transaction.commit()
    assert not Note(file, file.read_bytes()).is_kept()


def test_of_a_passing_file_nothing_is_noted(file: Path) -> None:
    data = file.read_bytes()
    load_bytes(data, file, passing=True)
    assert not Note(file, data).is_kept()


def test_nobody_else_may_write_a_note(file: Path) -> None:
    load(file)
    place = disposable.folder()
    assert place is not None
    (note,) = place.glob(f"{found_sound.KIND}-*")
    assert not note.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    assert [*place.iterdir()] == [note]
