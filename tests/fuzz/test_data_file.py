"""A file of a knowledge base that may hold anything, under every command."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targetmarkets.exports.registry import TARGETS, Target
from targetmarkets.records.fields import OBJECTS as KINDS
from tests.fuzz.box import Box, canonical
from tests.fuzz.budget import cases
from tests.fuzz.commands import SOUND, Path, formats
from tests.fuzz.mutation import WHOLES, mutated
from tests.fuzz.running import run

OBJECTS = list(KINDS)

FILES = mutated(canonical())

READING = [path for path in SOUND if path not in {(), ("init",), ("schema",), ("help",)}]
"""Commands that read a knowledge base, those that change it among them."""

SLOW: dict[Path, int] = {("cite",): 30, ("search",): 50}


@pytest.mark.parametrize("path", READING, ids=" ".join)
def test_no_file_breaks_a_command(box: Box, path: Path) -> None:
    given_formats = st.sampled_from(formats(path))

    @cases(SLOW.get(path, 80))
    @given(FILES, given_formats, st.booleans(), st.booleans(), st.sampled_from(OBJECTS))
    def holds(data: bytes, format_: tuple[str, ...], terminal: bool, dry: bool, what: str) -> None:
        box.restore()
        box.file.write_bytes(data)
        words = [*path, *([what] if path == ("list",) else SOUND[path].words()), *format_]
        done = run(box, *words, *dry_run(path, dry), terminal=terminal)
        if box.file.read_bytes() != data:
            assert run(box, "verify").code == 0, done

    holds()


@pytest.mark.parametrize("target", TARGETS.values(), ids=lambda target: target.name)
def test_no_file_breaks_an_export(box: Box, target: Target) -> None:
    @cases(30)
    @given(FILES)
    def holds(data: bytes) -> None:
        box.restore()
        box.file.write_bytes(data)
        run(box, "export", target.name, "--output", f"new{target.ending}")

    holds()


@pytest.mark.parametrize("words", [("list",), ("verify",), ("fmt",), ("add", "group", "x")])
def test_no_file_that_is_none_breaks_a_command(box: Box, words: tuple[str, ...]) -> None:
    """Those that are few, and of which none may be left to chance."""
    for data in WHOLES:
        box.file.write_bytes(data)
        run(box, *words)


@pytest.mark.parametrize("what", OBJECTS)
def test_no_object_writes_a_control_to_a_terminal(box: Box, what: str) -> None:
    for format_ in formats(("list",)):
        assert run(box, "list", what, *format_, terminal=True).code == 0


def dry_run(path: Path, wanted: bool) -> tuple[str, ...]:
    writes = path[0] in {"add", "edit", "retract", "fmt", "anchor"}
    return ("--dry-run",) if wanted and writes else ()
