"""The site of the bundled knowledge base, that of the attacker's, and a browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from targetmarkets.kb.json_file import FileKnowledge, load
from targetmarkets.site import build, folder
from tests import hostile
from tests.site.browser import launched


@pytest.fixture(scope="session")
def site(kb: FileKnowledge, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("site") / "a sub path" / "pages"
    folder.write(target, build.pages(kb), build.made_from(kb))
    return target


@pytest.fixture(scope="session")
def attacked_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _built(tmp_path_factory.mktemp("attacked-site"), hostile.unchanged)


@pytest.fixture(scope="session")
def peaceful_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _built(tmp_path_factory.mktemp("peaceful-site"), hostile.harmless)


def _built(place: Path, make: Any) -> Path:
    kb = load(hostile.build(place / "kb", make))
    folder.write(place / "pages", build.pages(kb), "")
    return place / "pages"


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    with launched() as browser:
        yield browser
