"""The command line. `main` is the entry point of `tm`."""

import gc
import sys
from types import ModuleType
from typing import Any

_PLUGIN_LOADER = "pydantic.plugin._loader"


class _NoPlugins(ModuleType):
    """Stands in for Pydantic's loader of plugins, and finds none.

    The real one imports `importlib.metadata`, and with it a tenth of what `tm` imports, even
    where plugins are turned off. Whatever else is asked of it, the real one answers.
    """

    get_plugins = staticmethod(tuple)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        from importlib import import_module

        del sys.modules[_PLUGIN_LOADER]
        return getattr(import_module(_PLUGIN_LOADER), name)


def main() -> int:
    """Run the program and return its exit code.

    Two things of no use to a short run are turned off before anything is imported: the search
    for garbage, and Pydantic's search for plugins.
    """
    gc.disable()
    sys.modules.setdefault(_PLUGIN_LOADER, _NoPlugins(_PLUGIN_LOADER))
    try:
        from targetmarkets.cli.app import run
    except KeyboardInterrupt:
        return 130
    return run()
