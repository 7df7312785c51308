"""What a person types is kept, whatever becomes of the disk."""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

from targetmarkets.errors import OutputError
from targetmarkets.writing import typed


@pytest.fixture
def text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> typed.Typed:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return typed.begin_typing(tmp_path / "customers.json", "syria", "as it was")


def test_a_text_that_cannot_be_put_down_leaves_the_one_before(
    text: typed.Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> NoReturn:
        raise OSError(28, "No space left on device")

    text.path.write_text("as it was typed")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="cannot be written: No space left"):
        text.write("without its remarks")
    assert text.path.read_text() == "as it was typed"
    assert typed.kept(tmp_path / "customers.json", "syria") == [text]


def test_a_text_that_cannot_be_removed_is_no_error(
    text: typed.Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(shutil, "rmtree", refuse)
    text.drop()
    assert text.path.exists()
