"""Drafts that were made to take long, to forge marks, or to be read as something else."""

import time
from pathlib import Path

import pytest

from targetmarkets.checking.check import Checker
from targetmarkets.checking.reading import read
from tests.checking.building import checker

LENGTH = 60_000


@pytest.fixture(scope="module")
def checks(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    return checker(tmp_path_factory.mktemp("kb"))


@pytest.mark.parametrize(
    "text",
    [
        "“" * LENGTH,
        "“a " * (LENGTH // 3),
        "'a " * (LENGTH // 3),
        '"5" ' * (LENGTH // 4),
        "“one two three” " * (LENGTH // 100),
        "[@" * (LENGTH // 2),
        "[" + "@" * LENGTH,
        " " * LENGTH,
        "<!-- claim: " * (LENGTH // 12),
        "> " * 200 + "x",
        "“" + "[a] … " * 500 + "the barge named Heron”",
        "“" + "the barge " * 1_500 + "”",
        "“" + "… " * 2_000 + "”",
        "“It was paid in copper" + " [x]" * 12 + " which the ministry”",
        "\ue000" * 100 + "[^1]: “one two three”",
        "[^1]:" * 500,
    ],
    ids=lambda text: repr(text[:12]),
)
@pytest.mark.parametrize("name", ["d.md", "d.txt"])
def test_time_is_in_proportion(checks: Checker, text: str, name: str) -> None:
    started = time.process_time()
    report = checks.check([read(text.encode(), name)])
    assert time.process_time() - started < 20
    assert not report.ok or report.checked


def test_a_key_may_be_anything(checks: Checker, tmp_path: Path) -> None:
    draft = read("[@../../etc/passwd], [@{a\u202eb}] and [@".encode() + b"x" * 5_000 + b"]", "d.md")
    report = checks.check([draft])
    assert report.citations
    assert not any(citation.known for citation in report.citations)
