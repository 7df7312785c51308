"""The box that cases are run in."""

from collections.abc import Iterator

import pytest

from targetmarkets.kb.paths import bundled
from tests.fuzz.box import Box
from tests.fuzz.budget import FACTOR


@pytest.fixture(scope="session")
def session_box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    bundle = bundled().read_bytes()
    yield Box(tmp_path_factory.mktemp("fuzz") / "above" / "box")
    assert bundled().read_bytes() == bundle


@pytest.fixture
def box(session_box: Box) -> Box:
    session_box.restore()
    return session_box


def pytest_itemcollected(item: pytest.Item) -> None:
    item.add_marker(pytest.mark.long)
    if FACTOR:
        item.add_marker(pytest.mark.timeout(0))  # each case has a limit; there may be many
