"""A pager for what is longer than the terminal."""

import os
import shlex
import shutil
import signal
import subprocess

from targetmarkets.cli.output import emit

USUAL = "less -R"


def page(text: str) -> None:
    """Show a text through `PAGER`, or `less -R`; at once where it fits, or there is no pager.

    `PAGER` may be empty, or `cat`, for none. Raises `OutputError` if stdout cannot be written.
    """
    try:
        command = shlex.split(os.environ.get("PAGER", USUAL))
    except ValueError:  # no words of a shell
        command = []
    fits = text.count("\n") < shutil.get_terminal_size().lines
    if fits or not command or command == ["cat"] or shutil.which(command[0]) is None:
        emit(text)
        return
    before = signal.signal(signal.SIGINT, _leave_to_pager)
    try:
        # Without -R, `less` would show colours as escape codes; what it is told otherwise stays.
        environment = {"LESS": "-R", **os.environ}
        subprocess.run(command, input=text.encode(), env=environment, check=False)  # noqa: S603 - the user's own pager, without a shell
    finally:
        signal.signal(signal.SIGINT, before)


def _leave_to_pager(_: int, __: object) -> None:
    """Ctrl-C is the pager's while it runs; to ignore it would have the pager ignore it, too."""
