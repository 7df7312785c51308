"""The box that cases are run in, and what is said of them at the end."""

from collections.abc import Iterator

import pytest

from targetmarkets.kb.paths import bundled
from tests.fuzz.box import Box
from tests.fuzz.budget import FACTOR, SEED
from tests.fuzz.running import COUNTED


@pytest.fixture(scope="session")
def session_box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    bundle = bundled().read_bytes()
    yield Box(tmp_path_factory.mktemp("fuzz") / "above" / "box")
    assert bundled().read_bytes() == bundle


@pytest.fixture
def box(session_box: Box) -> Box:
    session_box.restore()
    return session_box


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if COUNTED:
        counted = ", ".join(f"{number:,} {kind}" for kind, number in sorted(COUNTED.items()))
        how = f"random: TM_TEST_SEED={SEED} repeats them" if FACTOR else "the same in every run"
        terminalreporter.write_line(f"fuzz: {counted} ({how})")
