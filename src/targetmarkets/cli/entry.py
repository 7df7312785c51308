"""Where `tm` starts and ends; `main` is its entry point."""

import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn


def main() -> NoReturn:
    """Run the program, and leave at once.

    To take apart, object by object, what is about to vanish anyway costs more than to print it.
    What was printed is flushed before; nothing here waits for the end of the interpreter.
    """
    code = start()
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError, ValueError):  # closed, full, or never there
            stream.flush()
    os._exit(code)


def start() -> int:
    """Run the program and return its exit code.

    Two things of no use to a short run are turned off before anything is imported: the search
    for garbage, and Pydantic's for plugins, which reads the metadata of all installed packages.
    """
    gc.disable()
    if "_TM_COMPLETE" in os.environ:
        # Typer would read descriptions as Rich's markup, wrap them, and take long to do so.
        sys.modules["rich"] = None  # type: ignore[assignment] # this is how an import is prevented
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    try:
        from targetmarkets.cli.app import run
    except KeyboardInterrupt:
        return 130
    return run()
