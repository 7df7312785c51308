"""The attacker's knowledge base, and the same with harmless words."""

from pathlib import Path

import pytest

from tests import hostile


@pytest.fixture(scope="session")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile.build(tmp_path_factory.mktemp("attacked") / "kb").parent


@pytest.fixture(scope="session")
def peaceful(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile.build(tmp_path_factory.mktemp("peaceful") / "kb", hostile.harmless).parent
