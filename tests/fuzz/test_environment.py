"""Every environment: variables that hold anything, streams that are closed or full, a terminal."""

import os
import pty
import re
import subprocess
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import Final, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz import hostile
from tests.fuzz.box import Box
from tests.fuzz.budget import COUNTED, cases
from tests.fuzz.law import Outcome, hold, spare
from tests.fuzz.running import PATIENCE, environment, run
from tests.running import TM, started

NUMBERS = (
    "0",
    "1",
    "-1",
    "2",
    "10",
    "80",
    "100000",
    "9" * 30,
    "9" * 5_000,
    "",
    " ",
    "x",
    "1.5",
    "²",
)

VARIABLES: Final[Mapping[str, tuple[str | None, ...]]] = {
    "COLUMNS": NUMBERS,
    "LINES": NUMBERS,
    "TERMINAL_WIDTH": NUMBERS,
    "TERM": ("", "dumb", "unknown", "xterm-256color", "\x1b[31m", "x" * 5_000),
    "COLORTERM": ("", "truecolor", "x"),
    "NO_COLOR": ("", "0", "1", "x"),
    "FORCE_COLOR": ("", "0", "1", "x"),
    "CLICOLOR_FORCE": ("1", "x"),
    "PY_COLORS": ("1", "x"),
    "GITHUB_ACTIONS": ("true", "x"),
    "TTY_COMPATIBLE": ("0", "1"),
    "TTY_INTERACTIVE": ("0", "1"),
    "TM_KB": ("", " ", "kb", "kb/customers.json", "nothing", "loop", "folder", "fifo", "/dev/zero",
              "report.txt", "\x1b[31m.txt", "\udcff", "x" * 5_000, "a\nb"),
    "HOME": (None, "", "nothing", "/dev/null", "\udcff"),
    "XDG_CONFIG_HOME": ("", "nothing", "/dev/null", "\udcff"),
    "XDG_CACHE_HOME": ("", "nothing", "/dev/null", "\udcff"),
    "XDG_DATA_HOME": ("", "nothing", "/dev/null"),
    "TMPDIR": ("", "nothing", "/dev/null"),
    "EDITOR": ("", "nothing", "'open", "false", "true", "folder", "\x1b[31m", "sh -c 'echo { > $0'",
               "sh -c 'rm $0'", "sh -c 'printf \\\\377 > $0'", "sh -c 'rm $0; mkdir $0'", "-x",
               " "),
    "VISUAL": (None, "", "nothing", "false", "true", '"', "sh -c 'kill -9 $$'"),
    "LANG": ("", "C", "POSIX", "en_US.UTF-8", "nowhere.ISO-8859-1", "\x1b[31m", "C.UTF-8"),
    "LC_ALL": ("", "C", "POSIX", "nowhere.ISO-8859-1", "tr_TR.UTF-8"),
    "LANGUAGE": ("de", "x"),
    "PYTHONIOENCODING": ("ascii", "latin-1", "utf-16", "utf-8:strict", ":replace"),
    "PYTHONUTF8": ("0", "1"),
    "PYTHONCOERCECLOCALE": ("0",),
    "PYTHONUNBUFFERED": ("1",),
    "TZ": ("", "x", "UTC"),
    "SHELL": ("", "nothing"),
    "_TYPER_STANDARD_TRACEBACK": ("1",),
    "_TYPER_COMPLETE_ARGS": ("", "tm list --c", "tm 'open", "\x1b[31m"),
    "COMP_WORDS": ("", "tm show ", "tm 'open", "tm list --category \x1b", "\udcff"),
    "COMP_CWORD": ("", "0", "1", "99", "-1", "x", "9" * 5_000),
}  # fmt: skip
"""What variables may hold; None is one that is not set."""

COMPLETION: Final = (
    "complete_bash", "complete_zsh", "complete_fish", "complete_powershell", "complete_pwsh",
    "source_bash", "source_x", "complete_x", "x", "", "complete", "_", "\x1b[31m",
)  # fmt: skip

LINES: Final = (
    ("list",), ("list", "--format", "table"), ("list", "claims", "--json"), ("show", "iran"),
    ("show", "article", "q-odd"), ("verify",), ("coverage",), ("stats",), ("search", "masks"),
    ("edit", "iran"),
    ("add", "group", "x", "--dry-run"), ("fmt", "--dry-run"), ("--help",), ("list", "--help"),
    ("nothing",),
    ("show", "nobody \x1b[31m"), ("--version",), (), ("cite", "syria", "--format", "pandoc"),
    ("help",),
    ("diff", "old.json", "kb"),
)  # fmt: skip

environments: Final = st.lists(
    st.sampled_from(sorted(VARIABLES)).flatmap(
        lambda name: st.tuples(st.just(name), st.sampled_from(VARIABLES[name]))
    ),
    max_size=5,
).map(dict)


