"""Where `tm` starts and ends; `main` is its entry point."""

import gc
import importlib
import os
import sys
from contextlib import suppress
from types import ModuleType
from typing import Any, NoReturn


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
    garbage, and Pydantic's for plugins, which reads the metadata of all installed packages.
    """
    gc.disable()
    if "_TM_COMPLETE" in os.environ:
        # Typer would read descriptions as Rich's markup, wrap them, and take long to do so.
        sys.modules["rich"] = None  # type: ignore[assignment] # this is how an import is prevented
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    _import_metadata_when_used()
    try:
        from targetmarkets.cli.app import run
    except KeyboardInterrupt:
        return 130
    return run()


def _import_metadata_when_used() -> None:
    """Put off the import of `importlib.metadata` until something of it is used.

    Pydantic takes `entry_points` from it, for the plugins that are turned off, and it brings mail
    and archives with it: a twentieth of a short run. `importlib.util.LazyLoader` does not do, since
    to import a name from a module loads it. Whoever calls that function, or asks for anything else
    of the module, gets it.
    """
    name = "importlib.metadata"
    if name in sys.modules:
        return

    def asked(attribute: str) -> Any:
        if sys.modules.get(name) is module:
            del sys.modules[name]
        return getattr(importlib.import_module(name), attribute)

    def entry_points(**wanted: Any) -> Any:
        return asked("entry_points")(**wanted)

    module = ModuleType(name)
    module.__path__ = [f"{folder}/metadata" for folder in importlib.__path__]
    module.__dict__.update(entry_points=entry_points, __getattr__=asked)
    sys.modules[name] = module
    importlib.__dict__["metadata"] = module
