"""What several tests of knowledge bases begin with."""

from json import dumps
from pathlib import Path

import pytest

from targetmarkets.kb.address import Address
from targetmarkets.writing.copying import copy
from tests import postgres
from tests.build import claim, content, customer, source


@pytest.fixture
def small(tmp_path: Path) -> Address:
    """A knowledge base on a server, with a customer and a claim."""
    path = tmp_path / "customers.json"
    made = content(sources=[source()], customers=[customer("a")], claims=[claim("said", "a")])
    path.write_text(dumps(made), "utf-8")
    return copy(path, postgres.server().new())
