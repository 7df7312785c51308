"""The law itself: what breaks it is seen."""

import pytest

from tests.fuzz.box import Box
from tests.fuzz.law import Outcome, hold, spare


@pytest.mark.parametrize(
    ("code", "stdout", "stderr", "terminal"),
    [
        (4, "", "tm: x\n    y\n", False),
        (-11, "", "", False),
        (2, "", "", False),
        (1, "", "", False),
        (2, "", "tm: no remedy\n", False),
        (2, "", "tm: \n    y\n", False),
        (2, "id\n", "tm: x\n    y\n", False),
        (3, "", "Traceback (most recent call last):\n  x\n", False),
        (3, "", "tm: unexpected ValueError: x\n    this is a fault of tm: …\n", False),
        *((0, f"a{sign}b", "", True) for sign in "\x00\x07\x1b\x7f\x85\x9b\u202e\u2066\udcff"),
        *((2, "", f"tm: a{sign}b\n    y\n", False) for sign in "\x1b\r\x9b\u202e"),
        (0, "\x1b[31mred\x1b[0m", "", False),
        (0, "\x1b]0;title\x07", "", True),
    ],
)
def test_what_breaks_the_law_is_seen(code: int, stdout: str, stderr: str, terminal: bool) -> None:
    with pytest.raises(AssertionError):
        hold(Outcome(("list",), code, stdout, stderr, terminal))


def test_what_holds_it_passes() -> None:
    hold(Outcome(("list",), 0, "\x1b[31mred\x1b[0m\ta\n", "", terminal=True))
    hold(Outcome(("list",), 2, "", "tm: x\n    y\n", terminal=False))


@pytest.mark.parametrize(
    ("words", "code", "name"),
    [
        (("fmt",), 2, "kb/customers.json"),
        (("fmt",), 0, "old.txt"),
        (("fmt", "--dry-run"), 0, "kb/customers.json"),
        (("add", "group", "x"), 0, "kb/sources/article.txt"),
        (("list", "-o", "x"), 0, "kb/customers.json"),
        (("list", "-o", "x"), 0, "kb/sources/article.txt"),
        (("list", "-o", "x"), 2, "x"),
        (("--install-completion",), 0, "x"),
    ],
)
def test_a_file_that_may_not_change_is_seen(
    box: Box, words: tuple[str, ...], code: int, name: str
) -> None:
    (box.folder / name).write_text("changed")
    with pytest.raises(AssertionError, match="changed"):
        spare(Outcome(words, code, "", "", terminal=False), box, box.first)
