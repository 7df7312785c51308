"""From an exception to a message and an exit code."""

import os
import select
import signal
import subprocess

import pytest
import typer

from targetmarkets.cli.errors import exit_code
from targetmarkets.errors import (
    AmbiguousNameError,
    DataError,
    InvalidError,
    OutputError,
    TargetMarketsError,
    UnknownNameError,
    UnreadableError,
    UsageError,
)
from tests.running import TM, started


@pytest.mark.parametrize(
    ("error", "code"),
    [
        *((kind("x", "do y"), 2) for kind in (UnknownNameError, AmbiguousNameError, UsageError)),
        *((kind("x", "do y"), 3) for kind in (DataError, UnreadableError, InvalidError)),
        (OutputError("x", "do y"), 3),
    ],
)
def test_each_error_has_its_code_and_says_what_to_do(
    error: TargetMarketsError, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code(error) == code
    assert capsys.readouterr().err == "tm: x\n    do y\n"


def test_leaving_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(typer.Exit(1)) == 1
    assert exit_code(SystemExit(0)) == 0
    assert exit_code(SystemExit(1)) == 0
    assert capsys.readouterr().err == ""


def test_memory_that_is_used_up_is_no_fault_of_the_program(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert exit_code(MemoryError()) == 3
    message = capsys.readouterr().err
    assert "not enough memory" in message
    assert "fault of tm" not in message


def test_an_interrupt_is_130(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(KeyboardInterrupt()) == 130
    assert exit_code(typer.Abort()) == 130
    assert "interrupted" in capsys.readouterr().err


def test_a_fault_of_the_program_is_one_line_or_a_traceback_on_request(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert exit_code(ZeroDivisionError("oh\x1b[31m")) == 3
    message = capsys.readouterr().err
    assert message.startswith("tm: unexpected ZeroDivisionError: oh\\x1b[31m\n")
    assert "report" in message
    monkeypatch.setenv("TM_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        exit_code(ZeroDivisionError())


@pytest.mark.usefixtures("interruptible")
def test_a_run_that_is_interrupted_ends_with_130(tmp_path: os.PathLike[str]) -> None:
    """The interrupt comes while `tm` writes into a pipe that nobody reads."""
    reader, writer = os.pipe()
    with started(
        [TM, "show", *["syria"] * 20, "--json"],
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
    ) as process:
        os.close(writer)
        select.select([reader], [], [])
        process.send_signal(signal.SIGINT)
        _, message = process.communicate()
    os.close(reader)
    assert process.returncode == 130
    assert "Traceback" not in message