@cases(250)
@given(environments, st.sampled_from(LINES), st.booleans())
def test_no_variable_breaks_a_command(
    box: Box, env: dict[str, str | None], words: tuple[str, ...], terminal: bool
) -> None:
    box.restore()
    run(box, *words, env=env, terminal=terminal)


class Streams(NamedTuple):
    """What the three streams of a process are, as a shell writes it."""

    redirection: str
    terminal: bool = False


STREAMS: Final = (
    *(Streams(text) for text in (
        "", "<&-", "2>&-", "<&- 2>&-", "</dev/null", "2>/dev/full", "2>/dev/null",
        ">/dev/null", ">/dev/full", ">&-", ">&- 2>&-", "<&- >&- 2>&-", ">/dev/full 2>/dev/full",
        ">folder/out", "| head -c 10", "| true",
    )),
    Streams("", terminal=True), Streams("", terminal=True), Streams("<&-", terminal=True),
)  # fmt: skip

CLOSED: Final = (">&-", "/dev/full", "2>&-", "2>/dev/null", "|", ">/dev/null", ">folder/out")
"""Where a part of what is said is not to be seen."""


@cases(25)
@given(environments, st.sampled_from(LINES), st.sampled_from(STREAMS), st.booleans())
def test_no_environment_breaks_a_process(
    box: Box, env: dict[str, str | None], words: tuple[str, ...], streams: Streams, gone: bool
) -> None:
    """The same with real processes: locales, closed and full streams, a folder that is gone."""
    box.restore()
    # Where the folder is gone, the shell cannot write into it either.
    gone = gone and "TM_KB" not in env and "folder" not in streams.redirection
    process(box, words, env, streams, gone=gone)


def process(
    box: Box,
    words: tuple[str, ...],
    env: Mapping[str, str | None],
    streams: Streams,
    *,
    gone: bool = False,
) -> Outcome:
    """Run a line as a process of its own, through a shell that sets its streams up."""
    before = box.snapshot()
    reader, writer = os.pipe()
    away = 'mkdir away && cd away && rmdir "$PWD" && ' if gone else ""
    script = f'{away}{{ "$@"; echo $? >&{writer}; }} {streams.redirection}'
    command = ["bash", "-c", script, "bash", TM, *words]
    plain = environment(box, {**env, "TM_KB": str(box.kb)} if gone else env)
    leader, follower = pty.openpty() if streams.terminal else (None, None)
    out = subprocess.PIPE if follower is None else follower
    with started(
        command, cwd=box.folder, env=plain, stdin=subprocess.DEVNULL, stdout=out,
        stderr=subprocess.PIPE,
        pass_fds=(writer,),
    ) as child:  # fmt: skip
        os.close(writer)
        watch = threading.Timer(PATIENCE, child.kill)
        watch.start()
        if leader is not None and follower is not None:
            os.close(follower)
            stdout = _read(leader)
            stderr = child.stderr.read() if child.stderr else b""
        else:
            stdout, stderr = child.communicate()
        child.wait()
        watch.cancel()
    # The shell has its own say on a locale that is not there.
    stderr = re.sub(rb"(?m)^bash: warning: setlocale: .*\n", b"", stderr)
    code = _read(reader)
    texts = [
        data.decode("utf-8", "surrogateescape") for data in (stdout.replace(b"\r\n", b"\n"), stderr)
    ]
    assert code, f"{words} {env} {streams} hung"
    COUNTED.update(("as processes", f"with exit {int(code)}"))
    outcome = Outcome(words, int(code), texts[0], texts[1], streams.terminal)
    if not any(part in streams.redirection for part in CLOSED):
        hold(outcome)
    assert outcome.code in {0, 1, 2, 3}, (outcome, env, streams)
    assert "Traceback" not in outcome.stderr, (outcome, env, streams)
    assert "fault of tm" not in outcome.stderr, (outcome, env, streams)
    (box.folder / "folder" / "out").unlink(missing_ok=True)
    spare(outcome, box, before)
    return outcome


def _read(descriptor: int) -> bytes:
    data = b""
    with suppress(OSError):  # a terminal that nobody writes to any more
        while part := os.read(descriptor, 65_536):
            data += part
    os.close(descriptor)
    return data


@cases(120)
@given(
    environments,
    st.sampled_from(COMPLETION),
    hostile.arguments,
    st.sampled_from(("1", "2", "9", "x")),
)
def test_no_environment_breaks_completion(
    box: Box, env: dict[str, str | None], instruction: str, typed: str, word: str
) -> None:
    """A completion says nothing to a shell that it does not know, and ends well or in words."""
    box.restore()
    asked = {
        "_TM_COMPLETE": instruction,
        "COMP_WORDS": f"tm list --category {typed}",
        "COMP_CWORD": word,
        "_TYPER_COMPLETE_ARGS": f"tm show {typed}",
        **env,
    }
    run(box, env=asked)
