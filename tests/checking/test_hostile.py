"""Drafts that were made to take long, to forge marks, or to be read as something else."""

from collections.abc import Callable
from pathlib import Path

import pytest

from targetmarkets.checking.check import Checker
from targetmarkets.checking.reading import read
from tests.checking.building import checker
from tests.timing import takes_time_in_proportion

LENGTH = 60_000


@pytest.fixture(scope="module")
def checks(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    return checker(tmp_path_factory.mktemp("kb"))


@pytest.mark.parametrize(
    "draft",
    [
        lambda size: "“" * size,
        lambda size: "“a " * (size // 3),
        lambda size: "'a " * (size // 3),
        lambda size: '"5" ' * (size // 4),
        lambda size: "“one two three” " * (size // 100),
        lambda size: "[@" * (size // 2),
        lambda size: "[" + "@" * size,
        lambda size: " " * size,
        lambda size: "<!-- claim: " * (size // 12),
        lambda size: "> " * (size // 300) + "x",
        lambda size: "“" + "[a] … " * (size // 120) + "the barge named Heron”",
        lambda size: "“" + "the barge " * (size // 40) + "”",
        lambda size: "“" + "… " * (size // 30) + "”",
        lambda size: "“It was paid in copper" + " [x]" * (size // 5_000) + " which the ministry”",
        lambda size: "\ue000" * (size // 600) + "[^1]: “one two three”",
        lambda size: "[^1]:" * (size // 120),
    ],
    ids=lambda draft: repr(draft(LENGTH)[:12]),
)
@pytest.mark.parametrize("name", ["d.md", "d.txt"])
def test_time_is_in_proportion(checks: Checker, draft: Callable[[int], str], name: str) -> None:
    def check(size: int) -> None:
        report = checks.check([read(draft(size).encode(), name)])
        assert not report.ok or report.checked

    takes_time_in_proportion(check, LENGTH // 8)


def test_a_key_may_be_anything(checks: Checker, tmp_path: Path) -> None:
    draft = read("[@../../etc/passwd], [@{a\u202eb}] and [@".encode() + b"x" * 5_000 + b"]", "d.md")
    report = checks.check([draft])
    assert report.citations
    assert not any(citation.known for citation in report.citations)
