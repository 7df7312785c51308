"""The program `ftm` of FollowTheMoney, in an environment of its own, as it needs a compiler."""

import json
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

HOW: Final = (
    "not tested: there is no ftm. To run it: apt-get install g++ libicu-dev pkg-config; "
    "python3 -m venv FOLDER; FOLDER/bin/pip install --require-hashes -r .ci/ftm.txt; "
    "export TM_TEST_FTM=FOLDER/bin/ftm"
)


def program() -> str:
    """The program; skips the test where there is none, or fails where CI has seen to it."""
    found = os.environ.get("TM_TEST_FTM") or shutil.which("ftm")
    if found is None:
        if os.environ.get("TM_TEST_NEEDS_FTM"):
            pytest.fail(HOW)
        pytest.skip(HOW)
    return found


def ftm(*arguments: str | Path) -> str:
    """What it says on stderr; it fails the test where it fails."""
    run = subprocess.run(
        [program(), *arguments], capture_output=True, encoding="utf-8", check=False
    )
    assert run.returncode == 0, run.stderr
    return run.stderr


@cache
def validated(path: Path) -> Path:
    """Read anew, each value cleaned as its type has it."""
    out = path.with_name("validated.json")
    assert ftm("validate", "-i", path, "-o", out) == ""
    return out


@cache
def aggregated(path: Path) -> Path:
    """Entities of one id joined."""
    out = path.with_name("aggregated.json")
    assert ftm("aggregate", "-i", path, "-o", out) == ""
    return out


@cache
def stated(path: Path) -> Path:
    """Taken apart into statements, in CSV, which are sorted, and put together again."""
    parts, out = path.with_name("statements.csv"), path.with_name("from statements.json")
    assert ftm("statements", path, "-o", parts) == ""
    assert ftm("aggregate-statements", "-i", parts, "-o", out) == ""
    return out


def entities(path: Path) -> dict[str, Any]:
    """The entities of a file by their ids."""
    # Not `splitlines`: a text may hold separators of lines of its own.
    read = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
    assert len(read) == len({each["id"] for each in read})
    return {each["id"]: each for each in read}
