"""A process that has imported all of `tm`, and runs it in a copy of itself, again and again.

To start an interpreter and to import what a run needs takes a second, under strace more; to fork
one that has takes hundredths. The copy is what a new process would be: its streams, its folder and
its environment are given anew, and nothing was run in it before.

What is asked and what is answered are lines of JSON. Under strace a run stops before it begins, and
goes on when it is traced, so that the first call that is counted is one of its own.
"""

import ctypes
import gc
import importlib
import json
import os
import pkgutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Final, NoReturn

HANGS: Final = 600
"""Seconds after which a run is ended, which takes hundredths."""

LARGE: Final = "TM_TEST_LARGE"
"""The environment variable by which every file counts as large in a run."""

_SET_TRACER: Final = 0x59616D61
_ANYBODY: Final = 2 ** (8 * ctypes.sizeof(ctypes.c_ulong)) - 1
"""Lets a process be traced by another than one that started it, where Yama restricts that."""


def serve(asked: IO[str], answered: IO[str]) -> None:
    """Answer until nothing more is asked."""
    import targetmarkets

    for module in pkgutil.walk_packages(targetmarkets.__path__, "targetmarkets."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for line in asked:
        wanted = json.loads(line)
        gc.collect()
        gc.freeze()  # or a copy would touch, and so copy, all of it
        pid = os.fork()
        if not pid:
            asked.close()
            os.close(answered.fileno())
            _run(**wanted)
        code = _follow(pid, wanted["strace"])
        _import_like(wanted["learn"])
        answered.write(f"{code}\n")
        answered.flush()


def _follow(pid: int, strace: list[str]) -> int | str:
    """Let a run go on, under strace if told, and return its exit code; of a signal, below 0; or why
    it cannot be traced.
    """
    os.waitpid(pid, os.WUNTRACED)
    tracer = None
    if strace:
        tracer = subprocess.Popen([*strace, "-p", str(pid)], stderr=subprocess.PIPE)
        assert tracer.stderr
        said = tracer.stderr.readline()
        if b"attached" not in said:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            tracer.communicate()
            return said.decode("utf-8", "replace").strip() or "strace has ended"
    os.kill(pid, signal.SIGCONT)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if tracer:
        tracer.communicate()
    with suppress(ProcessLookupError):  # such as an editor that it could not wait for
        os.killpg(pid, signal.SIGKILL)
    return code


def _run(
    words: list[str], cwd: str, env: dict[str, str], streams: list[str], learn: str | None, **_: Any
) -> NoReturn:
    """Become a run of `tm`."""
    os.setpgid(0, 0)
    modes = (os.O_RDONLY, *[os.O_WRONLY | os.O_CREAT | os.O_TRUNC] * 2)
    for number, (path, mode) in enumerate(zip(streams, modes, strict=True)):
        opened = os.open(path, mode, 0o666)
        os.dup2(opened, number)
        os.close(opened)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    sys.argv = ["tm", *words]
    if LARGE in env:
        _let_every_file_be_large()
    if learn:
        _tell_what_was_imported(learn)
    signal.alarm(HANGS)
    ctypes.CDLL(None).prctl(_SET_TRACER, ctypes.c_ulong(_ANYBODY), 0, 0, 0)
    os.kill(os.getpid(), signal.SIGSTOP)
    from targetmarkets.cli.entry import main

    main()


def _let_every_file_be_large() -> None:
    from targetmarkets.kb import json_file
    from targetmarkets.model import integrity
    from targetmarkets.writing import piecewise

    for module in (integrity, json_file, piecewise):
        vars(module)["LARGE"] = 0


def _tell_what_was_imported(path: str) -> None:
    """Let the end of a run write down which modules it had, beside what all runs have."""
    leave, before = os._exit, {*sys.modules}

    def tell_and_leave(status: int) -> NoReturn:
        imported = [name for name in sys.modules if name not in before]
        Path(path).write_text(json.dumps(imported), "utf-8")
        leave(status)

    os._exit = tell_and_leave


def _import_like(path: str | None) -> None:
    """Import what a run imported while it ran, so that the next has it."""
    for name in json.loads(Path(path).read_text("utf-8")) if path else ():
        with suppress(ImportError):  # of a run, and no part of a package
            importlib.import_module(name)


if __name__ == "__main__":
    serve(*(os.fdopen(int(fd), mode) for fd, mode in zip(sys.argv[1:], "rw", strict=True)))
