"""Knowledge bases to export, and what they become."""

from pathlib import Path

import pytest

from targetmarkets.kb.filters import Filters
from targetmarkets.kb.json_file import FileKnowledge, load
from targetmarkets.kb.paths import bundled
from tests.exports import rich


@pytest.fixture(params=["bundled", "rich"])
def whole(request: pytest.FixtureRequest, tmp_path: Path) -> FileKnowledge:
    """The bundled knowledge base, and one in which every field holds something."""
    return load(bundled() if request.param == "bundled" else rich.build(tmp_path / "rich"))


@pytest.fixture
def everything() -> Filters:
    """No filter."""
    return Filters()
