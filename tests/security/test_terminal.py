"""No output hands a terminal anything but words, lines, tabs and the styles that `tm` has.

Judged by a terminal emulator, and by a scanner with a list of its own.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from targetmarkets.formats.registry import (
    CITATION_FORMATS,
    DOSSIER_FORMATS,
    LIST_FORMATS,
    REPORT_FORMATS,
)
from targetmarkets.model.types import KINDS
from tests import hostile
from tests.security.reading import controls, told, unsafe
from tests.security.running import tm

IDS = [
    f"{kind}-{number}" for number in range(len(hostile.ATTACKS)) for kind in ("customer", "text")
]
WORKS = [f"quote-{number}" for number in range(len(hostile.ATTACKS))]


PICTURES = (
    ("timeline",),
    ("timeline", *IDS[:4:2], "--full"),
    ("matrix",),
    ("matrix", "--by", "category"),
    ("compare", *IDS[:4:2], "--full"),
)


def commands() -> Iterator[tuple[str, ...]]:
    """Every command that prints what a knowledge base holds, in every format."""
    for format_ in LIST_FORMATS:
        for kind in KINDS:
            yield ("list", kind, "--format", format_)
        yield ("search", "evil", "--format", format_)
        yield ("search", "before", "--format", format_)
        for picture in PICTURES:
            yield (*picture, "--format", format_)
    for format_ in DOSSIER_FORMATS:
        yield ("show", *IDS, "--format", format_)
    for format_ in CITATION_FORMATS:
        yield ("cite", *WORKS, "--format", format_)
    yield ("cite", *WORKS, "--quote", "--format", "pandoc")
    for format_ in REPORT_FORMATS:
        for command in ("verify", "coverage", "stats"):
            yield (command, "--format", format_)


@pytest.mark.parametrize("terminal", [False, True], ids=["pipe", "terminal"])
@pytest.mark.parametrize("arguments", list(commands()), ids=lambda a: f"{a[0]} {a[1]} {a[-1]}")
def test_no_output_controls_a_terminal(
    attacked: Path, arguments: tuple[str, ...], *, terminal: bool
) -> None:
    done = tm(*arguments, "--kb", str(attacked), terminal=terminal)
    assert done.code in {0, 1}, done.stderr
    assert done.stdout
    output = done.stdout if terminal else done.stdout.replace("\r\n", "\n")
    as_data = "csv" in arguments and not terminal  # its texts are as they are, but for controls
    assert (controls(output) if as_data else unsafe(output)) == unsafe(done.stderr) == set()
    assert told(output) == told(done.stderr) == []
