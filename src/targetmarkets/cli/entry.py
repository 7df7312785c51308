"""Where `tm` starts and ends; `main` is its entry point."""

import gc
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import ModuleType
from typing import Any, Final, NoReturn


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

    What is of no use to a short run is turned off before anything is imported: the search for
    garbage, Pydantic's for plugins, which reads the metadata of all installed packages, and what
    the libraries import and do not use.
    """
    gc.disable()
    if "_TM_COMPLETE" in os.environ:
        # Typer would read descriptions as Rich's markup, wrap them, and take long to do so.
        sys.modules["rich"] = None  # type: ignore[assignment] # this is how an import is prevented
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    for name, functions in _RARELY_USED.items():
        _import_when_used(name, functions)
    try:
        from targetmarkets.cli.app import run
    except KeyboardInterrupt:
        return 130
    return run()


_RARELY_USED: Final = {
    "importlib.metadata": ["entry_points"],
    "difflib": ["get_close_matches"],
    "gettext": ["gettext", "ngettext"],
    "secrets": [],
    "shutil": ["get_terminal_size"],
    "subprocess": [],
}
"""What Typer and Pydantic import and a short run does not use, with the functions that they take
from it: together a tenth of such a run. `importlib.metadata` is for the plugins that are turned off
and brings mail and archives, `secrets` brings OpenSSL.
"""


def _import_when_used(name: str, functions: Sequence[str]) -> None:
    """Put off the import of a module until one of some functions is called, or anything else of it
    is asked for, which is then that of the module itself.

    `importlib.util.LazyLoader` does not do: to import what it put off, or a name from it, loads it.
    """
    if name in sys.modules:
        return

    def asked(attribute: str) -> Any:
        if attribute == "__path__":  # by which it is asked whether it is a package
            raise AttributeError(attribute)
        if sys.modules.get(name) is module:
            del sys.modules[name]
        return getattr(importlib.import_module(name), attribute)

    def put_off(function: str) -> Callable[..., Any]:
        def called(*given: Any, **named: Any) -> Any:
            return asked(function)(*given, **named)

        return called

    module = ModuleType(name)
    module.__dict__.update({function: put_off(function) for function in functions})
    module.__dict__.update(__getattr__=asked)
    sys.modules[name] = module
    package, _, inner = name.rpartition(".")
    if package:
        module.__path__ = [f"{folder}/{inner}" for folder in sys.modules[package].__path__]
        sys.modules[package].__dict__[inner] = module
