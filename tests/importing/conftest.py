"""Readers of documents that run here: what they read is tested, and not that it is confined."""

import json
from typing import Any

import pytest

from targetmarkets.importing import extract, extract_child, witness


@pytest.fixture
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask the readers without a process for each, by the same JSON."""

    def asked(data: bytes, _name: str, media_type: str, *_: object, **__: object) -> Any:
        told = extract_child.told(extract_child.reader(media_type), data)
        return json.loads(json.dumps(told))

    monkeypatch.setattr(extract, "asked", asked)
    monkeypatch.setattr(witness, "asked", asked)
