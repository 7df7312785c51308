"""Every option and argument of every command is given anything."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz import hostile
from tests.fuzz.box import Box
from tests.fuzz.budget import cases
from tests.fuzz.commands import SOUND, Parameter, Path, command_paths, lines, parameters
from tests.fuzz.running import reached, run

SHELLS = ("bash", "zsh", "fish", "pwsh", "sh", None)

CASES: dict[Path, int] = {("cite",): 4, ("schema",): 2, ("init",): 4, ("add", "claim"): 24}
"""The number of cases of commands that take long, and of one that has many options besides."""


def test_every_option_of_the_help_is_a_parameter(box: Box) -> None:
    for path in command_paths():
        shown = (
            run(box, *path, "--help").stdout.partition("\nOptions:")[2].partition("Examples:")[0]
        )
        known = {flag for item in parameters() if item.command == path for flag in item.flags}
        assert set(re.findall(r"^  (?:-\w, )?(--[a-z-]+)", shown, re.MULTILINE)) <= {
            *known,
            "--help",
        }


@pytest.mark.parametrize("path", command_paths(), ids=" ".join)
def test_every_command_has_a_line_that_works(box: Box, path: tuple[str, ...]) -> None:
    done = run(box, *path, *SOUND[path].words())
    assert done.code == (1 if path == ("coverage",) else 0), done


@pytest.mark.parametrize("target", parameters(), ids=str)
def test_no_value_of_a_parameter_breaks_it(box: Box, target: Parameter) -> None:
    """Any value of one parameter, beside any of others. The parser must have taken some."""
    seen = set()

    @cases(CASES.get(target.command, 12))
    @given(lines(target), st.booleans(), hostile.binaries, st.sampled_from(SHELLS))
    def holds(words: list[str], terminal: bool, stdin: bytes, shell: str | None) -> None:
        box.restore()
        with reached() as names:
            run(box, *words, terminal=terminal, stdin=stdin, shell=shell)
        seen.update(names)

    holds()
    assert target.name in seen
